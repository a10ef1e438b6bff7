"""A page for each area to be shown inside other people's pages, and the lines that put it there.

No script on either side: the height is said in the line, and is enough for the narrowest phone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import escape

from tallyroom.publish.edition import Edition
from tallyroom.publish.language import say, spoken
from tallyroom.publish.pages.front import AnnouncedResult, announced_result
from tallyroom.publish.pages.tabulated import Tabulated, area_link, tabulated
from tallyroom.publish.view import Cell, Head, Line, Link, Page, Table, cell
from tallyroom.tabulate.results import StationCounts

__all__ = ["EmbeddedContest", "Embeds", "page"]

# Whole levels from the highest: the constituencies of the largest countries, and not the wards of one.
_MOST = 1000
# In pixels, on a page 320 wide: what is around the contests, a contest without its bars, a bar with its line.
_AROUND, _CONTEST, _BAR = 250, 170, 50
_BARS = 12  # as many as the picture draws
_EXAMPLE = "https://example.org/"


@dataclass(frozen=True)
class EmbeddedContest:
    """One contest in an area: added up by us, with how many stations are in, or else as announced."""

    name: str
    ours: Tabulated | None
    counts: StationCounts | None
    announced: AnnouncedResult | None


def page(edition: Edition) -> Page | None:
    """The page that lists the pages to embed, with the line that embeds the first; None where there are none."""
    shown = [(area, height) for area in _areas(edition) if (height := _height(edition, area))]
    if not shown:
        return None
    address = edition.address or _EXAMPLE
    view: dict[str, object] = {
        "example": "" if edition.address else _EXAMPLE,
        "line": _line(edition, address, *shown[0]),
        "table_": _table(edition, shown),
    }
    summary = say("Results by area to show inside other pages, without a script.")
    return Page("embed.html", say("Embed"), "embed.html", view, "", summary, script=True)


class Embeds:
    """The pages to embed, in the language spoken."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self.areas = _areas(edition)
        self._some = frozenset(self.areas)

    def paths(self, area: str) -> list[str]:
        """Where an area's page lies; of very many areas the smallest have none."""
        return [_path(self._edition, area)] if area in self._some else []

    def pages(self, area: str) -> Iterator[Page]:
        """An area's page, where it has one."""
        contests = _contests(self._edition, area) if area in self._some else []
        if contests:
            view: dict[str, object] = {
                "name": self._edition.name(area),
                "contests": contests,
                "banner": _banner(self._edition, contests),
                "full": "index.html" if area in self._edition.figures.roots else self._edition.addresses.of(area),
            }
            yield Page(_path(self._edition, area), self._edition.name(area), "embedded.html", view)


def _banner(edition: Edition, contests: Sequence[EmbeddedContest]) -> tuple[str, str] | None:
    """How far the area's result has come: kind and word. Of the area alone, so that its page stays while it stays."""
    if edition.record.election.synthetic:
        return None  # the page says so in larger letters
    if edition.certified:
        return "final", say("Final")
    counts = [contest.counts for contest in contests if contest.counts]
    if not counts:
        return "announced", say("Announced figures only")
    whole = all(count.expected == count.accepted + count.annulled for count in counts)
    return ("open", say("Preliminary: not certified")) if whole else ("open", say("Partial: not all is counted"))


def _path(edition: Edition, area: str) -> str:
    return f"embed/{edition.addresses.page(area).removeprefix('areas/')}"


def _areas(edition: Edition) -> list[str]:
    """The areas that have such a page: of very many, whole levels from the highest."""
    if not edition.counted:
        return [row.id for row in edition.record.current("areas") if row.id in edition.figures.roots]
    below = edition.addresses.below
    level, found = below[""], list[str]()
    while level and len(found) + len(level) <= _MOST:
        found += [row.id for row in level if edition.addresses.said(row.id)]
        level = [row for above in level for row in below.get(above.id, ())]
    return found


def _contests(edition: Edition, area: str) -> list[EmbeddedContest]:
    found = []
    for contest in edition.record.election.contests:
        name = edition.contest_name(contest)
        result = edition.results_of(contest.id).get(area) if edition.has_returns(contest.id) else None
        if result:
            ours = tabulated(edition, contest, result, f"votes-{contest.id}", leading=False)
            found.append(EmbeddedContest(name, ours, result.stations, None))
        elif area in edition.figures.roots and (announced := announced_result(edition, contest)):
            found.append(EmbeddedContest(name, None, None, announced))
    return found


def _height(edition: Edition, area: str) -> int:
    """How high an area's page is in pixels, at most, with its tables closed; 0 where there is nothing to show."""
    heights = [
        _CONTEST + _BAR * min(_BARS, len(contest.choices))
        for contest in edition.record.election.contests
        if (edition.has_returns(contest.id) and area in edition.results_of(contest.id))
        or (area in edition.figures.roots and edition.figures.latest(contest))
    ]
    return _AROUND + sum(heights) if heights else 0


def _line(edition: Edition, address: str, area: str, height: int) -> str:
    """The line of HTML that shows an area inside another page."""
    source = f"{address}{spoken().folder}{quote(_path(edition, area))}"
    title = escape(say("{election}: {area}", election=edition.title, area=edition.name(area)))
    return f'<iframe src="{source}" title="{title}" width="100%" height="{height}" loading="lazy"></iframe>'


def _table(edition: Edition, shown: Sequence[tuple[str, int]]) -> Table:
    lines = [
        Line(
            Cell((area_link(edition, area),)),
            (
                Cell((Link(_path(edition, area), _path(edition, area)),)),
                cell(str(height), number=True),
            ),
        )
        for area, height in shown
    ]
    heads = [Head(say("Area")), Head(say("Page")), Head(say("Height in pixels"), True)]
    return Table(say("Pages to embed"), heads, lines, quiet=True, sortable=True)
