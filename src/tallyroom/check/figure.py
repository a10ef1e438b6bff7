"""One announced figure: its exact value, what it can mean, and how a sentence says it.

What a printed figure can mean is a range: an exact count is itself, 76.43 % is every share that
rounds to it, and "more than 6 million" has no upper end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cached_property

from tallyroom.check.findings import Where
from tallyroom.record.dates import Span
from tallyroom.record.rows import Row
from tallyroom.tabulate.shares import decimal_text, rounded

__all__ = [
    "GROWING",
    "NOT_YET",
    "Figure",
    "Range",
    "digits_of",
    "exact_value",
    "listed",
    "many",
    "number",
    "percent",
    "said",
    "unfit",
]

# Figures that grow while the votes are cast and counted, so that two of them are only rivals when
# they stand for the same moment.
GROWING = frozenset(
    {
        "turnout_count",
        "turnout_share",
        "stations_reporting",
        "share_counted",
        "valid_votes",
        "invalid_votes",
        "candidate_votes",
        "candidate_share",
        "seats",
        "observers",
        "media_accredited",
    }
)
_OWN_UNIT: dict[str, tuple[str, ...]] = {
    "registered_voters": ("persons", "voters"),
    "turnout_count": ("persons", "voters"),
    "observers": ("persons", "observers"),
    "media_accredited": ("persons", "journalists"),
    "polling_stations": ("stations",),
    "stations_reporting": ("stations",),
    "stations_annulled": ("stations",),
    "webcams": ("stations",),
    "constituencies": ("constituencies",),
    "candidates_registered": ("candidates", "persons"),
    "ballots_printed": ("ballots",),
    "candidate_votes": ("votes", "ballots"),
    "valid_votes": ("votes", "ballots"),
    "invalid_votes": ("votes", "ballots"),
}
NOT_YET = frozenset({"planned", "expected", "projected"})


@dataclass(frozen=True)
class Range:
    """The values that a printed figure can mean; None is no end on that side."""

    low: Fraction | None
    high: Fraction | None
    low_in: bool = True
    high_in: bool = True

    def meets(self, other: Range) -> bool:
        """Whether some value is in both."""
        return not (self._below(other) or other._below(self))

    def __contains__(self, value: int | Fraction) -> bool:
        return self.meets(Range(Fraction(value), Fraction(value)))

    def _below(self, other: Range) -> bool:
        if self.high is None or other.low is None:
            return False
        return self.high < other.low or (self.high == other.low and not (self.high_in and other.low_in))


@dataclass(frozen=True)
class Figure:
    """One announced figure. value: exact, as printed. digits: decimals as printed. where: its row."""

    row: Row
    value: Fraction
    digits: int
    place: str
    contest: str
    span: Span | None
    at: Span | None
    where: Where

    @cached_property
    def measure(self) -> str:
        """What is counted."""
        return self.row["measure"]

    @cached_property
    def announcement(self) -> str:
        """With what it was given."""
        return self.row["announcement"]

    @property
    def counted(self) -> str:
        """In what it counts; empty where that is the measure's own unit, said or not."""
        counted = self.row["counted"]
        return counted and ("" if counted in _OWN_UNIT.get(self.measure, ()) else counted)

    @property
    def choice(self) -> str:
        """For whom; empty where it is for nobody."""
        return self.row["choice"]

    @cached_property
    def percent(self) -> bool:
        """Whether it is a share in percent."""
        return self.row["unit"] == "percent"

    @cached_property
    def exact(self) -> bool:
        """Whether it claims to be the exact number, or the exact share as printed."""
        return not self.row["qualifier"]

    @cached_property
    def plain(self) -> bool:
        """Whether it is of all there are: no subject, nobody's own, in the measure's unit."""
        return not (self.row["subject"] or self.row["about"] or self.counted)

    @cached_property
    def thing(self) -> tuple[str, ...]:
        """What it is a figure of, whenever."""
        row = self.row
        about = row["about"] and " ".join(sorted(row.ids("about")))
        parts = (self.measure, row["subject"], self.counted, self.place, self.contest, self.choice, about)
        return (*parts, row["unit"])

    @property
    def step(self) -> Fraction:
        """One unit in the last printed decimal."""
        return Fraction(1, 10**self.digits)

    @cached_property
    def possible(self) -> Range:
        """Every value that it can mean."""
        value, unit = self.value, self._last_digit
        match self.row["qualifier"]:
            case "more than" | "over" | "at least":
                # 63,000 beside "more than 63,000" is one round number, not two.
                return Range(value, None)
            case "at most" | "up to" | "within":
                return Range(None, value)
            case "less than":
                return Range(None, value, high_in=False)
            case "almost" | "nearly" | "nearly all":
                return Range(value - unit, value, low_in=False)
            case "about":
                return Range(value - unit / 2, value + unit / 2)
        return self.rounding() if self.percent else Range(value, value)

    @property
    def _last_digit(self) -> Fraction:
        """One unit in the last digit that says something: 100 for 800, 100,000 for 6,500,000, 0.1 for 54.5."""
        if self.digits or self.value == 0:
            return self.step
        unit = 1
        while self.value % (unit * 10) == 0:
            unit *= 10
        return Fraction(unit)

    def rounding(self, digits: int | None = None) -> Range:
        """The shares that round to it, halves either way, at its own or at this many decimals."""
        half = (self.step if digits is None else Fraction(1, 10**digits)) / 2
        return Range(self.value - half, self.value + half)

    def truncation(self, digits: int | None = None) -> Range:
        """The shares of which it is the first decimals."""
        step = self.step if digits is None else Fraction(1, 10**digits)
        return Range(self.value, self.value + step, high_in=False)

    @cached_property
    def moment(self) -> datetime | str:
        """What two growing figures of one moment share: the start; without one, the announcement."""
        return self.span.first if self.span else self.announcement

    def same_time(self, other: Figure) -> bool:
        """Whether the two stand for one moment: growing figures from the same start, others overlapping."""
        if self.span is None or other.span is None or self.measure in GROWING:
            return self.moment == other.moment
        return self.span.overlaps(other.span)

    def earlier(self, other: Figure) -> bool:
        """Whether it surely stands for an earlier moment."""
        return self.span is not None and other.span is not None and self.span.before(other.span)


