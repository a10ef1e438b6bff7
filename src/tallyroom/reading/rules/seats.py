"""Seats that each list or party gets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tallyroom.reading.names import Name
from tallyroom.reading.numbers import Number
from tallyroom.reading.rules.choices import choices
from tallyroom.reading.rules.owners import EARLIER, Figure, ahead, behind, meant, mood, sharers
from tallyroom.reading.scene import Found, Scene

__all__ = ["seats"]

_UNIT = r"(?:seats?|mandates?|deputies|MPs|lawmakers|councillors)"
_SEATS = re.compile(r"\b(?:seats?|mandates?|deputies|mps|councillors|lawmakers)\b|-seat\b")
_BEHIND = re.compile(rf"\s(?:of (?:the )?(?:\d+\s)?)?(?:\w+\s){{0,3}}?{_UNIT}\b")
_IN_LIST = re.compile(r"\s?(?:,|;|\.|and\b|while\b|\)|$|for\b|to\b|each\b|with\s[\d.,]+\s?(?:%|per ?cent))")
# `Unity fell to 74`, after a sentence on seats.
_CHANGED = re.compile(
    r"\b(?:fell|dropped|slipped|rose|climbed|jumped|grew|went)\s(?:back\s|up\s|down\s)?(?:to|"
    r"from\s\d+\sto)\s$"
)
_FELL = re.compile(
    r"\b(?:fell|dropped|slipped|rose|climbed|jumped|grew|went)\s(?:back\s|up\s|"
    r"down\s)?to\s\d{1,3}\b(?!%|\sper)"
)
_NOT_WON = re.compile(
    r"\b(?:majority of|majority|needed|required|total of|all|of the|contest(?:s|ed|ing)?|for|elect|fill|out of|"
    r"of)\s(?:the\s)?$"
)
# `Independents lead with 101, the Union 75 and the League 54`: bare counts, without the word.
_LEAD = re.compile(r"\blead(?:s|ing)?\swith\s(?=\d{1,3}(?:,\s|\sand\s))")
_HOUSE = re.compile(
    r"\b(?:seats?|mandates?|assembl(?:y|ies)|parliament|house|senate|council|chamber|"
    r"lawmakers)\b[^:]{0,40}:$"
)
_ROW = re.compile(
    r"^\W{0,3}(?:\d{1,2}[.)]\s)?(?P<who>[A-Z\u00c0-\u024f][^\d:;]{1,70}?)\s?(?:[-:,]|"
    r"\.{2,})\s?\d{1,3}[;.,]?$"
)


def seats(scene: Scene) -> Iterator[Found]:
    """`the party won 240 seats`, `61 seats for X`; `X: 137` under the name of a house."""
    course = scene.course
    rows = scene.number - course.seats_at == 1
    if _HOUSE.search(scene.low) and not any(not number.spelt for number in scene.numbers):
        course.seats_by = scene.speaker or course.seats_by if rows else scene.speaker
        course.seats_at = scene.number
        return
    row = _ROW.match(scene.text) if rows and len(scene.numbers) == 1 else None
    if row:
        told = [(scene.numbers[0], course.names.full(row["who"].strip()))]
    elif made_up := list(_made_up(scene)) or list(_one_by_one(scene)) or list(_from_to(scene)):
        told = made_up
    elif _SEATS.search(scene.low) or _lead(scene) or (rows and _FELL.search(scene.low)):
        # A poll gives ranges; what is projected from counted votes is told as a number.
        told = [(number, who) for number, who in _won(scene) if number.upper is None]
    else:
        return
    by = scene.speaker or (course.seats_by if rows else "")
    for number, who in told:
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


def _one_by_one(scene: Scene) -> Iterator[tuple[Number, str]]:
    """`The new council is Independents 17, Conservatives 13, Labour six`: names and bare counts in turn."""
    near = scene.number - scene.course.seats_at <= 3 or re.search(
        r"\b(?:council|assembly|parliament|house|"
        r"senate)\b",
        scene.low,
    )
    if not near or any(n.percent for n in scene.numbers) or "vote" in scene.low:
        return
    names = choices(scene)
    pairs = [
        (number, name)
        for number in scene.numbers
        for name in names
        if number.value < 1000 and re.fullmatch(r"(?:\swith|\son|\sat|:)?\s", scene.text[name.end : number.start])
    ]
    if len(pairs) > 2:
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
_TO_FIGURE = re.compile(rf"(?:\s{_UNIT})?\sto\s(?:just\s|only\s|about\s)?")
# `the party of Prime Minister Ana Novak`: not hers.
_OF_ANOTHER = re.compile(r"\b(?:party|list|movement|alliance) of (?:[A-Z]\w+\s){0,3}$")
_MADE_UP = re.compile(
    r"\b(?:council|assembly|parliament|house|senate|chamber|legislature|bundestag)\b.{0,40}\b(?:has|have|holds?|"
    r"made up of|comprises?|"
    r"composed of|consists? of|will have|had)\b"
)


def _lead(scene: Scene) -> bool:
    return (
        _LEAD.search(scene.text) is not None and not any(n.percent for n in scene.numbers) and "vote" not in scene.low
    )


def _won(scene: Scene) -> Iterator[tuple[Number, str]]:
    """The seats of a sentence, each with whom they belong to."""
    names = choices(scene)
    figures = [n for n in scene.numbers if scene.open(n) and not n.percent and not EARLIER.search(scene.before(n, 40))]
    had: dict[tuple[bool, int], bool] = {}
    listing = _lead(scene) or re.match(r"(?:Seats|Mandates):", scene.text) is not None
    for at, number in enumerate(figures):
        told = _BEHIND.match(scene.after(number, 50))
        changed = scene.number - scene.course.seats_at == 1 and _CHANGED.search(scene.before(number, 30))
        if not told and not changed and not (listing and _IN_LIST.match(scene.after(number, 12))):
            continue
        if _NOT_WON.search(scene.before(number, 24)) or (not told and number.value > 999):
            continue
        if re.search(r"\b(?:lost|loses?|losing|lack\w*)\s(?:[\w-]+\s){0,2}$", scene.before(number, 24)):
            continue
        if shared := sharers(scene, number, names):
            yield from ((number, scene.course.names.full(n.text)) for n in shared)
            continue
        end = figures[at + 1].start if at + 1 < len(figures) else len(scene.text)
        start = figures[at - 1].end if at else 0
        figure = Figure(number, votes=False)
        name = (
            behind(scene, figure, names, end)
            or _seats_to(scene, number, names, end)
            or ahead(scene, figure, names, start, had)
        )
        who = scene.course.names.full(name.text) if name else meant(scene, figure, start)
        if name:
            had[False, name.start] = True
        if who:
            listing = True
            yield number, who


def _seats_to(scene: Scene, number: Number, names: list[Name], end: int) -> Name | None:
    opens = re.search(r"(?:^|,\s)[Ww]ith\s(?:\w+\s)?$", scene.text[: number.start]) is not None
    for name in names:
        gap = scene.text[number.end : name.start]
        if re.match(r"'s?\s\d", scene.text[name.end :]):
            return None  # `169 seats to the Conservatives' 144`
        if number.end <= name.start < end and (_TO.fullmatch(gap) or (opens and _THE.fullmatch(gap))):
            return name
    return None


_TO = re.compile(
    rf"\s(?:(?:more|other|further)\s)?(?:{_UNIT}\s)?(?:for|to|from|went to|(?:are|were) held by|fell to)\s"
    r"(?:the\s)?(?:\w+\s){0,2}"
)
# `With 61 seats, the Unity Party is the largest group`
_THE = re.compile(rf"\s{_UNIT},\s(?:the\s)?")
