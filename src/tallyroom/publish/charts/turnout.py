"""Turnout through the day: the announced share at each hour, with the count below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from tallyroom.publish.charts.frame import WIDE, axis, both, spaced
from tallyroom.publish.svg import element, label, line
from tallyroom.publish.view import Chart

__all__ = ["Moment", "turnout_chart"]


@dataclass(frozen=True)
class Moment:
    """One announced moment of turnout. hour: for its place; marked: some figure of it cannot be so."""

    hour: float
    share: Fraction
    time: str
    text: str
    below: str = ""
    marked: bool = False


def turnout_chart(name: str, title: str, says: str, moments: Sequence[Moment], mark_text: str = "") -> Chart:
    """Turnout at the announced moments, of 100 percent. mark_text: what a marked point means."""
    return both(name, title, says, lambda width: _turnout(moments, mark_text, width))


def _turnout(moments: Sequence[Moment], mark_text: str, width: int) -> tuple[float, list[Markup]]:
    wide = width >= WIDE
    left, right, top, bottom = 48.0, width - (44.0 if wide else 28.0), 24.0, 284.0 if wide else 224.0
    start, first, last = left + 26.0, moments[0].hour, moments[-1].hour

    def y(share: Fraction | float) -> float:
        return bottom - float(share) / 100 * (bottom - top)

    across = [start + (m.hour - first) / ((last - first) or 1.0) * (right - start) for m in moments]
    corners = [(x, y(m.share)) for x, m in zip(across, moments, strict=True)]
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in corners)
    under = f"{across[0]:.1f},{bottom:.1f} {points} {across[-1]:.1f},{bottom:.1f}"
    parts = [
        *axis([0, 25, 50, 75, 100], y, left, right),
        element("polygon", points=under, class_="area"),
        element("polyline", points=points, class_="line"),
    ]
    near, far = spaced(across, 54), spaced(across, 78) if wide else set()
    for number, (moment, (a, b)) in enumerate(zip(moments, corners, strict=True)):
        parts += [line(a, bottom, a, bottom + 5, "tick"), _point(a, b, moment)]
        if number in near or moment.marked:
            parts.append(label(moment.text + (" *" if moment.marked else ""), a, b - 13, "strong", "middle"))
            parts.append(label(moment.time, a, bottom + 22, "", "middle"))
        if number in far:
            parts.append(label(moment.below, a, bottom + 41, "soft", "middle"))
    height = bottom + (52 if wide else 34)
    if not mark_text or not any(moment.marked for moment in moments):
        return height, parts
    parts.append(label(f"* {mark_text}", left if wide else 0, height + 12, "soft"))
    return height + 22, parts


def _point(x: float, y: float, moment: Moment) -> Markup:
    return element("circle", cx=x, cy=y, r=5.5, class_="ring" if moment.marked else "point")
