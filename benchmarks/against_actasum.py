"""Adding up and comparing with announced totals, against `actasum verify` on the same stations.

    python benchmarks/against_actasum.py                    100,000 stations, 12 choices, 500 constituencies
    python benchmarks/against_actasum.py --stations 10000

The totals of every constituency and choice are announced, once as they are and once with 17 votes moved from one choice
to another in one constituency. Both programs must give the same verdict on both. Prints how many times longer
actasum takes: for adding up and comparing alone, with reading its input too, and as whole commands, of which ours
asks everything else that can be asked of a record as well. Ours is the least of a few runs, whose first one loads what
is only then needed; actasum, which loads nothing, runs once for every two of ours.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np
from actasum.statement import OfficialTotals, Statement, read_jsonl
from actasum.verify import compare

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.nation import CONSTITUENCIES, named, tables, write_nation
from tallyroom.check import tabulated
from tallyroom.check.announced import Announced
from tallyroom.check.findings import Finding
from tallyroom.publish.formats.actasum import announced_totals, levels, statements
from tallyroom.record.folder import Record, read_record
from tallyroom.tabulate.results import tabulate

CHOICES = 12
MOVED = 17
Found = TypeVar("Found")
Differences = list[tuple[str, str, int]]


class Taken(NamedTuple):
    """Seconds that passed, and seconds of the processor over all its cores, those of started commands among them."""

    elapsed: float
    processor: float


def timed(work: Callable[[], Found], times: int) -> tuple[Taken, Found]:
    """What the work takes, the least of a few runs, and what it found."""
    taken = []
    for _ in range(times):
        start, before = time.perf_counter(), sum(os.times()[:4])
        found = work()
        taken.append(Taken(time.perf_counter() - start, sum(os.times()[:4]) - before))
    return Taken(min(one.elapsed for one in taken), min(one.processor for one in taken)), found


def announce(folder: Path, stations: int, forged: bool) -> None:
    """Writes the totals of each constituency, added up by numpy, as announcements."""
    returns = tables(stations, choices=CHOICES)["returns/president"]
    area = np.arange(stations) % CONSTITUENCIES
    rows = ["id,announcement,place,contest,choice,measure,modality,value,unit"]
    for number, choice in enumerate(named(CHOICES)):
        votes = np.zeros(CONSTITUENCIES, int)
        np.add.at(votes, area, returns[f"votes.{choice}"].to_numpy())
        if forged and number in (4, 6):
            votes[123] += MOVED if number == 4 else -MOVED
        given = f"president,{choice},candidate_votes,final"
        rows += [f"final-{number}-{n},final,c{n:03d},{given},{v},count" for n, v in enumerate(votes)]
    (folder / "announcements.csv").write_text("\n".join(rows) + "\n")


def ours(record: Record) -> Differences:
    """Where the announced totals differ from the sum of the returns, as `tallyroom check` finds it."""
    rows = record.rows("announcements")
    found = tabulated.check(Announced(record), tabulate(record))
    differing = [one for one in found if isinstance(one, Finding)]
    return sorted((f.where.area, rows[f.where.line - 2]["choice"], int(f.numbers["difference"])) for f in differing)


def theirs(read: list[Statement], official: OfficialTotals) -> Differences:
    """The same as actasum finds it."""
    compared = compare(read, official)
    differing = ((d.area, d.item.removeprefix("candidature:"), -d.delta) for d in compared.standing.differences)
    found = sorted(differing)
    assert compared.ok is not bool(found)
    return found


def command(name: str, *arguments: str | Path) -> int:
    """The exit status of a command of this environment."""
    return subprocess.run([Path(sys.executable).parent / name, *arguments], stdout=subprocess.DEVNULL).returncode


def measure(folder: Path, stations: int, forged: bool, times: int) -> Iterator[tuple[str, Taken, Taken]]:
    """What was measured, what ours takes, what actasum takes; both must come to one verdict."""
    nation = write_nation(folder / f"nation-{forged}", stations, choices=CHOICES)
    announce(nation, stations, forged)
    record = read_record(nation)
    contest = record.election.contests[0]
    text = b"".join(statements(record, contest)).decode()
    totals = announced_totals(record, contest, levels(record)[0])
    assert totals is not None
    (folder / "statements.jsonl").write_text(text)
    (folder / "official.json").write_bytes(totals)
    official = OfficialTotals.from_dict(json.loads(totals))
    read = list(read_jsonl(io.StringIO(text)))
    fewer = max(1, times // 2)
    expected = [("c123", "choice-5", MOVED), ("c123", "choice-7", -MOVED)] if forged else []

    a, found = timed(lambda: ours(record), times)
    b, by_them = timed(lambda: theirs(read, official), fewer)
    assert found == by_them == expected, (found[:5], by_them[:5])
    yield "adding up and comparing", a, b
    a, found = timed(lambda: ours(read_record(nation)), times)
    b, by_them = timed(lambda: theirs(list(read_jsonl((folder / "statements.jsonl").open())), official), fewer)
    assert found == by_them == expected
    yield "reading too", a, b
    inputs = ("--statements", folder / "statements.jsonl", "--official", folder / "official.json")
    a, status = timed(lambda: command("tallyroom", "check", nation), times)
    b, their_status = timed(lambda: command("actasum", "verify", *inputs), fewer)
    assert status == their_status == forged
    yield "whole commands (ours: all checks)", a, b


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--stations", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=3)
    arguments = parser.parse_args()
    for forged in (False, True):
        print(f"{arguments.stations:,} stations, {CHOICES} choices, {'one total forged' if forged else 'clean totals'}")
        with tempfile.TemporaryDirectory() as folder:
            for name, a, b in measure(Path(folder), arguments.stations, forged, arguments.times):
                passed = f"{b.elapsed / a.elapsed:5.1f} ({b.elapsed:.2f} s / {a.elapsed:.2f} s)"
                worked = f"{b.processor / a.processor:5.1f} ({b.processor:.2f} s / {a.processor:.2f} s)"
                print(f"actasum / tallyroom, {name:34} elapsed {passed}   processor {worked}   wanted 20", flush=True)
    print("the same verdict on every total")


if __name__ == "__main__":
    main()
