"""Announced figures as the checks see them: exact values, what each can mean, and which go together.

A figure is measure + subject + counted + place + contest + choice + about + as_of. What a printed
figure can mean is a range: an exact count is itself, 76.43 % is every share that rounds to it, and
"more than 6 million" has no upper end. A place that is the whole election reads as empty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from tallyroom.record.dates import Span, read_date
from tallyroom.record.definition import Contest
from tallyroom.record.folder import Record
from tallyroom.record.rows import Row
from tallyroom.tabulate.shares import decimal_text, rounded

__all__ = ["GROWING", "NOT_YET", "Announced", "Figure", "Range", "VoteSet", "digits_of", "number", "percent", "said"]

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
    """One announced figure. value: exact, as printed. digits: decimals as printed."""

    row: Row
    value: Fraction
    digits: int
    place: str
    contest: str
    span: Span | None
    at: Span | None

    @property
    def measure(self) -> str:
        """What is counted."""
        return self.row["measure"]

    @property
    def counted(self) -> str:
        """In what it counts; empty where that is the measure's own unit, said or not."""
        return "" if self.row["counted"] in _OWN_UNIT.get(self.measure, ()) else self.row["counted"]

    @property
    def choice(self) -> str:
        """For whom; empty where it is for nobody."""
        return self.row["choice"]

    @property
    def percent(self) -> bool:
        """Whether it is a share in percent."""
        return self.row["unit"] == "percent"

    @property
    def exact(self) -> bool:
        """Whether it claims to be the exact number, or the exact share as printed."""
        return not self.row["qualifier"]

    @property
    def thing(self) -> tuple[str, ...]:
        """What it is a figure of, whenever."""
        row = self.row
        about = " ".join(sorted(row.ids("about")))
        parts = (self.measure, row["subject"], self.counted, self.place, self.contest, self.choice, about)
        return (*parts, row["unit"])

    @property
    def step(self) -> Fraction:
        """One unit in the last printed decimal."""
        return Fraction(1, 10**self.digits)

    @property
    def possible(self) -> Range:
        """Every value that it can mean."""
        value, unit = self.value, _last_digit(self.value)
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

    def rounding(self, digits: int | None = None) -> Range:
        """The shares that round to it, halves either way, at its own or at this many decimals."""
        half = (self.step if digits is None else Fraction(1, 10**digits)) / 2
        return Range(self.value - half, self.value + half)

    def truncation(self, digits: int | None = None) -> Range:
        """The shares of which it is the first decimals."""
        step = self.step if digits is None else Fraction(1, 10**digits)
        return Range(self.value, self.value + step, high_in=False)

    def same_time(self, other: Figure) -> bool:
        """Whether the two stand for one moment: growing figures from the same start, others overlapping."""
        if self.span is None or other.span is None:
            return self.span is other.span and self.row["announcement"] == other.row["announcement"]
        if self.measure in GROWING:
            return self.span.first == other.span.first
        return self.span.overlaps(other.span)


def _last_digit(value: Fraction) -> Fraction:
    """One unit in the last digit that is not a zero: 100 for 800, 100,000 for 6,500,000."""
    if value == 0 or value.denominator != 1:
        return Fraction(1, value.denominator)
    unit = 1
    while value % (unit * 10) == 0:
        unit *= 10
    return Fraction(unit)


@dataclass(frozen=True)
class VoteSet:
    """The votes that one announcement gives every choice of a contest at one moment and place.

    total: the printed valid votes where the announcement has them, else the sum.
    """

    votes: Mapping[str, Figure]
    valid: Figure | None

    @property
    def sum(self) -> int:
        """The choices' votes added up."""
        return sum(int(figure.value) for figure in self.votes.values())

    @property
    def first(self) -> Figure:
        """One figure, for when and where."""
        return next(iter(self.votes.values()))

    @property
    def name(self) -> str:
        """The announcement."""
        return self.first.row["announcement"]

    @property
    def rows(self) -> list[Row]:
        """The rows that it is made of."""
        return [figure.row for figure in self.votes.values()] + ([self.valid.row] if self.valid else [])


