"""Pages as HTML: Jinja2 templates with everything escaped, and texts that keep to themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tallyroom.publish.edition import Edition
from tallyroom.publish.texts import harmless
from tallyroom.publish.view import FindingLink, Link, Page, Shown

__all__ = ["assets", "render"]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("tallyroom.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
    )
    kinds = {"shown": Shown, "link": Link, "finding": FindingLink}
    environment.tests.update({name: _is(kind) for name, kind in kinds.items()})
    return environment


def _is(kind: type) -> Callable[[object], bool]:
    return lambda value: isinstance(value, kind)


def _harmless(value: object) -> object:
    """Every text that a template writes, made harmless to the text around it."""
    return harmless(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def render(edition: Edition, page: Page, entries: list[Page]) -> bytes:
    """A page as HTML. entries: the pages of the navigation, in its order."""
    template = _environment().get_template(page.template)
    text = template.render(
        page=page,
        root=page.root,
        entries=entries,
        edition=edition,
        election=edition.record.election,
        **page.view,
    )
    return text.encode()


def assets() -> Iterator[tuple[str, bytes]]:
    """The files that pages load: the style sheet, and the script that sorts tables."""
    for name in ("style.css", "sort.js"):
        yield name, (files("tallyroom.publish") / name).read_bytes()
