"""Areas and stations of the rows: who each row is about.

An id is made of the row's cells by the mapping's texts. Two rows with one id are two readings of one
station, and which is right cannot be told: both are reported, and neither is taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC

from tallyroom.record.cells import typed
from tallyroom.record.tables import TABLES
from tallyroom.sources.grid import Grid
from tallyroom.sources.headers import normal
from tallyroom.sources.mapping import Mapping, StationKind
from tallyroom.sources.templates import as_id

__all__ = ["Places", "places_of"]


@dataclass
class Places:
    """For each row its areas from the nation down as (id, name), and its station's cells by column."""

    areas: list[tuple[list[str], list[str]]]
    station: dict[str, list[str]]


def places_of(grid: Grid, mapping: Mapping) -> Places:
    """The areas and station of each row; rows for which they cannot be told are reported to the grid."""
    columns = _columns(grid, mapping)
    filled = {place: template.fill(columns, len(grid)) for place, template in mapping.templates.items()}
    _needed(grid, mapping, columns)
    areas = [
        (list(map(as_id, filled[f"areas[{level}].id"])), filled[f"areas[{level}].name"])
        for level in range(len(mapping.areas))
    ]
    station = {"id": list(map(as_id, filled["station.id"]))}
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


def _columns(grid: Grid, mapping: Mapping) -> dict[str, list[str]]:
    """The cells that texts are made of, by what the texts call them."""
    parts = mapping.part_names
    wanted = {field.name for template in mapping.templates.values() for field in template.fields}
    columns = {name: grid.text(name) for name in wanted if name not in parts}
    for header, pattern in mapping.parts.items():
        columns |= _parts(grid, header, re.compile(pattern))
    return columns


def _parts(grid: Grid, header: str, pattern: re.Pattern[str]) -> dict[str, list[str]]:
    name = normal(header)
    cells = grid.text(name)
    found = {cell: pattern.search(cell) for cell in set(cells)}
    for row, cell in enumerate(cells):
        if found[cell] is None:
            grid.report(row, header, f"'{cell}'", f"a text that fits {pattern.pattern}", "Mend the file, or [parts].")
    groups = {cell: match.groupdict("") if match else {} for cell, match in found.items()}
    return {f"{name}.{part.casefold()}": [groups[cell].get(part, "") for cell in cells] for part in pattern.groupindex}


def _needed(grid: Grid, mapping: Mapping, columns: dict[str, list[str]]) -> None:
    """Reports rows in which a cell that an id is made of is empty."""
    ids = {place: template for place, template in mapping.templates.items() if place.endswith(".id")}
    needed = {f.name: place for place, template in ids.items() for f in template.fields if f.instead is None}
    for name, place in needed.items():
        if "" in columns[name]:
            mend = f"If that may be, say in {place} what then stands there: {{{name}|none}}."
            for row in (row for row, cell in enumerate(columns[name]) if not cell and row not in grid.faults):
                grid.report(row, name, "empty", "a text, since ids are made of it", mend)


def _kinds(grid: Grid, kind: StationKind) -> list[str]:
    words = {"": kind.empty} | {normal(word): means for word, means in kind.words.items()}
    cells = grid.text(normal(kind.column))
    for row, cell in enumerate(cells):
        if normal(cell) not in words and not kind.other:
            grid.report(row, kind.column, f"'{cell}'", "a word that station.kind names", "Add it to words.")
    return [words.get(normal(cell), kind.other) for cell in cells]


def _check(grid: Grid, table: str, columns: dict[str, list[str]]) -> None:
    """Reports rows whose cells the record would not take, such as an id beyond 100 letters."""
    for name, cells in columns.items():
        column = TABLES[table].column(name)
        assert column is not None, "areas and stations have these columns"
        for fault in typed(column, cells, range(len(grid)), "", UTC)[1]:
            grid.take(fault)


def _agree(grid: Grid, areas: Sequence[tuple[list[str], list[str]]]) -> None:
    """Reports rows that give an area another name, or lay it in another area, than most rows do."""
    above = [""] * len(grid)
    for ids, names in areas:
        said = Counter(zip(ids, names, above, strict=True))
        usual: dict[str, tuple[str, str]] = {}
        for (area, name, parent), _ in said.most_common():
            usual.setdefault(area, (name, parent))
        if len(said) > len(usual):
            for row, (area, name, parent) in enumerate(zip(ids, names, above, strict=True)):
                if usual[area] != (name, parent):
                    found = f"called '{name}' in '{parent}'"
                    expected = f"'{usual[area][0]}' in '{usual[area][1]}', as in most rows"
                    mend = "If they are two areas, let the mapping make their ids of more columns."
                    grid.report(row, f"area {area}", found, expected, mend)
        above = ids


def _once(grid: Grid, stations: Sequence[str]) -> None:
    """Reports every row of a station that has more than one."""
    several = {station for station, count in Counter(stations).items() if count > 1}
    rows: dict[str, list[int]] = {}
    for row, station in enumerate(stations):
        if station in several:
            rows.setdefault(station, []).append(row)
    mend = "Take one away, or let station.id in the mapping hold more columns."
    for station, all_rows in rows.items():
        for row in all_rows:
            others = ", ".join(grid.place(other) for other in all_rows if other != row)
            grid.report(row, f"station {station}", f"also that of {others}", "each station once", mend)
