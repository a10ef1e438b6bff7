"""The definition of an election: `election.toml`, read strictly.

    id, date, timezone, occasion, stations, synthetic, called_by, called, language
    [names]                 the election's name per language
    [[contests]]            id, rule, seats, choices, shares_of, majority_of, turnout_of, rounding, share_digits
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
import re
import tomllib
import zoneinfo
from collections.abc import Iterator, Mapping
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
from tallyroom.record.expressions import Comparison, Expression, items_of, read_check, read_figure

__all__ = [
    "FIGURES",
    "FILE",
    "ID_PATTERN",
    "ROLES",
    "Choice",
    "Contest",
    "Election",
    "Form",
    "FormCheck",
    "FormItem",
    "read_definition",
]

FILE = "election.toml"
ID_PATTERN = re.compile(r"[^\W_][\w.\-]{0,99}")
FIGURES = ("registered", "cast", "valid", "invalid")
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


def _is_zone(text: str) -> str:
    if text not in zoneinfo.available_timezones():
        near = difflib.get_close_matches(text, sorted(zoneinfo.available_timezones()), 1)
        raise ValueError("a zone of the IANA time zone database" + (f", such as {near[0]}" if near else ""))
    return text


def _is_role(text: str) -> str:
    if text not in ROLES:
        raise ValueError(f"one of {', '.join(ROLES)}")
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
    """

    id: Id
    names: Names = {}
    rule: Literal["plurality", "absolute-majority"]
    seats: Annotated[int, Field(ge=1)] = 1
    choices: Annotated[tuple[Choice, ...], BeforeValidator(lambda v: tuple(_choices(v)) if isinstance(v, list) else v)]
    shares_of: Literal["valid", "cast", "registered"] = "valid"
    majority_of: Literal["valid", "cast", "registered"] = "valid"
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
        return self

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
    expression: str
    tolerance: str = "0"
    severity: Literal["hard", "soft"] = "hard"
    on: bool = True

    @property
    def comparison(self) -> Comparison:
        """The expression, read."""
        return read_check(self.expression)

    @property
    def allowance(self) -> tuple[int, Fraction]:
        """The tolerance as ballots and as a share of the right side; one of them is 0."""
        match = re.fullmatch(r"(\d+)|(\d+(?:\.\d+)?)\s*%", self.tolerance, re.ASCII)
        if not match:
            raise ValueError('a tolerance such as "2" (ballots) or "1 %" (of the right side)')
        whole, percent = match.groups()
        return (int(whole), Fraction(0)) if whole else (0, Fraction(percent) / 100)

    @model_validator(mode="after")
    def _reads(self) -> Self:
        _ = self.comparison, self.allowance
        return self


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
    called: str = ""
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

    The election is None where the faults leave none to speak of.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        return None, [
            Fault(
                FILE,
                int(line[1]) if line else 0,
                "",
                str(error),
                "TOML",
                "A text in TOML stands in quotation marks.",
            )
        ]
    data = _tuples(data)
    try:
        election = Election.model_validate(data)
    except ValidationError as error:
        return None, [_fault(text, dict(e)) for e in error.errors()]
    return election, list(_cross_faults(election, text))


def _tuples(value: Any) -> Any:
    """The same data with tuples for lists and text for dates, as strict models want them."""
    if isinstance(value, dict):
        return {key: _tuples(inner) if key != "choices" else inner for key, inner in value.items()}
    if isinstance(value, list):
        return tuple(_tuples(inner) for inner in value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value


def _fault(text: str, error: Mapping[str, Any]) -> Fault:
    path = [part for part in error["loc"] if not (isinstance(part, str) and part.startswith("function-"))]
    column = ".".join(f"[{part}]" if isinstance(part, int) else str(part) for part in path).replace(".[", "[")
    last = str(path[-1]) if path else ""
    line = _line(text, path)
    if error["type"] == "extra_forbidden":
        known = sorted({*Election.model_fields, *Contest.model_fields, *FormItem.model_fields, *FormCheck.model_fields})
        near = difflib.get_close_matches(last, known, 1)
        mend = f"The nearest known key is {near[0]}." if near else "What has no field can be a [[facts]] entry."
        return Fault(FILE, line, column, "no key that is known here", "", mend)
    if error["type"] == "missing":
        return Fault(FILE, line, column, "missing", "a value", f"Write {last} = … .")
    message = str(error["msg"]).removeprefix("Value error, ").removeprefix("Input should be ")
    given = "" if isinstance(error["input"], dict | tuple | list) else repr(error["input"])
    return Fault(FILE, line, column, given, message)


def _line(text: str, path: list[Any]) -> int:
    """The line of the key that a path ends in, where it can be told; else 0.

    TOML readers give no places, so this counts the tables' headers and looks for the key below.
    """
    table, key = path[:-1], path[-1] if path else ""
    names = ".".join(str(part) for part in table if isinstance(part, str))
    number = next((part for part in table if isinstance(part, int)), 0)
    seen, inside = -1, not names
    for at, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        header = re.match(r"\[{1,2}\s*([\w.\- ]+?)\s*\]{1,2}", bare)
        if header and bare.startswith("["):
            root = names.split(".")[0]
            seen += bare.startswith("[[") and header[1] == names
            inside = header[1] == names and (not bare.startswith("[[") or seen == number)
            if header[1] == names and not bare.startswith("[[") and root != names:
                inside = True
        elif inside and re.match(rf'"?{re.escape(str(key))}"?\s*=', bare):
            return at
    return 0


def _cross_faults(election: Election, text: str) -> Iterator[Fault]:
    """What the parts of a definition say of each other."""
    items = [item.id for item in election.form.items]
    for name in sorted({i for i in items if items.count(i) > 1}):
        yield Fault(FILE, 0, f"form.items {name}", "there twice", "each item once")
    contests = [c.id for c in election.contests]
    for name in sorted({c for c in contests if contests.count(c) > 1}):
        yield Fault(FILE, 0, f"contests {name}", "there twice", "each contest once")
    for number, check in enumerate(election.form.checks):
        used = items_of(check.comparison.left) | items_of(check.comparison.right)
        yield from _unknown_items(text, ["form", "checks", number, "expression"], used, items)
    for number, contest in enumerate(election.contests):
        places = {f"figures.{name}": value for name, value in contest.figures.items()}
        if contest.turnout_of not in FIGURES:
            places["turnout_of"] = contest.turnout_of
        for place, expression in places.items():
            path = ["contests", number, *place.split(".")]
            try:
                yield from _unknown_items(text, path, items_of(read_figure(expression)), items)
            except ValueError as error:
                yield Fault(FILE, _line(text, path), f"contests[{number}].{place}", repr(expression), str(error))


def _unknown_items(text: str, path: list[Any], used: frozenset[str], items: list[str]) -> Iterator[Fault]:
    column = ".".join(f"[{part}]" if isinstance(part, int) else str(part) for part in path).replace(".[", "[")
    for name in sorted(used - set(items)):
        near = difflib.get_close_matches(name, items, 1)
        mend = f"The nearest item is {near[0]}." if near else "List it under [[form.items]]."
        yield Fault(FILE, _line(text, path), column, f"'{name}'", "an item of the form", mend)
