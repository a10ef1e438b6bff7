"""Corrections: rows that supersede others, the row that each goes back to, and those in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tallyroom.errors import Fault
from tallyroom.record.rows import Table

__all__ = ["circles", "faults_of_corrections", "first_ids", "in_force"]


def first_ids(table: Table) -> dict[str, str]:
    """The id of each correcting row → the id of the first row that it goes back to."""
    if "supersedes" not in table.columns.column_names:
        return {}
    before = {i: old for i, old in zip(table.ids, table.columns["supersedes"].to_pylist(), strict=True) if old}
    first = {}
    for later in before:
        at, seen = later, {later}
        while at in before and before[at] not in seen:
            at = before[at]
            seen.add(at)
        if at not in before:  # else they go round in a circle, and none is first
            first[later] = at
    return first


def in_force(table: Table) -> dict[str, int]:
    """The rows that no other corrects: first id → the row's number."""
    first = first_ids(table)
    if not first:
        return {name: number for number, name in enumerate(table.ids)}
    old = set(table.columns["supersedes"].to_pylist())
    return {first.get(name, name): number for number, name in enumerate(table.ids) if name not in old}


def faults_of_corrections(table: Table) -> Iterator[Fault]:
    """Rows corrected twice, and corrections that go round in a circle."""
    corrected: dict[str, int] = {}
    later = table.columns["supersedes"].to_pylist()
    for number, old in enumerate(later):
        if old is None:
            continue
        if old in corrected:
            mend = f"Line {table.lines[corrected[old]]} corrects it too: a further correction corrects the latest row."
            yield Fault(table.file, table.lines[number], "supersedes", f"'{old}'", "a row corrected once", mend)
        corrected.setdefault(old, number)
    for start in circles(dict(zip(table.ids, later, strict=True))):
        line = table.lines[list(table.ids).index(start)]
        yield Fault(
            table.file,
            line,
            "supersedes",
            f"'{start}'",
            "an earlier row",
            "The corrections go round in a circle.",
        )


def circles(above: Mapping[str, str | None]) -> list[str]:
    """One member, the first in order of reading, of every circle that following `above` runs into."""
    done: set[str] = set()
    found = []
    for start in above:
        path: dict[str, None] = {}
        at: str | None = start
        while at is not None and at in above and at not in done and at not in path:
            path[at] = None
            at = above[at]
        if at in path:
            circle = list(path)[list(path).index(at) :]
            found.append(next(name for name in above if name in circle))
        done.update(path)
    return found
