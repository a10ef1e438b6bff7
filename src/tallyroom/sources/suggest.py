"""A draft of a mapping for a file that nobody has described yet, for a person to finish.

What the draft says is guessed from the headers' words and from the look of the cells; what only a
person can know is left empty and marked with `TO FINISH`, so that an import with the draft says what
is missing. The draft takes or names every column: nothing is left out in silence.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.errors import CannotImport, Fault
from tallyroom.sources.files import Sheet, read_sheet
from tallyroom.sources.headers import UNNAMED, as_text, normal
from tallyroom.sources.templates import as_id
from tallyroom.sources.words import PLACES, place_of, role_of

__all__ = ["suggested"]

_NUMBER = r"^\s*\d+(?:[ ,.']\d{3})*(?:[.,]0+)?\s*$"
_NO_NUMBERS = ("-", "–", "NA", "N/A", "n/a", "?", "x", "…")
_FINISH = "TO FINISH"


@dataclass(frozen=True)
class _Column:
    header: str
    cells: pa.Array
    numbers: bool
    distinct: int


def suggested(path: Path) -> str:
    """The text of a mapping for this file. Raises CannotImport where the file cannot be read."""
    sheet = read_sheet(path, ["utf-8", "latin-1"], "", lambda header: True)
    if isinstance(sheet, list):
        raise CannotImport(str(path), sheet)
    if not len(sheet):
        raise CannotImport(str(path), [Fault(sheet.file, 0, "", "no row", "rows below the header")])
    columns = [_column(sheet, at) for at, header in enumerate(sheet.header)]
    empty = [c for c in columns if c.distinct == 0]
    twice = {normal(c.header) for c in columns if [normal(o.header) for o in columns].count(normal(c.header)) > 1}
    full = [c for c in columns if c.distinct and normal(c.header) not in twice]
    places = _places(full)
    items, votes = _figures([c for c in full if c.numbers and c not in places])
    used = {c.header for c in (*places, *(c for c, _, _ in items), *(c for c, _, _ in votes), *empty)}
    rest = [c for c in columns if c.header not in used]
    return "\n".join(
        [
            *_top(path, sheet, empty, votes),
            *_cells(full, [c for c, _, _ in (*items, *votes)]),
            *_station(places, len(sheet)),
            "",
            "[items]",
            *(f"{name} = {_key(c.header)}" for c, name, _ in items),
            "",
            *_ignored(rest),
            *_election(path, items, votes),
        ]
    )


def _column(sheet: Sheet, at: int) -> _Column:
    cells = pc.utf8_trim_whitespace(sheet.columns[at])
    stated = cells.filter(pc.invert(pc.is_in(cells, pa.array(["", *_NO_NUMBERS]))))
    numbers = pc.sum(pc.match_substring_regex(stated, _NUMBER)).as_py() or 0
    filled = pc.unique(cells.filter(pc.not_equal(cells, "")))
    # A few cells that are no numbers are mistakes in a column of numbers.
    return _Column(as_text(sheet.header[at]), sheet.columns[at], 20 * numbers > 19 * len(stated) > 0, len(filled))


def _places(columns: Sequence[_Column]) -> list[_Column]:
    """The columns that tell where a row belongs, from the largest area down to the station."""
    kinds = [kind for kind, _ in PLACES]
    found = [c for c in columns if place_of(c.header) and not (c.numbers and role_of(c.header))]
    if not found:
        return [c for c in columns if not c.numbers][:2] or list(columns[:1])
    by_kind = {c.header: kinds.index(place_of(c.header)) for c in found}
    return sorted(found, key=lambda c: (by_kind[c.header] == 0, c.distinct, -by_kind[c.header]))


def _figures(
    columns: Sequence[_Column],
) -> tuple[list[tuple[_Column, str, str]], list[tuple[_Column, str, str]]]:
    """Items as (column, id, role), and votes as (column, choice, name)."""
    items: list[tuple[_Column, str, str]] = []
    votes: list[tuple[_Column, str, str]] = []
    named = [c for c in columns if _looks_like_a_choice(c.header)]
    # Where hardly a header looks like a name, choices are codes, and no word tells these from other figures.
    choices = named if len(named) > 1 else [c for c in columns if not role_of(c.header)]
    for column in columns:
        role = role_of(column.header)
        if column in choices:
            name = re.sub(r"^\d+\s*[.\-–)]\s*", "", column.header)
            votes.append((column, _unused(as_id(_ascii(name)).lower() or "choice", [v for _, v, _ in votes]), name))
        else:
            word = re.sub(r"[^a-z0-9]+", "_", (role or _ascii(column.header)).lower()).strip("_")
            word = word[:40].rstrip("_") if re.match(r"[a-z]", word) else f"item_{word[:40]}".rstrip("_")
            items.append((column, _unused(f"{word}_item" if word in _TAKEN else word, [i for _, i, _ in items]), role))
    return items, votes


# Columns of the returns, which no item may be called.
_TAKEN = {"id", "station", "act", "stage", "status", "reason", "at", "form", "unread", "source", "votes", "supersedes"}


def _looks_like_a_choice(header: str) -> bool:
    """Whether a header is numbered like a list, or of several words that each begin with a capital."""
    words = [word for word in re.findall(r"[^\W\d_]+", header) if len(word) > 1]
    numbered = bool(re.match(r"\d+\s*[.\-–)]", header))
    return numbered or (not role_of(header) and len(words) > 1 and all(word[0].isupper() for word in words))


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("Ł", "L"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _unused(word: str, taken: Sequence[str]) -> str:
    word = word[:80]
    return next(w for w in (word, *(f"{word}_{n}" for n in range(2, len(taken) + 3))) if w not in taken)


def _key(text: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(text or UNNAMED, ensure_ascii=False).replace("\x7f", "\\u007f")


def _top(
    path: Path, sheet: Sheet, empty: Sequence[_Column], votes: Sequence[tuple[_Column, str, str]]
) -> Iterator[str]:
    yield f"# A draft, guessed from the headers of {_said(path.name)}. {_FINISH} marks what only a person can know; all"
    yield "# the rest is to be looked over as well. docs/how-to-import.md describes every key."
    if sheet.bad:
        yield f"# {len(sheet.bad)} rows have another number of cells than the header: an import reports them."
    yield ""
    yield f"name = {_key((as_id(_ascii(path.name.split('.')[0])) or 'mapping')[:80])}"
    yield f"says = {_key(f'{len(sheet)} rows of {_said(path.name)}')}"
    yield 'candidates = "people"  # or "parties"; without this line the choices have their names in the contest'
    yield f"empty = [{', '.join(_key(header) for header in dict.fromkeys(c.header for c in empty if c.header))}]"
    yield ""
    yield f"# {_FINISH}: is each of these a choice, and no choice missing? Then give them ids to your liking."
    yield "votes = ["
    yield from (
        f"    {{ choice = {_key(v)}, column = {_key(c.header)}, name = {_key(name)} }}," for c, v, name in votes
    )
    yield "]"
    yield ""
    yield "[file]"
    yield 'encodings = ["utf-8"]  # if letters are wrong: "latin-1", "windows-1251" …'
    yield ""
    yield "[source]"
    yield f'outlet = ""  # {_FINISH}: who published the file'
    yield 'title = ""'
    yield ""


def _said(text: str) -> str:
    """A file's name on one line."""
    return as_text("".join(letter if letter.isprintable() else " " for letter in text))


