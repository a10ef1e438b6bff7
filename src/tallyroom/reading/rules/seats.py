"""Seats that each list or party gets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from tallyroom.reading.rules.choices import choices
from tallyroom.reading.rules.gaps import FORWARD, is_close
from tallyroom.reading.rules.measures import SEATS
from tallyroom.reading.rules.owners import mood
from tallyroom.reading.scene import Found, Scene
from tallyroom.reading.text.numbers import Number

__all__ = ["seats", "won_places"]

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
    for who in _no_seat(scene) if "seat" in scene.low else ():
        yield Found("seats", who, Decimal(0), "shares/seats", "seats", by=by, modality=mood(scene, False))
    for who in _one_seat(scene) if " single " in scene.low or " only " in scene.low or "sole " in scene.low else ():
        yield Found("seats", who, Decimal(1), "shares/seats", "seats", by=by, modality=mood(scene, False))
    for number, who in told or list(_made_up(scene)):
        scene.take(number)
        course.seats_at, course.seats_by = scene.number, by
        yield Found(
            "seats", who, number.value, "shares/seats", "seats", number.qualifier, by=by, modality=mood(scene, False)
        )


def won_places(scene: Scene) -> Iterator[Found]:
    """`the party won 26 of the 41 constituencies`, `X: 40 seats (39 constituency, 1 party-list)`: seats of a sort."""
    if not _PLACES.search(scene.text):
        return
    names = [n for n in choices(scene) if not n.person]
    for number in scene.numbers:
        name = next((n for n in reversed(names) if n.end <= number.start), None)
        if name is None or number.percent or not scene.open(number):
            continue
        won = _WON_PLACES.match(scene.text, number.end) and is_close(scene.text[name.end : number.start])
        sort = _SORT_OF_SEAT.match(scene.text, number.end)
        if won or sort:
            scene.take(number)
            scene.course.seats_at, scene.course.told, scene.course.told_at = scene.number, SEATS, scene.number
            who = scene.course.names.full(name.text) + (f" ({sort[1]})" if sort else "")
            yield Found("seats", who, number.value, "shares/seats", "seats", number.qualifier, by=scene.speaker)


_PLACES = re.compile(r"\b(?:constituenc|party-list|proportional|electorates|ridings|districts|wards)")
_WON_PLACES = re.compile(
    r"\s(?:of\s(?:the\s|its\s)?(?:\w+'s\s)?\d+\s)?(?:constituencies|electorates|ridings|districts|wards)\b(?!,)"
)
_SORT_OF_SEAT = re.compile(
    r"\s(?:single-member\s)?(constituency|party-list|list|proportional)(?:\sseats?)?(?=[,;.)]|\sand\b|$)"
)


def _made_up(scene: Scene) -> Iterator[tuple[Number, str]]:
    """`The council now has 22 Conservatives, 14 Labour and one Green`."""
    if not _HOUSES.search(scene.low):
        return
    pairs = [
        (number, name)
        for number in scene.numbers
        for name in choices(scene)
        if not number.percent
        and scene.open(number)
        and name.start == number.end + 1
        and scene.noun(number) not in ("stations", "observers")
    ]
    if len(pairs) > 1:
        yield from ((number, scene.course.names.full(name.text)) for number, name in pairs)


def _no_seat(scene: Scene) -> Iterator[str]:
    """`The League won no seats`, `Not a single seat went to the League`: who is left without."""
    if match := _NONE.search(scene.low):
        yield from _whose(scene, match)


def _one_seat(scene: Scene) -> Iterator[str]:
    """`The Greens keep their single seat`, `the sole mandate went to the Greens`: who has one."""
    for match in _ONE.finditer(scene.low):
        yield from _whose(scene, match)


def _whose(scene: Scene, match: re.Match[str]) -> Iterator[str]:
    """The name that such words for a number of seats belong to."""
    names = choices(scene)
    to = re.compile(FORWARD).match(scene.text, match.end())
    for name in names:
        opens = to is not None and to.end() <= name.start <= to.end() + 12
        if opens or (name.end <= match.start() and is_close(scene.text[name.end : match.start()])):
            yield scene.course.names.full(name.text)
            return


_HOUSES = re.compile(
    r"\b(?:council|assembly|parliament|house|senate|chamber|legislature|bundestag|duma|elected|majority|benches)\b"
)
_ONE = re.compile(
    r"(?<!not )\b(?:a|its|the|their) (?:single|sole|only|lone) (?:seat|mandate|deputy|mp)\b(?! more| ahead)"
)
_NONE = re.compile(r"\b(?:no|not a single|without (?:any|a)|any) seats?\b")
