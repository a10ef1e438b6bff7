"""Exit polls, surveys and quick counts beside the result: what each rests on, and how far it lies from the count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tallyroom.polls.published import PublishedPoll, published_polls
from tallyroom.publish import numbers, words
from tallyroom.publish.charts.polls import Dots, DotsRow, dots
from tallyroom.publish.edition import Edition
from tallyroom.publish.language import marked, say, say_n
from tallyroom.publish.pages.cells import aligned, figures, figures_table
from tallyroom.publish.pages.polldata import ASKED, quick_counts_data
from tallyroom.publish.pages.pollerror import designs, explanations
from tallyroom.publish.pages.quickcounts import quick_counts
from tallyroom.publish.view import Cell, Chart, Head, Line, Page, Table, cell
from tallyroom.record.contest import Contest
from tallyroom.record.rows import Row

__all__ = ["page"]

Shares = Mapping[str, Sequence[Row]]


def page(edition: Edition) -> Page | None:
    """The page, where the record has a poll or a quick count."""
    polls = edition.record.current("polls")
    counts = quick_counts(edition)
    if not polls and not counts:
        return None
    shown = (_contest(edition, c, polls) for c in edition.record.election.contests)
    view: dict[str, object] = {
        "contests": [one for one in shown if one],
        "explained": [table for c in edition.record.election.contests if (table := explanations(edition, c))],
        "known": designs(edition),
        "polls": _who(edition, polls) if polls else None,
        "quick_counts": counts,
        "data": quick_counts_data(edition),
        "asked": ASKED if polls else "",
        "designs": [table for poll in polls if (table := _design(edition, poll))],
        "error": _error(edition, polls),
    }
    entry = _entry(polls, bool(counts))
    return Page("polls.html", entry, "polls.html", view, entry, _summary(edition, polls, bool(counts)))


def _entry(polls: Sequence[Row], counts: bool) -> str:
    if counts:
        return say("Polls and samples") if polls else say("Quick counts")
    return say("Exit polls") if any(poll["kind"] == "exit-poll" for poll in polls) else say("Polls")


def _summary(edition: Edition, polls: Sequence[Row], counts: bool) -> str:
    said = say("An estimate from stations drawn by lot, beside the result.") if counts else ""
    if not polls:
        return said
    names = edition.names(_pollsters(polls))
    beside = say_n(
        "{n} poll of {names}, beside the result.", "{n} polls of {names}, beside the result.", len(polls), names=names
    )
    return f"{beside} {said}".strip()


def _pollsters(polls: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(name for poll in polls for name in poll.ids("pollster")))


def _called(edition: Edition, poll: Row) -> str:
    return edition.names(poll.ids("pollster")) or poll.id


def _shares(edition: Edition, poll: Row) -> Shares:
    found: dict[str, list[Row]] = {}
    for row in edition.figures.about(poll.id, "exit_poll_share"):
        found.setdefault(row["choice"], []).append(row)
    return found


@dataclass(frozen=True)
class _Beside:
    """The result that polls stand beside: the shares announced, else our own. cells: as the table has it."""

    ours: bool
    as_of: str
    shares: Mapping[str, Fraction]
    cells: Mapping[str, Cell]

    @property
    def called(self) -> str:
        """What its column and its mark are called."""
        return say("The result added up here") if self.ours else say("Announced result")


def _beside(edition: Edition, contest: Contest) -> _Beside:
    latest = edition.figures.latest(contest)
    rows = {c: found for c, found in latest.shares.items() if found} if latest else {}
    if not rows and edition.has_returns(contest.id):
        texts = {c: share for c, share in edition.wholes(contest.id)[0].shares.items() if share is not None}
        shown = {c: cell(numbers.percent(share), number=True) for c, share in texts.items()}
        return _Beside(True, "", {c: Fraction(share) for c, share in texts.items()}, shown)
    as_of = edition.when(latest.as_of) if latest and latest.as_of else ""
    shares = {c: Fraction(found[0]["value"]) for c, found in rows.items()}
    return _Beside(False, as_of, shares, {c: figures(edition, found) for c, found in rows.items()})


def _contest(edition: Edition, contest: Contest, polls: Sequence[Row]) -> dict[str, object] | None:
    asked = {poll.id: shares for poll in polls if (shares := _shares(edition, poll))}
    if not asked:
        return None
    shown = [poll for poll in polls if poll.id in asked]
    result = _beside(edition, contest)
    return {
        "chart": _chart(edition, contest, shown, asked, result),
        "table": _table(edition, contest, shown, asked, result),
        "as_of": result.as_of,
        "ours": result.ours,
    }


def _chart(
    edition: Edition, contest: Contest, polls: Sequence[Row], asked: Mapping[str, Shares], result: _Beside
) -> Chart:
    published = {one.poll.id: one for one in published_polls(edition.record) if one.contest == contest.id}
    rows = tuple(
        DotsRow(
            edition.name(choice.id),
            result.shares.get(choice.id),
            tuple(_first(asked[poll.id].get(choice.id)) for poll in polls),
            tuple(_ends(published.get(poll.id), choice.id) for poll in polls),
        )
        for choice in contest.choices
    )
    ordered = tuple(sorted(rows, key=_largest_first))
    called = tuple(_with_error(_called(edition, poll), published.get(poll.id)) for poll in polls)
    drawn = Dots(ordered, called, result.called)
    title = say("Polls beside the result added up here") if result.ours else say("Polls beside the announced result")
    return dots(f"polls-{contest.id}", title, _says(edition, contest, asked, result), drawn)


def _ends(poll: PublishedPoll | None, choice: str) -> tuple[Fraction, Fraction] | None:
    """How far a choice's share may be off by chance, where the poll's design allows to say so."""
    interval = poll.intervals.get(choice) if poll else None
    return (Fraction(interval.low), Fraction(interval.high)) if interval else None


def _with_error(name: str, poll: PublishedPoll | None) -> str:
    """A poll's name, with the margin of error that it states."""
    margin = poll.design.margin if poll else None
    if margin is None:
        return name
    return say("{poll}, ± {points} points", poll=name, points=numbers.text_of(f"{float(margin):g}"))


