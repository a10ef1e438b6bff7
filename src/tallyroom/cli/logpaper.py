"""`tallyroom log paper` and `log evidence`: what people keep of a log, and what they do with two that differ."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from tallyroom.cli.log import Folder, logged_record
from tallyroom.errors import CannotLog, NotFound
from tallyroom.log.evidence import LARGEST_EVIDENCE, Contradiction, evidence_of, parse_evidence
from tallyroom.log.keys import parse_verifier
from tallyroom.log.paper import letters_of
from tallyroom.log.store import reader_of
from tallyroom.log.whole import read_whole
from tallyroom.publish.logpaper import paper_of, write_paper

__all__ = ["evidence", "paper"]


def paper(
    record: Folder,
    to: Annotated[
        Path | None, typer.Option("--to", help="A file: .svg and .txt with the words, .png the code alone.")
    ] = None,
) -> None:
    """Print the log's size and root, in letters and as a QR code.

    For protocols, press releases, the gazette: whoever has the paper holds it against any site, later, with
    `tallyroom verify SITE --seen "SIZE ROOT"`.

    Example: tallyroom log paper my-election --to my-election.svg
    """
    printed = paper_of(logged_record(record))
    if to is not None:
        write_paper(printed, to)
    else:
        typer.echo(printed.coloured if sys.stdout.isatty() else printed.text, nl=False)
    typer.echo(f'tallyroom verify SITE --seen "{printed.seen}"')
    if not printed.published:
        typer.echo("This state is not published yet: only a later publication can be held against it.")


def evidence(
    files: Annotated[
        list[Path],
        typer.Argument(help="Two signed checkpoints to pack, or a file of evidence to check.", metavar="A [B]"),
    ],
    key: Annotated[list[str], typer.Option("--key", help="The log's verifier key; again where it was changed.")],
    to: Annotated[Path | None, typer.Option("--to", help="The evidence's file.")] = None,
    log: Annotated[
        Path | None, typer.Option("--log", help="The folder `log` of the larger one, where their sizes differ.")
    ] = None,
) -> None:
    """Pack two signed checkpoints that contradict each other, or check what somebody packed.

    Checkpoints of one size need nothing else. Of two sizes the larger one's entries (--log) show what the smaller
    one should have been; the file then holds the proof of it. With one file, it is checked, by anybody who has the key.

    Exit status: 2 when nothing is shown: a signature does not hold, or the two are of one history.

    Example: tallyroom log evidence seen-in-the-north seen-in-the-south --key "$(cat log.vkey)" --to evidence.txt
    """
    keys = [parse_verifier(text) for text in dict.fromkeys(key)]
    data = [_small_file(path) for path in files]
    if len(data) == 1 and to is None and log is None:
        _tell(parse_evidence(data[0]).check(keys))
        return
    if len(data) != 2 or to is None:
        raise CannotLog("Give two checkpoints and --to FILE to pack them, or one file of evidence to check it.")
    made = evidence_of(data[0], data[1], keys, read_whole(reader_of(log)).tree if log else None)
    try:
        to.write_bytes(made.data)
    except OSError as error:
        raise CannotLog(f"{to} cannot be written: {error.strerror or error}.") from error
    _tell(made.check(keys))


def _tell(shown: Contradiction) -> None:
    typer.echo(f"{shown.origin} signed two histories. The root of its first {shown.size} entries is in one")
    typer.echo(f"  {letters_of(shown.roots[0])}\nand in the other\n  {letters_of(shown.roots[1])}")


def _small_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_EVIDENCE + 1)
    except OSError as error:
        raise NotFound(f"{path} cannot be read: {error.strerror or error}.") from error
