"""The data behind the page on polls and samples: what `poll compare` and `poll estimate` print, as files."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tallyroom.publish.datafiles import DataFile
from tallyroom.publish.edition import Edition
from tallyroom.publish.language import marked, say
from tallyroom.publish.view import Link

__all__ = ["ASKED", "poll_files", "quick_counts_data"]

ASKED = "data/poll-comparison.json"
_COUNTED = "data/quick-counts.json"


def poll_files(edition: Edition) -> Iterator[DataFile]:
    """Polls beside results, and the quick counts with all their looks; each where the record has any."""
    if edition.record.current("polls"):
        from tallyroom.polls.published import published_polls, results_of
        from tallyroom.polls.report import polls_json

        told = polls_json(edition.record, published_polls(edition.record), results_of(edition.record, edition.results))
        says = marked("Polls beside each result: design, differences, intervals, and what is not known of them")
        yield DataFile(ASKED, says, "JSON", _json(told))
    if edition.quick_counts:
        says = marked("Quick counts: how they were drawn, every estimate and look, and where copies differ")
        yield DataFile(_COUNTED, says, "JSON", _json([told for _, told in edition.quick_counts]))


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def quick_counts_data(edition: Edition) -> list[Link]:
    """Where the figures of the quick counts lie."""
    tables = edition.record.tables
    files = [(name, tables[name].file) for name in ("samples", "drawn") if name in tables]
    called = {"samples": say("The samples"), "drawn": say("The stations drawn, with their replacements")}
    top = edition.addresses.top
    links = [Link(called[name], f"{top}data/{file}") for name, file in files]
    if edition.quick_counts:
        links.append(Link(say("All figures of the quick counts as data"), f"{top}{_COUNTED}"))
    return links
