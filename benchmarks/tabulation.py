"""Reading, tabulating and checking a synthetic nation, as ratios within one run.

    python benchmarks/tabulation.py                 1,050,000 stations
    python benchmarks/tabulation.py --stations 105000

Prints, for a record of this many stations as Parquet: how much longer tabulation takes than its SQL files run
in DuckDB by hand; the checks beside the tabulation; reading the CSV beside pandas, where pandas is installed;
and how the cost grows from a tenth of the stations. Times are of the processor, over all its cores.
"""

from __future__ import annotations

import argparse
import importlib.util
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.nation import write_nation
from tallyroom.check import areas, ballots, form, missing
from tallyroom.check.returns import in_force
from tallyroom.record.folder import Record, read_record
from tallyroom.tabulate.engine import query
from tallyroom.tabulate.frames import Frames, make_frames
from tallyroom.tabulate.results import Results, tabulate

_FILES = ("votes", "figures", "turnout", "stations", "acts")


def timed(work: Callable[[], object], times: int = 3) -> float:
    """Seconds of the processor that the work takes: the least of a few runs."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def by_hand(frames: Frames) -> None:
    """The SQL files typed into DuckDB, over the same tables."""
    connection = duckdb.connect(":memory:")
    for name in ("votes", "items", "acts", "stations", "within"):
        connection.register(name, getattr(frames, name))
    for name in _FILES:
        connection.execute(query(name)).to_arrow_table()


def checks(record: Record, results: Results) -> None:
    """Every check on returns."""
    contests = in_force(record)
    for outcomes in (
        form.check(record, contests),
        ballots.check(record, contests),
        missing.check(record, contests),
        areas.check(record, contests, results),
    ):
        list(outcomes)


def measure(stations: int, folder: Path) -> dict[str, float]:
    """Seconds of each part, for a nation of this many stations."""
    nation = write_nation(folder / f"parquet-{stations}", stations, "parquet")
    plain = write_nation(folder / f"csv-{stations}", stations)
    record = read_record(nation)
    frames = make_frames(record)
    results = tabulate(record, frames=frames)
    found = {
        "tabulate": timed(lambda: tabulate(record)),
        "by hand": timed(lambda: by_hand(make_frames(record))),
        "checks": timed(lambda: checks(record, results)),
        "read csv": timed(lambda: read_record(plain)),
    }
    if importlib.util.find_spec("pandas"):
        import pandas

        files = [plain / "returns" / "president.csv", plain / "stations.csv"]
        found["pandas"] = timed(lambda: [pandas.read_csv(file) for file in files])
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--stations", type=int, default=1_050_000)
    stations = parser.parse_args().stations
    with tempfile.TemporaryDirectory() as folder:
        small, full = measure(stations // 10, Path(folder)), measure(stations, Path(folder))
    print(f"{stations:,} stations, seconds of the processor: {', '.join(f'{k} {v:.2f}' for k, v in full.items())}")
    print(f"tabulation / the same SQL by hand   {full['tabulate'] / full['by hand']:.2f}   (at most 1.5)")
    print(f"checks on returns / tabulation      {full['checks'] / full['tabulate']:.2f}   (at most 5)")
    if "pandas" in full:
        print(f"reading and validating / pandas     {full['read csv'] / full['pandas']:.2f}   (at most 1)")
    print(f"tabulation, ten times the stations  {full['tabulate'] / small['tabulate']:.1f}   (at most 11)")
    print(f"reading, ten times the stations     {full['read csv'] / small['read csv']:.1f}   (at most 11)")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"peak memory of the whole run        {peak:.1f} GB")


if __name__ == "__main__":
    main()
