"""The data files of a publication, each with what it is, its format and its size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tallyroom.publish import numbers
from tallyroom.publish.edition import Edition
from tallyroom.publish.language import say, say_n
from tallyroom.publish.view import Page

__all__ = ["Download", "page"]


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


def page(edition: Edition, downloads: Sequence[Download]) -> Page:
    """The page; every publication has one."""
    view: dict[str, object] = {"downloads": downloads, "total": numbers.size(sum(d.length for d in downloads))}
    summary = say_n(
        "{n} file: the record, the results and the findings, to check and to use.",
        "{n} files: the record, the results and the findings, to check and to use.",
        len(downloads),
    )
    return Page("data.html", say("Data"), "data.html", view, say("Data"), summary)
