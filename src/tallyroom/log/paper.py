"""Size and root as people copy them from paper: the root in base32, which has no 0, 1, 8 or 9 and no case.

All 52 letters stand there: who may try out two histories finds two that agree in the first b bits after 2^(b/2) tries.
"""

from __future__ import annotations

import base64
import re

from tallyroom.log.strict import HASH_BYTES

__all__ = ["letters_of", "root_of_letters"]

_LETTERS = re.compile(r"[A-Z2-7]{52}")
_PADDING = "===="


def letters_of(root: bytes) -> str:
    """A root in the 52 letters of RFC 4648, section 6, without padding."""
    return base64.b32encode(root).decode("ascii").removesuffix(_PADDING)


def root_of_letters(text: str) -> bytes | None:
    """The root that the letters stand for, in either case, with spaces or hyphens; None where they are none."""
    letters = re.sub(r"[ -]", "", text).upper()
    if not _LETTERS.fullmatch(letters):
        return None
    root = base64.b32decode(letters + _PADDING)
    return root if len(root) == HASH_BYTES and letters_of(root) == letters else None
