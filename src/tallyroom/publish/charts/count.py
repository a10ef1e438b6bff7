"""The count through the night: each choice at each state, and how much was counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from tallyroom.publish.charts.frame import LETTER, WIDE, apart, axis, both, fit, panels, scale_of
from tallyroom.publish.svg import element, label, line, rect
from tallyroom.publish.view import Chart

__all__ = ["Step", "Track", "count_chart"]


@dataclass(frozen=True)
class Step:
    """One state of the count: what to write below it, and how much was counted, of 100."""

    texts: tuple[str, ...]
    counted: Fraction | None
    counted_text: str


@dataclass(frozen=True)
class Track:
    """One choice through the states of the count; None where a state does not have it."""

    name: str
    shares: tuple[Fraction | None, ...]
    last: str


def count_chart(name: str, title: str, says: str, steps: Sequence[Step], tracks: Sequence[Track]) -> Chart:
    """Shares at each state of the count, in panels of their own scale where they lie far apart."""
    return both(name, title, says, lambda width: _count(steps, tracks, width))


def _count(steps: Sequence[Step], tracks: Sequence[Track], width: int) -> tuple[float, list[Markup]]:
    wide = width >= WIDE
    left, right = 62.0, width - (206.0 if wide else 120.0)
    gap = (right - left - 40) / max(len(steps) - 1, 1)
    across = [left + 20 + number * gap for number in range(len(steps))]
    parts: list[Markup] = []
    top = 14.0
    for panel in panels(tracks, lambda track: [s for s in track.shares if s is not None]):
        bottom = top + (92 if len(panel) < 3 else 44 + 30 * len(panel))
        parts += _panel(panel, across, left, right, top, bottom, width)
        top = bottom + 44
    return _steps(steps, across, top - 22, gap, wide, parts)


def _panel(
    tracks: Sequence[Track],
    across: Sequence[float],
    left: float,
    right: float,
    top: float,
    bottom: float,
    width: int,
) -> list[Markup]:
    every = [float(s) for track in tracks for s in track.shares if s is not None]
    scale = scale_of(min(every), max(every))

    def y(share: float) -> float:
        return bottom - (share - scale[0]) / (scale[-1] - scale[0]) * (bottom - top)

    parts = axis(scale, y, left, right)
    ends = [next(float(s) for s in reversed(track.shares) if s is not None) for track in tracks]
    places = apart([y(end) for end in ends], 17.0)
    for track, end, place in zip(tracks, ends, places, strict=True):
        known = [(x, y(float(s))) for x, s in zip(across, track.shares, strict=True) if s is not None]
        parts.append(element("polyline", points=" ".join(f"{a:.1f},{b:.1f}" for a, b in known), class_="line"))
        parts += [element("circle", cx=a, cy=b, r=3.5, class_="point") for a, b in known]
        parts.append(line(known[-1][0] + 6, y(end), right + 8, place, "lead"))
        room = width - right - 12 - LETTER * (len(track.last) + 1)
        parts.append(label(f"{track.last}  {fit(track.name, room)}", right + 11, place + 4))
    return parts


def _steps(
    steps: Sequence[Step], across: Sequence[float], top: float, gap: float, wide: bool, parts: list[Markup]
) -> tuple[float, list[Markup]]:
    long = min(gap - 14, 96) if len(steps) > 1 else 96
    rows = max(len(step.texts) for step in steps)
    for step, x in zip(steps, across, strict=True):
        for number, text in enumerate(step.texts):
            parts.append(label(text, x, top + 10 + 17 * number, "" if number == 0 else "soft", "middle"))
        y = top + 17 * rows + 6
        parts.append(rect(x - long / 2, y, long, 9, "track" if step.counted is not None else "unknown"))
        if step.counted is not None:
            parts.append(rect(x - long / 2, y, float(step.counted) / 100 * long, 9, "bar"))
        parts.append(label(step.counted_text, x, y + 26, "soft", "middle"))
    return top + 17 * rows + 40, parts
