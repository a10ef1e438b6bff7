"""What a log's entries say of an election, taken one after another: a pure fold, the same for whoever takes it.

An entry that does not follow from the ones before it stops the fold: a row that is there already, a correction of
what is not there or is corrected already, an act whose predecessor is missing, a publication out of number or
dated before the one before it. What was taken away (a redaction) explains one missing row each, and no more.

A close ends the count: after it come neither first acts nor new areas, stations and candidates. What comes still:
corrections of these that name their source (an act its reason too), and what is said, decided and found later.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from tallyroom.errors import CannotTrust
from tallyroom.record.entries import Entry, is_row, parse_entry, shape_of
from tallyroom.record.tables import RETURNS

__all__ = ["Closing", "Ledger", "Logged", "Others", "Publication", "Redaction"]

_COUNTED = ("areas", "stations", "candidates")  # and returns: what a result is made of


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


@dataclass(frozen=True)
class Closing:
    """Where it stands that the count has ended, and when that was."""

    index: int
    at: str


@dataclass(frozen=True)
class Redaction:
    """Where it stands that the entry `of` was taken away, the hash that stays of it, and why."""

    index: int
    of: int
    leaf: bytes
    reason: str


class Ledger:
    """The entries so far.

    rows: (table, key) → where it is logged. hollow: entries that were taken away; redacted: those that a later entry
    says so of. keys: entries of the kind `key`, with their number. corrected: corrections since the last closing.
    """

    def __init__(self) -> None:
        self.size = 0
        self.opened: Entry | None = None
        self.closings: list[Closing] = []
        self.corrected: list[int] = []
        self.rows: dict[tuple[str, str], Logged] = {}
        self.publications: list[Publication] = []
        self.keys: list[tuple[int, Entry]] = []
        self.hollow: set[int] = set()
        self.redacted: dict[int, Redaction] = {}
        self._corrected: set[tuple[str, str]] = set()
        self._acts: dict[tuple[str, str], int] = {}
        self._kinds: dict[int, str] = {}  # of the entries that are no rows
        self._at: datetime | None = None
        self._gaps: set[tuple[str, str, int]] = set()  # rows that must be among those taken away
        self._filled = 0  # gaps that a later row fills

    @property
    def still_there(self) -> list[int]:
        """Entries that can be read though a later one says that they were taken away."""
        return sorted(self.redacted.keys() - self.hollow)

    @property
    def vkeys(self) -> tuple[str, ...]:
        """The log's verifier keys in the order in which they signed, each once."""
        opened = [self.opened] if self.opened else []
        return tuple(dict.fromkeys(entry.text("vkey") for entry in (*opened, *(entry for _, entry in self.keys))))

    @property
    def signer(self) -> str:
        """The verifier key that signs now: the one to which the former passed on last, else the one of the opening."""
        passed_on = [entry for _, entry in self.keys if entry.text("checkpoint")]
        return (passed_on or [self.opened])[-1].text("vkey") if self.opened else ""

    def unexplained(self, leaf: Callable[[int], bytes]) -> list[int]:
        """Entries that were taken away though none says so. leaf: the hash that the log has of an entry."""
        return [
            index
            for index in sorted(self.hollow)
            if index not in self.redacted or self.redacted[index].leaf != leaf(index)
        ]

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
            return
        if entry.kind == "publication":
            self._publication(entry)
        elif entry.kind == "open":
            self.opened = entry
        elif entry.kind == "close":
            self._close(entry)
        elif entry.kind == "key":
            self.keys.append((self.size, entry))
        else:
            self._redaction(entry)
        self._kinds[self.size] = entry.kind

    def _row(self, entry: Entry, data: bytes) -> None:
        table, key = entry.text("table"), entry.text("key")
        if (table, key) in self.rows:
            raise CannotTrust(f"{key} of {table} is logged already, as entry {self.rows[table, key].index}.")
        shape = shape_of(table)
        corrects = self._act(table, entry) if shape is not None and shape.free else self._correction(table, entry)
        if self.closings and (table in _COUNTED or shape is RETURNS):
            self._after_close(table, entry, corrects)
        self.rows[table, key] = Logged(self.size, hashlib.sha256(data).digest())

    def _after_close(self, table: str, entry: Entry, corrects: bool) -> None:
        key = entry.text("key")
        if not corrects and not self._is_gap(table, key):
            raise CannotTrust(f"{key} of {table} comes after the count was closed, and corrects nothing.")
        wanted = ("reason", "source") if shape_of(table) is RETURNS else ("source",)
        if lacks := [name for name in wanted if not entry.row.get(name)]:
            raise CannotTrust(f"{key} of {table} corrects what was closed, without its {' and '.join(lacks)}.")
        self.corrected.append(self.size)

    def _correction(self, table: str, entry: Entry) -> bool:
        old = str(entry.row.get("supersedes", ""))
        if not old:
            return False
        if (table, old) not in self.rows and not self._is_gap(table, old):
            raise CannotTrust(f"{entry.text('key')} of {table} corrects {old}, which is not in the log before it.")
        if (table, old) in self._corrected:
            raise CannotTrust(f"{entry.text('key')} of {table} corrects {old}, which was corrected already.")
        self._corrected.add((table, old))
        return True

    def _act(self, table: str, entry: Entry) -> bool:
        """Takes an act in its order; whether it follows another, or stands for one that was taken away."""
        station, act = str(entry.row.get("station", "")), int(entry.row.get("act", 1))
        before = self._acts.get((table, station), 0)
        if (table, station, act) in self._gaps:
            self._gaps.remove((table, station, act))
            self._filled += 1
            return True
        skipped = act - before - 1
        explained = 0 <= skipped <= len(self.hollow)
        if not explained or not all(self._is_gap(table, station, before + n + 1) for n in range(skipped)):
            raise CannotTrust(f"act {act} at station {station} of {table} follows act {before}: one was skipped.")
        self._acts[table, station] = act
        return act > 1

    def _is_gap(self, table: str, name: str, act: int = 0) -> bool:
        """Whether this row can be one of those that were taken away; it is one of them from here on."""
        if (table, name, act) not in self._gaps and len(self._gaps) + self._filled >= len(self.hollow):
            return False
        self._gaps.add((table, name, act))
        return True

    def _publication(self, entry: Entry) -> None:
        number, size = entry.number("number"), entry.number("size")
        if number != len(self.publications) + 1:
            raise CannotTrust(f"publication {number} follows publication {len(self.publications)}.")
        if size != self.size:
            raise CannotTrust(f"publication {number} says it was made of {size} entries; {self.size} are before it.")
        self._goes_on(f"publication {number}", entry.text("at"))
        texts = [entry.text(name) for name in ("at", "definition", "sql", "results", "manifest")]
        root = bytes.fromhex(entry.text("root"))
        self.publications.append(Publication(self.size, number, size, root, *texts))

    def _close(self, entry: Entry) -> None:
        self._goes_on("the close", entry.text("at"))
        self.closings.append(Closing(self.size, entry.text("at")))
        self.corrected = []

    def _goes_on(self, what: str, at: str) -> None:
        """Raises CannotTrust where the time is none, or before that of an earlier publication or close."""
        moment = _moment(at)
        if moment is None:
            raise CannotTrust(f"{what} is of {at!r}, which is no time with its zone.")
        if self._at is not None and moment < self._at:
            raise CannotTrust(f"{what} is of {at}, before what was logged ahead of it: time goes back.")
        self._at = moment

    def _redaction(self, entry: Entry) -> None:
        index = entry.number("index")
        if index >= self.size:
            raise CannotTrust(f"a redaction of entry {index}, which is not before it.")
        if index in self.redacted:
            raise CannotTrust(f"a redaction of entry {index}, which entry {self.redacted[index].index} took away.")
        if index in self._kinds:
            raise CannotTrust(f"a redaction of entry {index}, of the kind {self._kinds[index]}: only rows can be.")
        leaf = bytes.fromhex(entry.text("leaf"))
        self.redacted[index] = Redaction(self.size, index, leaf, entry.text("reason"))


class Others:
    """The entries that are no rows: what a log says of itself, without reading what its rows say."""

    def __init__(self) -> None:
        self._entries: list[tuple[int, bytes]] = []

    @property
    def numbers(self) -> list[int]:
        """Which entries these are; those that were taken away are among them."""
        return [number for number, _ in self._entries]

    def take(self, first: int, entries: Iterable[bytes]) -> None:
        """Takes entries, of which the first is number `first` of the log."""
        self._entries += [(number, data) for number, data in enumerate(entries, first) if not is_row(data)]

    def ledger(self, size: int, rows: Iterable[tuple[int, bytes]] = ()) -> Ledger:
        """The ledger of a log of so many entries, in which only these rows were read.

        rows: those that what follows depends on, by their numbers.
        """
        ledger = Ledger()
        for number, data in sorted([*self._entries, *rows]):
            ledger.size = number
            ledger.take_all(number, [data])
        ledger.size = size
        return ledger


def _moment(at: str) -> datetime | None:
    """The time that this is, in UTC; None for what is none, or has no zone."""
    try:
        moment = datetime.fromisoformat(at)
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):  # the year 1 of the east has none in UTC
        return None
