"""`tallyroom log`: a log's keys, its entries, and the proof of one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tallyroom.errors import CannotLog, NotFound
from tallyroom.log.keyfile import KeyFile, create_key, read_key
from tallyroom.log.strict import base64_of
from tallyroom.publish.logbook import create_logbook, has_log, open_logbook
from tallyroom.publish.logproof import prove_row
from tallyroom.record.folder import Record, built_in, read_record

__all__ = ["KEY", "Folder", "KeyOption", "append", "init", "key_of", "logged_record", "prove", "rotate_key"]

KEY = "TALLYROOM_LOG_KEY"
Folder = Annotated[str, typer.Argument(help="The record's folder.")]
KeyOption = Annotated[
    Path | None,
    typer.Option("--key", envvar=KEY, help="The file of the signing key; one named for the election by default."),
]


def _default_key(record: Record) -> Path:
    return Path(typer.get_app_dir("tallyroom")) / "keys" / f"{record.election.id}.key"


def key_of(record: Record, key: Path | None) -> KeyFile:
    """The key that signs a record's log: of this file, or of the one named for the election."""
    return read_key(key or _default_key(record))


def _own_record(record: str) -> Record:
    if record in built_in() and not Path(record).is_dir():
        copied = f"`tallyroom record convert {record} --to FOLDER --as csv` makes one of your own."
        raise CannotLog(f"{record} is built in, and its log would be, too. {copied}")
    return read_record(record)


def logged_record(record: str) -> Record:
    """The record in a folder, which has a log. Raises NotFound where it has none."""
    own = _own_record(record)
    if not has_log(own):
        raise NotFound(f"{record} has no log. `tallyroom log init {record} --origin ORIGIN` begins one.")
    return own


def init(
    record: Folder,
    origin: Annotated[str, typer.Option("--origin", help="Who the log is, such as results.example.org/2031.")],
    key: KeyOption = None,
) -> None:
    """Begin a record's log, with a key of its own.

    The key stays outside the record, for its owner only. Give the verifier key that is printed to everybody, by
    ways that you do not control alone: the gazette, other people's sites, paper.

    Example: tallyroom log init my-election --origin results.example.org/2031
    """
    own = _own_record(record)
    path = key or _default_key(own)
    kept = read_key(path) if path.exists() else create_key(path, origin)
    if kept.key.name != origin:
        raise CannotLog(f"The key {path} is of the log {kept.key.name}. Every log has a key of its own.")
    create_logbook(own, kept)
    typer.echo(f"The key is in {path}. Keep a copy where nobody else reads it.")
    typer.echo(f"Verifier key: {kept.key.verifier}")


def append(record: Folder, key: KeyOption = None) -> None:
    """Log the rows that are not logged yet.

    Exit status: 1 when a logged row has changed or is gone; then nothing is added.

    Example: tallyroom log append my-election
    """
    own = logged_record(record)
    with open_logbook(own, [key_of(own, key)]) as book:
        appended = book.append_rows()
        for fault in appended.faults:
            typer.echo(str(fault))
        if appended.faults:
            raise typer.Exit(1)
        checkpoint = book.log.checkpoint
    typer.echo(f"{appended.added:,} rows added.")
    typer.echo(f"{checkpoint.size} {base64_of(checkpoint.root)}")


def prove(
    record: Folder,
    row: Annotated[str, typer.Argument(help="The id of a row.")],
    to: Annotated[Path, typer.Option("--to", help="The proof's file.")],
) -> None:
    """Write the proof that a row is in the log, to keep.

    The file holds the row, the way from it to the root, and the signed checkpoint (C2SP tlog-proof).

    Example: tallyroom log prove my-election returns.president.north-1.1 --to north-1.tlog-proof
    """
    proved = prove_row(logged_record(record), row)
    try:
        to.write_bytes(proved.data)
    except OSError as error:
        raise CannotLog(f"{to} cannot be written: {error.strerror or error}.") from error
    typer.echo(f"Entry {proved.index} is proved by {to}.")


def rotate_key(
    record: Folder,
    new: Annotated[Path, typer.Option("--new", help="The new key's file.")],
    key: KeyOption = None,
) -> None:
    """Change the key that signs.

    The log says so itself, signed by the former key, so that whoever knows that one comes to know the new one.

    Example: tallyroom log rotate-key my-election --new keys/second.key
    """
    own = logged_record(record)
    former = key_of(own, key)
    if new.resolve().is_relative_to(own.folder.resolve()):
        raise CannotLog(f"The key {new} would lie in the record, which is published. Keep it outside.")
    with open_logbook(own, [former]) as book:
        second = create_key(new, former.key.name)
        book.rotate_key(second)
    typer.echo(f"From now on sign with --key {new} (or {KEY}).")
    typer.echo(f"Verifier key: {second.key.verifier}")
