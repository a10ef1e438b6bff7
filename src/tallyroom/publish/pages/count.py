"""The count as it was announced, state by state: shares, votes, and how much was counted."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tallyroom.publish import numbers
from tallyroom.publish.announced import CountState
from tallyroom.publish.charts.count import Step, Track, count_chart
from tallyroom.publish.edition import Edition
from tallyroom.publish.language import marked, say, say_n
from tallyroom.publish.pages.cells import aligned, figures, figures_table
from tallyroom.publish.view import Cell, Chart, Head, Line, Page, Part, Table, cell
from tallyroom.record.contest import Contest

__all__ = ["counted_lines", "page"]

_COUNTED = {
    "share_counted": marked("Share counted"),
    "stations_reporting": marked("Stations counted"),
    "valid_votes": marked("Valid votes, as given"),
    "invalid_votes": marked("Invalid votes, as given"),
}


def page(edition: Edition) -> Page | None:
    """The page, where the count was announced at least once."""
    views = [view for c in edition.record.election.contests if (view := _contest(edition, c))]
    annulled = edition.figures.find("stations_annulled")
    table = figures_table(edition, say("Stations whose result was annulled, as announced"), annulled, measure=False)
    if not views and not table:
        return None
    states = sum(len(edition.figures.counts(c)) for c in edition.record.election.contests)
    summary = say_n(
        "What was announced while the votes were counted: {n} state of the count.",
        "What was announced while the votes were counted: {n} states of the count.",
        states,
    )
    shown: dict[str, object] = {"contests": views, "annulled": table}
    return Page("count.html", say("The count"), "count.html", shown, say("Count"), summary)


def _contest(edition: Edition, contest: Contest) -> dict[str, object] | None:
    states = edition.figures.counts(contest)
    if not states:
        return None
    caption = f"{say('The count as announced, shares and votes')}{edition.of_contest(contest)}"
    return {
        "name": edition.contest_heading(contest),
        "chart": _chart(edition, contest, states),
        "table": Table(caption, _heads(edition, states), _lines(edition, contest, states)),
    }


def _heads(edition: Edition, states: Sequence[CountState]) -> list[Head]:
    return [
        Head(say("Candidate or list")),
        *(Head(edition.when(s.as_of) or say("time not stated"), True) for s in states),
    ]


def _lines(edition: Edition, contest: Contest, states: Sequence[CountState]) -> list[Line]:
    lines = counted_lines(edition, states)
    columns = [aligned([figures(edition, state.shares.get(c.id, ())) for c in contest.choices]) for state in states]
    for number, choice in enumerate(contest.choices):
        cells = [
            _both(shares[number], figures(edition, state.votes.get(choice.id, ())))
            for shares, state in zip(columns, states, strict=True)
        ]
        lines.append(Line(cell(edition.name(choice.id)), tuple(cells)))
    return lines


def counted_lines(edition: Edition, states: Sequence[CountState]) -> list[Line]:
    """How much was counted at each state: one line for each kind of figure that any of them has."""
    lines = []
    for measure, name in _COUNTED.items():
        cells = [figures(edition, state.counted.get(measure, ())) for state in states]
        if any(state.counted.get(measure) for state in states):
            cells = [c if c.parts != ("–",) else Cell((say("not stated"),), number=True) for c in cells]
            lines.append(Line(cell(say(name)), tuple(cells), status="counted"))
    return lines


def _both(share: Cell, votes: Cell) -> Cell:
    parts: list[Part] = [part for part in (*share.parts, *votes.parts) if part != "–"]
    return Cell(tuple(parts) or ("–",), number=True)


def _chart(edition: Edition, contest: Contest, states: Sequence[CountState]) -> Chart | None:
    drawn = [state for state in states if state.shares]
    tracks = {c.id: track for c in contest.choices if (track := _track(edition, c.id, drawn))}
    if len(drawn) < 2 or not tracks:
        return None
    order = sorted(tracks, key=lambda choice: -max(s for s in tracks[choice].shares if s is not None))
    says = _says(edition, order[0], drawn)
    steps = [_step(edition, state) for state in drawn]
    title = say("The count as announced, state by state")
    return count_chart(f"count-{contest.id}", title, says, steps, [tracks[choice] for choice in order])


def _track(edition: Edition, choice: str, states: Sequence[CountState]) -> Track | None:
    rows = [state.shares.get(choice, ())[:1] for state in states]
    shares = tuple(Fraction(row[0]["value"]) if row else None for row in rows)
    known = [row[0] for row in rows if row]
    return Track(edition.name(choice), shares, numbers.percent(known[-1]["value"])) if known else None


def _step(edition: Edition, state: CountState) -> Step:
    zone = edition.record.election.zone
    texts: tuple[str, ...] = (say("time not"), say("stated"))
    if state.span:
        moment = state.span.first == state.span.end
        second = numbers.clock(state.span.first, zone) if moment else _part_of_day(state)
        texts = (numbers.short_day(state.span.first, zone), second)
    rows = state.share_counted
    if not rows:
        return Step(texts, None, say("not stated"))
    return Step(texts, Fraction(rows[0]["value"]), numbers.percent(rows[0]["value"]))


def _part_of_day(state: CountState) -> str:
    if "T" in state.as_of:
        return say("in the night")
    return say("final") if state.final else ""


def _says(edition: Edition, choice: str, states: Sequence[CountState]) -> str:
    said = [_said(edition, choice, state) for state in states if state.shares.get(choice)]
    return say("{name} was given {first}, and {last}.", name=edition.name(choice), first=said[0], last=said[-1])


def _said(edition: Edition, choice: str, state: CountState) -> str:
    said = numbers.percent(state.shares[choice][0]["value"])
    if state.final:
        said = say("{share} as final", share=said)
    if state.share_counted:
        said = say("{share} with {part} counted", share=said, part=numbers.percent(state.share_counted[0]["value"]))
    return f"{said} ({edition.when(state.as_of)})"
