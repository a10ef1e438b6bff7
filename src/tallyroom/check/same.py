"""Does the same row of figures stand at two stations?

Only rows that hold enough to tell stations apart are compared: 100 votes or more, and at least six
different numbers other than zero. In a row of two or three numbers chance is enough: among Poland's
27,231 stations of 2020 over 700 pairs have the same votes for two candidates, and at stations where
everybody voted for one all figures are one number. With six numbers, a row that was entered twice is
the likelier reason; which of the two stations it belongs to only the forms say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.check.figure import listed, many
from tallyroom.check.findings import Case, Finding, Outcome, Passed, Where
from tallyroom.check.returns import InForce, true_at
from tallyroom.record.folder import Record

__all__ = ["check"]

CHECK = "same-figures"
VOTES = 100
NUMBERS = 6
_PRIME = 1_000_003


def check(record: Record, contests: list[InForce]) -> Iterator[Outcome]:
    """One answer for each contest."""
    for returns in contests:
        looked, alike = _alike(returns)
        if alike:
            yield _finding(returns, alike, looked)
        elif looked:
            yield Passed(CHECK, looked, "No two stations have the same row of figures.")


def _alike(returns: InForce) -> tuple[int, list[list[int]]]:
    """How many rows were compared, and the acts that are alike, together."""
    acts = returns.acts
    votes = pa.repeat(pa.scalar(0, pa.int64()), len(acts))
    for column in acts.votes.values():
        votes = pc.add(votes, pc.fill_null(column, 0))
    rows = pc.indices_nonzero(pc.and_(acts.in_force, pc.greater_equal(votes, VOTES)))
    columns = [*acts.items.values(), *acts.votes.values()]
    if len(rows) < len(acts):
        columns = [column.take(rows) for column in columns]
    # One number made of each row, wrapping around at 64 bits: what is alike has the same one, and only rows
    # with the same one are looked at whole.
    mark = pa.repeat(pa.scalar(17, pa.int64()), len(rows))
    for column in columns:
        mark = pc.add(pc.multiply(mark, _PRIME), pc.fill_null(column, -1))
    counts = pc.value_counts(mark)
    twice = counts.field("values").filter(pc.greater(counts.field("counts"), 1))
    groups: dict[tuple[int | None, ...], list[int]] = defaultdict(list)
    candidates = true_at(pc.is_in(mark, twice)) if len(twice) else []
    picked = pa.array(candidates, pa.int64())
    for number, *row in zip(rows.take(picked).to_pylist(), *(c.take(picked).to_pylist() for c in columns), strict=True):
        groups[tuple(row)].append(number)
    alike = [group for row, group in groups.items() if len(group) > 1 and len({n for n in row if n}) >= NUMBERS]
    return len(rows), alike


def _finding(returns: InForce, alike: list[list[int]], looked: int) -> Finding:
    acts = returns.acts
    cases = []
    for group in alike:
        names = [acts.station[n].as_py() for n in group]
        votes = sum(column[group[0]].as_py() or 0 for column in acts.votes.values())
        says = f"{listed(names)}: the same figures, {votes:,} votes among them."
        cases.append(Case(returns.where(group[0]), says, {"stations": len(group), "votes": votes}))
    count = sum(len(group) for group in alike)
    rows = "one row of figures" if len(alike) == 1 else f"one of {len(alike):,} rows of figures"
    return Finding(
        CHECK,
        "warning",
        Where(acts.table.file, contest=returns.contest.id),
        f"{many(count, 'station')} of {looked:,} share {rows} with another, every item and vote equal. {cases[0].says}",
        {"stations": count, "rows": len(alike), "of": looked},
        "",
        returns.sources([n for group in alike for n in group]),
        "Look at the forms of both stations: one row may have been entered twice.",
        tuple(cases),
    )
