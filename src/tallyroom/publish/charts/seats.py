"""Seats as rows of dots, ten by ten, each list in a row of its own: no order from left to right is implied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from tallyroom.publish.charts.frame import LETTER, WIDE, both, fit
from tallyroom.publish.svg import element, label
from tallyroom.publish.view import Chart

__all__ = ["Seats", "seats_chart"]

# From the middle of a dot to the next, by how many seats there are at most; ten dots stand a little apart.
_STEPS = ((150, 14.5), (500, 11.0))
_LEAST = 8.0


@dataclass(frozen=True)
class Seats:
    """One list. tied: seats that it may get, being level with others, drawn as rings."""

    name: str
    seats: int
    text: str
    tied: bool = False


def seats_chart(name: str, title: str, says: str, rows: Sequence[Seats]) -> Chart:
    """Every seat a dot, beside its list's name and number."""
    return both(name, title, says, lambda width: _seats(rows, width))


def _seats(rows: Sequence[Seats], width: int) -> tuple[float, list[Markup]]:
    wide = width >= WIDE
    left, right = (196.0, width - 60.0) if wide else (2.0, float(width))
    step = next((step for most, step in _STEPS if sum(row.seats for row in rows) <= most), _LEAST)
    ten = 10 * step + step / 2
    a_line = max(1, int((right - left + step / 2) / ten)) * 10
    parts: list[Markup] = []
    y = 4.0
    for row in rows:
        parts += _texts(row, y, width, wide)
        top = y + (12 if wide else 28)
        for seat in range(row.seats):
            line, place = divmod(seat, a_line)
            x = left + place * step + place // 10 * step / 2 + step / 2
            kind = "ring" if row.tied else "bar"
            parts.append(element("circle", cx=x, cy=top + line * step + step / 2, r=step * 0.4, class_=kind))
        lines = -(-row.seats // a_line)
        y = max(y + 34, top + lines * step + 10) if wide else top + lines * step + 12
    return y, parts


def _texts(row: Seats, y: float, width: int, wide: bool) -> list[Markup]:
    if wide:
        return [
            label(fit(row.name, 180), 184, y + 21, "", "end"),
            label(row.text, width, y + 21, "strong", "end"),
        ]
    room = width - LETTER * (len(row.text) + 2)
    return [label(fit(row.name, room), 0, y + 18), label(row.text, width, y + 18, "strong", "end")]
