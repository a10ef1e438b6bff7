"""Stations, and the areas that they lie in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.record.folder import Record
from tallyroom.record.rows import in_one

__all__ = ["STATIONS", "asked_for", "chains", "stations_in_force", "within"]

STATIONS = pa.schema([("station", "string"), ("area", "string"), ("registered", "int64")])
_WITHIN = pa.schema([("place", "string"), ("ancestor", "string")])


def stations_in_force(record: Record) -> pa.Table:
    """Every station in force with its area, register and groups, under its first id."""
    table = record.tables.get("stations")
    if table is None:
        return STATIONS.empty_table().append_column("groups", pa.array([], pa.string()))
    columns = {name: in_one(table.columns[name]) for name in table.columns.column_names}
    ids, nothing = table.id_array, pa.nulls(len(table), pa.int64())
    if "supersedes" in columns and columns["supersedes"].null_count < len(table):
        rows = {row.line: row.id for row in record.current("stations")}
        stands = pa.array([line in rows for line in table.lines])
        columns = {name: values.filter(stands) for name, values in columns.items()}
        ids, nothing = [rows[line] for line in table.lines if line in rows], nothing.filter(stands)
    return pa.table(
        {
            "station": ids,
            "area": columns["area"],
            "registered": columns.get("registered", nothing),
            "groups": columns.get("groups", nothing.cast(pa.string())),
        },
        pa.schema([*STATIONS, ("groups", "string")]),
    )


def chains(record: Record) -> dict[str, list[str]]:
    """Area → itself and every area above it, from the smallest up."""
    parents = {row.id: row["parent"] for row in record.current("areas")}
    groups = {row.id for row in record.current("areas") if row["kind"] == "group"}
    above: dict[str, list[str]] = {}
    for area in parents:
        chain, at = [area], parents[area]
        # A group is in no other area's sum.
        while at and area not in groups:
            chain.append(at)
            at = parents.get(at, "")
        above[area] = chain
    return above


def within(record: Record, stations: pa.Table) -> pa.Table:
    """Every area and station with itself, each area above it, and its groups."""
    above = chains(record)
    rows = [_areas(above), _selves(stations)]
    at = pc.index_in(in_one(stations["area"]), pa.array(above, pa.string()))
    for step in range(max(map(len, above.values()), default=0)):
        # The area so many steps above each station's own; null where its chain is shorter.
        higher = pa.array([chain[step] if step < len(chain) else None for chain in above.values()], pa.string())
        table = pa.table({"place": stations["station"], "ancestor": higher.take(at)}, _WITHIN)
        rows.append(table.filter(table["ancestor"].is_valid()))
    return pa.concat_tables([*rows, _grouped(stations)])


def asked_for(above: Mapping[str, Sequence[str]], stations: pa.Table, level: str) -> pa.Table:
    """The part of `within` that a tabulation needs: stations' chains of areas follow from their smallest one."""
    return pa.concat_tables([_areas(above), _selves(stations) if level == "station" else _grouped(stations)])


def _areas(above: Mapping[str, Sequence[str]]) -> pa.Table:
    """The rows of areas: each with itself and every area above it."""
    places = [area for area, chain in above.items() for _ in chain]
    return pa.table({"place": places, "ancestor": [a for chain in above.values() for a in chain]}, _WITHIN)


def _selves(stations: pa.Table) -> pa.Table:
    return pa.table({"place": stations["station"], "ancestor": stations["station"]}, _WITHIN)


def _grouped(stations: pa.Table) -> pa.Table:
    grouped = stations.filter(stations["groups"].is_valid())
    members = zip(grouped["station"].to_pylist(), grouped["groups"].to_pylist(), strict=True)
    pairs = [(name, group) for name, groups_of in members for group in groups_of.split()]
    return pa.table({"place": [p for p, _ in pairs], "ancestor": [g for _, g in pairs]}, _WITHIN)
