"""The twelve stations, added up by hand.

Accepted for president: north-1, north-2 (the recount), north-3 (its recount is withdrawn), east-3, east-4, south-1,
south-2, south-4. Held: east-1. Annulled: east-2. Missing: north-4 (no row), south-3 (a row without figures).
"""

from __future__ import annotations

import json

import pytest

from tallyroom.errors import NotFound
from tallyroom.tabulate.results import results_text, tabulate


def counts(area):
    s = area.stations
    return s.expected, s.received, s.accepted, s.held, s.annulled, s.missing


def figures(area):
    return area.registered, area.registered_expected, area.cast, area.valid, area.invalid, area.turnout


@pytest.fixture(scope="module")
def president(twelve):
    return tabulate(twelve).contests[0]


@pytest.fixture(scope="module")
def council(twelve):
    return tabulate(twelve).contests[1]


def test_every_station_is_accepted_held_annulled_or_missing(president, council):
    assert counts(president.area("talvia")) == (12, 10, 8, 1, 1, 2)
    assert counts(president.area("north")) == (4, 3, 3, 0, 0, 1)
    assert counts(president.area("east")) == (4, 4, 2, 1, 1, 0)
    assert counts(president.area("south")) == (4, 3, 3, 0, 0, 1)
    assert counts(president.area("harbours")) == (2, 2, 2, 0, 0, 0)
    assert counts(council.area("talvia")) == (12, 12, 11, 1, 0, 0)


def test_votes_are_added_over_the_acts_that_count(president):
    # north: 350 + 236 + 165, 200 + 202 + 100, 50 + 50 + 50
    assert president.area("north").votes == {"ada-lund": 751, "ben-okoro": 502, "cyra-haddad": 150}
    # east: 250 + 190, 200 + 150, 100 + 50
    assert president.area("east").votes == {"ada-lund": 440, "ben-okoro": 350, "cyra-haddad": 150}
    # south: 200 + 160 + 120, 150 + 130 + 90, 61 + (cannot be read) + 34
    assert president.area("south").votes == {"ada-lund": 480, "ben-okoro": 370, "cyra-haddad": 95}
    assert president.area("talvia").votes == {"ada-lund": 1671, "ben-okoro": 1222, "cyra-haddad": 395}
    # harbours: north-2 and east-4
    assert president.area("harbours").votes == {"ada-lund": 426, "ben-okoro": 352, "cyra-haddad": 100}


def test_figures_are_added_over_the_acts_that_state_them_and_the_others_are_counted(president):
    # registered: 1000 + 800 + 500; 900 + 600; 650 + 550 + 352, where stations.csv has 350
    # cast: 608 + 500 + 320; 560 + 401; 415 + 330 + 248; turnout 1428 / 2300, 961 / 1500, 993 / 1552, 3382 / 5352
    assert figures(president.area("north")) == (2300, 2600, 1428, 1403, 25, "62.09")
    assert figures(president.area("east")) == (1500, 2600, 961, 940, 10, "64.07")
    assert figures(president.area("south")) == (1552, 1800, 993, 978, 15, "63.98")
    assert figures(president.area("talvia")) == (5352, 7000, 3382, 3321, 50, "63.19")
    assert president.area("north").lacking == {}
    assert president.area("east").lacking == {"invalid": 1}
    assert president.area("south").lacking == {"votes.cyra-haddad": 1}
    assert president.area("talvia").lacking == {"invalid": 1, "votes.cyra-haddad": 1}


def test_shares_are_of_the_valid_votes(president, council):
    # 751 / 1403, 502 / 1403, 150 / 1403
    assert president.area("north").shares == {"ada-lund": "53.53", "ben-okoro": "35.78", "cyra-haddad": "10.69"}
    # 1700 / 4145, 1330 / 4145, 765 / 4145, 350 / 4145
    assert council.area("talvia").shares == {
        "harvest": "41.01",
        "lantern": "32.09",
        "bridge": "18.46",
        "free-list": "8.44",
    }


