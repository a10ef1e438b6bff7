"""`tallyroom log close` and `log redact`: the count has ended; an entry was taken away."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from tallyroom.cli.log import Folder, KeyOption, key_of, logged_record
from tallyroom.errors import CannotLog
from tallyroom.publish.closing import close_count, redact_row
from tallyroom.publish.logbook import open_logbook

__all__ = ["close", "redact"]


def close(record: Folder, key: KeyOption = None) -> None:
    """Close the count: once the result is certified, the log says that it has ended.

    From then on the log takes no first act at a station, and no new area, station or candidate, whoever signs. It
    still takes corrections of these, an act with its reason and source, another row with its source; close again after
    them. What is said, decided and found later goes on. `tallyroom publish` puts it on the site.

    Example: tallyroom log close my-election
    """
    own = logged_record(record)
    with open_logbook(own, [key_of(own, key)]) as book:
        closing = close_count(book, f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")
    typer.echo(f"Entry {closing.index} closes the count, at {closing.at}. `tallyroom publish` puts it on the site.")


def redact(
    record: Folder,
    entry: Annotated[str, typer.Argument(help="The number of the row's entry: `tallyroom log prove` says it.")],
    because: Annotated[str, typer.Option("--because", help="Why, for everybody to read; name nothing of the row.")],
    key: KeyOption = None,
) -> None:
    """Take a row out of the log, where the law or somebody's safety asks for it.

    Take it out of its table first. Its bytes leave the log and every later publication, and the zips of releases that
    hold it go with them. Its hash stays, so the root does, and every other row is proved as before. The log says by an
    entry which one is gone and why, and `verify` tells everybody. Copies that others have made stay as they are.

    Example: tallyroom log redact my-election 54 --because "A private name."
    """
    if not (entry.isascii() and entry.isdigit()):
        raise CannotLog(f"{entry} is not the number of an entry, such as 17. `tallyroom log prove` says it of a row.")
    if not because.strip():
        raise CannotLog("Say why, with --because: nobody takes a row away in silence.")
    own = logged_record(record)
    with open_logbook(own, [key_of(own, key)]) as book:
        redaction = redact_row(book, int(entry), because.strip())
    typer.echo(f"Entry {redaction.of} was taken away, as entry {redaction.index} says. The roots are what they were.")
    typer.echo("`tallyroom publish` takes it out of the site.")
