"""The quick reader of large files never takes for right what the careful one does not."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tallyroom.record import plainfile
from tallyroom.record.csvfile import read_columns
from tallyroom.record.plainfile import read_plain

HEADER = ["station", "a", "b"]
CELLS = ["", "0", "7", "12", "012", " 12", "12 ", "+1", "-3", "-0", "1e6", "1.0", "9223372036854775807"]
CELLS += ["9223372036854775808", "x", "ä", "\u2028", "NULL", "nan", "٣", "1 000", '"', "1,2"]
ends = st.sampled_from(["\n", "\r\n", "\r"])
rows = st.lists(st.lists(st.sampled_from(CELLS), min_size=3, max_size=3) | st.just(["s", "1"]), min_size=1, max_size=4)


@pytest.fixture(autouse=True)
def small_files_too(monkeypatch):
    monkeypatch.setattr(plainfile, "_SMALL", 0)


def known(header):
    return header in HEADER


def is_count(header):
    return header in ("a", "b")


@given(rows, ends, st.sampled_from([",", ";", "\t"]), st.booleans())
@example([["s", "12", ""], ["t", "", "7"]], "\n", ",", True)
@example([["s", "012", "1"], ["t", "-0", "7"]], "\n", ",", True)
def test_a_file_read_quickly_is_read_carefully_to_the_same_cells(rows, end, delimiter, closed):
    lines = [delimiter.join(row) for row in [HEADER, *rows]]
    data = (end.join(lines) + (end if closed else "")).encode()
    quick = read_plain(data, known, is_count)
    if quick is None:
        return
    careful = read_columns(data, "returns/president.csv", known)
    assert careful.faults == []
    assert list(careful.lines) == [n + 2 for n in range(quick.num_rows)]
    assert quick.column_names == careful.names
    for name, cells in zip(careful.names, careful.cells, strict=True):
        assert ["" if v is None else str(v) for v in quick[name].to_pylist()] == list(cells)


def test_a_plain_file_is_read_quickly():
    data = b"station,a,b\n" + b"".join(b"s%d,%d,\n" % (n, n) for n in range(1000))
    table = read_plain(data, known, is_count)
    assert table is not None
    assert table["a"].to_pylist() == list(range(1000))
    assert table["b"].null_count == 1000


@pytest.mark.parametrize("cell", ["012", " 12", "+12", "-12", "12.0", "1e6", "9223372036854775808", "twelve"])
def test_a_count_that_is_not_written_plainly_is_left_to_the_careful_reader(cell):
    assert read_plain(f"station,a,b\ns1,1,2\ns2,{cell},3\n".encode(), known, is_count) is None


def test_rows_that_hold_nothing_or_too_little_are_left_to_the_careful_reader():
    for line in (",,", "", "s3,1"):
        assert read_plain(f"station,a,b\ns1,1,2\n{line}\ns2,1,3\n".encode(), known, is_count) is None
