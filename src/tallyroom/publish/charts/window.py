"""The votes beyond the usual turnout's ratio, as a curve over reference windows: one line a choice, with its sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from tallyroom.publish.charts.frame import both
from tallyroom.publish.numbers import count, tick
from tallyroom.publish.svg import element, label, line, ticks
from tallyroom.publish.view import Chart

__all__ = ["Curve", "window_chart"]


@dataclass(frozen=True)
class Curve:
    """One choice: for the middle of each window, in percent of turnout, the votes beyond it."""

    name: str
    points: Sequence[tuple[int, float]]


def window_chart(name: str, title: str, says: str, curves: Sequence[Curve], axis: str) -> Chart:
    """The curves on one scale of votes. axis: what stands along."""
    chart = both(name, title, says, lambda width: _drawn(curves, axis, width))
    return Chart(chart.says, chart.wide, chart.narrow, tuple((_key(n), c.name) for n, c in enumerate(curves, 1)))


def _kind(number: int) -> str:
    return "line" if number == 1 else f"line further{number}"


def _key(number: int) -> Markup:
    shape = line(1, 9, 35, 9, _kind(number))
    return Markup(f'<svg class="chart" aria-hidden="true" viewBox="0 0 36 18" width="36" height="18">{shape}</svg>')


def _drawn(curves: Sequence[Curve], axis: str, width: int) -> tuple[float, list[Markup]]:
    left, right, top, bottom = 92.0, width - 14.0, 12.0, 270.0
    votes = [value for curve in curves for _, value in curve.points]
    turnouts = [turnout for curve in curves for turnout, _ in curve.points]
    scale = ticks(min(0.0, *votes), max(0.0, *votes), 5)
    low, high = min(turnouts), max(turnouts)

    def x(turnout: float) -> float:
        return left + (turnout - low) / ((high - low) or 1) * (right - left)

    def y(value: float) -> float:
        return bottom - (value - scale[0]) / (scale[-1] - scale[0]) * (bottom - top)

    parts = []
    for value in scale:
        parts.append(line(left, y(value), right, y(value), "base" if value == 0 else "grid"))
        # A minus as long as a plus is wide, before the figure as the language writes it.
        sign = "\u2212" if value < 0 else ""
        parts.append(label(f"{sign}{count(round(abs(value)))}", left - 7, y(value) + 4, "soft", "end"))
    along = range(-(-low // 10) * 10, high + 1, 10)
    parts += [label(tick(turnout), x(turnout), bottom + 19, "soft", "middle") for turnout in along]
    parts.append(label(axis, (left + right) / 2, bottom + 40, "", "middle"))
    for number, curve in enumerate(curves, 1):
        points = " ".join(f"{x(turnout):.1f},{y(value):.1f}" for turnout, value in curve.points)
        parts.append(element("polyline", points=points, class_=_kind(number)))
    return bottom + 52, parts
