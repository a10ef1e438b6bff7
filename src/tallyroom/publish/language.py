"""The language a page speaks: the site's own words, as one catalogue file a language.

English is written in the code, marked by `say`, `say_n` and `marked`; every other language is a file of
`languages/`, in the gettext format that translators' programs read. What stands in the record (names,
titles, what the checks found) is never translated here.

    with speaking(language("az")):
        say("{share} of the stations are in", share="76,73 %")

`docs/how-to-translate.md` says how a language is added.
"""

from __future__ import annotations

import gettext
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files

from babel import Locale
from babel.messages.pofile import read_po
from markupsafe import Markup, escape

from tallyroom.publish.texts import harmless

__all__ = ["ENGLISH", "Language", "language", "languages", "marked", "quoted", "say", "say_n", "speaking", "spoken"]

_CATALOGUES = files("tallyroom.publish") / "languages"


def marked(message: str) -> str:
    """The message itself: marks for the catalogues what `say` is given later, by name."""
    return message


# A language with other digits says them in its catalogue. The marks between them are those of CLDR's systems.
_LATIN = marked("0123456789")
_SYSTEMS = {"٠١٢٣٤٥٦٧٨٩": "arab", "۰۱۲۳۴۵۶۷۸۹": "arabext", "०१२३४५६७८९": "deva", "০১২৩৪৫৬৭৮৯": "beng"}


@dataclass(frozen=True)
class Language:
    """A language that pages are written in. code: as in `lang`; said: message → its forms, one per plural."""

    code: str
    said: Mapping[str, tuple[str, ...]] = field(repr=False, compare=False, default_factory=dict)
    plural: Callable[[int], int] = field(repr=False, compare=False, default=lambda n: int(n != 1))

    @cached_property
    def locale(self) -> Locale:
        """How numbers and dates are written."""
        return Locale.parse(self.code, sep="-")

    @property
    def name(self) -> str:
        """What it is called in itself, with a capital letter where its script has them."""
        name = self.locale.language_name or self.code
        return name[:1].upper() + name[1:]

    @cached_property
    def direction(self) -> str:
        """ltr or rtl."""
        return str(self.locale.text_direction)

    @property
    def folder(self) -> str:
        """Where its pages lie in the site, with a slash at the end; English at the root."""
        return "" if self.code == ENGLISH.code else f"{self.code}/"

    @cached_property
    def digits(self) -> str:
        """Its ten digits, from zero: what its catalogue says for ours."""
        return self.said.get(_LATIN, (_LATIN,))[0] or _LATIN

    @cached_property
    def point(self) -> str:
        """What stands before the decimals."""
        return str(self.locale.number_symbols[self._system]["decimal"])

    @cached_property
    def group(self) -> str:
        """What stands at every thousand."""
        return str(self.locale.number_symbols[self._system]["group"])

    @cached_property
    def percent(self) -> str:
        """What follows a percentage, with the space that does not break where the language has one."""
        if self.code == ENGLISH.code:
            return "\u202f%"
        suffix: str = self.locale.percent_formats[None].suffix[0]
        return suffix.replace("%", str(self.locale.number_symbols[self._system]["percentSign"]))

    @cached_property
    def _system(self) -> str:
        return _SYSTEMS.get(self.digits, "latn")

    @cached_property
    def _of_latin(self) -> dict[int, int]:
        return str.maketrans(_LATIN, self.digits)

    def digited(self, text: str) -> str:
        """The same text in the language's digits."""
        return text if self.digits == _LATIN else text.translate(self._of_latin)

    def number(self, value: int) -> str:
        """A whole number with its thousands set apart."""
        if self.code == ENGLISH.code:
            return f"{value:,}"  # there may be a million of them
        first, other = self._grouping
        whole = str(abs(value))
        groups = [whole[-first:]]
        whole = whole[:-first]
        while whole:
            groups.insert(0, whole[-other:])
            whole = whole[:-other]
        return self.digited(f"{'-' if value < 0 else ''}{self.group.join(groups)}")

    @cached_property
    def _grouping(self) -> tuple[int, int]:
        """How many digits stand together: the last ones, and those before them."""
        first, other = self.locale.decimal_formats[None].grouping
        return first, other


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


@cache
def languages() -> tuple[Language, ...]:
    """English, then every language that has a catalogue, in the order of their codes."""
    codes = sorted(path.name.removesuffix(".po") for path in _CATALOGUES.iterdir() if path.name.endswith(".po"))
    return (ENGLISH, *(language(code) for code in codes))


@cache
def language(code: str) -> Language:
    """English, or the language of a catalogue. Raises FileNotFoundError where there is none."""
    if code == ENGLISH.code:
        return ENGLISH
    with (_CATALOGUES / f"{code}.po").open("rb") as file:
        catalogue = read_po(file, locale=code.replace("-", "_"))
    said = {}
    for message in catalogue:
        if message.id:
            key = message.id[0] if isinstance(message.id, tuple | list) else message.id
            forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
            said[str(key)] = tuple(str(form) for form in forms)
    return Language(code, said, gettext.c2py(catalogue.plural_expr))


def quoted(text: str, code: str) -> str:
    """A text in a language of its own, such as the record's: marked as such where the page is in another."""
    if not text or code.partition("-")[0] == spoken().code:
        return text
    return Markup('<span lang="{}" dir="auto">{}</span>').format(code, harmless(text))


def say(message: str, /, **values: object) -> str:
    """A message of the site in the language spoken, its `{places}` filled; Markup where a value is."""
    forms = spoken().said.get(message)
    return _filled(forms[0] if forms and forms[0] else message, values)


def say_n(one: str, many: str, n: int, /, **values: object) -> str:
    """A message that counts `n` things: in each language by its own plural forms.

    `{n}` is the number as the language writes it, unless a value says otherwise.
    """
    tongue = spoken()
    values.setdefault("n", tongue.number(n))
    forms = tongue.said.get(one)
    at = tongue.plural(n)
    if forms and at < len(forms) and forms[at]:
        return _filled(forms[at], values)
    return _filled(one if n == 1 else many, values)


def _filled(text: str, values: Mapping[str, object]) -> str:
    if not values:
        return text
    if spoken().direction == "rtl":
        values = {name: _isolated(value) for name, value in values.items()}
    if any(isinstance(value, Markup) for value in values.values()):
        safe = {name: _harmless(value) for name, value in values.items()}
        return Markup(escape(text)).format(**safe)
    return text.format(**values)


def _harmless(value: object) -> object:
    return harmless(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _isolated(value: object) -> object:
    """A text that runs from left to right, kept from turning the words around it."""
    if not isinstance(value, str) or not any(unicodedata.bidirectional(letter) == "L" for letter in value):
        return value
    return Markup("<bdi>{}</bdi>").format(value) if isinstance(value, Markup) else f"\u2068{harmless(value)}\u2069"
