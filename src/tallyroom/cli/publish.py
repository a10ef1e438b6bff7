"""`tallyroom publish`: the site and the data files."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tallyroom.cli.log import KeyOption, key_of
from tallyroom.publish import site
from tallyroom.publish.cards import can_draw
from tallyroom.publish.logbook import has_log
from tallyroom.record.folder import read_record
from tallyroom.tabulate.comparison import compare as comparison_of

__all__ = ["publish"]


class By(StrEnum):
    """How stations of two elections are matched."""

    ID = "id"
    NAME = "name"


def publish(
    record: Annotated[str, typer.Argument(help="A folder, or the name of a built-in record.")],
    to: Annotated[Path, typer.Option("--to", help="The folder of the site; an earlier publication gives way.")],
    release: Annotated[
        bool, typer.Option("--release", help="With the whole tables, and all of it in one zip that stays.")
    ] = False,
    because: Annotated[
        str, typer.Option("--because", help="Why published figures are changed or taken away; published with them.")
    ] = "",
    address: Annotated[
        str, typer.Option("--address", help="Where the site will stand, such as https://results.example.org/2031/.")
    ] = "",
    compare: Annotated[
        str, typer.Option("--compare", help="The record of an earlier election: swing at the stations of both.")
    ] = "",
    compare_by: Annotated[
        By, typer.Option("--compare-by", help="What makes two stations the same: their id, or name and region.")
    ] = By.ID,
    key: KeyOption = None,
) -> None:
    """Write the site and the data files.

    The folder stands alone: open its index.html, or put it on any web server. Publish into the same folder as
    returns come in: only what is new is written, and what changed is told. Where the record keeps a log, what is
    new is logged and signed first.

    Example: tallyroom publish azerbaijan-2024 --to site
    """
    now, read = datetime.now(UTC), read_record(record)
    comparison = comparison_of(read, read_record(compare), compare_by.value) if compare else None
    keys = [key_of(read, key)] if has_log(read) else []
    published = site.publish(
        *(read, to, now), release=release, because=because, address=address, comparison=comparison, keys=keys
    )
    for line in published.headline:
        typer.echo(line)
    if not published.written:
        typer.echo(f"Nothing is new since publication {published.number}; {to} stands as it is.")
    else:
        typer.echo(
            f"Publication {published.number}: {published.files:,} files in {to}, {published.written:,} of them new "
            f"or changed. Open {to / 'index.html'}."
        )
    if not can_draw():
        typer.echo("Without a social card: vl-convert, the extra `images`, is not installed.")
