"""Numbers in words: `twenty-five`, `three hundred and twelve`, `half a million`, `two lakh 46 thousand 960`.

A fraction of something (`two thirds of the voters`) is no number of persons and is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

__all__ = ["SCALES", "fractions_in", "pointed_numbers", "spelt_numbers"]

SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "k": 1_000,
    "lakh": 100_000,
    "lakhs": 100_000,
    "million": 1_000_000,
    "millions": 1_000_000,
    "mln": 1_000_000,
    "mn": 1_000_000,
    "m": 1_000_000,
    "crore": 10_000_000,
    "crores": 10_000_000,
    "billion": 1_000_000_000,
    "bn": 1_000_000_000,
}
_ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORTH = (
    {word: n for n, word in enumerate(_ONES + _TEENS)}
    | {word: 10 * n for n, word in enumerate(_TENS, 2)}
    | {"a": 1, "dozen": 12}
)
_ONE, _TEN, _TEEN = "|".join(_ONES), "|".join(_TENS), "|".join(_TEENS)
_UNDER_100 = rf"(?:(?:{_TEN})(?:[- ](?:{_ONE}))?|{_TEEN}|{_ONE})\b"
_UNDER_1000 = rf"(?:(?:{_UNDER_100}|a)[- ]hundred\b(?:\s(?:and\s)?{_UNDER_100})?|{_UNDER_100})"
_SCALE = r"(?:thousand|lakhs?|million|crores?|billion)\b"
_GROUP = rf"(?:{_UNDER_1000}|a)[- ]{_SCALE}"
_LAST_DIGITS = r"\s\d{1,3}(?![\d.,]*\d|\s?%)"
_FURTHER = rf"(?:,?\s(?:and\s)?(?:{_UNDER_1000}|\d{{1,3}})\s{_SCALE})*(?:,?\s(?:and\s)?{_UNDER_1000}|{_LAST_DIGITS})?"
_SPELT = re.compile(
    rf"\b(?:half a (?P<half>dozen|hundred|{_SCALE})|(?P<and_half>{_UNDER_100}) and a half (?P<scale>{_SCALE})|"
    rf"(?P<large>{_GROUP}{_FURTHER})|(?:(?P<dozens>{_UNDER_100}|a) )?(?P<dozen>dozen)\b|"
    rf"(?P<small>{_UNDER_1000})(?:\spoint\s(?P<point>(?:{_ONE})(?:\s(?:{_ONE}))*)\b)?)"
)
# Plain words without edges, which is quick, tell whether there is anything to look for.
_ANY = re.compile(rf"{_ONE}|{_TEN}|{_TEEN}|dozen|half a|a hundred|a thousand|a lakh|a million|a crore|a billion")
_FRACTION = re.compile(r"[- ](?:thirds?|quarters?|fifths?|sixths?|tenths?|half|halves)\b")


def spelt_numbers(text: str) -> Iterator[tuple[int, int, Decimal]]:
    """Where each number in words starts and ends, and its value."""
    low = text.lower()
    if len(low) != len(text):  # a letter that is two in small, such as a dotted I: places have to stay
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    for match in _SPELT.finditer(low) if _ANY.search(low) else ():
        if not _FRACTION.match(low, match.end()):
            yield match.start(), match.end(), _value_of(match)


# `62-point-one`, `57 point 4`
_POINTED = re.compile(rf"\b(\d{{1,3}})[- ]point[- ](\d+|(?:{_ONE}|zero)(?:[- ](?:{_ONE}|zero))*)\b")


def pointed_numbers(text: str) -> Iterator[tuple[int, int, Decimal]]:
    """Where each number with its point in words starts and ends, and its value: `62-point-one`."""
    for match in _POINTED.finditer(text) if "point" in text else ():
        digits = "".join(part if part.isdigit() else str(_WORTH[part]) for part in re.split(r"[- ]", match[2]))
        yield match.start(), match.end(), Decimal(f"{match[1]}.{digits}")


_PARTS = {"half": 2, "halve": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "tenth": 10}
# `two thirds of the voters`, `half the stations`, `one in three voters`, `six out of ten`, `every third voter`
_SHARE = re.compile(
    rf"\b(?:(?:(?P<over>{_ONE}|an?)[- ](?P<under>third|quarter|fifth|sixth|tenth)s?|(?P<half>half))(?=\sof\s|"
    rf"\s(?:the|all|"
    rf"its|their)\s)|(?P<n>{_ONE}|\d\d?)\s(?:in|out of)\s(?:every\s)?(?P<m>{_ONE}|ten|100?|\d)\b(?=[.,;]|\s(?:of|did|"
    rf"voted|had|have|"
    r"took|turned|stayed|[a-z]*voters|electors|people|citizens|stations))|every (?P<every>third|fourth|fifth|tenth)\s)",
    re.I,
)
_ORDINAL = {"third": 3, "fourth": 4, "fifth": 5, "tenth": 10}


def fractions_in(text: str) -> Iterator[tuple[int, int, Decimal]]:
    """Where each share in words starts and ends, and its value in percent with two digits: `two thirds of` is 66.67."""
    for match in _SHARE.finditer(text):
        if match["half"]:
            over, under = 1, 2
        elif match["every"]:
            over, under = 1, _ORDINAL[match["every"].lower()]
        elif match["over"]:
            over, under = _one(match["over"]), _PARTS[match["under"].lower()]
        else:
            over, under = _one(match["n"]), _one(match["m"])
        if 0 < over < under:
            yield match.start(), match.end(), (Decimal(100 * over) / under).quantize(Decimal("0.01")).normalize() + 0


def _one(word: str) -> int:
    return int(word) if word.isdigit() else 1 if word.lower() == "an" else _WORTH[word.lower()]


def _value_of(match: re.Match[str]) -> Decimal:
    if half := match["half"]:
        return Decimal(_scale(half)) / 2
    if match["scale"]:
        return (_sum(match["and_half"]) + Decimal("0.5")) * _scale(match["scale"])
    if match["dozen"]:
        return _sum(match["dozens"] or "a") * 12
    if match["point"]:
        digits = "".join(str(_WORTH[word]) for word in match["point"].split())
        return _sum(match["small"]) + Decimal(f"0.{digits}")
    return _sum(match["large"] or match["small"])


def _scale(word: str) -> int:
    return SCALES.get(word, _WORTH.get(word, 1))


def _sum(words: str) -> Decimal:
    """The value of words one after the other: hundreds multiply what is open, greater scales close it."""
    total, open_part = 0, 0
    for word in re.findall(r"[a-z]+|\d+", words):
        if word == "hundred":
            open_part = max(open_part, 1) * 100
        elif word in SCALES:
            total, open_part = total + max(open_part, 1) * SCALES[word], 0
        elif word != "and":
            open_part += int(word) if word.isdigit() else _WORTH[word]
    return Decimal(total + open_part)
