"""The shapes of areas, as `map.geojson` (RFC 7946) or `map.topojson` gives them.

Kept as they are written, in degrees; drawing is not done here. A feature names its area by the property
`area`, or else by its `id`. What is no surface (points, lines) is kept as a feature without one.

Sources: RFC 7946, sections 3.1 to 3.3; the TopoJSON format specification (github.com/topojson), 2.1 and 2.2.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tallyroom.errors import Fault

__all__ = ["Feature", "Place", "Polygon", "Ring", "geojson_features", "topojson_features"]

Place = tuple[float, float]  # degrees east, degrees north
Ring = tuple[Place, ...]
Polygon = tuple[Ring, ...]  # the outline, then its holes

_DEGREES = "longitude and latitude in degrees, WGS 84"
_SAVE_AS = "Save the map with longitudes of -180 to 180 and latitudes of -90 to 90 (EPSG:4326)."
# Some maps go on beyond 180 degrees where a country lies on both sides of that meridian.
_LONGITUDE, _LATITUDE = 360.0, 90.0
_NO_SURFACE = ("Point", "MultiPoint", "LineString", "MultiLineString")


@dataclass(frozen=True)
class Feature:
    """One feature: the id that it gives, empty for none, where it stands in the file, and its surface."""

    area: str
    at: str
    polygons: tuple[Polygon, ...] = field(default=(), repr=False)


class _Wrong(Exception):
    """What is wrong in one feature: found, expected, mend."""


def geojson_features(document: Any, file: str, faults: list[Fault]) -> tuple[Feature, ...]:
    """The features of a GeoJSON document; each that cannot be read is a fault."""
    kind = document.get("type") if isinstance(document, dict) else None
    features = [document] if kind == "Feature" else document.get("features") if kind == "FeatureCollection" else None
    if not isinstance(features, list):
        found = f"GeoJSON of type {kind!r}" if kind else "no GeoJSON"
        faults.append(Fault(file, 0, "", found, "a FeatureCollection with a list of features", "See RFC 7946."))
        return ()
    read = [_feature(one, f"feature {n}", _geojson_surface, file, faults) for n, one in enumerate(features, 1)]
    return tuple(one for one in read if one)


def topojson_features(document: Any, file: str, faults: list[Fault]) -> tuple[Feature, ...]:
    """The features of every object of a TopoJSON document; each that cannot be read is a fault."""
    try:
        topology = _Topology(document)
    except _Wrong as wrong:
        faults.append(Fault(file, 0, "", *wrong.args))
        return ()
    read = [_feature(one, at, topology.surface, file, faults) for at, one in topology.geometries()]
    return tuple(one for one in read if one)


def _feature(one: Any, at: str, surface: Any, file: str, faults: list[Fault]) -> Feature | None:
    try:
        if not isinstance(one, dict):
            raise _Wrong(_said(one), "a feature", "")
        area = _area(one)
        at = f"{at} ({area})" if area else at
        return Feature(area, at, tuple(surface(one)))
    except _Wrong as wrong:
        found, expected, mend = wrong.args
        faults.append(Fault(file, 0, "", f"{found} in {at}", expected, mend))
    except RecursionError:
        faults.append(Fault(file, 0, "", f"collections without end in {at}", "a polygon", ""))
    return None


def _area(one: dict[str, Any]) -> str:
    properties = one.get("properties")
    named = properties.get("area") if isinstance(properties, dict) else None
    for name in (named, one.get("id")):
        if isinstance(name, str | int) and not isinstance(name, bool) and name != "":
            return str(name)
    return ""


def _geojson_surface(one: dict[str, Any]) -> Iterator[Polygon]:
    geometry = one.get("geometry")
    if geometry is not None:
        yield from _polygons(geometry, "coordinates", _place_ring)


def _polygons(geometry: Any, key: str, ring: Any) -> Iterator[Polygon]:
    """The polygons of a geometry, whose rings are made by `ring` of what stands under `key`."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind == "GeometryCollection":
        for inner in _list(geometry.get("geometries"), "a list of geometries"):
            yield from _polygons(inner, key, ring)
    elif kind == "Polygon":
        yield tuple(ring(one) for one in _list(geometry.get(key), "a list of rings"))
    elif kind == "MultiPolygon":
        for polygon in _list(geometry.get(key), "a list of polygons"):
            yield tuple(ring(one) for one in _list(polygon, "a list of rings"))
    elif kind is not None and kind not in _NO_SURFACE:
        raise _Wrong(f"a geometry of type {_said(kind)}", "Polygon or MultiPolygon", "")
    elif not isinstance(geometry, dict) or (kind is None and geometry):
        raise _Wrong(_said(geometry), "a geometry", "")


