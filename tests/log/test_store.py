"""A log's folder: what is added stays, whenever the writer is stopped, and nothing else is signed."""

from __future__ import annotations

import errno
import itertools
import multiprocessing
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tallyroom.disk import put
from tallyroom.errors import CannotLog, CannotTrust
from tallyroom.log.keyfile import KeyFile, create_key, read_key
from tallyroom.log.store import create_log, log_files, open_log
from tallyroom.log.tiles import CHECKPOINT, Tile, files_of
from tallyroom.log.tree import EMPTY_ROOT
from tests.log.making import ORIGIN, Log, entries, make_log, tree_of

SIZES = [1, 2, 255, 256, 257, 300, 511, 512, 513]


@pytest.mark.parametrize("size", SIZES)
def test_a_log_has_just_the_files_of_its_size(tmp_path: Path, size: int) -> None:
    log = make_log(tmp_path, size)
    assert log.verify().size == size
    assert log.checkpoint.root == tree_of(size).root()
    assert log_files(log.folder) == {CHECKPOINT} | {tile.path for tile in files_of(size)}


def test_a_log_added_to_in_steps_is_the_log_added_to_at_once(tmp_path: Path) -> None:
    log = make_log(tmp_path, 1)
    for first, last in itertools.pairwise(SIZES):
        log.append(entries(first, last))
        assert log.verify().root() == tree_of(last).root()
    assert log.entries() == entries(0, 513)


def test_a_partial_tile_of_a_signed_size_stays_until_the_full_one_is_there(tmp_path: Path) -> None:
    log = make_log(tmp_path, 3)
    log.append(entries(3, 10))
    assert Tile(0, 0, 3).path in log_files(log.folder)
    log.append(entries(10, 256))
    assert not [name for name in log_files(log.folder) if name.startswith("tile/0/000.p")]


def test_full_tiles_are_never_written_again(tmp_path: Path) -> None:
    log = make_log(tmp_path, 700)
    before = {name: (log.folder / name).stat().st_mtime_ns for name in log_files(log.folder)}
    log.append(entries(700, 1000))
    kept = {name for name in before if name.startswith("tile") and ".p/" not in name}
    assert len(kept) == 4
    assert {name: (log.folder / name).stat().st_mtime_ns for name in kept} == {name: before[name] for name in kept}


def test_nothing_added_signs_nothing_new(tmp_path: Path) -> None:
    log = make_log(tmp_path, 5)
    before = (log.folder / CHECKPOINT).stat().st_mtime_ns
    assert log.append([]).size == 5
    assert (log.folder / CHECKPOINT).stat().st_mtime_ns == before


def test_an_entry_is_1_to_65535_bytes(tmp_path: Path) -> None:
    log = make_log(tmp_path, 2)
    for entry in (b"", b"x" * 65_536):
        with pytest.raises(CannotLog, match="1 to 65535"):
            log.append([b"good", entry])
        assert log.verify().size == 2
    assert log.append([b"x" * 65_535]).size == 3


class Killed(BaseException):
    """Stands for the end of the process: nothing of ours catches it."""


