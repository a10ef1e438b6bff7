"""Two elections side by side: which stations are the same one, and what moved there, exactly."""

from __future__ import annotations

import json
import shutil
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallyroom.errors import CannotTabulate
from tallyroom.record.folder import Record, read_record, write_record
from tallyroom.sources.importing import import_files
from tallyroom.sources.mapping_file import read_mapping
from tallyroom.tabulate.comparison import AreaComparison, Side, compare
from tallyroom.tabulate.matching import match_stations, same_areas
from tallyroom.tabulate.results import tabulate

TWELVE = Path(__file__).parents[1] / "records" / "twelve-stations"

DEFINITION = """
id = "{id}"
date = "{year}-05-18"
timezone = "Europe/Tallinn"
names = {{ en = "Talvia {year}" }}
[[contests]]
id = "{contest}"
rule = "plurality"
choices = [{choices}]
shares_of = "{base}"
figures = {{ registered = "registered", cast = "cast", valid = "valid" }}
[[form.items]]
id = "registered"
[[form.items]]
id = "cast"
[[form.items]]
id = "valid"
"""
AREAS = "id,parent,kind,name\nland,,nation,Land\nnorth,land,region,North\nsouth,land,region,South\n"


def record(
    folder: Path,
    returns: str,
    stations: str,
    *,
    year: int = 2031,
    areas: str = AREAS,
    contest: str = "president",
    choices: str = '{ id = "a", names = { en = "A" } }, { id = "b", names = { en = "B" } }',
    base: str = "valid",
    names: str = "",
) -> Record:
    """A small record; returns and stations: their rows below the header."""
    (folder / "returns").mkdir(parents=True)
    values = {"id": f"talvia-{year}", "year": year, "contest": contest, "choices": choices, "base": base}
    (folder / "election.toml").write_text(DEFINITION.format(**values))
    (folder / "areas.csv").write_text(areas)
    (folder / "stations.csv").write_text(f"id,area,name\n{stations}")
    (folder / f"returns/{contest}.csv").write_text(returns)
    if names:
        (folder / "names.csv").write_text(names)
    return read_record(folder)


HEAD = "station,act,status,registered,cast,valid,votes.a,votes.b\n"
STATIONS = "n1,north,School\nn2,north,Library\ns1,south,School\n"


@pytest.fixture
def then(tmp_path: Path) -> Record:
    """An earlier election: three stations."""
    rows = "n1,1,,100,60,50,30,20\nn2,1,,100,50,50,10,40\ns1,1,,200,100,100,50,50\n"
    return record(tmp_path / "then", HEAD + rows, STATIONS, year=2026)


def test_a_swing_is_the_exact_share_now_less_the_exact_share_then(then, tmp_path):
    rows = "n1,1,,100,70,60,45,15\nn2,1,,110,44,40,10,30\ns1,1,,200,120,120,80,40\n"
    now = record(tmp_path / "now", HEAD + rows, STATIONS)
    (contest,) = compare(now, then).contests
    land = contest.areas[0]
    assert (land.area, land.stations, contest.stations) == ("land", 3, 3)
    assert land.now == Side({"a": 135, "b": 85}, 220, 234, 410)
    assert land.then == Side({"a": 90, "b": 110}, 200, 210, 400)
    assert land.swing("a") == Fraction(13500, 220) - 45
    assert land.turnout_change == Fraction(23400, 410) - Fraction(21000, 400)


def test_every_area_is_the_sum_of_those_below_it(then, tmp_path):
    rows = "n1,1,,100,70,60,45,15\nn2,1,,110,44,40,10,30\ns1,1,,200,120,120,80,40\n"
    now = record(tmp_path / "now", HEAD + rows, STATIONS)
    land, north, south = compare(now, then).contests[0].areas
    for one in ("now", "then"):
        whole, parts = getattr(land, one), [getattr(north, one), getattr(south, one)]
        assert whole.base == sum(part.base for part in parts)
        assert all(whole.votes[c] == sum(part.votes[c] for part in parts) for c in "ab")


def test_a_station_that_one_election_did_not_count_moves_no_figure(then, tmp_path):
    rows = "n1,1,,100,70,60,45,15\nn2,1,held,110,110,110,110,0\n"  # s1 is missing
    now = record(tmp_path / "now", HEAD + rows, STATIONS)
    (contest,) = compare(now, then).contests
    assert (contest.stations, contest.not_counted, contest.lacking) == (1, 2, 0)
    assert contest.areas[0].now.votes == {"a": 45, "b": 15}
    assert contest.areas[0].then.votes == {"a": 30, "b": 20}


