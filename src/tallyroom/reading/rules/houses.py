"""How many seats a house has, are to be filled, or are filled in one manner: `48 of the 169 seats`, `the other 73`.

A number is one of seats by its noun, by the verb that fills or wins it, or as the next of a list of such numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallyroom.reading.rules.choices import choices
from tallyroom.reading.rules.measures import TOOK_ALL
from tallyroom.reading.scene import Found, Scene
from tallyroom.reading.text.numbers import Number

__all__ = ["houses"]

_MOST = 50_000  # seats of all councils of a country
_UNIT = (
    r"(?:seats?|senators|members(?=[.,:;]|$|\s(?:each|are|were|elected|to|of parliament))|mandates?|deputies|lawmakers|"
    r"MPs|M[A-Z]{1,2}s|councill?ors|legislators|representatives|slots|posts|positions|mayors|governors|"
    r"(?:assembly|council|house|parliament|elected)\smembers|"
    r"members\sof\s(?:the\s)?(?:[\w']+\s){0,3}?(?:parliament|assembly|house|duma|council|"
    r"senate|congress|legislature|knesset|bundestag))\b"
)
_COUNTED = re.compile(
    rf"^\s(?:of\s(?:the|its)\s)?(?P<sort>(?:(?!and\b|or\b|of\b|to\b)[A-Za-z'-]+\s){{0,3}}?)(?P<unit>{_UNIT})", re.I
)
_HAS_UNIT = re.compile(rf"\b{_UNIT}", re.I)
# In front of what is to be filled, and of the whole that somebody has a part of.
_CONTEST = (
    r"contesting|contest|contested|compet(?:e|es|ed|ing) for|v(?:ie|ies|ied|ying) for|sought|seek(?:ing)?|"
    r"(?:stand|stood|ran|run|running|standing) for"
)
_WHOLE = re.compile(
    rf"\b(?:for|of|out of|fills?|filled|filling|elects?|elected|electing|choos(?:e|es|ing)|{_CONTEST}|distributes?|"
    r"allots?|awards?|appoints?|names|share|decide on|among|[Aa]t stake(?: [^.;,\d]{1,40})? (?:are|were|is))\s"
    r"(?:(?:all|another|a total of|the remaining|the other|more than|almost|over|around|about|some|nearly)\s){0,2}"
    r"(?:of\s)?(?:(?:the|its|their|our|[a-z]+'s)\s)?$|"
    r"\b[Aa]ll\s(?:of\s)?(?:the\s)?$|^Of\s(?:the\s|its\s|all\s)+$|\b[Tt]he (?:other|remaining)\s$|"
    r"\b(?:chamber|house|assembly|parliament|council|senate|country)'s\s$"
)
_CONTESTED = re.compile(rf"\b(?:{_CONTEST}|candidates for|[Aa]t stake)\b")
_HAS = re.compile(
    r"\b(?:[Pp]arliament|[Aa]ssembly|[Hh]ouse|[Ss]enate|[Cc]ouncil|[Cc]hamber|[Cc]ongress|[Ll]egislature|[Dd]uma|"
    r"Majlis|Knesset|Riigikogu|Seimas|[A-Z]\w+\s(?:of|Khural|Majlis|Sabha|Rada))\b"
    r"(?:\s(?!(?:coalition|party|opposition|bloc|alliance|list|group|who|where|which|that|it|they|the|has|have|will)\b)"
    r"(?:[a-z][\w-]*|(?<=of )[A-Z]\w+|(?<=of the )[A-Z]\w+)){0,6}?"
    r"\s(?:has|have|will have|consists of|comprises|is made up of|is composed of|numbers)\s"
    r"(?:(?:a total of|at present|at least|now|only|currently|more than)\s)?$"
)
_TO_FILL = re.compile(
    r"^(?:\s[^.;,\d]{0,50})?\s(?:(?:are|were|is|was|will be|that are)\s(?:up for|at stake|to be|being|vacant|contested|"
    r"elected|filled|decided|chosen|appointed|directly|"
    r"allocated|distributed|reserved|open|in play|on offer)|up for (?:grabs|election)|at stake|reserved for|"
    r"(?:to be\s)?elected\s(?:directly|by|in|from|on|under|proportionally))\b"
)
_PART = re.compile(rf"\s(?:more\s|others?\s)?of\s(?:the\s|its\s)?\d+\s(?:[\w-]+\s)?{_UNIT}\s(?:are|were|will be)\s")
# `26 of its 63 members`, `92 seats of 183`: what is behind `of` is the whole.
_OF_WHOLE = re.compile(rf"\d(?:-odd)?(?:\s{_UNIT})?\s(?:out\s)?of\s(?:the\s|its\s|all\s)?(?:[a-z]+'s\s)?$", re.I)
_HOUSE_OF = re.compile(r"\b(?:house|body|chamber|council|assembly|parliament|senate) of (?:just |only |some )?$")
_MAY = re.compile(
    r"\b(?:house|body|chamber|council|assembly|parliament|senate) of (?:just |only |some )?\w+\b|\bwom[ae]n\b"
)
_IN_ALL = re.compile(r"^\s(?:(?:seats|members|deputies)\s)?in (?:all|total)\b")
# How seats are filled: `305 come from local lists`, `36 by majority`, `The other 53 go by proportional representation`.
_MANNER = re.compile(
    r"^\s(?:(?:seats|members|deputies|others|of them)\s)?(?:(?:are|were|is|will be|to be|come|came|go|went|being)\s)?"
    r"(?:(?:to be\s)?(?:elected|chosen|appointed|filled|reserved|allocated|distributed|nominated|named|decided)\b|"
    r"(?:directly|proportionally)\b|(?:list|constituency|proportional|reserved|party-list)\s(?:seats|ones)\b|"
    r"(?:by|in|from|through|on|under|for)\s(?:the\s|a\s|an\s|one\s|party\s|\d+\s)?(?:[a-z-]+\s){0,3}?"
    r"(?:constituenc|lists?\b|districts?\b|majority|proportional|representation|system|vote\b|round|women|minorit|"
    r"direct|diaspora|regions|first))"
)
_OF_THESE = re.compile(r"(?:^|[,;:]\s|\band\s)(?:[Oo]f (?:these|them|those|which|the(?:se)? [\d,]*\s?\w+),?|"
    r"[Tt]he (?:other|remaining)|"
                       r"[Aa]nother|[Aa] further)\s$")  # fmt: skip
_AND = re.compile(
    r"(?:[^.;:]{0,70}?\s)??[^.;:]{0,70}?(?:,|,?\s(?:and|plus|as well as))\s(?:for\s|of\s|from\s)?"
    r"(?:(?:another|the other|the remaining|perhaps|up to|about|some|the|only)\s){0,3}"
)
_ELIDED = re.compile(r"^\s[A-Z]\w+\sand\s\d")
_FROM_LISTS = re.compile(
    r"^\s(?:from|in|elected|in the|on|by)\s(?:the\s|party\s)?(?:[a-z -]{3,40}(?:constituenc|lists|districts)|majority)"
)
# The next office of a list: `12 Senate seats, 245 in the House, 81 each for governors, 780 for provincial boards`
_OFFICE = re.compile(
    r"^\s(?:each\s)?(?:in|for|of|on)\s(?:the\s)?[A-Za-z]|^\s(?:[a-z]+\s){0,2}(?:corporations|mayors|posts|offices|"
    r"governors|boards)\b"
)
_OFFICES = re.compile(r"\b(?:[Aa]t stake|elect|choose|vote for|fill|besides)\b")
_NOT_HOUSE = re.compile(
    r"\b(?:majority of|majority|overhang of|candidates?|lists?|contenders|observers|election|commission|polling|"
    r"delegation|family|organi[sz]ations|media|group|team|faction|bloc)\s(?:\w+\s)?$"
)
_OTHERS = re.compile(
    r"^\s(?:[\w-]+\s){0,2}(?:representatives|MPs|lawmakers|deputies|members)\s(?:of|from)\s(?:\w+\s){0,4}(?:observ|media|"
    r"organi[sz]|part(?:y|ies)|missions?|commissions?|countries|states)\b|"
    r"^\s(?:[\w-]+\s){0,2}(?:posts|positions)\s(?:on|in)\s(?:social|the media)"
)
_GAIN = re.compile(
    r"\b(?:majority|lead|loss|gain|margin|overhang|deficit)\sof\s(?:the\s)?$|\b(?:lost|loses?|losing)\s(?:all\s)?(?:of\s)?$"
)
# `A reform cut the seats from 84 to 60`, `the council, enlarged from 30 to 36`
_SIZE = r"(?:seats|number|members|deputies|mandates|size|parliament|assembly|house|council)"
_CHANGED = re.compile(rf"\b{_SIZE}\b(?:,?\s\w+){{0,4}}?\s(?:from|to)\s$|\bfrom \d+ (?:seats\s)?to\s$")
_RESIZING = r"(?:rais|cut|increas|reduc|enlarg|expand|shrink|shrank|bring|brought|lower)\w*"
_RESIZE = re.compile(
    rf"\b{_RESIZING}\s(?:the\s|its\s)?(?:(?:number|total|size)(?: of)?\s?)?(?:the\s)?{_SIZE}\b|"
    rf"\b(?:parliament|assembly|house|council|(?:number|size) of (?:the )?\w+),?\s(?:\w+\s){{0,3}}?{_RESIZING}\b"
)
_HOUSE = re.compile(
    r"\b(?:(?:National|State|Federal|Legislative|House|City|Regional|Supreme|Grand|Great|Lower|Upper|Municipal|"
    r"Supreme|Provincial)\s(?:of\s)?)?"
    r"(?:[Pp]arliament|Assembly|[Cc]hamber of [Dd]eputies|[Hh]ouse of [Rr]epresentatives|Duma|Senate|Congress|Council|"
    r"(?:municipal|city|regional|local|provincial) councils?|Majlis|Majilis|Sejm|Knesset|Storting|Riksdag|Bundestag|"
    r"Seimas|Saeima|Riigikogu|Diet|Rada|Legislature|Althingi|Holyrood|"
    r"Representatives|House|Chamber|Sabha|Khural|Kenesh)\b"
)


def houses(scene: Scene) -> Iterator[Found]:
    """The seats of a house: all of them, those to be filled now, and those that are filled in one manner."""
    course = scene.course
    if named := list(dict.fromkeys(m[0] for m in _HOUSE.finditer(scene.text))):
        course.house = ", ".join(named[:2])
    near = scene.number - course.seats_at <= 1
    if not scene.numbers or not (near or _HAS_UNIT.search(scene.text) or _MAY.search(scene.low)):
        return
    last: Number | None = None
    for number in scene.numbers:
        if number.percent or number.value > _MOST or not scene.open(number):
            continue
        if not (_is_whole(scene, number, near) or (last and _goes_on(scene, last, number))):
            continue
        last = number
        scene.take(number)
        course.seats_at = scene.number
        ends = (number.value, number.upper) if _resized(scene, number) else (number.value,)
        for value in (end for end in ends if end is not None):
            yield Found("seats", _subject(scene, number), value, "houses/seats", "seats", number.qualifier)


def _sorts_elected(scene: Scene, number: Number) -> bool:
    """`Among the members are 97 women`, `made up of 96 women and 204 men`, `five men and one woman elected`."""
    return _SORT.match(scene.after(number, 40)) is not None and _ELECTED.search(scene.low) is not None


_CANDIDATES = re.compile(r"\b(?:candidates|contenders|lists|nominees|running|contest\w*|voters|stand\w*)\b")
_SORT = re.compile(r"\s(?:[a-z]+\s)?(?:women|men|woman|man|newcomers|new (?:people|faces|members))\b")
_ELECTED = re.compile(
    r"\b(?:(?:members|deputies|elected|lawmakers|mps|senators) (?:\w+ )?(?:is|are|were|will be)\s(?:\w+\s){0,2}\d|"
    r"(?:parliament|house|assembly|chamber|council|senate|deputies|members)\b[^.;]{0,40}\b(?:made up of|has|have|"
    r"will have|includes?|comprises|consists of)\b|(?:women|men|woman|man|people|faces|newcomers)(?:,| were| was| have "
    r"been| are|) (?:elected|enter\w*|won seats|take seats|sit)\b|among (?:the|its|their) (?:\d+ )?(?:members|deputies|"
    r"elected|mps|lawmakers))"
)


def _goes_on(scene: Scene, last: Number, number: Number) -> bool:
    """`54 deputies from lists and 36 by majority`, `At stake are 12 Senate seats and 245 in the House`."""
    gap, after = scene.text[last.end : number.start], scene.after(number, 90)
    if not _AND.fullmatch(gap):
        return False
    if any(n.start == number.end + 1 or scene.text[number.end : n.start] in (" for ", " for the ", " to the ", " to ")
           for n in choices(scene)):  # fmt: skip
        return False
    if _COUNTED.match(after) or _FROM_LISTS.match(after) or _ELIDED.match(after) or _MANNER.match(after):
        return not _OTHERS.match(after)
    return _OFFICES.search(scene.text) is not None and _OFFICE.match(after) is not None


def _is_whole(scene: Scene, number: Number, near: bool) -> bool:
    after, before = scene.after(number, 110), scene.before(number, 50)
    if _sorts_elected(scene, number):
        return not _CANDIDATES.search(scene.low)
    if number.value < 2 or _GAIN.search(before) or _NOT_HOUSE.search(before) or _OTHERS.match(after):
        return False
    if (
        _PART.match(after)
        or _resized(scene, number)
        or (_HOUSE_OF.search(before.lower()) and not _COUNTED.match(after))
    ):
        return True
    if _of_party(scene, number, before):
        return False
    if (_IN_ALL.match(after) or _OF_WHOLE.search(before)) and (_HAS_UNIT.search(scene.text)):
        return not _UNLIKE.match(after)
    if _MANNER.match(after) and (_OF_THESE.search(before) or re.search(r"(?:^|^In all |\bwhen |[:;,] )$", before)):
        return True
    if not _COUNTED.match(after) and not (_ELIDED.match(after) and _HAS_UNIT.search(after)):
        return False
    return bool(_WHOLE.search(before) or _HAS.search(scene.before(number, 90)) or _TO_FILL.match(after))


# `its 20 seats` are those of the party that loses some of them.
def _of_party(scene: Scene, number: Number, before: str) -> bool:
    if TOOK_ALL.search(before):
        return True
    if elects := _ELECTS.search(before):
        return any(not n.person and (n.text.isupper() or _PARTY.search(n.text)) and n.end <= number.start
                   and ";" not in scene.text[n.end : number.start] and number.start - n.end < 60
                   for n in choices(scene)) and elects is not None  # fmt: skip
    return bool(_LOSS.search(before[-40:]))


_ELECTS = re.compile(r"\belect(?:s|ed|ing)\s$")  # `the MPLA elects 124 deputies`
_PARTY = re.compile(r"\b(?:Party|Movement|Front|Alliance|Union|List|Coalition|Bloc|Democrats|Greens|Labour|Liberals)\b")
_LOSS = re.compile(
    r"\b(?:lost|loses?|losing|keeps?|kept|defend\w*|retain\w*)\s(?:[\w-]+\s){1,3}of\s(?:its\s|their\s|the\s)?$"
)
_UNLIKE = re.compile(
    r"^\s(?!seats|members|deputies|mandates|and\b|in\b|are|were|constituencies|elected|who|that|but|to|has)"
    r"(?:[a-z-]+\s)?(?!seats)[a-z]+s\b"
)


def _resized(scene: Scene, number: Number) -> bool:
    """`A reform cut the seats from 84 to 60`, `which raised the number from 83 to 109`."""
    return _RESIZE.search(scene.low) is not None and _CHANGED.search(scene.before(number, 60)) is not None


# `Khyber Pakhtunkhwa has 39 seats in total`
_HAS_IN_ALL = re.compile(r"(?P<who>[A-Z][\w'-]+(?:\s[A-Z][\w'-]+)*)(?:,\swhich)?\s(?:has|elects|returns)\s(?:only\s)?$")
_BEHIND = re.compile(r"[^.;,:\d]{0,60}")
_OF_THEM = re.compile(r"[^.;,:]{0,60}")  # `of its 63 members are women`


def _subject(scene: Scene, number: Number) -> str:
    """Which seats: the words around the noun and the house that the sentence, or the one before it, names."""
    if (sort := _SORT.match(scene.text, number.end)) and _sorts_elected(scene, number):
        return f"{sort[0].strip()} elected"
    if body := _HOUSE_OF.search(scene.before(number, 50).lower()):
        return f"seats of the {body[0].split()[0]}"
    phrase = _COUNTED.match(scene.after(number, 110))
    start = number.end + (phrase.end() if phrase else 0)
    behind = (_OF_THEM if _PART.match(scene.text, number.end) else _BEHIND).match(scene.text, start)
    house = _HOUSE.search(scene.text)
    words = f"{phrase['sort']}{phrase['unit']}" if phrase else "seats"
    if _CONTESTED.search(scene.before(number, 50)):
        words = f"contested {words}"
    told = " ".join(scene.course.names.short.get(w, w) for w in f"{words}{behind[0] if behind else ''}".split())
    if owner := _HAS_IN_ALL.search(scene.text[: number.start]):
        return f"{owner['who']}, {told}"
    if house:
        return told if house[0] in told else f"{told}, {house[0]}"
    return f"{told}, parliament ({scene.course.house})" if scene.course.house else f"{told}, parliament"
