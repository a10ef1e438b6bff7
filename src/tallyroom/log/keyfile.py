"""A signing key as a file that only its owner reads, and beside it what it signed last.

    NAME            the key, mode 0600
    NAME.signed     the largest checkpoint that it signed

A log that was put back to an earlier state could be continued differently, and its key would have signed two
histories. So the key remembers, apart from the log: it signs nothing that does not continue what it signed.
"""

from __future__ import annotations

import os
import secrets
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

from tallyroom.disk import put, sync_folder
from tallyroom.errors import CannotLog, CannotTrust
from tallyroom.log.checkpoint import Checkpoint, parse_checkpoint
from tallyroom.log.keys import SignerKey, parse_signer
from tallyroom.log.note import LARGEST_NOTE, open_note
from tallyroom.log.strict import is_name

__all__ = ["KeyFile", "create_key", "read_key"]

_OWNER_ONLY = 0o600
_LARGEST_KEY = 10_000  # bytes


@dataclass(frozen=True)
class KeyFile:
    """A key and where it lies."""

    path: Path
    key: SignerKey

    @property
    def memory(self) -> Path:
        """Where the largest checkpoint that the key signed lies."""
        return self.path.with_name(f"{self.path.name}.signed")

    def signed(self) -> tuple[bytes, Checkpoint] | None:
        """The largest checkpoint that the key signed, as bytes and read; None where it signed none yet."""
        try:
            data = _bytes(self.memory, LARGEST_NOTE)
        except FileNotFoundError as error:
            if self.memory.is_symlink():  # to a disk that is not there: what was signed must not be forgotten
                raise CannotLog(f"{self.memory} leads nowhere: what the key signed last cannot be read.") from error
            return None
        except OSError as error:
            raise CannotLog(f"{self.memory} cannot be read: {error.strerror or error}.") from error
        try:
            return data, parse_checkpoint(open_note(data, [self.key.verifier]).text)
        except CannotTrust as error:
            raise CannotLog(f"{self.memory} is not what the key signed last: {error}") from error

    def remember(self, checkpoint: bytes) -> None:
        """Keeps a checkpoint as the last one, before anybody is shown it."""
        put(self.memory, checkpoint)


def create_key(path: Path, name: str) -> KeyFile:
    """A new key in a new file. Raises CannotLog where a file stands there already."""
    if not is_name(name):
        raise CannotLog(f"{name!r} cannot be the name of a key: it needs to be without spaces and plus signs.")
    key = SignerKey(name, secrets.token_bytes(32))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(key.secret() + "\n")
            file.flush()
            os.fsync(file.fileno())
        sync_folder(path.parent)
    except FileExistsError as error:
        raise CannotLog(f"{path} is there already: a key is never overwritten.") from error
    except OSError as error:
        raise CannotLog(f"{path} cannot be written: {error.strerror or error}.") from error
    return KeyFile(path, key)


def read_key(path: Path) -> KeyFile:
    """The key in a file. Raises CannotLog where others could read it too."""
    try:
        mode, text = path.stat().st_mode, _bytes(path, _LARGEST_KEY).decode()
    except (OSError, UnicodeDecodeError) as error:
        says = error.strerror if isinstance(error, OSError) else "it is no text"
        raise CannotLog(f"The key {path} cannot be read: {says}. Without it nothing can be signed.") from error
    if sys.platform != "win32" and stat.S_IMODE(mode) & 0o077:
        raise CannotLog(f"Others than its owner may read the key {path}. `chmod 600 {path}`, if none did.")
    try:
        return KeyFile(path, parse_signer(text.removesuffix("\n")))
    except CannotTrust as error:
        raise CannotLog(f"{path}: {error}") from error


def _bytes(path: Path, most: int) -> bytes:
    """What a file holds, which may be a link's; of anything but a plain file, or a larger one, an OSError."""
    if not path.is_file():
        path.stat()
        raise OSError(0, "it is no plain file")
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise OSError(0, f"it is longer than {most:,} bytes")
    return data
