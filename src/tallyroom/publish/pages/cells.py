"""Cells and tables that many pages are made of: announced figures with who gave them, and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tallyroom.publish import numbers, words
from tallyroom.publish.announced import distinct
from tallyroom.publish.edition import Edition
from tallyroom.publish.language import say, spoken
from tallyroom.publish.view import Cell, Head, Line, Part, Shown, Table, cell
from tallyroom.record.rows import Row

__all__ = ["aligned", "figures", "figures_table", "given", "rest"]


def figures(edition: Edition, rows: Sequence[Row], *, dated: bool = False) -> Cell:
    """Every figure that the rows give, rivals one below the other; a dash where there is none."""
    parts: list[Part] = []
    for same in distinct(rows):
        notes = [say("of {what}", what=words.plain(same[0]["counted"]))] if same[0]["counted"] else []
        notes += [edition.when(same[0]["as_of"])] if dated and same[0]["as_of"] else []
        parts.append(edition.shown(*same, note=numbers.listed(notes)))
    return Cell(tuple(parts) or ("–",), number=True)


def given(edition: Edition, row: Row) -> Cell:
    """Who gave a figure, in whose name, and when."""
    said_by, by = row["said_by"], row.ids("by")
    who = edition.names(by)
    if said_by:
        who = f"{edition.name(said_by)} ({who})" if who else edition.name(said_by)
    return cell(who or say("not stated"), note=edition.when(row["at"]) if row["at"] else say("undated"))


def rest(edition: Edition, row: Row) -> Cell:
    """What a row rests on: its sources, and in small print the row itself."""
    return Cell((*edition.sources(row),), note=edition.place(row))


def figures_table(
    edition: Edition, caption: str, rows: Iterable[Row], *, measure: bool = True, about: bool = True, note: str = ""
) -> Table | None:
    """A table of figures, those of one thing together; None where there are no rows.

    measure, about: whether each says what it counts, and of whom; else the caption does.
    """
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[_thing(row)].append(row)
    lines = [line for group in groups.values() for line in _group(edition, group, measure, about)]
    heads = [
        Head(say("What")),
        Head(say("Figure"), True),
        Head(say("As of")),
        Head(say("Given by")),
        Head(say("Source")),
    ]
    return Table(caption, heads, lines, note, quiet=True) if lines else None


def _thing(row: Row) -> tuple[str, ...]:
    return tuple(row[c] for c in ("measure", "subject", "counted", "place", "choice", "about", "election"))


def _group(edition: Edition, rows: Sequence[Row], measure: bool, about: bool) -> Iterable[Line]:
    name = words.MEASURES[rows[0]["measure"]]
    head = cell(words.what(edition.record, rows[0], measure=measure, about=about) or say(name))
    for number, row in enumerate(rows):
        ahead = words.plain(row["modality"]) if row["modality"] not in ("", "preliminary") else ""
        as_of = cell(edition.when(row["as_of"]) if row["as_of"] else say("not stated"), note=ahead)
        cells = (
            Cell((edition.shown(row),), number=True),
            as_of,
            given(edition, row),
            rest(edition, row),
        )
        yield Line(head, cells, span=len(rows) if number == 0 else 0)


def aligned(cells: Sequence[Cell]) -> list[Cell]:
    """The cells of one column with their decimal points below each other, and nothing else changed."""
    texts = [p.text for c in cells for p in c.parts if isinstance(p, Shown)]
    most = max((_decimals(text) for text in texts), default=0)
    return [replace(c, parts=tuple(_padded(part, most) for part in c.parts)) for c in cells]


def _decimals(text: str) -> int:
    number = text.removesuffix(spoken().percent)
    return len(number.partition(spoken().point)[2])


def _padded(part: Part, most: int) -> Part:
    if not isinstance(part, Shown) or not most:
        return part
    number = part.text.removesuffix(spoken().percent)
    sign = part.text[len(number) :]
    missing = most - _decimals(part.text)
    # A figure space is as wide as a digit, a punctuation space as wide as the point.
    point = "\u2008" if missing == most else ""
    return replace(part, text=f"{number}{sign}{point}{chr(0x2007) * missing}")
