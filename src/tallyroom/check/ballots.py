"""Are there more ballots or votes at a station than voters who could have cast them?"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.check.findings import CannotCheck, Case, Finding, Outcome, Passed, Where
from tallyroom.check.returns import InForce, true_at
from tallyroom.record.expressions import Votes
from tallyroom.record.folder import Record

__all__ = ["check"]

CHECK = "more-votes-than-voters"


def check(record: Record, contests: list[InForce]) -> Iterator[Outcome]:
    """One answer for each contest and each pair of figures.

    Voters whom the form adds to the list on the day count as voters too. Where a ballot can give several votes, the
    fewest ballots that can have given them are counted, and no choice can have more votes than there are valid ballots.
    """
    for returns in contests:
        figures = returns.acts.figures
        nothing = pa.nulls(len(returns.acts), pa.int64())
        voters, who = returns.voters(record)
        cast = figures.get("cast", nothing)
        votes = returns.acts.work_out(Votes())
        yield from _compare(returns, "ballots cast", cast, who, voters)
        a_ballot = returns.contest.votes_a_ballot
        what = "votes" if a_ballot == 1 else f"ballots taken by the votes, at most {a_ballot} on each,"
        yield from _compare(returns, what, _ballots(votes, a_ballot), who, voters)
        if "cast" in figures and "valid" in figures:
            yield from _compare(returns, "valid votes", figures["valid"], "ballots cast", cast)
        if "valid" in figures and a_ballot > 1:
            yield from _compare(returns, what, _ballots(votes, a_ballot), "valid ballots", figures["valid"])
            most = pc.max_element_wise(*returns.acts.votes.values())
            yield from _compare(returns, "votes for one choice", most, "valid ballots", figures["valid"])


def _ballots(votes: pa.Array, a_ballot: int) -> pa.Array:
    """The fewest ballots that hold so many votes."""
    whole = pc.divide(votes, a_ballot)
    return pc.add(whole, pc.greater(pc.subtract(votes, pc.multiply(whole, a_ballot)), 0).cast(pa.int64()))


def _compare(returns: InForce, what: str, left: pa.Array, whole: str, right: pa.Array) -> Iterator[Outcome]:
    known = pc.and_(pc.and_(left.is_valid(), right.is_valid()), returns.acts.in_force)
    over = true_at(pc.and_(known, pc.greater(left, right)))
    lacking = len(true_at(pc.and_(returns.acts.in_force, pc.invert(known))))
    file = returns.acts.table.file
    if lacking:
        yield CannotCheck(CHECK, f"{what} or {whole}", Where(file, contest=returns.contest.id), lacking)
    looked = pc.sum(known).as_py() or 0
    if not over:
        if looked:
            yield Passed(CHECK, looked, f"No station has more {what} than {whole}.")
        return
    cases = []
    for at in over:
        a, b = left[at].as_py(), right[at].as_py()
        says = f"{returns.acts.station[at].as_py()}: {a:,} {what} and {b:,} {whole}, {a - b:,} more."
        cases.append(Case(returns.where(at), says, {"count": a, "of": b, "difference": a - b}))
    one = len(cases) == 1
    yield Finding(
        CHECK,
        "error",
        cases[0].where if one else Where(file, contest=returns.contest.id),
        cases[0].says if one else f"{len(cases):,} stations have more {what} than {whole}.",
        cases[0].numbers if one else {"stations": len(cases)},
        f"{cases[0].numbers['count']} - {cases[0].numbers['of']} = {cases[0].numbers['difference']}" if one else "",
        returns.sources(over),
        returns.look_at(over[0]) if one else "Look at these forms, and whether voters could be added on the day.",
        tuple(cases),
    )
