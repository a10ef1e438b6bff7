"""The exact test of whole percentages, against a simulation of the same statistic written plainly in numpy.

    python benchmarks/patterns.py                        95,000 stations, 1,000 draws
    python benchmarks/patterns.py --stations 9500

Both are worked out in one run over the same stations of the seeded synthetic nation, and must agree within the error
of the simulation. Prints how many times longer the simulation takes, elapsed and of the processor, and how long all
patterns of the election take. Ours is the least of five runs. The memory is that of a process which reads the record
and works out all patterns.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.nation import write_nation
from tallyroom.patterns.binomial import is_whole
from tallyroom.patterns.integers import Excess, included, integer_percentages
from tallyroom.patterns.report import worked_out
from tallyroom.patterns.stations import Stations, read_stations
from tallyroom.record.folder import read_record


def simulated(stations: Stations, choice: str, draws: int, seed: int = 1) -> NDArray[np.int64]:
    """How many stations have a whole percentage, in each of so many elections drawn anew."""
    used = included(stations, choice)
    registered, given = stations.registered[used], stations.given[used]
    ballots, votes = stations.ballots[used], stations.votes[choice][used]
    random = np.random.default_rng(seed)
    found = np.empty(draws, np.int64)
    for draw in range(draws):
        turnout = random.binomial(registered, given / registered)
        share = random.binomial(ballots, votes / ballots)
        found[draw] = (is_whole(turnout, registered) | is_whole(share, ballots)).sum()
    return found


def least(stations: Stations, choice: str) -> tuple[float, float, Excess]:
    """Seconds that the exact test takes, elapsed and of the processor, and what it finds."""
    elapsed, processor = [], []
    for _ in range(5):
        start, busy = time.perf_counter(), time.process_time()
        either = integer_percentages(stations, choice).either
        elapsed.append(time.perf_counter() - start)
        processor.append(time.process_time() - busy)
    return min(elapsed), min(processor), either


def agree(exact: Excess, draws: NDArray[np.int64]) -> bool:
    """Whether expectation and deviation lie within four standard errors of the simulation's."""
    error = exact.sd / np.sqrt(len(draws))
    spread = exact.sd / np.sqrt(2 * len(draws))
    return bool(abs(draws.mean() - exact.expected) < 4 * error and abs(draws.std(ddof=1) - exact.sd) < 4 * spread)


def all_patterns(folder: Path) -> None:
    """What the process of its own does: seconds of all patterns, and the memory of all it did, in MB."""
    record = read_record(folder)
    start = time.perf_counter()
    worked_out(record)
    taken = time.perf_counter() - start
    print(f"{taken} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000}")


def main() -> None:
    """Prints the ratio, the seconds and the memory; ends with an error where the two do not agree."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--stations", type=int, default=95_000)
    parser.add_argument("--draws", type=int, default=1_000)
    parser.add_argument("--all-patterns", type=Path)
    asked = parser.parse_args()
    if asked.all_patterns:
        all_patterns(asked.all_patterns)
        return
    with tempfile.TemporaryDirectory() as folder:
        record = read_record(write_nation(Path(folder), asked.stations, "parquet"))
        stations = read_stations(record, record.election.contests[0])
        choice = stations.ranked[0]
        exact_elapsed, exact_busy, exact = least(stations, choice)
        start, busy = time.perf_counter(), time.process_time()
        draws = simulated(stations, choice, asked.draws)
        drawn_elapsed, drawn_busy = time.perf_counter() - start, time.process_time() - busy
        command = [sys.executable, __file__, "--all-patterns", folder]
        seconds, megabytes = map(
            float, subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        )
    print(f"{asked.stations:,} stations, {asked.draws:,} draws")
    print(f"exact: expected {exact.expected:.2f}, sd {exact.sd:.2f}; {exact_elapsed:.3f} s, processor {exact_busy:.3f}")
    print(f"drawn: expected {draws.mean():.2f}, sd {draws.std(ddof=1):.2f}; {drawn_elapsed:.3f} s, {drawn_busy:.3f}")
    print(f"simulation / exact: {drawn_elapsed / exact_elapsed:.1f} elapsed, {drawn_busy / exact_busy:.1f} processor")
    print(f"all patterns: {seconds:.2f} s; reading and all patterns in {megabytes:,.0f} MB")
    if not agree(exact, draws):
        raise SystemExit("the simulation and the exact test do not agree")


if __name__ == "__main__":
    main()
