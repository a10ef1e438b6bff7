"""The files of a published site, in a folder or behind a URL, and the manifest that lists them.

Nothing of what a site says is trusted here: names stay inside it, links are not followed, lengths have a limit.
"""

from __future__ import annotations

import hashlib
import http.client
import os
import re
import secrets
import stat
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import IO, Protocol

from tallyroom.errors import CannotTrust, NotFound

__all__ = ["MANIFEST", "FolderSite", "Site", "UrlSite", "digest_of", "parse_manifest", "read_of"]

MANIFEST = "manifest"
_LINE = re.compile(r"([0-9a-f]{64})  ([^\x00-\x1f\x7f\\]+)")
_LONGEST_NAME = 1000
_PATIENCE = 60  # seconds
_LARGEST_FILE = 4 << 30
_PIECE = 1 << 20


class Site(Protocol):
    """Where a site's files are. name: as people are told it."""

    name: str

    def file(self, path: str) -> Path | None:
        """A plain file on this machine with what stands at this path; None where there is none."""

    def names(self) -> set[str] | None:
        """The paths of all files, links and other things that are no folders, or that nobody may look into.

        None where nobody can list them.
        """


def parse_manifest(data: bytes) -> dict[str, str]:
    """Path → SHA-256 in hex, in the order of the names. Raises CannotTrust for what no manifest of ours can be."""
    try:
        lines = data.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise CannotTrust("it is not UTF-8.") from error
    if lines.pop() or not lines:
        raise CannotTrust("its last line is not ended, or it has none.")
    listed: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        match = _LINE.fullmatch(line)
        if not match or not _is_inside(match[2]):
            raise CannotTrust(f"line {number} is {line[:80]!r}: no SHA-256, two spaces, and a path inside the folder.")
        if listed and match[2] <= next(reversed(listed)):
            raise CannotTrust(f"line {number} has {match[2]}, which does not come after the one before it.")
        listed[match[2]] = match[1]
    return listed


def _is_inside(path: str) -> bool:
    return len(path) <= _LONGEST_NAME and not any(part in ("", ".", "..") or ":" in part for part in path.split("/"))


def read_of(file: Path, most: int) -> bytes:
    """What a file holds, and one byte more than `most` where it is longer."""
    with file.open("rb") as handle:
        return handle.read() if file.stat().st_size <= most else handle.read(most + 1)


def digest_of(file: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


class FolderSite:
    """A site in a folder on this machine."""

    def __init__(self, folder: Path) -> None:
        self.name = str(folder)
        self.folder = folder

    def file(self, path: str) -> Path | None:
        """The file itself, if neither it nor a folder above it is a link."""
        place = self.folder
        try:
            for part in path.split("/"):
                place = place / part
                mode = place.lstat().st_mode
                if stat.S_ISLNK(mode):
                    return None
        except (OSError, ValueError):
            return None
        return place if stat.S_ISREG(mode) and os.access(place, os.R_OK) else None

    def names(self) -> set[str]:
        """Every path below the folder that is no folder; a link to one counts as a file."""
        found: set[str] = set()
        closed: list[str] = []  # folders that we may not look into
        for root, folders, files in os.walk(self.folder, onerror=lambda error: closed.append(str(error.filename))):
            below = Path(root).relative_to(self.folder)
            links = [name for name in folders if (Path(root) / name).is_symlink()]
            found.update((below / name).as_posix() for name in (*files, *links))
        return found | {Path(folder).relative_to(self.folder).as_posix() for folder in closed}


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A file that lies elsewhere is not a file of this site."""

    def redirect_request(self, *args: object) -> None:
        """Nowhere."""


class UrlSite:
    """A site behind a URL; each file is fetched once, into a folder for a while."""

    def __init__(self, url: str, scratch: Path) -> None:
        self.name = url
        self._base = url if url.endswith("/") else f"{url}/"
        self._scratch = scratch
        self._found: dict[str, Path | None] = {}
        self._opener = urllib.request.build_opener(_NoRedirect)

    def file(self, path: str) -> Path | None:
        """The fetched file. Raises NotFound where the server cannot be reached or answers neither yes nor no."""
        if path not in self._found:
            self._found[path] = self._fetch(path)
        return self._found[path]

    def names(self) -> None:
        """Nobody can list what a server would answer."""

    def answers_anything(self) -> bool:
        """Whether the server has an answer even for what cannot be there."""
        return self.file(f"log/tile/{secrets.token_hex(16)}") is not None

    def _fetch(self, path: str) -> Path | None:
        url = self._base + urllib.parse.quote(path)
        target = self._scratch / str(len(self._found))
        try:
            with self._opener.open(url, timeout=_PATIENCE) as answer, target.open("wb") as file:
                _copy(answer, file, url)
        except urllib.error.HTTPError as error:
            if error.code in (404, 410):
                return None
            raise NotFound(f"{url}: the server answered with HTTP status {error.code}.") from error
        except (OSError, http.client.HTTPException) as error:
            raise NotFound(f"{url} cannot be reached: {error}") from error
        return target


def _copy(answer: http.client.HTTPResponse, file: IO[bytes], url: str) -> None:
    left = _LARGEST_FILE
    while piece := answer.read(_PIECE):
        left -= len(piece)
        if left < 0:
            raise NotFound(f"{url} does not end within {_LARGEST_FILE >> 30} GiB.")
        file.write(piece)
