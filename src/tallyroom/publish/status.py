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

from tallyroom.publish.edition import Edition
from tallyroom.publish.history import Publication

__all__ = ["status_json"]


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
        "banner": publication.banner,
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
