"""Which names of a sentence may be those of choices: persons, parties, and those who stand under no name."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import zip_longest

from tallyroom.reading.rules.gaps import is_close
from tallyroom.reading.scene import Scene
from tallyroom.reading.text.names import Name, is_land

__all__ = ["AUTHORITY", "SORTS", "choices", "joined", "may_stand"]

_NOT_WHO = re.compile(
    r"\b(?:commission|committee|court|agency|ministry|cent(?:er|re)|institute|office|assembly|"
    r"parliament|council|mission|organi[sz]ation|board|association|service|media|news|house|senate|"
    r"republic|state|district|department)\b",
    re.I,
)


# Those who run elections, by what they are called in short.
AUTHORITY = re.compile(
    r"CEC|CNE|TSE|INE|JNE|ONPE|IEC|INEC|IEBC|NEC|ECP|ECI|EC|CSE|CENI|CEI|ZEC|ECZ|ECN|MEC|CSEC|PEC|SEC|RIK|DIP|CIK|BEC|"
    r"ECK|GECOM|COMELEC|KPU|NEBE|AEC|FEC|UEC|YSK|ISIE|EBC|CNSP|EMB|ODIHR|OSCE|ECG|ECSL|CENA|TEC|SEC|CVK|PKW|NVI|CNDP"
)


# `29 percent in the forecast of the ARD`, `13.5 percent (ARD)`; `second for the Bosniak member`
_SOURCE = re.compile(
    r"\b(?:forecast|polls?|surveys?|projections?|count|website|figures|that)\s(?:of|by|from)\s(?:the\s)?$|"
    r"(?:%|cent)\s(?:\(|by\s)$"
)
_POST = re.compile(r"\s(?:member|seat|post|presidency|entity)\b")


_NO_NAME = re.compile(r"M[A-Z]{0,2}Ps|M[A-Z]As|MKs|TDs|PR|[BC]S?E?T|GMT")  # offices and zones


def may_stand(scene: Scene, name: Name) -> bool:
    """Whether a name may be that of a choice: a person, a party, or a word that is no land or authority."""
    if (
        is_land(name.text)
        or _NO_NAME.fullmatch(name.text)
        or name.text.lower()
        in (
            "mps",
            "meps",
            "abstention",
            "turnout",
            "voting",
            "invalid",
            "void",
            "null",
            "rejected",
            "valid",
            "blank",
            "spoilt",
            "spoiled",
            "north",
            "south",
            "east",
            "west",
        )
    ):
        return False
    party = re.search(r"\b(?:Party|Alliance|Coalition|Front|Bloc|Movement|Union|Left|Democrats)$", name.text)
    if not (name.person or party) and scene.course.names.is_place(name.text):
        return False
    if AUTHORITY.fullmatch(name.text) or name.text in scene.course.pollsters:
        return False
    if not name.person and (_SOURCE.search(scene.text[: name.start]) or _POST.match(scene.text, name.end)):
        return False
    if (_NOT_WHO.search(name.text) and not party and name.text not in ("Centre", "Center")) or re.match(
        r"(?:'s)?\s(?:\w+\s)?(?:exit[- ]?)?(?:polls?|survey)\b", scene.text[name.end : name.end + 24]
    ):
        return False
    before, after = scene.text[max(0, name.start - 24) : name.start], scene.text[name.end : name.end + 50]
    if re.search(
        r"\b(?:in|at|near|from|across|around|"
        r"within)\s(?:the\s)?$",
        before,
        re.I,
    ) and not (name.person or party):
        return False
    if (
        not name.person
        and scene.course.names.short.get(name.text)
        and re.search(r"\($", before) is None
        and _NOT_WHO.search(scene.course.names.short[name.text])
    ):
        return False
    if re.search(
        r"\b(?:chairman|chair|chairwoman|commissioner|secretary|spokes\w+|director)\s(?:\w+\s)?$", before, re.I
    ):
        return False
    return not re.match(
        r",?\s(?:the\s)?(?:chairman|chairwoman|chairperson|chair|spokes\w+|director|head) of "
        r"(?:the\s)?(?:\w+\s){0,3}[Cc]ommission",
        after,
    )


def choices(scene: Scene) -> list[Name]:
    """The names that may be those of choices, and those who stand under no name: independents, the ruling party."""
    if scene.contenders is None:
        scene.contenders = _choices(scene)
    return scene.contenders


def _choices(scene: Scene) -> list[Name]:
    names = _widened(scene, [name for name in scene.names if may_stand(scene, name) and not _plain(scene, name)])
    names = _quoted(scene, _of_whom(scene, joined(scene, names, whole=True)))
    for match in SORTS.finditer(scene.text):
        sort = Name(match[0], match.start(), match.end())
        if _IS_A.search(scene.text[: sort.start]) or (names and _RANKED.match(sort.text)):
            continue
        if _beside_figure(scene, sort) and not any(_covers(scene, n, sort) for n in names):
            names.append(sort)
    return sorted(names, key=lambda name: name.start)


# `emerged as the biggest party`: what somebody is, not who
_RANKED = re.compile(r"[Tt]he (?:first|second|third|fourth|fifth|largest|biggest) party")
_IS_A = re.compile(r"\b(?:as|then|once|is|are|was|were|remains?|became|becomes?)\s$")


def _quoted(scene: Scene, names: list[Name]) -> list[Name]:
    """Names with what stands between quotation marks as one: `the alliance "For the Future of Lurda"`."""
    marks = list(_QUOTED.finditer(scene.text)) if '"' in scene.text else []
    whole = [Name(m[1], m.start(1), m.end(1)) for m in marks]
    inside = [n for n in names if not any(w.start <= n.start and n.end <= w.end for w in whole)]
    return sorted([*inside, *whole], key=lambda name: name.start)


_QUOTED = re.compile(r'(?<!\w)"([A-Z][\w\'-]*(?:\s[\w\'-]+){0,5})"')


def _plain(scene: Scene, name: Name) -> bool:
    """Whether the capital only begins the sentence: `Protocols received: 4,102`, `Leading is the ruling New Era`."""
    if name.text in ("Nationwide", "Together", "Overall", "Nationally", "Results", "Sample"):
        return True
    if name.start > 1 or " " in name.text or name.person or not name.text[1:].islower():
        return False
    return bool(name.text.endswith(("ing", "ed", "ly")) or _PLAIN_NEXT.match(scene.text, name.end))


_PLAIN_NEXT = re.compile(
    r"\s(?!(?:won|wins?|has|had|have|is|was|are|were|got|gets|took|takes|with|at|on|by|leads?|led|came|comes|fell|rose|"
    r"received|polled|secured|obtained|will|would|and|or|of|managed|scored|in|remains?|stood|stands?|then|also|"
    r"follow\w*|trail\w*|finish\w*|claim\w*|drew|kept|held|lost|himself|herself|itself|only|just|still|now|alone|to|"
    r"\w+ed(?!:)|captured|took|slipped|slid|climbed|dropped|hold|holds|be|as|from|but|beat|beats|defeated|being|garnered|"
    r"clinched|may|could|should|who|whose|which|for|nearly|almost|about|over|some|more)\b)[a-z]"
)


def _of_whom(scene: Scene, names: list[Name]) -> list[Name]:
    """Names with whose what they are: `Kurz's list`, `Macky's heir`; `Wale's CDP` is the second alone."""
    kept: list[Name] = []
    for name, after in zip_longest(names, names[1:]):
        whose = _KIN.match(scene.text, name.end)
        if whose and not (after and after.start < whose.end()):
            kept.append(Name(scene.text[name.start : whose.end()], name.start, whose.end()))
        elif not (after and re.fullmatch(r"'s?\s", scene.text[name.end : after.start])):
            kept.append(name)
    return kept


_KIN = re.compile(
    r"'s?\s(?:[a-z-]+\s){0,2}?(?:list|camp|party|ticket|bloc|coalition|alliance|movement|slate|side|team|faction|heir|"
    r"nominee|candidate|men|allies|ally|supporters|loyalists|successor|prot[eé]g[eé]|wife|son|daughter|brother|sister|"
    r"grandson|bench|people|opponents?|opposition|conservatives|liberals|socialists)\b"
)


def _covers(scene: Scene, name: Name, sort: Name) -> bool:
    """Whether a name is the one that such words lead to or are part of: `the opposition alliance Sea and Hill`."""
    gap = scene.text[sort.end : name.start] if name.start >= sort.end else "-"
    return (name.start < sort.end and sort.start < name.end) or re.fullmatch(
        r"(?:'s?)?(?:\s[a-z]+){0,2}\s\"?", gap
    ) is not None


def _beside_figure(scene: Scene, sort: Name) -> bool:
    """Whether words that may be a choice have a figure right beside them."""
    for number in scene.numbers:
        gap = scene.text[sort.end : number.start] if number.start >= sort.end else None
        if gap is not None and len(gap) < 70 and is_close(gap.rsplit(",")[-1]):
            return True
        if scene.text[number.end : sort.start] == " " and _COUNTED.fullmatch(sort.text):
            return True
        if gap is None and number.end < sort.start and _FOR.search(scene.text[number.end : sort.start]):
            return True
    return False


_COUNTED = re.compile(r"(?:wo)?men|independents")  # `96 women and 204 men`
_FOR = re.compile(
    r"^[^,;:\d]{0,40}?\b(?:for|to|of|backed|chosen?|supported|by|held|voted|ticked|favou?red|said|had|was|is|are|were)\s$"
)
# Choices under no name.
_SORT = (
    r"(?:coalition|bloc|alliance|opposition|independents?|incumbent|challenger|contender|adversary|rivals?|opponents?|runner-up|"
    r"part(?:y|ies)|others|candidates|(?:national|social|union|commun|monarch|royal|reform|separat|loyal|federal|"
    r"independent|islam|popul|maoi|central)ists|[Cc]onservatives|[Ll]iberals|[Dd]emocrats|[Gg]reens|[Rr]epublicans|"
    r"(?:far|centre|center|hard|radical)[ -](?:right|left)|left|right|mayor|president|premier|prime minister|"
    r"head of state|minorities|women|allies|predecessor|nominee|none of the above|lists)"
)
SORTS = re.compile(
    r"\b(?:(?:PM|[Pp]resident|[Pp]rime [Mm]inister|[Mm]ayor)'s\s(?:party|bloc|list|camp|coalition)\b|"
    r"[Aa]gainst all(?: candidates)?|[Nn]one of the above|[Oo]thers\b|[Ii]ndependents\b|"
    r"(?:[Aa]nother|[Aa]n?)\s(?:independent|unaligned)(?:\s(?:candidate|runner))?\b|Independent(?=:)|"
    r"(?:[Ww]om|[Mm])en\b(?!\sseats)|"
    rf"(?:(?:[Tt]he|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ur)\s(?:[a-z-]+\s){{0,2}}?{_SORT}|"
    rf"(?:[Oo]ther|[Rr]uling|[Oo]pposition|[Ii]ndependent|[Ss]maller|[Mm]inor|[Pp]arty|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|"
    rf"[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[a-z]+een)\s(?:[a-z-]+\s){{0,2}}?{_SORT}|"
    r"(?:[Uu]nion|[Nn]ational|[Ss]ocial|[Cc]ommun|[Mm]ao|[Rr]eform|[Ss]eparat|[Ff]ederal|[Ii]slam)ists|"
    r"[Cc]onservatives|[Ll]iberals|[Ss]ocial [Dd]emocrats)(?![\w-]))(?:'s?\s(?:list|nominee|candidate|allies|"
    r"share|partner|party|camp))?"
    r"(?:\s(?:and (?:its|his|her|their) allies))?"
)


def _widened(scene: Scene, names: list[Name]) -> list[Name]:
    """Names with `Party` alone as what it is called: `the People's Party`, `the Party of Growth`."""
    kept: list[Name] = []
    for name in names:
        if kept and name.start < kept[-1].end:
            continue
        whole = next((m for m in _PARTY_OF.finditer(scene.text) if m.start() <= name.start < m.end()), None)
        alone = whole is not None and name.text in ("Party", "Movement", "Union", "Front", "League", "Congress")
        kept.append(Name(whole[0], whole.start(), whole.end()) if whole and alone else name)
    return kept


_PARTY_OF = re.compile(
    r"(?:[A-Z][\w-]+'s?\s)?(?:Party|Movement|Union|Front|League|Congress)(?:\s(?:of|for)\s(?:the\s)?[A-Z][\w-]+"
    r"(?:\s[A-Z][\w-]+)*)?"
)


def joined(scene: Scene, names: list[Name], whole: bool = False) -> list[Name]:
    """Names with the party in brackets, `of the X Party` or `, head of X,` behind them as one.

    whole: whether a name then ends where what belongs to it does.
    """
    kept: list[Name] = []
    ends: dict[int, int] = {}
    end = 0
    for name in names:
        gap = scene.text[end : name.start]
        end = name.end
        whose = _PARTY_AND.match(scene.text, kept[-1].end) if kept and kept[-1].person else None
        if whose and name.end <= whose.end():
            ends[kept[-1].start] = name.end
            continue
        if name.text.isupper() and _TITLE.match(scene.text, name.end):
            continue  # `under KRG President Anna Meyer`
        led = _LED_BY.fullmatch(scene.text[kept[-1].end : name.start]) if kept and not kept[-1].person else None
        if led and (name.person or led["office"]):
            ends[kept[-1].start] = name.end
            continue
        if kept and _IN_BRACKET.match(scene.text[kept[-1].end : name.start]):
            ends[kept[-1].start] = name.end
            continue
        if kept and (_BELONGS.fullmatch(gap) or (kept[-1].person and not name.person and _OF_PARTY.fullmatch(gap))):
            ends[kept[-1].start] = name.end
            continue
        # `Ana Novak - Green Party - 55.6%`, `Ana Novak, Green Party - 55.6%`
        row = kept and kept[-1].person and kept[-1].start < 8 and len(scene.text) < 110 and len(kept) == 1
        if row and (gap == " - " or (not name.person and re.fullmatch(r",\s|\s\[", gap))):
            ends[kept[-1].start] = name.end
            continue
        if kept and gap == " and " and not (name.person or kept[-1].person or _SEVERALLY.search(scene.text)):
            kept[-1] = Name(scene.text[kept[-1].start : name.end], kept[-1].start, name.end)
        else:
            kept.append(name)
    return [replace(name, end=ends.get(name.start, name.end)) for name in kept] if whole else kept


# What is told of two names one by one: `A and B got 8.8 and 7.1 percent respectively`.
_SEVERALLY = re.compile(r"\b(?:respectively|each|apiece)\b|\d(?:\s?%|\sper ?cent)?\sand\s\d")
# `of the Party of Unity and Progress`, `of United and Free Voters (UFV)`: one party behind its candidate's name.
_PARTY_AND = re.compile(
    r"\s(?:of|from|for)\s(?:the\s)?(?:(?:(?:Party|Movement|Front|Alliance|Union|Congress|Coalition|League)\s(?:of|for)\s"
    r"(?:[A-Z][\w-]*\s){1,3}and\s[A-Z][\w-]*(?:\s[A-Z][\w-]*)*)|(?:[A-Z][\w-]*\s){1,4}(?:and|for|of)\s"
    r"(?:[A-Z][\w-]*\s){1,4}\([A-Z]{2,8}\)|(?:[A-Z][\w-]*\s){1,4}and(?:\s[A-Z][\w-]*){1,3}(?=\s(?:has|is|was)\b))"
)
_OFFICE = (
    r"(?:Prime|Foreign|Interior|Deputy|Vice|Minister|President|Speaker|Premier|Chancellor|Mr|Mrs|Ms|Dr|Sheikh|General|"
    r"Senator|Governor|Mayor|[A-Z]{2,4})"
)
_TITLE = re.compile(rf"\s(?:{_OFFICE}\s){{1,2}}[A-Z]")
# `the Unity Alliance (UA) of former Speaker Anna Meyer`, `the League, led by Anna Meyer`
_LED_BY = re.compile(
    rf"(?:\s\([^()]{{1,20}}\))?,?\s(?:of|under|led by|headed by)\s(?:[a-z-]+\s){{0,3}}"
    rf"(?P<office>{_OFFICE}\s)?(?:{_OFFICE}\s){{0,2}}(?:al-|el-)?"
)
# `Anna Meyer (GMD - Growth and Hope): 4,594 votes`
_IN_BRACKET = re.compile(r"\s\([^()\d]*$")
_OF_PARTY = re.compile(r"\s(?:of|from)\s(?:the\s)?(?:[A-Z][\w']*\s){0,3}")
_BELONGS = re.compile(
    r"\sand\s(?:his|her)\srunning\smate,?\s|,\s(?:the\s|an?\s)?(?:[a-z-]+\s){1,3}(?:of|from|at)\s(?:the\s)?|"
    r"\s(?:under|led by)\s(?:\w+\s){0,2}|,?\s(?:aka|alias|a\.k\.a\.|(?:also |better )?known as)\s(?:the\s)?|"
    r"\s\((?:[Tt]he\s)?|"
    r",?\s(?:of|from|for)\s(?:the\s)?(?:\w+\s){0,2}|"
    r",\s(?:the\s)?(?:head|leader|chairman|chairwoman|chair|candidate|nominee|"
    r"representative)\s(?:of|for|from)\s(?:the\s)?(?:\w+\s){0,2}"
)
