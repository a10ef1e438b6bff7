"""The five tables that all figures come from, made of a record, and published as Parquet with it.

    votes      contest, station, act, choice, votes         one row per act and choice; null is not stated
    items      contest, station, act, item, value           the form's items, and derived figures as figures.<name>
    acts       contest, station, act, stage, status, in_force, counts
    stations   station, area, registered
    within     place, ancestor                              every station and area with itself, each area
                                                            above it, and its groups

The act in force at a station is the highest one not withdrawn; it counts when it is accepted. A row
whose every figure is empty, with nothing in `unread`, is a station without an act.

An item that is not on an act's form has no row for it: nothing is lacking, and nothing can come.
Derived figures: figures.registered, .cast, .valid, .invalid as the contest defines them, and
figures.turnout, the number of voters that turnout is made of. Where the contest defines no
`registered`, it is the station's in stations.csv.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.errors import CannotTabulate
from tallyroom.record.definition import FIGURES, Contest
from tallyroom.record.expressions import Expression, read_figure
from tallyroom.record.folder import Record
from tallyroom.record.rows import Table
from tallyroom.tabulate.figures import work_out

__all__ = ["Acts", "Frames", "acts_of", "make_frames"]

_NAME = pa.dictionary(pa.int8(), pa.string())  # of few different texts
_VOTES = pa.schema([("contest", _NAME), ("station", "string"), ("act", "int64"), ("choice", _NAME), ("votes", "int64")])
_ITEMS = pa.schema([("contest", _NAME), ("station", "string"), ("act", "int64"), ("item", _NAME), ("value", "int64")])
_ACTS = pa.schema(
    [
        ("contest", _NAME),
        ("station", "string"),
        ("act", "int64"),
        ("stage", "string"),
        ("status", "string"),
        ("in_force", "bool"),
        ("counts", "bool"),
    ]
)
_STATIONS = pa.schema([("station", "string"), ("area", "string"), ("registered", "int64")])
_WITHIN = pa.schema([("place", "string"), ("ancestor", "string")])


@dataclass(frozen=True)
class Frames:
    """The five tables."""

    votes: pa.Table
    items: pa.Table
    acts: pa.Table
    stations: pa.Table
    within: pa.Table


@dataclass(frozen=True)
class Acts:
    """The acts of one contest as columns of equal length; null is not stated.

    rows: the number of each act's row in the file's table. items and figures: name → int64 column.
    off_form: column → where its item is not on the form.
    """

    contest: Contest
    table: Table
    rows: pa.Array
    station: pa.Array
    act: pa.Array
    stage: pa.Array
    status: pa.Array
    in_force: pa.Array
    items: dict[str, pa.Array]
    votes: dict[str, pa.Array]
    figures: dict[str, pa.Array]
    off_form: dict[str, pa.Array]

    def __len__(self) -> int:
        return len(self.rows)

    def on_form(self, column: str, rows: pa.Table) -> pa.Table:
        """The rows, one per act, of the acts whose form has this item: elsewhere there is nothing to state."""
        return rows.filter(pc.invert(self.off_form[column])) if column in self.off_form else rows

    @property
    def counts(self) -> pa.Array:
        """Whether each act's figures are in the totals."""
        return pc.and_(self.in_force, pc.equal(self.status, "accepted"))

    def work_out(self, expression: Expression) -> pa.Array:
        """An expression of the form, for every act. Raises CannotTabulate beyond 64 bits."""
        try:
            return work_out(expression, self.items, list(self.votes.values()), len(self))
        except pa.ArrowInvalid as error:
            raise CannotTabulate(self._too_large(expression)) from error

    def _too_large(self, expression: Expression) -> str:
        for row in range(len(self)):
            items = {name: values.slice(row, 1) for name, values in self.items.items()}
            try:
                work_out(expression, items, [values.slice(row, 1) for values in self.votes.values()], 1)
            except pa.ArrowInvalid:
                place = f"{self.table.file}, line {self.table.lines[self.rows[row].as_py()]}"
                says = (
                    f"at station '{self.station[row]}' {expression} is beyond 64 bits, so some figure there is wrong."
                )
                return f"{place}: {says} Look at the form, and enter the figures it shows."
        return f"{self.table.file}: {expression} is beyond 64 bits."  # never reached: some row made it so


