"""Who won, and when nobody can say yet."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tallyroom.tabulate.outcome import decide
from tallyroom.tabulate.results import tabulate
from tests.tabulate.conftest import ELECTION


@pytest.mark.parametrize(
    ("seats", "votes", "could_come", "status", "elected"),
    [
        (1, {"a": 60, "b": 40}, 0, "decided", ("a",)),
        (1, {"a": 60, "b": 40}, 19, "decided", ("a",)),
        (1, {"a": 60, "b": 40}, 20, "open", ()),  # it could become a tie
        (1, {"a": 50, "b": 50}, 0, "tie", ()),
        (1, {"a": 50, "b": 50}, 1, "open", ()),
        (1, {"a": 50, "b": 50}, None, "open", ()),
        (2, {"a": 60, "b": 40, "c": 30}, 9, "decided", ("a", "b")),
        (2, {"a": 60, "b": 40, "c": 40}, 0, "tie", ("a",)),
        (2, {"a": 40, "b": 40, "c": 30}, 9, "decided", ("a", "b")),
        (2, {"a": 3, "b": 2}, None, "decided", ("a", "b")),
        (1, {"a": 0}, 100, "decided", ("a",)),
    ],
)
def test_plurality_gives_the_seats_to_those_with_the_most_votes(seats, votes, could_come, status, elected):
    outcome = decide("plurality", seats, votes, could_come)
    assert (outcome.status, outcome.elected, outcome.second_round) == (status, elected, ())


@pytest.mark.parametrize(
    ("votes", "base", "could_come", "status", "who"),
    [
        ({"a": 51, "b": 49}, 100, 0, "decided", ("a",)),
        ({"a": 50, "b": 49, "c": 1}, 100, 0, "second-round", ("a", "b")),  # half is not more than half
        ({"a": 50, "b": 50}, 100, 0, "second-round", ("a", "b")),
        ({"a": 51, "b": 49}, 110, 0, "second-round", ("a", "b")),  # of ballots cast, ten of them invalid
        ({"a": 51, "b": 49}, 100, 1, "decided", ("a",)),  # of at most 101
        ({"a": 51, "b": 49}, 100, 2, "open", ()),  # of at most 102, and the two could make it 53 of 102
        ({"a": 45, "b": 35, "c": 20}, 100, 9, "second-round", ("a", "b")),  # 54 of 109 is not more than half
        ({"a": 45, "b": 35, "c": 20}, 100, 11, "open", ()),  # 56 of 111 is
        ({"a": 40, "b": 30, "c": 30}, 100, 0, "tie", ()),
        ({"a": 40, "b": 30, "c": 29}, 100, 1, "open", ()),  # who comes second
        ({"a": 40, "b": 30, "c": 28}, 100, 1, "second-round", ("a", "b")),
        ({"a": 40, "b": 40, "c": 20}, 100, 0, "second-round", ("a", "b")),
        ({"a": 51, "b": 49}, None, 0, "open", ()),
        ({"a": 99, "b": 1}, 100, None, "open", ()),
    ],
)
def test_an_absolute_majority_is_more_than_half_of_its_base_else_two_go_on(votes, base, could_come, status, who):
    outcome = decide("absolute-majority", 1, votes, could_come, base)
    assert (outcome.status, outcome.elected or outcome.second_round) == (status, who)


def test_votes_that_cannot_be_read_on_counted_ballots_add_no_ballots():
    # 10 of the 100 valid ballots are not read: if all are a's, it has 53 of 100, and not of 110.
    votes = {"a": 43, "b": 40, "c": 7}
    assert decide("absolute-majority", 1, votes, 10, 100, in_base=0).status == "second-round"
    assert decide("absolute-majority", 1, votes, 10, 100, in_base=10).status == "open"
    assert decide("absolute-majority", 1, {"a": 51, "b": 39}, 10, 100, in_base=10).status == "decided"


def test_approvals_are_counted_as_votes_and_may_be_more_than_the_ballots():
    # 100 ballots, 150 approvals.
    outcome = decide("approval", 1, {"a": 80, "b": 50, "c": 20}, 29)
    assert (outcome.rule, outcome.status, outcome.elected, outcome.margin) == ("approval", "decided", ("a",), 30)


def test_a_tie_names_who_ties_and_for_how_many_seats():
    outcome = decide("plurality", 3, {"a": 60, "b": 40, "c": 40, "d": 40, "e": 3}, 0)
    assert (outcome.elected, outcome.tied, outcome.tied_seats) == (("a",), ("b", "c", "d"), 2)
    outcome = decide("absolute-majority", 1, {"a": 40, "b": 30, "c": 30}, 0, 100)
    assert (outcome.status, outcome.tied, outcome.tied_seats) == ("tie", ("b", "c"), 0)
    outcome = decide("dhondt", 2, {"b": 50, "a": 100, "c": 3}, 0)
    assert (outcome.status, outcome.elected, outcome.seats) == ("tie", ("a",), {"a": 1})
    assert (outcome.tied, outcome.tied_seats, outcome.margin) == (("a", "b"), 1, 0)
    assert outcome.says == "Seats by these figures: a 1; a and b tie for 1 seat; nothing is missing."


def test_lists_share_out_the_seats_in_the_order_of_their_votes():
    votes = {"c": 900, "a": 6100, "b": 5000}
    outcome = decide("hare", 10, votes, 0, 12_000, {"a": "Party A"}, threshold=Fraction("7.5"))
    assert (outcome.status, outcome.elected) == ("decided", ("a", "b", "c"))
    assert list(outcome.seats.items()) == [("a", 5), ("b", 4), ("c", 1)]
    assert outcome.says == (
        "Seats by these figures: Party A 5, b 4 and c 1, among those with at least 7.5 % of 12,000; nothing is missing."
    )
    one_more = decide("hare", 10, votes, 0, 12_001, threshold=Fraction("7.5"))
    assert one_more.seats == {"a": 5, "b": 5}
    assert decide("dhondt", 10, votes, 0).seats == {"a": 6, "b": 4}


@pytest.mark.parametrize(
    ("could_come", "base", "says"),
    [
        (None, 100, "What is missing cannot be bounded, so it could still change the outcome."),
        (0, None, "The returns do not state the figure that the threshold is measured by."),
        (
            20,
            100,
            "Seats by these figures: a 2, among those with at least 50 % of 100; up to 20 votes could still come and "
            "change that.",
        ),
    ],
)
def test_seats_stay_open_while_something_could_move_one(could_come, base, says):
    outcome = decide("dhondt", 2, {"a": 60, "b": 40}, could_come, base, threshold=Fraction(50))
    assert (outcome.status, outcome.elected, outcome.seats, outcome.says) == ("open", (), {}, says)


def test_where_no_list_reaches_the_threshold_the_law_has_to_say_what_follows():
    outcome = decide("dhondt", 2, {"a": 6, "b": 4}, 0, 100, threshold=Fraction(7))
    assert (outcome.status, outcome.seats, outcome.elected, outcome.margin) == ("open", {}, (), None)
    assert outcome.says == (
        "No choice has 7 % of 100, which it takes to have a seat: what follows is for the law; nothing is missing."
    )
    assert decide("hare", 2, {"a": 0, "b": 0}, 0).says == "No votes count, and none could still come."


HEAD = "station,act,status,valid,invalid,votes.ada,votes.ben,votes.cy\n"


def test_the_votes_on_a_held_form_could_come_even_if_its_register_is_smaller(vale):
    # Only 100 voters are registered at s1, where ben has 250 on the held form, and ada leads by 120.
    record = vale(HEAD + "s1,1,held,250,0,0,250,0\ns2,1,,180,0,150,30,0\ns3,1,,0,0,0,0,0\n")
    outcome = tabulate(record).contests[0].outcome
    assert (outcome.status, outcome.margin, outcome.votes_that_could_come) == ("open", 120, 250)


def test_a_station_without_a_register_that_is_missing_leaves_it_open(vale):
    record = vale(
        HEAD + "s1,1,,90,0,90,0,0\ns3,1,,200,0,200,0,0\n",
        stations="id,area,registered\ns1,upper,100\ns2,upper,\ns3,lower,300\n",
    )
    outcome = tabulate(record).contests[0].outcome
    assert (outcome.status, outcome.votes_that_could_come) == ("open", None)


def test_an_annulled_station_has_no_votes_to_come(vale):
    record = vale(HEAD + "s1,1,,90,0,60,30,0\ns2,1,annulled,90,0,0,90,0\ns3,1,,0,0,0,0,0\n")
    outcome = tabulate(record).contests[0].outcome
    assert (outcome.status, outcome.elected, outcome.votes_that_could_come) == ("decided", ("ada",), 0)


def test_under_plurality_an_unread_total_of_valid_votes_leaves_nothing_open(vale):
    record = vale(HEAD + "s1,1,,,,60,30,0\ns2,1,,90,0,90,0,0\ns3,1,,0,0,0,0,0\n")
    assert tabulate(record).contests[0].outcome.votes_that_could_come == 0


LISTS = ELECTION.replace(
    'rule = "plurality"', 'rule = "sainte-lague"\nseats = 6\nthreshold = "10 %"\nthreshold_of = "cast"'
)


def test_a_record_may_share_out_seats_with_a_threshold_of_the_ballots_cast(vale):
    # cy has 35 votes, 10 % of the 350 valid ballots and less of the 360 cast.
    returns = HEAD + "s1,1,,90,10,60,30,0\ns2,1,,180,0,100,60,20\ns3,1,,80,0,30,35,15\n"
    outcome = tabulate(vale(returns, LISTS)).contests[0].outcome
    assert (outcome.status, outcome.seats) == ("decided", {"ada": 4, "ben": 2})
    of_valid = LISTS.replace('"cast"', '"valid"')
    assert tabulate(vale(returns, of_valid)).contests[0].outcome.seats == {"ada": 3, "ben": 2, "cy": 1}


def test_a_form_that_does_not_state_what_the_threshold_is_measured_by_leaves_it_open(vale):
    returns = HEAD + "s1,1,,90,,60,30,0\ns2,1,,180,0,100,60,20\ns3,1,,80,0,30,35,15\n"
    outcome = tabulate(vale(returns, LISTS)).contests[0].outcome
    assert (outcome.status, outcome.votes_that_could_come) == ("open", 100)


def test_a_partial_record_leaves_the_seats_open(vale):
    returns = HEAD + "s1,1,,90,0,60,30,0\n"
    outcome = tabulate(vale(returns, 'stations = "partial"\n' + LISTS)).contests[0].outcome
    assert (outcome.status, outcome.seats, outcome.votes_that_could_come) == ("open", {}, None)
