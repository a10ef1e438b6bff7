"""Where people vote: polling stations, countries that have some, constituencies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallyroom.reading.numbers import Number
from tallyroom.reading.rules.registers import place_of
from tallyroom.reading.scene import Found, Scene

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
    if re.search(r"\bexit[- ]polls?\b", scene.low) and re.search(
        r"\b(?:conduct|cover|poll at|polls at|carr(?:y|ied)|interview|sample)", scene.low
    ):
        return
    going_on = re.match(r"(?:Of|Among) (?:these|them|those|which|the total)\b", scene.text) is not None
    found = going_on and scene.number - scene.course.stations_at == 1
    for number in scene.numbers:
        if number.percent or not scene.open(number):
            continue
        noun, words, end = scene.noun_at(number)
        kind = _KIND_AFTER.match(scene.after(number).lower()) if found and noun in ("", "stations") else None
        if noun == "stations" and not _passed_over(scene, number, end):
            found = True
            kind = _KIND_BEFORE.search(words.lower())
            yield from _station(scene, number, f"{kind['kind']} polling stations" if kind else "polling stations")
        elif not noun and scene.number - scene.course.stations_at <= 1 and _SET_UP.match(scene.after(number)):
            found = True
            yield from _station(scene, number, "polling stations set up elsewhere")
        elif found and not noun and re.match(r"\s(?:abroad|overseas)\b", scene.after(number)):
            yield from _station(scene, number, "polling stations abroad")
        elif (
            found
            and not noun
            and re.search(r"\bincluding\s(?:\w+\s)?$", scene.before(number, 24))
            and re.match(r"\s(?:in|at|for)\s", scene.after(number))
        ):
            yield from _station(scene, number, "polling stations set up elsewhere")
        elif (
            not noun
            and re.match(
                r"\s(?:cent(?:re|er)s|places|"
                r"sites)\b",
                scene.after(number),
            )
            and re.search(r"\b(?:polling|voting)\b", scene.low)
        ):
            found = True
            yield from _station(scene, number, "polling stations")
        elif kind:
            yield from _station(scene, number, f"{kind['kind']} polling stations")
        elif found and going_on and not noun and re.match(r"\s(?:are|were|is|was)\b", scene.after(number)):
            yield from _station(scene, number, "polling stations set up elsewhere")
        elif noun == "countries" and (found or re.search(r"\babroad,\sin\s(?:\w+\s)?$", scene.before(number, 24))):
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
    if re.search(
        r"\b(?:annul|cancel|invalidat|repeat voting|re-?run|incidents?|violations?|irregularit|attack|"
        r"closed early|suspended|not open|failed to|because of|due to|extended|postpon|delay|flood|problems?)",
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
        if number.percent or not scene.open(number):
            continue
        noun, words, _end = scene.noun_at(number)
        whole = next((n for n in scene.numbers if n.start > number.end), None)
        if not noun and whole and re.fullmatch(r"\s(?:out )?of (?:the |all )?", scene.text[number.end : whole.start]):
            noun, words, _end = scene.noun_at(whole)
        if (
            noun == "districts"
            and (
                re.search(
                    r"constituenc|elect|voting|ridings|circuit|-(?:member|mandate|seat)|"
                    r"majoritarian",
                    words.lower(),
                )
                or re.match(
                    r"\s(?:with|and)\s(?:\w+\s)?\d[\d,.]*\s(?:polling|voting|"
                    r"electoral)\b",
                    scene.text[_end : _end + 50],
                )
            )
            and not _NOT_OBSERVED.search(scene.low)
            and not _STILL_OUT.match(scene.text[_end:])
            and number.value > 1
        ):
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
