"""A record's log: its rows and publications as entries, in the folder `log` beside its tables.

    with open_logbook(record, keys) as book:
        appended = book.append_rows()           # what is not logged yet, or faults where logged rows changed
        for path, data in book.site_files(): …  # listed in the manifest
        book.publish(at, results, manifest)     # an entry, unless it would say what the last one says
        for path, data in book.files(): …       # the files of `log/` as they are published

The key lies outside the record. A picture's SHA-256 is in the log only with a salt, in `forms/<sha256>.salt`: whoever
takes picture and salt away leaves a number in the log that says nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.errors import CannotLog, CannotTrust, Fault
from tallyroom.log.disk import put
from tallyroom.log.keyfile import KeyFile
from tallyroom.log.keys import VerifierKey
from tallyroom.log.note import parse_note, sign
from tallyroom.log.store import LogWriter, create_log, open_log
from tallyroom.log.tiles import CHECKPOINT, files_of
from tallyroom.log.tree import leaf_hash
from tallyroom.log.whole import earlier_files
from tallyroom.log.witness import Post, cosign
from tallyroom.record.definition import FILE
from tallyroom.record.entries import entry_bytes, row_entries
from tallyroom.record.folder import Record
from tallyroom.record.ledger import Ledger, Publication, Redaction
from tallyroom.record.rows import Table
from tallyroom.record.tables import TABLES

__all__ = [
    "LOG",
    "VKEY",
    "Appended",
    "Logbook",
    "create_logbook",
    "definition_hash",
    "has_log",
    "open_logbook",
    "published_sizes",
    "salted_with",
    "sql_hash",
]

LOG = "log"
VKEY = "log.vkey"
_SALT_BYTES = 16
_SHOWN = 20  # of the rows that are not as they were logged


@dataclass(frozen=True)
class Appended:
    """How many rows were added, or why none was: logged rows that changed or are gone."""

    added: int
    faults: tuple[Fault, ...]

    def or_refuse(self) -> int:
        """How many rows were added. Raises CannotLog with all faults where there are any."""
        if self.faults:
            told = "\n".join(f"  {fault}" for fault in self.faults[:_SHOWN])
            more = f"\n  and {len(self.faults) - _SHOWN:,} more" if len(self.faults) > _SHOWN else ""
            raise CannotLog(f"{len(self.faults):,} rows are not as they were logged:\n{told}{more}")
        return self.added


def has_log(record: Record) -> bool:
    """Whether there is a log beside the record's tables."""
    return (record.folder / LOG).exists()


def definition_hash(record: Record) -> str:
    """The SHA-256 of `election.toml` as it lies in the record."""
    return hashlib.sha256((record.folder / FILE).read_bytes()).hexdigest()


def sql_hash(digests: Mapping[str, str] | None = None) -> str:
    """The SHA-256 of the queries that make the results: of a list in sha256sum's form, by name.

    digests: name → SHA-256 of a site's queries; those of this program where none are given.
    """
    if digests is None:
        queries = (files("tallyroom.tabulate") / "sql").iterdir()
        digests = {query.name: hashlib.sha256(query.read_bytes()).hexdigest() for query in queries}
    lines = [f"{digests[name]}  {name}\n" for name in sorted(digests)]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def salted_with(salt: bytes, sha256: str) -> str:
    """What stands in the log for a picture's SHA-256."""
    return f"salted:{hashlib.sha256(salt + bytes.fromhex(sha256)).hexdigest()}"


def published_sizes(ledger: Ledger) -> list[int]:
    """The sizes whose checkpoints were published: each ends in the entry of its publication."""
    return [publication.index + 1 for publication in ledger.publications]


def create_logbook(record: Record, key: KeyFile) -> None:
    """A log beside the record's tables, with its first entry. The key's name is the log's origin."""
    folder, home = record.folder / LOG, record.folder.resolve()
    if key.path.resolve().is_relative_to(home):
        raise CannotLog(f"The key {key.path} lies in the record, which is published. Keep it outside.")
    if not (folder / CHECKPOINT).exists() or key.signed() is None:
        create_log(folder, key)
    with open_log(folder, [key]) as log:
        if log.tree.size:
            raise CannotLog(f"{folder} is there already: `tallyroom log append` adds to it.")
        vkey = str(key.key.verifier)
        values = {"election": record.election.id, "origin": key.key.name, "vkey": vkey}
        log.append([entry_bytes("open", **values, definition=definition_hash(record))])


