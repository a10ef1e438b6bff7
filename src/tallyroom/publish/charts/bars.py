"""Horizontal bars, each with its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from markupsafe import Markup

from tallyroom.publish.charts.frame import LETTER, WIDE, both, fit
from tallyroom.publish.language import Language, spoken
from tallyroom.publish.svg import label, line, rect
from tallyroom.publish.view import Chart

__all__ = ["Bar", "bars"]

_MOST = 12


@dataclass(frozen=True)
class Bar:
    """One choice: how long its bar is, of 100, and what is written beside it."""

    name: str
    share: Fraction
    texts: tuple[str, str]


def bars(name: str, title: str, says: str, items: Sequence[Bar], half: str = "") -> Chart:
    """Horizontal bars, each with its numbers; of very many the first, as the table below has them all.

    half: what to write at the line of one half, if any.
    """
    return _drawn(spoken(), name, title, says, tuple(items[:_MOST]), half)


# An area's page is made just before the page to embed, and has the same picture for each contest.
@lru_cache(maxsize=64)
def _drawn(_: Language, name: str, title: str, says: str, items: tuple[Bar, ...], half: str) -> Chart:
    return both(name, title, says, lambda width: _bars(items, half, width))


def _bars(items: Sequence[Bar], half: str, width: int) -> tuple[float, list[Markup]]:
    wide = width >= WIDE
    left, plot = (196.0, width - 196.0 - 176) if wide else (0.0, float(width))
    row, top = (36, 22 if half else 4) if wide else (50, 22 if half else 4)
    parts: list[Markup] = []
    for number, item in enumerate(items):
        y = top + number * row
        bar_y = y + 8 if wide else y + 23
        parts += _bar_texts(item, y, width, wide)
        parts.append(rect(left, bar_y, plot, 16, "track"))
        long = float(item.share) / 100 * plot
        parts.append(rect(left, bar_y, max(long, 1.5 if item.share else 0), 16, "bar"))
    if half:
        middle = left + plot / 2
        parts.append(line(middle, top - 4, middle, top + len(items) * row - 6, "rule"))
        parts.append(label(half, middle, 12, "soft", "middle"))
    return top + len(items) * row, parts


def _bar_texts(item: Bar, y: float, width: int, wide: bool) -> list[Markup]:
    share, votes = item.texts
    if wide:
        return [
            label(fit(item.name, 184), 184, y + 21, "", "end"),
            label(share, width - 92, y + 21, "strong", "end"),
            label(votes, width, y + 21, "", "end"),
        ]
    name_room = width - 8 - LETTER * (len(share) + len(votes) + 3)
    votes_at = width - LETTER * len(share) - 14
    return [
        label(fit(item.name, name_room), 0, y + 16),
        label(votes, votes_at, y + 16, "soft", "end"),
        label(share, width, y + 16, "strong", "end"),
    ]
