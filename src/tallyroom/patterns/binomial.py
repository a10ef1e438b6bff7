"""How likely a percentage is a whole one by chance alone, exactly and without simulation.

A station with `whole` voters, of whom `part` did something, is taken as one drawing of whole voters who do so
with probability part / whole each. Its percentage 100 X / whole is "whole" when it lies within 0.05 of a multiple of
`period`: a set of numbers X that depends on `whole` only. So the numbers are listed once for each size of station,
with the logarithms of their binomial coefficients, and each station needs one exponential for each number near enough
to its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from tallyroom.patterns.stations import Counts

__all__ = ["Chances", "is_whole", "whole_percentage"]

Reals = NDArray[np.float64]

_AT_ONCE = 4096  # stations: what is in hand fits the processor's cache


def is_whole(part: Counts, whole: Counts, period: int = 1) -> NDArray[np.bool_]:
    """Whether 100 part / whole lies within 0.05 of a multiple of `period`, in whole numbers."""
    rest = (100 * part) % (period * whole)
    found: NDArray[np.bool_] = np.minimum(rest, period * whole - rest) * 20 <= whole
    return found


def whole_percentage(part: int, whole: int, period: int = 1) -> float:
    """The probability for one station, summed over every possible number."""
    return float(Chances(np.array([part]), np.array([whole]), period, negligible=0.0).each[0])


@dataclass(frozen=True)
class Chances:
    """The probabilities that percentages are multiples of `period`, for many stations. 0 ≤ part ≤ whole, whole > 0.

    negligible: numbers so far from `part` that all of them together are less likely than this are left out;
    0 leaves out none.
    """

    part: Counts
    whole: Counts
    period: int = 1
    negligible: float = 1e-12

    @cached_property
    def _distinct(self) -> tuple[Counts, Counts, Counts]:
        """Distinct pairs of whole and part, and which one each station has."""
        keys, which = np.unique(self.whole << 32 | self.part, return_inverse=True)
        return keys >> 32, keys & 0xFFFFFFFF, which

    @property
    def each(self) -> Reals:
        """Each station's own probability."""
        whole, part, which = self._distinct
        found = np.concatenate([self._some(part[at], whole[at])[0] for at in _slices(len(whole))])
        found[(part == 0) | (part == whole)] = 1.0  # 0 % and 100 % for sure
        each: Reals = np.minimum(found, 1.0)[which]
        return each

    @property
    def by_percent(self) -> Reals:
        """How many stations are expected at each percentage, 0 to 100."""
        whole, part, which = self._distinct
        times = np.bincount(which, minlength=len(whole)).astype(np.float64)
        sure = (part == 0) | (part == whole)
        total = np.zeros(101)
        total[0], total[100] = times[part == 0].sum(), times[sure & (part > 0)].sum()
        for at in _slices(len(whole)):
            _, chance, owner, percent = self._some(part[at], whole[at])
            chance *= np.where(sure[at], 0.0, times[at])[owner]
            total += np.bincount(percent, weights=chance, minlength=101)
        return total

    @cached_property
    def _numbers(self) -> tuple[Counts, Counts, Counts, Reals]:
        """Every number that is a multiple of some size of station: size << 32 | number, in order; the number; its
        percentage; the logarithm of size choose number."""
        multiples = np.arange(0, 101, self.period)
        every = np.unique(self.whole)
        sizes = every[:, None]
        first = -((-(20 * multiples - 1) * sizes) // 2000)
        last = np.minimum(((20 * multiples + 1) * sizes) // 2000, sizes)
        first = np.maximum(first, 0)
        length = np.maximum(last - first + 1, 0).ravel()
        number = _ranges(first.ravel(), length)
        size = np.repeat(np.repeat(every, len(multiples)), length)
        percent = np.repeat(np.tile(multiples, len(every)), length)
        factorial = gammaln(np.arange(int(every[-1]) + 1) + 1.0)
        coefficient = factorial[size] - factorial[number] - factorial[size - number]
        return size << 32 | number, number, percent, coefficient

    def _some(self, part: Counts, whole: Counts) -> tuple[Reals, Reals, Counts, Counts]:
        """For some pairs: their probabilities; for each number near them its own probability, pair and percent."""
        key, number, percent, coefficient = self._numbers
        inside = np.clip(part, 1, np.maximum(whole - 1, 1)) / np.maximum(whole, 2)
        yes, no = np.log(inside), np.log1p(-inside)
        reach = _reach(part, whole, self.negligible)
        start = np.searchsorted(key, whole << 32 | np.maximum(part - reach, 0)).astype(np.int64)
        stop = np.searchsorted(key, whole << 32 | np.minimum(part + reach, whole), side="right")
        length = stop - start
        at, owner = _ranges(start, length), np.repeat(np.arange(len(part), dtype=np.int64), length)
        chance = coefficient[at]
        chance += number[at] * (yes - no)[owner]
        chance += (whole * no)[owner]
        np.exp(chance, out=chance)
        total = np.bincount(owner, weights=chance, minlength=len(part)).astype(np.float64)
        return total, chance, owner, percent[at]


def _reach(part: Counts, whole: Counts, negligible: float) -> Counts:
    """How far from `part` a number must lie to be negligible, by Bernstein's inequality."""
    if not negligible:
        return whole
    level = np.log(2 / negligible)
    variance = part * (whole - part) / whole
    reach: Counts = np.ceil(level / 3 + np.sqrt((level / 3) ** 2 + 2 * level * variance)).astype(np.int64)
    return reach


def _ranges(first: Counts, length: Counts) -> Counts:
    """first, first + 1 … for each length, one after the other."""
    ends = np.cumsum(length)
    every: Counts = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(first - (ends - length), length)
    return every


def _slices(count: int) -> list[slice]:
    return [slice(start, start + _AT_ONCE) for start in range(0, count, _AT_ONCE)]
