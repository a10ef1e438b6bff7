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
from tallyroom.record.columns import ANY, CHOICES, CONTESTS, COUNTRIES, ELECTIONS, Column, Kind
from tallyroom.record.definition import FILE, Election
from tallyroom.record.definition_faults import line_of
from tallyroom.record.rows import Table, in_one

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
            corrections |= _corrections_of(table)
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
    different = _all_different(tables)
    if not different:
        yield from _ids_twice(tables)
    once = tables["stations"].id_array if different and "stations" in tables else None
    for table in tables.values():
        yield from _pointers(table, names)
        if "supersedes" in table.columns.column_names:
            yield from _corrections(table)
        if table.shape.free:
            yield from _acts(table, once)
        if table.name.startswith("copies/"):
            yield from _copier(table, names)
    if election is not None:
        yield from _definition(election, text, names)
    if "areas" in tables:
        yield from _areas(tables["areas"])
        if "stations" in tables:
            yield from _stations(tables["stations"], tables["areas"])


def _copier(table: Table, names: Names) -> Iterator[Fault]:
    name = table.name.split("/")[1]
    if not names.has(Column("folder", Kind.POINTER, "", to=("organisations",)), name):
        mend = "Add it to organisations.csv, or rename the folder."
        yield Fault(table.file, 0, "", f"in the folder '{name}'", "a folder named for an organisation's id", mend)


def _corrections_of(table: Table) -> dict[str, str]:
    """The id of each correcting row → the id of the first row that it goes back to."""
    if "supersedes" not in table.columns.column_names:
        return {}
    before = {i: old for i, old in zip(table.ids, table.columns["supersedes"].to_pylist(), strict=True) if old}
    first = {}
    for later in before:
        at, seen = later, {later}
        while at in before and before[at] not in seen:
            at = before[at]
            seen.add(at)
        if at not in before:  # else they go round in a circle, and none is first
            first[later] = at
    return first


def _in_force(table: Table) -> dict[str, int]:
    """The rows that no other corrects: first id → the row's number."""
    first = _corrections_of(table)
    if not first:
        return {name: number for number, name in enumerate(table.ids)}
    old = set(table.columns["supersedes"].to_pylist())
    return {first.get(name, name): number for number, name in enumerate(table.ids) if name not in old}


def _all_different(tables: Mapping[str, Table]) -> bool:
    """Whether no id stands twice, found quickly for very many."""
    # Ids made of station and act are told apart by `_acts_twice`, unless another row's id looks like one.
    acts = [t for t in tables.values() if t.shape.free and "id" not in t.columns.column_names]
    ids = [pa.array([], pa.string()), *(t.id_array for t in tables.values() if not any(t is act for act in acts))]
    if acts and any(pc.any(pc.starts_with(some, p)).as_py() for some in ids for p in ("returns.", "copies.")):
        ids += [t.id_array for t in acts]
    *some, many = sorted(ids, key=len)
    few = pa.concat_arrays([many.slice(0, 0), *some])
    return _each_once(few) and _each_once(many) and not pc.any(pc.is_in(many, few)).as_py()


def _each_once(ids: pa.Array) -> bool:
    return _rising(ids) or len(pc.unique(ids)) == len(ids)


def _rising(names: pa.Array, numbers: pa.Array = None) -> bool:
    """Whether each row stands behind the one before it, by name and then by number: then none stands twice."""
    count = max(len(names) - 1, 0)
    further = pc.less(names.slice(0, count), names.slice(1))
    if numbers is not None:
        same = pc.equal(names.slice(0, count), names.slice(1))
        further = pc.or_(further, pc.and_(same, pc.less(numbers.slice(0, count), numbers.slice(1))))
    return not names.null_count and bool(pc.all(further, min_count=0).as_py())


def _ids_twice(tables: Mapping[str, Table]) -> Iterator[Fault]:
    first: dict[str, tuple[Table, int]] = {}
    for table in tables.values():
        written = "id" in table.columns.column_names
        for number, name in enumerate(table.ids):
            if name not in first:
                first[name] = (table, number)
                continue
            other, at = first[name]
            where = f"{other.file}, line {other.lines[at]}"
            if written and table.columns["id"][number].is_valid:
                mend = "An id is unique in the whole record: give one of the two another."
                yield Fault(
                    table.file,
                    table.lines[number],
                    "id",
                    f"'{name}'",
                    "an id of its own",
                    f"{where} has it. {mend}",
                )
            elif not table.shape.free:  # of acts, _acts_twice speaks
                mend = "If both are meant, give them ids; else take one away."
                yield Fault(
                    table.file,
                    table.lines[number],
                    "",
                    "the same row",
                    "each row once",
                    f"{where} is equal. {mend}",
                )


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


def _corrections(table: Table) -> Iterator[Fault]:
    corrected: dict[str, int] = {}
    later = table.columns["supersedes"].to_pylist()
    for number, old in enumerate(later):
        if old is None:
            continue
        if old in corrected:
            mend = f"Line {table.lines[corrected[old]]} corrects it too: a further correction corrects the latest row."
            yield Fault(table.file, table.lines[number], "supersedes", f"'{old}'", "a row corrected once", mend)
        corrected.setdefault(old, number)
    for start in _loops(dict(zip(table.ids, later, strict=True))):
        line = table.lines[list(table.ids).index(start)]
        yield Fault(
            table.file,
            line,
            "supersedes",
            f"'{start}'",
            "an earlier row",
            "The corrections go round in a circle.",
        )


