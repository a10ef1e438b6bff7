"""The results of a record, in the shape that `tabulate --json` prints and `results.json` publishes.

    {"election", "contests": [{"contest", "areas": [{"area", "kind", "name",
        "stations": {"expected", "received", "accepted", "held", "annulled", "missing"},
        "registered", "registered_expected", "cast", "valid", "invalid", "turnout": "76.73",
        "votes": {choice: n}, "shares": {choice: "92.12"}, "lacking": {figure: n}}],
      "outcome": {"rule", "status", "elected", "seats": {choice: n}, "tied", "tied_seats", "second_round", "margin",
        "votes_that_could_come", "says"}}]}

null is not known. Only returns are in it: figures that somebody else announced never are.
expected = accepted + held + annulled + missing; received = accepted + held + annulled; a record
with `stations = "partial"` has neither expected nor missing. `lacking` counts, for each figure and
each choice, the acts that count but do not state it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.errors import NotFound
from tallyroom.record.definition import FIGURES, Contest
from tallyroom.record.folder import Record
from tallyroom.record.rows import Row
from tallyroom.tabulate.engine import DuckDB, Engine
from tallyroom.tabulate.frames import Frames, make_frames
from tallyroom.tabulate.outcome import Outcome, decide
from tallyroom.tabulate.shares import printed_share

__all__ = ["AreaResult", "ContestResult", "Results", "StationCounts", "results_text", "tabulate"]


@dataclass(frozen=True)
class StationCounts:
    """How many stations of an area stand where; expected and missing are None in a partial record."""

    expected: int | None
    accepted: int
    held: int
    annulled: int

    @property
    def received(self) -> int:
        """Stations with an act in force."""
        return self.accepted + self.held + self.annulled

    @property
    def missing(self) -> int | None:
        """Stations without an act in force."""
        return None if self.expected is None else self.expected - self.received

    def as_json(self) -> dict[str, int | None]:
        """All six counts."""
        return {
            "expected": self.expected,
            "received": self.received,
            "accepted": self.accepted,
            "held": self.held,
            "annulled": self.annulled,
            "missing": self.missing,
        }


@dataclass(frozen=True)
class AreaResult:
    """One contest's figures in one area (or at one station); None is not known."""

    area: str
    kind: str
    name: str
    stations: StationCounts
    registered: int | None
    registered_expected: int | None
    cast: int | None
    valid: int | None
    invalid: int | None
    turnout: str | None
    votes: dict[str, int | None]
    shares: dict[str, str | None]
    lacking: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """The area as `tabulate --json` prints it."""
        return {**vars(self), "stations": self.stations.as_json()}


@dataclass(frozen=True)
class ContestResult:
    """One contest: every area's figures, and the outcome."""

    contest: str
    areas: list[AreaResult]
    outcome: Outcome

    def area(self, name: str) -> AreaResult | None:
        """The result of one area."""
        return next((area for area in self.areas if area.area == name), None)


@dataclass(frozen=True)
class Results:
    """The results of an election's record."""

    election: str
    contests: list[ContestResult]

    def as_json(self) -> dict[str, object]:
        """The results as `tabulate --json` prints them."""
        return {
            "election": self.election,
            "contests": [
                {
                    "contest": c.contest,
                    "areas": [a.as_json() for a in c.areas],
                    "outcome": c.outcome.as_json(),
                }
                for c in self.contests
            ],
        }


def results_text(results: Results) -> str:
    """The bytes of `results.json`, as text: the same results make the same text."""
    return json.dumps(results.as_json(), ensure_ascii=False, indent=1) + "\n"


def tabulate(record: Record, level: str = "", engine: Engine | None = None, frames: Frames | None = None) -> Results:
    """The results of a record.

    level: only areas of this kind, or `station`; empty is every area above the station.
    Raises NotFound for a level that the record does not have, CannotTabulate beyond 64 bits.
    """
    places = _places(record, level)
    frames = frames or make_frames(record)
    totals = _Totals(record, engine or DuckDB(), frames, level)
    return Results(record.election.id, [totals.contest(contest, places) for contest in record.election.contests])


def _places(record: Record, level: str) -> list[Row]:
    if level == "station":
        return record.current("stations")
    areas = record.current("areas")
    kinds = dict.fromkeys(row["kind"] for row in areas)
    if level and level not in kinds:
        raise NotFound(f"No area is of kind '{level}'. Levels of this record: {', '.join([*kinds, 'station'])}.")
    return [row for row in areas if not level or row["kind"] == level]


def _rows(table: pa.Table, *names: str) -> Iterator[tuple[Any, ...]]:
    """The rows of some columns; far quicker than a dictionary for each row."""
    return zip(*(table[name].to_pylist() for name in names), strict=True)


def _asked_for(frames: Frames, level: str) -> pa.Table:
    """The part of `within` that a tabulation needs: stations' chains of areas follow from their smallest one."""
    place, ancestor = frames.within["place"], frames.within["ancestor"]
    station = pc.is_in(place, frames.stations["station"])
    chained = pc.is_in(ancestor, _chained(frames))
    same = pc.equal(place, ancestor)
    apart = same if level == "station" else pc.invert(pc.or_(chained, same))
    return frames.within.filter(pc.or_(pc.invert(station), apart))


