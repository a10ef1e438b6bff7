"""Which act is in force, what counts, and what is missing."""

from __future__ import annotations

import pytest

from tallyroom.errors import CannotTabulate
from tallyroom.tabulate.results import tabulate

from .conftest import AREAS, ELECTION, STATIONS

HEAD = "station,act,status,valid,invalid,votes.ada,votes.ben,votes.cy\n"


def nation(record):
    return tabulate(record).contests[0].areas[0]


def states(record):
    s = nation(record).stations
    return s.expected, s.accepted, s.held, s.annulled, s.missing


@pytest.mark.parametrize(
    ("acts", "ada", "state"),
    [
        (["1,accepted", "2,accepted"], 2, "accepted"),
        (["2,accepted", "1,accepted"], 2, "accepted"),
        (["1,accepted", "2,withdrawn"], 1, "accepted"),
        (["1,accepted", "2,held"], None, "held"),
        (["1,held", "2,accepted"], 2, "accepted"),
        (["1,accepted", "2,annulled"], None, "annulled"),
        (["1,annulled", "2,withdrawn"], None, "annulled"),
        (["1,accepted", "2,annulled", "3,withdrawn", "4,accepted"], 4, "accepted"),
        (["1,withdrawn"], None, "missing"),
        (["1,withdrawn", "2,withdrawn"], None, "missing"),
        (["9,accepted", "10,accepted"], 10, "accepted"),
        (["1,", "2,"], 2, "accepted"),
    ],
)
def test_the_act_in_force_is_the_highest_one_not_withdrawn(vale, acts, ada, state):
    rows = "".join(f"s1,{act},10,0,{act.split(',')[0]},0,0\n" for act in acts)
    record = vale(HEAD + rows)
    station = next(area for area in tabulate(record, "station").contests[0].areas if area.area == "s1")
    assert station.votes["ada"] == ada
    assert getattr(station.stations, state) == 1


def test_a_later_row_without_figures_is_no_act(vale):
    assert nation(vale(HEAD + "s1,1,,10,0,5,3,2\ns1,2,,,,,,\n")).votes["ada"] == 5


def test_a_held_or_annulled_form_without_figures_is_listed(vale):
    assert states(vale(HEAD + "s1,1,held,,,,,\ns2,1,annulled,,,,,\ns3,1,withdrawn,,,,,\n")) == (3, 0, 1, 1, 1)


def test_a_form_of_which_nothing_can_be_read_has_come_in(vale):
    unread = "valid:illegible invalid:illegible votes.ada:illegible votes.ben:illegible votes.cy:illegible"
    record = vale(f"station,unread,valid,invalid,votes.ada,votes.ben,votes.cy\ns1,{unread},,,,,\ns2,,,,,,\n")
    assert states(record) == (3, 1, 0, 0, 2)
    assert nation(record).votes == {"ada": None, "ben": None, "cy": None}
    assert nation(record).lacking["votes.ada"] == 1


def test_a_form_of_zeros_has_come_in(vale):
    record = vale(HEAD + "s1,1,,0,0,0,0,0\n")
    assert states(record) == (3, 1, 0, 0, 2)
    assert nation(record).votes == {"ada": 0, "ben": 0, "cy": 0}
    assert nation(record).shares == {"ada": None, "ben": None, "cy": None}  # of no valid votes
    assert nation(record).turnout == "0.00"


def test_no_returns_and_returns_without_rows_are_nothing_to_tabulate(vale, tmp_path):
    record = vale(HEAD)
    outcome = tabulate(record).contests[0].outcome
    assert (outcome.status, outcome.margin) == ("nothing-to-tabulate", None)
    assert states(record) == (3, 0, 0, 0, 3)


def test_a_record_of_some_stations_knows_neither_expected_nor_missing(vale):
    record = vale(
        HEAD + "s1,1,,10,0,5,3,2\ns2,1,held,,,,,\n", ELECTION.replace("[names]", 'stations = "partial"\n[names]')
    )
    area = nation(record)
    assert area.as_json()["stations"] == {
        "expected": None,
        "received": 2,
        "accepted": 1,
        "held": 1,
        "annulled": 0,
        "missing": None,
    }
    assert area.registered_expected is None
    assert tabulate(record).contests[0].outcome.status == "open"
    assert tabulate(record).contests[0].outcome.votes_that_could_come is None


def test_turnout_is_of_the_stations_that_state_both_its_parts(vale):
    # s1: 40 of 100; s2 has no register, s3 does not state its invalid ballots and so not its cast ones
    record = vale(
        HEAD + "s1,1,,38,2,30,5,3\ns2,1,,100,0,50,30,20\ns3,1,,90,,40,30,20\n", stations=STATIONS.replace("200", "")
    )
    area = nation(record)
    assert (area.registered, area.cast, area.turnout) == (400, 140, "40.00")
    assert area.lacking == {"registered": 1, "cast": 1, "registered_expected": 1}


def test_turnout_may_be_of_something_else_than_ballots_cast(vale):
    record = vale(
        HEAD + "s1,1,,38,2,30,5,3\n",
        ELECTION.replace('rule = "plurality"', 'rule = "plurality"\nturnout_of = "valid * 2"'),
    )
    assert nation(record).turnout == "76.00"


