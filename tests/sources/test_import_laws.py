"""What holds for every file and every mapping: no traceback, and no row lost in silence."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallyroom.errors import CannotImport
from tallyroom.record.folder import read_record, write_record
from tallyroom.sources import mapping_file
from tallyroom.sources.importing import Import, import_files
from tallyroom.sources.mapping_file import read_mapping


@pytest.fixture(scope="session")
def long_example() -> tuple[str, str, list[str]]:
    """A mapping of a long file, its header, and the lines of three whole tables."""
    header, *lines = (Path(__file__).parent / "files" / "argentina-2015.csv").read_text().splitlines()
    mapping = Path(mapping_file.__file__).parent / "mappings" / "argentina-2015.toml"
    return mapping.read_text(encoding="utf-8"), header, lines


_QUIET = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
_CELLS = st.one_of(
    st.sampled_from(
        ["", "-", "0", "7", "12", "1,200", "1.0", "01 North", "02 South", "x", "1e5", "=1+1", "\u00a0", "\0", "'"]
    ),
    st.integers(-2, 2**64).map(str),
    st.text(max_size=8),
)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def _import(mapping: str, data: bytes) -> Import | CannotImport:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "m.toml").write_text(mapping, encoding="utf-8", errors="replace", newline="")
        (Path(folder) / "f.csv").write_bytes(data)
        try:
            result = import_files(read_mapping(f"{folder}/m.toml"), [Path(folder) / "f.csv"])
        except CannotImport as error:
            return error
        write_record(result.record, Path(folder) / "record")
        read_record(Path(folder) / "record")
        return result


@_QUIET
@given(rows=st.lists(st.lists(_CELLS, min_size=9, max_size=11), max_size=6), ends=st.sampled_from(["\n", "\r\n", "\r"]))
def test_rows_in_are_rows_kept_and_rows_reported(example, rows, ends):
    header = example.file.splitlines()[0]
    # Rows without any text are passed over, in every file of a record too.
    filled = [row for row in rows if any(row)]
    lines = [header, *(";".join(map(_quoted, row)) for row in filled)]
    data = ends.join(lines).encode("utf-8", "replace")
    result = _import(example.mapping, data)
    if isinstance(result, Import):
        assert result.rows == len(filled)
        assert result.rows == result.returns + result.without_figures + result.reported
        assert len({(fault.file, fault.line) for fault in result.faults}) == result.reported


@_QUIET
@given(data=st.binary(max_size=300), at=st.integers(0, 400), length=st.integers(0, 200))
def test_a_file_with_any_bytes_in_it_is_read_or_refused(example, data, at, length):
    whole = example.file.encode()
    result = _import(example.mapping, whole[:at] + data + whole[at + length :])
    if isinstance(result, Import):
        assert result.rows == result.returns + result.without_figures + result.reported


@_QUIET
@given(text=st.text(max_size=30), at=st.integers(0, 2000), length=st.integers(0, 60))
def test_a_mapping_with_any_text_in_it_is_read_or_refused(example, text, at, length):
    _import(example.mapping[:at] + text + example.mapping[at + length :], example.file.encode())


@_QUIET
@given(order=st.permutations(range(3)))
def test_the_order_of_the_rows_changes_no_return(example, order):
    header, *rows = example.file.splitlines()
    data = "\n".join([header, *(rows[number] for number in order)]).encode()
    result, plain = _import(example.mapping, data), _import(example.mapping, example.file.encode())
    assert isinstance(result, Import)
    assert isinstance(plain, Import)
    key = [("station", "ascending")]
    mixed = result.record.tables["returns/president"].columns.drop_columns("source").sort_by(key)
    assert mixed.equals(plain.record.tables["returns/president"].columns.drop_columns("source").sort_by(key))


_LONG_LINE = st.tuples(
    st.sampled_from(["001", "002", ""]),
    st.sampled_from(["0001", " 0002 ", "0003"]),
    st.sampled_from(["0131", "0132", "0133", "0135", "0137", "0138", *(f"900{n}" for n in range(1, 7)), "9001 "]),
    st.one_of(st.integers(0, 999).map("{:03}".format), st.sampled_from(["", "x", "1.5", " 7 "])),
)


@settings(_QUIET, max_examples=60)
@given(lines=st.lists(_LONG_LINE, max_size=30), ends=st.sampled_from(["\n", "\r\n", "\r"]))
def test_each_line_of_a_long_file_is_a_figure_of_a_return_or_reported(long_example, lines, ends):
    mapping, header, whole = long_example
    data = ends.join([header, *whole, *(f"01;{d};{c};9;;{code};{figure}" for d, c, code, figure in lines)])
    result = _import(mapping, data.encode())
    assert isinstance(result, Import)
    assert result.rows == len(whole) + len(lines) == result.kept + result.reported
    returns = result.record.tables["returns/president"].columns
    figures = [name for name in returns.column_names if str(returns[name].type) == "int64" and name != "act"]
    stated = sum(len(returns) - returns[name].null_count for name in figures)
    # Every line that is kept is one figure; those that are empty state none.
    empty = sum(not figure.strip() for *_, figure in lines)
    assert result.kept - empty <= stated <= result.kept


@_QUIET
@given(
    rows=st.lists(st.lists(_CELLS, min_size=10, max_size=10), max_size=5),
    other=st.lists(st.lists(_CELLS, min_size=9, max_size=9), max_size=5),
)
def test_no_row_of_two_files_of_which_one_lacks_a_column_is_lost(example, rows, other):
    mapping = example.mapping.replace("[cells]", '[constants]\n"Station no." = "all"\n\n[cells]')
    header = example.file.splitlines()[0]
    lacking = header.replace(";Station no.", "")
    rows, other = [row for row in rows if any(row)], [row for row in other if any(row)]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "m.toml").write_text(mapping, encoding="utf-8")
        for name, first, below in (("a.csv", header, rows), ("b.csv", lacking, other)):
            lines = [first, *(";".join(map(_quoted, row)) for row in below)]
            (Path(folder) / name).write_bytes("\n".join(lines).encode("utf-8", "replace"))
        try:
            result = import_files(read_mapping(f"{folder}/m.toml"), [Path(folder) / "a.csv", Path(folder) / "b.csv"])
        except CannotImport:
            return
        assert result.rows == len(rows) + len(other) == result.kept + result.reported
        assert result.kept == result.returns + result.without_figures
