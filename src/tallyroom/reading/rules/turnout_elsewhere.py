"""Turnout told on after a first figure: in other places, at other hours, in comparison."""

from __future__ import annotations

import re

from tallyroom.reading.names import is_land
from tallyroom.reading.numbers import Number
from tallyroom.reading.scene import Scene

__all__ = ["BY_SO_MUCH", "at_hour", "by_place", "grown"]


def by_place(scene: Scene) -> bool:
    """`Odisha followed with 73.50 per cent and Ladakh with 71.82`: turnout elsewhere, after turnout somewhere."""
    if _BY_REGION.search(scene.low) and not scene.numbers and scene.number - scene.course.turnout_at <= 3:
        scene.course.turnout_in = scene.number
    if scene.number - scene.course.turnout_at <= 3 and _HIGHEST_IN.search(scene.low):
        return True
    if _all_places(scene):
        return True
    row = scene.number - scene.course.turnout_at <= 3 and _IN_PLACE.match(scene.text)
    if (scene.number - scene.course.turnout_in > 1 and not row) or re.search(
        r"\bvot|\bballots?\b|\bwon\b|"
        r"\bcounted",
        scene.low,
    ):
        return False
    people = scene.course.names.people
    return bool(scene.names) and not any(
        people[surname][name.text] > 1
        for name in scene.names
        if name.person and (surname := name.text.split()[-1]) in people
    )


_GOES_ON = 8  # sentences


def _all_places(scene: Scene) -> bool:
    """`Daegu led the regions with 3.2 percent`: only places have a percentage, and turnout was told last."""
    course = scene.course
    if scene.number - course.turnout_at > _GOES_ON or course.turnout_at < course.results_at or not scene.names:
        return False
    if _OF_CHOICES.search(scene.low):
        return False
    return all(is_land(name.text) or course.names.is_place(name.text) for name in scene.names)


_OF_CHOICES = re.compile(
    r"\bvot(?:e|es|ed) (?:for|against)\b|\bvotes\b|\bballots?\b|\bwon\b|\bcounted|\bsupport|\bpoll\b"
)
_BY_REGION = re.compile(
    r"\bby (?:the )?(?:regions?|provinces?|cit(?:y|ies)|count(?:y|ies)|districts?|states?|"
    r"constituenc(?:y|ies))\b"
)
_IN_PLACE = re.compile(r"^\W*(?:[Ii]ncluding:?\s)?[Ii]n (?:the )?(?:city of )?[A-Z][\w' -]*?\s?[-:]\s?\d")


def grown(scene: Scene, number: Number) -> bool:
    """`By 4pm, that had grown to 56 percent`: the turnout of the sentence before, later."""
    return scene.number - scene.course.turnout_at <= 1 and bool(_GROWN.search(scene.before(number).lower()))


# `The figure was highest in A (57.1%), B (56.2%) and lowest in C (45.3%)`
_HIGHEST_IN = re.compile(
    r"\b(?:figure|rate|share|percentage|it)\s(?:was|is)\s(?:the\s)?(?:highest|lowest)\s(?:in|at)\b"
)
BY_SO_MUCH = re.compile(
    r"\b(?:fell|dropped|declined|decreased|went (?:up|down)|rose|increased|grew|climbed)\sby\s(?:\w+\s){0,2}(?=\d|$)"
)


def at_hour(scene: Scene, number: Number, shared: bool) -> bool:
    """`Amsterdam reported 53 percent at 6 p.m.`, `28 percent at 1:45 p.m.`, `compared to 55 percent`, after turnout."""
    if scene.number - scene.course.turnout_at > 3 or re.search(r"\bcount|\bballots?\b|\bwon\b", scene.low):
        return False
    if shared and _COMPARED.search(scene.before(number, 30)):
        return True
    after = scene.text[number.end :]
    return any(h.start >= number.end and _TO_HOUR.fullmatch(after[: h.start - number.end]) for h in scene.hours)


_TO_HOUR = re.compile(r"\s(?:at|by|as of)\s(?:about\s|around\s)?")
_COMPARED = re.compile(r"\b(?:compared (?:to|with)|up from|down from|against)\s(?:\w+\s)?$")
_GROWN = re.compile(
    r"(?:^|[,;]\s|\band |\bago |\bin \d{4},? |\belections?,? )(?:that|it|this|the (?:figure|share|rate|number|"
    r"percentage))(?: had|"
    r" has)? (?:grown|"
    r"grew|"
    r"risen|rose|"
    r"climbed|increased|gone up|went up|jumped|reached|stood|stands|amount(?:s|ed)|been|is|was)(?: to| at|"
    r" by then)?[^\d;]{0,20}$"
)
