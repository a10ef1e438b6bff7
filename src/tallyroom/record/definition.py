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
import functools
import re
import tomllib
import zoneinfo
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from tallyroom.errors import Fault
from tallyroom.record.dates import read_date
from tallyroom.record.definition_faults import FILE, column_of, fault_of, line_of, no_toml, path_of
from tallyroom.record.expressions import Comparison, Expression, items_of, read_check, read_figure

__all__ = [
    "FIGURES",
    "FILE",
    "ID_PATTERN",
    "LIST_RULES",
    "ROLES",
    "Choice",
    "Contest",
    "Election",
    "Form",
    "FormCheck",
    "FormItem",
    "line_of",
    "read_definition",
]

ID_PATTERN = re.compile(r"[^\W_][\w.\-]{0,99}")
FIGURES = ("registered", "cast", "valid", "invalid")
# Rules that share seats out among lists; the others elect the choices themselves.
LIST_RULES = ("dhondt", "sainte-lague", "modified-sainte-lague", "hare", "droop")
ROLES = (
    "registered",
    "added-to-list",
    "certificates",
    "received",
    "issued",
    "issued-early",
    "issued-at-station",
    "issued-outside",
    "issued-by-post",
    "unused",
    "spoiled",
    "lost",
    "box",
    "box-stationary",
    "box-portable",
    "envelopes",
    "cast",
    "cast-by-hour",
    "invalid",
    "blank",
    "valid",
    "other",
)
_ITEM = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_RESERVED = {"id", "station", "act", "stage", "status", "reason", "at", "form", "unread", "source", "votes"}


def _is_id(text: str) -> str:
    if not ID_PATTERN.fullmatch(text):
        raise ValueError("an id: letters, digits, and . _ - inside, at most 100")
    return text


def _is_item(text: str) -> str:
    if not _ITEM.fullmatch(text) or text in _RESERVED:
        raise ValueError("an item's id: a-z, then a-z 0-9 _, and no column of the returns such as " + text)
    return text


def _is_date(text: str) -> str:
    read_date(text)
    return text


@functools.cache
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())  # looks at some six hundred files


def _is_zone(text: str) -> str:
    if text not in _zones():
        near = difflib.get_close_matches(text, sorted(_zones()), 1)
        raise ValueError("a zone of the IANA time zone database" + (f", such as {near[0]}" if near else ""))
    return text


def _is_role(text: str) -> str:
    if text not in ROLES:
        raise ValueError(f"one of {', '.join(ROLES)}")
    return text


def _is_check(text: str) -> str:
    read_check(text)
    return text


def _tolerance(text: str) -> tuple[int, Fraction]:
    match = re.fullmatch(r"(\d{1,18})|(\d{1,18}(?:\.\d{1,18})?)\s*%", text, re.ASCII)
    if not match:
        raise ValueError('a tolerance such as "2" (ballots) or "1 %" (of the right side)')
    whole, percent = match.groups()
    return (int(whole), Fraction(0)) if whole else (0, Fraction(percent) / 100)


def _is_tolerance(text: str) -> str:
    _tolerance(text)
    return text


def _percent(text: str) -> Fraction:
    match = re.fullmatch(r"(\d{1,3}(?:\.\d{1,18})?)\s*%?", text, re.ASCII)
    percent = Fraction(match[1]) if match else Fraction(0)
    if not 0 < percent <= 100:
        raise ValueError('a percentage above 0 and up to 100 such as "5 %" or "3.5"; without a threshold, no key')
    return percent


def _is_threshold(text: str) -> str:
    if text:
        _percent(text)
    return text


def _choices(value: Any) -> Any:
    """A plain id is a choice whose name stands in people.csv or organisations.csv."""
    if isinstance(value, list):
        return [{"id": choice} if isinstance(choice, str) else choice for choice in value]
    return value


Id = Annotated[str, AfterValidator(_is_id)]
Names = dict[str, str]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Choice(_Strict):
    """What a voter may choose: a person or organisation of the record, or one with names of its own."""

    id: Id
    names: Names = {}


