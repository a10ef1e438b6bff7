"""A log's folder on disk: one writer, and at every moment a signed state that it can be taken up from.

    the whole log read, entries to root, and held against what the key signed before
    tiles and bundles of the new size, each under a name of its own; on the disk (fsync), and read again
    the signed checkpoint: first into the key's memory, then in place of the old one in the folder
    partial tiles that are full by now taken away

Stopped before the memory is written, what was added is taken away again by the next run: nobody was told of it.
Stopped after it, the next run finishes. A file that a reader of a signed size needs is never written to again.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tallyroom.disk import lock, put, settling
from tallyroom.errors import CannotLog, CannotTrust
from tallyroom.log.checkpoint import Checkpoint, parse_checkpoint
from tallyroom.log.keyfile import KeyFile
from tallyroom.log.note import LARGEST_NOTE, Note, OpenNote, Signature, open_note, sign
from tallyroom.log.tiles import (
    CHECKPOINT,
    ENTRIES,
    LARGEST_BUNDLE,
    LARGEST_ENTRY,
    Tile,
    decode_bundle,
    encode_bundle,
    files_of,
    parse_tile,
    widths,
)
from tallyroom.log.tree import EMPTY_ROOT, TILE_WIDTH, Tree, leaf_hashes
from tallyroom.log.whole import Read, Saw, hold_against, rebuild

__all__ = ["LogWriter", "create_log", "log_files", "open_log", "reader_of"]

_NEW = f".{CHECKPOINT}.new"
# No link is followed, and nobody waits for a pipe that has this name.
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NOT_THERE = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.EISDIR, errno.ENXIO}


def reader_of(folder: Path) -> Read:
    """Reads the files of a log in a folder; a link, or anything but a plain file, is not there."""

    root = str(folder)

    def read(path: str, most: int) -> bytes | None:
        try:
            handle = os.open(f"{root}/{path}", _READ)
        except OSError as error:
            if error.errno in _NOT_THERE:
                return None
            raise
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                return None
            wanted = min(status.st_size, most + 1)
            data = os.read(handle, wanted)
            while len(data) < wanted and (more := os.read(handle, wanted - len(data))):
                data += more
            return data
        finally:
            os.close(handle)

    return read


def log_files(folder: Path) -> set[str]:
    """The paths of all files and links in a log's folder, whatever they are."""
    found: set[str] = set()
    for root, folders, files in os.walk(folder):
        below = Path(root).relative_to(folder).as_posix()
        links = [name for name in folders if (Path(root) / name).is_symlink()]
        found.update(f"{below}/{name}" if below != "." else name for name in (*files, *links))
    return found


def create_log(folder: Path, key: KeyFile) -> None:
    """An empty log, signed. Raises CannotLog where the folder holds anything, or the key has signed before."""
    with _telling(folder), lock(key.path):
        if key.signed() is not None:
            raise CannotLog(f"The key {key.path} has signed a log before. Every log has a key of its own.")
        folder.mkdir(parents=True, exist_ok=True)
        with lock(folder):
            if there := log_files(folder) - {_NEW}:
                raise CannotLog(f"{folder} is not empty: {min(there)} is in it. A log begins in an empty folder.")
            note = sign(Checkpoint(key.key.name, 0, EMPTY_ROOT).text, [key.key]).data
            key.remember(note)
            put(folder / CHECKPOINT, note)


@contextlib.contextmanager
def open_log(folder: Path, keys: Sequence[KeyFile], saw: Saw | None = None) -> Iterator[LogWriter]:
    """The log of a folder, to add to, with its lock held; `saw` is told of every entry that is in it.

    keys: the signer, or at a change of keys both, the older one first.
    Raises CannotLog where the folder is not what the keys signed, LogFault where its files do not fit together.
    """
    if not folder.is_dir():
        raise CannotLog(f"{folder} is not there, so there is no log to add to.")
    with _telling(folder), contextlib.ExitStack() as locks:
        for path in (*(key.path for key in keys), folder):  # always in this order: nobody waits for one who waits
            locks.enter_context(lock(path))
        yield LogWriter(folder, keys, saw)


@contextlib.contextmanager
def _telling(folder: Path) -> Iterator[None]:
    """Says which file the system refused, such as on a full disk."""
    try:
        yield
    except OSError as error:
        raise CannotLog(f"{error.filename or folder}: {error.strerror or error}.") from error


