"""Who voted: turnout in percent and in persons, and by which hour."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallyroom.reading.rules.registers import place_of
from tallyroom.reading.rules.verbs import votes
from tallyroom.reading.rules.voted import TURNOUT, are_voters
from tallyroom.reading.scene import Found, Scene
from tallyroom.reading.text.numbers import Number
from tallyroom.reading.text.times import THEN

__all__ = ["hour_of", "narrow_place", "turnout"]

_FOR_WHOM = re.compile(r"\b(?:for|in favou?r of)\s(?:the\s)?[A-Z]")


_OF_REGISTER = re.compile(
    r"\sof\s(?:the\s(?:total\s)?number\sof\s(?:people\s|persons\s)?)?(?:the\s|all\s|"
    r"its\s)?(?:[\w']+\s){0,2}?(?:[\d.,]+\s(?:million\s)?)?(?:(?:registered|"
    r"eligible)\s(?:[\d.,]+\s(?:million\s)?)?(?:voters|electors)|(?:[\d.,]+\s(?:(?:million|"
    r"thousand)\s)?){0,3}(?:voters|citizens|people)\son\s"
    r"the\s(?:\w+\s)?(?:lists?|roll|register)|(?:total|voters?|electoral)\s(?:lists?|roll|register)|"
    r"(?:those\s)?(?:registered|eligible|entitled)\s(?:on|to)\b|those\s(?:registered|eligible|entitled)|"
    r"electorate)\b(?!\s(?:backed|chose|for|said|support))"
)


# `the young make up 54 percent of the voters`
_PART_OF = re.compile(r"\b(?:ma[dk]es? up|account(?:s|ed)? for|constitutes?|comprises?)\s(?:[a-z]+\s){0,2}$")


def turnout(scene: Scene) -> Iterator[Found]:
    """`turnout was 76.73%`, `3,922,187 people had cast a ballot`, `almost 20% had voted`."""
    word = TURNOUT.search(scene.low)
    if word and re.search(r"\b(?:stands|stood|was|is|put|gave|announced|released|published)\b", scene.low):
        scene.course.turnout_at = scene.number
    if word and scene.hour and not scene.numbers:
        # `By 5 p.m. turnout was highest in …`: the figure follows.
        scene.course.hour, scene.course.hour_at, scene.course.hour_alone = scene.hour, scene.number, scene.number
    if word and _BY_SO_MUCH.search(scene.low):
        scene.course.turnout_at = scene.number
    if word and _BY_REGION.search(scene.low):
        scene.course.turnout_at = scene.course.turnout_in = scene.number
    counted = False
    for number in scene.fractions:
        if votes(scene, number) and not _NOT_VOTED.match(scene.after(number)):
            yield from _share(scene, number)
    for number in scene.numbers:
        if not scene.open(number):
            continue
        if number.percent:
            if (
                _is_quorum(scene, number)
                or _NEEDED.search(scene.low[max(0, number.start - 70) : number.start])
                or _ABSTAINED.search(scene.low[max(0, number.start - 60) : number.start])
                or _NOT_VOTED.match(scene.after(number))
                or _BY_SO_MUCH.search(scene.before(number))
            ):
                continue
            # `in Naryn - 51,077 (28.99 percent)`
            beside = counted and re.search(r"(?:\d|people|voters|citizens|persons)\s\($", scene.before(number, 12))
            if beside or (word and _is_turnout(scene, number)) or _voted(scene, number):
                scene.course.turnout_at = scene.number
                scene.course.turnout_by = scene.speaker
                if re.search(r"\b(?:highest|lowest)\b|\b(?:in|at) (?:the )?[A-Z]", scene.text):
                    scene.course.turnout_in = scene.number
                yield from _share(scene, number)
        elif are_voters(scene, number, bool(word)) or (counted and _LISTED.search(scene.before(number))):
            counted = True
            scene.take(number)
            yield Found(
                "turnout_count",
                "voters",
                number.value,
                "turnout/count",
                "persons",
                number.qualifier,
                hour_of(scene, number),
                place_of(scene),
            )


def _share(scene: Scene, number: Number) -> Iterator[Found]:
    scene.take(number)
    as_of, place, by = hour_of(scene, number), _where(scene, number), scene.course.turnout_by
    if number.upper is not None:
        yield Found("turnout_share", "voters", number.value, "turnout/share", "percent", "at least", as_of, place, by)
        yield Found("turnout_share", "voters", number.upper, "turnout/share", "percent", "at most", as_of, place, by)
    else:
        yield Found(
            "turnout_share", "voters", number.value, "turnout/share", "percent", number.qualifier, as_of, place, by
        )


def narrow_place(text: str) -> str:
    """A district, or some stations only, that a sentence speaks of; empty where it names none."""
    found = _NARROW.search(text) if "tations" in text or "places" in text or " No" in text else None
    return found[0] if found else ""


_NARROW = re.compile(
    r"\b(?:in|at) (?:most|many|some|several) (?:of the )?(?:polling )?stations(?: visited)?|"
    r"\b(?:stations|places) (?:visited|observed)|"
    r"(?:[A-Z]\w+\s)?(?:\w+\s)?(?:electoral )?(?:district|constituency) No\.?\s?\d+"
)


# `turnout was 62.1 percent in Harare and 58.4 in Bulawayo`, `in Harare 62.1 percent`
_IN = re.compile(r"\bin (?:the )?((?:city|region|province|state) of )?(?P<place>[A-Z][\w'-]+(?:\s[A-Z][\w'-]+)*)")


# `highest in Lurda (57.1%), Sorn (56.3%)`, `Sorn reported 53 percent`
_PLACE_AND = re.compile(
    r"(?:^|,\s|\band\s)(?:the\s)?(?P<place>[A-Z][\w'-]+(?:\s[A-Z][\w'-]+)*)\s(?:\(|(?:reported|recorded|"
    r"followed\swith)\s)(?:\w+\s)?$"
)


def _where(scene: Scene, number: Number) -> str:
    near = [n for n in scene.numbers if n.percent]
    start = max((n.end for n in near if n.end < number.start), default=0)
    end = min((n.start for n in near if n.start > number.end), default=len(scene.text))
    if len(near) > 1 and (
        place := _IN.match(scene.text[number.end : end].lstrip(" (")) or _last(scene.text[start : number.start])
    ):
        return place["place"]
    if named := _PLACE_AND.search(scene.before(number)):
        return named["place"]
    if re.search(r"\b(?:previous|last|earlier) (?:\w+ )?(?:election|vote)\b", scene.low):
        return "previous election"
    some = narrow_place(scene.text)
    if some:
        return some
    found = re.search(r"\b(?:turnout|voted) (?:\w+ )?in (?:the )?([A-Z][\w'-]+(?:\s[A-Z][\w'-]+)*)", scene.text)
    return found[1] if found else place_of(scene)


def _last(text: str) -> re.Match[str] | None:
    return next(reversed(list(_IN.finditer(text))), None)


_GOES_ON = re.compile(r"(?:That|This|Which|It)\b")


def hour_of(scene: Scene, number: Number) -> str:
    """The hour that stands nearest to the figure; `That made a turnout of …` has the hour of what it goes on from."""
    if year := scene.year_of(number):
        return year
    if not scene.hours:
        soon = scene.number - scene.course.hour_at <= 2
        if scene.number - scene.course.hour_alone <= 2 and not re.search(r"\b(?:final|total|overall)\b", scene.low):
            return scene.course.hour
        return scene.course.hour if soon and (_GOES_ON.match(scene.text) or THEN.search(scene.low)) else ""
    near = min(scene.hours, key=lambda hour: min(abs(hour.start - number.end), abs(number.start - hour.end)))
    between = scene.text[min(near.end, number.end) : max(near.start, number.start)]
    if ";" in between:
        return ""
    scene.course.hour, scene.course.hour_at = near.value, scene.number
    return near.value


_BY_REGION = re.compile(
    r"\b(?:by|per) (?:the )?(?:regions?|provinces?|cit(?:y|ies)|count(?:y|ies)|districts?|states?|"
    r"constituenc(?:y|ies))\b"
)
_BY_SO_MUCH = re.compile(
    r"\b(?:fell|dropped|declined|decreased|went (?:up|down)|rose|increased|grew|climbed)\sby\s(?:\w+\s){0,2}(?=\d|$)"
)
# `A candidate needs more than 50%`, `should turnout remain below 25 percent`
_NEEDED = re.compile(
    r"\b(?:needs?|requires?|must (?:have|be|reach|get|exceed)|(?:if|should|"
    r"unless) (?:the )?turnout)\b[^.;]{0,60}$"
)
_ABSTAINED = re.compile(r"\babst(?:ention|ained|ainers)\b[^,;.\d]{0,40}$")
# Those who stayed away; and how much more it was than before.
_NOT_VOTED = re.compile(
    r"[^,;.\d(]{0,60}\b(?:abstained|did not vote|stayed (?:away|at home)|have not voted)\b|\s(?:more|less|higher|"
    r"lower)\b"
)


def _is_quorum(scene: Scene, number: Number) -> bool:
    return (
        re.match(
            r"[\s-](?:\w+\s)?(?:quorum|threshold|required|needed|minimum|"
            r"barrier)\b",
            scene.after(number, 40),
        )
        is not None
    )


def _is_turnout(scene: Scene, number: Number) -> bool:
    """Whether the word turnout goes with this percentage rather than with a name or a count."""
    before, after = scene.before(number, 240), scene.after(number, 60)
    if re.match(r"\s(?:poll|polling|voting)(?=[.,;]|$|\s(?:in|was|by|at)\b)", after):
        return True
    if re.match(r"\s(?:\w+\s){0,3}(?:turnout|turn-out|participation)\b(?!\s(?:of|was|is)\s\d)", after, re.I):
        return True
    found = list(TURNOUT.finditer(before.lower()))
    if not found:
        return bool(
            re.match(
                r"(?:(?!\bvot|\bballot)[^.;\d]){0,30}\bturnout\b(?!\s(?:of|was|is|stood|"
                r"at)\b)",
                after,
                re.I,
            )
        )
    gap = before[found[-1].end() :]
    if ";" in gap or re.search(r"\d\s?%|per ?cent", gap):
        # `turnout was 70.85% in A and 68.2% in B`, `up from 68%`
        return (
            bool(
                re.search(
                    r"(?:\band\s|,\s|\(|(?:compare[sd] (?:to|with)|from|against|than|"
                    r"to)\s)(?:\w+\s){0,6}(?:-\s)?$",
                    gap,
                )
            )
            and not _FOR_WHOM.search(gap)
            and not re.search(r"\b(?:won|received|got|polled|secured|garnered)\b", gap)
            and not re.search(r"\bvotes?\b", after[:25])
        )
    if re.match(r"\s(?:of the|of)\s(?:votes?|ballots?|valid votes)\b", after):
        return False
    return not re.search(r"\b(?:won|received|got|polled|secured|garnered)\b", gap)


def _voted(scene: Scene, number: Number) -> bool:
    """Whether a percentage is of those who voted: by its verb, or as a part of the register without another one."""
    after = scene.after(number, 110)
    if _BALLOTS_CAST.match(after):
        return True
    if _ANOTHERS.match(after) or _FOR_WHOM_ELSE.search(scene.before(number, 20)):
        return False
    if _OF_REGISTER.match(after) and not _PART_OF.search(scene.before(number, 40)):
        return not re.search(r"\b(?:had|have) registered\b", after)
    return votes(scene, number) or _beside_votes(scene, number)


def _beside_votes(scene: Scene, number: Number) -> bool:
    """`1,978,048 of them took part, or 62.8 percent`: a share in apposition to those who voted."""
    before = next((n for n in reversed(scene.numbers) if n.end < number.start), None)
    if before is None or before.percent:
        return False
    return _ALSO.search(scene.low[before.end : number.start]) is not None and votes(scene, before)


# `, or`, `, a rate of`, `- that is`, `(`: what follows says the same in other figures.
_ALSO = re.compile(
    r"(?:,|\s-|\s\(|;)\s?(?:or|that is|that's|i\.e\.|which is|which makes|making|giving|corresponding to|equal to|"
    r"equivalent to|for|amounting to|representing|a (?:turnout|participation)? ?(?:rate|share|figure|turnout))?"
    r"(?:\s(?:of|an?|up|to|about|around|some|nearly|almost|just|over|under|more|less|than|the)){0,4}\s?$"
)


_ANOTHERS = re.compile(
    r"\s(?:of|of the)\s(?:\w+\s)?(?:stations|precincts|respondents|ballots|votes)|\s(?:of )?those (?:who|that)\b"
)
_FOR_WHOM_ELSE = re.compile(r"\bfor (?:whom|him|her|them)\s$")
_BALLOTS_CAST = re.compile(
    r"\sof (?:the |all )?(?:votes|ballots) (?:was|were|had been|have been) (?:already )?cast\b(?! for)"
)
_LISTED = re.compile(r"\bin (?:the )?[A-Z][\w' -]{2,40}?\s-\s$")
