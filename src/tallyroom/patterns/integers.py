"""Are there more whole percentages, of turnout or of a choice's share, than chance makes?

A person who decides on a percentage first and makes the figures afterwards decides on 75 % rather than on 74.83 %.
What honest counts give by chance is known exactly: see `binomial`. Turnout and share are taken as independent.

What it cannot tell: who, when, or how many votes; a station whose figures were made to 74.83 % is not seen. Whole
percentages also come from small electorates (a turnout of 50 % of 100 is likely), which is why each station has its own
expectation and stations with fewer than 100 voters, and with more than 99 %, are left out.

Source: Kobak, Shpilkin, Pshenichnikov, Integer percentages as electoral falsification fingerprints, Ann. Appl. Stat.
10 (2016), 54-73; there by simulation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp, pi, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from tallyroom.patterns.binomial import Chances, Reals, is_whole
from tallyroom.patterns.discoveries import false_discovery_rates
from tallyroom.patterns.stations import Counts, Stations

__all__ = ["FLAG", "RULES", "AreaExcess", "Excess", "IntegerPercentages", "Part", "included", "integer_percentages"]

FLAG = 5.0  # z: less is never flagged
FEWEST_IN_AREA = 50
RULES = (
    "registered, given, ballots and votes all stated",
    "ballots > 0",
    "registered >= 100",
    "100 given <= 99 registered",
    "100 votes <= 99 ballots",
)


@dataclass(frozen=True)
class Excess:
    """How many stations have a whole percentage, how many chance makes, and how far apart these are.

    skew: the skewness of the number that chance makes, for the p-value of small areas.
    """

    observed: int
    expected: float
    sd: float
    skew: float = field(default=0.0, repr=False)

    @property
    def excess(self) -> float:
        """More than expected, or fewer (below zero)."""
        return self.observed - self.expected

    @property
    def z(self) -> float:
        """The excess in standard deviations; 0 where nothing could vary."""
        return self.excess / self.sd if self.sd else 0.0

    @property
    def chance(self) -> float:
        """The probability of as many or more, by the refined normal approximation (Volkova 1996; Hong 2013)."""
        x = (self.excess - 0.5) / self.sd if self.sd else 0.0
        density = exp(-x * x / 2) / sqrt(2 * pi)
        return float(np.clip(ndtr(-x) + self.skew * (x * x - 1) * density / 6, 0.0, 1.0))

    def as_json(self) -> dict[str, float]:
        """The five figures."""
        figures = {"expected": self.expected, "excess": self.excess, "sd": self.sd, "z": self.z}
        return {"observed": self.observed, **{name: round(value, 3) for name, value in figures.items()}}


@dataclass(frozen=True)
class AreaExcess:
    """One area beside the others. rate: its false discovery rate among all areas tested."""

    area: str
    stations: int
    either: Excess
    rate: float


@dataclass(frozen=True)
class IntegerPercentages:
    """The whole of the test, for one choice and one period."""

    period: int
    stations: int
    either: Excess
    turnout: Excess
    share: Excess
    areas: Sequence[AreaExcess] = ()


@dataclass(frozen=True)
class Part:
    """One of the two percentages at the stations included: whether each is whole, and the chance that it is."""

    whole: NDArray[np.bool_]
    chance: Reals

    def excess(self, at: Counts | slice = slice(None)) -> Excess:
        """The excess over some of the stations, or all."""
        return _excess(self.whole[at], self.chance[at])


def included(stations: Stations, choice: str) -> NDArray[np.bool_]:
    """The stations that fulfil all RULES, decided in whole numbers."""
    votes = stations.votes[choice]
    stated = (stations.registered >= 100) & (stations.given >= 0) & (stations.ballots > 0) & (votes >= 0)
    usual = (100 * stations.given <= 99 * stations.registered) & (100 * votes <= 99 * stations.ballots)
    return stated & usual


def integer_percentages(stations: Stations, choice: str, period: int = 1) -> IntegerPercentages:
    """The test for one choice: stations with whole percentages beside what chance makes."""
    used = included(stations, choice)
    turnout = _part(stations.given[used], stations.registered[used], period)
    share = _part(stations.votes[choice][used], stations.ballots[used], period)
    either = Part(turnout.whole | share.whole, 1 - (1 - turnout.chance) * (1 - share.chance))
    areas = _areas(either, used, stations)
    return IntegerPercentages(period, int(used.sum()), either.excess(), turnout.excess(), share.excess(), areas)


def _part(part: Counts, whole: Counts, period: int) -> Part:
    chances = Chances(part, whole, period).each if len(part) else np.zeros(0)
    return Part(is_whole(part, whole, period), chances)


def _excess(whole: NDArray[np.bool_], chance: Reals) -> Excess:
    spread = chance * (1 - chance)
    sd = sqrt(float(spread.sum()))
    skew = float((spread * (1 - 2 * chance)).sum()) / sd**3 if sd else 0.0
    return Excess(int(whole.sum()), float(chance.sum()), sd, skew)


def _areas(either: Part, used: NDArray[np.bool_], stations: Stations) -> list[AreaExcess]:
    """The areas with fifty stations or more, included or not, the most striking first."""
    sizes = np.bincount(stations.area[stations.area >= 0], minlength=len(stations.areas))
    area = stations.area[used]
    sorted_by_area = np.argsort(area, kind="stable")
    edges = np.searchsorted(area[sorted_by_area], np.arange(len(stations.areas) + 1))
    tested = [n for n in range(len(stations.areas)) if sizes[n] >= FEWEST_IN_AREA]
    excesses = [either.excess(sorted_by_area[edges[n] : edges[n + 1]]) for n in tested]
    rates = false_discovery_rates([excess.chance for excess in excesses])
    found = [
        AreaExcess(stations.areas[n], int(edges[n + 1] - edges[n]), excess, rate)
        for n, excess, rate in zip(tested, excesses, rates, strict=True)
    ]
    return sorted(found, key=lambda one: -one.either.z)
