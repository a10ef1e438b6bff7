"""Shares of exact counts as printed text, by rational arithmetic and a stated rounding rule.

Floating point never decides a digit: 0.285 as a float prints as 28.49 or 28.50 by luck.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

__all__ = ["Rounding", "decimal_text", "printed_share", "rounded"]

Rounding = Literal["half-up", "half-even", "down"]


def printed_share(part: int, whole: int, digits: int = 2, rounding: Rounding = "half-up") -> str:
    """`part` in percent of `whole` with this many decimals: `"92.12"`. Raises ZeroDivisionError for no whole."""
    return decimal_text(rounded(Fraction(100 * part, whole), digits, rounding), digits)


def rounded(value: Fraction, digits: int, rounding: Rounding = "half-up") -> Fraction:
    """A value rounded to this many decimals. half-up: halves away from zero; down: towards zero."""
    scaled = abs(value) * 10**digits
    whole, rest = divmod(scaled, 1)
    up = rest > Fraction(1, 2) or (rest == Fraction(1, 2) and (rounding == "half-up" or whole % 2 == 1))
    steps = int(whole) + (1 if up and rounding != "down" else 0)
    return Fraction(steps if value >= 0 else -steps, 10**digits)


def decimal_text(value: Fraction, digits: int) -> str:
    """A value that has at most this many decimals, as text with exactly as many."""
    steps = value * 10**digits
    if steps.denominator != 1:
        raise ValueError(f"{value} has more than {digits} decimals")
    whole, rest = divmod(abs(steps.numerator), 10**digits)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{rest:0{digits}d}" if digits else f"{sign}{whole}"
