"""Files as officials publish them, opened: CSV, plain or packed, in the encodings that a mapping names.

Whether a file is packed is told by its first bytes, not by its name. The SHA-256 is that of the file
as it was given, so that anyone who has it can see that it is the same.

In most large files a line is a row, and its quotation marks, if any, are in order: Arrow reads these
many times faster than Python's reader, which reads the rest. A test holds both to the same rows.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from tallyroom.errors import Fault
from tallyroom.record.csvfile import read_rows

__all__ = ["Sheet", "read_sheet"]

DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True)
class Sheet:
    """One file's rows, as columns of text.

    file: its path as given. lines: the line on which each row starts. bad: rows that are not among
    these, since their cells cannot be told apart, a fault each. doubtful: faults of rows that are.
    weights: how many rows of the file each row is made of; empty is one each. cell_lines: by header,
    the line of each row's cell where that is not the row's.
    """

    file: str
    sha256: str
    header: Sequence[str]
    columns: Sequence[pa.Array]
    lines: Sequence[int]
    bad: Sequence[Fault] = ()
    doubtful: Sequence[tuple[int, Fault]] = ()
    weights: Sequence[int] = ()
    cell_lines: dict[str, Sequence[int]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.lines)


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
    return _read(text, file, hashlib.sha256(data).hexdigest(), delimiter, known)


def _read(text: str, file: str, sha256: str, delimiter: str, known: Callable[[str], bool]) -> Sheet | list[Fault]:
    quick = _plain_rows(text, file, sha256, delimiter, known)
    if quick is not None:
        return quick
    table = read_rows(text, file, known, delimiter)
    if not table.whole:
        return table.faults
    columns = [pa.array(cells, pa.string()) for cells in zip(*table.rows, strict=True)]
    empty = [pa.array([], pa.string())] * len(table.header)
    return Sheet(file, sha256, table.header, columns or empty, table.lines, table.faults)


def _plain_rows(text: str, file: str, sha256: str, delimiter: str, known: Callable[[str], bool]) -> Sheet | None:
    """The rows of a text in which a line is a row, of as many cells as the header; None of any other text."""
    first = next(iter(io.StringIO(text, newline="")), "")
    head = read_rows(first, file, known, delimiter)
    body = text[len(first) :].replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    if not head.whole or not body or "\n\n" in body or body[0] == "\n" or body[-1] == "\n":
        return None
    delimiter = delimiter or _delimiter(first, known)
    if '"' in body and not _quotes_in_order(body, delimiter):
        return None
    names = [str(number) for number in range(len(head.header))]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(body.encode()),
            arrow_csv.ReadOptions(use_threads=False, column_names=names),
            arrow_csv.ParseOptions(delimiter=delimiter),
            arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
        )
    except (pa.ArrowInvalid, UnicodeEncodeError):
        return None
    columns = [column.combine_chunks() for column in table.columns]
    filled = [at for at, cells in enumerate(columns) if pc.any(pc.not_equal(cells, "")).as_py()]
    stated = reduce(pc.or_, [pc.not_equal(columns[at], "") for at in filled[:3]], pa.repeat(False, table.num_rows))
    if not pc.all(stated).as_py():
        # Perhaps a row without any text, which is passed over.
        return None
    return Sheet(file, sha256, head.header, columns, range(2, table.num_rows + 2))


def _quotes_in_order(body: str, delimiter: str) -> bool:
    """Whether quotation marks stand around whole cells only, on one line, and twice inside them."""
    between = re.escape(delimiter)
    cell = rf'(?:"(?:[^"\n]|"")*+"|[^"{between}\n]*+)'
    line = re.compile(rf"{cell}(?:{between}{cell})*+")
    return all(line.fullmatch(found[0]) for found in re.finditer(r'^.*".*$', body, re.MULTILINE))


def _delimiter(first: str, known: Callable[[str], bool]) -> str:
    """The delimiter by which most headers are known; the first of those that are equally good."""
    return max(DELIMITERS, key=lambda d: sum(known(h.strip()) for h in next(csv.reader([first], delimiter=d))))


def _unpacked(data: bytes, file: str) -> bytes | Fault:
    """The bytes inside a gzip or zip file; other bytes as they are."""
    try:
        if data[:2] == b"\x1f\x8b":
            return gzip.decompress(data)
        if data[:4] == b"PK\x03\x04":
            return _from_zip(data, file)
    # RuntimeError is what zipfile raises for a packing that it does not know, and for one with a password.
    except (OSError, EOFError, RuntimeError, ValueError, zlib.error, zipfile.BadZipFile) as error:
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
