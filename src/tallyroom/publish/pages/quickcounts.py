"""Quick counts on the page of polls: how stations were drawn, what they give so far, and the official result beside it.

Made of what `poll estimate --json` prints, so that page and data file say the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tallyroom.polls.draw import ENOUGH
from tallyroom.publish import numbers
from tallyroom.publish.charts.convergence import convergence_chart, moments_of
from tallyroom.publish.charts.polls import Dots, DotsRow, dots
from tallyroom.publish.edition import Edition
from tallyroom.publish.language import marked, say, say_n
from tallyroom.publish.pages.drawing import copies_table, drawn_facts, joined_strata, strata_table
from tallyroom.publish.view import Cell, Chart, Head, Line, Table, cell
from tallyroom.record.rows import Row

__all__ = ["QuickCountView", "quick_counts"]

Json = Mapping[str, Any]
_DRAWN_CHOICES = 8
_SAYS = {
    "agrees": marked("agrees"),
    "differs by more than chance": marked("differs by more than chance"),
    "not complete": marked("not judged: the count is not complete"),
    "not computable": marked("not computable"),
}


@dataclass(frozen=True)
class QuickCountView:
    """One quick count in one contest, as the template has it. says: what is lacking, or has to be known beside it."""

    heading: str
    verdict: str
    facts: Sequence[tuple[str, Cell]]
    shares: Chart | None
    table: Table
    convergence: Chart | None
    looks: Table | None
    says: Sequence[str]
    strata: Table
    copies: Table | None


def quick_counts(edition: Edition) -> list[QuickCountView]:
    """Every quick count of the record."""
    return [_view(edition, row, told, number) for number, (row, told) in enumerate(edition.quick_counts)]


def _view(edition: Edition, row: Row, told: Json, number: int) -> QuickCountView:
    contest = next(one for one in edition.record.election.contests if one.id == told["contest"])
    by = edition.names(row.ids("by"))
    heading = say("Quick count by {names}", names=by) if by else say("Quick count")
    ranked = sorted(told["choices"], key=lambda one: -float(one["share"] or 0))
    leader = ranked[0] if ranked and ranked[0]["share"] is not None else None
    looks = leader["looks"] if leader else []
    return QuickCountView(
        f"{heading}{edition.of_contest(contest)}",
        _verdict(edition, ranked),
        drawn_facts(edition, row, told),
        _shares(edition, ranked, number) if leader else None,
        _table(edition, ranked),
        _convergence(edition, leader, number) if leader else None,
        _looks(edition, leader["choice"], looks) if leader and looks else None,
        list(_says(edition, told, leader)),
        strata_table(edition, told),
        copies_table(edition, told),
    )


def _verdict(edition: Edition, ranked: Sequence[Json]) -> str:
    """Whether estimate and result agree, in a sentence; empty where there is no result yet."""
    judged = {one["choice"]: official["says"] for one in ranked if (official := _official(one))}
    differ = [choice for choice, says in judged.items() if says == "differs by more than chance"]
    if differ:
        return say("For {names} estimate and result differ by more than chance.", names=edition.names(differ))
    if "not complete" in judged.values():
        return say("The count is not complete, so it is not yet held against the estimate.")
    if "agrees" in judged.values():
        return say("Estimate and result differ by no more than chance.")
    return say("An estimate with its interval is not computable yet.") if judged else ""


def _official(choice: Json) -> Json | None:
    """The result that an estimate stands beside: our own where there is one, else the announced."""
    return choice["beside"][-1] if choice["beside"] else None


def _called(result: Json) -> str:
    return say("The result added up here") if result["result"] == "tabulated" else say("Announced result")


def _between(interval: Json | None) -> str:
    if interval is None:
        return say("not computable")
    return say("{low} to {high}", low=numbers.text_of(interval["low"]), high=numbers.text_of(interval["high"]))


def _ends(interval: Json | None) -> tuple[Fraction, Fraction] | None:
    return (Fraction(interval["low"]), Fraction(interval["high"])) if interval else None


def _shares(edition: Edition, ranked: Sequence[Json], number: int) -> Chart:
    rows = []
    for one in ranked[:_DRAWN_CHOICES]:
        official = _official(one)
        share = Fraction(official["share"]) if official else None
        rows.append(DotsRow(edition.name(one["choice"]), share, (Fraction(one["share"]),), (_ends(one["interval"]),)))
    first, official = ranked[0], _official(ranked[0])
    says = say(
        "By the sample {name} has {share}; at one look the interval is {interval}.",
        name=edition.name(first["choice"]),
        share=numbers.percent(first["share"]),
        interval=_between(first["interval"]),
    )
    drawn = Dots(tuple(rows), (say("Quick count, with its interval"),), _called(official) if official else "")
    return dots(f"quick-count-{number}", say("Shares by the sample"), says, drawn)


def _table(edition: Edition, ranked: Sequence[Json]) -> Table:
    results = ranked[0]["beside"] if ranked else []
    lines = [
        Line(
            cell(edition.name(one["choice"])),
            (
                cell(numbers.percent(one["share"]) if one["share"] is not None else say("not computable"), number=True),
                cell(_between(one["interval"]), number=True),
                cell(_between(one["sequence"]), number=True),
                *(_beside(beside) for beside in one["beside"]),
            ),
        )
        for one in ranked
    ]
    heads = [
        Head(say("Candidate or list")),
        Head(say("Estimate"), True),
        Head(say("At one look"), True),
        Head(say("At every look"), True),
        *(Head(_called(one), True) for one in results),
    ]
    return Table(say("Estimates beside the result"), heads, lines)


def _beside(beside: Json) -> Cell:
    judged = _SAYS[beside["says"]]
    return cell(numbers.percent(beside["share"]), number=True, note=say(judged))


def _convergence(edition: Edition, leader: Json, number: int) -> Chart | None:
    moments = moments_of(leader["looks"])
    if len(moments) < 2:
        return None
    official = _official(leader)
    name = edition.name(leader["choice"])
    says = say(
        "{name} after {first} stations: {before}; after {last}: {share}.",
        name=name,
        first=numbers.count(moments[0].stations),
        before=numbers.percent(leader["looks"][0]["share"]),
        last=numbers.count(moments[-1].stations),
        share=numbers.percent(leader["share"]),
    )
    key = (
        say("Estimate"),
        say("Interval at one look"),
        say("Interval at every look"),
        _called(official) if official else "",
    )
    title = say("The estimate as stations came in")
    share = float(official["share"]) if official else None
    return convergence_chart(
        f"convergence-{number}", title, says, moments, share, key, say("Stations that have come in")
    )


def _looks(edition: Edition, choice: str, looks: Sequence[Json]) -> Table:
    lines = [
        Line(
            cell(numbers.count(look["stations"])),
            (
                cell(numbers.percent(look["share"]), number=True),
                cell(_between(look["interval"]), number=True),
                cell(_between(look["sequence"]), number=True),
            ),
        )
        for look in looks
    ]
    heads = [Head(say("Stations")), Head(say("Estimate"), True)]
    heads += [Head(say("At one look"), True), Head(say("At every look"), True)]
    return Table(say("The estimate for {name}, look by look", name=edition.name(choice)), heads, lines)


def _says(edition: Edition, told: Json, leader: Json | None) -> list[str]:
    found = []
    untimed = told["counted"] - told["timed"]
    if told["counted"] and not told["timed"]:
        found.append(
            say(
                "No station says when it came in, so the looks are in an order of chance, and whether late ones differ "
                "is not computable."
            )
        )
    elif untimed:
        found.append(
            say_n(
                "{n} station does not say when it came in: it stands last among the looks.",
                "{n} stations do not say when they came in: they stand last among the looks.",
                untimed,
            )
        )
    if told["timed"]:
        found.append(_late(edition, leader))
    if told["compared"] and not told["copies_that_differ"]:
        found.append(
            say_n(
                "The copy and the official return agree at the {n} station that has both.",
                "Copies and official returns agree at all {n} stations that have both.",
                told["compared"],
            )
        )
    if 1 < told["counted"] < ENOUGH:
        few = numbers.count(ENOUGH)
        found.append(say("With fewer than {n} stations the intervals may be too narrow where they differ much.", n=few))
    return [*found, *joined_strata(edition, told)]


def _late(edition: Edition, leader: Json | None) -> str:
    late = leader["late"] if leader else None
    if leader is None or late is None:
        return say("Whether stations that come in late differ is not computable: too few say when they came in.")
    points, reach = Fraction(late["difference"]), 2 * Fraction(late["standard_error"])
    said = {"name": edition.name(leader["choice"]), "reach": numbers.text_of(f"{float(reach):.2f}")}
    said["points"] = numbers.text_of(f"{abs(float(points)):.2f}")
    if points < 0:
        return say(
            "Late stations: {name} has {points} points less in the last third to come in than in the first; chance "
            "alone would make up to {reach}.",
            **said,
        )
    return say(
        "Late stations: {name} has {points} points more in the last third to come in than in the first; chance alone "
        "would make up to {reach}.",
        **said,
    )
