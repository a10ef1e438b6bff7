"""Which of two documents that tell the same was there first, as far as they say so themselves.

A report names whom it repeats ("Trend reports", "citing"), a syndicated copy says who passed it on, and most
documents have a date. Where none of these tells them apart, the fuller text is taken for the source.
"""

from __future__ import annotations

import re

from tallyroom.reading.text.document import Document

__all__ = ["NAME", "cites", "comes_first"]

# Up to four words. That each begins behind a space keeps hundreds of capitals in a row from being cut in every way.
NAME = r"[A-Z][\w.'-]*(?:\s[A-Z][\w.'-]*){0,3}\s?"
_REPORTS = re.compile(rf"(?<!\w)(?P<who>{NAME})\s?\b(?:reports?|reported)\b(?P<of>,?\s(?:citing|referring to|via)\b)?")
_CITES = re.compile(rf"\b(?:citing|referring to|via|according to)\s(?:the\s)?(?P<who>{NAME})")
_SYNDICATED = re.compile(r"\((?:[A-Z]{3,}|[A-Z]\w+)- ?[A-Z]")
_COMMON = frozenset({"the", "news", "agency", "press", "menafn", "media", "service", "website", "of"})


def cites(one: Document, other: Document) -> bool:
    """Whether one names the other's outlet as the source of what it tells."""
    return bool((_named(one) - _own(one)) & _own(other))


def comes_first(one: Document, other: Document) -> bool:
    """Whether the one is likelier to be the source."""
    return _order(one, other) <= _order(other, one)


def _order(one: Document, other: Document) -> tuple[bool, bool, bool, str, int]:
    """What sorts a source before its copy: not citing it, not syndicated, reporting nobody, earlier, fuller."""
    passed_on = bool(_SYNDICATED.search(one.text[:200]))
    dated = one.date if one.date and other.date else ""
    return (cites(one, other), passed_on, bool(_named(one)), dated, -sum(len(s.text) for s in one.sentences))


def _own(one: Document) -> frozenset[str]:
    """The words of the outlet's own name: as its dateline has it, or as it says that it reports something."""
    if one.outlet:
        return _words(one.outlet)
    told = [match for sentence in one.sentences for match in _REPORTS.finditer(sentence.text)]
    citing = [match for match in told if match["of"]]
    return _words((citing or told)[0]["who"]) if told else frozenset()


def _named(one: Document) -> frozenset[str]:
    """The words of all names of whom it says that they report, or whom it cites."""
    found = (match["who"] for s in one.sentences for way in (_REPORTS, _CITES) for match in way.finditer(s.text))
    return frozenset(word for who in found for word in _words(who))


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]{2,}", name.lower())) - _COMMON
