"""One CSV file's bytes as columns of text, with the line of every row, and back.

Accepted, since spreadsheets write them: UTF-8 with or without byte order mark; LF, CRLF or CR; and
comma, semicolon or tab, whichever makes the header match. Rows and columns without any text hold
nothing and are passed over. Everything else is kept exactly, or is a fault.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from tallyroom.errors import Fault

__all__ = ["Columns", "Rows", "decode", "read_columns", "read_rows", "write_columns"]

_DELIMITERS = (",", ";", "\t")


@dataclass
class Columns:
    """A file's columns: names, the text of each cell, the line each row starts on, and the faults."""

    names: list[str] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def decode(data: bytes, file: str) -> tuple[str, list[Fault]]:
    """The text of a UTF-8 file, without its byte order mark, and what cannot be read in it."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "", [Fault(file, 0, "", "UTF-16", "UTF-8", "Save the file as “CSV UTF-8”.")]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = 1 + before.count(b"\n") + before.replace(b"\r\n", b"\n").count(b"\r")
        found = f"the byte 0x{data[error.start]:02x}, which is not UTF-8"
        return "", [
            Fault(
                file,
                line,
                "",
                found,
                "UTF-8",
                "Save the file as “CSV UTF-8”; as it is, letters would be lost.",
            )
        ]


@dataclass
class Rows:
    """A file's header, its rows, the line each starts on, and the faults; a faulty row is not in `rows`.

    whole: whether the file could be read to its end.
    """

    header: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    whole: bool = False


def read_rows(text: str, file: str, known: Callable[[str], bool], delimiter: str = "") -> Rows:
    """The rows of a CSV text. known: whether a header is one that the file may have.

    delimiter: empty is the one that makes most headers known.
    A row with another number of cells than the header is a fault.
    """
    result = Rows()
    # splitlines() would also break lines inside cells, at U+2028 and others.
    first = next(iter(io.StringIO(text, newline="")), "")
    if not first.strip():
        result.faults.append(Fault(file, 1, "", "an empty first line", "the names of the columns"))
        return result
    line = 1
    try:
        delimiter = delimiter or _delimiter(first, known)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        result.header = [name.strip() for name in next(reader)]
        line = reader.line_num + 1
        for row in reader:
            if any(row):
                _keep(row, line, file, result)
            line = reader.line_num + 1
    except csv.Error as error:
        mend = "A quotation mark inside a cell is written twice, and a cell that holds one stands in quotation marks."
        result.faults.append(Fault(file, line, "", str(error), "cells that can be told apart", mend))
        return result
    result.whole = True
    return result


def _delimiter(first: str, known: Callable[[str], bool]) -> str:
    return max(_DELIMITERS, key=lambda d: sum(known(h.strip()) for h in next(csv.reader([first], delimiter=d))))


def _keep(row: list[str], line: int, file: str, result: Rows) -> None:
    width = len(result.header)
    if len(row) == width:
        result.rows.append(row)
        result.lines.append(line)
        return
    found = f"{len(row)} cell{'s' if len(row) != 1 else ''}"
    mend = "A text with the delimiter in it stands in quotation marks." if len(row) > width else ""
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
    result.faults, result.lines = read.faults, read.lines
    if not read.whole:
        return result
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
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    # One empty cell alone would be an empty line, which readers pass over.
    alone = len(names) == 1
    for row in zip(*(column.to_pylist() for column in columns), strict=True):
        cells = ["" if cell is None else cell for cell in row]
        if alone and cells == [""]:
            continue
        writer.writerow(cells)
    return out.getvalue().encode()
