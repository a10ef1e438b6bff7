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

__all__ = ["InForce", "StationList", "in_force", "true_at"]


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


@dataclass(frozen=True)
class StationList:
    """The stations in force, as columns of equal length: a corrected one under its first id."""

    file: str
    ids: Sequence[str]
    lines: Sequence[int]
    areas: pa.Array
    registered: pa.Array

    @classmethod
    def of(cls, record: Record) -> StationList | None:
        """The stations of a record; None where it lists none."""
        table = record.tables.get("stations")
        if table is None:
            return None
        columns = table.columns.combine_chunks()
        names = columns.column_names
        registered = columns["registered"] if "registered" in names else pa.nulls(len(table), pa.int64())
        ids, lines, areas = list(table.ids), list(table.lines), columns["area"]
        if "supersedes" in names and columns["supersedes"].null_count < len(table):
            # Rows of text are made for every station only where one was corrected.
            now = {row.line: row.id for row in record.current("stations")}
            stands = pa.array([line in now for line in lines], pa.bool_())
            areas, registered = areas.filter(stands), registered.filter(stands)
            lines = [line for line in lines if line in now]
            ids = [now[line] for line in lines]
        return cls(table.file, ids, lines, areas, registered)

    def __len__(self) -> int:
        return len(self.ids)


def in_force(record: Record) -> list[InForce]:
    """The acts of every contest that has returns."""
    tables = [(contest, record.returns(contest.id)) for contest in record.election.contests]
    return [InForce(contest, acts_of(record, contest, table)) for contest, table in tables if table is not None]


def true_at(mask: pa.Array) -> list[int]:
    """Where a mask is true; null is not."""
    found: list[int] = pc.indices_nonzero(pc.fill_null(mask, False)).to_pylist()
    return found
