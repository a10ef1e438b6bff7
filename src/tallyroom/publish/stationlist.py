"""The stations of a record and their acts as columns: found by station or by area, made into objects a page at a time.

A country of 95,000 stations is a few columns here; only the stations of the page that is being
written are ever objects.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.record.contest import Contest
from tallyroom.record.folder import Record
from tallyroom.record.rows import Table
from tallyroom.tabulate.frames import acts_of

__all__ = ["Act", "Station", "StationActs", "StationList"]

# The figures of a station's row; turnout is the number of voters that turnout is made of.
_FIGURES = ("registered", "cast", "valid", "invalid", "turnout")
_TEXTS = ("reason", "at", "form", "unread", "source")


@dataclass(frozen=True, slots=True)
class Station:
    """One station. at: its number in the list; row: in the table."""

    at: int
    id: str
    name: str
    area: str
    kind: str
    registered: int | None
    source: str
    row: int


@dataclass(frozen=True, slots=True)
class Act:
    """One act at a station, or what somebody read off its form; None is not stated. row: in the table.

    figures: registered, cast, valid, invalid, and the voters that turnout is made of. items and votes:
    in the order of the form and of the contest's choices.
    """

    table: str
    row: int
    number: int
    stage: str
    status: str
    in_force: bool
    reason: str
    made: str
    form: str
    unread: str
    source: str
    figures: tuple[int | None, ...]
    items: tuple[int | None, ...]
    votes: tuple[int | None, ...]


class StationList:
    """The stations in force, under their first ids, in the order of the file."""

    def __init__(self, record: Record) -> None:
        self.table = record.tables.get("stations")
        self._columns, self._rows = _in_force(record, self.table)
        self.ids: pa.Array = self._columns["id"].combine_chunks()

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def _order(self) -> pa.Array:
        return pc.sort_indices(self.ids)

    def find(self, name: str) -> int | None:
        """The number of a station in this list."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            at = self._order[middle].as_py()
            here = self.ids[at].as_py()
            if here == name:
                return int(at)
            low, high = (middle + 1, high) if here < name else (low, middle)
        return None

    @cached_property
    def areas(self) -> pa.Array:
        """The area that each station lies in."""
        return self._columns["area"].combine_chunks()

    @cached_property
    def in_area(self) -> dict[str, array[int]]:
        """The numbers of the stations that lie directly in each area."""
        found: dict[str, array[int]] = defaultdict(lambda: array("q"))
        for number, area in enumerate(self.areas.to_pylist()):
            found[area].append(number)
        return found

    @cached_property
    def in_group(self) -> dict[str, array[int]]:
        """The numbers of the stations of each group."""
        found: dict[str, array[int]] = defaultdict(lambda: array("q"))
        if "groups" in self._columns.column_names:
            for number, groups in enumerate(self._columns["groups"].to_pylist()):
                for group in (groups or "").split():
                    found[group].append(number)
        return found

    def some(self, numbers: Sequence[int]) -> list[Station]:
        """These stations."""
        rows = self._columns.take(pa.array(numbers, pa.int64()))
        columns = [_cells(rows, name, len(numbers)) for name in ("id", "name", "area", "kind", "registered", "source")]
        return [
            Station(at, name_of, name or "", area or "", kind or "", registered, source or "", self._rows[at])
            for at, name_of, name, area, kind, registered, source in zip(numbers, *columns, strict=True)
        ]

    def names(self, numbers: Sequence[int]) -> list[list[str]]:
        """Every name of each of these stations: its own, then those in other languages."""
        rows = self._columns.take(pa.array(numbers, pa.int64()))
        columns = [rows[name].to_pylist() for name in rows.column_names if name == "name" or name.startswith("name.")]
        return (
            [[name for name in of if name] for of in zip(*columns, strict=True)] if columns else [[] for _ in numbers]
        )

    @cached_property
    def letters(self) -> int:
        """How many bytes the id and name of a station have, on the average."""
        given = [self.ids, *([self._columns["name"]] if "name" in self._columns.column_names else [])]
        return sum(pc.sum(pc.binary_length(c)).as_py() or 0 for c in given) // max(1, len(self))


