"""The maps of a record: `map.geojson` or `map.topojson` with the shapes of areas, `map.hexjson` with hexagons.

A map is read whole with the record, so that one that cannot be drawn is a fault like any other. Whether its
areas are those of `areas.csv` is not asked here: a map of a whole country serves records of a part of it,
and the page says which areas and shapes found no match.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tallyroom.errors import Fault
from tallyroom.record.csvfile import decode
from tallyroom.record.hexes import Hexes, read_hexes
from tallyroom.record.shapes import Feature, geojson_features, topojson_features

__all__ = ["MAPS", "Maps", "read_maps"]

# Each file, and what it holds, for `docs/record.md`.
MAPS = {
    "map.geojson": "the shapes of areas as GeoJSON (RFC 7946): features of polygons in degrees (WGS 84)",
    "map.topojson": "the same as TopoJSON, quantized or not; one of the two",
    "map.hexjson": "a hexagon for each area, as HexJSON: odd-r, even-r, odd-q or even-q",
}
_SHAPES = ("map.geojson", "map.topojson")


@dataclass(frozen=True)
class Maps:
    """What a record's map files hold. files: name → bytes as written; features: None without shapes."""

    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    features: tuple[Feature, ...] | None = None
    hexes: Hexes | None = None

    @property
    def shapes_file(self) -> str:
        """The file with the shapes; empty for none."""
        return next((name for name in _SHAPES if name in self.files), "")


def read_maps(files: Mapping[str, bytes], faults: list[Fault]) -> Maps:
    """The maps of these files, name → bytes; what cannot be read is a fault."""
    features, hexes = None, None
    if all(name in files for name in _SHAPES):
        mend = "Take one of the two away: nobody could say which of them holds."
        faults.append(Fault(_SHAPES[1], 0, "", f"the same map as {_SHAPES[0]}", "one map of shapes", mend))
    for name, data in files.items():
        found: list[Fault] = []
        document = _document(data, name, found)
        if not found and name == "map.hexjson":
            hexes = read_hexes(document, name, found)
        elif not found:
            read = geojson_features if name == "map.geojson" else topojson_features
            features = read(document, name, found)
        faults += found
    return Maps(files, features, hexes)


class _Twice(ValueError):
    """A key that stands twice in one object."""


def _document(data: bytes, file: str, faults: list[Fault]) -> Any:
    text, bad = decode(data, file)
    faults += bad
    if bad:
        return None
    try:
        document = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
        if "\\ud" in text.lower():  # half a letter, which no page could show
            json.dumps(document, ensure_ascii=False).encode()
        return document
    except json.JSONDecodeError as error:
        faults.append(Fault(file, error.lineno, "", f"no JSON from letter {error.colno} on", "JSON", ""))
    except _Twice as twice:
        faults.append(Fault(file, 0, "", f"the key {twice} twice in one object", "each key once", ""))
    except (ValueError, RecursionError) as error:
        mend = "It may hold NaN, half a letter, an endless number or brackets without end."
        faults.append(Fault(file, 0, "", f"no JSON ({str(error)[:60]})", "JSON", mend))
    return None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _Twice(repr(next(key for key in keys if keys.count(key) > 1)))
    return found


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")
