"""Areas as tiles of one size: hexagons where the record places them, else squares grouped by what they lie in.

No two tiles overlap and each area has one, so that a small area is seen as well as a large one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from tallyroom.record.hexes import Hexes

__all__ = ["Group", "Label", "Tile", "Tiles", "grouped", "hexagons", "unplaced"]

_LABEL = 21.0  # the line above a group
_BETWEEN = 18.0  # between groups
_LARGEST_HEX = 38.0  # from the middle to a corner


@dataclass(frozen=True)
class Tile:
    """One area's tile: its middle, and its width and height. corners: of a hexagon; a rectangle has none."""

    area: str
    x: float
    y: float
    width: float
    height: float
    corners: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Label:
    """What a group is called, above it; room: how wide it may be."""

    text: str
    x: float
    y: float
    room: float


@dataclass(frozen=True)
class Tiles:
    """A drawing of tiles."""

    tiles: tuple[Tile, ...]
    labels: tuple[Label, ...]
    height: float


@dataclass(frozen=True)
class Group:
    """Areas that lie in one other, in the record's order."""

    name: str
    areas: tuple[str, ...]


def unplaced(hexes: Hexes, areas: Sequence[str], others: Sequence[str]) -> tuple[tuple[str, ...], int]:
    """The areas that have no hexagon, and how many hexagons are of no area. others: areas of other levels."""
    known = {*areas, *others}
    return tuple(area for area in areas if area not in hexes.tiles), sum(area not in known for area in hexes.tiles)


def hexagons(hexes: Hexes, areas: Sequence[str], width: float) -> Tiles:
    """The areas as hexagons where the record places them; rows grow upwards, as HexJSON has it."""
    placed = [(area, _place(hexes.layout, *hexes.tiles[area])) for area in areas if area in hexes.tiles]
    if not placed:
        return Tiles((), (), 0.0)
    half_x, half_y = (sqrt(3) / 2, 1.0) if hexes.layout.endswith("r") else (1.0, sqrt(3) / 2)
    xs, ys = [x for _, (x, _) in placed], [y for _, (_, y) in placed]
    wide, tall = max(xs) - min(xs) + 2 * half_x, max(ys) - min(ys) + 2 * half_y
    size = min((width - 4) / wide, _LARGEST_HEX)
    left = (width - wide * size) / 2
    corners = _corners(hexes.layout)
    tiles = [
        Tile(
            area,
            left + (x - min(xs) + half_x) * size,
            2 + (max(ys) - y + half_y) * size,
            2 * half_x * size,
            2 * half_y * size,
            tuple((a * size, b * size) for a, b in corners),
        )
        for area, (x, y) in placed
    ]
    return Tiles(tuple(tiles), (), tall * size + 4)


def _place(layout: str, q: int, r: int) -> tuple[float, float]:
    """The middle of a hexagon of size one, upwards."""
    odd = layout.startswith("odd")
    if layout.endswith("r"):
        return sqrt(3) * (q + (0.5 if (r % 2 == 1) == odd else 0.0)), 1.5 * r
    return 1.5 * q, sqrt(3) * (r + (0.5 if (q % 2 == 1) == odd else 0.0))


def _corners(layout: str) -> tuple[tuple[float, float], ...]:
    side = sqrt(3) / 2
    pointed = ((0.0, -1.0), (side, -0.5), (side, 0.5), (0.0, 1.0), (-side, 0.5), (-side, -0.5))
    return pointed if layout.endswith("r") else tuple((y, x) for x, y in pointed)


def grouped(groups: Sequence[Group], width: float, room_for: Callable[[str], float]) -> Tiles:
    """Every area one tile, the groups side by side as far as they fit, in order. room_for: a label's width."""
    areas = sum(len(group.areas) for group in groups)
    tile_width, tile_height, gap = _tile_size(areas, width)
    step_x, step_y = tile_width + gap, tile_height + gap
    tiles: list[Tile] = []
    labels: list[Label] = []
    x = y = row = 0.0
    for group in groups:
        most = max(1, int((width + gap + 0.01) / step_x))
        columns = min(most, _columns(len(group.areas), tile_width / tile_height) if group.name else len(group.areas))
        if group.name:
            # A group is at least as wide as its name, where the page has the room.
            columns = max(columns, min(most, len(group.areas), ceil(room_for(group.name) / step_x)))
        wide = max(columns * step_x - gap, min(room_for(group.name), width) if group.name else 0.0)
        if x and x + wide > width + 0.5:
            x, y, row = 0.0, y + row + _BETWEEN, 0.0
        top = y + (_LABEL if group.name else 0.0)
        if group.name:
            labels.append(Label(group.name, x, y + 14, wide))
        for number, area in enumerate(group.areas):
            across, down = number % columns, number // columns
            middle = (x + across * step_x + tile_width / 2, top + down * step_y + tile_height / 2)
            tiles.append(Tile(area, *middle, tile_width, tile_height))
        row = max(row, top - y + ceil(len(group.areas) / columns) * step_y - gap)
        x += wide + _BETWEEN
    return Tiles(tuple(tiles), tuple(labels), y + row + 2)


def _tile_size(areas: int, width: float) -> tuple[float, float, float]:
    """Width, height and the gap: few areas have their names on their tiles, many a letter."""
    if areas <= 36:
        columns = 4 if width > 500 else 2
        return (width - 8 * (columns - 1)) / columns, 54.0, 8.0
    return (44.0, 34.0, 3.0) if areas <= 160 else (25.0, 22.0, 3.0)


def _columns(areas: int, aspect: float) -> int:
    """Columns that make a group rather wider than high."""
    return max(1, ceil(sqrt(areas * 1.4 / aspect)))
