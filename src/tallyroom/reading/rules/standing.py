"""Of those who stand, how many are women, of which party, approved: parts told beside the number of all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tallyroom.reading.rules.choices import choices
from tallyroom.reading.scene import Found, Scene
from tallyroom.reading.text.numbers import Number

__all__ = ["standing"]

_STANDING = re.compile(
    r"\b(?:candida\w+|nominat\w+|aspirants?|contest\w*|contenders?|hopefuls?|in the race|lists?|stood)\b"
)
_WOMEN = re.compile(
    r"^\s(?:of\s(?:them|whom)\s)?(?:are\s|were\s)?(?P<sort>women|female|men)\b(?!\s(?:seats?|voters|observers))"
)
_SORT = re.compile(
    r"^\s(?:of\s(?:them|these|those|whom)\s)?(?:(?:were\s|are\s)?(?P<sort>self-nominated|"
    r"(?<=e\s)independents?|nominated by|put forward by|fielded by)\b|"
    r"(?P<party>from)\s(?:\d+|[a-z]+)\s(?:political\s)?parties\b|(?P<system>under)\sthe\s[\w -]{1,30}\bsystem\b)"
)
_PASSED = re.compile(
    r"^\sof\sthem\s(?:(?:were|was|had been|have been)\s(?:then\s|later\s)?(?:approved|accepted|registered|cleared|"
    r"admitted|confirmed)|made the (?:cut|ballot|list)|qualified|met the|passed)\b"
)
_OUT_OF = re.compile(r"^\s(?:\w+\s)?(?:out )?of (?:the|its|their)\s(?:\w+\s)?$")
_CHANGED = re.compile(
    r"\bnumber of [\w ]{0,30}(?:candidates|contenders|parties)\b[^.;]{0,60}\b(?:fallen|fell|dropped|risen|rose|gone|"
    r"went|grown|grew|shrunk)\s(?:up\s|down\s)?from\s(?:\w+\s){0,2}$"
)
_LISTS = re.compile(
    r"^\s(?P<what>(?:party|joint|candidate|electoral|national)\s[a-z ]{0,25}?\blists|(?:political|electoral)\s"
    r"(?:entities|subjects|contestants))\b"
)
_RUNNING = re.compile(r"\b(?:regist\w+|contest\w*|compet\w+|run|ran|running|approved|held|vying|candidates)\b")
_BY_PARTY = re.compile(r"\b(?:candidates|aspirants|contenders)\b[^.:]{0,60}:")


def standing(scene: Scene) -> Iterator[Found]:
    """`378 of them women`, `10 self-nominated`, `three of them made the cut`, `72 approved out of 80`."""
    if not _STANDING.search(scene.low):
        return
    numbers = [n for n in scene.numbers if scene.open(n) and not n.percent and 0 < n.value < 50_000]
    for number, subject in (*_changed(scene, numbers), *_out_of(scene, numbers), *_by_party(scene, numbers)):
        scene.take(number)
        yield _candidates(number, subject)
    for number in numbers:
        if scene.open(number) and (subject := _part(scene, number)):
            scene.take(number)
            yield _candidates(number, subject)


def _candidates(number: Number, subject: str) -> Found:
    unit = "candidates" if "candidates" in subject else "parties"
    return Found("candidates_registered", subject, number.value, "standing/part", unit, number.qualifier)


def _part(scene: Scene, number: Number) -> str:
    """Which of those who stand a number counts; empty where it counts something else."""
    after, told = scene.after(number, 70), _STANDING.search(scene.low[: number.start])
    if told and (women := _WOMEN.match(after)) and not _SEATS.search(scene.low[: number.start]):
        return f"{women['sort']} candidates"
    if told and (sort := _SORT.match(after)):
        return "candidates of parties" if sort["party"] else f"{sort['sort'] or 'other'} candidates"
    if told and _PASSED.match(after):
        return "approved candidates"
    lists = _LISTS.match(after)
    return lists["what"] if lists and _RUNNING.search(scene.low) else ""


_SEATS = re.compile(r"\b(?:deputies|members|seats|elected|observers|voters)\b")


def _changed(scene: Scene, numbers: list[Number]) -> Iterator[tuple[Number, str]]:
    """`the number of candidates has fallen from over 360 to 293`: both."""
    for first, second in pairwise(numbers):
        between = scene.text[first.end : second.start]
        if re.fullmatch(r"\sto\s(?:\w+\s)?", between) and _CHANGED.search(scene.low[: first.start]):
            yield from ((second, "candidates"), (first, "candidates before"))


def _out_of(scene: Scene, numbers: list[Number]) -> Iterator[tuple[Number, str]]:
    """`72 approved out of the 80 it had presented`: the first, and nobody reads the second."""
    for first, second in pairwise(numbers):
        between = scene.text[first.end : second.start]
        if not _OUT_OF.match(between):
            continue
        if "approved" in between or (" the " not in between and scene.noun(second) == "candidates"):
            scene.take(second)
            yield first, "approved candidates"


def _by_party(scene: Scene, numbers: list[Number]) -> Iterator[tuple[Number, str]]:
    """`312 candidates of three parties: Unity 190, Greens 100 and the Left 22`."""
    colon = _BY_PARTY.search(scene.text)
    if colon is None:
        return
    names = [name for name in choices(scene) if name.start >= colon.end()]
    listed = [(number, name) for number in numbers for name in names if name.end + 1 == number.start]
    if len(listed) > 1:
        yield from ((number, f"candidates of {scene.course.names.full(name.text)}") for number, name in listed)
