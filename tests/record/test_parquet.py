"""Any table may be Parquet: nothing is lost on the way there and back, and nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tallyroom.errors import CannotReadRecord
from tallyroom.record.folder import convert, read_record, write_record
from tallyroom.tabulate.results import results_text, tabulate

TWELVE = Path(__file__).parent.parent / "records" / "twelve-stations"


@pytest.mark.parametrize("name", ["azerbaijan-2024", str(TWELVE)])
def test_a_record_converted_to_parquet_and_back_is_the_same_files(name: str, tmp_path: Path) -> None:
    first = read_record(name)
    write_record(first, tmp_path / "csv")
    write_record(convert(first, "parquet"), tmp_path / "parquet")
    assert not list((tmp_path / "parquet").rglob("*.csv"))
    write_record(convert(read_record(tmp_path / "parquet"), "csv"), tmp_path / "again")
    files = sorted(p.relative_to(tmp_path / "csv") for p in (tmp_path / "csv").rglob("*") if p.is_file())
    assert files == sorted(p.relative_to(tmp_path / "again") for p in (tmp_path / "again").rglob("*") if p.is_file())
    for file in files:
        assert (tmp_path / "again" / file).read_bytes() == (tmp_path / "csv" / file).read_bytes()


def test_the_results_of_a_parquet_record_are_the_same(tmp_path: Path) -> None:
    write_record(convert(read_record(TWELVE), "parquet"), tmp_path / "parquet")
    assert results_text(tabulate(read_record(tmp_path / "parquet"))) == results_text(tabulate(read_record(TWELVE)))


def _spoiled(tmp_path: Path, name: str, column: str, values: pa.Array) -> list[str]:
    write_record(convert(read_record(TWELVE), "parquet"), tmp_path / "r")
    path = tmp_path / "r" / f"{name}.parquet"
    table = pq.read_table(path)
    pq.write_table(table.set_column(table.column_names.index(column), column, values.slice(0, len(table))), path)
    with pytest.raises(CannotReadRecord) as error:
        read_record(tmp_path / "r")
    return [str(fault) for fault in error.value.faults]


def test_a_count_in_floating_point_is_refused(tmp_path: Path) -> None:
    faults = _spoiled(tmp_path, "stations", "registered", pa.array([12.0] * 50))
    assert any("stations.parquet: registered is a column of double" in fault for fault in faults)


def test_a_negative_count_is_refused(tmp_path: Path) -> None:
    faults = _spoiled(tmp_path, "stations", "registered", pa.array([-1] * 50))
    assert any("registered is '-1' in some row" in fault for fault in faults)


def test_a_date_that_is_no_text_is_refused(tmp_path: Path) -> None:
    faults = _spoiled(tmp_path, "areas", "name", pa.array([1] * 50))
    assert any("areas.parquet: name is a column of int64; expected text" in fault for fault in faults)


def test_a_table_as_csv_and_as_parquet_is_a_fault(tmp_path: Path) -> None:
    write_record(read_record(TWELVE), tmp_path / "r")
    pq.write_table(pa.table({"id": ["a"]}), tmp_path / "r" / "areas.parquet")
    with pytest.raises(CannotReadRecord, match=r"the same table as areas\.csv"):
        read_record(tmp_path / "r")


def test_a_file_that_is_no_parquet_is_a_fault_and_no_crash(tmp_path: Path) -> None:
    write_record(read_record(TWELVE), tmp_path / "r")
    (tmp_path / "r" / "people.csv").unlink()
    (tmp_path / "r" / "people.parquet").write_bytes(b"PAR1 but not really")
    with pytest.raises(CannotReadRecord, match=r"people\.parquet"):
        read_record(tmp_path / "r")
