"""Voters, registers and moments: what cannot be, what falls, what is only of another time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.check.making import DAY, Making, alarms, found, lacking, only, passed

NOON, EVENING, NIGHT, NEXT = f"{DAY}T12:00", f"{DAY}T20:00", f"{DAY}T23:00", "2031-05-19"


def _poll(making: Making) -> Making:
    return making.row("calendar", at=f"{DAY}T08:00/{EVENING}", event="poll")


def test_a_turnout_that_is_the_share_of_either_of_two_registers_passes(tmp_path):
    making = Making().figure("registered_voters", 1000).figure("registered_voters", 1200, announcement="two")
    report = making.figure("turnout_count", 600).figure("turnout_share", "50.0").report(tmp_path)
    assert passed(report, "turnout-of-register")
    assert not found(report, "turnout-of-register")
    assert "1 of 1" not in passed(report, "turnout-of-register")[0].says
    rivals = only(found(report, "rival-figures"))
    assert "0 of 1 fit 1,000, 1 of 1 fit 1,200" in rivals.says


def test_a_turnout_that_no_register_gives_is_found_with_the_likely_slip(tmp_path):
    making = Making().figure("registered_voters", 1000).figure("turnout_count", 546).figure("turnout_share", "56.4")
    finding = only(found(making.report(tmp_path), "turnout-of-register"))
    assert finding.severity == "warning"
    assert finding.numbers["fits"] == 564
    assert "54.60 %, not 56.4 %" in finding.says


def test_a_turnout_without_a_register_cannot_be_checked(tmp_path):
    report = Making().figure("turnout_count", 546).figure("turnout_share", "56.4").report(tmp_path)
    assert lacking(report, "turnout-of-register")
    assert lacking(report, "more-than-register")
    assert not passed(report, "turnout-of-register")


@pytest.mark.parametrize("counted", ["", "persons", "voters"])
def test_a_register_counted_in_its_own_unit_is_the_register(tmp_path, counted):
    making = Making().figure("registered_voters", 1000, counted=counted).figure("turnout_count", 1001)
    assert only(found(making.report(tmp_path), "more-than-register")).severity == "error"


def test_more_voters_than_the_register_at_one_place_may_have_a_reason(tmp_path):
    making = Making().area("land", kind="nation").area("north", "land").figure("registered_voters", 10, place="north")
    finding = only(found(making.figure("turnout_count", 12, place="north").report(tmp_path), "more-than-register"))
    assert finding.severity == "warning"
    assert "added to the list on the day" in finding.look_at
    assert finding.where.area == "north"


def test_the_nation_by_its_id_and_the_empty_place_are_one(tmp_path):
    making = Making().area("land", kind="nation").area("north", "land").area("south", "land")
    making.figure("registered_voters", 1000, place="land").figure("turnout_count", 1001)
    making.figure("registered_voters", 1100, announcement="two")
    report = making.report(tmp_path)
    assert not found(report, "more-than-register")
    assert "1,000 and 1,100" in only(found(report, "rival-figures")).says


def test_two_regions_without_a_nation_above_them_are_not_the_whole(tmp_path):
    making = Making().area("north").area("south")
    making.figure("registered_voters", 600, place="north").figure("registered_voters", 400, place="south")
    making.figure("turnout_count", 500, place="north").figure("turnout_count", 300, place="south")
    assert alarms(making.report(tmp_path)) == []


def test_the_whole_is_added_up_of_regions_without_a_nation_above_them(tmp_path):
    making = Making().area("north").area("south").figure("registered_voters", 1001)
    making.figure("registered_voters", 600, place="north").figure("registered_voters", 400, place="south")
    assert only(found(making.report(tmp_path), "parts-and-whole")).numbers["difference"] == -1


def test_a_station_is_named_as_a_station(tmp_path):
    making = Making().area("land", kind="nation").row("stations", id="s1", area="land")
    making.figure("registered_voters", 10, place="s1").figure("turnout_count", 12, place="s1")
    finding = only(found(making.report(tmp_path), "more-than-register"))
    assert (finding.where.station, finding.where.area) == ("s1", "")


def test_a_noon_count_is_not_held_against_the_final_votes(tmp_path):
    making = Making().figure("registered_voters", 1000).figure("turnout_count", 300, as_of=NOON)
    making.figure("turnout_share", "30.00", as_of=NOON).votes(500, 300)
    report = making.report(tmp_path)
    assert alarms(report) == []
    assert lacking(report, "votes-within-voters")


def test_a_count_at_the_close_is(tmp_path):
    making = _poll(Making()).figure("registered_voters", 1000).figure("turnout_count", 700, as_of=EVENING)
    finding = only(found(making.votes(500, 300).report(tmp_path), "votes-within-voters"))
    assert finding.severity == "error"
    assert finding.numbers == {"votes": 800, "voters": 700, "difference": 100}


def test_a_final_count_that_was_lowered_later_is_not_held_against_earlier_votes(tmp_path):
    making = _poll(Making()).figure("registered_voters", 1000).figure("turnout_count", 900, as_of=EVENING)
    making.figure("turnout_count", 700, as_of="2031-05-25", announcement="two").votes(500, 300)
    assert not found(making.report(tmp_path), "votes-within-voters")


def test_a_turnout_of_the_same_time_must_hold_the_votes(tmp_path):
    making = Making().figure("registered_voters", 1000).figure("turnout_share", "70.0").votes(500, 300)
    finding = only(found(making.report(tmp_path), "turnout-holds-votes"))
    assert finding.severity == "error"
    assert (finding.numbers["most_voters"], finding.numbers["register_needed"]) == (700, 1_143)


def test_another_register_that_holds_the_votes_makes_it_a_warning(tmp_path):
    making = Making().figure("registered_voters", 1000).figure("registered_voters", 1200, announcement="two")
    making.figure("turnout_share", "70.0").votes(500, 300)
    finding = only(found(making.report(tmp_path), "turnout-holds-votes"))
    assert finding.severity == "warning"
    assert "They fit the register of 1,200" in finding.says


def test_an_undated_turnout_belongs_to_its_announcement_only(tmp_path):
    making = Making().figure("registered_voters", 1000).votes(500, 300, as_of="")
    making.figure("turnout_share", "70.0", as_of="", announcement="two")
    assert not found(making.report(tmp_path / "apart"), "turnout-holds-votes")
    making.figure("turnout_share", "70.0", as_of="")
    assert found(making.report(tmp_path / "together"), "turnout-holds-votes")


def test_a_turnout_of_some_is_no_turnout_of_all(tmp_path):
    making = Making().figure("registered_voters", 1000).figure("turnout_count", 600)
    making.figure("turnout_share", "95", subject="women").figure("turnout_share", "60")
    making.figure("turnout_share", "99", subject="soldiers", as_of=NEXT)
    assert alarms(making.report(tmp_path)) == []


def test_a_count_that_falls_is_found_with_both_moments(tmp_path):
    making = Making().figure("turnout_count", 500, as_of=NOON).figure("turnout_count", 400, as_of=EVENING)
    finding = only(found(making.report(tmp_path), "falls-with-time"))
    assert finding.severity == "warning"
    assert finding.says == "Voters: 100 fewer as of 2031-05-18 20:00 than as of 2031-05-18 12:00, from 500 to 400."
    assert finding.arithmetic == "500 - 400 = 100"


def test_intervals_that_overlap_have_no_order(tmp_path):
    making = Making().figure("turnout_count", 500, as_of=f"../{EVENING}").figure("turnout_count", 400, as_of=NOON)
    making.figure("turnout_count", 450, as_of=f"{NOON}/{NEXT}").figure("turnout_count", 300, as_of="")
    assert alarms(making.report(tmp_path)) == []


def test_only_counts_that_can_only_grow_are_asked(tmp_path):
    making = Making().figure("registered_voters", 500, as_of=NOON).figure("registered_voters", 400, as_of=EVENING)
    making.figure("observers", 50, as_of=NOON).figure("observers", 40, as_of=EVENING)
    making.figure("share_counted", 50, as_of=NOON).figure("share_counted", 40, as_of=EVENING)
    assert not found(making.report(tmp_path), "falls-with-time")


def test_the_votes_of_one_candidate_may_not_fall_though_those_of_all_grow(tmp_path):
    making = Making().votes(500, 300, as_of=EVENING).votes(400, 900, as_of=NIGHT)
    finding = only(found(making.report(tmp_path), "falls-with-time"))
    assert "Votes for A: 100 fewer" in finding.says


def test_a_turnout_lower_than_voters_already_counted_cannot_be(tmp_path):
    making = Making().figure("registered_voters", 1000).figure("turnout_count", 600, as_of=NOON)
    making.figure("turnout_share", "56.0", as_of=EVENING).figure("turnout_share", "65.0", as_of=EVENING)
    finding = only(found(making.report(tmp_path), "falls-with-time"))
    assert finding.severity == "error"
    assert "65 (two digits swapped) would fit" in finding.says


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=8), st.randoms())
def test_counts_that_grow_raise_no_alarm_whatever_the_order_of_the_rows(tmp_path_factory, steps, rng):
    counts = [sum(steps[: n + 1]) for n in range(len(steps))]
    rows = [(f"{DAY}T{8 + n:02}:00", count) for n, count in enumerate(counts)]
    rng.shuffle(rows)
    making = Making().figure("registered_voters", sum(steps) + 1)
    for at, count in rows:
        making.figure("turnout_count", count, as_of=at)
    assert alarms(making.report(tmp_path_factory.mktemp("growing"))) == []


def test_only_the_row_in_force_counts(tmp_path):
    making = Making().figure("registered_voters", 1000).figure("turnout_count", 5000, id="first")
    making.figure("turnout_count", 500, id="second", supersedes="first")
    report = making.report(tmp_path)
    assert alarms(report) == []
    assert passed(report, "more-than-register")[0].of == 1


def test_a_part_of_a_corrected_whole_is_still_its_part(tmp_path):
    making = Making().figure("observers", 90, id="first").figure("observers", 100, id="second", supersedes="first")
    making.figure("observers", 60, subject="domestic", of="first")
    making.figure("observers", 41, subject="international", of="first")
    finding = only(found(making.report(tmp_path), "parts-and-whole"))
    assert finding.numbers == {"parts": 101, "whole": 100, "difference": 1}


def test_an_earlier_election_is_never_mixed_in(tmp_path):
    making = Making(definition='[[elections]]\nid = "before"\ndate = "2026-05-17"\n')
    making.figure("registered_voters", 1000).figure("turnout_count", 700).figure("turnout_share", "70.0")
    making.figure("registered_voters", 1, election="before").figure("turnout_count", 9000, election="before")
    making.figure("turnout_share", "12.0", election="before").votes(9000, -1, election="before")
    making.figure("turnout_count", 710, election="invented", announcement="two")
    report = making.report(tmp_path)
    assert not found(report, "impossible-figure")
    # This election by its own id is this election.
    assert alarms(report) == [f"rival-figures: {only(found(report, 'rival-figures')).says}"]


@pytest.mark.parametrize("modality", ["planned", "expected", "projected"])
def test_what_was_only_foreseen_is_held_against_nothing(tmp_path, modality):
    making = Making().figure("registered_voters", 1000).figure("turnout_count", 700).figure("turnout_share", "70.0")
    making.figure("registered_voters", 5000, modality=modality, announcement="two")
    making.figure("turnout_count", 5000, modality=modality, announcement="two")
    making.figure("turnout_share", "99", modality=modality, announcement="two")
    assert alarms(making.report(tmp_path)) == []


def test_a_preliminary_and_a_final_figure_of_one_day_are_no_rivals(tmp_path):
    making = Making().figure("turnout_count", 700, as_of=NEXT, modality="preliminary")
    making.figure("turnout_count", 710, as_of=NEXT, modality="final", announcement="two")
    assert alarms(making.report(tmp_path)) == []


@pytest.mark.parametrize(
    ("qualifier", "value", "exact", "unit"),
    [
        ("more than", 6_000_000, 6_478_623, "count"),
        ("about", 6_500_000, 6_478_623, "count"),
        ("nearly", 800, 790, "count"),
        ("nearly", 800, 800, "count"),
        ("at most", 900, 885, "count"),
        ("less than", 1000, 999, "count"),
        ("about", "54.5", "54.47", "percent"),
        ("", "54.5", "54.47", "percent"),
        ("over", 500, 500, "count"),
    ],
)
def test_an_inexact_figure_beside_an_exact_one_that_it_can_mean_is_right(tmp_path, qualifier, value, exact, unit):
    making = Making().figure("observers", value, qualifier=qualifier, unit=unit)
    making.figure("observers", exact, unit=unit, announcement="two")
    assert alarms(making.report(tmp_path)) == []


@pytest.mark.parametrize(
    ("qualifier", "value", "exact"),
    [("more than", 7_000_000, 6_478_623), ("about", 6_500_000, 6_400_000), ("less than", 1000, 1000), ("", 10, 11)],
)
def test_an_inexact_figure_that_cannot_mean_the_exact_one_is_its_rival(tmp_path, qualifier, value, exact):
    making = Making().figure("observers", value, qualifier=qualifier).figure("observers", exact, announcement="two")
    assert only(found(making.report(tmp_path), "rival-figures")).severity == "warning"


def test_a_figure_given_again_after_a_newer_one_is_a_notice(tmp_path):
    making = Making().figure("turnout_share", "70.0", as_of=DAY, at=DAY)
    making.figure("turnout_share", "71.0", as_of="2031-05-20", at="2031-05-20", announcement="two")
    making.figure("turnout_share", "70.0", as_of=DAY, at="2031-05-25", announcement="late")
    finding = only(found(making.report(tmp_path), "newer-figure-was-out"))
    assert finding.severity == "notice"
    assert finding.where.line == 4


def test_a_figure_that_was_not_out_yet_is_not_newer(tmp_path):
    making = Making().figure("turnout_share", "70.0", as_of=DAY, at="2031-05-21")
    making.figure("turnout_share", "71.0", as_of="2031-05-20", at="2031-05-22", announcement="two")
    assert not found(making.report(tmp_path), "newer-figure-was-out")


@pytest.mark.parametrize("zone", ["America/Caracas", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
@pytest.mark.parametrize("as_of", ["../2031-05-18", "2031-05-18/..", "9999", "9999-12-31", "0001-01-01", "0001/9999"])
def test_dates_at_the_ends_of_the_calendar_are_read_in_every_zone(tmp_path, zone, as_of):
    making = Making(zone=zone).figure("registered_voters", 1000)
    for measure, value in (("turnout_count", 500), ("turnout_share", "50.0"), ("candidate_share", "60.0")):
        choice = "a" if measure == "candidate_share" else ""
        making.figure(measure, value, as_of=as_of, at=as_of, choice=choice)
        making.figure(measure, value, as_of=DAY, at=DAY, choice=choice, announcement="two")
    assert alarms(making.report(tmp_path)) == []
