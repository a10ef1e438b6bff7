"""The quick way into a large CSV file that is written plainly: Arrow parses it, and its length proves it.

A plain file has no quotation marks, one kind of line end, no empty line and no ragged row. Whole numbers
are parsed as such at once. Arrow would take ` 12`, `+12` and `012` for 12; but each number's plain
spelling is the shortest, so if the file is exactly as long as its cells written plainly, with delimiters
and line ends, every cell was written so. Whatever is not plain is left to `csvfile`, which finds and
says what is wrong.
"""

from __future__ import annotations

import csv
from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

__all__ = ["read_plain"]

# Below this a file is read in no time anyway, and one way to read it is easier to trust.
_SMALL = 100_000
_LONGEST = 19


def read_plain(data: bytes, known: Callable[[str], bool], is_count: Callable[[str], bool]) -> pa.Table | None:
    """The file's columns, int64 for counts and text for all else, null where empty; None if it is not plain.

    known: whether a header is one that the table may have; is_count: whether its cells are counts.
    Row n (from 0) stands on line n + 2.
    """
    if len(data) < _SMALL or b"\0" in data:
        return None
    text = data.removeprefix(b"\xef\xbb\xbf")
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n")
        if b"\r" in text and b"\n" in text:
            return None
        text = text.replace(b"\r", b"\n")
    first, _, body = text.partition(b"\n")
    if not body or b'"' in body:
        return None
    try:
        delimiter, header = _header(first.decode(), known)
    except (UnicodeDecodeError, csv.Error):
        return None
    # With one column, or an unknown or repeated header, the careful reader has something to say.
    if len(header) < 2 or len(set(header)) < len(header) or not all(known(name) for name in header):
        return None
    return _parse(body if body.endswith(b"\n") else body + b"\n", header, delimiter, is_count)


def _header(first: str, known: Callable[[str], bool]) -> tuple[str, list[str]]:
    headers = {d: [name.strip() for name in next(csv.reader([first], delimiter=d))] for d in ",;\t"}
    delimiter = max(headers, key=lambda d: sum(map(known, headers[d])))
    return delimiter, headers[delimiter]


def _parse(body: bytes, header: list[str], delimiter: str, is_count: Callable[[str], bool]) -> pa.Table | None:
    types = {name: pa.int64() if is_count(name) else pa.string() for name in header}
    try:
        table = pa.csv.read_csv(
            pa.py_buffer(body),
            read_options=pa.csv.ReadOptions(column_names=header),
            parse_options=pa.csv.ParseOptions(delimiter=delimiter, quote_char=False, ignore_empty_lines=False),
            convert_options=pa.csv.ConvertOptions(
                column_types=types, null_values=[""], strings_can_be_null=True, check_utf8=True
            ),
        )
    except (pa.ArrowInvalid, pa.ArrowKeyError):
        return None
    rows = table.num_rows
    if body.count(b"\n") != rows or _has_empty_row(table):
        return None
    # Each cell is followed by a delimiter or the end of the line.
    written = sum(_letters(column) for column in table.columns) + rows * len(header)
    return table.combine_chunks() if written == len(body) else None


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
