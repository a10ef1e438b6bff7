"""What is wrong with a record's rows beside its log: some changed or are gone, new ones cannot follow."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from tallyroom.errors import CannotLog, CannotTrust, Fault
from tallyroom.log.tree import leaf_hash
from tallyroom.record.entries import parse_entry
from tallyroom.record.folder import Record
from tallyroom.record.ledger import Ledger, Redaction
from tallyroom.record.rows import Table

__all__ = ["Appended", "cannot_follow", "changed_or_gone"]

_CORRECT = "Put it back; a correction is a new row that supersedes it, or a further act at the station."
_GONE = f"{_CORRECT} What must not stay public is taken away by `tallyroom log redact`."
_LEAVE_OUT = "Take it out again; what must stand there all the same is a row of other words."
_FOLLOW = "Rows are logged in order: acts of a station one by one, a correction after what it corrects."
_SHOWN = 20  # of the rows that are not as they were logged
# Table and id of a row.
Named = tuple[str, str]


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
            one = len(self.faults) == 1
            says = "1 row is not as it was logged" if one else f"{len(self.faults):,} rows are not as they were logged"
            raise CannotLog(f"{says}, or cannot be logged:\n{told}{more}")
        return self.added


def changed_or_gone(record: Record, left: Iterable[tuple[int, bytes]]) -> Iterator[tuple[Named, Fault]]:
    """What is to be said of each logged row that is not in the record as it was. left: number and entry of these."""
    lines: dict[str, dict[str, int]] = {}
    for index, data in left:
        entry = parse_entry(data)
        name, key = entry.text("table"), entry.text("key")
        table = record.tables.get(name)
        if table is not None and name not in lines:
            lines[name] = dict(zip(table.ids, table.lines, strict=True))
        if table is not None and key in lines[name]:
            found, line = f"the row {key} is not as it was logged, as entry {index}", lines[name][key]
            yield (name, key), Fault(table.file, line, "", found, "the row as it was", _CORRECT)
        else:
            found = f"the row {key}, which was logged as entry {index}, is gone"
            file = table.file if table is not None else f"{name}.csv"
            yield (name, key), Fault(file, 0, "", found, "every row that was logged", _GONE)


def cannot_follow(
    rows: Iterable[tuple[str, bytes]], table: Table, ledger: Ledger, changed: Container[Named]
) -> Iterator[Fault]:
    """What of a table's new rows cannot come next; the others are taken into the ledger.

    rows: id and entry of each. changed: rows of which something else is said already.
    """
    for (key, data), line in zip(rows, table.lines, strict=True):
        if (table.name, key) in changed:
            continue
        if redaction := _redaction_of(data, ledger):
            found = f"the row {key}, which entry {redaction.index} says was taken away, as entry {redaction.of}"
            yield Fault(table.file, line, "", found, "no row that was taken away", _LEAVE_OUT)
            continue
        try:
            ledger.take(data)
        except CannotTrust as error:
            yield Fault(table.file, line, "", str(error).rstrip("."), "a row that can follow", _FOLLOW)


def _redaction_of(data: bytes, ledger: Ledger) -> Redaction | None:
    leaf = leaf_hash(data) if ledger.redacted else b""
    return next((redaction for redaction in ledger.redacted.values() if redaction.leaf == leaf), None)