def acts_of(record: Record, contest: Contest, table: Table) -> Acts:
    """The acts of a table of returns or copies; rows without any figure are no acts."""
    columns = table.columns.combine_chunks()
    present = set(columns.column_names)

    def column(name: str, default: str | int | None = None) -> pa.Array:
        values = columns[name].combine_chunks() if name in present else pa.nulls(len(table), pa.int64())
        if isinstance(values, pa.ChunkedArray):
            values = pa.concat_arrays(values.chunks) if values.num_chunks else pa.nulls(0, values.type)
        if isinstance(default, str):
            values = values.cast(pa.string())
        return values if default is None else pc.fill_null(values, default)

    items = {item.id: column(item.id) for item in record.election.form.items}
    votes = {choice.id: column(f"votes.{choice.id}") for choice in contest.choices}
    status = column("status", "accepted")
    stated = pc.not_equal(status, "accepted")
    if "unread" in present:
        stated = pc.or_(stated, column("unread").is_valid())
    for values in (*items.values(), *votes.values()):
        stated = pc.or_(stated, values.is_valid())
    rows = pc.indices_nonzero(stated).cast(pa.int64())
    items = {name: values.take(rows) for name, values in items.items()}
    votes = {name: values.take(rows) for name, values in votes.items()}
    station, act, status = column("station", "").take(rows), column("act", 1).take(rows), status.take(rows)
    found = Acts(
        contest,
        table,
        rows,
        station,
        act,
        column("stage", "count").take(rows),
        status,
        _in_force(station, act, status),
        items,
        votes,
        {},
        {},
    )
    found.figures.update(_figures(record, contest, found))
    if "unread" in present:
        found.off_form.update(_off_form(pc.fill_null(column("unread").take(rows), ""), found))
    return found


def _off_form(unread: pa.Array, acts: Acts) -> dict[str, pa.Array]:
    """Column → where its item is not on the form; a derived figure, where it therefore cannot be stated."""
    some = pc.match_substring(unread, ":not-on-form")
    if not pc.any(some).as_py():
        return {}
    names = [*acts.items, *(f"votes.{choice}" for choice in acts.votes)]
    patterns = {name: rf"(^| ){re.escape(name)}:not-on-form( |$)" for name in names}
    off = {name: pc.match_substring_regex(unread, pattern) for name, pattern in patterns.items()}
    return off | {f"figures.{name}": pc.and_(some, values.is_null()) for name, values in acts.figures.items()}


def _in_force(station: pa.Array, act: pa.Array, status: pa.Array) -> pa.Array:
    """Whether each act is the highest one at its station that is not withdrawn."""
    stands = pc.not_equal(status, "withdrawn")
    table = pa.table({"station": station, "act": act}).filter(stands)
    highest = table.group_by("station").aggregate([("act", "max")])
    at = pc.index_in(station, highest["station"].combine_chunks())
    return pc.fill_null(pc.and_(stands, pc.equal(act, highest["act_max"].combine_chunks().take(at))), False)


def _figures(record: Record, contest: Contest, acts: Acts) -> dict[str, pa.Array]:
    figures = {name: acts.work_out(e) for name in FIGURES if (e := contest.figure(name)) is not None}
    listed = record.tables.get("stations")
    if "registered" not in figures and listed is not None and "registered" in listed.columns.column_names:
        stations = _stations(record)
        at = pc.index_in(acts.station, stations["station"].combine_chunks())
        figures["registered"] = stations["registered"].combine_chunks().take(at)
    turnout = contest.turnout_of
    figures["turnout"] = figures.get(turnout, pa.nulls(len(acts), pa.int64()))
    if turnout not in FIGURES:
        figures["turnout"] = acts.work_out(read_figure(turnout))
    return figures


