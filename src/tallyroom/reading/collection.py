"""Documents that are read together: files in, claims out.

What one document leaves open another may say: where a date has no year and nothing in the document gives
one, it is the one nearest to the full date that most documents about the same country name, or to the record's own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tallyroom.errors import CannotReadDocument
from tallyroom.reading.reader import Reader, RuleReader
from tallyroom.reading.text.document import Document, document_of, land_of
from tallyroom.reading.text.files import Opened, opened
from tallyroom.reading.text.times import first_date
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
    anchors = _anchors(files.texts, record)
    reader = reader or RuleReader(known_names(record) if record else {})
    return [_read(path, files, anchors.get(path, ""), reader) for path in order]


def _read(path: str, files: _Files, anchor: str, reader: Reader) -> Reading:
    if path in files.faults:
        return Reading(path, fault=files.faults[path])
    file = files.texts[path]
    document = document_of(path, file.text, file.visible, anchor, file.outlet)
    return Reading(path, document, reader.read(document))


def _anchors(texts: Mapping[str, Opened], record: Record | None) -> dict[str, str]:
    """The day that each text's dates without a year are near to.

    The record's; else what most texts about the same country name first; else what most texts do, where more than
    half of those that name a day name its year.
    """
    if record is not None and re.fullmatch(r"\d{4}-\d\d-\d\d", record.election.date):
        return dict.fromkeys(texts, record.election.date)
    shown = {path: text.visible[:20_000] for path, text in texts.items()}
    lands = {path: land_of(text) for path, text in shown.items()}
    days = {path: day for path, text in shown.items() if (day := first_date(text))}
    of_land: dict[str, Counter[str]] = {}
    for path, day in days.items():
        of_land.setdefault(lands[path], Counter())[day] += 1
    most = Counter(days.values()).most_common(1)
    whole = most[0][0] if most and 2 * sum(day[:4] == most[0][0][:4] for day in days.values()) > len(days) else ""
    return {
        path: of_land[lands[path]].most_common(1)[0][0] if lands[path] and lands[path] in of_land else whole
        for path in texts
    }


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
