"""Reading, tabulating and checking a synthetic nation, as ratios within one run.

    python benchmarks/tabulation.py                 1,050,000 stations
    python benchmarks/tabulation.py --stations 105000

Prints, for a record of this many stations as Parquet: how much longer tabulation takes than its SQL files run
in DuckDB by hand; all checks on returns beside the tabulation; reading and checking the CSV beside pandas, where
pandas is installed; how the cost grows from a tenth of the stations; and the peak memory of reading and tabulating,
in a process of its own. Each ratio is given twice: of the time that passes, and of the time of the processor over
all its cores. Each time is the least of a few runs; what is compared runs in turn, so that a busy machine is as
busy for both.
"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.nation import write_nation
from tallyroom.check.checks import check_record
from tallyroom.record.folder import Record, read_record
from tallyroom.tabulate.engine import query
from tallyroom.tabulate.frames import make_frames
from tallyroom.tabulate.results import tabulate

_FILES = ("votes", "figures", "turnout", "stations", "acts")
_PEAK = """\
import sys
from tallyroom.record.folder import read_record
from tallyroom.tabulate.results import tabulate
tabulate(read_record(sys.argv[1]))
# Not ru_maxrss, which begins with what the parent had.
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
Times = tuple[float, float]  # seconds that passed, seconds of the processor


def timed(works: Mapping[str, Callable[[], object]], times: int) -> dict[str, Times]:
    """What each work takes, at the least of so many runs; the works run in turn."""
    taken: dict[str, list[Times]] = {name: [] for name in works}
    for _ in range(times):
        for name, work in works.items():
            start, of_processor = time.perf_counter(), time.process_time()
            work()
            taken[name].append((time.perf_counter() - start, time.process_time() - of_processor))
    return {name: (min(t for t, _ in runs), min(t for _, t in runs)) for name, runs in taken.items()}


def by_hand(record: Record) -> None:
    """The SQL files typed into DuckDB, over the five tables."""
    frames = make_frames(record)
    connection = duckdb.connect(":memory:")
    for name in ("votes", "items", "acts", "stations", "within"):
        connection.register(name, getattr(frames, name))
    for name in _FILES:
        connection.execute(query(name)).to_arrow_table()


def measure(stations: int, folder: Path) -> dict[str, Times]:
    """Seconds of each part, for a nation of this many stations."""
    nation = write_nation(folder / f"parquet-{stations}", stations, "parquet")
    plain = write_nation(folder / f"csv-{stations}", stations)
    works: dict[str, Callable[[], object]] = {"read csv": lambda: read_record(plain)}
    if importlib.util.find_spec("pandas"):
        import pandas

        files = [plain / "returns" / "president.csv", plain / "stations.csv"]
        works["pandas"] = lambda: [pandas.read_csv(file) for file in files]
    found = timed(works, 9)
    record = read_record(nation)
    results = tabulate(record)
    found |= timed({"check": lambda: check_record(record, results)}, 3)
    return found | timed({"tabulate": lambda: tabulate(record), "by hand": lambda: by_hand(record)}, 2)


def peak(record: Path) -> float:
    """Gigabytes that a process of its own takes at most to read and tabulate a record."""
    command = [sys.executable, "-c", _PEAK, str(record)]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout) / 1e6


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--stations", type=int, default=1_050_000)
    stations = parser.parse_args().stations
    with tempfile.TemporaryDirectory() as folder:
        small, full = measure(stations // 10, Path(folder)), measure(stations, Path(folder))
        memory = peak(Path(folder) / f"parquet-{stations}")

    def ratio(what: str, one: Times, other: Times, at_most: float) -> None:
        print(f"{what:36} {one[0] / other[0]:6.2f} passed {one[1] / other[1]:6.2f} processor   (at most {at_most})")

    print(f"{stations:,} stations, seconds passed and of the processor:")
    print(", ".join(f"{name} {passed:.2f} {processor:.2f}" for name, (passed, processor) in full.items()))
    ratio("tabulation / the same SQL by hand", full["tabulate"], full["by hand"], 1.5)
    ratio("checks on returns / tabulation", full["check"], full["tabulate"], 5)
    if "pandas" in full:
        ratio("reading and validating / pandas", full["read csv"], full["pandas"], 1)
    for name, what in (("tabulate", "tabulation"), ("check", "checks"), ("read csv", "reading")):
        ratio(f"{what}, ten times the stations", full[name], small[name], 11)
    print(f"peak memory of reading Parquet and tabulating {memory:.2f} GB   (under 1.5)")


if __name__ == "__main__":
    main()
