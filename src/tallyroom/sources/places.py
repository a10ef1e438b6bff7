"""Areas and stations of the rows: who each row is about.

An id is made of the row's cells by the mapping's texts. Two rows with one id are two readings of one
station, and which is right cannot be told: both are reported, and neither is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.record.cells import looks_like_a_date, typed
from tallyroom.record.columns import Kind
from tallyroom.record.keys import ID_PATTERN
from tallyroom.record.tables import TABLES
from tallyroom.sources.grid import Grid
from tallyroom.sources.headers import normal
from tallyroom.sources.mapping import Mapping, StationKind
from tallyroom.sources.templates import as_id

__all__ = ["Places", "places_of"]


@dataclass
class Places:
    """For each row its areas from the nation down as (id, name), and its station's cells by column."""

    areas: list[tuple[pa.Array, pa.Array]]
    station: dict[str, pa.Array]


def places_of(grid: Grid, mapping: Mapping) -> Places:
    """The areas and station of each row; rows for which they cannot be told are reported to the grid."""
    columns = _columns(grid, mapping)
    filled = {place: template.fill(columns, len(grid)) for place, template in mapping.templates.items()}
    _needed(grid, mapping, columns)
    areas = [
        (_each(filled[f"areas[{level}].id"], as_id), filled[f"areas[{level}].name"])
        for level in range(len(mapping.areas))
    ]
    station = {"id": _each(filled["station.id"], as_id)}
    if mapping.station.name:
        station["name"] = filled["station.name"]
    if mapping.station.kind:
        station["kind"] = _kinds(grid, mapping.station.kind)
    if mapping.station.address:
        station["address"] = filled["station.address"]
    for ids, names in areas:
        _check(grid, "areas", {"id": ids, "name": names})
    _check(grid, "stations", station)
    _agree(grid, areas)
    _once(grid, station["id"])
    return Places(areas, station)


def _each(cells: pa.Array, function: Callable[[str], str]) -> pa.Array:
    """The function's text for every cell, worked out once for each distinct one."""
    distinct = pc.dictionary_encode(cells)
    return pa.array(map(function, distinct.dictionary.to_pylist()), pa.string()).take(distinct.indices)


def _where(mask: pa.Array) -> list[int]:
    rows: list[int] = pc.indices_nonzero(mask).to_pylist()
    return rows


def _columns(grid: Grid, mapping: Mapping) -> dict[str, pa.Array]:
    """The cells that texts are made of, by what the texts call them."""
    parts = mapping.part_names
    wanted = {field.name for template in mapping.templates.values() for field in template.fields}
    columns = {name: grid.text(name) for name in wanted if name not in parts}
    for header, pattern in mapping.parts.items():
        columns |= _parts(grid, header, re.compile(pattern))
    return columns


def _parts(grid: Grid, header: str, pattern: re.Pattern[str]) -> dict[str, pa.Array]:
    name = normal(header)
    cells = grid.text(name)
    found = {cell: pattern.search(cell) for cell in pc.unique(cells).to_pylist()}
    strange = pa.array([cell for cell, match in found.items() if match is None], pa.string())
    for row in _where(pc.is_in(cells, strange)):
        grid.report(row, header, f"'{cells[row]}'", f"a text that fits {pattern.pattern}", "Mend the file, or [parts].")
    groups = {cell: match.groupdict("") if match else {} for cell, match in found.items()}
    return {f"{name}.{part.casefold()}": _each(cells, partial(_part, groups, part)) for part in pattern.groupindex}


def _part(groups: dict[str, dict[str, str]], part: str, cell: str) -> str:
    return groups[cell].get(part, "")


def _needed(grid: Grid, mapping: Mapping, columns: dict[str, pa.Array]) -> None:
    """Reports rows in which a cell that an id is made of is empty."""
    ids = {place: template for place, template in mapping.templates.items() if place.endswith(".id")}
    needed = {f.name: (f.written, place) for place, t in ids.items() for f in t.fields if f.instead is None}
    for name, (written, place) in needed.items():
        mend = f"If that may be, say in {place} what then stands there: {{{written}|none}}."
        for row in _where(pc.equal(columns[name], "")):
            if row not in grid.faults:
                grid.report(row, written, "empty", "a text, since ids are made of it", mend)


