"""Every source, with what rests on it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import partial

from tallyroom.publish import numbers
from tallyroom.publish.edition import Edition
from tallyroom.publish.texts import web_address
from tallyroom.publish.view import Link, Page
from tallyroom.record.rows import Row, Table

__all__ = ["Source", "page"]

# Beyond this many rows of one source the page names the first and counts the rest.
_SHOWN = 200


@dataclass(frozen=True)
class Source:
    """One source as the page shows it. rests: how many rows of each table; rows: where they stand."""

    anchor: str
    outlet: str
    title: str
    date: str
    url: str
    web: str
    sha256: str
    licence: str
    derived_from: tuple[Link, ...]
    rests: str
    rows: tuple[Link, ...]
    more: int
    place: str


def page(edition: Edition) -> Page | None:
    """The page, where the record has sources."""
    rows = edition.record.current("sources")
    if not rows:
        return None
    resting = _resting(edition)
    outlets = len({row["outlet"] for row in rows})
    view: dict[str, object] = {"sources": [_source(edition, row, resting[row.id]) for row in rows], "outlets": outlets}
    documents, of = numbers.plural(len(rows), "document"), numbers.plural(outlets, "outlet")
    summary = f"{documents} of {of}, each with what rests on it."
    return Page("sources.html", "Sources", "sources.html", view, "Sources", summary)


def _resting(edition: Edition) -> dict[str, list[tuple[Table, int]]]:
    """For each source the rows that name it: table and number."""
    resting: dict[str, list[tuple[Table, int]]] = defaultdict(list)
    for name, table in edition.record.tables.items():
        if name != "sources" and "source" in table.columns.column_names:
            for number, cell in enumerate(table.columns["source"].to_pylist()):
                for source in (cell or "").split():
                    resting[source].append((table, number))
    return resting


def _source(edition: Edition, row: Row, resting: list[tuple[Table, int]]) -> Source:
    counts = Counter(table.name for table, _ in resting)
    said = [f"{table} {number:,}" for table, number in counts.items()]
    shown = [table.row(number) for table, number in resting[:_SHOWN]]
    return Source(
        row.id,
        row["outlet"],
        row["title"],
        edition.when(row["date"]) if row["date"] else "undated",
        row["url"],
        web_address(row["url"]),
        row["sha256"],
        row["licence"],
        tuple(edition.source(name) for name in row.ids("derived_from")),
        ", ".join(said),
        tuple(map(partial(_row, edition), shown)),
        max(0, len(resting) - _SHOWN),
        row.place,
    )


def _row(edition: Edition, row: Row) -> Link:
    if row.table == "statements":
        return Link(row.place, f"statements.html#{row.id}")
    if row.table == "calendar":
        return Link(row.place, f"election.html#{row.id}")
    return edition.row_link(row)
