"""The election itself: its rules, candidates, calendar, register and stations, and what has no field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tallyroom.publish import numbers, words
from tallyroom.publish.announced import ordered
from tallyroom.publish.edition import Edition
from tallyroom.publish.pages.cells import figures_table
from tallyroom.publish.view import Cell, Head, Line, Link, Page, Table, cell
from tallyroom.record.definition import Contest
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
        "nomination": figures_table(edition, "Nomination in figures, as announced", announced.find(*_NOMINATION)),
        "calendar": _calendar(edition),
        "frame": figures_table(edition, "Register, stations and ballots, as announced", announced.find(*_FRAME)),
        "earlier": figures_table(edition, "Earlier elections, as announced", announced.earlier),
        "facts": _facts(edition),
        "other_names": _names(edition),
    }
    summary = "Candidates, rules, calendar, register and polling stations."
    return Page("election.html", "The election", "election.html", view, "The election", summary)


def _basics(edition: Edition) -> list[tuple[str, str]]:
    election = edition.record.election
    languages = {k: v for k, v in election.names.items() if v != election.name}
    said = [
        ("Polling day", edition.when(election.date)),
        ("Kind", words.OCCASIONS[election.occasion]),
        ("Where", edition.territory),
        ("Called by", edition.name(election.called_by) if election.called_by else ""),
        ("Called on", edition.when(election.called) if election.called else ""),
        ("Times are those of", election.timezone),
        ("Other names", "; ".join(f"{name} ({language})" for language, name in languages.items())),
    ]
    return [(term, text) for term, text in said if text]


def _contest(edition: Edition, contest: Contest) -> dict[str, object]:
    base = {"valid": "the valid votes", "cast": "the votes cast", "registered": "the registered voters"}
    rules = [
        ("Rule", words.RULES[contest.rule]),
        ("Seats", f"{contest.seats:,}"),
        ("Shares are of", base[contest.shares_of]),
    ]
    if contest.rule == "absolute-majority":
        rules.append(("A majority is more than half of", base[contest.majority_of]))
    of = edition.of_contest(contest)
    return {
        "name": edition.contest_name(contest),
        "rules": rules,
        "table": _candidates(edition, contest, [c.id for c in contest.choices], f"Candidates and lists{of}"),
        "others": _candidates(edition, contest, _others(edition, contest), f"Other candidacies{of}"),
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
    heads = [Head("Candidate or list"), Head("Nominated by"), Head("Steps"), Head("Source")]
    if not any(steps[name] for name in names):
        lines, heads = [Line(one.head, ()) for one in lines], heads[:1]
    return Table(caption, heads, lines, quiet=True) if lines else None


def _candidate(edition: Edition, rows: Sequence[Row]) -> tuple[Cell, ...]:
    parties = list(dict.fromkeys(row["party"] for row in rows if row["party"]))
    by = edition.names(parties) if parties else "self-nominated" if rows else "not stated"
    said = []
    for row in rows:
        date = f", {edition.when(row['at'])}" if row["at"] else ""
        said.append(f"{row['status']}{date}")
    sources = tuple(dict.fromkeys(source for row in rows for source in edition.sources(row)))
    places = f"{rows[0].file}, {numbers.lines(row.line for row in rows)}" if rows else ""
    return cell(by), Cell(tuple(map(words.sentence, said))), Cell(sources, note=places)


def _calendar(edition: Edition) -> Table | None:
    announced = edition.figures
    rows = sorted(edition.record.current("calendar"), key=lambda row: ordered(announced.span(row["at"])))
    lines = [
        Line(
            cell(edition.when(row["at"])),
            (
                cell(words.sentence(words.plain(row["event"]))),
                cell(row["says"] or edition.names(row.ids("about"))),
                cell(edition.names(row.ids("by"))),
                Cell(tuple(edition.sources(row)), note=row.place),
            ),
            anchor=row.id,
        )
        for row in rows
    ]
    heads = [Head("When"), Head("Step"), Head("What"), Head("Whose step"), Head("Source")]
    return Table("Calendar", heads, lines, quiet=True) if lines else None


def _facts(edition: Edition) -> Table | None:
    lines = [
        Line(
            cell(words.sentence(fact.name)),
            (cell(fact.value), Cell(tuple(edition.source(s) for s in fact.source.split()), note="election.toml")),
        )
        for fact in edition.record.election.facts
    ]
    heads = [Head("What"), Head("As recorded"), Head("Source")]
    return Table("Further facts", heads, lines, quiet=True) if lines else None


def _names(edition: Edition) -> Table | None:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in edition.record.current("names"):
        groups[row["of"]].append(row)
    lines = []
    for name, rows in groups.items():
        parts = [_spelt(row) for row in rows]
        sources: list[Link] = list(dict.fromkeys(s for row in rows for s in edition.sources(row)))
        places = f"{rows[0].file}, {numbers.lines(row.line for row in rows)}"
        called = edition.title if name == edition.record.election.id else edition.name(name)
        lines.append(Line(cell(called), (Cell(tuple(parts)), Cell(tuple(sources), note=places))))
    heads = [Head("Name"), Head("Also written"), Head("Source")]
    return Table("Other spellings in the sources", heads, lines, quiet=True) if lines else None


def _spelt(row: Row) -> str:
    told = [word for word in (row["language"], "a slip" if row["kind"] == "slip" else "") if word]
    return f"{row['name']} ({', '.join(told)})" if told else row["name"]
