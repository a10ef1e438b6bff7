"""Logs to try things on: a key, a folder, entries that say their number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tallyroom.log.checkpoint import Checkpoint, parse_checkpoint
from tallyroom.log.keyfile import KeyFile, create_key
from tallyroom.log.keys import SignerKey
from tallyroom.log.note import open_note
from tallyroom.log.store import create_log, open_log, reader_of
from tallyroom.log.tree import Tree, leaf_hashes
from tallyroom.log.whole import rebuild

ORIGIN = "results.example.org/2031/talvia"


def entries(first: int, last: int) -> list[bytes]:
    """Entries of different lengths."""
    return [f"entry {number} ".encode() + b"." * (number % 7) for number in range(first, last)]


@dataclass
class Log:
    """A log in a folder, and its key beside it."""

    folder: Path
    key: KeyFile

    def append(self, added: Sequence[bytes]) -> Checkpoint:
        with open_log(self.folder, [self.key]) as log:
            return log.append(added)

    @property
    def checkpoint(self) -> Checkpoint:
        data = (self.folder / "checkpoint").read_bytes()
        return parse_checkpoint(open_note(data, [self.key.key.verifier]).text)

    def verify(self) -> Tree:
        """What anybody does: everything from the entries up, and the root that was signed."""
        checkpoint = self.checkpoint
        tree = rebuild(reader_of(self.folder), checkpoint.size)
        assert tree.root() == checkpoint.root
        return tree

    def entries(self) -> list[bytes]:
        seen: list[bytes] = []
        rebuild(reader_of(self.folder), self.checkpoint.size, lambda _, some: seen.extend(some))
        return seen


def make_log(folder: Path, size: int = 0, signer: SignerKey | None = None) -> Log:
    """A new log with so many entries. signer: a key that is known already, as a forger has it; else a new one."""
    log = Log(folder / "log", _put(folder / "key", signer) if signer else create_key(folder / "key", ORIGIN))
    create_log(log.folder, log.key)
    log.append(entries(0, size))
    return log


def _put(path: Path, signer: SignerKey) -> KeyFile:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{signer.secret()}\n")
    return KeyFile(path, signer)


def tree_of(size: int) -> Tree:
    """The tree of the entries above."""
    tree = Tree()
    tree.add(leaf_hashes(entries(0, size)))
    return tree