def _chained(frames: Frames) -> pa.Array:
    """The areas that stations lie in, and all above them."""
    areas = pc.is_in(frames.within["place"], pc.unique(frames.stations["area"]))
    return pc.unique(frames.within.filter(areas)["ancestor"])


class _Totals:
    """The answers of the SQL files, by contest and place."""

    def __init__(self, record: Record, engine: Engine, frames: Frames, level: str) -> None:
        self.record = record
        self.roots = [r.id for r in record.current("areas") if not r["parent"] and r["kind"] != "group"]
        contests = [c for c in record.election.contests if c.measured_by]
        bases = {"contest": [c.id for c in contests], "item": [f"figures.{c.measured_by}" for c in contests]}
        engine.register("bases", pa.table(bases, pa.schema([("contest", "string"), ("item", "string")])))
        for name in ("votes", "items", "acts", "stations"):
            engine.register(name, getattr(frames, name))
        engine.register("within", _asked_for(frames, level))
        self.votes: dict[tuple[str, str], dict[str, tuple[int | None, int]]] = defaultdict(dict)
        for name, area, choice, votes, lacking in _rows(
            engine.run("votes"), "contest", "area", "choice", "votes", "lacking"
        ):
            self.votes[name, area][choice] = (votes, lacking)
        self.figures: dict[tuple[str, str], dict[str, tuple[int | None, int]]] = defaultdict(dict)
        for name, area, item, value, lacking in _rows(
            engine.run("figures"), "contest", "area", "item", "value", "lacking"
        ):
            self.figures[name, area][item] = (value, lacking)
        turnout = _rows(engine.run("turnout"), "contest", "area", "voters", "registered")
        self.turnout = {(name, area): (voters, registered) for name, area, voters, registered in turnout}
        frame = _rows(engine.run("stations"), "area", "stations", "registered", "lacking")
        self.stations = {area: (stations, registered, lacking) for area, stations, registered, lacking in frame}
        self.acts: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        for name, area, status, stations in _rows(engine.run("acts"), "contest", "area", "status", "stations"):
            self.acts[name, area][status] = stations
        self.to_come = {r["contest"]: r for r in engine.run("to_come").to_pylist()}
        self.any_act = set(pc.unique(frames.acts["contest"]).to_pylist())

    def contest(self, contest: Contest, places: list[Row]) -> ContestResult:
        return ContestResult(contest.id, [self.area(contest, place) for place in places], self.outcome(contest))

    def area(self, contest: Contest, place: Row) -> AreaResult:
        key = (contest.id, place.id)
        figures, votes = self.figures.get(key, {}), self.votes.get(key, {})
        stations, register, no_register = self.stations.get(place.id, (0, None, 0))
        acts, (voters, of) = self.acts.get(key, {}), self.turnout.get(key, (None, None))
        whole = self.record.election.stations == "all"
        expected = stations if whole else None
        lacking = {name: n for name in FIGURES if (n := figures.get(f"figures.{name}", (None, 0))[1])}
        lacking |= {f"votes.{c.id}": n for c in contest.choices if (n := votes.get(c.id, (None, 0))[1])}
        if whole and no_register:
            lacking["registered_expected"] = no_register
        base = figures.get(f"figures.{contest.shares_of}", (None, 0))[0]
        counted = {c.id: votes.get(c.id, (None, 0))[0] for c in contest.choices}

        def share(part: int | None, of: int | None) -> str | None:
            return printed_share(part, of, contest.share_digits, contest.rounding) if part is not None and of else None

        return AreaResult(
            place.id,
            place["kind"] if place.table == "areas" else "station",
            place["name"] or place.id,
            StationCounts(expected, acts.get("accepted", 0), acts.get("held", 0), acts.get("annulled", 0)),
            figures.get("figures.registered", (None, 0))[0],
            register if whole else None,
            figures.get("figures.cast", (None, 0))[0],
            figures.get("figures.valid", (None, 0))[0],
            figures.get("figures.invalid", (None, 0))[0],
            share(voters, of),
            counted,
            {choice: share(n, base) for choice, n in counted.items()},
            lacking,
        )

    def outcome(self, contest: Contest) -> Outcome:
        if contest.id not in self.any_act:
            says = "The record holds no returns of this contest, so there is nothing to add up."
            return Outcome(contest.rule, "nothing-to-tabulate", says)
        votes = {c.id: 0 for c in contest.choices}
        bases: list[int] = []
        for root in self.roots:
            key = (contest.id, root)
            for choice, (count, _) in self.votes.get(key, {}).items():
                votes[choice] += count or 0
            base = self.figures.get(key, {}).get(f"figures.{contest.measured_by}", (None, 0))[0]
            bases += [] if base is None else [base]
        names = {choice: self.record.name_of(choice) for choice in votes}
        could_come, in_base = self._could_come(contest)
        base = sum(bases) if bases else None
        return decide(contest.rule, contest.seats, votes, could_come, base, names, in_base, contest.percent)

    def _could_come(self, contest: Contest) -> tuple[int | None, int]:
        """The votes that could come at most, and how many of them the majority's or threshold's base already counts."""
        row = self.to_come.get(contest.id)
        if self.record.election.stations == "partial" or (row and row["lacking"]):
            return None, 0
        return (int(row["registered"]), int(row["in_base"])) if row else (0, 0)
