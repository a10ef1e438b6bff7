"""`tallyroom publish`: the site and the data files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from tallyroom.publish import site
from tallyroom.record.folder import read_record

__all__ = ["publish"]


def publish(
    record: Annotated[str, typer.Argument(help="A folder, or the name of a built-in record.")],
    to: Annotated[Path, typer.Option("--to", help="The folder of the site; an earlier one is replaced.")],
) -> None:
    """Write the site and the data files.

    The folder stands alone: open its index.html, or put it on any web server.

    Example: tallyroom publish azerbaijan-2024 --to site
    """
    published = site.publish(read_record(record), to, datetime.now(UTC))
    for line in published.headline:
        typer.echo(line)
    typer.echo(f"{published.files:,} files in {to}. Open {to / 'index.html'}.")
