"""Places on the globe laid flat without changing any area's size, centred on what is to be drawn.

Equal area, since a shape that is shaded speaks by its size. Centred on the data, so that a country at any
latitude, and on both sides of the 180th meridian, looks as in its own atlas. The earth as a sphere: on a
page 720 pixels wide the flattening moves a border by less than the width of a line.

Source: Snyder, Map Projections: A Working Manual (USGS Professional Paper 1395, 1987), Lambert azimuthal
equal-area, equations 24-2 to 24-4 (pages 185 to 187).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from math import cos, radians, sin, sqrt

from tallyroom.record.shapes import Place

__all__ = ["centre_of", "flat"]

# The far side of the globe is a single point for the whole edge of the map: it is kept at a finite distance.
_FAR = 1e-6


def centre_of(places: Iterable[Place]) -> Place:
    """The middle of these places: of longitudes, that of the shortest arc that holds them all.

    With the widest empty gap left outside, a country across the 180th meridian is in one piece.
    """
    known = list(places)
    if not known:
        return 0.0, 0.0
    lons = sorted({lon % 360 for lon, _ in known})
    gaps = [(after - before, after) for before, after in pairwise([*lons, lons[0] + 360])]
    gap, start = max(gaps)
    lats = [lat for _, lat in known]
    return (start + (360 - gap) / 2) % 360, (min(lats) + max(lats)) / 2


def flat(centre: Place) -> Callable[[Place], Place]:
    """What lays a place flat around a centre: x to the right, y upwards, in radii of the globe."""
    lon0, lat0 = radians(centre[0]), radians(centre[1])
    sin0, cos0 = sin(lat0), cos(lat0)

    def laid(place: Place) -> Place:
        away, lat = radians(place[0]) - lon0, radians(place[1])
        sin_lat, cos_lat, cos_away = sin(lat), cos(lat), cos(away)
        k = sqrt(2 / max(1 + sin0 * sin_lat + cos0 * cos_lat * cos_away, _FAR))
        return k * cos_lat * sin(away), k * (cos0 * sin_lat - sin0 * cos_lat * cos_away)

    return laid