def _in_force(record: Record, table: Table | None) -> tuple[pa.Table, Sequence[int]]:
    if table is None:
        return pa.table({"id": pa.array([], pa.string()), "area": pa.array([], pa.string())}), ()
    columns = table.columns.combine_chunks()
    if "supersedes" not in columns.column_names or columns["supersedes"].null_count == len(table):
        return columns, range(len(table))
    first = {row.line: row.id for row in record.current("stations")}
    stands = [number for number, line in enumerate(table.lines) if line in first]
    columns = columns.take(pa.array(stands, pa.int64())).combine_chunks()
    names = pa.array([first[line] for line in (table.lines[at] for at in stands)], pa.string())
    return columns.set_column(columns.column_names.index("id"), "id", names), stands


def _cells(rows: pa.Table, name: str, length: int) -> list[Any]:
    """The cells of a column; nothing in each where the column is not there."""
    return rows[name].to_pylist() if name in rows.column_names else [None] * length


class StationActs:
    """The acts of one contest in one table, returns or copies, found by station."""

    def __init__(self, record: Record, contest: Contest, table: Table, stations: StationList) -> None:
        self._table = table
        acts = acts_of(record, contest, table)
        self._form, self._choices = len(record.election.form.items), len(contest.choices)
        nothing = pa.nulls(len(acts), pa.int64())
        texts = {n: table.columns[n].combine_chunks() for n in _TEXTS if n in table.columns.column_names}
        self._columns = pa.table(
            [acts.rows, acts.act, acts.stage, acts.status, acts.in_force]
            + [texts[n].take(acts.rows) if n in texts else nothing for n in _TEXTS]
            + [acts.figures.get(n, nothing) for n in _FIGURES]
            + [*acts.items.values(), *acts.votes.values()],
            [str(number) for number in range(5 + len(_TEXTS) + len(_FIGURES) + self._form + self._choices)],
        )
        at = pc.index_in(acts.station, stations.ids)
        keys = pa.table({"at": at, "act": acts.act})
        self._order = pc.sort_indices(keys, sort_keys=[("at", "ascending"), ("act", "ascending")])
        counts = array("q", bytes(8 * (len(stations) + 1)))
        for number in pc.drop_null(at).to_pylist():
            counts[number + 1] += 1
        self._starts = array("q", accumulate(counts))
        self.status = _statuses(at.filter(acts.in_force), acts.status.filter(acts.in_force), len(stations))

    def of(self, numbers: Iterable[int]) -> list[list[Act]]:
        """For each of these stations its acts, in the order of their numbers."""
        ranges = [(self._starts[n], self._starts[n + 1]) for n in numbers]
        wanted = pa.concat_arrays([self._order.slice(a, b - a) for a, b in ranges]) if ranges else self._order[:0]
        rows = zip(*(column.to_pylist() for column in self._columns.take(wanted).columns), strict=True)
        acts = [self._act(row) for row in rows]
        ends = accumulate(b - a for a, b in ranges)
        return [acts[end - (b - a) : end] for end, (a, b) in zip(ends, ranges, strict=True)]

    def _act(self, row: tuple[Any, ...]) -> Act:
        at, number, stage, status, in_force, reason, made, form, unread, source = row[:10]
        return Act(
            self._table.name,
            at,
            number,
            stage,
            status,
            in_force,
            reason or "",
            made or "",
            form or "",
            unread or "",
            source or "",
            row[10:15],
            row[15 : 15 + self._form],
            row[15 + self._form :],
        )


def _statuses(at: pa.Array, status: pa.Array, stations: int) -> pa.Array:
    """For each station the status of its act in force; `missing` where there is none."""
    found = pc.index_in(pa.array(range(stations), at.type), at)
    return pc.fill_null(status.take(found), "missing")
