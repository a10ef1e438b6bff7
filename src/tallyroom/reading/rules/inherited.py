"""Figures that take their kind from one told before: a part of it, the next of a list, or what the text goes on with.

312 observers, 40 of them women · Germany has 18 polling stations and Italy 12
There are 105 polling stations abroad. Canada and Hungary have two each, 20 are in Mostar and eight in Vitez.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tallyroom.reading.rules.turnout import hour_of
from tallyroom.reading.rules.verbs import bare
from tallyroom.reading.scene import Found, Scene
from tallyroom.reading.text.names import Name, Names, is_land
from tallyroom.reading.text.numbers import Number

__all__ = ["inherited"]

_COUNTS = frozenset(
    {"registered_voters", "polling_stations", "observers", "candidates_registered", "media_accredited", "turnout_count"}
)
_NOUNS = {
    "registered_voters": "voters",
    "turnout_count": "voters",
    "polling_stations": "polling stations",
    "observers": "observers",
    "candidates_registered": "candidates",
    "media_accredited": "media",
    "turnout_share": "voters",
}


def inherited(scene: Scene) -> Iterator[Found]:
    """The open numbers whose kind follows from a figure before them."""
    last: tuple[Number, Found] | None = None
    for number in scene.numbers:
        if (told := scene.told.get(number.start)) is not None:
            last = (number, told) if told.kind in _NOUNS else None
        elif scene.open(number) and (source := _source(scene, number, last)):
            scene.take(number)
            if source.kind == "turnout_share":
                scene.course.turnout_at = scene.number
            yield from _claims(scene, number, source, last)
            last = (number, source)


def _source(scene: Scene, number: Number, last: tuple[Number, Found] | None) -> Found | None:
    """The figure that a number takes its kind from; none where it has a noun of its own."""
    found = last[1] if last else next((f for f in scene.course.figures if f.kind in _NOUNS), None)
    if number.percent or (last and last[1].kind == "turnout_share"):
        return _turnout(scene, number, last)
    if found is None or (number.value < 2 and not _EACH.match(scene.low, number.end)):
        return None
    if _part(scene, number, found):
        return found
    return found if bare(scene, number) and _next(scene, number, last) else None


_SOME = (
    r"(?:(?:some|about|around|only|just|nearly|almost|over|more than|as many as|a further|another|last|"
    r"first)\s){0,2}"
)
_TURNOUT = Found("turnout_share", "voters", "", "turnout/share", "percent")
_FAR = 5  # sentences over which turnout stays what is spoken of
_CHOICES = re.compile(
    r"\b(?:vot(?:e|es|ed) (?:for|against)|votes|ballots?|won|counted|support\w*|polls?\b(?! (?:closed|opened))|"
    r"(?:\d+|won|of the) seats?|share of|"
    r"lead(?:s|ing)? (?:by|in|over)|candidates?|part(?:y|ies)|inflation|growth|economy|gdp|prices|stations|"
    r"women|required|"
    r"threshold|quorum|needed|margin|got|gets|receiv\w+|secur\w+|garner\w+|polled|(?:re-?)?elected|defeat\w*|enrol\w+|"
    r"registration|unemployment|literacy|approval|rating)\b"
)
# `against 5.0 percent in 2022`, `up from 46.1`, `below the 58.08 per cent of 2020`, `more than in 2019 (75.59)`
_COMPARED = re.compile(
    r"\b(?:against|from|than|to|with|below|above|after|beats?|like|versus|vs\.?|behind|equal(?:s|led)?|over|"
    r"under|matching)\s"
    r"(?:(?:the|a|an|some|about|around|only|just|nearly|almost|in|on|at|that|of|its|last|previous|first|second|"
    r"\d{4}|record|"
    r"low|high|election|elections|vote|round|years?|ago|time|voting),?\s){0,6}\(?$"
)
_CHANGE = re.compile(
    r"\b(?:by|drop of|fall of|rise of|increase of|decline of|gain of|below|under|least|"
    r"exceed\w*|remain)\s$"
)
_OF_SOMETHING = re.compile(
    r"\s?(?:[.,;:)(]|$|-)|\s(?:in|at|by|on|as|while|and|against|compared|nationwide|overall|when|among|for|than|"
    r"with|then|"
    r"across|abroad|after|before|up|down|of (?:the )?(?:registered |eligible |all )?(?:voters|electors|"
    r"electorate)|of (?:19|20)\d\d|"
    r"of the (?:same|previous|last))\b"
)


_DAYS = re.compile(r"\d (?:to|and) $|[a-z] to $")


def _turnout(scene: Scene, number: Number, last: tuple[Number, Found] | None) -> Found | None:
    """Turnout elsewhere, at another hour or in another year, after turnout was told."""
    course = scene.course
    if not (number.percent or (number.value <= 100 and bare(scene, number))):
        return None
    if not _OF_SOMETHING.match(scene.low, number.end):
        return None
    share = last[1] if last and last[1].kind == "turnout_share" else None
    if (
        not number.percent
        and number.value == number.value.to_integral_value()
        and _DAYS.search(scene.text[: number.start])
    ):
        return None
    gap = scene.text[last[0].end if last else 0 : number.start]
    if share and _COMPARED.search(gap) and len(gap) < 110 and ";" not in gap:
        return None if _CHOICES.search(gap.lower()) or "seat" in gap else share
    if share and _IT_WAS.search(gap) and not _CHOICES.search(_JOINT.split(gap.lower())[-1]):
        return share
    if share and last and len(gap) < 60 and _parallel(scene, number, last[0], gap):
        return share
    if share and _next(scene, number, last):
        return None if _of_somebody(scene, number, last) else share
    if (
        not number.percent
        or (last and not share)
        or _CHANGE.search(scene.low[max(0, number.start - 20) : number.start])
    ):
        return None
    alive = course.turnout_at > course.results_at and scene.number - course.turnout_at <= _FAR
    if not alive or _CHOICES.search(scene.low) or (not _EXTREMES.search(scene.low) and _of_people(scene)):
        return None
    return replace(_TURNOUT, by=course.turnout_by)


# `; in 2008 it was about 19 percent`
_IT_WAS = re.compile(rf"\b(?:it|that|this|the (?:figure|share|rate)) (?:was|is|had been|stood at|reached)\s{_SOME}$")
# `The figure was highest in Arda (57%), Belo (56%)`: so nobody's shares are told.
_EXTREMES = re.compile(r"\b(?:highest|lowest)\b")
_JOINS = re.compile(r"^[^,;]{0,40}?(?:,|;|\sand|\sbut|\swhile)+\s(?:(?:and|but|while|only|in|at|by)\s)*")
_PREPOSITION = re.compile(r"\s(among|in|for|at|abroad|by|on)\b")
_JOINT = re.compile(r"[,;]|\b(?:and|while|but)\b")
_GOT = re.compile(r"\b(?:won|got|had|has|have|received|took|seats?|votes?|for|lead|against)\b")


def _parallel(scene: Scene, number: Number, last: Number, gap: str) -> bool:
    """`31 percent among the young and 77 among pensioners`, `22 percent at 11 a.m., at 2 p.m. 35.5`."""
    if not _JOINS.match(gap) or _GOT.search(_JOINT.split(gap)[-1]):
        return False
    first, second = _PREPOSITION.match(scene.low, last.end), _PREPOSITION.match(scene.low, number.end)
    if first and second:
        return first[1] == second[1]
    if any(last.end < hour.start < number.start for hour in scene.hours):
        return True
    return bool(_IN_FRONT.search(scene.text[: last.start][-50:]) and _IN_FRONT.search(gap))


_IN_FRONT = re.compile(rf"(?:^|[,;]\s|\sand\s)(?:[Ii]n|[Aa]t|[Aa]mong)\s(?:[\w'-]+,?\s){{1,4}}?(?:it was\s)?{_SOME}$")


def _of_people(scene: Scene) -> bool:
    """Whether the sentence names somebody whose share it may tell.

    Where turnout was told by places just before, a name that comes once may be that of a place.
    """
    course = scene.course
    often = 1 if scene.number - course.turnout_in <= 2 else 0
    return any(_times(course.names, name) > often and not _is_land(scene, name) for name in scene.names if name.person)


def _times(names: Names, name: Name) -> int:
    """How often somebody of this surname is named in full."""
    return max(names.people.get(name.text.split()[-1], {}).values(), default=0)


def _is_land(scene: Scene, name: Name) -> bool:
    return is_land(name.text) or scene.course.names.is_place(name.text)


_EACH = re.compile(r"\s(?:each|apiece)\b")
# What a part may be told as; what happened to some of them (`two of whom withdrew`) is no count of them.
_STATE = re.compile(
    r"(?:\s(?:of (?:them|whom|which|these|those)|are|were|is|was|being|will be|each))*(?:\s?(?:[.,;:)(]|$)|"
    r"\s(?:in|at|from|"
    r"by|on|for|under|abroad|overseas|outside|within|and|women|men|females?|males?|foreign\w*|local|domestic|as|"
    r"international|"
    r"permanent|temporary|mobile|new|first-time|independents?|self-nominated|located|based|registered|living|resident|"
    r"young\w*|under|aged|rural|urban)\b)"
)
_PART_BEFORE = re.compile(rf"\b(?:of|among) (?:whom|which|them|these|those),?\s{_SOME}$|\b(?:another|a further)\s$")
_INCLUDING = re.compile(r"\b(?:including|among them|incl\.)\s(?:[a-z]+\s){0,2}$")
_PART_BEHIND = re.compile(r"\s(?:of (?:them|whom|which|these|those)|women|men|abroad|overseas)\b")
_OF_THESE = re.compile(r"(?:Of|Among|Out of) (?:them|these|those|which)\b")


def _part(scene: Scene, number: Number, found: Found) -> bool:
    """`40 of them`, `of whom 40`, `including 40 in …`, after a figure that is greater."""
    # Of a list, `of them` goes back to what it is a list of.
    if (number.value > _value(found) and not found.rule.startswith("inherited/")) or not _STATE.match(
        scene.low, number.end
    ):
        return False
    before = scene.low[max(0, number.start - 50) : number.start]
    if _OF_ALL.match(scene.text) and _IN_SENTENCE.fullmatch(scene.text[: number.start]):
        return True
    if _PART_BEFORE.search(before):
        return True
    if _PART_BEHIND.match(scene.low, number.end):
        return _ALONE.search(before) is not None
    if _INCLUDING.search(before):
        return re.match(r"\s(?:in|at|from|abroad|for|women|men)\b", scene.low[number.end :]) is not None
    return _OF_THESE.match(scene.text) is not None and not re.search(r"\d", scene.text[: number.start])


# `Of the 2,345 polling stations, 90 are in hospitals`
_OF_ALL = re.compile(r"(?:Of|Out of|Among) (?:the|its|all|these|those|their)\s(?:[a-z]+\s){0,2}?\d")
_IN_SENTENCE = re.compile(rf"\D+[\d.,]+(?: (?:million|thousand))?[^\d;:]{{3,60}}?,?\s{_SOME}")
_ALONE = re.compile(r"(?:^|[,;(]\s|\(|\band\s|-\s)(?:[a-z]+\s){0,2}$")


def _value(found: Found) -> float:
    return float(found.value) if not isinstance(found.value, str) else 0.0


_LIGHT = (
    r"(?:(?:will |would )?(?:has|have|had)|with|at|is|are|was|were|there (?:are|were)|sent|sends|fielded|"
    r"deployed|fields|"
    r"reported|recorded|followed (?:by|with)|it (?:is|was)|on|by|led (?:the )?[a-z]+ with|came (?:last|first|"
    r"next) with)"
)
# `and Italy 12`, `, the Union sent 40`, `, men at 42.7`, `; in the capital it was 30`
_NEXT = re.compile(
    rf"^(?:[^,;\d]{{0,50}}?)?(?:,|;|\)|\s-|\sand\b|\swhile\b|\sbut\b|\swhereas\b|\sfollowed by\b)+\s?(?:(?:and|"
    rf"while|but|then|"
    rf"with)\s)*(?:(?:in|at|for|from|by|among|with|on)\s)?(?P<owner>(?:\(?[\w'./-]+\)?,?\s){{1,9}}?)(?:{_LIGHT}\s|"
    rf"\()?{_SOME}$"
)
_GROUP = re.compile(
    r"[A-Z]|\b(?:men|women|abroad|overseas|capital|countryside|rural|urban|north|south|east|west|diaspora|rest|cities|"
    r"towns|villages|others|(?:the )?(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)$|"
    r"consulates?|embass(?:y|ies)|pensioners|constituenc(?:y|ies)|regions?)\b"
)
_NO_OWNER = re.compile(
    r"\b(?:won|got|received|took|gained|secured|said|lost|told|seats?|votes?|for|against|than|from|to|support|"
    r"counted|because|after|before|until|since|that|which|who|not|per|or|between|choose|issued|turn|turned|aged|"
    r"when|one in|\d+)\b"
)
# `, eight in Vitez`, `(17)`: the figure comes first and its place behind.
_PLACED = re.compile(
    r"\s(?:each\s)?(?:are\s|were\s)?(?:in|at|for|under|on)\s(?:the\s)?(?:[A-Z]|hospitals|"
    r"(?:[a-z]+\s){0,2}(?:mayors?|governors?|senators?|president|representatives?|members?|councill?ors?)\b|"
    r"prisons|ships|embass|consul|villages|cities|towns|rural|urban|the)|\s(?:women|men|abroad)\b"
)
_BETWEEN = re.compile(r"[^;\d]{2,50}?(?:,|\band)\s(?:and\s)?(?:another\s)?$")
_OPENS = re.compile(rf"(?:In|At|For|From)?\s?(?P<owner>(?:[\w'.-]+,?\s){{1,22}}?)(?:{_LIGHT}\s|\(){_SOME}$")


def _next(scene: Scene, number: Number, last: tuple[Number, Found] | None) -> bool:
    """Whether a number is the next of a list: `Italy 12` behind `Germany has 18 stations`, or opens one."""
    if last is None:
        opened = _OPENS.fullmatch(scene.text[: number.start])
        return opened is not None and _owns(opened["owner"])
    gap = scene.text[max(last[0].end, scene.noun_at(last[0])[2]) : number.start]
    if len(gap) > 110:
        return False
    following = _NEXT.match(gap)
    if following and _owns(following["owner"]):
        return True
    return (
        _PLACED.match(scene.text, number.end) is not None
        and _PLACED.match(scene.text, last[0].end) is not None
        and _BETWEEN.fullmatch(gap) is not None
    )


def _owns(owner: str) -> bool:
    return _GROUP.search(owner.strip()) is not None and _NO_OWNER.search(owner) is None


def _of_somebody(scene: Scene, number: Number, last: tuple[Number, Found] | None) -> bool:
    """Whether somebody stands before the number, whose share it then is, not that of the voters of a place."""
    since = last[0].end if last else 0
    names = [name for name in scene.names if since <= name.start < number.start]
    if _EXTREMES.search(scene.low) and scene.number - scene.course.turnout_at <= _FAR:
        return False
    course = scene.course
    if scene.number - course.turnout_in <= 2 and course.turnout_at > course.results_at:
        # `Belo came next with 58.4 percent and Corva had 44.1`: places, unless somebody is named so in full.
        return any(_times(course.names, name) > 1 and not _is_land(scene, name) for name in names)
    if _IN_PLACES.search(scene.text[:since]):
        return any(name.person for name in names)
    return any(not _is_land(scene, name) for name in names)


_IN_PLACES = re.compile(
    r"\b(?:highest|lowest|(?:turnout|participation) (?:was )?in|"
    r"[Ii]n [A-Z]\w+,? (?:it )?(?:was|is|stood)?)\b"
)


def _claims(scene: Scene, number: Number, source: Found, last: tuple[Number, Found] | None) -> Iterator[Found]:
    """The figure as a claim of its own; `two each` as one for each of those named."""
    noun = _NOUNS[source.kind]
    share = source.kind == "turnout_share"
    as_of = _hour(scene, number) if share else scene.year_of(number) or scene.hour or (source.as_of if last else "")
    claim = replace(
        source,
        subject=noun,
        value=number.value,
        qualifier=number.qualifier,
        rule="inherited/" + source.kind,
        as_of=as_of,
    )
    places = _each(scene, number, last[0].end if last else 0)
    if share or not places:
        yield replace(claim, subject=noun if share else f"{noun}, some of them")
        return
    for place in places:
        yield replace(claim, subject=f"{noun}: {place}", place=place)


def _hour(scene: Scene, number: Number) -> str:
    """The hour or year of a share of turnout; else the hour that the sentences before are of."""
    told = hour_of(scene, number)
    if told or scene.number - scene.course.hour_at > _FAR or _YEAR.search(scene.text):
        return told
    return scene.course.hour


_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\b(?:final|overall|previous|last)\b")


def _each(scene: Scene, number: Number, since: int) -> list[str]:
    """Those of whom each has so many: `Canada and Hungary two each`, `four each in Livno and Orašje`."""
    if not _EACH.match(scene.low, number.end):
        return []
    behind = re.match(r"\s(?:each|apiece)\sin\s(?:the\s)?([^,;\d]+)", scene.text[number.end :])
    words = behind[1] if behind else scene.text[since : number.start]
    if not behind:
        words = re.sub(rf"(?:{_LIGHT}\s)?{_SOME}$", "", words)
    parts = re.split(r",?\sand\s(?:the\s)?|,\s(?:the\s)?", words)
    return [part.strip(" .,") for part in parts if re.search(r"[A-Z]", part)]
