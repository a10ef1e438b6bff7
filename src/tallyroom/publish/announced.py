"""The announced figures that belong together: turnout through the day, the count through the night,
the polls, and figures that were given more than once.

Picks and orders rows; computes nothing and prefers none of the rivals. Places that are the whole
election read as everywhere. Planned and expected figures are kept apart from what was counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from tallyroom.record.contest import Contest
from tallyroom.record.dates import Span, read_date
from tallyroom.record.folder import Record
from tallyroom.record.rows import Row

__all__ = ["AHEAD", "Announced", "CountState", "TurnoutPoint", "distinct"]

AHEAD = frozenset({"planned", "expected", "projected"})
_LAST = datetime.max.replace(tzinfo=UTC)
_COUNTED = ("share_counted", "stations_reporting", "valid_votes", "invalid_votes")


@dataclass(frozen=True)
class TurnoutPoint:
    """Turnout as of one moment or stretch of time: every row that was given for it."""

    as_of: str
    span: Span | None
    counts: Sequence[Row]
    shares: Sequence[Row]
    stations: Sequence[Row]

    @property
    def moment(self) -> datetime | None:
        """The moment, where it is one."""
        return self.span.first if self.span and self.span.first == self.span.end else None


@dataclass(frozen=True)
class CountState:
    """What was given of the count as of one time: shares and votes per choice, and how much was counted.

    Each choice and each measure may have several rows: rivals stand side by side.
    """

    contest: Contest
    as_of: str
    span: Span | None
    shares: Mapping[str, Sequence[Row]]
    votes: Mapping[str, Sequence[Row]]
    counted: Mapping[str, Sequence[Row]]

    @property
    def rows(self) -> list[Row]:
        """Every row of it."""
        groups = (*self.shares.values(), *self.votes.values(), *self.counted.values())
        return [row for group in groups for row in group]

    @property
    def final(self) -> bool:
        """Whether some figure of it was given as final."""
        return any(row["modality"] == "final" for row in self.rows)

    @property
    def choices(self) -> int:
        """For how many choices it has a figure."""
        return len({*self.shares, *self.votes})

    @property
    def share_counted(self) -> list[Row]:
        """How much of the whole was counted, as announced."""
        return list(self.counted.get("share_counted", ()))


class Announced:
    """The announced figures in force of a record's own election."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.zone = record.election.zone
        self.roots = {r.id for r in record.current("areas") if not r["parent"] and r["kind"] != "group"}
        own = {"", record.election.id}
        rows = record.current("announcements")
        self.rows = [row for row in rows if row["election"] in own]
        self.earlier = [row for row in rows if row["election"] not in own]

    def span(self, text: str) -> Span | None:
        """The span that a date of the record allows; None for an unknown one."""
        return read_date(text, self.zone) if text else None

    def everywhere(self, row: Row) -> bool:
        """Whether a figure holds for the whole election."""
        return not row["place"] or row["place"] in self.roots

    def find(self, *measures: str, when: Callable[[Row], bool] | None = None) -> list[Row]:
        """The rows of these measures, by the time that they stand for."""
        rows = [row for row in self.rows if row["measure"] in measures and (when is None or when(row))]
        return sorted(rows, key=self.order)

    def whole(self, measure: str, subject: str = "") -> list[Row]:
        """What was given for all of it, everywhere and of everybody; nothing that lay ahead."""

        def of_all(row: Row) -> bool:
            plain = row["subject"] == subject and not row["counted"] and not row["about"]
            return plain and self.everywhere(row) and row["modality"] not in AHEAD

        return self.find(measure, when=of_all)

    def order(self, row: Row) -> tuple[datetime, datetime]:
        """For sorting: the time that a figure stands for, else the time when it was given, else last."""
        return ordered(self.span(row["as_of"] or row["at"]))

    def turnout(self) -> list[TurnoutPoint]:
        """Turnout of the whole election, in order of time."""
        groups: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        reports = self.whole("stations_reporting", "turnout-reports")
        for row in [*self.whole("turnout_count"), *self.whole("turnout_share"), *reports]:
            groups[row["as_of"]][row["measure"]].append(row)
        points = [
            TurnoutPoint(
                as_of,
                self.span(as_of),
                rows["turnout_count"],
                rows["turnout_share"],
                rows["stations_reporting"],
            )
            for as_of, rows in groups.items()
        ]
        return sorted(points, key=lambda point: ordered(point.span))

    def day(self, points: Iterable[TurnoutPoint]) -> list[TurnoutPoint]:
        """Those of the points that are moments of the election's day."""
        day = read_date(self.record.election.date, self.zone)
        return [p for p in points if p.moment and day.first <= p.moment <= day.end and (p.shares or p.counts)]

    def counts(self, contest: Contest) -> list[CountState]:
        """The states of the count of a contest, in order of time."""
        own = {contest.id} | ({""} if len(self.record.election.contests) == 1 else set())
        groups: dict[str, list[Row]] = defaultdict(list)
        for row in self.find("candidate_share", "candidate_votes", *_COUNTED, when=self.everywhere):
            told = row["contest"] in own and not row["about"] and row["modality"] not in AHEAD
            if told and row["subject"] in ("", "protocols"):
                groups[row["as_of"]].append(row)
        states = [self._state(contest, as_of, rows) for as_of, rows in groups.items()]
        return sorted((s for s in states if s.choices), key=lambda state: ordered(state.span))

    def _state(self, contest: Contest, as_of: str, rows: Sequence[Row]) -> CountState:
        # What was counted stands first as it was given together with the choices' own figures.
        together = {row["announcement"] for row in rows if row["choice"]}
        by: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for row in sorted(rows, key=lambda row: row["announcement"] not in together):
            measure = row["measure"]
            by[measure if row["choice"] else "counted"][row["choice"] or measure].append(row)
        return CountState(contest, as_of, self.span(as_of), by["candidate_share"], by["candidate_votes"], by["counted"])

    def latest(self, contest: Contest) -> CountState | None:
        """The state to show first: the latest of those that cover the most choices."""
        states = self.counts(contest)
        most = max((state.choices for state in states), default=0)
        return next((state for state in reversed(states) if state.choices == most), None)

    def about(self, poll: str, measure: str) -> list[Row]:
        """The rows of a measure about a poll."""
        return self.find(measure, when=lambda row: poll in row.ids("about"))


def ordered(span: Span | None) -> tuple[datetime, datetime]:
    """For sorting: by the end of what a date allows, so that a whole day follows its own hours."""
    if span is None:
        return _LAST, _LAST
    return (span.first, span.first) if span.open_end else (span.end, span.first)


def distinct(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows by what they say: the same value and qualifier together, in order."""
    groups: dict[tuple[str, str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        key = (_value(row["value"]), row["unit"], row["qualifier"], row["counted"])
        groups[key].append(row)
    return list(groups.values())


def _value(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
