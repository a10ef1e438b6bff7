"""Votes and their shares: what adds up, by which rounding, over which base."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tallyroom.check.shares import largest_remainder
from tallyroom.tabulate.shares import decimal_text, printed_share, rounded
from tests.check.making import Making, alarms, found, lacking, only, passed


def test_votes_that_are_more_than_the_valid_votes_cannot_be(tmp_path):
    report = Making().votes(600, 500).figure("valid_votes", 1000).report(tmp_path)
    finding = only(found(report, "votes-add-up"))
    assert finding.severity == "error"
    assert finding.numbers == {"sum_of_votes": 1100, "valid_votes": 1000, "difference": 100}
    assert finding.arithmetic == "600 + 500 = 1100"
    assert finding.where.line == 4


def test_votes_that_are_fewer_than_the_valid_votes_are_a_warning(tmp_path):
    report = Making().votes(600, 300).figure("valid_votes", 1000).report(tmp_path)
    assert only(found(report, "votes-add-up")).severity == "warning"


def test_without_one_choice_the_sum_cannot_be_checked(tmp_path):
    report = Making(("a", "b", "c")).votes(600, 300, None).figure("valid_votes", 1000).report(tmp_path)
    assert not found(report, "votes-add-up")
    assert not passed(report, "votes-add-up")
    assert lacking(report, "votes-add-up")


def test_two_choices_alone_can_already_be_too_many(tmp_path):
    report = Making(("a", "b", "c")).votes(600, 500, None).figure("valid_votes", 1000).report(tmp_path)
    finding = only(found(report, "votes-add-up"))
    assert "the 2 choices that are given" in finding.says


def test_valid_votes_of_another_document_for_the_same_time_are_used(tmp_path):
    making = Making().votes(600, 300).figure("valid_votes", 901, announcement="elsewhere")
    finding = only(found(making.report(tmp_path), "votes-add-up"))
    assert "announced for the same time (elsewhere)" in finding.says


def test_valid_votes_of_another_time_are_not(tmp_path):
    making = Making().votes(600, 300).figure("valid_votes", 800, announcement="elsewhere", as_of="2031-05-18T22:00")
    report = making.report(tmp_path)
    assert not found(report, "votes-add-up")
    assert lacking(report, "votes-add-up")


def test_votes_given_as_more_than_are_not_added_up(tmp_path):
    making = Making().figure("candidate_votes", 600, choice="a", qualifier="more than")
    report = making.figure("candidate_votes", 300, choice="b").figure("valid_votes", 1000).report(tmp_path)
    assert not found(report, "votes-add-up")
    assert not passed(report, "votes-add-up")


@pytest.mark.parametrize("digits", [0, 1, 2, 3])
def test_shares_that_are_cut_off_pass_and_are_said_to_be(tmp_path, digits):
    votes = [333_334, 333_337, 333_329, 999_999]
    shares = [printed_share(v, sum(votes), digits, "down") for v in votes]
    assert shares != [printed_share(v, sum(votes), digits) for v in votes]
    report = Making("abcd").votes(*votes).shares(*shares).report(tmp_path)
    assert alarms(report) == []
    (good,) = passed(report, "shares-of-votes")
    assert "cut off (not rounded)" in good.says


def test_a_half_may_be_rounded_up_or_to_even(tmp_path):
    # 1 of 800 is 0.125 %, printed as 0.13 by half-up and as 0.12 by half-even.
    for name, first, second in (("up", "0.13", "99.88"), ("even", "0.12", "99.88")):
        report = Making().votes(1, 799).shares(first, second).report(tmp_path / name)
        assert not found(report, "shares-of-votes")
        assert not found(report, "shares-possible")


def test_a_share_of_another_number_of_votes_is_a_warning(tmp_path):
    report = Making().votes(60_000, 40_000).shares("61.00", "40.00").report(tmp_path)
    finding = only(found(report, "shares-of-votes"))
    assert finding.severity == "warning"
    assert "A: 61.00 % is printed for 60,000 votes of 100,000, which are 60.0000 %" in finding.says
    assert finding.numbers["fit_rounding"] == 1
    assert finding.arithmetic == "100 * 60000 / 100000 = 60.000000"


def test_a_whole_share_beside_shares_with_decimals_is_the_same_share(tmp_path):
    report = Making().votes(98_000, 2_000).shares("98", "2.00").report(tmp_path)
    assert alarms(report) == []


_BASES = st.sampled_from(["valid", "cast", "registered"])


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(0, 10**6), min_size=2, max_size=6),
    st.integers(0, 3),
    _BASES,
    st.sampled_from(["half-up", "half-even", "down"]),
)
def test_shares_worked_out_by_any_rule_over_any_base_raise_no_alarm(tmp_path_factory, votes, digits, base, rule):
    total = sum(votes)
    assume(total)
    cast, registered = total + total // 50, 2 * total
    of = {"valid": total, "cast": cast, "registered": registered}[base]
    making = Making([f"c{n}" for n in range(len(votes))], contest=f'shares_of = "{base}"').votes(*votes)
    making.shares(*(printed_share(v, of, digits, rule) for v in votes))
    making.figure("turnout_count", cast).figure("registered_voters", registered)
    report = making.report(tmp_path_factory.mktemp("shares"))
    # Round percentages may be hit by small and even numbers, and are told elsewhere.
    assert [a for a in alarms(report) if not a.startswith("made-from")] == []
    assert passed(report, "shares-of-votes")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=8), st.integers(0, 2))
def test_shares_made_to_add_up_to_100_are_no_alarm(tmp_path_factory, votes, digits):
    named = {f"c{n}": v for n, v in enumerate(votes)}
    shares = [decimal_text(share, digits) for share in largest_remainder(named, digits).values()]
    making = Making(list(named)).votes(*votes).shares(*shares).figure("valid_votes", sum(votes))
    report = making.report(tmp_path_factory.mktemp("shares"))
    assert [a for a in alarms(report) if not a.startswith("made-from")] == []
    for finding in found(report, "shares-of-votes"):
        assert finding.severity == "notice"
        assert "largest-remainder" in finding.says


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1000, 10**6), min_size=2, max_size=6), st.data())
def test_one_share_that_is_wrong_by_two_hundredths_is_always_found(tmp_path_factory, votes, data):
    shares = [rounded(Fraction(100 * v, sum(votes)), 2) for v in votes]
    at = data.draw(st.integers(0, len(votes) - 1))
    shares[at] += Fraction(data.draw(st.sampled_from([-2, 2])), 100)
    making = Making([f"c{n}" for n in range(len(votes))]).votes(*votes)
    report = making.shares(*(decimal_text(s, 2) for s in shares)).report(tmp_path_factory.mktemp("shares"))
    assert found(report, "shares-of-votes")


def test_without_the_base_shares_cannot_be_checked(tmp_path):
    report = Making(contest='shares_of = "cast"').votes(60, 40).shares("50", "33").report(tmp_path)
    assert "the cast figure" in lacking(report, "shares-of-votes")[0].lacks
    assert not passed(report, "shares-of-votes")
    assert not found(report, "shares-of-votes")


def test_shares_without_votes_cannot_be_checked_against_them(tmp_path):
    report = Making().shares("60", "40").report(tmp_path)
    assert lacking(report, "shares-of-votes")
    assert passed(report, "shares-possible")


def test_no_votes_at_all_are_no_fault(tmp_path):
    making = Making().votes(0, 0).shares("0.00", "0.00").figure("valid_votes", 0).figure("turnout_count", 0)
    report = making.figure("registered_voters", 0).figure("turnout_share", "0.00").report(tmp_path)
    assert not found(report, "votes-add-up")
    assert not found(report, "shares-of-votes")


def test_a_single_candidate_with_all_votes_is_no_alarm(tmp_path):
    making = Making(("a",)).votes(1_000_000).shares("100.00").figure("valid_votes", 1_000_000)
    assert alarms(making.report(tmp_path)) == []


def test_two_candidates_of_whom_one_has_all_votes_are_no_alarm(tmp_path):
    making = Making().votes(1_000_000, 0).shares("100.00", "0.00").figure("valid_votes", 1_000_000)
    assert alarms(making.report(tmp_path)) == []


def test_shares_far_from_100_cannot_all_be_true(tmp_path):
    report = Making(("a", "b", "c")).shares("50.00", "30.00", "10.00").report(tmp_path)
    finding = only(found(report, "shares-possible"))
    assert finding.severity == "error"
    assert "add up to 90.00. They cannot all be true at once, if these are all the choices: " in finding.says
    assert "at most 0.015" in finding.says


def test_without_all_choices_less_than_100_is_no_fault_and_more_is(tmp_path):
    report = Making(("a", "b", "c")).shares("50.00", "30.00", None).report(tmp_path / "less")
    assert not found(report, "shares-possible")
    report = Making(("a", "b", "c")).shares("60.00", "45.00", None).report(tmp_path / "more")
    assert found(report, "shares-possible")


def test_shares_of_ballots_cast_may_leave_room_for_invalid_ones(tmp_path):
    report = Making(contest='shares_of = "cast"').shares("60.00", "37.50").report(tmp_path)
    assert not found(report, "shares-possible")


def test_a_share_that_no_number_of_votes_prints_as_is_named(tmp_path):
    report = Making().shares("33.3", "66.7").figure("valid_votes", 10).report(tmp_path)
    finding = only(found(report, "shares-possible"))
    assert "no number of votes out of 10 prints as 33.3 %" in finding.says


def test_shares_with_one_decimal_and_two_may_stand_together(tmp_path):
    # 92.14 printed as 92.1, beside 7.86: right, though 92.10 + 7.86 is not 100.
    assert not found(Making().shares("92.1", "7.86").report(tmp_path), "shares-possible")


def test_percentages_times_the_total_are_found_where_one_choice_makes_up_the_total(tmp_path):
    # 50, 5 and 45 % of 1,655,911: the last takes what the first two leave.
    report = Making(("a", "b", "c")).votes(827_956, 82_796, 745_159).report(tmp_path)
    finding = only(found(report, "made-from-percentages"))
    assert "all vote counts but that for C" in finding.says
    assert "whole percentages (50, 5, 45)" in finding.says


def test_votes_without_all_choices_are_tried_as_percentages_of_the_valid_votes(tmp_path):
    making = Making(("a", "b", "c")).votes(5_150_092, 4_445_978, None).figure("valid_votes", 10_058_774)
    finding = only(found(making.report(tmp_path), "made-from-percentages"))
    assert finding.numbers["chance_one_in"] == 101_178_934


def test_small_counts_that_look_round_cannot_be_told_from_percentages(tmp_path):
    report = Making().votes(60, 40).report(tmp_path)
    assert not found(report, "made-from-percentages")
    assert lacking(report, "made-from-percentages")


def test_the_more_sets_are_looked_at_the_less_one_of_them_says(tmp_path):
    # 60 % of 1,000,000 alone would be said; among 40 sets of votes it must happen somewhere.
    alone = Making().votes(600_000, 400_000).report(tmp_path / "alone")
    assert found(alone, "made-from-percentages")
    many = Making().area("land", kind="nation")
    for n in range(40):
        many.area(f"r{n}", "land")
        many.votes(600_000 + 1234 * n + n * n, 400_000 + n, place=f"r{n}")
    assert not found(many.report(tmp_path / "many"), "made-from-percentages")


def test_where_more_were_registered_than_are_given_the_rest_is_not_known(tmp_path):
    making = Making().votes(401_220, 331_000).shares("52.1", "43")
    assert found(making.report(tmp_path / "two"), "shares-possible")
    report = making.figure("candidates_registered", 5, counted="candidates").report(tmp_path / "five")
    for check in ("shares-possible", "shares-of-votes"):
        assert not found(report, check)
        assert "5 were registered" in " ".join(told.lacks for told in lacking(report, check))


@pytest.mark.parametrize(("more", "finds"), [({}, True), ({"claim": "claim-1"}, False)])
def test_choices_that_reading_found_may_not_be_all_unless_their_number_was_told(tmp_path, more, finds):
    making = Making().shares("50.1", "31.2", **more)
    for name in ("open", "told"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "claims.jsonl").write_text('{"id": "claim-1"}\n', encoding="utf-8")
    report = making.report(tmp_path / "open")
    assert bool(found(report, "shares-possible")) == finds
    assert any("nobody tells that these are all" in one.lacks for one in lacking(report, "shares-possible")) != finds
    told = making.figure("candidates_registered", "2", **more).report(tmp_path / "told")
    assert found(told, "shares-possible")
