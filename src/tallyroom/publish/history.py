"""Every publication of a site, in the order in which they were made: `publications.json`.

    {"election", "publications": [{"number", "at", "release": path or "", "because",
        "banner": rehearsal | nothing | announced | partial | preliminary | final,
        "results": SHA-256 of results.json,
        "contests": [{"contest", "stations": {"expected", "received", "accepted", "held", "annulled", "missing"},
                      "registered", "registered_expected", "cast", "valid", "invalid", "votes": {choice: n}}],
        "came_in": {contest: stations}, "areas": [id],
        "differences": [{"kind": corrected | altered | gone | rule, "table", "row", "area", "station",
                         "was": {column: text}, "now": {column: text}, "reason"}],
        "findings": {"new": [{"id", "severity", "says"}], "gone": [the same]}}]}

The figures of a contest are sums over the areas that are a whole. `at` is UTC. The file grows with each
publication and takes nothing back, so what was published in between can be read afterwards; but of a row that was taken
out of the log by a redaction it forgets the cells, and the releases that hold it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from tallyroom.publish.banner import banner
from tallyroom.publish.differences import Differences
from tallyroom.publish.edition import Edition
from tallyroom.tabulate.results import AreaResult

__all__ = ["FILE", "History", "Publication", "read_history"]

FILE = "publications.json"
_STATIONS = ("expected", "received", "accepted", "held", "annulled", "missing")
_FIGURES = ("registered", "registered_expected", "cast", "valid", "invalid")


@dataclass(frozen=True)
class Publication:
    """One publication: when, why, what it said, and what was different from the one before."""

    number: int
    at: str
    release: str
    because: str
    banner: str
    results: str
    contests: Sequence[Mapping[str, Any]]
    came_in: Mapping[str, int]
    areas: Sequence[str]
    differences: Sequence[Mapping[str, Any]]
    findings: Mapping[str, Sequence[Mapping[str, str]]]

    @property
    def moment(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.at)


@dataclass(frozen=True)
class History:
    """The publications of an election's site, the first one first."""

    election: str
    publications: tuple[Publication, ...] = ()

    @property
    def last(self) -> Publication | None:
        """The latest one; None before the first."""
        return self.publications[-1] if self.publications else None

    @property
    def latest_first(self) -> Iterator[tuple[Publication, Publication | None]]:
        """Each publication with the one before it."""
        told = self.publications
        return zip(reversed(told), (*told[-2::-1], None), strict=True)

    @property
    def findings(self) -> dict[str, Mapping[str, str]]:
        """What the checks said at the latest publication, by the findings' names."""
        found: dict[str, Mapping[str, str]] = {}
        for one in self.publications:
            found |= {finding["id"]: finding for finding in one.findings["new"]}
            for finding in one.findings["gone"]:
                del found[finding["id"]]
        return found

    @property
    def next(self) -> int:
        """The number of the publication that comes."""
        return self.publications[-1].number + 1 if self.publications else 1

    def and_then(
        self, edition: Edition, results: str, found: Differences, because: str, release: str, number: int
    ) -> History:
        """The same with the publication of an edition. results: SHA-256 of results.json; found: what is different."""
        now = {
            name: {"id": name, "severity": finding.severity, "says": finding.says}
            for name, finding in zip(edition.finding_ids, edition.report.findings, strict=True)
        }
        before = self.findings
        one = Publication(
            number,
            f"{edition.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            release,
            because,
            banner(edition),
            results,
            [_contest(edition, c.id) for c in edition.record.election.contests if edition.has_returns(c.id)],
            dict(sorted(found.came_in.items())),
            sorted(found.areas),
            [difference.as_json() for difference in found.found],
            {
                "new": [finding for name, finding in now.items() if name not in before],
                "gone": [finding for name, finding in before.items() if name not in now],
            },
        )
        return replace(self, publications=(*self.publications, one))

    def forgetting(self, gone: Collection[tuple[str, str, str]], releases: Collection[str]) -> History:
        """The same without what these rows said, and without the releases that hold them.

        gone: table, row and station of rows that were taken away, by a redaction in the log.
        """
        rows, stations = {(table, row) for table, row, _ in gone}, {(table, station) for table, _, station in gone}
        kept = []
        for one in self.publications:
            differences = [
                {**found, "was": {}, "now": {}, "reason": ""}
                if (found["table"], found["row"]) in rows
                or (found["station"] and (found["table"], found["station"]) in stations)
                else found
                for found in one.differences
            ]
            release = "" if one.release in releases else one.release
            kept.append(replace(one, release=release, differences=differences))
        return replace(self, publications=tuple(kept))

    def data(self) -> bytes:
        """The bytes of `publications.json`."""
        made = {"election": self.election, "publications": [vars(one) for one in self.publications]}
        return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()


def read_history(data: bytes) -> History:
    """The history in a `publications.json` that we wrote."""
    read = json.loads(data)
    # A site outlives the program that made it: the first ones did not say how they told their result.
    return History(read["election"], tuple(Publication(**{"banner": "", **one}) for one in read["publications"]))


def _contest(edition: Edition, contest: str) -> dict[str, Any]:
    wholes = edition.wholes(contest)
    stations = {name: _sum([getattr(area.stations, name) for area in wholes]) for name in _STATIONS}
    figures = {name: _sum([getattr(area, name) for area in wholes]) for name in _FIGURES}
    return {"contest": contest, "stations": stations, **figures, "votes": _votes(wholes)}


def _votes(wholes: Sequence[AreaResult]) -> dict[str, int | None]:
    choices = dict.fromkeys(choice for area in wholes for choice in area.votes)
    return {choice: _sum([area.votes.get(choice) for area in wholes]) for choice in choices}


def _sum(numbers: Sequence[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None
