"""The proof that a row is in a record's log, made of the files in `log/` without any key."""

from __future__ import annotations

from tallyroom.errors import NotFound
from tallyroom.log.proofs import inclusion_proof
from tallyroom.log.store import reader_of
from tallyroom.log.tlog_proof import TlogProof
from tallyroom.log.whole import read_whole
from tallyroom.publish.logbook import LOG
from tallyroom.record.entries import row_begins
from tallyroom.record.folder import Record

__all__ = ["prove_row"]


def prove_row(record: Record, row: str) -> TlogProof:
    """The proof for the entry of the row with this id, with the entry as its extra. Raises NotFound."""
    begins, found = row_begins(row), list[tuple[int, bytes]]()

    def look(first: int, entries: list[bytes]) -> None:
        found.extend((index, data) for index, data in enumerate(entries, first) if data.startswith(begins))

    whole = read_whole(reader_of(record.folder / LOG), look)
    if not found:
        raise NotFound(f"No row {row} is in the log. `tallyroom log append` adds what is not logged yet.")
    index, data = found[0]
    return TlogProof(index, tuple(inclusion_proof(whole.tree, index, whole.tree.size)), whole.note, data)
