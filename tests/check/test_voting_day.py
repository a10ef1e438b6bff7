"""Two days for one vote: a conflict where it is surely one vote, and silence wherever it may be two."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tallyroom.check.twofigures import Dated
from tallyroom.check.voting_day import of_one_vote
from tallyroom.record.claim import Claim
from tests.check.making import Making, found, only

FIRST = "The presidential election in Talvia was held on May 18."


def told(day: str, quote: str, document: str = "b", subject: str = "presidential election", **more: str) -> Claim:
    return Claim(f"{document}-{day}", document, "election_date", subject, day, quote, 0, len(quote), "test", **more)


def conflicts(quote: str, day: str, written: str = "2031-07-01", subject: str = "presidential election") -> bool:
    first = Dated(told("2031-05-18", FIRST, "a"), "2031-06-01")
    verdicts = list(of_one_vote([first, Dated(told(day, quote, subject=subject), written)]))
    return [verdict.verdict for verdict in verdicts] == ["conflicts"]


@pytest.mark.parametrize(
    ("quote", "day"),
    [
        ("Ada Lund won the presidential election in Talvia on May 17.", "2031-05-17"),
        ("Voters all over Talvia said that the presidential election on 8 May was quiet.", "2031-05-08"),
        ("The early presidential election took place in Talvia on June 16.", "2031-06-16"),
    ],
)
def test_another_day_for_the_same_vote_is_a_conflict(quote: str, day: str) -> None:
    assert conflicts(quote, day)


@pytest.mark.parametrize(
    ("quote", "day", "written"),
    [
        (FIRST, "2031-05-18", "2031-06-01"),  # the same day
        ("Ada Lund won the presidential election in Talvia on June 1.", "2031-06-01", "2031-06-02"),  # a second round
        ("The run-off of the presidential election in Talvia is on May 30.", "2031-05-30", "2031-06-01"),
        ("The second round of Talvia's presidential election is on May 30.", "2031-05-30", "2031-06-01"),
        ("The presidential election in Talvia will be repeated on May 30.", "2031-05-30", "2031-06-01"),
        ("The presidential election in Talvia was moved from May 16.", "2031-05-16", "2031-06-01"),
        ("Embassies abroad hold the presidential election of Talvia on May 10.", "2031-05-10", "2031-06-01"),
        ("The last presidential election in Talvia was on May 20.", "2031-05-20", "2031-06-01"),
        ("The presidential election in Talvia was held on May 20, 2026.", "2026-05-20", "2031-06-01"),
        ("The presidential election in Norria is on June 2.", "2031-06-02", "2031-06-01"),  # of another country
        ("The parliamentary election in Talvia was on May 20.", "2031-05-20", "2031-06-01"),
        ("The presidential and parliamentary elections in Talvia were on May 20.", "2031-05-20", "2031-06-01"),
        ("Talvia votes in its presidential election on May 30.", "2031-05-30", "2031-05-25"),  # written in between
        ("Talvia voted in the presidential election in May.", "2031-05", "2031-06-01"),
        ("Talvia holds its presidential election on a day that is none.", "2031-02-30", "2031-06-01"),
    ],
)
def test_what_may_be_another_vote_is_no_conflict(quote: str, day: str, written: str) -> None:
    assert not conflicts(quote, day, written, "run-off" if "run-off" in quote else "election")


def test_a_document_that_tells_of_two_days_tells_of_two_votes() -> None:
    first = Dated(told("2031-05-18", FIRST, "a"), "2031-06-01")
    other = [told(day, f"The presidential election in Talvia is on {day}.") for day in ("2031-05-19", "2031-05-20")]
    assert not list(of_one_vote([first, *(Dated(one, "2031-06-01") for one in other)]))


@pytest.mark.parametrize(
    ("day", "quote", "review", "finding"),
    [
        ("2031-05-19", "The presidential election in Talvia was held on May 19.", "proposed", True),
        ("2031-05-19", "The presidential election in Talvia was held on May 19.", "rejected", False),
        ("2031-05-18", "The presidential election in Talvia was held on May 18.", "proposed", False),
        ("2031-06-01", "The presidential election in Talvia was held on June 1.", "proposed", False),
        ("2026-05-20", "The presidential election in Talvia was held in 2026.", "proposed", False),
        ("2031-05-19", "The presidential election in Norria was held on May 19.", "proposed", False),
        ("2031-05-23", "The presidential election in Talvia was held on May 23.", "proposed", False),  # in its calendar
    ],
)
def test_a_claim_of_another_day_than_the_record_s_is_found(
    tmp_path: Path, day: str, quote: str, review: str, finding: bool
) -> None:
    making = Making(contest='[contests.names]\nen = "President of Talvia"').area("talvia", kind="nation")
    making.row("calendar", event="poll", at="2031-05-22T08:00/2031-05-24T20:00", says="Voting goes on at sea")
    making.record(tmp_path)
    line = told(day, quote).as_json() | {"review": review}
    (tmp_path / "claims.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    findings = found(making.report(tmp_path), "claims")
    assert bool(findings) == finding
    if finding:
        assert "the record has 2031-05-18" in only(findings).says
        assert quote in only(findings).says
