"""`tallyroom new`: a record to start from."""

from __future__ import annotations

import shlex
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from tallyroom.record.template import write_template

__all__ = ["new"]


def new(folder: Annotated[Path, typer.Argument(help="A folder that does not exist yet.")]) -> None:
    """Start a record from a template.

    It is commented, passes `check`, and can be filled in with a spreadsheet.

    Example: tallyroom new my-election
    """
    files = write_template(folder, datetime.now().astimezone().date())
    for file in files:
        typer.echo(f"  {file}")
    typer.echo(f"Open {folder / 'README.md'} next; then: tallyroom check {shlex.quote(str(folder))}")
