"""Our own results as a report in the Election Results Reporting Common Data Format of NIST SP 1500-100r2.

The tree stands in the shape of its JSON, and each object's keys in the order that its XML demands, so that
`nist_files` writes both from it. Only what the returns add up to is in it, never an announced figure. `LEFT_OUT` is
what the format cannot hold; `docs/nist-1500-100.md` is made of it.

Source: NIST SP 1500-100r2 (version 2.0.3 of its schemas).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from tallyroom import __version__
from tallyroom.publish.certifying import certified_step
from tallyroom.record.contest import LIST_RULES, Choice, Contest
from tallyroom.record.dates import read_date
from tallyroom.record.folder import Record
from tallyroom.record.rows import Row
from tallyroom.tabulate.results import AreaResult, ContestResult, Results, StationCounts, tabulate

__all__ = ["LEFT_OUT", "MOST_STATIONS", "report"]

# With more, a file would be too large for the programs that read this format, and areas alone are in it.
MOST_STATIONS = 20_000

LEFT_OUT: tuple[tuple[str, str], ...] = (
    ("announced figures", "it has no place for who gave a figure, when, as of when, and how exactly"),
    ("why a figure is unknown", "illegible, not on this form and left empty all look like no count at all"),
    ("how many stations do not state a figure (`lacking`)", "a sum over some of the stations looks like one over all"),
    ("the acts of a station", "one count stands for each; recounts, rulings and what they changed are not told apart"),
    ("held and annulled stations with their reasons", "a unit's count is completed or in process; why is not said"),
    ("items of the form other than votes", "ballots received, spoiled, unused … have no field"),
    (
        "ballots cast and invalid ballots where there are several contests",
        "ballots are counted for the election as a whole, not for each contest",
    ),
    ("registered voters where contests state different ones", "a unit has one number of voters"),
    ("shares and turnout in percent", "they are to be worked out by the reader, whose base may be another"),
    ("the margin, ties, and votes that could still come", "it has the winner, and nothing of how certain that is"),
    ("what a majority or a threshold is measured by", "the rule is one word"),
    ("sources, copies of forms, findings", "no field leads from a count to what it rests on"),
    ("pictures of forms and corrected rows", "it has the last state only"),
    ("people and organisations who do not stand, their statements, offices and polls", "outside its scope"),
    (f"stations, in an election of more than {MOST_STATIONS:,}", "left out by us, for the size of the file"),
)

# fmt: off
_UNITS = frozenset({
    "borough", "city", "city-council", "combined-precinct", "congressional", "county", "county-council",
    "judicial", "municipality", "polling-place", "precinct", "school", "special", "split-precinct", "state",
    "state-house", "state-senate", "town", "township", "utility", "village", "vote-center", "ward", "water",
})
# fmt: on
_TYPES = {"regular": "general", "second-round": "runoff", "by-election": "special"}
_BEFORE = {"nominated": "filed", "accepted": "filed", "registered": "qualified", "withdrawn": "withdrawn"}
Tree = dict[str, Any]


def report(record: Record, results: Results, at: datetime, stations: bool = True) -> Tree:
    """The report. results: those of the areas above the station; at: the time of publication, with its zone.

    stations: whether each station is in it, of an election that has no more than MOST_STATIONS.
    """
    return _Report(record, results, at, stations).tree()


def _is(name: str, **fields: object) -> Tree:
    """An object of the format, without what is not known."""
    return {"@type": f"ElectionResults.{name}"} | {k: v for k, v in fields.items() if v not in (None, "", [])}


def _text(texts: Mapping[str, str]) -> Tree:
    said = [_is("LanguageString", Content=text, Language=language) for language, text in texts.items() if text]
    return _is("InternationalizedText", Text=said)


def _id(name: str, tree: Tree) -> Tree:
    return {"@type": tree["@type"], "@id": name, **tree}


class _Report:
    def __init__(self, record: Record, results: Results, at: datetime, with_stations: bool) -> None:
        self.record, self.results, self.at = record, results, at
        self.language = record.election.first_language
        stations = record.tables.get("stations")
        self.with_stations = with_stations and stations is not None and len(stations) <= MOST_STATIONS
        self.at_stations = tabulate(record, "station") if self.with_stations else Results(results.election, [])
        self.roots = [r.id for r in record.current("areas") if not r["parent"] and r["kind"] != "group"]
        self.scope = f"gp-{self.roots[0]}" if len(self.roots) == 1 else "whole"
        self.certified = certified_step(record, at) is not None
        self.counted = [c for c in results.contests if c.outcome.status != "nothing-to-tabulate"]
        names = {c.contest for c in self.counted}
        # What a unit states once can be said where one contest alone is counted.
        self.only = self.counted[0].contest if len(names) == 1 else ""
        both = (c for c in chain(results.contests, self.at_stations.contests) if c.contest in names)
        self.figures = {(c.contest, area.area): area for c in both for area in c.areas}

    def tree(self) -> Tree:
        election = self.record.election
        parties = self._parties()
        return _is(
            "ElectionReport",
            Election=[self._election()],
            Format="precinct-level" if self.with_stations and self.counted else "summary-contest",
            GeneratedDate=self.at.astimezone(election.zone).isoformat(timespec="seconds"),
            GpUnit=list(self._units()),
            Issuer="Whoever published this folder, with Tallyroom",
            IssuerAbbreviation="tallyroom",
            IsTest=election.synthetic or None,
            Notes="What the returns in this record add up to; no announced figure is in it. "
            "results.json and the tables beside it say what this format cannot hold.",
            Party=parties,
            Person=self._people(),
            SequenceStart=1,
            SequenceEnd=1,
            Status=self._status(),
            VendorApplicationId=f"tallyroom-{__version__}",
        )

    def _status(self) -> str:
        """certified where the calendar says so; unofficial-complete where nothing is missing or held."""
        if self.certified and self.counted:
            return "certified"
        wholes = [self.figures[c.contest, root].stations for c in self.counted for root in self.roots]
        complete = wholes and all(stations.missing == 0 and not stations.held for stations in wholes)
        return "unofficial-complete" if complete else "unofficial-partial"

    # The election and its contests

    def _election(self) -> Tree:
        election = self.record.election
        span = read_date(election.date, election.zone)
        kind = _TYPES.get(election.occasion, "other")
        return _is(
            "Election",
            BallotCounts=list(self._ballots()),
            Candidate=[c for n, contest in self._contests() for c in self._candidates(n, contest)],
            Contest=[self._contest(number, contest) for number, contest in self._contests()],
            ElectionScopeId=self.scope,
            ExternalIdentifier=[self._own(election.id)],
            Name=_text(election.names),
            StartDate=span.first.astimezone(election.zone).date().isoformat(),
            EndDate=span.end.astimezone(election.zone).date().isoformat(),
            Type=kind,
            OtherType=election.occasion if kind == "other" else None,
        )

    def _contests(self) -> Iterator[tuple[int, Contest]]:
        yield from enumerate(self.record.election.contests, 1)

    def _ballots(self) -> Iterator[Tree]:
        for (contest, place), area in self.figures.items():
            if contest == self.only and (area.cast is not None or area.invalid is not None):
                unit = f"gp-{place}"
                yield _is(
                    "BallotCounts", GpUnitId=unit, Type="total", BallotsCast=area.cast, BallotsRejected=area.invalid
                )

    def _contest(self, number: int, contest: Contest) -> Tree:
        lists = contest.rule in LIST_RULES
        result = next(c for c in self.results.contests if c.contest == contest.id)
        total = self._sum(contest)
        fields = {
            "ContestSelection": [self._selection(number, n, contest, c) for n, c in enumerate(contest.choices, 1)],
            "CountStatus": [_is("CountStatus", Status=_state(total), Type="total")],
            "ElectionDistrictId": self.scope,
            "ExternalIdentifier": [self._own(contest.id)],
            "Name": contest.names.get(self.language) or next(iter(contest.names.values()), contest.id),
            "SequenceOrder": number,
            "SubUnitsReported": total.received if result in self.counted else None,
            "TotalSubUnits": total.expected,
            "VoteVariation": _variation(contest),
        }
        if not lists:
            fields |= {"NumberElected": contest.seats, "VotesAllowed": contest.votes_a_ballot}
        return _id(f"contest-{number}", _is("PartyContest" if lists else "CandidateContest", **fields))

    def _sum(self, contest: Contest) -> StationCounts:
        """The stations of all areas that are a whole."""
        wholes = [a.stations for root in self.roots if (a := self.figures.get((contest.id, root))) is not None]
        expected = [stations.expected for stations in wholes]
        return StationCounts(
            sum(n for n in expected if n is not None) if expected and None not in expected else None,
            sum(stations.accepted for stations in wholes),
            sum(stations.held for stations in wholes),
            sum(stations.annulled for stations in wholes),
        )

    def _selection(self, contest_number: int, number: int, contest: Contest, choice: Choice) -> Tree:
        counts = list(self._counts(contest, choice.id))
        name = f"{contest_number}-{number}"
        if contest.rule in LIST_RULES:
            own = _is("PartySelection", SequenceOrder=number, VoteCounts=counts, PartyIds=[f"list-{name}"])
        else:
            own = _is("CandidateSelection", SequenceOrder=number, VoteCounts=counts, CandidateIds=[f"candidate-{name}"])
        return _id(f"selection-{name}", own)

    def _counts(self, contest: Contest, choice: str) -> Iterator[Tree]:
        for (name, place), area in self.figures.items():
            if name == contest.id and area.votes[choice] is not None:
                yield _is("VoteCounts", GpUnitId=f"gp-{place}", Type="total", Count=area.votes[choice])
        outcome = next(c.outcome for c in self.results.contests if c.contest == contest.id)
        if outcome.seats:
            yield _is("VoteCounts", GpUnitId=self.scope, Type="seats", Count=outcome.seats.get(choice, 0))

    def _candidates(self, number: int, contest: Contest) -> Iterator[Tree]:
        if contest.rule in LIST_RULES:
            return
        result = next(c for c in self.results.contests if c.contest == contest.id)
        people = {row.id for row in self.record.current("people")}
        for n, choice in enumerate(contest.choices, 1):
            step = self._step(contest, choice.id)
            fields = {
                "BallotName": _text(self._names(choice)),
                "ExternalIdentifier": [self._own(choice.id)],
                "PartyId": f"party-{step['party']}" if step and self._is_party(step["party"]) else None,
                "PersonId": f"person-{choice.id}" if choice.id in people else None,
                "PostElectionStatus": self._after(result, choice.id),
                "PreElectionStatus": _BEFORE.get(step["status"]) if step else None,
            }
            yield _id(f"candidate-{number}-{n}", _is("Candidate", **fields))

    def _step(self, contest: Contest, choice: str) -> Row | None:
        """The last step of a candidacy."""
        steps = self.record.current("candidates")
        own = [row for row in steps if row["candidate"] == choice and row["contest"] == contest.id]
        return own[-1] if own else None

    def _after(self, result: ContestResult, choice: str) -> str | None:
        """What became of a candidate, once that is certified."""
        if not self.certified or result.outcome.status not in ("decided", "second-round"):
            return None
        won = "winner" if choice in result.outcome.elected else "defeated"
        return "advanced-to-runoff" if choice in result.outcome.second_round else won

    def _names(self, choice: Choice) -> dict[str, str]:
        return dict(choice.names) or self._named(choice.id)

    def _named(self, name: str) -> dict[str, str]:
        """The names of an id in each language that its row has."""
        row = self.record.named.get(name)
        own = {self.language: self.record.name_of(name)}
        if row is None:
            return own
        return own | {column[5:]: text for column, text in row.items() if column.startswith("name.") and text}

    def _people(self) -> list[Tree]:
        standing = {c.id for contest in self.record.election.contests for c in contest.choices}
        rows = (row for row in self.record.current("people") if row.id in standing)
        return [_id(f"person-{r.id}", _is("Person", FullName=_text(self._named(r.id)))) for r in rows]

    def _is_party(self, name: str) -> bool:
        row = self.record.named.get(name)
        return row is not None and row.table == "organisations"

    def _parties(self) -> list[Tree]:
        """The organisations that nominate, and the lists of list contests."""
        rows = self.record.current("candidates")
        nominating = dict.fromkeys(row["party"] for row in rows if self._is_party(row["party"]))
        found = [
            _id(f"party-{name}", _is("Party", ExternalIdentifier=[self._own(name)], Name=_text(self._named(name))))
            for name in nominating
        ]
        for number, contest in self._contests():
            for n, choice in enumerate(contest.choices, 1) if contest.rule in LIST_RULES else ():
                own = _is("Party", ExternalIdentifier=[self._own(choice.id)], Name=_text(self._names(choice)))
                found.append(_id(f"list-{number}-{n}", own))
        return found

    # Areas and stations

    def _units(self) -> Iterator[Tree]:
        below: dict[str, list[str]] = {row.id: [] for row in self.record.current("areas")}
        for row in self.record.current("areas"):
            if row["parent"]:
                below[row["parent"]].append(f"gp-{row.id}")
        stations = self.record.current("stations") if self.with_stations else []
        for row in stations:
            for area in (row["area"], *row.ids("groups")):
                below[area].append(f"gp-{row.id}")
        if self.scope == "whole":
            parts = [f"gp-{root}" for root in self.roots]
            name = _text(self.record.election.names)
            whole = _is("ReportingUnit", ComposingGpUnitIds=parts, Name=name, Type="other", OtherType="whole")
            yield _id("whole", whole)
        for row in self.record.current("areas"):
            yield self._unit(row, below[row.id], "country" if row["kind"] == "nation" else row["kind"])
        for row in stations:
            yield self._unit(row, [], "precinct")

    def _unit(self, row: Row, below: Sequence[str], kind: str) -> Tree:
        area = self.figures.get((self.only, row.id))
        known = kind in _UNITS or kind == "country"
        fields = {
            "ComposingGpUnitIds": list(below),
            "ExternalIdentifier": [self._own(row.id)],
            "Name": _text(self._unit_names(row)),
            "ContactInformation": _contact(row),
            "CountStatus": [_is("CountStatus", Status=_state(area.stations), Type="total")] if area else None,
            "SubUnitsReported": area.stations.received if area and row.table == "areas" else None,
            "TotalSubUnits": area.stations.expected if area and row.table == "areas" else None,
            "Type": kind if known else "other",
            "OtherType": None if known else kind,
            "VotersParticipated": area.cast if area else None,
            "VotersRegistered": _registered(area) if area else None,
        }
        return _id(f"gp-{row.id}", _is("ReportingUnit", **fields))

    def _unit_names(self, row: Row) -> dict[str, str]:
        names = {self.language: row["name"] or row.id}
        return names | {column[5:]: text for column, text in row.items() if column.startswith("name.") and text}

    @staticmethod
    def _own(name: str) -> Tree:
        """Our own id of something."""
        return _is("ExternalIdentifier", Type="other", OtherType="id in this record", Value=name)


def _registered(area: AreaResult) -> int | None:
    return area.registered if area.registered_expected is None else area.registered_expected


def _contact(row: Row) -> Tree | None:
    """Where a station stands, where that is known."""
    place = None
    if row["lat"] and row["lon"]:
        place = _is("LatLng", Latitude=float(row["lat"]), Longitude=float(row["lon"]))
    found = _is("ContactInformation", AddressLine=[row["address"]] if row["address"] else [], LatLng=place)
    return found if len(found) > 1 else None


def _state(stations: StationCounts) -> str:
    """How far the count of these stations is; held ones are in process."""
    if not stations.received:
        return "not-processed" if stations.expected else "unknown"
    if stations.missing is None:
        return "unknown"
    return "in-process" if stations.missing or stations.held else "completed"


def _variation(contest: Contest) -> str:
    if contest.rule in LIST_RULES:
        return "proportional"
    if contest.rule == "plurality" and contest.votes_a_ballot > 1:
        return "n-of-m"
    return {"absolute-majority": "majority"}.get(contest.rule, contest.rule)
