"""The pictures of results forms that a site shows beside the typed figures: only what is what its name says.

A picture lies in the record's `forms/`, named by its SHA-256, and an act names it in `form`. It is published
where its bytes have that SHA-256 and are a picture or a PDF by their own first bytes, whatever the file's name
ends in: so nothing that a browser would run gets into the site. A form that is named and not there is missing,
which its row says; what lies there and cannot be published is listed with the reason. The site has it as
`data/forms/`, so that its folder `data` is the whole record again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow.compute as pc

from tallyroom.publish.language import say
from tallyroom.record.folder import Record

__all__ = ["FOLDER", "FormPictures", "Picture"]

FOLDER = "forms"
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_LONGEST_START = 12
# The first bytes of what is published, and what its file's name ends in. No SVG and no HTML: they can hold scripts.
_KINDS = (
    (re.compile(rb"\xff\xd8\xff"), "jpg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "png"),
    (re.compile(rb"GIF8[79]a"), "gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "webp"),
    (re.compile(rb"II\*\0|MM\0\*"), "tif"),
    (re.compile(rb"%PDF-"), "pdf"),
)


@dataclass(frozen=True)
class Picture:
    """A picture of a form. path: in the site; file: where it lies; length: in bytes."""

    sha256: str
    path: str
    file: Path
    length: int

    @property
    def ending(self) -> str:
        """What it is: jpg, png, gif, webp, tif or pdf."""
        return self.path.rpartition(".")[2]


class FormPictures:
    """The pictures of a record's forms. Reads each once, to see that it is what its name says."""

    def __init__(self, record: Record) -> None:
        self._record = record

    @cached_property
    def named(self) -> frozenset[str]:
        """Every picture that an act, or a copy of one, names."""
        found: set[str] = set()
        for name, table in self._record.tables.items():
            if name.startswith(("returns/", "copies/")) and "form" in table.columns.column_names:
                found.update(pc.unique(table.columns["form"]).drop_null().to_pylist())
        return frozenset(found)

    @property
    def found(self) -> dict[str, Picture]:
        """The pictures that are named and can be published, by SHA-256, in its order."""
        return self._read[0]

    @property
    def refused(self) -> list[tuple[str, str]]:
        """Files of the folder that are not published, and why."""
        return self._read[1]

    @property
    def missing(self) -> frozenset[str]:
        """The pictures that are named and not published."""
        return self.named - self.found.keys()

    @cached_property
    def _read(self) -> tuple[dict[str, Picture], list[tuple[str, str]]]:
        found: dict[str, Picture] = {}
        refused = []
        for file in self._files():
            sha256 = file.name.partition(".")[0]
            read = _picture(file, sha256) if sha256 in self.named and sha256 not in found else _no_place(sha256)
            if isinstance(read, Picture):
                found[sha256] = read
            else:
                refused.append((f"{FOLDER}/{file.name}", read))
        return found, refused

    def _files(self) -> Iterator[Path]:
        folder = self._record.folder / FOLDER
        if folder.is_dir():
            yield from (file for file in sorted(folder.iterdir()) if file.is_file() and not file.name.startswith("."))


def _no_place(sha256: str) -> str:
    if not _SHA256.fullmatch(sha256):
        return say("Its name is no SHA-256.")
    return say("No act names it, or another file has the same name.")


def _picture(file: Path, sha256: str) -> Picture | str:
    """The picture, or why it is none."""
    try:
        with file.open("rb") as opened:
            start = opened.read(_LONGEST_START)
            opened.seek(0)
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
            length = opened.tell()
    except OSError:
        return say("It cannot be read.")
    ending = next((ending for pattern, ending in _KINDS if pattern.match(start)), "")
    if not ending:
        return say("It is neither a picture nor a PDF.")
    if digest != sha256:
        return say("Its bytes have another SHA-256: {sha256}", sha256=digest)
    return Picture(sha256, f"data/{FOLDER}/{sha256}.{ending}", file, length)