def test_a_station_that_leaves_a_figure_open_is_not_compared(then, tmp_path):
    rows = "n1,1,,100,70,60,45,\nn2,1,,110,44,40,10,30\ns1,1,,200,120,120,80,40\n"
    now = record(tmp_path / "now", HEAD + rows, STATIONS)
    (contest,) = compare(now, then).contests
    assert (contest.stations, contest.not_counted, contest.lacking) == (2, 0, 1)


def test_turnout_is_of_the_stations_that_state_both_parts_in_both_elections(then, tmp_path):
    rows = "n1,1,,,70,60,45,15\nn2,1,,110,44,40,10,30\ns1,1,,200,120,120,80,40\n"
    now = record(tmp_path / "now", HEAD + rows, STATIONS)
    (contest,) = compare(now, then).contests
    assert (contest.stations, contest.turnout_stations) == (3, 2)
    assert (contest.areas[0].then.voters, contest.areas[0].then.registered) == (150, 300)


def test_the_same_id_in_another_area_is_another_station(then, tmp_path):
    moved = STATIONS.replace("n2,north", "n2,south")
    now = record(tmp_path / "now", HEAD, moved)
    found = match_stations(now, then)
    assert found.now.to_pylist() == ["n1", "s1"]
    assert found.only_now.to_pylist() == found.only_then.to_pylist() == ["n2"]
    assert found.elsewhere == 1


def test_an_area_with_another_id_is_the_same_where_a_spelling_says_so(then, tmp_path):
    areas = AREAS.replace("north,land,region,North", "nord,land,region,Nord")
    stations = STATIONS.replace(",north,", ",nord,")
    now = record(tmp_path / "now", HEAD, stations, areas=areas)
    assert same_areas(now, then) == {"land": "land", "south": "south"}
    spelt = "of,name,kind\nnord,NORTH,variant\n"
    again = record(tmp_path / "again", HEAD, stations, areas=areas, names=spelt)
    assert same_areas(again, then) == {"land": "land", "south": "south", "north": "nord"}
    assert len(match_stations(again, then)) == 3


def test_a_name_that_two_areas_have_makes_neither_the_same(tmp_path):
    areas = "id,parent,kind,name\nland,,nation,Land\nx1,land,region,North\nx2,land,region,North\n"
    now = record(tmp_path / "now", HEAD, "n1,x1,School\n", areas=areas)
    old = record(tmp_path / "old", HEAD, STATIONS)
    assert same_areas(now, old) == {"land": "land"}


def test_by_name_a_station_needs_a_name_that_no_other_has_in_its_highest_area(then, tmp_path):
    stations = "17,north,school\n18,north,Library\n19,north,LIBRARY\n20,south,School\n"
    now = record(tmp_path / "now", HEAD, stations)
    assert len(match_stations(now, then, "id")) == 0
    found = match_stations(now, then, "name")
    assert list(zip(found.now.to_pylist(), found.then.to_pylist(), strict=True)) == [("17", "n1"), ("20", "s1")]
    assert found.only_now.to_pylist() == ["18", "19"]


def test_choices_are_the_same_by_their_ids_and_others_have_no_swing(then, tmp_path):
    choices = '{ id = "b", names = { en = "B" } }, { id = "c", names = { en = "C" } }'
    head = HEAD.replace("votes.a,votes.b", "votes.b,votes.c")
    now = record(tmp_path / "now", head + "n1,1,,100,70,60,45,15\n", STATIONS, choices=choices)
    (contest,) = compare(now, then).contests
    assert contest.choices == ("b",)
    assert contest.areas[0].swing("c") is None
    assert contest.areas[0].swing("a") is None
    assert contest.areas[0].swing("b") == 75 - 40


def test_shares_of_different_wholes_are_not_compared(then, tmp_path):
    now = record(tmp_path / "now", HEAD + "n1,1,,100,70,60,45,15\n", STATIONS, base="cast")
    assert not compare(now, then).contests[0].same_base


def test_contests_are_the_same_by_id_or_where_each_record_has_only_one(then, tmp_path):
    now = record(tmp_path / "now", HEAD, STATIONS, contest="head-of-state")
    assert [c.now.id for c in compare(now, then).contests] == ["head-of-state"]
    two_contests = read_record(TWELVE)
    assert [c.now.id for c in compare(two_contests, then).contests] == ["president"]


def test_a_record_without_returns_or_stations_compares_nothing(then):
    announced = read_record("azerbaijan-2024")
    for found in (compare(announced, then), compare(then, announced)):
        assert not found.contests
        assert not len(found.matched)