class LogWriter:
    """A log with its lock held. `tree` is of all entries, `checkpoint` the signed state of it."""

    def __init__(self, folder: Path, keys: Sequence[KeyFile], saw: Saw | None) -> None:
        self.folder = folder
        self.keys = keys
        self._tail: list[bytes] = []
        self._take_up()
        self.tree = self._read_again(self.checkpoint.size, saw)
        self._holds(self.tree, self.checkpoint)
        self._clear()

    @property
    def note(self) -> OpenNote:
        """The checkpoint with all its signatures, as it lies in the folder."""
        return self._open(self._checkpoint_bytes() or b"")

    @property
    def checkpoint(self) -> Checkpoint:
        """What is signed."""
        return parse_checkpoint(self.note.text)

    def append(self, entries: Iterable[bytes]) -> Checkpoint:
        """Adds entries and signs; returns when they are on the disk. Adds nothing where there are none.

        What was in the log was read when it was opened, and its lock is held since; what is written now is read again.
        After an error the writer is done for: the next one takes away what this one left.
        """
        before = self.checkpoint
        written = self._write(before.size, entries)
        if self.tree.size == before.size:
            return before
        after = Checkpoint(before.origin, self.tree.size, self.tree.root())
        with settling(self.folder, [self.folder / tile.path for tile in written]):
            hold_against(self.tree, reader_of(self.folder), written)
        self._holds(self.tree, before)
        self._holds(self.tree, after)
        self._sign(after)
        self._clear()
        return after

    def sign_again(self, others: Sequence[Signature] = ()) -> None:
        """The same checkpoint, signed by all the keys, with other signatures on it, such as a witness's."""
        self._sign(self.checkpoint, others)

    def take_away(self, index: int) -> None:
        """Takes an entry out of every bundle that holds it; its hash stays in the tile, and the root what it was.

        Nothing in the log says so by itself: an entry of the caller's does, appended before. May be done again.
        """
        number, at = divmod(index, TILE_WIDTH)
        whole = self.folder / Tile(ENTRIES, number).path
        for path in (whole, *whole.with_name(f"{whole.name}.p").glob("[0-9]*")):
            width = TILE_WIDTH if path == whole else int(path.name)
            if path.is_file() and width > at:
                entries = decode_bundle(path.read_bytes(), width, str(path))
                put(path, encode_bundle([*entries[:at], b"", *entries[at + 1 :]]), self.folder / _NEW)
        self.tree = self._read_again(self.tree.size)
        self._holds(self.tree, self.checkpoint)

    def file(self, path: str) -> bytes:
        """What a file of the log holds. Raises CannotLog where it is not there, or is no plain file."""
        data = reader_of(self.folder)(path, LARGEST_BUNDLE)
        if data is None:
            raise CannotLog(f"{self.folder / path} is not there.")
        return data

    def _take_up(self) -> None:
        """Finishes what a run that was stopped had already signed."""
        signed = [found for key in self.keys if (found := key.signed()) is not None]
        there = self._checkpoint_bytes()
        if not signed and there is None:
            raise CannotLog(f"{self.folder} has no checkpoint, and the key remembers none: this is no log of its.")
        if not signed:
            return
        data, last = max(signed, key=lambda found: found[1].size)
        if there is None or self.checkpoint.size < last.size:
            try:
                self._holds(rebuild(reader_of(self.folder), last.size, hollow=lambda _: None), last)
            except CannotTrust as error:
                raise CannotLog(
                    f"The key has signed {last.size} entries, and {self.folder} does not hold them: {error} "
                    "It was put back to an earlier state. Bring back the files of the later one."
                ) from error
            put(self.folder / CHECKPOINT, data)

    def _checkpoint_bytes(self) -> bytes | None:
        return reader_of(self.folder)(CHECKPOINT, LARGEST_NOTE)

    def _open(self, data: bytes) -> OpenNote:
        try:
            opened = open_note(data, [key.key.verifier for key in self.keys])
        except CannotTrust as error:
            paths = " and ".join(str(key.path) for key in self.keys)
            mend = f"It was opened with {paths}: the file of the key that signed it is given with --key."
            raise CannotLog(f"{self.folder / CHECKPOINT}: {error} {mend}") from error
        if parse_checkpoint(opened.text).origin != self.keys[0].key.name:
            raise CannotLog(f"{self.folder / CHECKPOINT} is of another log than the key.")
        return opened

    def _read_again(self, size: int, saw: Saw | None = None) -> Tree:
        tail: list[bytes] = []

        def keep(first: int, entries: list[bytes]) -> None:
            tail[:] = entries if len(entries) < TILE_WIDTH else []
            if saw is not None:
                saw(first, entries)

        tree = rebuild(reader_of(self.folder), size, keep, lambda _: None)
        self._tail = tail
        return tree

    def _holds(self, tree: Tree, checkpoint: Checkpoint) -> None:
        """Raises CannotLog unless the tree continues this checkpoint and what each key signed last."""
        signed = [found[1] for key in self.keys if (found := key.signed()) is not None]
        for past in (checkpoint, *signed):
            if past.size > tree.size or tree.root(past.size) != past.root:
                raise CannotLog(
                    f"{self.folder} does not continue the {past.size} entries that were signed before. "
                    "Its files were changed after that: bring back the ones that were signed."
                )

    def _write(self, old: int, entries: Iterable[bytes]) -> list[Tile]:
        """Writes what a log with these entries more has, and adds them to the tree; the files that were written."""
        written: list[Tile] = []
        coming = itertools.chain(self._tail, entries)
        for number in itertools.count(old // TILE_WIDTH):
            bundle = list(itertools.islice(coming, TILE_WIDTH))
            known = max(0, old - TILE_WIDTH * number)
            if len(bundle) <= known:
                break
            _must_be_allowed(bundle[known:])
            self.tree.add(leaf_hashes(bundle[known:]))
            tile = Tile(ENTRIES, number, len(bundle) % TILE_WIDTH)
            _write_once(self.folder / tile.path, encode_bundle(bundle))
            written.append(tile)
            self._tail = bundle if tile.width else []
        for tile in _added(old, self.tree.size):
            _write_once(self.folder / tile.path, self.tree.tile(tile.level, tile.number, tile.hashes))
            written.append(tile)
        return written

    def _sign(self, checkpoint: Checkpoint, others: Sequence[Signature] = ()) -> None:
        note: Note = sign(checkpoint.text, [key.key for key in self.keys], others)
        for key in self.keys:
            key.remember(note.data)
        put(self.folder / CHECKPOINT, note.data)

    def _clear(self) -> None:
        """Takes away what a stopped run left, and partial tiles that are full by now; nothing that was signed."""
        size = self.checkpoint.size
        needed = {(tile.level, tile.number): tile.width for tile in files_of(size)}
        for name in sorted(log_files(self.folder) - {CHECKPOINT}):
            if name != _NEW:
                tile = _tile_of(self.folder, name)
                width = needed.get((tile.level, tile.number), -1)
                if tile.width == width or 0 < tile.width < width:
                    continue
            path = self.folder / name
            path.unlink()
            if path.parent.name.endswith(".p") and not any(path.parent.iterdir()):
                path.parent.rmdir()


def _tile_of(folder: Path, name: str) -> Tile:
    try:
        return parse_tile(name)
    except CannotTrust as error:
        raise CannotLog(f"{folder / name} is not a file of a log. Take it out of the folder.") from error


def _must_be_allowed(entries: Sequence[bytes]) -> None:
    lengths = set(map(len, entries))
    if not 0 < min(lengths) <= max(lengths) <= LARGEST_ENTRY:
        wrong = next(length for length in sorted(lengths) if not 0 < length <= LARGEST_ENTRY)
        raise CannotLog(f"An entry of {wrong} bytes; it must have 1 to {LARGEST_ENTRY}.")


def _added(old: int, new: int) -> Iterator[Tile]:
    """The tiles of hashes that a log of `new` has and one of `old` has not."""
    before = widths(old)
    for level, (full, partial) in widths(new).items():
        full_before, partial_before = before.get(level, (0, 0))
        for number in range(full_before, full):
            yield Tile(level, number)
        if partial and (full, partial) != (full_before, partial_before):
            yield Tile(level, full, partial)


def _write_once(path: Path, data: bytes) -> None:
    create = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        try:
            handle = os.open(path, create, 0o666)
        except FileNotFoundError:
            path.parent.mkdir(parents=True)
            handle = os.open(path, create, 0o666)
    except FileExistsError as error:
        raise CannotLog(f"{path} is there already, though it was never signed. Nothing is overwritten.") from error
    try:
        while data:
            data = data[os.write(handle, data) :]
    finally:
        os.close(handle)
