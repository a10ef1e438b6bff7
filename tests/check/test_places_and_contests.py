"""Areas, stations and contests: parts against their whole, and like only with like."""

from __future__ import annotations

import pytest

from tests.check.making import DAY, Making, alarms, found, lacking, only, passed


def _land(*regions: str, stations: str = "all") -> Making:
    making = Making(stations=stations).area("land", kind="nation")
    for region in regions:
        making.area(region, "land")
    return making


def test_all_areas_of_a_whole_must_add_up(tmp_path):
    making = _land("north", "south").figure("registered_voters", 1000)
    making.figure("registered_voters", 600, place="north").figure("registered_voters", 401, place="south")
    finding = only(found(making.report(tmp_path), "parts-and-whole"))
    assert finding.severity == "warning"
    assert finding.arithmetic == "600 + 401 = 1001"
    assert "the parts (2) add up to 1,001, and the whole is given as 1,000: 1 more" in finding.says


def test_with_one_area_missing_nothing_is_added_up(tmp_path):
    making = _land("north", "south", "west").figure("registered_voters", 1000)
    making.figure("registered_voters", 600, place="north").figure("registered_voters", 401, place="south")
    report = making.report(tmp_path)
    assert not found(report, "parts-and-whole")
    assert not passed(report, "parts-and-whole")


def test_areas_of_other_announcements_are_no_parts(tmp_path):
    making = _land("north", "south").figure("registered_voters", 1000)
    making.figure("registered_voters", 600, place="north")
    making.figure("registered_voters", 500, place="south", announcement="two")
    assert not found(making.report(tmp_path), "parts-and-whole")


def test_a_middle_level_is_added_up_too(tmp_path):
    making = _land("north", "south").area("n1", "north", "district").area("n2", "north", "district")
    making.votes(600, 0, place="north").votes(300, 0, place="n1").votes(299, 0, place="n2")
    finding = only(found(making.report(tmp_path), "parts-and-whole"))
    assert finding.where.area == "north"
    assert finding.says.startswith("Votes for A in North (one):")


def test_groups_are_in_no_sum(tmp_path):
    making = _land("north", "south").area("abroad", kind="group").figure("registered_voters", 1000)
    making.figure("registered_voters", 600, place="north").figure("registered_voters", 400, place="south")
    making.figure("registered_voters", 50, place="abroad")
    assert alarms(making.report(tmp_path)) == []


def test_all_stations_of_an_area_must_add_up_where_all_are_listed(tmp_path):
    for stations, expected in (("all", 1), ("partial", 0)):
        making = _land("north", stations=stations)
        making.row("stations", id="s1", area="north").row("stations", id="s2", area="north")
        making.figure("turnout_count", 100, place="north")
        making.figure("turnout_count", 60, place="s1").figure("turnout_count", 39, place="s2")
        assert len(found(making.report(tmp_path / stations), "parts-and-whole")) == expected


def test_inexact_parts_may_make_up_an_exact_whole(tmp_path):
    making = _land("north", "south").figure("registered_voters", 6_478_623)
    making.figure("registered_voters", 6_000_000, place="north", qualifier="more than")
    making.figure("registered_voters", 400_000, place="south", qualifier="about")
    assert alarms(making.report(tmp_path)) == []


def test_inexact_parts_may_still_be_too_many(tmp_path):
    making = _land("north", "south").figure("registered_voters", 6_000_000)
    making.figure("registered_voters", 6_000_000, place="north", qualifier="more than")
    making.figure("registered_voters", 400_000, place="south", qualifier="about")
    finding = only(found(making.report(tmp_path), "parts-and-whole"))
    assert "which inexact figures do not explain" in finding.says


def test_candidates_and_observers_of_areas_are_not_added_up(tmp_path):
    making = _land("north", "south")
    for measure in ("candidates_registered", "observers", "voters_per_station"):
        for place, value in (("", 7), ("north", 7), ("south", 7)):
            making.figure(measure, value, place=place)
    assert not found(making.report(tmp_path), "parts-and-whole")


