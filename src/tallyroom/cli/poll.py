"""`tallyroom poll`: exit polls beside the result, and quick counts."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from tallyroom.cli.screen import console
from tallyroom.errors import CannotDraw, CannotWrite, NotFound
from tallyroom.record.contest import Contest
from tallyroom.record.folder import Record, read_record
from tallyroom.record.rows import Table as Returns
from tallyroom.tabulate.results import tabulate

__all__ = ["compare", "estimate", "sample"]

_SHOWN = 20


def compare(
    record: Annotated[str, typer.Argument(help="A folder, or the name of a built-in record.")],
    interviews: Annotated[
        Path | None, typer.Option("--interviews", help="An exit poll's interviews, as CSV: see docs/polls.md.")
    ] = None,
    effect: Annotated[
        str, typer.Option("--design-effect", help="For polls that publish none; without it they have no interval.")
    ] = "",
    json_: Annotated[bool, typer.Option("--json", help="Everything, as JSON.")] = False,
) -> None:
    """Hold polls against the announced and the tabulated result.

    An interval is given only where a poll's design allows one. What nobody has published is listed as not known.

    Example: tallyroom poll compare azerbaijan-2024
    """
    # scipy takes a while to load: only those who ask for polls wait for it.
    from tallyroom.polls.interviews import estimate_shares, read_interviews
    from tallyroom.polls.published import published_polls, results_of
    from tallyroom.polls.report import interviews_json, polls_json

    read = read_record(record)
    results = results_of(read, tabulate(read))
    report = polls_json(read, published_polls(read, _effect(effect)), results)
    if interviews is not None:
        report["interviews"] = interviews_json(estimate_shares(read_interviews(interviews)), results)
    if json_:
        typer.echo(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        _print_polls(read, report)


def _effect(text: str) -> Fraction | None:
    if not text:
        return None
    try:
        effect = Fraction(text)
    except (ValueError, ZeroDivisionError):
        effect = Fraction(0)
    if effect <= 0:
        raise typer.BadParameter(f"--design-effect is '{text}'; expected a number above 0, such as 2.5.")
    return effect


def _print_polls(record: Record, report: dict[str, Any]) -> None:
    screen = console()
    if not report["polls"]:
        screen.print("The record holds no poll with shares.")
    for poll in report["polls"]:
        screen.print(f"\n{', '.join(map(record.name_of, poll['pollster'])) or poll['poll']}", markup=False)
        screen.print(f"  not known: {'; '.join(poll['not_known']) or 'nothing of what is asked here'}", markup=False)
        if poll["no_interval"]:
            screen.print(f"  no interval: {poll['no_interval']}", markup=False)
        for beside in poll["beside"]:
            screen.print(_beside(record, beside))
    _print_interviews(record, report.get("interviews"))


def _beside(record: Record, beside: dict[str, Any]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    heads = ("", "poll", beside["result"], "difference", "in the interval", "refusals that would explain it")
    for number, head in enumerate(heads):
        table.add_column(head, justify="right" if number else "left")
    for one in beside["choices"]:
        inside = {None: "–", True: "yes", False: f"no, by {one['outside_by']}"}[one["inside"]]
        table.add_row(
            record.name_of(one["choice"]),
            one["poll"],
            one["in_result"],
            one["difference"],
            inside,
            _explained(one["non_response"]),
        )
    return table


def _explained(non_response: dict[str, Any] | None) -> str:
    if non_response is None:
        return "–"
    if non_response["refused"] is None:
        return f"at least {non_response['least_refusals']} %"
    if non_response["needed"] is None:
        return f"none: {non_response['refused']} % refused"
    return f"{non_response['needed']} % among them"


def _print_interviews(record: Record, found: dict[str, Any] | None) -> None:
    if found is None:
        return
    screen = console()
    says = f"\n{found['answered']:,} of {found['asked']:,} asked answered, at {found['stations']:,} stations"
    screen.print(f"{says} in {found['strata']:,} strata.", markup=False)
    for one in found["shares"]:
        effect = f", design effect {one['design_effect']}" if one["design_effect"] else ""
        says = f"  {record.name_of(one['choice'])}: {one['share']} %, {one['low']} to {one['high']}{effect}"
        screen.print(says, markup=False)
    for one in found["refusals"]:
        screen.print(f"  refused, {one['group']}: {one['refused']:,} of {one['asked']:,}", markup=False)


def sample(
    record: Annotated[str, typer.Argument(help="The record whose stations are drawn from.")],
    seed: Annotated[str, typer.Option("--seed", help="Made in public, after the list of stations is fixed.")],
    size: Annotated[int, typer.Option("--size", help="How many stations.")] = 0,
    margin: Annotated[float, typer.Option("--margin", help="In place of a size: points at 95 %; needs --past.")] = 0.0,
    past: Annotated[str, typer.Option("--past", help="The record of an earlier election, to plan by.")] = "",
    strata: Annotated[str, typer.Option("--strata", help="The kind of area that makes strata.")] = "",
    contest: Annotated[str, typer.Option("--contest", help="Of the earlier election; its first if not given.")] = "",
    replacements: Annotated[int, typer.Option("--replacements", help="For each stratum.", min=0)] = 3,
    to: Annotated[Path | None, typer.Option("--to", help="The file for the sample, as CSV.")] = None,
    json_: Annotated[bool, typer.Option("--json", help="Everything, as JSON.")] = False,
) -> None:
    """Draw stations for a quick count, so that anyone can draw them again.

    Without --to and --json, the sample is printed as CSV.

    Example: tallyroom poll sample georgia --seed 31415926535897932384 --size 150 --strata district --to sample.csv
    """
    from tallyroom.polls.draw import allocate, draw, joined
    from tallyroom.polls.frame import counts_of, frame_of
    from tallyroom.polls.plan import margin_of, size_for
    from tallyroom.polls.quick_count import sample_text
    from tallyroom.polls.report import sample_json

    frame = frame_of(read_record(record), strata)
    expected = None
    if past:
        before = read_record(past)
        counts = counts_of(before, *_returns(before, contest))
        earlier = frame_of(before, strata)
        size = size or size_for(earlier, counts, margin)
        expected = margin_of(earlier, counts, size)
    if not size:
        raise typer.BadParameter("--size is needed, or --margin with --past.")
    groups = joined(frame.areas, size)
    sizes = allocate({name: len(stations) for name, stations in groups.items()}, size)
    drawn = draw(groups, sizes, seed, replacements)
    if to is not None:
        _write(to, sample_text(drawn))
    if json_:
        typer.echo(json.dumps(sample_json(drawn, frame, expected), ensure_ascii=False, indent=1))
    elif to is None:
        typer.echo(sample_text(drawn), nl=False)
    else:
        says = f"{drawn.size:,} stations in {len(groups):,} strata, and {len(drawn.drawn) - drawn.size:,} replacements"
        typer.echo(f"{says}: {to}.")
        if frame.left_out:
            typer.echo(
                f"Not drawn from, count them whole: {len(frame.left_out):,} electronic or other pseudo-stations."
            )
        if expected is not None:
            typer.echo(f"By the earlier election the margin would be {expected:.2f} points.")


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise CannotWrite(f"{path} cannot be written: the system says “{error.strerror or error}”.") from error


def _returns(record: Record, contest: str, organisation: str = "") -> tuple[Contest, Returns]:
    """A contest and its returns, or an organisation's copies of them. Raises NotFound."""
    contests = [one for one in record.election.contests if contest in ("", one.id)]
    if not contests:
        known = ", ".join(one.id for one in record.election.contests)
        raise NotFound(f"There is no contest '{contest}'. Contests: {known}.")
    copies = record.copies(contests[0].id)
    table = copies.get(organisation) if organisation else record.returns(contests[0].id)
    if table is None:
        says = f"copies by '{organisation}' (there are: {', '.join(copies) or 'none'})" if organisation else "returns"
        raise NotFound(f"{record.name} holds no {says} of {contests[0].id}.")
    return contests[0], table


