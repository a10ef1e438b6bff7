"""The rows of a published site, put together again as a record, held against the log, and added up anew.

The tables of stations are published area by area (`slices.py`), in a release whole as well. Either way every row must
be the one that was logged, and every logged row must be there.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tallyroom.errors import CannotReadRecord, CannotTabulate, Fault, NotFound
from tallyroom.publish.salts import salted_with
from tallyroom.publish.sitefiles import read_of
from tallyroom.publish.verdict import Wrong
from tallyroom.publish.verifylog import VerifiedLog
from tallyroom.record.definition import FILE
from tallyroom.record.entries import row_entries, shape_of
from tallyroom.record.folder import Record, read_record
from tallyroom.record.ledger import Logged
from tallyroom.record.rows import Table
from tallyroom.tabulate.results import results_text, tabulate

__all__ = ["RESULTS", "Assembled", "Rows", "are_sliced", "assemble", "verify_results"]

RESULTS = "results.json"
_DATA = "data/"
_BESIDE = ("claims.jsonl", "reuse.jsonl")
_SLICE = re.compile(r"(stations|returns/[^/]+|copies/[^/]+/[^/]+)/[^/]+\.csv")
_SALT_LETTERS = 32
_SALT = re.compile(rf"[0-9a-f]{{{_SALT_LETTERS}}}")
_UNKNOWN = "salted:?"
_UNSALTED = b'"form":"salted:?"'  # in a row's entry: within text the quotes would be escaped
_SHOWN = 20
# File of the record → where each piece of it begins, and in which file of the site it stands.
Places = Mapping[str, Sequence[tuple[int, str]]]


@dataclass(frozen=True)
class Assembled:
    """A record made of a site's files, and where in the site its lines stand."""

    record: Record
    places: Places

    def wrong(self, file: str, line: int, says: str) -> Wrong:
        """What is wrong at a line of the record, said of the site's file."""
        return _placed(self.places, file, line, says)


def _placed(places: Places, file: str, line: int, says: str) -> Wrong:
    path, at = f"{_DATA}{file}", line
    for start, piece in places.get(file, ()):
        if line < start and line:
            break
        path, at = piece, line - start + 2 if line else 0
    return Wrong(path, says, at)


def are_sliced(paths: Sequence[str]) -> bool:
    """Whether any of these is a table of one area."""
    return any(_SLICE.fullmatch(path) for path in paths)


def assemble(files: Mapping[str, Path], folder: Path, *, by_area: bool) -> Assembled | list[Wrong]:
    """The record in the files of a site, written into an empty folder and read; or why it cannot be read.

    files: path in the site → a copy of it. by_area: the tables of stations are those by area, else whole ones.
    """
    for path, file in files.items():
        if _is_of_record(path.removeprefix(_DATA)) and path.startswith(_DATA):
            _put(folder / path.removeprefix(_DATA), file.read_bytes())
    places: dict[str, list[tuple[int, str]]] = {}
    if by_area:
        try:
            places = dict(_joined(files, folder))
        except ValueError as error:
            return [Wrong(str(error), "its first line is not that of the other areas' files of this table.")]
    try:
        return Assembled(read_record(folder), places)
    except CannotReadRecord as error:
        told = [(fault, Fault("", 0, fault.column, fault.found, fault.expected)) for fault in error.faults[:_SHOWN]]
        return [_placed(places, fault.file, fault.line, str(says).removeprefix(": ")) for fault, says in told]
    except NotFound:
        return [Wrong(f"{_DATA}{FILE}", "missing, so there is no record to add up.")]


def _is_of_record(name: str) -> bool:
    stem, _, ending = name.rpartition(".")
    return name in (FILE, *_BESIDE) or (ending in ("csv", "parquet") and shape_of(stem) is not None)


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _joined(files: Mapping[str, Path], folder: Path) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """Writes each table from its files by area, in place of a whole one; yields its file and where pieces begin."""
    tables: dict[str, list[str]] = {}
    for path in files:
        if match := _SLICE.fullmatch(path):
            tables.setdefault(f"{match[1]}.csv", []).append(path)
    for table, paths in tables.items():
        (folder / table).with_suffix(".parquet").unlink(missing_ok=True)
        first, pieces, line, starts = b"", list[bytes](), 2, list[tuple[int, str]]()
        for path in paths:
            header, _, rows = files[path].read_bytes().partition(b"\n")
            if first not in (b"", header):
                raise ValueError(path)
            first = header
            starts.append((line, path))
            pieces.append(rows)
            line += rows.count(b"\n")
        _put(folder / table, b"".join([first, b"\n", *pieces]))
        yield table, starts


