"""Rows added to a record's tables: all of them, or, where the record could not be read afterwards, none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pyarrow as pa

from tallyroom.disk import lock
from tallyroom.errors import CannotReadRecord, CannotWrite
from tallyroom.record.csvfile import write_columns
from tallyroom.record.folder import Record, built_in, read_record
from tallyroom.record.tables import TABLES

__all__ = ["add_rows", "not_built_in", "rows_of", "table_bytes", "write_files", "writing"]

Cells = Mapping[str, object]


def add_rows(folder: Path, rows: Mapping[str, Sequence[Cells]]) -> None:
    """Writes rows at the ends of a record's tables, behind what they hold by now.

    rows: table → its new rows. Raises CannotWrite, or CannotReadRecord; then every file is as it was before.
    """
    not_built_in(folder)
    with writing(folder):
        record = read_record(folder)
        tables = {table: [*rows_of(record, table), *added] for table, added in rows.items() if added}
        write_files(folder, {f"{table}.csv": table_bytes(record, table, every) for table, every in tables.items()})


def writing(folder: Path) -> AbstractContextManager[None]:
    """Waits until nobody else writes to a record: what is read in the block is what is written onto."""
    return lock(folder) if folder.is_dir() else nullcontext()


def not_built_in(folder: Path) -> None:
    """Raises CannotWrite for the name of a built-in record, which nothing is added to."""
    if not folder.is_dir() and str(folder) in built_in():
        raise CannotWrite(
            f"{folder} is a built-in record. Copy it first: tallyroom record convert {folder} --to mine --as csv"
        )


def rows_of(record: Record, table: str) -> list[dict[str, object]]:
    """The rows of a table as they are written; none where it is not there. Raises CannotWrite for one in Parquet."""
    there = record.tables.get(table)
    if there is not None and there.file.endswith(".parquet"):
        raise CannotWrite(f"{there.file} is Parquet, which rows are not added to. Convert the record to CSV first.")
    return there.columns.to_pylist() if there is not None else []


def table_bytes(record: Record, table: str, rows: Sequence[Cells]) -> bytes:
    """A table's file with these rows; columns that it did not have before come behind those it had."""
    there = record.tables.get(table)
    names = list(there.columns.column_names) if there is not None else []
    known = [column.name for column in TABLES[table].columns]
    names += [name for name in known if name not in names and any(name in row for row in rows)]
    return write_columns(names, [pa.array([_text(row.get(name)) for row in rows], pa.string()) for name in names])


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes whole files into a record's folder. Raises CannotWrite, or CannotReadRecord; then all are as before."""
    before = {name: _bytes(folder / name) for name in files}
    try:
        _put(folder, files)
        read_record(folder)
    except (OSError, CannotReadRecord) as error:
        _put(folder, {name: old for name, old in before.items() if _bytes(folder / name) != old})
        if isinstance(error, OSError):
            raise CannotWrite(f"{folder} cannot be written: the system says “{error.strerror or error}”.") from error
        raise


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _put(folder: Path, files: Mapping[str, bytes | None]) -> None:
    """Puts files in place of those there, each made whole beside its own first; None takes one away.

    So a full disk or a killed run leaves no table half written.
    """
    places = {name: (folder / name).resolve() for name in files}
    made = {name: path.with_name(f".{path.name}.new") for name, path in places.items()}
    try:
        for name, data in files.items():
            if data is not None:
                _write(made[name], data)
        for name, data in files.items():
            if data is None:
                places[name].unlink()
            else:
                if places[name].exists():
                    shutil.copymode(places[name], made[name])
                made[name].replace(places[name])
    finally:
        for path in made.values():
            path.unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _text(cell: object) -> str | None:
    return None if cell is None else str(cell)
