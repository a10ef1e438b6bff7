"""A document as it is read: its text, its date, its outlet, and where the report itself begins.

What stands in front of a report (`date 2024-02-09`, `(MENAFN- Trend News Agency)`, `BAKU, Azerbaijan,
February 9.`) tells date and outlet and is no part of it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from tallyroom.reading.text.names import is_land
from tallyroom.reading.text.sentences import Sentence, folded, sentences
from tallyroom.reading.text.times import dates_in, first_date, last_date, on_its_weekday

__all__ = ["Document", "document_of", "land_of"]

_CITY = r"[A-Z][\w.'-]+(?:[ -][A-Z][\w.'-]+){0,2}"
_MONTH = r"(?:(?i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[A-Za-z]*\.?)"
_DAY = (
    rf"(?:(?:{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH})(?:,?\s\d{{4}})?|"
    r"\d{1,2}\.\d{1,2}\.\d{4})"
)
_FURNITURE = (
    re.compile(r"date \d{4}-\d\d-\d\d\s+"),
    re.compile(r"\+ ?↺ ?- ?\d+ ?px\s*"),
    re.compile(r"\((?P<outlet>[A-Z][\w.]*- ?[^)]{2,60})\)\s*"),
    re.compile(rf"{_DAY}\s\d{{1,2}}:\d\d(?:\s\([^)]*\))?\s*"),
    re.compile(r"\((?P<paper>[A-Z][\w .-]{2,40})\)\s+(?=[A-Z])"),
    re.compile(r"Read more\s"),
    re.compile(r"By [A-Z][\w.'-]+ [A-Z][\w.'-]+\s*?[\n\r]"),
    # BAKU, Azerbaijan, February 9. · BAKU, December 7. /TASS/. · NEW DELHI, June 4 (Reuters) -
    re.compile(
        rf"{_CITY}(?:,\s{_CITY})?[,.]\s{_DAY}(?:,\s(?P<wire>[A-Z]{{3,12}})\b|\.?\s?[/(](?P<agency>[\w "
        rf".-]+?)[/)])?\s?(?:\.|-{{1,2}}|:|,)?\s+(?=\S)"
    ),
    # NAIROBI, Kenya (AP) - · Yerevan /Mediamax/. · Baku, (APP - 8th Feb, 2024)
    # TASHKENT (UrduPoint News / Sputnik - 09th July, 2023)
    re.compile(
        rf"{_CITY}(?:,\s{_CITY})?\s\((?P<passed>[\w .-]{{2,40}}?)(?:\s/\s[^)]{{2,30}}?)?\s-\s{_DAY}\)\s?(?:-{{1,2}}\s)?"
    ),
    re.compile(r"\(@[\w .-]{2,40}\)\s*"),
    re.compile(rf"{_CITY}(?:,\s{_CITY})?\s\((?P<by>[\w .-]{{2,40}}?)\)\s?-{{1,2}}\s"),
    re.compile(rf"{_CITY}(?:,\s{_CITY})?,?\s/(?P<slashed>[\w .-]{{2,40}}?)/\.?\s?(?:-{{1,2}}\s)?"),
    re.compile(rf"{_CITY},\s\((?P<after>[\w .-]{{2,40}}?)(?:\s[/-]\s[^)]*)?\)\s?"),
    re.compile(r"[A-Z][A-Z .'-]{2,30}(?:,\s[A-Z][\w .]+)?\s-{1,2}\s"),
)
_FIRST_LINES = 8
# `The Sunland Gazette` on the first line, and a date on the next: the paper's own head.
_MASTHEAD = re.compile(
    rf"\s*(?P<outlet>(?:[A-Z][\w.'-]*[ ]){{1,4}}(?:Gazette|Daily|Wire|News|Times|Post|Herald|Tribune|Journal|Agency|"
    rf"Press|Telegraph|Guardian|Courier|Chronicle|Weekly|Radio|Bulletin|Mirror|Express|Reporter|Standard|Star|Mail))"
    rf"[ \t]*\r?\n[ \t\r\n]*(?:\w+day,?\s)?{_DAY}[ \t]*(?:\r?\n|$)"
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
    body, front, told = _without_furniture(plain)
    found = tuple(s for s in sentences(body) if not _TRAILER.match(s.text))
    date = first_date(front) or _written(found)
    # A report is told near the latest day that it names; what lies further back is its background.
    full = date or last_date(plain) or _named(id) or _year_of(plain) or anchor
    full = full if date or not full else on_its_weekday(plain, full)
    # A dateline is the report's own; what stands above it may be the day on which it was passed on.
    if full and (days := [m for m in dates_in(front, "", full) if m.is_day]):
        date = days[-1].value
    head = _MASTHEAD.match(plain)
    return Document(id, text, found, date, date or full, outlet or told or (head["outlet"] if head else ""))


def land_of(text: str) -> str:
    """The country that a text names most; empty where it names none."""
    lands = Counter(word for word in re.findall(r"\b[A-Z][\w-]+\b", text) if is_land(word) and not is_land(word[:-1]))
    return lands.most_common(1)[0][0] if lands else ""


def _named(id: str) -> str:
    """The day that a file is named with: `lurdia-2031-05-09.txt`."""
    found = _IN_A_NAME.search(re.split(r"[/\\]", id)[-1])
    return first_date("-".join(found.groups())) if found else ""


_IN_A_NAME = re.compile(
    r"(?<![0-9A-Za-z])((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?![0-9A-Za-z])"
)


def _year_of(text: str) -> str:
    """The middle of the year that an undated report's own election is named with: `Uganda's 2026 general election`."""
    found = _ELECTION_OF.search(text)
    return f"{found[1] or found[2]}-07-01" if found else ""


_ELECTION_OF = re.compile(
    r"\b((?:19|20)\d\d)\s(?:\w+\s){0,2}(?:elections?|referendum|polls?|run-?off|vote)\b|"
    r"\b(?:elections?|referendum|polls|run-?off|vote)\s(?:of\s|in\s)?((?:19|20)\d\d)\b",
    re.I,
)


def _without_furniture(text: str) -> tuple[str, str, str]:
    """The text with what stands before the report blanked, what that was, and the outlet that it names."""
    front: list[str] = []
    outlet = ""
    for line in list(re.finditer(r"\S[^\r\n]*", text))[:_FIRST_LINES]:
        at = line.start()
        while found := _furniture_at(text, at):
            front.append(found[0])
            outlet = next((v for v in found.groupdict().values() if v), "") or outlet
            text = text[:at] + re.sub(r"[^\r\n]", " ", text[at : found.end()]) + text[found.end() :]
            at = found.end()
    return text, " ".join(" ".join(front).split()), outlet.strip()


def _furniture_at(text: str, at: int) -> re.Match[str] | None:
    # Datelines of syndicated copies are broken over lines: look at them as one, letter for letter.
    window = text[at : at + 240].replace("\n", " ").replace("\r", " ")
    return next((m for pattern in _FURNITURE if (m := _placed(pattern, window, text, at))), None)


def _placed(pattern: re.Pattern[str], window: str, text: str, at: int) -> re.Match[str] | None:
    return pattern.match(text[:at] + window, at) if pattern.match(window) else None


def _written(found: tuple[Sentence, ...]) -> str:
    """A date that stands alone on a line, with or without an hour: when the report was published."""
    for sentence in (*found[:4], *found[-2:]):
        if (
            len(sentence.text) < 60
            and re.match(rf"(?:(?:Published|Updated|Posted)(?:\sOn)?:?\s)?{_DAY}|\d{{4}}-\d\d-\d\d", sentence.text)
            and (day := first_date(sentence.text))
        ):
            return day
    return ""
