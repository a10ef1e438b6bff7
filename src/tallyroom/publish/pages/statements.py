"""What was said and done in public, in order of time, in the words of the record."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tallyroom.publish import numbers, words
from tallyroom.publish.announced import ordered
from tallyroom.publish.edition import Edition
from tallyroom.publish.language import marked, say, say_n
from tallyroom.publish.view import Link, Page
from tallyroom.record.rows import Row

__all__ = ["Statement", "page"]

_ITSELF = {"election": marked("the election"), "process": marked("the way it was prepared and held")}


@dataclass(frozen=True)
class Statement:
    """One statement as the page shows it. mark, stance: shape and word; empty where none is recorded."""

    anchor: str
    when: str
    people: str
    offices: str
    organisations: str
    kind: str
    stance: str
    mark: str
    word: str
    about: str
    channel: str
    says: str
    sources: tuple[Link, ...]
    place: str


def page(edition: Edition) -> Page | None:
    """The page, where there are statements."""
    rows = edition.record.current("statements")
    if not rows:
        return None
    announced = edition.figures
    rows = sorted(rows, key=lambda row: ordered(announced.span(row["at"])))
    days: list[tuple[str, list[Statement]]] = []
    for row in rows:
        day = numbers.day_of(row["at"], announced.zone) if row["at"] else say("Undated")
        if not days or days[-1][0] != day:
            days.append((day, []))
        days[-1][1].append(_statement(edition, row))
    stances = Counter(row["stance"] for row in rows)
    tally = [(mark, say(word), s, stances[s]) for s, (mark, word) in words.STANCES.items() if stances[s]]
    summary = say_n(
        "{n} statement by those who took part, watched or looked on, in order of time.",
        "{n} statements by those who took part, watched or looked on, in order of time.",
        len(rows),
    )
    view: dict[str, object] = {"days": days, "tally": tally, "without": stances[""], "of": len(rows)}
    return Page("statements.html", say("Statements"), "statements.html", view, say("Statements"), summary)


def _statement(edition: Edition, row: Row) -> Statement:
    mark, word = words.STANCES.get(row["stance"], ("", ""))
    return Statement(
        row.id,
        edition.when(row["at"]) if row["at"] else say("undated"),
        edition.names(row.ids("person")),
        _offices(edition, row),
        edition.names(row.ids("organisation")),
        words.sentence(words.plain(row["kind"])),
        row["stance"],
        mark,
        say(word),
        numbers.joined([say(_ITSELF[name]) if name in _ITSELF else edition.name(name) for name in row.ids("about")]),
        row["channel"],
        row["says"],
        tuple(edition.sources(row)),
        edition.place(row),
    )


def _offices(edition: Edition, row: Row) -> str:
    """The offices of a single speaker, those outside the organisation spoken for told with theirs."""
    people = row.ids("person")
    if len(people) != 1:
        return ""
    held = [o for o in edition.record.current("offices") if o["person"] == people[0]]
    own = [o for o in held if o["organisation"] in row.ids("organisation")]
    return numbers.joined(list(dict.fromkeys(o["office"] for o in own or held)))
