"""How a table of a record is described: its columns, how a cell of each is written, and where pointers point."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

__all__ = [
    "ANY",
    "CHOICES",
    "CONTESTS",
    "COUNTRIES",
    "ELECTIONS",
    "LANGUAGE",
    "Column",
    "Kind",
    "TableShape",
]


class Kind(Enum):
    """How a cell is written."""

    ID = "an id: letters, digits, and . _ - inside"
    POINTER = "the id of a row"
    TEXT = "text"
    WORD = "a word"
    COUNT = "a whole number, 0 to 9223372036854775807 (INT64)"
    DECIMAL = "a decimal number with a point, such as 92.12"
    DATE = "an EDTF date, time or interval"
    SHA256 = "a SHA-256 in 64 lower-case hexadecimal digits"
    UNREAD = "item:illegible or item:not-on-form, separated by spaces"


LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # a BCP 47 tag, as far as names need it

# Targets of pointers that are no tables of their own.
ANY = "any row"
CONTESTS = "contests"
CHOICES = "choices"
ELECTIONS = "elections"
COUNTRIES = "countries (ISO 3166-1, two capital letters)"


@dataclass(frozen=True)
class Column:
    """One column of a table.

    words: the words allowed in it, or known words where `more_words` is set. In a pointer column,
        words that may stand in place of an id.
    to: the tables whose ids a pointer may name; many: several ids, separated by spaces.
    default: what an empty cell means, where that is not "unknown".
    """

    name: str
    kind: Kind
    says: str
    words: tuple[str, ...] = ()
    more_words: bool = False
    to: tuple[str, ...] = ()
    many: bool = False
    required: bool = False
    default: str = ""
    unit: str = ""


@dataclass(frozen=True)
class TableShape:
    """One kind of table: where its file lies, what a row is, and its columns in the order of writing.

    translated: columns that may stand again per language, such as `name.az`.
    free: what further columns hold, where the election's own form decides their names.
    """

    name: str
    file: str
    row: str
    columns: tuple[Column, ...]
    translated: tuple[str, ...] = ()
    free: str = ""

    def column(self, name: str) -> Column | None:
        """The column of this name; `name.az` is the column `name` where it may be translated."""
        for column in self.columns:
            if column.name == name:
                return column
        base, _, language = name.partition(".")
        if base in self.translated and LANGUAGE.fullmatch(language):
            return Column(name, Kind.TEXT, f"{base} in this language (a BCP 47 tag)")
        return None