def test_a_sum_beyond_64_bits_is_refused(then, tmp_path):
    huge = 2**62
    rows = f"n1,1,,100,70,{huge},{huge},15\nn2,1,,110,44,{huge},{huge},30\n"
    now = record(tmp_path / "now", HEAD + rows, STATIONS)
    with pytest.raises(CannotTabulate, match="64 bits"):
        compare(now, then)


def test_a_record_beside_itself_has_no_swing_and_the_figures_of_its_own_tabulation(tmp_path):
    shutil.copytree(TWELVE, tmp_path / "copy")
    now = read_record(TWELVE)
    found = compare(now, read_record(tmp_path / "copy"))
    assert len(found.matched) == 12
    council = found.contests[1]
    assert (council.stations, council.not_counted, council.lacking) == (11, 1, 0)
    result = tabulate(now).contests[1].area("talvia")
    assert result is not None
    assert council.areas[0].now.votes == result.votes
    assert all(area.swing(choice) == 0 for area in council.areas for choice in council.choices)


def test_the_counts_as_json_are_enough_to_redo_every_share(then, tmp_path):
    now = record(tmp_path / "now", HEAD + "n1,1,,100,70,60,45,15\n", STATIONS)
    data = json.loads(json.dumps(compare(now, then).as_json()))
    (area, _) = data["contests"][0]["areas"]
    assert area["now"] == {"votes": {"a": 45, "b": 15}, "base": 60, "voters": 70, "registered": 100}
    assert data["matched_by"] == "id"
    assert (data["matched"], data["only_now"], data["only_then"]) == (3, [], [])


@settings(max_examples=50)
@given(*[st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)) for _ in range(2)])
def test_the_swings_of_two_choices_that_share_all_votes_cancel_out(now, then):
    area = AreaComparison("x", 1, _side(now), _side(then))
    swings = [area.swing("a"), area.swing("b")]
    if not sum(now) or not sum(then):
        assert swings == [None, None]
    else:
        assert sum(swing for swing in swings if swing is not None) == 0


def _side(votes: tuple[int, int]) -> Side:
    return Side({"a": votes[0], "b": votes[1]}, sum(votes), 0, 0)


def imported(mapping: str, file: Path, to: Path) -> Record:
    """A real election, imported and read again."""
    write_record(import_files(read_mapping(mapping), [file]).record, to)
    return read_record(to)


@pytest.mark.slow
def test_polands_two_rounds_of_2020_match_by_id(shared, tmp_path):
    # Every section of the second round but three had the same number in the first.
    then = imported("poland-2020-round-1", shared / "data/pl2020-president-round1.csv.zip", tmp_path / "1")
    now = imported("poland-2020-round-2", shared / "data/pl2020-president-round2.csv.zip", tmp_path / "2")
    found = compare(now, then)
    (contest,) = found.contests
    assert (len(found.matched), len(found.matched.only_now), len(found.matched.only_then)) == (27_228, 3, 1)
    assert (contest.stations, contest.not_counted, contest.lacking) == (27_224, 0, 4)
    poland = contest.areas[0]
    assert contest.choices == ("duda", "trzaskowski")
    assert poland.now.votes == {"duda": 10_440_242, "trzaskowski": 10_016_980}
    assert (poland.then.votes["duda"], poland.then.votes["trzaskowski"]) == (8_450_301, 5_917_254)
    assert poland.swing("duda") == Fraction(1_044_024_200, 20_457_222) - Fraction(845_030_100, 19_424_990)


@pytest.mark.slow
def test_russias_presidential_elections_of_2018_and_2024_match_by_name_in_a_region(shared, tmp_path):
    # Their ids hold the name of the territorial commission, which is written otherwise; station numbers are kept
    # within a region, and three regions and Baikonur are written otherwise too.
    then = imported("russia-2018", shared / "data/ru2018.csv.zip", tmp_path / "2018")
    now = imported("russia-2024", shared / "data/ru2024.csv.zip", tmp_path / "2024")
    assert not len(match_stations(now, then, "id"))
    found = compare(now, then, "name")
    (contest,) = found.contests
    assert len(found.matched) == contest.stations == 87_295
    assert (len(found.matched.only_now), len(found.matched.only_then)) == (6_919, 10_404)
    russia = contest.areas[0]
    assert (russia.now.votes["putin"], russia.then.votes["putin"]) == (60_959_435, 51_175_869)
    assert contest.choices == ("putin",)
