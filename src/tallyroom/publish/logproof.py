"""The proof that a row is in a record's log, made of the files in `log/` without any key."""

from __future__ import annotations

from tallyroom.errors import NotFound
from tallyroom.log.proofs import inclusion_proof
from tallyroom.log.store import reader_of
from tallyroom.log.tiles import ENTRIES, LARGEST_BUNDLE, decode_bundle, tile_at
from tallyroom.log.tlog_proof import TlogProof
from tallyroom.log.tree import TILE_WIDTH
from tallyroom.log.whole import read_whole
from tallyroom.publish.logbook import LOG
from tallyroom.record.folder import Record
from tallyroom.record.ledger import Ledger

__all__ = ["prove_row"]


def prove_row(record: Record, row: str) -> TlogProof:
    """The proof for the entry of the row with this id, with the entry as its extra. Raises NotFound."""
    read = reader_of(record.folder / LOG)
    ledger = Ledger()
    whole = read_whole(read, ledger.take_all)
    tree = whole.tree
    places = sorted(logged.index for (_, key), logged in ledger.rows.items() if key == row)
    if not places:
        raise NotFound(f"No row {row} is in the log. `tallyroom log append` adds what is not logged yet.")
    index = places[0]
    bundle = tile_at(ENTRIES, index, tree.size)
    entries = decode_bundle(read(bundle.path, LARGEST_BUNDLE) or b"", bundle.hashes, bundle.path)
    proof = tuple(inclusion_proof(tree, index, tree.size))
    return TlogProof(index, proof, whole.note, entries[index % TILE_WIDTH])