def _cells(columns: Sequence[_Column], figures: Sequence[_Column]) -> Iterator[str]:
    """How the numbers are written, as far as the cells show it."""
    together = pa.concat_arrays([c.cells for c in figures] or [pa.array([], pa.string())])
    texts = set(pc.unique(together).to_pylist())
    words = sorted({text.strip() for text in texts} & set(_NO_NUMBERS))
    yield "[cells]"
    if words:
        yield f"# {_FINISH}: or not_on_form, or illegible."
        yield f"not_stated = [{', '.join(map(_key, words))}]"
    if any(text != text.strip() and text.strip() for text in texts):
        yield "padded = true"
    if any(re.fullmatch(r"0+\d+", text.strip(), re.ASCII) for text in texts):
        yield "leading_zeros = true"
    if any(re.fullmatch(r"\d+\.0+", text.strip(), re.ASCII) and not re.search(r"\.000$", text) for text in texts):
        yield "whole_decimals = true"
    for mark in (",", " ", "'"):
        if any(re.fullmatch(rf"\d{{1,3}}(?:{mark}\d{{3}})+", text.strip(), re.ASCII) for text in texts):
            yield f"thousands = {_key(mark)}"
            break
    yield ""


def _station(places: Sequence[_Column], rows: int) -> Iterator[str]:
    fields = ["{" + (c.header or UNNAMED) + "}" for c in places if not re.search(r"[{}|]", c.header)]
    keys = zip(*(c.cells.to_pylist() for c in places), strict=True)
    distinct = len(set(keys))
    yield "[station]"
    if distinct < rows:
        yield f"# {_FINISH}: these columns name {distinct} stations in {rows} rows, so others belong to the key."
        yield "# Or a row is one figure of a station: then write a table [long] with key, code and figure."
    yield f"id = {_key('station-' + '-'.join(fields))}"
    yield f"name = {_key(fields[-1] if fields else '')}"
    yield ""
    yield "[[areas]]"
    yield 'kind = "nation"'
    yield f'id = ""  # {_FINISH}: such as "freedonia"'
    yield 'name = ""'
    for level, column in enumerate(places[: len(fields) - 1]):
        # A column that tells as many apart as the one before is most often its name.
        again = level and column.distinct == places[level - 1].distinct
        if 1 < column.distinct < rows and place_of(column.header) != "station" and not again:
            yield ""
            yield "[[areas]]"
            yield f"kind = {_key(place_of(column.header) or 'region')}"
            yield f"id = {_key(f'area-{level + 1}-' + '-'.join(fields[: level + 1]))}"
            yield f"name = {_key(fields[level])}"


