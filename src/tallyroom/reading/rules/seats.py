"""Seats that each list or party gets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tallyroom.reading.numbers import Number
from tallyroom.reading.rules.choices import choices
from tallyroom.reading.rules.figures import SEAT_UNIT
from tallyroom.reading.rules.owners import mood
from tallyroom.reading.scene import Found, Scene

__all__ = ["seats"]

_SEATS = re.compile(r"\b(?:seats?|mandates?|deputies|mps|councillors|lawmakers)\b|-seat\b")
_HOUSE = re.compile(
    r"\b(?:seats?|mandates?|assembl(?:y|ies)|parliament|house|senate|council|chamber|"
    r"lawmakers)\b[^:]{0,40}:$"
)
_ROW = re.compile(
    r"^\W{0,3}(?:\d{1,2}[.)]\s)?(?P<who>[A-Z\u00c0-\u024f][^\d:;]{1,70}?)\s?(?:[-:,]|"
    r"\.{2,})\s?\d{1,3}[;.,]?$"
)


def seats(scene: Scene) -> Iterator[Found]:
    """`X: 137` under the name of a house, `22 Conservatives and 14 Labour`, `will fall from nine seats to five`."""
    course = scene.course
    rows = scene.number - course.seats_at == 1
    if _HOUSE.search(scene.low) and not any(not number.spelt for number in scene.numbers):
        course.seats_by = scene.speaker or course.seats_by if rows else scene.speaker
        course.seats_at = scene.number
        return
    row = _ROW.match(scene.text) if rows and len(scene.numbers) == 1 else None
    told = [(scene.numbers[0], course.names.full(row["who"].strip()))] if row else []
    by = scene.speaker or (course.seats_by if rows else "")
    for number, who in told or list(_made_up(scene)) or list(_from_to(scene)):
        scene.take(number)
        course.seats_at, course.seats_by = scene.number, by
        yield Found(
            "seats", who, number.value, "shares/seats", "seats", number.qualifier, by=by, modality=mood(scene, False)
        )


def _made_up(scene: Scene) -> Iterator[tuple[Number, str]]:
    """`The council now has 22 Conservatives, 14 Labour and one Green`."""
    if not _MADE_UP.search(scene.low):
        return
    pairs = [
        (number, name)
        for number in scene.numbers
        for name in choices(scene)
        if not number.percent and name.start == number.end + 1 and scene.noun(number) not in ("stations", "observers")
    ]
    if len(pairs) > 1:
        yield from ((number, scene.course.names.full(name.text)) for number, name in pairs)


def _from_to(scene: Scene) -> Iterator[tuple[Number, str]]:
    """`The Liberals will fall from nine seats to five, and Labour from six to four`: what each has, and will have."""
    if not (_SEATS.search(scene.low) or scene.number - scene.course.seats_at == 1) or "%" in scene.text:
        return
    names = choices(scene)
    for first, second in pairwise(scene.numbers):
        whose = [n for n in names if n.end <= first.start]
        ahead_of_it = scene.text[whose[-1].end : first.start] if whose else ""
        if (
            _FROM.search(ahead_of_it)
            and _TO_FIGURE.fullmatch(scene.text[first.end : second.start])
            and first.value < 1000
        ):
            who = next((n for n in reversed(whose) if not _OF_ANOTHER.search(scene.text[: n.start])), whose[-1])
            yield from ((number, scene.course.names.full(who.text)) for number in (first, second))


_FROM = re.compile(r"^[^;\d]{0,60}\bfrom\s(?:its\s|the\s)?$")
_TO_FIGURE = re.compile(rf"(?:\s{SEAT_UNIT})?\sto\s(?:just\s|only\s|about\s)?")
# `the party of Prime Minister Ana Novak`: not hers.
_OF_ANOTHER = re.compile(r"\b(?:party|list|movement|alliance) of (?:[A-Z]\w+\s){0,3}$")
_MADE_UP = re.compile(
    r"\b(?:council|assembly|parliament|house|senate|chamber|legislature|bundestag)\b.{0,40}\b(?:has|have|holds?|"
    r"made up of|comprises?|"
    r"composed of|consists? of|will have|had)\b"
)
