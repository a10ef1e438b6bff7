"""Mappings on disk: the built-in ones and anybody's own, read and checked whole.

An unknown key, a header with two uses, an item without a column and every fault of the definition are
said at once, with the line where it can be told.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tallyroom.errors import CannotImport, Fault, NoSuchMapping
from tallyroom.record.definition import Election, read_definition
from tallyroom.sources.headers import normal
from tallyroom.sources.mapping import Area, Cells, File, Long, Mapping, Source, Station, StationKind, Vote
from tallyroom.sources.templates import read_template

__all__ = ["built_in_mappings", "read_mapping"]

_BUILT_IN = Path(__file__).parent / "mappings"


def built_in_mappings() -> dict[str, str]:
    """The names of the built-in mappings, and what each is."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(_BUILT_IN.glob("*.toml"))}
    return {name: str(tomllib.loads(text)["says"]) for name, text in texts.items()}


def read_mapping(mapping: str) -> Mapping:
    """A built-in mapping by its name, or one of your own by its path.

    Raises NoSuchMapping, or CannotImport with every fault of the mapping.
    """
    path = _BUILT_IN / f"{mapping}.toml" if mapping in _names() else Path(mapping)
    if not path.is_file():
        near = difflib.get_close_matches(mapping, _names(), 3)
        hint = f"The nearest built-in mappings: {', '.join(near)}." if near else f"Built-in: {', '.join(_names())}."
        raise NoSuchMapping(f"{mapping} is no built-in mapping and no file. {hint}")
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise CannotImport(mapping, [Fault(path.name, 0, "", "no UTF-8", "UTF-8", "Save it as UTF-8.")]) from None
    result = _read(text, path.name)
    if isinstance(result, list):
        raise CannotImport(mapping, result)
    return result


def _names() -> list[str]:
    return sorted(path.stem for path in _BUILT_IN.glob("*.toml"))


def _read(text: str, file: str) -> Mapping | list[Fault]:
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = re.search(r"line (\d+)", str(error))
        return [Fault(file, int(line[1]) if line else 0, "", str(error), "TOML", "")]
    if "election_text" in data:
        return [Fault(file, 0, "election_text", "no key that is known here", "", "Write the table [election].")]
    election, election_text, faults = _definition(text, data.get("election"), file)
    data |= {"election": election, "election_text": election_text}
    try:
        mapping = Mapping.model_validate(data)
    except ValidationError as error:
        wrong = [e for e in error.errors() if e["loc"][:1] != ("election",) or not faults]
        return [_fault(dict(e), file, text) for e in wrong] + faults
    return faults or list(_cross_faults(mapping, file)) or mapping


_ELECTION = re.compile(r"^\[election\][^\n]*", re.MULTILINE)


def _definition(text: str, data: Any, file: str) -> tuple[Election | None, str, list[Fault]]:
    """The definition inside a mapping, its text as `election.toml` has it, and all its faults."""
    start = _ELECTION.search(text)
    if start is None:
        return None, "", [Fault(file, 0, "election", "missing", "a table [election]", "See docs/how-to-import.md.")]
    title = "# The definition of this election, taken from the mapping that it was imported by."
    body = title + re.sub(r"^(\[{1,2})election\.", r"\1", text[start.end() :], flags=re.MULTILINE)
    before = text.count("\n", 0, start.start())
    try:
        apart = tomllib.loads(body) == data
    except tomllib.TOMLDecodeError:
        apart = False
    if not apart:
        mend = "Put [election] last; each table below it is called [election.…] or [[election.…]]."
        return None, "", [Fault(file, before + 1, "election", "not apart from the rest", "nothing else below", mend)]
    election, faults = read_definition(body)
    return election, body, [_at(fault, file, before) for fault in faults]


def _at(fault: Fault, file: str, before: int) -> Fault:
    """A definition's fault, with its place in the mapping."""
    line = fault.line + before if fault.line else 0
    return replace(fault, file=file, line=line, column=f"election.{fault.column}".rstrip("."))


def _fault(error: dict[str, Any], file: str, text: str) -> Fault:
    path = [part for part in error["loc"] if part != "[key]"]
    place = ".".join(f"[{part}]" if isinstance(part, int) else str(part) for part in path).replace(".[", "[")
    key = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
    line = _line(text, key)
    if error["type"] == "extra_forbidden":
        models = (Mapping, File, Long, Cells, Source, Station, StationKind, Area, Vote)
        near = difflib.get_close_matches(key, sorted({name for model in models for name in model.model_fields}), 1)
        return Fault(file, line, place, "no key that is known here", "", f"The nearest is {near[0]}." if near else "")
    if error["type"] == "missing":
        return Fault(file, 0, place, "missing", "a value", f"Write {key} = … .")
    if error["type"] in _TOO_SHORT:
        return Fault(file, line, place, "empty", _TOO_SHORT[error["type"]])
    message = str(error["msg"]).removeprefix("Value error, ").removeprefix("Input should be ")
    given = "" if isinstance(error["input"], dict | tuple | list) else repr(error["input"])
    return Fault(file, line, place, given, message)


_TOO_SHORT = {"string_too_short": "a text", "too_short": "at least one"}


