"""How many votes lie beyond what the usual turnout would give, if the ratio of the votes there held everywhere.

In a window of turnout, usually around the peak of the rivals' votes, the leader has `ratio` votes for each vote of
the others. If stations with higher turnout kept this ratio, the leader would have ratio times the rivals' votes there;
the rest is the estimate. It has a sign and nothing is cut off: the same is worked out for every rival.

What it cannot tell: turnout and preference go together for honest reasons too (town and country, age, distance,
who is drawn to the polls), and then the estimate is large without a ballot being added: in Poland in 2020 it is
-1.1 million votes for one candidate and +0.7 million for another. So it is a curve over windows, with an interval
from areas drawn again (stations of an area are alike: drawing stations makes it twenty times too narrow), and a single
number is given only where the peak rule holds.

The peak rule, as we set it: the rivals' votes, added over five neighbouring percents of turnout, have one peak (no
second one that rises by a fifth of the first above the dip between them); the window around it holds 100 stations and
a twentieth of all; and below the window the ratio holds, that is the same sum over the stations below is at most a
quarter of that above.

Source: the kind of estimate that S. Shpilkin made public in 2008 and after; no paper defines it, so the definition
above is ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallyroom.patterns.stations import Counts, Stations

__all__ = ["Interval", "TurnoutWindow", "Turnouts", "WindowEstimate", "peak_rule", "turnout_window"]

_BINS = 101  # 0 to 100 percent
_SIDE = 2  # percents beside the middle of a window
_FEWEST = 100
_SECOND_PEAK = 0.2
_BELOW = 0.25
_DRAWS = 2000


@dataclass(frozen=True)
class WindowEstimate:
    """The estimate with one reference window, first to last percent of turnout, both included.

    ratio: the choice's votes for each vote of the others in it. above: the estimate beyond it; below: the same
    sum before it, which should be near zero; stations: in the window.
    """

    first: int
    last: int
    stations: int
    ratio: float
    above: float
    below: float


@dataclass(frozen=True)
class Interval:
    """From resampling: the middle 95 %, the standard deviation, and what was drawn how often."""

    low: float
    high: float
    sd: float
    drawn: int
    draws: int


@dataclass(frozen=True)
class Turnouts:
    """A choice's votes and the others' at the stations that can be used, each with its percent of turnout."""

    percent: Counts
    votes: Counts
    others: Counts
    area: Counts

    @classmethod
    def of(cls, stations: Stations, choice: str) -> Turnouts:
        """Stations that state the choice, with voters and ballots, and no more given than registered."""
        votes = stations.votes[choice]
        used = (votes >= 0) & (stations.registered > 0) & (stations.ballots > 0)
        used &= (stations.given >= 0) & (stations.given <= stations.registered)
        percent = 100 * stations.given[used] // stations.registered[used]
        return cls(percent, votes[used], stations.all_votes[used] - votes[used], stations.area[used])

    def by_percent(self) -> tuple[Counts, Counts, Counts]:
        """Stations, votes and others' votes at each percent of turnout; exact."""
        return (
            np.bincount(self.percent, minlength=_BINS),
            _added(self.percent, self.votes, _BINS),
            _added(self.percent, self.others, _BINS),
        )

    def estimate(self, first: int, last: int) -> WindowEstimate:
        """The estimate with one reference window. Raises ZeroDivisionError where the others have no vote in it."""
        return _estimate(*self.by_percent(), first, last)

    def resampled(self, first: int, last: int, groups: Counts, draws: int, seed: int) -> Interval:
        """The estimate beyond the window when groups of stations are drawn again, with replacement.

        groups: the number of each station's group; -1 is left out. A draw without others' votes in the window is
        no estimate and not counted.
        """
        names, group = np.unique(groups[groups >= 0], return_inverse=True)
        inside, above = (self.percent >= first) & (self.percent <= last), self.percent > last
        parts = np.array(
            [
                np.bincount(group, weights=(values * at)[groups >= 0], minlength=len(names))
                for at in (inside, above)
                for values in (self.votes, self.others)
            ]
        )
        random = np.random.default_rng(seed)
        found = []
        for _ in range(draws):
            drawn = random.integers(0, len(names), len(names))
            leader_in, others_in, leader_above, others_above = parts[:, drawn].sum(axis=1)
            if others_in:
                found.append(leader_above - leader_in / others_in * others_above)
        low, high = np.percentile(found, [2.5, 97.5])
        return Interval(float(low), float(high), float(np.std(found, ddof=1)), len(names), len(found))


