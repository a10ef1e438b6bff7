"""Appending to a log and verifying it, beside plain hashlib over the same leaves and nodes, as ratios within one run.

    python benchmarks/log.py                    1,000,000 entries of 300 bytes, and a record of as many rows
    python benchmarks/log.py --entries 100000 --rows 10000

Prints: appending them to an empty log and signing (hashed, written, on the disk, read again and compared) beside
hashlib's time for the same hashes; verifying the log's folder beside the same; what 1,000
more entries touch; the peak memory of appending, in a process of its own; and pymerkle's appends beside ours, where it
is installed: its tree in memory beside our tree in memory, where the work is the same, and both of its trees beside all
that we do. Then, of a record: logging 1 row more and 1,000 more beside logging all its rows the first time, and beside
reading it, which is part of each; and the peak memory. Each ratio is given twice: of the time that passes, and of the
time of the processor.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import itertools
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.nation import write_nation
from tallyroom.log.checkpoint import Checkpoint
from tallyroom.log.keyfile import KeyFile, create_key
from tallyroom.log.store import create_log, log_files, open_log, reader_of
from tallyroom.log.tree import Tree, leaf_hashes
from tallyroom.log.whole import rebuild
from tallyroom.publish.logbook import create_logbook, open_logbook
from tallyroom.record.folder import read_record

_TIMES = 3  # the least of so many runs, of hashlib and of ours
_PEAK = """\
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from benchmarks.log import append, entries, log_rows, new_log
from tallyroom.log.keyfile import read_key
folder, count = Path(sys.argv[2]), int(sys.argv[3])
if count:
    append(*new_log(folder), entries(0, count))
else:
    log_rows(folder / "record", read_key(folder / "key"))
