"""Do our own totals of the parts add up to those of the whole, at every level?

Counted a second time, without the SQL: each area is its own stations plus the areas below it. A
difference here would be a fault of the program or of the areas, never of a station.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import pyarrow as pa

from tallyroom.check.findings import Finding, Outcome, Passed, Where
from tallyroom.check.returns import InForce, StationList
from tallyroom.record.folder import Record
from tallyroom.tabulate.results import ContestResult, Results

__all__ = ["check"]

CHECK = "areas-add-up"


def check(record: Record, contests: list[InForce], results: Results) -> Iterator[Outcome]:
    """One answer for each contest."""
    by_contest = {result.contest: result for result in results.contests}
    for returns in contests:
        if len(returns.acts):
            yield from _contest(record, returns, by_contest[returns.contest.id])


def _contest(record: Record, returns: InForce, result: ContestResult) -> Iterator[Outcome]:
    totals = _from_below(record, returns)
    off, looked = [], 0
    for area in result.areas:
        if area.kind == "group":
            continue
        for choice, votes in area.votes.items():
            looked += 1
            if totals[area.area][choice] != (votes or 0):
                off.append((area, choice, votes or 0, totals[area.area][choice]))
    for area, choice, votes, below in off:
        yield Finding(
            CHECK,
            "error",
            Where("areas.csv", area=area.area, contest=result.contest),
            f"{area.name}: {record.name_of(choice)} has {votes:,} votes, and its parts have {below:,}.",
            {"whole": votes, "parts": below, "difference": votes - below},
            f"{votes} - {below} = {votes - below}",
        )
    if looked and not off:
        yield Passed(CHECK, looked, "Every total equals the sum of the areas and stations below it, counted twice.")


def _from_below(record: Record, returns: InForce) -> dict[str, Counter[str]]:
    """Area → choice → votes, from stations up."""
    stations = StationList.of(record)
    assert stations is not None, "acts name stations"
    acts = returns.acts
    counted = acts.counts
    areas = stations.areas.take(stations.numbers_of(acts.station.filter(counted)))
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    parents = {row.id: row["parent"] for row in record.current("areas")}
    for choice, votes in acts.votes.items():
        table = pa.table({"area": areas, "votes": votes.filter(counted)})
        for row in table.group_by("area").aggregate([("votes", "sum")]).to_pylist():
            area = row["area"]
            while area:
                totals[area][choice] += row["votes_sum"] or 0
                area = parents.get(area, "")
    return totals
