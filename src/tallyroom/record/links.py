"""What the rows of a record say of each other: ids, pointers, areas, acts and corrections.

Each function yields faults; together they are what `read_record` asks once every cell is read.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.errors import Fault
from tallyroom.record.acts import faults_of_acts
from tallyroom.record.areas import faults_of_areas, faults_of_stations
from tallyroom.record.columns import ANY, CHOICES, CONTESTS, COUNTRIES, ELECTIONS, Column, Kind
from tallyroom.record.corrections import faults_of_corrections, first_ids
from tallyroom.record.definition import FILE, Election
from tallyroom.record.definition_faults import line_of
from tallyroom.record.ids import all_different, faults_of_ids
from tallyroom.record.rows import Table
from tallyroom.record.samples import faults_of_drawn

__all__ = ["Names", "faults_of"]

_COUNTRY = re.compile(r"[A-Z]{2}")
# Looking for the nearest of many ids takes longer than a person who mistyped one or two: beyond this
# many comparisons in a column the rest goes without.
_MOST_COMPARED = 50_000


class _Sets(dict[str, Collection[str]]):
    """The ids of each table, as a set that is made when somebody asks for it."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        super().__init__()
        self.tables = tables

    def __missing__(self, target: str) -> Collection[str]:
        if target == ANY:
            self[target] = set().union(*(self[name] for name in (*self.tables, *(k for k in self if k != ANY))))
        else:
            self[target] = set(self.tables[target].ids) if target in self.tables else set()
        return self[target]


@dataclass(frozen=True)
class Names:
    """Every id of a record, by the table in which it may be pointed at.

    lost: table → ids in rows that could not be read, None where they may be any; what points to them
        is not blamed. corrections: the id of a correcting row → the first id, which pointers name.
    """

    by_table: _Sets
    lost: Mapping[str, Collection[str] | None]
    corrections: Mapping[str, str]

    @classmethod
    def of(
        cls,
        election: Election | None,
        tables: Mapping[str, Table],
        claims: Sequence[str],
        lost: Mapping[str, Collection[str] | None],
    ) -> Names:
        """The ids of the definition, the tables and the claims."""
        by_table = _Sets(tables)
        by_table["claims"] = set(claims)
        lost = dict(lost)
        if election is None:
            lost |= dict.fromkeys((CONTESTS, CHOICES, ELECTIONS))
        else:
            by_table[CONTESTS] = {contest.id for contest in election.contests}
            by_table[CHOICES] = {choice.id for contest in election.contests for choice in contest.choices}
            by_table[ELECTIONS] = {election.id, *(earlier.id for earlier in election.elections)}
        known = [ids for ids in lost.values() if ids is not None]
        lost[ANY] = None if len(known) < len(lost) else set().union(*known)
        corrections: dict[str, str] = {}
        for table in tables.values():
            corrections |= first_ids(table)
        return cls(by_table, lost, corrections)

    def has(self, column: Column, name: str) -> bool:
        """Whether a pointer column may hold this id."""
        if name in column.words or any(name in self.by_table[target] for target in column.to):
            return True
        if COUNTRIES in column.to and _COUNTRY.fullmatch(name):
            return True
        return any(target in self.lost and ((ids := self.lost[target]) is None or name in ids) for target in column.to)

    def known(self, column: Column) -> list[str]:
        """The ids that a pointer column may hold, in order."""
        return sorted({i for target in column.to for i in self.by_table[target]})


def faults_of(
    election: Election | None,
    text: str,
    tables: Mapping[str, Table],
    claims: Sequence[str],
    lost: Mapping[str, Collection[str] | None],
) -> Iterator[Fault]:
    """Every fault between rows.

    election: None where the definition, `text`, could not be read. lost: as in `Names`.
    """
    names = Names.of(election, tables, claims, lost)
    different = all_different(tables)
    if not different:
        yield from faults_of_ids(tables)
    once = tables["stations"].id_array if different and "stations" in tables else None
    for table in tables.values():
        yield from _pointers(table, names)
        if "supersedes" in table.columns.column_names:
            yield from faults_of_corrections(table)
        if table.shape.free:
            yield from faults_of_acts(table, once)
        if table.name.startswith("copies/"):
            yield from _copier(table, names)
        if table.name == "drawn":
            yield from faults_of_drawn(table)
    if election is not None:
        yield from _definition(election, text, names)
    if "areas" in tables:
        yield from faults_of_areas(tables["areas"])
        if "stations" in tables:
            yield from faults_of_stations(tables["stations"], tables["areas"])


