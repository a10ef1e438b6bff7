"""What changed between the first accepted count and the act in force?

The first accepted count is the lowest act of stage count that is accepted; where there is none, the
first act. The act in force is the highest one not withdrawn. A station that changed is one whose
figures differ between the two, or whose act in force no longer counts. Changes are part of counting
in public; this lists them with their reasons, and what they come to for each choice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.check.figure import listed, many
from tallyroom.check.findings import Case, Finding, Outcome, Passed, Where
from tallyroom.check.returns import InForce, figures_of, true_at
from tallyroom.check.words import Words
from tallyroom.record.folder import Record

__all__ = ["check"]

CHECK = "changes"


def check(record: Record, contests: list[InForce]) -> Iterator[Outcome]:
    """One answer for each contest in which a station has several acts."""
    for returns in contests:
        pairs = list(_pairs(returns))
        changed = [(first, now) for first, now in pairs if _differs(returns, first, now)]
        if changed:
            yield _finding(returns, changed, Words(record, returns.contest))
        elif pairs:
            says = "Where a station has several acts, the one in force has the figures of the first accepted count."
            yield Passed(CHECK, len(pairs), says)


def _pairs(returns: InForce) -> Iterator[tuple[int, int]]:
    """The first accepted count and the act in force of every station that has several acts."""
    acts = returns.acts
    numbers = pc.min_max(acts.act)
    if numbers["min"] == numbers["max"]:
        return  # no station has two acts of one number
    counts = pc.value_counts(acts.station)
    several = counts.field("values").filter(pc.greater(counts.field("counts"), 1))
    if not len(several):
        return
    at = pa.array(true_at(pc.is_in(acts.station, several)), pa.int64())
    of_station: dict[str, list[tuple[bool, int, int, bool]]] = defaultdict(list)
    accepted = pc.and_(pc.equal(acts.stage, "count"), pc.equal(acts.status, "accepted"))
    columns = (c.take(at).to_pylist() for c in (acts.station, pc.invert(accepted), acts.act, acts.in_force))
    for n, station, later, act, stands in zip(at.to_pylist(), *columns, strict=True):
        of_station[station].append((later, act, n, stands))
    for station_acts in of_station.values():
        now = [n for _, _, n, stands in station_acts if stands]
        if now:
            yield min(station_acts)[2], now[0]


def _differs(returns: InForce, first: int, now: int) -> bool:
    acts = returns.acts
    if first == now:
        return False
    figures = figures_of(acts).values()
    return acts.status[now].as_py() != "accepted" or any(c[first].as_py() != c[now].as_py() for c in figures)


def _finding(returns: InForce, changed: list[tuple[int, int]], words: Words) -> Finding:
    acts = returns.acts
    figures = figures_of(acts)
    total: Counter[str] = Counter()
    cases, stages = [], Counter(acts.stage[now].as_py() for _, now in changed)
    for first, now in changed:
        counts = acts.status[now].as_py() == "accepted"
        numbers: dict[str, int | str] = {}
        said = []
        for name, column in figures.items():
            before, after = column[first].as_py(), column[now].as_py()
            if before != after:
                said.append(f"{words.figure(name)} {_said(before)} → {_said(after)}")
            come_to = (after or 0 if counts else 0) - (before or 0)
            if name.startswith("votes."):
                total[name] += come_to
            if before != after or (come_to and name.startswith("votes.")):
                numbers[name] = come_to
        cases.append(Case(returns.where(now), _says(returns, first, now, said), numbers))
    kinds = listed([f"{count:,} by {stage}" for stage, count in stages.most_common()])
    one, station = len(cases) == 1, many(len(cases), "station")
    come_to = [f"{words.choice(name.removeprefix('votes.'))} {change:+,}" for name, change in total.items() if change]
    says = f"{station} changed between the first accepted count and the act in force: {kinds}. "
    says += f"The votes changed by: {listed(come_to)}." if come_to else "No choice has more or fewer votes for it."
    return Finding(
        CHECK,
        "notice",
        cases[0].where if one else Where(acts.table.file, contest=returns.contest.id),
        f"{says} {cases[0].says}" if one else says,
        {"stations": len(cases), **{name: change for name, change in total.items() if change}},
        "",
        returns.sources([n for pair in changed for n in pair]),
        "Each act has its reason, its time and its source in the returns.",
        tuple(cases),
    )


def _says(returns: InForce, first: int, now: int, said: list[str]) -> str:
    acts, table = returns.acts, returns.acts.table
    reason = table.columns["reason"][acts.rows[now].as_py()].as_py() if "reason" in table.columns.column_names else None
    stage, status = acts.stage[now].as_py(), acts.status[now].as_py()
    says = f"{acts.station[now]}, {stage}, {reason or 'no reason given'}: "
    says += f"act {acts.act[first]} → {acts.act[now]}: {listed(said) if said else 'the same figures'}."
    return says if status == "accepted" else f"{says} Act {acts.act[now]} is {status}, and counts nothing."


def _said(value: int | None) -> str:
    return "not stated" if value is None else f"{value:,}"
