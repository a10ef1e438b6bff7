"""Documents that are read together: files in, claims out.

What one document leaves open another may say: where a date has no year and nothing in the document gives
one, it is the one nearest to the full date that most of the documents name, or to the record's own date.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tallyroom.errors import CannotReadDocument
from tallyroom.reading.document import Document, document_of
from tallyroom.reading.files import Opened, opened
from tallyroom.reading.reader import Reader, RuleReader
from tallyroom.reading.times import first_date
from tallyroom.record.claim import Claim
from tallyroom.record.folder import Record

__all__ = ["Reading", "known_names", "read_documents"]


@dataclass(frozen=True)
class Reading:
    """A document and its claims; fault: why it could not be read. document: the path as given."""

    path: str
    document: Document | None = None
    claims: Sequence[Claim] = ()
    fault: str = ""

    def as_json(self) -> dict[str, Any]:
        """As `read --json` prints it; `fault` stands only where there is one."""
        told: dict[str, Any] = {"document": self.path, "claims": [claim.as_json() for claim in self.claims]}
        return told | ({"fault": self.fault} if self.fault else {})


@dataclass
class _Files:
    texts: dict[str, Opened] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)


def read_documents(paths: Iterable[str], record: Record | None = None, reader: Reader | None = None) -> list[Reading]:
    """Each document's claims, in the order given. A document that cannot be read has its fault instead."""
    files = _Files()
    order = list(dict.fromkeys(paths))
    for path in order:
        try:
            files.texts[path] = opened(Path(path))
        except CannotReadDocument as error:
            files.faults[path] = str(error)
    anchor = _anchor(files.texts.values(), record)
    reader = reader or RuleReader(known_names(record) if record else {})
    return [_read(path, files, anchor, reader) for path in order]


def _read(path: str, files: _Files, anchor: str, reader: Reader) -> Reading:
    if path in files.faults:
        return Reading(path, fault=files.faults[path])
    file = files.texts[path]
    document = document_of(path, file.text, file.visible, anchor, file.outlet)
    return Reading(path, document, reader.read(document))


def _anchor(texts: Iterable[Opened], record: Record | None) -> str:
    """The day that dates without a year are near to: the record's, else what most documents name first."""
    if record is not None and re.fullmatch(r"\d{4}-\d\d-\d\d", record.election.date):
        return record.election.date
    days = Counter(day for text in texts if (day := first_date(text.visible[:20_000])))
    return days.most_common(1)[0][0] if days else ""


def known_names(record: Record) -> dict[str, str]:
    """The spellings of a record's people, organisations and choices, in small letters, with their names."""
    known: dict[str, str] = {}
    rows = [*record.current("people"), *record.current("organisations")]
    named = {row.id: row["name"] for row in rows}
    for row in rows:
        known |= {text.lower(): row["name"] for column, text in row.items() if column.split(".")[0] == "name" and text}
    for row in record.current("names"):
        if row["of"] in named:
            known[row["name"].lower()] = named[row["of"]]
    return known
