"""A table as CSV that a spreadsheet may open: no cell of text is taken for a formula.

A cell of text that begins with = + - @ (also in their wide forms), a tab, a line feed or a carriage return gets an
apostrophe before it, as does one that begins with apostrophes and goes on so; taking one apostrophe away from such a
cell gives the text back. Numbers are as they are. Every text stands in quotation marks. UTF-8 with a byte order mark,
without which spreadsheets on some systems misread names; comma; LF.

It cannot protect a file that is opened with another separator than the comma: there a text may be cut in two. The
record's own CSV files are evidence and are never changed; `docs/data-files.md` says so.

Source: OWASP, CSV Injection.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from tallyroom.publish.formats.tables import DataTable
from tallyroom.record.columns import Kind

__all__ = ["guarded", "spreadsheet", "unguarded"]

_BATCH = 50_000
_STARTS = "=+\\-@\t\r\n＝＋－＠"
_FORMULA = f"^('*[{_STARTS}])"
_GUARDED = f"^'('*[{_STARTS}])"


def guarded(texts: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """The texts with an apostrophe before what a spreadsheet would take for a formula."""
    return pc.replace_substring_regex(texts, _FORMULA, "'\\1", max_replacements=1)


def unguarded(texts: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """The texts that were guarded."""
    return pc.replace_substring_regex(texts, _GUARDED, "\\1", max_replacements=1)


def spreadsheet(table: DataTable) -> Iterator[bytes]:
    """The CSV of a table, some thousand rows at a time."""
    cells = table.cells
    for number, column in enumerate(table.columns):
        if column.kind not in (Kind.COUNT, Kind.DECIMAL):
            cells = cells.set_column(number, column.name, guarded(cells[column.name]))
    # The header is made of our own words and of ids, neither of which begins so.
    yield b"\xef\xbb\xbf" + ",".join(f'"{column.name}"' for column in table.columns).encode() + b"\n"
    for start in range(0, cells.num_rows, _BATCH):
        out = pa.BufferOutputStream()
        options = pa.csv.WriteOptions(include_header=False, quoting_style="needed")
        pa.csv.write_csv(cells.slice(start, _BATCH), out, options)
        yield out.getvalue().to_pybytes()
