"""Rows added to a record's tables: all of them, or, where the record could not be read afterwards, none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from tallyroom.errors import CannotReadRecord, CannotWrite
from tallyroom.record.csvfile import write_columns
from tallyroom.record.folder import Record, built_in, read_record
from tallyroom.record.tables import TABLES

__all__ = ["add_rows"]

Cells = Mapping[str, str]


def add_rows(
    folder: Path, record: Record, rows: Mapping[str, Sequence[Cells]], files: Mapping[str, bytes] | None = None
) -> None:
    """Writes rows at the ends of tables, and further whole files, into the folder that the record was read from.

    rows: table → its new rows. Raises CannotWrite, or CannotReadRecord; then every file is as it was before.
    """
    if not folder.is_dir() and str(folder) in built_in():
        raise CannotWrite(
            f"{folder} is a built-in record. Copy it first: tallyroom record convert {folder} --to mine --as csv"
        )
    written = {f"{table}.csv": _extended(record, table, added) for table, added in rows.items() if added}
    written |= files or {}
    before = {name: (folder / name).read_bytes() if (folder / name).exists() else None for name in written}
    try:
        for name, data in written.items():
            (folder / name).write_bytes(data)
        read_record(folder)
    except (OSError, CannotReadRecord) as error:
        for name, old in before.items():
            if old is None:
                (folder / name).unlink(missing_ok=True)
            else:
                (folder / name).write_bytes(old)
        if isinstance(error, OSError):
            raise CannotWrite(f"{folder} cannot be written: the system says “{error.strerror or error}”.") from error
        raise


def _extended(record: Record, table: str, added: Sequence[Cells]) -> bytes:
    """A table's file with rows added at its end; columns that only they need come at their place."""
    there = record.tables.get(table)
    if there is not None and there.file.endswith(".parquet"):
        raise CannotWrite(f"{there.file} is Parquet, which rows are not added to. Convert the record to CSV first.")
    old = there.columns.to_pylist() if there is not None else []
    used = {name for row in (*old[:1], *added) for name in row}
    names = [column.name for column in TABLES[table].columns if column.name in used]
    names += [name for name in (there.columns.column_names if there is not None else []) if name not in names]
    everything = [*old, *added]
    return write_columns(names, [pa.array([_text(row.get(name)) for row in everything], pa.string()) for name in names])


def _text(cell: object) -> str | None:
    return None if cell is None else str(cell)