def estimate(
    record: Annotated[str, typer.Argument(help="The record that the returns come into.")],
    sampled: Annotated[Path, typer.Option("--sample", help="What `poll sample` wrote.")],
    contest: Annotated[str, typer.Option("--contest", help="The first if not given.")] = "",
    organisation: Annotated[
        str, typer.Option("--from", help="Whose copies of the forms; the returns themselves if not given.")
    ] = "",
    chart: Annotated[
        Path | None, typer.Option("--chart", help="How the leader's estimate came about, as an SVG file.")
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="Everything, as JSON.")] = False,
) -> None:
    """Estimate the result from the stations of the sample that have come in.

    The first interval is right in 95 of 100 samples if it is looked at once, at a time fixed before; the second
    holds however often one looks.

    Example: tallyroom poll estimate georgia --sample sample.csv
    """
    from tallyroom.polls.frame import counts_of
    from tallyroom.polls.published import results_of
    from tallyroom.polls.quick_count import differing, quick_count, read_sample
    from tallyroom.polls.report import quick_count_json

    read = read_record(record)
    wanted, table = _returns(read, contest, organisation)
    try:
        text = sampled.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotDraw(f"{sampled} cannot be read as the text that `tallyroom poll sample` writes.") from error
    drawn = read_sample(text, sampled.name)
    known = {row.id for row in read.current("stations")}
    strangers = [one.station for one in drawn.drawn if one.station not in known]
    if strangers:
        raise CannotDraw(
            f"{len(strangers):,} stations of {sampled.name} are not in this record, such as {strangers[0]}."
        )
    counts = counts_of(read, wanted, table)
    found = quick_count(drawn, counts)
    results = [one for one in results_of(read, tabulate(read)) if one.contest == wanted.id]
    official = read.returns(wanted.id)
    differences = differing(counts, counts_of(read, wanted, official)) if organisation and official is not None else []
    report = quick_count_json(read, wanted, found, results, differences)
    if chart is not None:
        _write(chart, _chart(read, report))
    if json_:
        typer.echo(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        _print_estimate(read, report)


def _print_estimate(record: Record, report: dict[str, Any]) -> None:
    screen = console()
    screen.print(f"{report['counted']:,} of {report['drawn']:,} stations of the sample have come in.", markup=False)
    for line in report["says"]:
        screen.print(line, markup=False)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    results = [one["result"] for one in report["choices"][0]["beside"]] if report["choices"] else []
    for number, head in enumerate(("", "share", "at one look", "at every look", *results)):
        table.add_column(head, justify="right" if number else "left")
    for one in sorted(report["choices"], key=lambda one: -float(one["share"] or 0)):
        beside = [f"{b['share']} ({b['says']})" for b in one["beside"]]
        cells = [_between(one["interval"]), _between(one["sequence"]), *beside]
        table.add_row(record.name_of(one["choice"]), one["share"] or "not computable", *cells)
    screen.print(table)
    differ = report["copies_that_differ"]
    if differ:
        screen.print(f"{len(differ):,} figures of the copies differ from the official returns:", markup=False)
    for one in differ[:_SHOWN]:
        says = f"{one['station']}, {record.name_of(one['choice'])}: {one['copy']:,} on the copy, {one['official']:,}"
        screen.print(f"{says} in the official return", markup=False)


def _chart(record: Record, report: dict[str, Any]) -> str:
    """The convergence of the choice that leads, with the official result where there is one."""
    from tallyroom.publish.charts.convergence import Moment, convergence_file

    one = max(report["choices"], key=lambda one: float(one["share"] or 0))
    moments = [
        Moment(look["stations"], float(look["share"]), _ends(look["interval"]), _ends(look["sequence"]))
        for look in one["looks"]
        if look["sequence"]
    ]
    if len(moments) < 2:
        raise CannotWrite("There is no picture before more than thirty stations of the sample have come in.")
    official = float(one["beside"][-1]["share"]) if one["beside"] else None
    title = f"{record.name_of(one['choice'])}: {one['share']} % after {report['counted']:,} stations"
    says = "The estimate after each number of stations, the interval at one look and, lighter, that at every look."
    return convergence_file(title, says, moments, official).decode()


def _ends(interval: dict[str, str]) -> tuple[float, float]:
    return float(interval["low"]), float(interval["high"])


def _between(interval: dict[str, str] | None) -> str:
    return f"{interval['low']} to {interval['high']}" if interval else "not computable"
