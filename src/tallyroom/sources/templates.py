"""Texts made of a row's cells: `{district id}-{precinct}`, with `{uik|electronic}` for an empty one.

A field in braces is a header, in any spelling that `headers.normal` makes equal, or a part of a cell
that the mapping's `[parts]` tells apart: `{DISTRICT.code}`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.sources.headers import normal

__all__ = ["Field", "Template", "as_id", "read_template"]

_FIELD = re.compile(r"\{([^{}|]+)(?:\|([^{}|]*))?\}")
_NOT_IN_IDS = re.compile(r"[^\w.\-]+")


@dataclass(frozen=True)
class Field:
    """A place in a template. name: normalised; instead: what stands there where the cell is empty."""

    name: str
    instead: str | None = None
    written: str = ""


@dataclass(frozen=True)
class Template:
    """A text with places for cells."""

    pieces: tuple[str | Field, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """The places, in order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Field))

    def fill(self, columns: Mapping[str, pa.Array], count: int) -> pa.Array:
        """The text of each of `count` rows. columns: cells by normalised name, each `count` long."""
        if not self.fields:
            return pa.repeat(pa.scalar("".join(map(str, self.pieces))), count)
        parts = [piece if isinstance(piece, str) else _cells(piece, columns) for piece in self.pieces]
        return pc.binary_join_element_wise(*parts, "")


def _cells(field: Field, columns: Mapping[str, pa.Array]) -> pa.Array:
    cells = columns[field.name]
    return pc.if_else(pc.equal(cells, ""), field.instead, cells) if field.instead else cells


def read_template(text: str) -> Template:
    """The template that a text states. Raises ValueError where its braces do not match."""
    pieces: list[str | Field] = []
    at = 0
    for match in _FIELD.finditer(text):
        pieces += [text[at : match.start()]] if match.start() > at else []
        pieces.append(Field(normal(match[1]), match[2], match[1]))
        at = match.end()
    pieces += [text[at:]] if at < len(text) else []
    if any("{" in piece or "}" in piece for piece in pieces if isinstance(piece, str)):
        raise ValueError("a text with columns in braces, such as {district id}-{precinct}")
    return Template(tuple(pieces))


def as_id(text: str) -> str:
    """The text as an id: what cannot stand in one becomes `-`, and an id starts with a letter or digit."""
    return _NOT_IN_IDS.sub("-", unicodedata.normalize("NFC", text)).lstrip("-._").rstrip("-")
