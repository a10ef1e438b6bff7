"""A document as it is read: its text, its date, its outlet, and where the report itself begins.

What stands in front of a report (`date 2024-02-09`, `(MENAFN- Trend News Agency)`, `BAKU, Azerbaijan,
February 9.`) tells date and outlet and is no part of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tallyroom.reading.sentences import Sentence, folded, sentences
from tallyroom.reading.times import dates_in, first_date

__all__ = ["Document", "document_of"]

_CITY = r"[A-Z][\w.'-]+(?:[ -][A-Z][\w.'-]+){0,2}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH})(?:,?\s\d{{4}})?"
_FURNITURE = (
    re.compile(r"date \d{4}-\d\d-\d\d\s+"),
    re.compile(r"\+ ?↺ ?- ?\d+ ?px\s*"),
    re.compile(r"\((?P<outlet>[A-Z][\w.]*- ?[^)]{2,60})\)\s*"),
    re.compile(rf"{_DAY}\s\d{{1,2}}:\d\d(?:\s\([^)]*\))?\s*"),
    re.compile(r"Read more\s"),
    # BAKU, Azerbaijan, February 9. · BAKU, December 7. /TASS/. · NEW DELHI, June 4 (Reuters) -
    re.compile(
        rf"{_CITY}(?:,\s{_CITY})?[,.]\s{_DAY}(?:,\s(?P<wire>[A-Z]{{3,12}})\b|\.?\s?[/(](?P<agency>[\w "
        rf".-]+?)[/)])?\s?(?:\.|-{{1,2}}|:|,)?\s+(?=\S)"
    ),
    # NAIROBI, Kenya (AP) - · BAKU -- · Yerevan /Mediamax/. · Baku, (APP - 8th Feb, 2024)
    re.compile(rf"{_CITY}(?:,\s{_CITY})?,?\s[/(](?P<by>[\w .-]{{2,40}}?)(?:\s[/-]\s[^)]*)?[/)]\.?\s?(?:-{{1,2}}\s)?"),
    re.compile(r"[A-Z][A-Z .'-]{2,30}(?:,\s[A-Z][\w .]+)?\s-{1,2}\s"),
)
_TRAILER = re.compile(
    r"^(?:-{2,}|MENAFN\d+|Disclaimer\b|Follow us\b|Stay up to date\b|Will be updated|Back to top|More news is on|"
    r"Read more\b|Subscribe\b|Copyright\b|©|All rights reserved|Share this\b|\(Distributed under\b|Advertisement\b|"
    r"Sign up\b|Click here\b|Also read\b|Related (?:news|articles)\b)"
)


@dataclass(frozen=True)
class Document:
    """A text with its sentences.

    id: what claims call it. text: as read; offsets are into it. date: of the document, as a day.
    anchor: the day that dates without a year are near to. outlet: who published it.
    """

    id: str
    text: str
    sentences: tuple[Sentence, ...]
    date: str = ""
    anchor: str = ""
    outlet: str = ""


def document_of(id: str, text: str, visible: str | None = None, anchor: str = "", outlet: str = "") -> Document:
    """The document of a text. visible: the same letters with markup blanked; anchor: a day, where known."""
    plain = folded(text if visible is None else visible)
    begins, told = _furniture(plain)
    body = " " * begins + plain[begins:]
    found = tuple(s for s in sentences(body) if not _TRAILER.match(s.text))
    date = first_date(plain[:begins]) or _written(plain, found)
    full = date or first_date(plain) or anchor
    if not date and (day := dates_in(" ".join(plain[:begins].split()), "", full)):
        date = day[-1].value if full and day[-1].is_day else ""
    return Document(id, text, found, date, date or full, outlet or told)


def _furniture(text: str) -> tuple[int, str]:
    """Where the report begins, and the outlet named before it."""
    at, outlet = len(text) - len(text.lstrip()), ""
    moved = True
    while moved:
        moved = False
        for pattern in _FURNITURE:
            match = _over_lines(pattern, text, at)
            if match:
                outlet = next((v for v in match.groupdict().values() if v), "") or outlet
                at, moved = match.end(), True
    return at, outlet.strip()


def _over_lines(pattern: re.Pattern[str], text: str, at: int) -> re.Match[str] | None:
    # Datelines of syndicated copies are broken over lines: look at them as one, letter for letter.
    window = text[at : at + 240].replace("\n", " ").replace("\r", " ")
    match = pattern.match(" " * 0 + window)
    return pattern.match(text[:at] + window, at) if match else None


def _written(text: str, found: tuple[Sentence, ...]) -> str:
    """A date that stands alone on a line, with or without an hour: when the report was published."""
    for sentence in (*found[:4], *found[-2:]):
        if (
            len(sentence.text) < 60
            and re.match(rf"(?:Published:?\s|Updated:?\s)?{_DAY}|\d{{4}}-\d\d-\d\d", sentence.text)
            and (day := first_date(sentence.text))
        ):
            return day
    return ""
