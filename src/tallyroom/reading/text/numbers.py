"""The numbers of a sentence: figures as they are printed in many countries, and numbers in words.

`4 million 651 thousand 473`, `6,478,623`, `6.478.623`, `6 478 623`, `12,34,567`, `1.2 crore`, `92,05%`,
`0, 66%`, `seven`, `twenty-five`. What a lone separator means follows from what comes after it: three
digits are thousands, unless a percent sign or a multiplier follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from tallyroom.reading.text.spelt import SCALES, fractions_in, pointed_numbers, spelt_numbers

__all__ = ["Number", "numbers_in", "shares_in_words"]

_LONGEST = 18  # digits; what is longer is no count of this world

_FIGURE = (
    r"\d{1,3}(?:,\d{3})*, \d{3}(?=\s(?:votes|voters|ballots|people)\b)|"
    r"\d{1,3}(?:,\d{2})+,\d{3}(?:\.\d+)?|\d{1,3}(?:,\d{3})+, \d{3}(?=\s(?!and\b|or\b)[a-z])|"
    r"\d{1,3}(?P<sep>[,.' ])\d{3}(?:(?P=sep)\d{3})*(?:[.,]\d+)?(?!\d)"
    r"|\d+(?:[.,]\d+|, \d{1,2}(?=\s?%|\s?per ?cent))?"
)
_SCALE = r"hundred|thousand|k|lakhs?|millions?|mln|mn|m|crores?|billion|bn"
_PERCENT = re.compile(r"\s?(?:%|per ?cent(?:age)?\b|pct\b|pc\b|p\.c\.)(\s?points?)?", re.I)
_POINTS = re.compile(r"\s?(?:percentage points?|pp\b|points?\b)", re.I)
_FIGURE_AND_SCALE = rf"(?P<figure>{_FIGURE})(?:\s?-?(?P<scale>{_SCALE})\b)?(?!\w)"
_ONE = re.compile(rf"(?<![\w.,])(?<!\w-){_FIGURE_AND_SCALE}", re.I)
_UPPER = re.compile(_FIGURE_AND_SCALE, re.I)
_NEXT = re.compile(
    rf"\s(?:and )?(?P<figure>\d{{1,3}}(?:[, ]\d{{3}})?)(?:\s(?P<scale>{_SCALE})\b)?(?![\d.,]*\d|\s?%|"
    rf"\w)",
    re.I,
)
_AND = re.compile(r"\sand\s")  # `between 85 and 89 percent`
# `fell by 6.7 to 21.3 per cent`: how much less, and what is left
_BY = re.compile(
    r"\b(?:(?:f[ae]ll|fallen|r[io]se|risen|dropp?ed|grew|climbed|declined|up|down|"
    r"increased|decreased)\b(?:\s[a-z]+){0,3}\sby|(?:went|goes|gone|going|is|was) (?:up|down))\s(?:[a-z]+\s){0,2}$"
)
_RANGE = re.compile(rf"\s?(?:-|–|to)\s?(?={_FIGURE})")

_BEFORE = (
    (
        r"more than|over|above|exceeding|upwards of|in excess of|exceeded|exceeds|passed|surpassed|better than",
        "more than",
    ),
    (r"not more than|no more than|up to|at most|a maximum of|maximum of|not exceeding", "at most"),
    (r"at least|no fewer than|no less than|not less than|a minimum of|as many as", "at least"),
    (r"less than|fewer than|under|below", "less than"),
    (r"almost|nearly|close to|just under|just below|just short of", "almost"),
    (
        r"about|around|some|approximately|approx\.?|roughly|circa|ca\.|an estimated|an average of|on "
        r"average|~|estimated at",
        "about",
    ),
    (r"within", "within"),
)
_QUALIFIERS = tuple(
    (re.compile(rf"\b(?:just |only |slightly |well |a little )*(?:{words})(?: just| the| a)?\s$", re.I), name)
    for words, name in (_BEFORE[1], *_BEFORE[:1], *_BEFORE[2:])
)

_QUALIFIED = re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in _QUALIFIERS), re.I)


@dataclass(frozen=True)
class Number:
    """A number in a sentence: its value, where it stands, and how exactly it is meant.

    percent: a share. end: behind the percent sign or the word. upper: the end of a range, where there is one.
    """

    value: Decimal
    start: int
    end: int
    percent: bool = False
    qualifier: str = ""
    upper: Decimal | None = None
    spelt: bool = False
    points: bool = False


def numbers_in(text: str, taken: Iterable[tuple[int, int]] = ()) -> list[Number]:
    """The numbers of a sentence in order; `taken` are the places of dates, hours and the like."""
    hidden = _without(text, taken)
    pointed = [_pointed(hidden, *where) for where in pointed_numbers(hidden)]
    hidden = _without(hidden, [(n.start, n.end) for n in pointed])
    found = pointed + [_number(hidden, value, start, end, spelt=True) for start, end, value in spelt_numbers(hidden)]
    found += _figures(_without(hidden, [(n.start, n.end) for n in found]))
    return _restated(text, sorted(found, key=lambda number: number.start))


def shares_in_words(text: str) -> list[Number]:
    """The shares that a sentence gives in words, as percentages: `two thirds of the voters`."""
    return [
        Number(value, start, end, percent=True, qualifier=_qualifier(text[:start]), spelt=True)
        for start, end, value in fractions_in(text)
    ]


_BEHIND_POINT = re.compile(rf"\s(?P<scale>{_SCALE})\b", re.I)


def _pointed(text: str, start: int, end: int, value: Decimal) -> Number:
    scale = _BEHIND_POINT.match(text, end)
    times = SCALES[scale["scale"].lower()] if scale else 1
    return _number(text, value * times, start, scale.end() if scale else end)


def _restated(text: str, found: list[Number]) -> list[Number]:
    """The numbers without those in brackets that say the one before again: `6,328,397 (6.32 million) votes`."""
    kept: list[Number] = []
    for number in found:
        last = kept[-1] if kept else None
        again = (
            last is not None
            and last.percent == number.percent
            and re.fullmatch(r"\s?\((?:\w+\s){0,2}", text[last.end : number.start])
            and text[number.end : number.end + 1] == ")"
            and abs(last.value - number.value) * 50 <= max(last.value, number.value)
        )
        if last is not None and again:
            kept[-1] = replace(last, end=number.end + 1)
        else:
            kept.append(number)
    return kept


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + "\x00" * (end - start) + text[end:]
    return text


def _figures(text: str) -> Iterator[Number]:
    at = 0
    while match := _ONE.search(text, at):
        at = match.end()
        figure, scale = match["figure"], (match["scale"] or "").lower()
        if len(figure) > _LONGEST + 6:
            continue
        percent = _PERCENT.match(text, at)
        value = _value(figure, decimal=bool(percent or scale)) * SCALES.get(scale, 1)
        lowest = SCALES.get(scale, 1)
        while lowest > 1 and (more := _NEXT.match(text, at)):
            times = SCALES.get((more["scale"] or "").lower(), 1)
            if times >= lowest:
                break
            value, lowest, at = value + _value(more["figure"], decimal=False) * times, times, more.end()
        upper, start = None, match.start()
        if gap := _RANGE.match(text, at) or (_AND.match(text, at) if text.endswith("between ", 0, start) else None):
            second = _UPPER.match(text, gap.end())
            after = _PERCENT.match(text, second.end()) if second else None
            changed = gap.re is _RANGE and _BY.search(text[max(0, start - 60) : start])
            if second and len(second["figure"]) <= _LONGEST and (after or gap.re is _RANGE) and not changed:
                times = SCALES.get((second["scale"] or "").lower(), 1)
                top = _value(second["figure"], decimal=bool(after)) * times
                if top > value:
                    upper, at, percent = top, second.end(), percent or after
        yield _number(text, value, start, at, upper=upper)
        at = max(at, percent.end() if percent else at)


def _number(
    text: str, value: Decimal, start: int, end: int, upper: Decimal | None = None, spelt: bool = False
) -> Number:
    percent = _PERCENT.match(text, end)
    points = bool((percent and (percent[1] or "percentage p" in percent[0].lower())) or _POINTS.match(text, end))
    until = percent.end() if percent else end
    upper = None if upper is None else _whole(upper)
    return Number(_whole(value), start, until, bool(percent), _qualifier(text[:start]), upper, spelt, points)


def _whole(value: Decimal) -> Decimal:
    """The value without the zeros behind the point that a multiplier leaves: 6900000, not 6900000.0."""
    whole = value.to_integral_value()
    return whole if value == whole and value.adjusted() > 2 else value


def _value(figure: str, decimal: bool) -> Decimal:
    """decimal: whether a lone separator is a decimal one even before three digits."""
    figure = figure.replace(", ", "," if figure.count(",") > 1 else ".")
    separators = [c for c in figure if not c.isdigit()]
    if not separators:
        return Decimal(figure)
    last = separators[-1]
    digits_after = len(figure) - figure.rindex(last) - 1
    thousands = digits_after == 3 and (len(separators) > 1 or not (decimal and last in ".,"))
    if len(set(separators)) == 1 and (thousands or (len(separators) > 1)):
        return Decimal("".join(filter(str.isdigit, figure)))
    if last in ".,":
        whole, part = figure[: figure.rindex(last)], figure[figure.rindex(last) + 1 :]
        return Decimal("".join(filter(str.isdigit, whole)) + "." + part)
    return Decimal("".join(filter(str.isdigit, figure)))


def _qualifier(before: str) -> str:
    tail = before[-32:]
    if not _QUALIFIED.search(tail):
        return ""
    return next((name for pattern, name in _QUALIFIERS if pattern.search(tail)), "")
