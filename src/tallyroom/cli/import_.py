"""`tallyroom import`: official files into a record, by a mapping."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from tallyroom.record.folder import write_record
from tallyroom.sources.importing import Import, import_files
from tallyroom.sources.mapping_file import built_in_mappings, read_mapping
from tallyroom.sources.suggest import suggested

__all__ = ["import_"]

_SHOWN = 20


def import_(
    mapping: Annotated[str, typer.Argument(help="A built-in mapping, or the path of your own.")] = "",
    files: Annotated[list[Path] | None, typer.Argument(help="The files; .gz and .zip are opened.")] = None,
    to: Annotated[Path | None, typer.Option("--to", help="The new folder for the record.")] = None,
    list_: Annotated[bool, typer.Option("--list", help="The built-in mappings, one a line.")] = False,
    suggest: Annotated[Path | None, typer.Option("--suggest", help="A draft of a mapping for this file.")] = None,
    json_: Annotated[bool, typer.Option("--json", help="The report as JSON.")] = False,
) -> None:
    """Make a record of official files, by a mapping.

    Exit status: 1 when a row could not be read (each is reported, the rest is written); 2 when nothing
    could be imported.

    Example: tallyroom import georgia-2013 ge2013-president.csv --to georgia
    """
    if list_:
        _list()
        return
    if suggest is not None:
        typer.echo(suggested(suggest), nl=False)
        return
    if not mapping or not files or to is None:
        raise typer.BadParameter(
            "MAPPING, FILE and --to RECORD are needed; `tallyroom import --list` names the mappings."
        )
    result = import_files(read_mapping(mapping), files, str(to))
    write_record(result.record, to)
    if json_:
        typer.echo(json.dumps(result.as_json(), ensure_ascii=False, indent=2))
    else:
        _say(result)
    raise typer.Exit(1 if result.reported else 0)


def _list() -> None:
    mappings = built_in_mappings()
    width = max(map(len, mappings), default=0)
    for name, says in mappings.items():
        typer.echo(f"{name:{width}}  {says}")


def _say(result: Import) -> None:
    parts = [
        _count(result.returns, "return"),
        f"{_count(result.without_figures, 'station')} without figures",
        f"{_count(result.reported, 'row')} reported",
    ]
    typer.echo(f"{_count(result.rows, 'row')} by the mapping {result.mapping}: {', '.join(parts)}.")
    for fault in result.faults[:_SHOWN]:
        typer.echo(f"  {fault}")
    if len(result.faults) > _SHOWN:
        typer.echo(f"  … and {len(result.faults) - _SHOWN} more, which --json lists.")
    typer.echo(f"Written to {result.record.name}. Next: tallyroom check {result.record.name}")


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number != 1 else ''}"
