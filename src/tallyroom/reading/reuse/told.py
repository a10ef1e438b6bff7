"""A document as what can be compared: the runs of three words of each sentence, its rare names and its figures."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from tallyroom.reading.reuse.background import news_ends
from tallyroom.reading.reuse.provenance import NAME
from tallyroom.reading.text.document import Document

__all__ = ["FEW", "FIGURE", "LEAST_OF_A_SENTENCE", "Told", "Weights"]

FEW = 20  # documents
_RUN = 3  # words
LEAST_OF_A_SENTENCE = 6  # runs: headlines and bylines have fewer
FIGURE = re.compile(r"\d*\.\d+|\d{3,}")
_WORD = re.compile(r"[^\W_]+(?:[.,'][^\W_]+)*")
_RARE = re.compile(r"(?<=\s)(?:[A-Z][\w-]{2,}|\d[\d.,]*\d|\d)")
_REPORTS = re.compile(rf",\s{NAME}\s?(?:reports?|reported)\b.*$")


class Told:
    """A document as sets of runs, one for each sentence, and as its rare words."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.runs = [_runs(_REPORTS.sub("", sentence.text)) for sentence in document.sentences]
        self.every = frozenset().union(*self.runs)
        self.rare = [frozenset(_plain(m[0]) for m in _RARE.finditer(s.text)) for s in document.sentences]
        self.all_rare = frozenset().union(*self.rare)

    @cached_property
    def lead(self) -> int:
        """The first sentence that is long enough to be one."""
        return next((n for n, runs in enumerate(self.runs) if len(runs) >= LEAST_OF_A_SENTENCE), 0)

    @cached_property
    def news(self) -> range:
        """The sentences of its own news: behind them stands background."""
        return range(news_ends(self.document, self.lead))

    @cached_property
    def figures(self) -> frozenset[str]:
        """Its numbers of three digits and more, and those with decimals."""
        return frozenset(filter(FIGURE.fullmatch, self.all_rare))

    @cached_property
    def lead_rare(self) -> frozenset[str]:
        text = self.document.sentences[self.lead].text if self.runs else ""
        return frozenset(_plain(m[0]) for m in _RARE.finditer(" " + text))


class Weights:
    """How much a shared run or word tells: all where two documents hold it, little where many do.

    Of a few documents nobody can tell what many hold, and a family among them would make its own words weigh little:
    there each tells as much as any other.
    """

    def __init__(self, sets: Iterable[frozenset[int]] | Iterable[frozenset[str]]) -> None:
        told = list(sets)
        self.documents = len(told)
        self._held: Counter[object] = Counter(one for held in told for one in held)

    def of(self, held: Iterable[object]) -> float:
        return sum(1 / max(1, self._held[one] - 1) if self.documents >= FEW else 1.0 for one in held)

    def share(self, both: Iterable[object], of: Iterable[object]) -> float:
        whole = self.of(of)
        return self.of(both) / whole if whole else 0.0


def _runs(text: str) -> frozenset[int]:
    words = [word.lower() for word in _WORD.findall(text)]
    return frozenset(
        zlib.crc32(" ".join(words[n : n + _RUN]).encode("utf-8", "replace")) for n in range(len(words) - _RUN + 1)
    )


def _plain(word: str) -> str:
    return word.replace(",", "").lower()
