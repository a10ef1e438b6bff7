"""The election itself: its rules, candidates, calendar, register and stations, and what has no field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from tallyroom.publish import numbers, words
from tallyroom.publish.announced import ordered
from tallyroom.publish.edition import Edition
from tallyroom.publish.language import say
from tallyroom.publish.pages.cells import figures_table
from tallyroom.publish.view import Cell, Head, Line, Link, Page, Table, cell
from tallyroom.record.contest import Contest
from tallyroom.record.rows import Row

__all__ = ["page"]

_FRAME = (
    "registered_voters",
    "polling_stations",
    "constituencies",
    "voters_per_station",
    "ballots_printed",
    "notifications_printed",
    "webcams",
)
_NOMINATION = ("candidates_registered", "signatures")


def page(edition: Edition) -> Page:
    """The page; every election has one."""
    election = edition.record.election
    announced = edition.figures
    view: dict[str, object] = {
        "basics": _basics(edition),
        "contests": [_contest(edition, c) for c in election.contests],
        "nomination": figures_table(edition, say("Nomination in figures, as announced"), announced.find(*_NOMINATION)),
        "calendar": _calendar(edition),
        "frame": figures_table(edition, say("Register, stations and ballots, as announced"), announced.find(*_FRAME)),
        "earlier": figures_table(edition, say("Earlier elections, as announced"), announced.earlier),
        "facts": _facts(edition),
        "other_names": _names(edition),
    }
    summary = say("Candidates, rules, calendar, register and polling stations.")
    return Page("election.html", say("The election"), "election.html", view, say("The election"), summary)


def _basics(edition: Edition) -> list[tuple[str, str]]:
    election = edition.record.election
    others = {k: v for k, v in election.names.items() if words.sentence(v) != edition.title}
    said = [
        (say("Polling day"), edition.when(election.date)),
        (say("Kind"), say(words.OCCASIONS[election.occasion])),
        (say("Where"), edition.territory),
        (say("Called by"), edition.name(election.called_by) if election.called_by else ""),
        (say("Called on"), edition.when(election.called) if election.called else ""),
        (say("Times are those of"), election.timezone),
        (say("Other names"), say("; ").join(f"{name} ({language})" for language, name in others.items())),
    ]
    return [(term, text) for term, text in said if text]


def _contest(edition: Edition, contest: Contest) -> dict[str, object]:
    base = {"valid": say("the valid votes"), "cast": say("the votes cast"), "registered": say("the registered voters")}
    rules = [
        (say("Rule"), say(words.RULES[contest.rule])),
        (say("Seats"), numbers.count(contest.seats)),
        (say("Shares are of"), base[contest.shares_of]),
    ]
    if contest.rule == "absolute-majority":
        rules.append((say("A majority is more than half of"), base[contest.majority_of]))
    of = edition.of_contest(contest)
    return {
        "name": edition.contest_heading(contest),
        "rules": rules,
        "table": _candidates(edition, contest, [c.id for c in contest.choices], f"{say('Candidates and lists')}{of}"),
        "others": _candidates(edition, contest, _others(edition, contest), f"{say('Other candidacies')}{of}"),
    }


def _steps(edition: Edition, contest: Contest) -> dict[str, list[Row]]:
    steps: dict[str, list[Row]] = defaultdict(list)
    for row in edition.record.current("candidates"):
        if row["contest"] == contest.id:
            steps[row["candidate"]].append(row)
    return steps


def _others(edition: Edition, contest: Contest) -> list[str]:
    stand = {choice.id for choice in contest.choices}
    return [name for name in _steps(edition, contest) if name not in stand]


def _candidates(edition: Edition, contest: Contest, names: Sequence[str], caption: str) -> Table | None:
    steps = _steps(edition, contest)
    lines = [Line(cell(edition.name(n)), _candidate(edition, steps[n]), anchor=f"_{contest.id}.{n}") for n in names]
    heads = [Head(say("Candidate or list")), Head(say("Nominated by")), Head(say("Steps")), Head(say("Source"))]
    if not any(steps[name] for name in names):
        lines, heads = [replace(one, cells=()) for one in lines], heads[:1]
    return Table(caption, heads, lines, quiet=True) if lines else None


def _candidate(edition: Edition, rows: Sequence[Row]) -> tuple[Cell, ...]:
    parties = list(dict.fromkeys(row["party"] for row in rows if row["party"]))
    by = edition.names(parties) if parties else say("self-nominated") if rows else say("not stated")
    said = []
    for row in rows:
        date = [edition.when(row["at"])] if row["at"] else []
        said.append(numbers.listed([words.step(row["status"]), *date]))
    sources = tuple(dict.fromkeys(source for row in rows for source in edition.sources(row)))
    places = numbers.listed([rows[0].file, numbers.lines(row.line for row in rows)]) if rows else ""
    return cell(by), Cell(tuple(map(words.sentence, said))), Cell(sources, note=places)


def _calendar(edition: Edition) -> Table | None:
    announced = edition.figures
    rows = sorted(edition.record.current("calendar"), key=lambda row: ordered(announced.span(row["at"])))
    lines = [
        Line(
            cell(edition.when(row["at"])),
            (
                cell(words.sentence(words.plain(row["event"]))),
                cell(edition.own(row["says"]) or edition.names(row.ids("about"))),
                cell(edition.names(row.ids("by"))),
                Cell(tuple(edition.sources(row)), note=edition.place(row)),
            ),
            anchor=row.id,
        )
        for row in rows
    ]
    heads = [Head(say("When")), Head(say("Step")), Head(say("What")), Head(say("Whose step")), Head(say("Source"))]
    return Table(say("Calendar"), heads, lines, quiet=True) if lines else None


def _facts(edition: Edition) -> Table | None:
    lines = [
        Line(
            cell(edition.own(words.sentence(fact.name))),
            (
                cell(edition.own(fact.value)),
                Cell(tuple(edition.source(s) for s in fact.source.split()), note="election.toml"),
            ),
        )
        for fact in edition.record.election.facts
    ]
    heads = [Head(say("What")), Head(say("As recorded")), Head(say("Source"))]
    return Table(say("Further facts"), heads, lines, quiet=True) if lines else None


def _names(edition: Edition) -> Table | None:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in edition.record.current("names"):
        groups[row["of"]].append(row)
    lines = []
    for name, rows in groups.items():
        parts = [_spelt(row) for row in rows]
        sources: list[Link] = list(dict.fromkeys(s for row in rows for s in edition.sources(row)))
        places = numbers.listed([rows[0].file, numbers.lines(row.line for row in rows)])
        called = edition.title if name == edition.record.election.id else edition.name(name)
        lines.append(Line(cell(called), (Cell(tuple(parts)), Cell(tuple(sources), note=places))))
    heads = [Head(say("Name")), Head(say("Also written")), Head(say("Source"))]
    return Table(say("Other spellings in the sources"), heads, lines, quiet=True) if lines else None


def _spelt(row: Row) -> str:
    told = [word for word in (row["language"], say("a slip") if row["kind"] == "slip" else "") if word]
    return f"{row['name']} ({numbers.listed(told)})" if told else row["name"]
