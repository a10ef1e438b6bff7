"""One publication being written into its folder.

data files, rows of stations    what is new or changed in them shows beside those that stand
pages                           made anew where what they show is new; else the file that stands is kept
front files                     what tells of the publication itself, and other programs' formats: last, and
                                only where there is anything new
a release                       with the whole tables, and all of it in one zip that stays
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC
from pathlib import Path

from tallyroom.publish import cards, history, pagefiles
from tallyroom.publish.datafiles import data_files
from tallyroom.publish.differences import Difference, Differences, announced
from tallyroom.publish.edition import Edition
from tallyroom.publish.feed import feed
from tallyroom.publish.folder import MANIFEST, NewFolder, digest
from tallyroom.publish.formats.bundle import write_zip
from tallyroom.publish.formats.files import format_files
from tallyroom.publish.history import History
from tallyroom.publish.inputs import Inputs
from tallyroom.publish.language import Language, languages, speaking
from tallyroom.publish.logbook import Logbook
from tallyroom.publish.pagefiles import PageFiles
from tallyroom.publish.pages import (
    apart,
    areas,
    atlas,
    changes,
    compare,
    count,
    data,
    election,
    embed,
    evidence,
    figures,
    findings,
    front,
    observers,
    patterns,
    polls,
    said,
    search,
    sources,
    statements,
    trace,
    turnout,
    verifying,
)
from tallyroom.publish.pages.patterns import patterns_files
from tallyroom.publish.pages.polldata import poll_files
from tallyroom.publish.prooffiles import proof_files
from tallyroom.publish.reckoning import reckoning_files
from tallyroom.publish.render import assets, render
from tallyroom.publish.rules import changed_rules
from tallyroom.publish.searchindex import write_search
from tallyroom.publish.slices import SLICED
from tallyroom.publish.status import status_json
from tallyroom.publish.view import Page
from tallyroom.record.definition import Election

__all__ = ["RELEASES", "Making"]

RELEASES = "releases/"
# In the order of the navigation. A page that would be empty is left out.
_PAGES: tuple[Callable[[Edition], Page | None], ...] = (
    areas.overview,
    atlas.page,
    search.page,
    apart.page,
    compare.page,
    turnout.page,
    count.page,
    polls.page,
    patterns.page,
    observers.page,
    statements.page,
    said.page,
    election.page,
    findings.page,
    evidence.page,
    verifying.page,
    embed.page,
    sources.page,
    figures.page,
)


class Making:
    """Writes an edition: `data`, then `pages`, then, where anything is `new`, `front`. past: what was published.

    book: the record's log, its rows appended.
    """

    def __init__(self, edition: Edition, folder: NewFolder, past: History, book: Logbook | None) -> None:
        self.edition = edition
        self.folder = folder
        self.past = past
        self._book = book
        self._pages = PageFiles(edition, folder)
        self._downloads: list[data.Download] = []
        self._shells: dict[str, list[Page]] = {}  # by language: the pages that stand in the navigation or are led to
        self._differences = Differences()
        self._codes = {tongue.code for tongue in languages()}
        self._rows: dict[str, list[str]] = {}  # area → the digests of the files with its stations' rows

    @property
    def lost(self) -> list[Difference]:
        """The published rows that are not there as they were."""
        return self._differences.lost

    @property
    def new(self) -> bool:
        """Whether there is anything to publish beside the time."""
        last, changed = self.past.last, self._written | self._gone
        if last and last.release and not self.edition.release:
            # The pages of a release lead to its whole tables; that alone is nothing new.
            changed = {path for path in changed if path.startswith(_DATA)}
        told = self._book is not None and self._book.has_news
        return last is None or bool(changed) or told or (self.edition.release and not last.release)

    @property
    def _written(self) -> set[str]:
        return {path for path in self.folder.written if not self._tells_of_itself(path)}

    @property
    def _gone(self) -> set[str]:
        """The files that are no longer there; what only a release has is not missed."""
        whole = {f"data/{table.file}" for table in self.edition.record.tables.values()}
        return {path for path in self.folder.gone if path not in whole and not self._tells_of_itself(path)}

    def _tells_of_itself(self, path: str) -> bool:
        """Whether a file is of this publication, and not only of what it publishes."""
        folder, _, rest = path.partition("/")
        name = rest if folder in self._codes else path
        return name in _FRONTS or path.startswith(_OF_PUBLICATION)

    # What is published

    def data(self, before: Election | None) -> None:
        """The data files and the rows of stations, and what is different in them.

        before: the definition as it was published before.
        """
        if before:
            self._differences.found += changed_rules(before, self.edition.record.election)
        old = self.folder.published("data/announcements.json")
        for file in (
            *data_files(self.edition),
            *reckoning_files(self.edition),
            *patterns_files(self.edition),
            *poll_files(self.edition),
        ):
            if isinstance(file.data, Path):
                self.folder.add(file.path, file.data)
            else:
                self.folder.write(file.path, file.data)
                if file.path == "data/announcements.json" and old is not None:
                    self._differences.found += announced(old, file.data)
            self._download(file.path, file.says, file.format)
        for name, content in assets():
            self.folder.write(name, content)
        for path, content in self._book.site_files() if self._book else ():
            self.folder.write(path, content)
        for picture in self.edition.pictures.found.values():
            self.folder.add(picture.path, picture.file)
        write_search(self.edition, self.folder)
        self._slices()

    def _download(self, path: str, says: str, kind: str) -> None:
        length = (self.folder.folder / path).stat().st_size
        self._downloads.append(data.Download(path, says, kind, length, self.folder.digests[path]))

    def _slices(self) -> None:
        for area in self.edition.addresses.areas:
            for one in self.edition.slices.of(area):
                old = self.folder.published(one.path)
                if self.past.last:
                    self._differences.add(one.table, area, old or b"", one.data)
                self.folder.write(one.path, one.data)
                self._rows.setdefault(area, []).append(self.folder.digests[one.path])
        for path in self.folder.gone:
            if path.startswith(SLICED):
                table, _, area = path.removesuffix(".csv").rpartition("/")
                self._differences.add(table, area, self.folder.published(path) or b"", b"")

    def pages(self) -> None:
        """The pages in every language, but those that tell of this publication."""
        for tongue in languages():
            with speaking(tongue):
                edition = self.edition
                pages = [page for make in _PAGES if (page := make(edition)) is not None]
                pages += atlas.further(edition)
                shells = [replace(page, view={}) for page in pages]
                entries = _entries(shells)
                for page in pages:
                    if page.path not in _FRONTS:
                        self._write(tongue, page, entries)
                del pages
                self._area_pages(tongue, entries)
                self._shells[tongue.code] = shells

    def _write(self, tongue: Language, page: Page, entries: list[Page], of: str = "") -> None:
        self._pages.write(f"{tongue.folder}{page.path}", render(self.edition, page, entries), of)

    def _area_pages(self, tongue: Language, entries: list[Page]) -> None:
        """The pages of areas are many: each is made, written and forgotten before the next."""
        inputs = Inputs(self.edition, entries)
        make, embeds = areas.AreaPages(self.edition), embed.Embeds(self.edition)
        for area in make.areas:
            of = inputs.of(area, self._rows.get(area, ()))
            of_area = (*make.paths(area), *trace.paths(self.edition, area), *embeds.paths(area))
            paths = [f"{tongue.folder}{path}" for path in of_area]
            if not all(self._pages.keep(path, of) for path in paths):
                for page in (*make.pages(area), *trace.pages(self.edition, area), *embeds.pages(area)):
                    if f"{tongue.folder}{page.path}" not in self.folder.digests:
                        self._write(tongue, page, entries, of)
        if not self.edition.counted:  # then there are no pages of areas, but the whole as announced can be embedded
            for page in (page for area in embeds.areas for page in embeds.pages(area)):
                self._write(tongue, page, entries)

    # The publication itself

    def front(self, because: str) -> None:
        """What tells of this publication, and the whole as it stands; the log is told of it."""
        at = self.edition.at
        release = ""
        if self.edition.release:
            release = f"{RELEASES}{at.astimezone(UTC):%Y%m%dT%H%M%SZ}/{self.edition.record.election.id}.zip"
        withdrawn = self._forget()
        results = self.folder.digests["results.json"]
        number = max(self.past.next, self._book.next_number if self._book else 1)
        self.past = self.past.and_then(self.edition, results, self._differences, because, release, number)
        self._formats()
        for tongue in languages():
            with speaking(tongue):
                self._front_pages(tongue)
        last = self.past.publications[-1]
        self.folder.write("status.json", status_json(self.edition, last))
        self.folder.write("feed.atom", feed(self.edition, self.past))
        self.folder.write(history.FILE, self.past.data())
        self.folder.write(pagefiles.FILE, self._pages.data())
        for path, content in proof_files(self._book) if self._book else ():
            self.folder.write(path, content)
        self.folder.finish()
        self.folder.keep_apart(RELEASES, withdrawn)
        if release:
            self._bundle(release)
        if self._book:
            self.folder.settle()
            self._book.publish(last.at, results, digest(self.folder.manifest))
            for path, content in self._book.files():
                self.folder.write(path, content)

    def _forget(self) -> set[str]:
        """Forgets what rows said that were taken out of the log; the folders of releases that hold such rows."""
        if self._book is None or not self._book.ledger.redacted:
            return set()
        releases = {one.release for one in self.past.publications if one.release}
        withdrawn = {one for one in releases if self._book.holds_redacted(self._manifest_of(one))}
        gone = {(one.table, one.row, one.station) for one in self._differences.found if one.kind == "gone"}
        self._differences.forget_gone()
        self.past = self.past.forgetting(gone, withdrawn)
        return {one.rpartition("/")[0] for one in withdrawn}

    def _manifest_of(self, release: str) -> str:
        """The SHA-256 of the manifest beside an earlier release; empty where it is not there."""
        path = (self.folder.earlier / release).parent / MANIFEST
        return digest(path.read_bytes()) if path.is_file() else ""

    def _formats(self) -> None:
        for file in format_files(self.edition.record, self.edition.results, self.edition.at, self.edition.release):
            self.folder.write_pieces(file.path, file.pieces())
            self._download(file.path, file.says, file.format)

    def _front_pages(self, tongue: Language) -> None:
        edition, shells = self.edition, self._shells[tongue.code]
        later = (changes.page(edition, self.past), data.page(edition, self._downloads, self.past))
        checkable = evidence.page(edition)  # it tells the state of the log, which every publication makes another one
        entries = _entries(shells)
        first = front.page(edition, [*shells, *later])
        first = replace(first, view={**first.view, "since": changes.since(edition, self.past)})
        for page in (first, *later, *([checkable] if checkable else [])):
            self._write(tongue, page, entries)
        if (picture := cards.card(edition)) is not None:
            self.folder.write(f"{tongue.folder}{cards.PATH}", picture)

    def _bundle(self, path: str) -> None:
        """The zip of every file of the manifest and the manifest itself, and that manifest beside it."""
        folder, top = self.folder.folder, self.edition.record.election.id
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        write_zip(target, folder, [*self.folder.digests, MANIFEST], top, self.edition.at)
        (target.parent / MANIFEST).write_bytes(self.folder.manifest)


_FRONTS = (
    *("index.html", "changes.html", "data.html", "evidence.html", cards.PATH),
    *("status.json", "feed.atom", history.FILE, pagefiles.FILE, "data/datapackage.json"),
)
_DATA = ("results.json", "data/", *SLICED)
_OF_PUBLICATION = (
    *("verify/", "data/tables/", "data/actasum/", "data/tabulation/"),
    *("data/nist-1500-100.", "data/dictionary.md"),
)


def _entries(shells: Iterable[Page]) -> list[Page]:
    """The navigation."""
    return [front.shell(), *(page for page in shells if page.entry), changes.shell(), data.shell()]
