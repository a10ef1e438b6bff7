"""How many stations a margin needs, by what an earlier election was like.

The spread of an earlier election's stations around its own shares is put into the formula of `estimate`, for
samples of growing size, drawn as `draw` would. It is a plan, not a promise: the next election may be more uneven, and
a fifth more stations than planned is no luxury.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

import numpy as np
from scipy.special import stdtrit

from tallyroom.errors import CannotDraw
from tallyroom.polls.draw import allocate, joined
from tallyroom.polls.frame import Counts, Frame, StationCounts

__all__ = ["margin_of", "size_for"]

_SMALLEST = 30


def margin_of(frame: Frame, counts: StationCounts, size: int) -> float:
    """The margin in points, at 95 %, of a sample of this size: of the two largest choices the wider."""
    strata = joined(frame.areas, size)
    sizes = allocate({name: len(stations) for name, stations in strata.items()}, size)
    number = {station: n for n, stations in enumerate(strata.values()) for station in stations}
    group = np.array([number.get(station, -1) for station in counts.stations], np.int64)
    ranked = sorted(counts.votes, key=lambda choice: -int(counts.votes[choice].sum()))
    drawn = [sizes[name] for name in strata]
    widest = max(_error(counts.votes[choice], counts.of, group, drawn) for choice in ranked[:2])
    return 100 * float(stdtrit(max(size - len(strata), 1), 0.975)) * widest


def _error(votes: Counts, of: Counts, group: Counts, drawn: Sequence[int]) -> float:
    """The standard error of a share when so many stations are drawn of each group."""
    share = int(votes.sum()) / int(of.sum())
    residual = votes - share * of
    variance = 0.0
    for number, size in enumerate(drawn):
        mine = residual[group == number]
        if len(mine) > 1:
            variance += len(mine) ** 2 * max(1 - size / len(mine), 0.0) * float(mine.var(ddof=1)) / size
    return sqrt(variance) / int(of.sum())


def size_for(frame: Frame, counts: StationCounts, margin: float) -> int:
    """The fewest stations with which the margin, in points, is kept. Raises CannotDraw where not even all would do."""
    every: Mapping[str, Sequence[str]] = frame.areas
    low, high = _SMALLEST, sum(map(len, every.values()))
    if high < low or margin <= 0:
        raise CannotDraw(f"A margin of {margin:g} points cannot be planned over {high} stations.")
    while low < high:
        middle = (low + high) // 2
        if margin_of(frame, counts, middle) <= margin:
            high = middle
        else:
            low = middle + 1
    return low
