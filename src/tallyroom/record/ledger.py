"""What a log's entries say of an election, taken one after another: a pure fold, the same for whoever takes it.

An entry that does not follow from the ones before it stops the fold: a row that is there already, a correction of
what is not there or is corrected already, an act whose predecessor is missing, a publication out of number.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from tallyroom.errors import CannotTrust
from tallyroom.record.entries import Entry, parse_entry, shape_of

__all__ = ["Ledger", "Logged", "Publication"]


@dataclass(frozen=True)
class Logged:
    """Where a row stands in the log, and the SHA-256 of its entry."""

    index: int
    sha256: bytes


@dataclass(frozen=True)
class Publication:
    """One publication: where it stands, and what it was made of and consists of."""

    index: int
    number: int
    size: int
    root: bytes
    at: str
    definition: str
    sql: str
    results: str
    manifest: str


class Ledger:
    """The entries so far.

    rows: (table, key) → where it is logged. hollow: entries that were taken away; redacted: those that a later entry
    says so of, with the hash that it names. keys: entries of the kind `key`, with their number.
    """

    def __init__(self) -> None:
        self.size = 0
        self.opened: Entry | None = None
        self.closed = False
        self.rows: dict[tuple[str, str], Logged] = {}
        self.publications: list[Publication] = []
        self.keys: list[tuple[int, Entry]] = []
        self.hollow: set[int] = set()
        self.redacted: dict[int, bytes] = {}
        self._corrected: set[tuple[str, str]] = set()
        self._acts: dict[tuple[str, str], int] = {}

    def take_all(self, first: int, entries: Sequence[bytes]) -> None:
        """Takes entries, of which the first is number `first` of the log. Raises CannotTrust, naming the number."""
        for number, data in enumerate(entries, first):
            try:
                self.take(data)
            except CannotTrust as error:
                raise CannotTrust(f"entry {number} of the log: {error}") from error

    def take(self, data: bytes) -> None:
        """Takes the next entry; an empty one was taken away by a redaction."""
        if data:
            self._take(parse_entry(data), data)
        else:
            self.hollow.add(self.size)
        self.size += 1

    def _take(self, entry: Entry, data: bytes) -> None:
        if (entry.kind == "open") != (self.size == 0):
            raise CannotTrust("a log begins with one entry of the kind open, and has no other.")
        if entry.kind == "row":
            self._row(entry, data)
        elif entry.kind == "publication":
            self._publication(entry)
        elif entry.kind == "open":
            self.opened = entry
        elif entry.kind == "close":
            self.closed = True
        elif entry.kind == "key":
            self.keys.append((self.size, entry))
        else:
            self._redaction(entry)

    def _row(self, entry: Entry, data: bytes) -> None:
        table, key = entry.text("table"), entry.text("key")
        if (table, key) in self.rows:
            raise CannotTrust(f"{key} of {table} is logged already, as entry {self.rows[table, key].index}.")
        shape = shape_of(table)
        corrects = self._act(table, entry) if shape is not None and shape.free else self._correction(table, entry)
        if self.closed and not corrects:
            raise CannotTrust(f"{key} of {table} comes after the count was closed, and corrects nothing.")
        self.rows[table, key] = Logged(self.size, hashlib.sha256(data).digest())

    def _correction(self, table: str, entry: Entry) -> bool:
        old = str(entry.row.get("supersedes", ""))
        if not old:
            return False
        if (table, old) not in self.rows and not self.hollow:
            raise CannotTrust(f"{entry.text('key')} of {table} corrects {old}, which is not in the log before it.")
        if (table, old) in self._corrected:
            raise CannotTrust(f"{entry.text('key')} of {table} corrects {old}, which was corrected already.")
        self._corrected.add((table, old))
        return True

    def _act(self, table: str, entry: Entry) -> bool:
        station, act = str(entry.row.get("station", "")), int(entry.row.get("act", 1))
        before = self._acts.get((table, station), 0)
        if act != before + 1 and not self.hollow:
            raise CannotTrust(f"act {act} at station {station} of {table} follows act {before}: one was skipped.")
        self._acts[table, station] = act
        return act > 1

    def _publication(self, entry: Entry) -> None:
        number, size = entry.number("number"), entry.number("size")
        if number != len(self.publications) + 1 and not self.hollow:
            raise CannotTrust(f"publication {number} follows publication {len(self.publications)}.")
        if size != self.size:
            raise CannotTrust(f"publication {number} says it was made of {size} entries; {self.size} are before it.")
        texts = [entry.text(name) for name in ("at", "definition", "sql", "results", "manifest")]
        root = bytes.fromhex(entry.text("root"))
        self.publications.append(Publication(self.size, number, size, root, *texts))

    def _redaction(self, entry: Entry) -> None:
        index = entry.number("index")
        if index >= self.size:
            raise CannotTrust(f"a redaction of entry {index}, which is not before it.")
        self.redacted[index] = bytes.fromhex(entry.text("leaf"))
