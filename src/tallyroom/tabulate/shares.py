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
    return _text(_steps(100 * part * 10**digits, whole, rounding), digits)


def rounded(value: Fraction, digits: int, rounding: Rounding = "half-up") -> Fraction:
    """A value rounded to this many decimals. half-up: halves away from zero; down: towards zero."""
    return Fraction(_steps(value.numerator * 10**digits, value.denominator, rounding), 10**digits)


def decimal_text(value: Fraction, digits: int) -> str:
    """A value that has at most this many decimals, as text with exactly as many."""
    steps = value * 10**digits
    if steps.denominator != 1:
        raise ValueError(f"{value} has more than {digits} decimals")
    return _text(steps.numerator, digits)


def _steps(numerator: int, denominator: int, rounding: Rounding) -> int:
    """A quotient as a whole number, in whole numbers: fractions take ten times as long at a million stations."""
    whole, rest = divmod(abs(numerator), abs(denominator))
    twice = 2 * rest - abs(denominator)
    up = rounding != "down" and (twice > 0 or (twice == 0 and (rounding == "half-up" or whole % 2 == 1)))
    return (whole + up) * (-1 if (numerator < 0) != (denominator < 0) else 1)


def _text(steps: int, digits: int) -> str:
    whole, rest = divmod(abs(steps), 10**digits)
    sign = "-" if steps < 0 else ""
    return f"{sign}{whole}.{rest:0{digits}d}" if digits else f"{sign}{whole}"
