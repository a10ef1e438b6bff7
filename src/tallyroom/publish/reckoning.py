"""How the figures were made, as files beside them: the SQL of the tabulation, and the counts of a comparison."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tallyroom.publish.datafiles import DataFile
from tallyroom.publish.edition import Edition
from tallyroom.publish.language import marked
from tallyroom.tabulate.engine import query

__all__ = ["QUERIES", "reckoning_files"]

QUERIES = ("votes", "figures", "turnout", "acts", "stations", "to_come")


def reckoning_files(edition: Edition) -> Iterator[DataFile]:
    """The SQL files, where there are returns to add up; the comparison, where one was asked for."""
    if edition.counted:
        for name in QUERIES:
            text = query(name)
            yield DataFile(f"data/sql/{name}.sql", _first_sentence(text), "SQL", text.encode())
    if edition.comparison is not None:
        says = marked("This election beside an earlier one: the counts at the stations of both")
        data = json.dumps(edition.comparison.as_json(), ensure_ascii=False, indent=1) + "\n"
        yield DataFile("data/comparison.json", says, "JSON", data.encode())


def _first_sentence(text: str) -> str:
    """What a query is for, from the comment that it begins with."""
    lines = [line.removeprefix("--").strip() for line in text.splitlines() if line.startswith("--")]
    return " ".join(lines).partition(". ")[0].removesuffix(".")