def _copier(table: Table, names: Names) -> Iterator[Fault]:
    name = table.name.split("/")[1]
    if not names.has(Column("folder", Kind.POINTER, "", to=("organisations",)), name):
        mend = "Add it to organisations.csv, or rename the folder."
        yield Fault(table.file, 0, "", f"in the folder '{name}'", "a folder named for an organisation's id", mend)


def _pointers(table: Table, names: Names) -> Iterator[Fault]:
    for column in table.shape.columns:
        if column.kind is not Kind.POINTER or column.name not in table.columns.column_names:
            continue
        cells = table.columns[column.name]
        wrong: dict[str, list[tuple[str, str, str]]] = {}
        known: list[str] | None = None
        compared = 0
        for cell in _doubtful(cells, names, column):
            for name in cell.split() if column.many else [cell]:
                if not names.has(column, name):
                    known = names.known(column) if known is None else known
                    near = difflib.get_close_matches(name, known, 1) if compared < _MOST_COMPARED else []
                    compared += len(known)
                    # An id that points nowhere may be misspelt here, or missing there.
                    mend = f"Add it to {' or '.join(_files(column))}, or mend it."
                    mend = f"The nearest is {near[0]}." if near else mend
                    wrong.setdefault(cell, []).append((f"'{name}'", f"an id of {', '.join(column.to)}", mend))
                elif name in names.corrections and column.name != "supersedes":
                    first = names.corrections[name]
                    mend = f"A corrected row keeps its first id: write {first}."
                    wrong.setdefault(cell, []).append((f"'{name}', a correction", "the id of the first row", mend))
        if wrong:
            for at in pc.indices_nonzero(pc.is_in(cells, pa.array(list(wrong)))).to_pylist():
                for said in wrong[cells[at].as_py()]:
                    yield Fault(table.file, table.lines[at], column.name, *said)


def _doubtful(cells: pa.ChunkedArray, names: Names, column: Column) -> list[str]:
    """The different cells of a pointer column, without those that are for certain an id of a table."""
    for target in column.to:
        if target in names.by_table.tables and not names.corrections:
            ids = names.by_table.tables[target].id_array
            if cells.equals(pa.chunked_array([ids])):  # one row each, in the same order
                return []
            cells = cells.filter(pc.invert(pc.is_in(cells, ids)))
    return [cell for cell in pc.unique(cells).to_pylist() if cell]


def _files(column: Column) -> list[str]:
    known = {CONTESTS: FILE, CHOICES: FILE, ELECTIONS: FILE, "claims": "claims.jsonl", ANY: "the record"}
    return [known.get(target, f"{target}.csv") for target in column.to if target != COUNTRIES]


def _definition(election: Election, text: str, names: Names) -> Iterator[Fault]:
    caller = Column("called_by", Kind.POINTER, "", to=("people", "organisations"))
    if election.called_by and not names.has(caller, election.called_by):
        yield _nowhere(text, ["called_by"], caller, election.called_by)
    for number, fact in enumerate(election.facts):
        column = Column(f"facts[{number}].source", Kind.POINTER, "", to=("sources",))
        for source in fact.source.split():
            if not names.has(column, source):
                yield _nowhere(text, ["facts", number, "source"], column, source)


def _nowhere(text: str, path: Sequence[str | int], column: Column, name: str) -> Fault:
    mend = f"Add it to {' or '.join(_files(column))}, or mend it."
    return Fault(FILE, line_of(text, path), column.name, f"'{name}'", f"an id of {', '.join(column.to)}", mend)
