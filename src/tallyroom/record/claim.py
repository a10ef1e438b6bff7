"""A claim: one statement about an election, with its exact words and where they stand.

`claims.jsonl` holds one a line. Reading finds claims, `check/claims.py` compares them with the record.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

__all__ = ["NUMERIC", "Claim", "claim_id"]

# Kinds whose value is a number.
NUMERIC = frozenset(
    {
        "candidate_share",
        "candidate_votes",
        "candidates_registered",
        "constituencies",
        "exit_poll_design",
        "exit_poll_share",
        "media_accredited",
        "observers",
        "polling_stations",
        "registered_voters",
        "seats",
        "share_counted",
        "stations_reporting",
        "turnout_count",
        "turnout_share",
        "valid_votes",
        "webcams",
    }
)


_TAG = re.compile(r"</?[a-z][^<>]*>", re.I)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.I)


@dataclass(frozen=True)
class Claim:
    """One claim, in the fields of `docs/reading.md`; an empty field is unknown.

    value: a number, or text such as a date, an hour or a paraphrase. start, end: offsets in characters
    into the document as read; what stands there is `quote`. rule: what found it, as `family/rule`.
    """

    id: str
    document: str
    kind: str
    subject: str
    value: Decimal | str
    quote: str
    start: int
    end: int
    rule: str
    unit: str = ""
    qualifier: str = ""
    as_of: str = ""
    place: str = ""
    attributed_to: str = ""
    office: str = ""
    outlet: str = ""
    modality: str = ""

    @property
    def number(self) -> Decimal | None:
        """The value where it is a number."""
        return self.value if isinstance(self.value, Decimal) else None

    @property
    def words(self) -> str:
        """The quote as it is read: without the markup of a page, and with single spaces."""
        text = _TAG.sub(lambda tag: " " if tag[0].lower().startswith("<br") else "", self.quote)
        return " ".join(_ENTITY.sub(lambda entity: html.unescape(entity[0]), text).replace("\u00ad", "").split())

    def as_json(self) -> dict[str, Any]:
        """The claim as `read --json` prints it: numbers as numbers, null for what is unknown."""
        told: dict[str, Any] = {field.name: getattr(self, field.name) or None for field in fields(self)}
        told["value"] = _plain(self.value)
        return told | {"start": self.start, "end": self.end}

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> Claim:
        """The claim of a line of `claims.jsonl`; fields that are not ours are passed over."""
        value = told.get("value")
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        text = {f.name: str(told.get(f.name) or "") for f in fields(cls) if f.name not in ("value", "start", "end")}
        start, end = (_offset(told.get(name)) for name in ("start", "end"))
        return cls(**text, value=Decimal(str(value)) if is_number else str(value or ""), start=start, end=end)


def _offset(told: object) -> int:
    return told if isinstance(told, int) else 0


def _plain(value: Decimal | str) -> int | float | str | None:
    if isinstance(value, str):
        return value or None
    # A JSON number: up to fifteen digits a float's shortest text is the decimal itself.
    return int(value) if value == value.to_integral_value() else float(value)


def claim_id(document: str, kind: str, subject: str, value: object, start: int) -> str:
    """An id made of what the claim says and where, so that the same reading gives the same id."""
    told = "\x1f".join((document, kind, subject, str(value), str(start)))
    return f"claim-{hashlib.sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
