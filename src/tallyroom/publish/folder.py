"""A published folder on disk: made whole beside the one that stands there, then exchanged with it.

    .NAME.new    being made; after the exchange the former folder, for as long as it takes to delete it.
                 What a run that was killed left of it is thrown away by the next; but where the log says that
                 just this was published, the next run exchanges it
    .NAME.old    where the system cannot exchange two folders: the former one between two renames; the
                 next run puts it back where a run was killed between them

A reader sees the old site or the new one. A file whose bytes did not change is not written again: it is
the same file, with its time of modification. Nothing is replaced but what we wrote, and a file that
somebody altered in the published folder is never taken over into the next.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tallyroom.disk import lock, settle
from tallyroom.errors import CannotWrite

__all__ = ["APART", "MANIFEST", "NewFolder", "Vouched", "digest", "new_folder"]

MANIFEST = "manifest"
APART = ("log/", "releases/")  # not in the manifest: they grow, and vouch for themselves
_OURS = ("results.json", MANIFEST)
# What file managers leave in every folder that they show.
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


@dataclass(frozen=True)
class Vouched:
    """A publication that was signed: the SHA-256 of its manifest, and those of its files that are not in that."""

    manifest: str
    apart: Callable[[], Iterable[tuple[str, bytes]]]


class NewFolder:
    """A folder that is being made to take the place of `earlier`, if there is one.

    listed: the manifest of the earlier one, path → SHA-256 in hex; empty where there is none.
    """

    def __init__(self, new: Path, earlier: Path) -> None:
        self._new = new
        self.earlier = earlier
        self.listed = _listed(earlier)
        self.digests: dict[str, str] = {}
        self.written: set[str] = set()
        self._made: set[Path] = set()

    def write(self, path: str, data: bytes) -> None:
        """One file, by its path with `/`; the earlier one is kept where it has the same bytes."""
        target = self._target(path)
        digests = digest(data)
        if self.listed.get(path) == digests and _holds(self.earlier / path, data):
            _link(self.earlier / path, target)
        else:
            with target.open("xb") as file:  # two files of one name would be a loss, never a silent one
                file.write(data)
            self.written.add(path)
        self._note(path, digests)

    def write_pieces(self, path: str, pieces: Iterable[bytes]) -> None:
        """One file as `write`, of which only a piece at a time is in memory."""
        target, sha256 = self._target(path), hashlib.sha256()
        with target.open("xb") as file:
            for piece in pieces:
                file.write(piece)
                sha256.update(piece)
        digests = sha256.hexdigest()
        if self.listed.get(path) == digests == digest_of(self.earlier / path):
            target.unlink()
            _link(self.earlier / path, target)
        else:
            self.written.add(path)
        self._note(path, digests)

    def keep(self, path: str) -> bool:
        """Takes over a file of the earlier folder; False where it is not there as it was published."""
        old = self.earlier / path
        if path not in self.listed or digest_of(old) != self.listed[path]:
            return False
        _link(old, self._target(path))
        self._note(path, self.listed[path])
        return True

    def add(self, path: str, file: Path) -> None:
        """A file that lies elsewhere on this machine, copied; as `write`, for large ones."""
        digests = digest_of(file)
        if self.listed.get(path) != digests or not self.keep(path):
            shutil.copyfile(file, self._target(path))
            self.written.add(path)
            self._note(path, digests)

    def published(self, path: str) -> bytes | None:
        """What a file of the earlier folder holds; None where it is not there as it was published."""
        if digest_of(self.earlier / path) != self.listed.get(path, "-"):
            return None
        return (self.earlier / path).read_bytes()

    def keep_apart(self, folder: str, but: Collection[str] = ()) -> None:
        """Takes over what an earlier folder holds below one of APART, but for these folders in it."""
        for old in sorted((self.earlier / folder).rglob("*")):
            if old.is_file() and old.parent.relative_to(self.earlier).as_posix() not in but:
                _link(old, self._target(old.relative_to(self.earlier).as_posix()))

    @property
    def gone(self) -> list[str]:
        """The files of the earlier folder that are not in the new one."""
        return sorted(self.listed.keys() - self.digests.keys() - {MANIFEST})

    @property
    def manifest(self) -> bytes:
        """Every file but itself and those of APART: SHA-256 and path, as `sha256sum` writes them."""
        return "".join(f"{self.digests[name]}  {name}\n" for name in sorted(self.digests)).encode()

    def finish(self) -> None:
        """Writes the manifest: the last file."""
        (self._new / MANIFEST).write_bytes(self.manifest)

    def settle(self) -> None:
        """Puts all that was written on the disk, before anybody vouches for it."""
        settle(self._new, [path for path in self._new.rglob("*") if path.is_file()])

    @property
    def folder(self) -> Path:
        """Where it is being made."""
        return self._new

    def _target(self, path: str) -> Path:
        target = self._new / path
        if target.parent not in self._made:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(target.parent)
        return target

    def _note(self, path: str, digests: str) -> None:
        if not path.startswith(APART):
            self.digests[path] = digests


def digest(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def digest_of(file: Path) -> str:
    """SHA-256 in hex of what a file holds; empty where it cannot be read."""
    try:
        with file.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        return ""


def _holds(file: Path, data: bytes) -> bool:
    try:
        return file.stat().st_size == len(data) and file.read_bytes() == data
    except OSError:
        return False


def _link(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        shutil.copy2(old, new)


@contextlib.contextmanager
def new_folder(to: Path, vouched: Vouched | None = None) -> Iterator[NewFolder]:
    """A folder to fill, which stands at `to` when the block ends without an error, if it was finished.

    vouched: what was signed last. Where a run was killed before it was shown, it is shown first.
    Raises CannotWrite where something else stands there, or the disk refuses.
    """
    target = to.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with lock(target.parent):
            new, old = _beside(target, "new"), _beside(target, "old")
            _recover(target, new, old, vouched)
            _must_be_ours(target)
            new.mkdir()
            made = NewFolder(new, target)
            try:
                yield made
                if (new / MANIFEST).exists():
                    _exchange(target, new, old)
            finally:
                shutil.rmtree(new, ignore_errors=True)
    except OSError as error:
        raise CannotWrite(f"{to} cannot be written: {error.strerror or error} ({error.filename}).") from error


def _beside(target: Path, ending: str) -> Path:
    return target.with_name(f".{target.name}.{ending}")


def _recover(target: Path, new: Path, old: Path, vouched: Vouched | None) -> None:
    if old.exists() and not target.exists():
        old.rename(target)
    if vouched and _is_whole(new, vouched.manifest):
        _must_be_ours(target)
        for path, data in vouched.apart():
            (new / path).unlink(missing_ok=True)  # perhaps half written
            (new / path).parent.mkdir(parents=True, exist_ok=True)
            (new / path).write_bytes(data)
        _exchange(target, new, old)
    for left_over in (new, old):
        if left_over.exists():
            shutil.rmtree(left_over)


def _is_whole(folder: Path, manifest: str) -> bool:
    """Whether every file of just this manifest is there."""
    there = digest_of(folder / MANIFEST) == manifest
    return there and all(digest_of(folder / path) == digests for path, digests in _listed(folder).items())


def _must_be_ours(target: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise CannotWrite(f"{target} is a file. Name a folder that does not exist yet.")
    there = {path.relative_to(target).as_posix() for path in target.rglob("*") if not path.is_dir()}
    there = {name for name in there if name.rpartition("/")[2] not in _LITTER}
    if there and not there.issuperset(_OURS):
        raise CannotWrite(
            f"{target} is not empty and is no published site of ours, so it is left as it is. "
            "Name an empty folder, one that does not exist yet, or an earlier publication."
        )
    ours = {MANIFEST, *_listed(target)}
    if there and (foreign := sorted(n for n in there - ours if not n.startswith(APART))):
        raise CannotWrite(
            f"{target} is an earlier publication, but {_some(foreign)} there is not of it and would be lost. "
            "Move it away, or name another folder."
        )


def _listed(target: Path) -> Mapping[str, str]:
    """What a publication's manifest names: path → SHA-256; nothing where there is none."""
    if not (target / MANIFEST).is_file():
        return {}
    lines = (target / MANIFEST).read_text(encoding="utf-8").splitlines()
    return {name: digests for digests, _, name in (line.partition("  ") for line in lines)}


def _some(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"


def _exchange(target: Path, new: Path, old: Path) -> None:
    if not target.exists():
        new.rename(target)
    elif not _exchanged(new, target):
        target.rename(old)
        new.rename(target)
        shutil.rmtree(old, ignore_errors=True)


@cache
def _renameat2() -> ctypes._NamedFuncPointer | None:
    """The system call that exchanges two paths in one step: Linux, renameat2(2)."""
    return getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None


def _exchanged(one: Path, other: Path) -> bool:
    """Exchanges two folders in one step; False where the system or the file system cannot."""
    call = _renameat2()
    at_cwd, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    return call is not None and call(at_cwd, os.fsencode(one), at_cwd, os.fsencode(other), exchange) == 0
