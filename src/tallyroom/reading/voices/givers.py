"""Whose figure or act a sentence tells, where nobody is said to speak: the authority or pollster that is its agent.

`The CNE had placed Mondlane second`, `was barred by the Supreme Tribunal`, `the commission's site shows`, `an exit
poll by Gallup`: who counts, rules or asks is the source, whatever the verb. A party that wins is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallyroom.reading.text.names import Name, Names, body_at

__all__ = ["giver"]

# What counts, rules or registers, by the last words of its name.
_AUTHORITY = (
    r"commission|commissions|committee|court|tribunal|ministry|board|bureau|authority|authorities|registry|registrar|"
    r"directorate|secretariat|statistics|judges|returning officer|election officials?|"
    r"electoral (?:council|body|office)|"
    r"constitutional council|election office|tally cent(?:er|re)"
)
_IS_AUTHORITY = re.compile(rf"\b(?:{_AUTHORITY}|elections?|electoral|[a-z]+ statistics|statistics \w+)\b", re.I)
_COMMON = re.compile(
    rf"\b(?:[Tt]he|[Ii]ts|[Aa]n?|[Tt]his)\s(?P<who>(?:[a-z]+\s){{0,2}}?(?:{_AUTHORITY}))\b(?!\s(?:of|for)\s(?:the\s)?[A-Z])"
)
_ACRONYM = re.compile(r"[A-Z]{2,6}")
# What a source puts its figures in; behind `by` and before them anyone may be the source of a poll.
_PAPER = (
    r"bulletin|communiqu[eé]s?|communique|statement|notice|report|announcement|website|web site|site|page|app|portal|"
    r"figures|data|statistics|numbers|count|tally|results|update|cut|records?|register|list|protocols?|resolution|"
    r"decision|decree|proclamation|calculations?|estimates?|gazette|plan|calendar"
)
_POLL = r"exit[- ](?:polls?|surveys?)|surveys?|polls?|projections?|forecasts?|quick counts?|parallel counts?|samples?"
_OWN_POLL = re.compile(rf"'s?\s(?:own\s|latest\s|first\s|second\s|last\s)*(?:{_POLL})\b")
_OWN_PAPER = re.compile(rf"(?:'s?|,\sin\s(?:its|an?|the))\s(?:[\w.:-]+\s){{0,3}}?(?:{_PAPER})\b")
_POLL_BY = re.compile(
    rf"\b(?:{_POLL})\s(?:(?:[a-z]+\s){{0,2}}(?:by|of|from)\s|(?:for|on)\s)(?:the\s(?:[a-z]+\s){{0,2}})?$", re.I
)
_PAPER_OF = re.compile(rf"\b(?:{_PAPER})\s(?:[a-z]+\s)?(?:of|by|from|at)\s(?:the\s)?$", re.I)
_AGENT = re.compile(r"\b(?:by|from|at|told)\s(?:the\s|an?\s)?$")
_OPENS = re.compile(
    r"(?:^|[;:]\s|,\s|\b(?:and|but|that|as|which|while|whereas|after|when|where)\s)(?:[Tt]he\s|[Aa]n?\s|[Ii]ts\s)?$"
)
_ASIDE = r"(?:\s\([^)]{1,40}\))?(?:,\s[^,;]{2,90},)?"
_ALSO = (
    r"(?:(?:has|had|have|also|then|now|already|later|on|late|early|earlier|finally|provisionally|officially|only|"
    r"yesterday|today|itself|[A-Z]\w+day|[A-Z]\w+\s\d{1,2}|(?:morning|evening|night))\s)*"
)
_ACTS = re.compile(rf"{_ASIDE}\s{_ALSO}(?!(?:is|are|was|were|be|been|of|in|and|or|for|to|by|on|at|from|who)\b)[a-z]+")
# `Sky forecasts Lab 410`, `Omega had 51.5 per cent for X`: verbs by which anyone gives a figure of others.
_GIVES = re.compile(
    rf"{_ASIDE}\s{_ALSO}(?:put|puts|placed?|places|credit(?:s|ed)|g[ia]ves?|award(?:s|ed)|forecasts?|predict(?:s|ed)|"
    r"project(?:s|ed)|sees|saw|show(?:s|ed)|estimat(?:es|ed)|count(?:s|ed)|register(?:s|ed)|clear(?:s|ed)|lists|listed|"
    r"accept(?:s|ed)|validat(?:es|ed)|certif(?:ies|ied)|publish(?:es|ed)|(?:had|has|have)\s[^,.;]{2,60}\s(?:at|on)\s\d|"
    r"had\s[\d.,]+[^,.;]{1,30}\sfor\s[A-Z])"
)
_HEADS = re.compile(r":\s")


def giver(text: str, known: list[Name], names: Names) -> str:
    """The name of the authority or pollster that is the agent of a sentence; empty where none is."""
    for start, end, who in _mentions(text, known):
        before, behind = text[:start], text[end:]
        official = _is_authority(who, names)
        if _POLL_BY.search(before[-60:]) or _OWN_POLL.match(behind) or (official and _gives(before, behind)):
            return who
        if _ACRONYM.fullmatch(who) and _OWN_PAPER.match(behind):
            return who
        if _OPENS.search(before[-14:]) and _GIVES.match(behind):
            return who
    return ""


def _gives(before: str, behind: str) -> bool:
    """Whether what stands around an authority makes it the agent: subject, `by …`, `… 's bulletin`, a heading."""
    if _OWN_PAPER.match(behind) or _PAPER_OF.search(before[-60:]) or _AGENT.search(before[-12:]):
        return True
    if _HEADS.match(behind) and not before.strip():
        return True
    return _OPENS.search(before[-14:]) is not None and _ACTS.match(behind) is not None


def _mentions(text: str, known: list[Name]) -> Iterator[tuple[int, int, str]]:
    """Where somebody who may be a source is named: names that are no persons', and `the commission`."""
    places = [(n.start, n.end, n.text) for n in known if not n.person or _IS_AUTHORITY.search(n.text)]
    places += [(m.start("who"), m.end("who"), m["who"]) for m in _COMMON.finditer(text)]
    past = 0
    for start, end, who in sorted(places):
        if start < past:
            continue
        whole = body_at(text, start)
        if len(whole) > len(who) and _IS_AUTHORITY.search(whole) and " and " not in whole:
            end, who = start + len(whole), whole
        past = end
        yield start, end, who


def _is_authority(who: str, names: Names) -> bool:
    return _IS_AUTHORITY.search(names.full(who)) is not None
