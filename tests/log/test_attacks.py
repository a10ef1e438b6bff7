"""A log's folder as somebody leaves it who wants another history to be believed. Each is found, and its file named."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tallyroom.errors import CannotTrust
from tallyroom.log.checkpoint import Checkpoint
from tallyroom.log.note import sign
from tallyroom.log.store import log_files, reader_of
from tallyroom.log.tiles import CHECKPOINT, LARGEST_BUNDLE, Tile, decode_bundle, encode_bundle, files_of, parse_tile
from tallyroom.log.tree import leaf_hash
from tallyroom.log.whole import LogFault, earlier_files, rebuild
from tests.log.making import Log, entries, make_log, tree_of

SIZE = 700


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Log:
    return make_log(tmp_path_factory.mktemp("log"), SIZE)


@pytest.fixture
def log(untouched: Log, tmp_path: Path) -> Log:
    """A copy of a log of 700 entries: three bundles, three tiles and one above them."""
    shutil.copytree(untouched.folder, tmp_path / "log")
    return Log(tmp_path / "log", untouched.key)


def _bundle(log: Log, path: str, change: Callable[[list[bytes]], list[bytes]]) -> None:
    file = log.folder / path
    there = decode_bundle(file.read_bytes(), parse_tile(path).hashes, path)
    file.write_bytes(encode_bundle(change(there)))


def _found(log: Log, path: str) -> str:
    with pytest.raises(LogFault) as fault:
        log.verify()
    assert fault.value.path == path
    return str(fault.value)


def test_an_entry_altered(log: Log) -> None:
    _bundle(log, "tile/entries/001", lambda there: [*there[:4], b"another", *there[5:]])
    assert "entry 260" in _found(log, "tile/entries/001")


def test_an_entry_missing(log: Log) -> None:
    _bundle(log, "tile/entries/001", lambda there: there[:-1])
    assert "256 entries" in _found(log, "tile/entries/001")


def test_an_entry_more(log: Log) -> None:
    _bundle(log, "tile/entries/002.p/188", lambda there: [*there, b"one more"])
    assert "188 entries" in _found(log, "tile/entries/002.p/188")


def test_two_entries_swapped(log: Log) -> None:
    _bundle(log, "tile/entries/000", lambda there: [there[1], there[0], *there[2:]])
    assert "entry 0" in _found(log, "tile/entries/000")


def test_two_entries_swapped_in_bundle_and_tile(log: Log) -> None:
    """Both agree with one another; the tile above still holds the root of the true ones."""
    _bundle(log, "tile/entries/000", lambda there: [there[1], there[0], *there[2:]])
    tile = (log.folder / "tile/0/000").read_bytes()
    (log.folder / "tile/0/000").write_bytes(tile[32:64] + tile[:32] + tile[64:])
    _found(log, "tile/1/000.p/2")


def test_a_tail_rewritten_with_all_its_tiles_has_another_root(log: Log) -> None:
    _bundle(log, "tile/entries/002.p/188", lambda there: [*there[:-1], b"another"])
    tile = log.folder / "tile/0/002.p/188"
    tile.write_bytes(tile.read_bytes()[:-32] + leaf_hash(b"another"))
    checkpoint = log.checkpoint
    assert rebuild(reader_of(log.folder), checkpoint.size).root() != checkpoint.root


def test_a_dropped_tail_does_not_fit_the_checkpoint(log: Log) -> None:
    for path in ("tile/entries/002.p/188", "tile/0/002.p/188"):
        (log.folder / path).unlink()
    assert "missing" in _found(log, "tile/entries/002.p/188")


def test_an_old_checkpoint_served_again_does_not_fit_the_folder(log: Log) -> None:
    """Signed long ago and true then: but the files of that size are gone, as theirs are full by now."""
    older = Checkpoint(log.checkpoint.origin, 500, tree_of(500).root())
    (log.folder / CHECKPOINT).write_bytes(sign(older.text, [log.key.key]).data)
    assert "missing" in _found(log, "tile/entries/001.p/244")


def test_a_second_history_signed_by_the_same_key_is_told_by_its_root(log: Log) -> None:
    """A split view: both folders are whole, and somebody who keeps size and root of one sees the other."""
    seen = log.checkpoint
    _bundle(log, "tile/entries/002.p/188", lambda there: [*there[:-1], b"another"])
    tile = log.folder / "tile/0/002.p/188"
    tile.write_bytes(tile.read_bytes()[:-32] + leaf_hash(b"another"))
    other = Checkpoint(seen.origin, SIZE, rebuild(reader_of(log.folder), SIZE).root())
    (log.folder / CHECKPOINT).write_bytes(sign(other.text, [log.key.key]).data)
    tree = log.verify()
    assert tree.root(seen.size) != seen.root
    assert tree.root(699) == tree_of(699).root()


def test_a_tile_of_another_tree(log: Log, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = make_log(tmp_path / "other")
    other.append([b"x" + entry for entry in entries(0, SIZE)])
    shutil.copy(other.folder / "tile/1/000.p/2", log.folder / "tile/1/000.p/2")
    _found(log, "tile/1/000.p/2")
    shutil.copy(other.folder / "tile/0/001", log.folder / "tile/0/001")
    _found(log, "tile/entries/001")


def test_a_truncated_bundle(log: Log) -> None:
    file = log.folder / "tile/entries/001"
    for cut in (1, 2, 9, 1000):
        file.write_bytes(file.read_bytes()[:-cut])
        _found(log, "tile/entries/001")


def test_a_truncated_tile(log: Log) -> None:
    file = log.folder / "tile/0/001"
    file.write_bytes(file.read_bytes()[:-32])
    assert "256 entries" in _found(log, "tile/0/001")


def test_a_bundle_that_claims_ten_gigabytes_is_not_read(log: Log) -> None:
    file = log.folder / "tile/entries/001"
    with file.open("r+b") as sparse:
        sparse.truncate(10_000_000_000)
    assert f"longer than the {LARGEST_BUNDLE} bytes" in _found(log, "tile/entries/001")


def test_a_checkpoint_that_claims_more_entries_than_there_are(log: Log) -> None:
    with pytest.raises(LogFault, match="missing"):
        rebuild(reader_of(log.folder), 10**18)


def test_a_link_in_place_of_a_file_is_no_file(log: Log, tmp_path: Path) -> None:
    file = log.folder / "tile/entries/001"
    shutil.move(file, tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")
    assert "missing" in _found(log, "tile/entries/001")


def test_a_pipe_in_place_of_a_file_keeps_nobody_waiting(log: Log) -> None:
    file = log.folder / "tile/entries/001"
    file.unlink()
    os.mkfifo(file)
    assert "missing" in _found(log, "tile/entries/001")


def test_a_bit_flipped_anywhere_in_the_folder(untouched: Log, log: Log) -> None:
    for path in sorted(log_files(untouched.folder)):
        data = (untouched.folder / path).read_bytes()
        for at in (0, len(data) // 2, len(data) - 1):
            flipped = bytearray(data)
            flipped[at] ^= 4
            (log.folder / path).write_bytes(bytes(flipped))
            with pytest.raises(CannotTrust) as found:
                log.verify()
            if path != CHECKPOINT:
                assert path in str(found.value) or path.replace("/0/", "/entries/") in str(found.value)
        (log.folder / path).write_bytes(data)
    log.verify()


def test_any_file_taken_away(untouched: Log, log: Log) -> None:
    for tile in files_of(SIZE):
        (log.folder / tile.path).unlink()
        assert "missing" in _found(log, tile.path)
        shutil.copy(untouched.folder / tile.path, log.folder / tile.path)


def test_an_entry_taken_away_by_a_redaction_is_reported_and_every_other_still_proved(log: Log) -> None:
    _bundle(log, "tile/entries/001", lambda there: [*there[:4], b"", *there[5:]])
    assert "entry 260" in _found(log, "tile/entries/001")
    hollow: list[int] = []
    tree = rebuild(reader_of(log.folder), SIZE, None, hollow.append)
    assert hollow == [260]
    assert tree.root() == log.checkpoint.root


def test_the_partial_tiles_of_signed_sizes_are_known() -> None:
    assert earlier_files(SIZE, [1, 300, 600, 512]) == {
        Tile(0, 2, 88),
        Tile(-1, 2, 88),
        Tile(1, 0, 1),
        Tile(1, 0, 2),
    }
    assert earlier_files(256, [1, 255]) == set()
    assert earlier_files(5, [3]) == {Tile(0, 0, 3), Tile(-1, 0, 3)}


@pytest.mark.parametrize(
    "path",
    [
        "tile/00/001",
        "tile/0/1",
        "tile/0/0001",
        "tile/0/x000/001",
        "tile/0/001.p/0",
        "tile/0/001.p/256",
        "tile/0/001.p/01",
        "tile/0/001.p/",
        "tile/64/001",
        "tile/0/x001/x234",
        "tile/0/../checkpoint",
        "/tile/0/001",
        "tile/0/001/",
        "tile//001",
        "tile/0/٠٠١",
        "tile/entries/001.p/300",
        "tile/0/" + "x001/" * 2000 + "001",
        "tile/data/001",
        "Tile/0/001",
        "tile/0/001\n",
    ],
)
def test_a_path_that_would_be_written_otherwise_is_none(path: str) -> None:
    with pytest.raises(CannotTrust):
        parse_tile(path)
