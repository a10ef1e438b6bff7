"""Numbers, base64 and names, exactly as the specifications write them.

Python's own readers are lenient: `int` takes "1_000", " 12", "+5" and the digits of other scripts, base64 drops
what it does not know and ignores the last bits of padding, `splitlines` splits at U+2028. So: a regular
expression, and whatever was decoded is encoded again and compared.
"""

from __future__ import annotations

import base64
import re

from tallyroom.errors import CannotTrust

__all__ = ["HASH_BYTES", "base64_of", "hash_of", "is_name", "number", "unbase64"]

HASH_BYTES = 32
_NUMBER = re.compile(r"0|[1-9][0-9]{0,19}")
_LARGEST = 2**64 - 1


def number(text: str, what: str) -> int:
    """A whole number in ASCII digits without a leading zero, 0 to 2^64 - 1."""
    if not _NUMBER.fullmatch(text) or int(text) > _LARGEST:
        raise CannotTrust(f"{what} is {text[:40]!r}, not a whole number in the digits 0 to 9 without a leading zero.")
    return int(text)


def base64_of(data: bytes) -> str:
    """The bytes in the standard alphabet of RFC 4648, section 4, padded."""
    return base64.b64encode(data).decode("ascii")


def unbase64(text: str, what: str) -> bytes:
    """The bytes that this text, and no other, stands for."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise CannotTrust(f"{what} is no base64: {text[:80]!r}.") from error
    if base64_of(data) != text:
        raise CannotTrust(f"{what} is not written as base64 writes it: {text[:80]!r}.")
    return data


def hash_of(text: str, what: str) -> bytes:
    """A SHA-256 hash from its base64."""
    data = unbase64(text, what)
    if len(data) != HASH_BYTES:
        raise CannotTrust(f"{what} has {len(data)} bytes; a SHA-256 hash has {HASH_BYTES}.")
    return data


def is_name(text: str) -> bool:
    """Whether a key may be called so: not empty, no Unicode space, no plus sign, no control character."""
    return bool(text) and "+" not in text and not any(c.isspace() or c < " " for c in text)
