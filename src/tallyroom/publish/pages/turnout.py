"""Turnout as it was announced: through the day, after the close, in places, and what was expected."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tallyroom.publish import numbers
from tallyroom.publish.announced import AHEAD, Announced, TurnoutPoint, distinct
from tallyroom.publish.charts.turnout import Moment, turnout_chart
from tallyroom.publish.edition import Edition
from tallyroom.publish.language import marked, say
from tallyroom.publish.pages.cells import aligned, figures, figures_table
from tallyroom.publish.view import Chart, Head, Line, Page, Table, cell
from tallyroom.record.rows import Row

__all__ = ["day_chart", "page"]


def page(edition: Edition) -> Page | None:
    """The page, where turnout was announced."""
    announced = edition.figures
    points = announced.turnout()
    day = announced.day(points)
    other = [row for p in points if p not in day for row in (*p.shares, *p.counts)]
    apart = announced.find("turnout_share", "turnout_count", when=lambda row: _apart(announced, row))
    view: dict[str, object] = {
        "chart_": day_chart(edition, day),
        "day": _table(edition, say("Turnout through the day, as announced"), day),
        "other": figures_table(edition, say("Turnout as given for other times"), other),
        "places": figures_table(
            edition, say("Turnout in places and among some voters, as given"), apart, measure=False
        ),
        "expected": figures_table(edition, say("Turnout as expected before the vote"), _expected(announced)),
    }
    if not any(view.values()):
        return None
    chart = view["chart_"]
    summary = chart.says if isinstance(chart, Chart) else say("What was announced of turnout.")
    return Page("turnout.html", say("Turnout"), "turnout.html", view, say("Turnout"), summary)


def _apart(announced: Announced, row: Row) -> bool:
    everywhere = announced.everywhere(row) and not row["subject"] and not row["about"]
    return not everywhere and row["modality"] not in AHEAD


def _expected(announced: Announced) -> list[Row]:
    return announced.find("turnout_share", "turnout_count", when=lambda row: row["modality"] in AHEAD)


def _table(edition: Edition, caption: str, points: Sequence[TurnoutPoint]) -> Table | None:
    shares = aligned([figures(edition, p.shares) for p in points])
    lines = [
        Line(
            cell(_clock(edition, p)),
            (share, figures(edition, p.counts), figures(edition, p.stations)),
        )
        for p, share in zip(points, shares, strict=True)
    ]
    heads = [
        Head(say("Time")),
        Head(say("Share"), True),
        Head(say("Voters"), True),
        Head(say("Stations reporting"), True),
    ]
    if not any(p.stations for p in points):
        heads, lines = heads[:3], [Line(one.head, one.cells[:2]) for one in lines]
    return Table(caption, heads, lines) if lines else None


def day_chart(edition: Edition, points: Sequence[TurnoutPoint]) -> Chart | None:
    """Turnout through the day as a picture; None where fewer than two moments have a share."""
    drawn = [p for p in points if p.shares]
    if len(drawn) < 2:
        return None
    first, last = (drawn[0], drawn[-1])
    ends = {"first": _said(edition, first), "last": _said(edition, last)}
    says = say("Turnout rose from {first} to {last}.", **ends)
    if Fraction(last.shares[0]["value"]) < Fraction(first.shares[0]["value"]):
        says = say("Turnout went from {first} to {last}.", **ends)
    moments = [_moment(edition, p) for p in drawn]
    title, marked_means = say("Turnout through the day, as announced"), say(_MARKED)
    return turnout_chart("turnout", title, says, moments, marked_means)


_MARKED = marked("the printed number cannot be so: see the table")


def _clock(edition: Edition, point: TurnoutPoint) -> str:
    assert point.moment is not None
    return numbers.clock(point.moment, edition.record.election.zone)


def _said(edition: Edition, point: TurnoutPoint) -> str:
    assert point.moment is not None
    share = numbers.percent(point.shares[0]["value"])
    return say("{share} at {time}", share=share, time=_clock(edition, point))


def _moment(edition: Edition, point: TurnoutPoint) -> Moment:
    assert point.moment is not None
    row, beyond = point.shares[0], _beyond(edition, point.counts)
    texts = [numbers.text_of(same[0]["value"]) for same in distinct(point.counts)]
    return Moment(
        point.moment.timestamp() / 3600,
        min(Fraction(row["value"]), Fraction(100)),
        _clock(edition, point),
        numbers.percent(row["value"]),
        say("see the table") if beyond else numbers.joined(texts, "or"),
        beyond,
    )


def _beyond(edition: Edition, counts: Sequence[Row]) -> bool:
    """Whether a count is larger than every register that was announced, so that it would wreck a scale."""
    registers = [Fraction(row["value"]) for row in edition.figures.whole("registered_voters")]
    return any(registers and Fraction(row["value"]) > max(registers) for row in counts)
