"""Areas with what their stations' returns add up to, and every station as a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tallyroom.publish import words
from tallyroom.publish.addresses import STATIONS_A_PAGE
from tallyroom.publish.edition import Edition
from tallyroom.publish.numbers import text_of
from tallyroom.publish.pages.cells import figures_table
from tallyroom.publish.pages.stations import Stations
from tallyroom.publish.pages.tabulated import (
    Tabulated,
    area_link,
    heads_of_overview,
    overview_cells,
    progress,
    tabulated,
)
from tallyroom.publish.view import Cell, Head, Line, Link, Page, Table, cell
from tallyroom.record.definition import Contest
from tallyroom.record.rows import Row

__all__ = ["area_pages", "overview"]


@dataclass(frozen=True)
class ContestView:
    """One contest on an area's page. apart: stations that are not in the totals, by what they are."""

    name: str
    whole: Tabulated | None
    below: Table | None
    stations: Table | None
    apart: tuple[tuple[str, str, tuple[Link, ...]], ...]


def overview(edition: Edition) -> Page | None:
    """All areas in one table for each contest with returns; None where there are none."""
    if not edition.counted:
        return None
    contests = _contests(edition)
    areas = edition.record.current("areas")
    tables = [
        _overview(edition, contest, areas, f"{edition.contest_name(contest)}: every area") for contest in contests
    ]
    says = [progress(area.stations) for c in contests for area in edition.wholes(c.id)]
    summary = f"Every area with its stations: {says[0] if says else 'none'}."
    return Page("areas.html", "Areas", "areas.html", {"tables": tables, "says": says}, "Areas", summary)


def _contests(edition: Edition) -> list[Contest]:
    return [c for c in edition.record.election.contests if edition.has_returns(c.id)]


def _overview(edition: Edition, contest: Contest, areas: Sequence[Row], caption: str) -> Table | None:
    results = edition.results_of(contest.id)
    lines = [
        Line(
            Cell((area_link(edition, row.id),), note=words.plain(row["kind"])),
            overview_cells(edition, contest, results[row.id]),
        )
        for row in areas
        if row.id in results
    ]
    return Table(caption, [Head("Area"), *heads_of_overview()], lines, quiet=True) if lines else None


def area_pages(edition: Edition) -> Iterator[Page]:
    """A page for each area, and further pages where it has very many stations of its own."""
    if not edition.counted:
        return
    acts = {c.id: Stations(edition, c) for c in _contests(edition)}
    for area in edition.record.current("areas"):
        stations = edition.addresses.stations.get(area.id, [])
        for number in range(max(1, -(-len(stations) // STATIONS_A_PAGE))):
            yield _area(edition, area, acts, stations, number)


def _area(edition: Edition, area: Row, acts: dict[str, Stations], stations: Sequence[Row], number: int) -> Page:
    shown = stations[number * STATIONS_A_PAGE : (number + 1) * STATIONS_A_PAGE]
    name = edition.name(area.id)
    announced = edition.figures.find(*words.MEASURES, when=lambda row: row["place"] == area.id)
    view: dict[str, object] = {
        "kind": words.sentence(words.plain(area["kind"])),
        "above": _above(edition, area),
        "contests": [_contest(edition, c, area, acts[c.id], shown, number) for c in _contests(edition)],
        "announced": figures_table(edition, f"Announced about {name}", announced) if not number else None,
        "members": _members(edition, area),
        "pages": _pages(edition, area, len(stations), number),
        "row": Cell(tuple(edition.sources(area)), note=area.place),
    }
    title = name if not number else f"{name}, page {number + 1}"
    return Page(edition.addresses.page(area.id, number), title, "area.html", view)


def _above(edition: Edition, area: Row) -> list[Link]:
    areas = {row.id: row for row in edition.record.current("areas")}
    links: list[Link] = []
    at = area["parent"]
    while at in areas:
        links.insert(0, area_link(edition, at))
        at = areas[at]["parent"]
    return links


def _contest(
    edition: Edition, contest: Contest, area: Row, acts: Stations, shown: Sequence[Row], number: int
) -> ContestView:
    result = edition.results_of(contest.id).get(area.id)
    below = [row for row in edition.record.current("areas") if row["parent"] == area.id]
    whole = tabulated(edition, contest, result, f"votes-{contest.id}") if result and not number else None
    table = (
        acts.table(shown, f"Stations of {edition.name(area.id)}: {edition.contest_name(contest)}") if shown else None
    )
    return ContestView(
        edition.contest_name(contest),
        whole,
        _overview(edition, contest, below, f"Parts of {edition.name(area.id)}{edition.of_contest(contest)}")
        if not number
        else None,
        table,
        tuple(_apart(acts, shown)),
    )


def _apart(acts: Stations, shown: Sequence[Row]) -> Iterator[tuple[str, str, tuple[Link, ...]]]:
    for status in ("missing", "held", "annulled"):
        rows = [row for row in shown if acts.status(row.id) == status]
        if rows:
            mark, word, _ = words.STATUSES[status]
            yield mark, word, tuple(Link(row["name"] or row.id, acts.edition.addresses.of(row.id)) for row in rows)


def _members(edition: Edition, area: Row) -> Table | None:
    """The stations of a group, which lie in areas of their own."""
    if area["kind"] != "group":
        return None
    rows = [row for row in edition.record.current("stations") if area.id in row.ids("groups")]
    lines = [
        Line(
            Cell((Link(row["name"] or row.id, edition.addresses.of(row.id)),), note=row.id),
            (Cell((area_link(edition, row["area"]),)), cell(text_of(row["registered"]) or "–", number=True)),
        )
        for row in rows
    ]
    heads = [Head("Station"), Head("Lies in"), Head("Registered", True)]
    return Table("Stations of this group", heads, lines, quiet=True) if lines else None


def _pages(edition: Edition, area: Row, stations: int, number: int) -> list[Link]:
    count = -(-stations // STATIONS_A_PAGE)
    if count < 2:
        return []
    last = [min((n + 1) * STATIONS_A_PAGE, stations) for n in range(count)]
    said = [f"Stations {n * STATIONS_A_PAGE + 1:,}–{last[n]:,}" for n in range(count)]
    return [Link(said[n], "" if n == number else edition.addresses.page(area.id, n)) for n in range(count)]
