"""Which files a log of some size consists of, and what stands in them (C2SP tlog-tiles).

    tile/<level>/<number>[.p/<width>]     hashes, 256 in a full tile
    tile/entries/<number>[.p/<width>]     the entries themselves, each after its length in two bytes

Numbers are in groups of three digits, every group but the last after an `x`: 1234067 is `x001/x234/067`.
"""

from __future__ import annotations

import itertools
import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tallyroom.errors import CannotTrust
from tallyroom.log.tree import TILE_WIDTH

__all__ = [
    "CHECKPOINT",
    "ENTRIES",
    "LARGEST_BUNDLE",
    "LARGEST_ENTRY",
    "Tile",
    "decode_bundle",
    "encode_bundle",
    "files_of",
    "parse_tile",
    "tile_at",
    "widths",
]

CHECKPOINT = "checkpoint"
ENTRIES = -1  # the level of entry bundles
LARGEST_ENTRY = 2**16 - 1
LARGEST_BUNDLE = TILE_WIDTH * (2 + LARGEST_ENTRY)
_LARGEST_LEVEL = 63
_LARGEST_NUMBER = 2**64 - 1
_PATH = re.compile(r"tile/(entries|[0-9]{1,2})/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


@dataclass(frozen=True, order=True)
class Tile:
    """One file: a tile of a level, or the entries below a tile of level 0. width: 0 is full."""

    level: int
    number: int
    width: int = 0

    @property
    def path(self) -> str:
        """Where the file lies in the log's folder."""
        digits = str(self.number)
        digits = digits.rjust(-(-len(digits) // 3) * 3, "0")
        groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        groups = [f"x{group}" for group in groups[:-1]] + groups[-1:]
        level = "entries" if self.level == ENTRIES else self.level
        return f"tile/{level}/{'/'.join(groups)}" + (f".p/{self.width}" if self.width else "")

    @property
    def hashes(self) -> int:
        """How many hashes or entries the file holds."""
        return self.width or TILE_WIDTH


def parse_tile(path: str) -> Tile:
    """The tile of this path; a path that would be written otherwise is none."""
    match = _PATH.fullmatch(path)
    if match:
        level, number, width = match.groups()
        if int(width or 0) >= TILE_WIDTH:
            raise CannotTrust(f"{path!r} is no path of a tile: a partial one is at most {TILE_WIDTH - 1} wide.")
        tile = Tile(ENTRIES if level == "entries" else int(level), _joined(number), int(width or 0))
        if tile.path == path and tile.level <= _LARGEST_LEVEL and tile.number <= _LARGEST_NUMBER:
            return tile
    raise CannotTrust(f"{path[:120]!r} is no path of a tile.")


def _joined(groups: str) -> int:
    return int(groups.replace("/", "").replace("x", ""))


def tile_at(level: int, index: int, size: int) -> Tile:
    """The tile of a level that holds the hash (or entry) at `index`, in a log of `size` leaves."""
    number = index // TILE_WIDTH
    full, partial = divmod(_hashes(level, size), TILE_WIDTH)
    if number > full or (number == full and index % TILE_WIDTH >= partial):
        raise ValueError(f"nothing at {index} of level {level} in a log of {size}")
    return Tile(level, number, partial if number == full else 0)


def widths(size: int) -> dict[int, tuple[int, int]]:
    """Level → how many full tiles it has and how wide its partial one is, for a log of `size` leaves."""
    levels: dict[int, tuple[int, int]] = {}
    hashes = size
    while hashes:
        levels[len(levels)] = divmod(hashes, TILE_WIDTH)
        hashes //= TILE_WIDTH
    return levels


def files_of(size: int) -> Iterator[Tile]:
    """Every tile and bundle that a log of `size` leaves must have, and none of an earlier size."""
    for level, (full, partial) in widths(size).items():
        for kind in (ENTRIES, level) if level == 0 else (level,):
            for number in range(full):
                yield Tile(kind, number)
            if partial:
                yield Tile(kind, full, partial)


def _hashes(level: int, size: int) -> int:
    return size >> 8 * max(level, 0)


def encode_bundle(entries: Sequence[bytes]) -> bytes:
    """The entries as a bundle. Raises ValueError for an entry longer than 65,535 bytes."""
    lengths = list(map(len, entries))
    if max(lengths, default=0) > LARGEST_ENTRY:
        raise ValueError(f"an entry of {max(lengths)} bytes; the most are {LARGEST_ENTRY}")
    packed = struct.pack(f">{len(lengths)}H", *lengths)
    prefixes = [packed[at : at + 2] for at in range(0, len(packed), 2)]
    return b"".join(itertools.chain.from_iterable(zip(prefixes, entries, strict=True)))


def decode_bundle(data: bytes, count: int, what: str) -> list[bytes]:
    """The `count` entries of a bundle, no more and no fewer, and no byte left over."""
    entries, at, end = [], 0, len(data)
    while at + 2 <= end:
        start = at + 2
        at = start + (data[at] << 8 | data[at + 1])
        entries.append(data[start:at])
    if at != end or len(entries) != count:
        raise CannotTrust(f"{what}: {end} bytes that are not {count} entries, each after its length.")
    return entries
