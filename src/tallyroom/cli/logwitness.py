"""`tallyroom log cosign`: a witness, asked over the network."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.parse
import urllib.request
from typing import Annotated

import typer

from tallyroom.cli.log import Folder, KeyOption, key_of, logged_record
from tallyroom.errors import CannotLog
from tallyroom.log.keys import parse_verifier
from tallyroom.log.witness import Answer, Post
from tallyroom.publish.logbook import open_logbook

__all__ = ["cosign", "poster"]

_LARGEST_ANSWER = 1_000_000
_PATIENCE = 30  # seconds


def cosign(
    record: Folder,
    url: Annotated[str, typer.Argument(help="The witness's address, before /add-checkpoint.")],
    witness: Annotated[list[str], typer.Option("--witness", help="The witness's verifier key; may be given again.")],
    key: KeyOption = None,
) -> None:
    """Ask a witness to sign the log's state.

    A witness signs only what continues what it signed before, so that nobody can be shown another history.

    Example: tallyroom log cosign my-election https://witness.example --witness witness.example/w+7ef67918+BPZAVFAC…
    """
    keys = [parse_verifier(text) for text in dict.fromkeys(witness)]
    own = logged_record(record)
    with open_logbook(own, [key_of(own, key)]) as book:
        signatures = book.cosign(poster(url), keys)
    typer.echo(f"Cosigned; {signatures} signatures on the checkpoint. `tallyroom publish` puts it in the site.")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A witness that sends us elsewhere is another one."""

    def redirect_request(self, *args: object) -> None:
        """Nowhere."""


def poster(url: str) -> Post:
    """What sends a body to the witness at this address. Raises CannotLog where that is none, or nobody answers."""
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