@contextlib.contextmanager
def open_logbook(record: Record, keys: Sequence[KeyFile]) -> Iterator[Logbook]:
    """The record's log with its lock held, every entry of it read. Raises CannotLog or LogFault."""
    ledger = Ledger()
    with open_log(record.folder / LOG, keys, ledger.take_all) as log:
        if ledger.opened is None:
            raise CannotLog(f"{record.folder / LOG} has no first entry. `tallyroom log init` writes it.")
        if ledger.opened.text("election") != record.election.id:
            raise CannotLog(f"The log is of the election {ledger.opened.text('election')}, not {record.election.id}.")
        if gone := ledger.unexplained(log.tree.levels[0].__getitem__):
            raise CannotLog(f"Entry {gone[0]} of {record.folder / LOG} was taken away, and no redaction says so.")
        yield Logbook(record, log, ledger)


class Logbook:
    """A record's log, to add to."""

    def __init__(self, record: Record, log: LogWriter, ledger: Ledger) -> None:
        self.record = record
        self.log = log
        self.ledger = ledger

    def append_rows(self) -> Appended:
        """Adds the rows that are not logged yet; adds nothing where a logged row has changed or is gone."""
        before = self.log.tree.size
        tables = [_in_logging_order(table) for table in _tables(self.record)]
        faults = [fault for table in tables for fault in self._compare(table)]
        faults += self._gone()
        if faults:
            return Appended(0, tuple(sorted(faults)))
        rows = self.ledger.rows
        new = (data for table in tables for key, data in self._rows(table) if rows[table.name, key].index >= before)
        self.log.append(new)
        return Appended(self.log.tree.size - before, ())

    def publish(self, at: str, results: str, manifest: str) -> Publication:
        """The publication's entry, added and signed; the last one where it says the same.

        results, manifest: the SHA-256 of `results.json` and of `manifest` as they are published.
        """
        definition, sql = definition_hash(self.record), sql_hash()
        last = self._last()
        if last and (last.at, last.definition, last.sql, last.results, last.manifest) == (
            at,
            definition,
            sql,
            results,
            manifest,
        ):
            return last
        size = self.log.tree.size
        data = entry_bytes(
            "publication",
            number=len(self.ledger.publications) + 1,
            size=size,
            root=self.log.tree.root().hex(),
            at=at,
            definition=definition,
            sql=sql,
            results=results,
            manifest=manifest,
        )
        self.add(data)
        return self.ledger.publications[-1]

    def rotate_key(self, new: KeyFile) -> None:
        """Another key signs from here on: an entry names it, and the former key signs over that entry."""
        vkey = str(new.key.verifier)
        if new.key.name != self.log.keys[0].key.name:
            raise CannotLog(f"The new key is called {new.key.name}; the log's origin is {self.log.keys[0].key.name}.")
        self.add(entry_bytes("key", vkey=vkey))
        former = sign(self.log.checkpoint.text, [key.key for key in self.log.keys]).data.decode()
        self.log.keys = [*self.log.keys, new]
        self.add(entry_bytes("key", vkey=vkey, checkpoint=former))

    def cosign(self, post: Post, witnesses: Sequence[VerifierKey]) -> int:
        """Asks a witness for its cosignature of the checkpoint, and keeps it there; how many signed it now."""
        checkpoint = (self.log.folder / CHECKPOINT).read_bytes()
        note = cosign(post, self.log.tree, checkpoint, witnesses)
        self.log.sign_again(note.signatures)
        return len(note.signatures)

    @property
    def vkeys(self) -> tuple[str, ...]:
        """The log's verifier keys in the order in which they signed, each once."""
        opened = self.ledger.opened.text("vkey") if self.ledger.opened else ""
        return tuple(dict.fromkeys([opened, *(entry.text("vkey") for _, entry in self.ledger.keys)]))

    @property
    def has_news(self) -> bool:
        """Whether a close or a redaction was logged since the last publication."""
        last = self.ledger.publications[-1].index if self.ledger.publications else -1
        told = [one.index for one in self.ledger.closings] + [one.index for one in self.ledger.redacted.values()]
        return any(index > last for index in told)

    def holds_redacted(self, manifest: str) -> bool:
        """Whether a publication was made of entries that were taken away since. manifest: its SHA-256."""
        made = [one.size for one in self.ledger.publications if one.manifest == manifest]
        return any(index < size for size in made for index in self.ledger.redacted)

    def site_files(self) -> Iterator[tuple[str, bytes]]:
        """What else of the log is published, and listed in the manifest: its keys, one a line, and pictures' salts."""
        yield VKEY, "".join(f"{vkey}\n" for vkey in self.vkeys).encode()
        for path in sorted((self.record.folder / "forms").glob("*.salt")):
            yield f"data/forms/{path.name}", path.read_bytes()

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The files of `log/` as they are published: of this size, and of published ones not full by now."""
        size = self.log.tree.size
        wanted = {*files_of(size), *earlier_files(size, published_sizes(self.ledger))}
        for path in itertools.chain([CHECKPOINT], sorted(tile.path for tile in wanted)):
            yield f"{LOG}/{path}", (self.log.folder / path).read_bytes()

    def refresh(self, site: Path) -> bool:
        """Puts signatures that came later, such as a witness's, into a site's checkpoint where nothing else is new.

        False where that site's checkpoint is another one, or is the same already.
        """
        there, ours = site / LOG / CHECKPOINT, (self.log.folder / CHECKPOINT).read_bytes()
        published = there.read_bytes() if there.is_file() else b""
        if published in (b"", ours) or parse_note(published).text != self.log.note.text:
            return False
        put(there, ours)
        return True

    def add(self, data: bytes) -> None:
        """One entry more, that follows from those before it. Raises CannotTrust where it does not."""
        self.ledger.take(data)
        self.log.append([data])

    def _last(self) -> Publication | None:
        """The last publication, where it is the last entry."""
        publications = self.ledger.publications
        return publications[-1] if publications and publications[-1].index == self.ledger.size - 1 else None

    def _rows(self, table: Table) -> Iterator[tuple[str, bytes]]:
        return row_entries(table, self._salted)

    def _compare(self, table: Table) -> Iterator[Fault]:
        """What differs between the table and the log; rows that are not logged yet are taken into the ledger."""
        for (key, data), line in zip(self._rows(table), table.lines, strict=True):
            logged = self.ledger.rows.get((table.name, key))
            if logged is None and (redaction := self._redaction_of(data)):
                found = f"the row {key}, which entry {redaction.index} says was taken away, as entry {redaction.of}"
                yield Fault(table.file, line, "", found, "no row that was taken away", _LEAVE_OUT)
            elif logged is None:
                try:
                    self.ledger.take(data)
                except CannotTrust as error:
                    yield Fault(table.file, line, "", str(error).rstrip("."), "a row that can follow", _FOLLOW)
            elif logged.sha256 != hashlib.sha256(data).digest():
                found = f"the row {key} is not as it was logged, as entry {logged.index}"
                yield Fault(table.file, line, "", found, "the row as it was", _CORRECT)

    def _redaction_of(self, data: bytes) -> Redaction | None:
        redactions = self.ledger.redacted.values()
        leaf = leaf_hash(data) if redactions else b""
        return next((redaction for redaction in redactions if redaction.leaf == leaf), None)

    def _gone(self) -> Iterator[Fault]:
        there = {table.name: set(table.ids) for table in self.record.tables.values()}
        named = {table.name: table.file for table in self.record.tables.values()}
        for (table, key), logged in self.ledger.rows.items():
            if key not in there.get(table, ()):
                found = f"the row {key}, which was logged as entry {logged.index}, is gone"
                yield Fault(named.get(table, f"{table}.csv"), 0, "", found, "every row that was logged", _CORRECT)

    def _salted(self, sha256: str) -> str:
        path = self.record.folder / "forms" / f"{sha256}.salt"
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            put(path, secrets.token_hex(_SALT_BYTES).encode())
        return salted_with(bytes.fromhex(path.read_text(encoding="ascii")), sha256)


_CORRECT = "Put it back; a correction is a new row that supersedes it, or a further act at the station."
_LEAVE_OUT = "Take it out again; what must stand there all the same is a row of other words."
_FOLLOW = "Rows are logged in order: acts of a station one by one, a correction after what it corrects."


def _tables(record: Record) -> list[Table]:
    """The record's tables, those of everybody first, then returns and copies by name."""
    order = [name for name in TABLES if name in record.tables]
    return [record.tables[name] for name in (*order, *sorted(set(record.tables) - set(order)))]


def _in_logging_order(table: Table) -> Table:
    """The same rows, each after the ones that it follows: acts by number, corrections after what they correct."""
    names = table.columns.column_names
    if table.shape.free and "act" in names:
        return _reordered(table, pc.fill_null(table.columns["act"], 1))
    if "supersedes" in names and table.columns["supersedes"].null_count < len(table):
        before = dict(zip(table.ids, table.columns["supersedes"].to_pylist(), strict=True))
        return _reordered(table, pa.array([_depth(name, before) for name in table.ids], pa.int64()))
    return table


def _depth(name: str, before: dict[str, str | None]) -> int:
    depth, old = 0, before.get(name)
    while old:
        depth, old = depth + 1, before.get(old)
    return depth


def _reordered(table: Table, by: pa.Array) -> Table:
    rows = pa.table({"by": by, "at": pa.array(range(len(table)), pa.int64())})
    order = rows.sort_by([("by", "ascending"), ("at", "ascending")])["at"]
    places = order.to_pylist()
    if places == list(range(len(table))):
        return table
    lines, names = list(table.lines), list(table.ids)
    lines, ids = [lines[at] for at in places], [names[at] for at in places]
    return replace(table, columns=table.columns.take(order), lines=lines, ids=ids)
