"""`status.json`: where the count stands, small enough to ask for every few seconds.

    {"election", "synthetic", "banner": rehearsal | nothing | announced | partial | preliminary | final,
     "publication", "at", "release", "results": SHA-256 of results.json,
     "contests": [{"contest", "stations", "registered", "registered_expected", "cast", "valid", "invalid", "votes",
                   "outcome": {"status", "leads": [choice], "elected": [choice]}}],
     "findings": {"error", "warning", "notice"}}

`elected` is empty until the record holds the certification; `leads` is who has the most votes until then. The
bytes are the same for as long as nothing is published.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Literal

from tallyroom.publish.edition import Edition
from tallyroom.publish.history import Publication

__all__ = ["Banner", "all_in", "banner", "status_json"]

Banner = Literal["rehearsal", "nothing", "announced", "partial", "preliminary", "final"]


def banner(edition: Edition) -> Banner:
    """How far the result has come. Final only where the calendar says that it was certified."""
    if edition.record.election.synthetic:
        return "rehearsal"
    if edition.certified:
        return "final"
    if not edition.counted:
        return "announced" if edition.announced else "nothing"
    return "preliminary" if all_in(edition) else "partial"


def all_in(edition: Edition) -> bool:
    """Whether every station of every contest with returns is counted or annulled."""
    contests = [contest.id for contest in edition.record.election.contests if edition.has_returns(contest.id)]
    counts = [area.stations for contest in contests for area in edition.wholes(contest)]
    return all(count.expected == count.accepted + count.annulled for count in counts)


def _leading(votes: Mapping[str, int | None]) -> list[str]:
    """Who has the most votes: several where they have as many."""
    most = max((n for n in votes.values() if n is not None), default=0)
    return [choice for choice, n in votes.items() if n == most] if most else []


def status_json(edition: Edition, publication: Publication) -> bytes:
    """The bytes of `status.json` for a publication."""
    outcomes = {c.contest: c.outcome for c in edition.results.contests}
    found = Counter(finding.severity for finding in edition.report.findings)
    status = {
        "election": edition.record.election.id,
        "synthetic": edition.record.election.synthetic,
        "banner": banner(edition),
        "publication": publication.number,
        "at": publication.at,
        "release": publication.release or None,
        "results": publication.results,
        "contests": [
            {
                **contest,
                "outcome": {
                    "status": outcomes[contest["contest"]].status,
                    "leads": [] if edition.certified else _leading(contest["votes"]),
                    "elected": list(outcomes[contest["contest"]].elected) if edition.certified else [],
                },
            }
            for contest in publication.contests
        ],
        "findings": {severity: found[severity] for severity in ("error", "warning", "notice")},
    }
    return (json.dumps(status, ensure_ascii=False, indent=1) + "\n").encode()
