"""The rows of all files under one another, by the headers that the mapping takes.

Nothing leaves the grid in silence: a column that the mapping neither takes nor ignores stops the
import, and a row that cannot be read is reported with its file and line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.errors import Fault
from tallyroom.sources.files import Sheet
from tallyroom.sources.headers import UNNAMED, as_text, nearest, normal
from tallyroom.sources.long import long_header_faults, turned
from tallyroom.sources.mapping import Mapping

__all__ = ["Grid", "grid_of"]


@dataclass
class Grid:
    """Rows by normalised header, the sheets under one another.

    headers: each as the first file writes it. faults: what cannot be read, by the row's number.
    """

    sheets: Sequence[Sheet]
    columns: dict[str, pa.Array]
    headers: dict[str, str]
    faults: dict[int, list[Fault]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._starts = [0, *accumulate(len(sheet) for sheet in self.sheets)]
        for sheet, start in zip(self.sheets, self._starts, strict=False):
            for row, fault in sheet.doubtful:
                self.faults.setdefault(start + row, []).append(fault)

    def __len__(self) -> int:
        return self._starts[-1]

    def text(self, header: str) -> pa.Array:
        """A column's cells as text: single spaces, none around."""
        distinct = pc.dictionary_encode(self.columns[header])
        return pa.array([as_text(cell) for cell in distinct.dictionary.to_pylist()], pa.string()).take(distinct.indices)

    def report(self, row: int, column: str, found: str, expected: str, mend: str = "") -> None:
        """Says that a row cannot be read, and why."""
        self.take(Fault("", row, column, found, expected, mend))

    def take(self, fault: Fault) -> None:
        """Takes in a fault whose line is the row's number."""
        sheet, row = self._at(fault.line)
        lines = sheet.cell_lines.get(normal(fault.column), sheet.lines)
        placed = replace(fault, file=sheet.file, line=lines[row] or sheet.lines[row])
        self.faults.setdefault(fault.line, []).append(placed)

    def place(self, row: int) -> str:
        """Where a row stands, in words."""
        sheet, at = self._at(row)
        return f"line {sheet.lines[at]}" if len(self.sheets) == 1 else f"{sheet.file}, line {sheet.lines[at]}"

    def per_sheet(self, values: Sequence[str]) -> pa.Array:
        """One of these texts for each row: that of its sheet."""
        counts = [len(sheet) for sheet in self.sheets]
        return pa.concat_arrays([pa.repeat(value, count) for value, count in zip(values, counts, strict=True)])

    def rows_of(self, rows: Sequence[int]) -> int:
        """How many rows of the files these rows were made of."""
        if not any(sheet.weights for sheet in self.sheets):
            return len(rows)
        places = (self._at(row) for row in rows)
        return sum(sheet.weights[at] if sheet.weights else 1 for sheet, at in places)

    def _at(self, row: int) -> tuple[Sheet, int]:
        """A row's sheet, and the row's number in it."""
        number = bisect_right(self._starts, row) - 1
        return self.sheets[number], row - self._starts[number]


def grid_of(mapping: Mapping, sheets: Sequence[Sheet]) -> tuple[Grid, list[Fault]]:
    """The rows of the files, and the faults in their headers: with any of these nothing is imported."""
    uses = list(mapping.uses())
    faults: list[Fault] = []
    taken: list[Sheet] = []
    columns: dict[str, list[pa.Array]] = {header: [] for header in uses}
    headers: dict[str, str] = {}
    for sheet in sheets:
        bad, sheet = _checked(mapping, uses, sheet)
        faults += bad
        if not bad:
            taken.append(sheet)
            _add(mapping, sheet, columns, headers)
    together = {header: pa.concat_arrays(parts) for header, parts in columns.items() if parts}
    return Grid(taken, together, headers), faults


def _add(mapping: Mapping, sheet: Sheet, columns: dict[str, list[pa.Array]], headers: dict[str, str]) -> None:
    constants = {normal(header): text for header, text in mapping.constants.items()}
    written = {normal(header): at for at, header in enumerate(sheet.header)}
    for header, parts in columns.items():
        if header in written:
            parts.append(sheet.columns[written[header]])
            headers.setdefault(header, sheet.header[written[header]])
        else:
            parts.append(pa.repeat(constants[header], len(sheet)))


