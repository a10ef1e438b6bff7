"""To whom figures belong: the name behind them, the nearest one before them, or whom `he` means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from tallyroom.reading.rules.choices import SORTS
from tallyroom.reading.rules.figures import Figure, figures_of
from tallyroom.reading.rules.gaps import FORWARD, OPENS, in_aside, is_close, stands_by
from tallyroom.reading.rules.measures import SEAT_UNIT, SEATS
from tallyroom.reading.scene import Scene
from tallyroom.reading.text.names import Name
from tallyroom.reading.text.numbers import Number

__all__ = [
    "mood",
    "pairs",
]

_BEHIND = re.compile(
    r"^(?:\svotes(?:\s(?:were|was|had\sbeen)\scast)?)?,?\s?(?:(?:or\s)?\(?[\d.,]+\s?(?:%|per ?cent|"
    r"votes)\)?,?\s)?(?:\([^)]*\)\s?)?(?:of\s(?:the\s|"
    r"all\s)?(?:[\w-]+\s){0,3}?(?:votes?|voters|ballots|"
    r"respondents|voters\spolled|poll|those\s\w+|electorate)\s?)?(?:(?:people|voters|citizens|"
    r"electors)\s(?:who\s)?)?(?:said\s(?:that\s)?they\s)?(?:(?:had\s|have\s)?(?:voted|"
    r"cast\s(?:their\s|a\s)?(?:ballots?|votes?)|backed|chose|supported|favou?red|opted|went|go|"
    r"going|votes|were|was)\s?)?(?:in\sfavou?r\sof|for|to|backed|chose|supported|gave|give|"
    r"favou?red)\s(?!(?:defeat|beat|oust|unseat|win|finish|come|take|secure|become|make|get|lead|be|have)\b)(?:the\s)?(?:\w+\s){0,3}?$"
)
_PRONOUN = re.compile(
    r"\b(?:he|she|they|the incumbent|the president|the party|the winner|the challenger|the "
    r"candidate|its?|his|her|whose|who|whom)\b",
    re.I,
)
_NONE = re.compile(
    r"\b(?:none|neither|nobody|no other|others?|remaining|the rest|each|any candidate|invalid|blank|"
    r"spoil|spoilt|against all|abstain)\b",
    re.I,
)


def pairs(scene: Scene) -> list[tuple[Figure, str]]:
    """Each figure with whom it belongs to; those of nobody are left out."""
    figures, names = figures_of(scene)
    if not figures:
        return []
    listed = _lists(scene, figures, names)
    told = _each(scene, figures, names, listed)
    return [(f, who) for f, who in told if who and (f.measure == SEATS or not _PEOPLE.fullmatch(who))]


_PEOPLE = re.compile(r"(?:[Ww]om|[Mm])en")  # they hold seats, and no party is called so


def _each(
    scene: Scene, figures: list[Figure], names: list[Name], listed: dict[int, str]
) -> Iterator[tuple[Figure, str]]:
    had: dict[tuple[str, int], bool] = {}
    last = ""
    groups = list(_together(scene, figures))
    for at, group in enumerate(groups):
        figure = group[0]
        end = next((g[0].number.start for g in groups[at + 1 :] if g[0].measure == figure.measure), len(scene.text))
        start = groups[at - 1][-1].number.end if at else 0
        if figure.number.start in listed:
            last = listed[figure.number.start] or last
            yield from ((f, listed[figure.number.start]) for f in group)
            continue
        if shared := _sharers(scene, group[-1].number, names):
            yield from ((f, who) for who in shared for f in group)
            continue
        if not all(f.bare for f in group):
            figure = replace(figure, bare=False)
        name = behind(scene, group[-1], names, end) or behind(scene, figure, names, end)
        name = name or ahead(scene, figure, names, start, had)
        who = resolved(scene, name, last) if name else ""
        if name is not None:
            had |= {(f.measure, name.start): True for f in group}
        elif last and _AGAIN.search(scene.before(figure.number, 50)):
            who = last
        elif not figure.bare:
            who = (
                last
                if last and _ITSELF.search(scene.text[start : figure.number.start])
                else meant(scene, figure, start)
            )
        last = who or last
        yield from ((f, who) for f in group)


def _together(scene: Scene, figures: list[Figure]) -> Iterator[list[Figure]]:
    """Figures that say the same of one choice: `1,037,009 votes (27.9%)`, `34.4 percent, or 52 seats`."""
    group: list[Figure] = []
    for figure in figures:
        told = {f.measure for f in group}
        gap = scene.text[group[-1].number.end : figure.number.start] if group else ""
        # `the Greens with 4.3 per cent and five to the Liberals`: the second has an owner of its own.
        apart = " and" in gap and OPENS.match(scene.text, figure.number.end)
        if group and (figure.measure in told or apart or not _ALIKE.fullmatch(gap)):
            yield group
            group = []
        group.append(figure)
    yield group


_ALIKE = re.compile(
    rf"(?:\sof\s(?:the\s|all\s)?(?:\w+\s)?(?:votes?|ballots?)(?:\scast)?|\s(?:votes|{SEAT_UNIT}))?"
    r"(?:\s?[(\[/]|,?\s(?:or|and|that is|which is|for|with|on)\s(?:[a-z]+\s){0,3}|\s?[-,:]\s)"
)


def resolved(scene: Scene, name: Name, last: str) -> str:
    """The full name of a choice: whom `the incumbent` and `his rival` mean, where that is known."""
    course = scene.course
    if not SORTS.fullmatch(name.text):
        return course.names.full(name.text)
    if _ITS_OWN.fullmatch(name.text):
        return course.thing or (course.person if name.text.endswith("party") else name.text)
    if _HIS_PARTY.fullmatch(name.text):
        before = [n for n in scene.names if n.person and n.end <= name.start]
        who = course.names.full(before[-1].text) if before else course.person
        return f"{who}'s party" if who else ""
    if _RIVAL.match(name.text):
        return next((who for who in course.contenders if who != last), name.text)
    return name.text


# `Third are the Pirates with 10.8%; they are entitled to 22 seats`
_ITSELF = re.compile(r"\b(?:it|they)\s(?!was\b|is\b)[a-z]")
_ITS_OWN = re.compile(r"[Tt]he (?:party|coalition|alliance|bloc)")
_HIS_PARTY = re.compile(r"(?:[Hh]is|[Hh]er) party")
_RIVAL = re.compile(r"(?:[Hh]is|[Hh]er|[Tt]he)\s(?:\w+\s)?(?:rival|opponent|challenger|contender|adversary)$")


def _lists(scene: Scene, figures: list[Figure], names: list[Name]) -> dict[int, str]:
    """Figures told one after the other, with the names told so: `A and B won 31 and 27`, `A beat B 54.2% to 40%`."""
    told: dict[int, str] = {}
    for run in _runs(scene, figures):
        if len(run) < 2:
            continue
        whose = _as_many(scene, run, names)
        told.update({f.number.start: scene.course.names.full(n.text) for f, n in zip(run, whose, strict=False)})
        score = _SCORE.fullmatch(scene.text[run[0].number.end : run[1].number.start])
        if whose or not score or _called(scene, run[1], names):
            continue
        if _IT_WAS.search(scene.text[: run[0].number.start]) and len(scene.course.contenders) == 2:
            told.update({f.number.start: who for f, who in zip(run, scene.course.contenders, strict=False)})
        elif run[0].measure != SEATS:  # of seats the second is what was had before
            told.update({f.number.start: "" for f in run[1:]})
    return told


def _called(scene: Scene, figure: Figure, names: list[Name]) -> bool:
    """Whether the figure has a name of its own behind it: `54.2% to 40% for Novak`."""
    return behind(scene, figure, names, len(scene.text)) is not None


def _runs(scene: Scene, figures: list[Figure]) -> Iterator[list[Figure]]:
    """Figures of one measure with nothing but `and`, `to` or a comma between them."""
    run: list[Figure] = []
    for figure in figures:
        if run and (
            run[-1].measure != figure.measure
            or not _JOINS.fullmatch(scene.text[run[-1].number.end : figure.number.start])
        ):
            yield run
            run = []
        run.append(figure)
    yield run


def _as_many(scene: Scene, run: list[Figure], names: list[Name]) -> list[Name]:
    """As many names as a run has figures, in front of it or behind it; none where there are not so many."""
    first, last = run[0].number, run[-1].number
    before = [n for n in names if n.end <= first.start][-len(run) :]
    score = _SCORE.fullmatch(scene.text[first.end : run[1].number.start])
    if len(before) == len(run):
        gaps = [scene.text[a.end : b.start] for a, b in pairwise(before)]
        against = len(run) == 2 and score and _BEAT.search(gaps[0]) and not re.search(r"[\d;]", gaps[0])
        if against or all(_BETWEEN.fullmatch(gap) for gap in gaps) or "respectively" in scene.low:
            return before
    behind_it = [n for n in names if n.start >= last.end][: len(run)]
    if len(behind_it) == len(run) and not score:
        gaps = [
            scene.text[last.end : behind_it[0].start],
            *(scene.text[a.end : b.start] for a, b in pairwise(behind_it)),
        ]
        if all(_BETWEEN.fullmatch(gap) for gap in gaps[1:]) and _FOR_THEM.search(gaps[0]):
            return behind_it
    return []


_JOINS = re.compile(
    r"(?:\sof\s(?:the\s)?votes?)?\s?(?:(?:votes|seats?|mandates|MPs)\s)?(?:-|/|,|,?\sand|to|against|versus)\s"
    r"(?:(?:only|just|some|about)\s)?|\s?[-/]\s?",
)
_SCORE = re.compile(r"\s?(?:(?:votes|seats?|MPs)\s)?(?:to|-|against|versus)\s?")
_FOR_THEM = re.compile(r"\b(?:for|to)\s(?:the\s)?$|:\s(?:the\s)?$")

_EACH = re.compile(
    r"\s(?:(?:of (?:the )?)?(?:votes|seats?|mandates?|deputies|lawmakers|councillors)\s)?(?:each|apiece)\b"
)
_BETWEEN = re.compile(
    r"\)?,\s(?:the\s)?|\)?,?\sand\s(?:the\s)?|,\s(?:at|with)\s[\d.]+\s(?:%|per ?cent),\s(?:and\s)?(?:the\s)?|"
    r"\s?\([^)]{1,20}\)(?:,|,?\sand)\s(?:the\s)?"
)


def _sharers(scene: Scene, number: Number, names: list[Name]) -> list[str]:
    """Those who have as much each: `A and B got seven percent each`, `the two are at 49.6 each`."""
    before = scene.text[: number.start]
    if not (_EACH.match(scene.text[number.end : number.end + 30]) or _EACH_OF.search(before)):
        return []
    if to := _EACH_TO.match(scene.text, number.end):
        return [scene.course.names.full(n.text) for n in _listed_from(scene, to.end(), names)]
    if _THE_TWO.search(before):
        return scene.course.contenders
    shared: list[Name] = []
    for name in reversed([n for n in names if n.end <= number.start]):
        if shared and not _BETWEEN.fullmatch(scene.text[name.end : shared[0].start]):
            break
        shared.insert(0, name)
    return [scene.course.names.full(name.text) for name in shared]


def _listed_from(scene: Scene, start: int, names: list[Name]) -> list[Name]:
    """The names told one after the other from a place on: `to the Liberals and the Greens`."""
    listed: list[Name] = []
    for name in [n for n in names if n.start >= start]:
        gap = scene.text[listed[-1].end if listed else start : name.start]
        if not (_BETWEEN.fullmatch(gap) if listed else re.fullmatch(r"(?:\w+\s){0,2}", gap)):
            break
        listed.append(name)
    return listed


_EACH_TO = re.compile(rf"(?:\s{SEAT_UNIT})?\seach(?:\s\w+){{0,2}}\s(?:for|to)\s(?:the\s)?")
_EACH_OF = re.compile(r"^(?:Each|Both)\s(?:\w+\s){1,3}$")
_THE_TWO = re.compile(r"\b[Tt]he (?:two|pair)\b(?:\s(?:men|women|part\w+|candidates|rivals|leaders))?|^Each|^Both")
_NOMINEE = re.compile(r"\s(?:\w+\s)?(?:candidate|nominee|leader|contender),?\s(?=[A-Z])")
_WITH = re.compile(r"(?:^|[;,]\s|,?\sand\s)[Ww]ith\s(?:\w+\s){0,2}$")
# `With 67,766 votes (0.58%) the Greens`, `With 20.1 per cent, 2.6 points more, the Greens`
_THEN_NAME = re.compile(
    r"(?:\sof\s(?:the\s)?votes?|\svotes)?(?:\s\([^()]{1,20}\)|\sand\s(?:[a-z]+\s){0,3}[\d.,]*\d%?|"
    r",\s[\d.]+ points [a-z]+)?,?\s(?:the\s)?(?:(?!and\b)[a-z-]+\s){0,3}"
)
_SAID_ONCE = re.compile(
    r"\d\s?(?:%|per ?cent)[^;]{0,40}\b(?:for|supported|backed|chose|favou?red)\s(?:the\s)?[A-Z][^;\d]*(?:,|\band|"
    r"\bwhile)\s(?:only\s|just\s)?$"
)
_OF_PARTY_UNIT = re.compile(rf"\s(?:{SEAT_UNIT}|members)\b")
_OPENING = re.compile(r"(?:[A-Z][a-z]+ing|With|After|By|On)\b")
_THEN = re.compile(r"[^,;:\d]{0,50},?\s(?:(?:was|is|were|are|came|stood)\s)?(?:the\s)?(?:[a-z-]+\s){0,3}")
_BEAT = re.compile(
    r"\b(?:beat|beats|beaten|defeat\w*|edged|ousted|unseated|trounced|prevailed over|won against|"
    r"ahead of|over)\b"
)
# `81.54 percent (by the automatic boxes - 80.93 percent)`: the same choice, counted otherwise.
_AGAIN = re.compile(
    r"\((?:(?:by|in|on|with|was|had|according to)?\s?(?:the\s)?[a-z][a-z -]*)?$|"
    rf"\bbetween\s[\w.,]+\s?(?:%|per ?cent|votes|{SEAT_UNIT})?\sand\s$|"
    rf"\bfrom\s(?:its\s|the\s)?[\w.,]+\s?(?:%|per ?cent|votes|{SEAT_UNIT})?\sto\s(?:just\s|only\s|about\s)?$|"
    r"\b(?:compared (?:to|with)|against|instead of|(?:it|they|which) (?:had|won|took)|"
    r"(?:up|down)(?:\s[\w.,%]+){0,2}\sto|left with|up from|down from|from|than|"
    r"below|above)\s(?:the\s|its\s|just\s)?$"
)


def behind(scene: Scene, figure: Figure, names: list[Name], end: int) -> Name | None:
    """The name behind a figure, as in `93.9% for X`."""
    for name in names:
        if figure.number.end <= name.start < end:
            gap = scene.text[figure.number.end : name.start]
            if re.match(r"'s?\s\d", scene.text[name.end :]):
                return None  # `38,9 % to Kern's 35,1 %`: the next figure is hers
            if _WITH.search(scene.text[: figure.number.start]) and _THEN_NAME.fullmatch(gap):
                return name  # `With 2.1 percent, the socialist Ana Novak`
            if name.text.lower().startswith("against all") and gap.strip() in ("voted", "votes were", "were", "chose"):
                return name
            if figure.measure == SEATS and _seats_to(scene, figure, name, gap, names):
                return name
            if gap == " " and _OF_PARTY_UNIT.match(scene.text, name.end):
                return name  # `31 Unity senators`
            alone = not any(n.end <= figure.number.start for n in names)
            next_is_its = end < len(scene.text) and is_close(scene.text[name.end : end])
            if alone and _OPENING.match(scene.text) and _THEN.fullmatch(gap) and not next_is_its:
                return name  # `Having won 62 per cent in the first round, Meyer`
            # `54.2% of voters supported X and 40% Y`
            listed = gap in (" ", " the ") and _SAID_ONCE.search(scene.text[: figure.number.start])
            return _nominee(scene, name, names) if listed or _BEHIND.search(gap) else None
    return None


def _seats_to(scene: Scene, figure: Figure, name: Name, gap: str, names: list[Name]) -> bool:
    """`61 seats for X`, `51 of the X`, `With 61 seats, the X is the largest group`."""
    if _TO.fullmatch(gap):
        return True
    if re.search(r"(?:^|,\s)[Ww]ith\s(?:\w+\s)?$", scene.text[: figure.number.start]) and _LARGEST.fullmatch(gap):
        return True
    last = next((n for n in reversed(names) if n.end <= figure.number.start), None)
    near = last is not None and is_close(scene.text[last.end : figure.number.start])
    return not near and _OF_THEM.fullmatch(gap) is not None


_TO = re.compile(
    rf"(?:\s(?:more|other|further)|\sof\s(?:the\s|its\s)?\d+(?:\s[\w-]+)?)?"
    rf"(?:(?:\s[\w-]+){{0,2}}?\s{SEAT_UNIT})?{FORWARD}(?:(?!and\b|seats?\b)[\w-]+\s){{0,3}}|"
    rf"(?:\s{SEAT_UNIT})?\s(?:are|were)\s(?:the\s)?"
)
_OF_THEM = re.compile(rf"\s(?:{SEAT_UNIT}\s)?of\s(?:the\s)?(?:(?!and\b|seats?\b)\w+\s){{0,2}}")
_LARGEST = re.compile(rf"\s{SEAT_UNIT},\s(?:the\s)?")


def _nominee(scene: Scene, party: Name, names: list[Name]) -> Name:
    """Whom a party's name leads to: `for the Unity candidate, Ana Novak`; else the party."""
    match = _NOMINEE.match(scene.text, party.end)
    return next((n for n in names if match and n.person and n.start == match.end()), party)


