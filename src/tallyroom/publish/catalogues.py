"""The catalogues of the site's words brought up to date: every message of the code and the templates, once.

    python -m tallyroom.publish.catalogues ka

makes `languages/ka.po`, or adds to it what is new, with nothing said yet, and takes out what nobody says any more.
What was translated stays. A test fails while a catalogue lacks a message.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

__all__ = ["LANGUAGES", "messages", "refresh"]

_PACKAGE = Path(__file__).parent
LANGUAGES = _PACKAGE / "languages"
_KEYWORDS = {"say": None, "marked": None, "say_n": (1, 2)}
_OPTIONS = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}


def messages() -> Catalog:
    """Every message that code and templates say, in the order of their files."""
    found = Catalog(project="Tallyroom", charset="utf-8")
    for path, message in _messages():
        found.add(message, locations=[(path, 0)])
    return found


def _said_in(
    file: IO[bytes], keywords: Collection[str], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[tuple[int, str, str | tuple[str | None, ...], list[str]]]:
    """What a module says, in f-strings too, which Babel's own reader of Python passes by."""
    calls = [node for node in ast.walk(ast.parse(file.read())) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        texts = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if texts and isinstance(call.func, ast.Name) and call.func.id in keywords:
            yield call.lineno, call.func.id, texts[0] if len(texts) == 1 else (*texts, None), []


def _messages() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for path in sorted([*_PACKAGE.rglob("*.py"), *_PACKAGE.rglob("*.html")]):
        method: Any = _said_in if path.suffix == ".py" else babel_extract
        name = path.relative_to(_PACKAGE).as_posix()
        for _, message, _, _ in extract_from_file(method, path, _KEYWORDS, options=_OPTIONS):
            yield name, message


def refresh(path: Path) -> Catalog:
    """Writes a catalogue anew, a new one where there is none: what it said, and every message that is new."""
    code = path.stem.replace("-", "_")
    said = Catalog(locale=code, project="Tallyroom", charset="utf-8")
    if path.exists():
        with path.open("rb") as file:
            said = read_po(file, locale=code)
    made = said.creation_date
    said.update(messages(), no_fuzzy_matching=True)
    said.creation_date = made  # so that a catalogue to which nothing is new stays as it is
    said.obsolete.clear()
    with path.open("wb") as file:
        write_po(file, said, width=120, include_lineno=False, ignore_obsolete=True)
    return said


if __name__ == "__main__":
    for language in sys.argv[1:] or sorted(file.stem for file in LANGUAGES.glob("*.po")):
        refresh(LANGUAGES / f"{language}.po")
