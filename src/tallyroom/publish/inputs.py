"""Everything that an area's pages are made from, as one digest: the same digest, the same pages in every language.

So a page whose area has nothing new is not made again, which is what keeps the publications of a night in
proportion to what came in. Whatever a page of an area shows must be taken in here; a test publishes records
both ways, after one thing and another changed, and compares the sites.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import pyarrow as pa

from tallyroom.publish.edition import Edition
from tallyroom.publish.view import Page
from tallyroom.record.rows import Row

__all__ = ["Inputs", "program"]

# The columns of an announced figure that name somebody or something.
_NAMING = ("by", "said_by", "choice", "about", "source")


class Inputs:
    """The digests of the pages of areas. entries: the pages of the navigation."""

    def __init__(self, edition: Edition, entries: Sequence[Page]) -> None:
        self._edition = edition
        self._record = edition.record
        self._common = _digest(
            [
                program(),
                edition.address,
                edition.record.definition_text,
                [[page.path, page.entry] for page in entries],
                [contest.id for contest in edition.addresses.contests],
                edition.addresses.stations_a_page,
                bool(edition.certified),
                list(self._named(choice.id for c in edition.record.election.contests for choice in c.choices)),
            ]
        )

    def of(self, area: str, rows: Sequence[str]) -> str:
        """The digest of an area's pages. rows: the digests of the files of its stations' rows."""
        edition = self._edition
        row, below = edition.addresses.areas[area], edition.addresses.below.get(area, ())
        announced = edition.announced_about.get(area, ())
        return _digest(
            [
                self._common,
                list(rows),
                [_cells(one) for one in (row, *below, *map(self._area, edition.addresses.above(area)))],
                list(self._results(area, [one.id for one in below])),
                [[_cells(one), [vars(f) for f in edition.findings_at(one.file, one.line)]] for one in announced],
                list(self._named(name for one in announced for column in _NAMING for name in one.ids(column))),
                list(self._named(row.ids("source"))),
                list(self._stations(area)),
            ]
        )

    def _area(self, name: str) -> Row:
        return self._edition.addresses.areas[name]

    def _named(self, ids: Iterable[str]) -> Iterator[list[object]]:
        named = self._record.named
        for name in ids:
            yield _cells(named[name]) if name in named else [name]

    def _results(self, area: str, below: Sequence[str]) -> Iterator[object]:
        for contest in self._edition.addresses.contests:
            results = self._edition.results_of(contest.id)
            yield [results[name].as_json() for name in (area, *below) if name in results]

    def _stations(self, area: str) -> Iterator[object]:
        """What is shown of the stations beside their rows: sources, what the checks say; of a group, its members."""
        edition = self._edition
        within = edition.stations.in_area.get(area, ())
        yield list(self._named(sorted(edition.slices.sources(area))))
        yield sorted(edition.slices.forms(area) & edition.pictures.found.keys()) if edition.pictures.found else []
        for name in edition.stations.ids.take(pa.array(within, pa.int64())).to_pylist():
            for contest in edition.addresses.contests:
                if found := edition.findings_about(name, contest.id):
                    yield [name, contest.id, [(link.href, link.severity, says) for link, says in found]]
        for one in edition.stations.some(edition.stations.in_group.get(area, ())):
            yield [one.id, one.name, edition.name(one.area), one.registered]


def _cells(row: Row) -> list[object]:
    return [row.place, row.id, dict(row.cells)]


def _digest(values: Sequence[object]) -> str:
    return hashlib.sha256(json.dumps(values, ensure_ascii=False).encode()).hexdigest()


@cache
def program() -> str:
    """The digest of this program: another version may make another page of the same figures."""
    digest = hashlib.sha256()
    for path, data in _sources(files("tallyroom"), ""):
        digest.update(f"{path} {hashlib.sha256(data).hexdigest()}\n".encode())
    return digest.hexdigest()


def _sources(folder: Traversable, above: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        path = f"{above}/{entry.name}"
        if entry.is_dir() and entry.name not in ("__pycache__", "elections"):
            yield from _sources(entry, path)
        elif entry.name.endswith((".py", ".sql", ".html", ".po", ".css", ".js")):
            yield path, entry.read_bytes()
