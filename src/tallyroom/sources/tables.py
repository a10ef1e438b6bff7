"""The record's tables, made of the rows that could be read."""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.record.entries import made_act_id, made_id
from tallyroom.record.rows import Table
from tallyroom.record.tables import RETURNS, TABLES, TableShape
from tallyroom.sources.figures import figure, unread
from tallyroom.sources.files import Sheet
from tallyroom.sources.grid import Grid
from tallyroom.sources.mapping import Mapping
from tallyroom.sources.places import Places, places_of
from tallyroom.sources.templates import as_id

__all__ = ["Reading", "read_grid", "tables_of"]

Values: TypeAlias = pa.Array | list[str]


@dataclass(frozen=True)
class Reading:
    """What the rows of a grid say. acts: the columns of the returns, for every row of the grid.

    placed: the rows whose station is known. returns: those of them that are a return.
    """

    grid: Grid
    places: Places
    acts: Dictionary[str, pa.Array]
    placed: Sequence[int]
    returns: Sequence[int]


def read_grid(grid: Grid, mapping: Mapping) -> Reading:
    """What the rows say; those that cannot be read are reported to the grid."""
    places = places_of(grid, mapping)
    placed = [row for row in range(len(grid)) if row not in grid.faults]
    acts = _acts(grid, mapping, places)
    stated = _stated(acts, len(grid))
    return Reading(grid, places, acts, placed, [row for row in placed if row not in grid.faults and stated[row]])


def tables_of(reading: Reading, mapping: Mapping, sheets: Sequence[Sheet]) -> dict[str, Table]:
    """The record's tables by name."""
    sources = _source_ids(sheets)
    tables = [
        _sources(mapping, sheets, sources),
        *_candidates(mapping, " ".join(sources)),
        _areas(reading, mapping, " ".join(sources)),
        _stations(reading, mapping, sources),
        _returns(reading, mapping, sources),
    ]
    return {table.name: table for table in tables}


def _acts(grid: Grid, mapping: Mapping, places: Places) -> dict[str, pa.Array]:
    """The returns' columns of every row of the grid, but for their source."""
    count = len(grid)
    figures = {column: figure(grid, headers, mapping.cells) for column, headers in mapping.figures.items()}
    columns: dict[str, pa.Array] = {
        "station": pa.array(places.station["id"], pa.string()),
        "act": pa.array([1] * count, pa.int64()),
        "stage": pa.array(["count"] * count, pa.string()),
        "status": pa.array(["accepted"] * count, pa.string()),
    }
    words = unread(grid, mapping.figures, mapping.cells)
    return columns | ({"unread": words} if words is not None else {}) | figures


def _stated(columns: Dictionary[str, pa.Array], count: int) -> list[bool]:
    """Whether a row states any figure, or says why it does not."""
    stated = pa.array([False] * count, pa.bool_())
    for name, values in columns.items():
        if name not in ("station", "act", "stage", "status"):
            stated = pc.or_(stated, pc.is_valid(values))
    result: list[bool] = stated.to_pylist()
    return result


def _source_ids(sheets: Sequence[Sheet]) -> list[str]:
    """An id for each file, made of its name; files of one name are numbered."""
    names = [as_id(Path(sheet.file).name)[:80] or "file" for sheet in sheets]
    return [f"{name}-{at + 1}" if names.count(name) > 1 else name for at, name in enumerate(names)]


def _sources(mapping: Mapping, sheets: Sequence[Sheet], ids: list[str]) -> Table:
    source = mapping.source
    columns = {name: [getattr(source, name)] * len(ids) for name in ("outlet", "title", "date", "url")}
    sums = {"sha256": [sheet.sha256 for sheet in sheets], "licence": [source.licence] * len(ids)}
    return _table("sources", TABLES["sources"], {"id": ids, **columns, **sums}, ids)


def _candidates(mapping: Mapping, source: str) -> list[Table]:
    """The people or parties that the choices are, and their places on the ballot."""
    if mapping.candidates == "none":
        return []
    votes = mapping.votes
    sources = [source] * len(votes)
    who = "people" if mapping.candidates == "people" else "organisations"
    kind = {"kind": ["party"] * len(votes)} if who == "organisations" else {}
    ids = [vote.choice for vote in votes]
    named = {"id": ids, "name": [vote.name for vote in votes], **kind, "source": sources}
    columns: dict[str, Values] = {
        "candidate": ids,
        "contest": [mapping.the_contest.id] * len(votes),
        "status": ["registered"] * len(votes),
        "ballot": pa.array([vote.ballot for vote in votes], pa.int64()),
        "source": sources,
    }
    rows = _data(columns).to_pylist()
    made = [made_id("candidates", {n: v for n, v in row.items() if v is not None}) for row in rows]
    return [_table(who, TABLES[who], named, ids), _table("candidates", TABLES["candidates"], columns, made)]


def _areas(reading: Reading, mapping: Mapping, source: str) -> Table:
    """Every area in which a placed row lies, from the nation down, in the order of the rows."""
    found: dict[str, tuple[str, str, str]] = {}
    above = [""] * len(reading.grid)
    for level, (ids, names) in zip(mapping.areas, reading.places.areas, strict=True):
        for row in reading.placed:
            if ids[row] not in found:
                found[ids[row]] = (above[row], level.kind, names[row])
        above = ids
    parents, kinds, names = (list(column) for column in zip(*found.values(), strict=True))
    columns = {"id": list(found), "parent": parents, "kind": kinds, "name": names, "source": [source] * len(found)}
    return _table("areas", TABLES["areas"], columns, list(found))


def _stations(reading: Reading, mapping: Mapping, sources: Sequence[str]) -> Table:
    rows, station = reading.placed, reading.places.station
    smallest = reading.places.areas[-1][0]
    ids = [station["id"][row] for row in rows]
    columns: dict[str, Values] = {"id": ids, "area": [smallest[row] for row in rows]}
    columns |= {name: [station[name][row] for row in rows] for name in ("name", "kind") if name in station}
    if mapping.station.registered:
        columns["registered"] = reading.acts[mapping.station.registered].take(pa.array(rows, pa.int64()))
    if "address" in station:
        columns["address"] = [station["address"][row] for row in rows]
    columns["source"] = _source_of(reading.grid, rows, sources)
    return _table("stations", TABLES["stations"], columns, ids)


def _returns(reading: Reading, mapping: Mapping, sources: Sequence[str]) -> Table:
    name = f"returns/{mapping.the_contest.id}"
    rows = pa.array(reading.returns, pa.int64())
    columns: dict[str, Values] = {column: values.take(rows) for column, values in reading.acts.items()}
    columns["source"] = _source_of(reading.grid, reading.returns, sources)
    ids = [made_act_id(name, reading.places.station["id"][row], 1) for row in reading.returns]
    return _table(name, RETURNS, columns, ids)


def _source_of(grid: Grid, rows: Sequence[int], sources: Sequence[str]) -> list[str]:
    return [sources[grid.places[row][0]] for row in rows]


def _table(name: str, shape: TableShape, columns: Dictionary[str, Values], ids: Sequence[str]) -> Table:
    data = _data(columns)
    return Table(name, shape, f"{name}.csv", data, list(range(2, data.num_rows + 2)), ids)


def _data(columns: Dictionary[str, Values]) -> pa.Table:
    """The columns as the record holds them, null where empty."""
    return pa.table({name: _or_null(cells) if isinstance(cells, list) else cells for name, cells in columns.items()})


def _or_null(cells: list[str]) -> pa.Array:
    return pa.array([cell or None for cell in cells], pa.string())
