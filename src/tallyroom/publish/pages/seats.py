"""The seats of a contest by our own figures: a picture and its table."""

from __future__ import annotations

from dataclasses import dataclass

from tallyroom.publish import numbers
from tallyroom.publish.charts.seats import Seats, seats_chart
from tallyroom.publish.edition import Edition
from tallyroom.publish.language import say
from tallyroom.publish.view import Chart, Head, Line, Table, cell
from tallyroom.record.contest import Contest
from tallyroom.tabulate.outcome import Outcome

__all__ = ["SeatsView", "seats"]


@dataclass(frozen=True)
class SeatsView:
    """Who has how many seats."""

    chart: Chart
    table: Table


def seats(edition: Edition, contest: Contest) -> SeatsView | None:
    """The seats of a contest where lists have some; None while it is open, and where choices are elected themselves."""
    result = edition.result(contest.id)
    if result is None or not result.outcome.seats:
        return None
    outcome = result.outcome
    order = sorted(outcome.seats, key=lambda choice: -outcome.seats[choice])
    rows = [Seats(edition.name(c), outcome.seats[c], numbers.count(outcome.seats[c])) for c in order]
    if outcome.tied_seats:
        tied = edition.names(outcome.tied)
        rows.append(Seats(tied, outcome.tied_seats, numbers.count(outcome.tied_seats), tied=True))
    title = f"{say('Seats')}{edition.of_contest(contest)}"
    lines = [Line(cell(row.name), (cell(row.text, number=True),)) for row in rows]
    table = Table(title, [Head(say("Candidate or list")), Head(say("Seats"), True)], lines, quiet=True)
    return SeatsView(seats_chart(f"seats-{contest.id}", title, _says(edition, contest, outcome), rows), table)


def _says(edition: Edition, contest: Contest, outcome: Outcome) -> str:
    most = max(outcome.seats.values())
    names = edition.names(choice for choice, number in outcome.seats.items() if number == most)
    part, whole = numbers.count(most), numbers.count(contest.seats)
    if 2 * most > contest.seats:
        return say(
            "More than half of the seats by these figures: {names}, {part} of {all}.", names=names, part=part, all=whole
        )
    return say(
        "Most seats by these figures: {names}, {part} of {all}; nobody has more than half.",
        names=names,
        part=part,
        all=whole,
    )
