"""What an area is filled with: a colour and a texture for who leads, the stronger the larger the lead.

Never colour alone: the first in the whole is plain, the others are dotted, lined, latticed or ringed, so that
a map printed in one ink still tells them apart; letters say the same. What is not in is hatched.

The six colours are Okabe and Ito's, told apart in all common kinds of colour blindness; the style sheet has
them for light and for dark pages. They are given in the order of votes, never by party.

Source: Okabe and Ito, Color Universal Design (jfly.uni-koeln.de/color, 2008), figure 16.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from tallyroom.publish.svg import element, rect

__all__ = ["COLOURS", "LETTERS", "Fill", "filled", "patterns", "swatch"]

COLOURS = 6  # further choices share a grey and keep their letters
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
Fill = str  # what a shape is filled with: a class of the style sheet, or the name of a pattern

_SIZE = 8
# Marks on a tile of eight pixels, by the place of the choice in the whole.
_TEXTURES: Mapping[int, Markup] = {
    1: element("path", d="M2 1.1a.9.9 0 1 1 0 1.8a.9.9 0 1 1 0-1.8zM6 5.1a.9.9 0 1 1 0 1.8a.9.9 0 1 1 0-1.8z"),
    2: element("path", d="M0 3.4h8v1.2h-8z"),
    3: element("path", d="M3.4 0h1.2v8h-1.2z"),
    4: element("path", d="M0 3.5h3.5v-3.5h1v3.5h3.5v1h-3.5v3.5h-1v-3.5h-3.5z"),
    5: element(
        "path", d="M4 1.2a2.8 2.8 0 1 1 0 5.6a2.8 2.8 0 1 1 0-5.6zM4 2.2a1.8 1.8 0 1 0 0 3.6a1.8 1.8 0 1 0 0-3.6z"
    ),
}
_STRIPE = element("path", d="M-2 2l4-4M0 8l8-8M6 10l4-4", class_="hatch")
_CROSS = element("path", d="M0 8l8-8M-2 2l4-4M6 10l4-4M0 0l8 8M-2 6l4 4M6-2l4 4", class_="hatch")
_EQUALS = element("path", d="M0 0h4v8h-4z", class_="even")
_STATES = {"out": _STRIPE, "apart": _CROSS, "tied": _EQUALS}


def filled(fill: Fill, scale: int = 1) -> dict[str, str]:
    """The attributes of a shape with this fill. scale: how many steps of the drawing make a pixel."""
    if fill in _STATES or (fill.startswith("l") and int(fill[1:].partition("-")[0]) in _TEXTURES):
        return {"fill": f"url(#_{fill}-{scale})"}
    return {"class_": fill.replace("-", " m") if fill.startswith("l") else fill}


def patterns(fills: Iterable[Fill], scales: Iterable[int] = (1, 2)) -> Markup:
    """The definitions that shapes with these fills refer to; of a page, once."""
    made = [_pattern(fill, scale) for scale in scales for fill in sorted(set(fills)) if "fill" in filled(fill, scale)]
    return Markup("").join(made)


def _pattern(fill: Fill, scale: int) -> Markup:
    if fill in _STATES:
        inside = [rect(0, 0, _SIZE, _SIZE, "blank"), _STATES[fill]]
    else:
        leader, _, margin = fill[1:].partition("-")
        marks = element("g", _TEXTURES[int(leader)], class_="texture strong" if int(margin) > 1 else "texture")
        inside = [rect(0, 0, _SIZE, _SIZE, f"l{leader} m{margin}"), marks]
    more = {"patternTransform": f"scale({scale})"} if scale != 1 else {}
    return element(
        "pattern",
        *inside,
        id=f"_{fill}-{scale}",
        width=_SIZE,
        height=_SIZE,
        patternUnits="userSpaceOnUse",
        **more,
    )


def swatch(fill: Fill, kind: str = "") -> Markup:
    """A small square with this fill, for the legend. kind: a further class, such as a dotted edge."""
    given = filled(fill)
    classes = " ".join(part for part in ("edge", given.pop("class_", ""), kind) if part)
    square = element("rect", x=1, y=1, width=24, height=16, class_=classes, **given)
    return Markup(
        '<svg class="map mark" aria-hidden="true" viewBox="0 0 26 18" width="26" height="18">{}</svg>'
    ).format(square)
