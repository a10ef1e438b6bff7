"""The logarithmic vote rate: ln((registered - votes) / votes), with its skewness and kurtosis.

Where votes are the sum of many independent decisions in comparable stations it is near a normal distribution
(skewness 0, kurtosis 3); a hump of stations where nearly everybody votes the same makes it skewed to the left.

What it cannot tell: mixtures of regions are skewed too. There is no test here and nothing is flagged.

Source: Klimek, Yegorov, Hanel, Thurner, PNAS 109 (2012) 16469-16473, where N is the electorate of the unit; here the
registered voters.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tallyroom.patterns.binomial import Reals
from tallyroom.patterns.stations import Stations

__all__ = ["VoteRate", "vote_rate"]


@dataclass(frozen=True)
class VoteRate:
    """Population moments; kurtosis as Pearson's, 3 for a normal distribution. counts: stations by rate, in
    quarters from -8 to 8 (what lies beyond is in the first and last)."""

    stations: int
    mean: float
    sd: float
    skewness: float
    kurtosis: float
    counts: tuple[int, ...]


def vote_rate(stations: Stations, choice: str) -> VoteRate | None:
    """Over stations with a hundred voters or more where some but not all voted for the choice; None for no spread."""
    votes = stations.votes[choice]
    used = (stations.registered >= 100) & (votes > 0) & (votes < stations.registered)
    rate: Reals = np.log((stations.registered[used] - votes[used]) / votes[used])
    if len(rate) < 2 or not rate.std():
        return None
    standard = (rate - rate.mean()) / rate.std()
    counts = np.bincount(np.clip(np.floor(rate * 4).astype(np.int64) + 32, 0, 63), minlength=64)
    return VoteRate(
        len(rate),
        float(rate.mean()),
        float(rate.std()),
        float((standard**3).mean()),
        float((standard**4).mean()),
        tuple(counts.tolist()),
    )
