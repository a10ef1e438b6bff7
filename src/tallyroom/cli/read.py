"""`tallyroom read`: documents into claims."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from tallyroom.cli.screen import console
from tallyroom.reading.collection import Reading, read_documents
from tallyroom.record.claim import Claim
from tallyroom.record.folder import read_record

__all__ = ["read"]


def read(
    documents: Annotated[list[Path], typer.Argument(help="Statements and reports: text, HTML or PDF.")],
    record: Annotated[str, typer.Option("--record", help="A record whose names are known.")] = "",
    json_: Annotated[bool, typer.Option("--json", help="Every claim, as JSON.")] = False,
) -> None:
    """Find every checkable claim of documents, with its exact words.

    Exit status: 1 when a document could not be read.

    Example: tallyroom read statement.txt --record azerbaijan-2024
    """
    readings = read_documents(map(str, documents), read_record(record) if record else None)
    if json_:
        typer.echo(json.dumps([reading.as_json() for reading in readings], ensure_ascii=False, indent=1))
    else:
        _print(readings)
    raise typer.Exit(1 if any(reading.fault for reading in readings) else 0)


def _print(readings: list[Reading]) -> None:
    screen = console()
    for reading in readings:
        if reading.fault:
            screen.print(reading.fault, markup=False)
            continue
        count = len(reading.claims)
        screen.print(f"{reading.path}: {count} claim{'' if count == 1 else 's'}", markup=False)
        for claim in reading.claims:
            screen.print(_line(claim), markup=False)


def _line(claim: Claim) -> str:
    """A claim in one line: what, of whom, how much, as of when, and who says so."""
    parts = [claim.kind, claim.subject, " ".join(filter(None, (claim.qualifier, str(claim.value), claim.unit)))]
    said = f" (says {claim.attributed_to})" if claim.attributed_to else ""
    when = f", as of {claim.as_of}" if claim.as_of else ""
    return f"  {' | '.join(parts)}{when}{said}"
