"""Pages as HTML: Jinja2 templates with everything escaped, and texts that keep to themselves.

Templates speak as the code does: `say` and `say_n` for the site's own words, `count` for numbers, `own` for
texts of the record and `english` for those of the checks, which stand in a language of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tallyroom.publish.cards import HEIGHT, PATH, WIDTH, can_draw
from tallyroom.publish.edition import Edition
from tallyroom.publish.language import ENGLISH, Language, languages, quoted, say, say_n, spoken
from tallyroom.publish.numbers import count, joined, listed
from tallyroom.publish.texts import harmless
from tallyroom.publish.view import FindingLink, Link, Page, Shown
from tallyroom.publish.words import small

__all__ = ["SINCE", "Translation", "assets", "render"]

# Stands in a page for the moment since when it shows what it shows. No text of a record can hold it: those are escaped.
SINCE = Markup("<!--since-->")


@dataclass(frozen=True)
class Translation:
    """A page in a language. href: the way to it from the page; address: the whole one, where it is known.

    same: whether it is this very page, and not only what comes nearest to it.
    """

    language: Language
    href: str
    address: str
    same: bool


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
    environment.globals.update({"say": say, "say_n": say_n, "count": count, "joined": joined, "listed": _listed})
    environment.globals.update({"small": small, "a": _anchor, "code": _code, "english": partial(quoted, code="en")})
    return environment


def _is(kind: type) -> Callable[[object], bool]:
    return lambda value: isinstance(value, kind)


def _listed(parts: list[str]) -> str:
    """The parts that there are, with the language's comma between them."""
    return listed(part for part in parts if part)


def _anchor(href: str, text: str) -> Markup:
    """A link inside a sentence."""
    return Markup('<a href="{}">{}</a>').format(href, harmless(text))


def _code(text: str) -> Markup:
    """A text as it stands in a file."""
    return Markup("<code>{}</code>").format(harmless(text))


def _harmless(value: object) -> object:
    """Every text that a template writes, made harmless to the text around it."""
    return harmless(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def render(edition: Edition, page: Page, entries: list[Page]) -> bytes:
    """A page as HTML, in the language spoken. entries: the pages of the navigation, in its order."""
    template = _environment().get_template(page.template)
    text = template.render(
        page=page,
        root=page.root,
        top=f"{page.root}{edition.addresses.top}",
        entries=entries,
        changed=SINCE,
        edition=edition,
        election=edition.record.election,
        own=edition.own,
        card=_card(page),
        tongue=spoken(),
        numerals=_numerals(spoken()),
        translations=_translations(edition, page),
        **page.view,
    )
    return text.encode()


def _card(page: Page) -> dict[str, object] | None:
    """The picture that other sites show beside a link; None without the extra `images`.

    The pages of areas, which stay as they are through a night, name none.
    """
    return {"path": PATH, "width": WIDTH, "height": HEIGHT} if can_draw() and not page.root else None


def _numerals(tongue: Language) -> str:
    """How the page writes numbers, for the script that sorts by them; empty is the English way."""
    return "" if tongue is ENGLISH else f"{tongue.digits}{tongue.group}{tongue.point}"


def _translations(edition: Edition, page: Page) -> list[Translation]:
    """The page in every language, its own among them."""
    top = f"{page.root}{edition.addresses.top}"
    found = []
    for tongue in languages():
        same = tongue is spoken() or not page.other
        path = f"{tongue.folder}{page.path if same else page.other}"
        found.append(Translation(tongue, f"{top}{path}", f"{edition.address}{quote(path)}", same))
    return found


def assets() -> Iterator[tuple[str, bytes]]:
    """The files that pages load: the style sheet, and the scripts that sort, find, filter and prove."""
    for name in ("style.css", "sort.js", "search.js", "said.js", "prove.js", "verify.js"):
        yield name, (files("tallyroom.publish") / name).read_bytes()
