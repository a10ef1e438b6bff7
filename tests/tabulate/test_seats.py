"""Seats of lists, against examples that others worked out."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tallyroom.tabulate.seats import Allocation, Method, allocate, could_change, margin, over_threshold

# Published as the official result of 18 September 2016, and worked through in the textbook exercise at
# kampus.ai (constitutional law, problem 144191): quotient 203,287.54; 140.33, 34.53, 34.03 and 16.11 seats.
DUMA_2016 = {"united-russia": 28_527_828, "kprf": 7_019_752, "ldpr": 6_917_063, "just-russia": 3_275_053}


def seats(method: Method, number: int, *votes: int) -> tuple[int, ...]:
    """Seats in the order of the votes, where nothing ties."""
    found = allocate({str(at): count for at, count in enumerate(votes)}, number, method)
    assert not found.tied
    return tuple(found.seats.values())


@pytest.mark.parametrize(
    ("method", "expected"),
    [("sainte-lague", (5, 4, 1)), ("hare", (5, 4, 1)), ("dhondt", (6, 4, 0))],
)
def test_ten_seats_of_a_german_textbook(method, expected):
    # staatsrecht.honikel.de, Berechnungsbeispiele: all three methods on the same votes.
    assert seats(method, 10, 6100, 5000, 900) == expected


def test_seven_seats_by_dhondt():
    # Electowiki, D'Hondt method, the larger example.
    assert seats("dhondt", 7, 340_000, 280_000, 160_000, 60_000) == (3, 3, 1, 0)


def test_thirty_five_seats_by_sainte_lague_where_most_votes_are_not_most_seats():
    # Electowiki, Sainte-Laguë method, after Miller, Election Inversions under Proportional Representation (2014).
    assert seats("sainte-lague", 35, 503, 304, 193) == (17, 11, 7)


def test_a_hare_quota_with_largest_remainders_gives_the_duma_of_2016():
    assert allocate(DUMA_2016, 225, "hare") == Allocation(
        {"united-russia": 140, "kprf": 35, "ldpr": 34, "just-russia": 16}
    )


def test_a_first_divisor_of_one_point_four_asks_more_of_the_first_seat():
    # The rule: Venice Commission, Report on Electoral Systems (2004), paragraph 64.
    # 100 / 3 = 33.3 beats 40 / 1.4 = 28.6, but not 40 / 1.
    assert seats("sainte-lague", 2, 100, 40) == (1, 1)
    assert seats("modified-sainte-lague", 2, 100, 40) == (2, 0)
    assert allocate({"a": 30, "b": 14}, 2, "modified-sainte-lague") == Allocation({"a": 1, "b": 0}, ("a", "b"), 1)


# Stortinget, Innst. S. 001 (2005-2006), appendix 1.3, the return of the national electoral board of 2005: the votes of
# the parties, 2,638,263 in all, the threshold of 105,531, 169 seats, and divisors 1.4, 3, 5, 7, 9 …
STORTING_2005 = {
    "ap": 862_456,
    "frp": 581_896,
    "h": 371_948,
    "sv": 232_971,
    "krf": 178_885,
    "sp": 171_063,
    "v": 156_113,
    "rv": 32_355,
    "kyst": 21_948,
}


def test_modified_sainte_lague_gives_the_storting_of_2005():
    taking_part = over_threshold(STORTING_2005, 2_638_263, Fraction(4))
    assert list(taking_part) == ["ap", "frp", "h", "sv", "krf", "sp", "v"]
    # Who has more seats of districts than that is left with them, and the rest is shared out anew.
    of_districts = {"ap": 61, "frp": 38, "h": 19, "sv": 13, "krf": 4, "sp": 9, "v": 6}
    elected, left = {}, 169
    while True:
        due = allocate(taking_part, left, "modified-sainte-lague").seats
        over = [party for party in taking_part if of_districts[party] > due[party]]
        if not over:
            break
        for party in over:
            elected[party] = of_districts[party]
            left -= of_districts[party]
            del taking_part[party]
    assert elected | due == {"ap": 61, "frp": 38, "h": 23, "sv": 15, "krf": 11, "sp": 11, "v": 10}


def test_five_seats_of_the_swedish_example_of_adjusted_odd_numbers():
    # Swedish Wikipedia, Jämkade uddatalsmetoden, as it stood before 2018, when Sweden took 1.2 for 1.4: comparison
    # numbers 17,612.14, 13,080, 8,554.29, 8,219 and 7,731.43 take the five seats, before 6,104.
    assert seats("modified-sainte-lague", 5, 24_657, 18_312, 11_976, 10_824, 8_137) == (2, 1, 1, 1, 0)
    assert margin({"1": 24_657, "2": 18_312, "3": 11_976, "4": 10_824, "5": 8_137}, 5, "modified-sainte-lague") == 2_687


def test_the_droop_quota_is_a_whole_number_of_votes_above_an_equal_share_of_one_seat_more():
    # Forum for African Women Educationalists, Women's participation in politics (a training manual), both tables;
    # the quota: South Africa, Electoral Act 73 of 1998, schedule 1A, item 5(a) and (b), before its amendment.
    # 100,000 votes, 10 seats: quotas of 10,000 (Hare) and 9,091 (Droop); the two seats left over go to the
    # remainders 6,909 and 6,709, while by Hare three go to 7,000, 6,100 and 6,000.
    votes = (47_000, 16_000, 15_800, 12_000, 6_100, 3_100)
    assert seats("hare", 10, *votes) == (5, 2, 1, 1, 1, 0)
    assert seats("droop", 10, *votes) == (5, 2, 2, 1, 0, 0)


@pytest.mark.parametrize("method", ["dhondt", "sainte-lague", "modified-sainte-lague", "hare", "droop"])
def test_a_tie_for_the_last_seat_is_said_and_not_broken(method):
    found = allocate({"a": 100, "b": 100, "c": 100}, 4, method)
    assert found == Allocation({"a": 1, "b": 1, "c": 1}, ("a", "b", "c"), 1)


@pytest.mark.parametrize("method", ["dhondt", "sainte-lague", "modified-sainte-lague", "hare", "droop"])
def test_lists_without_a_vote_get_no_seat_and_one_list_gets_all(method):
    assert allocate({"a": 1, "b": 0, "c": 0}, 3, method) == Allocation({"a": 3, "b": 0, "c": 0})
    assert allocate({"a": 0, "b": 0}, 3, method) == Allocation({"a": 0, "b": 0}, ("a", "b"), 3)
    assert allocate({}, 3, method) == Allocation({})


@pytest.mark.parametrize("method", ["dhondt", "sainte-lague", "modified-sainte-lague", "hare", "droop"])
def test_there_may_be_more_lists_than_seats(method):
    assert allocate({"a": 70, "b": 20, "c": 10}, 1, method) == Allocation({"a": 1, "b": 0, "c": 0})


def test_a_list_with_exactly_the_threshold_takes_part():
    assert over_threshold({"a": 7, "b": 93}, 100, Fraction(7)) == {"a": 7, "b": 93}
    assert over_threshold({"a": 6_999_999, "b": 93}, 100_000_000, Fraction(7)) == {}
    assert over_threshold({"a": 35}, 1000, Fraction("3.5")) == {"a": 35}


@pytest.mark.parametrize(
    ("method", "number", "votes", "lacked"),
    [
        ("dhondt", 1, {"a": 60, "b": 40}, 20),
        ("dhondt", 2, {"a": 60, "b": 40}, 20),  # 80 / 2 would be level with 40
        ("sainte-lague", 2, {"a": 100, "b": 40}, 20),  # 120 / 3
        ("modified-sainte-lague", 2, {"a": 100, "b": 40}, 7),  # 47 / 1.4 is above 100 / 3, 46 / 1.4 below it
        ("dhondt", 2, {"a": 50, "b": 50}, 50),
        ("dhondt", 1, {"a": 50, "b": 50}, 0),
        ("dhondt", 1, {"a": 50}, None),
        ("hare", 1, {"a": 60, "b": 40}, None),
    ],
)
def test_the_margin_is_what_a_list_lacked_to_draw_level(method, number, votes, lacked):
    assert margin(votes, number, method) == lacked


def test_passing_a_threshold_could_change_the_seats():
    votes = {"a": 600, "b": 352, "c": 48}
    assert not could_change(votes, 10, "dhondt", 2, Fraction(5), 1000)  # 50 of 1,002 is less than 5 %
    assert could_change(votes, 10, "dhondt", 3, Fraction(5), 1000) is False  # 51 of 1,003, and no seat for 51
    assert could_change(votes, 20, "dhondt", 3, Fraction(5), 1000)  # with 20 seats there is one for it
    assert could_change(votes, 10, "hare", 3, Fraction(5), 1000)  # every share of the quota moves


def test_falling_below_a_threshold_could_change_the_seats():
    votes = {"a": 600, "b": 350, "c": 50}
    assert not could_change(votes, 20, "sainte-lague", 0, Fraction(5), 1000)
    assert could_change(votes, 20, "sainte-lague", 1, Fraction(5), 1000)
