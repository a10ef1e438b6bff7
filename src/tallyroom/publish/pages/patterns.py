"""What the returns look like: whole percentages, turnout and share, and votes beyond the usual turnout's ratio.

Worked out by `tallyroom.patterns`; the page shows the leader beside the runner-up and a reference election, says
what else makes such figures, and leads to all of it as data. It flags only what lies beyond five standard deviations.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tallyroom.publish import numbers
from tallyroom.publish.charts.fingerprint import fingerprint_chart
from tallyroom.publish.charts.percents import percents_chart
from tallyroom.publish.charts.window import Curve, window_chart
from tallyroom.publish.datafiles import DataFile
from tallyroom.publish.edition import Edition
from tallyroom.publish.language import marked, quoted, say
from tallyroom.publish.view import Chart, Head, Line, Page, Table, cell

__all__ = ["DATA", "page", "patterns_files"]

DATA = "data/patterns.json"
_CURVES = 3
_CHOICES = 12
_AREAS = 12
Json = Mapping[str, Any]


def patterns_files(edition: Edition) -> Iterator[DataFile]:
    """The whole report as JSON, where there is one."""
    if edition.patterns:
        data = json.dumps(edition.patterns, ensure_ascii=False, separators=(",", ":")) + "\n"
        says = marked("The shape of the returns: every figure of the page on patterns, and what each method assumes")
        yield DataFile(DATA, says, "JSON", data.encode())


def page(edition: Edition) -> Page | None:
    """The page, where a contest has enough returns."""
    report = edition.patterns
    if not report:
        return None
    every = report.get("contests", [report])
    shown = [_contest(edition, one, report["reference_election"]) for one in every]
    view: dict[str, object] = {
        "contests": [one for one in shown if one],
        "refused": [quoted(one["refused"], "en") for one in every if "refused" in one],
        "innocent": [say(text) for text in _INNOCENT],
        "data": DATA,
    }
    summary = say("What the returns look like, beside what chance makes.")
    return Page("patterns.html", say("Patterns"), "patterns.html", view, say("Patterns"), summary)


_INNOCENT = (
    marked("Town and country, age and distance move turnout and preference together, in honest elections too."),
    marked("A campaign that brings its voters to the polls raises turnout where it wins."),
    marked("Small closed stations, such as hospitals, have high turnout and preferences of their own."),
    marked("Of many areas or choices looked at, a few stand out by chance."),
)


def _contest(edition: Edition, one: Json, reference: Json) -> dict[str, object] | None:
    if "refused" in one:
        return None
    contest = next(c for c in edition.record.election.contests if c.id == one["contest"])
    panels = [(edition.name(one["choice"]), one)]
    if one["runner_up"]:
        panels.append((edition.name(one["runner_up"]["choice"]), one["runner_up"]))
    panels.append((quoted(f"{reference['choice_name']}, {reference['name']}", "en"), reference))
    several = len(edition.record.election.contests) > 1
    return {
        "heading": edition.contest_heading(contest) if several else "",
        "whole": _whole_chart(edition, contest.id, one),
        "table": _whole_table(panels),
        "areas": _areas(edition, one),
        "fingerprints": [_fingerprint(f"{contest.id}-{n}", name, p) for n, (name, p) in enumerate(panels)],
        "window": _window_chart(edition, contest.id, one),
        "estimates": _estimates(edition, one),
        "left_out": sum(one["left_out"].values()),
    }


def _whole_chart(edition: Edition, name: str, one: Json) -> Chart:
    either, whole = one["integer_percentages"]["either"], one["histograms"]["share"]["whole"]
    says = say(
        "{observed} stations have a whole percentage of turnout or of the share of {name}; chance makes {expected}.",
        observed=numbers.count(either["observed"]),
        name=edition.name(one["choice"]),
        expected=numbers.count(round(either["expected"])),
    )
    return percents_chart(
        f"whole-{name}",
        say("Stations at each whole percentage of the share"),
        says,
        [at["observed"] for at in whole],
        [at["expected"] for at in whole],
        (say("Stations with this whole percentage"), say("As many as chance makes")),
    )


def _whole_table(panels: list[tuple[str, Json]]) -> Table:
    lines = []
    for name, panel in panels:
        tested = panel["integer_percentages"]
        either = tested["either"]
        cells = (
            cell(numbers.count(tested["stations"]), number=True),
            cell(numbers.count(either["observed"]), number=True),
            cell(numbers.count(round(either["expected"])), number=True),
            cell(
                _signed(f"{either['z']:.1f}"), number=True, note=say("beyond 5: flagged") if either["flagged"] else ""
            ),
        )
        lines.append(Line(cell(name), cells))
    heads = [
        Head(say("Candidate or list")),
        Head(say("Stations looked at"), True),
        Head(say("With a whole percentage"), True),
        Head(say("Expected by chance"), True),
        Head(say("Difference, in standard deviations"), True),
    ]
    note = say(
        "Looked at are stations with 100 voters or more, and with turnout and share of at most 99 percent. A "
        "percentage is whole within 0.05. Only a difference of more than 5 standard deviations is flagged."
    )
    return Table(say("Whole percentages beside what chance makes"), heads, lines, note)


def _signed(text: str) -> str:
    """A decimal with its sign before it."""
    number = numbers.text_of(text.removeprefix("-"))
    return f"\u2212{number}" if text.startswith("-") else f"+{number}"


def _areas(edition: Edition, one: Json) -> Table | None:
    flagged = [area for area in one["integer_percentages"]["areas"] if area["flagged"]][:_AREAS]
    lines = [
        Line(
            cell(edition.name(area["area"])),
            (
                cell(numbers.count(area["stations"]), number=True),
                cell(numbers.count(area["observed"]), number=True),
                cell(numbers.count(round(area["expected"])), number=True),
                cell(_signed(f"{area['z']:.1f}"), number=True),
            ),
        )
        for area in flagged
    ]
    heads = [
        Head(say("Area")),
        Head(say("Stations looked at"), True),
        Head(say("With a whole percentage"), True),
        Head(say("Expected by chance"), True),
        Head(say("Difference, in standard deviations"), True),
    ]
    return Table(say("Areas that are flagged"), heads, lines) if lines else None


def _fingerprint(name: str, called: str, panel: Json) -> Chart:
    largest = panel["fingerprint"]["largest"]
    says = say(
        "{name}: the fullest point has {n} stations, at {turnout} turnout and {share} of the votes.",
        name=called,
        n=numbers.count(largest["stations"]),
        turnout=numbers.percent(str(largest["turnout"])),
        share=numbers.percent(str(largest["share"])),
    )
    title = say("Stations by turnout and share: {name}", name=called)
    axes = (say("Turnout"), say("Share of the votes"))
    return fingerprint_chart(f"fingerprint-{name}", title, says, panel["fingerprint"]["cells"], axes)


def _window_chart(edition: Edition, name: str, one: Json) -> Chart | None:
    choices = [c for c in one["turnout_window"]["choices"] if len(c["curve"]) > 1][:_CURVES]
    if not choices:
        return None
    curves = [
        Curve(edition.name(c["choice"]), [((at["first"] + at["last"]) // 2, at["above"]) for at in c["curve"]])
        for c in choices
    ]
    says = say("Votes beyond what the ratio in a window of turnout would give, for every window; below zero is fewer.")
    title = say("Votes beyond the usual turnout")
    return window_chart(f"window-{name}", title, says, curves, say("Middle of the window of turnout"))


def _estimates(edition: Edition, one: Json) -> Table:
    lines = []
    for choice in one["turnout_window"]["choices"][:_CHOICES]:
        interval = choice["interval"]
        between = numbers.UNKNOWN
        if interval:
            low, high = (_signed(str(round(interval[end]))) for end in ("low", "high"))
            between = say("{low} to {high}", low=low, high=high)
        found = _signed(str(choice["estimate"])) if choice["estimate"] is not None else say("no single number")
        refused = choice["refused"]
        below = refused.startswith("below")
        why = say("the ratio does not hold below the window") if below else say("there is no one clear peak")
        cells = (cell(found, number=True, note=why if refused else ""), cell(between, number=True))
        lines.append(Line(cell(edition.name(choice["choice"])), cells))
    heads = [Head(say("Candidate or list")), Head(say("Votes beyond the window"), True), Head(say("95 of 100"), True)]
    note = say(
        "In the window of turnout where most of the others' votes lie, a choice has so many votes for each vote of the "
        "others. The estimate is what it has beyond that ratio at higher turnout, with its sign. The interval is from "
        "drawing the areas again. A single number is given only where there is one peak, and where the ratio holds "
        "below it."
    )
    return Table(say("Estimates for every choice"), heads, lines, note)
