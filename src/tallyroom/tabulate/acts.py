"""The acts of a contest as columns, which of them is in force, and the figures that are worked out of its form.

The act in force at a station is the highest one not withdrawn; it counts when it is accepted. A row
whose every figure is empty, with nothing in `unread`, is a station without an act.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.errors import CannotTabulate
from tallyroom.record.contest import FIGURES, Contest
from tallyroom.record.expressions import Expression, read_figure
from tallyroom.record.folder import Record
from tallyroom.record.rows import Table, in_one
from tallyroom.tabulate.figures import work_out
from tallyroom.tabulate.places import stations_in_force

__all__ = ["Acts", "acts_of"]


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

    def each(self, change: Callable[[pa.Array], pa.Array]) -> Acts:
        """The acts with every column changed in the same way: fewer of them, or in another order."""
        changed: dict[str, Any] = {}
        for name, value in vars(self).items():
            if isinstance(value, dict):
                changed[name] = {key: change(column) for key, column in value.items()}
            elif isinstance(value, pa.Array):
                changed[name] = change(value)
        return replace(self, **changed)

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
    present = set(table.columns.column_names)

    def column(name: str, default: str | int | None = None) -> pa.Array:
        values = in_one(table.columns[name]) if name in present else pa.nulls(len(table), pa.int64())
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

    def kept(values: pa.Array) -> pa.Array:
        return values if len(rows) == len(values) else values.take(rows)

    station, act, status = kept(column("station", "")), kept(column("act", 1)), kept(status)
    found = Acts(
        contest,
        table,
        rows,
        station,
        act,
        kept(column("stage", "count")),
        status,
        _in_force(station, act, status),
        {name: kept(values) for name, values in items.items()},
        {name: kept(values) for name, values in votes.items()},
        {},
        {},
    )
    found.figures.update(_figures(record, contest, found))
    if "unread" in present:
        found.off_form.update(_off_form(pc.fill_null(kept(column("unread")), ""), found))
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
    numbers = pc.min_max(act)
    if numbers["min"] == numbers["max"]:
        return stands  # no act is higher than another
    table = pa.table({"station": station, "act": act}).filter(stands)
    highest = table.group_by("station").aggregate([("act", "max")])
    at = pc.index_in(station, highest["station"].combine_chunks())
    return pc.fill_null(pc.and_(stands, pc.equal(act, highest["act_max"].combine_chunks().take(at))), False)


def _figures(record: Record, contest: Contest, acts: Acts) -> dict[str, pa.Array]:
    figures = {name: acts.work_out(e) for name in FIGURES if (e := contest.figure(name)) is not None}
    listed = record.tables.get("stations")
    if "registered" not in figures and listed is not None and "registered" in listed.columns.column_names:
        stations = stations_in_force(record)
        at = pc.index_in(acts.station, in_one(stations["station"]))
        figures["registered"] = in_one(stations["registered"]).take(at)
    turnout = contest.turnout_of
    figures["turnout"] = figures.get(turnout, pa.nulls(len(acts), pa.int64()))
    if turnout not in FIGURES:
        figures["turnout"] = acts.work_out(read_figure(turnout))
    return figures