class Announced:
    """The announced figures in force of a record's own election, found by what they are."""

    def __init__(self, record: Record) -> None:
        self.record = record
        zone = record.election.zone
        only = record.election.contests[0].id if len(record.election.contests) == 1 else ""
        roots = {r.id for r in record.current("areas") if not r["parent"] and r["kind"] != "group"}
        own = {"", record.election.id}

        def span(text: str) -> Span | None:
            return read_date(text, zone) if text else None

        self.figures = [
            Figure(
                row,
                Fraction(row["value"]),
                digits_of(row["value"]),
                "" if row["place"] in roots else row["place"],
                row["contest"] or (only if row["measure"] in _OF_A_CONTEST else ""),
                span(row["as_of"]),
                span(row["at"]),
            )
            for row in record.current("announcements")
            if row["election"] in own
        ]

    def find(self, *measures: str, when: Callable[[Figure], bool] | None = None) -> list[Figure]:
        """Figures of these measures, planned and expected ones left out, in the order of the file."""
        return [f for f in self._by_measure(measures) if f.row["modality"] not in NOT_YET and (when is None or when(f))]

    def _by_measure(self, measures: Iterable[str]) -> list[Figure]:
        return [f for f in self.figures if f.measure in measures]

    def totals(self, measure: str, place: str = "") -> dict[int, list[Figure]]:
        """The exact counts given for all of something at a place: value → the figures, in order of the file.

        A figure that others exceed by its own account ("given as all") is here too: rivals are told apart
        by `rivals`, not hidden.
        """
        values: dict[int, list[Figure]] = defaultdict(list)
        for f in self.find(measure):
            plain = not f.row["subject"] and not f.counted and not f.row["about"]
            if plain and f.place == place and f.exact and not f.percent and f.value.denominator == 1:
                values[int(f.value)].append(f)
        # The figure that most documents print stands first; its rivals follow.
        return dict(sorted(values.items(), key=lambda item: -len({s for f in item[1] for s in f.row.ids("source")})))

    @cached_property
    def by_announcement(self) -> dict[tuple[str, str, str, str], list[Figure]]:
        """Figures given together: same announcement, contest, place and moment."""
        groups: dict[tuple[str, str, str, str], list[Figure]] = defaultdict(list)
        for figure in self.find(*_OF_A_CONTEST):
            groups[figure.row["announcement"], figure.contest, figure.place, figure.row["as_of"]].append(figure)
        return groups

    @cached_property
    def vote_sets(self) -> list[VoteSet]:
        """Every complete set of votes: one exact count for each choice of the contest."""
        sets = []
        for (_, contest_id, _, _), figures in self.by_announcement.items():
            contest = self.record.election.contest(contest_id)
            votes = {f.choice: f for f in figures if f.measure == "candidate_votes" and f.exact and not f.percent}
            if contest and set(votes) == {c.id for c in contest.choices}:
                valid = [f for f in figures if f.measure == "valid_votes" and f.exact and not f.percent]
                sets.append(VoteSet(votes, valid[0] if valid else None))
        return sets

    def share_sets(self) -> list[tuple[Contest, dict[str, Figure]]]:
        """The shares that each announcement gives together: contest, choice → figure."""
        sets = []
        for (_, contest_id, _, _), figures in self.by_announcement.items():
            contest = self.record.election.contest(contest_id)
            shares = {f.choice: f for f in figures if f.measure == "candidate_share" and f.exact and f.percent}
            if contest and shares:
                sets.append((contest, shares))
        return sets


_OF_A_CONTEST = frozenset({"candidate_votes", "candidate_share", "valid_votes", "invalid_votes", "seats"})


def digits_of(text: str) -> int:
    """How many decimals a number is printed with."""
    return len(text.partition(".")[2])


def percent(part: int | Fraction, whole: int | Fraction, digits: int = 2) -> str:
    """A share for a sentence, half-up: `"76.53"`. For a verdict, compare exactly instead."""
    return decimal_text(rounded(Fraction(100) * part / whole, digits), digits)


def number(value: Fraction) -> str:
    """An exact value for a sentence: `6,478,623`, `0.73`."""
    if value.denominator == 1:
        return f"{value.numerator:,}"
    return f"{float(value):,.10f}".rstrip("0")


def said(figure: Figure) -> str:
    """A figure as a sentence has it: `6,478,623`, `76.43 %`, `more than 6,000,000`."""
    value = f"{int(figure.value):,}" if figure.value.denominator == 1 and not figure.percent else figure.row["value"]
    qualifier = f"{figure.row['qualifier']} " if figure.row["qualifier"] else ""
    return f"{qualifier}{value}{' %' if figure.percent else ''}"
