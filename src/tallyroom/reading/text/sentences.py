"""A text as sentences, each with its place in the document.

Hard-wrapped lines are put together again: a line goes on where the next word would not have fitted
on it. What stands around a report (header, dateline, trailer) is told apart, and gives date and outlet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["LONGEST", "UNSEEN", "Sentence", "folded", "sentences"]

LONGEST = 1_500  # characters: what is longer is no sentence that anyone wrote

UNSEEN = "\u00ad"  # the soft hyphen: what stands within a word and is not seen

_WIDEST, _NARROWEST = 120, 45  # narrower lines are rows of a list
_FOLD = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"',
        "\u201f": '"', "\u00ab": '"', "\u00bb": '"', "\u2013": "-", "\u2014": "-", "\u2012": "-", "\u2212": "-",
        "\u2011": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\ufeff": " ", "\t": " ",
        "\u066b": ".", "\u066c": ",", "\uff05": "%",
    }
)  # fmt: skip
# Letters of other scripts that look like Latin ones; folded only inside words that mix the two.
_ALIKE = str.maketrans("АВЕЅЗІЈКМНОРСТУХаеѕіјорсухԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABES3IJKMHOPCTYXaesijopcyxdqwABEZHIKMNOPTYXo")
_FOREIGN = re.compile(r"\b(?=\w*[A-Za-z])(?=\w*[\u0370-\u052f])\w+")
_SPACES = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069]")
_WITHIN = re.compile(rf"{UNSEEN}+(?:\s*\n\s*)?")  # also where a line ends at it

_ABBREVIATED = re.compile(
    r"(?:\b(?:No|Nos|Nr|Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Lt|Capt|Sen|Rep|Gov|Hon|Eng|Brig|Barr|Alh|Cmdr|Supt|Rev|Jr|Sr|"
    r"vs|etc|approx|Art|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Inc|Ltd|Co|Corp|e\.g|i\.e|al|Adv|Amb|Maj|Sgt|Pres|Min)"
    r"|(?:^|[\s(.\"])(?:[A-Z]|Ch|Dz|Gh|Kh|Sh|Ts|Ya|Yu|Zh)|\b[UE]\.[SUKN])\.$"
)
# `at 3 a.m. Moscow time`, `10:10 a.m. March 19`
_AFTER_HOUR = re.compile(
    r"\s+(?:\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:[A-Z]\w+\s)?(?:time|TIME)\b|(?:Jan|Feb|Mar|Apr|"
    r"May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s\d)"
)
_ITEM = re.compile(r"\s*\d{1,2}\.")  # of a list
_NUMBERED = re.compile(r"\bNos?\.$")
# Where the space behind a full stop was lost; `News.Az` and the like are names.
_LANDS = "Az|Kz|Kg|Uz|Ru|Ua|By|Ge|Am|Md|Rs|Tv|Eu|Uk|Com|Org|Net|Info"
_END = re.compile(
    r"(?<=\d{3})\.(?=[A-Z][a-z]*\s)|"
    rf"(?<=[a-z]{{2}})\.(?=\"[A-Z]|(?!(?:{_LANDS})\b)[A-Z][a-z]*\s+[a-z])|"
    r"[.!?](?:[\"')\]]+)?(?=\s+[\"'(\[]*[A-Z0-9\u00c0-\u024f])"
)

_LEADER = re.compile(r"\.{3}\s+\d")
# A line of a table: `Registered voters ........ 1,204,556`
_TABULAR = re.compile(r"(?:\.{3,}|\u2026|\s{3,})\s*\d[\d,. ]*%?$")


@dataclass(frozen=True)
class Sentence:
    """A sentence: its words with single spaces and plain marks, and where it stands in the document.

    paragraph: which one it belongs to, counted from 0. first: whether it opens its paragraph.
    """

    text: str
    start: int
    end: int
    paragraph: int
    first: bool = False


def folded(text: str) -> str:
    """The text with plain quotation marks, dashes and spaces, letter for letter as long as it was."""
    text = _SPACES.sub(" ", text) if _SPACES.search(text) else text
    text = text.translate(_FOLD)
    if not text.isascii():
        text = _FOREIGN.sub(lambda word: word[0].translate(_ALIKE), text)
    return text


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a folded text, in order."""
    for number, (start, end) in enumerate(_paragraphs(text)):
        first = True
        for a, b in _split(text, start, end):
            if b - a <= LONGEST:
                yield Sentence(" ".join(_WITHIN.sub("", text[a:b]).split()), a, b, number, first)
                first = False


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Runs of lines that belong together."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\r\n]+", text)]
    width = _width(text, lines)
    begun: int | None = None
    for at, (start, end) in enumerate(lines):
        if not text[start:end].strip():
            continue
        begun = start if begun is None else begun
        if at + 1 < len(lines) and width and _goes_on(text, (start, end), lines[at + 1], width):
            continue
        yield begun, end
        begun = None


def _width(text: str, lines: list[tuple[int, int]]) -> int:
    """To how many letters the lines are broken; 0 where each line is a paragraph of its own."""
    widths = sorted(end - start for start, end in lines if not text[start:end].isspace())
    if len(widths) < 3 or widths[-2] > _WIDEST:
        return 0
    width = widths[3 * len(widths) // 4]
    return width if width >= _NARROWEST else 0


def _goes_on(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    between = text[line[1] : following[0]]
    if between.count("\n") > 1 or between.count("\r") > 1:
        return False
    here, there = text[line[0] : line[1]].rstrip(), text[following[0] : following[1]].split(None, 1)
    if not there or here.endswith((";", ":")) or ((here[-1:].isdigit() or here[-1:] == "%") and _TABULAR.search(here)):
        return False
    return len(here) + 1 + len(there[0]) > width - 2 or there[0][:1].islower()


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begun = start
    for match in _END.finditer(text, start, end):
        if text[match.start() - 3 : match.start()].lower() in ("p.m", "a.m") and _AFTER_HOUR.match(text, match.end()):
            continue
        if _ITEM.fullmatch(text[begun : match.end()]) or _LEADER.match(text, match.start() - 2):
            continue
        if text[match.start()] == "." and _ABBREVIATED.search(text[max(start, match.start() - 8) : match.start() + 1]):
            # `voted No. Turnout …`, but `station No. 14`
            number = _NUMBERED.search(text[max(start, match.start() - 4) : match.start() + 1])
            if number is None or text[match.end() :][:4].strip()[:1].isdigit():
                continue
        yield from _stripped(text, begun, match.end())
        begun = match.end()
    yield from _stripped(text, begun, end)


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
