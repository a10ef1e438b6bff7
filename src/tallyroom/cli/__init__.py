"""The command `tallyroom`, one file a verb: each parses, calls one function and prints.

Exit status: 2, the work could not be done (with all reasons); 1 from `check` for an error or a
warning, from `import` and `read` when a row or document could not be read; otherwise 0.
"""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Callable
from typing import Annotated

import typer

import tallyroom
from tallyroom.cli.check import check
from tallyroom.cli.demo import demo
from tallyroom.cli.import_ import import_
from tallyroom.cli.log import append, cosign, evidence, init, paper, prove, rotate_key
from tallyroom.cli.new import new
from tallyroom.cli.patterns import patterns
from tallyroom.cli.poll import compare, estimate, sample
from tallyroom.cli.publish import publish
from tallyroom.cli.read import read
from tallyroom.cli.record import convert
from tallyroom.cli.tabulate import tabulate
from tallyroom.cli.trace import trace
from tallyroom.cli.verify import verify
from tallyroom.errors import CannotImport, CannotReadRecord, TallyroomError

__all__ = ["app", "main"]

app = typer.Typer(
    name="tallyroom",
    help="Election results that anyone can check: a record goes in, a checked and published result comes out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


_of_record = typer.Typer(help="Store a record another way.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(_of_record, name="record")
_of_log = typer.Typer(help="Keys, entries, proofs, witnesses.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(_of_log, name="log")
_of_poll = typer.Typer(help="Exit polls and quick counts.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(_of_poll, name="poll")


def _add(verb: Callable[..., None], name: str = "", to: typer.Typer = app) -> None:
    """Adds a verb; the example that its docstring ends in ends its `--help`."""
    says, _, example = inspect.cleandoc(verb.__doc__ or "").partition("\nExample: ")
    to.command(name or verb.__name__, help=says, epilog=f"Example: {example}")(verb)


_add(demo)
_add(new)
_add(import_, "import")
_add(read)
_add(check)
_add(tabulate)
_add(trace)
_add(publish)
_add(verify)
_add(patterns)
_add(compare, to=_of_poll)
_add(sample, to=_of_poll)
_add(estimate, to=_of_poll)
_add(convert, to=_of_record)
_add(init, to=_of_log)
_add(append, to=_of_log)
_add(prove, to=_of_log)
_add(cosign, to=_of_log)
_add(rotate_key, "rotate-key", to=_of_log)
_add(paper, to=_of_log)
_add(evidence, to=_of_log)


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, typer.Option("--version", help="The version, and nothing else.")] = False,
) -> None:
    if version:
        typer.echo(f"tallyroom {tallyroom.__version__}")
        raise typer.Exit


def main() -> None:
    """Runs the command; what cannot be done is said in plain words, with exit status 2."""
    try:
        app(prog_name="tallyroom")
    except TallyroomError as error:
        if "--json" in sys.argv[1:]:
            listed = error.faults if isinstance(error, CannotReadRecord | CannotImport) else []
            faults = [fault.as_json() for fault in listed]
            typer.echo(json.dumps({"error": str(error), "faults": faults}, ensure_ascii=False, indent=1))
        else:
            typer.echo(str(error), err=True)
        raise SystemExit(2) from None
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough.
        raise SystemExit(0) from None
