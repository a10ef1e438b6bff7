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
from dataclasses import dataclass, field

import pyarrow as pa

from tallyroom.errors import NotFound
from tallyroom.record.contest import FIGURES, Contest
from tallyroom.record.folder import Record
from tallyroom.record.rows import Row
from tallyroom.tabulate.engine import DuckDB, Engine, too_large
from tallyroom.tabulate.frames import make_parts
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

    def figure(self, name: str) -> int | str | None:
        """A count, or a share as printed: registered, cast, valid, invalid, turnout, votes.CHOICE or shares.CHOICE."""
        kind, of_choice, choice = name.partition(".")
        value: int | str | None = getattr(self, kind).get(choice) if of_choice else getattr(self, kind)
        return value

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


def tabulate(record: Record, level: str = "", engine: Engine | None = None) -> Results:
    """The results of a record.

    level: only areas of this kind, or `station`; empty is every area above the station.
    Raises NotFound for a level that the record does not have, CannotTabulate beyond 64 bits.
    """
    places = _places(record, level)
    totals = _Totals(record, engine or DuckDB(), level)
    return Results(record.election.id, [totals.contest(contest, places) for contest in record.election.contests])


def _places(record: Record, level: str) -> list[Row]:
    if level == "station":
        return record.current("stations")
    areas = record.current("areas")
    kinds = dict.fromkeys(row["kind"] for row in areas)
    if level and level not in kinds:
        raise NotFound(f"No area is of kind '{level}'. Levels of this record: {', '.join([*kinds, 'station'])}.")
    return [row for row in areas if not level or row["kind"] == level]


# What each SQL file is asked for: the columns that say what a sum is of; and the sums, as they are where no row is.
_ASKED: dict[str, tuple[tuple[str, ...], dict[str, int | None]]] = {
    "votes": (("contest", "area", "choice"), {"votes": None, "lacking": 0}),
    "figures": (("contest", "area", "item"), {"value": None, "lacking": 0}),
    "turnout": (("contest", "area"), {"voters": None, "registered": None}),
    "stations": (("area",), {"stations": 0, "registered": None, "lacking": 0}),
    "acts": (("contest", "area", "status"), {"stations": 0}),
    "to_come": (("contest",), {"registered": 0, "in_base": 0, "lacking": 0}),
}
_OF_ALL, _OF_VOTES_AND_ITEMS = ("stations", "acts"), ("votes", "figures", "turnout")
_COUNTED = ("accepted", "held", "annulled")
_LARGEST = 2**63 - 1
_Sums = tuple[int | None, ...]


def _plus(one: _Sums, other: _Sums, name: str) -> _Sums:
    """The sums of two parts together; what neither states stays unstated."""
    sums = tuple(b if a is None else a if b is None else a + b for a, b in zip(one, other, strict=True))
    if any(n is not None and n > _LARGEST for n in sums):
        raise too_large(name)
    return sums


class _Totals:
    """The answers of the SQL files, by contest and place, added up over the parts of the record."""

    def __init__(self, record: Record, engine: Engine, level: str) -> None:
        self.record = record
        self.roots = [r.id for r in record.current("areas") if not r["parent"] and r["kind"] != "group"]
        contests, parts = make_parts(record, level)
        self.with_acts = {contest.id for contest in contests}
        bases = {
            "contest": [c.id for c in contests],
            "item": [c.measured_by and f"figures.{c.measured_by}" for c in contests],
        }
        engine.register("bases", pa.table(bases, pa.schema([("contest", "string"), ("item", "string")])))
        self.sums: dict[str, dict[tuple[str, ...], _Sums]] = {name: {} for name in _ASKED}
        for part in parts:
            asked = ((part.whole, _OF_ALL), (part.few, _OF_VOTES_AND_ITEMS), (part.waiting, ("to_come",)))
            for frames, names in asked:
                for name in ("votes", "items", "acts", "stations", "within"):
                    engine.register(name, getattr(frames, name))
                for name in names:
                    self._add(name, engine.run(name))

    def _add(self, name: str, answer: pa.Table) -> None:
        of, sums = _ASKED[name]
        total = self.sums[name]
        for cells in zip(*(answer[column].to_pylist() for column in (*of, *sums)), strict=True):
            key, found = cells[: len(of)], cells[len(of) :]
            total[key] = _plus(total[key], found, name) if key in total else found

    def of(self, name: str, *key: str) -> _Sums:
        """The sums of a SQL file for one contest, place and so on."""
        return self.sums[name].get(key) or tuple(_ASKED[name][1].values())

    def contest(self, contest: Contest, places: list[Row]) -> ContestResult:
        return ContestResult(contest.id, [self.area(contest, place) for place in places], self.outcome(contest))

    def area(self, contest: Contest, place: Row) -> AreaResult:
        figures = {name: self.of("figures", contest.id, place.id, f"figures.{name}") for name in FIGURES}
        votes = {c.id: self.of("votes", contest.id, place.id, c.id) for c in contest.choices}
        stations, register, no_register = self.of("stations", place.id)
        accepted, held, annulled = (self.of("acts", contest.id, place.id, status)[0] or 0 for status in _COUNTED)
        voters, of = self.of("turnout", contest.id, place.id)
        whole = self.record.election.stations == "all"
        lacking = {name: n for name, (_, n) in figures.items() if n}
        lacking |= {f"votes.{choice}": n for choice, (_, n) in votes.items() if n}
        if whole and no_register:
            lacking["registered_expected"] = no_register
        base = self.of("figures", contest.id, place.id, f"figures.{contest.shares_of}")[0]

        def share(part: int | None, of: int | None) -> str | None:
            return printed_share(part, of, contest.share_digits, contest.rounding) if part is not None and of else None

        return AreaResult(
            place.id,
            place["kind"] if place.table == "areas" else "station",
            place["name"] or place.id,
            StationCounts(stations if whole else None, accepted, held, annulled),
            figures["registered"][0],
            register if whole else None,
            figures["cast"][0],
            figures["valid"][0],
            figures["invalid"][0],
            share(voters, of),
            {choice: n for choice, (n, _) in votes.items()},
            {choice: share(n, base) for choice, (n, _) in votes.items()},
            lacking,
        )

    def outcome(self, contest: Contest) -> Outcome:
        if contest.id not in self.with_acts:
            says = "The record holds no returns of this contest, so there is nothing to add up."
            return Outcome(contest.rule, "nothing-to-tabulate", says)
        votes = {c.id: sum(self.of("votes", contest.id, r, c.id)[0] or 0 for r in self.roots) for c in contest.choices}
        bases = [self.of("figures", contest.id, root, f"figures.{contest.measured_by}")[0] for root in self.roots]
        stated = [base for base in bases if base is not None]
        names = {choice: self.record.name_of(choice) for choice in votes}
        could_come, in_base = self._could_come(contest)
        base = sum(stated) if stated else None
        return decide(contest.rule, contest.seats, votes, could_come, base, names, in_base, contest.percent)

    def _could_come(self, contest: Contest) -> tuple[int | None, int]:
        """The votes that could come at most, and how many of them the majority's or threshold's base already counts."""
        registered, in_base, lacking = self.of("to_come", contest.id)
        return (None, 0) if self.record.election.stations == "partial" or lacking else (registered, in_base or 0)
