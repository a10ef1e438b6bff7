"""Stations as rows: the figures of the act in force, its status in words, and the row that it stands in.

A held or annulled act shows its figures, marked, since they are evidence; they are in no total. A
figure that the form does not state is a dash, never a zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from tallyroom.publish import numbers, words
from tallyroom.publish.edition import Edition
from tallyroom.publish.view import Cell, Head, Line, Link, Table, cell
from tallyroom.record.definition import Contest
from tallyroom.record.rows import Row
from tallyroom.tabulate.frames import acts_of
from tallyroom.tabulate.shares import printed_share

__all__ = ["Act", "Stations"]

_FIGURES = ("registered", "cast", "valid", "invalid")


@dataclass(frozen=True)
class Act:
    """One act: its row, whether it is in force, and its figures; None is not stated."""

    row: Row
    number: int
    stage: str
    status: str
    in_force: bool
    figures: dict[str, int | None]
    votes: dict[str, int | None]


class Stations:
    """The acts of one contest, found by station.

    In the first contest with returns a station's row has the station's id, so that links lead there.
    """

    def __init__(self, edition: Edition, contest: Contest) -> None:
        self.edition = edition
        self.contest = contest
        first = next((c.id for c in edition.record.election.contests if edition.has_returns(c.id)), contest.id)
        self.anchor = "" if contest.id == first else f"_{contest.id}."

    @cached_property
    def _in_force(self) -> dict[str, Act]:
        return {act.row["station"]: act for acts in self.acts.values() for act in acts if act.in_force}

    @cached_property
    def acts(self) -> dict[str, list[Act]]:
        """Every act of each station, in the order of its numbers."""
        table = self.edition.record.returns(self.contest.id)
        found: dict[str, list[Act]] = defaultdict(list)
        if table is None:
            return found
        acts = acts_of(self.edition.record, self.contest, table)
        figures = {name: values.to_pylist() for name, values in acts.figures.items()}
        votes = {name: values.to_pylist() for name, values in acts.votes.items()}
        columns = zip(
            acts.rows.to_pylist(),
            acts.station.to_pylist(),
            acts.act.to_pylist(),
            acts.stage.to_pylist(),
            acts.status.to_pylist(),
            acts.in_force.to_pylist(),
            strict=True,
        )
        for at, (number, station, act, stage, status, in_force) in enumerate(columns):
            of_act = {name: values[at] for name, values in figures.items()}
            of_votes = {name: values[at] for name, values in votes.items()}
            found[station].append(Act(table.row(number), act, stage, status, in_force, of_act, of_votes))
        for one in found.values():
            one.sort(key=lambda act: act.number)
        return found

    def in_force(self, station: str) -> Act | None:
        """The act in force at a station."""
        return self._in_force.get(station)

    def status(self, station: str) -> str:
        """accepted, held, annulled or missing."""
        act = self.in_force(station)
        return act.status if act else "missing"

    def table(self, rows: Sequence[Row], caption: str) -> Table:
        """A table of these stations."""
        choices = [Head(self.edition.name(choice.id), True) for choice in self.contest.choices]
        names = ("Registered", "Cast", "Valid", "Invalid", "Turnout")
        heads = [Head("Station"), Head("Status"), *(Head(n, True) for n in names), *choices, Head("Row and source")]
        return Table(caption, heads, [self._line(row) for row in rows], quiet=True, kind="stations")

    def _line(self, station: Row) -> Line:
        act = self.in_force(station.id)
        kind = words.plain(station["kind"])
        name = Cell((station["name"] or station.id,), note=" · ".join(t for t in (station.id, kind) if t))
        if act is None:
            blank = cell("–", number=True)
            figures = [cell(numbers.count(_number(station["registered"])), number=True)]
            figures += [blank] * (4 + len(self.contest.choices))
            where = Cell(tuple(self.edition.sources(station)), note=station.place)
            return Line(name, (self._status(station.id, None), *figures, where), self.anchor + station.id, "missing")
        figures = [cell(numbers.count(act.figures.get(f)), number=True) for f in _FIGURES]
        votes = [cell(numbers.count(act.votes[c.id]), number=True) for c in self.contest.choices]
        cells = (self._status(station.id, act), *figures, self._turnout(act), *votes, self._where(act))
        return Line(name, cells, self.anchor + station.id, act.status)

    def _status(self, station: str, act: Act | None) -> Cell:
        mark, word, _ = words.STATUSES[act.status if act else "missing"]
        notes = []
        if act:
            notes += [f"act {act.number}, {act.stage}"] if act.number > 1 or act.stage != "count" else []
            notes += [act.row["reason"]] if act.row["reason"] else []
            notes += [f"unread: {words.plain(act.row['unread']).replace(':', ', ')}"] if act.row["unread"] else []
        earlier = [a for a in self.acts.get(station, ()) if a is not act]
        notes += [f"{numbers.plural(len(earlier), 'other act')} in the file"] if earlier else []
        return cell(word, note="; ".join(notes), mark=mark)

    def _turnout(self, act: Act) -> Cell:
        voters, registered = act.figures.get("turnout"), act.figures.get("registered")
        share = None
        if voters is not None and registered:
            share = printed_share(voters, registered, self.contest.share_digits, self.contest.rounding)
        return cell(numbers.percent(share), number=True)

    def _where(self, act: Act) -> Cell:
        row = Link(act.row.place, f"data/{act.row.file}")
        return Cell((row, *self.edition.sources(act.row)))


def _number(text: str) -> int | None:
    return int(text) if text else None
