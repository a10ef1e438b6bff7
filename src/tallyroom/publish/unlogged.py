"""Which rows of a record are in its log as they stand, which are not in it yet, and which logged ones are not there.

Every row is made into its entry and hashed anew, and its hash looked for among the log's leaves: an entry says table,
id and every cell, so a leaf with this hash is this very row. What leaves remain are the rows that were changed or are
gone, and only these are read. Nothing is kept between two runs that somebody could have altered.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.log.tree import leaf_hash
from tallyroom.record.entries import row_entries
from tallyroom.record.folder import Record
from tallyroom.record.rows import Table
from tallyroom.record.tables import TABLES

__all__ = ["Held", "Salted", "Unlogged", "hold", "tables_of"]

Salted = Callable[[str], str]


@dataclass(frozen=True)
class Unlogged:
    """Rows of a table that are not in the log: as a table, in the order in which they are logged.

    places: the number of each among the rows of the whole table.
    """

    rows: Table
    places: Sequence[int]


@dataclass(frozen=True)
class Held:
    """A record's rows held against a log's leaves.

    entries: table → of each row, in the order of the file, the number of its entry; -1 where it is not logged.
    without: the numbers of entries that are rows, and none that is in the record.
    """

    entries: Mapping[str, array[int]]
    without: Sequence[int]

    def unlogged(self, table: Table) -> Unlogged:
        """The rows of a table that are not in the log."""
        places = [place for place, index in enumerate(self.entries[table.name]) if index < 0]
        rows = _taken(table, places)
        places = [places[at] for at in _logging_order(rows)]
        return Unlogged(_taken(table, places), places)

    def basis(self, table: Table, unlogged: Table, salted: Salted) -> Iterator[tuple[int, bytes]]:
        """The logged rows that decide whether these may follow: number and entry.

        They are the acts at the same stations, and corrections with what they correct.
        """
        wanted = _deciding(table, unlogged)
        found = self.entries[table.name]
        places = [place for place in pc.indices_nonzero(wanted).to_pylist() if found[place] >= 0]
        for place, (_, data) in zip(places, row_entries(_taken(table, places), salted), strict=True):
            yield found[place], data


def hold(tables: Iterable[Table], leaves: Sequence[bytes], others: Iterable[int], salted: Salted) -> Held:
    """The rows of these tables held against the leaves of a log.

    others: the numbers of entries that are no rows, or were taken away. salted: see `row_entries`.
    """
    number = {leaf: index for index, leaf in enumerate(leaves)}
    without = bytearray(b"\1") * len(leaves)
    for index in others:
        without[index] = 0
        number.pop(leaves[index], None)
    entries = {}
    for table in tables:
        found = array("q", [number.get(leaf_hash(data), -1) for _, data in row_entries(table, salted)])
        for index in found:
            if index >= 0:
                without[index] = 0
        entries[table.name] = found
    return Held(entries, [index for index, is_without in enumerate(without) if is_without])


def tables_of(record: Record) -> list[Table]:
    """The record's tables, those of everybody first, then returns and copies by name."""
    order = [name for name in TABLES if name in record.tables]
    return [record.tables[name] for name in (*order, *sorted(set(record.tables) - set(order)))]


def _deciding(table: Table, unlogged: Table) -> pa.ChunkedArray | pa.Array:
    names = table.columns.column_names
    if table.shape.free and "station" in names:
        return pc.is_in(table.columns["station"], pc.unique(unlogged.columns["station"]))
    if "supersedes" in names and unlogged.columns["supersedes"].null_count < len(unlogged):
        old = table.columns["supersedes"]
        return pc.or_(pc.is_valid(old), pc.is_in(table.id_array, pc.unique(old)))
    return pa.array([], pa.bool_())


def _logging_order(table: Table) -> Sequence[int]:
    """The rows by number, each after the ones that it follows: acts in turn, corrections after what they correct."""
    names = table.columns.column_names
    by = pa.nulls(len(table), pa.int64())
    if table.shape.free and "act" in names:
        by = pc.fill_null(table.columns["act"], 1)
    elif "supersedes" in names and table.columns["supersedes"].null_count < len(table):
        before = dict(zip(table.ids, table.columns["supersedes"].to_pylist(), strict=True))
        by = pa.array([_depth(name, before) for name in table.ids], pa.int64())
    rows = pa.table({"by": by, "at": pa.array(range(len(table)), pa.int64())})
    order: list[int] = rows.sort_by([("by", "ascending"), ("at", "ascending")])["at"].to_pylist()
    return order


def _depth(name: str, before: Mapping[str, str | None]) -> int:
    depth, old = 0, before.get(name)
    while old:
        depth, old = depth + 1, before.get(old)
    return depth


def _taken(table: Table, places: Sequence[int]) -> Table:
    """A table of only these rows."""
    taken = pa.array(places, pa.int64())
    ids = table.id_array.take(taken).to_pylist()
    return replace(table, columns=table.columns.take(taken), lines=[table.lines[at] for at in places], ids=ids)
