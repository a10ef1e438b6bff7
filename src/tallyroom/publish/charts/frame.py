"""What every chart is drawn on: two widths, scales, axes, and panels where values lie far apart.

Floating point serves the drawing only: every number that is written comes as text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import TypeVar

from markupsafe import Markup

from tallyroom.publish.language import spoken
from tallyroom.publish.numbers import tick
from tallyroom.publish.svg import drawing, label, line, mirrored, ticks
from tallyroom.publish.view import Chart

__all__ = ["LETTER", "NARROW", "WIDE", "apart", "axis", "both", "fit", "panels", "scale_of", "spaced"]

WIDE, NARROW = 720, 340
LETTER = 7.2  # a letter's width at the charts' text size, about
_WIDER = 8.4  # one of Cyrillic, Georgian and others beyond the Latin ones
_RTL = ("\u0590", "\u08ff")  # Hebrew and Arabic letters are no wider than Latin ones
Item = TypeVar("Item")


def both(name: str, title: str, says: str, draw: Callable[[int], tuple[float, list[Markup]]]) -> Chart:
    """A chart at both widths. draw: the height and the parts at a width.

    Where writing runs from right to left the chart does too: drawn the same, and mirrored.
    """
    drawn = []
    for kind, width in (("wide", WIDE), ("narrow", NARROW)):
        with mirrored(width if spoken().direction == "rtl" else 0):
            height, parts = draw(width)
        drawn.append(drawing(f"_{name}-{kind}", title, says, width, height, parts))
    return Chart(says, drawn[0], drawn[1])


def fit(text: str, width: float) -> str:
    """A text cut to what about fits a width; the table below a chart has it whole."""
    ends = list(accumulate(LETTER if letter < "\u0250" or _RTL[0] <= letter <= _RTL[1] else _WIDER for letter in text))
    if not ends or ends[-1] <= width:
        return text
    most = max(3, sum(end <= width - LETTER for end in ends))
    return text if len(text) <= most else text[:most].rstrip() + "…"


def axis(values: Sequence[float], y: Callable[[float], float], left: float, right: float) -> list[Markup]:
    """Lines across a chart at these percentages, with their labels to the left."""
    parts = []
    for value in values:
        parts.append(line(left, y(value), right, y(value), "base" if value == 0 else "grid"))
        parts.append(label(tick(value), left - 7, y(value) + 4, "soft", "end"))
    return parts


def scale_of(low: float, high: float) -> list[float]:
    """The ticks of a panel: from zero where the values are small, else close around them."""
    if low < high / 2 or low < 5:
        return ticks(0, high, 4)
    # Two points at least, so that a change of a hundredth does not fill the picture.
    short = max(0.0, 2 - (high - low)) / 2
    return ticks(low - short, min(high + short, 100.0), 3)


def panels(items: Sequence[Item], values: Callable[[Item], Sequence[Fraction]]) -> list[list[Item]]:
    """The items with large values apart from those with small ones, where nothing lies between.

    A choice of 92 percent and six of about 1 percent need a scale each; 48 and 46 and 3 do too.
    """
    known = [item for item in items if values(item)]
    large = [item for item in known if max(values(item)) >= 10]
    small = [item for item in known if max(values(item)) < 10]
    if large and small and min(map(min, map(values, large))) > 2 * max(map(max, map(values, small))):
        return [large, small]
    return [known] if known else []


def apart(places: Sequence[float], least: float) -> list[float]:
    """The same places moved apart as little as is simple, so that labels do not overlap."""
    order = sorted(range(len(places)), key=lambda number: places[number])
    moved = list(places)
    for before, after in pairwise(order):
        moved[after] = max(moved[after], moved[before] + least)
    if order:
        back = (moved[order[-1]] - places[order[-1]]) / 2
        moved = [place - back for place in moved]
    return moved


def spaced(places: Sequence[float], least: float) -> set[int]:
    """Which places to label so that labels do not meet: the last one, and those far enough before."""
    kept: list[int] = []
    for number in range(len(places) - 1, -1, -1):
        if not kept or places[kept[-1]] - places[number] >= least:
            kept.append(number)
    return set(kept)
