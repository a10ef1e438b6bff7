"""A record, published: tabulated, checked, and written as a folder of plain pages and data files.

Same record and same `at`, same bytes. The clock is never read: the time of publication is passed in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from tallyroom.check.checks import check_record
from tallyroom.check.findings import Report
from tallyroom.publish.datafiles import data_files
from tallyroom.publish.edition import Edition
from tallyroom.publish.folder import new_folder
from tallyroom.publish.language import languages, speaking
from tallyroom.publish.pages import (
    apart,
    areas,
    count,
    data,
    election,
    figures,
    findings,
    front,
    observers,
    polls,
    sources,
    statements,
    turnout,
)
from tallyroom.publish.render import assets, render
from tallyroom.publish.view import Page
from tallyroom.record.folder import Record
from tallyroom.tabulate.results import tabulate

__all__ = ["Published", "publish"]

# In the order of the navigation. A page that would be empty is left out.
_PAGES: tuple[Callable[[Edition], Page | None], ...] = (
    areas.overview,
    apart.page,
    turnout.page,
    count.page,
    polls.page,
    observers.page,
    statements.page,
    election.page,
    findings.page,
    sources.page,
    figures.page,
)


@dataclass(frozen=True)
class Published:
    """Where a site stands, how many files it has, its headline as lines of plain text, and what the checks saw."""

    folder: Path
    files: int
    headline: tuple[str, ...]
    report: Report


def publish(record: Record, to: Path, at: datetime) -> Published:
    """Tabulates and checks a record, and writes its site as the folder `to`, in one exchange.

    at: the time of publication, with its zone.
    Raises CannotWrite where `to` holds anything but an earlier publication.
    """
    if at.tzinfo is None:
        raise ValueError("the time of publication needs its zone")
    results = tabulate(record)
    edition = Edition(record, results, check_record(record, results), at)
    with new_folder(to) as folder:
        for path, content in _files(edition):
            folder.write(path, content)
        folder.finish()
    return Published(to, len(folder.digests) + 1, tuple(front.headline(edition)), edition.report)


def _files(edition: Edition) -> Iterator[tuple[str, bytes]]:
    downloads = []
    for file in data_files(edition):
        downloads.append(
            data.Download(file.path, file.says, file.format, len(file.data), hashlib.sha256(file.data).hexdigest())
        )
        yield file.path, file.data
    yield from assets()
    for tongue in languages():
        with speaking(tongue):
            yield from _pages(edition, downloads, tongue.folder)


def _pages(edition: Edition, downloads: list[data.Download], folder: str) -> Iterator[tuple[str, bytes]]:
    """The pages in the language spoken, which lie in its folder."""
    others = [page for make in _PAGES if (page := make(edition)) is not None]
    others.append(data.page(edition, downloads))
    first = front.page(edition, others)
    entries = [replace(page, view={}) for page in (first, *others) if page.entry]
    for page in (first, *others):
        yield f"{folder}{page.path}", render(edition, page, entries)
    # The pages of areas are many: each is made, written and forgotten before the next.
    del first, others, page
    for page in areas.area_pages(edition):
        yield f"{folder}{page.path}", render(edition, page, entries)
