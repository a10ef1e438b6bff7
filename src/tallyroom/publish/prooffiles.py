"""The log as scripts for `prove.js`, which proves single rows in the reader's browser, also from a disk.

    verify/log.js            the checkpoint, the verifier key, and the root of every 256 entries
    verify/rows/<begin>.js   row → number of its entry, for the rows whose id's SHA-256 begins so; `all` where few are
    verify/entries/<n>.js    256 entries; of one that was taken away, its hash

They are of the log before the entry of the publication that they are part of: that one's checkpoint is signed too, and
the manifest, which the entry is of, can list them.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator

from tallyroom.log.strict import base64_of
from tallyroom.log.tiles import CHECKPOINT, ENTRIES, decode_bundle, files_of
from tallyroom.log.tree import TILE_WIDTH
from tallyroom.publish.logbook import Logbook

__all__ = ["proof_files"]


def proof_files(book: Logbook) -> Iterator[tuple[str, bytes]]:
    """The scripts, by their path in the site. Rows have been appended, and the publication has not."""
    tree, logged = book.log.tree, book.rows
    roots = [tree.subtree(at, min(at + TILE_WIDTH, tree.size)) for at in range(0, tree.size, TILE_WIDTH)]
    log = {
        "checkpoint": book.log.file(CHECKPOINT).decode(),
        "vkey": str(book.log.keys[-1].key.verifier),
        "tiles": [base64_of(root) for root in roots],
        "digits": _digits(len(logged)),
    }
    yield _script("log", log)
    rows: dict[str, dict[str, int]] = defaultdict(dict)
    for key, index in logged:
        rows[hashlib.sha256(key.encode()).hexdigest()[: _digits(len(logged))]].setdefault(key, index)
    for begin, some in sorted(rows.items()):
        yield _script(f"rows/{begin or 'all'}", some)
    for tile in files_of(tree.size):
        if tile.level == ENTRIES:
            entries = decode_bundle(book.log.file(tile.path), tile.hashes, tile.path)
            leaves = tree.levels[0][TILE_WIDTH * tile.number :]
            yield _script(f"entries/{tile.number}", list(map(_entry, entries, leaves)))


def _entry(entry: bytes, leaf: bytes) -> str | dict[str, str]:
    return base64_of(entry) if entry else {"leaf": base64_of(leaf)}


def _digits(rows: int) -> int:
    """How many hexadecimal digits tell the files of rows apart, so that each is small, and few change at a time."""
    return next((digits for digits, most in ((0, 2_000), (2, 100_000)) if rows <= most), 3)


def _script(name: str, value: object) -> tuple[str, bytes]:
    # Of ids and text in JSON only `<` and two line ends could be more than text in a script.
    data = json.dumps(value, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")
    return f"verify/{name}.js", f'tallyroomProofData("{name}",{data});\n'.encode()
