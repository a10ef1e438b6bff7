"""How an estimate came about, as a file of its own: the share after each number of returns, with both intervals.

A page's style sheet does not reach such a file, so it brings its few colours with it, for light and for dark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from tallyroom.publish.numbers import count, tick
from tallyroom.publish.svg import drawing, element, label, line, ticks

__all__ = ["Moment", "convergence_file"]

_WIDTH, _LEFT, _RIGHT, _TOP, _BOTTOM = 720, 60.0, 700.0, 40.0, 330.0
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


def convergence_file(title: str, says: str, moments: Sequence[Moment], official: float | None) -> bytes:
    """The picture as an SVG file. official: the result's share, as a line across; None where there is none."""
    edges = [edge for moment in moments for edge in moment.every]
    scale = ticks(min(*edges, official if official is not None else edges[0]), max(*edges, official or 0.0), 5)
    first, last = moments[0].stations, moments[-1].stations

    def x(stations: float) -> float:
        return _LEFT + (stations - first) / ((last - first) or 1) * (_RIGHT - _LEFT)

    def y(share: float) -> float:
        return _BOTTOM - (share - scale[0]) / (scale[-1] - scale[0]) * (_BOTTOM - _TOP)

    parts = [_STYLE, label(title, _LEFT, 20)]
    for value in scale:
        parts += [
            line(_LEFT, y(value), _RIGHT, y(value), "grid"),
            label(tick(value), _LEFT - 8, y(value) + 5, "soft", "end"),
        ]
    for kind in ("every", "once"):
        there = [(x(m.stations), y(getattr(m, kind)[1])) for m in moments]
        back = [(x(m.stations), y(getattr(m, kind)[0])) for m in reversed(moments)]
        parts.append(element("polygon", points=_points([*there, *back]), class_=kind))
    parts.append(element("polyline", points=_points([(x(m.stations), y(m.share)) for m in moments]), class_="line"))
    if official is not None:
        parts.append(line(_LEFT, y(official), _RIGHT, y(official), "rule"))
    parts += [label(count(at), x(at), _BOTTOM + 20, "soft", "middle") for at in (first, last)]
    svg = drawing("convergence", title, says, _WIDTH, _BOTTOM + 34, parts)
    return str(svg).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1).encode() + b"\n"


def _points(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
