"""Files as text: plain text, HTML and PDF, or one clear reason why not.

Offsets are into the file as read, decoded as UTF-8 with newlines kept: markup is blanked letter for
letter, not cut out. A PDF has no text of its own, so offsets are into what is extracted, page after page.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from tallyroom.errors import CannotReadDocument
from tallyroom.reading.text.sentences import UNSEEN

__all__ = ["LARGEST", "Opened", "opened"]

LARGEST = 2_000_000  # bytes: beyond this it is no statement and no report
_PAGES = 400
_MANY_OBJECTS = 2000

_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|p)\b", re.I | re.S
)
# What is not seen; and menus, and what stands beside a report: they tell of something else.
_PASSED_OVER = ("script", "style", "noscript", "template", "svg", "head", "nav", "aside", "button", "select")
_HIDDEN = re.compile(rf"<!--|<({'|'.join(_PASSED_OVER)})\b", re.I)
_ENDS = {name: re.compile(rf"</{name}\s*>", re.I) for name in _PASSED_OVER} | {"": re.compile("-->")}
_BLOCK = re.compile(
    r"</?(?:p|div|li|ul|ol|h[1-6]|br|tr|td|th|table|section|article|header|footer|nav|aside|"
    r"blockquote|title|figure)\b[^<>]*>",
    re.I,
)
_TAG = re.compile(r"<[^<>]*>")
# `<b>Ada Obi</b>, who`, `<a>Ada Obi</a>&rsquo;s`: nothing stands between the name and the mark.
_TAGS_BEFORE_A_MARK = re.compile(
    r"(?<=\w)(?:<[^<>]*>)+(?=[,.;:!?)%'\u2019]|&(?:rsquo|apos|#0?39|#8217|#x27|#x2019);)", re.I
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.I)
_SITE = re.compile(
    r"""<meta\s+[^<>]{0,300}(?:property|name)=["']og:site_name["'][^<>]{0,300}content=["']([^"'<>]{1,80})["']""", re.I
)
_CHARSET = re.compile(rb"""charset=["']?\s*([A-Za-z0-9_-]{2,20})""")


@dataclass(frozen=True)
class Opened:
    """A file's text as read; visible: the same length with markup blanked; outlet: where it says so itself."""

    text: str
    visible: str
    outlet: str = ""


def opened(path: Path) -> Opened:
    """A document's text. Raises CannotReadDocument with the reason."""
    try:
        if path.is_dir():
            raise CannotReadDocument(f"{path} is a folder. Name the documents in it.")
        if not path.is_file():
            _ = path.stat()  # says why it is not there
            raise CannotReadDocument(f"{path} is no plain file. Save what it gives as one.")
        if path.stat().st_size > LARGEST:
            raise CannotReadDocument(
                f"{path} is larger than {LARGEST // 1_000_000} MB: too large for a statement or a report."
            )
        data = path.read_bytes()
    except OSError as error:
        raise CannotReadDocument(f"{path} cannot be read: the system says “{error.strerror or error}”.") from error
    if data.startswith(b"%PDF-"):
        text = _pdf(path, data)
        return Opened(text, text)
    return _marked_up(_decoded(path, data), path)


def _decoded(path: Path, data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _as(path, data, "utf-16")
    if b"\x00" in data[:4096]:
        raise CannotReadDocument(f"{path} is no text: it holds bytes that no text has. Text, HTML and PDF can be read.")
    named = _CHARSET.search(data[:2048]) if b"<" in data[:512] else None
    if named and named[1].lower() not in (b"utf-8", b"utf8"):
        return _as(path, data, named[1].decode("ascii"))
    return _as(path, data, "utf-8")


def _as(path: Path, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise CannotReadDocument(
            f"{path} is not {encoding.upper()}: byte {error.start + 1} is {data[error.start]:#04x}. Save it as UTF-8."
        ) from error
    except LookupError as error:
        raise CannotReadDocument(
            f"{path} names the encoding {encoding}, which is not known. Save it as UTF-8."
        ) from error


def _marked_up(text: str, path: Path) -> Opened:
    if not (path.suffix.lower() in (".html", ".htm", ".xhtml") or _HTML.match(text)):
        return Opened(text, text)
    site = _SITE.search(text)
    return Opened(text, _visible(text), html.unescape(site[1]).strip() if site else "")


def _visible(text: str) -> str:
    """The text with markup blanked, letter for letter; where a block ends a line ends."""
    text = _without_hidden(text)
    # Lines of the source mean nothing in HTML; blocks do.
    text = text.replace("\n", " ").replace("\r", " ")
    text = _BLOCK.sub(lambda tag: "\n" * min(2, len(tag[0])) + " " * (len(tag[0]) - 2), text)
    text = _TAGS_BEFORE_A_MARK.sub(_blank(UNSEEN), text)
    text = _TAG.sub(_blank(" "), text)
    text = _ENTITY.sub(lambda entity: entity[0] if _sign(entity).strip() else " " * len(entity[0]), text)
    return _ENTITY.sub(_spelt_out, text)


def _spelt_out(entity: re.Match[str]) -> str:
    """The sign that an entity stands for, as long as the entity: a word with one within it stays one word."""
    sign, length = _sign(entity), len(entity[0])
    if sign == "\u2014":
        return sign.center(length)
    if not entity.string[max(0, entity.start() - 1) : entity.start()].strip():
        return sign.rjust(length)
    return sign.ljust(length, UNSEEN if entity.string[entity.end() : entity.end() + 1].strip() else " ")


def _sign(entity: re.Match[str]) -> str:
    return html.unescape(entity[0])[:1]


def _without_hidden(text: str) -> str:
    """The text with comments, scripts and the like blanked. What has no end is left, and its end looked for once."""
    kept: list[str] = []
    done, endless = 0, set()
    for begin in _HIDDEN.finditer(text):
        name = (begin[1] or "").lower()
        if begin.start() < done or name in endless:
            continue
        end = _ENDS[name].search(text, begin.end())
        if end is None:
            endless.add(name)
            continue
        kept += [text[done : begin.start()], " " * (end.end() - begin.start())]
        done = end.end()
    return "".join((*kept, text[done:]))


def _blank(with_: str) -> Callable[[re.Match[str]], str]:
    return lambda match: with_ * len(match[0])


def _pdf(path: Path, data: bytes) -> str:
    # Without its table Pdfium looks for each object anew, which takes minutes where there are very many.
    if data.count(b" obj") > _MANY_OBJECTS and not _has_its_table(data):
        raise CannotReadDocument(f"{path} is no readable PDF: its table of objects is not where it says.")
    try:
        pdf = pypdfium2.PdfDocument(data)
        try:
            pages = [pdf[n].get_textpage().get_text_range() for n in range(min(len(pdf), _PAGES))]
        finally:
            pdf.close()
    except pypdfium2.PdfiumError as error:
        raise CannotReadDocument(f"{path} is no readable PDF: {error}") from error
    # Pdfium marks a hyphen at a line's end by U+FFFE.
    return "\n\n".join(pages).replace("\ufffe", "-")


def _has_its_table(data: bytes) -> bool:
    """Whether the last `startxref` leads to a table of objects, or to an object that holds one."""
    found = re.findall(rb"startxref\s+(\d{1,9})\s+%%EOF", data[-2048:])
    return bool(found) and bool(re.match(rb"\s*(?:xref\b|\d+\s+\d+\s+obj\b)", data[int(found[-1]) :][:40]))
