"""A record's log: its rows and publications as entries, in the folder `log` beside its tables.

    with open_logbook(record, keys) as book:
        appended = book.append_rows()           # what is not logged yet, or faults where logged rows changed
        for path, data in book.site_files(): …  # listed in the manifest
        book.publish(at, results, manifest)     # an entry
        for path, data in book.files(): …       # the files of `log/` as they are published

The key lies outside the record. What the logged rows say is not read again: that they are the record's rows, their
hashes tell (`unlogged.py`). Only of a log that something was taken out of, or that was closed, every entry is read.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
from array import array
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path

from tallyroom.disk import put
from tallyroom.errors import CannotLog
from tallyroom.log.keyfile import KeyFile
from tallyroom.log.keys import VerifierKey
from tallyroom.log.note import LARGEST_NOTE, parse_note, sign
from tallyroom.log.store import LogWriter, create_log, open_log, reader_of
from tallyroom.log.tiles import CHECKPOINT, files_of
from tallyroom.log.whole import earlier_file, earlier_files, entries_at, rebuild
from tallyroom.log.witness import Post, cosign
from tallyroom.publish.folder import Vouched
from tallyroom.publish.rowfaults import Appended, cannot_follow, changed_or_gone
from tallyroom.publish.salts import Salts
from tallyroom.publish.unlogged import Held, Unlogged, hold, tables_of
from tallyroom.record.definition import FILE
from tallyroom.record.entries import entry_bytes, parse_entry, row_entries
from tallyroom.record.folder import Record
from tallyroom.record.ledger import Ledger, Others, Publication
from tallyroom.record.rows import Table

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
    "sql_hash",
]

LOG = "log"
VKEY = "log.vkey"


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
    """The record's log with its lock held, every file of it read. Raises CannotLog or LogFault."""
    others = Others()
    with open_log(record.folder / LOG, keys, others.take) as log:
        ledger = others.ledger(log.tree.size)
        if ledger.opened is None:
            raise CannotLog(f"{record.folder / LOG} has no first entry. `tallyroom log init` writes it.")
        if ledger.opened.text("election") != record.election.id:
            raise CannotLog(f"The log is of the election {ledger.opened.text('election')}, not {record.election.id}.")
        if ledger.signer not in {str(key.key.verifier) for key in keys}:
            raise CannotLog(f"{keys[0].path} is a former key. {ledger.signer} signs now: give its file with --key.")
        if gone := ledger.unexplained(log.tree.levels[0].__getitem__):
            raise CannotLog(f"Entry {gone[0]} of {record.folder / LOG} was taken away, and no redaction says so.")
        if _must_be_whole(ledger):
            ledger = _of_every_entry(log)
        yield Logbook(record, log, ledger, others)


def _must_be_whole(ledger: Ledger) -> bool:
    """Whether what may come next depends on all that the rows say: something was taken away, or the count closed."""
    return bool(ledger.hollow or ledger.closings)


def _of_every_entry(log: LogWriter) -> Ledger:
    """The ledger of a log with what its rows say."""
    ledger = Ledger()
    rebuild(reader_of(log.folder), log.tree.size, ledger.take_all, lambda _: None)
    return ledger


