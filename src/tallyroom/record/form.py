"""The results form: its figures, the part that each plays in any country's form, and what it must fulfil."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from tallyroom.record.expressions import Comparison, read_check
from tallyroom.record.keys import Names, Strict

__all__ = ["ROLES", "Form", "FormCheck", "FormItem"]

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


def _is_item(text: str) -> str:
    if not _ITEM.fullmatch(text) or text in _RESERVED:
        raise ValueError("an item's id: a-z, then a-z 0-9 _, and no column of the returns such as " + text)
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


class FormItem(Strict):
    """One figure of the results form, and the part that it plays in any country's form."""

    id: Annotated[str, AfterValidator(_is_item)]
    role: Annotated[str, AfterValidator(_is_role)] = "other"
    names: Names = Field(default_factory=dict)


class FormCheck(Strict):
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


class Form(Strict):
    """The results form that every station fills in."""

    items: tuple[FormItem, ...] = ()
    checks: tuple[FormCheck, ...] = ()
