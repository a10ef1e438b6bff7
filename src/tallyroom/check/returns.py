"""What the checks on returns look at: each contest's acts in force, with the places where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.check.findings import Where
from tallyroom.record.definition import Contest
from tallyroom.record.folder import Record
from tallyroom.tabulate.frames import Acts, acts_of

__all__ = ["InForce", "in_force", "true_at"]


@dataclass(frozen=True)
class InForce:
    """One contest's acts, and which of them are in force."""

    contest: Contest
    acts: Acts

    def where(self, number: int) -> Where:
        """The place of an act."""
        table = self.acts.table
        line = table.lines[self.acts.rows[number].as_py()]
        return Where(file=table.file, line=line, station=self.acts.station[number].as_py(), contest=self.contest.id)

    def sources(self, numbers: Sequence[int], most: int = 20) -> tuple[str, ...]:
        """The sources of the first of these acts."""
        table = self.acts.table
        if "source" not in table.columns.column_names:
            return ()
        cells = (table.columns["source"][self.acts.rows[n].as_py()].as_py() for n in numbers[:most])
        return tuple(dict.fromkeys(part for cell in cells if cell for part in cell.split()))

    def look_at(self, number: int) -> str:
        """The form's picture, where the return names it; else the form itself."""
        table = self.acts.table
        names = table.columns.column_names
        picture = table.columns["form"][self.acts.rows[number].as_py()].as_py() if "form" in names else None
        return f"forms/{picture}" if picture else "Look at the paper form of the station."


def in_force(record: Record) -> list[InForce]:
    """The acts of every contest that has returns."""
    tables = [(contest, record.returns(contest.id)) for contest in record.election.contests]
    return [InForce(contest, acts_of(record, contest, table)) for contest, table in tables if table is not None]


def true_at(mask: pa.Array) -> list[int]:
    """Where a mask is true; null is not."""
    found: list[int] = pc.indices_nonzero(pc.fill_null(mask, False)).to_pylist()
    return found