def _acts(table: Table, once: pa.Array | None) -> Iterator[Fault]:
    """Faults of acts. once: ids that each stand once: a column equal to it names no station twice."""
    names = table.columns.column_names
    if "act" in names:
        for at in pc.indices_nonzero(
            pc.equal(table.columns["act"], pa.scalar(0, pa.int64())).combine_chunks().fill_null(False)
        ).to_pylist():
            yield Fault(table.file, table.lines[at], "act", "'0'", "1 or more", "The first act at a station is 1.")
    yield from _acts_twice(table, once)
    if "unread" in names:
        for at in pc.indices_nonzero(table.columns["unread"].combine_chunks().is_valid()).to_pylist():
            yield from _unread(table, at, table.columns["unread"][at].as_py().split())


def _acts_twice(table: Table, once: pa.Array | None) -> Iterator[Fault]:
    stations = in_one(table.columns["station"])
    if once is not None and stations.equals(once):
        return
    acts = pa.nulls(len(table), pa.int64())
    if "act" in table.columns.column_names:
        acts = in_one(table.columns["act"])
    acts = pc.fill_null(acts, 1)
    if _rising(stations, acts) or _each_once(stations):
        return
    keys = pa.table({"station": stations, "act": acts, "row": pa.array(range(len(table)), pa.int64())})
    counted = keys.group_by(["station", "act"]).aggregate([("row", "count")])
    twice = counted.filter(pc.and_(pc.greater(counted["row_count"], 1), counted["station"].is_valid()))
    if not len(twice):
        return
    first: dict[tuple[str, int], int] = {}
    rows = keys.filter(pc.is_in(stations, twice["station"].combine_chunks())).to_pylist()
    for row in rows:
        key, line = (row["station"], row["act"]), table.lines[row["row"]]
        if key in first:
            mend = f"Line {first[key]} has it. A later act at the station takes the next number."
            found = f"{row['act']} at station '{row['station']}'"
            yield Fault(table.file, line, "act", found, "one act of each number", mend)
        first.setdefault(key, line)


def _unread(table: Table, at: int, parts: Sequence[str]) -> Iterator[Fault]:
    names = table.columns.column_names
    seen: set[str] = set()
    for part in parts:
        item = part.rpartition(":")[0]
        if item not in names or table.shape.column(item) is not None:
            near = difflib.get_close_matches(item, [n for n in names if table.shape.column(n) is None], 1)
            mend = f"The nearest is {near[0]}." if near else "Give the file a column of this name, or mend it."
            yield Fault(table.file, table.lines[at], "unread", f"'{part}'", "a figure's column in this file", mend)
        elif table.columns[item][at].is_valid:
            found = f"'{part}', but {item} is {table.columns[item][at]}"
            yield Fault(table.file, table.lines[at], "unread", found, f"an empty {item}", "Keep one of the two.")
        elif item in seen:
            yield Fault(table.file, table.lines[at], "unread", f"{item} twice", "each item once", "Keep one of them.")
        seen.add(item)


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


def _areas(areas: Table) -> Iterator[Fault]:
    """Circles among the areas in force, and areas inside a group."""
    if "parent" not in areas.columns.column_names:
        return
    rows = _in_force(areas)
    above, kind = areas.columns["parent"].to_pylist(), areas.columns["kind"].to_pylist()
    parents = {area: above[number] for area, number in rows.items()}
    for start in _loops(parents):
        mend = "Following the parents from here comes back here: mend one of them."
        yield Fault(
            areas.file, areas.lines[rows[start]], "parent", f"'{parents[start]}'", "an area above this one", mend
        )
    for area, parent in parents.items():
        if parent in rows and kind[rows[parent]] == "group" and kind[rows[area]] != "group":
            mend = "A group is in no other area's sum; stations name it in `groups`."
            line = areas.lines[rows[area]]
            yield Fault(areas.file, line, "parent", f"'{parent}', a group", "an area that is no group", mend)


def _stations(stations: Table, areas: Table) -> Iterator[Fault]:
    """Stations in a group as their area, and groups that are none."""
    kind = areas.columns["kind"].to_pylist()
    known = _in_force(areas)
    groups = {area for area, number in known.items() if kind[number] == "group"}
    names = stations.columns.column_names
    for at in pc.indices_nonzero(pc.is_in(stations.columns["area"], pa.array(sorted(groups), pa.string()))).to_pylist():
        mend = "Name the group in `groups`, and in `area` the constituency or region."
        found = f"'{stations.columns['area'][at]}', a group"
        yield Fault(stations.file, stations.lines[at], "area", found, "an area that is no group", mend)
    if "groups" not in names:
        return
    for at in pc.indices_nonzero(stations.columns["groups"].combine_chunks().is_valid()).to_pylist():
        for name in stations.columns["groups"][at].as_py().split():
            if name in known and name not in groups:
                mend = "Only areas of kind group stand here."
                yield Fault(stations.file, stations.lines[at], "groups", f"'{name}'", "an area of kind group", mend)


def _loops(above: Mapping[str, str | None]) -> list[str]:
    """One member, the first in order of reading, of every circle that following `above` runs into."""
    done: set[str] = set()
    found = []
    for start in above:
        path: dict[str, None] = {}
        at: str | None = start
        while at is not None and at in above and at not in done and at not in path:
            path[at] = None
            at = above[at]
        if at in path:
            circle = list(path)[list(path).index(at) :]
            found.append(next(name for name in above if name in circle))
        done.update(path)
    return found
