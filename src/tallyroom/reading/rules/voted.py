"""Which counts are of those who voted, by the words around them."""

from __future__ import annotations

import re

from tallyroom.reading.rules.verbs import bare, electorate, is_whole, votes, whole_of
from tallyroom.reading.scene import Scene
from tallyroom.reading.text.numbers import Number

__all__ = ["TURNOUT", "are_voters"]

TURNOUT = re.compile(
    r"\b(?:turnout|turn-out|(?:voter |electoral )?participation(?: rate)?|voter activity|voting activity|"
    r"(?:voter |voting )attendance|attendance at the polls|"
    r"(?:poll|polling|voting) (?:percentage|rate)|poll(?:ing)?(?= of \d| was \d))\b|percent (?:poll|polling|voting)\b|"
    r"\b(?:state|constituenc(?:y|ies)|district|county|region|segment|phase|province|city|capital)s? (?:polled|voted)\b"
)
_CAST = re.compile(
    r"^\s?(?:\w+\s){0,2}(?:votes|ballots|ballot papers) (?:had been |have been |were |was )?(?:cast|dropped|returned|"
    r"recorded|deposited|banked|lodged|mailed|posted|handed in|polled|found in)\b(?!\s(?:for|by [A-Z]))"
)
_OR_SO_MANY = re.compile(
    r"\bturnout\b[^;]{0,40}(?:%|per ?cent)(?:,?\s(?:or|that is|which is|which means)\s|\s\(|:\s|\s-\s)(?:\w+\s){0,2}$"
)
_REGISTERED = re.compile(r"\b(?:registered|eligible|entitled|lists?|rolls?|register)\b|\b(?:of|to) (?:the |all )?$")


def are_voters(scene: Scene, number: Number, turnout_named: bool) -> bool:
    """Whether a count is of those who voted."""
    if number.value < 2:
        return False
    noun = scene.noun(number)
    people = noun in ("voters", "persons") or (noun == "" and number.value >= 20 and bare(scene, number))
    if electorate(scene, number) or _says_again(scene, number):
        return False
    if people and _of_eligible(scene, number, turnout_named):
        return True
    if people and (votes(scene, number) or _drawn(scene, number)):
        return not _FOR_WHOM.search(scene.before(number, 12))
    # `96 % of the 13,673 votes cast`
    if number.value < 20 or (is_whole(scene, number) and not _CAST.match(scene.after(number, 60))):
        return False
    return _ballots_cast(scene, number, noun) or (turnout_named and _beside_turnout(scene, number, noun))


def _of_eligible(scene: Scene, number: Number, turnout_named: bool) -> bool:
    """`turnout is 62 percent: 27.57 million of the 44.39 million eligible voters`: a part of them, without a verb."""
    whole = whole_of(scene, number)
    return whole is not None and turnout_named and _ELIGIBLE.match(scene.low, whole.end) is not None


_ELIGIBLE = re.compile(
    r"\s(?:registered |eligible |enrolled )?(?:voters|electors|registered|eligible|"
    r"enrolled)(?:[.,;]|$)|\s(?:[a-z]+ )?on (?:the|its) (?:[a-z]+ )?(?:rolls?|lists?|register)\b"
)


def _says_again(scene: Scene, number: Number) -> bool:
    """`61 percent of the 17,988,570 voters (1 crore 79 lakh)`: the whole in other figures."""
    before = next((n for n in reversed(scene.numbers) if n.end < number.start), None)
    return before is not None and before.value == number.value


_FOR_WHOM = re.compile(r"\bfor whom\s$")
# `the vote drew 17 of the 1,012 electors`, `the booth had seen 700 of them`, `the counter showed 9,144,003 voters`
_DREW = re.compile(
    r"\b(?:voting|vote|elections?|polls?|by-?election|plebiscite|referendum|ballot|booth|station|counter|commission|"
    r"\([a-z]{2,6}\)) (?:[\w' ]{0,30}? )?(?:(?:had|has|have) )?(?:already )?(?:drew|drawn|attracted|brought(?: out)?|"
    r"seen|saw|counted|showed|recorded) (?:\w+ ){0,2}$"
)


def _drawn(scene: Scene, number: Number) -> bool:
    return _DREW.search(scene.before(number, 90).lower()) is not None


def _ballots_cast(scene: Scene, number: Number, noun: str) -> bool:
    after, before = scene.text[number.end : number.end + 60], scene.before(number).lower()
    if re.search(r"\b(?:votes|ballots) (?:were|had been|have been) cast by (?:\w+ ){0,2}$", before):
        return noun in ("voters", "persons")
    if re.match(r"\s(?:ballots|ballot papers) (?:were|had been) (?:found|taken|counted)\b.{0,20}\bbox", after):
        return True
    if _CAST.match(after):
        return not re.match(r"\s(?:\w+\s)?(?:valid|invalid|spoil|rejected)", after[:20])
    if (
        noun == "voters"
        and re.search(
            r"(?:^|"
            r"[;.]\s)(?:number of )?voters(?: who voted)?:\s$",
            before,
        )
        and TURNOUT.search(scene.low)
    ):
        return True
    if noun in ("", "votes") and _CAST_BEFORE.search(before):
        return not re.search(r"\b(?:in)?valid\b", before[-40:])
    return _NUMBER_WHOVOTED.search(before) is not None


_CAST_BEFORE = re.compile(
    r"\b(?:urns|boxes) (?:held|contained|yielded) (?:\w+ ){0,2}$|"
    r"\b(?:votes in total|total votes(?: cast)?)(?:,|:|\swere|\swas)\s$|"
    r"\b(?:votes|ballots) cast (?:were|was|is|are|stood at|stands at|reached|amounted to|came to|:)[^\d;]{0,20}$|"
    r"\b(?:votes|ballots) cast(?: in \w+)?\s?(?::|-|at|of)\s$"
)
_NUMBER_WHOVOTED = re.compile(
    r"\b(?:number|total) of (?:people|voters|citizens|those) (?:who|that) (?:had |have )?(?:voted|cast|"
    r"turned)[^\d]{0,60}$"
)


def _beside_turnout(scene: Scene, number: Number, noun: str) -> bool:
    before = scene.before(number).lower()
    if noun in ("voters", "persons") and _OR_SO_MANY.search(before):
        return True
    # `the lowest turnout was in the vote of June 2009, a little over 14,300 voters`
    last = max((n.end for n in scene.numbers if n.end < number.start), default=0)
    since = scene.low[last : number.start]
    if noun == "voters" and TURNOUT.search(since) and not _REGISTERED.search(since) and ";" not in since:
        return True
    return noun in ("voters", "persons", "") and bool(_TURNOUT_OF.search(before))


_TURNOUT_OF = re.compile(
    r"\bturnout (?:was|stood at|reached|of|amounted to|:)[^\d]{0,30}$|\bturnout (?:\w+ ){0,5}(?:or|-|\()\s?$"
)
