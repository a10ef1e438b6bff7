"""Contests in which a ballot can give several votes: approval, and plurality for several seats."""

from __future__ import annotations

from tests.check.making import Making, alarms, found, lacking, only, passed

FORM = """
[contests.figures]
registered = "registered"
cast = "cast"
valid = "valid"

[form]
items = [{ id = "registered" }, { id = "cast" }, { id = "valid" }]
"""
APPROVAL = {"rule": "approval", "choices": ("a", "b", "c")}


def approvals(**definition) -> Making:
    return Making(**{**APPROVAL, **definition})


def station(making: Making, registered: int, cast: int, valid: int, *votes: int) -> Making:
    making.definition = FORM
    making.area("whole", kind="nation").row("stations", id="s1", area="whole")
    counts = {f"votes.{choice}": str(count) for choice, count in zip(making.choices, votes, strict=True)}
    figures = {"registered": str(registered), "cast": str(cast), "valid": str(valid)}
    return making.row("returns/president", station="s1", **figures, **counts)


def test_approvals_may_be_more_than_the_ballots(tmp_path):
    report = station(approvals(), 120, 100, 98, 80, 70, 60).report(tmp_path)
    assert not alarms(report)
    assert len(passed(report, "more-votes-than-voters")) == 5


def test_a_choice_with_more_approvals_than_valid_ballots_is_found(tmp_path):
    report = station(approvals(), 120, 100, 98, 99, 10, 0).report(tmp_path)
    finding = only(found(report, "more-votes-than-voters"))
    assert finding.numbers == {"count": 99, "of": 98, "difference": 1}
    assert "99 votes for one choice and 98 valid ballots" in finding.says


def test_more_approvals_than_every_ballot_could_give_are_found(tmp_path):
    report = station(approvals(), 120, 100, 98, 98, 98, 99).report(tmp_path)
    says = [f.says for f in found(report, "more-votes-than-voters")]
    assert any("99 ballots taken by the votes, at most 3 on each, and 98 valid ballots" in one for one in says)


def test_with_two_seats_a_ballot_may_give_two_votes_and_no_more(tmp_path):
    def two() -> Making:
        return Making(contest="seats = 2", choices=("a", "b", "c"))

    assert not alarms(station(two(), 100, 100, 100, 90, 60, 50).report(tmp_path / "within"))
    report = station(two(), 100, 100, 100, 90, 60, 51).report(tmp_path / "beyond")
    assert {f.numbers["count"] for f in found(report, "more-votes-than-voters")} == {101}


def test_with_one_seat_a_ballot_gives_one_vote(tmp_path):
    report = station(Making(choices=("a", "b", "c")), 100, 100, 100, 50, 30, 21).report(tmp_path)
    finding = only(found(report, "more-votes-than-voters"))
    assert "101 votes and 100 registered voters" in finding.says


def announced(making: Making, *votes: int, turnout: str = "50.00") -> Making:
    return making.figure("registered_voters", 1000, as_of="").figure("turnout_share", turnout).votes(*votes)


def test_announced_approvals_may_exceed_a_turnout_that_holds_their_ballots(tmp_path):
    report = announced(approvals(), 500, 400, 300).report(tmp_path)
    assert not alarms(report)
    assert passed(report, "turnout-holds-votes")


def test_announced_approvals_of_one_choice_beyond_the_turnout_are_found(tmp_path):
    report = announced(approvals(), 506, 1, 0).report(tmp_path)
    finding = only(found(report, "turnout-holds-votes"))
    assert finding.severity == "error"
    assert "are 507 and take 506 ballots, at most 3 votes on each" in finding.says


def test_valid_votes_of_ballots_bound_each_choice_and_not_the_sum(tmp_path):
    assert not alarms(announced(approvals(), 400, 300, 200).figure("valid_votes", 450).report(tmp_path / "within"))
    report = announced(approvals(), 451, 300, 200).figure("valid_votes", 450).report(tmp_path / "beyond")
    finding = only(found(report, "votes-add-up"))
    assert (finding.severity, finding.numbers["ballots_needed"], finding.numbers["difference"]) == ("error", 451, 1)


def test_announced_votes_of_voters_counted_are_of_ballots(tmp_path):
    making = announced(approvals(), 400, 300, 200, turnout="42.00").figure("turnout_count", 420)
    assert not alarms(making.report(tmp_path / "within"))
    report = (
        announced(approvals(), 421, 300, 200, turnout="42.00").figure("turnout_count", 420).report(tmp_path / "beyond")
    )
    assert "421 ballots, at most 3 votes on each, 1 more" in only(found(report, "votes-within-voters")).says


def test_shares_of_approvals_need_not_make_up_a_hundred(tmp_path):
    making = approvals().shares("80.00", "60.00", "40.00").votes(400, 300, 200).figure("valid_votes", 500)
    report = making.report(tmp_path)
    assert not alarms(report)
    assert passed(report, "shares-of-votes")


def test_shares_of_approvals_without_the_ballots_cannot_be_checked(tmp_path):
    report = approvals().shares("80.00", "60.00", "40.00").votes(400, 300, 200).report(tmp_path)
    assert lacking(report, "shares-of-votes")
    assert not alarms(report)
