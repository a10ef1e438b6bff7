"""What the acts of one table say of each other: one of each number at a station, and nothing both read and unread."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.errors import Fault
from tallyroom.record.ids import each_once, rising
from tallyroom.record.rows import Table, in_one

__all__ = ["faults_of_acts"]


def faults_of_acts(table: Table, once: pa.Array | None) -> Iterator[Fault]:
    """Faults of acts. once: ids that each stand once: a column equal to it names no station twice."""
    names = table.columns.column_names
    if "act" in names:
        for at in pc.indices_nonzero(
            pc.equal(table.columns["act"], pa.scalar(0, pa.int64())).combine_chunks().fill_null(False)
        ).to_pylist():
            yield Fault(table.file, table.lines[at], "act", "'0'", "1 or more", "The first act at a station is 1.")
    yield from _acts_twice(table, once)
    if "unread" in names:
        for at in pc.indices_nonzero(table.columns["unread"].combine_chunks().is_valid()).to_pylist():
            yield from _unread(table, at, table.columns["unread"][at].as_py().split())


def _acts_twice(table: Table, once: pa.Array | None) -> Iterator[Fault]:
    stations = in_one(table.columns["station"])
    if once is not None and stations.equals(once):
        return
    acts = pa.nulls(len(table), pa.int64())
    if "act" in table.columns.column_names:
        acts = in_one(table.columns["act"])
    acts = pc.fill_null(acts, 1)
    if rising(stations, acts) or each_once(stations):
        return
    keys = pa.table({"station": stations, "act": acts, "row": pa.array(range(len(table)), pa.int64())})
    counted = keys.group_by(["station", "act"]).aggregate([("row", "count")])
    twice = counted.filter(pc.and_(pc.greater(counted["row_count"], 1), counted["station"].is_valid()))
    if not len(twice):
        return
    first: dict[tuple[str, int], int] = {}
    rows = keys.filter(pc.is_in(stations, twice["station"].combine_chunks())).to_pylist()
    for row in rows:
        key, line = (row["station"], row["act"]), table.lines[row["row"]]
        if key in first:
            mend = f"Line {first[key]} has it. A later act at the station takes the next number."
            found = f"{row['act']} at station '{row['station']}'"
            yield Fault(table.file, line, "act", found, "one act of each number", mend)
        first.setdefault(key, line)


def _unread(table: Table, at: int, parts: Sequence[str]) -> Iterator[Fault]:
    names = table.columns.column_names
    seen: set[str] = set()
    for part in parts:
        item = part.rpartition(":")[0]
        if item not in names or table.shape.column(item) is not None:
            near = difflib.get_close_matches(item, [n for n in names if table.shape.column(n) is None], 1)
            mend = f"The nearest is {near[0]}." if near else "Give the file a column of this name, or mend it."
            yield Fault(table.file, table.lines[at], "unread", f"'{part}'", "a figure's column in this file", mend)
        elif table.columns[item][at].is_valid:
            found = f"'{part}', but {item} is {table.columns[item][at]}"
            yield Fault(table.file, table.lines[at], "unread", found, f"an empty {item}", "Keep one of the two.")
        elif item in seen:
            yield Fault(table.file, table.lines[at], "unread", f"{item} twice", "each item once", "Keep one of them.")
        seen.add(item)
