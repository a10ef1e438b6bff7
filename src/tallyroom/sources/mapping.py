"""A mapping: how one kind of official file is read into a record, declared in TOML.

    name, says               what `tallyroom import --list` prints
    candidates               people or parties: the choices become rows of people.csv or organisations.csv
    contest                  whose returns the file holds; left out where the election has one contest
    votes                    [{ choice, column, name, ballot }, …]: whose votes stand in which column
    empty                    columns in which nothing stands: that is verified
    [file]                   encodings, delimiter
    [long]                   key, code, figure: where a row is one figure of a station, not a station
    [constants]              header = what stands there in a file that has none of these columns
    [cells]                  how the file writes what is no plain number: nothing is assumed
    [source]                 outlet, title, date, url, licence: the file's row in sources.csv
    [parts]                  header = a regular expression that tells the parts of its cells apart
    [station]                id, name, address: texts with columns in braces; kind; registered: an item
    [[areas]]                kind, id, name: from the nation down to the area that a station lies in
    [items]                  item of the form = header, or a list of headers that are added up
    [ignore]                 header = why it is not taken
    [election]               the definition of the election, as in `election.toml`; stands last

Columns are found by the words of their headers. `mapping_file` reads a mapping and checks it whole.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from tallyroom.record.contest import Contest
from tallyroom.record.definition import Election
from tallyroom.record.keys import ID_PATTERN
from tallyroom.sources.headers import normal
from tallyroom.sources.templates import Template, read_template

__all__ = ["Area", "Cells", "File", "Long", "Mapping", "Source", "Station", "StationKind", "Vote"]


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _headers(value: Any) -> Any:
    return (value,) if isinstance(value, str) else _tuple(value)


def _is_encoding(name: str) -> str:
    try:
        known = codecs.lookup(name)._is_text_encoding
    except (LookupError, ValueError):
        known = False
    if not known:
        raise ValueError("an encoding such as utf-8, latin-1 or windows-1251")
    return name


def _is_pattern(text: str) -> str:
    try:
        names = re.compile(text).groupindex
    except (re.error, RecursionError, OverflowError) as error:
        raise ValueError(f"a regular expression ({error})") from None
    if not names:
        raise ValueError("a regular expression with a named part, such as (?P<code>[0-9]+)")
    return text


def _is_template(text: str) -> str:
    read_template(text)
    return text


def _is_id(text: str) -> str:
    if not ID_PATTERN.fullmatch(text):
        raise ValueError("an id: letters, digits, and . _ - inside, at most 100")
    return text


Texts = Annotated[tuple[str, ...], BeforeValidator(_tuple)]
Headers = Annotated[tuple[str, ...], BeforeValidator(_headers), Field(min_length=1)]
Encoding = Annotated[str, AfterValidator(_is_encoding)]
Pattern = Annotated[str, AfterValidator(_is_pattern)]
TemplateText = Annotated[str, AfterValidator(_is_template)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, arbitrary_types_allowed=True)


class File(_Strict):
    """How the file is written. encodings: tried in this order, the first that fits whole is taken."""

    encodings: Annotated[tuple[Encoding, ...], BeforeValidator(_tuple), Field(min_length=1)] = ("utf-8",)
    delimiter: Literal["auto", ",", ";", "\t", "|"] = "auto"


class Long(_Strict):
    """A file whose row is one figure: `code` says which, and stands for a header in the mapping.

    key: the columns that all rows of one station have in common.
    """

    key: Annotated[tuple[str, ...], BeforeValidator(_tuple), Field(min_length=1)]
    code: str
    figure: str


class Cells(_Strict):
    """How the file writes what is no plain number. An empty cell is always: not stated.

    not_stated, not_on_form, illegible: texts that mean so, such as "NA" or "-".
    padded: spaces around a number. thousands: the mark between thousands. whole_decimals: 12.0 is 12.
    leading_zeros: 0012 is 12.
    """

    not_stated: Texts = ()
    not_on_form: Texts = ()
    illegible: Texts = ()
    padded: bool = False
    thousands: Literal["", ",", ".", " ", "'"] = ""
    whole_decimals: bool = False
    leading_zeros: bool = False


class Source(_Strict):
    """The file's row in sources.csv, as far as the file itself does not say it."""

    outlet: Annotated[str, Field(min_length=1)]
    title: str = ""
    date: str = ""
    url: str = ""
    licence: str = ""


