"""The rows of stations, one file for each area that holds stations: what a row on a page leads to.

    stations/<area>.csv                         the stations that lie directly in the area
    returns/<contest>/<area>.csv                every act at these stations
    copies/<organisation>/<contest>/<area>.csv  what an organisation read off the same forms

Rows and cells are those of the record, in its order. A return that comes in changes the files of its own
area and no other, so a night's publications stay small; whole tables are in `data/` of a release.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
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

__all__ = ["SLICED", "Slice", "Slices", "sliced"]

SLICED = ("stations/", "returns/", "copies/")

_AREAS_KEPT = 64


@dataclass(frozen=True)
class Slice:
    """The rows of one table in one area, as a file of their own. path: in the site."""

    path: str
    table: str
    data: bytes


class Slices:
    """The rows of stations by the area in which they lie."""

    def __init__(self, record: Record, addresses: Addresses) -> None:
        self._addresses = addresses
        self._cuts = {name: _Cut(table, addresses) for name, table in sorted(record.tables.items()) if sliced(table)}

    def of(self, area: str) -> Iterator[Slice]:
        """The files of an area; none where no station lies directly in it."""
        for name, cut in self._cuts.items():
            rows = cut.rows(area)
            if len(rows):
                yield Slice(self._addresses.rows(name, area), name, _csv(cut.table.columns.take(rows)))

    def place(self, table: str, row: int) -> tuple[str, int]:
        """The file and line in the site of a row of the record, by its number in the table."""
        cut = self._cuts[table]
        area = cut.area(row)
        return self._addresses.rows(table, area), cut.line(row)

    def sources(self, area: str) -> set[str]:
        """The sources that an area's rows rest on."""
        return self._named(area, "source")

    def forms(self, area: str) -> set[str]:
        """The pictures that an area's rows name."""
        return self._named(area, "form")

    def _named(self, area: str, column: str) -> set[str]:
        found: set[str] = set()
        for cut in self._cuts.values():
            if column in cut.table.columns.column_names:
                cells = pc.unique(cut.table.columns[column].take(cut.rows(area)))
                found.update(name for cell in cells.drop_null().to_pylist() for name in cell.split())
        return found


def sliced(table: Table) -> bool:
    """Whether a table's rows are those of stations, which may be very many."""
    return table.name == "stations" or bool(table.shape.free)


class _Cut:
    """One table, its rows sorted by the area of their stations and otherwise in the order of the file."""

    def __init__(self, table: Table, addresses: Addresses) -> None:
        self.table = table
        stations = addresses.stations
        if table.name == "stations":
            areas = table.columns["area"].combine_chunks()
        else:
            areas = stations.areas.take(pc.index_in(table.columns["station"].combine_chunks(), stations.ids))
        coded = areas.dictionary_encode()
        self._areas = {name: number for number, name in enumerate(coded.dictionary.to_pylist())}
        self._names = coded.dictionary
        self._codes = coded.indices
        self._order = pc.sort_indices(self._codes)  # stable, and nulls last
        counts = {row["values"]: row["counts"] for row in pc.value_counts(self._codes).to_pylist()}
        lengths = [counts.get(number, 0) for number in range(len(self._areas))]
        self._starts = [0, *accumulate(lengths)]
        self._lines: dict[str, dict[int, int]] = {}

    def rows(self, area: str) -> pa.Array:
        """The numbers of an area's rows."""
        number = self._areas.get(area)
        if number is None:
            return self._order[:0]
        return self._order.slice(self._starts[number], self._starts[number + 1] - self._starts[number])

    def area(self, row: int) -> str:
        """The area of a row's station."""
        return str(self._names[self._codes[row].as_py()])

    def line(self, row: int) -> int:
        """The line of a row in the file of its area, whose first line is the header."""
        area = self.area(row)
        if area not in self._lines:
            if len(self._lines) == _AREAS_KEPT:  # pages are made area by area
                self._lines.clear()
            self._lines[area] = dict(self._lines_of(area))
        return self._lines[area][row]

    def _lines_of(self, area: str) -> Iterator[tuple[int, int]]:
        line = 2
        for row in self.rows(area).to_pylist():
            yield row, line
            line += 1 + self._breaks.get(row, 0)

    @cached_property
    def _breaks(self) -> dict[int, int]:
        """The rows with line breaks inside their cells, of which there are hardly ever any."""
        found: Counter[int] = Counter()
        for column in self.table.columns.columns:
            if pa.types.is_string(column.type):
                breaks = pc.count_substring(column.combine_chunks(), "\n")
                for row in pc.indices_nonzero(breaks).to_pylist():
                    found[row] += breaks[row].as_py()
        return found


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
