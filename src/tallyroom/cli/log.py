"""`tallyroom log`: keys, entries, proofs, witnesses."""

from __future__ import annotations

import http.client
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Annotated

import typer

from tallyroom.errors import CannotLog, NotFound
from tallyroom.log.evidence import LARGEST_EVIDENCE, Contradiction, evidence_of, parse_evidence
from tallyroom.log.keyfile import KeyFile, create_key, read_key
from tallyroom.log.keys import parse_verifier
from tallyroom.log.paper import letters_of
from tallyroom.log.store import reader_of
from tallyroom.log.strict import base64_of
from tallyroom.log.whole import read_whole
from tallyroom.log.witness import Answer, Post
from tallyroom.publish.logbook import create_logbook, has_log, open_logbook
from tallyroom.publish.logpaper import paper_of, write_paper
from tallyroom.publish.logproof import prove_row
from tallyroom.record.folder import Record, built_in, read_record

__all__ = ["KeyOption", "append", "cosign", "evidence", "init", "key_of", "paper", "prove", "rotate_key"]

KEY = "TALLYROOM_LOG_KEY"
_LARGEST_ANSWER = 1_000_000
_PATIENCE = 30  # seconds
_Folder = Annotated[str, typer.Argument(help="The record's folder.")]
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


def _logged_record(record: str) -> Record:
    own = _own_record(record)
    if not has_log(own):
        raise NotFound(f"{record} has no log. `tallyroom log init {record} --origin ORIGIN` begins one.")
    return own


def init(
    record: _Folder,
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


def append(record: _Folder, key: KeyOption = None) -> None:
    """Log the rows that are not logged yet.

    Exit status: 1 when a logged row has changed or is gone; then nothing is added.

    Example: tallyroom log append my-election
    """
    own = _logged_record(record)
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
    record: _Folder,
    row: Annotated[str, typer.Argument(help="The id of a row.")],
    to: Annotated[Path, typer.Option("--to", help="The proof's file.")],
) -> None:
    """Write the proof that a row is in the log, to keep.

    The file holds the row, the way from it to the root, and the signed checkpoint (C2SP tlog-proof).

    Example: tallyroom log prove my-election returns.president.north-1.1 --to north-1.tlog-proof
    """
    proved = prove_row(_logged_record(record), row)
    try:
        to.write_bytes(proved.data)
    except OSError as error:
        raise CannotLog(f"{to} cannot be written: {error.strerror or error}.") from error
    typer.echo(f"Entry {proved.index} is proved by {to}.")


def cosign(
    record: _Folder,
    url: Annotated[str, typer.Argument(help="The witness's address, before /add-checkpoint.")],
    witness: Annotated[list[str], typer.Option("--witness", help="The witness's verifier key; may be given again.")],
    key: KeyOption = None,
) -> None:
    """Ask a witness to sign the log's state.

    A witness signs only what continues what it signed before, so that nobody can be shown another history.

    Example: tallyroom log cosign my-election https://witness.example --witness witness.example/w+7ef67918+BPZAVFAC…
    """
    keys = [parse_verifier(text) for text in dict.fromkeys(witness)]
    own = _logged_record(record)
    with open_logbook(own, [key_of(own, key)]) as book:
        signatures = book.cosign(_poster(url), keys)
    typer.echo(f"Cosigned; {signatures} signatures on the checkpoint. `tallyroom publish` puts it in the site.")


def rotate_key(
    record: _Folder,
    new: Annotated[Path, typer.Option("--new", help="The new key's file.")],
    key: KeyOption = None,
) -> None:
    """Change the key that signs.

    The log says so itself, signed by the former key, so that whoever knows that one comes to know the new one.

    Example: tallyroom log rotate-key my-election --new keys/second.key
    """
    own = _logged_record(record)
    former = key_of(own, key)
    if new.resolve().is_relative_to(own.folder.resolve()):
        raise CannotLog(f"The key {new} would lie in the record, which is published. Keep it outside.")
    with open_logbook(own, [former]) as book:
        second = create_key(new, former.key.name)
        book.rotate_key(second)
    typer.echo(f"From now on sign with --key {new} (or {KEY}).")
    typer.echo(f"Verifier key: {second.key.verifier}")


def paper(
    record: _Folder,
    to: Annotated[
        Path | None, typer.Option("--to", help="A file: .svg and .txt with the words, .png the code alone.")
    ] = None,
) -> None:
    """Print the log's size and root, in letters and as a QR code.

    For protocols, press releases, the gazette: whoever has the paper holds it against any site, later, with
    `tallyroom verify SITE --seen "SIZE ROOT"`.

    Example: tallyroom log paper my-election --to my-election.svg
    """
    printed = paper_of(_logged_record(record))
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


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A witness that sends us elsewhere is another one."""

    def redirect_request(self, *args: object) -> None:
        """Nowhere."""


def _poster(url: str) -> Post:
    address = f"{url.rstrip('/')}/add-checkpoint"
    if urllib.parse.urlsplit(address).scheme not in ("http", "https"):
        raise CannotLog(f"{url} is no address of a witness: https://…")
    opener = urllib.request.build_opener(_NoRedirect)

    def post(body: bytes) -> Answer:
        request = urllib.request.Request(address, body, {"Content-Type": "text/plain; charset=utf-8"})
        try:
            with opener.open(request, timeout=_PATIENCE) as response:
                return Answer(response.status, response.read(_LARGEST_ANSWER))
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.read(_LARGEST_ANSWER))
        except (OSError, http.client.HTTPException) as error:
            raise CannotLog(f"The witness at {url} cannot be reached: {error}") from error

    return post