def test_percentages_as_parts_of_a_count_cannot_be_checked(tmp_path):
    making = Making().figure("observers", 100, id="all").figure("observers", 60, of="all", unit="percent")
    report = making.report(tmp_path)
    assert lacking(report, "parts-and-whole")
    assert not passed(report, "parts-and-whole")


def test_an_average_that_the_voters_do_not_give_is_a_notice(tmp_path):
    making = Making().figure("polling_stations", 10).figure("registered_voters", 9000)
    making.figure("voters_per_station", 500, qualifier="at least").figure(
        "voters_per_station", 800, qualifier="at most"
    )
    finding = only(found(making.report(tmp_path), "voters-per-station"))
    assert finding.severity == "notice"
    assert finding.numbers == {"voters": 9000, "stations": 10, "per_station": 900}
    assert "5,000 to 8,000 voters" in finding.says


def test_more_stations_reporting_than_there_are_cannot_be(tmp_path):
    making = Making().figure("polling_stations", 10).figure("stations_reporting", 11, subject="protocols")
    finding = only(found(making.report(tmp_path), "stations-reporting"))
    assert finding.severity == "error"
    assert finding.numbers == {"reporting": 11, "stations": 10, "difference": 1}


@pytest.mark.parametrize("counted", ["", "stations"])
def test_stations_reporting_must_be_the_share_that_is_printed(tmp_path, counted):
    making = Making().figure("polling_stations", 1000).figure("stations_reporting", 512, subject="protocols")
    finding = only(found(making.figure("share_counted", "52.1", counted=counted).report(tmp_path), "share-counted"))
    assert "512 of 1,000 stations are 51.20 %, not the 52.1 %" in finding.says


def test_a_share_of_ballots_is_not_held_against_stations(tmp_path):
    making = Making().figure("polling_stations", 1000).figure("stations_reporting", 512, subject="protocols")
    report = making.figure("share_counted", "60", counted="ballots").report(tmp_path)
    assert not found(report, "share-counted")
    assert not passed(report, "share-counted")


def _two() -> Making:
    return Making(contests={"president": ("a", "b"), "council": ("x", "y", "z")})


def test_two_contests_are_never_mixed(tmp_path):
    making = _two().figure("registered_voters", 1000)
    making.votes(500, 300, contest="president").figure("valid_votes", 800, contest="president")
    making.votes(100, 200, 300, contest="council").figure("valid_votes", 600, contest="council")
    making.shares("62.50", "37.50", contest="president").shares("16.67", "33.33", "50.00", contest="council")
    making.figure("turnout_share", "81.0", contest="president").figure("turnout_share", "61.0", contest="council")
    making.figure("turnout_count", 810, contest="president").figure("turnout_count", 610, contest="council")
    report = making.report(tmp_path)
    assert alarms(report) == []
    assert passed(report, "votes-add-up")[0].of == 2
    assert passed(report, "turnout-holds-votes")[0].of == 2


def test_the_turnout_of_one_contest_does_not_hold_the_votes_of_another(tmp_path):
    making = _two().figure("registered_voters", 1000).votes(500, 300, contest="president")
    making.figure("turnout_share", "61.0", contest="council")
    assert alarms(making.report(tmp_path)) == []


def test_a_turnout_of_no_contest_holds_those_of_both(tmp_path):
    making = _two().figure("registered_voters", 1000).votes(500, 300, contest="president")
    making.votes(100, 200, 300, contest="council").figure("turnout_share", "61.0")
    finding = only(found(making.report(tmp_path), "turnout-holds-votes"))
    assert finding.numbers["votes"] == 800


def test_a_contest_with_a_register_of_its_own_uses_that(tmp_path):
    making = _two().figure("registered_voters", 1000).figure("registered_voters", 1500, contest="council")
    making.figure("turnout_count", 1200, contest="council").figure("turnout_share", "80.0", contest="council")
    making.figure("turnout_count", 600, contest="president").figure("turnout_share", "60.0", contest="president")
    assert alarms(making.report(tmp_path)) == []


def test_the_contest_of_a_row_without_one_is_that_of_its_choice(tmp_path):
    making = _two()
    for choice, votes in (("a", 500), ("b", 300)):
        making.figure("candidate_votes", votes, choice=choice)
    finding = only(found(making.figure("valid_votes", 700).report(tmp_path), "votes-add-up"))
    assert finding.numbers["difference"] == 100


