"""What the figures of a form are called in a sentence: in words, where the election's definition has them."""

from __future__ import annotations

from collections.abc import Mapping

from tallyroom.record.contest import Contest
from tallyroom.record.expressions import Expression, Item, Number, Operation, Votes
from tallyroom.record.folder import Record

__all__ = ["Words"]


class Words:
    """Names of items and choices. Sentences are English, so English names come first, then the record's own."""

    def __init__(self, record: Record, contest: Contest) -> None:
        self._language = record.election.first_language
        self._items = {item.id: self._one(item.names, item.id) for item in record.election.form.items}
        # Not Record.name_of, which makes a row of text of every station.
        tables = ("people", "organisations")
        named = {row.id: row["name.en"] or row["name"] for table in tables for row in record.current(table)}
        self._choices = {c.id: named.get(c.id) or self._one(c.names, c.id) for c in contest.choices}

    def _one(self, names: Mapping[str, str], otherwise: str) -> str:
        return names.get("en") or names.get(self._language) or next(iter(names.values()), "") or otherwise

    def figure(self, name: str) -> str:
        """An item of the form, or `votes.<choice>`."""
        if name.startswith("votes."):
            return f"votes for {self.choice(name.removeprefix('votes.'))}"
        return self._items.get(name, name)

    def choice(self, name: str) -> str:
        """A choice."""
        return self._choices.get(name, name)

    def expression(self, expression: Expression) -> str:
        """An expression of the form: `Valid ballots + Invalid ballots`."""
        match expression:
            case Item(name):
                return self.figure(name)
            case Number(value):
                return f"{value:,}"
            case Votes():
                return "the votes of all choices"
            case Operation(sign, left, right):
                return f"{self._part(left, sign, False)} {sign} {self._part(right, sign, True)}"

    def _part(self, expression: Expression, sign: str, right: bool) -> str:
        said = self.expression(expression)
        bare = not isinstance(expression, Operation)
        return said if bare or (sign == "+" or (sign == "-" and not right)) else f"({said})"
