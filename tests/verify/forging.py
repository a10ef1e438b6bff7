"""What a forger does to a published site and its log, and how a test reads what was found."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable

from tallyroom.log.checkpoint import Checkpoint
from tallyroom.log.keys import SignerKey
from tallyroom.log.note import sign
from tallyroom.log.store import reader_of
from tallyroom.log.tiles import decode_bundle, encode_bundle, files_of
from tallyroom.log.tree import Tree, leaf_hashes
from tallyroom.log.whole import earlier_files, rebuild
from tests.log.witness import Witness
from tests.verify.conftest import ORIGIN, Published

COUNCIL = "returns/council/north.csv"


def entries_of(published: Published) -> list[bytes]:
    size = published.checkpoint.size
    return decode_bundle((published.site / f"log/tile/entries/000.p/{size}").read_bytes(), size, "bundle")


def write_log(
    published: Published, entries: list[bytes], key: SignerKey | None = None, leaves: list[bytes] | None = None
) -> None:
    """A log of these entries with all its tiles, signed: what only whoever holds the key can make."""
    shutil.rmtree(published.site / "log")
    tree = Tree()
    tree.add(leaves or leaf_hashes(entries))
    sizes = [n for n, entry in enumerate(entries, 1) if b'"kind":"publication"' in entry]
    for tile in {*files_of(len(entries)), *earlier_files(len(entries), sizes)}:
        path = published.site / "log" / tile.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(encode_bundle(entries[: tile.width]) if tile.level < 0 else tree.tile(0, 0, tile.width))
    text = Checkpoint(ORIGIN, len(entries), tree.root()).text
    (published.site / "log/checkpoint").write_bytes(sign(text, [key or published.key.key]).data)


def write_log_of_record(published: Published) -> None:
    """The log of the record, put into the site as it is."""
    shutil.rmtree(published.site / "log")
    shutil.copytree(published.record / "log", published.site / "log")


def list_file(published: Published, name: str, data: bytes) -> None:
    """A file put into the site and its manifest."""
    (published.site / name).parent.mkdir(exist_ok=True)
    (published.site / name).write_bytes(data)
    manifest = published.site / "manifest"
    lines = [*manifest.read_text().splitlines(), f"{hashlib.sha256(data).hexdigest()}  {name}"]
    manifest.write_text("".join(f"{line}\n" for line in sorted(lines, key=lambda line: line.partition("  ")[2])))


def only(wrong: list[str], *begins: str) -> None:
    """Each of these begins something that is wrong, and the first of them is the first."""
    assert wrong, "nothing was found"
    assert wrong[0].startswith(begins[0]), wrong
    for start in begins:
        assert any(one.startswith(start) for one in wrong), (start, wrong)


def forged(published: Published, forge: Callable[[list[bytes]], list[bytes]]) -> list[str]:
    """What is wrong with a log that whoever holds the key wrote anew, tiles, root, signature and all."""
    write_log(published, forge(entries_of(published)))
    return published.wrong()


def root_of_first(published: Published, size: int) -> bytes:
    """The root of the first entries of the log in the record."""
    return rebuild(reader_of(published.record / "log"), published.checkpoint_of_record.size).root(size)


def cosigned(published: Published, *witnesses: Witness) -> None:
    note = (published.site / "log/checkpoint").read_bytes()
    for witness in witnesses:
        note += witness.cosignature(published.checkpoint.text).line.encode()
    (published.site / "log/checkpoint").write_bytes(note)
