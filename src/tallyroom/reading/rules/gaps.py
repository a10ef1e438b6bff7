"""What may stand between a name and its figure: words of having and getting, and what is told of it in passing."""

from __future__ import annotations

import re

from tallyroom.reading.scene import Scene
from tallyroom.reading.text.names import Name
from tallyroom.reading.text.numbers import Number

__all__ = ["FORWARD", "OPENS", "in_aside", "is_close", "stands_by"]

# Words that may stand between a name and its figure, whatever they are: verbs of having and getting, at, with …
_LINK = (
    r"(?:is|are|was|were|has|have|had|will|would|be|been|stands?|stood|leads?|led|leading|gets?|got|won|wins?|winning|"
    r"takes?|took|taking|taken|receiv\w+|secur\w+|obtain\w+|garner\w+|poll\w+|earn\w+|collect\w+|gained|scor\w+|drew|"
    r"captur\w+|claim\w+|reach\w+|mustered|managed|clinched|bagged|holds?|held|hold|having|keeps?|kept|retain\w+|"
    r"finish\w+|comes?|came|follow\w+|trail\w+|fell|drop\w+|rose|slipp\w+|climb\w+|grew|likely|expected|projected|"
    r"forecast|also|still|now|current(?:ly)?|respectively|credited|backed|supported|place[sd]?|ahead|behind|with|at|"
    r"on|by|to|in|the|a|an|mere|second|third|fourth|fifth|first|last|only|just|about|around|some|nearly|almost|over|"
    r"under|more|fewer|less|than|not|roughly|approximately|barely|little|up|down|from|it|them|then|close|distant|make|makes|"
    r"totall?ed|total|far|front|elected|re-elected|another|remaining|itself|well|went|go|part[iy]\w*|lists?|"
    r"candidates?|voters|votes|seats|each|did|better|per|cent|percent|point|him|her|left|lost|gained|losing|gaining|increas\w+|improv\w+|rais\w+|their|its|his|and|one|two|"
    r"three|four|five|six|seven|eight|nine|ten|doubl\w+|tripl\w+|controls?|commands?|picks?|picked|emerg\w+|slump\w*|count|tally|seat|swept|lie|lies|lay|slid|shrank|jumped|soared|plunged|bagged|share|itself|himself|herself|return\w+|who|which|between|set|course|given|put|gave|gives|giving|coalition|alliance|bloc|movement|group|camp|ticket|\d[\d.,]*%?|"
    r"\d{1,2}(?:st|nd|rd|th))"
)
_CLOSE = re.compile(
    rf"\.?\)?(?:\s(?:for|of|from|in)\s(?:the\s)?[A-Z]\w+(?:\s[A-Z]\w+)?)?(?:'s?)?(?:\s?[(\[][^()\[\]\d]{{1,40}}[)\]])?(?:,\s(?:[^,;:\d]{{2,90}}|wh(?:ich|o)\s[^,;:]{{2,60}}),)?\"?"
    rf"(?:\s?[-:(=]?\s?(?:{_LINK},?\s){{0,10}}|,\s(?:{_LINK},?\s){{1,10}})\(?"
)
# What may stand between a figure and the name behind it: `for X`, `go to X`, `were held by X`.
_GIVEN = (
    r"(?:go(?:es|ing)?|went|gone|fell|falling|belong\w*|allot\w*|award\w*|given|giving|assigned|allocated|held|won|taken|"
    r"captured|earned|secured|occupied|claimed|controlled|backed|cast|handed|reserved)"
)
FORWARD = (
    r"(?:\s(?:seats|mandates|votes))?(?:\seach)?(?:\s(?:will|would|to|are|were|was|is|being|been|have|had|has))*"
    rf"(?:\s{_GIVEN})?\s(?:for|to|by|of|with)\s(?:the\s)?"
)
OPENS = re.compile(rf"\s?(?:more\b|others?\b)?{FORWARD}")


def stands_by(scene: Scene, name: Name, number: Number) -> bool:
    """Whether a figure stands right behind a name; after a comma, only where the item ends with it: `Meyer, 22.9;`."""
    gap = scene.text[name.end : number.start]
    if gap == ", ":
        return _ITEM_ENDS.match(scene.text, number.end) is not None
    return is_close(gap)


_ITEM_ENDS = re.compile(r"\s?(?:[;:.]|\(|$)")


def is_close(gap: str) -> bool:
    """Whether what stands between a name and a figure behind it are words of having and getting only."""
    return _CLOSE.fullmatch(gap) is not None


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


def in_aside(scene: Scene, name: Name, until: int) -> bool:
    """Whether a name stands in what is told between commas of the one before it, up to a place."""
    return any(m.start() < name.start and name.end <= m.end() <= until for m in _CLAUSE.finditer(scene.text))
