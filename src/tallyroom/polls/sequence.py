"""An interval that may be looked at as often as one likes while returns come in.

A 95 % interval is right in 95 of 100 samples when it is looked at once. Who looks at every new return, and stops at a
convenient one, is wrong far more often. An asymptotic confidence sequence is wider by a factor that depends on the
number of returns, and covers the share at all looks together in about 95 of 100 samples, from some thirty returns on.

What it cannot tell: it holds where the order of arrival has nothing to do with the votes. Where late stations
differ (far villages, large stations, disputed ones), early looks are off, whatever the interval says.

Source: Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas, Time-uniform central limit theory and asymptotic confidence
sequences, Ann. Statist. 52 (2024) 2613-2640, theorem 2.2 and equation 3.1 for the tuning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy as np

from tallyroom.polls.estimate import Counted, Estimate, ratio_estimate

__all__ = ["FIRST", "Look", "looks", "widening"]

FIRST = 30  # returns before the first look
_TUNED_TO = 150  # returns where the sequence is narrowest


def widening(returns: int, alpha: float = 0.05) -> float:
    """How many standard errors wide to each side, in place of the 1.96 of one look."""
    spread = (-2 * log(alpha) + log(-2 * log(alpha)) + 1) / _TUNED_TO
    grown = returns * spread
    return sqrt(2 * (grown + 1) / grown * log(sqrt(grown + 1) / alpha))


@dataclass(frozen=True)
class Look:
    """The estimate after so many returns; low and high of the sequence, None where nothing is computable."""

    estimate: Estimate
    low: float | None
    high: float | None


def looks(counted: Counted, at: Sequence[int]) -> list[Look]:
    """The estimate after the first so many returns, in the order in which they came in."""
    return [_look(ratio_estimate(counted.some(np.arange(min(number, len(counted.votes)))))) for number in at]


def _look(estimate: Estimate) -> Look:
    if estimate.share is None or estimate.error is None or estimate.stations < FIRST:
        return Look(estimate, None, None)
    reach = widening(estimate.stations) * estimate.error
    return Look(estimate, max(estimate.share - reach, 0.0), min(estimate.share + reach, 1.0))
