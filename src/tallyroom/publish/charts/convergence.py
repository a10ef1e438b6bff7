"""How an estimate came about: the share after each number of returns, with both intervals, on a page or in a file.

A page's style sheet does not reach a file, so that brings its few colours with it, for light and for dark.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from tallyroom.publish.charts.frame import WIDE, both
from tallyroom.publish.numbers import count, tick
from tallyroom.publish.svg import drawing, element, label, line, rect, ticks
from tallyroom.publish.view import Chart

__all__ = ["Moment", "convergence_chart", "convergence_file", "moments_of"]

_STYLE = Markup(
    "<style>text{font:14px system-ui,sans-serif;fill:#1b1c1e}.grid{stroke:#d8d3c8}.soft{fill:#575a60}"
    ".every{fill:#1d5866;fill-opacity:.16}.once{fill:#1d5866;fill-opacity:.3}.rule{stroke:#1b1c1e;stroke-dasharray:5 3}"
    ".line{fill:none;stroke:#1d5866;stroke-width:2.2}@media(prefers-color-scheme:dark){text{fill:#e9e7e2}"
    ".grid{stroke:#34383c}.soft{fill:#a9aaac}.rule{stroke:#e9e7e2}.line{stroke:#7cc3d1}.once,.every{fill:#7cc3d1}}</style>"
)


@dataclass(frozen=True)
class Moment:
    """After so many stations: the share, and low and high of the interval at one look and at every look, in percent."""

    stations: int
    share: float
    once: tuple[float, float]
    every: tuple[float, float]


def moments_of(looks: Sequence[Mapping[str, Any]]) -> list[Moment]:
    """The moments of the looks that `poll estimate --json` prints, where both intervals are computable."""
    return [
        Moment(look["stations"], float(look["share"]), _ends(look["interval"]), _ends(look["sequence"]))
        for look in looks
        if look["interval"] and look["sequence"]
    ]


def _ends(interval: Mapping[str, str]) -> tuple[float, float]:
    return float(interval["low"]), float(interval["high"])


def convergence_chart(
    name: str,
    title: str,
    says: str,
    moments: Sequence[Moment],
    official: float | None,
    key: tuple[str, str, str, str],
    axis: str,
) -> Chart:
    """The picture for a page. key: what line, narrow band, wide band and the line across are called; axis: what stands
    along."""
    chart = both(name, title, says, lambda width: _drawn(moments, official, width, 8.0, axis))
    shapes = (
        line(1, 9, 35, 9, "line"),
        rect(1, 2, 34, 14, "once"),
        rect(1, 2, 34, 14, "every"),
        line(1, 9, 35, 9, "rule"),
    )
    named = list(zip(shapes, key, strict=True))[: 4 if official is not None else 3]
    return Chart(chart.says, chart.wide, chart.narrow, tuple((_mark(shape), text) for shape, text in named))


def _mark(shape: Markup) -> Markup:
    return Markup(f'<svg class="chart" aria-hidden="true" viewBox="0 0 36 18" width="36" height="18">{shape}</svg>')


def convergence_file(title: str, says: str, moments: Sequence[Moment], official: float | None) -> bytes:
    """The picture as an SVG file. official: the result's share, as a line across; None where there is none."""
    height, parts = _drawn(moments, official, WIDE, 40.0, "Stations that have come in")
    svg = drawing("convergence", title, says, WIDE, height, [_STYLE, label(title, 60.0, 20), *parts])
    return str(svg).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1).encode() + b"\n"


def _drawn(
    moments: Sequence[Moment], official: float | None, width: int, top: float, axis: str
) -> tuple[float, list[Markup]]:
    left, right, bottom = 60.0, width - 20.0, top + 290.0
    edges = [edge for moment in moments for edge in moment.every] + ([] if official is None else [official])
    scale = ticks(min(edges), max(edges), 5)
    first, last = moments[0].stations, moments[-1].stations

    def x(stations: float) -> float:
        return left + (stations - first) / ((last - first) or 1) * (right - left)

    def y(share: float) -> float:
        return bottom - (share - scale[0]) / (scale[-1] - scale[0]) * (bottom - top)

    parts = []
    for value in scale:
        parts += [
            line(left, y(value), right, y(value), "grid"),
            label(tick(value), left - 8, y(value) + 5, "soft", "end"),
        ]
    for kind in ("every", "once"):
        there = [(x(m.stations), y(getattr(m, kind)[1])) for m in moments]
        back = [(x(m.stations), y(getattr(m, kind)[0])) for m in reversed(moments)]
        parts.append(element("polygon", points=_points([*there, *back]), class_=kind))
    parts.append(element("polyline", points=_points([(x(m.stations), y(m.share)) for m in moments]), class_="line"))
    if official is not None:
        parts.append(line(left, y(official), right, y(official), "rule"))
    parts += [label(count(at), x(at), bottom + 20, "soft", "middle") for at in (first, last)]
    parts.append(label(axis, (left + right) / 2, bottom + 20, "", "middle"))
    return bottom + 34, parts


def _points(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
