"""To whom figures belong: the name behind them, the nearest one before them, or whom `he` means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tallyroom.reading.names import Name
from tallyroom.reading.numbers import Number
from tallyroom.reading.rules.choices import choices
from tallyroom.reading.scene import Scene

__all__ = [
    "EARLIER",
    "Figure",
    "ahead",
    "behind",
    "meant",
    "mood",
    "owners",
    "sharers",
]

_BEHIND = re.compile(
    r"^(?:\svotes(?:\s(?:were|was|had\sbeen)\scast)?)?,?\s?(?:(?:or\s)?\(?[\d.,]+\s?(?:%|per ?cent|"
    r"votes)\)?,?\s)?(?:\([^)]*\)\s?)?(?:of\s(?:the\s|"
    r"all\s)?(?:[\w-]+\s){0,3}?(?:votes?|voters|ballots|"
    r"respondents|voters\spolled|poll|those\s\w+|electorate)\s?)?(?:(?:people|voters|citizens|"
    r"electors)\s(?:who\s)?)?(?:said\s(?:that\s)?they\s)?(?:(?:had\s|have\s)?(?:voted|"
    r"cast\s(?:their\s|a\s)?(?:ballots?|votes?)|backed|chose|supported|favou?red|opted|went|go|"
    r"going|votes)\s?)?(?:in\sfavou?r\sof|for|to|backed|chose|supported|"
    r"favou?red)\s(?:the\s)?(?:\w+\s){0,3}?$"
)
_RESPECTIVELY = re.compile(r"\brespectively\b")
_PRONOUN = re.compile(
    r"\b(?:he|she|they|the incumbent|the president|the party|the winner|the challenger|the "
    r"candidate|it|his|her|whose|who|whom)\b",
    re.I,
)
_NONE = re.compile(
    r"\b(?:none|neither|nobody|no other|others?|remaining|the rest|each|any candidate|invalid|blank|"
    r"spoil|spoilt|against all|abstain)\b",
    re.I,
)
# What stands in front of a figure of another time, or of a difference.
EARLIER = re.compile(
    r"(?:\b(?:(?<!made )up(?! to\b)|down|compared (?:to|with)|from|(?<![Mm]ore )(?<![Ll]ess )(?<![Ff]ewer )than|"
    r"against|margin of|by|lead (?:of|was|is|had been|has been|stood at)|threshold of|threshold|ahead by|increase of|"
    r"swing of|beat\w* by|more than half|"
    r"buy(?:ing)?|bought|difference (?:is|was|of)|"
    r"quorum of)\s(?:the\s)?(?:\w+\s){0,2}?)$"
)


@dataclass
class Figure:
    """A share or a count of votes that no other rule has read."""

    number: Number
    votes: bool  # else a share


def owners(scene: Scene, figures: list[Figure]) -> Iterator[tuple[Figure, str]]:
    """Each figure with whom it belongs to; empty where nobody is told."""
    names = choices(scene)
    if _RESPECTIVELY.search(scene.low) and len(names) >= len(figures):
        before = [n for n in names if n.end <= figures[0].number.start][-len(figures) :]
        if len(before) == len(figures):
            yield from ((f, scene.course.names.full(n.text)) for f, n in zip(figures, before, strict=True))
            return
    duel = _duel(scene, figures, names)
    had: dict[tuple[bool, int], bool] = {}
    last = ""
    for at, figure in enumerate(figures):
        end = next((f.number.start for f in figures[at + 1 :] if f.votes == figure.votes), len(scene.text))
        start = figures[at - 1].number.end if at else 0
        if figure.number.start in duel:
            yield figure, duel[figure.number.start]
            continue
        if shared := sharers(scene, figure.number, names):
            yield from ((figure, scene.course.names.full(name.text)) for name in shared)
            continue
        name = behind(scene, figure, names, end) or ahead(scene, figure, names, start, had)
        if name is None and last and _ASIDE.search(scene.text[start : figure.number.start]):
            yield figure, last
            continue
        if name is not None:
            last = scene.course.names.full(name.text)
            had[figure.votes, name.start] = True
            yield figure, scene.course.names.full(name.text)
        else:
            yield figure, meant(scene, figure, start)


_EACH = re.compile(r"\s(?:(?:of (?:the )?)?(?:votes|seats?|mandates?|deputies|lawmakers|councillors)\s)?each\b")
_BETWEEN = re.compile(
    r",\s(?:the\s)?|,?\sand\s(?:the\s)?|,\s(?:at|with)\s[\d.]+\s(?:%|per ?cent),\s(?:and\s)?(?:the\s)?|"
    r"\s?\([^)]{1,20}\)(?:,|,?\sand)\s(?:the\s)?"
)


def sharers(scene: Scene, number: Number, names: list[Name]) -> list[Name]:
    """Those who have as much each: `A and B got seven percent each`; none where it does not say `each`."""
    if not _EACH.match(scene.text[number.end : number.end + 30]):
        return []
    shared: list[Name] = []
    for name in reversed([n for n in names if n.end <= number.start]):
        if shared and not _BETWEEN.fullmatch(scene.text[name.end : shared[0].start]):
            break
        shared.insert(0, name)
    return shared


def _duel(scene: Scene, figures: list[Figure], names: list[Name]) -> dict[int, str]:
    """`A defeated B, 54.2% to 40%`: whose each of the two is, by where it starts."""
    for first, second in pairwise(figures):
        beaten = [n for n in names if n.end <= first.number.start][-2:]
        between = scene.text[first.number.end : second.number.start]
        if (
            len(beaten) < 2
            or first.votes != second.votes
            or not re.fullmatch(
                r"\s(?:votes\s)?(?:to|against|"
                r"versus)\s",
                between,
            )
        ):
            continue
        if _BEAT.search(scene.text[beaten[0].end : beaten[1].start]):
            full = scene.course.names.full
            return {first.number.start: full(beaten[0].text), second.number.start: full(beaten[1].text)}
    return {}


_NOMINEE = re.compile(r"\s(?:\w+\s)?(?:candidate|nominee|leader|contender),?\s(?=[A-Z])")
_WITH = re.compile(r"(?:^|[;,]\s)[Ww]ith\s(?:\w+\s){0,2}$")
_THEN_NAME = re.compile(r"(?:\sof\s(?:the\s)?votes?)?,?\s(?:the\s)?(?:[a-z-]+\s){0,3}")
_SAID_ONCE = re.compile(
    r"\d\s?(?:%|per ?cent)[^;]{0,40}\b(?:for|supported|backed|chose|favou?red)\s(?:the\s)?[A-Z][^;\d]*(?:,|\band|"
    r"\bwhile)\s(?:only\s|just\s)?$"
)
_BEAT = re.compile(
    r"\b(?:beat|beats|beaten|defeat\w*|edged|ousted|unseated|trounced|prevailed over|won against|"
    r"ahead of|over)\b"
)
# `81.54 percent (by the automatic boxes - 80.93 percent)`: the same choice, counted otherwise.
_ASIDE = re.compile(r"\((?:by|in|on|with|according to)?\s?(?:the\s)?[a-z][a-z -]*$")


def behind(scene: Scene, figure: Figure, names: list[Name], end: int) -> Name | None:
    """The name behind a figure, as in `93.9% for X`."""
    for name in names:
        if figure.number.end <= name.start < end:
            gap = scene.text[figure.number.end : name.start]
            if re.match(r"'s?\s\d", scene.text[name.end :]):
                return None  # `38,9 % to Kern's 35,1 %`: the next figure is hers
            if _WITH.search(scene.text[: figure.number.start]) and _THEN_NAME.fullmatch(gap):
                return name  # `With 2.1 percent, the socialist Ana Novak`
            # `54.2% of voters supported X and 40% Y`
            listed = gap in (" ", " the ") and _SAID_ONCE.search(scene.text[: figure.number.start])
            return _nominee(scene, name, names) if listed or _BEHIND.search(gap) else None
    return None


def _nominee(scene: Scene, party: Name, names: list[Name]) -> Name:
    """Whom a party's name leads to: `for the Unity candidate, Ana Novak`; else the party."""
    match = _NOMINEE.match(scene.text, party.end)
    return next((n for n in names if match and n.person and n.start == match.end()), party)


