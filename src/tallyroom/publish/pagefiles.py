"""Pages as files, each with the moment since when it shows what it shows: `pages.json`.

    {path: {"of": digest, "since": "2031-04-12T19:10:00Z"}}

`of` is the digest of what a page says, or of everything that it was made from; as long as it stays, the
page stays as it is, and so does its file. A program that mirrors a site can ask this file what is new.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from markupsafe import escape

from tallyroom.publish.edition import Edition
from tallyroom.publish.folder import NewFolder, digest
from tallyroom.publish.render import SINCE

__all__ = ["FILE", "PageFiles"]

FILE = "pages.json"
_LENGTH = 32  # of a digest, in hex


class PageFiles:
    """The pages of one publication on their way into its folder."""

    def __init__(self, edition: Edition, folder: NewFolder) -> None:
        self._edition = edition
        self._folder = folder
        self._before: dict[str, dict[str, str]] = json.loads(folder.published(FILE) or b"{}")
        self._now: dict[str, dict[str, str]] = {}
        self.at = f"{edition.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"

    def write(self, path: str, html: bytes, of: str = "") -> None:
        """A page, in the language spoken. of: the digest of what it was made from; else that of what it says."""
        of = (of or digest(html))[:_LENGTH]
        before = self._before.get(path, {})
        since = before["since"] if before.get("of") == of else self.at
        said = escape(self._edition.moment(datetime.fromisoformat(since))).encode()
        self._folder.write(path, html.replace(str(SINCE).encode(), said))
        self._now[path] = {"of": of, "since": since}

    def keep(self, path: str, of: str) -> bool:
        """Leaves a page as it is; False where it is not there, or was made from something else."""
        before = self._before.get(path)
        if before is None or before["of"] != of[:_LENGTH] or not self._folder.keep(path):
            return False
        self._now[path] = before
        return True

    def data(self) -> bytes:
        """The bytes of `pages.json`: a page a line."""
        lines = [f"{json.dumps(path)}: {json.dumps(one)}" for path, one in sorted(self._now.items())]
        return ("{\n" + ",\n".join(lines) + "\n}\n").encode()
