"""The published tables, as CSV for spreadsheets, as JSON and as Parquet: the same cells in each."""

from __future__ import annotations

import csv
import io
import json

import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as some

from tallyroom.publish.formats.parquet import parquet
from tallyroom.publish.formats.plain_json import plain_json
from tallyroom.publish.formats.spreadsheet import guarded, spreadsheet, unguarded
from tallyroom.publish.formats.tables import DataTable
from tallyroom.record.columns import Column, Kind
from tallyroom.record.folder import read_record
from tests.publish.formats.making import HOSTILE, TWELVE, tables_of


def read_csv(table: DataTable) -> list[list[str]]:
    """The rows of a table's CSV as a program reads them, the header first."""
    return list(csv.reader(io.StringIO(b"".join(spreadsheet(table)).decode("utf-8-sig"), newline="")))


def one_column(*texts: str | None) -> DataTable:
    column = Column("says", Kind.TEXT, "a text")
    return DataTable("one", "a text", (column,), pa.table({"says": pa.array(texts, pa.string())}))


@pytest.mark.parametrize(
    "text",
    ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "'=1", "''@x", "=", "-"],
)
def test_no_text_of_a_spreadsheet_begins_as_a_formula_does(text):
    ((_,), (cell,)) = read_csv(one_column(text))
    assert cell == f"'{text}"


@pytest.mark.parametrize("text", ["a=1", " =1", "'quoted'", "'", "", "1-2", "ə", "٣"])
def test_other_texts_are_left_as_they_are(text):
    ((_,), (cell,)) = read_csv(one_column(text))
    assert cell == text


@given(some.lists(some.text(alphabet=some.sampled_from("'=+-@a\t\n\r ＝"), max_size=5)))
def test_a_guarded_text_can_be_had_back(texts):
    assert unguarded(guarded(pa.array(texts, pa.string()))).to_pylist() == texts


@pytest.mark.parametrize("record", ["azerbaijan-2024", TWELVE, HOSTILE], ids=str)
def test_no_cell_of_a_real_or_a_hostile_record_is_a_formula(record):
    for table in tables_of(read_record(record)).values():
        numbers = {c.name for c in table.columns if c.kind in (Kind.COUNT, Kind.DECIMAL)}
        header, *rows = read_csv(table)
        assert header == [column.name for column in table.columns]
        assert len(rows) == table.cells.num_rows
        for row in rows:
            risky = [
                c for n, c in zip(header, row, strict=True) if n not in numbers and c.startswith(tuple("=+-@\t\r\n"))
            ]
            assert risky == []


def test_a_hostile_record_has_formulas_that_are_guarded():
    tables = tables_of(read_record(HOSTILE)).values()
    assert any(cell.startswith("'=") for table in tables for row in read_csv(table) for cell in row)


def test_negative_numbers_stay_numbers():
    column = Column("lat", Kind.DECIMAL, "latitude")
    table = DataTable("one", "a place", (column,), pa.table({"lat": pa.array(["-22.9"])}))
    assert read_csv(table) == [["lat"], ["-22.9"]]


@pytest.mark.parametrize("record", [TWELVE, HOSTILE], ids=str)
def test_json_and_parquet_hold_the_same_cells_as_the_record(record):
    read = read_record(record)
    for name, table in tables_of(read).items():
        columns = [column.name for column in table.columns]
        as_json = json.loads(b"".join(plain_json(table)))
        as_parquet = pa.parquet.read_table(io.BytesIO(parquet(table.cells)))
        rows = [dict(zip(as_json["columns"], row, strict=True)) for row in as_json["rows"]]
        assert as_json["table"] == name
        assert as_json["columns"] == as_parquet.column_names == columns
        assert rows == as_parquet.to_pylist() == table.cells.to_pylist()
        if name in read.tables:
            expected = [{**row, "id": row.id} for row in read.rows(name)]
            assert [{k: "" if v is None else str(v) for k, v in row.items()} for row in rows] == expected


def test_every_count_is_int64_and_every_row_has_its_id():
    for table in tables_of(read_record(TWELVE)).values():
        for column in table.columns:
            expected = pa.int64() if column.kind is Kind.COUNT else pa.string()
            assert table.cells[column.name].type == expected
        assert table.cells[table.key].null_count == 0


def test_a_table_without_rows_is_still_a_table():
    table = one_column()
    assert json.loads(b"".join(plain_json(table))) == {"table": "one", "columns": ["says"], "rows": []}
    assert read_csv(table) == [["says"]]
    assert pa.parquet.read_table(io.BytesIO(parquet(table.cells))).num_rows == 0


def test_each_row_of_the_json_is_json_by_itself():
    table = tables_of(read_record(TWELVE))["stations"]
    lines = b"".join(plain_json(table)).decode().splitlines()
    assert [json.loads(line.rstrip(","))[0] for line in lines[1:-1]] == table.cells["id"].to_pylist()


def test_large_tables_are_made_in_pieces_that_join_without_a_seam(monkeypatch):
    table = tables_of(read_record(TWELVE))["stations"]
    whole = b"".join(plain_json(table)), b"".join(spreadsheet(table))
    monkeypatch.setattr("tallyroom.publish.formats.plain_json._BATCH", 5)
    monkeypatch.setattr("tallyroom.publish.formats.spreadsheet._BATCH", 5)
    assert (b"".join(plain_json(table)), b"".join(spreadsheet(table))) == whole
    assert len(list(plain_json(table))) > 3


def test_the_results_of_each_contest_are_a_table_by_area():
    table = tables_of(read_record(TWELVE))["results/president"]
    north = next(row for row in table.cells.to_pylist() if row["area"] == "north")
    assert (north["stations_expected"], north["stations_missing"], north["votes.ada-lund"]) == (4, 1, 751)
    south = next(row for row in table.cells.to_pylist() if row["area"] == "south")
    assert south["lacking.cyra-haddad"] == 1


def test_the_same_record_makes_the_same_bytes():
    first, second = tables_of(read_record(TWELVE)), tables_of(read_record(TWELVE))
    for name in first:
        assert parquet(first[name].cells) == parquet(second[name].cells)
