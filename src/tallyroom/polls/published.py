"""A poll's published shares beside the result: what it rests on, how far off it is, and what would explain that.

An interval is given only where the design allows one: the number of respondents, and either the pollster's own
margin or a design effect (how many times larger the variance is than if every voter had been drawn singly; people
at one station are alike, so it is never 1 in an exit poll). Nothing is assumed in its place.

The difference from the result is exact. It may be chance, non-response, or a difference between what people did and
said; for non-response it is worked out how large it must have been to explain all of it.

What it cannot tell: which of the two is right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from math import sqrt
from statistics import NormalDist

from tallyroom.record.contest import Contest
from tallyroom.record.dates import read_date
from tallyroom.record.folder import Record
from tallyroom.record.rows import Row
from tallyroom.tabulate.results import Results, StationCounts

__all__ = ["Beside", "Design", "Interval", "NonResponse", "PublishedPoll", "Result", "published_polls", "results_of"]

Percents = Mapping[str, Fraction]


@dataclass(frozen=True)
class Design:
    """What is known of a poll: counts as published, None where nobody says. refused: percent of those asked.

    effect: the design effect; margin: the pollster's own, in points. unknown: what a reader would have to know.
    """

    stations: int | None
    respondents: int | None
    refused: Fraction | None
    effect: Fraction | None
    margin: Fraction | None
    unknown: Sequence[str]


@dataclass(frozen=True)
class Interval:
    """From low to high percent, at 95 %, and what it rests on."""

    low: float
    high: float
    rests_on: str


@dataclass(frozen=True)
class NonResponse:
    """What non-response would have to be to explain the whole difference, if everybody answered truly.

    needed: the choice's percentage among those who refused, where it is known how many did; None where no percentage
    from 0 to 100 would do. least: the smallest percentage of refusals that could explain it, if none (or all) of
    those who refused had voted for the choice.
    """

    refused: Fraction | None
    needed: Fraction | None
    least: Fraction


@dataclass(frozen=True)
class Beside:
    """One choice in a poll and in the result, in percent. inside: None where there is no interval.

    outside_by: points from the interval's nearer end; 0 inside.
    """

    choice: str
    poll: Fraction
    result: Fraction
    interval: Interval | None
    non_response: NonResponse | None

    @property
    def difference(self) -> Fraction:
        """Points that the poll has more."""
        return self.poll - self.result

    @property
    def inside(self) -> bool | None:
        """Whether the result lies in the interval."""
        return None if self.interval is None else self.outside_by == 0

    @property
    def outside_by(self) -> float | None:
        """How far the result lies outside the interval."""
        if self.interval is None:
            return None
        return max(self.interval.low - float(self.result), float(self.result) - self.interval.high, 0.0)


@dataclass(frozen=True)
class Result:
    """What polls are held against: announced (with its as_of), or tabulated by us; percent of `of`.

    to_come: of how many stations, whose figures are not in it, for a tabulated one; None is not known.
    """

    kind: str
    contest: str
    as_of: str
    of: str
    shares: Percents
    to_come: tuple[int, int] | None = None

    @property
    def complete(self) -> bool:
        """Whether so few stations are to come, one in a hundred at most, that it may be called the result.

        An announced one is taken at its word; where nobody knows how many are to come, a tabulated one is no result.
        """
        if self.to_come is None:
            return self.kind != "tabulated"
        return 100 * self.to_come[0] <= self.to_come[1]


@dataclass(frozen=True)
class PublishedPoll:
    """One poll's shares for one contest. no_interval: why there is none; empty where there is one."""

    poll: Row
    contest: str
    design: Design
    shares: Percents
    intervals: Mapping[str, Interval]
    no_interval: str

    def beside(self, result: Result) -> list[Beside]:
        """Every choice that both have."""
        return [
            Beside(choice, share, result.shares[choice], self.intervals.get(choice), self._explained(choice, result))
            for choice, share in self.shares.items()
            if choice in result.shares
        ]

    def _explained(self, choice: str, result: Result) -> NonResponse | None:
        poll, true = self.shares[choice], result.shares[choice]
        if poll == true:
            return None
        least = 100 * (poll - true) / poll if poll > true else 100 * (true - poll) / (100 - poll)
        refused = self.design.refused
        if not refused:
            return NonResponse(refused, None, least)
        # All asked: (100 - refused) of them answered as the poll says, the rest as needed.
        needed = (100 * true - (100 - refused) * poll) / refused
        return NonResponse(refused, needed if 0 <= needed <= 100 else None, least)


def published_polls(record: Record, effect: Fraction | None = None) -> list[PublishedPoll]:
    """Every poll with shares, contest by contest. effect: a design effect to use where none is published."""
    found = []
    for contest in record.election.contests:
        for poll in record.current("polls"):
            shares = _shares(record, poll, contest)
            if shares:
                design = _design(record, poll, effect)
                intervals, why = _intervals(shares, design)
                found.append(PublishedPoll(poll, contest.id, design, shares, intervals, why))
    return found


def results_of(record: Record, tabulated: Results) -> list[Result]:
    """For each contest the last complete announced shares, and our own sums where there are returns."""
    found = []
    for contest in record.election.contests:
        announced = _announced(record, contest)
        ours = _tabulated(record, contest, tabulated)
        found += [result for result in (announced, ours) if result]
    return found


def _about(record: Record, poll: Row, measure: str) -> list[Row]:
    return [row for row in record.current("announcements") if row["measure"] == measure and poll.id in row.ids("about")]


