"""The built-in mappings, over a fixture of each and over the real files."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tallyroom.record.folder import Record, read_record, write_record
from tallyroom.sources.importing import Import, import_files
from tallyroom.sources.mapping_file import built_in_mappings, read_mapping

_FILES = Path(__file__).parent / "files"


def _imported(mapping: str, file: Path) -> Import:
    return import_files(read_mapping(mapping), [file])


def _columns(record: Record) -> dict[str, list[Any]]:
    """The figures of the record's only contest."""
    acts = record.returns("president")
    assert acts is not None
    names = [name for name in acts.columns.column_names if str(acts.columns[name].type) == "int64"]
    return {name: acts.columns[name].to_pylist() for name in names}


@pytest.mark.parametrize("mapping", sorted(built_in_mappings()))
def test_every_built_in_mapping_reads_a_file_with_its_header(mapping):
    result = _imported(mapping, _FILES / f"{mapping}.csv")
    assert result.reported == 0
    assert len(result.record.rows("stations")) == result.returns + result.without_figures == 3
    assert result.rows == result.kept == (36 if mapping == "argentina-2015" else 3)


@pytest.mark.parametrize("mapping", sorted(built_in_mappings()))
def test_the_record_that_is_written_is_the_record_that_is_read(mapping, tmp_path):
    record = _imported(mapping, _FILES / f"{mapping}.csv").record
    write_record(record, tmp_path / "record")
    again = read_record(tmp_path / "record")
    assert again.definition_text == record.definition_text
    assert again.tables.keys() == record.tables.keys()
    for name, table in record.tables.items():
        assert again.tables[name].columns.equals(table.columns), name
        assert (list(again.tables[name].ids), list(again.tables[name].lines)) == (list(table.ids), list(table.lines))


@pytest.mark.parametrize("mapping", sorted(built_in_mappings()))
def test_a_built_in_mapping_is_called_like_its_file(mapping):
    assert read_mapping(mapping).name == mapping


def test_a_georgian_precinct_is_named_by_district_and_number():
    record = _imported("georgia-2013", _FILES / "georgia-2013.csv").record
    second = record.rows("stations")[1]
    assert (second["id"], second["area"], second["name"]) == ("precinct-5-2", "district-5", "Precinct 5.2")
    assert (second["kind"], second["registered"], second["source"]) == ("special", "800", "georgia-2013.csv")


def test_a_georgian_precinct_without_a_register_has_none_rather_than_zero():
    record = _imported("georgia-2013", _FILES / "georgia-2013.csv").record
    assert record.rows("stations")[2]["registered"] == ""
    assert _columns(record)["registered"] == [900, 800, None]


def test_a_georgian_candidate_keeps_the_number_on_the_ballot():
    record = _imported("georgia-2013", _FILES / "georgia-2013.csv").record
    last = record.rows("candidates")[-1]
    assert (last["candidate"], last["ballot"]) == ("giorgi-margvelashvili", "41")
    assert record.name_of("giorgi-margvelashvili") == "Giorgi Margvelashvili"


def test_two_ugandan_constituencies_with_one_code_are_two_in_two_districts():
    record = _imported("uganda-2016", _FILES / "uganda-2016.csv").record
    areas = {row["id"]: (row["parent"], row["name"]) for row in record.rows("areas") if row["kind"] == "constituency"}
    assert areas["constituency-201-301"] == ("district-201", "HILL COUNTY")
    assert areas["constituency-202-301"] == ("district-202", "HILL COUNTY")


def test_a_ugandan_parish_with_its_code_behind_its_name_is_read():
    record = _imported("uganda-2016", _FILES / "uganda-2016.csv").record
    assert [row["id"] for row in record.rows("stations")] == [
        "201-301-001-001-01-RIVER-MARKET",
        "201-302-001-003-01-BOAT-HOUSE-A-K",
        "202-301-001-001-01-CHURCH-SCHOOL",
    ]


def test_the_same_file_packed_by_gzip_or_zip_gives_the_same_returns(tmp_path):
    data = (_FILES / "uganda-2016.csv").read_bytes()
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(data))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("b.csv", data)
        archive.writestr("__MACOSX/._b.csv", b"")
    (tmp_path / "b.csv.zip").write_bytes(packed.getvalue())
    plain = _columns(_imported("uganda-2016", _FILES / "uganda-2016.csv").record)
    assert _columns(_imported("uganda-2016", tmp_path / "a.csv.gz").record) == plain
    assert _columns(_imported("uganda-2016", tmp_path / "b.csv.zip").record) == plain
