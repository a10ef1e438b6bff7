"""What the returns of an area add up to, as pages show it: how much is in, the figures, the votes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from tallyroom.publish import numbers, words
from tallyroom.publish.charts.bars import Bar, bars
from tallyroom.publish.edition import Edition
from tallyroom.publish.language import ENGLISH, marked, say, say_n, spoken
from tallyroom.publish.pages.trace import way_to_rows
from tallyroom.publish.view import Cell, Chart, Head, Line, Link, Part, Shown, Table, cell
from tallyroom.record.contest import Contest
from tallyroom.record.rows import Row
from tallyroom.tabulate.outcome import Outcome
from tallyroom.tabulate.results import AreaResult, StationCounts
from tallyroom.tabulate.shares import decimal_text

__all__ = [
    "Tabulated",
    "area_link",
    "counted",
    "outcome_says",
    "overview_table",
    "progress",
    "tabulated",
]


@dataclass(frozen=True)
class Tabulated:
    """One contest in one area, added up by us.

    progress: how much of it is in, in a sentence. states: stations by what is with them: mark, word,
    meaning, how many, status. figures: name, figure, and of what.
    """

    name: str
    progress: str
    states: tuple[tuple[str, str, str, str, str], ...]
    figures: tuple[tuple[str, Part, str], ...]
    chart: Chart | None
    table: Table
    lacking: tuple[str, ...]


def tabulated(edition: Edition, contest: Contest, area: AreaResult, name: str, *, leading: bool = True) -> Tabulated:
    """The view of one contest in one area.

    name: for the chart, unique on the page. leading: whether the figures lead to what they were added up from.
    """
    way = way_to_rows(edition, contest, area.area) if leading else ""
    return Tabulated(
        f"{edition.name(area.area)}{edition.of_contest(contest)}",
        words.sentence(progress(area.stations)),
        tuple(_states(area.stations)),
        tuple(_figures(area, way)),
        _chart(edition, contest, area, name),
        _table(edition, contest, area, way),
        tuple(_lacking(edition, area)),
    )


def counted(stations: StationCounts) -> str:
    """How many stations are in the totals, of how many."""
    if stations.expected is None:
        return say_n(
            "{n} station counted; the record does not list all stations",
            "{n} stations counted; the record does not list all stations",
            stations.accepted,
        )
    said = say_n(
        "{part} of {n} station counted",
        "{part} of {n} stations counted",
        stations.expected,
        part=numbers.count(stations.accepted),
    )
    return f"{said} ({numbers.of_all(stations.accepted, stations.expected)})" if stations.expected else said


def progress(stations: StationCounts) -> str:
    """The same, with what keeps the others out."""
    others = [
        say(message, number=numbers.count(number))
        for message, number in (
            (marked("{number} held"), stations.held),
            (marked("{number} annulled"), stations.annulled),
            (marked("{number} missing"), stations.missing or 0),
        )
        if number
    ]
    return say("; ").join([counted(stations), *others])


def _states(stations: StationCounts) -> list[tuple[str, str, str, str, str]]:
    numbers_of = {
        "accepted": stations.accepted,
        "held": stations.held,
        "annulled": stations.annulled,
        "missing": stations.missing,
    }
    return [
        (mark, say(word), say(means), numbers.count(numbers_of[status]), status)
        for status, (mark, word, means) in words.STATUSES.items()
    ]


def _figures(area: AreaResult, way: str) -> list[tuple[str, Part, str]]:
    of = ""
    if area.registered_expected is not None and area.registered_expected != area.registered:
        all_of_them = numbers.count(area.registered_expected)
        of = say("of {number} at all stations", number=all_of_them)
        if area.registered is not None and area.registered_expected >= area.registered:
            share = numbers.of_all(area.registered, area.registered_expected)
            of = say("{share} of {number} at all stations", share=share, number=all_of_them)
    return [
        (say("Registered voters at the counted stations"), _figure(numbers.count(area.registered), way), of),
        (say("Votes cast"), _figure(numbers.count(area.cast), way), ""),
        (
            say("Turnout"),
            _figure(numbers.percent(area.turnout), way),
            say("of the registered voters, where both are stated"),
        ),
        (say("Valid votes"), _figure(numbers.count(area.valid), way), ""),
        (say("Invalid votes"), _figure(numbers.count(area.invalid), way), ""),
    ]


def _order(contest: Contest, area: AreaResult) -> list[str]:
    return sorted((c.id for c in contest.choices), key=lambda c: -(area.votes.get(c) or 0))


def _chart(edition: Edition, contest: Contest, area: AreaResult, name: str) -> Chart | None:
    order = [c for c in _order(contest, area) if area.shares.get(c) is not None]
    if not order:
        return None
    items = [
        Bar(
            edition.name(c),
            min(Fraction(area.shares[c] or 0), Fraction(100)),
            (numbers.percent(area.shares[c]), numbers.count(area.votes[c])),
        )
        for c in order
    ]
    first = {"first": edition.name(order[0]), "share": numbers.percent(area.shares[order[0]])}
    says = say("{first} has {share}.", **first)
    if len(order) > 1:
        then = {"second": edition.name(order[1]), "its_share": numbers.percent(area.shares[order[1]])}
        says = say("{first} has {share}, {second} {its_share}.", **first, **then)
    half = say("half") if contest.rule == "absolute-majority" and contest.majority_of == contest.shares_of else ""
    return bars(name, say("Votes in {area}, added up here", area=edition.name(area.area)), says, items, half)


def _figure(text: str, way: str) -> Part:
    """A figure that leads to what it was added up from, where there is a way."""
    return Shown(text, way, ()) if way and text != numbers.UNKNOWN else text


def _table(edition: Edition, contest: Contest, area: AreaResult, way: str) -> Table:
    lines = [
        Line(
            cell(edition.name(c)),
            (
                cell(_figure(numbers.count(area.votes.get(c)), way), number=True),
                cell(_figure(numbers.percent(area.shares.get(c)), way), number=True),
            ),
        )
        for c in _order(contest, area)
    ]
    known = [n for n in area.votes.values() if n is not None]
    lines.append(
        Line(cell(say("All of these")), (cell(numbers.count(sum(known)), number=True), cell("")), status="sum")
    )
    share = {
        "valid": say("Share of valid votes"),
        "cast": say("Share of votes cast"),
        "registered": say("Share of registered voters"),
    }[contest.shares_of]
    heads = [Head(say("Candidate or list")), Head(say("Votes"), True), Head(share, True)]
    caption = f"{say('Votes added up from the returns')}{edition.of_contest(contest)}"
    return Table(caption, heads, lines, _off_a_hundred(contest, area), quiet=True)


def _off_a_hundred(contest: Contest, area: AreaResult) -> str:
    """What is to be said where the choices have all votes between them and the printed shares do not show it."""
    votes, base = list(area.votes.values()), getattr(area, contest.shares_of)
    printed = sum((Fraction(share) for share in area.shares.values() if share is not None), Fraction())
    if not base or sum(n or 0 for n in votes) != base or printed == 100:
        return ""
    total = numbers.percent(decimal_text(printed, contest.share_digits))
    return say("Each share is rounded by itself, so that together they come to {total}.", total=total)


def _lacking(edition: Edition, area: AreaResult) -> list[str]:
    said = []
    for figure, number in area.lacking.items():
        what = figure.removeprefix("votes.")
        what = say("votes for {name}", name=edition.name(what)) if figure.startswith("votes.") else words.plain(what)
        said.append(say_n("{n} counted return without {what}", "{n} counted returns without {what}", number, what=what))
    return said


def outcome_says(edition: Edition, contest: Contest) -> str:
    """Who won because of the figures, in a sentence; nobody is called elected before certification."""
    result = edition.result(contest.id)
    assert result is not None
    outcome = result.outcome
    if spoken() is not ENGLISH:
        return _outcome(edition, contest, outcome)
    if edition.certified or "elected" not in outcome.says.casefold():
        return outcome.says
    names = edition.names(outcome.elected)
    margin = ""
    if outcome.margin is not None:
        margin = f" by {numbers.count(outcome.margin)} {'vote' if outcome.margin == 1 else 'votes'}"
    return f"{names} {'leads' if len(outcome.elected) == 1 else 'lead'}{margin}; what is missing cannot change that."


def _outcome(edition: Edition, contest: Contest, outcome: Outcome) -> str:
    """What `outcome.says` says in English, made of the same figures for other languages."""
    if outcome.status == "nothing-to-tabulate":
        return say("There are no returns to add up.")
    if outcome.status == "second-round":
        return say(
            "Nobody has more than half: a second round between {names}.", names=edition.names(outcome.second_round)
        )
    if outcome.seats:
        shared = [f"{edition.name(choice)} {numbers.count(seats)}" for choice, seats in outcome.seats.items()]
        said = say("Seats by these figures: {seats}.", seats=numbers.joined(shared))
        if outcome.tied:
            said += " " + say("{names} tie for what is left.", names=edition.names(outcome.tied))
        return said
    if outcome.status == "tie":
        return say("{names} have equally many votes.", names=edition.names(outcome.tied))
    if outcome.status == "decided":
        return _decided(edition, outcome)
    return _open(edition, contest)


def _decided(edition: Edition, outcome: Outcome) -> str:
    names, margin = edition.names(outcome.elected), outcome.margin
    if edition.certified:
        return say("Elected by these figures: {names}.", names=names)
    if margin is None:
        return say("{names} lead; what is missing cannot change that.", names=names)
    return say_n(
        "{names} lead by {n} vote; what is missing cannot change that.",
        "{names} lead by {n} votes; what is missing cannot change that.",
        margin,
        names=names,
    )


def _open(edition: Edition, contest: Contest) -> str:
    votes: Counter[str] = Counter()
    for area in edition.wholes(contest.id):
        votes.update({choice: number or 0 for choice, number in area.votes.items()})
    leaders = [choice for choice, number in votes.items() if number and number == max(votes.values())]
    if not leaders:
        return say("No votes are counted yet.")
    return say_n(
        "{names} lead with {n} vote; what is missing could still change that.",
        "{names} lead with {n} votes; what is missing could still change that.",
        votes[leaders[0]],
        names=edition.names(leaders),
    )


def area_link(edition: Edition, area: str) -> Link:
    """An area's name, leading to its page."""
    return Link(edition.name(area), edition.addresses.of(area))


