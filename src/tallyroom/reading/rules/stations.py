"""Where people vote: polling stations, countries that have some, constituencies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallyroom.reading.rules.registers import place_of
from tallyroom.reading.scene import Found, Scene
from tallyroom.reading.text.numbers import Number

__all__ = ["constituencies", "stations"]

_NOT_OBSERVED = re.compile(
    r"\b(?:observ(?:e|ed|ing|ation)|visit(?:ed|s|ing)?|monitor(?:ed|ing)?|were present at|attended|"
    r"sampled|respondents|survey(?:ed)?|interviewed|questioned|(?:were|was) asked)\b"
)
_KINDS = (
    r"permanent|temporary|mobile|special|closed|regular|ordinary|electronic|static|military|"
    r"hospital|prison|postal|abroad|overseas|new|urban|rural"
)
_KIND_AFTER = re.compile(
    rf"^\s(?:-\s)?(?:of (?:them|these|which|those)\s)?(?:are |were |being |will be "
    rf")?(?P<kind>{_KINDS})\b(?!\s(?:voters|seats|candidates))"
)
_KIND_BEFORE = re.compile(rf"\b(?P<kind>{_KINDS})\s")


def stations(scene: Scene) -> Iterator[Found]:
    """`6,537 polling stations, of which 6,319 are permanent`, `49 polling stations in 37 countries`."""
    if _EXIT_POLL.search(scene.low) and _ASKING.search(scene.low):
        return
    going_on = _OF_THEM.match(scene.text) is not None
    told = going_on and scene.number - scene.course.stations_at == 1
    for number in scene.numbers:
        if number.percent or not scene.open(number):
            continue
        if subject := _stations(scene, number, told, going_on):
            told = True
            yield from _station(scene, number, subject)
        elif scene.noun(number) == "countries" and _votes_there(scene, number, told):
            scene.take(number)
            yield Found(
                "polling_stations",
                "countries with polling stations",
                number.value,
                "stations/countries",
                "countries",
                number.qualifier,
                place="abroad",
            )


_EXIT_POLL = re.compile(r"\bexit[- ]polls?\b")
_ASKING = re.compile(r"\b(?:conduct|cover|poll at|polls at|carr(?:y|ied)|interview|sample|taken|ask)")
_OF_THEM = re.compile(r"(?:Of|Among) (?:these|them|those|which|the total)\b")
# What may hold the voting, where the sentence or the one before speaks of voting.
_SITES = re.compile(
    r"\s(?:(?!counting|tally|collation|data|call|press|of\b|in\b|and\b)[a-z-]+\s){0,2}?(?:cent(?:re|er)s|places|"
    r"sites|locations|venues|rooms|booths|bureau[xs]|premises|schools|boxes|"
    r"branches|embassies|consulates|missions|posts)\b(?! of observ)"
)
_VOTING = re.compile(r"\b(?:polling|voting|votes?|voted|ballots?|polls|stations)\b")
_ABROAD = re.compile(r"\s(?:abroad|overseas)\b")
_INCLUDING = re.compile(r"\bincluding\s(?:\w+\s)?$")
_PLACED = re.compile(r"\s(?:in|at|for)\s")
_ARE = re.compile(r"\s(?:are|were|is|was)\b")


def _stations(scene: Scene, number: Number, told: bool, going_on: bool) -> str:
    """Which stations a number counts; empty where it counts something else."""
    noun, words, end = scene.noun_at(number)
    near = scene.number - scene.course.stations_at <= 1
    if noun == "stations":
        kind = _KIND_BEFORE.search(words.lower())
        scene.course.stations_at = scene.number
        if _passed_over(scene, number, end):
            return ""
        return f"{kind['kind']} polling stations" if kind else "polling stations"
    if noun in ("", "organisations") and (site := _SITES.match(scene.low, number.end)):
        voting = _VOTING.search(scene.low) is not None or near
        few = number.value < 10 and not near
        return "" if few or not voting or _passed_over(scene, number, site.end()) else "polling stations"
    if noun:
        return ""
    if told and number.value < 20_000 and (kind := _KIND_AFTER.match(scene.after(number).lower())):
        return f"{kind['kind']} polling stations"
    if near and _SET_UP.match(scene.after(number)):
        return "polling stations set up elsewhere"
    if told and number.value < 20_000 and _ABROAD.match(scene.after(number)):
        return "polling stations abroad"
    placed = _INCLUDING.search(scene.before(number, 24)) and _PLACED.match(scene.after(number))
    return (
        "polling stations set up elsewhere"
        if told and (placed or (going_on and _ARE.match(scene.after(number))))
        else ""
    )


# `Expatriates vote in ten countries`, `at home and in 38 other countries`: there are stations there.
_IN = re.compile(r"\bin\s(?:(?:some|about|all|more|than|over|another|other|the|almost|nearly)\s){0,3}$")
_VOTE_THERE = re.compile(r"\b(?:vot(?:e|ed|es|ing)|elect|ballots?|polls|stations?|polling)\b")
_NO_VOTE = re.compile(r"\b(?:observ\w+|congratulat\w+|media|journalists?|monitor\w*|delegat\w+)\b")


def _votes_there(scene: Scene, number: Number, told: bool) -> bool:
    if scene.low.startswith("states", number.end + 1) and "abroad" not in scene.low and not told:
        return False
    near = told or scene.number - scene.course.stations_at <= 1
    if not _IN.search(scene.before(number, 40)) or _NO_VOTE.search(scene.low):
        return near and _IN.search(scene.before(number, 40)) is not None
    return near or _VOTE_THERE.search(scene.low) is not None


# `Another 29 were opened in prisons`
_SET_UP = re.compile(r"\s(?:were|are|was|had been|have been|will be)\s(?:opened|set up|established|formed|created)\b")


def _passed_over(scene: Scene, number: Number, end: int) -> bool:
    """Stations that were observed, that reported, or that something happened at: other kinds, or none."""
    if number.value < 2 or re.search(r"\b(?:each|every|per)\s$", scene.before(number).lower()):
        return True
    if re.search(
        r"\b(?:call|data) cent|\b(?:radio|television|tv|police|fire|gas|train|metro|bus|power|petrol) stations?\b",
        scene.low,
    ):
        return True
    around = scene.before(number, 60).lower() + " " + scene.text[end : end + 60].lower().replace("without incident", "")
    if re.match(r"\s(?:stations )?(?:fewer|more|less)\b", scene.text[end:]):
        return True
    if re.search(
        r"\b(?:annul|cancel|invalidat|repeat voting|re-?run|incidents?|violations?|irregularit|attack|"
        r"closed early|suspended|halted|interrupted|represented|proxies|audit|recount|errors?|not open|"
        r"failed to|because of|due to|extended|postpon|delay|flood|problems?)",
        around,
    ):
        return True
    return bool(
        _NOT_OBSERVED.search(scene.before(number, 70).lower())
        or _NOT_OBSERVED.search(scene.text[end : end + 50].lower())
    )


def _station(scene: Scene, number: Number, subject: str) -> Iterator[Found]:
    scene.course.stations_at = scene.number
    scene.take(number)
    yield Found(
        "polling_stations",
        subject,
        number.value,
        "stations/count",
        "stations",
        number.qualifier,
        place=place_of(scene, number),
    )


# `with 28 constituencies to go`: how far the count has come.
_STILL_OUT = re.compile(
    r"\s(?:(?:still|yet)\s)?(?:to go|to come|remaining|outstanding|left|to be (?:counted|declared))\b"
)


def constituencies(scene: Scene) -> Iterator[Found]:
    """`125 constituencies`, `in 290 electoral districts`, `10 of the 125 constituencies`."""
    for number in scene.numbers:
        if not number.percent and scene.open(number) and number.value > 1 and _are_constituencies(scene, number):
            scene.take(number)
            yield Found(
                "constituencies",
                "constituencies",
                number.value,
                "stations/constituencies",
                "constituencies",
                number.qualifier,
                place=scene.course.country,
            )


_ELECTORAL = re.compile(r"constituenc|elect|voting|ridings|circuit|-(?:member|mandate|seat)|majoritarian")
_WITH_STATIONS = re.compile(r"\s(?:with|and)\s(?:\w+\s)?\d[\d,.]*\s(?:polling|voting|electoral)\b")
_OF = re.compile(r"\s(?:out )?of (?:the |all |its )?(?:country's )?")
_DIVIDED = re.compile(r"\b(?:divided|split|divides|elects?|elected)\b")
_ELECTED_IN = re.compile(r"\b(?:elected|elect|divided|split|divides|voting|vote)\b")
_WON = re.compile(r"\b(?:won|wins?|leads?|leading|holds?|held|took|taken|ahead|first|carried|majority|swept)\b")


def _are_constituencies(scene: Scene, number: Number) -> bool:
    noun, words, end = scene.noun_at(number)
    whole = next((n for n in scene.numbers if n.start > number.end), None)
    if not noun and whole and _OF.fullmatch(scene.text[number.end : whole.start]):
        if _WON.search(scene.low[: number.start]):
            return False
        noun, words, end = scene.noun_at(whole)
    if noun != "districts" or not words.lower().endswith("s") or _NOT_OBSERVED.search(scene.low):
        return False
    # `In three constituencies, however, …`: what happened there.
    if number.spelt and number.value < 6 and not _DIVIDED.search(scene.low):
        return False
    if _STILL_OUT.match(scene.text[end:]):
        return False
    known = _ELECTORAL.search(words.lower()) or _ELECTED_IN.search(scene.low[: number.start])
    return bool(known or _WITH_STATIONS.match(scene.text, end))
