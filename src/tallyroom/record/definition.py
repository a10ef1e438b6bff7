"""The definition of an election: `election.toml`, read strictly.

    id, date, timezone, occasion, stations, synthetic, called_by, called, language
    [names]                 the election's name per language
    [[contests]]            id, rule, seats, choices, shares_of, majority_of, threshold, threshold_of, turnout_of,
                            rounding, share_digits
    [contests.names]        the contest's name per language
    [contests.figures]      registered, cast, valid, invalid: each an item of the form, or an expression
    [[form.items]]          id, role, names: the figures of the results form, in its order
    [[form.checks]]         name, expression, tolerance, severity, on: what the form itself must fulfil
    [[elections]]           id, date, names: earlier elections that rows speak of
    [[facts]]               name, value, source: what has no field

An unknown key is a fault, and names the nearest known one. No default decides anything in silence:
each is stated in `docs/record.md`.
"""

from __future__ import annotations

import difflib
import tomllib
import zoneinfo
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, ValidationError

from tallyroom.errors import Fault
from tallyroom.record.contest import FIGURES, Choice, Contest
from tallyroom.record.definition_faults import FILE, column_of, fault_of, line_of, no_toml, path_of
from tallyroom.record.expressions import items_of, read_figure
from tallyroom.record.form import Form, FormCheck, FormItem
from tallyroom.record.keys import Date, DateOrEmpty, Id, Names, Strict, Zone

__all__ = ["FILE", "Election", "read_definition"]


class EarlierElection(Strict):
    """An election that rows of this record speak of."""

    id: Id
    date: Date = ""
    names: Names = Field(default_factory=dict)


class Fact(Strict):
    """A fact that has no field."""

    name: str
    value: str
    source: str = ""


class Election(Strict):
    """An election as its `election.toml` defines it."""

    id: Id
    date: Date
    timezone: Zone
    occasion: Literal["regular", "extraordinary", "repeat", "second-round", "by-election"] = "regular"
    stations: Literal["all", "partial"] = "all"
    synthetic: bool = False
    called_by: str = ""
    called: DateOrEmpty = ""
    language: str = ""
    names: Annotated[Names, Field(min_length=1)]
    contests: tuple[Contest, ...] = ()
    form: Form = Form()
    elections: tuple[EarlierElection, ...] = ()
    facts: tuple[Fact, ...] = ()

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The time zone of the place of the election."""
        return zoneinfo.ZoneInfo(self.timezone)

    @property
    def first_language(self) -> str:
        """The language of columns without one: `language`, or else that of the first name."""
        return self.language or next(iter(self.names))

    @property
    def name(self) -> str:
        """The election's name in the record's first language."""
        return self.names.get(self.first_language) or next(iter(self.names.values()))

    def contest(self, name: str) -> Contest | None:
        """The contest of this id."""
        return next((c for c in self.contests if c.id == name), None)


def read_definition(text: str) -> tuple[Election | None, list[Fault]]:
    """The election that the text of an `election.toml` defines, and all faults in it.

    Where keys that little else rests on are at fault the election comes without them, so that the
    rest and the tables can be looked at too; it is None where the faults leave none to speak of.
    """
    try:
        data = _tuples(tomllib.loads(text))
    except (ValueError, RecursionError) as error:
        return None, [no_toml(text, error)]
    try:
        election = Election.model_validate(data)
    except ValidationError as error:
        faults = [fault_of(text, dict(e), _keys) for e in error.errors()]
        draft = _draft(data, [path_of(e["loc"]) for e in error.errors()])
        return draft, faults + (list(_cross_faults(draft, text)) if draft else [])
    return election, list(_cross_faults(election, text))


# What stands in for a key that must be there, while the faults of the rest are gathered; the rule is one that
# fits any number of seats, with or without a threshold.
_STAND_INS = {"date": "2000", "timezone": "UTC", "rule": "dhondt"}


def _keys(path: Sequence[str | int]) -> list[str]:
    """The keys that may stand beside the one that a path ends in."""
    return list(next((_PARTS[str(part)] for part in reversed(path[:-1]) if part in _PARTS), Election).model_fields)


def _draft(data: Any, paths: Sequence[list[str | int]]) -> Election | None:
    """The election without the keys at fault, for looking on; None where it does not stand without them."""
    for path in paths:
        if path[:2] == ["form", "checks"]:
            path = ["form", "checks"]
        at: Any = data
        for part in path[:-1]:
            at = at[part]
        if not isinstance(at, dict) or path[-1] == "id":
            return None
        at.pop(path[-1], None)
        if path[-1] in _STAND_INS:
            at[path[-1]] = _STAND_INS[path[-1]]
        elif path == ["names"]:
            at["names"] = {"en": "?"}
    try:
        return Election.model_validate(data)
    except ValidationError:
        return None


def _tuples(value: Any) -> Any:
    """The same data with tuples for lists and text for dates, as strict models want them."""
    if isinstance(value, dict):
        return {key: _tuples(inner) if key != "choices" else inner for key, inner in value.items()}
    if isinstance(value, list):
        return tuple(_tuples(inner) for inner in value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value


_PARTS: dict[str, type[BaseModel]] = {
    "contests": Contest,
    "choices": Choice,
    "form": Form,
    "items": FormItem,
    "checks": FormCheck,
    "elections": EarlierElection,
    "facts": Fact,
}


def _cross_faults(election: Election, text: str) -> Iterator[Fault]:
    """What the parts of a definition say of each other."""
    items = [item.id for item in election.form.items]
    contests = [c.id for c in election.contests]
    path: list[str | int]
    for table, ids, word in (("form.items", items, "item"), ("contests", contests, "contest")):
        for number, name in enumerate(ids):
            if name in ids[:number]:
                path = [*table.split("."), number, "id"]
                mend = "Take one of the two away, or give it another id."
                yield Fault(FILE, line_of(text, path), column_of(path), f"'{name}' again", f"each {word} once", mend)
    for number, check in enumerate(election.form.checks):
        used = items_of(check.comparison.left) | items_of(check.comparison.right)
        yield from _unknown_items(text, ["form", "checks", number, "expression"], used, items)
    for number, contest in enumerate(election.contests):
        expressions = {f"figures.{name}": value for name, value in contest.figures.items()}
        if contest.turnout_of not in FIGURES:
            expressions["turnout_of"] = contest.turnout_of
        for key, expression in expressions.items():
            path = ["contests", number, *key.split(".")]
            try:
                yield from _unknown_items(text, path, items_of(read_figure(expression)), items)
            except ValueError as error:
                yield Fault(FILE, line_of(text, path), column_of(path), repr(expression), str(error))


def _unknown_items(text: str, path: Sequence[str | int], used: frozenset[str], items: list[str]) -> Iterator[Fault]:
    for name in sorted(used - set(items)):
        near = difflib.get_close_matches(name, items, 1)
        mend = f"The nearest item is {near[0]}." if near else "List it under [[form.items]]."
        yield Fault(FILE, line_of(text, path), column_of(path), f"'{name}'", "an item of the form", mend)
