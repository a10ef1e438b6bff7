"""A sample that anyone can draw again, and how it is shared out."""

from __future__ import annotations

import hashlib
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallyroom.errors import CannotDraw
from tallyroom.polls.draw import allocate, draw, joined, ticket
from tallyroom.polls.samplefile import read_sample, sample_text

STRATA = {"north": [f"n{n}" for n in range(40)], "south": [f"s{n}" for n in range(60)]}


def test_a_ticket_is_what_sha256sum_prints() -> None:
    program = shutil.which("sha256sum")
    if program is None:
        pytest.skip("sha256sum is not here")
    done = subprocess.run([program], input=b"31415\nstation-7", capture_output=True, check=True)
    assert done.stdout.split()[0].decode() == ticket("31415", "station-7")
    assert ticket("31415", "station-7") == hashlib.sha256(b"31415\nstation-7").hexdigest()


def test_the_same_seed_draws_the_same_stations_whatever_their_order() -> None:
    sizes = {"north": 4, "south": 6}
    mixed = {name: stations[::-1] for name, stations in reversed(STRATA.items())}
    first, again = draw(STRATA, sizes, "20311", 2), draw(mixed, sizes, "20311", 2)
    assert {(one.station, one.order) for one in first.drawn} == {(one.station, one.order) for one in again.drawn}
    other = draw(STRATA, sizes, "20312", 2)
    assert {one.station for one in first.drawn} != {one.station for one in other.drawn}


def test_a_larger_sample_contains_the_smaller_one_and_its_replacements_come_first() -> None:
    small, large = draw(STRATA, {"north": 4, "south": 6}, "7", 3), draw(STRATA, {"north": 7, "south": 9}, "7")
    assert [one.station for one in small.drawn] == [one.station for one in large.drawn]
    assert sum(one.replacement for one in small.drawn) == 6


def test_every_station_is_drawn_as_often_as_another() -> None:
    times = dict.fromkeys(STRATA["north"], 0)
    for seed in range(2000):
        for one in draw({"north": STRATA["north"]}, {"north": 10}, str(seed)).drawn:
            times[one.station] += 1
    assert min(times.values()) > 400
    assert max(times.values()) < 600


def test_an_empty_seed_is_refused() -> None:
    with pytest.raises(CannotDraw, match="Throw dice"):
        draw(STRATA, {"north": 1, "south": 1}, " ")


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(1, 500), min_size=1, max_size=20), st.data())
def test_a_sample_is_shared_out_whole_and_no_stratum_gives_more_than_it_has(stations, data) -> None:
    least = sum(min(2, count) for count in stations.values())
    size = data.draw(st.integers(least, sum(stations.values())))
    found = allocate(stations, size)
    assert sum(found.values()) == size
    assert all(min(2, stations[name]) <= found[name] <= stations[name] for name in stations)


def test_shares_of_a_sample_are_in_proportion() -> None:
    assert allocate({"a": 100, "b": 200, "c": 300}, 60) == {"a": 10, "b": 20, "c": 30}
    with pytest.raises(CannotDraw, match="between 4 and 300"):
        allocate({"a": 100, "b": 200}, 301)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=30), st.integers(5, 100))
def test_areas_are_put_together_without_losing_a_station(counts: list[int], size: int) -> None:
    areas = {f"a{n}": [f"a{n}-{m}" for m in range(count)] for n, count in enumerate(counts)}
    strata = joined(areas, size)
    assert [s for stations in strata.values() for s in stations] == [s for stations in areas.values() for s in stations]
    total = sum(counts)
    assert len(strata) == 1 or all(len(stations) * size >= 4 * total for stations in strata.values())


def test_the_file_of_a_sample_is_read_as_it_was_written() -> None:
    sample = draw(STRATA, {"north": 4, "south": 6}, "20311", 2)
    again = read_sample(sample_text(sample).encode(), "sample.csv")
    assert (again.strata, list(again.drawn)) == (sample.strata, list(sample.drawn))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda text: text.replace("ticket", "number", 1), "line 1"),
        (lambda text: text.replace(",sample,", ",drawn,", 1), "line 2"),
        (lambda text: text.replace(",40,4,1,", ",41,4,1,", 1), "does not go with"),
        (lambda text: text + text.splitlines()[1] + "\n", "does not go with"),
        (lambda text: text.splitlines()[0] + "\n", "holds no station"),
    ],
)
def test_a_file_that_is_no_sample_is_refused_with_its_line(change, says: str) -> None:
    text = sample_text(draw(STRATA, {"north": 4, "south": 6}, "20311", 2))
    with pytest.raises(CannotDraw, match=says):
        read_sample(change(text).encode(), "sample.csv")


def test_a_sample_that_a_spreadsheet_saved_is_the_same() -> None:
    text = sample_text(draw(STRATA, {"north": 4, "south": 6}, "20311", 2))
    saved = "\ufeff" + text.replace(",", ";").replace("\n", "\r\n")
    assert read_sample(saved.encode(), "sample.csv") == read_sample(text.encode(), "sample.csv")
