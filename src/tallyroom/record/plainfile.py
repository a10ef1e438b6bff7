"""The quick way into a large CSV file that is written plainly: Arrow parses it, and its length proves it.

A plain file has no quotation marks, one kind of line end, no empty line and no ragged row. Whole numbers
are parsed as such at once. Arrow would take ` 12`, `+12` and `012` for 12; but each number's plain
spelling is the shortest, so if the file is exactly as long as its cells written plainly, with delimiters
and line ends, every cell was written so. Whatever is not plain is left to `csvfile`, which finds and
says what is wrong.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

__all__ = ["read_plain"]

# Below this a file is read in no time anyway, and one way to read it is easier to trust.
_SMALL = 100_000
_LONGEST = 19


def read_plain(
    source: bytes | BinaryIO, known: Callable[[str], bool], is_count: Callable[[str], bool]
) -> pa.Table | None:
    """The file's columns, int64 for counts and text for all else, null where empty; None if it is not plain.

    source: the file's bytes, or the file, which is then read piece by piece. known: whether a header is
    one that the table may have; is_count: whether its cells are counts. Row n (from 0) stands on line n + 2.
    """
    file = io.BytesIO(source) if isinstance(source, bytes) else source
    size = file.seek(0, io.SEEK_END)
    if size < _SMALL:
        return None
    file.seek(0)
    first = file.readline()
    if b"\r" in first:
        text = (first + file.read()).replace(b"\r\n", b"\n")
        mixed = b"\r" in text and b"\n" in text
        return None if mixed else read_plain(text.replace(b"\r", b"\n"), known, is_count)
    try:
        delimiter, header = _header(first.decode("utf-8-sig").rstrip("\n"), known)
    except (UnicodeDecodeError, csv.Error):
        return None
    # With one column, or an unknown or repeated header, the careful reader has something to say.
    if len(header) < 2 or len(set(header)) < len(header) or not all(known(name) for name in header):
        return None
    table = _parse(file, header, delimiter, is_count)
    file.seek(-1, io.SEEK_END)
    length = size - len(first) + (file.read() != b"\n")  # with the last line's end, which may be missing
    return table if table is not None and _written(table) == length else None


def _header(first: str, known: Callable[[str], bool]) -> tuple[str, list[str]]:
    headers = {d: [name.strip() for name in next(csv.reader([first], delimiter=d))] for d in ",;\t"}
    delimiter = max(headers, key=lambda d: sum(map(known, headers[d])))
    return delimiter, headers[delimiter]


def _parse(file: BinaryIO, header: list[str], delimiter: str, is_count: Callable[[str], bool]) -> pa.Table | None:
    types = {name: pa.int64() if is_count(name) else pa.string() for name in header}
    try:
        table = pa.csv.read_csv(
            file,
            read_options=pa.csv.ReadOptions(column_names=header),
            parse_options=pa.csv.ParseOptions(delimiter=delimiter, quote_char=False, ignore_empty_lines=False),
            convert_options=pa.csv.ConvertOptions(
                column_types=types, null_values=[""], strings_can_be_null=True, check_utf8=True
            ),
        )
    except (pa.ArrowInvalid, pa.ArrowKeyError):
        return None
    return None if _has_empty_row(table) or _has_quotes(table) else table


def _written(table: pa.Table) -> int:
    """How many bytes the rows take when each cell is written plainly, with a delimiter or the line's end behind it."""
    return sum(map(_letters, table.columns), int(table.num_rows * table.num_columns))


def _letters(column: pa.ChunkedArray) -> int:
    """How many bytes the cells take when written plainly; below zero for what no count can be."""
    if not pa.types.is_integer(column.type):
        return int(pc.sum(pc.binary_length(column)).as_py() or 0)
    span = pc.min_max(column).as_py()
    if span["min"] is None:
        return 0
    if span["min"] < 0:
        return -(2**62)
    total = len(column) - column.null_count
    for digits in range(1, _LONGEST):
        if 10**digits > span["max"]:
            break
        total += pc.sum(pc.greater_equal(column, pa.scalar(10**digits, pa.int64()))).as_py() or 0
    return int(total)


def _has_empty_row(table: pa.Table) -> bool:
    if any(column.null_count == 0 for column in table.columns):
        return False
    empty = table.columns[0].is_null()
    for column in table.columns[1:]:
        empty = pc.and_(empty, column.is_null())
    return bool(pc.any(empty).as_py())


def _has_quotes(table: pa.Table) -> bool:
    """Whether a text has a quotation mark in it, or a zero byte, which no text has."""
    pieces = (piece.buffers()[-1] for c in table.columns if pa.types.is_string(c.type) for piece in c.chunks)
    return any(sign in data.to_pybytes() for data in pieces if data for sign in (b'"', b"\0"))
