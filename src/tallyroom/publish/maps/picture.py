"""A map as SVG: shapes once for every width, tiles for wide and for narrow pages.

Every shape and tile is a link with a title that says its figures. The links are not in the order of the
keyboard: the table below leads to the same pages, without hundreds of stops on the way to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from tallyroom.publish.charts.frame import LETTER, NARROW, WIDE, fit
from tallyroom.publish.language import spoken
from tallyroom.publish.maps.fills import Fill, filled, patterns
from tallyroom.publish.maps.outlines import WIDTH, Outline, Outlines
from tallyroom.publish.maps.tiles import Tile, Tiles
from tallyroom.publish.svg import element, label, mirrored, rect

__all__ = ["Mark", "Picture", "definitions", "shapes_picture", "tiles_picture"]

_SCALE = 2  # steps of a shape's drawing to a pixel of the wide page
# The room that a letter needs in shapes on wide and on narrow pages, in steps.
_LETTER, _ON_NARROW = 26, 72
_HEX = 18.0  # a hexagon's width, in pixels of a narrow page, that has room for a letter
_NAMED, _BAND = 80.0, 36.0  # tiles this wide have room for a name; beside it a band with the colour


@dataclass(frozen=True)
class Mark:
    """What one area shows. text: a letter or number; more: below the name on a large tile; partly: some is not in."""

    name: str
    says: str
    fill: Fill
    href: str = ""
    text: str = ""
    more: str = ""
    partly: bool = False


@dataclass(frozen=True)
class Picture:
    """A map. says: its finding; drawings: one for all widths, or one for wide and one for narrow pages."""

    says: str
    drawings: tuple[Markup, ...]
    key: tuple[tuple[Markup, str], ...] = ()
    notes: tuple[str, ...] = ()


def definitions(marks: Iterable[Mark], drawn: Outlines | None) -> Markup:
    """What the maps of a page refer to: fills, and each outline once. Stands before them."""
    inside = [patterns({mark.fill for mark in marks}, (1, _SCALE) if drawn else (1,))]
    if drawn:
        inside += [
            element("path", d=one.path, id=f"_shape-{number}", fill_rule="evenodd")
            for number, one in enumerate(drawn.areas)
            if one.loops
        ]
    return Markup('<svg class="definitions" aria-hidden="true" width="0" height="0"><defs>{}</defs></svg>').format(
        Markup("").join(inside)
    )


def shapes_picture(name: str, title: str, says: str, drawn: Outlines, marks: Mapping[str, Mark]) -> Markup:
    """The areas in their own shapes; those of which only a part is in lie on top, with a dotted edge."""
    numbered = sorted(enumerate(drawn.areas), key=lambda one: (one[1].dot is not None, marks[one[1].area].partly))
    parts = [_linked(marks[one.area], _shape(number, one, marks[one.area])) for number, one in numbered]
    letters = [text for one in drawn.areas for text in _letter(one, marks[one.area])]
    return _drawing(name, title, says, (WIDTH, max(drawn.height, 8)), [*parts, *letters], "shapes")


def _shape(number: int, one: Outline, mark: Mark) -> Markup:
    given = _classed(mark, _SCALE)
    if one.dot:
        return element("circle", cx=one.dot[0], cy=one.dot[1], r=7, **given)
    return element("use", href=f"#_shape-{number}", **given)


def _letter(one: Outline, mark: Mark) -> list[Markup]:
    if not mark.text or one.room < _LETTER * max(1, len(mark.text) - 1):
        return []
    fine = "" if one.room >= _ON_NARROW * max(1, len(mark.text) - 1) else "fine"
    return [element("text", mark.text, x=one.letter[0], y=one.letter[1], class_=f"letter {fine}".rstrip())]


def tiles_picture(
    name: str, title: str, says: str, lay: Callable[[float], Tiles], marks: Mapping[str, Mark]
) -> Picture:
    """The areas as tiles. lay: the tiles at a width; hexagons stand alike at every width and are drawn once."""
    drawings = []
    for kind, width in (("wide", WIDE), ("narrow", NARROW)):
        tiles = lay(float(width))
        hexes = any(tile.corners for tile in tiles.tiles)
        # On a phone nothing points, so that a title is never seen: there a link has its name alone.
        shown = marks if width == WIDE else {area: replace(mark, says=mark.name) for area, mark in marks.items()}
        # Groups are read like a text, hexagons lie as on a map.
        with mirrored(width if spoken().direction == "rtl" and not hexes else 0):
            parts = [label(fit(one.text, one.room), one.x, one.y, "soft") for one in tiles.labels]
            parts += [_linked(shown[tile.area], *_tile(tile, shown[tile.area])) for tile in tiles.tiles]
        form = "tiles hexes" if hexes else "tiles"
        drawings.append(_drawing(f"{name}-{kind}", title, says, (width, tiles.height), parts, form))
        if hexes:
            break
    return Picture(says, tuple(drawings))


def _tile(tile: Tile, mark: Mark) -> list[Markup]:
    given = _classed(mark, 1)
    left, top = tile.x - tile.width / 2, tile.y - tile.height / 2
    if tile.corners:
        points = " ".join(f"{tile.x + dx:.1f},{tile.y + dy:.1f}" for dx, dy in tile.corners)
        kind = "letter" if tile.width * NARROW / WIDE >= _HEX else "letter fine"
        return [element("polygon", points=points, **given), *_middle(mark, tile.x, tile.y, tile.width * 0.75, kind)]
    if tile.width < _NAMED:
        shape = element("rect", x=left, y=top, width=tile.width, height=tile.height, **given)
        return [shape, *_middle(mark, tile.x, tile.y, tile.width - 4)]
    # With room for names the colour stands beside them, so that they are read on plain paper.
    room, at = tile.width - _BAND - 14, left + _BAND + 8
    return [
        rect(left, top, tile.width, tile.height, "blank base"),
        element("rect", x=left, y=top, width=_BAND, height=tile.height, **given),
        *_middle(mark, left + _BAND / 2, tile.y, _BAND),
        label(fit(mark.name, room), at, top + 22),
        label(fit(mark.more, room), at, top + 41, "soft"),
    ]


def _middle(mark: Mark, x: float, y: float, room: float, kind: str = "letter") -> list[Markup]:
    fits = mark.text and LETTER * len(mark.text) <= room
    return [element("text", mark.text, x=x, y=y, class_=kind)] if fits else []


def _classed(mark: Mark, scale: int) -> dict[str, str]:
    given = filled(mark.fill, scale)
    classes = [given.pop("class_", ""), "partly" if mark.partly else ""]
    said = " ".join(one for one in classes if one)
    return {**({"class_": said} if said else {}), **given}


def _linked(mark: Mark, *shapes: Markup) -> Markup:
    title = element("title", mark.says)
    if not mark.href:
        return element("g", title, *shapes)
    return element("a", title, *shapes, href=mark.href, tabindex="-1")


def _drawing(name: str, title: str, says: str, size: tuple[int, float], parts: Sequence[Markup], kind: str) -> Markup:
    # Not an img: what is inside can be followed.
    head = [element("title", title, id=f"_{name}-title"), element("desc", says, id=f"_{name}-says")]
    width, height = size
    pixels = (width // _SCALE, height / _SCALE) if kind == "shapes" else size
    return element(
        "svg",
        *head,
        *parts,
        class_=f"map {kind}",
        role="group",
        aria_labelledby=f"_{name}-title",
        aria_describedby=f"_{name}-says",
        viewBox=f"0 0 {width} {height:g}",
        width=f"{pixels[0]:g}",
        height=f"{pixels[1]:g}",
    )