def _place_ring(places: Any) -> Ring:
    return tuple(_place(place) for place in _list(places, "a list of positions"))


def _place(place: Any) -> Place:
    lon, lat = _pair(place)
    if not (abs(lon) <= _LONGITUDE and abs(lat) <= _LATITUDE):
        raise _Wrong(f"the position {_said([lon, lat])}", _DEGREES, _SAVE_AS)
    return lon, lat


def _pair(place: Any) -> tuple[float, float]:
    # Further numbers, such as the height, are allowed and not used.
    if not isinstance(place, list) or len(place) < 2 or not all(map(_is_number, place[:2])):
        raise _Wrong(f"the position {_said(place)}", _DEGREES, "A position is two numbers.")
    return float(place[0]), float(place[1])


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and abs(value) < 1e15


def _list(value: Any, expected: str) -> list[Any]:
    if not isinstance(value, list):
        raise _Wrong(_said(value), expected, "")
    return value


def _said(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:40]}…"


class _Topology:
    """The arcs of a TopoJSON document, unpacked, and the geometries made of them."""

    def __init__(self, document: Any) -> None:
        kind = document.get("type") if isinstance(document, dict) else None
        if kind != "Topology":
            raise _Wrong(f"TopoJSON of type {_said(kind)}", "a Topology", "")
        self.objects = document.get("objects")
        if not isinstance(self.objects, dict):
            raise _Wrong("no objects", "a Topology with objects", "")
        self.scale, self.shift = _transform(document.get("transform"))
        self.arcs = [self._arc(arc, n) for n, arc in enumerate(_list(document.get("arcs"), "a list of arcs"))]

    def _arc(self, arc: Any, number: int) -> Ring:
        at_x = at_y = 0.0
        places = []
        try:
            for place in _list(arc, "a list of positions"):
                x, y = _pair(place)
                if self.scale:
                    # A quantized arc gives each position as its distance from the one before.
                    at_x, at_y = at_x + x, at_y + y
                    x, y = at_x * self.scale[0] + self.shift[0], at_y * self.scale[1] + self.shift[1]
                places.append(_place([x, y]))
        except _Wrong as wrong:
            found, expected, mend = wrong.args
            raise _Wrong(f"{found} in arc {number}", expected, mend) from wrong
        return tuple(places)

    def geometries(self) -> Iterator[tuple[str, Any]]:
        """Each geometry, with where it stands; those of collections one by one."""
        for name, one in self.objects.items():
            if isinstance(one, dict) and one.get("type") == "GeometryCollection" and not _area(one):
                geometries = one.get("geometries")
                for number, inner in enumerate(geometries if isinstance(geometries, list) else [None], 1):
                    yield f"{name}, geometry {number}", inner
            else:
                yield name, one

    def surface(self, one: dict[str, Any]) -> Iterator[Polygon]:
        """The polygons of a geometry."""
        if one.get("type") is not None:
            yield from _polygons(one, "arcs", self.ring)

    def ring(self, indexes: Any) -> Ring:
        """The arcs of a ring, one after the other; the end of one is the start of the next."""
        places: list[Place] = []
        for index in _list(indexes, "a list of arcs"):
            arc = self._at(index)
            places += arc[1:] if places else arc
        return tuple(places)

    def _at(self, index: Any) -> Sequence[Place]:
        if not isinstance(index, int) or isinstance(index, bool) or not -len(self.arcs) <= index < len(self.arcs):
            raise _Wrong(f"arc {_said(index)}", f"an arc from 0 to {len(self.arcs) - 1}", "")
        return self.arcs[index] if index >= 0 else self.arcs[~index][::-1]


def _transform(transform: Any) -> tuple[tuple[float, float] | None, tuple[float, float]]:
    if transform is None:
        return None, (0.0, 0.0)
    if not isinstance(transform, dict):
        raise _Wrong(f"the transform {_said(transform)}", "scale and translate", "")
    return _pair(transform.get("scale")), _pair(transform.get("translate"))
