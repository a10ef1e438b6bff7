"""Which stations have no return, and which returns are held or annulled?"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow.compute as pc

from tallyroom.check.findings import CannotCheck, Case, Finding, Outcome, Passed, Where
from tallyroom.check.returns import InForce, StationList, true_at
from tallyroom.record.folder import Record

__all__ = ["check"]

CHECK = "without-return"


def check(record: Record, contests: list[InForce]) -> Iterator[Outcome]:
    """One answer for each contest."""
    stations = StationList.of(record)
    with_returns = {returns.contest.id: returns for returns in contests}
    for contest in record.election.contests:
        returns = with_returns.get(contest.id)
        if returns is None or not len(returns.acts):
            yield CannotCheck(CHECK, "returns", Where(f"returns/{contest.id}.csv", contest=contest.id))
            continue
        if stations is not None and record.election.stations == "partial":
            yield CannotCheck(CHECK, "the list of all stations (this record is partial)", Where(stations.file))
        elif stations is not None:
            yield from _missing(stations, returns)
        for status in ("held", "annulled"):
            yield from _listed(returns, status)


def _missing(stations: StationList, returns: InForce) -> Iterator[Outcome]:
    there = returns.acts.station.filter(returns.acts.in_force)
    lost = [] if there.equals(stations.id_array) else true_at(pc.invert(pc.is_in(stations.id_array, there)))
    if not lost:
        yield Passed(CHECK, len(stations), f"Every station has a return for {returns.contest.id}.")
        return
    cases = []
    for at in lost:
        voters = stations.registered[at].as_py()
        says = f"{stations.ids[at]}: no return" + (f"; {voters:,} registered voters." if voters is not None else ".")
        where = Where(stations.file, stations.lines[at], station=stations.ids[at], contest=returns.contest.id)
        cases.append(Case(where, says, {} if voters is None else {"registered": voters}))
    registered = sum(int(case.numbers.get("registered", 0)) for case in cases)
    known = any(case.numbers for case in cases)
    one = len(cases) == 1
    yield Finding(
        CHECK,
        "notice",
        cases[0].where if one else Where(stations.file, contest=returns.contest.id),
        cases[0].says if one else f"{len(cases):,} of {len(stations):,} stations have no return.",
        {"stations": len(cases), "expected": len(stations)} | ({"registered": registered} if known else {}),
        f"{len(stations)} - {len(cases)} = {len(stations) - len(cases)}",
        (),
        "Ask for their forms. The outcome says whether they could change it.",
        tuple(cases),
    )


def _listed(returns: InForce, status: str) -> Iterator[Outcome]:
    acts, table = returns.acts, returns.acts.table
    at = true_at(pc.and_(acts.in_force, pc.equal(acts.status, status)))
    if not at:
        return
    reasons = table.columns["reason"] if "reason" in table.columns.column_names else None
    cases = []
    for number in at:
        reason = reasons[acts.rows[number].as_py()].as_py() if reasons is not None else None
        says = f"{acts.station[number].as_py()}: {status}, {reason or 'no reason given'}."
        cases.append(Case(returns.where(number), says))
    one = len(cases) == 1
    yield Finding(
        status,
        "notice",
        cases[0].where if one else Where(table.file, contest=returns.contest.id),
        cases[0].says if one else f"{len(cases):,} stations are {status}, and count nothing.",
        {"stations": len(cases)},
        "",
        returns.sources(at),
        "Each has its reason in the returns.",
        tuple(cases),
    )
