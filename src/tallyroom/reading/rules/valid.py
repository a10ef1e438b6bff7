"""Votes that count: valid, good, formal or accepted ones, by the word behind the number or in front of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallyroom.reading.scene import Found, Scene

__all__ = ["valid_votes"]

_PAPERS = r"(?:votes?|ballots?|ballot papers|papers)"
_GOOD = rf"(?:valid|(?:good|formal|accepted|approved|admissible) {_PAPERS}|validly)"
# `158,193 valid`, `158,193 votes were declared valid`, `158,193 of them were good`
_BEHIND = re.compile(
    rf"\s(?:(?!and\b|or\b)[\w-]+\s){{0,2}}?(?:{_PAPERS}\s)?(?:(?:were|was|are|is|had been|have been|"
    rf"being)\s)?(?:(?:declared|"
    rf"found|deemed|"
    r"judged|considered|accepted|ruled|recogni[sz]ed)(?: as| to be)?\s)?(?:valid\b(?!\s(?:for|until|reasons?|"
    r"signatures?|"
    r"passports?|documents?|complaints?|votes? for))|(?:good|formal) (?:votes|ballots))|\s(?:were|are) (?:good|"
    r"formal)\b"
)
_NOT_BEHIND = re.compile(r"\s(?:[\w-]+\s){0,3}?(?:percent|per cent|not valid|of (?:all |the )?valid|after|out of)\b")
# `Valid votes were 158,193`, `Formal votes came to 158,193`, `the valid vote was`
_FRONT = re.compile(
    rf"(?<!\d\s)\b(?:{_GOOD}(?: {_PAPERS}| cast)?|{_PAPERS} (?:recogni[sz]ed|considered|declared|deemed|found|"
    rf"validly cast)"
    r"(?: as)?(?: valid)?)\b[^.;\d]{0,70}$"
)
_ROW = re.compile(r"(?:^|[,;:(]\s|\band\s)valid$|(?:^|[,;:(]\s)valid\s(?:[:=-]\s)?$")
_OTHERS = re.compile(
    r"\binvalid|\bfor\b|\bstations\b|\b(?:received|got|won|polled|secured|obtained|garnered)\b|\bof the valid\b|,\s|"
    r"\b(?:percent|seats|must|need\w*|exceed\w*|within|results?)\b"
)
_VOTING = re.compile(
    r"\b(?:vote|votes|voted|ballots?|papers?|poll|polled|reject\w+|spoil\w+|null|blank|invalid|"
    r"cast)\b"
)


def valid_votes(scene: Scene) -> Iterator[Found]:
    """`158,193 valid votes`, `Valid 158,193, blank 1,100`, `leaving 158,193 valid`."""
    if not _SOME.search(scene.low):
        return
    for number in scene.numbers:
        if number.percent or not scene.open(number) or number.value < 10:
            continue
        tail = scene.low[number.end : number.end + 70]
        behind = _BEHIND.match(tail) and not _NOT_BEHIND.match(tail)
        before = scene.before(number, 110).lower()
        front = _ROW.search(before) or (_FRONT.search(before) and not _OTHERS.search(before[-45:]))
        if (behind and _VOTING.search(scene.low)) or front:
            scene.take(number)
            yield Found("valid_votes", "valid votes", number.value, "counts/valid", "votes", number.qualifier)


_SOME = re.compile(r"\bvalid|\bformal\b|\bgood\b|\b(?:accepted|approved|admissible) (?:votes|ballots|papers)")