# Not getrusage: what that says of a process begins with the memory of the one that started it.
print(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
"""
Times = tuple[float, float]  # seconds that passed, seconds of the processor


def entries(first: int, count: int) -> Iterator[bytes]:
    """So many entries of 300 bytes."""
    return (b"%020d" % number * 15 for number in range(first, first + count))


def new_log(folder: Path) -> tuple[Path, KeyFile]:
    """An empty log, and its key."""
    key = create_key(folder / "key", "benchmark.example/log")
    create_log(folder / "log", key)
    return folder / "log", key


def append(folder: Path, key: KeyFile, added: Iterator[bytes]) -> Checkpoint:
    """Appends, and returns when it is signed and on the disk."""
    with open_log(folder, [key]) as log:
        return log.append(added)


def plain(leaves: list[bytes]) -> bytes:
    """The root by hashlib alone, and nothing but the hashes."""
    sha256 = hashlib.sha256
    level = [sha256(b"\0" + leaf).digest() for leaf in leaves]
    while len(level) > 1:
        above = [sha256(b"\1" + a + b).digest() for a, b in zip(level[::2], level[1::2], strict=False)]
        level = [*above, *level[len(above) * 2 :]]
    return level[0]


def timed(work: Callable[[], object], times: int = 1) -> Times:
    """What it takes, at the least of so many runs."""
    taken = []
    for _ in range(times):
        start, of_processor = time.perf_counter(), time.process_time()
        work()
        taken.append((time.perf_counter() - start, time.process_time() - of_processor))
    return min(one[0] for one in taken), min(one[1] for one in taken)


def appending_to_empty_logs(leaves: list[bytes], scratch: Path) -> tuple[Times, Path, KeyFile]:
    """What it takes, and the last of the logs that were made."""
    taken = []
    for number in range(_TIMES):
        shutil.rmtree(scratch / str(number - 1), ignore_errors=True)
        (scratch / str(number)).mkdir()
        folder, key = new_log(scratch / str(number))
        taken.append(timed(partial(append, folder, key, iter(leaves))))
    return (min(one[0] for one in taken), min(one[1] for one in taken)), folder, key


def log_rows(record: Path, key: KeyFile) -> int:
    """Reads a record and logs the rows that are not logged yet; how many these were."""
    with open_logbook(read_record(record), [key]) as book:
        return book.append_rows().or_refuse()


def ratio(what: str, one: Times, other: Times) -> str:
    """One line."""
    return f"{what}: {one[0] / other[0]:.2f} elapsed, {one[1] / other[1]:.2f} of the processor"


def of_entries(count: int) -> None:
    """Prints what a log of any entries takes."""
    leaves = list(entries(0, count))
    hashing = timed(lambda: plain(leaves), _TIMES)
    with tempfile.TemporaryDirectory() as scratch:
        appending, folder, key = appending_to_empty_logs(leaves, Path(scratch))
        print(f"{count:,} entries of 300 bytes")
        print(ratio("appending and signing / hashlib", appending, hashing))
        tree = rebuild(reader_of(folder), count)
        assert tree.root() == plain(leaves)
        print(
            ratio("verifying the folder / hashlib", timed(lambda: rebuild(reader_of(folder), count), _TIMES), hashing)
        )
        before = {name: (folder / name).stat().st_mtime_ns for name in log_files(folder)}
        append(folder, key, entries(count, 1000))
        after = {name: (folder / name).stat().st_mtime_ns for name in log_files(folder)}
        touched = sum(before.get(name) != when for name, when in after.items())
        print(f"1,000 more entries touch {touched} of {len(after):,} files")
    with tempfile.TemporaryDirectory() as scratch:
        print(f"peak memory of appending: {_peak(Path(scratch), count)} MB")
    with tempfile.TemporaryDirectory() as scratch:
        _beside_pymerkle(leaves, appending, Path(scratch))


def _peak(scratch: Path, count: int) -> int:
    """Of appending so many entries to a new log; of logging the record there once more where there are none."""
    words = [sys.executable, "-c", _PEAK, str(Path(__file__).parent.parent), str(scratch), str(count)]
    return int(subprocess.run(words, capture_output=True, text=True, check=True).stdout) // 1024


def of_a_record(rows: int, scratch: Path) -> None:
    """Prints what logging a record takes. A station and its return are two rows; what comes later are recounts."""
    record, key = write_nation(scratch / "record", rows // 2), create_key(scratch / "key", "benchmark.example/log")
    create_logbook(read_record(record), key)
    at_first = timed(lambda: log_rows(record, key))
    returns = record / "returns" / "president.csv"
    lines = returns.read_text().splitlines()[1:]
    print(f"A record of {2 * len(lines):,} rows of stations and returns")
    for more, first in ((1, 0), (1000, 1)):
        with returns.open("a") as file:
            recounted = (line.split(",", 2) for line in itertools.islice(lines, first, first + more))
            file.writelines(f"{station},2,{rest}\n" for station, _, rest in recounted)
        reading = timed(lambda: read_record(record), _TIMES)
        logging = timed(lambda: log_rows(record, key))
        print(ratio(f"logging {more:,} more / logging all at first", logging, at_first))
        print(ratio(f"logging {more:,} more / reading the record alone", logging, reading))
    print(f"peak memory of reading the record and logging what is new: {_peak(scratch, 0)} MB")


def _beside_pymerkle(leaves: list[bytes], on_disk: Times, scratch: Path) -> None:
    """Its trees in memory and in a file, each appended to in the fastest way that it offers and asked for its root."""
    if importlib.util.find_spec("pymerkle") is None:
        print("pymerkle is not installed: not compared")
        return
    pymerkle = importlib.import_module("pymerkle")
    roots: list[bytes] = []

    def grow(tree: Any) -> None:
        tree.append_entries(leaves)
        roots.append(tree.get_root())

    in_memory = timed(lambda: roots.append(_tree(leaves).root()), 3)
    theirs = timed(lambda: grow(pymerkle.InmemoryTree(algorithm="sha256")))
    with pymerkle.SqliteTree(str(scratch / "pymerkle.db"), algorithm="sha256") as tree:
        in_file = timed(lambda: grow(tree))
    assert len(set(roots)) == 1, "pymerkle has another root"
    print(ratio("pymerkle's appends in memory / ours in memory", theirs, in_memory))
    print(ratio("pymerkle's appends in memory / ours read again, signed and on the disk", theirs, on_disk))
    print(ratio("pymerkle's appends in SQLite / ours read again, signed and on the disk", in_file, on_disk))


def _tree(leaves: list[bytes]) -> Tree:
    tree = Tree()
    tree.add(leaf_hashes(leaves))
    return tree


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--rows", type=int, default=1_000_000)
    asked = parser.parse_args()
    of_entries(asked.entries)
    with tempfile.TemporaryDirectory() as made:
        of_a_record(asked.rows, Path(made))
