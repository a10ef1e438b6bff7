"""The command `tallyroom`, one file a verb: each parses, calls one function and prints.

A verb's file, and all that it needs, is imported when the verb is called: `tallyroom new` waits for no table engine.

Exit status: 2, the work could not be done (with all reasons); 1 from `check` for an error or a warning, from `verify`
when something differs, from `import` and `read` when a row or document could not be read, from `log append` when a
logged row has changed or is gone; otherwise 0.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import sys
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

import tallyroom
from tallyroom.errors import CannotImport, CannotReadRecord, TallyroomError

__all__ = ["app", "main"]

# Each verb, and in which file of this folder which function it is, in the order of `--help`.
_VERBS = {
    "demo": "demo:demo",
    "new": "new:new",
    "import": "import_:import_",
    "read": "read:read",
    "check": "check:check",
    "tabulate": "tabulate:tabulate",
    "trace": "trace:trace",
    "publish": "publish:publish",
    "verify": "verify:verify",
    "patterns": "patterns:patterns",
}
_OF_RECORD = {"convert": "record:convert"}
_OF_LOG = {
    "init": "log:init",
    "append": "log:append",
    "prove": "log:prove",
    "cosign": "logwitness:cosign",
    "rotate-key": "log:rotate_key",
    "paper": "logpaper:paper",
    "evidence": "logpaper:evidence",
    "close": "logclosing:close",
    "redact": "logclosing:redact",
}
_OF_POLL = {"compare": "poll:compare", "sample": "pollsample:sample", "estimate": "pollestimate:estimate"}


class _Verb(TyperCommand):
    """A verb, imported when it is called; where it is only listed its file is read as text."""

    def __init__(self, name: str, where: str) -> None:
        super().__init__(name)
        self._file, _, self._function = where.partition(":")

    def make_context(self, *args: Any, **further: Any) -> Any:
        """The context of the verb itself, which is then invoked."""
        return self._itself.make_context(*args, **further)

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first sentence of the verb's docstring."""
        text = Path(__file__).with_name(f"{self._file}.py").read_text(encoding="utf-8")
        functions = (part for part in ast.parse(text).body if isinstance(part, ast.FunctionDef))
        self.help = next(ast.get_docstring(part) for part in functions if part.name == self._function)
        return super().get_short_help_str(limit)

    @cached_property
    def _itself(self) -> Any:
        """The command; the example that the verb's docstring ends in ends its `--help`."""
        verb = getattr(importlib.import_module(f"tallyroom.cli.{self._file}"), self._function)
        says, _, example = inspect.cleandoc(verb.__doc__ or "").partition("\nExample: ")
        alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
        alone.command(self.name, help=says, epilog=f"Example: {example}")(verb)
        return typer.main.get_command(alone)


def _group(verbs: dict[str, str]) -> type[TyperGroup]:
    """A kind of group that has these verbs beside what is added to it."""

    class Group(TyperGroup):
        def __init__(self, **made: Any) -> None:
            super().__init__(**made)
            self.commands = {**{name: _Verb(name, where) for name, where in verbs.items()}, **self.commands}

    return Group


app = typer.Typer(
    name="tallyroom",
    cls=_group(_VERBS),
    help="Election results that anyone can check: a record goes in, a checked and published result comes out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for _name, _says, _verbs in (
    ("record", "Store a record another way.", _OF_RECORD),
    ("log", "Keys, entries, proofs, witnesses.", _OF_LOG),
    ("poll", "Exit polls and quick counts.", _OF_POLL),
):
    app.add_typer(typer.Typer(cls=_group(_verbs), help=_says, no_args_is_help=True, rich_markup_mode=None), name=_name)


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
