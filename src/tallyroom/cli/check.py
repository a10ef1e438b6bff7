"""`tallyroom check`: everything that can be found wrong."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from tallyroom.check.checks import check_record
from tallyroom.check.findings import Report
from tallyroom.cli.screen import console, findings_table, report_lines
from tallyroom.record.folder import read_record

__all__ = ["check"]


def check(
    record: Annotated[str, typer.Argument(help="A folder, or the name of a built-in record.")],
    json_: Annotated[bool, typer.Option("--json", help="The whole report as JSON.")] = False,
    passed: Annotated[bool, typer.Option("--passed", help="Also what passed, and what cannot be checked.")] = False,
) -> None:
    """Find everything that can be found wrong.

    Exit status: 1 for an error or a warning, 0 for notices only, 2 when the record cannot be read.

    Example: tallyroom check azerbaijan-2024
    """
    report = check_record(read_record(record))
    if json_:
        typer.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
    else:
        _print(report, passed)
    raise typer.Exit(0 if report.clean else 1)


def _print(report: Report, passed: bool) -> None:
    screen = console()
    if report.findings:
        screen.print(findings_table(report.findings))
    if passed:
        for good in report.passed:
            screen.print(f"passed   {good.check} ({good.of}): {good.says}", markup=False)
        for lacking in report.cannot_check:
            screen.print(f"cannot   {lacking.check} ({lacking.count}): lacks {lacking.lacks}", markup=False)
    for line in report_lines(report):
        screen.print(line, markup=False)
