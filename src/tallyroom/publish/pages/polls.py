"""Exit polls and surveys beside the result: what each rests on, and how far it lies from the count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from tallyroom.publish import numbers, words
from tallyroom.publish.charts.polls import Dots, DotsRow, dots
from tallyroom.publish.edition import Edition
from tallyroom.publish.language import marked, say, say_n
from tallyroom.publish.pages.cells import aligned, figures, figures_table
from tallyroom.publish.view import Cell, Chart, Head, Line, Page, Table, cell
from tallyroom.record.definition import Contest
from tallyroom.record.rows import Row

__all__ = ["page"]

Shares = Mapping[str, Sequence[Row]]


def page(edition: Edition) -> Page | None:
    """The page, where the record has a poll."""
    polls = edition.record.current("polls")
    if not polls:
        return None
    shown = (_contest(edition, c, polls) for c in edition.record.election.contests)
    view: dict[str, object] = {
        "contests": [one for one in shown if one],
        "polls": _who(edition, polls),
        "designs": [table for poll in polls if (table := _design(edition, poll))],
        "error": _error(edition, polls),
    }
    summary = say_n(
        "{n} poll of {names}, beside the result.",
        "{n} polls of {names}, beside the result.",
        len(polls),
        names=edition.names(_pollsters(polls)),
    )
    kinds = {poll["kind"] for poll in polls}
    entry = say("Exit polls") if "exit-poll" in kinds else say("Polls")
    return Page("polls.html", entry, "polls.html", view, entry, summary)


def _pollsters(polls: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(name for poll in polls for name in poll.ids("pollster")))


def _called(edition: Edition, poll: Row) -> str:
    return edition.names(poll.ids("pollster")) or poll.id


def _shares(edition: Edition, poll: Row) -> Shares:
    found: dict[str, list[Row]] = {}
    for row in edition.figures.about(poll.id, "exit_poll_share"):
        found.setdefault(row["choice"], []).append(row)
    return found


def _contest(edition: Edition, contest: Contest, polls: Sequence[Row]) -> dict[str, object] | None:
    asked = {poll.id: shares for poll in polls if (shares := _shares(edition, poll))}
    if not asked:
        return None
    shown = [poll for poll in polls if poll.id in asked]
    latest = edition.figures.latest(contest)
    result = latest.shares if latest else {}
    as_of = edition.when(latest.as_of) if latest and latest.as_of else ""
    return {
        "chart": _chart(edition, contest, shown, asked, result),
        "table": _table(edition, contest, shown, asked, result),
        "as_of": as_of,
    }


def _chart(
    edition: Edition, contest: Contest, polls: Sequence[Row], asked: Mapping[str, Shares], result: Shares
) -> Chart:
    rows = tuple(
        DotsRow(
            edition.name(choice.id),
            _first(result.get(choice.id)),
            tuple(_first(asked[poll.id].get(choice.id)) for poll in polls),
        )
        for choice in contest.choices
    )
    ordered = tuple(sorted(rows, key=_largest_first))
    called = tuple(_called(edition, poll) for poll in polls)
    says = _says(edition, contest, asked, result)
    shown = Dots(ordered, called, say("Announced result"))
    return dots(f"polls-{contest.id}", say("Polls beside the announced result"), says, shown)


def _largest_first(row: DotsRow) -> Fraction:
    return -max([share for share in (row.result, *row.polls) if share is not None], default=Fraction(-1))


def _first(rows: Sequence[Row] | None) -> Fraction | None:
    return Fraction(rows[0]["value"]) if rows else None


def _says(edition: Edition, contest: Contest, asked: Mapping[str, Shares], result: Shares) -> str:
    known = [c.id for c in contest.choices if result.get(c.id)]
    if not known:
        return say("No announced result stands beside these polls.")
    leader = max(known, key=lambda choice: Fraction(result[choice][0]["value"]))
    given = [numbers.percent(shares[leader][0]["value"]) for shares in asked.values() if shares.get(leader)]
    share = numbers.percent(result[leader][0]["value"])
    return say(
        "For {name} the polls have {shares}; the announced result is {share}.",
        name=edition.name(leader),
        shares=numbers.joined(given),
        share=share,
    )


def _table(
    edition: Edition, contest: Contest, polls: Sequence[Row], asked: Mapping[str, Shares], result: Shares
) -> Table:
    columns = [result, *(asked[poll.id] for poll in polls)]
    cells = [aligned([figures(edition, shares.get(c.id, ())) for c in contest.choices]) for shares in columns]
    lines = [
        Line(cell(edition.name(choice.id)), tuple(column[number] for column in cells))
        for number, choice in enumerate(contest.choices)
    ]
    heads = [Head(say("Candidate or list")), Head(say("Announced result"), True)]
    heads += [Head(_called(edition, poll), True) for poll in polls]
    return Table(f"{say('Shares in the polls and in the announced result')}{edition.of_contest(contest)}", heads, lines)


def _who(edition: Edition, polls: Sequence[Row]) -> Table:
    lines = [
        Line(
            cell(_called(edition, poll)),
            (
                cell(_kind(poll)),
                cell(edition.names(poll.ids("partner")) or say("none named")),
                cell(edition.own(poll["mode"]) or say("not stated")),
                cell(edition.when(poll["accredited"]) if poll["accredited"] else say("not stated")),
                Cell(tuple(edition.sources(poll)), note=edition.place(poll)),
            ),
            anchor=poll.id,
        )
        for poll in polls
    ]
    heads = [
        say("Pollster"),
        say("Kind"),
        say("Partner"),
        say("How people were asked"),
        say("Accredited"),
        say("Source"),
    ]
    return Table(say("The polls"), [Head(text) for text in heads], lines, quiet=True)


def _kind(poll: Row) -> str:
    kind = words.POLLS[poll["kind"]]
    return say(kind)


def _design(edition: Edition, poll: Row) -> Table | None:
    rows = edition.figures.about(poll.id, "exit_poll_design")
    return figures_table(edition, say("What it rests on: {poll}", poll=_called(edition, poll)), rows)


def _error(edition: Edition, polls: Sequence[Row]) -> str:
    """What the record says of the polls' error."""
    told = {
        poll.id
        for poll in polls
        for row in edition.figures.about(poll.id, "exit_poll_design")
        if "error" in row["subject"] or "margin" in row["subject"]
    }
    if len(told) == len(polls):
        return ""
    return say(_NONE_TOLD if not told else _NOT_ALL_TOLD)


_NONE_TOLD = marked(
    "None of these polls comes with a margin of error in the record, so how far it may be off by chance is not known."
)
_NOT_ALL_TOLD = marked(
    "Not every one of these polls comes with a margin of error in the record, "
    "so how far it may be off by chance is not known."
)
