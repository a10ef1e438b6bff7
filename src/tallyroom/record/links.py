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
from tallyroom.record.definition import FILE, Election
from tallyroom.record.rows import Table
from tallyroom.record.tables import ANY, CHOICES, CONTESTS, COUNTRIES, ELECTIONS, Column, Kind

__all__ = ["Names", "faults_of"]

_COUNTRY = re.compile(r"[A-Z]{2}")
# Beyond this many ids, looking for the nearest would take longer than the person who mistyped it.
_MOST_COMPARED = 20_000


@dataclass(frozen=True)
class Names:
    """Every id of a record, by the table in which it may be pointed at."""

    by_table: Mapping[str, Collection[str]]
    countries: bool = True

    @classmethod
    def of(cls, election: Election, tables: Mapping[str, Table], claims: Sequence[str]) -> Names:
        """The ids of the definition, the tables and the claims."""
        by_table: dict[str, Collection[str]] = {name: set(table.ids) for name, table in tables.items()}
        by_table["claims"] = set(claims)
        by_table[CONTESTS] = {contest.id for contest in election.contests}
        by_table[CHOICES] = {choice.id for contest in election.contests for choice in contest.choices}
        by_table[ELECTIONS] = {election.id, *(earlier.id for earlier in election.elections)}
        by_table[ANY] = set().union(*by_table.values())
        return cls(by_table)

    def has(self, column: Column, name: str) -> bool:
        """Whether a pointer column may hold this id."""
        if name in column.words or any(name in self.by_table.get(target, ()) for target in column.to):
            return True
        return COUNTRIES in column.to and _COUNTRY.fullmatch(name) is not None

    def nearest(self, column: Column, name: str) -> str:
        """The nearest id that the column may hold; empty where none is near."""
        known = [i for target in column.to for i in self.by_table.get(target, ())]
        if len(known) > _MOST_COMPARED:
            return ""
        return next(iter(difflib.get_close_matches(name, sorted(known), 1)), "")


def faults_of(election: Election, tables: Mapping[str, Table], claims: Sequence[str]) -> Iterator[Fault]:
    """Every fault between rows."""
    names = Names.of(election, tables, claims)
    yield from _ids_twice(tables)
    for table in tables.values():
        yield from _pointers(table, names)
        if "supersedes" in table.columns.column_names:
            yield from _corrections(table)
        if table.shape.free:
            yield from _acts(table)
        if table.name.startswith("copies/") and (name := table.name.split("/")[1]) not in names.by_table.get(
            "organisations", ()
        ):
            yield Fault(
                table.file, 0, "", f"the folder '{name}'", "the id of an organisation", "Add it to organisations.csv."
            )
    yield from _definition(election, names)
    if "areas" in tables:
        yield from _areas(tables["areas"])
        if "stations" in tables:
            yield from _stations(tables["stations"], tables["areas"])


def _ids_twice(tables: Mapping[str, Table]) -> Iterator[Fault]:
    total = sum(len(table) for table in tables.values())
    if len(set().union(*(table.ids for table in tables.values()))) == total:
        return
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
            elif "act" in table.columns.column_names:
                act = table.columns["act"][number].as_py()
                found = f"{1 if act is None else act} at station '{table.columns['station'][number]}'"
                mend = f"{where} has it. A later act at the station takes the next number."
                yield Fault(table.file, table.lines[number], "act", found, "one act of each number", mend)
            else:
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
        missing: dict[str, list[str]] = {}
        for cell in pc.unique(cells).to_pylist():
            parts = [] if cell is None else cell.split() if column.many else [cell]
            if lost := [part for part in parts if not names.has(column, part)]:
                missing[cell] = lost
        if not missing:
            continue
        for at in pc.indices_nonzero(pc.is_in(cells, pa.array(list(missing)))).to_pylist():
            for name in missing[cells[at].as_py()]:
                near = names.nearest(column, name)
                # An id that points nowhere may be misspelt here, or missing there.
                mend = f"The nearest is {near}." if near else f"Add it to {' or '.join(_files(column))}, or mend it."
                yield Fault(
                    table.file,
                    table.lines[at],
                    column.name,
                    f"'{name}'",
                    f"an id of {', '.join(column.to)}",
                    mend,
                )


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


