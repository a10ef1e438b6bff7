"""Tables in memory: typed columns for the many, rows of text for the few."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import overload

import pyarrow as pa

from tallyroom.record.columns import TableShape

__all__ = ["Ids", "Row", "Table", "in_one"]


@dataclass(frozen=True)
class Row(Mapping[str, str]):
    """One row as text, with the place where it stands. A column that is not there reads as empty.

    id: as written, or made from the content where the cell is empty.
    """

    table: str
    file: str
    line: int
    id: str
    cells: Mapping[str, str] = field(repr=False)

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def __iter__(self) -> Iterator[str]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)

    def ids(self, column: str) -> list[str]:
        """The ids in a pointer column that may hold several."""
        return self[column].split()

    @property
    def place(self) -> str:
        """File and line, as they are said to people."""
        return f"{self.file}, line {self.line}"


def in_one(column: pa.ChunkedArray) -> pa.Array:
    """A column in one piece; Arrow would copy even what is in one already."""
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


class Ids(Sequence[str]):
    """Very many ids: an Arrow array, and a list of text, each made only where somebody needs one."""

    def __init__(self, make: Callable[[], pa.Array], count: int) -> None:
        self._make, self._count = make, count

    @cached_property
    def array(self) -> pa.Array:
        """The ids as a column."""
        return self._make()

    @cached_property
    def _list(self) -> list[str]:
        ids: list[str] = self.array.to_pylist()
        return ids

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        return self._list[at] if isinstance(at, slice) else str(self.array[at])

    def __iter__(self) -> Iterator[str]:
        return iter(self._list)

    def __len__(self) -> int:
        return self._count


@dataclass(frozen=True)
class Table:
    """One file of a record.

    name: `areas`, `returns/president`, `copies/<organisation>/president` …
    file: relative to the record. columns: int64 for counts, text for all else; null is empty.
    lines: the line on which each row starts. ids: each row's id, made where its cell is empty.
    """

    name: str
    shape: TableShape
    file: str
    columns: pa.Table
    lines: Sequence[int]
    ids: Sequence[str] = ()

    def __len__(self) -> int:
        return int(self.columns.num_rows)

    @cached_property
    def id_array(self) -> pa.Array:
        """The ids as a column."""
        return self.ids.array if isinstance(self.ids, Ids) else pa.array(self.ids, pa.string())

    @cached_property
    def rows(self) -> list[Row]:
        """Every row, as text, in the order of the file."""
        names = self.columns.column_names
        columns = [["" if v is None else str(v) for v in c.to_pylist()] for c in self.columns.columns]
        return [
            Row(self.name, self.file, line, row_id, dict(zip(names, cells, strict=True)))
            for line, row_id, *cells in zip(self.lines, self.ids, *columns, strict=True)
        ]

    def row(self, number: int) -> Row:
        """The row of this number, counted from 0, without making all the others."""
        cells = {n: "" if (v := self.columns[n][number].as_py()) is None else str(v) for n in self.columns.column_names}
        return Row(self.name, self.file, self.lines[number], self.ids[number], cells)
