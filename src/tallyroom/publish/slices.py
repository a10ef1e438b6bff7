"""The rows of stations, one file for each area that holds stations: what a row on a page leads to.

    stations/<area>.csv                         the stations that lie directly in the area
    returns/<contest>/<area>.csv                every act at these stations
    copies/<organisation>/<contest>/<area>.csv  what an organisation read off the same forms

Rows and cells are those of the record, in its order. A return that comes in changes the files of its own
area and no other, so a night's publications stay small; whole tables are in `data/` of a release.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from itertools import accumulate

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from tallyroom.publish.addresses import Addresses
from tallyroom.record.csvfile import write_columns
from tallyroom.record.folder import Record
from tallyroom.record.rows import Table

__all__ = ["Slice", "Slices"]


@dataclass(frozen=True)
class Slice:
    """Some rows of a table as a file of their own. path: in the site; rows: their numbers in the table."""

    path: str
    data: bytes
    rows: pa.Array


class Slices:
    """The rows of stations by the area in which they lie."""

    def __init__(self, record: Record, addresses: Addresses) -> None:
        self._addresses = addresses
        self._tables = [_Cut(table, addresses) for table in _tables(record)]

    def of(self, area: str) -> Iterator[Slice]:
        """The files of an area that holds stations."""
        for cut in self._tables:
            rows = cut.rows(area)
            if len(rows):
                yield Slice(self._addresses.rows(cut.table.name, area), _csv(cut.table.columns.take(rows)), rows)

    def place(self, table: str, number: int) -> tuple[str, int]:
        """The file and line in the site of a row, by its number in the record's table."""
        cut = next(cut for cut in self._tables if cut.table.name == table)
        area = cut.area(number)
        return (self._addresses.rows(table, area), cut.line(number)) if area else ("", 0)


def _tables(record: Record) -> Iterator[Table]:
    for name, table in sorted(record.tables.items()):
        if name == "stations" or table.shape.free:
            yield table


class _Cut:
    """One table, its rows sorted by the area of their stations and otherwise in the order of the file."""

    def __init__(self, table: Table, addresses: Addresses) -> None:
        self.table = table
        stations = addresses.stations
        if table.name == "stations":
            areas = table.columns["area"].combine_chunks()
        else:
            at = pc.index_in(table.columns["station"].combine_chunks(), stations.ids)
            areas = stations.areas.take(at)
        coded = areas.dictionary_encode()
        self._areas = {name: number for number, name in enumerate(coded.dictionary.to_pylist())}
        self._names = coded.dictionary
        self._codes = coded.indices
        self._order = pc.sort_indices(self._codes)  # stable, and nulls last
        counts = {row["values"]: row["counts"] for row in pc.value_counts(self._codes).to_pylist()}
        lengths = [counts.get(number, 0) for number in range(len(self._areas))]
        self._starts = [0, *accumulate(lengths)]

    def rows(self, area: str) -> pa.Array:
        """The numbers of an area's rows."""
        number = self._areas.get(area)
        if number is None:
            return self._order[:0]
        return self._order.slice(self._starts[number], self._starts[number + 1] - self._starts[number])

    def area(self, row: int) -> str:
        """The area of a row's station; empty where the station is in none."""
        code = self._codes[row].as_py()
        return "" if code is None else str(self._names[code])

    def line(self, row: int) -> int:
        """The line of a row in the file of its area."""
        return int(self._line_of[row].as_py())

    @cached_property
    def _line_of(self) -> pa.Array:
        lines = [0] * len(self.table)
        for area in self._areas:
            rows = self.rows(area)
            for row, line in zip(rows.to_pylist(), _lines(self.table.columns, rows), strict=True):
                lines[row] = line
        return pa.array(lines, pa.int32())


def _lines(columns: pa.Table, rows: pa.Array) -> Sequence[int]:
    """The line of each of these rows in a file of their own, whose first line is the header."""
    breaks = [0] * len(rows)
    for column in columns.columns:
        if pa.types.is_string(column.type):
            found = pc.count_substring(column.take(rows), "\n").to_pylist()
            if any(found):
                breaks = [a + (b or 0) for a, b in zip(breaks, found, strict=True)]
    return [2 + number + before for number, before in enumerate([0, *accumulate(breaks)][:-1])]


def _csv(columns: pa.Table) -> bytes:
    """The same bytes as `write_columns`, made quickly where no cell needs quotation marks."""
    out = BytesIO()
    header = write_columns(columns.column_names, [])
    try:
        options = pyarrow.csv.WriteOptions(include_header=False, quoting_style="none")
        pyarrow.csv.write_csv(columns, out, options)
    except pa.ArrowInvalid:
        return write_columns(columns.column_names, columns.columns)
    return header + out.getvalue()
