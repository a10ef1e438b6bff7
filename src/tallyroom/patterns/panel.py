"""All that is worked out for one choice, and for a contest: the leader beside the runner-up.

found = contest_patterns(record, contest)
found.leader.whole.either.z
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tallyroom.errors import NotFound
from tallyroom.patterns.digits import LastDigits, last_digits
from tallyroom.patterns.fingerprint import Fingerprint, fingerprint
from tallyroom.patterns.histogram import Histogram, histogram
from tallyroom.patterns.integers import IntegerPercentages, integer_percentages
from tallyroom.patterns.klimek import Cloud, klimek
from tallyroom.patterns.slopes import Slopes, slopes
from tallyroom.patterns.stations import Stations, level_of, read_stations
from tallyroom.patterns.turnout_window import TurnoutWindow, turnout_window
from tallyroom.patterns.vote_rate import VoteRate, vote_rate
from tallyroom.record.contest import Contest
from tallyroom.record.folder import Record

__all__ = ["ContestPatterns", "Panel", "contest_patterns", "panel_of"]


@dataclass(frozen=True)
class Panel:
    """One choice by every method but the turnout window. whole, fives: percentages that are multiples of 1 and of 5."""

    choice: str
    whole: IntegerPercentages
    fives: IntegerPercentages
    fingerprint: Fingerprint
    turnout: Histogram
    share: Histogram
    rate: VoteRate | None
    slopes: Slopes | None
    digits: LastDigits | None
    cloud: Cloud | None


@dataclass(frozen=True)
class ContestPatterns:
    """A contest: its stations, the choice that was asked for (or the leader), and the best placed other one.

    by: the kind of area that was compared and drawn again; empty where there is one area only. windows: the turnout
    window of every choice, the one with most votes first.
    """

    contest: str
    by: str
    stations: Stations
    leader: Panel
    runner_up: Panel | None
    windows: Sequence[TurnoutWindow]


def panel_of(stations: Stations, choice: str) -> Panel:
    """One choice by every method."""
    return Panel(
        choice,
        integer_percentages(stations, choice),
        integer_percentages(stations, choice, period=5),
        fingerprint(stations, choice),
        histogram(stations, choice, "turnout"),
        histogram(stations, choice, "share"),
        vote_rate(stations, choice),
        slopes(stations, choice),
        last_digits(stations.votes[choice]),
        klimek(stations, choice),
    )


def contest_patterns(record: Record, contest: Contest, choice: str = "", by: str = "") -> ContestPatterns:
    """All patterns of a contest, for a choice or for the leader.

    Raises NoPatterns where the returns do not allow it, NotFound for a choice or kind of area that is not there.
    """
    if choice and choice not in {c.id for c in contest.choices}:
        raise NotFound(f"{contest.id} has no choice '{choice}'. Choices: {', '.join(c.id for c in contest.choices)}.")
    stations = read_stations(record, contest, by)
    ranked = stations.ranked
    asked = choice or ranked[0]
    other = next((one for one in ranked if one != asked), None)
    return ContestPatterns(
        contest.id,
        level_of(record, by),
        stations,
        panel_of(stations, asked),
        panel_of(stations, other) if other else None,
        [turnout_window(stations, one) for one in ranked],
    )
