"""Every announced figure with its row in full: what it says, who gave it, and what it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tallyroom.publish import words
from tallyroom.publish.edition import Edition, figure_text
from tallyroom.publish.language import say
from tallyroom.publish.numbers import place
from tallyroom.publish.view import FindingLink, Link, Page
from tallyroom.record.measures import MEASURES
from tallyroom.record.rows import Row

__all__ = ["Entry", "page"]


@dataclass(frozen=True)
class Entry:
    """One row as the page shows it. before: what it said before it was corrected, the latest first."""

    anchor: str
    what: str
    text: str
    printed: str
    as_of: str
    at: str
    by: str
    said_by: str
    modality: str
    announcement: str
    whole: Link | None
    sources: tuple[Link, ...]
    place: str
    findings: tuple[FindingLink, ...]
    before: tuple[str, ...]


def page(edition: Edition) -> Page | None:
    """The page, where anything was announced."""
    rows = edition.record.current("announcements")
    if not rows:
        return None
    written = {r.id: r for r in edition.record.rows("announcements")}
    at_line = {r.line: r for r in written.values()}
    groups: dict[str, list[Entry]] = defaultdict(list)
    for row in rows:
        before = tuple(_before(written, at_line[row.line]))
        groups[row["measure"]].append(_entry(edition, row, before))
    measures = [(m, say(words.MEASURES[m]), MEASURES[m], groups[m]) for m in MEASURES if groups[m]]
    view: dict[str, object] = {"measures": measures, "of": len(rows)}
    return Page("figures.html", say("Every announced figure"), "figures.html", view)


def _entry(edition: Edition, row: Row, before: tuple[str, ...]) -> Entry:
    return Entry(
        row.id,
        words.what(edition.record, row, measure=False),
        figure_text(row),
        row["printed"] if row["printed"] not in (row["value"], figure_text(row)) else "",
        edition.when(row["as_of"]) if row["as_of"] else say("not stated"),
        edition.when(row["at"]) if row["at"] else say("undated"),
        edition.names(row.ids("by")),
        edition.name(row["said_by"]) if row["said_by"] else "",
        words.plain(row["modality"]),
        row["announcement"],
        Link(say("part of its whole"), f"figures.html#{row['of']}") if row["of"] else None,
        tuple(edition.sources(row)),
        edition.place(row),
        tuple(edition.findings_at(row.file, row.line)),
        before,
    )


def _before(written: Mapping[str, Row], at: Row) -> Iterator[str]:
    while at["supersedes"] in written:
        at = written[at["supersedes"]]
        yield f"{figure_text(at)} ({place(at.file, at.line)})"
