"""One CSV file's bytes as columns of text, with the line of every row, and back.

Accepted, since spreadsheets write them: UTF-8 with or without byte order mark; LF, CRLF or CR; and
comma, semicolon or tab, whichever makes the header match. Rows and columns without any text hold
nothing and are passed over. Everything else is kept exactly, or is a fault.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from tallyroom.errors import Fault

__all__ = ["Columns", "Rows", "decode", "read_columns", "read_rows", "write_columns"]

_DELIMITERS = (",", ";", "\t")
_NEEDS_QUOTES = re.compile(r'[",\r\n]')
_LONGEST_CELL = 131_072  # letters: the limit that Python's reader has unless somebody sets another


@dataclass
class Columns:
    """A file's columns: names, the text of each cell, the line each row starts on, and the faults.

    whole: whether the file could be read to its end. lost: the ids in rows that are left out for
    their number of cells, so that what points to them is not blamed as well.
    """

    names: list[str] = field(default_factory=list)
    cells: list[list[str] | pa.Array] = field(default_factory=list)
    lines: Sequence[int] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    whole: bool = False
    lost: set[str] = field(default_factory=set)


def decode(data: bytes, file: str) -> tuple[str, list[Fault]]:
    """The text of a UTF-8 file, without its byte order mark, and what cannot be read in it."""
    save = "Save the file as “CSV UTF-8”" if file.lower().endswith(".csv") else "Save the file as UTF-8"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "", [Fault(file, 0, "", "UTF-16", "UTF-8", f"{save}.")]
    if (at := data.find(b"\0")) >= 0:
        found = "a zero byte, which no text has"
        return "", [Fault(file, _line_of(data, at), "", found, "UTF-8", f"It may be UTF-16, or damaged. {save}.")]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        # Not error.start: the decoder counts from behind the byte order mark.
        at = error.start + (3 if data[:3] == b"\xef\xbb\xbf" else 0)
        found = f"the byte 0x{data[at]:02x}, which is not UTF-8"
        return "", [Fault(file, _line_of(data, at), "", found, "UTF-8", f"{save}; as it is, letters would be lost.")]


def _line_of(data: bytes, at: int) -> int:
    before = data[:at]
    return 1 + before.count(b"\n") + before.replace(b"\r\n", b"\n").count(b"\r")


@dataclass
class Rows:
    """A file's header, its rows, the line each starts on, and the faults; a faulty row is not in `rows`.

    whole: whether the file could be read to its end. ragged: rows with another number of cells.
    """

    header: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    whole: bool = False
    ragged: list[list[str]] = field(default_factory=list)


def read_rows(text: str, file: str, known: Callable[[str], bool], delimiter: str = "") -> Rows:
    """The rows of a CSV text. known: whether a header is one that the file may have.

    delimiter: empty is the one that makes most headers known.
    A row with another number of cells than the header is a fault.
    """
    result = Rows()
    # splitlines() would also break lines inside cells, at U+2028 and others.
    first = next(iter(io.StringIO(text, newline="")), "")
    if not first.strip():
        found = "an empty first line" if text.strip() else "an empty file"
        result.faults.append(Fault(file, 1, "", found, "the names of the columns", "Write them in the first line."))
        return result
    line = 1
    try:
        delimiter = delimiter or _delimiter(first, known)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        result.header = [name.strip() for name in next(reader)]
        line = reader.line_num + 1
        for row in reader:
            if max(map(len, row), default=0) > _LONGEST_CELL:  # whatever limit the process has set for others
                raise csv.Error("limit")
            if any(row):
                _keep(row, line, file, result)
            line = reader.line_num + 1
    except csv.Error as error:
        result.faults.append(Fault(file, line, "", *_say_unreadable(str(error))))
        return result
    result.whole = True
    return result


def _say_unreadable(error: str) -> tuple[str, str, str]:
    """What stands in a row whose cells cannot be told apart, what was expected, and how to mend it."""
    if "end of data" in error:
        found = "a quotation mark that is never closed"
        return found, "a closing quotation mark", "All that follows was taken for one cell: close it, or take it away."
    if "limit" in error:
        found = f"a cell of more than {_LONGEST_CELL:,} letters"
        return found, "a shorter one", "Look for a quotation mark before it that is never closed."
    mend = "A quotation mark inside a cell is written twice, and a cell that holds one stands in quotation marks."
    return "text behind a closing quotation mark", "the end of the cell", mend


def _delimiter(first: str, known: Callable[[str], bool]) -> str:
    return max(_DELIMITERS, key=lambda d: sum(known(h.strip()) for h in next(csv.reader([first], delimiter=d))))


def _keep(row: list[str], line: int, file: str, result: Rows) -> None:
    width = len(result.header)
    if len(row) == width:
        result.rows.append(row)
        result.lines.append(line)
        return
    result.ragged.append(row)
    found = f"{len(row)} cell{'s' if len(row) != 1 else ''}"
    mend = "A comma, semicolon or tab is missing, or a line break too many."
    if len(row) > width:
        mend = "A text with the delimiter in it stands in quotation marks."
    result.faults.append(Fault(file, line, "", found, f"{width}, as in the header", mend))


def read_columns(data: bytes, file: str, known: Callable[[str], bool]) -> Columns:
    """The columns of a CSV file. known: whether a header is one that this table may have.

    A row with another number of cells than the header is a fault, and is left out of the columns.
    """
    result = Columns()
    text, result.faults = decode(data, file)
    if result.faults:
        return result
    read = read_rows(text, file, known)
    result.faults, result.lines, result.whole = read.faults, read.lines, read.whole
    if not read.whole:
        return result
    if "id" in read.header:
        at = read.header.index("id")
        result.lost = {row[at] for row in read.ragged if len(row) > at}
    cells = [list(column) for column in zip(*read.rows, strict=True)] or [[] for _ in read.header]
    for number, name in enumerate(read.header):
        if name in read.header[:number] and name:
            result.faults.append(Fault(file, 1, name, "there twice", "each column once"))
        elif name:
            result.names.append(name)
            result.cells.append(cells[number])
        elif any(cells[number]):
            at = next(i for i, cell in enumerate(cells[number]) if cell)
            result.faults.append(
                Fault(
                    file,
                    result.lines[at],
                    f"column {number + 1}",
                    repr(cells[number][at]),
                    "a name in the header",
                )
            )
    return result


def write_columns(names: Sequence[str], columns: Sequence[pa.Array | pa.ChunkedArray]) -> bytes:
    """The CSV file of these columns: UTF-8, LF, comma, quotation marks only where needed."""
    # csv.writer leaves a lone carriage return bare, and it would be read back as the end of a row.
    texts = [["" if cell is None else _quoted(str(cell)) for cell in column.to_pylist()] for column in columns]
    rows = [",".join(row) for row in zip(*texts, strict=True)]
    # One empty cell alone would be an empty line, which readers pass over.
    return "".join(f"{row}\n" for row in [",".join(map(_quoted, names)), *rows] if row).encode()


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES.search(cell) else cell
