"""Does a choice gain with turnout? The slope of votes / registered on turnout, and the correlation with the share.

A slope of 1 says: wherever more voters come, all of the further ones are the choice's; above 1, others even lose; near
the choice's share, turnout has nothing to do with it.

What it cannot tell: places differ in turnout and in preference for the same reasons, so a slope describes places, not
voters (the ecological fallacy). There is no test here and nothing is flagged.

Source: Myagkov, Ordeshook, Shakin, The Forensics of Election Fraud (Cambridge, 2009), chapter 2, after Sobyanin and
Sukhovolsky (1993).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tallyroom.patterns.binomial import Reals
from tallyroom.patterns.stations import Stations

__all__ = ["Slopes", "slopes"]


@dataclass(frozen=True)
class Slopes:
    """Least squares of votes / registered on given / registered, each station once and by its registered voters.

    correlation: Pearson's of the two; with_share: of turnout and votes / ballots.
    """

    stations: int
    slope: float
    intercept: float
    correlation: float
    slope_weighted: float
    intercept_weighted: float
    with_share: float


def slopes(stations: Stations, choice: str) -> Slopes | None:
    """Over stations with a hundred voters, ballots, and no more given than registered; None without any spread."""
    votes = stations.votes[choice]
    used = (stations.registered >= 100) & (stations.ballots > 0) & (votes >= 0) & (stations.given >= 0)
    used &= stations.given <= stations.registered
    registered = stations.registered[used].astype(np.float64)
    turnout, support = stations.given[used] / registered, votes[used] / registered
    share = votes[used] / stations.ballots[used]
    if len(registered) < 3 or not turnout.std() or not share.std() or not support.std():
        return None
    slope, intercept = _line(turnout, support, np.ones(len(turnout)))
    weighted, weighted_intercept = _line(turnout, support, registered)
    correlation, with_share = np.corrcoef(turnout, support)[0, 1], np.corrcoef(turnout, share)[0, 1]
    return Slopes(len(turnout), slope, intercept, float(correlation), weighted, weighted_intercept, float(with_share))


def _line(x: Reals, y: Reals, weight: Reals) -> tuple[float, float]:
    """Slope and intercept of the weighted least-squares line."""
    mean_x, mean_y = np.average(x, weights=weight), np.average(y, weights=weight)
    slope = float((weight * (x - mean_x) * (y - mean_y)).sum() / (weight * (x - mean_x) ** 2).sum())
    return slope, float(mean_y - slope * mean_x)
