"""`tallyroom read`: documents into claims, and claims into a record."""

from __future__ import annotations

import contextlib
import json
import signal
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from tallyroom.cli.screen import console
from tallyroom.reading.collection import Reading, read_documents
from tallyroom.reading.into.draft import write_draft
from tallyroom.reading.into.proposals import Proposal
from tallyroom.reading.into.taken import Taken
from tallyroom.reading.into.taking import take_in
from tallyroom.reading.reuse.passed_on import Derivation
from tallyroom.reading.reuse.repeats import Reuse, reused
from tallyroom.record.claim import Claim
from tallyroom.record.folder import read_record

__all__ = ["read"]


def read(
    documents: Annotated[list[Path] | None, typer.Argument(help="Statements and reports: text, HTML or PDF.")] = None,
    record: Annotated[str, typer.Option("--record", help="A record whose names are known.")] = "",
    json_: Annotated[bool, typer.Option("--json", help="What is found or written, as JSON.")] = False,
    reuse: Annotated[bool, typer.Option("--reuse", help="Which documents repeat one another, instead.")] = False,
    into: Annotated[Path | None, typer.Option("--into", help="The record that takes the claims.")] = None,
    review: Annotated[bool, typer.Option("--review", help="With --into: accept or reject each proposed row.")] = False,
    accept_all: Annotated[bool, typer.Option("--accept-all", help="With --into: accept every row.")] = False,
    draft: Annotated[Path | None, typer.Option("--draft", help="A new folder for a first record of all this.")] = None,
    date: Annotated[str, typer.Option("--date", help="With --draft: the date of the vote, if no document says.")] = "",
) -> None:
    """Find every checkable claim of documents, with its exact words.

    With --into the claims go into a record, which proposes rows; a person accepts or rejects each. Exit
    status: 1 when a document could not be read.

    Example: tallyroom read statement.txt --record azerbaijan-2024
    """
    if not documents and not (into and (review or accept_all)):
        raise typer.BadParameter("DOCUMENT is missing. Name the files to read.")
    if review and json_:
        raise typer.BadParameter("--review asks on the terminal. Leave --json out, or take --accept-all.")
    known = read_record(record or str(into)) if record or into else None
    readings = read_documents(map(str, documents or ()), known)
    if not json_:
        _say_faults(readings)
    if draft is not None:
        _say_taken(write_draft(draft, readings, date), draft, json_)
    elif into is not None:
        _say_taken(take_in(into, readings, _decision(review, accept_all)), into, json_)
    elif reuse:
        _reuse(readings, json_)
    elif json_:
        typer.echo(json.dumps([reading.as_json() for reading in readings], ensure_ascii=False, indent=1))
    else:
        _print(readings)
    raise typer.Exit(1 if any(reading.fault for reading in readings) else 0)


def _say_faults(readings: Sequence[Reading]) -> None:
    screen = console()
    for reading in readings:
        if reading.fault:
            screen.print(reading.fault, markup=False)


def _print(readings: Sequence[Reading]) -> None:
    screen = console()
    for reading in readings:
        if reading.fault:
            continue
        count = len(reading.claims)
        screen.print(f"{reading.path}: {count} claim{'' if count == 1 else 's'}", markup=False)
        quote = ""
        for claim in reading.claims:
            if claim.words != quote:
                quote = claim.words
                screen.print(f"  “{quote}”", markup=False, soft_wrap=True)
            screen.print(_line(claim), markup=False, soft_wrap=True)


def _line(claim: Claim) -> str:
    """A claim in one line: what, of whom, how much, as of when, and who says so."""
    parts = [claim.kind, claim.subject, " ".join(filter(None, (claim.qualifier, str(claim.value), claim.unit)))]
    said = f" (says {claim.attributed_to})" if claim.attributed_to else ""
    when = f", as of {claim.as_of}" if claim.as_of else ""
    return f"    {' | '.join(parts)}{when}{said}"


