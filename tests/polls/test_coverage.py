"""Quick counts held against the truth: how often a nominal 95 % interval covers it, over real elections.

The table of docs/polls.md is made by `python -m tests.polls.test_coverage`, which draws 2,000 samples for each cell.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tallyroom.polls.draw import allocate, joined
from tallyroom.polls.estimate import Counted, ratio_estimate
from tallyroom.polls.frame import StationCounts, counts_of, frame_of
from tallyroom.record.folder import Record
from tests.reference.elections import RealElection, real_election

# File, and the kind of area that makes strata.
ELECTIONS = {
    "ru2012.csv.zip": "region",
    "ru2018.csv.zip": "region",
    "pl2020-president-round1.csv.zip": "region",
    "pl2020-president-round2.csv.zip": "region",
    "ug2016-president.csv.gz": "district",
    "ge2013-president.csv": "district",
    "ge2016-parliament-party-list.csv": "district",
    "ve2024-president-actas-v1.csv.gz": "state",
}
SIZES = (50, 100, 150, 300, 600)
DRAWS = 2000


def _leader(election: RealElection) -> tuple[StationCounts, str]:
    table = election.record.returns(election.contest.id)
    assert table is not None
    counts = counts_of(election.record, election.contest, table)
    return counts, max(counts.votes, key=lambda choice: int(counts.votes[choice].sum()))


def _whole(record: Record) -> Record:
    """The record as if its stations were all there are: here they are what is drawn from, and what is known of."""
    return replace(record, election=record.election.model_copy(update={"stations": "all"}))


def coverage(election: RealElection, kind: str, size: int, draws: int = DRAWS) -> tuple[float, float]:
    """The share of samples whose interval covers the leader's true share, and the mean half width in points."""
    counts, leader = _leader(election)
    votes, of = counts.votes[leader], counts.of
    number = {station: n for n, station in enumerate(counts.stations)}
    areas = {
        area: [station for station in stations if station in number]
        for area, stations in frame_of(_whole(election.record), kind).areas.items()
    }
    strata = joined({area: stations for area, stations in areas.items() if stations}, size)
    sizes = allocate({name: len(stations) for name, stations in strata.items()}, size)
    members = [np.array([number[station] for station in stations]) for stations in strata.values()]
    truth = int(sum(votes[m].sum() for m in members)) / int(sum(of[m].sum() for m in members))
    group = np.repeat(np.arange(len(members)), [sizes[name] for name in strata])
    random = np.random.default_rng(2031)
    covered, width = 0, 0.0
    for _ in range(draws):
        drawn = [
            random.choice(m, sizes[name], replace=False, shuffle=False) for m, name in zip(members, strata, strict=True)
        ]
        at = np.concatenate(drawn)
        found = ratio_estimate(Counted(votes[at], of[at], group, [len(m) for m in members]))
        assert found.low is not None
        assert found.high is not None
        covered += found.low <= truth <= found.high
        width += (found.high - found.low) / 2
    return covered / draws, 100 * width / draws


@pytest.mark.slow
@pytest.mark.parametrize("stratified", [False, True], ids=["simple", "stratified"])
@pytest.mark.parametrize("file", ELECTIONS)
def test_nominal_intervals_of_150_stations_cover_the_truth(file: str, stratified: bool, shared: Path) -> None:
    kind = ELECTIONS[file] if stratified else ""
    covered, _ = coverage(real_election(shared / "data" / file), kind, 150)
    assert 0.93 <= covered <= 0.97


def _table(shared: Path) -> Iterator[str]:
    yield "| election | sample | " + " | ".join(f"{size}" for size in SIZES) + " |"
    yield "| --- | --- |" + " --- |" * len(SIZES)
    for file, kind in ELECTIONS.items():
        election = real_election(shared / "data" / file)
        name = election.record.election.id
        for label, level in (("simple", ""), (f"by {kind}", kind)):
            cells = [coverage(election, level, size) for size in SIZES]
            yield f"| {name} | {label} | " + " | ".join(f"{100 * c:.1f} (±{w:.1f})" for c, w in cells) + " |"


if __name__ == "__main__":
    for line in _table(Path(sys.argv[1])):
        print(line, flush=True)
