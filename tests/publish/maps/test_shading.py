"""What a map says of each area: who leads and by how much, what is not in, and never more than is known."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallyroom.publish.maps.shading import Standing, announced_standing, ranked, standing, turnout_classes
from tallyroom.record.contest import Contest
from tallyroom.record.rows import Row
from tallyroom.tabulate.results import AreaResult, StationCounts

CONTEST = Contest.model_validate({"id": "c", "rule": "plurality", "choices": ["a", "b", "d"]})


def area(votes: dict[str, int | None], stations: tuple[int | None, int, int, int] = (4, 4, 0, 0), **more) -> AreaResult:
    valid = sum(n or 0 for n in votes.values())
    figures = {"registered": 100, "cast": valid, "valid": valid, "invalid": 0, "turnout": "50.00", **more}
    return AreaResult(
        "x", "region", "X", StationCounts(*stations), registered_expected=100, votes=votes, shares={}, **figures
    )


def test_a_lead_is_counted_in_points_of_what_shares_are_of():
    one = standing(CONTEST, area({"a": 60, "b": 30, "d": 10}))
    assert (one.state, one.first, one.lead, one.lead_text) == ("leads", ("a",), Fraction(30), "30.00")
    assert one.margin == 3


@pytest.mark.parametrize(("lead", "margin"), [(499, 0), (500, 1), (1499, 1), (1500, 2), (2999, 2), (3000, 3)])
def test_classes_of_leads_begin_exactly_at_their_breaks(lead, margin):
    votes = {"a": (10_000 + lead) // 2, "b": (10_000 - lead) // 2, "d": 10_000 - 2 * (10_000 // 2) + lead % 2}
    assert standing(CONTEST, area(votes, valid=10_000)).margin == margin


def test_equals_are_said_to_be_level_and_nobody_to_lead():
    one = standing(CONTEST, area({"a": 5, "b": 5, "d": 0}))
    assert (one.state, one.first, one.lead) == ("tied", ("a", "b"), Fraction(0))


@pytest.mark.parametrize(
    ("stations", "state"),
    [((4, 0, 0, 0), "out"), ((4, 0, 1, 0), "apart"), ((4, 0, 0, 4), "apart"), ((4, 1, 0, 0), "unknown")],
)
def test_an_area_without_votes_says_why(stations, state):
    assert standing(CONTEST, area({"a": None, "b": None}, stations, valid=None)).state == state


def test_an_area_with_stations_still_out_is_marked_so():
    assert standing(CONTEST, area({"a": 1, "b": 0}, (4, 3, 0, 0))).partly
    assert standing(CONTEST, area({"a": 1, "b": 0}, (4, 3, 1, 0))).partly
    assert not standing(CONTEST, area({"a": 1, "b": 0}, (4, 4, 0, 0))).partly
    assert not standing(CONTEST, area({"a": 1, "b": 0}, (None, 3, 0, 0))).partly  # nobody knows how many there are


def test_the_first_letter_is_for_the_most_votes_of_all_and_then_for_the_most_areas():
    leads = [Standing("1", "leads", ("b",)), Standing("2", "leads", ("b",)), Standing("3", "leads", ("a",))]
    assert ranked(CONTEST, leads, {"a": 900, "b": 100}) == ["a", "b"]
    assert ranked(CONTEST, leads, {}) == ["b", "a"]


# Turnout


def turnouts(*values: str) -> list[Standing]:
    return [Standing(str(n), "leads", ("a",), turnout=Fraction(v), turnout_text=v) for n, v in enumerate(values)]


def test_turnout_falls_in_round_classes():
    classes, at = turnout_classes(turnouts("61.20", "64.99", "65.00", "73.10"))
    assert [(one.low, one.high) for one in classes] == [("60", "65"), ("65", "70"), ("70", "75")]
    assert at == {"0": 0, "1": 0, "2": 1, "3": 2}


def test_a_few_far_areas_do_not_make_the_rest_look_alike():
    values = ["12.00", *(f"{60 + n / 10:.2f}" for n in range(50)), "99.80"]
    classes, at = turnout_classes(turnouts(*values))
    assert (classes[0].low, classes[-1].high) == ("", "")  # below, and above
    assert len({at[str(n)] for n in range(1, 51)}) > 3


def test_what_cannot_be_is_in_the_highest_class():
    classes, at = turnout_classes(turnouts("90.00", "95.00", "140.00"))
    assert classes[-1].high == ""
    assert at["2"] == len(classes) - 1


@given(st.lists(st.integers(0, 12_000), min_size=1, max_size=60))
def test_every_known_turnout_lies_within_its_class(steps):
    values = [f"{step // 100}.{step % 100:02}" for step in steps]
    classes, at = turnout_classes(turnouts(*values))
    assert 1 <= len(classes) <= 6
    for number, value in enumerate(values):
        one = classes[at[str(number)]]
        assert not one.low or Fraction(one.low) <= Fraction(value)
        assert not one.high or Fraction(value) < Fraction(one.high)


def test_no_turnout_known_is_no_class():
    assert turnout_classes([Standing("x", "out")]) == ([], {})


# Announced figures


def row(measure: str, value: str, choice: str = "", **more: str) -> Row:
    return Row(
        "announcements", "announcements.csv", 2, "r", {"measure": measure, "value": value, "choice": choice, **more}
    )


def test_announced_shares_of_a_place_say_who_leads_there():
    rows = [row("candidate_share", "40.5", "a"), row("candidate_share", "52.25", "b"), row("turnout_share", "61.7")]
    one = announced_standing("x", ["a", "b"], rows, 2)
    assert (one.state, one.first, one.lead_text, one.turnout) == ("leads", ("b",), "11.75", Fraction("61.7"))


def test_the_last_figure_given_holds_and_inexact_ones_do_not():
    rows = [
        row("candidate_share", "70", "a"),
        row("candidate_share", "30", "b"),
        row("candidate_share", "45", "a"),
        row("candidate_share", "55", "b"),
        row("candidate_share", "90", "a", qualifier="about"),
    ]
    assert announced_standing("x", ["a", "b"], rows, 2).first == ("b",)


def test_one_announced_figure_alone_does_not_say_who_leads():
    assert announced_standing("x", ["a", "b"], [row("candidate_votes", "100", "a")], 2).state == "unknown"
    assert announced_standing("x", ["a", "b"], [], 2).state == "unknown"


def test_announced_votes_alone_are_compared_as_shares_of_their_sum():
    rows = [row("candidate_votes", "30", "a"), row("candidate_votes", "90", "b")]
    one = announced_standing("x", ["a", "b"], rows, 2)
    assert (one.first, one.lead) == (("b",), Fraction(50))