class StationKind(_Strict):
    """The kind of a station by a column's words.

    words: the file's word → the record's. empty: where the cell is empty. other: for every further
    word ("" is: not known); where it is left out, a further word is reported.
    """

    column: str
    words: dict[str, str] = {}
    empty: str = ""
    other: str | None = None


class Station(_Strict):
    """A station: id, name and address are texts with columns in braces; registered is an item."""

    id: TemplateText
    name: TemplateText = ""
    address: TemplateText = ""
    kind: StationKind | None = None
    registered: str = ""


class Area(_Strict):
    """One level of areas."""

    kind: Annotated[str, Field(min_length=1)]
    id: TemplateText
    name: TemplateText = ""


class Vote(_Strict):
    """Where a choice's votes stand. name, names (per language), ballot: of the candidate, if it is one."""

    choice: str
    column: Headers
    name: str = ""
    names: dict[str, str] = {}
    ballot: Annotated[int, Field(ge=1, le=2**31)] | None = None


class Mapping(_Strict):
    """How one kind of file is read. election, election_text: the definition, read and as text."""

    name: Annotated[str, AfterValidator(_is_id)]
    says: Annotated[str, Field(min_length=1)]
    candidates: Literal["people", "parties", "none"] = "none"
    contest: str = ""
    votes: Annotated[tuple[Vote, ...], BeforeValidator(_tuple), Field(min_length=1)]
    file: File = File()
    long: Long | None = None
    constants: dict[str, str] = {}
    empty: Texts = ()
    cells: Cells = Cells()
    source: Source
    parts: dict[str, Pattern] = {}
    station: Station
    areas: Annotated[tuple[Area, ...], BeforeValidator(_tuple), Field(min_length=1)]
    items: dict[str, Headers] = {}
    ignore: dict[str, Annotated[str, Field(min_length=1)]] = {}
    election: Election
    election_text: str = ""

    @property
    def the_contest(self) -> Contest:
        """The contest whose returns the file holds."""
        found = self.election.contest(self.contest) if self.contest else self.election.contests[0]
        assert found is not None, "a mapping is checked when it is read"
        return found

    @property
    def figures(self) -> dict[str, tuple[str, ...]]:
        """The columns of the returns, in the order of the form, and the headers that each is the sum of."""
        votes = {vote.choice: vote.column for vote in self.votes}
        items = {item.id: self.items[item.id] for item in self.election.form.items}
        return items | {f"votes.{choice.id}": votes[choice.id] for choice in self.the_contest.choices}

    @property
    def templates(self) -> dict[str, Template]:
        """Every text with columns in it, by its place in the mapping."""
        texts = {f"station.{name}": getattr(self.station, name) for name in ("id", "name", "address")}
        for number, area in enumerate(self.areas):
            texts |= {f"areas[{number}].id": area.id, f"areas[{number}].name": area.name}
        return {place: read_template(text) for place, text in texts.items()}

    @property
    def part_names(self) -> dict[str, tuple[str, str]]:
        """What templates call the parts of cells → the header, normalised, and the part's name."""
        return {
            f"{normal(header)}.{part.casefold()}": (normal(header), part)
            for header, pattern in self.parts.items()
            for part in re.compile(pattern).groupindex
        }

    def uses(self) -> dict[str, list[str]]:
        """Every header that is taken, normalised, and the places in the mapping that take it."""
        found: dict[str, list[str]] = {}
        for header, place in self._taken():
            found.setdefault(normal(header), []).append(place)
        return found

    def _taken(self) -> Iterator[tuple[str, str]]:
        """Each header as the mapping writes it, and the place that takes it."""
        headers = {normal(header): header for header in self.parts}
        for place, template in self.templates.items():
            for field in template.fields:
                part = self.part_names.get(field.name)
                yield (headers[part[0]] if part else field.written), place
        if self.station.kind:
            yield self.station.kind.column, "station.kind"
        yield from ((header, "parts") for header in self.parts)
        for figure, columns in self.figures.items():
            yield from ((header, figure) for header in columns)

    def spelt(self, header: str) -> str:
        """A normalised header as the mapping writes it."""
        long = (*self.long.key, self.long.code, self.long.figure) if self.long else ()
        written = (*(header for header, _ in self._taken()), *self.ignore, *self.empty, *self.constants, *long)
        return next((w for w in written if normal(w) == header), header)

    @property
    def ignored(self) -> frozenset[str]:
        """Every header, normalised, that is deliberately not taken."""
        return frozenset(map(normal, (*self.ignore, *self.empty)))
