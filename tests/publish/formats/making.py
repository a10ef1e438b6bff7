"""The tables of a record written to a folder, and their data package."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from tallyroom.publish.formats.datapackage import Described, datapackage
from tallyroom.publish.formats.spreadsheet import spreadsheet
from tallyroom.publish.formats.tables import DataTable, data_tables
from tallyroom.record.folder import Record, read_record
from tallyroom.tabulate.results import tabulate

AT = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
TESTS = Path(__file__).parents[2]
TWELVE = TESTS / "records" / "twelve-stations"
HOSTILE = TESTS / "publish" / "hostile"


def tables_of(record: Record) -> dict[str, DataTable]:
    """Every table that is published of a record, by name."""
    return {table.name: table for table in data_tables(record, tabulate(record))}


def write_package(record: str | Path, folder: Path, broken: Iterable[str] = ()) -> Path:
    """The package of a record. broken: tables that are described and not written."""
    read = read_record(record)
    files = []
    for name, table in tables_of(read).items():
        data = b"".join(spreadsheet(table))
        if name not in broken:
            path = folder / "tables" / f"{name}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        sha256 = hashlib.sha256(data).hexdigest()
        files.append(Described(f"tables/{name}.csv", f"One row is {table.row}", len(data), sha256, table))
    (folder / "datapackage.json").write_bytes(datapackage(read, files, AT))
    return folder / "datapackage.json"
