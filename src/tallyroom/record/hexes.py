"""The hexagons of areas, as `map.hexjson` gives them: one tile an area, by column `q` and row `r`.

In HexJSON rows grow upwards, and rows or columns are shifted by their absolute number: with `odd-r` the odd
rows stand half a tile further right, with `odd-q` the odd columns half a tile higher; `even-r` and `even-q`
are the same of the even ones. Boundaries (version 1.1) and other fields are not used.

Source: Open Innovations, HexJSON format 1.1 (open-innovations.org/projects/hexmaps/hexjson.html).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tallyroom.errors import Fault

__all__ = ["LAYOUTS", "Hexes", "read_hexes"]

LAYOUTS = ("odd-r", "even-r", "odd-q", "even-q")
_FARTHEST = 10_000


@dataclass(frozen=True)
class Hexes:
    """The layout, and area → column and row."""

    layout: str
    tiles: Mapping[str, tuple[int, int]] = field(repr=False)


def read_hexes(document: Any, file: str, faults: list[Fault]) -> Hexes | None:
    """The hexagons of a HexJSON document, no two in one place; None, and faults, where it cannot be read."""
    layout = document.get("layout") if isinstance(document, dict) else None
    tiles = document.get("hexes") if isinstance(document, dict) else None
    if layout not in LAYOUTS:
        faults.append(Fault(file, 0, "layout", _said(layout), f"one of {', '.join(LAYOUTS)}", "See HexJSON 1.1."))
    if not isinstance(tiles, dict):
        faults.append(Fault(file, 0, "hexes", _said(tiles), "an object with a hexagon for each area", ""))
        return None
    taken: dict[tuple[int, int], str] = {}
    found: dict[str, tuple[int, int]] = {}
    for key, tile in tiles.items():
        at, area = _at(tile), _area(key, tile)
        if at is None:
            said = f"{_said(tile)} at {_said(key)}"
            faults.append(Fault(file, 0, "q, r", said, f"two whole numbers up to {_FARTHEST:,}", ""))
        elif at in taken:
            mend = "Each hexagon needs a place of its own."
            faults.append(Fault(file, 0, "q, r", f"{at[0]}, {at[1]} at {_said(key)}", f"not that of {taken[at]}", mend))
        elif area in found:
            faults.append(Fault(file, 0, "area", f"{_said(area)} at {_said(key)}", "each area once", ""))
        else:
            taken[at] = key
            found[area] = at
    return Hexes(layout, found) if layout in LAYOUTS else None


def _at(tile: Any) -> tuple[int, int] | None:
    q, r = (tile.get("q"), tile.get("r")) if isinstance(tile, dict) else (None, None)
    if not isinstance(q, int) or not isinstance(r, int) or isinstance(q, bool) or isinstance(r, bool):
        return None
    return (q, r) if abs(q) <= _FARTHEST and abs(r) <= _FARTHEST else None


def _area(key: str, tile: Any) -> str:
    named = tile.get("area") if isinstance(tile, dict) else None
    return named if isinstance(named, str) and named else key


def _said(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:40]}…"
