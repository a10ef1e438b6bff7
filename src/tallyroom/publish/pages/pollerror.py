"""What a poll rests on and what nobody has published of it, and what would explain its difference from the result."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from tallyroom.polls.published import Design, NonResponse, published_polls, results_of
from tallyroom.publish import numbers
from tallyroom.publish.edition import Edition
from tallyroom.publish.language import marked, say
from tallyroom.publish.view import Cell, Head, Line, Table, cell
from tallyroom.record.contest import Contest
from tallyroom.tabulate.shares import decimal_text, rounded

__all__ = ["designs", "explanations"]

_UNKNOWN: Mapping[str, str] = {
    "how many people were interviewed": marked("how many people were interviewed"),
    "at how many stations": marked("at how many stations"),
    "how the stations and the voters were chosen": marked("how the stations and the voters were chosen"),
    "how many refused": marked("how many refused"),
    "how answers were weighted": marked("how answers were weighted"),
    "a margin of error or a design effect": marked("a margin of error or a design effect"),
}


def designs(edition: Edition) -> Table | None:
    """Each poll with what a reader has to know to judge it, and what of that nobody has published."""
    polls = {one.poll.id: one for one in published_polls(edition.record)}.values()
    lines = [Line(cell(edition.names(one.poll.ids("pollster")) or one.poll.id), _known(one.design)) for one in polls]
    heads = [
        Head(say("Pollster")),
        Head(say("People interviewed"), True),
        Head(say("Stations"), True),
        Head(say("Refused"), True),
        Head(say("Margin of error"), True),
        Head(say("Design effect"), True),
        Head(say("Not published")),
    ]
    note = say(
        "People at one station are alike, so an exit poll may be further off than as many voters asked one by one "
        "would be: the design effect says how many times larger the variance is. Without it or a margin there is no "
        "interval."
    )
    return Table(say("What is known of these polls"), heads, lines, note, quiet=True) if lines else None


def _known(design: Design) -> tuple[Cell, ...]:
    margin = None if design.margin is None else say("± {points} points", points=numbers.text_of(_plain(design.margin)))
    effect = None if design.effect is None else numbers.text_of(_plain(design.effect))
    figures = (
        None if design.respondents is None else numbers.count(design.respondents),
        None if design.stations is None else numbers.count(design.stations),
        None if design.refused is None else _percent(design.refused),
        margin,
        effect,
    )
    texts = numbers.listed([say(_UNKNOWN[text]) for text in design.unknown])
    shown = (cell(numbers.UNKNOWN if text is None else text, number=True) for text in figures)
    return (*shown, cell(texts or say("nothing of what is asked here")))


def _plain(value: Fraction) -> str:
    return f"{float(value):g}"


def explanations(edition: Edition, contest: Contest) -> Table | None:
    """How large non-response would have to be, poll by poll and choice by choice; None without a result."""
    results = [one for one in results_of(edition.record, edition.results) if one.contest == contest.id]
    polls = [one for one in published_polls(edition.record) if one.contest == contest.id]
    if not results or not polls:
        return None
    beside = [{one.choice: one.non_response for one in poll.beside(results[0])} for poll in polls]
    lines = [
        Line(cell(edition.name(choice.id)), tuple(_cell(column.get(choice.id)) for column in beside))
        for choice in contest.choices
        if any(choice.id in column for column in beside)
    ]
    heads = [Head(say("Candidate or list"))]
    heads += [Head(edition.names(poll.poll.ids("pollster")) or poll.poll.id, True) for poll in polls]
    note = say(
        "If all who answered told the truth, a difference from the result comes from those who refused. Where it is "
        "known how many did: what share of them must have chosen so. Where it is not: how many must have refused at "
        "least."
    )
    caption = f"{say('What would explain the differences')}{edition.of_contest(contest)}"
    return Table(caption, heads, lines, note, quiet=True)


def _cell(found: NonResponse | None) -> Cell:
    if found is None:
        return cell(numbers.UNKNOWN, number=True)
    if found.needed is not None:
        return cell(say("{share} of those who refused", share=_percent(found.needed)), number=True)
    if found.refused:
        return cell(say("no refusals of {share} would", share=_percent(found.refused)), number=True)
    return cell(say("refusals of {share} at least", share=_percent(found.least)), number=True)


def _percent(value: Fraction) -> str:
    return numbers.percent(decimal_text(rounded(value, 1), 1))
