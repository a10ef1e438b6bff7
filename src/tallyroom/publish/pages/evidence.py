"""What can be checked here: which figures a stranger can work out again from this folder, and which were only said.

Worked out of what the record holds, for this election; it promises nothing that is not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from tallyroom.publish import numbers
from tallyroom.publish.edition import Edition
from tallyroom.publish.language import marked, say, say_n
from tallyroom.publish.pages.trace import way_to_rows
from tallyroom.publish.view import Cell, Head, Line, Link, Page, Part, Table, cell
from tallyroom.record.contest import Contest
from tallyroom.record.rows import Row
from tallyroom.record.rows import Table as RecordTable
from tallyroom.tabulate.results import AreaResult

__all__ = ["STATES", "Checkable", "checkable", "page", "panel"]

# Shape and words: how well a figure can be checked.
STATES = {
    "recomputed": ("●", marked("Can be worked out again")),
    "part": ("◐", marked("Can be worked out again in part")),
    "announced": ("◆", marked("Announced only")),
    "unknown": ("○", marked("Not known")),
}


@dataclass(frozen=True)
class Checkable:
    """A figure of the headline. state: a key of STATES; how: what it rests on; ways: where to see that."""

    what: str
    state: str
    how: str
    ways: tuple[Link, ...]


def page(edition: Edition) -> Page | None:
    """The page, where there is any figure."""
    figures = list(checkable(edition))
    if not figures:
        return None
    view: dict[str, object] = {
        "says": panel(edition),
        "figures": _figures(figures),
        "rests": _rests(edition),
        "counted": edition.counted,
        "roots": [
            Link(edition.name(area), way_to_rows(edition, contest, area))
            for contest in edition.addresses.contests[:1]
            for area in sorted(edition.figures.roots)
        ],
        "pictures_refused": edition.pictures.refused,
        "cannot_check": sum(one.count for one in edition.report.cannot_check),
        "log": edition.log,
        "closed": _closed(edition),
        "redactions": edition.log.redactions if edition.log else (),
    }
    summary = say("Which figures anyone can work out again from this folder, and which were only announced.")
    return Page("evidence.html", say("What can be checked here"), "evidence.html", view, say("Evidence"), summary)


def _closed(edition: Edition) -> str:
    """What the log says of the end of the count; empty where it says nothing."""
    log = edition.log
    if log is None or not log.closings:
        return ""
    last = log.closings[-1]
    at = edition.moment(datetime.fromisoformat(last.at))
    said = say("The count was closed by entry {entry}, at {time}.", entry=numbers.count(last.index), time=at)
    if not log.corrected:
        return f"{said} {say('No figure was corrected after that.')}"
    corrected = say_n(
        "After that {n} correction was logged, and the count is not closed again.",
        "After that {n} corrections were logged, and the count is not closed again.",
        log.corrected,
    )
    return f"{said} {corrected}"


def panel(edition: Edition) -> list[tuple[str, str]]:
    """How many figures of the headline are in which state, in words: mark and sentence, for the front page."""
    states = [figure.state for figure in checkable(edition)]
    counts = {state: states.count(state) for state in STATES}
    said = {
        "recomputed": say_n(
            "{n} figure of the headline can be worked out again by anyone, from this folder alone",
            "{n} figures of the headline can be worked out again by anyone, from this folder alone",
            counts["recomputed"],
        ),
        "part": say_n(
            "{n} can be worked out again in part: not every counted form states it",
            "{n} can be worked out again in part: not every counted form states them",
            counts["part"],
        ),
        "announced": say_n(
            "{n} was announced only, and can be held against other announcements but not worked out again",
            "{n} were announced only, and can be held against other announcements but not worked out again",
            counts["announced"],
        ),
        "unknown": say_n("{n} is not known", "{n} are not known", counts["unknown"]),
    }
    return [(STATES[state][0], f"{said[state]}.") for state in STATES if counts[state]]


def checkable(edition: Edition) -> Iterator[Checkable]:
    """Every figure of the headline, contest by contest."""
    if not (edition.counted or edition.announced):
        return
    for contest in edition.record.election.contests:
        yield from _contest(edition, contest)


def _contest(edition: Edition, contest: Contest) -> Iterator[Checkable]:
    wholes = edition.wholes(contest.id) if edition.has_returns(contest.id) else []
    of = edition.of_contest(contest)
    state = edition.figures.latest(contest)
    given = [row for rows in (state.votes.values() if state else ()) for row in rows]
    shares = [row for rows in (state.shares.values() if state else ()) for row in rows]
    yield _one(edition, contest, f"{say('Votes of each choice')}{of}", wholes, _votes(contest), given)
    yield _one(
        edition, contest, f"{say('Shares of each choice')}{of}", wholes, [contest.shares_of, *_votes(contest)], shares
    )
    measures = {
        "registered": (say("Registered voters"), "registered_voters"),
        "cast": (say("Turnout"), "turnout_share"),
        "valid": (say("Valid votes"), "valid_votes"),
        "invalid": (say("Invalid votes"), "invalid_votes"),
    }
    for figure, (what, measure) in measures.items():
        rows = edition.figures.whole(measure) or [r for r in (state.rows if state else ()) if r["measure"] == measure]
        yield _one(edition, contest, f"{what}{of}", wholes, [figure], rows)


def _votes(contest: Contest) -> list[str]:
    return [f"votes.{choice.id}" for choice in contest.choices]


def _one(
    edition: Edition,
    contest: Contest,
    what: str,
    wholes: Sequence[AreaResult],
    figures: Sequence[str],
    announced: Sequence[Row],
) -> Checkable:
    stated = [whole for whole in wholes if any(_value(whole, figure) is not None for figure in figures)]
    ways = [Link(say("its parts"), way) for whole in stated if (way := way_to_rows(edition, contest, whole.area))]
    if announced:
        ways.append(Link(say("as announced"), f"figures.html#{announced[0].id}"))
    if stated:
        lacking = sum(whole.lacking.get(figure, 0) for whole in stated for figure in figures)
        counted = sum(whole.stations.accepted for whole in stated)
        how = say_n("added up from the form of {n} station", "added up from the forms of {n} stations", counted)
        if lacking:
            how = say("{how}; some state no such figure", how=how)
        return Checkable(what, "part" if lacking else "recomputed", how, tuple(ways))
    if announced:
        how = say_n("{n} row that somebody else gave", "{n} rows that somebody else gave", len(announced))
        return Checkable(what, "announced", how, tuple(ways))
    return Checkable(what, "unknown", say("neither on a form in the record nor announced"), ())


def _value(whole: AreaResult, figure: str) -> int | None:
    if figure.startswith("votes."):
        return whole.votes.get(figure.removeprefix("votes."))
    value = getattr(whole, figure)
    return value if isinstance(value, int) else None


def _figures(figures: Sequence[Checkable]) -> Table:
    lines = [
        Line(
            cell(one.what),
            (
                cell(say(STATES[one.state][1]), mark=STATES[one.state][0]),
                Cell((one.how, *one.ways)),
            ),
        )
        for one in figures
    ]
    heads = [Head(say("Figure")), Head(say("Can it be checked?")), Head(say("What it rests on"))]
    return Table(say("The figures of the headline"), heads, lines, quiet=True)


def _rests(edition: Edition) -> Table:
    """What there is to check with, and what there is not."""
    rows: list[tuple[str, tuple[Part, ...]]] = [
        (say("Returns of polling stations"), _returns(edition)),
        (say("The same forms, read by others"), _copies(edition)),
        (say("Pictures of the forms"), _pictures(edition)),
        (say("Frame of stations"), _frame(edition)),
        (say("Rules of the form"), _rules(edition)),
        (say("Announced figures"), _announced(edition)),
        (say("Sources"), _sources(edition)),
    ]
    lines = [Line(cell(what), (Cell(parts or (say("None."),)),)) for what, parts in rows]
    return Table(
        say("What there is to check with"), [Head(say("What")), Head(say("In this folder"))], lines, quiet=True
    )


def _returns(edition: Edition) -> tuple[Part, ...]:
    found: list[Part] = []
    for contest in edition.record.election.contests:
        table = edition.record.returns(contest.id)
        if table is not None:
            acts = say_n("{n} row", "{n} rows", len(table))
            found.append(Link(f"{edition.contest_name(contest)}: {acts}", _whole(edition, table)))
    return tuple(found) or (say("None: the totals cannot be worked out again from what is public here."),)


def _copies(edition: Edition) -> tuple[Part, ...]:
    found: list[Part] = []
    for contest in edition.record.election.contests:
        for organisation, table in edition.record.copies(contest.id).items():
            copies = say_n("{n} copy", "{n} copies", len(table))
            name = edition.name(organisation)
            found.append(Link(f"{name}: {copies}", _whole(edition, table)))
    return tuple(found)


def _whole(edition: Edition, table: RecordTable) -> str:
    """Where a table of returns or copies is: whole in a release, else by area."""
    return f"{edition.addresses.top}data/{table.file}" if edition.release else "areas.html"


def _pictures(edition: Edition) -> tuple[Part, ...]:
    pictures = edition.pictures
    if not pictures.named:
        return (say("None is named in the returns."),)
    said = [
        say_n("{n} named in the returns", "{n} named in the returns", len(pictures.named)),
        say_n("{n} of them here", "{n} of them here", len(pictures.found)),
    ]
    if pictures.missing:
        said.append(say_n("{n} missing", "{n} missing", len(pictures.missing)))
    return (f"{'; '.join(said)}.",)


def _frame(edition: Edition) -> tuple[Part, ...]:
    stations = say_n("{n} station", "{n} stations", len(edition.stations))
    if edition.record.election.stations == "all":
        return (say("{stations}: all that there are, so a missing return shows.", stations=stations),)
    return (say("{stations}: only some, so a missing return does not show.", stations=stations),)


def _rules(edition: Edition) -> tuple[Part, ...]:
    checks = [check for check in edition.record.election.form.checks if check.on]
    if not checks:
        return ()
    said = say_n("{n} rule that a form must fulfil", "{n} rules that a form must fulfil", len(checks))
    return (Link(said, f"{edition.addresses.top}data/election.toml"),)


def _announced(edition: Edition) -> tuple[Part, ...]:
    rows = edition.record.current("announcements")
    if not rows:
        return ()
    return (
        Link(
            say_n("{n} figure that somebody else gave", "{n} figures that somebody else gave", len(rows)),
            "figures.html",
        ),
    )


def _sources(edition: Edition) -> tuple[Part, ...]:
    rows = edition.record.current("sources")
    if not rows:
        return ()
    with_address = sum(bool(row["url"]) for row in rows)
    hashed = sum(bool(row["sha256"]) for row in rows)
    said = say_n("{n} document", "{n} documents", len(rows))
    more = say(
        "{addresses} with an address on the web, {hashes} with the SHA-256 of the file as it was read",
        addresses=numbers.count(with_address),
        hashes=numbers.count(hashed),
    )
    return (Link(said, "sources.html"), more)
