"""What the checks on returns look at: each contest's acts in force, with the places where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.check.findings import Where
from tallyroom.record.contest import Contest
from tallyroom.record.folder import Record
from tallyroom.record.rows import Ids
from tallyroom.tabulate.frames import Acts, acts_of

__all__ = ["InForce", "StationList", "figures_of", "in_force", "true_at"]


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

    def __len__(self) -> int:
        return int(pc.sum(self.acts.in_force).as_py() or 0)

    def voters(self, record: Record) -> tuple[pa.Array, str]:
        """Registered voters with those whom the form adds to the list on the day, and what to call them."""
        voters, who = self.acts.figures.get("registered", pa.nulls(len(self.acts), pa.int64())), "registered voters"
        for item in (i.id for i in record.election.form.items if i.role == "added-to-list"):
            voters, who = pc.add(voters, self.acts.items[item]), "voters on the list and added to it"
        return voters, who

    def kinds(self, stations: StationList | None) -> pa.Array:
        """The kind of each act's station; empty where none is stated."""
        if stations is None or stations.kinds.null_count == len(stations):
            return pa.repeat("", len(self.acts))
        return pc.fill_null(stations.kinds.take(stations.numbers_of(self.acts.station)), "")

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
    kinds: pa.Array
    names: pa.Array

    @classmethod
    def of(cls, record: Record) -> StationList | None:
        """The stations of a record; None where it lists none."""
        table = record.tables.get("stations")
        if table is None:
            return None
        columns = table.columns.combine_chunks()
        names = columns.column_names
        columns = {name: columns[name].combine_chunks() for name in names}
        text = pa.nulls(len(table), pa.string())
        registered = columns.get("registered", pa.nulls(len(table), pa.int64()))
        cells = [columns["area"], registered, columns.get("kind", text), columns.get("name", text)]
        ids: Sequence[str] = table.ids
        lines: Sequence[int] = table.lines
        if "supersedes" in names and columns["supersedes"].null_count < len(table):
            # Rows of text are made for every station only where one was corrected.
            now = {row.line: row.id for row in record.current("stations")}
            stands = pa.array([line in now for line in lines], pa.bool_())
            cells = [values.filter(stands) for values in cells]
            lines = [line for line in lines if line in now]
            ids = [now[line] for line in lines]
        return cls(table.file, ids, lines, *cells)

    @cached_property
    def id_array(self) -> pa.Array:
        """The ids as a column."""
        return self.ids.array if isinstance(self.ids, Ids) else pa.array(self.ids, pa.string())

    def numbers_of(self, names: pa.Array) -> pa.Array:
        """The number of each name's station here; null where it is none. Most returns name all, in the same order."""
        return pa.arange(0, len(self)) if names.equals(self.id_array) else pc.index_in(names, self.id_array)

    def __len__(self) -> int:
        return len(self.ids)


def in_force(record: Record) -> list[InForce]:
    """The acts of every contest that has returns."""
    tables = [(contest, record.returns(contest.id)) for contest in record.election.contests]
    return [InForce(contest, acts_of(record, contest, table)) for contest, table in tables if table is not None]


def figures_of(acts: Acts) -> dict[str, pa.Array]:
    """Every figure that stands on the form, the votes of a choice as `votes.<choice>`."""
    return {**acts.items, **{f"votes.{choice}": votes for choice, votes in acts.votes.items()}}


def true_at(mask: pa.Array) -> list[int]:
    """Where a mask is true; null is not."""
    found: list[int] = pc.indices_nonzero(pc.fill_null(mask, False)).to_pylist()
    return found
