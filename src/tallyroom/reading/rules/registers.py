"""Who may vote: voters on the register, and where they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallyroom.reading.rules.verbs import bare, electorate, is_whole, listed, votes, whole_of
from tallyroom.reading.scene import Found, Scene
from tallyroom.reading.text.numbers import Number

__all__ = ["place_of", "registered_voters"]

_REGISTER = re.compile(
    r"\b(?:registered|eligible|register|roll|rolls|voters? lists?|electoral lists?|lists of voters|"
    r"entitled|right to vote|"
    r"qualified|electorate|on the list|(?:can|could|may|might|able to|eligible to|will be able to|"
    r"to|expected to|are to|called (?:up)?on to|called to|will) "
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
    r"\b(?:registered|eligible) (?:voters|electors) (?:has |had |have )?(?:rose|risen|grew|grown|fell|fallen|"
    r"increased|dropped|went up) "
    r"(?:from (?:[\d.,]+ (?:million |thousand )?to )?|to )$|"
    r"\bregistered voter population of (?:\w+\s){0,2}$|"
    r"\b(?:number|total number|total) of (?:registered |eligible |the )?(?:voters|electors|"
    r"citizens)[^.,;\d]{0,80}?(?:is|was|are|stands at|stood at|at|as|reached|to|:|"
    r"-)\s*(?:[a-z]+\s){0,3}$"
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
_ANOTHERS = re.compile(r",\s[^,;]*\d|\band\s[^,;]*\d|;")
_LAND_WORD = re.compile(r"territor|land|areas|region|district")
_LANDS = re.compile(
    r"\b(?:liberated|freed|recaptured|reclaimed|annexed|occupied|returned) (?:\w+ "
    r"){0,2}(?:territor(?:y|ies)|lands?|areas|regions|districts)|(?:territor(?:y|ies)|lands?|areas|"
    r"regions) (?:\w+ )?(?:liberated|freed|taken back|that \w+ took back)"
)


def place_of(scene: Scene, number: Number | None = None) -> str:
    """Where figures of the sentence hold, as far as its words say: abroad, a territory, the country.

    number: the one that is asked for; in `39,005 stations, including 240 abroad` the first is not abroad.
    """
    if abroad := _ABROAD.search(scene.low):
        between = scene.text[number.end : abroad.start()] if number else ""
        return scene.course.country if _ANOTHERS.search(between) else "abroad"
    lands = _LANDS.search(scene.low) if _LAND_WORD.search(scene.low) else None
    if lands:
        return "liberated territories" if "liberated" in scene.low or "freed" in scene.low else lands[0]
    if (
        "there" in scene.low
        and re.search(r"\b(?:turnout|voters|voting|stations|citizens|people|polls) there\b|\bthere\s?[.,]", scene.low)
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
        counted = (
            _counted(scene, number, noun)
            or (noun in ("", "voters", "persons") and electorate(scene, number))
            or _is_listed(scene, number, noun)
            or _more_of_them(scene, number, noun, told)
        )
        if (_EACH.search(scene.text[end : end + 30].lower()) and noun in ("voters", "persons")) or _EACH.search(
            scene.before(number, 12).lower()
        ):
            continue
        whole = re.search(
            r"(?:\d|%|per ?cent)\s(?:out\s)?of\s(?:the\s|its\s|"
            r"all\s)?(?:[a-z']+\s){0,2}$",
            scene.before(number).lower(),
        )
        if whole and noun == "voters":
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
            scene.course.register_at = scene.number
            scene.take(number)
            for value in filter(None, (number.value, number.upper)):
                yield Found(
                    "registered_voters",
                    "voters",
                    value,
                    "registers/voters",
                    "persons",
                    number.qualifier,
                    scene.hour,
                    place_of(scene, number),
                )


def _is_listed(scene: Scene, number: Number, noun: str) -> bool:
    """`3.5 million on its register`, `9.5 million registered`: who is on the list by the verb of the number."""
    if (
        whole_of(scene, number)
        or number.value < 100
        or is_whole(scene, number)
        or _OTHERS.search(scene.low)
        or votes(scene, number)
    ):
        return False
    return (noun in ("voters", "persons") or bare(scene, number)) and listed(scene, number)


_OTHERS = re.compile(
    r"\b(?:observ\w+|monitor\w*|journalist\w*|candidates?|nomin\w+|signatures?|delegat\w+|"
    r"polled|survey\w*|interview\w*)\b"
)


def _counted(scene: Scene, number: Number, noun: str) -> bool:
    before = scene.before(number).lower()
    if _COUNTED.search(before):
        return True
    if _OF_THE.fullmatch(before):
        return noun == "voters"
    return noun in ("", "voters", "persons") and _HOLDS.search(before) is not None


_OF_THE = re.compile(r"(?:out )?of (?:the |its |all |a total of )+")  # `Of the 282,395 eligible voters 75% voted`


def _more_of_them(scene: Scene, number: Number, noun: str, told: bool) -> bool:
    """Further voters: `Of these 2,741 live abroad`, `and another 1.9 million abroad`, `and Giza with 5.2 million`."""
    before, after = scene.before(number), scene.after(number)
    if _OF_THESE.match(scene.text) and 0 <= scene.number - scene.course.register_at <= 1:
        return noun in ("", "voters", "persons")
    if noun:
        return False
    if told and (_ANOTHER.search(before) or (number.value >= 1000 and _AND_PLACE.search(before))):
        return re.match(r"\s(?:abroad|overseas|outside|in)\b|[.,;]|\s(?:and|before|in)\b", after) is not None
    return bool(_MOST_VOTERS.search(before.lower()))


_OF_THESE = re.compile(r"(?:Of|Among) (?:these|them|those)\b")
_ANOTHER = re.compile(r"\b(?:another|a further)\s$")
_AND_PLACE = re.compile(
    r"(?:,|\band|\bbefore|\bfollowed by)\s(?:the\s[\w ]{0,30}\sof\s)?[A-Z][\w' -]{2,30}?(?:\s(?:with|has|had))?\s"
    r"(?:(?:about|around|some|nearly|almost|over|more than)\s)?$"
)
_MOST_VOTERS = re.compile(r"\bhas (?:the )?most voters,\s(?:(?:about|around|some|nearly|almost|over|more than)\s)?$")


def _is_register(scene: Scene, number: Number, noun: str, words: str, end: int) -> bool:
    if re.search(r"\b(?:his|her|their|whose)\s(?:\w+\s)?$", scene.before(number, 30)) and "register" not in scene.low:
        return False
    if re.search(
        r"\b(?:exit poll|interview|surveyed|polled|respondents|signatures|who voted|sampled|"
        r"(?:were|was) asked|on average)\b",
        scene.low,
    ):
        return False
    if re.match(r"[^,;]{0,30}\b(?:registered|eligible|entitled) to vote\b", scene.text[end:]):
        return True
    if (
        re.search(r"\b(?:observers?|delegation|killed|injured|arrested|detained|nominated|candidates?)\b", scene.low)
        and noun == "persons"
    ):
        return False
    if _RULE.search(scene.low) and re.search(
        r"\bwith (?:more than |at least |fewer than |over )?$", scene.before(number, 24)
    ):
        return False
    if noun == "persons" and _POPULATION.search(scene.low[: number.start]):
        return False
    near = scene.text[number.start : end + 70].lower() + " " + scene.before(number, 50).lower()
    if noun == "persons":
        return bool(_REGISTER.search(near))
    tail = scene.text[end : end + 25].lower()
    return bool(_REGISTER.search(near)) or not re.match(
        r"\s(?:had |have )?(?:backed|chose|supported|favou?red|rejected)", tail
    )


# `Of Lurdia's 10 million people, 4.2 million are registered`
_POPULATION = re.compile(r"(?:^|,\s)(?:out )?of (?:[a-z]+'s|the country's|its|the nation's)\s(?:\w+\s)?$")
