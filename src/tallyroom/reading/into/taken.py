"""What came into a record: claims with the rows that they were proposed as, who repeats whom, and what was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tallyroom.reading.collection import Reading
from tallyroom.reading.into.proposals import Proposal
from tallyroom.reading.reuse.passed_on import Derivation

__all__ = ["Taken", "TakenClaim", "TakenReuse"]


@dataclass(frozen=True)
class TakenClaim:
    """A line of claims.jsonl as it is now, that was new or still open, and the row proposed for it."""

    line: Mapping[str, Any]
    proposal: Proposal
    new: bool

    @property
    def waits(self) -> bool:
        """Whether a row is proposed that nobody has decided about."""
        return bool(self.proposal.table) and self.line["review"] == "proposed"

    def as_json(self) -> dict[str, Any]:
        """The line with its rows, those of whom it names first; without any, why there is none."""
        of_it = [(self.proposal.table, self.proposal.cells)] if self.proposal.table else []
        rows = [{"table": table, "cells": dict(cells)} for table, cells in (*self.proposal.with_it, *of_it)]
        return {**self.line, "new": self.new, "rows": rows, "why_not": self.proposal.why_not or None}


@dataclass(frozen=True)
class TakenReuse:
    """A line of reuse.jsonl that was new or still open. written: whether sources.csv was told of it just now."""

    line: Mapping[str, Any]
    new: bool
    written: bool = False

    @property
    def waits(self) -> bool:
        return bool(self.line.get("review") == "proposed")

    def as_json(self) -> dict[str, Any]:
        """Who repeats whom, and how many sentences were carried, dropped and added."""
        counted = Derivation.of_json(self.line)
        told = {name: self.line.get(name) for name in ("id", "source", "copy", "overlap", "review")}
        return told | {"carried": counted.carried, "dropped": counted.dropped, "added": counted.added, "new": self.new}


@dataclass(frozen=True)
class Taken:
    """What came into a record.

    documents: each with its source's id, which is empty where it could not be read. written: how many lines came into
    each file. guesses: of a draft, the keys of election.toml that no document says.
    """

    documents: Sequence[tuple[Reading, str]]
    claims: Sequence[TakenClaim]
    reuse: Sequence[TakenReuse]
    written: Mapping[str, int]
    guesses: tuple[str, ...] | None = None

    @property
    def open(self) -> int:
        """Proposals that wait for somebody to accept or reject them."""
        return sum(one.waits for one in self.claims) + sum(one.waits for one in self.reuse)

    @property
    def without_row(self) -> int:
        """New claims that make no row."""
        return sum(one.new and not one.proposal.table for one in self.claims)

    @property
    def repeated(self) -> int:
        """Sources that sources.csv now says repeat others."""
        return len({one.line["copy"] for one in self.reuse if one.written})

    def as_json(self, record: str) -> dict[str, Any]:
        """As `read --into --json` prints it. record: the folder, as given."""
        told: dict[str, Any] = {
            "record": record,
            "documents": [
                {"document": reading.path, "source": source or None}
                | ({"fault": reading.fault} if reading.fault else {})
                for reading, source in self.documents
            ],
            "written": dict(self.written),
            "open": self.open,
            "claims": [one.as_json() for one in self.claims],
            "reuse": [one.as_json() for one in self.reuse],
        }
        return told if self.guesses is None else told | {"guesses": list(self.guesses)}