def _ignored(columns: Sequence[_Column]) -> Iterator[str]:
    yield "[ignore]"
    for header in {normal(c.header): c.header for c in columns}.values():
        yield f'{_key(header)} = "not taken"  # {_FINISH}: why'
    yield ""


def _election(
    path: Path, items: Sequence[tuple[_Column, str, str]], votes: Sequence[tuple[_Column, str, str]]
) -> Iterator[str]:
    by_role = {role: name for _, name, role in reversed(items)}
    yield "[election]"
    yield f"id = {_key((as_id(_ascii(path.name.split('.')[0])) or 'election')[:80])}"
    yield f'date = ""  # {_FINISH}: polling day, such as 2031-05-07'
    yield f'timezone = ""  # {_FINISH}: such as "Europe/Vienna"'
    yield ""
    yield "[election.names]"
    yield f'en = ""  # {_FINISH}'
    yield ""
    yield "[[election.contests]]"
    yield 'id = "contest"'
    yield f'rule = ""  # {_FINISH}: how it is decided, such as "plurality" or "absolute-majority"'
    yield f"choices = [{', '.join(_key(choice) for _, choice, _ in votes)}]"
    yield ""
    yield "[election.contests.figures]"
    yield from (f"{figure} = {_key(name)}" for figure, name in _main_figures(by_role).items())
    for column, name, role in items:
        yield from ("", "[[election.form.items]]", f"id = {_key(name)}", f"role = {_key(role or 'other')}")
        yield f"names = {{ en = {_key(column.header)} }}"
    yield from _checks(by_role)
    yield ""


def _main_figures(by_role: dict[str, str]) -> dict[str, str]:
    cast = next((by_role[role] for role in ("cast", "box", "issued") if role in by_role), "")
    found = {"registered": by_role.get("registered", ""), "cast": cast, "valid": by_role.get("valid", "sum(votes)")}
    found["invalid"] = by_role.get("invalid", "")
    return {figure: name for figure, name in found.items() if name}


def _checks(by_role: dict[str, str]) -> Iterator[str]:
    figures = _main_figures(by_role)
    rules = [("valid", "valid == sum(votes)")] if "valid" in by_role else []
    if {"cast", "invalid"} <= figures.keys():
        rules.append(("cast", f"{figures['cast']} >= {figures['valid']} + {figures['invalid']}"))
    if {"cast", "registered"} <= figures.keys():
        rules.append(("registered", f"{figures['registered']} >= {figures['cast']}"))
    for _, rule in rules:
        yield from ("", f"# {_FINISH}: does the form require this?", "[[election.form.checks]]")
        yield from (f"name = {_key(rule)}", f"expression = {_key(rule)}")