def overview_table(edition: Edition, contest: Contest, areas: Sequence[Row], caption: str) -> Table | None:
    """Areas in a line each: stations in and out, turnout, who leads and by what share; None where there are none.

    What keeps stations out has a column only where it keeps one out.
    """
    results = edition.results_of(contest.id)
    found = [(row, results[row.id]) for row in areas if row.id in results]
    kinds = {row["kind"] for row, _ in found}
    # Where all are of one kind the head says it once.
    one_kind = words.sentence(words.plain(kinds.pop())) if len(kinds) == 1 else ""
    out = [name for name in ("held", "annulled", "missing") if any(getattr(r.stations, name) for _, r in found)]
    lines = [
        Line(
            Cell((area_link(edition, row.id),), note="" if one_kind else words.plain(row["kind"])),
            (
                cell(numbers.count(result.stations.expected), number=True),
                cell(numbers.count(result.stations.accepted), number=True),
                *(cell(numbers.count(getattr(result.stations, name)), number=True) for name in out),
                cell(numbers.count(result.registered), number=True),
                cell(numbers.percent(result.turnout), number=True),
                *_leader(edition, contest, result),
            ),
        )
        for row, result in found
    ]
    heads = [
        Head(one_kind or say("Area")),
        Head(say("Stations"), True),
        Head(say("Counted"), True),
        *(Head(say(words.STATUSES[name][1]), True) for name in out),
        Head(say("Registered"), True),
        Head(say("Turnout"), True),
        Head(say("Most votes")),
        Head(say("Share"), True),
    ]
    return Table(caption, heads, lines, quiet=True, sortable=True) if lines else None


def _leader(edition: Edition, contest: Contest, area: AreaResult) -> tuple[Cell, Cell]:
    leader = _order(contest, area)[0]
    votes = area.votes.get(leader)
    tied = [c for c in area.votes if area.votes[c] == votes]
    return (
        cell(edition.names(tied) if votes else numbers.UNKNOWN),
        cell(numbers.percent(area.shares.get(leader) if votes else None), number=True),
    )
