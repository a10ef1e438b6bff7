"""Do claims of the day of a vote agree with the record, and with one another?

Two days are a conflict only where they are surely of the same vote: each is told of one sort of election, the same
one, in the same year or within a campaign; both sentences, or else what else their documents say, name something
in common (a country, a person); and neither speaks of a round, of another date of the vote, or of part of the
voters. Two rounds fall on the same day of the week nearly everywhere, so days that are whole weeks apart are never
held against each other; nor is a day that somebody tells who writes after the other one: it may be another vote.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tallyroom.check.agreement import Verdict
from tallyroom.check.twofigures import Dated
from tallyroom.record.claim import Claim
from tallyroom.record.dates import Span, read_date
from tallyroom.record.folder import Record

__all__ = ["beside_the_record", "of_one_vote"]

_CAMPAIGN, _WEEK = 92, 7  # days
_SORTS = {
    "president": r"presiden\w*",
    "parliament": r"parliament\w*|legislat\w*|congress\w*|duma|knesset|bundestag|majlis|verkhovna|assembly",
    "general": r"general",
    "referendum": r"referend\w*|plebiscite\w*",
}
# Votes of some places only, or that take place on different days in different places.
_SEVERAL = (
    r"local|municipal\w*|mayor\w*|council\w*|region\w*|provinc\w*|state|by-?elections?|senat\w*|european|prima\w+"
)
_NOT_SURELY_THIS = re.compile(
    r"\b(?:round|run-?offs?|second|first|third|phases?|stages?|re-?runs?|re-?vot\w+|repeat\w*|annul\w*|invalid\w*|"
    r"postpon\w+|delay\w*|resched\w+|mov(?:ed|ing)|brought|shift\w*|instead|original\w*|initial\w*|previous\w*|last|"
    r"earlier|former\w*|next|ago|since|advance|abroad|overseas|early voting|embass\w+|due|would have|"
    rf"{_SEVERAL})\b",
    re.I,
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_HOUR = re.compile(r"T[^/]*")
_NAME = re.compile(r"(?<!^)(?<![.!?:\"“]\s)\b[A-Z][\w'’-]{3,}")
_NO_NAME = re.compile(
    r"(?:january|february|march|april|june|july|august|september|october|november|december|\w+day|central|elect\w+|"
    r"commission|committee|president\w*|parliament\w*|general|national|republic|party|minist\w+|chairman|head)\b"
)
_STEM = 5  # letters: Azerbaijan and Azerbaijani, Russia and Russian


@dataclass(frozen=True)
class _Told:
    """A claim of the day of a vote: the day, the sort of election, and stems of the names beside it."""

    claim: Claim
    day: date
    written: date | None
    sort: str
    names: frozenset[str]

    def may_be_another(self, other: date) -> bool:
        """Whether it was written between another day of a vote and this one, as of a vote still to come."""
        if self.written is None:
            return self.claim.modality == "planned"
        return other < self.written < self.day


def beside_the_record(record: Record, claims: Sequence[Dated]) -> Iterator[Verdict]:
    """How claims of the day of a vote stand to the record's."""
    voted = record.election.date
    for one in claims:
        if one.claim.kind == "election_date" and str(one.claim.value) == voted:
            yield Verdict(one.claim, "agrees", f"The record has the same date: {voted}.")
    day = _day(voted)
    if day is None:
        return
    contests = (name for contest in record.election.contests for name in contest.names.values())
    sort = _sort(" ".join((*record.election.names.values(), *contests)))
    # The word before them: a name that opens a text is passed over, as it may be any word.
    here = _stems(" ".join(("In", *_named(record))))
    others = list(_other_days(record))
    for told in _told(claims):
        of_it = told.sort == sort and here & told.names and _near(told.day, day) and not told.may_be_another(day)
        if of_it and not any(read_date(told.day.isoformat()).overlaps(span) for span in others):
            says = f"Two days for one vote: {told.day} is claimed; the record has {day}."
            yield Verdict(told.claim, "conflicts", says)


def _other_days(record: Record) -> Iterator[Span]:
    """When else a record says that people vote: all days of its poll, and the votes that were before."""
    yield from (read_date(earlier.date) for earlier in record.election.elections if earlier.date)
    # An hour is one of the place: without its offset it is of the day that is written.
    polls = (row["at"] for row in record.current("calendar") if row["event"] == "poll" and row["at"])
    yield from (read_date(_HOUR.sub("", at)) for at in polls)


def _named(record: Record) -> Iterator[str]:
    """The names of the country, and of the people and organisations of a record."""
    for table in ("areas", "people", "organisations"):
        for row in record.current(table):
            if table != "areas" or row["kind"] == "nation":
                yield from (text for column, text in row.items() if column.startswith("name") and text)


def of_one_vote(claims: Sequence[Dated]) -> Iterator[Verdict]:
    """Claims that give different days for what is surely one vote; each beside the first that says otherwise."""
    before: dict[date, list[_Told]] = defaultdict(list)
    for one in _told(claims):
        others = (other for day, told in before.items() if _near(one.day, day) for other in told)
        other = next((other for other in others if _one_vote(one, other)), None)
        before[one.day].append(one)
        if other:
            says = f"Two days for one vote: {one.day} beside {other.day}."
            yield Verdict(one.claim, "conflicts", says, other.claim)


def _one_vote(one: _Told, other: _Told) -> bool:
    if one.claim.document == other.claim.document or one.sort != other.sort or not one.names & other.names:
        return False
    return not one.may_be_another(other.day) and not other.may_be_another(one.day)


def _near(one: date, other: date) -> bool:
    """Whether two different days can be mistaken for each other, and are not those of two rounds."""
    apart = abs(one - other).days
    return (one.year == other.year or apart <= _CAMPAIGN) and bool(apart % _WEEK)


def _told(claims: Sequence[Dated]) -> Iterator[_Told]:
    """The claims whose words leave no doubt of which vote they are; of a document that tells of several days none."""
    beside: Mapping[str, set[str]] = defaultdict(set)
    days: Mapping[str, set[str]] = defaultdict(set)
    for one in claims:
        beside[one.claim.document] |= _stems(one.claim.quote)
        if one.claim.kind == "election_date":
            days[one.claim.document].add(str(one.claim.value))
    for one in claims:
        claim = one.claim
        if claim.kind != "election_date" or len(days[claim.document]) > 1:
            continue
        words = f"{claim.subject} {claim.quote}"
        if (day := _day(str(claim.value))) and (sort := _sort(words)) and not _NOT_SURELY_THIS.search(words):
            names = _stems(claim.quote) or frozenset(beside[claim.document])
            yield _Told(claim, day, _day(one.day[:10]), sort, names)


def _sort(text: str) -> str:
    """The sort of election that a text speaks of; empty where it is of none or of several."""
    found = [name for name, words in _SORTS.items() if re.search(rf"\b(?:{words})\b", text, re.I)]
    return found[0] if len(found) == 1 else ""


def _stems(text: str) -> frozenset[str]:
    return frozenset(m[0].lower()[:_STEM] for m in _NAME.finditer(text) if not _NO_NAME.match(m[0].lower()))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