def test_the_register_comes_from_stations_csv_where_the_form_has_none(council):
    # without the held south-3: 7000 - 250; its 250 voters are expected all the same
    assert figures(council.area("talvia")) == (6750, 7000, 4215, 4145, 70, "62.44")
    assert figures(council.area("south")) == (1550, 1800, 976, 960, 16, "62.97")


def test_a_majority_that_missing_stations_could_undo_is_open(president):
    # 2 * 1671 > 3321, but 300 + 250 voters are missing, 700 held, and 550 where a choice's votes cannot be read
    outcome = president.outcome
    assert (outcome.status, outcome.elected, outcome.margin, outcome.votes_that_could_come) == ("open", (), 449, 1800)


def test_seats_that_missing_stations_cannot_take_are_decided(council):
    # the second has 1330, the third 765; 250 voters at the held station
    outcome = council.outcome
    assert (outcome.status, outcome.elected) == ("decided", ("harvest", "lantern"))
    assert (outcome.margin, outcome.votes_that_could_come) == (565, 250)


def test_a_level_has_its_own_areas_and_the_same_outcome(twelve, president):
    regions = tabulate(twelve, "region").contests[0]
    assert [area.area for area in regions.areas] == ["north", "east", "south"]
    assert regions.areas == [president.area("north"), president.area("east"), president.area("south")]
    stations = tabulate(twelve, "station").contests[0]
    assert [area.kind for area in stations.areas] == ["station"] * 12
    assert regions.outcome == stations.outcome == president.outcome
    with pytest.raises(NotFound, match="No area is of kind 'regions'"):
        tabulate(twelve, "regions")


def test_a_station_by_itself_is_what_its_act_in_force_says(twelve):
    stations = {area.area: area for area in tabulate(twelve, "station").contests[0].areas}
    assert stations["north-2"].votes == {"ada-lund": 236, "ben-okoro": 202, "cyra-haddad": 50}
    assert stations["north-3"].votes == {"ada-lund": 165, "ben-okoro": 100, "cyra-haddad": 50}
    assert stations["south-2"].votes == {"ada-lund": 160, "ben-okoro": 130, "cyra-haddad": None}
    assert stations["south-2"].shares["cyra-haddad"] is None
    for station, state in (("east-1", "held"), ("east-2", "annulled"), ("south-3", "missing"), ("north-4", "missing")):
        assert getattr(stations[station].stations, state) == 1
        assert set(stations[station].votes.values()) == {None}
        assert stations[station].turnout is None
    assert stations["north-4"].registered_expected == 300


def test_results_have_the_keys_that_the_design_names(twelve):
    results = json.loads(results_text(tabulate(twelve)))
    assert list(results) == ["election", "contests"]
    contest = results["contests"][0]
    assert list(contest) == ["contest", "areas", "outcome"]
    area = contest["areas"][0]
    assert list(area) == [
        "area",
        "kind",
        "name",
        "stations",
        "registered",
        "registered_expected",
        "cast",
        "valid",
        "invalid",
        "turnout",
        "votes",
        "shares",
        "lacking",
    ]
    assert list(area["stations"]) == ["expected", "received", "accepted", "held", "annulled", "missing"]
    assert list(contest["outcome"]) == [
        "rule",
        "status",
        "elected",
        "seats",
        "tied",
        "tied_seats",
        "second_round",
        "margin",
        "votes_that_could_come",
        "says",
    ]


def test_equal_records_make_equal_bytes(twelve):
    assert results_text(tabulate(twelve)) == results_text(tabulate(twelve))


def test_copies_by_observers_are_never_added(twelve, broken_copies):
    assert results_text(tabulate(broken_copies)) == results_text(tabulate(twelve))


@pytest.fixture
def broken_copies(tmp_path, twelve):
    from tallyroom.record.folder import read_record, write_record

    write_record(twelve, tmp_path / "record")
    (tmp_path / "record/copies/fair-count/president.csv").unlink()
    return read_record(tmp_path / "record")
