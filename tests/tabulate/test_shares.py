"""Printed shares at the edges; `tests/laws` has the laws."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tallyroom.tabulate.shares import decimal_text, printed_share, rounded


@pytest.mark.parametrize(
    ("value", "digits", "rounding", "printed"),
    [
        (Fraction(1, 8), 2, "half-up", "0.13"),
        (Fraction(1, 8), 2, "half-even", "0.12"),
        (Fraction(3, 8), 2, "half-even", "0.38"),
        (Fraction(-1, 8), 2, "half-up", "-0.13"),  # away from zero
        (Fraction(-1, 8), 2, "down", "-0.12"),
        (Fraction(-1, 1000), 2, "half-up", "0.00"),
        (Fraction(5, 2), 0, "half-up", "3"),
        (Fraction(5, 2), 0, "half-even", "2"),
    ],
)
def test_halves_are_rounded_by_the_stated_rule_below_zero_too(value, digits, rounding, printed):
    assert decimal_text(rounded(value, digits, rounding), digits) == printed


def test_a_share_of_a_negative_figure_keeps_its_sign():
    assert printed_share(-1, 3) == printed_share(1, -3) == "-33.33"
