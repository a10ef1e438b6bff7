"""The text of a checkpoint (C2SP tlog-checkpoint): origin, size, root, each on its line.

We write no extension lines, and read those of others as they are: nobody can check what they say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tallyroom.errors import CannotTrust
from tallyroom.log.strict import base64_of, number, unbase64

__all__ = ["Checkpoint", "parse_checkpoint"]

_UNPRINTED = re.compile(r"[\x00-\x1f]")


@dataclass(frozen=True)
class Checkpoint:
    """What a log says it is at some size.

    root: as many bytes as were written; one of another length than 32 is no root of any tree of ours.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The lines that are signed."""
        lines = (self.origin, str(self.size), base64_of(self.root), *self.extensions)
        return "".join(f"{line}\n" for line in lines)


def parse_checkpoint(text: str) -> Checkpoint:
    """The checkpoint that this text, and no other, stands for."""
    lines = text.split("\n")
    if len(lines) < 4 or lines.pop() or not all(lines) or any(_UNPRINTED.search(line) for line in lines):
        raise CannotTrust("A checkpoint is three or more lines that are not empty, the last one ended too.")
    origin, size, root, *extensions = lines
    return Checkpoint(origin, number(size, "The size"), unbase64(root, "The root"), tuple(extensions))
