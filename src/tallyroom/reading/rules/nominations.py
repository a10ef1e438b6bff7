"""Who stands for whom: a person, a party, and a word between them that says so.

The word is a noun of those who stand (`the Unity candidate X`, `X, the Greens' choice`), a verb of those who put up
(`Unity has fielded X`, `X, put up by Unity`) or of those who stand (`X runs for Unity`, `under its banner`), or a
list of candidates is told (`X of Unity, Y of the Greens`). Then whose candidacy was approved, and on which day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallyroom.reading.rules.choices import joined
from tallyroom.reading.scene import Found, Scene
from tallyroom.reading.text.names import Name, is_land
from tallyroom.reading.text.times import Moment

__all__ = ["nominations"]

_WORD = r"[A-Z\u00c0-\u024f][\w&.-]*"
_OWNED = rf"{_WORD}(?:'s?(?=\s(?:[A-Z]\w+\s)*(?:Party|Front|Movement|Alliance|Union|Congress|League|Coalition)))?"
_PARTY = (
    rf"(?P<party>{_OWNED}(?:\s(?:(?:of|for|and|the)\s)*(?:{_OWNED}|party|movement|alliance|coalition))*"
    r"(?:\s\([\w-]+\))?)"
)
_COMMON = r"(?P<common>(?:[\w'-]+\s){0,3}(?:part(?:y|ies)|coalition|alliance|bloc|opposition|government|left|right))"
_SELF = (
    r"(?:[Ss]elf-nomin(?:ated|ation|ee)|[Ii]ndependent(?:\scandidate)?|non-partisan|[Nn]o party|"
    r"without (?:a )?party)"
)
_ROW = re.compile(
    rf"^\W{{0,3}}(?:\d{{1,2}}[.)]\s)?(?P<who>[A-Z\u00c0-\u024f][\w'.-]*(?:\s[A-Za-z\u00c0-\u024f][\w'.-]*)"
    rf"{{1,4}})\s?(?:-|:|,|\()\s?(?:the\s)?(?:ruling\s|opposition\s)?(?:(?P<self>{_SELF})|"
    rf"{_PARTY})(?:,\s[a-z ]{{3,30}})?"
    rf"\)?\s?[;.,]?$"
)
_ONE = r"[A-Z\u00c0-\u024f][\w'.-]*(?:\s[A-Z\u00c0-\u024f][\w'.-]*)*"
_PARTY_WORD = re.compile(
    r"\b(?:[Pp]arty|[Mm]ovement|[Ff]ront|[Aa]lliance|[Cc]oalition|[Bb]loc|[Uu]nion|[Cc]ongress|"
    r"[A-Z]\w*(?:crats?|ists|als|arians|atives|ans|eens)|[Dd]emocrat\w*|[Rr]epublican\w*|[Ll]abour|[Ll]eague|"
    r"[A-Z]{2,})\b"
)
_STANDS = re.compile(
    r"nominat|candida|put(?:s|ting)?\s(?:up|forward)|ballot|\brun(?:s|ning)?\b|\bran\b|stand|\bstood\b|ticket|nominee|"
    r"vote concerned|aspirant|contender|flag|banner|fielded|adopted|\bpick|choice|chose|independents\b|"
    r"an independent\b|\blist\b|names?\b|"
    r"registered|selected|answered with|without party|\brace\b|challengers?|\bcontest|hopeful|represent|confirmed|"
    r"primary|nominee|inscribed|field\b|ticket|self-nom"
)
_OF_STANDING = r"(?:candidates?|nominees?|standard-?bearers?|flag-?bearers?|contenders?|choice|pick|hopefuls?|runner)"
_KIND = (
    r"(?:(?:[a-z-]*presidential|lead|top|main|mayoral|gubernatorial|leading|joint|local|official|parliamentary|"
    r"own)\s)*"
)
_PUT_UP = r"(?:nominated|fielded|put\sforward|put\sup|adopted|invested|proposed|presented)"
_MAY_PUT_UP = (
    r"(?:named|chosen?|selected|picked|announced|unveiled|chose|confirmed|elected|tapped|endorsed|approved|"
    r"crowned|anointed|backed)"
)
_HAS = r"(?:(?:has|have|had|also|unanimously|formally|officially|again|today|yesterday)\s)*"

# Behind the party and in front of the person.
_BEFORE = (
    # the Swapo candidate, X · Labour candidate X · the Greens' candidate is X · its pick there is X
    re.compile(
        rf"\b{_PARTY}(?:'s|')?\s{_KIND}{_OF_STANDING}(?:\sfor\s[^,;]{{3,30}}(?=,))?(?:\s(?:there\s)?(?:is|was|are|"
        rf"will\sbe))?,?\s(?:[\w.]+\s){{0,3}}$"
    ),
    re.compile(
        rf"\b[Tt]he\s(?P<common>(?:ruling|governing|main\sopposition|opposition)\s(?:party|coalition|"
        rf"alliance))'s\s{_KIND}"
        rf"{_OF_STANDING}\s(?:is|was|will\sbe)\s(?:[\w.]+\s){{0,3}}$"
    ),
    re.compile(
        rf"\b{_PARTY}(?:\s\([A-Z]+\))?(?:,\s[a-z][^,;]{{2,40}},)?\s{_HAS}{_PUT_UP}\s(?:its\s[a-z]+,?\s)"
        rf"?(?:[\w.]+\s){{0,2}}$"
    ),
    re.compile(rf"\b{_PARTY}\s{_HAS}(?:answered\swith|(?:is|was|will\sbe)\srepresented\sby)\s$"),
    re.compile(rf"(?:^|;\s)[Ff]or\s(?:the\s)?{_PARTY}(?:,|:|\sis)\s$"),
    re.compile(
        rf"\b[Aa]s\s(?:its|their)\s{_KIND}{_OF_STANDING},?\s(?:the\s)?{_PARTY}\s{_HAS}(?:{_PUT_UP}|"
        rf"{_MAY_PUT_UP})\s$"
    ),
    re.compile(
        rf"\b{_PARTY}\s{_HAS}(?:{_PUT_UP}|{_MAY_PUT_UP})\sas\s(?:its|"
        rf"their)\s{_KIND}{_OF_STANDING}\s(?:[\w.]+\s){{0,3}}$"
    ),
    re.compile(
        rf"\b{_PARTY}\s{_HAS}(?:gave|given|handed)\s(?:its|the|their)\s(?:party\s)?(?:ticket|"
        rf"nomination)\sto\s$"
    ),
    re.compile(rf"\b{_PARTY}\s(?:to\snominate|nominating)\s(?:[\w.]+\s){{0,2}}$"),
    re.compile(rf"\blist\sof\s(?:the\s)?{_PARTY}\s(?:is|was|will\sbe)\s(?:headed|led|topped)\sby\s$"),
)
# One of these stands between a person and a party wherever a pattern of the two lists fits.
_SAYS_SO = re.compile(
    r"candidate|nomin|bearer|contender|choice|pick|hopeful|runner|field|put|adopt|invest|propos|present|answered|list|"
    r"for\b|For\b|ticket|hand|gave|given|named|chose|select|announc|unveil|confirm|elect|tapped|endors|approv|crown|"
    r"anoint|back|run|ran|stand|stood|compet|contest|carr|filed|ballot|submit|head|lead|tops|won|wins|accept|secured|"
    r"clinched|got|received|whom|primary"
)
_CHOSE = re.compile(rf"\b{_PARTY}(?:\s\([A-Z]+\))?\s{_HAS}{_MAY_PUT_UP}\s(?:its\s[a-z]+,?\s)?$")
# `X was nominated by A and Y by B`
_BY = re.compile(rf"\sby\s(?:the\s)?{_PARTY}")
_NOMINATED_BY = re.compile(r"\b[Nn]ominated (?:by|were|was|are)\b")
_TO_RUN = re.compile(
    r"\s(?:as\s(?:(?:its|their|the|a)\s)?(?:[a-z]+\s){0,2}(?:candidate|nominee|flag|standard|contender)|to\s(?:run|"
    r"stand|challenge|face)|for\s(?:the\s)?(?:president|mayor|governor|"
    r"presidency))"
)
# Behind the person.
_BEHIND = (
    re.compile(
        rf"(?:\s\([^)]*\))?,?\s(?:(?:who\s)?(?:is|was|will\sbe)\s)?(?:also\s)?(?:(?:the|"
        rf"an?)\s)?(?:[\w-]+\s){{0,4}}?{_OF_STANDING}"
        rf"\s(?:of|for|from)\s(?:the\s)?(?:[a-z'-]+\s){{0,3}}?{_PARTY}"
    ),
    re.compile(
        rf"(?:\s\([^)]*\))?,?\s(?:(?:is|was)\s)?(?:the|an?)\s(?:[\w-]+\s){{0,3}}?{_OF_STANDING}\s(?:of|"
        rf"for)\s(?:the\s)?{_COMMON}\b"
    ),
    re.compile(rf",?\s(?:(?:who\s)?(?:is|was)\s)?(?:the\s)?{_PARTY}(?:'s|')?\s{_KIND}(?:[a-z-]+\s)?{_OF_STANDING}\b"),
    re.compile(
        rf"(?:(?!\b(?:whom|members?)\b)[^.;]){{0,60}}?\b(?:{_PUT_UP}|"
        rf"{_MAY_PUT_UP})\b(?:\sas\s[^,;]{{0,30}}?)?\s(?:by|from)\s(?:the\s)?(?:[a-z]+\s){{0,3}}{_PARTY}"
    ),
    re.compile(
        r"[^.;]{0,60}?\b(?:runs?|ran|running|stands?|stood|standing|compet\w+|contest\w*|"
        r"carry)\b[^.;,]{0,20}?\s(?:for|under|on)\s"
        rf"(?:the\s)?(?:[a-z]+\s){{0,2}}?(?:(?:banner|ticket|list|flag|colou?rs)\sof\s(?:the\s)?)?{_PARTY}"
    ),
    re.compile(rf"[^.;]{{0,60}}?\bas\s(?:the\s|an?\s)?{_PARTY}(?:'s)?\s{_KIND}{_OF_STANDING}"),
    re.compile(rf"[^.;]{{0,40}}?\b(?:filed|on\sthe\sballot|submitted)\b[^.;,]{{0,25}}?\sfor\s(?:the\s)?{_PARTY}"),
    re.compile(
        rf"[^.;]{{0,40}}?\b{_PUT_UP}\sby\s(?P<common>(?:[\w'-]+\s){{1,4}}(?:groups?|parties|party|coalition|alliance|"
        rf"movement|citizens))\b"
    ),
    re.compile(
        rf",?\s(?:is|was)\s(?:the\s)?(?P<common>opposition|ruling\sparty|government|"
        rf"coalition)(?:'s)?\s{_KIND}{_OF_STANDING}\b"
    ),
    re.compile(rf"[^.;]{{0,40}}?\bcarr(?:y|ies)\sthe\s(?:flag|banner|colou?rs)\sof\s(?:the\s)?{_PARTY}"),
    re.compile(rf"\s(?:heads|leads|tops|headed)\s(?:the\s)?(?:list\sof\s(?:the\s)?)?{_PARTY}(?:'s)?(?:\slist|[.,])"),
    re.compile(
        rf"\s(?:won|wins|accepted|accepts|secured|clinched|got|received)\sthe\s(?:(?:nomination|primary|"
        rf"ticket)\sof\s(?:the\s)?{_PARTY}|"
        rf"(?P<common>[A-Z][\w\s]+?)(?:'s)?\s(?:nomination|primary|ticket)\b)"
    ),
    re.compile(
        rf",\swhom\s(?:the\s(?:[a-z]+\s){{1,4}}(?:party|coalition|alliance),\s)?(?:the\s)?(?:{_PARTY}(?:\s\"\w+\")?|"
        rf"{_COMMON}),?\s"
        rf"{_HAS}{_PUT_UP}\b"
    ),
    re.compile(rf"[^.;]{{0,40}}?\b(?:nomination\sby|backed\sby|representing)\s(?:the\s)?(?:[a-z]+\s)?{_PARTY}"),
)
_OF_PARTY = re.compile(rf"(?:'s\s\w+)?,?\s(?:of|for|from)\s(?:the\s)?(?:ruling\s|opposition\s)?{_PARTY}")
_IN_BRACKETS = re.compile(rf"\s\((?:the\s)?{_PARTY}\)")
# `Unity: X; Greens: Y`
_OF_TABLE = re.compile(rf"(?:^|;\s|,\s){_PARTY}:\s$")
_TABLE = re.compile(r"[A-Za-z]:\s[A-Z][^;:]{3,40}[;,]\s[^;:]{2,40}:\s[A-Z]")
_POSSESSOR = re.compile(rf"\b{_PARTY}(?:'s|')\s$")
_SELF_BEHIND = re.compile(
    r"\s\((?:self-nominated|independent|no party|non-party)\)|,\s(?:then\s|now\s)?an? (?:independ[ea]nt|"
    r"self-nominated)\b|,?\s(?:a |an )?"
    r"self-nominated|[^.;]{0,70}?\bas an? (?:independent|self-nominated)\b|(?:, who)? (?:nominated|put) (?:him|"
    r"her)self\b|,?\s(?:who is )?(?:the |a )?self-nominee\b|[^.;,]{0,30}?\bas a non-(?:party|partisan)\b|\son (?:his|"
    r"her) own\b|"
    r"[^.;,]{0,30}?\bwithout (?:a )?party\b"
)
_SELF_BEFORE = re.compile(r"\b(?:[Ss]elf-nomin(?:ated|ee)|[Ii]ndependent(?: candidate)?)\s(?:[A-Z]\w+\s)?$")
# `the self-nominated A, B and C`: what is said once holds for the list, up to its `and`.
_SELF_LIST = re.compile(
    rf"\b(?:[Ss]elf-nominated\s(?:candidates\s)?|[Ii]ndependent\scandidates\s|"
    rf"[Ii]ndependents\s)(?:{_ONE},\s)*(?:{_ONE},?\sand\s)?$"
)
_ALL_SELF = re.compile(
    rf"(?:\sand\s{_ONE}|(?:,\s{_ONE})+,?\sand\s{_ONE})?\s(?:is|are|was|were|run|runs|ran|stand|stands|"
    r"stood)\s(?:as\s)?(?:an?\s)?(?:self-nominated|independents?)\b"
)
_A_LIST = re.compile(
    r"\b(?:candidates?|contenders?|registered|running|ballot|stood|against\s(?:him|her|them)|hopefuls|race|"
    r"nominat\w+|challengers?|names?|on the list|inscribed|the field|slate)\b"
)
_TAGGED = re.compile(
    r"nominat|candida|put forward|\bballot|running|\bruns? for|\bstand|\bstood\b|ticket|contender|"
    r"cleared|registered"
)
_NO_PARTY = re.compile(
    r"(?:The\s)?(?:President\w*|Parliament\w*|Mayor\w*|Senate|Election\w*|General|Vice|Prime|Central|Commission\w*|"
    r"Independent|"
    r"Opposition|Ruling|House|Assembly|January|February|March|April|May|June|July|August|September|October|November|"
    r"December|"
    r"Incumbent|Chairman|Secretary|Deputy|Minister|\w+day)\b"
)
_AUTHORITY = re.compile(r"\b(?:Commission|Committee|Court|Council|Tribunal|Board)\b")
_IS_NAMED = re.compile(r"\b(?:nominated|put forward|fielded) by (?:the )?$")
_AND_SO = re.compile(
    rf"(?:,\s(?:and\s)?|\sand\s)(?:the\s)?(?P<party>(?:[A-Z][\w'&.-]*\s){{1,5}}?(?:Party|Movement|Front|Alliance|"
    rf"Coalition|Bloc|Union|Congress|League))\s(?P<who>{_ONE})"
)
_OPENS_A_LIST = re.compile(r"\b(?:candidates?|contenders|running|nominees|names|tickets)\b[^.]{0,80}[:.]$")


def nominations(scene: Scene) -> Iterator[Found]:
    """Who was nominated by whom, in lists and sentences; and candidacies approved on a date."""
    yield from _approvals(scene)
    near = scene.number - scene.course.listing_at <= 1
    row = _ROW.match(scene.text) if near or scene.text.endswith(";") else None
    if row and not scene.numbers and (row["self"] or near or _PARTY_WORD.search(row["party"])):
        scene.course.listing_at = scene.number
        yield _nomination(scene, row["who"], row["self"] or row["party"])
        return
    if (scene.low.endswith(":") or len(scene.text) < 60) and _OPENS_A_LIST.search(scene.low):
        scene.course.listing_at = scene.number
    if not any(name.person for name in scene.names):
        return
    cleared = scene.number - scene.course.standing_at <= 3 and _APPROVED.search(scene.low)
    if cleared or _STANDS.search(scene.low):
        yield from _in_sentence(scene)


def _nomination(scene: Scene, who: str, party: str) -> Found:
    party = "self-nominated" if re.fullmatch(_SELF, party) else party.strip(" ,.;")
    return Found("nomination", scene.course.names.full(who), party, "nominations/nomination")


def _in_sentence(scene: Scene) -> Iterator[Found]:
    people = [n for n in joined(scene, scene.names) if n.person and not _IS_NAMED.search(scene.text[: n.start])]
    told: set[str] = set()
    for name in people:
        end = min((n.start for n in people if n.start > name.end), default=len(scene.text))
        party = _party_of(scene, name, end)
        if party and name.text not in told:
            told.add(name.text)
            yield _nomination(scene, name.text, party)
            yield from _further(scene, scene.text[name.end :])


def _further(scene: Scene, rest: str) -> Iterator[Found]:
    """`A nominated X, the B Party Y and the C Party Z`: the verb said once."""
    while match := _AND_SO.match(rest):
        yield _nomination(scene, match["who"], match["party"])
        rest = rest[match.end() :]


def _party_of(scene: Scene, name: Name, end: int) -> str:
    """The party that a person stands for; `self-nominated`, or empty."""
    behind, before = scene.text[name.end : end], scene.text[max(0, name.start - 90) : name.start]
    if _SELF_BEHIND.match(behind) or (_SELF_BEFORE.search(before) and not _in_results(scene, before)):
        return "self-nominated"
    found = (party for pattern in _BEFORE if (party := _told(scene, pattern.search(before))))
    if _SAYS_SO.search(before) and (party := next(found, "")):
        return party
    found = (party for pattern in _BEHIND if _SAYS_SO.search(behind) and (party := _told(scene, pattern.match(behind))))
    if party := next(found, ""):
        return party
    by = _BY.match(behind) if _NOMINATED_BY.search(scene.text[: name.start]) else None
    if party := _told(scene, by):
        return party
    chose = _CHOSE.search(before)
    if chose and (_TO_RUN.match(behind) or _PARTY_WORD.search(chose["party"])) and (party := _told(scene, chose)):
        return party
    tagged = _TAGGED.search(scene.low) is not None
    if (row := _OF_TABLE.search(before)) and _TABLE.search(scene.text):
        return "self-nominated" if re.fullmatch(_SELF, row["party"]) else _told(scene, row)
    for pattern in (_OF_PARTY, _IN_BRACKETS):
        match = pattern.match(behind)
        if (
            match
            and ((tagged and _PARTY_WORD.search(match["party"])) or _in_a_list(scene))
            and (party := _told(scene, match))
        ):
            return party
    whose = _POSSESSOR.search(before)
    if whose and tagged and _PARTY_WORD.search(whose["party"]) and (party := _told(scene, whose)):
        return party
    if _ALL_SELF.match(scene.text[name.end :]) or _SELF_LIST.search(scene.text[: name.start]):
        return "self-nominated"
    return ""


def _told(scene: Scene, match: re.Match[str] | None) -> str:
    """The party of a match, where it can be one: not a country, a place, an office or a person."""
    if match is None:
        return ""
    groups = match.groupdict()
    party = groups.get("party") or ""
    if not party:
        return groups.get("common") or ""
    for name in scene.names:
        if name.person and party.startswith(name.text + " and "):
            party = party[len(name.text) + 5 :].removeprefix("the ")
    party = party.removeprefix("The ")
    bare = party.split(" (")[0]
    named = _PARTY_WORD.search(bare) is not None
    place = not named and (is_land(bare) or scene.course.names.is_place(bare))
    person = " " not in bare and scene.course.names.person(bare)
    return "" if place or person or bare == "The" or _NO_PARTY.match(bare) or _AUTHORITY.search(bare) else party


def _in_results(scene: Scene, before: str) -> bool:
    """Whether `the independent X` only tags whose figure follows."""
    return _has_figures(scene) and re.search(r"\bindependent\s(?:[A-Z]\w+\s)?$", before) is not None


def _in_a_list(scene: Scene) -> bool:
    return not _has_figures(scene) and _A_LIST.search(scene.low) is not None


def _has_figures(scene: Scene) -> bool:
    """Whether a sentence gives results: shares, or votes of several."""
    return any(number.percent or number.value > 1000 for number in scene.numbers)


_APPROVED = re.compile(
    r"\b(?:cleared|approv\w+|accept\w+|regist(?:er|ered|ers|ration)|confirm\w+|validated|admitted|inscribed|"
    r"nominated|certificate|green\slight|made\spublic|followed|qualified|granted|added\sto|in\sorder|"
    r"put\s\w+\s\w+\son|made\sthe\s(?:\w+\s)?list)\b"
)
_LOOSE = ("nominated", "accepted", "confirmed", "followed", "made public")
_STOOD = re.compile(
    r"\bcandida|\bnominat|\bregistered (?:him|her|them)\b|\bfor (?:the )?presiden|\bto (?:run|"
    r"stand)\b|\brace\b|\bcontest\b|\bregistration\b|\blist\b|\bballot\b|\bqualified\b|\bgreen light\b|\bmay run\b"
)
_NOT_APPROVED = re.compile(
    r"\bvoters (?:were|are) registered\b|\bregistered voters\b|\b(?:will|list of|deadline|bill|papers of|must)\b|"
    r"\b(?:refused|denied|declined|rejected)\b|\bobservers?\b|\bresults?\b"
)
_WAS_REGISTERED = re.compile(rf"{_ONE} (?:was|had been|has been) (?:registered|approved|confirmed)\b|{_ONE} followed\b")
_COMMISSION = re.compile(
    r"\b(?:commission\w*|council|electoral|committee|cec|iec|ec|registrar|authority|certificate|officially|officer|"
    r"court|registration)\b"
)
_OFFICIAL = re.compile(r"\b(?:[Cc]hairman|[Ss]ecretary|[Cc]ommissioner|[Ss]aid)\s(?:\w+\s)?$")
_AN_OFFICIAL = re.compile(r"(?:\ssaid|,\s(?:[Cc]hair|[Hh]ead|[Ss]ecretary))")


def _approvals(scene: Scene) -> Iterator[Found]:
    """Each candidate approved, with the day that is nearest to the name."""
    verbs = list(_APPROVED.finditer(scene.low))
    if not verbs or _NOT_APPROVED.search(scene.low):
        return
    near = scene.number - scene.course.standing_at <= 3
    by_name = _WAS_REGISTERED.match(scene.text) is not None
    by_office = _COMMISSION.search(scene.low) or "may run" in scene.low or (near and by_name)
    # To be nominated or to follow is to be approved only where an office does it.
    sure = [verb for verb in verbs if verb[0] not in _LOOSE] or (verbs if by_office else [])
    if not sure or not (_STOOD.search(scene.low) or (near and by_name)):
        return
    match = sure[0]
    scene.course.standing_at = scene.number
    days = [d for d in scene.dates if d.is_day]
    for name in scene.names if days else ():
        if not name.person or _OFFICIAL.search(scene.text[: name.start]) or _AN_OFFICIAL.match(scene.text, name.end):
            continue
        day = _day_of(name, match, days)
        who = scene.course.names.full(name.text)
        yield Found("nomination_approved", who, day, "nominations/approved", "date")


def _day_of(name: Name, match: re.Match[str], days: list[Moment]) -> str:
    # `nominated on 23 April and registered on 3 May`
    behind = [d for d in days if 0 <= d.start - match.end() < 6]
    of_name = [d for d in days if 0 <= d.start - name.end < 25]
    near = (
        (of_name if match[0] == "followed" else [])
        or (behind if len(behind) == 1 else [])
        or (of_name if len(days) > 1 else [])
        or days
    )
    return str(min(near, key=lambda d: abs(d.start - match.start())).value)