class Contest(_Strict):
    """One question put to the voters, and how its answer is worked out.

    figures: registered, cast, valid, invalid → an item of the form or an expression; a figure that
        is not given is unknown, but `registered`, which then comes from stations.csv.
    turnout_of: turnout is cast / registered unless this expression replaces `cast`.
    shares_of, majority_of: the base of the printed shares, and of the absolute majority.
    threshold: the percentage of `threshold_of` that a list needs at least to get seats; empty is none.
    """

    id: Id
    names: Names = {}
    rule: Literal[
        "plurality",
        "absolute-majority",
        "approval",
        "dhondt",
        "sainte-lague",
        "modified-sainte-lague",
        "hare",
        "droop",
    ]
    seats: Annotated[int, Field(ge=1)] = 1
    choices: Annotated[tuple[Choice, ...], BeforeValidator(lambda v: tuple(_choices(v)) if isinstance(v, list) else v)]
    shares_of: Literal["valid", "cast", "registered"] = "valid"
    majority_of: Literal["valid", "cast", "registered"] = "valid"
    threshold: Annotated[str, AfterValidator(_is_threshold)] = ""
    threshold_of: Literal["valid", "cast", "registered"] = "valid"
    turnout_of: str = "cast"
    rounding: Literal["half-up", "half-even", "down"] = "half-up"
    share_digits: Annotated[int, Field(ge=0, le=10)] = 2
    figures: dict[Literal["registered", "cast", "valid", "invalid"], str] = {}

    @model_validator(mode="after")
    def _holds(self) -> Self:
        ids = [choice.id for choice in self.choices]
        twice = {i for i in ids if ids.count(i) > 1} if len(set(ids)) < len(ids) else set()
        if twice:
            raise ValueError(f"each choice once; {', '.join(sorted(twice))} stands twice")
        if not ids:
            raise ValueError("at least one choice")
        if self.rule == "absolute-majority" and self.seats != 1:
            raise ValueError("one seat where the rule is absolute-majority")
        if self.threshold and self.rule not in LIST_RULES:
            raise ValueError(f"no threshold where the rule is {self.rule}; {', '.join(LIST_RULES)} may have one")
        if "threshold_of" in self.model_fields_set and not self.threshold:
            raise ValueError("a threshold where threshold_of says of what it is measured")
        return self

    @property
    def percent(self) -> Fraction:
        """The threshold in percent, exactly; 0 where there is none."""
        return _percent(self.threshold) if self.threshold else Fraction(0)

    @property
    def measured_by(self) -> str:
        """The figure that the majority or the threshold is measured by; empty where the rule has neither."""
        if self.rule == "absolute-majority":
            return self.majority_of
        return self.threshold_of if self.threshold else ""

    @property
    def votes_a_ballot(self) -> int:
        """The most votes that one ballot can give: by approval one to every choice, by plurality one for each seat."""
        most = {"approval": len(self.choices), "plurality": self.seats}.get(self.rule, 1)
        return min(most, len(self.choices))

    def figure(self, name: str) -> Expression | None:
        """How a figure is worked out from the form; None where the contest does not say."""
        return read_figure(self.figures[name]) if name in self.figures else None


class FormItem(_Strict):
    """One figure of the results form, and the part that it plays in any country's form."""

    id: Annotated[str, AfterValidator(_is_item)]
    role: Annotated[str, AfterValidator(_is_role)] = "other"
    names: Names = {}


class FormCheck(_Strict):
    """What the form itself must fulfil.

    tolerance: "0", "2" (ballots) or "1 %" (of the right side): how far it may be off and still hold.
    severity: hard, it cannot be so (an error); soft, often off by a few in honest counts (a warning).
    """

    name: Annotated[str, Field(min_length=1)]
    expression: Annotated[str, AfterValidator(_is_check)]
    tolerance: Annotated[str, AfterValidator(_is_tolerance)] = "0"
    severity: Literal["hard", "soft"] = "hard"
    on: bool = True

    @property
    def comparison(self) -> Comparison:
        """The expression, read."""
        return read_check(self.expression)

    @property
    def allowance(self) -> tuple[int, Fraction]:
        """The tolerance as ballots and as a share of the right side; one of them is 0."""
        return _tolerance(self.tolerance)


class Form(_Strict):
    """The results form that every station fills in."""

    items: tuple[FormItem, ...] = ()
    checks: tuple[FormCheck, ...] = ()


class EarlierElection(_Strict):
    """An election that rows of this record speak of."""

    id: Id
    date: Annotated[str, AfterValidator(_is_date)] = ""
    names: Names = {}


class Fact(_Strict):
    """A fact that has no field."""

    name: str
    value: str
    source: str = ""


class Election(_Strict):
    """An election as its `election.toml` defines it."""

    id: Id
    date: Annotated[str, AfterValidator(_is_date)]
    timezone: Annotated[str, AfterValidator(_is_zone)]
    occasion: Literal["regular", "extraordinary", "repeat", "second-round", "by-election"] = "regular"
    stations: Literal["all", "partial"] = "all"
    synthetic: bool = False
    called_by: str = ""
    called: Annotated[str, AfterValidator(lambda text: text and _is_date(text))] = ""
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
