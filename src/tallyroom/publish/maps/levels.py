"""Which areas a map shows: those of one level, so that no area is counted twice.

A level is every area a number of steps below the whole, and those above it that have none below; together
they are the whole. Groups, which may overlap others, are on no map.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tallyroom.publish.maps.tiles import Group
from tallyroom.record.maps import Maps
from tallyroom.record.rows import Row

__all__ = ["AREAS_A_MAP", "Level", "level_of"]

AREAS_A_MAP = 700


@dataclass(frozen=True)
class Level:
    """The areas of a map in the record's order; others: areas that it could have shown instead."""

    areas: tuple[Row, ...]
    others: tuple[str, ...]

    @property
    def ids(self) -> list[str]:
        """The areas' ids."""
        return [row.id for row in self.areas]

    def groups(self, named: Mapping[str, str]) -> list[Group]:
        """The areas by what they lie in, in the record's order; without names where all lie in one. named: ids."""
        found: dict[str, list[str]] = {}
        for row in self.areas:
            found.setdefault(row["parent"], []).append(row.id)
        several = len(found) > 1
        return [Group(named.get(above, above) if several else "", tuple(ids)) for above, ids in found.items()]


def level_of(areas: Sequence[Row], maps: Maps) -> Level | None:
    """The lowest level that a map can show, of those that the record's own map is drawn for; None for one area."""
    levels = _levels([row for row in areas if row["kind"] != "group"])
    drawn = {feature.area for feature in maps.features or () if feature.polygons}
    placed = set(maps.hexes.tiles) if maps.hexes else set()

    def fits(level: Sequence[Row]) -> bool:
        ids = {row.id for row in level}
        return 2 * max(len(ids & drawn), len(ids & placed)) >= len(ids)

    small = [level for level in levels if 2 <= len(level) <= AREAS_A_MAP]
    best = next((level for level in reversed(small) if fits(level)), small[-1] if small else None)
    return Level(tuple(best), tuple(row.id for row in areas)) if best else None


def _levels(areas: Sequence[Row]) -> list[list[Row]]:
    """Every level, the whole first."""
    below: dict[str, list[Row]] = {}
    known = {row.id for row in areas}
    for row in areas:
        below.setdefault(row["parent"] if row["parent"] in known else "", []).append(row)
    levels = [below.get("", [])]
    while any(row.id in below for row in levels[-1]):
        levels.append([one for row in levels[-1] for one in below.get(row.id, [row])])
    return levels