def ahead(scene: Scene, figure: Figure, names: list[Name], start: int, had: dict[tuple[str, int], bool]) -> Name | None:
    """The nearest name in front of a figure that has none of its kind yet."""
    before = [n for n in names if n.end <= figure.number.start and not in_aside(scene, n, figure.number.start)]
    for name in reversed(before):
        gap = scene.text[name.end : figure.number.start]
        if (figure.measure, name.start) in had or (figure.bare and not stands_by(scene, name, figure.number)):
            return None
        if _SAID.search(gap) and not is_close(gap) and not _PUTS.search(gap):
            return None  # who says it
        if ";" in gap or (_NONE.search(gap[-60:]) and not is_close(gap)):
            return None
        if _PRONOUN.search(gap) and re.search(r"\bhe\b|\bshe\b|\bthey\b", gap) and not name.person:
            return None
        return name
    return None


# `X leads, according to the count, which puts her at 58 percent`
_PUTS = re.compile(
    r"\b(?:puts?|putting|has|had|shows?|showed|sees|saw|gives?|gave)\s(?:him|her|it|them)\s(?:[a-z]+\s){0,3}$"
)
_SAID = re.compile(r"\b(?:said|says|told|adding|stated|states|noted|announced that|explained|according to)\b")


def meant(scene: Scene, figure: Figure, start: int) -> str:
    """Whom `he` or `the incumbent` means in front of a figure; empty where neither stands there."""
    clause = scene.text[start : figure.number.start]
    if (
        _PRONOUN.search(clause)
        and not _NONE.search(clause)
        and re.search(r"\b(?:he|she|his|her|the incumbent|the party|the president|its?|they)\b", clause, re.I)
        and not _IT_WAS.search(clause)
    ):
        of_thing = re.search(r"\b(?:its?|the party|the alliance|the coalition)\b", clause, re.I)
        return scene.course.thing if of_thing and scene.course.thing else scene.course.person
    return ""


# `In 2017 it was 69.42 per cent`: a rate, not a party.
_IT_WAS = re.compile(r"\b(?:[Ii]t|[Tt]his|[Tt]hat|which)\s(?:was|is|had been|stood at)\s(?:\w+\s){0,2}$")


def mood(scene: Scene, listed: bool) -> str:
    """In what mood figures are told: preliminary, projected, final; else that of the list they go on with."""
    match = re.search(
        r"\b(preliminary|provisional|partial|initial|early tall(?:y|ies)|early results|projected|"
        r"projections?|final|official results|certified)\b",
        scene.low,
    )
    if match:
        word = match[1]
        return (
            "projected"
            if word.startswith("project")
            else "final"
            if word in ("final", "certified")
            else ""
            if word.startswith("official")
            else "preliminary"
        )
    return scene.course.results[1] if listed and scene.course.results else ""