def make_frames(record: Record) -> Frames:
    """The five tables of a record."""
    stations = _stations(record)
    votes, items, acts = [_VOTES.empty_table()], [_ITEMS.empty_table()], [_ACTS.empty_table()]
    for contest in record.election.contests:
        table = record.returns(contest.id)
        if table is None:
            continue
        found = acts_of(record, contest, table)
        # One column of stations serves every choice and item: the tables share it.
        key = {"contest": _same(contest.id, len(found)), "station": found.station, "act": found.act}
        for choice, values in found.votes.items():
            table = pa.table({**key, "choice": _same(choice, len(found)), "votes": values}, _VOTES)
            votes.append(found.on_form(f"votes.{choice}", table))
        derived = {f"figures.{figure}": values for figure, values in found.figures.items()}
        for item, values in {**found.items, **derived}.items():
            table = pa.table({**key, "item": _same(item, len(found)), "value": values}, _ITEMS)
            items.append(found.on_form(item, table))
        acts.append(
            pa.table(
                {
                    **key,
                    "stage": found.stage,
                    "status": found.status,
                    "in_force": found.in_force,
                    "counts": found.counts,
                },
                _ACTS,
            )
        )
    return Frames(
        pa.concat_tables(votes),
        pa.concat_tables(items),
        pa.concat_tables(acts),
        stations.select(_STATIONS.names),
        _within(record, stations),
    )


def _same(text: str, times: int) -> pa.Array:
    """One text many times, as one byte a row."""
    return pa.DictionaryArray.from_arrays(pa.repeat(pa.scalar(0, pa.int8()), times), [text])


def _stations(record: Record) -> pa.Table:
    """Every station in force with its area, groups and register, under its first id."""
    table = record.tables.get("stations")
    if table is None:
        return _STATIONS.empty_table().append_column("groups", pa.array([], pa.string()))
    columns = {name: table.columns[name] for name in table.columns.column_names}
    ids, nothing = table.id_array, pa.nulls(len(table), pa.int64())
    if "supersedes" in columns and columns["supersedes"].null_count < len(table):
        rows = {row.line: row.id for row in record.current("stations")}
        stands = pa.array([line in rows for line in table.lines])
        columns = {name: values.filter(stands) for name, values in columns.items()}
        ids, nothing = [rows[line] for line in table.lines if line in rows], nothing.filter(stands)
    return pa.table(
        {
            "station": ids,
            "area": columns["area"],
            "registered": columns.get("registered", nothing),
            "groups": columns.get("groups", nothing.cast(pa.string())),
        },
        pa.schema([*_STATIONS, ("groups", "string")]),
    )


def _within(record: Record, stations: pa.Table) -> pa.Table:
    parents = {row.id: row["parent"] for row in record.current("areas")}
    groups = {row.id for row in record.current("areas") if row["kind"] == "group"}
    above: dict[str, list[str]] = {}
    for area in parents:
        chain, at = [area], parents[area]
        # A group is in no other area's sum.
        while at and area not in groups:
            chain.append(at)
            at = parents.get(at, "")
        above[area] = chain
    places = [area for area, chain in above.items() for _ in chain]
    ancestors = [ancestor for chain in above.values() for ancestor in chain]
    rows = [pa.table({"place": places, "ancestor": ancestors}, _WITHIN)]
    station, area = stations["station"].combine_chunks(), stations["area"].combine_chunks()
    rows.append(pa.table({"place": station, "ancestor": station}, _WITHIN))
    at = pc.index_in(area, pa.array(above, pa.string()))
    for step in range(max(map(len, above.values()), default=0)):
        # The area so many steps above each station's own; null where its chain is shorter.
        higher = pa.array([chain[step] if step < len(chain) else None for chain in above.values()], pa.string())
        table = pa.table({"place": station, "ancestor": higher.take(at)}, _WITHIN)
        rows.append(table.filter(table["ancestor"].is_valid()))
    grouped = stations.filter(stations["groups"].is_valid())
    members = zip(grouped["station"].to_pylist(), grouped["groups"].to_pylist(), strict=True)
    pairs = [(name, group) for name, groups_of in members for group in groups_of.split()]
    rows.append(pa.table({"place": [p for p, _ in pairs], "ancestor": [g for _, g in pairs]}, _WITHIN))
    return pa.concat_tables(rows)
