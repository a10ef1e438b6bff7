"""A published folder on disk: made whole beside the old one, then put in its place.

    .NAME.new    being made; a left-over of a run that was stopped is thrown away by the next
    .NAME.old    the former folder for the moment of the exchange; the next run puts it back where
                 the run was stopped between the two renames

A reader of the folder sees the old site or the new one. Nothing is replaced but what we wrote.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tallyroom.errors import CannotWrite

if sys.platform != "win32":
    import fcntl

__all__ = ["MANIFEST", "write_folder"]

MANIFEST = "manifest"
_OURS = ("results.json", MANIFEST)
# What file managers leave in every folder that they show.
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


def write_folder(to: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Writes the files and their manifest as the folder `to`; returns how many files it holds.

    files: path relative to the folder, with `/`, and bytes.
    Raises CannotWrite where something else stands there, or the disk refuses.
    """
    target = to.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _alone(target.parent):
            new, old = _beside(target, "new"), _beside(target, "old")
            _recover(target, new, old)
            _must_be_ours(target)
            count = _write(new, files)
            _exchange(target, new, old)
            return count
    except OSError as error:
        raise CannotWrite(f"{to} cannot be written: {error.strerror or error} ({error.filename}).") from error


def _beside(target: Path, ending: str) -> Path:
    return target.with_name(f".{target.name}.{ending}")


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keeps two runs that publish into one folder from mixing their files."""
    if sys.platform == "win32":  # there a second run fails where the first one's files are open
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _recover(target: Path, new: Path, old: Path) -> None:
    if old.exists() and not target.exists():
        old.rename(target)
    for left_over in (new, old):
        if left_over.exists():
            shutil.rmtree(left_over)


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
    if there and (foreign := sorted(there - _listed(target))):
        raise CannotWrite(
            f"{target} is an earlier publication, but {_some(foreign)} there is not of it and would be lost. "
            "Move it away, or name another folder."
        )


def _listed(target: Path) -> set[str]:
    """What a publication's manifest names, and itself."""
    lines = (target / MANIFEST).read_text(encoding="utf-8").splitlines()
    return {MANIFEST, *(line.partition("  ")[2] for line in lines)}


def _some(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"


def _write(new: Path, files: Iterable[tuple[str, bytes]]) -> int:
    digests: dict[str, str] = {}
    made: set[Path] = set()
    for name, data in files:
        path = new / name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        with path.open("xb") as file:  # two pages of one name would be a loss, never a silent one
            file.write(data)
        digests[name] = hashlib.sha256(data).hexdigest()
    lines = [f"{digests[name]}  {name}\n" for name in sorted(digests)]
    (new / MANIFEST).write_text("".join(lines), encoding="utf-8", newline="")
    return len(digests) + 1


def _exchange(target: Path, new: Path, old: Path) -> None:
    if target.exists():
        target.rename(old)
    new.rename(target)
    shutil.rmtree(old, ignore_errors=True)
