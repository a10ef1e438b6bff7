"""One table's file, CSV or Parquet, as a table of checked cells."""

from __future__ import annotations

import difflib
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC
from pathlib import Path
from typing import BinaryIO, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.errors import Fault
from tallyroom.record import definition
from tallyroom.record.cells import typed
from tallyroom.record.columns import Column, Kind, TableShape
from tallyroom.record.contest import Contest
from tallyroom.record.csvfile import Columns, read_columns
from tallyroom.record.definition import Election
from tallyroom.record.entries import made_act_ids, made_id
from tallyroom.record.parquetfile import read_parquet
from tallyroom.record.plainfile import read_plain
from tallyroom.record.rows import Ids, Table, in_one

__all__ = ["opened", "read_table", "say_os", "table_name"]

_ADD = "Every row of this table needs it."
_LARGE = 1_000_000  # bytes; what is larger is read piece by piece
_T = TypeVar("_T")


def opened(path: Path, file: str, faults: list[Fault], read: Callable[[BinaryIO], _T]) -> _T | None:
    """What `read` makes of a file; None, and a fault, where it cannot be read."""
    try:
        if path.exists() and not path.is_file():
            faults.append(Fault(file, 0, "", "no plain file", "a file that can be read", "Put the file itself there."))
            return None
        with path.open("rb") if path.stat().st_size > _LARGE else io.BytesIO(path.read_bytes()) as data:
            return read(data)
    except OSError as error:
        faults.append(Fault(file, 0, "", *say_os(error)))
        return None


def say_os(error: OSError) -> tuple[str, str, str]:
    """What the system says of a file or folder, what was expected, and how to mend it."""
    said = f"not to be opened: the system says “{error.strerror or error}”"
    return said, "something that can be read", "Look whether it is there and whether you may read it."


def read_table(
    path: Path, file: str, shape: TableShape, election: Election | None, faults: list[Fault]
) -> tuple[Table | None, set[str] | None]:
    """The table, as far as it can be read, and the ids in rows that could not be; None may be any id."""
    name = table_name(file)
    contest = election.contest(path.stem) if election and shape.free else None
    figures = _figure_columns(election, contest)

    def known(header: str) -> bool:
        return shape.column(header) is not None or header in figures

    def is_count(header: str) -> bool:
        column = shape.column(header) or figures.get(header)
        return column is not None and column.kind is Kind.COUNT

    def columns_of(data: BinaryIO) -> Columns:
        if file.endswith(".parquet"):
            return read_parquet(data, file, is_count)
        plain = read_plain(data, known, is_count)
        return _carefully(data, file, known) if plain is None else _as_read(plain)

    read = opened(path, file, faults, columns_of)
    if read is None:
        return None, None
    faults += read.faults
    if not read.whole:
        return None, None
    columns: dict[str, pa.Array] = {}
    zone = election.zone if election else UTC
    for header, cells in zip(read.names, read.cells, strict=True):
        column = shape.column(header) or figures.get(header)
        if column is None and shape.free and election is None:
            # Without a definition nobody can say which figures the form has, only that they are counts.
            column = _figure(header)
        if column is None:
            faults.append(_unknown_column(file, header, shape, figures))
            continue
        columns[header], found = typed(column, cells, read.lines, file, zone)
        faults += found
    for column in shape.columns:
        if column.required and column.name not in columns and column.name not in read.names:
            faults.append(Fault(file, 1, column.name, "missing", "a column of this name", _ADD))
            columns[column.name] = pa.nulls(len(read.lines), pa.string())
    table = pa.table(columns) if columns else pa.table({"id": pa.nulls(len(read.lines), pa.string())})
    unknown = shape.columns[0].required and "id" not in read.names
    return Table(name, shape, file, table, read.lines, _ids(name, shape, table)), None if unknown else read.lost


def table_name(file: str) -> str:
    return file.removesuffix(".csv").removesuffix(".parquet")


def _carefully(data: BinaryIO, file: str, known: Callable[[str], bool]) -> Columns:
    data.seek(0)
    return read_columns(data.read(), file, known)


def _as_read(plain: pa.Table) -> Columns:
    # Texts in one piece, which is how they are compared; counts, which are most of a file, as they came.
    cells = [column if pa.types.is_integer(column.type) else in_one(column) for column in plain.columns]
    return Columns(plain.column_names, cells, range(2, plain.num_rows + 2), whole=True)


def _figure_columns(election: Election | None, contest: Contest | None) -> dict[str, Column]:
    if election is None or contest is None:
        return {}
    names = [item.id for item in election.form.items] + [f"votes.{choice.id}" for choice in contest.choices]
    return {name: _figure(name) for name in names}


def _figure(name: str) -> Column:
    return Column(name, Kind.COUNT, "a figure of the form")


def _unknown_column(file: str, header: str, shape: TableShape, figures: Mapping[str, Column]) -> Fault:
    names = [column.name for column in shape.columns] + list(figures)
    near = difflib.get_close_matches(header, names, 1)
    mend = f"The nearest column is {near[0]}." if near else f"Columns: {', '.join(names)}."
    if header.startswith("votes.") and shape.free:
        return Fault(file, 1, header, "votes for no choice of this contest", f"a choice of {definition.FILE}", mend)
    expected = "a column of this table" if not shape.free else "a column of this table or an item of the form"
    return Fault(file, 1, header, "unknown", expected, mend)


def _ids(name: str, shape: TableShape, data: pa.Table) -> Sequence[str]:
    """Each row's id, made from its content where the cell is empty."""
    count = data.num_rows
    ids = in_one(data["id"]) if "id" in data.column_names else pa.nulls(count, pa.string())
    if not ids.null_count:
        return Ids(lambda: ids, count)
    if shape.free:
        return Ids(lambda: pc.coalesce(ids, _act_ids(name, data)), count)
    written = ids.to_pylist()
    rows = data.drop_columns(["id"]).to_pylist() if "id" in data.column_names else data.to_pylist()
    return [
        w or made_id(name, {c: v for c, v in row.items() if v is not None})
        for w, row in zip(written, rows, strict=True)
    ]


def _act_ids(name: str, data: pa.Table) -> pa.Array:
    acts = in_one(data["act"]) if "act" in data.column_names else pa.nulls(len(data), pa.int64())
    return made_act_ids(name, in_one(data["station"]), pc.fill_null(acts, 1))