def test_in_one_contest_its_name_may_be_left_out(tmp_path):
    making = Making().figure("registered_voters", 1000, contest="president").figure("turnout_count", 1001)
    making.votes(500, 300, contest="president").figure("valid_votes", 700)
    report = making.report(tmp_path)
    assert found(report, "more-than-register")
    assert found(report, "votes-add-up")


def test_votes_for_somebody_who_is_no_choice_are_no_crash(tmp_path):
    making = Making().row("people", id="nobody", name="Nobody").votes(500, 300, as_of=DAY)
    for announcement, votes in (("one", 5), ("two", 6)):
        making.figure("candidate_votes", votes, choice="nobody", as_of=DAY, announcement=announcement)
    making.votes(501, 301, as_of="2031-05-20", announcement="later")
    assert only(found(making.report(tmp_path), "rival-figures")).numbers["difference"] == "1"


def test_the_same_finding_at_many_places_is_one_finding_with_cases(tmp_path):
    making = _land(*(f"r{n}" for n in range(30)))
    for n in range(30):
        making.figure("registered_voters", 100, place=f"r{n}").figure("turnout_count", 101 + n, place=f"r{n}")
    finding = only(found(making.report(tmp_path), "more-than-register"))
    assert finding.count == len(finding.cases) == 30
    assert finding.where.file == "announcements.csv"
    assert finding.where.line == 0
    assert {case.where.area for case in finding.cases} == {f"r{n}" for n in range(30)}


def test_what_cannot_be_checked_for_one_reason_is_one_entry_with_its_count(tmp_path):
    making = _land(*(f"r{n}" for n in range(30)))
    for n in range(30):
        making.figure("stations_reporting", 5, place=f"r{n}")
    (one,) = lacking(making.report(tmp_path), "stations-reporting")
    assert (one.count, one.where.file, one.where.line) == (30, "announcements.csv", 0)


def test_polls_are_held_against_the_result_of_their_own_contest_and_of_the_whole(tmp_path):
    making = _two().area("land", kind="nation").area("north", "land")
    making.row("polls", id="exit", kind="exit-poll").shares("62.50", "37.50", contest="president")
    making.shares("10.00", "90.00", contest="president", place="north", as_of="2031-05-20")
    for choice, share in (("a", "60.0"), ("b", "40.0")):
        making.figure("exit_poll_share", share, choice=choice, about="exit", announcement="poll")
    finding = only(found(making.report(tmp_path), "polls-and-result"))
    assert finding.numbers == {"announced": "62.50", "difference_exit": "-2.50"}
    assert finding.says.startswith("One poll beside the announced 62.50 % for A. exit: 60.0, -2.50;")


def test_a_poll_without_the_leader_is_no_crash(tmp_path):
    making = Making(("a", "b", "c")).row("polls", id="exit", kind="exit-poll").shares("60.00", "30.00", "10.00")
    for choice, share in (("b", "40.0"), ("c", "20.0")):
        making.figure("exit_poll_share", share, choice=choice, about="exit", announcement="poll")
    report = making.report(tmp_path)
    assert not found(report, "polls-and-result")
    assert passed(report, "poll-shares")


def test_poll_shares_beyond_100_cannot_be(tmp_path):
    making = Making().row("polls", id="exit", kind="exit-poll")
    for choice, share in (("a", "70.0"), ("b", "40.0")):
        making.figure("exit_poll_share", share, choice=choice, about="exit")
    finding = only(found(making.report(tmp_path), "poll-shares"))
    assert finding.severity == "error"
    assert "10 is too much" in finding.says


def test_two_publications_of_one_poll_are_not_added_together(tmp_path):
    making = Making().row("polls", id="exit", kind="exit-poll")
    for announcement, a, b in (("evening", "60.0", "40.0"), ("night", "58.0", "42.0")):
        making.figure("exit_poll_share", a, choice="a", about="exit", announcement=announcement)
        making.figure("exit_poll_share", b, choice="b", about="exit", announcement=announcement)
    report = making.report(tmp_path)
    assert passed(report, "poll-shares")[0].of == 2
    assert not found(report, "poll-shares")
