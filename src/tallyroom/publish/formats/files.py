"""Every file in the format of another program, one after another, each in pieces.

    for file in format_files(record, results, at):
        for piece in file.pieces():
            …
        file.length, file.sha256    # once its pieces have been read

Nothing is held in memory but the piece at hand and the table that it is of. The data package describes what was read
before it, so the files are to be read in this order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from tallyroom.publish.formats import actasum, nist
from tallyroom.publish.formats.datapackage import Described, datapackage
from tallyroom.publish.formats.dictionary import dictionary_markdown, dictionary_table
from tallyroom.publish.formats.nist_files import as_json, as_xml
from tallyroom.publish.formats.parquet import parquet
from tallyroom.publish.formats.plain_json import plain_json
from tallyroom.publish.formats.spreadsheet import spreadsheet
from tallyroom.publish.formats.tables import DataTable, data_tables
from tallyroom.publish.formats.tabulation import tabulation
from tallyroom.record.folder import Record
from tallyroom.tabulate.results import Results

__all__ = ["FormatFile", "format_files"]


@dataclass
class FormatFile:
    """One file. path: in the site; says: what it holds; make: its pieces from the start.

    length and sha256 are known once all its pieces have been read.
    """

    path: str
    says: str
    format: str
    make: Callable[[], Iterable[bytes]] = field(repr=False)
    length: int = -1
    sha256: str = ""

    def pieces(self) -> Iterator[bytes]:
        """What it holds, piece by piece."""
        length, digest = 0, hashlib.sha256()
        for piece in self.make():
            length += len(piece)
            digest.update(piece)
            yield piece
        self.length, self.sha256 = length, digest.hexdigest()


def format_files(record: Record, results: Results, at: datetime, whole: bool = True) -> Iterator[FormatFile]:
    """The tables with their package and dictionary, the report in NIST's format, and what actasum reads.

    results: of every area above the station. at: the time of publication, with its zone. whole: with what grows with
    the number of stations: their tables, their part of the report, and what actasum reads.
    """
    tables = [table for table in data_tables(record, results) if whole or not table.of_stations]
    described = []
    for table in (*tables, dictionary_table(tables)):
        for file in _of_table(table):
            yield file
            if file.format == "CSV":
                path = file.path.removeprefix("data/")
                described.append(Described(path, file.says, file.length, file.sha256, table))
    says = "The tables as a Frictionless Data Package: schemas, keys, lengths and SHA-256"
    yield FormatFile("data/datapackage.json", says, "JSON", lambda: [datapackage(record, described, at)])
    says = "The data dictionary: every column, and what this election's form and contests are"
    yield FormatFile("data/dictionary.md", says, "Markdown", lambda: [dictionary_markdown(record, tables)])
    yield from _of_nist(record, results, at, whole)
    if whole:
        yield from _of_actasum(record, results)
        yield from _of_tabulation(record, results)


def _of_table(table: DataTable) -> Iterator[FormatFile]:
    says = f"One row is {table.row} ({table.cells.num_rows:,} rows)"
    path = f"data/tables/{table.name}"
    yield FormatFile(f"{path}.csv", f"{says}; for spreadsheets", "CSV", lambda: spreadsheet(table))
    if table.name != "dictionary":
        yield FormatFile(f"{path}.json", says, "JSON", lambda: plain_json(table))
        yield FormatFile(f"{path}.parquet", says, "Parquet", lambda: [parquet(table.cells)])


def _of_nist(record: Record, results: Results, at: datetime, whole: bool) -> Iterator[FormatFile]:
    report = nist.report(record, results, at, whole)
    says = "Our own results in the Common Data Format of NIST SP 1500-100r2"
    yield FormatFile("data/nist-1500-100.json", says, "JSON", lambda: [as_json(report)])
    yield FormatFile("data/nist-1500-100.xml", says, "XML", lambda: [as_xml(report)])


def _of_actasum(record: Record, results: Results) -> Iterator[FormatFile]:
    counted = {c.contest for c in results.contests if c.outcome.status != "nothing-to-tabulate"}
    for contest in record.election.contests:
        if contest.id in counted:
            yield from _of_contest(record, results, contest.id)


def _of_tabulation(record: Record, results: Results) -> Iterator[FormatFile]:
    if any(c.outcome.status != "nothing-to-tabulate" for c in results.contests):
        for name, row, make in tabulation(record):
            says = f"One row is {row}; one of the five tables that the SQL reads"
            yield FormatFile(f"data/tabulation/{name}.parquet", says, "Parquet", make)


def _of_contest(record: Record, results: Results, name: str) -> Iterator[FormatFile]:
    contest = record.election.contest(name)
    assert contest is not None, "a result is of a contest"
    start = f"data/actasum/{name}"
    says = "Each accepted act as a statement that actasum adds up"
    yield FormatFile(f"{start}.statements.jsonl", says, "JSON Lines", lambda: actasum.statements(record, contest))
    for level in actasum.levels(record):
        own = actasum.tabulated_totals(record, contest, results, level)
        says = f"Our own totals at the level {level.name}, for actasum to hold against its sums"
        yield FormatFile(f"{start}.{level.name}.totals.json", says, "JSON", _just(own))
        announced = actasum.announced_totals(record, contest, level)
        if announced is not None:
            says = f"Totals that others announced at the level {level.name}, for actasum to hold against its sums"
            yield FormatFile(f"{start}.{level.name}.announced.json", says, "JSON", _just(announced))


def _just(data: bytes) -> Callable[[], list[bytes]]:
    return lambda: [data]
