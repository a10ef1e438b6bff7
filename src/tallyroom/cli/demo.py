"""`tallyroom demo`: a real election, published and opened."""

from __future__ import annotations

import webbrowser
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Annotated

import typer

from tallyroom.cli.screen import console, findings_table, report_lines
from tallyroom.errors import CannotWrite
from tallyroom.publish import site
from tallyroom.record.folder import read_record

__all__ = ["demo", "open_server"]

_RECORD = "azerbaijan-2024"
_PORTS_TRIED = 100


def demo(
    to: Annotated[Path, typer.Option("--to", help="The folder of the site.")] = Path("tallyroom-demo"),
    port: Annotated[int, typer.Option("--port", help="The first port to try.", min=0, max=65535)] = 8000,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve the site on this machine.")] = True,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open it in a browser.")] = True,
) -> None:
    """Publish the built-in record and open it.

    Prints the headline result and the findings, and serves the site on this machine.

    Example: tallyroom demo --no-browser
    """
    record = read_record(_RECORD)
    # Another version of the program may have another version of the record.
    because = "The built-in record is that of this program."
    published = site.publish(record, to, datetime.now(UTC), release=True, because=because)
    screen = console()
    for line in published.headline:
        screen.print(line, markup=False)
    screen.print()
    screen.print(findings_table(published.report.findings))
    for line in report_lines(published.report):
        screen.print(line, markup=False)
    screen.print(f"\nThe site is in {to}: open {to / 'index.html'}", markup=False, soft_wrap=True)
    if serve:
        _serve(to, port, browser)


def _serve(folder: Path, port: int, browser: bool) -> None:
    with open_server(folder, port) as server:
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        typer.echo(f"Serving it at {address} until you press Ctrl-C.")
        if browser:
            webbrowser.open(address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            typer.echo("")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: the terminal shows the findings."""


def open_server(folder: Path, port: int) -> ThreadingHTTPServer:
    """A server of a folder on 127.0.0.1, at this port or the next free one. Raises CannotWrite for none."""
    last = min(port + _PORTS_TRIED, 65535)
    for candidate in range(port, last + 1):
        try:
            return ThreadingHTTPServer(("127.0.0.1", candidate), partial(_Quiet, directory=str(folder)))
        except OSError:
            continue
    raise CannotWrite(f"No port from {port} to {last} is free on 127.0.0.1. Name another with --port.")
