"""Files as officials publish them, opened: CSV, plain or packed, in the encodings that a mapping names.

Whether a file is packed is told by its first bytes, not by its name. The SHA-256 is that of the file
as it was given, so that anyone who has it can see that it is the same.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tallyroom.errors import Fault
from tallyroom.record.csvfile import Rows, read_rows

__all__ = ["Sheet", "read_sheet"]


@dataclass(frozen=True)
class Sheet:
    """One file's rows. file: its path as given; table: header, rows and what cannot be read in them."""

    file: str
    sha256: str
    table: Rows


def read_sheet(
    path: Path, encodings: Sequence[str], delimiter: str, known: Callable[[str], bool]
) -> Sheet | list[Fault]:
    """The rows of a file, or the faults that keep it from being read.

    encodings: tried in this order. delimiter: empty is found out. known: whether a header is one
    that the mapping names.
    """
    file = str(path).encode("utf-8", "replace").decode()
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return [Fault(file, 0, "", reason, "a file", "Look at the path.")]
    unpacked = _unpacked(data, file)
    if isinstance(unpacked, Fault):
        return [unpacked]
    text = _decoded(unpacked, file, encodings)
    if isinstance(text, Fault):
        return [text]
    table = read_rows(text, file, known, delimiter)
    if not table.whole:
        return table.faults
    return Sheet(file, hashlib.sha256(data).hexdigest(), table)


def _unpacked(data: bytes, file: str) -> bytes | Fault:
    """The bytes inside a gzip or zip file; other bytes as they are."""
    try:
        if data[:2] == b"\x1f\x8b":
            return gzip.decompress(data)
        if data[:4] == b"PK\x03\x04":
            return _from_zip(data, file)
    except (OSError, EOFError, RuntimeError, NotImplementedError, ValueError, zlib.error, zipfile.BadZipFile) as error:
        return Fault(file, 0, "", str(error) or "a broken archive", "a whole archive", "Download it again.")
    if file.lower().endswith((".zip", ".gz")):
        kind = "a zip archive" if file.lower().endswith(".zip") else "a gzip file"
        mend = "Download it again; if it is plain text, take the ending from its name."
        return Fault(file, 0, "", f"no {kind.split()[1]} file in spite of its name", kind, mend)
    return data


def _from_zip(data: bytes, file: str) -> bytes | Fault:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        # Macintoshes add a hidden companion to every file.
        names = [n for n in archive.namelist() if not n.endswith("/") and not n.startswith("__MACOSX/")]
        if len(names) == 1:
            return archive.read(names[0])
    found = f"an archive of {len(names)} files: {', '.join(names[:5])}{' …' if len(names) > 5 else ''}"
    return Fault(file, 0, "", found, "an archive of one file", "Unpack it, and name the file that is meant.")


def _decoded(data: bytes, file: str, encodings: Sequence[str]) -> str | Fault:
    """The text in the first encoding in which every byte has a meaning, without its byte order mark."""
    first: UnicodeError | None = None
    for encoding in encodings:
        try:
            return data.decode(encoding).removeprefix("\ufeff")
        except UnicodeError as error:
            first = first or error
    at = first.start if isinstance(first, UnicodeDecodeError) else 0
    before = data[:at]
    line = 1 + before.count(b"\n") + before.replace(b"\r\n", b"\n").count(b"\r")
    found = f"the byte 0x{data[at]:02x}, which is not {encodings[0]}" if at < len(data) else "a cut text"
    mend = "Find out its encoding, and name it in the mapping: [file] encodings = […]."
    return Fault(file, line, "", found, " or ".join(encodings), mend)
