"""Areas with what their stations' returns add up to, the areas below them, and every station as a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tallyroom.publish import words
from tallyroom.publish.addresses import AREAS_A_PAGE, MEMBERS_A_PAGE
from tallyroom.publish.edition import Edition
from tallyroom.publish.language import ENGLISH, say, spoken
from tallyroom.publish.numbers import count
from tallyroom.publish.pages.cells import figures_table
from tallyroom.publish.pages.stations import StationRows, Stations
from tallyroom.publish.pages.tabulated import Tabulated, area_link, overview_table, progress, tabulated
from tallyroom.publish.view import Cell, Head, Line, Link, Page, Table, cell
from tallyroom.record.contest import Contest
from tallyroom.record.rows import Row

__all__ = ["AreaPages", "highest", "overview"]

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class ContestView:
    """One contest on an area's page. apart: stations that are not in the totals, by what they are.

    in_english: where the stations are, on a page in another language.
    """

    name: str
    whole: Tabulated | None
    below: Table | None
    stations: StationRows | None
    apart: tuple[tuple[str, str, tuple[Link, ...]], ...]
    in_english: str = ""


def overview(edition: Edition) -> Page | None:
    """All areas in one table for each contest with returns, of very many the highest; None where there are none."""
    if not edition.counted:
        return None
    contests = edition.addresses.contests
    areas, all_of_them = highest(edition)
    tables = [overview_table(edition, c, areas, _caption(edition, c, all_of_them)) for c in contests]
    says = [progress(area.stations) for c in contests for area in edition.wholes(c.id)]
    summary = say("Every area with its stations: {progress}.", progress=says[0] if says else say("none"))
    view: dict[str, object] = {"tables": tables, "says": says, "all_of_them": all_of_them}
    return Page("areas.html", say("Areas"), "areas.html", view, say("Areas"), summary, script=True)


def _caption(edition: Edition, contest: Contest, all_of_them: bool) -> str:
    name = edition.contest_name(contest)
    return (
        say("{contest}: every area", contest=name) if all_of_them else say("{contest}: the highest areas", contest=name)
    )


def highest(edition: Edition) -> tuple[list[Row], bool]:
    """The areas of as many levels as one page holds, in the order of the file, and whether these are all."""
    every = edition.addresses.areas
    if len(every) <= AREAS_A_PAGE:
        return list(every.values()), True
    shown = edition.addresses.below[""]
    level = shown
    while level := [row for above in level for row in edition.addresses.below.get(above.id, ())]:
        if len(shown) + len(level) > AREAS_A_PAGE:
            break
        shown = [*shown, *level]
    return shown[:AREAS_A_PAGE], False


class AreaPages:
    """A page for each area, and further pages where it holds very many areas or stations, in the language spoken.

    Stations stand on the English pages alone: in other languages an area has one page, and the smallest
    of very many areas none.
    """

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._rows = {c.id: Stations(edition, c) for c in edition.addresses.contests}

    @property
    def areas(self) -> list[str]:
        """The areas that have pages."""
        addresses = self._edition.addresses
        return [area for area in addresses.areas if addresses.said(area)] if self._edition.counted else []

    def paths(self, area: str) -> list[str]:
        """Where the pages of an area lie."""
        pages = self._edition.addresses.pages(area) if spoken() is ENGLISH else 1
        return [self._edition.addresses.page(area, number) for number in range(pages)]

    def pages(self, area: str) -> Iterator[Page]:
        """The pages of an area."""
        row = self._edition.addresses.areas[area]
        for number in range(len(self.paths(area))):
            yield _area(self._edition, row, self._rows, number)


def _area(edition: Edition, area: Row, rows: dict[str, Stations], number: int) -> Page:
    name = edition.name(area.id)
    announced = edition.announced_about.get(area.id, ()) if not number else ()
    view: dict[str, object] = {
        "kind": words.sentence(words.plain(area["kind"])),
        "above": [area_link(edition, one) for one in edition.addresses.above(area.id)],
        "name": name,
        "contests": [_contest(edition, c, area, rows[c.id], number) for c in edition.addresses.contests],
        "announced": figures_table(edition, say("Announced about {name}", name=name), announced),
        "members": _members(edition, area, number) if spoken() is ENGLISH else None,
        "pages": _pages(edition, area, number),
        "row": Cell(tuple(edition.sources(area)), note=edition.place(area)),
    }
    title = name if not number else say("{name}, page {number}", name=name, number=number + 1)
    path, other = edition.addresses.page(area.id, number), _other(edition, area.id, number)
    return Page(path, title, "area.html", view, script=True, other=other)


def _other(edition: Edition, area: str, number: int) -> str:
    """Where other languages have what comes nearest, for a page that is in English alone."""
    said = edition.addresses.in_every_language
    if area in said:
        return edition.addresses.page(area) if number else ""
    above = [one for one in edition.addresses.above(area) if one in said]
    return edition.addresses.page(above[-1]) if above else "areas.html"


def _contest(edition: Edition, contest: Contest, area: Row, rows: Stations, number: int) -> ContestView:
    result = edition.results_of(contest.id).get(area.id)
    below = _part(edition.addresses.below.get(area.id, ()), AREAS_A_PAGE, number)
    stations = _part(edition.stations.in_area.get(area.id, ()), edition.addresses.stations_a_page, number)
    of, name = edition.of_contest(contest), edition.name(area.id)
    here = spoken() is ENGLISH
    caption = say("Stations of {area}: {contest}", area=name, contest=edition.contest_name(contest))
    # Where the stations' rows stand on the page itself, nothing needs to lead there.
    leading = bool(below) or not here
    return ContestView(
        edition.contest_heading(contest),
        tabulated(edition, contest, result, f"votes-{contest.id}", leading=leading) if result and not number else None,
        overview_table(edition, contest, below, f"{say('Parts of {area}', area=name)}{of}"),
        rows.table(stations, caption) if stations and here else None,
        tuple(_apart(edition, rows, stations)) if here else (),
        f"{edition.addresses.top}{edition.addresses.page(area.id)}" if stations and not here else "",
    )


def _part(things: Sequence[Thing], a_page: int, number: int) -> Sequence[Thing]:
    return things[number * a_page : (number + 1) * a_page]


def _apart(edition: Edition, rows: Stations, stations: Sequence[int]) -> Iterator[tuple[str, str, tuple[Link, ...]]]:
    found: dict[str, list[int]] = {"missing": [], "held": [], "annulled": []}
    for at in stations:
        if (status := rows.status(at)) in found:
            found[status].append(at)
    for status, numbers in found.items():
        if numbers:
            mark, word, _ = words.STATUSES[status]
            some = edition.stations.some(numbers)
            yield mark, say(word), tuple(Link(one.name or one.id, f"#{rows.anchor}{one.id}") for one in some)


def _members(edition: Edition, area: Row, number: int) -> Table | None:
    """The stations of a group, which lie in areas of their own."""
    numbers = _part(edition.stations.in_group.get(area.id, ()), MEMBERS_A_PAGE, number)
    lines = [
        Line(
            Cell((Link(one.name or one.id, edition.addresses.of_station(one.at, one.id)),), note=one.id),
            (Cell((area_link(edition, one.area),)), cell(count(one.registered), number=True)),
        )
        for one in edition.stations.some(numbers)
    ]
    heads = [Head(say("Station")), Head(say("Lies in")), Head(say("Registered"), True)]
    return Table(say("Stations of this group"), heads, lines, quiet=True, sortable=True) if lines else None


def _pages(edition: Edition, area: Row, number: int) -> list[Link]:
    pages = edition.addresses.pages(area.id)
    if pages < 2 or spoken() is not ENGLISH:
        return []
    a_page, stations = edition.addresses.stations_a_page, len(edition.stations.in_area.get(area.id, ()))

    def said(n: int) -> str:
        first, last = n * a_page + 1, min((n + 1) * a_page, stations)
        if first > last:
            return say("Page {number}", number=n + 1)
        return say("Stations {first}–{last}", first=f"{first:,}", last=f"{last:,}")

    return [Link(said(n), "" if n == number else edition.addresses.page(area.id, n)) for n in range(pages)]
