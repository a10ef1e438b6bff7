"""The five plug-in parameters of Klimek's model: where the main cloud lies, how wide it is, and how the share rises.

turnout and share: the middle of the main cloud, at the first peak above 0.3 of a smooth density. turnout_spread and
share_spread: how far below it stations lie. theta: how far above.

What it cannot tell: these are read off the data, with no test of the model they belong to; a country of several
parts has several clouds, and only the lowest is seen. Nothing is flagged.

Source: Klimek, Yegorov, Hanel, Thurner, PNAS 109 (2012) 16469-16473; the plug-in estimates as in the notebook of D.
Kobak's repository `elections` for Meduza.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tallyroom.patterns.binomial import Reals
from tallyroom.patterns.stations import Stations

__all__ = ["Cloud", "klimek"]

_GRID = 0.001
_FINE = 16  # parts of a grid step into which stations are sorted first: it moves no peak by a step
_LOWEST = 0.3


@dataclass(frozen=True)
class Cloud:
    """The plug-in parameters, as shares of 1."""

    stations: int
    turnout: float
    share: float
    turnout_spread: float
    share_spread: float
    theta: float


def klimek(stations: Stations, choice: str) -> Cloud | None:
    """Over stations with voters and ballots; None where no peak lies above 0.3."""
    votes = stations.votes[choice]
    used = (stations.registered > 0) & (stations.ballots > 0) & (stations.given >= 0) & (votes >= 0)
    turnout, share = stations.given[used] / stations.registered[used], votes[used] / stations.ballots[used]
    middle, usual = _first_peak(turnout), _first_peak(share)
    if middle is None or usual is None:
        return None
    lower, low, high = turnout[(turnout < middle) & (share < usual)], share[share < usual], share[share > usual]
    if not len(lower) or not len(high):
        return None
    return Cloud(
        len(turnout),
        middle,
        usual,
        float(np.sqrt(((lower - middle) ** 2).mean())),
        float(np.sqrt(((low - usual) ** 2).mean())),
        float(((high - usual) ** 2).mean() ** 0.25),
    )


def _first_peak(values: Reals) -> float | None:
    """The first place above 0.3, on a grid of thousandths, where the density is highest among its neighbours."""
    density = _density(values)
    for at in range(round(_LOWEST / _GRID) + 1, len(density) - 1):
        if density[at - 1] < density[at] > density[at + 1]:
            return round(at * _GRID, 3)
    return None


def _density(values: Reals) -> Reals:
    """A Gaussian kernel density at 0, 0.001 … 1, with Scott's bandwidth, of values sorted into fine steps first."""
    step = _GRID / _FINE
    width = values.std(ddof=1) * len(values) ** -0.2 if len(values) > 1 else 0.0
    if not width:
        return np.zeros(round(1 / _GRID) + 1)
    reach = int(np.ceil(8 * width / step))
    at = np.clip(np.rint(values / step).astype(np.int64), 0, round(1 / step))
    counts = np.bincount(at, minlength=round(1 / step) + 1).astype(np.float64)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) * step / width) ** 2)
    # Not by Fourier transforms: their rounding makes peaks of its own where there are hardly any stations.
    smooth: Reals = np.convolve(counts, kernel)[reach : reach + len(counts)]
    return smooth[::_FINE]
