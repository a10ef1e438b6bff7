"""At which stations did exactly as many people vote as there are voters?

Turnout of exactly 100 % says nothing by itself. On a ship or in a hospital it is usual: the list is
short, the voters are at hand, and in many countries it is made of those who come. So stations of less
than 100 voters and those of closed kinds are said apart, and every finding here is a notice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.check.figure import listed, many
from tallyroom.check.findings import CannotCheck, Case, Finding, Outcome, Passed, Where
from tallyroom.check.returns import InForce, StationList, true_at
from tallyroom.record.folder import Record

__all__ = ["check"]

CHECK = "full-turnout"
SMALL = 100
_CLOSED = ("institution", "ship", "hospital", "prison", "care-home", "military", "special")


def check(record: Record, contests: list[InForce]) -> Iterator[Outcome]:
    """One answer for the large stations of each contest, and one for the small and closed ones."""
    stations = StationList.of(record)
    for returns in contests:
        voters, who = returns.voters(record)
        voted = returns.acts.figures["turnout"]
        known = pc.and_(pc.and_(voters.is_valid(), voted.is_valid()), returns.acts.in_force)
        lacking = len(returns) - (pc.sum(known).as_py() or 0)
        if lacking:
            where = Where(returns.acts.table.file, contest=returns.contest.id)
            yield CannotCheck(CHECK, f"people who voted, or {who}", where, lacking)
        full = pc.and_(known, pc.and_(pc.equal(voters, voted), pc.greater(voters, 0)))
        kinds = returns.kinds(stations)
        apart = pc.or_(pc.less(voters, SMALL), pc.is_in(kinds, pa.array(_CLOSED)))
        large, small = true_at(pc.and_(full, pc.invert(apart))), true_at(pc.and_(full, apart))
        looked = pc.sum(known).as_py() or 0
        if large:
            yield _finding(returns, large, voters, kinds, looked, who, "")
        if small:
            says = f"stations of closed kinds or of fewer than {SMALL} voters, where this is usual"
            yield _finding(returns, small, voters, kinds, looked, who, says)
        if looked and not large and not small:
            yield Passed(CHECK, looked, f"At no station did exactly as many vote as there are {who}.")


def _finding(
    returns: InForce, at: Sequence[int], voters: pa.Array, kinds: pa.Array, looked: int, who: str, apart: str
) -> Finding:
    cases = tuple(
        Case(
            returns.where(n),
            f"{returns.acts.station[n]}: {voters[n].as_py():,} of {voters[n].as_py():,} voted.",
            {"voters": voters[n].as_py()},
        )
        for n in at
    )
    total, of_kind = sum(int(case.numbers["voters"]) for case in cases), Counter(kinds.take(pa.array(at)).to_pylist())
    by_kind = [f"{many(count, 'station')} of kind {kind}" for kind, count in of_kind.most_common() if kind]
    by_kind += [f"{many(of_kind[''], 'station')} of no stated kind"] if of_kind[""] and by_kind else []
    says = f"At {many(len(at), 'station')} of {looked:,} exactly as many voted as there are {who}, {total:,} in all"
    says += f": {apart}" if apart else f", and {SMALL} or more at each"
    one = len(cases) == 1
    return Finding(
        CHECK,
        "notice",
        cases[0].where if one else Where(returns.acts.table.file, contest=returns.contest.id),
        f"{says}. {listed(by_kind)}." if by_kind else f"{says}.",
        {"stations": len(at), "of": looked, "voters": total},
        "",
        returns.sources(at),
        returns.look_at(at[0]) if one else "Look at whether voters are put on the list when they come.",
        cases,
    )
