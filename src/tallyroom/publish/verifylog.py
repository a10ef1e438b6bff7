"""The log of a published site, verified from the bytes of its files alone: no disk, no network, no clock.

Entries → leaves → tiles → root; the root against the checkpoint; the checkpoint's signatures; what its entries
say of each other; every root that an entry names. A checkpoint seen elsewhere, and witnesses, show whether
somebody else was told another history, which no folder can show of itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from tallyroom.errors import CannotTrust
from tallyroom.log.checkpoint import Checkpoint, parse_checkpoint
from tallyroom.log.keys import ED25519, VerifierKey, parse_verifier, time_of
from tallyroom.log.note import LARGEST_NOTE, open_note, parse_note
from tallyroom.log.tiles import (
    CHECKPOINT,
    ENTRIES,
    LARGEST_BUNDLE,
    Tile,
    decode_bundle,
    files_of,
    tile_at,
)
from tallyroom.log.tree import TILE_WIDTH, Tree
from tallyroom.log.whole import LogFault, Read, earlier_file, earlier_files, rebuild
from tallyroom.publish.logbook import LOG, published_sizes
from tallyroom.publish.verdict import Verdict, Wrong
from tallyroom.record.ledger import Ledger

__all__ = ["Asked", "VerifiedLog", "verify_log"]

_SHOWN = 20  # of the entries that were taken away


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
    """A log whose files fit together: its tree, and what its entries say. read: its files by their paths."""

    tree: Tree
    ledger: Ledger
    read: Read

    def entry(self, index: int) -> bytes:
        """An entry as it was logged; empty where it was taken away."""
        tile = tile_at(ENTRIES, index, self.tree.size)
        return _entries_of(self.read, tile)[index % TILE_WIDTH]


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
            f"The {tree.size:,} entries of the log of {checkpoint.origin} make the root that its checkpoint says: "
            "every entry, every tile, every publication's root."
        )
    except _Bad as bad:
        verdict.wrong.append(bad.wrong)
        return None
    verdict.wrong += _files(read, names, tree, ledger)
    verdict.wrong += _signatures(note, checkpoint, tree, ledger, asked, verdict)
    verdict.wrong += _seen(tree, asked, verdict)
    _taken_away(ledger, verdict)
    _closed(ledger, verdict)
    return VerifiedLog(tree, ledger, read)


def _checkpoint(read: Read) -> tuple[bytes, Checkpoint]:
    note = read(CHECKPOINT, LARGEST_NOTE)
    if note is None:
        raise _Bad(CHECKPOINT, "missing.")
    try:
        checkpoint = parse_checkpoint(parse_note(note).text)
    except CannotTrust as error:
        raise _Bad(CHECKPOINT, str(error)) from error
    if checkpoint.extensions:
        raise _Bad(CHECKPOINT, f"it says more than who, size and root: {checkpoint.extensions[0][:80]!r}.")
    return note, checkpoint


def _rebuilt(read: Read, checkpoint: Checkpoint, ledger: Ledger) -> Tree:
    def take(first: int, entries: list[bytes]) -> None:
        try:
            ledger.take_all(first, entries)
        except CannotTrust as error:
            raise _Bad(tile_at(ENTRIES, first, checkpoint.size).path, str(error)) from error

    try:
        tree = rebuild(read, checkpoint.size, take, lambda _: None)
    except LogFault as fault:
        raise _Bad(fault.path, str(fault).removeprefix(f"{fault.path}: ")) from fault
    if tree.root() != checkpoint.root:
        raise _Bad(CHECKPOINT, f"its root is not the one that the {checkpoint.size:,} entries make.")
    return tree


def _entries(tree: Tree, ledger: Ledger, checkpoint: Checkpoint) -> None:
    """What the entries say of the tree that they are in."""
    if ledger.opened is None:
        raise _Bad(CHECKPOINT, "the log has no entry that opens it.")
    if ledger.opened.text("origin") != checkpoint.origin:
        raise _Bad(CHECKPOINT, f"it is of {checkpoint.origin}; the log was opened as {ledger.opened.text('origin')}.")
    for one in ledger.publications:
        if tree.root(one.size) != one.root:
            says = f"entry {one.index}, publication {one.number}, names another root than the entries before it make."
            raise _Bad(tile_at(ENTRIES, one.index, tree.size).path, says)
    for index in ledger.unexplained(tree.levels[0].__getitem__):
        raise _Bad(tile_at(ENTRIES, index, tree.size).path, f"entry {index} was taken away, and no redaction says so.")
    for index in ledger.still_there:
        says = f"entry {index} is still here, though entry {ledger.redacted[index].index} says it was taken away."
        raise _Bad(tile_at(ENTRIES, index, tree.size).path, says)


def _files(read: Read, names: set[str] | None, tree: Tree, ledger: Ledger) -> Iterator[Wrong]:
    """What is wrong beside the files of this size: those of published sizes before it, and what is no file of it."""
    earlier = earlier_files(tree.size, published_sizes(ledger)) - set(files_of(tree.size))
    for tile in sorted(earlier):
        if read(tile.path, LARGEST_BUNDLE) != earlier_file(tree, read, tile):
            yield Wrong(f"{LOG}/{tile.path}", "missing, or not the beginning of the file that it grew into.")
    wanted = {CHECKPOINT, *(tile.path for tile in (*files_of(tree.size), *earlier))}
    for name in sorted((names or set()) - wanted):
        yield Wrong(f"{LOG}/{name}", "not a file of this log.")


def _entries_of(read: Read, tile: Tile) -> list[bytes]:
    return decode_bundle(read(tile.path, LARGEST_BUNDLE) or b"", tile.hashes, tile.path)


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
        by = "the key that was given" if current == first else f"{current}, to which that key passed on"
        verdict.proved.append(f"The checkpoint of {checkpoint.size:,} entries is signed by {by}.")
    else:
        verdict.not_proved.append(
            f"Consistent, signer not checked: the log names its own key, {current}. "
            "Whoever has it from elsewhere gives it with --key."
        )
    yield from _witnesses(note, current, asked, verdict)


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


def _witnesses(note: bytes, current: VerifierKey, asked: Asked, verdict: Verdict) -> Iterator[Wrong]:
    if not asked.witnesses:
        return
    for key in asked.witnesses:
        if key.public == current.public:
            yield Wrong(f"{LOG}/{CHECKPOINT}", f"{key.name} signs with the log's own key, so it is nobody else.")
            return
    try:
        cosigned = open_note(note, asked.witnesses).verified
    except CannotTrust as error:
        yield Wrong(f"{LOG}/{CHECKPOINT}", f"cosignatures: {error}")
        return
    said = f"{len(cosigned)} of the {len(asked.witnesses)} witnesses cosigned the checkpoint"
    if len(cosigned) < asked.quorum:
        yield Wrong(f"{LOG}/{CHECKPOINT}", f"{said}; {asked.quorum} are needed.")
        return
    when = ", ".join(f"{key.name} at {_moment(time_of(key, one.signature))}" for key, one in cosigned)
    verdict.proved.append(f"{said}: {when}.")
    signed = {key for key, _ in cosigned}
    if lacking := [key.name for key in asked.witnesses if key not in signed]:
        verdict.not_proved.append(f"That {', '.join(lacking)} saw this history: no cosignature of theirs is here.")


def _moment(time: int) -> str:
    try:
        return f"{datetime.fromtimestamp(time, UTC):%Y-%m-%dT%H:%M:%SZ}"
    except (ValueError, OverflowError, OSError):  # a year that no calendar of ours has
        return f"second {time}"


def _taken_away(ledger: Ledger, verdict: Verdict) -> None:
    """What nobody can read any more, and why."""
    gone = sorted(ledger.redacted.values(), key=lambda redaction: redaction.of)
    for one in gone[:_SHOWN]:
        says = f"What entry {one.of} said: it was taken away. Entry {one.index} says why: {one.reason}"
        verdict.not_proved.append(says if says.endswith(".") else f"{says}.")
    if len(gone) > _SHOWN:
        verdict.not_proved.append(f"What {len(gone) - _SHOWN:,} more entries said that were taken away.")


def _closed(ledger: Ledger, verdict: Verdict) -> None:
    if not ledger.closings:
        return
    last = ledger.closings[-1]
    if ledger.corrected:
        count = f"{len(ledger.corrected):,} correction{'s' if len(ledger.corrected) > 1 else ''}"
        since = f"{count} came after it, from entry {ledger.corrected[0]} on, and it was not closed again"
        verdict.not_proved.append(f"That the count is over: entry {last.index} closed it, at {last.at}; {since}.")
    else:
        says = f"The count was closed at {last.at}, by entry {last.index}; no figure was corrected after that."
        verdict.proved.append(says)


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
