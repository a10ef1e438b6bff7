"""The two things that are said of a log's own entries: that the count is closed, and that one was taken away."""

from __future__ import annotations

from datetime import datetime

from tallyroom.errors import CannotLog
from tallyroom.publish.certifying import certified_step
from tallyroom.publish.logbook import Logbook
from tallyroom.record.entries import entry_bytes
from tallyroom.record.ledger import Closing, Redaction

__all__ = ["close_count", "redact_row"]


def close_count(book: Logbook, at: str) -> Closing:
    """The entry that closes the count, of the record as it stands now: what is not logged yet is logged first.

    at: the time, with its zone. Raises CannotLog before the result is certified, and where the count is closed already
    and nothing was corrected since.
    """
    if certified_step(book.record, datetime.fromisoformat(at)) is None:
        raise CannotLog(
            "calendar.csv has no step `certified` that has come: a count is closed once its result is certified. "
            "Add the step, with who certified it and the source that says so."
        )
    book.append_rows().or_refuse()
    closings = book.ledger.closings
    if closings and not book.ledger.corrected:
        raise CannotLog(f"Entry {closings[-1].index} closed the count, and no figure was corrected since.")
    book.add(entry_bytes("close", at=at))
    return book.ledger.closings[-1]


def redact_row(book: Logbook, index: int, because: str) -> Redaction:
    """The entry that says that a row was taken away, and why; the row's own bytes leave the log.

    Told again, it goes on where it was stopped. Raises CannotLog for what is no row, and for a row that still stands in
    the record, of which the site is made.
    """
    ledger = book.ledger
    if index not in ledger.redacted:
        _must_be_a_row_that_is_gone(book, index)
        leaf = book.log.tree.levels[0][index].hex()
        book.add(entry_bytes("redaction", index=index, leaf=leaf, reason=because))
    elif index in ledger.hollow:
        raise CannotLog(f"Entry {index} was taken away before, as entry {ledger.redacted[index].index} says.")
    book.log.take_away(index)
    return ledger.redacted[index]


def _must_be_a_row_that_is_gone(book: Logbook, index: int) -> None:
    name = book.row_at(index)
    if name is None:
        raise CannotLog(f"Entry {index} of the {book.ledger.size} in the log is no row; only rows can be taken away.")
    table, key = book.record.tables.get(name[0]), name[1]
    if table is not None and key in table.ids:
        line = table.lines[list(table.ids).index(key)]
        raise CannotLog(
            f"Entry {index} is the row {key}, and {table.file} has it in line {line}. The site is made of that file: "
            "take the row out of it first."
        )
