"""The data files of a publication, each with what it is, its format and its size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tallyroom.publish import numbers
from tallyroom.publish.edition import Edition
from tallyroom.publish.history import History
from tallyroom.publish.language import say, say_n
from tallyroom.publish.view import Page

__all__ = ["Download", "page", "shell"]


@dataclass(frozen=True)
class Download:
    """One data file. path: relative to the site; says: what it holds."""

    path: str
    says: str
    format: str
    length: int
    sha256: str

    @property
    def size(self) -> str:
        """Its length as people say it."""
        return numbers.size(self.length)


def page(edition: Edition, downloads: Sequence[Download], past: History) -> Page:
    """The page; every publication has one. past: the publications up to this one."""
    releases = [(edition.moment(one.moment), one.release) for one in reversed(past.publications) if one.release]
    view: dict[str, object] = {
        "downloads": downloads,
        "total": numbers.size(sum(d.length for d in downloads)),
        "whole": edition.release or not edition.record.tables.keys() & {"stations", *_returns(edition)},
        "releases": releases,
    }
    summary = say_n(
        "{n} file: the record, the results and the findings, to check and to use.",
        "{n} files: the record, the results and the findings, to check and to use.",
        len(downloads),
    )
    return replace(shell(), view=view, summary=summary)


def shell() -> Page:
    """The page without what it shows: its place in the navigation."""
    return Page("data.html", say("Data"), "data.html", {}, say("Data"))


def _returns(edition: Edition) -> list[str]:
    return [name for name in edition.record.tables if name.startswith(("returns/", "copies/"))]