def ahead(
    scene: Scene, figure: Figure, names: list[Name], start: int, had: dict[tuple[bool, int], bool]
) -> Name | None:
    """The nearest name in front of a figure that has none of its kind yet."""
    before = [n for n in names if n.end <= figure.number.start and not _in_aside(scene, n, figure.number.start)]
    for name in reversed(before):
        gap = scene.text[name.end : figure.number.start]
        if (figure.votes, name.start) in had:
            return None
        if ";" in gap or _NONE.search(gap[-60:]):
            return None
        if _PRONOUN.search(gap) and re.search(r"\bhe\b|\bshe\b|\bthey\b", gap) and not name.person:
            return None
        return name
    return None


# `X, whom Y supports, got`, `X, the main rival of Y, won`: what stands between the commas is told of X.
_CLAUSE = re.compile(
    r",\s(?:(?:which|who|whom|whose)\s[^,;]*|(?:led|headed|backed|endorsed|supported|nominated|made\sup|formed|founded|"
    r"chaired|composed)\s(?:of|by)\s[^,;\d]*(?:,\sthe\s[A-Z][^,;\d]*)?|"
    r"(?:(?:head|leader|chairman|chairwoman|chair|founder|president)\s(?:of|at)|(?:an?\s|the\s|his\s|her\s|"
    r"its\s)(?=[a-z])|"
    r"an?\s(?=[A-Z]\w+\s[a-z]))(?:(?!\b(?:won|wins|has|had|is|was|"
    r"got|gets|"
    r"received|took|leads?|said|will)\b)[^,;\d])*|"
    r"the\s(?:[A-Z][\w'-]*\s){1,5}(?:leader|chair\w*|candidate|president|nominee|head|founder|chief)\b[^,;\d]*)(?=,)"
)


def _in_aside(scene: Scene, name: Name, until: int) -> bool:
    return any(m.start() < name.start and name.end <= m.end() <= until for m in _CLAUSE.finditer(scene.text))


def meant(scene: Scene, figure: Figure, start: int) -> str:
    """Whom `he` or `the incumbent` means in front of a figure; empty where neither stands there."""
    clause = scene.text[start : figure.number.start]
    if (
        _PRONOUN.search(clause)
        and not _NONE.search(clause)
        and re.search(r"\b(?:he|she|his|her|the incumbent|the party|the president|it|they)\b", clause, re.I)
        and not _IT_WAS.search(clause)
    ):
        of_thing = re.search(r"\b(?:it|the party|the alliance|the coalition)\b", clause, re.I)
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
