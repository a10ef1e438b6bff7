"""`tallyroom poll compare`: exit polls beside the result."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from tallyroom.cli.screen import console
from tallyroom.record.folder import Record, read_record
from tallyroom.tabulate.results import tabulate

__all__ = ["compare"]


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
