"""The announced figures as the checks see them: in force, of this election, and found by what they are.

A figure is measure + subject + counted + place + contest + choice + about + as_of. A place that is
the whole election reads as empty. Rows that can be no figure at all, such as a negative count, are
set aside for `impossible.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property

from tallyroom.check.figure import NOT_YET, Figure, digits_of, exact_value, unfit
from tallyroom.check.findings import Where
from tallyroom.record.contest import Contest
from tallyroom.record.dates import Span, read_date
from tallyroom.record.folder import Record
from tallyroom.record.rows import Row

__all__ = ["Announced", "VoteSet"]

_OF_A_CONTEST = frozenset({"candidate_votes", "candidate_share", "valid_votes", "invalid_votes", "seats"})

_CALLED = {
    "turnout_count": "Voters",
    "turnout_share": "Turnout",
    "candidate_votes": "Votes",
    "candidate_share": "Share of the votes",
    "share_counted": "Share of the count",
    "exit_poll_share": "Share in the exit poll",
    "media_accredited": "Accredited media",
}
# A day from either end of the calendar no zone leads out of it.
_FIRST, _LAST = datetime(1, 1, 3, tzinfo=UTC), datetime(9999, 12, 29, tzinfo=UTC)


@dataclass(frozen=True)
class VoteSet:
    """The votes that one announcement gives every choice of a contest at one moment and place.

    valid: the valid votes that it gives too, or that were given elsewhere for the same moment.
    a_ballot: the most votes that one ballot can give.
    """

    votes: Mapping[str, Figure]
    valid: Figure | None
    a_ballot: int = 1

    @cached_property
    def sum(self) -> int:
        """The choices' votes added up."""
        return sum(int(figure.value) for figure in self.votes.values())

    @cached_property
    def ballots(self) -> int:
        """The fewest ballots that can have given these votes; the sum where a ballot gives one."""
        return max(-(-self.sum // self.a_ballot), *(int(figure.value) for figure in self.votes.values()))

    @property
    def first(self) -> Figure:
        """One figure, for when and where."""
        return next(iter(self.votes.values()))

    @property
    def name(self) -> str:
        """The announcement."""
        return self.first.announcement

    @property
    def rows(self) -> list[Row]:
        """The rows that it is made of."""
        return [figure.row for figure in self.votes.values()] + ([self.valid.row] if self.valid else [])


class Announced:
    """The announced figures in force of a record's own election, found by what they are.

    figures: those that can be checked. set_aside: rows that can be no figure at all, and why.
    """

    def __init__(self, record: Record) -> None:
        self.record = record
        self._contests = [c.id for c in record.election.contests]
        self._by_choice = _contests_of_choices(record)
        areas = record.current("areas")
        self._areas = {row.id for row in areas}
        roots = [r.id for r in areas if not r["parent"] and r["kind"] != "group"]
        # Of several areas without one above them none is the whole.
        self.root = roots[0] if len(roots) == 1 else ""
        own = {"", record.election.id}
        rows = [row for row in record.current("announcements") if row["election"] in own]
        self.set_aside = [(row, why) for row in rows if (why := unfit(row))]
        aside = {row.id for row, _ in self.set_aside}
        together: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            together[row["announcement"]].update(self._by_choice.get(row["choice"], ()))
        self.figures = [self._figure(row, together) for row in rows if row.id not in aside]
        self._given = [f for f in self.figures if f.row["modality"] not in NOT_YET]
        self._indexes: dict[tuple[bool, ...], dict[tuple[object, ...], list[Figure]]] = {}
        self._totals: dict[tuple[str, str, str], dict[int, list[Figure]]] = {}

    def _figure(self, row: Row, together: Mapping[str, set[str]]) -> Figure:
        zone = self.record.election.zone
        place, value = row["place"], row["value"]
        where = Where(row.file, row.line, contest=row["contest"])
        if place:
            station = place not in self._areas
            where = Where(row.file, row.line, "" if station else place, place if station else "", row["contest"])
        return Figure(
            row,
            exact_value(value),
            digits_of(value),
            "" if place == self.root else place,
            self._contest(row, together[row["announcement"]]),
            read_date(row["as_of"], zone) if row["as_of"] else None,
            read_date(row["at"], zone) if row["at"] else None,
            where,
        )

    def _contest(self, row: Row, together: set[str]) -> str:
        """The contest that a row is of; empty for what is of all, such as the register.

        Left out in the row, it is that of the choice, or of the choices given with it.
        """
        of_one = row["measure"] in _OF_A_CONTEST
        if len(self._contests) == 1:
            return self._contests[0] if of_one else ""
        if row["contest"] or not of_one:
            return row["contest"]
        known = self._by_choice.get(row["choice"], set()) if row["choice"] else together
        return next(iter(known)) if len(known) == 1 else ""

    def find(
        self,
        *measures: str,
        place: str | None = None,
        announcement: str | None = None,
        at: Figure | None = None,
        when: Callable[[Figure], bool] | None = None,
    ) -> list[Figure]:
        """Figures of these measures, planned and expected ones left out; those of one measure in the file's order.

        at: of growing figures, only those of the same moment as this one.
        """
        pool = (f for measure in measures for f in self._pool(measure, place, announcement, at.moment if at else None))
        return [f for f in pool if when is None or when(f)]

    def _pool(
        self, measure: str, place: str | None, announcement: str | None, moment: datetime | str | None
    ) -> list[Figure]:
        """The figures of a measure with these; None is any. An index of each kind is made when one asks for it."""
        of_place, of_announcement, of_moment = kind = (place is not None, announcement is not None, moment is not None)
        if kind not in self._indexes:
            index = self._indexes[kind] = defaultdict(list)
            for f in self._given:
                key = (f.measure, f.place if of_place else None, f.announcement if of_announcement else None)
                index[*key, f.moment if of_moment else None].append(f)
        return self._indexes[kind].get((measure, place, announcement, moment), [])

    def given_with(self, figure: Figure, measure: str) -> Figure | None:
        """The exact figure of a growing measure that was given together with another; None where none was."""
        pool = self._pool(measure, figure.place, figure.announcement, figure.moment)
        same = (f for f in pool if f.exact and f.plain and f.contest == figure.contest)
        return next(same, None)

    def totals(self, measure: str, place: str = "", contest: str = "") -> dict[int, list[Figure]]:
        """The exact counts given for all of something at a place: value → the figures, most sources first.

        contest: that contest's own figures where there are any, else those of no contest. A figure that
        others exceed by its own account ("given as all") is here too: rivals are told apart by `rivals`,
        not hidden.
        """
        key = (measure, place, contest)
        if key not in self._totals:
            found = self.find(measure, place=place, when=lambda f: f.plain and f.exact and not f.percent)
            own = [f for f in found if f.contest == contest]
            values: dict[int, list[Figure]] = defaultdict(list)
            for f in own or [f for f in found if not f.contest]:
                values[int(f.value)].append(f)
            # The figure that most documents print stands first; its rivals follow.
            ordered = sorted(values.items(), key=lambda item: -len({s for f in item[1] for s in f.row.ids("source")}))
            self._totals[key] = dict(ordered)
        return self._totals[key]

    def registers(self, figure: Figure) -> list[int]:
        """The registers announced for a figure's place and contest, none of them zero."""
        return [total for total in self.totals("registered_voters", figure.place, figure.contest) if total]

    def stations(self, figure: Figure) -> list[int]:
        """The numbers of stations announced for a figure's place, none of them zero."""
        return [total for total in self.totals("polling_stations", figure.place) if total]

    @cached_property
    def close(self) -> datetime:
        """When the poll closed, by the calendar; where it does not say, the end of election day."""
        zone = self.record.election.zone
        polls = [read_date(r["at"], zone) for r in self.record.current("calendar") if r["event"] == "poll"]
        known = [span.end for span in polls if not span.open_end]
        return max(known) if known else read_date(self.record.election.date, zone).end

    @cached_property
    def by_announcement(self) -> dict[tuple[str, ...], list[Figure]]:
        """Figures of a contest given together: same announcement, contest, place, moment and subject."""
        groups: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
        for f in self.figures:
            if f.measure in _OF_A_CONTEST and f.row["modality"] not in NOT_YET:
                key = (f.announcement, f.contest, f.place, f.row["as_of"], f.row["subject"], f.counted, f.row["about"])
                groups[key].append(f)
        return groups

    @cached_property
    def vote_sets(self) -> list[VoteSet]:
        """Every complete set of votes: one exact count for each choice of the contest."""
        return [found for found in self.votes_given if self.lacks(found) == 0 and found.first.plain]

    @cached_property
    def votes_given(self) -> list[VoteSet]:
        """Exact votes given together, of all choices of a contest or of some."""
        sets = []
        for (_, contest_id, *_), figures in self.by_announcement.items():
            contest = self.record.election.contest(contest_id)
            votes = {f.choice: f for f in figures if f.measure == "candidate_votes" and f.exact and not f.percent}
            if contest and votes:
                sets.append(VoteSet(votes, self._valid(figures, next(iter(votes.values()))), contest.votes_a_ballot))
        return sets

    def _valid(self, figures: Sequence[Figure], first: Figure) -> Figure | None:
        own = [f for f in figures if f.measure == "valid_votes" and f.exact and not f.percent]
        if own or not first.plain:
            return own[0] if own else None
        other = self.find("valid_votes", place=first.place, at=first, when=lambda f: f.plain and f.exact)
        same = [f for f in other if f.contest == first.contest and not f.percent]
        return same[0] if len({f.value for f in same}) == 1 else None

    def lacks(self, votes: VoteSet) -> int:
        """How many choices of its contest a set of votes does not give."""
        contest = self.record.election.contest(votes.first.contest)
        return sum(choice.id not in votes.votes for choice in contest.choices) if contest else 0

    def not_all(self, contest: Contest, what: str, given: int) -> str:
        """What figures of so many choices lack to be those of all who stand for one seat; empty where they are all.

        Choices that somebody wrote down are all. Those that reading found may lack some, unless their number was told.
        """
        told = self.find("candidates_registered", place="", when=lambda f: f.exact and f.plain and not f.percent)
        of_it = [int(f.value) for f in told if contest.seats == 1 and len(self._contests) == 1]
        # Of rival figures the least: the larger may count those who were only nominated.
        stand = max(len(contest.choices), min(of_it, default=0))
        if given < stand:
            return f"the {what} of all who stand: {given} are given here, and {stand} were registered"
        own = [f for f in self.figures if f.choice and f.contest == contest.id]
        if of_it or not all(f.row["claim"] for f in own):
            return ""
        return f"the {what} of all who stand: {given} were found by reading, and nobody tells that these are all"

    @cached_property
    def share_sets(self) -> list[tuple[Contest, dict[str, Figure]]]:
        """The shares that each announcement gives together: contest, choice → figure."""
        sets = []
        for (_, contest_id, *_), figures in self.by_announcement.items():
            contest = self.record.election.contest(contest_id)
            shares = {f.choice: f for f in figures if f.measure == "candidate_share" and f.exact and f.percent}
            if contest and shares and next(iter(shares.values())).plain:
                sets.append((contest, shares))
        return sets

    def what(self, figure: Figure) -> str:
        """What a figure is a figure of, to start a sentence with: `Polling stations (permanent) in Abroad`."""
        row, name = figure.row, self.record.name_of
        words = [_CALLED.get(figure.measure) or figure.measure.replace("_", " ").capitalize()]
        words += [f"for {name(figure.choice)}"] if figure.choice else []
        words += [f"({row['subject'].replace('-', ' ')})"] if row["subject"] else []
        words += [f"by {', '.join(name(i) for i in row.ids('about'))}"] if row["about"] else []
        words += [f"in {name(figure.place)}"] if figure.place else []
        return f"{' '.join(words)}, in {figure.counted}" if figure.counted else " ".join(words)

    def when(self, figure: Figure) -> str:
        """The moment that a figure stands for, in a sentence: `2024-02-07 19:00`, `2024-02-06 or later`."""
        return self.moment(figure.row["as_of"])

    def moment(self, text: str) -> str:
        """An EDTF text for people: at the place's own time the offset is left out."""
        start, slash, end = text.partition("/")
        if not text:
            return "an unknown time"
        if not slash:
            return self._one(text)
        if start in ("..", ""):
            return f"{self._one(end)} or earlier"
        return f"{self._one(start)} or later" if end in ("..", "") else f"{self._one(start)} to {self._one(end)}"

    def _one(self, text: str) -> str:
        day, hour, time = text.partition("T")
        if not hour:
            return day
        zone = self.record.election.zone
        clock = time[:5] if read_date(text[:16], zone) == read_date(text, zone) else time
        return f"{day} {clock}"

    def day(self, span: Span | None) -> date | None:
        """The day, at the place of the election, on which a span of time starts; None where that is open."""
        if span is None or not _FIRST < span.first < _LAST:
            return None
        return span.first.astimezone(self.record.election.zone).date()


def _contests_of_choices(record: Record) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for contest in record.election.contests:
        for choice in contest.choices:
            found[choice.id].add(contest.id)
    return found
