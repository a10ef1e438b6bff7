"""Every file in another program's format, as a publication writes them."""

from __future__ import annotations

import hashlib
import importlib
from pathlib import Path

import pytest

from tallyroom.publish.formats.files import format_files
from tallyroom.record.folder import read_record
from tallyroom.tabulate.results import tabulate
from tests.publish.formats.making import AT, HOSTILE, TWELVE

frictionless = importlib.import_module("frictionless")


def write(record: str | Path, folder: Path) -> dict[str, str]:
    """Writes them all; path → SHA-256."""
    read = read_record(record)
    found = {}
    for file in format_files(read, tabulate(read), AT):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"".join(file.pieces()))
        assert file.path not in found
        assert (file.length, file.sha256) == (path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())
        found[file.path] = file.sha256
    return found


@pytest.mark.parametrize("record", ["azerbaijan-2024", TWELVE, HOSTILE], ids=str)
def test_a_publication_of_the_same_record_at_the_same_time_has_the_same_bytes(record, tmp_path):
    assert write(record, tmp_path / "one") == write(record, tmp_path / "two")


def test_the_package_as_it_is_written_is_valid(tmp_path):
    written = write(TWELVE, tmp_path)
    report = frictionless.validate(str(tmp_path / "data" / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note"])
    csv = {path.removeprefix("data/") for path in written if path.endswith(".csv")}
    assert {task.place for task in report.tasks} == csv
    assert "tables/dictionary.csv" in csv


def test_each_format_is_there_once(tmp_path):
    written = set(write(TWELVE, tmp_path))
    assert {p for p in written if p.startswith("data/actasum/")} == {
        "data/actasum/council.statements.jsonl",
        "data/actasum/council.region.totals.json",
        "data/actasum/council.nation.totals.json",
        "data/actasum/president.statements.jsonl",
        "data/actasum/president.region.totals.json",
        "data/actasum/president.nation.totals.json",
        "data/actasum/president.nation.announced.json",
    }
    for name in ("areas", "returns/president", "copies/fair-count/president", "results/council"):
        assert written >= {f"data/tables/{name}.{ending}" for ending in ("csv", "json", "parquet")}
    assert written >= {
        "data/datapackage.json",
        "data/dictionary.md",
        "data/nist-1500-100.json",
        "data/nist-1500-100.xml",
    }


def test_a_record_without_returns_has_no_statements_for_actasum(tmp_path):
    assert not any("actasum" in path for path in write("azerbaijan-2024", tmp_path))
