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
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from tallyroom.patterns.stations import Counts

__all__ = ["Chances", "is_whole", "whole_percentage"]

Reals = NDArray[np.float64]

_AT_ONCE = 8192  # stations: what is in hand stays small
_VOTERS_AT_ONCE = 20_000_000  # of these stations: a tenth as many numbers are listed


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
        found = np.empty(len(whole))
        for at in _slices(whole):
            chance, _, length = self._near(part[at], whole[at], _Numbers.of(whole[at], self.period))
            found[at] = _sums(chance, length)
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
        times[sure] = 0.0
        for at in _slices(whole):
            numbers = _Numbers.of(whole[at], self.period)
            chance, number, length = self._near(part[at], whole[at], numbers)
            chance *= np.repeat(times[at], length)
            total += np.bincount(numbers.percent[number], weights=chance, minlength=101)
        return total

    def _near(self, part: Counts, whole: Counts, numbers: _Numbers) -> tuple[Reals, Counts, Counts]:
        """The numbers near each part: their probabilities, where they stand in the list, and how many for each part."""
        reach = _reach(part, whole, self.negligible)
        start = np.searchsorted(numbers.key, whole << 32 | np.maximum(part - reach, 0)).astype(np.int64)
        stop = np.searchsorted(numbers.key, whole << 32 | np.minimum(part + reach, whole), side="right")
        length = stop - start
        at = _ranges(start, length)
        inside = np.clip(part, 1, np.maximum(whole - 1, 1)) / np.maximum(whole, 2)
        yes, no = np.log(inside), np.log1p(-inside)
        chance = numbers.number[at]
        chance *= np.repeat(yes - no, length)
        chance += np.repeat(whole * no, length)
        chance += numbers.coefficient[at]
        np.exp(chance, out=chance)
        return chance, at, length


@dataclass(frozen=True)
class _Numbers:
    """Every number that is a multiple of the period at some size of station, in order of size and number.

    key: size << 32 | number. coefficient: the logarithm of size choose number.
    """

    key: Counts
    number: Reals
    percent: Counts
    coefficient: Reals

    @classmethod
    def of(cls, whole_of_each: Counts, period: int) -> _Numbers:
        """The list for the sizes of these stations, which are in order."""
        sizes = whole_of_each[np.flatnonzero(np.diff(whole_of_each, prepend=-1))]
        multiples = np.arange(0, 101, period)
        whole = sizes[:, None]
        first = np.maximum(-((-(20 * multiples - 1) * whole) // 2000), 0)
        last = np.minimum(((20 * multiples + 1) * whole) // 2000, whole)
        length = np.maximum(last - first + 1, 0).ravel()
        number = _ranges(first.ravel(), length)
        size = np.repeat(np.repeat(sizes, len(multiples)), length)
        percent = np.repeat(np.tile(multiples, len(sizes)), length)
        factorial = gammaln(np.arange(int(sizes[-1]) + 1) + 1.0)
        coefficient = factorial[size] - factorial[number] - factorial[size - number]
        return cls(size << 32 | number, number.astype(np.float64), percent, coefficient)


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


def _sums(values: Reals, length: Counts) -> Reals:
    """The sum of each stretch of values; a stretch may have none."""
    found = np.zeros(len(length))
    some = length > 0
    starts = (np.cumsum(length) - length)[some]
    if len(starts):
        found[some] = np.add.reduceat(values, starts)
    return found


def _slices(whole: Counts) -> list[slice]:
    """Stretches of few enough stations, with few enough voters; one station at least in each."""
    if not len(whole):
        return []
    group = np.maximum.accumulate(np.cumsum(whole) // _VOTERS_AT_ONCE * len(whole) + np.arange(len(whole)) // _AT_ONCE)
    edges = [0, *(np.flatnonzero(np.diff(group)) + 1).tolist(), len(whole)]
    return [slice(start, stop) for start, stop in pairwise(edges)]
