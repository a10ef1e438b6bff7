"""The proof that a row is in a record's log, made of the files in `log/` without any key."""

from __future__ import annotations

from tallyroom.errors import CannotTrust, NotFound
from tallyroom.log.checkpoint import parse_checkpoint
from tallyroom.log.note import LARGEST_NOTE, parse_note
from tallyroom.log.proofs import inclusion_proof
from tallyroom.log.store import reader_of
from tallyroom.log.tiles import CHECKPOINT, ENTRIES, LARGEST_BUNDLE, decode_bundle, tile_at
from tallyroom.log.tlog_proof import TlogProof
from tallyroom.log.tree import TILE_WIDTH
from tallyroom.log.whole import rebuild
from tallyroom.publish.logbook import LOG
from tallyroom.record.folder import Record
from tallyroom.record.ledger import Ledger

__all__ = ["prove_row"]


def prove_row(record: Record, row: str) -> TlogProof:
    """The proof for the entry of the row with this id, with the entry as its extra. Raises NotFound."""
    read = reader_of(record.folder / LOG)
    note = read(CHECKPOINT, LARGEST_NOTE)
    if note is None:
        raise NotFound(f"{record.folder / LOG} has no checkpoint, so it is no log.")
    checkpoint = parse_checkpoint(parse_note(note).text)
    ledger = Ledger()
    tree = rebuild(read, checkpoint.size, ledger.take_all, lambda _: None)
    if tree.root() != checkpoint.root:
        raise CannotTrust(f"{record.folder / LOG}: the entries make another root than the checkpoint says.")
    places = sorted(logged.index for (_, key), logged in ledger.rows.items() if key == row)
    if not places:
        raise NotFound(f"No row {row} is in the log. `tallyroom log append` adds what is not logged yet.")
    index = places[0]
    bundle = tile_at(ENTRIES, index, tree.size)
    entries = decode_bundle(read(bundle.path, LARGEST_BUNDLE) or b"", bundle.hashes, bundle.path)
    proof = tuple(inclusion_proof(tree, index, tree.size))
    return TlogProof(index, proof, note, entries[index % TILE_WIDTH])
