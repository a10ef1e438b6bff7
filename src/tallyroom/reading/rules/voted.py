"""Which counts are of those who voted, by the words around them."""

from __future__ import annotations

import re

from tallyroom.reading.numbers import Number
from tallyroom.reading.scene import Scene

__all__ = ["TURNOUT", "VOTED", "are_voters"]

TURNOUT = re.compile(
    r"\b(?:turnout|turn-out|(?:voter |electoral )?participation(?: rate)?|voter activity|voting activity|"
    r"(?:voter |voting )attendance|attendance at the polls|"
    r"(?:poll|polling|voting) (?:percentage|rate))\b"
)
VOTED = re.compile(
    r"^\s?(?:[\w'-]+\s){0,8}?(?:(?:had|have|has)\s(?:already\s|so far\s|"
    r"now\s)?)?(?:voted\b(?!\s(?:for|against|in favou?r|to\b|[\"']?[Yy]es|[\"']?[Nn]o\b))|turned (?:out|up)\b|"
    r"took part\b|"
    r"taken part\b|"
    r"participated\b|c[ao]me to vote\b|cast (?:their|a|the|his) (?:votes?|ballots?)\b(?!\s(?:for|in favou?r))|cast "
    r"ballots\b(?!\sfor)|(?:went to|gone to|at) the polls\b|(?:have|had|has) come\b|received (?:their |"
    r"a )?ballots?\b|(?:came|come|"
    r"been) to (?:the )?(?:[\d., ]+\s)?"
    r"(?:polls\b|(?:polling|voting) (?:stations|places)\b)|exercised their)"
)
_VOTING = re.compile(r"^\s?(?:[\w'-]+\s){0,3}?(?:voting|casting|taking part|participating)\b")
_CAST = re.compile(
    r"^\s?(?:\w+\s){0,2}(?:votes|ballots|ballot papers) (?:had been |have been |were |was )?(?:cast|dropped)\b(?!\sfor)"
)
_OR_SO_MANY = re.compile(
    r"\bturnout\b[^;]{0,40}(?:%|per ?cent)(?:,?\s(?:or|that is|which is|which means)\s|\s\(|:\s|\s-\s)(?:\w+\s){0,2}$"
)
_REGISTERED = re.compile(r"\b(?:registered|eligible|entitled|lists?|rolls?|register)\b|\b(?:of|to) (?:the |all )?$")
_VOTED_AT_ONCE = re.compile(
    r"\s(?:of them\s|had\s|have\s)?(?:voted|turned out|took part|cast (?:their|a) (?:votes?|ballots?))\b(?!\sfor)"
)
_MODAL = re.compile(
    r"^\s?(?:\w+\s){0,2}(?:can|could|may|will|would|should|are to|(?:are|is|were) "
    r"(?:expected|entitled|eligible|able)|able to)\b"
)
_OUT_OF = re.compile(r"\s(?:out\s)?of\s(?:the\s|its\s|all\s|a total of\s)?(?:[\w']+\s){0,2}")
# `1,281,997, or 49.39% of voters, took part`
_ASIDE = re.compile(
    r"\s?\([\d.,]+\s?(?:%|per ?cent)[^)]{0,40}\)|(?:\sof\s(?:them|these|those))?,\s(?:or\s|that is,?\s|"
    r"which is\s)?[\d.,]+\s?(?:%|"
    r"per ?cent)[^,]{0,60},"
)


def are_voters(scene: Scene, number: Number, turnout_named: bool) -> bool:
    """Whether a count is of those who voted."""
    if number.value < 20:
        return False
    noun, _, end = scene.noun_at(number)
    whole = next((n for n in scene.numbers if n.start > number.end and not n.percent), None)
    if whole and _OUT_OF.fullmatch(scene.text[number.end : whole.start]):
        noun, _, end = scene.noun_at(whole)
        return noun in ("voters", "persons") and bool(VOTED.match(scene.text[end : end + 60]))
    before = next((n for n in reversed(scene.numbers) if n.end < number.start), None)
    cast = _CAST.match(scene.text[number.end : number.end + 60])
    if before and not (before.percent and cast) and _OUT_OF.fullmatch(scene.text[before.end : number.start]):
        return False
    return (
        _who_voted(scene, number, noun, end)
        or _ballots_cast(scene, number, noun)
        or (turnout_named and _beside_turnout(scene, number, noun))
    )


def _who_voted(scene: Scene, number: Number, noun: str, end: int) -> bool:
    if re.search(r"\bfor whom\s$", scene.before(number, 12)):
        return False
    aside = _ASIDE.match(scene.text[end : end + 90])
    behind = scene.text[end + (aside.end() if aside else 0) :][:80]
    # `51.16% of voters, or 6,113,621 citizens, had voted`
    behind = behind.removeprefix(",") if re.search(r"\bor\s(?:\w+\s)?$", scene.before(number, 12)) else behind
    told = VOTED.match(behind) or _VOTING.match(behind)
    if noun in ("voters", "persons") and told and not _MODAL.search(behind):
        return True
    if noun:
        return False
    at_once = _VOTED_AT_ONCE.match(behind if aside else scene.text[number.end : number.end + 40])
    return bool(at_once and re.search(r"\bvot|\belect|\bballot|\bturnout|\bturned (?:out|up)\b", scene.low))


def _ballots_cast(scene: Scene, number: Number, noun: str) -> bool:
    after, before = scene.text[number.end : number.end + 60], scene.before(number).lower()
    if re.search(r"\b(?:votes|ballots) (?:were|had been|have been) cast by (?:\w+ ){0,2}$", before):
        return noun in ("voters", "persons")
    if re.match(r"\s(?:ballots|ballot papers) (?:were|had been) (?:found|taken|counted)\b.{0,20}\bbox", after):
        return True
    if re.search(
        r"\b(?:voting|vote|election|poll|plebiscite|referendum) (?:had |has )?(?:drew|drawn|attracted|brought(?: out)?)"
        r" (?:\w+ ){0,2}$",
        before,
    ):
        return noun in ("voters", "persons")
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
