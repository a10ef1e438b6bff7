"""`tallyroom verify`: a published folder or URL, trusting nobody."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Annotated

import typer

from tallyroom.errors import CannotTrust, NotFound
from tallyroom.log.keys import VerifierKey, parse_verifier
from tallyroom.log.paper import root_of_letters
from tallyroom.log.strict import hash_of, number
from tallyroom.publish import verify as verifying
from tallyroom.publish.verdict import Verdict
from tallyroom.publish.verify import Asked

__all__ = ["verify"]

_HEX = re.compile(r"[0-9a-f]{64}")


def verify(
    site: Annotated[str, typer.Argument(help="A published folder, or the address of one.", metavar="FOLDER_OR_URL")],
    key: Annotated[str, typer.Option("--key", help="The log's verifier key, from elsewhere than the site.")] = "",
    seen: Annotated[
        list[str] | None, typer.Option("--seen", help='"SIZE ROOT" as seen before, on paper; may be given again.')
    ] = None,
    witness: Annotated[
        list[str] | None, typer.Option("--witness", help="A witness's verifier key; may be given again.")
    ] = None,
    quorum: Annotated[
        int | None, typer.Option("--quorum", help="How many witnesses must have cosigned.", min=1)
    ] = None,
    json_: Annotated[
        bool, typer.Option("--json", help="What was proved, what was not, what is wrong, as JSON.")
    ] = False,
) -> None:
    """Verify a published site, trusting nobody.

    Every file, the log from its entries up, every row against the log, the results against the rows. Works offline
    on a folder. Without --key it cannot say who signed.

    Exit status: 1 when anything differs, 2 when it cannot be reached or read.

    Example: tallyroom verify site
    """
    if site.endswith(".html") and not Path(site).is_dir():
        folder = site.rpartition("/")[0]
        raise NotFound(f"{site} is a page of a site. Give the folder that it is in: tallyroom verify {folder or '.'}")
    witnesses = tuple(dict.fromkeys(_witness(text) for text in witness or ()))
    if len({one.public for one in witnesses}) < len(witnesses):
        raise CannotTrust("Two of the witnesses have the same key under two names: they are one, and count once.")
    if quorum is not None and quorum > len(witnesses):
        raise CannotTrust(f"{quorum} of {len(witnesses)} witnesses cannot have cosigned: give as many keys at least.")
    asked = Asked(
        key=parse_verifier(key) if key else None,
        seen=tuple(_seen(text) for text in seen or ()),
        witnesses=witnesses,
        quorum=len(witnesses) if quorum is None else quorum,
    )
    verdict = verifying.verify(site, asked)
    if json_:
        typer.echo(json.dumps(verdict.as_json(), ensure_ascii=False, indent=1))
    else:
        _print(verdict)
    raise typer.Exit(0 if verdict.good else 1)


def _print(verdict: Verdict) -> None:
    for said in verdict.proved:
        typer.echo(f"proved      {said}")
    for said in verdict.not_proved:
        typer.echo(f"not proved  {said}")
    for wrong in verdict.wrong:
        typer.echo(f"WRONG       {wrong}")
    count = len(verdict.wrong)
    typer.echo(f"{count} {'thing is' if count == 1 else 'things are'} wrong." if count else "Nothing is wrong.")


def _witness(text: str) -> VerifierKey:
    key = parse_verifier(text)
    if not key.is_cosigner:
        raise CannotTrust(f"{text} is a log's key, not a witness's.")
    return key


def _seen(text: str) -> tuple[int, bytes]:
    """Size and root; the root in base64 as in the checkpoint, in hexadecimal, or in base32 as on paper."""
    size, _, root = text.partition(" ")
    if _HEX.fullmatch(root):
        return number(size, "The size that was seen"), bytes.fromhex(root)
    letters = root_of_letters(root)
    return number(size, "The size that was seen"), letters or hash_of(root, "The root that was seen")
