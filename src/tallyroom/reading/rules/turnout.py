"""Who voted: turnout in percent and in persons, and by which hour."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallyroom.reading.numbers import Number
from tallyroom.reading.rules.registers import place_of
from tallyroom.reading.scene import Found, Scene
from tallyroom.reading.times import THEN

__all__ = ["narrow_place", "turnout"]

_TURNOUT = re.compile(r"\b(?:turnout|turn-out|voter participation|participation rate|voter activity|voting activity)\b")
_VOTED = re.compile(
    r"^\s?(?:[\w'-]+\s){0,8}?(?:(?:had|have|has)\s(?:already\s|so far\s|"
    r"now\s)?)?(?:voted\b(?!\s(?:for|against|in favou?r|to\b|yes|no\b))|turned (?:out|up)\b|took part\b|"
    r"taken part\b|"
    r"participated\b|cast (?:their|a|the|his) (?:votes?|ballots?)\b(?!\s(?:for|in favou?r))|cast "
    r"ballots\b(?!\sfor)|went to the polls\b|gone to the polls\b|exercised their|(?:voting|casting|"
    r"taking part|participating)\b)"
)
_CAST = re.compile(
    r"^\s?(?:\w+\s){0,2}(?:votes|ballots|ballot papers) (?:had been |have been |were |was )?(?:cast|dropped)\b(?!\sfor)"
)
_FOR_WHOM = re.compile(r"\b(?:for|in favou?r of)\s(?:the\s)?[A-Z]")


_OF_REGISTER = re.compile(
    r"\sof\s(?:the\s|all\s|its\s)?(?:[\w']+\s){0,2}?(?:[\d.,]+\s(?:million\s)?)?(?:(?:registered|"
    r"eligible)\s(?:[\d.,]+\s(?:million\s)?)?(?:voters|electors)|"
    r"those\s(?:registered|eligible|entitled)|electorate)\b(?!\s(?:backed|chose|for|said|support))"
)


_OR_SO_MANY = re.compile(r"\bturnout\b[^;]{0,40}(?:%|per ?cent),?\s(?:or|that is)\s(?:\w+\s){0,2}$")
_VOTED_AT_ONCE = re.compile(
    r"\s(?:of them\s|had\s|have\s)?(?:voted|turned out|took part|cast (?:their|a) (?:votes?|ballots?))\b(?!\sfor)"
)


def turnout(scene: Scene) -> Iterator[Found]:
    """`turnout was 76.73%`, `3,922,187 people had cast a ballot`, `almost 20% had voted`."""
    word = _TURNOUT.search(scene.low)
    for number in scene.numbers:
        if not scene.open(number):
            continue
        if number.percent:
            if (word and _is_turnout(scene, number)) or _voted(scene, number) or _grown(scene, number):
                scene.course.turnout_at = scene.number
                yield from _share(scene, number)
        elif _persons(scene, number, bool(word)):
            scene.take(number)
            yield Found(
                "turnout_count",
                "voters",
                number.value,
                "turnout/count",
                "persons",
                number.qualifier,
                _as_of(scene, number),
                place_of(scene),
            )


def _share(scene: Scene, number: Number) -> Iterator[Found]:
    scene.take(number)
    as_of, place = _as_of(scene, number), _where(scene)
    if number.upper is not None:
        yield Found("turnout_share", "voters", number.value, "turnout/share", "percent", "at least", as_of, place)
        yield Found("turnout_share", "voters", number.upper, "turnout/share", "percent", "at most", as_of, place)
    else:
        yield Found("turnout_share", "voters", number.value, "turnout/share", "percent", number.qualifier, as_of, place)


def narrow_place(text: str) -> str:
    """A district, or some stations only, that a sentence speaks of; empty where it names none."""
    found = _NARROW.search(text)
    return found[0] if found else ""


_NARROW = re.compile(
    r"\b(?:in|at) (?:most|many|some|several) (?:of the )?(?:polling )?stations(?: visited)?|"
    r"\b(?:stations|places) (?:visited|observed)|"
    r"(?:[A-Z]\w+\s)?(?:\w+\s)?(?:electoral )?(?:district|constituency) No\.?\s?\d+"
)


def _where(scene: Scene) -> str:
    if re.search(r"\b(?:previous|last|earlier) (?:\w+ )?(?:election|vote)\b", scene.low):
        return "previous election"
    some = narrow_place(scene.text)
    if some:
        return some
    found = re.search(r"\b(?:turnout|voted) (?:\w+ )?in (?:the )?([A-Z][\w'-]+(?:\s[A-Z][\w'-]+)*)", scene.text)
    return found[1] if found else place_of(scene)


_GOES_ON = re.compile(r"(?:That|This|Which|It)\b")


def _as_of(scene: Scene, number: Number) -> str:
    """The hour that stands nearest to the figure; `That made a turnout of …` has the hour of what it goes on from."""
    if not scene.hours:
        soon = scene.number - scene.course.hour_at <= 2
        return scene.course.hour if soon and (_GOES_ON.match(scene.text) or THEN.search(scene.low)) else ""
    near = min(scene.hours, key=lambda hour: min(abs(hour.start - number.end), abs(number.start - hour.end)))
    between = scene.text[min(near.end, number.end) : max(near.start, number.start)]
    if ";" in between:
        return ""
    scene.course.hour, scene.course.hour_at = near.value, scene.number
    return near.value


def _is_turnout(scene: Scene, number: Number) -> bool:
    """Whether the word turnout goes with this percentage rather than with a name or a count."""
    before, after = scene.before(number, 130), scene.after(number, 60)
    if re.match(r"\s(?:\w+\s){0,3}(?:turnout|turn-out|participation)\b", after, re.I):
        return True
    found = list(_TURNOUT.finditer(before.lower()))
    if not found:
        return bool(re.match(r"(?:(?!\bvot|\bballot)[^.;\d]){0,30}\bturnout\b", after, re.I))
    gap = before[found[-1].end() :]
    if ";" in gap or re.search(r"\d\s?%|per ?cent", gap):
        # `turnout was 70.85% in A and 68.2% in B`, `up from 68%`
        return (
            bool(re.search(r"(?:\band|,|compared (?:to|with)|from|against|than)\s(?:\w+\s){0,6}$", gap))
            and not _FOR_WHOM.search(gap)
            and not re.search(r"\bvotes?\b", after[:25])
        )
    if re.match(r"\s(?:of the|of)\s(?:votes?|ballots?|valid votes)\b", after):
        return False
    return not re.search(r"\b(?:won|received|got|polled|secured|garnered)\b", gap)


def _voted(scene: Scene, number: Number) -> bool:
    after = scene.after(number, 110)
    if _OF_REGISTER.match(after):
        return not re.search(r"\b(?:had|have) registered\b", after)
    if re.search(r"\bfor (?:whom|him|her|them)\s$", scene.before(number, 20)):
        return False
    return bool(_VOTED.match(after)) and not re.match(
        r"\s(?:of|of the)\s(?:\w+\s)?(?:stations|respondents|ballots)", after
    )


def _persons(scene: Scene, number: Number, turnout_named: bool) -> bool:
    if number.value < 20:
        return False
    noun, _, end = scene.noun_at(number)
    whole = next((n for n in scene.numbers if n.start > number.end and not n.percent), None)
    if whole and re.fullmatch(
        r"\s(?:out\s)?of\s(?:the\s|its\s|all\s|a total of\s)?(?:[\w']+\s){0,2}", scene.text[number.end : whole.start]
    ):
        noun, _, end = scene.noun_at(whole)
        return noun in ("voters", "persons") and bool(_VOTED.match(scene.text[end : end + 60]))
    before = next((n for n in reversed(scene.numbers) if n.end < number.start and not n.percent), None)
    if before and re.fullmatch(
        r"\s(?:out\s)?of\s(?:the\s|its\s|all\s|a total of\s)?(?:[\w']+\s){0,2}", scene.text[before.end : number.start]
    ):
        return False
    aside = re.match(r",\s(?:or\s|that is,?\s)?[\d.,]+\s?(?:%|per ?cent)[^,]{0,60},", scene.text[end : end + 90])
    end += aside.end() if aside else 0
    behind = scene.text[end : end + 80]
    if noun in ("voters", "persons") and _VOTED.match(behind) and not _MODAL.search(behind):
        return True
    if _CAST.match(scene.text[number.end : number.end + 60]):
        return not re.match(r"\s(?:\w+\s)?(?:valid|invalid|spoil|rejected)", scene.text[number.end : number.end + 20])
    if (
        noun == ""
        and _VOTED_AT_ONCE.match(scene.text[number.end : number.end + 40])
        and re.search(r"\bvot|\belect", scene.low)
    ):
        return True
    if turnout_named and noun == "voters" and _OR_SO_MANY.search(scene.before(number).lower()):
        return True
    if turnout_named and noun in ("voters", "persons", "") and not number.percent:
        return bool(
            re.search(
                r"\bturnout (?:was|stood at|reached|of|amounted to|:)[^\d]{0,30}$|\bturnout (?:\w+ ){0,5}(?:or|"
                r"-|\()\s?$",
                scene.before(number).lower(),
            )
        )
    cast = re.search(
        r"\b(?:votes|ballots) cast (?:were|was|is|are|stood at|stands at|reached|amounted to|came to|:)[^\d;]{0,20}$|"
        r"\b(?:votes|ballots) cast(?: in \w+)?\s?(?::|-|at|of)\s$",
        scene.before(number).lower(),
    )
    if cast and noun in ("", "votes") and not re.search(r"\bvalid\b", scene.before(number, 40).lower()):
        return True
    number_of = re.search(
        r"\b(?:number|total) of (?:people|voters|citizens|those) (?:who|that) (?:had |have )?(?:voted|"
        r"cast|turned)[^\d]{0,60}$",
        scene.before(number).lower(),
    )
    return bool(number_of)


def _grown(scene: Scene, number: Number) -> bool:
    """`By 4pm, that had grown to 56 percent`: the turnout of the sentence before, later."""
    return scene.number - scene.course.turnout_at <= 1 and bool(_GROWN.search(scene.before(number).lower()))


_GROWN = re.compile(
    r"(?:^|[,;]\s|\band )(?:that|it|this|the (?:figure|share|rate|number|percentage))(?: had| has)? (?:grown|grew|"
    r"risen|rose|"
    r"climbed|increased|gone up|went up|jumped|reached|stood|was)(?: to| at| by then)?[^\d;]{0,20}$"
)
_MODAL = re.compile(r"^\s?(?:\w+\s){0,2}(?:can|could|may|will|would|are to)\b")
