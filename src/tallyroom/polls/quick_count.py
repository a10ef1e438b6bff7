"""A quick count: what the sample's returns say so far, how it came to that, and the official result beside it."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from tallyroom.polls.draw import Drawn, Sample, ticket
from tallyroom.polls.estimate import Counted, Estimate, ratio_estimate
from tallyroom.polls.frame import Counts, StationCounts
from tallyroom.polls.sequence import FIRST, Look, looks

__all__ = ["Difference", "Late", "QuickCount", "differing", "quick_count"]

_LOOKS = 20


@dataclass(frozen=True)
class Late:
    """The last third to come in beside the first, in points, with the standard error of the difference."""

    difference: float
    error: float


@dataclass(frozen=True)
class QuickCount:
    """What is known now. missing: stratum → drawn stations that nothing stands in for; replaced: stations that stand in
    for others; timed: of those counted, how many say when they came in, in a way that puts them in an order.

    estimates: choice → its share. looks: choice → the estimate as returns came in, those without a time last. late:
    choice → whether, of those with a time, the late ones differ; None with fewer than 60.
    """

    counted: int
    drawn: int
    missing: Mapping[str, int]
    replaced: int
    timed: int
    estimates: Mapping[str, Estimate]
    looks: Mapping[str, Sequence[Look]]
    late: Mapping[str, Late | None]


@dataclass(frozen=True)
class Difference:
    """A station, of the sample or not, where the copy and the official return differ. figure: a choice."""

    station: str
    figure: str
    copy: int
    official: int


def quick_count(sample: Sample, counts: StationCounts) -> QuickCount:
    """The estimates of every choice from the stations of the sample that have come in.

    In each stratum the first stations of the list that came in are taken, as many as were to be drawn.
    """
    row = {station: number for number, station in enumerate(counts.stations)}
    used, missing = _taken(sample, row)
    times = {one.station: counts.at[row[one.station]] for one in used}
    if len(set(times.values()) - {""}) < 2:  # one day for all of them is no order
        times = {}
    used.sort(key=lambda one: (not times.get(one.station), times.get(one.station, ""), _by_chance(one)))
    at = np.array([row[one.station] for one in used], np.int64)
    names = list(sample.strata)
    number = {name: n for n, name in enumerate(names)}
    stratum_of = np.array([number[one.stratum] for one in used], np.int64)
    sizes = [stations for stations, _ in sample.strata.values()]
    counted = {c: Counted(v[at], counts.of[at], stratum_of, sizes, names) for c, v in counts.votes.items()}
    timed = sum(map(bool, times.values()))
    return QuickCount(
        len(used),
        sample.size,
        missing,
        sum(one.replacement for one in used),
        timed,
        {choice: ratio_estimate(one) for choice, one in counted.items()},
        {choice: looks(one, _when(len(used))) for choice, one in counted.items()},
        {choice: _late(one.some(slice(timed))) for choice, one in counted.items()},
    )


def _taken(sample: Sample, there: Container[str]) -> tuple[list[Drawn], dict[str, int]]:
    """The stations that stand for each stratum, and how many of each stratum nothing stands for."""
    used: list[Drawn] = []
    missing: dict[str, int] = {}
    for stratum, (_, size) in sample.strata.items():
        come = [one for one in sample.drawn if one.stratum == stratum and one.station in there]
        taken = sorted(come, key=lambda one: one.order)[:size]
        used += taken
        if len(taken) < size:
            missing[stratum] = size - len(taken)
    return used, missing


def _by_chance(one: Drawn) -> str:
    """What puts stations in an order that has nothing to do with their votes."""
    return one.ticket or ticket("", one.station)


def _when(returns: int) -> list[int]:
    """After how many returns to look: from thirty on, at most twenty times, and at the last."""
    if returns < FIRST:
        return []
    step = max(-(-(returns - FIRST) // _LOOKS), 1)
    return [*range(FIRST, returns, step), returns]


def _late(counted: Counted) -> Late | None:
    third = len(counted.votes) // 3
    if third < FIRST * 2 // 3:
        return None
    every = np.arange(len(counted.votes))
    first, last = (ratio_estimate(counted.some(at)) for at in (every[:third], every[-third:]))
    if first.share is None or last.share is None or first.error is None or last.error is None:
        return None
    return Late(100 * (last.share - first.share), 100 * sqrt(first.error**2 + last.error**2))


def differing(copies: StationCounts, official: StationCounts) -> list[Difference]:
    """At which stations, and for which choice, the copy and the official return differ."""
    row = {station: number for number, station in enumerate(official.stations)}
    found = []
    for number, station in enumerate(copies.stations):
        if station in row:
            for choice, votes in copies.votes.items():
                theirs: Counts = official.votes[choice]
                if votes[number] != theirs[row[station]]:
                    found.append(Difference(station, choice, int(votes[number]), int(theirs[row[station]])))
    return found
