"""The data files of a publication: the record as it was read, results, findings, announcements.

The record's own files are copied byte for byte, so that every file and line named on a page can be looked
up in them. The tables of stations and returns are whole in a release only, and `tallyroom tabulate` on its
folder `data` gives `results.json` again; in between, each area has the rows of its stations (`slices.py`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tallyroom.publish.edition import Edition
from tallyroom.publish.slices import sliced
from tallyroom.record.definition import FILE
from tallyroom.record.maps import MAPS
from tallyroom.record.tables import TABLES
from tallyroom.tabulate.results import results_text

__all__ = ["DataFile", "data_files"]


@dataclass(frozen=True)
class DataFile:
    """One data file: where it lies in the site, what it holds, its format, and its bytes or where they are."""

    path: str
    says: str
    format: str
    data: bytes | Path


def data_files(edition: Edition) -> Iterator[DataFile]:
    """Every data file, the results first; of a release with the whole tables of stations and returns."""
    yield DataFile(
        "results.json",
        "Our own results: what the returns add up to, area by area, and the outcome; no announced figure",
        "JSON",
        results_text(edition.results).encode(),
    )
    yield DataFile(
        "data/findings.json", "What the checks saw, what passed, what cannot be checked", "JSON", _findings(edition)
    )
    if edition.announced:
        says = "Every figure that somebody else gave, corrected ones too, with its row and sources"
        yield DataFile("data/announcements.json", says, "JSON", _announcements(edition))
    yield from _record(edition)


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _findings(edition: Edition) -> bytes:
    # The election, not the path that the record was read from: that differs from machine to machine.
    return _json({**edition.report.as_json(), "record": edition.record.election.id})


def _announcements(edition: Edition) -> bytes:
    later = {row["supersedes"]: row.id for row in edition.record.rows("announcements") if row["supersedes"]}
    rows = [
        {
            "id": row.id,
            **{name: value for name, value in row.items() if value and name not in ("id", "source")},
            "sources": row.ids("source"),
            "file": row.file,
            "line": row.line,
            "superseded_by": later.get(row.id),
        }
        for row in edition.record.rows("announcements")
    ]
    return _json({"election": edition.record.election.id, "announcements": rows})


def _record(edition: Edition) -> Iterator[DataFile]:
    record = edition.record
    yield DataFile(
        f"data/{FILE}",
        "The definition of the election: contests, choices, form, rules",
        "TOML",
        record.folder / FILE,
    )
    for table in sorted(record.tables.values(), key=lambda table: table.file):
        if edition.release or not sliced(table):
            kind = "Parquet" if table.file.endswith(".parquet") else "CSV"
            yield DataFile(f"data/{table.file}", _says(edition, table.name), kind, record.folder / table.file)
    for name in record.maps.files:
        yield DataFile(f"data/{name}", f"For the map: {MAPS[name]}", "JSON", record.folder / name)
    if record.claims:
        says = "Claims found by reading, from which rows of the announcements were taken"
        yield DataFile("data/claims.jsonl", says, "JSON Lines", record.folder / "claims.jsonl")
    if record.reuse:
        says = "Which documents repeat which, and which sentences each carried, by their first words"
        yield DataFile("data/reuse.jsonl", says, "JSON Lines", record.folder / "reuse.jsonl")


def _says(edition: Edition, table: str) -> str:
    rows = len(edition.record.tables[table])
    if table in TABLES:
        return f"One row is {TABLES[table].row} ({rows:,} rows)"
    parts = table.split("/")
    read_by = f", as read by {edition.name(parts[1])}" if parts[0] == "copies" else ""
    return f"One row is one act at one station{read_by} ({rows:,} rows)"