def test_an_item_that_the_file_has_no_column_for_is_not_stated(vale):
    area = nation(vale("station,valid,votes.ada,votes.ben\ns1,10,6,4\n"))
    assert (area.valid, area.invalid, area.cast) == (10, None, None)
    assert area.votes == {"ada": 6, "ben": 4, "cy": None}
    assert area.lacking == {"cast": 1, "votes.cy": 1}


def test_a_station_in_two_groups_counts_once_in_each_and_once_in_the_whole(vale):
    areas = AREAS + "ships,,group,Ships\nabroad,upper,group,Abroad\n"
    record = vale(
        HEAD + "s1,1,,10,0,5,3,2\ns3,1,,10,0,1,3,6\n",
        areas=areas,
        stations="id,area,groups\ns1,upper,ships abroad\ns2,upper,ships\ns3,lower,abroad\n",
    )
    contest = tabulate(record).contests[0]
    assert {a.area: (a.stations.expected, a.votes["ada"]) for a in contest.areas} == {
        "vale": (3, 6),
        "upper": (2, 5),
        "lower": (1, 1),
        "ships": (2, 5),
        "abroad": (2, 6),
    }


def test_a_station_directly_under_the_nation_is_in_no_region(vale):
    record = vale(HEAD + "s1,1,,10,0,5,3,2\n", stations="id,area\ns1,vale\n")
    assert {a.area: a.stations.expected for a in tabulate(record).contests[0].areas} == {
        "vale": 1,
        "upper": 0,
        "lower": 0,
    }


def test_two_wholes_share_one_outcome(vale):
    record = vale(
        HEAD + "s1,1,,10,0,7,3,0\ns3,1,,10,0,1,9,0\n",
        areas="id,parent,kind\nupper,,region\nlower,,region\n",
        stations="id,area\ns1,upper\ns3,lower\n",
    )
    assert tabulate(record).contests[0].outcome.elected == ("ben",)


def test_areas_that_differ_only_in_case_are_added_apart(vale):
    record = vale(
        HEAD + "s1,1,,10,0,7,3,0\nS1,1,,10,0,1,9,0\n",
        areas="id,parent,kind\nvale,,nation\na,vale,region\nA,vale,region\n",
        stations="id,area\ns1,a\nS1,A\n",
    )
    contest = tabulate(record).contests[0]
    assert {a.area: a.votes["ada"] for a in contest.areas} == {"vale": 8, "a": 7, "A": 1}


def test_a_corrected_station_is_one_station_with_its_later_register_and_area(vale):
    corrections = "s1-again,lower,150,s1\ns1-third,lower,160,s1-again\n"
    stations = f"id,area,registered,supersedes\ns1,upper,100,\ns2,upper,200,\n{corrections}"
    record = vale(HEAD + "s1,1,,10,0,7,3,0\n", stations=stations)
    contest = tabulate(record).contests[0]
    assert [(a.area, a.stations.expected, a.registered, a.registered_expected) for a in contest.areas] == [
        ("vale", 2, 160, 360),
        ("upper", 1, None, 200),
        ("lower", 1, 160, 160),
    ]
    assert [a.area for a in tabulate(record, "station").contests[0].areas] == ["s2", "s1"]


def test_a_corrected_area_keeps_its_stations(vale):
    areas = (
        "id,parent,kind,name,supersedes\nvale,,nation,Vale,\nupper,vale,region,Uper,\nupper-2,vale,region,Upper,upper\n"
    )
    record = vale(HEAD + "s1,1,,10,0,7,3,0\n", areas=areas, stations="id,area\ns1,upper\n")
    contest = tabulate(record).contests[0]
    assert [(a.area, a.name, a.votes["ada"]) for a in contest.areas] == [("vale", "Vale", 7), ("upper", "Upper", 7)]


def test_figures_of_two_to_the_sixtieth_are_added_exactly(vale):
    large = 2**60 + 1
    record = vale(HEAD + f"s1,1,,{large},0,{large},0,0\ns2,1,,{large},0,{large},0,0\n")
    assert (nation(record).valid, nation(record).votes["ada"]) == (2 * large, 2 * large)
    assert nation(record).shares["ada"] == "100.00"


def test_a_sum_beyond_64_bits_is_refused_in_words(vale):
    largest = 2**63 - 1
    with pytest.raises(CannotTabulate, match="votes: a sum is larger than 9223372036854775807"):
        tabulate(vale(HEAD + f"s1,1,,0,0,{largest},0,0\ns2,1,,0,0,{largest},0,0\n"))
    with pytest.raises(CannotTabulate, match="figures: a sum is larger"):
        tabulate(vale(HEAD + f"s1,1,,{largest},0,0,0,0\ns2,1,,{largest},0,0,0,0\n"))


def test_an_expression_beyond_64_bits_is_refused_with_its_station_and_line(vale):
    with pytest.raises(CannotTabulate) as refused:
        tabulate(vale(HEAD + f"s1,1,,1,1,1,0,0\ns2,1,,{2**63 - 1},1,1,0,0\n"))
    assert str(refused.value) == (
        "returns/mayor.csv, line 3: at station 's2' valid + invalid is beyond 64 bits, so some figure there is wrong. "
        "Look at the form, and enter the figures it shows."
    )


def test_registers_beyond_64_bits_together_are_refused_in_words(vale):
    stations = f"id,area,registered\ns1,upper,{2**63 - 1}\ns2,upper,1\n"
    with pytest.raises(CannotTabulate, match="stations: a sum is larger"):
        tabulate(vale(HEAD + "s1,1,,1,1,1,0,0\n", stations=stations))
