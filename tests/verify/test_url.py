"""A site behind a URL: what a server can do that a folder cannot."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tallyroom.errors import NotFound
from tallyroom.publish.verify import Asked, verify
from tests.verify.conftest import Published


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


class _AnswersAnything(_Quiet):
    """A single-page application's server: the first page, with status 200, for whatever is not there."""

    def send_head(self):
        if not Path(self.translate_path(self.path)).is_file():
            self.path = "/index.html"
        return super().send_head()


class _SendsElsewhere(_Quiet):
    def do_GET(self) -> None:
        self.send_response(302)
        self.send_header("Location", "https://elsewhere.example/")
        self.end_headers()


class _Broken(_Quiet):
    def do_GET(self) -> None:
        self.send_error(503)


@contextlib.contextmanager
def _served(folder: Path, handler: type[SimpleHTTPRequestHandler] = _Quiet) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_a_site_behind_a_url_is_verified_but_nobody_can_list_it(published: Published) -> None:
    with _served(published.site) as url:
        verdict = verify(url, Asked(published.vkey))
    assert verdict.good, verdict.wrong
    assert verdict.not_proved[0] == "Whether files were added: what a server would answer nobody can list."
    assert len(verdict.proved) == 6


def test_a_forged_file_behind_a_url_is_named(published: Published) -> None:
    published.change("index.html", "1,671", "1,761")
    (published.site / "log/tile/0/000.p/95").unlink()
    with _served(published.site) as url:
        found = [wrong.file for wrong in verify(url, Asked(published.vkey)).wrong]
    assert found == ["index.html", "log/tile/0/000.p/95"]


def test_a_server_that_answers_200_for_missing_files(published: Published) -> None:
    (published.site / "data/areas.csv").unlink()
    with _served(published.site, _AnswersAnything) as url:
        found = [str(wrong) for wrong in verify(url, Asked(published.vkey)).wrong]
    assert found[0].startswith("the server has an answer even for files that cannot be there")
    assert any(wrong.startswith("data/areas.csv: not the file") for wrong in found)


@pytest.mark.parametrize("handler", [_SendsElsewhere, _Broken])
def test_a_server_that_says_neither_yes_nor_no_is_not_read(
    published: Published, handler: type[SimpleHTTPRequestHandler]
) -> None:
    with _served(published.site, handler) as url, pytest.raises(NotFound, match="HTTP status"):
        verify(url, Asked())


def test_what_is_no_site_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no published site of ours"):
        verify(str(tmp_path), Asked())
    with pytest.raises(NotFound, match="no folder"):
        verify(str(tmp_path / "nowhere"), Asked())
    with pytest.raises(NotFound, match="cannot be reached"):
        verify("http://127.0.0.1:9", Asked())
    with _served(tmp_path) as url, pytest.raises(NotFound, match="no published site of ours"):
        verify(url, Asked())
