"""The Merkle tree of RFC 6962, section 2.1, with SHA-256: roots of any prefix, and the hashes that tiles hold.

A leaf is hashed with a first byte of 0 and a node with one of 1, so neither can be passed off as the other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

__all__ = ["EMPTY_ROOT", "TILE_WIDTH", "Tree", "leaf_hash", "leaf_hashes", "node_hash", "root_of"]

TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT
EMPTY_ROOT = hashlib.sha256(b"").digest()
_sha256 = hashlib.sha256


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry."""
    return _sha256(b"\x00" + entry).digest()


def leaf_hashes(entries: Iterable[bytes]) -> list[bytes]:
    """The hashes of many entries."""
    return [_sha256(b"\x00" + entry).digest() for entry in entries]


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node above two others."""
    return _sha256(b"\x01" + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The root above hashes of one level, of which only the last may stand for fewer leaves than the others.

    RFC 6962 splits at the largest power of two below n; going up level by level, with an odd last hash
    passed on as it is, makes the same tree.
    """
    if not hashes:
        return EMPTY_ROOT
    level = list(hashes)
    while len(level) > 1:
        above = [_sha256(b"\x01" + a + b).digest() for a, b in zip(level[::2], level[1::2], strict=False)]
        if len(level) % 2:
            above.append(level[-1])
        level = above
    return level[0]


class Tree:
    """A tree that grows by leaves, in memory: about 70 bytes a leaf.

    `levels[l]` holds, in order, the roots of all full subtrees of 256^l leaves: what the tiles of level l hold.
    """

    def __init__(self) -> None:
        self.levels: list[list[bytes]] = [[]]

    @property
    def size(self) -> int:
        """How many leaves there are."""
        return len(self.levels[0])

    def add(self, hashes: Sequence[bytes]) -> None:
        """Appends leaves by their hashes."""
        self.levels[0].extend(hashes)
        for number, level in enumerate(self.levels):
            if number + 1 == len(self.levels):
                if len(level) < TILE_WIDTH:
                    return
                self.levels.append([])
            above = self.levels[number + 1]
            for at in range(TILE_WIDTH * len(above), len(level) - TILE_WIDTH + 1, TILE_WIDTH):
                above.append(root_of(level[at : at + TILE_WIDTH]))

    def root(self, size: int | None = None) -> bytes:
        """The root of the first `size` leaves; of all by default."""
        size = self.size if size is None else size
        return self.subtree(0, size) if size else EMPTY_ROOT

    def subtree(self, start: int, end: int) -> bytes:
        """The root above the leaves from `start` to before `end`.

        start: a multiple of the largest power of two below end - start, as in every subtree of RFC 6962.
        """
        if not 0 <= start < end <= self.size:
            raise ValueError(f"the leaves {start} to {end} are not in a tree of {self.size}")
        level, rest = 0, list[bytes]()
        while end - start >= TILE_WIDTH:
            # Whole tiles by their roots, a level up; what follows the last of them is one hash from here on.
            rest = self.levels[level][end - end % TILE_WIDTH : end] + rest
            rest = [root_of(rest)] if rest else []
            level, start, end = level + 1, start // TILE_WIDTH, end // TILE_WIDTH
        return root_of(self.levels[level][start:end] + rest)

    def tile(self, level: int, index: int, width: int = TILE_WIDTH) -> bytes:
        """The bytes of a tile: its hashes, one after another."""
        return b"".join(self.levels[level][TILE_WIDTH * index : TILE_WIDTH * index + width])
