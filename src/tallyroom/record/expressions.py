"""The little language in which a form states its figures and its checks.

    sum    =  product { ("+" | "-") product }
    product =  value { "*" value }
    value  =  item | whole number | "sum(votes)" | "(" sum ")"
    check  =  sum ("==" | "<=" | ">=") sum

Read here into a tree, and checked for items that the form does not have; worked out over the
returns in `tabulate.figures`. Items are written as on the form's list, `issued_early`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeVar

__all__ = [
    "Comparison",
    "Expression",
    "Item",
    "Number",
    "Operation",
    "Votes",
    "items_of",
    "read_check",
    "read_figure",
]

_TOKEN = re.compile(r"\s*(?:(sum\s*\(\s*votes\s*\))|([a-z][a-z0-9_]*)|(\d+)|(==|<=|>=|[-+*()]))", re.ASCII)
_LARGEST = 2**63 - 1
_Sign = TypeVar("_Sign", bound=str)
_DEEPEST = 50
_LONGEST = 500  # items, numbers and signs: far more than any form has, and far fewer than Python can nest


@dataclass(frozen=True)
class Item:
    """An item of the form."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Number:
    """A whole number."""

    value: int

    def __str__(self) -> str:
        return str(self.value)


@dataclass(frozen=True)
class Votes:
    """sum(votes): the votes of every choice of the contest."""

    def __str__(self) -> str:
        return "sum(votes)"


@dataclass(frozen=True)
class Operation:
    """Two expressions added, subtracted or multiplied."""

    sign: Literal["+", "-", "*"]
    left: Expression
    right: Expression

    def __str__(self) -> str:
        return f"{_inner(self.left, self.sign, False)} {self.sign} {_inner(self.right, self.sign, True)}"


Expression = Item | Number | Votes | Operation


@dataclass(frozen=True)
class Comparison:
    """Two expressions that a form says stand so to each other."""

    left: Expression
    sign: Literal["==", "<=", ">="]
    right: Expression

    def __str__(self) -> str:
        return f"{self.left} {self.sign} {self.right}"


def read_figure(text: str) -> Expression:
    """The expression that a text states. Raises ValueError, saying what was expected and where."""
    reader = _Reader(text)
    expression = reader.sum()
    reader.end()
    return expression


def read_check(text: str) -> Comparison:
    """The comparison that a text states. Raises ValueError, saying what was expected and where."""
    reader = _Reader(text)
    left = reader.sum()
    sign: Literal["==", "<=", ">="] = reader.take("==", "<=", ">=")
    right = reader.sum()
    reader.end()
    return Comparison(left, sign, right)


def items_of(expression: Expression) -> frozenset[str]:
    """The names of the items that an expression uses."""
    match expression:
        case Item(name):
            return frozenset({name})
        case Operation(_, left, right):
            return items_of(left) | items_of(right)
        case _:
            return frozenset()


def _inner(expression: Expression, sign: str, right: bool) -> str:
    needs = isinstance(expression, Operation) and (
        (sign == "*" and expression.sign != "*") or (sign == "-" and right and expression.sign != "*")
    )
    return f"({expression})" if needs else str(expression)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.depth = 0
        self.tokens: list[tuple[str, str, int]] = []
        at = 0
        while at < len(text.rstrip()):
            match = _TOKEN.match(text, at)
            if not match:
                raise ValueError(f"an item, a whole number, sum(votes), + - * ( ) or == <= >= at letter {at + 1}")
            votes, item, number, sign = match.groups()
            kind = "votes" if votes else "item" if item else "number" if number else "sign"
            self.tokens.append((kind, votes or item or number or sign, match.start() + 1))
            at = match.end()
        if len(self.tokens) > _LONGEST:
            raise ValueError(f"at most {_LONGEST} items, numbers and signs")
        self.at = 0

    def peek(self) -> tuple[str, str]:
        kind, text, _ = self.tokens[self.at] if self.at < len(self.tokens) else ("end", "the end", 0)
        return kind, text

    def take(self, *signs: _Sign) -> _Sign:
        kind, text = self.peek()
        for sign in signs:
            if kind == "sign" and text == sign:
                self.at += 1
                return sign
        raise ValueError(f"{' or '.join(signs)} in place of {text}")

    def sum(self) -> Expression:
        left = self.product()
        while self.peek()[1] in ("+", "-"):
            sign: Literal["+", "-"] = self.take("+", "-")
            left = Operation(sign, left, self.product())
        return left

    def product(self) -> Expression:
        left = self.value()
        while self.peek()[1] == "*":
            self.at += 1
            left = Operation("*", left, self.value())
        return left

    def value(self) -> Expression:
        kind, text = self.peek()
        if text == "(":
            self.depth += 1
            if self.depth > _DEEPEST:
                raise ValueError(f"at most {_DEEPEST} parentheses inside each other")
            self.at += 1
            inside = self.sum()
            self.take(")")
            self.depth -= 1
            return inside
        self.at += 1
        if kind == "item":
            return Item(text)
        if kind == "votes":
            return Votes()
        if kind == "number":
            # Not int() first: Python reads no number of more than some thousand digits.
            digits = text.lstrip("0") or "0"
            if len(digits) > len(str(_LARGEST)) or int(digits) > _LARGEST:
                raise ValueError(f"at most {_LARGEST} (64 bits) in place of {text[:40]}")
            return Number(int(digits))
        raise ValueError(f"an item, a whole number, sum(votes) or ( in place of {text}")

    def end(self) -> None:
        if self.at < len(self.tokens):
            raise ValueError(f"the end in place of {self.peek()[1]}")
