"""What a template is given: figures that know their sources, links, and tables made of them.

Plain data, in the order in which it is read. Addresses are relative to the site's root; a template
puts the way up in front of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from tallyroom.publish.language import quoted, say
from tallyroom.publish.numbers import lines as numbered
from tallyroom.publish.numbers import listed

__all__ = ["Cell", "Chart", "FindingLink", "Head", "Line", "Link", "Page", "Part", "Shown", "Table", "cell"]


# A full stop that ends a sentence, not one inside a number or after a single letter.
_SENTENCE = re.compile(r"(?<=[^.\s]{2}\.)\s+(?=[^a-z\s])")


@dataclass(frozen=True)
class Link:
    """A text that leads somewhere."""

    text: str
    href: str
    title: str = ""


@dataclass(frozen=True)
class FindingLink:
    """A finding, as a mark beside what it is about. mark: its shape; word: what the shape means."""

    href: str
    mark: str
    severity: str
    word: str
    says: str

    @property
    def first(self) -> str:
        """The first sentence of what it says."""
        return quoted(self._first, "en")

    @property
    def rest(self) -> str:
        """What follows the first sentence; empty where there is one alone."""
        return quoted(self.says[len(self._first) :].strip(), "en")

    @property
    def _first(self) -> str:
        return _SENTENCE.split(self.says, maxsplit=1)[0]


@dataclass(frozen=True)
class Shown:
    """One figure on a page, which leads to its row, and the row to its sources.

    text: as it is read. href: where its row is shown in full. places: file and line of its rows;
    several rows may give one figure. note: small print beside it. findings: what the checks say of it.
    """

    text: str
    href: str
    places: tuple[tuple[str, int], ...]
    sources: tuple[Link, ...] = ()
    findings: tuple[FindingLink, ...] = ()
    note: str = ""

    @property
    def title(self) -> str:
        """Rows and sources in small print."""
        return " · ".join([*_said(self.places), *(source.text for source in self.sources)])


Part = Shown | Link | str


@dataclass(frozen=True)
class Cell:
    """What stands in one cell: figures, links and texts, one below the other. note: small print."""

    parts: tuple[Part, ...] = ()
    number: bool = False
    note: str = ""
    mark: str = ""

    @property
    def plain(self) -> str | None:
        """Its text, where it is one text and nothing else: most cells are, and these are quickly written."""
        one = self.parts[0] if len(self.parts) == 1 else None
        return one if isinstance(one, str) and not self.note and not self.mark else None


def cell(*parts: Part, number: bool = False, note: str = "", mark: str = "") -> Cell:
    """A cell of these parts."""
    return Cell(parts, number, note, mark)


@dataclass(frozen=True)
class Head:
    """A column's head. number: its figures stand to the right."""

    text: str
    number: bool = False


@dataclass(frozen=True)
class Line:
    """A row of a table: what it is about, its cells, and where a link can lead to it.

    span: how many rows the head stands for; 0 where one above stands for this one too.
    status: what sets the row apart, such as `held`; the cells say it in words.
    """

    head: Cell
    cells: tuple[Cell, ...]
    anchor: str = ""
    status: str = ""
    span: int = 1


@dataclass(frozen=True)
class Table:
    """A table with its caption, and everything that its figures rest on."""

    caption: str
    heads: Sequence[Head]
    lines: Sequence[Line]
    note: str = ""
    quiet: bool = False  # its sources stand in a column of their own
    kind: str = ""
    sortable: bool = False  # by those who have scripts

    @property
    def classes(self) -> str:
        """What the style sheet and the script know it by."""
        kinds = [self.kind or ("few" if len(self.heads) < 5 else ""), "sortable" if self.sortable else ""]
        return " ".join(kind for kind in kinds if kind)

    @cached_property
    def shown(self) -> list[Shown]:
        """Every figure in it, in the order of reading."""
        return list(_shown(self.lines))

    @property
    def sources(self) -> list[Link]:
        """The sources of all its figures, each once."""
        return list(dict.fromkeys(source for figure in self.shown for source in figure.sources))

    @property
    def rows(self) -> str:
        """The rows that it is made of: `announcements.csv, lines 12–18, 40`."""
        return say("; ").join(_said([place for figure in self.shown for place in figure.places]))

    @property
    def findings(self) -> list[FindingLink]:
        """What the checks say of its figures, each once."""
        return list(dict.fromkeys(finding for figure in self.shown for finding in figure.findings))


def _said(places: Iterable[tuple[str, int]]) -> list[str]:
    files: dict[str, list[int]] = {}
    for file, at in places:
        files.setdefault(file, []).append(at)
    return [listed([file, numbered(at)]) for file, at in files.items()]


def _shown(lines: Iterable[Line]) -> Iterator[Shown]:
    for line in lines:
        for one in (line.head, *line.cells):
            yield from (part for part in one.parts if isinstance(part, Shown))


@dataclass(frozen=True)
class Chart:
    """A picture drawn for wide and for narrow pages. says: its finding, in a sentence."""

    says: str
    wide: Markup
    narrow: Markup
    key: tuple[tuple[Markup, str], ...] = ()


@dataclass(frozen=True)
class Page:
    """A page: where it lies, what it is called, and what its template shows.

    entry: its name in the navigation; empty for pages that others lead to. summary: what it shows, in
    a sentence or two for the front page. script: whether it has tables that can be sorted; search: the
    field that finds places; filters: choices of what is shown. path is the same in every language, below
    that language's folder.
    other: where the other languages say nearest the same, for a page that they do not have; empty where
    every language has it.
    """

    path: str
    title: str
    template: str
    view: dict[str, object]
    entry: str = ""
    summary: str = ""
    script: bool = False
    search: bool = False
    proves: bool = False
    filters: bool = False
    other: str = ""

    @property
    def root(self) -> str:
        """The way from the page up to the first page in its language."""
        return "../" * self.path.count("/")
