"""Who stands: how many candidates, who nominated whom, whose candidacy was approved."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallyroom.reading.names import Name
from tallyroom.reading.rules.choices import joined
from tallyroom.reading.rules.verbs import bare, is_whole, stands
from tallyroom.reading.scene import Found, Scene

__all__ = ["candidates_registered", "nominations"]

_STANDING = re.compile(
    r"\b(?:(?:stand(?:ing)?|stood) (?:for|in)|candidates?|candidac(?:y|ies)|candidatures|contenders?|nominat\w+|"
    r"presidency|on the ballot|running|"
    r"run for|stand for|stood for|hopefuls?|aspirants?|contestants?|parties|lists|vying|applicants?|movements|"
    r"alliances|compet\w+)\b"
)
_NUMBER_OF = re.compile(r"\bnumber of (?:\w+ ){0,4}?(?:candidates|contenders|candidacies|parties)\b[^.;\d]{0,60}$")
_PEOPLE = re.compile(
    r"\b(?:nominated|approved as|registered as|confirmed as|seek|vying|competing|running|run for|in "
    r"the running|applied|(?:picked|filed|submitted|collected|obtained)\b.{0,30}\bnomination|put forward|"
    r"candidacy of|on the ballot)\b"
)
_PARTY = (
    r"(?P<party>(?:[A-Z][\w'&.-]*)(?:\s(?:(?:of|for|and|the)\s)*(?:[A-Z][\w'&.-]*|party|movement|"
    r"alliance|coalition))*(?:\s\([A-Za-z-]+\))?)"
)
_SELF = r"(?:[Ss]elf-nomin(?:ated|ation|ee)|[Ii]ndependent(?:\scandidate)?|non-partisan|[Nn]o party)"
_ROW = re.compile(
    rf"^\W{{0,3}}(?:\d{{1,2}}[.)]\s)?(?P<who>[A-Z\u00c0-\u024f][\w'.-]*(?:\s[A-Za-z\u00c0-\u024f][\w'.-]*)"
    rf"{{1,4}})\s?(?:-|"
    rf":|,|\()\s?(?:the\s)?(?:ruling\s|opposition\s)?(?:(?P<self>{_SELF})|{_PARTY})(?:,\s[a-z ]{{3,30}})?\)?\s?[;.,]?$"
)
_BY = re.compile(
    rf"\b(?:nominated by|put forward by|nominee of|candidate (?:of|for|from)|fielded by|backed by|"
    rf"standing for|running for|stood for|ran for|nomination by|nominated from|representing|on the ticket of|"
    rf"from)\s(?:the\s)?(?:(?:ruling|opposition|governing)\s)?{_PARTY}"
)
# What nominates is a party, whatever it is called.
_NAMED_BY = re.compile(r"(?:nominated|put forward|fielded|nomination) by|(?:nominee|candidate) of")
_IS_NAMED = re.compile(r"\b(?:nominated|put forward|fielded) by (?:the )?$")
_NOMINATES = re.compile(
    rf"\b(?:[Tt]he\s)?{_PARTY}(?:\s\([A-Z]+\))?\s(?:has\s|have\s|had\s)?(?:nominated|put forward|named|fielded|"
    rf"chosen?|selected|picked)\s"
)
_TO_NOMINATE = re.compile(rf"\b(?:of|by|from)\s(?:the\s)?{_PARTY}\s(?:to nominate|nominating)\s")
_ONE = r"[A-Z\u00c0-\u024f][\w'.-]*(?:\s[A-Z\u00c0-\u024f][\w'.-]*)*"
# `the self-nominated A, B and C`: what is said once holds for the list, up to its `and`.
_SELF_LIST = re.compile(rf"\b[Ss]elf-nominated\s(?:candidates\s)?(?:{_ONE},\s)*(?:{_ONE},?\sand\s)?$")
_PARTY_WORD = re.compile(
    r"\b(?:[Pp]arty|[Mm]ovement|[Ff]ront|[Aa]lliance|[Cc]oalition|[Bb]loc|[Uu]nion|[Cc]ongress|"
    r"[Dd]emocrat\w*|[Rr]epublican\w*|[Ll]abour|[Ll]eague|[A-Z]{2,})\b"
)
_WAS_REGISTERED = re.compile(rf"{_ONE} (?:was|had been|has been) (?:registered|approved|confirmed)\b")
_APPROVED = re.compile(
    r"\b(?:cleared\b|approv\w+|accept\w+|regist(?:er|ered|ers|ration)|confirm\w+|cleared|validated|admitted)\b"
)


def candidates_registered(scene: Scene) -> Iterator[Found]:
    """`seven candidates run`, `17 people have been nominated`, `the number of registered candidates is 7`."""
    if not _STANDING.search(scene.low):
        return
    for number in scene.numbers:
        if number.percent or not scene.open(number) or number.value < 1 or number.value > 50_000:
            continue
        noun, words, end = scene.noun_at(number)
        before = scene.before(number, 90).lower()
        counted = (
            noun in ("candidates", "parties")
            and not _legal(scene, number.start)
            and not (number.value < 3 and re.search(r"\b(?:the|top|leading|main|both|between)\s(?:\w+\s)?$", before))
        )
        if before.endswith(" number ") or (number.value < 4 and _LARGEST.search(words)):
            continue
        if number.value == 1 and re.match(r"\s(?:out )?of\b", scene.after(number)):
            continue
        applied = re.match(
            r"\s(?:\w+\s)?(?:that|who) (?:had )?(?:applied|filed|submitted|"
            r"picked)\b",
            scene.after(number),
        )
        if words.startswith(("representing", "more than")):
            continue
        if re.search(r"\b(?:none|any|each|all) of (?:the )?(?:\w+ )?$", before) or re.search(
            r"\bmain (?:opposition )?parties|of genuine|leading", words
        ):
            continue
        people = (
            noun == "persons"
            and _PEOPLE.search(scene.low)
            and re.search(r"candida|presiden|nominat|\bposts?\b|\boffice\b|mayor|leadership|seats?\b", scene.low)
        )
        number_of = _NUMBER_OF.search(before)
        if noun == "parties" and _SCORED.match(scene.text[end:]):
            continue
        if (_DO_NOT_STAND.match(scene.text[end:]) and not is_whole(scene, number)) or _TAKEN_OUT.search(before):
            continue
        if re.match(
            r"\s(?:all\s)?(?:failed|lost|withdrew|(?:were|was|had been|have been) (?:rejected|refused|"
            r"disqualified))\b",
            scene.text[end:],
        ):
            continue
        of_them = re.match(r"\sof (?:them|these|those)\b", scene.after(number)) and re.search(
            r"\b(?:nominated|put forward|fielded)\s$", before
        )
        others = (
            of_them
            or applied
            or (
                noun == ""
                and re.match(
                    r"\s(?:more\s|other\s|of (?:them|these|those|whom)\s)?(?:have been\s|were\s|are\s|"
                    r"had been\s)?(?:registered|nominated)\b",
                    scene.after(number),
                )
                and "candida" in scene.low
            )
        )
        stand = (
            number.value > 1 and (noun == "persons" or (noun == "" and bare(scene, number))) and stands(scene, number)
        )
        if counted or people or number_of or others or stand:
            scene.take(number)
            step = re.search(
                r"\b(nominated|approved|more|registered|other|took part|running|accepted)\b",
                f"{words.lower()} {scene.text[end : end + 60].lower()}",
            )
            subject = "parties" if noun == "parties" else f"{step[1]} candidates" if step else "candidates"
            yield Found(
                "candidates_registered",
                subject,
                number.value,
                "candidates/number",
                "parties" if noun == "parties" else "candidates",
                number.qualifier,
            )


# What parties have won, which they may have without standing now.
_SCORED = re.compile(r"[^.;\d]{0,30}?\s(?:shared|lie|lay|entered|enter|won|neck)\b")
_LARGEST = re.compile(r"\b(?:largest|biggest|smaller|strongest|leading|top|other|more)\b")
# Those who stay away, or of whom another thing is told than that they stand.
_DO_NOT_STAND = re.compile(
    r"[^.;\d]{0,30}?\s(?:(?:had |have |has |are |were |is |was )?(?:been )?(?:given up|gave up|withdr[ae]wn?|"
    r"boycott\w*|"
    r"stay(?:ed|ing)? away|passed|crossed|shot|killed|arrested|detained|banned|jailed|attacked|murdered|"
    r"shunn?(?:ed|ing)|"
    r"abducted|tied)|shares?\b|did not|do not|were shown|are unlikely|in a (?:technical )?tie)\b"
)
_TAKEN_OUT = re.compile(
    r"\b(?:refused to register|rejected|disqualified|deregistered|turned down|arrested|detained|killed|"
    r"attacked)\s(?:\w+\s)?$|"
    r"\b(?:withdrew|withdrawn|withdraw|pulling|pulled|recalled)\s(?:its|their|all|the)\s$|"
    r"\bnominated by\s(?:\w+\s)?$|\b(?:observers|monitors|agents) (?:of|from)\s$"
)


def _legal(scene: Scene, at: int) -> bool:
    return bool(re.search(r"\b(?:papers|signatures|requests|sheets) of\s$", scene.text[:at].lower())) or bool(
        re.search(r"\bper (?:candidate|party)\b", scene.low)
    )


def nominations(scene: Scene) -> Iterator[Found]:
    """Who was nominated by whom, in lists and sentences; and candidacies approved on a date."""
    yield from _approvals(scene)
    row = _ROW.match(scene.text) if scene.number - scene.course.listing_at <= 1 or scene.text.endswith(";") else None
    if (
        row
        and not scene.numbers
        and (row["self"] or _PARTY_WORD.search(row["party"]) or scene.number - scene.course.listing_at <= 1)
    ):
        scene.course.listing_at = scene.number
        yield _nomination(scene, row["who"], row["self"] or row["party"])
        return
    if re.search(r"\b(?:candidates?|contenders|running|nominees)\b[^.]{0,80}:$", scene.low):
        scene.course.listing_at = scene.number
    cleared = scene.number - scene.course.standing_at <= 3 and _APPROVED.search(scene.low)
    if not cleared and not _STANDS.search(scene.low):
        return
    yield from _in_sentence(scene)


_STANDS = re.compile(
    r"\b(?:nominat|self-nom|candida|put forward|ballot|running|run for|runs for|r[au]ns? as|stand|stood (?:as|for)|"
    r"ticket|nominee|vote concerned|aspirant|contender)"
)


def _nomination(scene: Scene, who: str, party: str) -> Found:
    party = "self-nominated" if re.fullmatch(_SELF, party) else party.strip(" ,.;")
    return Found("nomination", scene.course.names.full(who), party, "candidates/nomination")


def _in_sentence(scene: Scene) -> Iterator[Found]:
    people = [n for n in joined(scene, scene.names) if n.person and not _IS_NAMED.search(scene.text[: n.start])]
    told: set[str] = set()
    for name in people:
        end = min((n.start for n in people if n.start > name.end), default=len(scene.text))
        party = _party_of(scene, name, end)
        if party and name.text not in told:
            told.add(name.text)
            yield _nomination(scene, name.text, party)
    if not told and (match := _TO_NOMINATE.search(scene.text)):
        who = next((n for n in people if n.start >= match.end() - 1), None)
        if who and who.start - match.end() < 20:
            told.add(who.text)
            yield _nomination(scene, who.text, match["party"])
    if not told and (match := _NOMINATES.search(scene.text)) and _PARTY_WORD.search(match["party"]):
        who = next((n for n in people if n.start >= match.end() - 1), None)
        if who and who.start - match.end() < 40:
            yield _nomination(scene, who.text, match["party"])
            yield from _further(scene, scene.text[who.end :])


def _further(scene: Scene, rest: str) -> Iterator[Found]:
    """`A nominated X, the B Party Y and the C Party Z`: the verb said once."""
    while match := _AND_SO.match(rest):
        yield _nomination(scene, match["who"], match["party"])
        rest = rest[match.end() :]


_AND_SO = re.compile(
    rf"(?:,\s(?:and\s)?|\sand\s)(?:the\s)?(?P<party>(?:[A-Z][\w'&.-]*\s){{1,5}}?(?:Party|Movement|Front|Alliance|"
    rf"Coalition|"
    rf"Bloc|Union|Congress|League))\s(?P<who>{_ONE})"
)


def _party_of(scene: Scene, name: Name, end: int) -> str:
    """The party behind a name, up to the next one: `(the X Party)`, `of the X Party`, `, nominated by X`."""
    behind, before = scene.text[name.end : end], scene.text[max(0, name.start - 50) : name.start]
    if re.search(r"\b(?:[Ss]elf-nomin(?:ated|ee)|[Ii]ndependent(?: candidate)?)\s(?:[A-Z]\w+\s)?$", before) or re.match(
        r"\s\((?:self-nominated|independent)\)|,\san? (?:independ[ea]nt|self-nominated)\b|,?\s(?:a |"
        r"an )?self-nominated|[^.;]{0,60}?\b(?:ran|runs|running|stood|"
        r"stands|"
        r"standing|competed|competing|contested) as an? (?:independent|self-nominated)\b",
        behind,
    ):
        return "self-nominated"
    match = re.match(
        rf"(?:'s\s\w+)?,?\s(?:\((?:the\s)?|(?:of|for|from)\s(?:the\s)?(?:ruling\s|opposition\s)?){_PARTY}", behind
    )
    if match and re.search(
        r"\b(?:Party|party|Movement|Front|Alliance|Coalition|Bloc|Congress)\b|^[A-Z]{2,8}$", match["party"]
    ):
        return match["party"]
    if found := re.match(
        rf",?\s(?:nominated|put forward|fielded)\sby\s(?:the\s)?(?:party|movement|bloc|"
        rf"alliance)\s{_PARTY}",
        behind,
    ):
        return found["party"]
    found = _BY.search(behind)
    if found and (_PARTY_WORD.search(found["party"]) or _NAMED_BY.match(found[0])):
        return found["party"]
    if re.search(r"\bnominated by\b", scene.text[: name.start]) and (
        by := re.match(rf"\sby\s(?:the\s)?{_PARTY}", behind)
    ):
        return by["party"]
    if whom := re.match(
        rf",\swhom\s(?:the\s(?:[a-z]+\s){{1,4}}(?:party|coalition|alliance),\s)?(?:the\s)?"
        rf"{_PARTY}(?:\s\"\w+\")?,?\s(?:has\s|had\s)?(?:nominated|put forward|"
        r"fielded)\b",
        behind,
    ):
        return whom["party"]
    titled = re.search(rf"{_PARTY}\s(?:presidential\s|mayoral\s)?(?:candidate|nominee)\s$", before)
    if titled and _PARTY_WORD.search(titled["party"]):
        return titled["party"]
    if (ahead := re.search(rf"{_PARTY}'s\s$", before)) and _PARTY_WORD.search(ahead["party"]):
        return ahead["party"]
    if re.match(
        rf"(?:\sand\s{_ONE}|(?:,\s{_ONE})+,?\sand\s{_ONE})?\s(?:is|are|was|were|run|runs|ran|stand|stands|"
        rf"stood)\s(?:as\s)?"
        r"(?:an?\s)?(?:self-nominated|independents?)\b",
        scene.text[name.end :],
    ):
        return "self-nominated"
    return "self-nominated" if _SELF_LIST.search(scene.text[: name.start]) else ""


def _approvals(scene: Scene) -> Iterator[Found]:
    match = _APPROVED.search(scene.low)
    if match is None or re.search(r"\bvoters (?:were|are) registered\b|\bregistered voters\b", scene.low):
        return
    if re.search(r"\bcandida|\bnominat|\bregistered (?:him|her|them)\b|\bfor (?:the )?presiden", scene.low):
        scene.course.standing_at = scene.number
    elif scene.number - scene.course.standing_at > 3 or not _WAS_REGISTERED.match(scene.text):
        return
    if not scene.dates:
        return
    if re.search(r"\b(?:will|list of|deadline|papers of|must)\b", scene.low) or not any(d.is_day for d in scene.dates):
        return
    days = [d for d in scene.dates if d.is_day]
    # `nominated on 23 April and registered on 3 May`
    behind = (d for d in days if 0 <= d.start - match.end() < 6)
    day = next(behind, None) or min(days, key=lambda d: abs(d.start - match.start()))
    people = [
        n
        for n in scene.names
        if n.person
        and not re.search(r"\b(?:[Cc]hairman|[Ss]ecretary|[Cc]ommissioner|[Ss]aid)\s(?:\w+\s)?$", scene.text[: n.start])
    ]
    for name in people:
        if re.match(r"(?:\ssaid|,\s(?:[Cc]hair|[Hh]ead|[Ss]ecretary))", scene.text[name.end :]):
            continue
        yield Found("nomination_approved", scene.course.names.full(name.text), day.value, "candidates/approved", "date")