def _kinds(grid: Grid, kind: StationKind) -> pa.Array:
    words = {"": kind.empty} | {normal(word): means for word, means in kind.words.items()}
    cells = grid.text(normal(kind.column))
    means = {cell: words.get(normal(cell) if cell else "", kind.other) for cell in pc.unique(cells).to_pylist()}
    for row in _where(pc.is_in(cells, pa.array([cell for cell, word in means.items() if word is None], pa.string()))):
        grid.report(row, kind.column, f"'{cells[row]}'", "a word that station.kind names", "Add it to words.")
    return _each(cells, lambda cell: means[cell] or "")


def _check(grid: Grid, table: str, columns: dict[str, pa.Array]) -> None:
    """Reports rows whose cells the record would not take, such as an id beyond 100 letters."""
    for name, cells in columns.items():
        column = TABLES[table].column(name)
        assert column is not None, "areas and stations have these columns"
        rows = _where(_doubtful(column.kind, cells))
        for fault in typed(column, cells.take(pa.array(rows, pa.int64())).to_pylist(), rows, "", UTC)[1]:
            grid.take(fault)


def _doubtful(kind: Kind, cells: pa.Array) -> pa.Array:
    """Whether each cell could be one that the record does not take."""
    if kind is Kind.ID:
        distinct = pc.dictionary_encode(cells)
        sure = [
            bool(ID_PATTERN.fullmatch(cell)) and not looks_like_a_date(cell) for cell in distinct.dictionary.to_pylist()
        ]
        return pc.invert(pa.array(sure, pa.bool_()).take(distinct.indices))
    if kind is Kind.TEXT:
        return pc.match_substring_regex(cells, r"\p{Cc}")
    return pa.repeat(True, len(cells))


def _agree(grid: Grid, areas: Sequence[tuple[pa.Array, pa.Array]]) -> None:
    """Reports rows that give an area another name, or lay it in another area, than most rows do."""
    above = pa.repeat("", len(grid))
    for ids, names in areas:
        said = pa.table({"id": ids, "name": names, "parent": above, "row": pa.array(range(len(grid)))})
        each = said.group_by(["id", "name", "parent"]).aggregate([("row", "count"), ("row", "min")])
        usual: dict[str, tuple[str, str]] = {}
        for row in each.sort_by([("row_count", "descending"), ("row_min", "ascending")]).to_pylist():
            usual.setdefault(row["id"], (row["name"], row["parent"]))
        if each.num_rows > len(usual):
            _disagree(grid, usual, said.select(["id", "name", "parent"]).to_pylist())
        above = ids


def _disagree(grid: Grid, usual: dict[str, tuple[str, str]], said: Sequence[dict[str, str]]) -> None:
    for row, (area, name, parent) in enumerate(cells.values() for cells in said):
        if usual[area] != (name, parent):
            found = f"called '{name}' in '{parent}'"
            expected = f"'{usual[area][0]}' in '{usual[area][1]}', as in most rows"
            mend = "If they are two areas, let the mapping make their ids of more columns."
            grid.report(row, f"area {area}", found, expected, mend)


def _once(grid: Grid, stations: pa.Array) -> None:
    """Reports every row of a station that has more than one."""
    counted = pc.value_counts(stations)
    several = counted.filter(pc.greater(counted.field("counts"), 1)).field("values")
    rows: dict[str, list[int]] = {}
    for row in _where(pc.is_in(stations, several)):
        rows.setdefault(stations[row].as_py(), []).append(row)
    mend = "Take one away, or let station.id in the mapping hold more columns."
    for station, all_rows in rows.items():
        places = [grid.place(row) for row in all_rows]
        for row, place in zip(all_rows, places, strict=True):
            others = [other for other in places if other != place]
            more = f" and {len(others) - 5} more" if len(others) > 5 else ""
            found = f"also that of {', '.join(others[:5])}{more}"
            grid.report(row, f"station {station}", found, "each station once", mend)
