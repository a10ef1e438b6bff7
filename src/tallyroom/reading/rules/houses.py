"""How many seats a house has, or are to be filled: `the 150 seats in parliament`, `48 of the 169 seats`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallyroom.reading.numbers import Number
from tallyroom.reading.scene import Found, Scene

__all__ = ["houses"]

_UNIT = (
    r"(?:seats?|senators|members(?=\.|$|,)|mandates?|deputies|lawmakers|MPs|councillors|legislators|"
    r"representatives|(?:assembly|council|house|"
    r"parliament)\smembers|members\sof\s(?:the\s)?(?:[\w']+\s){0,3}?(?:parliament|assembly|house|duma|council|"
    r"senate|congress|legislature|knesset|bundestag))\b"
)
_COUNTED = re.compile(rf"^\s(?P<sort>(?:[a-z'-]+\s){{0,3}}?)(?P<unit>{_UNIT})", re.I)
_HAS_UNIT = re.compile(rf"\b{_UNIT}", re.I)
# In front of what is to be filled, and of the whole that somebody has a part of.
_WHOLE = re.compile(
    r"\b(?:for|of|out of|fill|filling|elects?|electing|choos(?:e|es|ing)|contesting|contest|contested|distributes?|"
    r"allots?|awards?|[Ff]or)\s"
    r"(?:all\s|another\s|a total of\s|the remaining\s|the other\s)?(?:of\s)?"
    r"(?:the\s(?:\w+'s?\s)?|its\s|their\s|our\s)?$|"
    r"\b[Aa]ll\s(?:of\s)?(?:the\s)?$|^Of\s(?:the\s|its\s|all\s)+$"
)
_HAS = re.compile(
    r"\b(?:[Pp]arliament|[Aa]ssembly|[Hh]ouse|[Ss]enate|[Cc]ouncil|[Cc]hamber|[Cc]ongress|[Ll]egislature|[Dd]uma|"
    r"[A-Z]\w+\s(?:of|Khural|Majlis|Sabha|Rada))\b"
    r"(?:\s(?!(?:coalition|party|opposition|bloc|alliance|list|group|who|where|which|that|it|they)\b)\w+){0,6}?"
    r"\s(?:has|have|consists of|comprises|is made up of|is composed of|numbers)\s(?:a total of\s)?$"
)
_TO_FILL = re.compile(
    r"^(?:\s[^.;,\d]{0,50})?\s(?:(?:are|were|is|was|will be)\s(?:up for|at stake|to be|being|vacant|contested|elected|"
    r"filled|"
    r"allocated|distributed|reserved|open|in play|on offer)|up for (?:grabs|election)|at stake)\b"
)
_PART = re.compile(
    rf"^\s(?:more\s|others?\s)?of\s(?:the\s(?:\w+'s?\s)?|its\s)?\d+\s(?:[\w-]+\s)?{_UNIT}\s(?:are|were|will be)\s"
)
_AND = re.compile(r"^,?\s(?:and|plus)\s(?:for\s|of\s|from\s)?(?:another\s|the\s)?$")
_ELIDED = re.compile(r"^\s[A-Z]\w+\sand\s\d")
_FROM_LISTS = re.compile(
    r"^\s(?:from|in|elected|in the|on)\s(?:the\s|party\s)?[a-z -]{3,40}(?:constituenc|lists|districts)"
)
_NOT_HOUSE = re.compile(
    r"\b(?:majority of|majority|candidates?|lists?|contenders|observers|election|commission|polling|delegation|family|"
    r"organi[sz]ations|media|group|team|faction|bloc)\s(?:\w+\s)?$"
)
_OTHERS = re.compile(
    r"^\s(?:[\w-]+\s){0,2}(?:representatives|MPs|lawmakers|deputies)\s(?:of|from)\s(?:\w+\s){0,4}(?:observ|media|"
    r"organi[sz]|part(?:y|ies)|missions?|commissions?|countries|states)\b"
)
_HOUSE = re.compile(
    r"\b(?:(?:National|State|Federal|Legislative|House|City|Regional|Supreme|Grand|Great|Lower|Upper|Municipal|"
    r"Supreme|Provincial)\s(?:of\s)?)?"
    r"(?:[Pp]arliament|Assembly|[Cc]hamber of [Dd]eputies|[Hh]ouse of [Rr]epresentatives|Duma|Senate|Congress|Council|"
    r"Majlis|Majilis|Sejm|Knesset|Storting|Riksdag|Bundestag|Seimas|Saeima|Riigikogu|Diet|Rada|Legislature|"
    r"Representatives|House|Chamber|Sabha|Khural|Kenesh)\b"
)


def houses(scene: Scene) -> Iterator[Found]:
    """The seats of a house, all of them or those to be filled now."""
    if not _HAS_UNIT.search(scene.text):
        return
    last: Number | None = None
    for number in scene.numbers:
        if number.percent or number.value > 3000 or number.value < 2 or not scene.open(number):
            continue
        if _HELD.match(scene.text, number.end):
            continue
        joined = last is not None and _AND.match(scene.text[_end(scene, last) : number.start]) is not None
        if not (_is_whole(scene, number) or (joined and _counted(scene, number))):
            continue
        last = number
        scene.take(number)
        yield Found("seats", _subject(scene, number), number.value, "houses/seats", "seats", number.qualifier)


# `31 of the 60 seats are held by women`: theirs, not the house's
_HELD = re.compile(
    rf"\s(?:of\s(?:the\s)?\d+\s)?(?:[\w-]+\s)?(?:{_UNIT})?\s(?:(?:is|are|were|was)\s)?(?:held|won|taken)\sby\b"
)


def _end(scene: Scene, number: Number) -> int:
    """Where the phrase of a number ends: `165 HoR`, `225 deputies elected on party lists`."""
    phrase = re.match(r"(?:\s(?!and\b)[\w'-]+){0,6}", scene.text[number.end :])
    return number.end + (phrase.end() if phrase else 0)


def _counted(scene: Scene, number: Number) -> bool:
    after = scene.after(number, 90)
    return bool(_COUNTED.match(after) or _FROM_LISTS.match(after) or _ELIDED.match(after))


def _is_whole(scene: Scene, number: Number) -> bool:
    after, before = scene.after(number, 110), scene.before(number, 40)
    if _PART.match(after):
        return True
    if not _COUNTED.match(after) and not (_ELIDED.match(after) and _HAS_UNIT.search(after)):
        return False
    if _NOT_HOUSE.search(before) or _OTHERS.match(after):
        return False
    if re.search(r"\b(?:majority|total|lead|loss|gain|margin|overhang|bonus)\sof\s(?:the\s)?$", before):
        return False
    return bool(_WHOLE.search(before) or _HAS.search(scene.before(number, 90)) or _TO_FILL.match(after))


def _subject(scene: Scene, number: Number) -> str:
    """Which seats: the words around the noun and the house that the sentence names."""
    phrase = _COUNTED.match(scene.after(number, 110))
    behind = re.match(r"(?:(?!\sand\b)[^.;,:\d]){0,60}", scene.text[number.end + (phrase.end() if phrase else 0) :])
    house = _HOUSE.search(scene.text)
    words = f"{phrase['sort']}{phrase['unit']}" if phrase else "seats"
    told = " ".join(scene.course.names.short.get(w, w) for w in f"{words}{behind[0] if behind else ''}".split())
    return told if house and house[0] in told else f"{told}, {house[0] if house else 'parliament'}"
