"""Who may vote, and where: voters on the register, polling stations, constituencies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallyroom.reading.numbers import Number
from tallyroom.reading.scene import Found, Scene

__all__ = ["constituencies", "registered_voters", "stations"]

_REGISTER = re.compile(
    r"\b(?:registered|eligible|register|roll|rolls|voters? lists?|electoral lists?|lists of voters|"
    r"entitled|right to vote|"
    r"qualified|electorate|on the list|(?:can|could|may|might|able to|eligible to|will be able to|"
    r"to|expected to|are to|will) "
    r"(?:\w+ )?(?:vote\b|cast|go to the polls|head to the polls|take part)|number of (?:registered |eligible "
    r")?(?:voters|electors))"
)
_VOTED = re.compile(
    r"\b(?:voted|turned out|took part|participated|had cast|have cast|cast (?:their|a|the) "
    r"(?:votes?|ballots?)|went to the polls|cast ballots)\b"
)
_MODAL = re.compile(
    r"\b(?:can|could|may|might|able|eligible|entitled|expected|will|to|are to) (?:\w+ )?(?:vote|cast)\b"
)
_COUNTED = re.compile(
    r"\bout of (?:a |the )?total(?: of)? $|\bnumber of (?:persons|people|citizens) (?:on (?:the )?(?:\w+ )?(?:rolls?|"
    r"lists?|register)|"
    r"registered|entitled|eligible)\b[^;]{0,90}(?:is|was|stood at|stands at|at|reached|to|:) $|"
    r"\bregistered voter population of (?:\w+\s){0,2}$|"
    r"\b(?:number|total number|total) of (?:registered |eligible |the )?(?:voters|electors|"
    r"citizens)[^.,;\d]{0,80}?(?:is|was|are|stands at|stood at|at|reached|to|:|"
    r"-)\s*(?:[a-z]+\s){0,3}$"
)
_NOT_OBSERVED = re.compile(
    r"\b(?:observ(?:e|ed|ing|ation)|visit(?:ed|s|ing)?|monitor(?:ed|ing)?|were present at|attended|"
    r"sampled|respondents|survey(?:ed)?)\b"
)
_LISTED = re.compile(
    r"[^,;]{0,30}\b(?:(?:in|on) (?:the )?(?:\w+ ){0,2}(?:lists?|rolls?|register)|registered to|eligible to|entitled to|"
    r"(?:have|had|has) the right to)\b"
)
_HOLDS = re.compile(
    r"\bsought the (?:votes?|ballots?) of (?:\w+ ){0,2}$|"
    r"\b(?:register|rolls?|lists?)(?: of voters)? (?:now |currently )?(?:contains?|contained|includes?|included|has|"
    r"have|had|holds?|held|"
    r"lists?|listed|comprises?|counts?) (?:some |about |more than |over |nearly |almost |around )?$"
)
_RULE = re.compile(r"\b(?:code|law|article|constitution|regulations?|rules?)\b")
_EACH = re.compile(r"\b(?:each|every|per(?! ?cent))\b")
_ABROAD = re.compile(
    r"\b(?:abroad|embass(?:y|ies)|consulates?|overseas|diplomatic|foreign missions|missions|outside "
    r"(?:the country|[A-Z]\w+)|diaspora)\b"
)
_LANDS = re.compile(
    r"\b(?:liberated|freed|recaptured|reclaimed|annexed|occupied|returned) (?:\w+ "
    r"){0,2}(?:territor(?:y|ies)|lands?|areas|regions|districts)|(?:territor(?:y|ies)|lands?|areas|"
    r"regions) (?:\w+ )?(?:liberated|freed|taken back|that \w+ took back)"
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


def place_of(scene: Scene) -> str:
    """Where figures of the sentence hold, as far as its words say: abroad, a territory, the country."""
    if _ABROAD.search(scene.low):
        return "abroad"
    lands = _LANDS.search(scene.low)
    if lands:
        return "liberated territories" if "liberated" in scene.low or "freed" in scene.low else lands[0]
    if (
        re.search(r"\b(?:turnout|voters|voting|stations|citizens|people|polls) there\b|\bthere\s?[.,]", scene.low)
        and scene.course.place
        and scene.number - scene.course.place_at == 1
    ):
        return scene.course.place
    return scene.course.country


def registered_voters(scene: Scene) -> Iterator[Found]:
    """`6,478,623 people on the voter list`, `the number of voters is …`, `more than 23 thousand voters can vote`."""
    voted = _VOTED.search(scene.low) and not _MODAL.search(scene.low)
    told = False
    for number in scene.numbers:
        if number.percent or not scene.open(number) or number.value < 10:
            continue
        noun, words, end = scene.noun_at(number)
        counted = _COUNTED.search(scene.before(number).lower()) or _HOLDS.search(scene.before(number).lower())
        if (_EACH.search(scene.text[end : end + 30].lower()) and noun in ("voters", "persons")) or _EACH.search(
            scene.before(number, 12).lower()
        ):
            continue
        whole = re.search(r"\d\s(?:out\s)?of\s(?:the\s|its\s|all\s)?(?:[a-z']+\s){0,2}$", scene.before(number).lower())
        if whole and noun == "voters" and "registered" in words:
            voted = None
        following = next((n.start for n in scene.numbers if n.start > end), len(scene.text))
        if _LISTED.match(scene.text[end:following].lower()) or re.search(r"\bregistered\s$", scene.before(number, 12)):
            voted = None
        if re.search(r"registered|eligible", words) and not _VOTED.search(
            scene.text[end : end + 30].split(",")[0].lower()
        ):
            voted = None
        part = re.match(r"\sof (?:them|whom|these)\s(?P<who>[^,;.]{3,60})", scene.after(number)) if told else None
        if part and not _VOTED.search(part["who"]):
            scene.take(number)
            where = "abroad" if re.search(r"\babroad|overseas|outside", part["who"]) else place_of(scene)
            yield Found("registered_voters", "voters", number.value, "registers/voters", "persons", place=where)
        elif counted or (noun in ("voters", "persons") and not voted and _is_register(scene, number, noun, words, end)):
            told = True
            scene.take(number)
            yield Found(
                "registered_voters",
                "voters",
                number.value,
                "registers/voters",
                "persons",
                number.qualifier,
                scene.hour,
                place_of(scene),
            )


def _is_register(scene: Scene, number: Number, noun: str, words: str, end: int) -> bool:
    if re.search(r"\b(?:exit poll|interview|surveyed|polled|respondents|signatures|who voted|sampled)", scene.low):
        return False
    if (
        re.search(r"\b(?:observers?|delegation|killed|injured|arrested|detained|nominated|candidates?)\b", scene.low)
        and noun == "persons"
    ):
        return False
    if _RULE.search(scene.low) and re.search(
        r"\bwith (?:more than |at least |fewer than |over )?$", scene.before(number, 24)
    ):
        return False
    near = scene.text[number.start : end + 70].lower() + " " + scene.before(number, 50).lower()
    if noun == "persons":
        return bool(_REGISTER.search(near))
    tail = scene.text[end : end + 25].lower()
    return bool(_REGISTER.search(near)) or not re.match(
        r"\s(?:had |have )?(?:backed|chose|supported|favou?red|rejected)", tail
    )


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
        elif noun == "countries" and found:
            scene.take(number)
            yield Found(
                "polling_stations",
                "countries with polling stations",
                number.value,
                "registers/countries",
                "countries",
                number.qualifier,
                place="abroad",
            )


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
        "registers/stations",
        "stations",
        number.qualifier,
        place=place_of(scene),
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
            and number.value > 1
        ):
            scene.take(number)
            yield Found(
                "constituencies",
                "constituencies",
                number.value,
                "registers/constituencies",
                "constituencies",
                number.qualifier,
                place=scene.course.country,
            )