def _line(text: str, key: str) -> int:
    """The line on which a key stands, where it stands on only one; else 0."""
    pattern = re.compile(rf"[\[.\"'{{, ]*{re.escape(key)}[\"']?\s*[\]=]")
    found = [number for number, line in enumerate(text.split("\n"), 1) if pattern.match(line)]
    return found[0] if len(found) == 1 else 0


def _cross_faults(mapping: Mapping, file: str) -> Iterator[Fault]:
    """What the parts of a mapping say of each other."""
    faults = [*_contest_faults(mapping, file)]
    if not faults:
        faults = [*_figure_faults(mapping, file)]
    # Only now is each figure known to have its headers.
    yield from faults or [*_header_faults(mapping, file), *_layout_faults(mapping, file)]
    yield from _area_faults(mapping, file)


def _contest_faults(mapping: Mapping, file: str) -> Iterator[Fault]:
    contests = [contest.id for contest in mapping.election.contests]
    if not contests:
        yield Fault(file, 0, "election.contests", "missing", "a contest", "Write [[election.contests]].")
    elif mapping.contest and mapping.contest not in contests:
        yield Fault(file, 0, "contest", f"'{mapping.contest}'", f"one of {', '.join(contests)}")
    elif not mapping.contest and len(contests) > 1:
        yield Fault(file, 0, "contest", "missing", f"one of {', '.join(contests)}", "Say whose votes the file holds.")


def _figure_faults(mapping: Mapping, file: str) -> Iterator[Fault]:
    items = [item.id for item in mapping.election.form.items]
    yield from _pairs(file, "items", list(mapping.items), items, "an item of [[election.form.items]]")
    choices = [choice.id for choice in mapping.the_contest.choices]
    yield from _pairs(file, "votes", [vote.choice for vote in mapping.votes], choices, "a choice of the contest")
    if mapping.station.registered and mapping.station.registered not in items:
        yield Fault(file, 0, "station.registered", f"'{mapping.station.registered}'", "an item of the form")
    named = {choice.id for choice in mapping.the_contest.choices if choice.names}
    for vote in mapping.votes:
        if mapping.candidates != "none" and not vote.name and vote.choice not in named:
            expected = f'the name, since candidates = "{mapping.candidates}"'
            mend = "A choice that is no candidate, such as “against all”, has its names in the contest."
            yield Fault(file, 0, f"votes {vote.choice}", "without a name", expected, mend)


def _pairs(file: str, place: str, mapped: list[str], defined: list[str], expected: str) -> Iterator[Fault]:
    for name, count in Counter(mapped).items():
        if name not in defined:
            near = difflib.get_close_matches(name, defined, 1)
            yield Fault(file, 0, f"{place} {name}", "unknown", expected, f"The nearest is {near[0]}." if near else "")
        elif count > 1:
            yield Fault(file, 0, f"{place} {name}", f"there {count} times", "each once")
    for name in defined:
        if name not in mapped:
            yield Fault(file, 0, f"{place} {name}", "missing", "the column in which it stands")


def _header_faults(mapping: Mapping, file: str) -> Iterator[Fault]:
    for header, places in mapping.uses().items():
        figures = [place for place in places if place in mapping.figures]
        if len(figures) > 1:
            mend = "A column's figures can go to one item or choice."
            yield Fault(
                file, 0, f"'{mapping.spelt(header)}'", f"the column of {' and of '.join(figures)}", "one of them", mend
            )
        if header in mapping.ignored:
            place = "ignore" if header in map(normal, mapping.ignore) else "empty"
            yield Fault(
                file, 0, f"{place} '{mapping.spelt(header)}'", f"also the column of {places[0]}", "one of the two"
            )
    for place, template in mapping.templates.items():
        for field in template.fields:
            header = field.name.rpartition(".")[0]
            if field.name not in mapping.part_names and header in map(normal, mapping.parts):
                names = [name for name, (of, _) in mapping.part_names.items() if of == header]
                yield Fault(file, 0, place, f"'{{{field.name}}}'", f"a part of [parts]: {', '.join(names)}")


def _layout_faults(mapping: Mapping, file: str) -> Iterator[Fault]:
    """Constants for columns that nothing takes, and columns of a long file that differ within a station."""
    uses = mapping.uses()
    for header in mapping.constants:
        if normal(header) not in uses:
            yield Fault(file, 0, f"constants '{header}'", "not taken", "a column that the mapping takes")
    if mapping.long:
        key = {*map(normal, mapping.long.key), *map(normal, mapping.constants)}
        for header, places in uses.items():
            apart = [place for place in places if place not in mapping.figures]
            if apart and header not in key:
                expected = "one of the columns of long.key, which a station's rows have in common"
                yield Fault(file, 0, apart[0], f"made of '{mapping.spelt(header)}'", expected)


def _area_faults(mapping: Mapping, file: str) -> Iterator[Fault]:
    nation = mapping.areas[0]
    if nation.kind != "nation" or read_template(nation.id).fields:
        yield Fault(file, 0, "areas[0]", f"'{nation.id}', of kind {nation.kind}", "one nation, with an id of its own")
