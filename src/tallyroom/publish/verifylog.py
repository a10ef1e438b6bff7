"""The log of a published site, verified from the bytes of its files alone: no disk, no network, no clock.

Entries → leaves → tiles → root; the root against the checkpoint; the checkpoint's signatures; what its entries
say of each other; every root that an entry names. A checkpoint seen elsewhere, and witnesses, show whether
somebody else was told another history, which no folder can show of itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tallyroom.errors import CannotTrust
from tallyroom.log.checkpoint import Checkpoint, parse_checkpoint
from tallyroom.log.keys import ED25519, VerifierKey, parse_verifier
from tallyroom.log.note import LARGEST_NOTE, open_note, parse_note
from tallyroom.log.tiles import CHECKPOINT, ENTRIES, LARGEST_BUNDLE, Tile, decode_bundle, encode_bundle, files_of
from tallyroom.log.tree import Tree
from tallyroom.log.whole import LogFault, Read, earlier_files, rebuild
from tallyroom.publish.logbook import LOG, published_sizes
from tallyroom.publish.verdict import Verdict, Wrong
from tallyroom.record.ledger import Ledger

__all__ = ["Asked", "VerifiedLog", "verify_log"]


@dataclass(frozen=True)
class Asked:
    """What whoever verifies knows from elsewhere.

    key: the log's verifier key. seen: sizes and roots that were seen before, on paper or in another copy.
    witnesses: keys of witnesses, of whom `quorum` must have cosigned.
    """

    key: VerifierKey | None = None
    seen: tuple[tuple[int, bytes], ...] = ()
    witnesses: tuple[VerifierKey, ...] = ()
    quorum: int = 0

    @property
    def anything(self) -> bool:
        """Whether any of it can only be answered with a log."""
        return self != Asked()


@dataclass(frozen=True)
class VerifiedLog:
    """A log whose files fit together: its tree, and what its entries say."""

    tree: Tree
    ledger: Ledger


class _Bad(CannotTrust):
    """The log is bad at this file."""

    def __init__(self, path: str, says: str) -> None:
        self.wrong = Wrong(f"{LOG}/{path}", says)
        super().__init__(says)


def verify_log(read: Read, names: set[str] | None, asked: Asked, verdict: Verdict) -> VerifiedLog | None:
    """The log, where its files fit together; what is proved and what is wrong is added to the verdict.

    read: files by their path in `log/`. names: all that are there; None where nobody can list them.
    """
    try:
        note, checkpoint = _checkpoint(read)
        ledger = Ledger()
        tree = _rebuilt(read, checkpoint, ledger)
        _entries(tree, ledger, checkpoint)
        verdict.proved.append(
            f"The log's {tree.size:,} entries make the root that its checkpoint says: "
            "every entry, every tile, every publication's root."
        )
    except _Bad as bad:
        verdict.wrong.append(bad.wrong)
        return None
    verdict.wrong += _files(read, names, tree, ledger)
    verdict.wrong += _signatures(note, checkpoint, tree, ledger, asked, verdict)
    verdict.wrong += _seen(tree, asked, verdict)
    return VerifiedLog(tree, ledger)


def _checkpoint(read: Read) -> tuple[bytes, Checkpoint]:
    note = read(CHECKPOINT, LARGEST_NOTE)
    if note is None:
        raise _Bad(CHECKPOINT, "missing.")
    try:
        return note, parse_checkpoint(parse_note(note).text)
    except CannotTrust as error:
        raise _Bad(CHECKPOINT, str(error)) from error


def _rebuilt(read: Read, checkpoint: Checkpoint, ledger: Ledger) -> Tree:
    def take(first: int, entries: list[bytes]) -> None:
        try:
            ledger.take_all(first, entries)
        except CannotTrust as error:
            raise _Bad(_bundle_of(first, checkpoint.size).path, str(error)) from error

    try:
        tree = rebuild(read, checkpoint.size, take, lambda _: None)
    except LogFault as fault:
        raise _Bad(fault.path, str(fault).removeprefix(f"{fault.path}: ")) from fault
    if tree.root() != checkpoint.root:
        raise _Bad(CHECKPOINT, f"its root is not the one that the {checkpoint.size:,} entries make.")
    return tree


def _bundle_of(index: int, size: int) -> Tile:
    last = size - size % 256
    return Tile(ENTRIES, index // 256, size % 256 if index >= last else 0)


def _entries(tree: Tree, ledger: Ledger, checkpoint: Checkpoint) -> None:
    """What the entries say of the tree that they are in."""
    if ledger.opened is None:
        raise _Bad(CHECKPOINT, "the log has no entry that opens it.")
    if ledger.opened.text("origin") != checkpoint.origin:
        raise _Bad(CHECKPOINT, f"it is of {checkpoint.origin}; the log was opened as {ledger.opened.text('origin')}.")
    for one in ledger.publications:
        if tree.root(one.size) != one.root:
            says = f"entry {one.index}, publication {one.number}, names another root than the entries before it make."
            raise _Bad(_bundle_of(one.index, tree.size).path, says)
    for index in sorted(ledger.hollow):
        if ledger.redacted.get(index) != tree.levels[0][index]:
            raise _Bad(_bundle_of(index, tree.size).path, f"entry {index} was taken away, and no redaction says so.")


def _files(read: Read, names: set[str] | None, tree: Tree, ledger: Ledger) -> Iterator[Wrong]:
    """What is wrong beside the files of this size: those of published sizes before it, and what is no file of it."""
    earlier = earlier_files(tree.size, published_sizes(ledger)) - set(files_of(tree.size))
    for tile in sorted(earlier):
        if read(tile.path, LARGEST_BUNDLE) != _prefix(read, tile, tree):
            yield Wrong(f"{LOG}/{tile.path}", "missing, or not the beginning of the file that it grew into.")
    wanted = {CHECKPOINT, *(tile.path for tile in (*files_of(tree.size), *earlier))}
    for name in sorted((names or set()) - wanted):
        yield Wrong(f"{LOG}/{name}", "not a file of this log.")


def _prefix(read: Read, tile: Tile, tree: Tree) -> bytes:
    if tile.level != ENTRIES:
        return tree.tile(tile.level, tile.number, tile.width)
    now = Tile(ENTRIES, tile.number, tree.size % 256)
    entries = decode_bundle(read(now.path, LARGEST_BUNDLE) or b"", now.hashes, now.path)
    return encode_bundle(entries[: tile.width])


def _signatures(
    note: bytes, checkpoint: Checkpoint, tree: Tree, ledger: Ledger, asked: Asked, verdict: Verdict
) -> Iterator[Wrong]:
    try:
        first = asked.key or parse_verifier(ledger.opened.text("vkey") if ledger.opened else "")
        if first.type != ED25519 or first.name != checkpoint.origin:
            yield Wrong(f"{LOG}/{CHECKPOINT}", f"it is of {checkpoint.origin}, and the key is of {first.name}.")
            return
        current = _current_key(first, tree, ledger)
        open_note(note, [current])
    except CannotTrust as error:
        yield Wrong(f"{LOG}/{CHECKPOINT}", str(error))
        return
    if asked.key:
        by = "that key" if current == first else f"{current}, to which that key passed on"
        verdict.proved.append(f"The checkpoint is signed by {by}.")
    else:
        verdict.not_proved.append(
            f"Consistent, signer not checked: the log names its own key, {current}. "
            "Whoever has it from elsewhere gives it with --key."
        )
    yield from _witnesses(note, asked, verdict)


def _current_key(first: VerifierKey, tree: Tree, ledger: Ledger) -> VerifierKey:
    """The key that signs now: each key in the log is vouched for by a checkpoint of the one before it.

    first: the key that is known from elsewhere; what led to it nobody needs to be told.
    """
    keys = [(index, parse_verifier(entry.text("vkey")), entry.text("checkpoint")) for index, entry in ledger.keys]
    known = [index for index, key, _ in keys if key == first]
    current = first
    for index, key, checkpoint in keys:
        if not checkpoint or (known and index <= known[-1]):
            continue
        past = parse_checkpoint(open_note(checkpoint.encode(), [current]).text)
        if past.size > index or tree.root(past.size) != past.root:
            raise CannotTrust(f"entry {index} holds a checkpoint that is none of this log.")
        if not any(named == key and at < past.size for at, named, _ in keys):
            raise CannotTrust(f"entry {index} passes on to a key that no entry before its checkpoint names.")
        current = key
    return current


def _witnesses(note: bytes, asked: Asked, verdict: Verdict) -> Iterator[Wrong]:
    if not asked.witnesses:
        return
    try:
        cosigned = len(open_note(note, asked.witnesses).verified)
    except CannotTrust as error:
        yield Wrong(f"{LOG}/{CHECKPOINT}", f"cosignatures: {error}")
        return
    said = f"{cosigned} of the {len(asked.witnesses)} witnesses cosigned the checkpoint"
    if cosigned < asked.quorum:
        yield Wrong(f"{LOG}/{CHECKPOINT}", f"{said}; {asked.quorum} are needed.")
    else:
        verdict.proved.append(f"{said}.")


def _seen(tree: Tree, asked: Asked, verdict: Verdict) -> Iterator[Wrong]:
    for size, root in asked.seen:
        if size > tree.size:
            says = f"{size:,} entries were seen before; here are {tree.size:,}: an older state, or another history."
            yield Wrong(f"{LOG}/{CHECKPOINT}", says)
        elif tree.root(size) != root:
            says = f"the first {size:,} entries make another root than the one that was seen: another history."
            yield Wrong(f"{LOG}/{CHECKPOINT}", says)
        else:
            verdict.proved.append(f"The {size:,} entries that were seen before are the first ones of this log.")