def _largest_first(row: DotsRow) -> Fraction:
    return -max([share for share in (row.result, *row.polls) if share is not None], default=Fraction(-1))


def _first(rows: Sequence[Row] | None) -> Fraction | None:
    return Fraction(rows[0]["value"]) if rows else None


def _says(edition: Edition, contest: Contest, asked: Mapping[str, Shares], result: _Beside) -> str:
    known = [c.id for c in contest.choices if c.id in result.shares]
    if not known:
        return say("No announced result stands beside these polls.")
    leader = max(known, key=lambda choice: result.shares[choice])
    given = [numbers.percent(shares[leader][0]["value"]) for shares in asked.values() if shares.get(leader)]
    first = result.cells[leader].parts[0]
    share = first if isinstance(first, str) else first.text
    name, shares = edition.name(leader), numbers.joined(given)
    if result.ours:
        said = say(
            "For {name} the polls have {shares}; added up here it is {share}.", name=name, shares=shares, share=share
        )
    else:
        said = say(
            "For {name} the polls have {shares}; the announced result is {share}.",
            name=name,
            shares=shares,
            share=share,
        )
    return said


def _table(
    edition: Edition, contest: Contest, polls: Sequence[Row], asked: Mapping[str, Shares], result: _Beside
) -> Table:
    first = [result.cells.get(choice.id, cell(numbers.UNKNOWN, number=True)) for choice in contest.choices]
    others = [[figures(edition, asked[poll.id].get(c.id, ())) for c in contest.choices] for poll in polls]
    columns = [aligned(column) for column in (first, *others)]
    lines = [
        Line(cell(edition.name(choice.id)), tuple(column[number] for column in columns))
        for number, choice in enumerate(contest.choices)
    ]
    heads = [Head(say("Candidate or list")), Head(result.called, True)]
    heads += [Head(_called(edition, poll), True) for poll in polls]
    title = (
        say("Shares in the polls and in the result added up here")
        if result.ours
        else say("Shares in the polls and in the announced result")
    )
    return Table(f"{title}{edition.of_contest(contest)}", heads, lines)


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
    caption = say("What it rests on: {poll}", poll=_called(edition, poll))
    return figures_table(edition, caption, rows, measure=False, about=False)


def _told(edition: Edition, poll: Row) -> list[Row]:
    """What the record says of a poll's error."""
    rows = edition.figures.about(poll.id, "exit_poll_design")
    return [row for row in rows if "error" in row["subject"] or "margin" in row["subject"]]


def _error(edition: Edition, polls: Sequence[Row]) -> str:
    """What the record does not say of the polls' error."""
    told = sum(bool(_told(edition, poll)) for poll in polls)
    if told == len(polls):
        return ""
    return say(_NONE_TOLD if not told else _NOT_ALL_TOLD)


_NONE_TOLD = marked(
    "None of these polls comes with a margin of error in the record, so how far it may be off by chance is not known."
)
_NOT_ALL_TOLD = marked(
    "Not every one of these polls comes with a margin of error in the record, "
    "so how far it may be off by chance is not known."
)
