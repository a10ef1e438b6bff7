"""What reaches the disk, whole and in order: locks, files put in place of others, folders synced."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

if sys.platform != "win32":
    import fcntl

__all__ = ["lock", "put", "settle", "settling", "sync_folder"]

_FEW = 64  # files that are put on the disk one by one
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)  # for whoever opens the other end of a pipe


@contextlib.contextmanager
def lock(path: Path) -> Iterator[None]:
    """Waits until nobody else holds this file or folder locked, and holds it until the end."""
    if sys.platform == "win32":  # there a second writer fails where the first one's files are open
        yield
        return
    handle = os.open(path, os.O_RDONLY | _NO_WAIT)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def put(path: Path, data: bytes, new: Path | None = None) -> None:
    """Puts a file in place of an earlier one: whoever reads sees the old or the new, also after a power cut.

    new: where it is written first, on the same disk; beside it where nothing is said. What has that name already, of
    a run that was stopped or a link to somewhere else, is taken away and never written to.
    """
    new = new or path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    with new.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Puts a folder's own list of files on the disk."""
    if sys.platform == "win32":  # folders cannot be opened there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def settle(root: Path, files: Sequence[Path]) -> None:
    """Puts files on the disk, and the lists of all folders from theirs up to `root`."""
    if len(files) > _FEW and _sync_file_system(root):
        return
    for path in files:
        handle = os.open(path, os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    near = {path.parent for path in files}
    above = {folder for folders in near for folder in folders.parents if folder.is_relative_to(root)}
    for folder in near | above:
        sync_folder(folder)


@contextlib.contextmanager
def settling(root: Path, files: Sequence[Path]) -> Iterator[None]:
    """Settles files while something else is done, and ends when both are."""
    with ThreadPoolExecutor(1) as aside:
        settled = aside.submit(settle, root, files)
        yield
        settled.result()


def _sync_file_system(folder: Path) -> bool:
    """Puts all of a file system on the disk at once, where the system can: Linux, syncfs(2).

    For thousands of files this is many times faster than one after another, each of which empties the disk's cache.
    """
    call = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None) if sys.platform == "linux" else None
    if call is None:
        return False
    handle = os.open(folder, os.O_RDONLY)
    try:
        if call(handle) != 0:
            error = ctypes.get_errno()
            raise OSError(error, os.strerror(error), str(folder))
    finally:
        os.close(handle)
    return True
