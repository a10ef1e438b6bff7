"""Areas as outlines on a drawing: projected, fitted, made short, with a place for a letter in each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from tallyroom.publish.maps.projection import centre_of, flat
from tallyroom.publish.maps.simplify import Grid, Loop, simplified
from tallyroom.record.shapes import Feature, Place, Ring

__all__ = ["HEIGHT", "WIDTH", "Outline", "Outlines", "outlines"]

# Steps of the drawing: two to a pixel of the wide page.
WIDTH, HEIGHT = 1440, 1520
_MARGIN = 4
# Outlines are made shorter on a finer grid: on the drawing's own, borders with very many points touch themselves,
# and each such place would look like one where borders meet.
_FINE = 64
# Points in all: with two numbers each, most of them on two outlines, they make about 45 kB.
_POINTS = 4_500
_SEEN = 6  # an area smaller than this is drawn as a dot, so that it can be seen and pointed at


@dataclass(frozen=True)
class Outline:
    """One area: its loops, holes among them, or a dot where it is too small; where a letter fits, how widely."""

    area: str
    loops: tuple[Loop, ...] = field(repr=False)
    dot: Grid | None
    letter: Grid
    room: int

    @property
    def path(self) -> str:
        """The loops as SVG path data, in steps from point to point."""
        return "".join(_path(loop) for loop in self.loops)


@dataclass(frozen=True)
class Outlines:
    """A drawing of areas. height: in steps; unmatched: features that name none of the areas."""

    areas: tuple[Outline, ...]
    height: int
    without: tuple[str, ...]
    unmatched: int


@lru_cache(maxsize=2)  # a site has the same outlines in every language
def outlines(
    features: tuple[Feature, ...], areas: tuple[str, ...], others: tuple[str, ...], most: int = _POINTS
) -> Outlines:
    """The outlines of these areas, in their order. others: areas of other levels, which are not drawn here."""
    rings: dict[str, list[Ring]] = defaultdict(list)
    known, wanted = {*areas, *others}, set(areas)
    unmatched = 0
    for feature in features:
        unmatched += feature.area not in known
        if feature.area in wanted:
            rings[feature.area] += [ring for polygon in feature.polygons for ring in polygon]
    height, loops = _fitted(rings)
    short = iter(simplified([loop for one in loops.values() for loop in one], most))
    found = {
        area: _outline(area, [_coarse(loop) for loop in one], [_coarse(next(short)) for _ in one])
        for area, one in loops.items()
        if one
    }
    drawn = [area for area in areas if area in found]
    without = [area for area in areas if area not in found]
    return Outlines(tuple(found[area] for area in drawn), height, tuple(without), unmatched)


def _fitted(rings: Mapping[str, Sequence[Ring]]) -> tuple[int, dict[str, list[Loop]]]:
    """The height of the drawing, and each area's loops on the fine grid; north is up."""
    places = [place for one in rings.values() for ring in one for place in ring]
    laid = flat(centre_of(places))
    points = {area: [[laid(place) for place in ring] for ring in one] for area, one in rings.items()}
    xs, ys = _ends([p for one in points.values() for ring in one for p in ring])
    room_x, room_y = WIDTH - 2 * _MARGIN, HEIGHT - 2 * _MARGIN
    scale = min(room_x / (xs[1] - xs[0] or 1e-9), room_y / (ys[1] - ys[0] or 1e-9))
    left = (WIDTH - (xs[1] - xs[0]) * scale) / 2

    def on_grid(place: Place) -> Grid:
        x, y = left + (place[0] - xs[0]) * scale, _MARGIN + (ys[1] - place[1]) * scale
        return round(x * _FINE), round(y * _FINE)

    height = round((ys[1] - ys[0]) * scale) + 2 * _MARGIN
    return height, {area: [_loop(map(on_grid, ring)) for ring in one if ring] for area, one in points.items()}


def _ends(places: Sequence[Place]) -> tuple[Place, Place]:
    if not places:
        return (0.0, 0.0), (0.0, 0.0)
    xs, ys = [x for x, _ in places], [y for _, y in places]
    return (min(xs), max(xs)), (min(ys), max(ys))


def _loop(points: Iterable[Grid]) -> Loop:
    """The points without those that repeat the one before."""
    kept: list[Grid] = []
    for point in points:
        if not kept or kept[-1] != point:
            kept.append(point)
    while len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    return tuple(kept)


def _coarse(loop: Loop) -> Loop:
    """A loop of the fine grid in the steps of the drawing."""
    return _loop((round(x / _FINE), round(y / _FINE)) for x, y in loop)


def _outline(area: str, whole: Sequence[Loop], short: Sequence[Loop]) -> Outline:
    loops = tuple(loop for loop in short if len(set(loop)) > 2)
    if not loops:  # so small among large ones that nothing of it was kept
        loops = tuple(loop for loop in (max(whole, key=len),) if len(set(loop)) > 2)
    points = [point for loop in loops for point in loop]
    if points and (max(_spread(points, 0), _spread(points, 1)) >= _SEEN):
        letter, room = _letter(loops)
        return Outline(area, loops, None, letter, room)
    every = [point for loop in whole for point in loop]
    middle = (sum(_range(every, 0)) // 2, sum(_range(every, 1)) // 2)
    return Outline(area, (), middle, middle, 0)


def _range(points: Sequence[Grid], axis: int) -> Grid:
    values = [point[axis] for point in points]
    return min(values), max(values)


def _spread(points: Sequence[Grid], axis: int) -> int:
    low, high = _range(points, axis)
    return high - low


def _letter(loops: Sequence[Loop]) -> tuple[Grid, int]:
    """A place inside for a letter, and the width and height that it has there: the roomiest of some lines across."""
    low, high = _range([point for loop in loops for point in loop], 1)
    best = (0, loops[0][0])
    for part in range(1, 16):
        y = low + (high - low) * part / 16
        crossings = sorted(x for loop in loops for x in _crossings(loop, y))
        for left, right in zip(crossings[::2], crossings[1::2], strict=False):
            middle = (left + right) / 2
            ups = sorted(x for loop in loops for x in _crossings([(b, a) for a, b in loop], middle))
            above = max((up for up in ups if up <= y), default=y)
            below = min((up for up in ups if up > y), default=y)
            # The letter stands in the middle of both, so the nearer edge is what counts.
            room = min(right - left, 2 * min(y - above, below - y))
            if room > best[0]:
                best = (int(room), (round(middle), round(y)))
    return best[1], best[0]


def _crossings(loop: Sequence[Grid], y: float) -> list[float]:
    """Where a line across meets a loop."""
    found = []
    for number, (x2, y2) in enumerate(loop):
        x1, y1 = loop[number - 1]
        if (y1 <= y) != (y2 <= y):
            found.append(x1 + (y - y1) * (x2 - x1) / (y2 - y1))
    return found


def _path(loop: Loop) -> str:
    (x, y), steps = loop[0], []
    for next_x, next_y in loop[1:]:
        dx, dy = next_x - x, next_y - y
        # A minus sign sets two numbers apart as well as a space does.
        steps.append(f"{dx}{'' if dy < 0 else ' '}{dy}")
        x, y = next_x, next_y
    joined = "".join(step if step.startswith("-") or not number else f" {step}" for number, step in enumerate(steps))
    return f"M{loop[0][0]} {loop[0][1]}l{joined}z"
