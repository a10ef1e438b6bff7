"""Stations by turnout and by share in tenths of a percent, without the spikes that division makes.

Percentages of small whole numbers pile up at simple fractions: more stations have exactly 50 % than 50.1 %, by
arithmetic. Here each station is spread evenly over (part ± ½) / whole, as if its percentage had been measured and not
counted; what is piled up after that was in the figures. Beside each whole percentage stands how many stations have
it and how many chance makes.

What it cannot tell: as `integers`, of which it is the picture.

Source: the spreading is the mean of the random jitter in Kobak, Shpilkin, Pshenichnikov (see `integers`), section 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from tallyroom.patterns.binomial import Chances, Reals, is_whole
from tallyroom.patterns.integers import included
from tallyroom.patterns.stations import Counts, Stations

__all__ = ["Histogram", "histogram"]

_STEPS = 1000  # tenths of a percent


@dataclass(frozen=True)
class Histogram:
    """of: turnout or share. tenths[i]: stations from i to i + 1 tenths of a percent, spread. At each whole percentage,
    0 to 100: observed stations, and expected ones."""

    of: Literal["turnout", "share"]
    tenths: Reals
    observed: Counts
    expected: Reals


def histogram(stations: Stations, choice: str, of: Literal["turnout", "share"]) -> Histogram:
    """The histogram over the stations of the integer test."""
    used = included(stations, choice)
    part, whole = stations.votes[choice][used], stations.ballots[used]
    if of == "turnout":
        part, whole = stations.given[used], stations.registered[used]
    at = is_whole(part, whole)
    percents = (100 * part[at] + whole[at] // 2) // whole[at]
    observed = np.bincount(percents, minlength=101)
    expected = Chances(part, whole).by_percent if len(part) else np.zeros(101)
    return Histogram(of, spread(part, whole), observed, expected)


def spread(part: Counts, whole: Counts, steps: int = _STEPS) -> Reals:
    """Each pair's one station spread evenly over (part ± ½) / whole, in equal steps from 0 to 1.

    What would lie below 0 or above 1 is folded into the first or last step.
    """
    # The integral of a station's box up to each edge is piecewise linear: its two corners are added up.
    slope = whole / steps  # stations a step
    below = np.zeros(steps + 1)
    for corner, sign in ((part - 0.5, 1.0), (part + 0.5, -1.0)):
        at = np.clip(corner / slope, 0.0, float(steps))
        step = np.minimum(at.astype(np.int64), steps - 1)
        below += _ramp(step, at - step, sign * slope, steps)
    inside: Reals = np.maximum(np.diff(below), 0.0)  # sums of many slopes leave a little below zero
    low = np.maximum(0.5 - part, 0.0)
    high = np.maximum(part + 0.5 - whole, 0.0)
    inside[0] += low.sum()
    inside[-1] += high.sum()
    return inside


def _ramp(step: Counts, into: Reals, slope: Reals, steps: int) -> Reals:
    """The sum of ramps that start in a step, that far into it, at each edge 0 to steps."""
    slopes = np.bincount(step, weights=slope, minlength=steps + 1)[: steps + 1]
    starts = np.bincount(step, weights=slope * into, minlength=steps + 1)[: steps + 1]
    # At edge e a ramp from step s has risen slope * (e - s - into), for e > s.
    rises, offsets = np.cumsum(slopes), np.cumsum(starts)
    firsts = np.cumsum(slopes * np.arange(steps + 1))
    edges = np.arange(1, steps + 1)
    return np.concatenate([[0.0], rises[:-1] * edges - firsts[:-1] - offsets[:-1]])
