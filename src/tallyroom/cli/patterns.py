"""`tallyroom patterns`: what the returns look like, statistically."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer
from rich.table import Table

from tallyroom.cli.screen import console
from tallyroom.patterns.caveats import CAVEATS
from tallyroom.record.folder import Record, read_record

__all__ = ["patterns"]

_AREAS_SHOWN = 5
_CHOICES_SHOWN = 5


def patterns(
    record: Annotated[str, typer.Argument(help="A folder, or the name of a built-in record.")],
    contest: Annotated[str, typer.Option("--contest", help="Only this contest.")] = "",
    choice: Annotated[str, typer.Option("--choice", help="This choice in place of the one with most votes.")] = "",
    by: Annotated[str, typer.Option("--by", help="The kind of area to compare; the largest if not given.")] = "",
    reference: Annotated[
        str, typer.Option("--reference", help="A record to stand beside this one, in place of Poland's of 2020.")
    ] = "",
    json_: Annotated[bool, typer.Option("--json", help="Everything, as JSON.")] = False,
) -> None:
    """Describe the shape of the returns, with what chance makes of it.

    An anomaly is a difference from a stated model. It is never proof of anything, and every method says what
    else makes such figures. Only what lies more than 5 standard deviations from chance is flagged.

    Example: tallyroom patterns georgia --by district
    """
    # scipy takes a while to load: only those who ask for patterns wait for it.
    from tallyroom.patterns.report import built_in_reference, patterns_report, worked_out

    read = read_record(record)
    found, refused = worked_out(read, contest, choice, by)
    beside = _reference(reference) if reference else built_in_reference()
    report = patterns_report(read, found, refused, beside)
    if json_:
        typer.echo(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        _print(read, report, beside)


def _reference(name: str) -> dict[str, Any]:
    from tallyroom.patterns.report import reference_of, worked_out

    record = read_record(name)
    found, _ = worked_out(record)
    return reference_of(record, found[0])


def _print(record: Record, report: dict[str, Any], beside: dict[str, Any]) -> None:
    screen = console()
    screen.print(f"{record.election.name}, {record.election.date}", markup=False)
    for one in report.get("contests", [report]):
        if "refused" in one:
            screen.print(f"\n{one['refused']}", markup=False)
            continue
        screen.print(f"\n{one['contest']}: {one['stations']:,} stations", markup=False)
        for reason, count in one["left_out"].items():
            screen.print(f"  left out: {count:,} ({reason})", markup=False)
        screen.print(_table(record, one, beside))
        for line in [*_areas(record, one), *_windows(record, one), *_caveats(one)]:
            screen.print(line, markup=False)


def _table(record: Record, one: dict[str, Any], beside: dict[str, Any]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    panels = [panel for panel in (one, one["runner_up"], beside) if panel]
    names = [record.name_of(panel["choice"]) for panel in panels[:-1]]
    table.add_column("")
    for name in [*names, f"{beside['choice_name']}, {beside['name']}"]:
        table.add_column(name, justify="right")
    for title, cells in zip(_ROWS, zip(*map(_cells, panels), strict=True), strict=True):
        table.add_row(title, *cells)
    return table


_ROWS = (
    "stations tested",
    "whole percentages",
    "  expected by chance",
    "  difference in sd",
    "  of turnout alone",
    "  of share alone",
    "  multiples of five",
    "last digits, in sd",
    "vote rate: skewness",
    "  kurtosis",
    "slope on turnout",
    "  correlation",
    "main cloud: turnout",
    "  share",
)


def _cells(panel: dict[str, Any]) -> list[str]:
    tested, digits = panel["integer_percentages"], panel["last_digits"] or {}
    rate, slopes, cloud = (panel[name] or {} for name in ("vote_rate", "slopes", "klimek"))
    return [
        f"{tested['stations']:,}",
        f"{tested['either']['observed']:,}",
        f"{tested['either']['expected']:,.0f}",
        *(_z(tested[name]) for name in ("either", "turnout", "share")),
        _z(tested["every_fifth"]["either"]),
        _z(digits) if "z" in digits else "–",
        *(f"{rate[name]:.2f}" if name in rate else "–" for name in ("skewness", "kurtosis")),
        *(f"{slopes[name]:.2f}" if name in slopes else "–" for name in ("slope", "with_share")),
        *(f"{100 * cloud[name]:.1f} %" if name in cloud else "–" for name in ("turnout", "share")),
    ]


def _z(excess: dict[str, Any]) -> str:
    return f"{excess['z']:+.1f}" + (" (flagged)" if excess["flagged"] else "")


def _areas(record: Record, one: dict[str, Any]) -> list[str]:
    areas = one["integer_percentages"]["areas"]
    if not areas:
        return []
    flagged = [area for area in areas if area["flagged"]]
    lines = [f"{len(areas)} areas ({one['by']}) with fifty stations or more: {len(flagged)} flagged."]
    lines += [
        f"  {record.name_of(area['area'])}: {area['observed']:,} whole percentages, {area['expected']:,.0f} expected, "
        f"{area['z']:+.1f}"
        for area in flagged[:_AREAS_SHOWN]
    ]
    if len(flagged) > _AREAS_SHOWN:
        lines.append(f"  … and {len(flagged) - _AREAS_SHOWN} more; --json has all.")
    return lines


def _windows(record: Record, one: dict[str, Any]) -> list[str]:
    lines = ["Votes beyond the usual turnout's ratio, for every choice (an estimate, with its sign):"]
    every = one["turnout_window"]["choices"]
    for window in every[:_CHOICES_SHOWN]:
        name = record.name_of(window["choice"])
        if window["refused"]:
            lines.append(f"  {name}: no single number, because {window['refused']}.")
            continue
        interval = window["interval"]
        between = f", between {interval['low']:+,} and {interval['high']:+,}" if interval else ", without an interval"
        first, last = window["window"]
        lines.append(f"  {name}: {window['estimate']:+,}{between} (turnout {first} to {last} %)")
    if len(every) > _CHOICES_SHOWN:
        lines.append(f"  … and {len(every) - _CHOICES_SHOWN} more; --json has all.")
    return lines


def _caveats(one: dict[str, Any]) -> list[str]:
    """What else makes such figures, for what is flagged or given as a number."""
    shown = ["integer_percentages", "turnout_window"]
    if one["last_digits"].get("flagged"):
        shown.append("last_digits")
    lines = ["What else makes such figures:"]
    return lines + [f"  {text}" for name in shown for text in CAVEATS[name].innocent]
