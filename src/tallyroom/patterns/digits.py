"""Last digits of a choice's votes: in large counts each of the ten is as likely as another.

People who invent figures avoid some digits and favour others. Only counts of a hundred or more are looked at.

What it cannot tell: figures made by adding a round number, or by a program, have fair last digits; and rounding by
clerks for convenience favours 0 and 5 without changing who won. A second-digit ("Benford") test is not offered:
`docs/patterns.md` shows why.

Source: Beber and Scacco, What the Numbers Say, Political Analysis 20 (2012) 211-234.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc, ndtri

from tallyroom.patterns.stations import Counts

__all__ = ["SMALLEST", "LastDigits", "last_digits"]

SMALLEST = 100
_FEWEST = 50  # counts: five of each digit


@dataclass(frozen=True)
class LastDigits:
    """counts: how many numbers end in 0, 1 … 9. chi_square has nine degrees of freedom."""

    counts: tuple[int, ...]

    @property
    def numbers(self) -> int:
        """How many counts were looked at."""
        return sum(self.counts)

    @property
    def chi_square(self) -> float:
        """The squared differences from a tenth each, over a tenth."""
        each = self.numbers / 10
        return sum((count - each) ** 2 / each for count in self.counts)

    @property
    def chance(self) -> float:
        """The probability of as large a chi-square, or a larger one, where digits are fair."""
        return float(chdtrc(9, self.chi_square))

    @property
    def z(self) -> float:
        """The same probability as standard deviations of a normal distribution, at most 38."""
        return float(min(-ndtri(self.chance), 38.0))

    @property
    def mean(self) -> float:
        """4.5 where digits are fair."""
        return sum(digit * count for digit, count in enumerate(self.counts)) / self.numbers

    @property
    def zeros_and_fives(self) -> float:
        """The share of numbers that end in 0 or 5; a fifth where digits are fair."""
        return (self.counts[0] + self.counts[5]) / self.numbers


def last_digits(votes: Counts, smallest: int = SMALLEST) -> LastDigits | None:
    """The last digits of counts that are large enough; None where fewer than fifty are."""
    large = votes[votes >= smallest]
    if len(large) < _FEWEST:
        return None
    return LastDigits(tuple(np.bincount(large % 10, minlength=10).tolist()))
