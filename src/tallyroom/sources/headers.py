"""Headers as they are compared: by their words, never by their place in the file.

Official files change the order of their columns from year to year, double their spaces and put names
in quotation marks. What is left when that is taken away must agree letter for letter: "valid" is not
taken for "invalid", and nothing is matched because it is similar.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import cache

__all__ = ["UNNAMED", "as_text", "nearest", "normal"]

# What a column without a header is called: the number of the row in many files that R wrote.
UNNAMED = "(unnamed)"
_QUOTES = re.compile('["\u00ab\u00bb\u201c\u201d\u201e\u201f\u2039\u203a\ufeff]')


@cache
def normal(header: str) -> str:
    """A header's words: NFC, case folded, without quotation marks and BOM, single spaces between."""
    bare = _QUOTES.sub("", unicodedata.normalize("NFC", header))
    return unicodedata.normalize("NFC", as_text(bare).casefold()) or UNNAMED


def as_text(cell: str) -> str:
    """A cell's words in normal form C, with single spaces between and none around."""
    return unicodedata.normalize("NFC", " ".join(cell.split()))


def nearest(header: str, known: Collection[str] | Iterable[str]) -> str:
    """The known header that is most like this one; empty where none is near."""
    return next(iter(difflib.get_close_matches(header, list(known), 1, 0.7)), "")
