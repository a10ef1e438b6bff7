"""A page to find areas, stations and candidates by name: a plain list from A to Z, and a field where scripts run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from tallyroom.publish.edition import Edition
from tallyroom.publish.folding import words_of
from tallyroom.publish.language import say, spoken
from tallyroom.publish.view import Link, Page

__all__ = ["Letter", "page"]

# Whole levels of areas from the highest: below them a reader finds the others.
_MOST = 2000


@dataclass(frozen=True)
class Letter:
    """The names that begin with one letter: link, and what is said beside it."""

    anchor: str
    letter: str
    names: tuple[tuple[Link, str], ...]


def page(edition: Edition) -> Page | None:
    """The page, where there are pages of areas to lead to."""
    if not edition.counted:
        return None
    view: dict[str, object] = {"letters": list(_letters(edition)), "folder": spoken().folder}
    title, summary = say("Find a place or a candidate"), say("Areas, stations and candidates by name.")
    return Page("search.html", title, "search.html", view, say("Search"), summary, search=True)


def _letters(edition: Edition) -> Iterator[Letter]:
    names = sorted([*_candidates(edition), *_areas(edition)], key=lambda one: (words_of(one[0].text), one[0].href))
    groups: dict[str, list[tuple[Link, str]]] = defaultdict(list)
    for link, beside in names:
        words = words_of(link.text)
        groups[words[0][0].upper() if words else "…"].append((link, beside))
    for number, (letter, of) in enumerate(groups.items(), 1):
        yield Letter(f"_letter-{number}", letter, tuple(of))


def _candidates(edition: Edition) -> Iterator[tuple[Link, str]]:
    for contest in edition.record.election.contests:
        for choice in contest.choices:
            link = Link(edition.name(choice.id), f"election.html#_{contest.id}.{choice.id}")
            yield link, edition.contest_name(contest)


def _areas(edition: Edition) -> Iterator[tuple[Link, str]]:
    below = edition.addresses.below
    level, shown = below[""], 0
    while level and shown + len(level) <= _MOST:
        for area in level:
            above = edition.name(area["parent"]) if area["parent"] else ""
            yield Link(edition.name(area.id), edition.addresses.of(area.id)), above
        shown += len(level)
        level = [row for above in level for row in below.get(above.id, ())]
