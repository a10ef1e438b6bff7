"""`tallyroom trace`: a figure back to its rows and sources."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from tallyroom.check import trace as tracing
from tallyroom.check.trace import Trace
from tallyroom.record.folder import Record, read_record

__all__ = ["trace"]


def trace(
    record: Annotated[str, typer.Argument(help="A folder, or the name of a built-in record.")],
    figure: Annotated[str, typer.Argument(help="A number, such as 4,957,967 or 76.43.")],
    json_: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Follow a figure to its rows and sources.

    Shows every row that holds it, and every sum or check that yields it, with file and line.

    Example: tallyroom trace azerbaijan-2024 4,957,967
    """
    read = read_record(record)
    found = tracing.trace(read, figure)
    if json_:
        typer.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
    else:
        _print(read, found)


def _print(record: Record, found: Trace) -> None:
    if not found.held and not found.yielded:
        typer.echo(f"Nothing in {record.name} holds or yields {found.figure}.")
    for held in found.held:
        place = f"{held.file}, line {held.line}" if held.line else held.file
        typer.echo(f"{place}: {held.column} {held.value}: {held.says}")
        _sources(record, held.sources)
    for yielded in found.yielded:
        typer.echo(f"{yielded.by}: {yielded.says}")
        if yielded.rows:
            lines = ", ".join(str(line) for _, line in yielded.rows[:10])
            more = f" and {yielded.count - 10:,} more" if yielded.count > 10 else ""
            typer.echo(f"  {yielded.rows[0][0]}, line{'s' if len(yielded.rows) > 1 else ''} {lines}{more}")
        _sources(record, yielded.sources)


def _sources(record: Record, sources: tuple[str, ...]) -> None:
    for source in sources:
        row = record.named.get(source)
        if row is not None:
            parts = [row["outlet"], row["title"], row["date"], row["url"]]
            typer.echo(f"  {source}: {', '.join(part for part in parts if part)}")
