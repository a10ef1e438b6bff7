"""Turnout by share as shades: each square is two percent wide and high, and darker where more stations lie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby
from math import log

from markupsafe import Markup

from tallyroom.publish.charts.frame import NARROW
from tallyroom.publish.language import spoken
from tallyroom.publish.numbers import tick
from tallyroom.publish.svg import drawing, element, label, line, mirrored
from tallyroom.publish.view import Chart

__all__ = ["Cells", "fingerprint_chart"]

Cells = Iterable[tuple[int, int, int]]
_BIN = 2
_SHADES = (0.22, 0.46, 0.72, 1.0)
_LEFT, _BOTTOM, _SIDE = 44.0, 276.0, 260.0  # 50 squares of 5.2


def fingerprint_chart(name: str, title: str, says: str, cells: Cells, axes: tuple[str, str]) -> Chart:
    """One size for all pages. cells: turnout, share (in whole percents), stations. axes: along, and up."""
    shades = _shades(_squares(cells))
    with mirrored(NARROW if spoken().direction == "rtl" else 0):
        parts = _drawn(shades, axes)
    drawn = drawing(f"_{name}", title, says, NARROW, _BOTTOM + 44, parts)
    return Chart(says, drawn, drawn)


def _squares(cells: Cells) -> dict[tuple[int, int], int]:
    """Stations in each square; 100 % is in the last one, and so is what lies beyond."""
    found: dict[tuple[int, int], int] = defaultdict(int)
    for turnout, share, stations in cells:
        found[min(turnout, 99) // _BIN, min(share, 99) // _BIN] += stations
    return found


def _shades(squares: Mapping[tuple[int, int], int]) -> dict[int, list[tuple[int, int]]]:
    """Shade → its squares: each shade stands for so many times more stations than the one before."""
    most = log(max(squares.values(), default=1) + 1)
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for square, stations in squares.items():
        found[min(int(len(_SHADES) * log(stations + 1) / most), len(_SHADES) - 1)].append(square)
    return found


def _drawn(shades: Mapping[int, list[tuple[int, int]]], axes: tuple[str, str]) -> list[Markup]:
    side, parts = _SIDE / (100 / _BIN), []
    for percent in (0, 25, 50, 75, 100):
        at = percent / 100 * _SIDE
        parts.append(line(_LEFT + at, _BOTTOM, _LEFT + at, _BOTTOM - _SIDE, "grid"))
        parts.append(line(_LEFT, _BOTTOM - at, _LEFT + _SIDE, _BOTTOM - at, "grid"))
        parts.append(label(tick(percent), _LEFT - 6, _BOTTOM - at + 4, "soft", "end"))
        parts.append(label(tick(percent), _LEFT + at, _BOTTOM + 17, "soft", "middle"))
    for shade, squares in sorted(shades.items()):
        outline = "".join(
            f"M{_across(_LEFT + turnout * side):.1f} {_BOTTOM - first * side:.1f}v{-count * side:.1f}"
            f"h{_forward(side):.1f}v{count * side:.1f}z"
            for turnout, first, count in _runs(squares)
        )
        parts.append(element("path", d=outline, class_="bar", fill_opacity=str(_SHADES[shade])))
    parts.append(label(axes[0], _LEFT + _SIDE / 2, _BOTTOM + 38, "", "middle"))
    parts.append(label(axes[1], _LEFT, _BOTTOM - _SIDE - 8, "", "start"))
    return parts


def _across(x: float) -> float:
    """A place along, as it is where writing runs: paths are not mirrored by `svg.mirrored`."""
    return NARROW - x if spoken().direction == "rtl" else x


def _forward(x: float) -> float:
    """A way along, in the direction of writing."""
    return -x if spoken().direction == "rtl" else x


def _runs(squares: Iterable[tuple[int, int]]) -> Iterable[tuple[int, int, int]]:
    """Squares above each other as one: turnout, first share, how many."""
    for turnout, column in groupby(sorted(squares), key=lambda square: square[0]):
        shares = [share for _, share in column]
        start = 0
        for number, share in enumerate(shares, 1):
            if number == len(shares) or shares[number] != share + 1:
                yield turnout, shares[start], number - start
                start = number
