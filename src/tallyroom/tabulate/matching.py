"""Which stations of two records are the same one: nothing is guessed, and what the rule leaves out is counted.

    id     the same station id, in areas that are the same
    name   the same name in the same highest area below the whole (such as a region), where no other station
           of that area has the name in either record

Two areas are the same where they have the same id, or where a spelling of one (`name`, `name.xx`, names.csv) is a
spelling of the other and of no third. Whether a station of the same id or number still serves the same voters, no
record can tell: boundaries are redrawn in silence.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.record.folder import Record
from tallyroom.tabulate.frames import make_frames

__all__ = ["MatchedBy", "MatchedStations", "match_stations", "same_areas"]

MatchedBy = Literal["id", "name"]


@dataclass(frozen=True)
class MatchedStations:
    """The stations of two records that are the same: ids in the one and the other, in the order of the later record.

    only_now, only_then: those without a partner. elsewhere: how many of them have one of the same id (or name) whose
    area is not the same.
    """

    by: MatchedBy
    now: pa.Array
    then: pa.Array
    only_now: pa.Array
    only_then: pa.Array
    elsewhere: int

    def __len__(self) -> int:
        return len(self.now)


def match_stations(now: Record, then: Record, by: MatchedBy = "id") -> MatchedStations:
    """The stations of two records that are the same one, by a rule."""
    areas = same_areas(now, then)
    later = _keyed(now, by, {row.id: row.id for row in now.current("areas")})
    earlier = _keyed(then, by, areas)
    at = pc.index_in(later["key"].combine_chunks(), earlier["key"].combine_chunks())
    there = earlier["area"].combine_chunks().take(at)
    same = pc.fill_null(pc.equal(there, later["area"].combine_chunks()), False)
    of_now = later["station"].combine_chunks().filter(same)
    of_then = earlier["station"].combine_chunks().take(at.filter(same))
    every_now, every_then = _stations(now), _stations(then)
    return MatchedStations(
        by,
        of_now,
        of_then,
        every_now.filter(pc.invert(pc.is_in(every_now, of_now))),
        every_then.filter(pc.invert(pc.is_in(every_then, of_then))),
        len(at) - at.null_count - len(of_now),
    )


def same_areas(now: Record, then: Record) -> dict[str, str]:
    """The areas of the earlier record that are areas of the later one: earlier id → later id."""
    later = {row.id for row in now.current("areas")}
    spelt = _spellings(now)
    found = {row.id: row.id for row in then.current("areas") if row.id in later}
    taken = set(found.values())
    others: dict[str, set[str]] = defaultdict(set)
    for name, earlier in _spellings(then).items():
        for one in earlier - found.keys():
            others[one] |= spelt.get(name, set()) - taken
    claimed: dict[str, set[str]] = defaultdict(set)
    for one, of in others.items():
        for area in of:
            claimed[area].add(one)
    unique = {one: next(iter(of)) for one, of in others.items() if len(of) == 1}
    return found | {one: area for one, area in unique.items() if len(claimed[area]) == 1}


def _spellings(record: Record) -> dict[str, set[str]]:
    """Every spelling of an area's name → the areas that it names."""
    found: dict[str, set[str]] = defaultdict(set)
    areas = record.current("areas")
    ids = {row.id for row in areas}
    for row in areas:
        for column, name in row.items():
            if name and (column == "name" or column.startswith("name.")):
                found[_plain(name)].add(row.id)
    for row in record.current("names"):
        if row["of"] in ids:
            found[_plain(row["name"])].add(row["of"])
    return found


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _stations(record: Record) -> pa.Array:
    return make_frames(record).stations["station"].combine_chunks()


def _keyed(record: Record, by: MatchedBy, areas: Mapping[str, str]) -> pa.Table:
    """Each station with what it is found by, and its area as the later record calls it; null where it has none.

    areas: the record's areas → those of the later record.
    """
    if by == "name":
        return _by_name(record, areas)
    stations = make_frames(record).stations
    ids, smallest = stations["station"].combine_chunks(), stations["area"].combine_chunks()
    known = pc.index_in(smallest, pa.array(areas, pa.string()))
    return pa.table({"key": ids, "station": ids, "area": pa.array(areas.values(), pa.string()).take(known)})


def _by_name(record: Record, areas: Mapping[str, str]) -> pa.Table:
    highest = {area: areas[top] for area, top in _highest(record).items() if top in areas}
    rows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for station, name, area in _named(record):
        if name and area in highest:
            rows[highest[area], _plain(name)].append(station)
    alone = [(area, name, of[0]) for (area, name), of in rows.items() if len(of) == 1]
    columns = {
        "key": [f"{area}\n{name}" for area, name, _ in alone],
        "station": [station for _, _, station in alone],
        "area": [area for area, _, _ in alone],
    }
    return pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()})


def _highest(record: Record) -> dict[str, str]:
    """For each area the one directly below the whole that it lies in; the whole itself for the whole."""
    parents = {row.id: row["parent"] for row in record.current("areas")}
    found = {}
    for area in parents:
        at = area
        while parents.get(parents[at]):
            at = parents[at]
        found[area] = at
    return found


def _named(record: Record) -> Iterator[tuple[str, str, str]]:
    """Id, name and area of each station in force."""
    table = record.tables.get("stations")
    if table is None or "name" not in table.columns.column_names:
        return
    if "supersedes" in table.columns.column_names:
        yield from ((row.id, row["name"], row["area"]) for row in record.current("stations"))
        return
    columns = (table.columns[name].to_pylist() for name in ("id", "name", "area"))
    yield from ((station, name or "", area) for station, name, area in zip(*columns, strict=True))
