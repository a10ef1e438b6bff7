"""A record, published: tabulated, checked, and written as a folder of plain pages and data files.

    data files, rows of stations    what is new or changed in them shows beside those that stand
    pages                           made anew where what they show is new; else the file that stands is kept
    front files                     front pages, status.json, feed.atom, publications.json, manifest: last
    a release                       with the whole tables, and all of it in one zip

Same record and same `at`, same bytes; where a publication stands already, its history goes on. The clock is
never read: the time of publication is passed in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from tallyroom.check.checks import check_record
from tallyroom.check.findings import Report
from tallyroom.errors import CannotWrite
from tallyroom.publish import history, pagefiles
from tallyroom.publish.datafiles import data_files
from tallyroom.publish.differences import Difference, Differences, announced
from tallyroom.publish.edition import Edition
from tallyroom.publish.feed import feed
from tallyroom.publish.folder import NewFolder, new_folder
from tallyroom.publish.history import History, read_history
from tallyroom.publish.inputs import Inputs
from tallyroom.publish.language import Language, languages, speaking
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
    polls,
    search,
    sources,
    statements,
    trace,
    turnout,
)
from tallyroom.publish.reckoning import reckoning_files
from tallyroom.publish.render import assets, render
from tallyroom.publish.searchindex import write_search
from tallyroom.publish.status import status_json
from tallyroom.publish.view import Page
from tallyroom.record.dates import read_date
from tallyroom.record.folder import Record
from tallyroom.tabulate.comparison import Comparison
from tallyroom.tabulate.results import tabulate

__all__ = ["Published", "publish"]

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
    observers.page,
    statements.page,
    election.page,
    findings.page,
    evidence.page,
    embed.page,
    sources.page,
    figures.page,
)
_SLICED = ("stations/", "returns/", "copies/")
_SHOWN = 20


@dataclass(frozen=True)
class Published:
    """What stands now: where, the number of the publication, its headline in plain text, what the checks saw.

    files: how many there are. written: how many of them are new or changed; 0 where nothing was published
    because nothing was new.
    """

    folder: Path
    number: int
    files: int
    written: int
    headline: tuple[str, ...]
    report: Report


def publish(
    record: Record,
    to: Path,
    at: datetime,
    *,
    release: bool = False,
    because: str = "",
    address: str = "",
    comparison: Comparison | None = None,
) -> Published:
    """Tabulates and checks a record, and writes its site as the folder `to`, in one exchange.

    at: the time of publication, with its zone. because: why published figures are changed or taken away, where
    they are. address: where the site will stand, such as `https://results.example.org/2031/`. comparison: with an
    earlier election, to be shown too.
    Raises CannotWrite where `to` holds anything but an earlier publication of this election; before the day of the
    vote; and where a published figure is changed or gone and nobody says why.
    """
    if at.tzinfo is None:
        raise ValueError("the time of publication needs its zone")
    _not_before_the_vote(record, at)
    results = tabulate(record)
    report = check_record(record, results)
    edition = Edition(record, results, report, at, comparison=comparison, address=address, release=release)
    with new_folder(to) as folder:
        return _Making(edition, folder, _history(folder, record, to)).made(to, because)


class _Making:
    """One publication on its way into its folder. past: the publications before it."""

    def __init__(self, edition: Edition, folder: NewFolder, past: History) -> None:
        self.edition = edition
        self.folder = folder
        self.past = past
        self.pages = PageFiles(edition, folder)
        self.differences = Differences()
        self.rows: dict[str, list[str]] = {}  # area → the digests of the files with its stations' rows

    def made(self, to: Path, because: str) -> Published:
        """Writes all of it; nothing where nothing is new."""
        downloads = self._data()
        self._rows()
        if (lost := self.differences.lost) and not because:
            raise CannotWrite(_says_lost(to, lost))
        shells = {tongue.code: self._pages(tongue, downloads) for tongue in languages()}
        if new := self._new():
            results = self.folder.digests["results.json"]
            self.past = self.past.and_then(self.edition, results, self.differences, because, "")
            for tongue in languages():
                self._front(tongue, shells[tongue.code], downloads)
            self._front_files()
            self.folder.finish()
        last = self.past.last
        assert last is not None
        written = len(self.folder.written) if new else 0
        files = len(self.folder.digests if new else self.folder.listed) + 1
        return Published(to, last.number, files, written, tuple(front.headline(self.edition)), self.edition.report)

    def _data(self) -> list[data.Download]:
        """The data files, and what is different in the announced figures."""
        old = self.folder.published("data/announcements.json")
        downloads = []
        for file in (*data_files(self.edition), *reckoning_files(self.edition)):
            if isinstance(file.data, Path):
                self.folder.add(file.path, file.data)
            else:
                self.folder.write(file.path, file.data)
                if file.path == "data/announcements.json" and old is not None:
                    self.differences.found += announced(old, file.data)
            length = (self.folder.folder / file.path).stat().st_size
            downloads.append(data.Download(file.path, file.says, file.format, length, self.folder.digests[file.path]))
        for name, content in assets():
            self.folder.write(name, content)
        for picture in self.edition.pictures.found.values():
            self.folder.add(picture.path, picture.file)
        write_search(self.edition, self.folder)
        return downloads

    def _rows(self) -> None:
        """The rows of stations by area, and what is different in them."""
        for area in self.edition.addresses.areas:
            for one in self.edition.slices.of(area):
                old = self.folder.published(one.path)
                if self.past.last:
                    self.differences.add(one.table, area, old or b"", one.data)
                self.folder.write(one.path, one.data)
                self.rows.setdefault(area, []).append(self.folder.digests[one.path])
        for path in self.folder.gone:
            if path.startswith(_SLICED):
                table, _, area = path.removesuffix(".csv").rpartition("/")
                self.differences.add(table, area, self.folder.published(path) or b"", b"")

    def _pages(self, tongue: Language, downloads: Sequence[data.Download]) -> list[Page]:
        """Writes the pages of a language but the front ones; returns all but the first, without what they show."""
        with speaking(tongue):
            edition = self.edition
            others = [page for make in _PAGES if (page := make(edition)) is not None]
            others += atlas.further(edition)
            shells = [replace(page, view={}) for page in (*others, *self._later(downloads))]
            entries = _entries(edition, shells)
            for page in others:
                self.pages.write(f"{tongue.folder}{page.path}", render(edition, page, entries))
            del others
            self._area_pages(tongue, entries)
        return shells

    def _later(self, downloads: Sequence[data.Download]) -> tuple[Page, Page]:
        """The pages that tell of this publication itself."""
        return changes.page(self.edition, self.past), data.page(self.edition, downloads)

    def _area_pages(self, tongue: Language, entries: list[Page]) -> None:
        """The pages of areas are many: each is made, written and forgotten before the next."""
        inputs = Inputs(self.edition, entries)
        make, embeds = areas.AreaPages(self.edition), embed.Embeds(self.edition)
        for area in make.areas:
            of = inputs.of(area, self.rows.get(area, ()))
            of_area = (*make.paths(area), *trace.paths(self.edition, area), *embeds.paths(area))
            paths = [f"{tongue.folder}{path}" for path in of_area]
            if not all(self.pages.keep(path, of) for path in paths):
                for page in (*make.pages(area), *trace.pages(self.edition, area), *embeds.pages(area)):
                    if f"{tongue.folder}{page.path}" not in self.folder.digests:
                        self.pages.write(f"{tongue.folder}{page.path}", render(self.edition, page, entries), of)
        if not self.edition.counted:  # then there are no pages of areas, but the whole as announced can be embedded
            for page in (page for area in embeds.areas for page in embeds.pages(area)):
                self.pages.write(f"{tongue.folder}{page.path}", render(self.edition, page, entries))

    def _new(self) -> bool:
        """Whether there is anything to publish beside the time."""
        fronts = {f"{tongue.folder}{name}" for tongue in languages() for name in _FRONTS}
        return bool(self.folder.written or set(self.folder.gone) - fronts)

    def _front(self, tongue: Language, shells: Sequence[Page], downloads: Sequence[data.Download]) -> None:
        """Writes the pages that tell of this publication."""
        with speaking(tongue):
            edition = self.edition
            later = self._later(downloads)
            first = front.page(edition, shells)
            first = replace(first, view={**first.view, "since": changes.since(edition, self.past)})
            for page in (first, *later):
                self.pages.write(f"{tongue.folder}{page.path}", render(edition, page, _entries(edition, shells)))

    def _front_files(self) -> None:
        last = self.past.last
        assert last is not None
        self.folder.write("status.json", status_json(self.edition, last))
        self.folder.write("feed.atom", feed(self.edition, self.past))
        self.folder.write(history.FILE, self.past.data())
        self.folder.write(pagefiles.FILE, self.pages.data())


_FRONTS = ("index.html", "changes.html", "data.html", "status.json", "feed.atom", history.FILE, pagefiles.FILE)


def _entries(edition: Edition, shells: Sequence[Page]) -> list[Page]:
    """The navigation."""
    return [front.shell(), *(page for page in shells if page.entry)]


def _not_before_the_vote(record: Record, at: datetime) -> None:
    """No figure of a real election is shown before its day: whoever tries things out says `synthetic = true`."""
    election = record.election
    day = read_date(election.date, election.zone).first
    returns = [name for name, table in record.tables.items() if name.startswith("returns/") and len(table)]
    if returns and not election.synthetic and at < day:
        raise CannotWrite(
            f"The vote is on {election.date}, and the record has rows in {', '.join(sorted(returns))}. Nothing is "
            "published of returns before that day. A rehearsal is an election of its own, with synthetic = true."
        )


def _history(folder: NewFolder, record: Record, to: Path) -> History:
    """The publications that stand there. Raises CannotWrite for those of another election."""
    read = folder.published(history.FILE)
    if read is None:
        return History(record.election.id)
    past = read_history(read)
    if past.election != record.election.id:
        raise CannotWrite(
            f"{to} is the site of {past.election}, and this record is {record.election.id}. "
            "An election keeps its address: name another folder."
        )
    return past


def _says_lost(to: Path, lost: Sequence[Difference]) -> str:
    rows = [f"  {one.table}, {one.row}: {one.kind}{_cells(one)}" for one in lost[:_SHOWN]]
    more = [f"  and {len(lost) - _SHOWN:,} more"] if len(lost) > _SHOWN else []
    return "\n".join(
        [
            f"{len(lost):,} published rows are not as they stand in {to}:",
            *rows,
            *more,
            "A correction is a new act, or a new row that supersedes the old one. To change what was published "
            'all the same, say why: --because "…"; the reason is published with it.',
        ]
    )


def _cells(one: Difference) -> str:
    said = [f"{column} {one.was.get(column) or 'empty'} → {now or 'empty'}" for column, now in one.now.items()]
    return f" ({', '.join(said)})" if said else ""