def _reuse(readings: Sequence[Reading], json_: bool) -> None:
    found = reused([reading.document for reading in readings if reading.document])
    if json_:
        for fault in filter(None, (reading.fault for reading in readings)):
            typer.echo(fault, err=True)  # a list of pairs has no place for it
        typer.echo(json.dumps([one.as_json() for one in found], ensure_ascii=False, indent=1))
        return
    for one in found:
        typer.echo(_repeats(one))
    if not found:
        typer.echo("No document repeats another.")


def _repeats(one: Reuse) -> str:
    return (
        f"{one.copy} repeats {one.source}: {len(one.carried)} sentences carried, {len(one.dropped)} dropped, "
        f"{len(one.added)} added."
    )


def _decision(review: bool, accept_all: bool) -> Callable[[Proposal | Derivation], str]:
    if accept_all:
        return lambda proposal: "accepted"
    return _Walk().asked if review else lambda proposal: "proposed"


class _Walk:
    """A person at the terminal, asked about one proposal after the other until they have had enough.

    What was answered is kept however the walk ends: by q, by Ctrl-C, or with the terminal itself.
    """

    def __init__(self) -> None:
        self._number = 0
        self._over = False
        if hasattr(signal, "SIGHUP"):
            signal.signal(signal.SIGHUP, self._end)

    def _end(self, *_: object) -> None:
        raise KeyboardInterrupt

    def asked(self, proposal: Proposal | Derivation) -> str:
        """What the person says to one proposal."""
        if self._over:
            return "proposed"
        self._number += 1
        try:
            _show(proposal, self._number)
            answer = _answer()
        except (typer.Abort, KeyboardInterrupt, OSError):
            answer = "q"
            with contextlib.suppress(OSError):
                typer.echo()
        self._over = answer == "q"
        return {"y": "accepted", "n": "rejected"}.get(answer, "proposed")


def _answer() -> str:
    while True:
        said: str = typer.prompt("Accept? y, n, l for later, q to stop", default="l")
        if said.strip().lower()[:1] in ("y", "n", "l", "q"):
            return said.strip().lower()[:1]


def _show(proposal: Proposal | Derivation, number: int) -> None:
    if isinstance(proposal, Derivation):
        typer.echo(f"\n{number}. {proposal.copy} repeats {proposal.source}: {_counted(proposal)}")
        typer.echo(f"  sources.csv: {proposal.copy}, derived_from = {proposal.source}")
        return
    claim = proposal.claim
    typer.echo(f"\n{number}. {claim.document}: “{claim.words}”")
    for table, row in (*proposal.with_it, (proposal.table, proposal.cells)):
        typer.echo(f"  {table}.csv: " + ", ".join(f"{name} = {text}" for name, text in row.items()))


def _counted(one: Derivation) -> str:
    return f"{one.carried} sentences carried, {one.dropped} dropped, {one.added} added."


def _say_taken(taken: Taken, folder: Path, json_: bool) -> None:
    if json_:
        typer.echo(json.dumps(taken.as_json(str(folder)), ensure_ascii=False, indent=1))
        return
    tables = {name: count for name, count in taken.written.items() if name.endswith(".csv") and name != "sources.csv"}
    rows = ", ".join(f"{count} in {name}" for name, count in tables.items()) or "none"
    claims = _number(taken.written.get("claims.jsonl", 0), "claim", "claims")
    sources = _number(taken.written.get("sources.csv", 0), "source", "sources")
    typer.echo(f"{claims} and {sources} into {folder}. Rows added: {rows}.")
    if taken.repeated:
        repeat = _number(taken.repeated, "source repeats", "sources repeat")
        typer.echo(f"{repeat} others: see derived_from in sources.csv.")
    if taken.without_row:
        make = _number(taken.without_row, "claim makes", "claims make")
        typer.echo(f"{make} no row: the record has it already, or no table for it.")
    if taken.open:
        wait = _number(taken.open, "proposal waits", "proposals wait")
        typer.echo(f"{wait} for: tallyroom read --into {folder} --review")
    typer.echo(f"Next: tallyroom check {folder}")
    if taken.guesses is not None:
        typer.echo(f"Guesses are marked as such in {folder / 'election.toml'}: look at each before you rely on it.")


def _number(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
