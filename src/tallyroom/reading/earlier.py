"""The year of an earlier vote that a figure stands for, by the part of the sentence in which both stand.

`In 2020 the UNC had 19 seats`, `2.1 points more than in 2019 (75.6)`, `against 21.5 percent in 2021`.
"""

from __future__ import annotations

import re

__all__ = ["earlier_year"]

_YEAR = re.compile(r"(?<![\d.,-])(?:19|20)\d\d\b(?![.,]\d|-\d|\s?%)")
# `78.2 percent in 2017`, `the 36.9 percent of 2017`; `the 2019 result (75.6`
_BEHIND = re.compile(r"(?:\s?%)?(?:\sof [\w ]{3,30})?\s(?:\w+\s){0,4}?(?:in|of)\s(?:the\s)?(?P<year>(?:19|20)\d\d)\b")
_BRACKET = re.compile(r"\b(?P<year>(?:19|20)\d\d)(?:\s\w+){0,2}\s\($")
# Where what is told of one vote ends, and of another begins.
_BORDER = re.compile(
    r"[;()]|:\s|,?\s(?:than|against|compared|below|above|from|while|whereas|but|up|down|now|this time|this year)\b|"
    r",\s(?:who|which)\b"
)
_SINCE = re.compile(r"\b(?:since|until|by|of|from|born|law|code|article|no\.?)\s$", re.I)
_WHEN = re.compile(r",?\swhen\b")


def earlier_year(text: str, start: int, end: int, anchor: str) -> str:
    """The year for which the figure from start to end stands, where it is an earlier one; else empty.

    anchor: the day of the document, or empty; a vote of the year before counts as earlier only from April on.
    """
    if not _YEAR.search(text):
        return ""
    latest = int(anchor[:4]) - (1 if anchor[5:7] > "03" else 2) if anchor else 9999
    close = _BEHIND.match(text, end) or _BRACKET.search(text[:start])
    if close:
        return close["year"] if int(close["year"]) <= latest else ""
    first = max((m.end() for m in _BORDER.finditer(text, 0, start)), default=0)
    last = next((m.start() for m in _BORDER.finditer(text, end)), len(text))
    years = [m for m in _YEAR.finditer(text, first, last) if _speaks(text, m)]
    if not years or any(int(m[0]) > latest for m in years):
        return ""
    return next((m[0] for m in reversed(years) if m.start() < start), years[0][0])


def _speaks(text: str, year: re.Match[str]) -> bool:
    """Whether a year says when: not `the law of 2016`, nor `since 2016` but for `in power until 2016, when …`."""
    return _SINCE.search(text[: year.start()]) is None or _WHEN.match(text, year.end()) is not None