class Rows:
    """The rows of a site held against what was logged.

    salts: SHA-256 of a picture → the file with its salt. checked: how many rows are as they were logged.
    without_salt: how many of them but for their picture, whose salt was taken away.
    """

    def __init__(self, log: VerifiedLog, salts: Mapping[str, Path]) -> None:
        self.checked = 0
        self.without_salt = 0
        self._log = log
        self._ledger = log.ledger
        self._salts = salts

    def wrong(self, assembled: Assembled) -> list[Wrong]:
        """What differs: rows that are not as logged, are not logged, or are not there."""
        there: set[tuple[str, str]] = set()
        found: list[Wrong] = []
        for table in assembled.record.tables.values():
            found += self._differing(assembled, table, there)
        files = {table.name: table.file for table in assembled.record.tables.values()}
        for (table_name, key), logged in self._ledger.rows.items():
            if (table_name, key) not in there:
                says = f"the row {key} of {table_name}, which was logged as entry {logged.index}, is missing."
                found.append(assembled.wrong(files.get(table_name, f"{table_name}.csv"), 0, says))
        return _first(found)

    def _differing(self, assembled: Assembled, table: Table, there: set[tuple[str, str]]) -> Iterator[Wrong]:
        for (key, data), line in zip(row_entries(table, self._salted), table.lines, strict=True):
            unsalted = _UNSALTED in data
            there.add((table.name, key))
            logged = self._ledger.rows.get((table.name, key))
            if logged is None:
                yield assembled.wrong(table.file, line, f"the row {key} is not in the log.")
            elif self._is_logged(data, logged, unsalted):
                self.checked += 1
                self.without_salt += unsalted
            else:
                says = f"the row {key} is not as it was logged, as entry {logged.index}."
                yield assembled.wrong(table.file, line, says)

    def _is_logged(self, data: bytes, logged: Logged, unsalted: bool) -> bool:
        if unsalted:
            return _but_for_picture(data) == _but_for_picture(self._log.entry(logged.index))
        return logged.sha256 == hashlib.sha256(data).digest()

    def _salted(self, sha256: str) -> str:
        file = self._salts.get(sha256)
        text = read_of(file, _SALT_LETTERS).decode("ascii", "replace") if file else ""
        return salted_with(bytes.fromhex(text), sha256) if _SALT.fullmatch(text) else _UNKNOWN


def _but_for_picture(data: bytes) -> object:
    """A row's entry with a picture named in it, whichever that is."""
    entry = json.loads(data)
    entry["row"]["form"] = bool(entry["row"].get("form"))
    return entry


def verify_results(assembled: Assembled, published: bytes) -> list[Wrong]:
    """What is wrong with the published results: nothing where adding up the rows makes the same bytes."""
    try:
        ours = results_text(tabulate(assembled.record)).encode()
    except CannotTabulate as error:
        return [Wrong(RESULTS, f"the rows cannot be added up: {error}")]
    if ours == published:
        return []
    lines = zip(ours.split(b"\n"), published.split(b"\n"), strict=False)
    line, (one, other) = next(((n, pair) for n, pair in enumerate(lines, 1) if pair[0] != pair[1]), (0, (b"", b"")))
    says = f"the rows make {_short(one)}, the results say {_short(other)}." if line else "the rows make other results."
    return [Wrong(RESULTS, says, line)]


def _short(line: bytes) -> str:
    return line.decode("utf-8", "replace").strip().removesuffix(",")[:80] or "nothing more"


def _first(found: list[Wrong]) -> list[Wrong]:
    more = len(found) - _SHOWN
    return found if more <= 0 else [*found[:_SHOWN], Wrong("", f"and {more:,} more rows.")]
