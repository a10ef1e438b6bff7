"""The language a page speaks: the site's own words, as one catalogue file a language.

English is written in the code, marked by `say` and `say_n`; every other language is a file of
`languages/`, in the gettext format that translators' programs read. What stands in the record (names,
titles, what the checks found) is never translated here.

    with speaking(language("az")):
        say("{share} of the stations are in", share="76,73 %")
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from babel import Locale
from babel.messages.pofile import read_po
from markupsafe import Markup, escape

__all__ = ["ENGLISH", "Language", "language", "languages", "say", "say_n", "speaking", "spoken"]

_CATALOGUES = files("tallyroom.publish") / "languages"


@dataclass(frozen=True)
class Language:
    """A language that pages are written in. code: as in `lang`; said: message → its forms, one per plural."""

    code: str
    said: Mapping[str, tuple[str, ...]] = field(repr=False, compare=False, default_factory=dict)
    plural: Callable[[int], int] = field(repr=False, compare=False, default=lambda n: int(n != 1))

    @property
    def locale(self) -> Locale:
        """How numbers and dates are written."""
        return Locale.parse(self.code)

    @property
    def direction(self) -> str:
        """ltr or rtl."""
        return self.locale.text_direction

    @property
    def folder(self) -> str:
        """Where its pages lie in the site, with a slash at the end; English at the root."""
        return "" if self.code == ENGLISH.code else f"{self.code}/"


ENGLISH = Language("en")
_spoken: ContextVar[Language] = ContextVar("spoken", default=ENGLISH)


def spoken() -> Language:
    """The language that is being written."""
    return _spoken.get()


@contextmanager
def speaking(tongue: Language) -> Iterator[Language]:
    """Writes in a language what is made inside."""
    token = _spoken.set(tongue)
    try:
        yield tongue
    finally:
        _spoken.reset(token)


def languages() -> list[Language]:
    """English, then every language that has a catalogue, in the order of their codes."""
    codes = sorted(path.name.removesuffix(".po") for path in _CATALOGUES.iterdir() if path.name.endswith(".po"))
    return [ENGLISH, *(language(code) for code in codes)]


@cache
def language(code: str) -> Language:
    """English, or the language of a catalogue. Raises FileNotFoundError where there is none."""
    if code == ENGLISH.code:
        return ENGLISH
    with (_CATALOGUES / f"{code}.po").open("rb") as file:
        catalogue = read_po(file, locale=code)
    said = {}
    for message in catalogue:
        if message.id:
            key = message.id[0] if isinstance(message.id, tuple | list) else message.id
            forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
            said[str(key)] = tuple(str(form) for form in forms)
    return Language(code, said, gettext.c2py(catalogue.plural_expr))


def say(message: str, /, **values: object) -> str:
    """A message of the site in the language spoken, its `{places}` filled; Markup where a value is."""
    forms = spoken().said.get(message)
    return _filled(forms[0] if forms and forms[0] else message, values)


def say_n(one: str, many: str, n: int, /, **values: object) -> str:
    """A message that counts `n` things: in each language by its own plural forms. `n` itself is no value."""
    tongue = spoken()
    forms = tongue.said.get(one)
    at = tongue.plural(n)
    if forms and at < len(forms) and forms[at]:
        return _filled(forms[at], values)
    return _filled(one if n == 1 else many, values)


def _filled(text: str, values: Mapping[str, object]) -> str:
    if any(isinstance(value, Markup) for value in values.values()):
        return Markup(escape(text)).format(**values)
    return text.format(**values) if values else text
