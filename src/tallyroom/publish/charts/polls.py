"""Polls beside a result, as marks on lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from tallyroom.publish.charts.frame import WIDE, both, fit, panels, scale_of
from tallyroom.publish.numbers import tick
from tallyroom.publish.svg import element, label, line, rect
from tallyroom.publish.view import Chart

__all__ = ["Dots", "DotsRow", "dots", "mark"]


@dataclass(frozen=True)
class DotsRow:
    """One choice: the share in the count, and in each poll; None where there is none.

    ends: for each poll how far its share may be off, as low and high; none at all where no poll says.
    """

    name: str
    result: Fraction | None
    polls: tuple[Fraction | None, ...]
    ends: tuple[tuple[Fraction, Fraction] | None, ...] = ()


@dataclass(frozen=True)
class Dots:
    """Polls beside a result: the rows, what each poll is called, and what the result is."""

    rows: tuple[DotsRow, ...]
    polls: tuple[str, ...]
    result: str


def dots(name: str, title: str, says: str, data: Dots) -> Chart:
    """Polls as marks on one line per choice, the counted share as an upright bar."""
    chart = both(name, title, says, lambda width: _dots(data, width))
    key = [(mark(-1), data.result), *((mark(number), poll) for number, poll in enumerate(data.polls))]
    return Chart(chart.says, chart.wide, chart.narrow, tuple(key))


def _dots(data: Dots, width: int) -> tuple[float, list[Markup]]:
    wide = width >= WIDE
    left, right = (196.0 if wide else 10.0), width - 26.0
    row = 16.0 * len(data.polls) + (12 if wide else 30)
    parts: list[Markup] = []
    top = 4.0
    for panel in panels(data.rows, _row_values):
        every = [float(v) for one in panel for v in (*_row_values(one), *_ends(one))]
        scale = scale_of(max(min(every), 0.0), min(max(every), 100.0))
        bottom = top + row * len(panel)

        def x(share: Fraction | float, scale: Sequence[float] = scale) -> float:
            return left + (float(share) - scale[0]) / (scale[-1] - scale[0]) * (right - left)

        for value in scale:
            parts.append(line(x(value), top, x(value), bottom, "grid"))
            parts.append(label(tick(value), x(value), bottom + 17, "soft", "middle"))
        for number, one in enumerate(panel):
            y = top + number * row
            parts += _whiskers(one, y + (14 if wide else 32), x, (left, right))
            parts += _dots_row(one, y, row, x, left, right, wide)
        top = bottom + 44
    return top - 18, parts


def _ends(row: DotsRow) -> list[Fraction]:
    """How far each poll with an interval may reach."""
    return [end for ends in row.ends if ends for end in ends]


def _whiskers(
    row: DotsRow,
    y: float,
    x: Callable[[Fraction], float],
    sides: tuple[float, float],
) -> list[Markup]:
    """A line through each mark as far as the poll's interval, with an upright end."""
    parts = []
    for number, ends in enumerate(row.ends):
        if ends:
            low, high = (min(max(x(end), sides[0]), sides[1]) for end in ends)
            at = y + 16 * number
            parts.append(line(low, at, high, at, "whisker"))
            parts += [line(end, at - 4, end, at + 4, "whisker") for end in (low, high)]
    return parts


def _row_values(row: DotsRow) -> list[Fraction]:
    return [value for value in (row.result, *row.polls) if value is not None]


def _dots_row(
    row: DotsRow, top: float, tall: float, x: Callable[[Fraction], float], left: float, right: float, wide: bool
) -> list[Markup]:
    start = top + (6 if wide else 24)
    parts = [line(0 if wide else left, top, right, top, "base")]
    if wide:
        parts.append(label(fit(row.name, left - 14), left - 12, top + tall / 2 + 4, "", "end"))
    else:
        parts.append(label(fit(row.name, right - left), left, top + 17))
    if row.result is not None:
        parts.append(rect(x(row.result) - 2, start, 4, tall - (start - top) - 6, "bar"))
    for number, share in enumerate(row.polls):
        if share is not None:
            parts.append(_shape(number, x(share), start + 8 + 16 * number))
    return parts


def _shape(number: int, x: float, y: float) -> Markup:
    """A mark: circle, square, triangle, diamond, and again."""
    match number % 4:
        case 0:
            return element("circle", cx=x, cy=y, r=5.5, class_="ring")
        case 1:
            return rect(x - 5, y - 5, 10, 10, "ring")
        case 2:
            points = f"{x:.1f},{y - 6:.1f} {x + 6.5:.1f},{y + 5:.1f} {x - 6.5:.1f},{y + 5:.1f}"
            return element("polygon", points=points, class_="ring")
    points = f"{x:.1f},{y - 7:.1f} {x + 7:.1f},{y:.1f} {x:.1f},{y + 7:.1f} {x - 7:.1f},{y:.1f}"
    return element("polygon", points=points, class_="ring")


def mark(number: int) -> Markup:
    """A mark for the key of a chart; -1 is the upright bar of the result."""
    shape = rect(8, 1, 4, 16, "bar") if number < 0 else _shape(number, 10, 9)
    return Markup(f'<svg class="mark" aria-hidden="true" viewBox="0 0 20 18" width="20" height="18">{shape}</svg>')
