"""The record's tables, made of the rows that could be read."""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.record.columns import TableShape
from tallyroom.record.entries import made_act_ids, made_id
from tallyroom.record.rows import Ids, Table
from tallyroom.record.tables import RETURNS, TABLES
from tallyroom.sources.figures import figure, unread
from tallyroom.sources.files import Sheet
from tallyroom.sources.grid import Grid
from tallyroom.sources.mapping import Mapping
from tallyroom.sources.places import Places, places_of
from tallyroom.sources.templates import as_id

__all__ = ["Reading", "read_grid", "tables_of"]

Values: TypeAlias = pa.Array | list[str]
Rows: TypeAlias = pa.Array
_AREA = ("id", "parent", "kind", "name")


@dataclass(frozen=True)
class Reading:
    """What the rows of a grid say. acts: the columns of the returns, for every row of the grid.

    placed: the numbers of the rows whose station is known. returns: those of them that are a return.
    """

    grid: Grid
    places: Places
    acts: Dictionary[str, pa.Array]
    placed: Rows
    returns: Rows


def read_grid(grid: Grid, mapping: Mapping) -> Reading:
    """What the rows say; those that cannot be read are reported to the grid."""
    places = places_of(grid, mapping)
    placed = _sound(grid)
    acts = _acts(grid, mapping, places)
    return Reading(grid, places, acts, pc.indices_nonzero(placed), _returned(acts, placed, _sound(grid)))


def _sound(grid: Grid) -> pa.Array:
    """Whether each row is without a fault so far."""
    sound = [True] * len(grid)
    for row in grid.faults:
        sound[row] = False
    return pa.array(sound, pa.bool_())


def _returned(columns: Dictionary[str, pa.Array], placed: pa.Array, sound: pa.Array) -> Rows:
    """The rows that can be read and state any figure, or say why they do not."""
    stated = pa.repeat(False, len(placed))
    for name, values in columns.items():
        if name not in ("station", "act", "stage", "status"):
            stated = pc.or_(stated, pc.is_valid(values))
    return pc.indices_nonzero(pc.and_(pc.and_(stated, placed), sound))


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
        "station": places.station["id"],
        "act": pa.repeat(pa.scalar(1, pa.int64()), count),
        "stage": pa.repeat("count", count),
        "status": pa.repeat("accepted", count),
    }
    words = unread(grid, mapping.figures, mapping.cells)
    return columns | ({"unread": words} if words is not None else {}) | figures


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
    votes = [vote for vote in mapping.votes if vote.name]
    sources = [source] * len(votes)
    who = "people" if mapping.candidates == "people" else "organisations"
    kind = {"kind": ["party"] * len(votes)} if who == "organisations" else {}
    ids = [vote.choice for vote in votes]
    languages = dict.fromkeys(language for vote in votes for language in vote.names)
    names = {f"name.{language}": [vote.names.get(language, "") for vote in votes] for language in languages}
    named = {"id": ids, "name": [vote.name for vote in votes], **names, **kind, "source": sources}
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
    placed = reading.placed
    above = pa.repeat("", len(reading.grid))
    parts = []
    for level, (ids, names) in zip(mapping.areas, reading.places.areas, strict=True):
        distinct = pc.unique(ids.take(placed))
        first = placed.take(pc.index_in(distinct, ids.take(placed)))
        kinds = pa.repeat(level.kind, len(distinct))
        parts.append(pa.table({"id": distinct, "parent": above.take(first), "kind": kinds, "name": names.take(first)}))
        above = ids
    columns = {
        name: column.combine_chunks() for name, column in zip(_AREA, pa.concat_tables(parts).columns, strict=True)
    }
    ids = columns["id"].to_pylist()
    return _table("areas", TABLES["areas"], {**columns, "source": [source] * len(ids)}, ids)


def _stations(reading: Reading, mapping: Mapping, sources: Sequence[str]) -> Table:
    rows, station = reading.placed, reading.places.station
    ids = station["id"].take(rows)
    columns: dict[str, Values] = {"id": ids, "area": reading.places.areas[-1][0].take(rows)}
    columns |= {name: station[name].take(rows) for name in ("name", "kind") if name in station}
    if mapping.station.registered:
        columns["registered"] = reading.acts[mapping.station.registered].take(rows)
    if "address" in station:
        columns["address"] = station["address"].take(rows)
    columns["source"] = reading.grid.per_sheet(sources).take(rows)
    return _table("stations", TABLES["stations"], columns, ids.to_pylist())


def _returns(reading: Reading, mapping: Mapping, sources: Sequence[str]) -> Table:
    name = f"returns/{mapping.the_contest.id}"
    rows = reading.returns
    columns: dict[str, Values] = {column: values.take(rows) for column, values in reading.acts.items()}
    columns["source"] = reading.grid.per_sheet(sources).take(rows)
    stations = reading.acts["station"].take(rows)
    first = pa.repeat(pa.scalar(1, pa.int64()), len(stations))
    return _table(name, RETURNS, columns, Ids(lambda: made_act_ids(name, stations, first), len(stations)))


def _table(name: str, shape: TableShape, columns: Dictionary[str, Values], ids: Sequence[str]) -> Table:
    data = _data(columns)
    return Table(name, shape, f"{name}.csv", data, range(2, data.num_rows + 2), ids)


def _data(columns: Dictionary[str, Values]) -> pa.Table:
    """The columns as the record holds them, null where empty."""
    return pa.table({name: _or_null(cells) for name, cells in columns.items()})


def _or_null(cells: Values) -> pa.Array:
    values = pa.array(cells, pa.string()) if isinstance(cells, list) else cells
    if values.type != pa.string():
        return values
    return pc.if_else(pc.equal(values, ""), pa.scalar(None, pa.string()), values)