class Logbook:
    """A record's log, to add to."""

    def __init__(self, record: Record, log: LogWriter, ledger: Ledger, others: Others) -> None:
        self.record = record
        self.log = log
        self.ledger = ledger
        self._others = others
        self._is_whole = _must_be_whole(ledger)
        self._salts = Salts(record.folder / "forms")
        self._entries: dict[str, array[int]] = {}

    def append_rows(self) -> Appended:
        """Adds the rows that are not logged yet; adds nothing where a logged row has changed or is gone."""
        before = self.log.tree.size
        tables = tables_of(self.record)
        held = self._hold()
        new = [one for table in tables if len((one := held.unlogged(table)).rows)]
        ledger = self._ledger_for(held, new)
        left = entries_at(self.log.tree, reader_of(self.log.folder), held.without)
        differing = dict(changed_or_gone(self.record, left))
        faults = [fault for one in new for fault in cannot_follow(self._rows(one.rows), one.rows, ledger, differing)]
        if faults or differing:
            return Appended(0, tuple(sorted([*differing.values(), *faults])))
        self.log.append(data for one in new for _, data in self._rows(one.rows))
        self.ledger = ledger
        self._entries = dict(held.entries)
        self._number(new, before)
        return Appended(self.log.tree.size - before, ())

    @property
    def rows(self) -> list[tuple[str, int]]:
        """The id of each of the record's rows that is logged, and the number of its entry, in the log's order."""
        tables, entries = self.record.tables, self._entries or self._hold().entries
        numbered = (zip(numbers, tables[name].ids, strict=True) for name, numbers in entries.items())
        return [(key, index) for index, key in sorted(itertools.chain.from_iterable(numbered)) if index >= 0]

    def row_at(self, index: int) -> tuple[str, str] | None:
        """Table and id of the row that is logged as this entry; None where it is no row, or was taken away."""
        if not 0 <= index < self.log.tree.size:
            return None
        ((_, data),) = entries_at(self.log.tree, reader_of(self.log.folder), [index])
        entry = parse_entry(data) if data else None
        return (entry.text("table"), entry.text("key")) if entry and entry.kind == "row" else None

    def _hold(self) -> Held:
        return hold(tables_of(self.record), self.log.tree.levels[0], self._others.numbers, self._salts.salted)

    def _ledger_for(self, held: Held, new: Sequence[Unlogged]) -> Ledger:
        """The ledger that these rows are to follow in."""
        if not new or self._is_whole:
            return self.ledger
        if _must_be_whole(self.ledger):  # since it was opened
            return _of_every_entry(self.log)
        tables = [(self.record.tables[one.rows.name], one.rows) for one in new]
        basis = [row for table, rows in tables for row in held.basis(table, rows, self._salts.salted)]
        return self._others.ledger(self.log.tree.size, basis)

    def _number(self, new: Sequence[Unlogged], first: int) -> None:
        """Notes where the rows are that were added, of which the first is this entry."""
        numbers = itertools.count(first)
        for one in new:
            for place, index in zip(one.places, numbers, strict=False):
                self._entries[one.rows.name][place] = index

    def publish(self, at: str, results: str, manifest: str) -> Publication:
        """The publication's entry, added and signed.

        results, manifest: the SHA-256 of `results.json` and of `manifest` as they are published.
        """
        data = entry_bytes(
            "publication",
            number=self.next_number,
            size=self.log.tree.size,
            root=self.log.tree.root().hex(),
            at=at,
            definition=definition_hash(self.record),
            sql=sql_hash(),
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
        checkpoint = self.log.file(CHECKPOINT)
        note = cosign(post, self.log.tree, checkpoint, witnesses)
        self.log.sign_again(note.signatures)
        return len(note.signatures)

    @property
    def next_number(self) -> int:
        """The number that the log gives to the publication that comes."""
        return len(self.ledger.publications) + 1

    @property
    def vouched(self) -> Vouched | None:
        """The publication that is the last entry; None where something else is, or nothing was published yet."""
        publications = self.ledger.publications
        if not publications or publications[-1].index != self.ledger.size - 1:
            return None
        return Vouched(publications[-1].manifest, self.files)

    @property
    def vkeys(self) -> tuple[str, ...]:
        """The log's verifier keys in the order in which they signed, each once."""
        return self.ledger.vkeys

    @property
    def has_news(self) -> bool:
        """Whether a close, a redaction or a key was logged since the last publication."""
        last = self.ledger.publications[-1].index if self.ledger.publications else -1
        told = [one.index for one in self.ledger.closings] + [one.index for one in self.ledger.redacted.values()]
        return any(index > last for index in (*told, *(index for index, _ in self.ledger.keys)))

    def holds_redacted(self, manifest: str) -> bool:
        """Whether a publication was made of entries that were taken away since. manifest: its SHA-256."""
        made = [one.size for one in self.ledger.publications if one.manifest == manifest]
        return any(index < size for size in made for index in self.ledger.redacted)

    def site_files(self) -> Iterator[tuple[str, bytes]]:
        """What else of the log is published, and listed in the manifest: its keys, one a line, and pictures' salts."""
        yield VKEY, "".join(f"{vkey}\n" for vkey in self.vkeys).encode()
        for name, salt in self._salts.files():
            yield f"data/forms/{name}", salt

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The files of `log/` as they are published: of this size, and of published ones not full by now."""
        size, read = self.log.tree.size, reader_of(self.log.folder)
        now = set(files_of(size))
        for path in (CHECKPOINT, *sorted(tile.path for tile in now)):
            yield f"{LOG}/{path}", self.log.file(path)
        for tile in sorted(earlier_files(size, published_sizes(self.ledger)) - now):
            yield f"{LOG}/{tile.path}", earlier_file(self.log.tree, read, tile)

    def refresh(self, site: Path) -> bool:
        """Puts signatures that came later, such as a witness's, into a site's checkpoint where nothing else is new.

        False where that site's checkpoint is another one, or is the same already.
        """
        ours = self.log.file(CHECKPOINT)
        published = reader_of(site / LOG)(CHECKPOINT, LARGEST_NOTE) or b""
        if published in (b"", ours) or parse_note(published).text != self.log.note.text:
            return False
        put(site / LOG / CHECKPOINT, ours)
        return True

    def add(self, data: bytes) -> None:
        """One entry more, that follows from those before it. Raises CannotTrust where it does not."""
        self.ledger.take(data)
        self._others.take(self.log.tree.size, [data])
        self.log.append([data])

    def _rows(self, table: Table) -> Iterator[tuple[str, bytes]]:
        return row_entries(table, self._salts.salted)
