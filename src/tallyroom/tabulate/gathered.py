"""Acts added up by area before the SQL joins them, where that changes none of its sums.

The SQL adds up each area's stations. What counts and states every choice's votes is therefore added up here first, a
column at a time, and stands as one act at the first such station of its area: a few thousand rows to join where there
were a million. Acts that are held, lack a vote, lie in a group or are asked for one by one stay as they are, and so
does every act in the table of acts. `tests/laws` holds both ways against each other.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.record.rows import in_one
from tallyroom.tabulate.acts import Acts

__all__ = ["gathered"]

_LARGEST = 2**63 - 1
# Turnout is made of stations that state both, so that these two are gathered together or not at all.
_TOGETHER = frozenset({"turnout", "registered"})


def gathered(acts: Acts, stations: pa.Table) -> tuple[Acts, pa.Array]:
    """The acts, with one for each area in place of those that can be added up; and the numbers of these ones' stations.

    stations: those of the acts, with their smallest area and groups. Items, of which no sum is made, and figures that
    some act lacks are left out.
    """
    at = pc.index_in(acts.station, in_one(stations["station"]))
    plain = _plain(acts, pc.take(in_one(stations["groups"]), at))
    rows = pc.indices_nonzero(plain)
    votes = {choice: values.take(rows) for choice, values in acts.votes.items()}
    figures = {name: values.take(rows) for name, values in acts.figures.items()}
    lacking = {name for name, values in figures.items() if values.null_count}
    lacking |= _TOGETHER if lacking & _TOGETHER else set()
    figures = {name: values for name, values in figures.items() if name not in lacking}
    columns = [*votes.values(), *figures.values()]
    if not len(rows) or any(_may_be_too_large(values) for values in columns):
        return acts, pa.array([], at.type)
    area = pc.take(in_one(stations["area"]), at.take(rows))
    sums = _sums(area, rows, columns)
    first = sums.pop(0)
    bare = replace(acts, items={}, figures={name: acts.figures[name] for name in figures})
    rest = bare.each(lambda values: values.filter(pc.invert(plain)))
    one_each = replace(bare, votes={}, figures={}).each(lambda values: values.take(first))
    one_each = replace(one_each, votes=dict(zip(votes, sums, strict=False)))
    one_each = replace(one_each, figures=dict(zip(figures, sums[len(votes) :], strict=True)))
    return _joined(one_each, rest), at.take(rows)


def _plain(acts: Acts, groups: pa.Array) -> pa.Array:
    """The acts that count, in no group, that state the votes of every choice and what the outcome is measured by."""
    plain = pc.and_(acts.counts, groups.is_null())
    base = acts.figures.get(acts.contest.measured_by)
    needed = [*acts.votes.values(), *([] if base is None else [base])]
    for values in needed:
        plain = pc.and_(plain, values.is_valid())
    return pc.and_(plain, not (acts.contest.measured_by and base is None))


def _may_be_too_large(values: pa.Array) -> bool:
    """Whether some sum of them may be beyond 64 bits, which Arrow would not say."""
    ends = pc.min_max(values)
    return any(abs(ends[end].as_py() or 0) * len(values) > _LARGEST for end in ("min", "max"))


def _sums(area: pa.Array, rows: pa.Array, columns: list[pa.Array]) -> list[pa.Array]:
    """For each area the number of its first act, and the sum of each column."""
    names = [str(number) for number in range(len(columns))]
    table = pa.table([area, rows, *columns], ["area", "row", *names])
    found = table.group_by("area", use_threads=False).aggregate([("row", "min"), *((name, "sum") for name in names)])
    return [in_one(found[name]) for name in ("row_min", *(f"{name}_sum" for name in names))]


def _joined(one: Acts, other: Acts) -> Acts:
    """The acts of both."""
    changed: dict[str, Any] = {}
    for name, value in vars(one).items():
        also = getattr(other, name)
        if isinstance(value, dict):
            changed[name] = {key: pa.concat_arrays([column, also[key]]) for key, column in value.items()}
        elif isinstance(value, pa.Array):
            changed[name] = pa.concat_arrays([value, also])
    return replace(one, **changed)
