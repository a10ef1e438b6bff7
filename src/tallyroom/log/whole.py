"""A whole log, made again from its entries: entries → leaves → every tile → root.

Reading the tiles and trusting them would pass a log whose entries are others than its tiles say. So every entry is
hashed, every tile is made of these hashes and compared with the file, and only then is there a root to compare.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tallyroom.errors import CannotTrust
from tallyroom.log.checkpoint import Checkpoint, parse_checkpoint
from tallyroom.log.note import LARGEST_NOTE, parse_note
from tallyroom.log.strict import HASH_BYTES
from tallyroom.log.tiles import (
    CHECKPOINT,
    ENTRIES,
    LARGEST_BUNDLE,
    Tile,
    decode_bundle,
    encode_bundle,
    files_of,
    tile_at,
)
from tallyroom.log.tree import TILE_WIDTH, Tree, leaf_hash, leaf_hashes

__all__ = [
    "LogFault",
    "Read",
    "Saw",
    "WholeLog",
    "earlier_file",
    "earlier_files",
    "entries_at",
    "hold_against",
    "read_whole",
    "rebuild",
]

# Returns the bytes of a file of the log by its path, at most so many and one more; None where it is not there.
Read = Callable[[str, int], bytes | None]
# Is told of the number of the first of some entries, and of the entries, in order.
Saw = Callable[[int, list[bytes]], None]

_OTHER_HASHES = "these are not the hashes of the entries below it."


class LogFault(CannotTrust):
    """A file of the log that is missing, malformed, or not what the entries make."""

    def __init__(self, path: str, says: str) -> None:
        self.path = path
        super().__init__(f"{path}: {says}")


@dataclass(frozen=True)
class WholeLog:
    """A log whose entries make the root that its checkpoint says. Whose signatures are on that, nobody has asked."""

    note: bytes
    checkpoint: Checkpoint
    tree: Tree


def read_whole(read: Read, saw: Saw | None = None) -> WholeLog:
    """The log, of entries that are there and ones that were taken away. Raises LogFault where it does not fit."""
    note = read(CHECKPOINT, LARGEST_NOTE)
    if note is None:
        raise LogFault(CHECKPOINT, "missing, so there is no log.")
    checkpoint = parse_checkpoint(parse_note(note).text)
    tree = rebuild(read, checkpoint.size, saw, lambda _: None)
    if tree.root() != checkpoint.root:
        raise LogFault(CHECKPOINT, "the entries make another root than it says.")
    return WholeLog(note, checkpoint, tree)


def rebuild(read: Read, size: int, saw: Saw | None = None, hollow: Callable[[int], None] | None = None) -> Tree:
    """The tree of the first `size` entries, every file that such a log must have compared with it.

    hollow: is told the numbers of entries that were taken away: an empty entry in the bundle, whose hash still
    stands in the tile. Without it such an entry is a fault. Raises LogFault at the first file that does not fit.
    """
    tree = Tree()
    for tile in files_of(size):
        if tile.level == ENTRIES:
            _bundle(read, tile, tree, saw, hollow)
    for tile in files_of(size):
        if tile.level > 0 and _file(read, tile) != tree.tile(tile.level, tile.number, tile.hashes):
            raise LogFault(tile.path, _OTHER_HASHES)
    return tree


def hold_against(tree: Tree, read: Read, tiles: Iterable[Tile]) -> None:
    """Reads files of a log and holds them against its tree: entries by their hashes, hashes as they stand.

    An entry that was taken away has no hash that could be compared. Raises LogFault at the first file that differs.
    """
    for tile in tiles:
        wanted = tree.tile(max(tile.level, 0), tile.number, tile.hashes)
        data = _file(read, tile)
        if tile.level == ENTRIES:
            entries = _decoded(data, tile)
            hashes = leaf_hashes(entries)
            if b"".join(hashes) != wanted:
                _with_hollow(tile, entries, hashes, wanted, lambda _: None)
        elif data != wanted:
            raise LogFault(tile.path, _OTHER_HASHES)


def entries_at(tree: Tree, read: Read, indexes: Iterable[int]) -> Iterator[tuple[int, bytes]]:
    """Entries by their numbers, in that order, each the one whose hash the tree has; empty where it was taken away."""
    for number, some in itertools.groupby(indexes, lambda index: index // TILE_WIDTH):
        tile = tile_at(ENTRIES, TILE_WIDTH * number, tree.size)
        entries = _decoded(_file(read, tile), tile)
        for index in some:
            entry = entries[index % TILE_WIDTH]
            if entry and leaf_hash(entry) != tree.levels[0][index]:
                raise LogFault(tile.path, f"entry {index} is not the one whose hash is in the tree.")
            yield index, entry


def earlier_files(size: int, sizes: Iterable[int]) -> set[Tile]:
    """The partial tiles of earlier sizes that a log of `size` must still have: those not full by now."""
    now = {(tile.level, tile.number) for tile in files_of(size) if tile.width}
    return {tile for earlier in sizes for tile in _right_edge(earlier) if (tile.level, tile.number) in now}


def earlier_file(tree: Tree, read: Read, tile: Tile) -> bytes:
    """What a partial file of an earlier size holds: the beginning of the one that it grew into."""
    if tile.level != ENTRIES:
        return tree.tile(tile.level, tile.number, tile.width)
    now = tile_at(ENTRIES, TILE_WIDTH * tile.number, tree.size)
    return encode_bundle(_decoded(_file(read, now), now)[: tile.width])


def _right_edge(size: int) -> list[Tile]:
    level, edge = 0, []
    while size:
        full, partial = divmod(size, TILE_WIDTH)
        if partial:
            edge.append(Tile(level, full, partial))
            if level == 0:
                edge.append(Tile(ENTRIES, full, partial))
        level, size = level + 1, full
    return edge


def _bundle(read: Read, tile: Tile, tree: Tree, saw: Saw | None, hollow: Callable[[int], None] | None) -> None:
    entries = _decoded(_file(read, tile), tile)
    hashes = leaf_hashes(entries)
    leaves = Tile(0, tile.number, tile.width)
    stored = _file(read, leaves)
    if stored != b"".join(hashes):
        hashes = _with_hollow(tile, entries, hashes, stored, hollow)
    first = tree.size
    tree.add(hashes)
    if saw is not None:
        saw(first, entries)


def _decoded(data: bytes, tile: Tile) -> list[bytes]:
    try:
        return decode_bundle(data, tile.hashes, tile.path)
    except CannotTrust as error:
        raise LogFault(tile.path, str(error)) from error


def _with_hollow(
    tile: Tile, entries: list[bytes], hashes: list[bytes], stored: bytes, hollow: Callable[[int], None] | None
) -> list[bytes]:
    leaves = Tile(0, tile.number, tile.width)
    if len(stored) != HASH_BYTES * len(entries):
        raise LogFault(leaves.path, f"{len(stored)} bytes, not the hashes of {len(entries)} entries.")
    there = [stored[at : at + HASH_BYTES] for at in range(0, len(stored), HASH_BYTES)]
    for at, (entry, ours, theirs) in enumerate(zip(entries, hashes, there, strict=True)):
        if ours != theirs:
            if entry or hollow is None:
                number = TILE_WIDTH * tile.number + at
                raise LogFault(tile.path, f"entry {number} is not the one whose hash stands in {leaves.path}.")
            hollow(TILE_WIDTH * tile.number + at)
    return there


def _file(read: Read, tile: Tile) -> bytes:
    most = LARGEST_BUNDLE if tile.level == ENTRIES else HASH_BYTES * TILE_WIDTH
    data = read(tile.path, most)
    if data is None:
        raise LogFault(tile.path, "missing.")
    if len(data) > most:
        raise LogFault(tile.path, f"longer than the {most} bytes that it can have.")
    return data
