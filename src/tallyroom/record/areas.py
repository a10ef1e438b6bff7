"""What areas and stations say of each other: no area lies in itself, and a group is no place to lie in."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.errors import Fault
from tallyroom.record.corrections import circles, in_force
from tallyroom.record.rows import Table

__all__ = ["faults_of_areas", "faults_of_stations"]


def faults_of_areas(areas: Table) -> Iterator[Fault]:
    """Circles among the areas in force, and areas inside a group."""
    if "parent" not in areas.columns.column_names:
        return
    rows = in_force(areas)
    above, kind = areas.columns["parent"].to_pylist(), areas.columns["kind"].to_pylist()
    parents = {area: above[number] for area, number in rows.items()}
    for start in circles(parents):
        mend = "Following the parents from here comes back here: mend one of them."
        yield Fault(
            areas.file, areas.lines[rows[start]], "parent", f"'{parents[start]}'", "an area above this one", mend
        )
    for area, parent in parents.items():
        if parent in rows and kind[rows[parent]] == "group" and kind[rows[area]] != "group":
            mend = "A group is in no other area's sum; stations name it in `groups`."
            line = areas.lines[rows[area]]
            yield Fault(areas.file, line, "parent", f"'{parent}', a group", "an area that is no group", mend)


def faults_of_stations(stations: Table, areas: Table) -> Iterator[Fault]:
    """Stations in a group as their area, and groups that are none."""
    kind = areas.columns["kind"].to_pylist()
    known = in_force(areas)
    groups = {area for area, number in known.items() if kind[number] == "group"}
    names = stations.columns.column_names
    for at in pc.indices_nonzero(pc.is_in(stations.columns["area"], pa.array(sorted(groups), pa.string()))).to_pylist():
        mend = "Name the group in `groups`, and in `area` the constituency or region."
        found = f"'{stations.columns['area'][at]}', a group"
        yield Fault(stations.file, stations.lines[at], "area", found, "an area that is no group", mend)
    if "groups" not in names:
        return
    for at in pc.indices_nonzero(stations.columns["groups"].combine_chunks().is_valid()).to_pylist():
        for name in stations.columns["groups"][at].as_py().split():
            if name in known and name not in groups:
                mend = "Only areas of kind group stand here."
                yield Fault(stations.file, stations.lines[at], "groups", f"'{name}'", "an area of kind group", mend)
