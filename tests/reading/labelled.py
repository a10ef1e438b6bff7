"""Texts about invented elections with labels by hand, and the scorer of claims that stands beside the shared data.

A line of a `.labels` file: kind | subject | value | how the sentence begins | who says it | as of.
"""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

from tallyroom.reading.reader import RuleReader
from tallyroom.reading.text.document import document_of

ELECTIONS = Path(__file__).parent / "elections"
SHARED = Path(__file__).parents[3] / "shared"
DOCUMENTS = SHARED / "data" / "documents" / "azerbaijan-2024"
# The half of the labelled documents that the rules were written on; the other half only measures.
DEVELOPED_ON = frozenset(
    {
        "001_c2280bf072da7eef",
        "002_6fe850c69eb885ee",
        "004_bfd1146204240b86",
        "jamnews-0207",
        "menafn-1107845361",
        "massispost-0224",
    }
)


def scorer() -> ModuleType:
    """The module `score_claims.py` of the shared tools."""
    spec = importlib.util.spec_from_file_location("score_claims", SHARED / "tools" / "score_claims.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def found_in(name: str, text: str, anchor: str = "") -> dict[str, Any]:
    """What reading finds in a text, in the shape that the scorer takes."""
    claims = RuleReader().read(document_of(name, text, anchor=anchor))
    return {"document": name, "claims": [claim.as_json() for claim in claims]}


def invented() -> list[tuple[str, str, dict[str, Any]]]:
    """Name, text and labels of each invented text."""
    return [_labelled(path) for path in sorted(ELECTIONS.glob("*.txt"))]


def _labelled(path: Path) -> tuple[str, str, dict[str, Any]]:
    text = path.read_bytes().decode()
    labels = path.with_suffix(".labels").read_text(encoding="utf-8").splitlines()
    return path.stem, text, {"document": path.stem, "claims": [_claim(text, line) for line in labels if line]}


def _claim(text: str, line: str) -> dict[str, Any]:
    kind, subject, value, begins, by, as_of = (part.strip() for part in line.split("|"))
    start = text.index(begins)
    end = text.find("\n", start)
    number: int | float | str = value
    try:
        number = float(value) if "." in value else int(value)
    except ValueError:
        number = value
    return {
        "kind": kind, "subject": subject, "value": number, "attributed_to": by or None, "as_of": as_of or None,
        "quote": text[start:end], "start": start, "end": end,
    }  # fmt: skip


def gold() -> list[dict[str, Any]]:
    """The labels of the shared documents."""
    told: list[dict[str, Any]] = json.loads((DOCUMENTS / "gold.json").read_text(encoding="utf-8"))
    return told
