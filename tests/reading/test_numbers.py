"""Figures as many countries print them, and numbers in words."""

from __future__ import annotations

import pytest

from tallyroom.reading.text.numbers import numbers_in

PRINTED = {
    "8 527 768 voters": "8527768",
    "2,324, 837 voters": "2324837",
    "1,234, 120 and 80": "1234 120 80",
    "4 million 651 thousand 473": "4651473",
    "1 crore 79 lakh voters": "17900000",
    "12,34,567 votes": "1234567",
    "13.014.963 votes or 84,48%": "13014963 84.48",
    "0, 66% of them": "0.66",
    "two lakh 46 thousand 960 employees": "246960",
    "one million two hundred thousand people": "1200000",
    "two and a half million voters": "2500000",
    "half a million voters": "500000",
    "three hundred and twelve seats": "312",
    "sixty-one point five percent": "61.5",
    "two dozen parties and a dozen others": "24 12",
    "between five and seven": "5 7",
    "two thirds of the voters": "",
}


@pytest.mark.parametrize("text", PRINTED)
def test_a_number_is_read_as_it_is_meant(text: str) -> None:
    assert " ".join(str(number.value) for number in numbers_in(text)) == PRINTED[text]
