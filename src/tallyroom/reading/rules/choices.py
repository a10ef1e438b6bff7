"""Which names of a sentence may be those of choices: persons, parties, and those who stand under no name."""

from __future__ import annotations

import re

from tallyroom.reading.names import Name, is_land
from tallyroom.reading.scene import Scene

__all__ = ["choices", "joined", "may_stand"]

_NOT_WHO = re.compile(
    r"\b(?:commission|committee|court|agency|ministry|cent(?:er|re)|institute|office|assembly|"
    r"parliament|council|mission|organi[sz]ation|board|association|service|media|news|house|senate|"
    r"republic|state|district|department)\b",
    re.I,
)


def may_stand(scene: Scene, name: Name) -> bool:
    """Whether a name may be that of a choice: a person, a party, or a word that is no land or authority."""
    if is_land(name.text) or name.text.lower() in (
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
    ):
        return False
    party = re.search(r"\b(?:Party|Alliance|Coalition|Front|Bloc|Movement|Union|Left|Democrats)$", name.text)
    if not (name.person or party) and scene.course.names.is_place(name.text):
        return False
    if (_NOT_WHO.search(name.text) and not party) or re.match(
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
    """The names that may be those of choices; the independents, who stand under no name, are one of them."""
    names = joined(scene, _widened(scene, [name for name in scene.names if may_stand(scene, name)]))
    for match in _INDEPENDENTS.finditer(scene.text):
        if not any(name.start < match.end() and match.start() < name.end for name in names):
            names.append(Name(match[0], match.start(), match.end()))
    return sorted(names, key=lambda name: name.start)


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
# Choices without a name: a verb of winning has to follow, or a figure.
_INDEPENDENTS = re.compile(
    r"\b(?:[Ii]ndependents|[Ii]ndependent candidates|[Tt]he (?:ruling|governing) (?:party|coalition|alliance|bloc)"
    r"(?=,?\s(?:leads?|led|had|has|have|won|wins|will|got|took|received|secured|gets|with|polled|fell|lost|would|\d))|"
    r"[Tt]he (?:[\w-]+ )?opposition (?:party|bloc|alliance|coalition)(?=\s(?:with|had|has|won|got|took|only|\d)))"
)


def joined(scene: Scene, names: list[Name]) -> list[Name]:
    """Names with the party in brackets, `of the X Party` or `, head of X,` behind them as one."""
    kept: list[Name] = []
    end = 0
    for name in names:
        gap = scene.text[end : name.start]
        end = name.end
        whose = _PARTY_AND.match(scene.text, kept[-1].end) if kept and kept[-1].person else None
        if whose and name.end <= whose.end():
            continue
        if kept and (_BELONGS.fullmatch(gap) or (kept[-1].person and not name.person and _OF_PARTY.fullmatch(gap))):
            continue
        # `Ana Novak - Green Party - 55.6%`, `Ana Novak, Green Party - 55.6%`
        row = kept and kept[-1].person and kept[-1].start < 8 and len(scene.text) < 110 and len(kept) == 1
        if row and (gap == " - " or (not name.person and re.fullmatch(r",\s|\s\[", gap))):
            continue
        if kept and gap == " and " and not (name.person or kept[-1].person or _SEVERALLY.search(scene.text)):
            kept[-1] = Name(scene.text[kept[-1].start : name.end], kept[-1].start, name.end)
        else:
            kept.append(name)
    return kept


# What is told of two names one by one: `A and B got 8.8 and 7.1 percent respectively`.
_SEVERALLY = re.compile(r"\b(?:respectively|each)\b")
# `of the Party of Unity and Progress`, `of United and Free Voters (UFV)`: one party behind its candidate's name.
_PARTY_AND = re.compile(
    r"\s(?:of|from|for)\s(?:the\s)?(?:(?:(?:Party|Movement|Front|Alliance|Union|Congress|Coalition|League)\s(?:of|for)\s"
    r"(?:[A-Z][\w-]*\s){1,3}and\s[A-Z][\w-]*(?:\s[A-Z][\w-]*)*)|(?:[A-Z][\w-]*\s){1,4}(?:and|for|of)\s"
    r"(?:[A-Z][\w-]*\s){1,4}\([A-Z]{2,8}\)|(?:[A-Z][\w-]*\s){1,4}and(?:\s[A-Z][\w-]*){1,3}(?=\s(?:has|is|was)\b))"
)
_OF_PARTY = re.compile(r"\s(?:of|from)\s(?:the\s)?(?:[A-Z][\w']*\s){0,3}")
_BELONGS = re.compile(
    r"\s(?:under|led by)\s(?:\w+\s){0,2}|,?\s(?:aka|alias|a\.k\.a\.|(?:also |better )?known as)\s(?:the\s)?|"
    r"\s\((?:[Tt]he\s)?|"
    r",?\s(?:of|from|for)\s(?:the\s)?(?:\w+\s){0,2}|"
    r",\s(?:the\s)?(?:head|leader|chairman|chairwoman|chair|candidate|nominee|"
    r"representative)\s(?:of|for|from)\s(?:the\s)?(?:\w+\s){0,2}"
)
