"""The rows of all files under one another, by the headers that the mapping takes.

Nothing leaves the grid in silence: a column that the mapping neither takes nor ignores stops the
import, and a row that cannot be read is reported with its file and line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from tallyroom.errors import Fault
from tallyroom.sources.files import Sheet
from tallyroom.sources.headers import as_text, nearest, normal
from tallyroom.sources.mapping import Mapping

__all__ = ["Grid", "grid_of"]


@dataclass
class Grid:
    """Rows by normalised header. places: the file and line of each row, files by their number.

    headers: each as the first file writes it. faults: what cannot be read, by the row's number.
    """

    files: Sequence[str]
    places: list[tuple[int, int]]
    columns: dict[str, list[str]]
    headers: dict[str, str]
    faults: dict[int, list[Fault]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.places)

    def text(self, header: str) -> list[str]:
        """A column's cells as text: single spaces, none around."""
        return [_as_text(cell) for cell in self.columns[header]]

    def report(self, row: int, column: str, found: str, expected: str, mend: str = "") -> None:
        """Says that a row cannot be read, and why."""
        self.take(Fault("", row, column, found, expected, mend))

    def take(self, fault: Fault) -> None:
        """Takes in a fault whose line is the row's number."""
        file, line = self.places[fault.line]
        self.faults.setdefault(fault.line, []).append(replace(fault, file=self.files[file], line=line))

    def place(self, row: int) -> str:
        """Where a row stands, in words."""
        file, line = self.places[row]
        return f"line {line}" if len(self.files) == 1 else f"{self.files[file]}, line {line}"


_as_text = cache(as_text)


def grid_of(mapping: Mapping, sheets: Sequence[Sheet]) -> tuple[Grid, list[Fault]]:
    """The rows of the files, and the faults in their headers: with any of these nothing is imported."""
    uses = set(mapping.uses())
    grid = Grid([sheet.file for sheet in sheets], [], {header: [] for header in uses}, {})
    faults: list[Fault] = []
    for number, sheet in enumerate(sheets):
        bad = list(_header_faults(mapping, uses, sheet))
        faults += bad
        if not bad:
            _add(grid, number, sheet)
    return grid, faults


def _add(grid: Grid, number: int, sheet: Sheet) -> None:
    table = sheet.table
    columns = list(zip(*table.rows, strict=True)) or [()] * len(table.header)
    for header, cells in zip(table.header, columns, strict=True):
        if normal(header) in grid.columns:
            grid.columns[normal(header)] += cells
            grid.headers.setdefault(normal(header), header)
    grid.places += [(number, line) for line in table.lines]


def _header_faults(mapping: Mapping, uses: set[str], sheet: Sheet) -> Iterator[Fault]:
    headers = [normal(header) for header in sheet.table.header]
    unknown = [at for at, h in enumerate(headers) if h not in uses and h not in mapping.ignored and _filled(sheet, at)]
    missing = [header for header in uses if header not in headers]
    for at in unknown:
        yield Fault(
            sheet.file, 1, _said(sheet, at), "not named by the mapping", "", _mend_unknown(headers[at], missing)
        )
    for header in sorted(missing):
        near = nearest(header, [headers[at] for at in unknown])
        mend = f"The nearest in the file is '{near}'." if near else "Is this the mapping for this file?"
        yield Fault(sheet.file, 1, f"the column '{header}'", "missing", "a header of these words", mend)
    for header in sorted(uses):
        where = [str(at + 1) for at, other in enumerate(headers) if other == header]
        if len(where) > 1:
            found = f"there {len(where)} times, as columns {' and '.join(where)}"
            mend = "Which is meant cannot be told: give one of them another name in the file."
            yield Fault(sheet.file, 1, f"the column '{header}'", found, "one column", mend)


def _filled(sheet: Sheet, at: int) -> bool:
    """Whether a column has a header, or any text without one."""
    return bool(sheet.table.header[at]) or any(row[at] for row in sheet.table.rows)


def _said(sheet: Sheet, at: int) -> str:
    return f"the column '{sheet.table.header[at]}' (column {at + 1})"


def _mend_unknown(header: str, missing: Sequence[str]) -> str:
    near = nearest(header, missing)
    if near:
        return f"The mapping names '{near}', which the file does not have."
    return "Take it into the mapping, or list it under [ignore] with the reason."
