"""Two readers of files, held to the same rows."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from tallyroom.sources import files
from tallyroom.sources.files import Sheet, read_sheet

_CELL = st.sampled_from(
    ["", "1", "x", "a b", ' "', '"', '""', '"x"', '"a,b"', '"a""b"', '"a"b', "\n", "é", "\0", " ", "\u2028"]
)


def _rows(path: Path) -> object:
    sheet = read_sheet(path, ["utf-8"], ",", lambda header: True)
    if not isinstance(sheet, Sheet):
        return sheet
    cells = [column.to_pylist() for column in sheet.columns]
    return list(sheet.header), cells, list(sheet.lines), list(sheet.bad)


@settings(max_examples=400, deadline=None)
@given(
    rows=st.lists(st.lists(_CELL, min_size=1, max_size=4), min_size=1, max_size=6),
    ends=st.sampled_from(["\n", "\r\n", "\r"]),
    last=st.booleans(),
)
def test_the_quick_reader_and_the_thorough_one_read_the_same_rows(tmp_path_factory, rows, ends, last):
    path = tmp_path_factory.mktemp("f") / "f.csv"
    path.write_bytes((ends.join(["a,b,c", *(",".join(row) for row in rows)]) + (ends if last else "")).encode())
    quick = _rows(path)
    with patch.object(files, "_plain_rows", return_value=None):
        assert quick == _rows(path)
