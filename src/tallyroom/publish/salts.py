"""The salts of pictures, beside them in a record's folder `forms`: `<SHA-256 of the picture>.salt`, 32 hex digits.

A picture's SHA-256 is in the log only with its salt: whoever takes picture and salt away leaves a number that says
nothing.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

from tallyroom.disk import put
from tallyroom.errors import CannotLog
from tallyroom.log.store import reader_of

__all__ = ["Salts", "salted_with"]

_BYTES = 16
_SALT = re.compile(rb"[0-9a-f]{32}")
_NAME = re.compile(r"[0-9a-f]{64}\.salt")


def salted_with(salt: bytes, sha256: str) -> str:
    """What stands in the log for a picture's SHA-256."""
    return f"salted:{hashlib.sha256(salt + bytes.fromhex(sha256)).hexdigest()}"


class Salts:
    """The salts in a folder, which need not be there yet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read = reader_of(folder)

    def salted(self, sha256: str) -> str:
        """What stands in the log for a picture; it gets a salt where it has none."""
        path = self._folder / f"{sha256}.salt"
        if not path.exists() and not path.is_symlink():
            self._folder.mkdir(exist_ok=True)
            put(path, secrets.token_hex(_BYTES).encode())
        return salted_with(bytes.fromhex(self._salt(path.name).decode()), sha256)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The salts as they are published, by the names of their files."""
        for path in sorted(self._folder.glob("*.salt")):
            if _NAME.fullmatch(path.name):
                yield path.name, self._salt(path.name)

    def _salt(self, name: str) -> bytes:
        """A salt. Raises CannotLog for anything else: what a link leads to, such as a key, is never published."""
        salt = self._read(name, 2 * _BYTES) or b""
        if not _SALT.fullmatch(salt):
            raise CannotLog(
                f"{self._folder / name} is no salt: a plain file of 32 hexadecimal digits. "
                "Bring back the one that was made: without it the rows of this picture are not as they were logged."
            )
        return salt
