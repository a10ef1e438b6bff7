"""Stations at each whole percentage as points, over the line of how many chance makes."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from tallyroom.publish.charts.frame import WIDE, both
from tallyroom.publish.language import spoken
from tallyroom.publish.numbers import count, tick
from tallyroom.publish.svg import element, label, line, ticks
from tallyroom.publish.view import Chart

__all__ = ["percents_chart"]


def percents_chart(
    name: str, title: str, says: str, observed: Sequence[int], expected: Sequence[float], texts: tuple[str, str]
) -> Chart:
    """observed, expected: stations at 0, 1 … 100 percent. texts: what points and line are, for the key."""
    chart = both(name, title, says, lambda width: _drawn(observed, expected, width))
    key = ((_key(_dots([(10.0, 9.0)], 20)), texts[0]), (_key(line(1, 9, 19, 9, "line")), texts[1]))
    return Chart(chart.says, chart.wide, chart.narrow, key)


def _key(shape: Markup) -> Markup:
    return Markup(f'<svg class="chart" aria-hidden="true" viewBox="0 0 20 18" width="20" height="18">{shape}</svg>')


def _dots(places: Sequence[tuple[float, float]], width: int) -> Markup:
    """Points, as lines of no length with round ends: of all ways to draw a hundred the shortest."""
    turned = [(width - x, y) for x, y in places] if spoken().direction == "rtl" else places
    return element("path", d="".join(f"M{x:.1f} {y:.1f}h0" for x, y in turned), class_="dots")


def _drawn(observed: Sequence[int], expected: Sequence[float], width: int) -> tuple[float, list[Markup]]:
    wide = width >= WIDE
    left, right, top, bottom = 56.0, width - 16.0, 12.0, 250.0 if wide else 200.0
    scale = ticks(0, max(*observed, *expected, 1), 4)

    def x(percent: float) -> float:
        return left + percent / 100 * (right - left)

    def y(stations: float) -> float:
        return bottom - stations / scale[-1] * (bottom - top)

    parts = []
    for value in scale:
        parts.append(line(left, y(value), right, y(value), "base" if value == 0 else "grid"))
        parts.append(label(count(round(value)), left - 7, y(value) + 4, "soft", "end"))
    along = range(0, 101, 10) if wide else range(0, 101, 25)
    parts += [label(tick(percent), x(percent), bottom + 19, "soft", "middle") for percent in along]
    points = " ".join(f"{x(p):.1f},{y(stations):.1f}" for p, stations in enumerate(expected))
    parts.append(element("polyline", points=points, class_="line"))
    parts.append(_dots([(x(percent), y(stations)) for percent, stations in enumerate(observed) if stations], width))
    return bottom + 30, parts
