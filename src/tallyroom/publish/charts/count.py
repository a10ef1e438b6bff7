"""The count through the night: each choice at each state, and how much was counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from tallyroom.publish.charts.frame import LETTER, WIDE, apart, axis, both, fit, panels, scale_of, spaced
from tallyroom.publish.svg import element, label, line, rect
from tallyroom.publish.view import Chart

__all__ = ["Step", "Track", "count_chart"]

_STEP = 80.0  # the room that a state's texts need


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
    left, right, inset = (62.0, width - 206.0, 20.0) if wide else (46.0, width - 132.0, 12.0)
    gap = (right - left - 2 * inset) / max(len(steps) - 1, 1)
    across = [left + inset + number * gap for number in range(len(steps))]
    parts: list[Markup] = []
    top = 14.0
    for panel in panels(tracks, lambda track: [s for s in track.shares if s is not None]):
        bottom = top + (92 if len(panel) < 3 else 44 + 30 * len(panel))
        parts += _panel(panel, across, (left, right), (top, bottom), width)
        top = bottom + 44
    height, below = _steps(steps, across, top - 22, gap)
    return height, parts + below


def _panel(
    tracks: Sequence[Track],
    across: Sequence[float],
    sides: tuple[float, float],
    ends: tuple[float, float],
    width: int,
) -> list[Markup]:
    (left, right), (top, bottom) = sides, ends
    every = [float(s) for track in tracks for s in track.shares if s is not None]
    scale = scale_of(min(every), max(every))

    def y(share: float) -> float:
        return bottom - (share - scale[0]) / (scale[-1] - scale[0]) * (bottom - top)

    parts = axis(scale, y, left, right)
    last = [next(float(s) for s in reversed(track.shares) if s is not None) for track in tracks]
    for track, place in zip(tracks, apart([y(share) for share in last], 17.0), strict=True):
        known = [(x, y(float(s))) for x, s in zip(across, track.shares, strict=True) if s is not None]
        parts.append(element("polyline", points=" ".join(f"{a:.1f},{b:.1f}" for a, b in known), class_="line"))
        parts += [element("circle", cx=a, cy=b, r=3.5, class_="point") for a, b in known]
        parts.append(line(known[-1][0] + 6, known[-1][1], right + 8, place, "lead"))
        parts.append(label(_called(track, width - right - 11, width >= WIDE), right + 11, place + 4))
    return parts


def _called(track: Track, room: float, wide: bool) -> str:
    """What stands at the end of a line: share and name, or on a narrow page the name alone."""
    return f"{track.last}  {fit(track.name, room - LETTER * (len(track.last) + 1))}" if wide else fit(track.name, room)


def _steps(steps: Sequence[Step], across: Sequence[float], top: float, gap: float) -> tuple[float, list[Markup]]:
    """Below the lines: when each state was, and how much was counted; on two levels where it is narrow."""
    levels = 1 if gap >= _STEP or len(steps) == 1 else 2
    written = spaced(across, _STEP / levels)
    tall = 17.0 * max(len(step.texts) for step in steps) + 44
    parts: list[Markup] = []
    for level, number in enumerate(sorted(written)):
        y = top + tall * (level % levels)
        if level % levels:
            parts.append(line(across[number], top - 6, across[number], y - 2, "lead"))
        parts += _step(steps[number], across[number], y)
    return top + tall * levels - 6, parts


def _step(step: Step, x: float, top: float) -> list[Markup]:
    lines = enumerate(step.texts)
    parts = [label(text, x, top + 10 + 17 * n, "soft" if n else "", "middle") for n, text in lines]
    y, long = top + 17 * len(step.texts) + 6, _STEP - 18.0
    parts.append(rect(x - long / 2, y, long, 9, "unknown" if step.counted is None else "track"))
    if step.counted is not None:
        parts.append(rect(x - long / 2, y, float(step.counted) / 100 * long, 9, "bar"))
    return [*parts, label(step.counted_text, x, y + 26, "soft", "middle")]
