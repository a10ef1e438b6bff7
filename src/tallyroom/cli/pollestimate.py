"""`tallyroom poll estimate`: what a quick count's stations say so far."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from tallyroom.cli.screen import console
from tallyroom.cli.textfile import write_text
from tallyroom.errors import CannotDraw, CannotWrite, NotFound
from tallyroom.record.folder import Record, read_record
from tallyroom.tabulate.results import tabulate

if TYPE_CHECKING:
    from tallyroom.polls.standing import Standing

__all__ = ["estimate"]

_SHOWN = 20


def estimate(
    record: Annotated[str, typer.Argument(help="The record that the returns come into.")],
    sampled: Annotated[
        str, typer.Option("--sample", help="A sample's id in the record, or a file that `poll sample` wrote.")
    ] = "",
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
    holds however often one looks. A sample of the record's own needs no --sample where there is one alone; its
    figures are the copies by those who drew it, where there are any.

    Example: tallyroom poll estimate georgia --sample sample.csv
    """
    from tallyroom.polls.quick_count_report import quick_count_json

    read = read_record(record)
    standing = _standing(read, sampled, contest, organisation)
    report = quick_count_json(read, standing)
    if chart is not None:
        write_text(chart, _chart(read, report))
    if json_:
        typer.echo(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        _print_estimate(read, report)


def _standing(record: Record, sampled: str, contest: str, organisation: str) -> Standing:
    """The quick count that was asked for: of a sample in the record, else of one in a file."""
    from tallyroom.polls.frame import contest_of
    from tallyroom.polls.samplefile import read_sample
    from tallyroom.polls.standing import recorded_standing, standing

    rows = [row for row in record.current("samples") if sampled in ("", row.id)]
    if len(rows) == 1:
        return recorded_standing(record, tabulate(record), rows[0], contest, organisation)
    if not sampled:
        known = ", ".join(row.id for row in rows)
        raise NotFound(
            f"{record.name} holds several samples: --sample {known}."
            if rows
            else f"{record.name} holds no sample. Name a file with --sample; `tallyroom poll sample` writes it."
        )
    path = Path(sampled)
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise CannotDraw(
            f"{sampled} is no sample of this record, and cannot be read as what `tallyroom poll sample` writes."
        ) from error
    drawn = read_sample(data, path.name)
    known_stations = {row.id for row in record.current("stations")}
    strangers = [one.station for one in drawn.drawn if one.station not in known_stations]
    if strangers:
        raise CannotDraw(f"{len(strangers):,} stations of {path.name} are not in this record, such as {strangers[0]}.")
    return standing(record, tabulate(record), contest_of(record, contest), drawn, organisation)


def _print_estimate(record: Record, report: dict[str, Any]) -> None:
    screen = console()
    if report["sample"]:
        screen.print(_of_sample(record, report["sample"]), markup=False)
    if report["figures_of"] != "returns":
        screen.print(f"Figures: the copies by {record.name_of(report['figures_of'])}.", markup=False)
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
    _print_copies(record, report)


def _of_sample(record: Record, sample: dict[str, Any]) -> str:
    """Who drew it, whether the list is the one of its rule, and when its seed was made."""
    again = sample["drawn_again"]
    off = sum(len(again[kind]) for kind in ("not_given_by_the_rule", "not_listed", "listed_otherwise"))
    listed = {
        None: f"It cannot be drawn again: {again['not_computable']}.",
        True: "Drawn again by its rule and seed, the list is the same.",
        False: f"Drawn again by its rule and seed, the list is another at {off:,} stations.",
    }[again["same"]]
    seed = {
        None: "Whether its seed was made before the count is not known.",
        True: "Its seed was made before the count.",
        False: "Its seed was made after the count began.",
    }[sample["seed_before_count"]]
    by = f", drawn by {', '.join(map(record.name_of, sample['by']))}" if sample["by"] else ""
    return f"Sample {sample['id']}{by}. {listed} {seed}"


def _print_copies(record: Record, report: dict[str, Any]) -> None:
    screen = console()
    differ = report["copies_that_differ"]
    if differ:
        screen.print(f"{len(differ):,} figures of the copies differ from the official returns:", markup=False)
    elif report["compared"]:
        screen.print(
            f"The copies agree with the official returns at all {report['compared']:,} stations.", markup=False
        )
    for one in differ[:_SHOWN]:
        says = f"{one['station']}, {record.name_of(one['choice'])}: {one['copy']:,} on the copy, {one['official']:,}"
        screen.print(f"{says} in the official return", markup=False)


def _chart(record: Record, report: dict[str, Any]) -> str:
    """The convergence of the choice that leads, with the official result where there is one."""
    from tallyroom.publish.charts.convergence import convergence_file, moments_of

    one = max(report["choices"], key=lambda one: float(one["share"] or 0))
    moments = moments_of(one["looks"])
    if len(moments) < 2:
        raise CannotWrite("There is no picture before more than thirty stations of the sample have come in.")
    official = float(one["beside"][-1]["share"]) if one["beside"] else None
    title = f"{record.name_of(one['choice'])}: {one['share']} % after {report['counted']:,} stations"
    says = "The estimate after each number of stations, the interval at one look and, lighter, that at every look."
    return convergence_file(title, says, moments, official).decode()


def _between(interval: dict[str, str] | None) -> str:
    return f"{interval['low']} to {interval['high']}" if interval else "not computable"