_SHARES = frozenset({"turnout_share", "share_counted", "candidate_share", "exit_poll_share"})
# An average, and what a poll rests on, need not be whole.
_NOT_WHOLE = frozenset({"voters_per_station", "exit_poll_design"})
_MOST = 2**63 - 1
_LONGEST = 40
_SURELY_A_COUNT = len(str(_MOST))  # with fewer digits


def exact_value(text: str) -> Fraction:
    """A decimal number as it was printed. A whole one takes no reading of fractions, and most are whole."""
    return Fraction(int(text)) if text.isdecimal() else Fraction(text)


def unfit(row: Row) -> str:
    """Why a row can be no figure at all; empty where it can be one."""
    text, measure = row["value"], row["measure"]
    if len(text) < _SURELY_A_COUNT and text.isdecimal() and row["unit"] == "count" and measure not in _SHARES:
        return ""
    if len(text) > _LONGEST:
        return f"it has {len(text):,} characters, more than any figure of an election"
    value = exact_value(text)
    if value < 0:
        return "it is less than nothing"
    if row["unit"] == "count":
        if measure in _SHARES:
            return "a share stands as a count"
        if value > _MOST:
            return f"it is more than {_MOST:,} (64 bits), more than any count"
        if value.denominator != 1 and measure not in _NOT_WHOLE:
            return "a count has no decimals"
    # More voters than the register has are possible where voters are added on the day: `register.py` asks.
    elif measure in _SHARES and measure != "turnout_share" and value > 100 and not row["qualifier"]:
        return "it is more than 100 %"
    return ""


def digits_of(text: str) -> int:
    """How many decimals a number is printed with."""
    return len(text.partition(".")[2])


def percent(part: int | Fraction, whole: int | Fraction, digits: int = 2) -> str:
    """A share for a sentence, half-up: `"76.53"`. For a verdict, compare exactly instead."""
    return decimal_text(rounded(Fraction(100) * part / whole, digits), digits)


def number(value: Fraction) -> str:
    """An exact value for a sentence: `6,478,623`, `0.73`. Only for what has finitely many decimals."""
    digits = 0
    while (value * 10**digits).denominator != 1:
        digits += 1
    whole, _, decimals = decimal_text(value, digits).partition(".")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{abs(int(whole)):,}{f'.{decimals}' if decimals else ''}"


def said(figure: Figure) -> str:
    """A figure as a sentence has it: `6,478,623`, `76.43 %`, `more than 6,000,000`."""
    value = f"{int(figure.value):,}" if figure.value.denominator == 1 and not figure.percent else figure.row["value"]
    qualifier = f"{figure.row['qualifier']} " if figure.row["qualifier"] else ""
    return f"{qualifier}{value}{' %' if figure.percent else ''}"


def listed(parts: Sequence[str], most: int = 12) -> str:
    """What holds, for a sentence: all of a few, the first of many."""
    shown = "; ".join(parts[:most])
    return f"{shown}; and {len(parts) - most:,} more" if len(parts) > most else shown


def many(count: int, word: str) -> str:
    """A count of things that take an s: `1 station`, `1,007 stations`."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"
