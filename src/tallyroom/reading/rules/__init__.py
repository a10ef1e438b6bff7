"""The rules, one file for each family, in the order in which they look at a sentence.

A rule takes a `Scene` and yields what it found; a number that one has taken the next does not read. So
what is told by its own noun comes first (cameras, stations, turnout), and shares, told by the names around
them, come last. Offices (`roles.py`) need no number and are read before all of these, since they tell who speaks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tallyroom.reading.rules.acts import acts
from tallyroom.reading.rules.assessments import assessments
from tallyroom.reading.rules.calendar import calendar
from tallyroom.reading.rules.candidates import candidates_registered
from tallyroom.reading.rules.counts import counts
from tallyroom.reading.rules.courts import rulings
from tallyroom.reading.rules.coverage import coverage
from tallyroom.reading.rules.houses import houses
from tallyroom.reading.rules.inherited import inherited
from tallyroom.reading.rules.labelled import labelled
from tallyroom.reading.rules.nominations import nominations
from tallyroom.reading.rules.observers import observers
from tallyroom.reading.rules.polls import poll_design
from tallyroom.reading.rules.referendum import referendum
from tallyroom.reading.rules.registers import registered_voters
from tallyroom.reading.rules.seats import seats, won_places
from tallyroom.reading.rules.shares import shares
from tallyroom.reading.rules.standing import standing
from tallyroom.reading.rules.stations import constituencies, stations
from tallyroom.reading.rules.turnout import turnout
from tallyroom.reading.scene import Found, Scene

__all__ = ["RULES"]

RULES: tuple[Callable[[Scene], Iterator[Found]], ...] = (
    poll_design,
    observers,
    labelled,
    counts,
    referendum,
    turnout,
    won_places,
    stations,
    constituencies,
    registered_voters,
    houses,
    standing,
    candidates_registered,
    inherited,
    nominations,
    seats,
    shares,
    calendar,
    coverage,
    acts,
    rulings,
    assessments,
)
