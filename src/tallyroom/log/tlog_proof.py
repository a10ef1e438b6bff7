"""A proof for one entry that stands alone (C2SP tlog-proof), to keep in a file ending in `.tlog-proof`.

c2sp.org/tlog-proof@v1
extra <base64>            may be left out; nothing vouches for it
index <number>
<base64 of a hash>        from the leaf's sibling up to the root's child
                          (an empty line)
<checkpoint>
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tallyroom.errors import CannotTrust
from tallyroom.log.checkpoint import Checkpoint, parse_checkpoint
from tallyroom.log.keys import VerifierKey
from tallyroom.log.note import open_note
from tallyroom.log.proofs import is_included
from tallyroom.log.strict import base64_of, hash_of, number, unbase64
from tallyroom.log.tree import leaf_hash

__all__ = ["TlogProof", "parse_proof"]

_FIRST = "c2sp.org/tlog-proof@v1"
_MOST_HASHES = 64


@dataclass(frozen=True)
class TlogProof:
    """An entry's place, the hashes from it to the root, and the checkpoint, as written and not yet checked."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None = None

    @property
    def data(self) -> bytes:
        """The proof as a file."""
        extra = "" if self.extra is None else f"extra {base64_of(self.extra)}\n"
        hashes = "".join(f"{base64_of(one)}\n" for one in self.hashes)
        return f"{_FIRST}\n{extra}index {self.index}\n{hashes}\n".encode() + self.checkpoint

    def check(self, entry: bytes, keys: Iterable[VerifierKey]) -> Checkpoint:
        """The checkpoint that the entry is proved to be under. Raises CannotTrust."""
        checkpoint = parse_checkpoint(open_note(self.checkpoint, keys).text)
        if not is_included(self.index, checkpoint.size, leaf_hash(entry), self.hashes, checkpoint.root):
            raise CannotTrust(f"The proof does not lead from this entry, as number {self.index}, to the root.")
        return checkpoint


def parse_proof(data: bytes) -> TlogProof:
    """The proof that these bytes, and no others, stand for."""
    head, _, checkpoint = data.partition(b"\n\n")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise CannotTrust("A proof is ASCII up to its checkpoint.") from error
    if lines.pop(0) != _FIRST or not checkpoint:
        raise CannotTrust(f"A proof begins with {_FIRST}, and a checkpoint follows an empty line.")
    extra = None
    if lines and lines[0].startswith("extra "):
        extra = unbase64(lines.pop(0).removeprefix("extra "), "What stands after extra")
    if not lines or not lines[0].startswith("index ") or len(lines) > _MOST_HASHES:
        raise CannotTrust("A proof gives the index of its entry, then at most 63 hashes.")
    index = number(lines.pop(0).removeprefix("index "), "The index")
    return TlogProof(index, tuple(hash_of(line, "A hash of the proof") for line in lines), checkpoint, extra)
