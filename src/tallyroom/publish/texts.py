"""Texts of a record made harmless to the page around them.

Escaping keeps a text from becoming markup; this keeps it from turning the text beside it around:
marks that change the direction of writing are closed where the text ends, and control characters,
which HTML does not allow, are shown as what they are.
"""

from __future__ import annotations

import re

__all__ = ["harmless", "web_address"]

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_TURNS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def harmless(text: str) -> str:
    """The same text with its marks of direction closed and control characters replaced."""
    if text.isascii() and text.isprintable():  # nearly all of them
        return text
    clean = _CONTROLS.sub("\ufffd", text)
    return clean + _closing(clean) if _TURNS.search(clean) else clean


def _closing(text: str) -> str:
    opened: list[str] = []
    for mark in _TURNS.findall(text):
        if mark in "\u202a\u202b\u202d\u202e":
            opened.append("\u202c")
        elif mark in "\u2066\u2067\u2068":
            opened.append("\u2069")
        elif mark in opened:
            # A closing mark also closes what was opened after its own.
            while opened and opened.pop() != mark:
                pass
    return "".join(reversed(opened))


def web_address(text: str) -> str:
    """The address where it leads to the web; empty for anything else, such as `javascript:`."""
    return text if re.match(r"https?://[^\s<>\"]+$", text, re.ASCII | re.IGNORECASE) else ""