@dataclass(frozen=True)
class TurnoutWindow:
    """One choice's curve, and the single number where the peak rule allows one.

    curve: one estimate per window of five percents. peak: the window around the peak. refused: why there is no single
    number; empty where there is one. interval: None where there are fewer than ten areas to draw.
    """

    choice: str
    curve: Sequence[WindowEstimate]
    peak: WindowEstimate | None
    refused: str
    interval: Interval | None


def turnout_window(stations: Stations, choice: str, seed: int = 1) -> TurnoutWindow:
    """The estimate for one choice, over every window and around the peak of the others' votes."""
    turnouts = Turnouts.of(stations, choice)
    by_percent = turnouts.by_percent()
    middle, refused = peak_rule(by_percent[0], by_percent[2])
    curve = [
        _estimate(*by_percent, at - _SIDE, at + _SIDE)
        for at in range(_SIDE, _BINS - _SIDE)
        if by_percent[0][at - _SIDE : at + _SIDE + 1].sum() >= _FEWEST
        and by_percent[2][at - _SIDE : at + _SIDE + 1].any()
    ]
    peak = next((e for e in curve if e.first + _SIDE == middle), None)
    if peak and not refused and abs(peak.below) > _BELOW * abs(peak.above):
        refused = (
            f"below the window the ratio does not hold: {peak.below:+,.0f} votes there, beside {peak.above:+,.0f} above"
        )
    interval = None
    if peak and len(np.unique(turnouts.area[turnouts.area >= 0])) >= 10:
        interval = turnouts.resampled(peak.first, peak.last, turnouts.area, _DRAWS, seed)
    return TurnoutWindow(choice, curve, peak, refused or ("" if peak else "no window has 100 stations"), interval)


def peak_rule(stations: Counts, others: Counts) -> tuple[int, str]:
    """The percent of turnout where the others' votes have their peak, and why it is no peak; empty where it is."""
    added = np.convolve(others, np.ones(2 * _SIDE + 1, np.int64), "same")
    middle = int(added.argmax())
    window = stations[max(middle - _SIDE, 0) : middle + _SIDE + 1].sum()
    if middle < _SIDE or middle > _BINS - 1 - _SIDE:
        return middle, f"the peak is at the edge, {middle} % turnout"
    if window < max(_FEWEST, stations.sum() / 20):
        return middle, f"only {window:,} stations are at the peak"
    second = _second_peak(added, middle)
    if second is not None:
        return middle, f"there are two peaks, at {middle} and at {second} % turnout"
    return middle, ""


def _second_peak(added: Counts, middle: int) -> int | None:
    """Another percent that rises by a fifth of the peak above the lowest point between the two."""
    rise = _SECOND_PEAK * added[middle]
    for side, step in ((added[middle:], 1), (added[middle::-1], -1)):
        above_dip = side - np.minimum.accumulate(side)
        if above_dip.max() > rise:
            return middle + step * int(above_dip.argmax())
    return None


def _added(percent: Counts, values: Counts, bins: int) -> Counts:
    # Sums of whole numbers below 2**53 are exact in floating point; a country has fewer votes.
    return np.bincount(percent, weights=values, minlength=bins).astype(np.int64)


def _estimate(stations: Counts, votes: Counts, others: Counts, first: int, last: int) -> WindowEstimate:
    window = slice(first, last + 1)
    ratio = int(votes[window].sum()) / int(others[window].sum())
    rest: NDArray[np.float64] = votes - ratio * others
    return WindowEstimate(
        first, last, int(stations[window].sum()), ratio, float(rest[last + 1 :].sum()), float(rest[:first].sum())
    )
