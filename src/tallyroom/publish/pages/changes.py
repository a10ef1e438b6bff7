"""What changed from one publication to the next: every figure that was published and is another one now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tallyroom.publish import words
from tallyroom.publish.banner import renamed
from tallyroom.publish.edition import Edition
from tallyroom.publish.history import History, Publication
from tallyroom.publish.language import say, say_n
from tallyroom.publish.numbers import UNKNOWN, count
from tallyroom.publish.view import Cell, Head, Line, Link, Page, Table, cell

__all__ = ["PublicationView", "page", "shell", "since"]

# Cells of an act that are no figure; an act that replaces another differs in some of them.
_BESIDE = frozenset({"act", "at", "reason", "source", "form", "unread"})
_SHOWN = 500  # of one publication; every one is in publications.json


@dataclass(frozen=True)
class PublicationView:
    """One publication: when it was made, what came in, and what changed. more: changes that are not shown."""

    anchor: str
    number: str
    at: str
    said: Sequence[str]
    because: str
    table: Table | None
    more: str


def page(edition: Edition, history: History) -> Page:
    """Every publication, the latest first."""
    views = [_view(edition, one, before) for one, before in history.latest_first]
    changed = sum(len(one.differences) for one in history.publications)
    summary = " ".join(
        [
            say_n("One publication.", "{n} publications.", len(views), n=count(len(views))),
            say_n("One published figure changed.", "{n} published figures changed.", changed, n=count(changed))
            if changed
            else say("No published figure has changed."),
        ]
    )
    return replace(shell(), view={"publications": views}, summary=summary)


def shell() -> Page:
    """The page without what it shows: its place in the navigation."""
    return Page("changes.html", say("Changes"), "changes.html", {}, say("Changes"))


def since(edition: Edition, history: History) -> str:
    """What the latest publication changed, in a sentence; empty for the first."""
    if len(history.publications) < 2:
        return ""
    before, one = history.publications[-2:]
    return say("Since {time}: {what}", time=edition.moment(before.moment), what=_in_one(_said(one, before)))


def _in_one(said: Sequence[str]) -> str:
    return " ".join([said[0], *(words.sentence(one) for one in said[1:])])


def _said(one: Publication, before: Publication) -> list[str]:
    came_in = sum(one.came_in.values())
    said = [say_n("one more station is in.", "{n} more stations are in.", came_in, n=count(came_in))] if came_in else []
    if one.differences:
        n = len(one.differences)
        said.append(say_n("one published figure changed.", "{n} published figures changed.", n, n=count(n)))
    new, gone = len(one.findings.get("new", ())), len(one.findings.get("gone", ()))
    said += [say_n("one new finding.", "{n} new findings.", new, n=count(new))] if new else []
    said += [say_n("one finding is settled.", "{n} findings are settled.", gone, n=count(gone))] if gone else []
    said = said or [say("the figures are the same.")]
    told = renamed(before.banner, one.banner)
    return [*said, told] if told else said


def _view(edition: Edition, one: Publication, before: Publication | None) -> PublicationView:
    more = len(one.differences) - _SHOWN
    return PublicationView(
        f"_{one.number}",
        say("Publication {number}", number=count(one.number)),
        edition.moment(one.moment),
        [words.sentence(said) for said in _said(one, before)] if before else [say("The first publication.")],
        one.because,
        _table(edition, one),
        say("{n} more are in publications.json.", n=count(more)) if more > 0 else "",
    )


def _table(edition: Edition, one: Publication) -> Table | None:
    lines = [line for found in one.differences[:_SHOWN] for line in _lines(edition, found)]
    heads = [
        Head(say("Row")),
        Head(say("Figure")),
        Head(say("As published before"), True),
        Head(say("Now"), True),
        Head(say("What happened")),
    ]
    caption = say("What changed in publication {number}", number=count(one.number))
    return Table(caption, heads, lines, quiet=True) if lines else None


def _lines(edition: Edition, found: Mapping[str, Any]) -> Iterator[Line]:
    kinds = {
        "corrected": say("another act is in force"),
        "altered": say("the row itself was changed"),
        "gone": say("the row was taken away"),
        "rule": say("a rule is another one"),
    }
    place = found["station"] or found["area"]
    name = edition.name(place) if place else found["row"]
    href = edition.addresses.of(place) if place else ""
    head = Cell((Link(name, href),), note=f"{found['table']}: {found['row']}")
    why = Cell((words.sentence(kinds[found["kind"]]), *([edition.own(found["reason"])] if found["reason"] else [])))
    # A row that is gone is told as one; of one that changed, every cell that says something of the count.
    cells = {column: now for column, now in found["now"].items() if column not in _BESIDE} or {"": ""}
    for number, (column, now) in enumerate(cells.items()):
        was = found["was"].get(column, "")
        yield Line(
            head,
            (
                cell(_column(edition, column)),
                cell(_cell(was), number=True),
                cell(_cell(now), number=True),
                cell("") if number else why,
            ),
            span=0 if number else len(cells),
        )


def _column(edition: Edition, name: str) -> str:
    """What a column of the record is called."""
    choice = name.removeprefix("votes.")
    return say("votes for {choice}", choice=edition.name(choice)) if choice != name else words.plain(name)


def _cell(text: str) -> str:
    return (count(int(text)) if text.isascii() and text.isdecimal() else text) or UNKNOWN
