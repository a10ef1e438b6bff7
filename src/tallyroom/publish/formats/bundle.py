"""Everything in one zip, bit for bit the same each time, and a comparison of such a zip with the files themselves.

Each file has the time of the publication (in UTC, in whole pairs of seconds, from 1980 on, as the format wants it),
the same rights, and stands in the order of the names' code points, below one folder; deflated at zlib's own level, with
ZIP64 where a file needs it. Written file by file to the disk, a megabyte at a time.

The same files and time make the same bytes with the same zlib. Another zlib may deflate the same files to other bytes;
`compare` then says that the files are the same and the packing is not.
"""

from __future__ import annotations

import shutil
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

__all__ = ["UNREADABLE", "Comparison", "compare", "write_zip"]

# What zipfile raises for a zip that is broken: RuntimeError for a packing that it does not know or a password,
# ValueError for lengths that cannot be.
UNREADABLE = (zipfile.BadZipFile, EOFError, OSError, RuntimeError, ValueError, zlib.error)

_PIECE = 1 << 20


@dataclass(frozen=True)
class Comparison:
    """Whether a zip is, bit for bit, what its files make; and each way in which its files are others."""

    same_bytes: bool
    differences: tuple[str, ...]

    @property
    def same_files(self) -> bool:
        """Whether it holds the same files, however they are packed."""
        return not self.differences


def write_zip(to: Path, folder: Path, names: Iterable[str], top: str, at: datetime) -> None:
    """Writes files of a folder as a zip.

    names: relative to the folder, with `/`. top: the folder that they stand in inside the zip.
    at: the time of publication, with its zone.
    """
    with zipfile.ZipFile(to, "w") as archive:
        for name in sorted(names):
            path = folder / name
            about = _about(f"{top}/{name}", at)
            about.file_size = path.stat().st_size  # makes it ZIP64 where it is large, and nowhere else
            with path.open("rb") as source, archive.open(about, "w") as target:
                shutil.copyfileobj(source, target, _PIECE)


def _about(name: str, at: datetime) -> zipfile.ZipInfo:
    utc = at.astimezone(UTC)
    when = (utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second // 2 * 2)
    about = zipfile.ZipInfo(name, max(when, (1980, 1, 1, 0, 0, 0)))
    about.compress_type = zipfile.ZIP_DEFLATED
    about.create_system = 3  # Unix, wherever it is written
    about.external_attr = 0o100644 << 16
    return about


def compare(archive: Path, folder: Path, names: Iterable[str], top: str, at: datetime) -> Comparison:
    """Whether a zip is what `write_zip` makes of these files.

    What differs is said; a zip that cannot be read is a difference too.
    """
    wanted = sorted(names)
    with TemporaryDirectory(prefix="tallyroom-") as scratch:
        made = Path(scratch) / "made.zip"
        write_zip(made, folder, wanted, top, at)
        if _same_bytes(made, archive):
            return Comparison(True, ())
    try:
        return Comparison(False, tuple(_differences(archive, folder, wanted, top)))
    except UNREADABLE as error:
        return Comparison(False, (f"The zip cannot be read: {error}.",))


def _same_bytes(one: Path, other: Path) -> bool:
    if one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        return _same(first, second)


def _same(one: IO[bytes], other: IO[bytes]) -> bool:
    while piece := one.read(_PIECE):
        if piece != other.read(len(piece)):
            return False
    return not other.read(1)


def _differences(archive: Path, folder: Path, wanted: list[str], top: str) -> Iterator[str]:
    with zipfile.ZipFile(archive) as held:
        there = [info.filename for info in held.infolist()]
        for name in sorted({name for name in there if there.count(name) > 1}):
            yield f"{name} stands in the zip more than once."
        inside = {f"{top}/{name}" for name in wanted}
        for name in sorted(inside - set(there)):
            yield f"{name} is not in the zip."
        for name in sorted(set(there) - inside):
            yield f"{name} is in the zip, and not among the files."
        for name in wanted:
            if there.count(f"{top}/{name}") == 1:
                with held.open(f"{top}/{name}") as packed, (folder / name).open("rb") as file:
                    if not _same(file, packed):
                        yield f"{name} in the zip is not the file beside it."
