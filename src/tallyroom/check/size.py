"""Which stations are far larger than the others of their kind?

Far larger: more than five times as many voters as the station that 95 of 100 of its kind do not
exceed, and at least 1,000. Kinds spread differently, so a multiple of the middle one would flood:
the stations abroad of Poland 2020 have 1,004 voters in the middle and 22,251 at most, and that is
usual abroad. A kind of fewer than 20 stations is too small to say what is usual.

Such a station is as a rule something else that stands in the list under a station's number, such as
electronic voting; or a digit too many.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.check.figure import many
from tallyroom.check.findings import CannotCheck, Case, Finding, Outcome, Passed, Where
from tallyroom.check.returns import InForce, StationList, true_at
from tallyroom.record.folder import Record

__all__ = ["check"]

CHECK = "size"
TIMES = 5
SHARE = 95
LEAST = 1_000
ENOUGH = 20


def check(record: Record, contests: list[InForce]) -> Iterator[Outcome]:
    """One answer for each contest and kind of station."""
    stations = StationList.of(record)
    said: set[tuple[str, int]] = set()  # the register of stations.csv serves several contests
    for returns in contests:
        acts = returns.acts
        sizes, what = acts.figures.get("registered", pa.nulls(len(acts), pa.int64())), "registered voters"
        if sizes.null_count == len(sizes):
            sizes, what = acts.figures["turnout"], "people who voted"
        kinds = returns.kinds(stations)
        known = pc.and_(acts.in_force, sizes.is_valid())
        for kind in sorted(pc.unique(kinds.filter(acts.in_force)).to_pylist()):
            mask = pc.and_(known, pc.equal(kinds, kind))
            yield from _kind(returns, sizes, mask, kind, what, said)


def _kind(
    returns: InForce, sizes: pa.Array, mask: pa.Array, kind: str, what: str, said: set[tuple[str, int]]
) -> Iterator[Outcome]:
    count = pc.sum(mask).as_py() or 0
    of_kind = f" of kind {kind}" if kind else ""
    if count < ENOUGH:
        where = Where(returns.acts.table.file, contest=returns.contest.id)
        yield CannotCheck(CHECK, f"{ENOUGH} stations of its kind with {what}, to compare it with", where, count or 1)
        return
    # The nearest rank, so that what it is compared with is a station's own number.
    ordered = sizes.filter(mask)
    usual = ordered.take(pc.array_sort_indices(ordered).slice((SHARE * count + 99) // 100 - 1, 1))[0].as_py()
    bound = min(max(TIMES * usual, LEAST - 1), 2**63 - 1)
    at = true_at(pc.and_(mask, pc.greater(sizes, bound)))
    if not at:
        says = (
            f"No station{of_kind} has over {TIMES} times the {what} that 95 of 100 of them do not exceed ({usual:,})."
        )
        yield Passed(CHECK, count, says)
        return
    at = [n for n in at if (returns.acts.station[n].as_py(), sizes[n].as_py()) not in said]
    if not at:
        return
    said.update((returns.acts.station[n].as_py(), sizes[n].as_py()) for n in at)
    at.sort(key=lambda n: -sizes[n].as_py())
    cases = tuple(
        Case(returns.where(n), f"{returns.acts.station[n]}: {sizes[n].as_py():,} {what}.", {"size": sizes[n].as_py()})
        for n in at
    )
    one, largest = len(at) == 1, int(cases[0].numbers["size"])
    yield Finding(
        CHECK,
        "notice",
        cases[0].where if one else Where(returns.acts.table.file, contest=returns.contest.id),
        f"{many(len(at), 'station')} of {count:,}{of_kind} {'has' if one else 'have'} over {TIMES} times the {what} "
        f"that 95 of 100 do not exceed ({usual:,}). The largest: {cases[0].says}",
        {"stations": len(at), "of": count, "usual_at_most": usual, "largest": largest},
        f"{largest} > {TIMES} * {usual} = {TIMES * usual}",
        returns.sources(at),
        "Look at whether these are stations like the others, and give them a kind of their own if not.",
        cases,
    )
