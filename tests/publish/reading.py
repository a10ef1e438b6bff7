"""Published pages as a test reads them: tags, ids, links and text, by Python's own HTML parser."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

VOID = {"meta", "link", "br", "img", "input", "hr"}


@dataclass
class Read(HTMLParser):
    """One page, read."""

    path: Path
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.path.read_text(encoding="utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1:] == [tag], f"{self.path}: </{tag}> closes {self.open[-3:]}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        """All text, with single spaces."""
        return re.sub(r"[ \n\t]+", " ", " ".join(self.texts))

    @property
    def language(self) -> str:
        """The language that the page says it is in."""
        return next(attrs["lang"] for tag, attrs in self.tags if tag == "html")

    @property
    def ids(self) -> list[str]:
        """Every id, in order."""
        return [attrs["id"] for _, attrs in self.tags if "id" in attrs]

    @property
    def links(self) -> list[str]:
        """Every address that the page leads to or loads."""
        return [attrs[name] for _, attrs in self.tags for name in ("href", "src") if name in attrs]


def pages(site: Path) -> list[Read]:
    """Every page of a site."""
    return [_read(path, path.stat().st_mtime_ns) for path in sorted(site.rglob("*.html"))]


def page(site: Path, name: str) -> Read:
    """One page of a site."""
    return _read(site / name, (site / name).stat().st_mtime_ns)


# Many tests look at the same site.
@lru_cache(maxsize=400)
def _read(path: Path, _: int) -> Read:
    return Read(path)


def target(read: Read, link: str) -> tuple[Path, str]:
    """The file and anchor that a relative link leads to."""
    path, _, anchor = link.partition("#")
    return (read.path.parent / unquote(path)).resolve() if path else read.path.resolve(), unquote(anchor)
