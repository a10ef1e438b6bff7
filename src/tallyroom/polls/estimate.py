"""A share estimated from a stratified sample of stations: the combined ratio estimator.

    share = Σ N/n Σ votes  /  Σ N/n Σ of        over strata with N stations, n of them counted

Its variance is that of the residuals votes - share × of, stratum by stratum, with the finite-population correction
1 - n/N; the interval uses Student's t with n - strata degrees of freedom. A large station pulls the share towards
itself and so hides a part of its own residual; each residual is divided by 1 - its part of the denominator, as leaving
the station out would show it.

A stratum with fewer than two counted stations has no spread of its own. It is put together with the next (the last
with the one before), as if the stations of the two were alike, and this is said in `joined`.

What it cannot tell: whether the stations that have come in are like those that have not. It also rests on
many stations: with fewer than about 50 the interval is too narrow where stations differ much.

Source: Cochran, Sampling Techniques, 3rd ed. (1977), sections 6.11 and 6.12; for the division, Valliant, Dorfman,
Royall, Finite Population Sampling and Inference (2000), section 5.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from tallyroom.polls.frame import Counts

__all__ = ["Counted", "Estimate", "ratio_estimate"]

Reals = NDArray[np.float64]


@dataclass(frozen=True)
class Counted:
    """The stations of the sample that have come in. stratum: the number of each one's stratum.

    sizes: how many stations each stratum has in the country; names: what the strata are called.
    """

    votes: Counts
    of: Counts
    stratum: Counts
    sizes: Sequence[int]
    names: Sequence[str] = ()

    def some(self, at: slice | NDArray[np.int64]) -> Counted:
        """A part of the stations, such as the first to come in."""
        return Counted(self.votes[at], self.of[at], self.stratum[at], self.sizes, self.names)


@dataclass(frozen=True)
class Estimate:
    """A share between 0 and 1. None is not computable, and `says` tells why.

    low, high: the fixed-time interval. joined: strata that were put together for want of stations.
    """

    stations: int
    share: float | None
    error: float | None
    freedom: int
    low: float | None
    high: float | None
    joined: tuple[str, ...] = ()
    says: str = ""


def ratio_estimate(counted: Counted, confidence: float = 0.95) -> Estimate:
    """The share, its standard error and its interval."""
    sample = len(counted.votes)
    if sample == 0 or not counted.of.any():
        return Estimate(sample, None, None, 0, None, None, (), "no station with a vote has come in")
    group, sizes, together = _groups(counted)
    n = np.bincount(group, minlength=len(sizes)).astype(np.float64)
    weight = sizes / n
    votes = weight[group] * counted.votes
    of = weight[group] * counted.of
    share = float(votes.sum() / of.sum())
    if sample < 2 or n.min() < 2:
        return Estimate(sample, share, None, 0, None, None, together, "one station alone has no spread")
    residual = (counted.votes - share * counted.of) / np.maximum(1 - of / of.sum(), 0.5)
    error = sqrt(_variance(residual, group, sizes, n)) / float(of.sum())
    if not error and sample < sizes.sum():
        # No vote for a choice at any of 150 stations does not make it certain that it has none elsewhere.
        return Estimate(sample, share, None, 0, None, None, together, "the share is the same at every station counted")
    freedom = sample - len(sizes)
    reach = float(stdtrit(freedom, (1 + confidence) / 2)) * error
    return Estimate(sample, share, error, freedom, max(share - reach, 0.0), min(share + reach, 1.0), together)


def _variance(residual: Reals, group: Counts, sizes: Reals, n: Reals) -> float:
    """The variance of the sum of residuals over the country."""
    mean = np.bincount(group, weights=residual, minlength=len(sizes)) / n
    spread = np.bincount(group, weights=(residual - mean[group]) ** 2, minlength=len(sizes)) / (n - 1)
    return float((sizes**2 * np.maximum(1 - n / sizes, 0.0) * spread / n).sum())


def _groups(counted: Counted) -> tuple[Counts, Reals, tuple[str, ...]]:
    """Strata with two counted stations or more: each station's group, the groups' sizes, and what was joined."""
    have = np.bincount(counted.stratum, minlength=len(counted.sizes))
    if have.min() >= 2:
        return counted.stratum, np.asarray(counted.sizes, np.float64), ()
    members: list[list[int]] = []
    open_: list[int] = []
    for stratum in range(len(counted.sizes)):
        open_.append(stratum)
        if have[open_].sum() >= 2:
            members.append(open_)
            open_ = []
    if open_:
        members = [*members[:-1], [*members[-1], *open_]] if members else [open_]
    at = np.empty(len(counted.sizes), np.int64)
    for number, strata in enumerate(members):
        at[strata] = number
    sizes = np.array([sum(counted.sizes[s] for s in strata) for strata in members], np.float64)
    names: Mapping[int, str] = dict(enumerate(counted.names))
    told = tuple("+".join(names.get(s, str(s)) for s in strata) for strata in members if len(strata) > 1)
    return at[counted.stratum], sizes, told
