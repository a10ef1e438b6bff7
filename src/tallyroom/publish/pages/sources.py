"""Every source, with what rests on it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import partial

from tallyroom.publish import numbers
from tallyroom.publish.edition import Edition
from tallyroom.publish.language import say, say_n
from tallyroom.publish.texts import web_address
from tallyroom.publish.view import Link, Page
from tallyroom.record.rows import Row, Table

__all__ = ["Source", "page"]

# Beyond this many rows, shared out among the sources, the page names the first of each and counts the rest.
_ROWS, _LEAST, _MOST = 4000, 5, 200


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
    shown = max(_LEAST, min(_MOST, _ROWS // len(rows)))
    outlets = len({row["outlet"] for row in rows})
    documents = say_n("{n} document", "{n} documents", len(rows))
    of = say_n("{documents} of {n} outlet", "{documents} of {n} outlets", outlets, documents=documents)
    view: dict[str, object] = {
        "sources": [_source(edition, row, resting[row.id], shown) for row in rows],
        "of": of,
    }
    summary = say("{of}, each with what rests on it.", of=of)
    return Page("sources.html", say("Sources"), "sources.html", view, say("Sources"), summary)


class _Resting:
    """What rests on one source: how many rows of each table, and the first of them."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.first: list[tuple[Table, int]] = []

    def add(self, table: Table, number: int) -> None:
        self.counts[table.name] += 1
        if len(self.first) < _MOST:
            self.first.append((table, number))


def _resting(edition: Edition) -> dict[str, _Resting]:
    resting: dict[str, _Resting] = defaultdict(_Resting)
    for name, table in edition.record.tables.items():
        if name != "sources" and "source" in table.columns.column_names:
            number = 0
            for chunk in table.columns["source"].chunks:
                for cell in chunk.to_pylist():
                    for source in (cell or "").split():
                        resting[source].add(table, number)
                    number += 1
    return resting


def _source(edition: Edition, row: Row, resting: _Resting, most: int) -> Source:
    said = [f"{table} {numbers.count(number)}" for table, number in resting.counts.items()]
    shown = [table.row(number) for table, number in resting.first[:most]]
    return Source(
        row.id,
        row["outlet"],
        row["title"],
        edition.when(row["date"]) if row["date"] else say("undated"),
        row["url"],
        web_address(row["url"]),
        row["sha256"],
        row["licence"],
        tuple(edition.source(name) for name in row.ids("derived_from")),
        numbers.listed(said),
        tuple(map(partial(_row, edition), shown)),
        resting.counts.total() - len(shown),
        edition.place(row),
    )


def _row(edition: Edition, row: Row) -> Link:
    if row.table == "statements":
        return Link(edition.place(row), f"statements.html#{row.id}")
    if row.table == "calendar":
        return Link(edition.place(row), f"election.html#{row.id}")
    return edition.row_link(row)