def _stop_at(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ends the writer before the step of this number: of all that open, write, rename, remove, or reach the disk."""
    left = [step]

    def counted(real):
        def call(*args, **kwargs):
            left[0] -= 1
            if left[0] < 0:
                raise Killed
            return real(*args, **kwargs)

        return call

    monkeypatch.setattr(Path, "open", counted(Path.open))
    monkeypatch.setattr(Path, "replace", counted(Path.replace))
    monkeypatch.setattr(Path, "unlink", counted(Path.unlink))
    monkeypatch.setattr(Path, "mkdir", counted(Path.mkdir))
    monkeypatch.setattr(os, "open", counted(os.open))
    monkeypatch.setattr(os, "write", counted(os.write))
    monkeypatch.setattr(os, "fsync", counted(os.fsync))


@pytest.mark.parametrize(("size", "added"), [(0, 1), (3, 4), (250, 20), (256, 256)])
def test_stopped_at_any_step_a_log_is_taken_up_again_and_nothing_said_is_lost(
    tmp_path: Path, size: int, added: int
) -> None:
    step, done = 0, False
    made = make_log(tmp_path / "made", size)
    while not done:
        folder = tmp_path / str(step)
        shutil.copytree(tmp_path / "made", folder)
        log = Log(folder / "log", KeyFile(folder / "key", made.key.key))
        with pytest.MonkeyPatch.context() as patch:
            _stop_at(step, patch)
            try:
                done = log.append(entries(size, size + added)).size == size + added
            except Killed:
                done = False
        # What a reader sees meanwhile is whole, and of a signed size.
        assert log.verify().size in (size, size + added)
        if done:
            assert log.verify().size == size + added
        now = log.append([]).size
        assert now in (size, size + added)
        log.append(entries(now, size + added + 5))
        assert log.verify().root() == tree_of(size + added + 5).root()
        assert log_files(log.folder) >= {CHECKPOINT} | {tile.path for tile in files_of(size + added + 5)}
        step += 1
    assert step > 10


def test_stopped_half_way_through_a_file_a_log_is_taken_up_again(tmp_path: Path) -> None:
    log = make_log(tmp_path, 3)
    (log.folder / "tile/entries/000.p/9").write_bytes(b"\x00\x05hal")
    (log.folder / "tile/0/000").write_bytes(b"half")
    (log.folder / ".checkpoint.new").write_bytes(b"results.exa")
    log.append(entries(3, 9))
    assert log.verify().root() == tree_of(9).root()
    assert log_files(log.folder) == {CHECKPOINT} | {t.path for size in (3, 9) for t in files_of(size)}


_ADDS = """
import sys
from pathlib import Path
from tallyroom.log.keyfile import read_key
from tallyroom.log.store import open_log
folder = Path(sys.argv[1])
while True:
    with open_log(folder / "log", [read_key(folder / "key")]) as log:
        log.append([f"entry {log.tree.size + n}".encode() for n in range(7)])
        print(log.tree.size, flush=True)
"""


def test_a_killed_process_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    log = make_log(tmp_path)
    acknowledged = 0
    for wait in (0.02, 0.05, 0.11):
        writer = subprocess.Popen(
            [sys.executable, "-c", _ADDS, str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert writer.stdout
        acknowledged = int(writer.stdout.readline())
        time.sleep(wait)
        writer.send_signal(signal.SIGKILL)
        said = writer.communicate()[0].split()
        acknowledged = int(said[-1]) if said else acknowledged
        assert log.append([]).size >= acknowledged
        assert log.verify().size >= acknowledged
    assert acknowledged > 7
    assert log.entries() == [f"entry {number}".encode() for number in range(log.checkpoint.size)]


def _add_ten_times(folder: Path, mark: str) -> None:
    log = Log(folder / "log", read_key(folder / "key"))
    for number in range(10):
        log.append([f"{mark} {number}".encode()])


def test_two_writers_wait_for_one_another(tmp_path: Path) -> None:
    log = make_log(tmp_path)
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_add_ten_times, args=(tmp_path, mark)) for mark in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert log.verify().size == 20
    seen = [entry.decode() for entry in log.entries()]
    assert [entry for entry in seen if entry[0] == "a"] == [f"a {number}" for number in range(10)]


def test_a_log_put_back_to_an_earlier_state_is_not_continued(tmp_path: Path) -> None:
    log = make_log(tmp_path, 5)
    earlier = {name: (log.folder / name).read_bytes() for name in log_files(log.folder)}
    log.append(entries(5, 9))
    for name in log_files(log.folder) - set(earlier):
        (log.folder / name).unlink()
    (log.folder / CHECKPOINT).write_bytes(earlier[CHECKPOINT])
    with pytest.raises(CannotLog, match="put back to an earlier state"):
        log.append([b"another history"])


def test_an_entry_altered_on_the_disk_is_not_signed_over(tmp_path: Path) -> None:
    log = make_log(tmp_path, 300)
    bundle = log.folder / "tile/entries/000"
    bundle.write_bytes(bundle.read_bytes().replace(b"entry 7 ", b"entry 8 "))
    before = (log.folder / CHECKPOINT).read_bytes()
    with pytest.raises(Exception, match="entry 7 is not the one"):
        log.append(entries(300, 310))
    assert (log.folder / CHECKPOINT).read_bytes() == before


def test_what_does_not_stand_on_the_disk_as_it_was_meant_is_not_signed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = make_log(tmp_path, 5)
    before = (log.folder / CHECKPOINT).read_bytes()
    write = os.write
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda handle, data: write(handle, data.replace(b"entry 7 ", b"entry 8 ")))
        with pytest.raises(CannotTrust, match="entry 7 is not the one"):
            log.append(entries(5, 9))
    assert (log.folder / CHECKPOINT).read_bytes() == before
    log.append(entries(5, 9))
    assert log.verify().root() == tree_of(9).root()


def test_a_full_disk_is_told_and_afterwards_the_log_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = make_log(tmp_path, 5)

    def full(handle: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device", "tile")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(CannotLog, match="No space left"):
            log.append(entries(5, 9))
    assert log.append(entries(5, 9)).root == tree_of(9).root()


def test_nothing_is_written_where_a_link_leads(tmp_path: Path) -> None:
    log = make_log(tmp_path, 5)
    (tmp_path / "mine").write_text("mine")
    for planted in (log.folder / ".checkpoint.new", log.key.memory.with_name(f".{log.key.memory.name}.new")):
        planted.symlink_to(tmp_path / "mine")
    log.append(entries(5, 9))
    assert (tmp_path / "mine").read_text() == "mine"
    (log.folder / "tile").rename(tmp_path / "elsewhere")
    (log.folder / "tile").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CannotLog, match="not a file of a log"):
        log.append(entries(9, 12))
    assert {path.name for path in (tmp_path / "elsewhere/0/000.p").iterdir()} == {"5", "9"}


def test_a_log_rewritten_whole_is_not_signed_over(tmp_path: Path) -> None:
    """All tiles fit together, and even the old checkpoint is in place: the root is another."""
    log = make_log(tmp_path, 5)
    (tmp_path / "other").mkdir()
    other = make_log(tmp_path / "other")
    other.append([*entries(0, 4), b"another"])
    for name in ("tile/0/000.p/5", "tile/entries/000.p/5"):
        (log.folder / name).write_bytes((other.folder / name).read_bytes())
    with pytest.raises(CannotLog, match="does not continue the 5 entries"):
        log.append([b"more"])


def test_a_foreign_file_in_the_folder_is_named_and_left(tmp_path: Path) -> None:
    log = make_log(tmp_path, 5)
    (log.folder / "notes.txt").write_text("mine")
    with pytest.raises(CannotLog, match=r"notes\.txt is not a file of a log"):
        log.append([b"more"])
    assert (log.folder / "notes.txt").read_text() == "mine"


def test_a_log_begins_in_an_empty_folder_with_a_key_of_its_own(tmp_path: Path) -> None:
    log = make_log(tmp_path)
    assert (log.checkpoint.size, log.checkpoint.root) == (0, EMPTY_ROOT)
    with pytest.raises(CannotLog, match="is not empty"):
        create_log(log.folder, create_key(tmp_path / "third", ORIGIN))
    with pytest.raises(CannotLog, match="has signed a log before"):
        create_log(tmp_path / "second", log.key)
    other = create_key(tmp_path / "other", "other.example/log")
    with pytest.raises(CannotLog, match="None of the known keys"), open_log(log.folder, [other]):
        pass


def test_a_key_is_for_its_owner_only_and_never_overwritten(tmp_path: Path) -> None:
    key = create_key(tmp_path / "keys" / "key", ORIGIN)
    assert stat.S_IMODE(key.path.stat().st_mode) == 0o600
    with pytest.raises(CannotLog, match="never overwritten"):
        create_key(key.path, ORIGIN)
    key.path.chmod(0o644)
    with pytest.raises(CannotLog, match="chmod 600"):
        read_key(key.path)
    with pytest.raises(CannotLog, match="cannot be read"):
        read_key(tmp_path / "nowhere")
    with pytest.raises(CannotLog, match="without spaces"):
        create_key(tmp_path / "k", "an origin")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(CannotLog, match="no plain file"):
        read_key(tmp_path / "pipe")
    with (tmp_path / "large").open("wb") as sparse:
        sparse.truncate(10_000_000_000)
    with pytest.raises(CannotLog, match="longer than"):
        read_key(tmp_path / "large")


def test_what_the_key_remembers_must_be_its_own(tmp_path: Path) -> None:
    log = make_log(tmp_path, 2)
    put(log.key.memory, log.key.memory.read_bytes().replace(b"\n2\n", b"\n1\n"))
    with pytest.raises(CannotLog, match="not what the key signed last"):
        log.append([b"more"])
    log.key.memory.unlink()
    log.key.memory.symlink_to(tmp_path / "a disk that is not there")
    with pytest.raises(CannotLog, match="leads nowhere"):
        log.append([b"more"])
