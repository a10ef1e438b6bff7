"""How results and findings look on a terminal: tables that fit it, plain text where there is none."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tallyroom.check.findings import Finding, Report
from tallyroom.tabulate.results import AreaResult, ContestResult

__all__ = ["console", "findings_table", "number", "report_lines", "result_table", "seats_table"]

_WIDTH_WITHOUT_TERMINAL = 100
_STYLES = {"error": "bold red", "warning": "yellow", "notice": "dim"}


def console() -> Console:
    """The terminal; elsewhere a fixed width, so that the same output is the same bytes."""
    screen = Console(highlight=False)
    return screen if screen.is_terminal else Console(highlight=False, width=_WIDTH_WITHOUT_TERMINAL)


def number(count: int | None) -> str:
    """A count with separators; an en dash where it is not known."""
    return "–" if count is None else f"{count:,}"


def findings_table(findings: Sequence[Finding]) -> Table:
    """One finding a row: how grave, where, and what differs."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 1, 0))
    table.add_column("severity", no_wrap=True)
    table.add_column("where", no_wrap=True)
    table.add_column("finding", ratio=1)
    for finding in findings:
        where = finding.where
        place = f"{where.file}:{where.line}" if where.line else where.file or where.area
        table.add_row(Text(finding.severity, _STYLES[finding.severity]), Text(place), Text(finding.says))
    return table


def report_lines(report: Report) -> list[str]:
    """How many findings of each kind, what passed, and what cannot be checked."""
    counts = {s: sum(f.severity == s for f in report.findings) for s in ("error", "warning", "notice")}
    found = ", ".join(f"{n} {s}{'s' if n != 1 else ''}" for s, n in counts.items())
    looked, cannot = sum(p.of for p in report.passed), sum(c.count for c in report.cannot_check)
    return [f"{found}; {looked:,} things passed; {cannot:,} cannot be checked."]


def result_table(result: ContestResult, choices: Sequence[tuple[str, str]]) -> Table:
    """A contest's areas as rows: stations, turnout, and each choice's votes and share."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("area", no_wrap=True)
    for title in ("stations in", "of", "registered", "turnout %", "valid", "invalid"):
        table.add_column(title, justify="right")
    for _, name in choices:
        table.add_column(name, justify="right")
    for area in result.areas:
        table.add_row(*_cells(area, [choice for choice, _ in choices]))
    return table


def _cells(area: AreaResult, choices: Sequence[str]) -> list[str]:
    votes = [number(area.votes[c]) + (f"\n{area.shares[c]} %" if area.shares[c] is not None else "") for c in choices]
    return [
        area.name,
        number(area.stations.received),
        number(area.stations.expected),
        number(area.registered),
        area.turnout or "–",
        number(area.valid),
        number(area.invalid),
        *votes,
    ]


def seats_table(result: ContestResult, choices: Sequence[tuple[str, str]]) -> Table:
    """Each list's seats by these figures, the most first; a list in a tie may get one of the tied seats too."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("list")
    table.add_column("seats", justify="right")
    seats, tied = result.outcome.seats, result.outcome.tied
    for choice, name in sorted(choices, key=lambda one: -seats.get(one[0], 0)):
        table.add_row(name, f"{seats.get(choice, 0):,}{' and in a tie' if choice in tied else ''}")
    return table