def _acts(table: Table) -> Iterator[Fault]:
    names = table.columns.column_names
    if "act" in names:
        for at in pc.indices_nonzero(pc.equal(table.columns["act"], 0).combine_chunks().fill_null(False)).to_pylist():
            yield Fault(table.file, table.lines[at], "act", "'0'", "1 or more", "The first act at a station is 1.")
    if "unread" not in names:
        return
    for at in pc.indices_nonzero(table.columns["unread"].combine_chunks().is_valid()).to_pylist():
        for part in table.columns["unread"][at].as_py().split():
            item = part.rpartition(":")[0]
            if item not in names or table.shape.column(item) is not None:
                near = difflib.get_close_matches(item, names, 1)
                mend = f"The nearest is {near[0]}." if near else ""
                yield Fault(table.file, table.lines[at], "unread", f"'{part}'", "a figure's column in this file", mend)
            elif table.columns[item][at].is_valid:
                found = f"'{part}', but {item} is {table.columns[item][at]}"
                yield Fault(table.file, table.lines[at], "unread", found, f"an empty {item}", "Keep one of the two.")


def _definition(election: Election, names: Names) -> Iterator[Fault]:
    sources = names.by_table.get("sources", ())
    callers = {*names.by_table.get("people", ()), *names.by_table.get("organisations", ())}
    if election.called_by and election.called_by not in callers:
        yield Fault(FILE, 0, "called_by", f"'{election.called_by}'", "an id of people or organisations", "")
    for number, fact in enumerate(election.facts):
        for source in fact.source.split():
            if source not in sources:
                yield Fault(
                    FILE,
                    0,
                    f"facts[{number}].source",
                    f"'{source}'",
                    "an id of sources",
                    "Add it to sources.csv.",
                )


def _areas(areas: Table) -> Iterator[Fault]:
    if "parent" not in areas.columns.column_names:
        return
    parents = dict(zip(areas.ids, areas.columns["parent"].to_pylist(), strict=True))
    kinds = dict(zip(areas.ids, areas.columns["kind"].to_pylist(), strict=True))
    lines = dict(zip(areas.ids, areas.lines, strict=True))
    for start in _loops(parents):
        mend = "Following the parents from here comes back here: mend one of them."
        yield Fault(areas.file, lines[start], "parent", f"'{parents[start]}'", "an area above this one", mend)
    for area, parent in parents.items():
        if kinds.get(parent) == "group" and kinds[area] != "group":
            mend = "A group is in no other area's sum; stations name it in `groups`."
            yield Fault(areas.file, lines[area], "parent", f"'{parent}', a group", "an area that is no group", mend)


def _stations(stations: Table, areas: Table) -> Iterator[Fault]:
    groups = pa.array([a for a, k in zip(areas.ids, areas.columns["kind"].to_pylist(), strict=True) if k == "group"])
    names = stations.columns.column_names
    if "area" in names and len(groups):
        for at in pc.indices_nonzero(pc.is_in(stations.columns["area"], groups)).to_pylist():
            mend = "Name the group in `groups`, and in `area` the constituency or region."
            found = f"'{stations.columns['area'][at]}', a group"
            yield Fault(stations.file, stations.lines[at], "area", found, "an area that is no group", mend)
    if "groups" in names:
        known = set(groups.to_pylist())
        for at in pc.indices_nonzero(stations.columns["groups"].combine_chunks().is_valid()).to_pylist():
            for name in stations.columns["groups"][at].as_py().split():
                if name in areas.ids and name not in known:
                    mend = "Only areas of kind group stand here."
                    yield Fault(
                        stations.file,
                        stations.lines[at],
                        "groups",
                        f"'{name}'",
                        "an area of kind group",
                        mend,
                    )


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
