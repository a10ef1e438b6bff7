"""Observers and media: how many were announced, by whom, and for which organisation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tallyroom.publish.edition import Edition
from tallyroom.publish.language import say, say_n
from tallyroom.publish.pages.cells import figures_table
from tallyroom.publish.view import Cell, Head, Line, Page, Table, cell
from tallyroom.record.rows import Row

__all__ = ["page"]


def page(edition: Edition) -> Page | None:
    """The page, where observers or media were announced or a mission is in the record."""
    announced = edition.figures
    everyone = announced.find("observers", when=lambda row: not row["about"])
    missions = announced.find("observers", when=lambda row: bool(row["about"]))
    view: dict[str, object] = {
        "everyone": figures_table(edition, say("Observers in all, as announced"), everyone),
        "missions": figures_table(
            edition, say("Observers by organisation or country, as announced"), _by_mission(missions), measure=False
        ),
        "people": _people(edition, missions),
        "media": figures_table(edition, say("Accredited media, as announced"), announced.find("media_accredited")),
    }
    if not any(view.values()):
        return None
    bodies = {row["about"] for row in missions}
    summary = say_n(
        "Observers as announced, in all and for {n} organisation or country.",
        "Observers as announced, in all and for {n} organisations and countries.",
        len(bodies),
    )
    if not bodies:
        summary = say("Observers and media, as announced.")
    return Page("observers.html", say("Observers"), "observers.html", view, say("Observers"), summary)


def _by_mission(rows: Sequence[Row]) -> list[Row]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["about"]].append(row)
    return [row for group in groups.values() for row in group]


def _people(edition: Edition, missions: Sequence[Row]) -> Table | None:
    bodies = {name for row in missions for name in row.ids("about")}
    bodies |= {row.id for row in edition.record.current("organisations") if row["kind"] == "observer-mission"}
    offices = [row for row in edition.record.current("offices") if row["organisation"] in bodies]
    offices.sort(key=lambda row: edition.name(row["organisation"]))
    lines = [
        Line(
            cell(edition.name(row["person"])),
            (
                cell(edition.name(row["organisation"])),
                cell(edition.own(row["office"])),
                Cell(tuple(edition.sources(row)), note=edition.place(row)),
            ),
        )
        for row in offices
    ]
    heads = [Head(say("Person")), Head(say("Organisation")), Head(say("Office")), Head(say("Source"))]
    return Table(say("People of the observing organisations"), heads, lines, quiet=True) if lines else None