def _shares(record: Record, poll: Row, contest: Contest) -> Percents:
    """The largest set of shares that were given together, of the whole country."""
    choices = {choice.id for choice in contest.choices}
    sets: dict[str, dict[str, Fraction]] = defaultdict(dict)
    for row in _about(record, poll, "exit_poll_share"):
        if row["choice"] in choices and row["contest"] in ("", contest.id) and _exact(row) and not row["place"]:
            sets[row["announcement"]][row["choice"]] = Fraction(row["value"])
    return max(sets.values(), key=len, default={})


def _exact(row: Row) -> bool:
    return row["unit"] == "percent" and not row["qualifier"] and not row["subject"] and not row["election"]


def _design(record: Record, poll: Row, effect: Fraction | None) -> Design:
    rows = _about(record, poll, "exit_poll_design")
    respondents, stations = _count(rows, "respondents"), _count(rows, "stations")
    refused, margin = _percent(rows, "refused"), _percent(rows, "margin", "error")
    stated = next((Fraction(row["value"]) for row in rows if row["subject"] == "design-effect"), None)
    unknown = [
        text
        for text, known in (
            ("how many people were interviewed", respondents is not None),
            ("at how many stations", stations is not None),
            ("how the stations and the voters were chosen", any(row["subject"] == "selection" for row in rows)),
            ("how many refused", refused is not None),
            ("how answers were weighted", any(row["subject"] == "weights" for row in rows)),
            ("a margin of error or a design effect", margin is not None or stated is not None),
        )
        if not known
    ]
    return Design(stations, respondents, refused, stated or effect, margin, unknown)


def _count(rows: Sequence[Row], counted: str) -> int | None:
    """The number of interviews made, exact ones before "more than", and never one that was only planned."""
    known = [r for r in rows if r["counted"] == counted and r["unit"] == "count" and not r["subject"]]
    made = sorted((r for r in known if r["modality"] != "planned"), key=lambda row: bool(row["qualifier"]))
    return int(Fraction(made[0]["value"])) if made else None


def _percent(rows: Sequence[Row], *subjects: str) -> Fraction | None:
    """The percentage that was given of a subject, whatever words stand with it, such as margin-of-error."""
    exact = [row for row in rows if row["unit"] == "percent" and not row["qualifier"] and not row["choice"]]
    known = [row for row in exact if not set(subjects).isdisjoint(row["subject"].split("-"))]
    return Fraction(known[-1]["value"]) if known else None


def _intervals(shares: Percents, design: Design) -> tuple[dict[str, Interval], str]:
    if design.margin is not None:
        reach = float(design.margin)
        says = f"the pollster's margin of {reach:g} points"
        return {c: Interval(max(float(s) - reach, 0), min(float(s) + reach, 100), says) for c, s in shares.items()}, ""
    if design.respondents is None:
        return {}, "it is not known how many people were interviewed"
    if design.effect is None:
        return {}, "no margin or design effect is published, and people at one station are alike"
    effective = design.respondents / float(design.effect)
    says = f"{design.respondents:,} respondents and a design effect of {float(design.effect):g}"
    return {choice: _wilson(float(share) / 100, effective, says) for choice, share in shares.items()}, ""


def _wilson(share: float, effective: float, says: str) -> Interval:
    """Wilson's interval with the effective number of respondents: it never leaves 0 to 100."""
    z = NormalDist().inv_cdf(0.975)
    middle = (share + z * z / (2 * effective)) / (1 + z * z / effective)
    reach = z * sqrt(share * (1 - share) / effective + (z / (2 * effective)) ** 2) / (1 + z * z / effective)
    return Interval(100 * max(middle - reach, 0.0), 100 * min(middle + reach, 1.0), says)


def _announced(record: Record, contest: Contest) -> Result | None:
    choices = {choice.id for choice in contest.choices}
    sets: dict[tuple[str, str], dict[str, Fraction]] = defaultdict(dict)
    for row in record.current("announcements"):
        if row["measure"] == "candidate_share" and row["choice"] in choices and _exact(row) and not row["place"]:
            sets[row["announcement"], row["as_of"] or row["at"]][row["choice"]] = Fraction(row["value"])
    whole = {key: shares for key, shares in sets.items() if choices <= set(shares)}
    if not whole:
        return None
    latest = max(whole, key=lambda key: _end(record, key[1]))
    return Result("announced", contest.id, latest[1], contest.shares_of, whole[latest])


def _end(record: Record, date: str) -> tuple[bool, datetime]:
    """For sorting by the end of what a date allows; without a date, before all others."""
    return (bool(date), read_date(date or "0001", record.election.zone).first)


def _tabulated(record: Record, contest: Contest, results: Results) -> Result | None:
    """Our own sums over the areas that nothing lies above, where every choice's votes and the base are known."""
    roots = {row.id for row in record.current("areas") if not row["parent"] and row["kind"] != "group"}
    [found] = [one for one in results.contests if one.contest == contest.id]
    areas = [area for area in found.areas if area.area in roots]
    bases = [getattr(area, contest.shares_of) for area in areas]
    votes = {c.id: [area.votes[c.id] for area in areas] for c in contest.choices}
    if not areas or None in bases or not sum(bases) or any(None in counts for counts in votes.values()):
        return None
    shares = {choice: Fraction(100 * sum(n or 0 for n in counts), sum(bases)) for choice, counts in votes.items()}
    return Result("tabulated", contest.id, "", contest.shares_of, shares, _to_come([area.stations for area in areas]))


def _to_come(stations: Sequence[StationCounts]) -> tuple[int, int] | None:
    """How many stations' figures may still come, of how many there are."""
    expected, missing = [one.expected for one in stations], [one.missing for one in stations]
    if None in expected or None in missing:
        return None
    return sum(n or 0 for n in missing) + sum(one.held for one in stations), sum(n or 0 for n in expected)
