"""A contest: what the voters are asked, who is elected by which rule, and what its figures are called on the form."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from tallyroom.record.expressions import Expression, read_figure
from tallyroom.record.keys import Id, Names, Strict

__all__ = ["FIGURES", "LIST_RULES", "Choice", "Contest"]

FIGURES = ("registered", "cast", "valid", "invalid")
# Rules that share seats out among lists; the others elect the choices themselves.
LIST_RULES = ("dhondt", "sainte-lague", "modified-sainte-lague", "hare", "droop")


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


class Choice(Strict):
    """What a voter may choose: a person or organisation of the record, or one with names of its own."""

    id: Id
    names: Names = Field(default_factory=dict)


class Contest(Strict):
    """One question put to the voters, and how its answer is worked out.

    figures: registered, cast, valid, invalid → an item of the form or an expression; a figure that
        is not given is unknown, but `registered`, which then comes from stations.csv.
    turnout_of: turnout is cast / registered unless this expression replaces `cast`.
    shares_of, majority_of: the base of the printed shares, and of the absolute majority.
    threshold: the percentage of `threshold_of` that a list needs at least to get seats; empty is none.
    """

    id: Id
    names: Names = Field(default_factory=dict)
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
    figures: dict[Literal["registered", "cast", "valid", "invalid"], str] = Field(default_factory=dict)

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
