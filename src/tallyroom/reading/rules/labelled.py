"""Figures told by the label in front of them: `Valid votes: 2,941,870`, `the electorate was 1,134,136`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from tallyroom.reading.rules.registers import place_of
from tallyroom.reading.rules.turnout import hour_of
from tallyroom.reading.scene import Found, Scene
from tallyroom.reading.text.labels import kind_of
from tallyroom.reading.text.numbers import Number

__all__ = ["labelled"]

_TOLD = {
    "turnout_share": ("voters", "percent"),
    "turnout_count": ("voters", "persons"),
    "registered_voters": ("voters", "persons"),
    "valid_votes": ("valid votes", "votes"),
    "stations_reporting": ("stations that sent result protocols", "stations"),
    "share_counted": ("ballots", "percent"),
}
_COUNTED = re.compile(
    r"(?:(?:votes?|ballots?|stations|precincts) )?(?:counted|processed|tallied|reporting|"
    r"count|scrutini[sz]ed)"
)
_OF_PERSONS = ("", "voters", "persons", "votes")


def labelled(scene: Scene) -> Iterator[Found]:
    """The numbers whose label names a kind of figure; what only its noun tells is left to the others."""
    for number in scene.numbers:
        if not scene.open(number) or not (kind := _kind(scene, number)):
            continue
        scene.take(number)
        subject, unit = _TOLD[kind]
        course = scene.course
        if kind.startswith("turnout"):
            course.turnout_at = scene.number
        elif kind == "registered_voters":
            course.register_at = scene.number
        as_of = hour_of(scene, number) if kind.startswith("turnout") else scene.hour
        if kind == "stations_reporting" and re.search(r"turnout|activity|voted", scene.label(number)):
            subject = "stations that reported turnout"
        for value, how in _values(number):
            yield Found(kind, subject, value, "labelled/" + kind, unit, how, as_of, place_of(scene))


def _values(number: Number) -> Iterator[tuple[Decimal, str]]:
    if number.upper is None:
        yield number.value, number.qualifier
    else:
        yield number.value, "at least"
        yield number.upper, "at most"


def _kind(scene: Scene, number: Number) -> str:
    label = scene.label(number)
    kind = kind_of(label)
    if number.percent and _COUNTED.fullmatch(label):
        return "share_counted"
    if not kind:
        return ""
    if label == "voters" and "turnout" in scene.low:  # `Voters: 20.061 (turnout 52.5 %)`
        kind = "turnout_count"
    if number.percent:
        counted = kind == "stations_reporting" or "counted" in label
        return kind if kind == "turnout_share" else "share_counted" if counted else ""
    if kind == "turnout_share":  # `Voting percentage stood at 61.4`
        return kind if number.value < 100 and number.value % 1 != 0 else ""
    if number.value < 2:
        return ""
    noun = scene.noun(number)
    return kind if kind == "stations_reporting" or noun in _OF_PERSONS else ""
