"""`tallyroom tabulate`: the results of a record."""

from __future__ import annotations

from typing import Annotated

import typer

from tallyroom.cli.screen import console, result_table, seats_table
from tallyroom.record.folder import Record, read_record
from tallyroom.tabulate import results
from tallyroom.tabulate.results import Results, results_text

__all__ = ["tabulate"]


def tabulate(
    record: Annotated[str, typer.Argument(help="A folder, or the name of a built-in record.")],
    json_: Annotated[bool, typer.Option("--json", help="The results as JSON, as `results.json` has them.")] = False,
    level: Annotated[str, typer.Option("--level", help="Only areas of this kind, or station.")] = "",
) -> None:
    """Add up the returns: figures and outcome.

    Figures that somebody else announced are never in it.

    Example: tallyroom tabulate azerbaijan-2024 --json
    """
    read = read_record(record)
    found = results.tabulate(read, level)
    if json_:
        typer.echo(results_text(found), nl=False)
    else:
        _print(read, found)


def _print(record: Record, found: Results) -> None:
    screen = console()
    screen.print(f"{record.election.name}, {record.election.date}", markup=False)
    for contest, result in zip(record.election.contests, found.contests, strict=True):
        screen.print(f"\n{contest.names.get(record.election.first_language) or contest.id}", markup=False)
        choices = [(c.id, record.name_of(c.id)) for c in contest.choices]
        if result.outcome.status != "nothing-to-tabulate":
            screen.print(result_table(result, choices))
        if result.outcome.seats:
            screen.print(seats_table(result, choices))
        screen.print(f"{result.outcome.status}: {result.outcome.says}", markup=False)