def _checked(mapping: Mapping, uses: Sequence[str], sheet: Sheet) -> tuple[list[Fault], Sheet]:
    """The faults of a file's header, and the sheet, with a row for each station."""
    faults = [*_filled_faults(mapping, sheet)]
    if not mapping.long:
        return [*_header_faults(mapping, uses, sheet), *faults], sheet
    own = {normal(header) for header in (*mapping.long.key, mapping.long.code, mapping.long.figure)}
    unknown = [at for at, h in enumerate(sheet.header) if normal(h) not in own | mapping.ignored and _filled(sheet, at)]
    faults += [_unknown(sheet, at, []) for at in unknown]
    faults += long_header_faults(sheet, mapping.long)
    if faults:
        return faults, sheet
    sheet = turned(sheet, mapping.long)
    return [*_header_faults(mapping, uses, sheet, "code")], sheet


def _header_faults(mapping: Mapping, uses: Sequence[str], sheet: Sheet, what: str = "column") -> Iterator[Fault]:
    headers = [normal(header) for header in sheet.header]
    wanted = {*uses, *(normal(header) for header in mapping.long.key)} if mapping.long else set(uses)
    unknown = [at for at, h in enumerate(headers) if h not in wanted | mapping.ignored and _filled(sheet, at)]
    missing = [mapping.spelt(header) for header in uses if header not in headers]
    constants = [normal(header) for header in mapping.constants]
    if not any(header in headers for header in constants):
        missing = [header for header in missing if normal(header) not in constants]
    for at in unknown:
        yield _unknown(sheet, at, missing, what)
    for header in sorted(missing):
        near = nearest(normal(header), [headers[at] for at in unknown])
        spelt = next((sheet.header[at] for at in unknown if headers[at] == near), "")
        mend = f"The nearest in the file is '{spelt}'." if near else "Is this the mapping for this file?"
        yield Fault(sheet.file, 1, f"the {what} '{header}'", "missing", "a header of these words", mend)
    for header in uses:
        where = [str(at + 1) for at, other in enumerate(headers) if other == header]
        if len(where) > 1:
            found = f"there {len(where)} times, as columns {' and '.join(where)}"
            mend = "Which is meant cannot be told: give one of them another name in the file."
            yield Fault(sheet.file, 1, f"the {what} '{mapping.spelt(header)}'", found, "one column", mend)


def _filled_faults(mapping: Mapping, sheet: Sheet) -> Iterator[Fault]:
    """Columns that the mapping calls empty, and that hold something."""
    empty = {normal(header) for header in mapping.empty}
    cells = mapping.cells
    nothing = pa.array(["", *cells.not_stated, *cells.not_on_form, *cells.illegible])
    for at, header in enumerate(sheet.header):
        if normal(header) in empty:
            said = pc.invert(pc.is_in(pc.utf8_trim_whitespace(sheet.columns[at]), nothing))
            if (row := pc.index(said, True).as_py()) >= 0:
                found = f"'{sheet.columns[at][row]}'"
                mend = "The mapping calls it empty: take the column in, or list it under [ignore] with the reason."
                yield Fault(sheet.file, sheet.lines[row], header, found, "nothing", mend)


def _filled(sheet: Sheet, at: int) -> bool:
    """Whether a column has a header, or any text without one."""
    return bool(sheet.header[at]) or bool(pc.any(pc.not_equal(sheet.columns[at], "")).as_py())


def _unknown(sheet: Sheet, at: int, missing: Sequence[str], what: str = "column") -> Fault:
    header = sheet.header[at]
    lines = sheet.cell_lines.get(normal(header))
    line = min(line for line in lines if line) if lines else 1
    said = f"the {what} '{header}'" + (f" (column {at + 1})" if lines is None else "")
    by_words = {normal(name): name for name in missing}
    near = by_words.get(nearest(normal(header), by_words), "")
    mend = f"The mapping names '{near}', which the file does not have." if near else ""
    if not near:
        mend = "Take it into the mapping, or list it under [ignore] with the reason."
    if normal(header) == UNNAMED:
        mend = f"It is called {UNNAMED} in a mapping. {mend}"
    return Fault(sheet.file, line, said, "not named by the mapping", "", mend)
