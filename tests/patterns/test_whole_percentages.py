"""Whole percentages: what chance makes, worked out another way."""

from __future__ import annotations

from fractions import Fraction
from math import comb, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control, norm

from tallyroom.patterns.binomial import Chances, is_whole, whole_percentage
from tallyroom.patterns.discoveries import false_discovery_rates
from tallyroom.patterns.integers import Excess, integer_percentages
from tallyroom.patterns.stations import Stations, read_stations
from tests.patterns.conftest import honest

pairs = st.integers(1, 150).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


def _exactly(part: int, whole: int, period: int) -> float:
    """The same probability by fractions, from the definition."""
    p, total = Fraction(part, whole), Fraction(0)
    for number in range(whole + 1):
        off = min(abs(100 * number - multiple * whole) for multiple in range(0, 101, period))
        if 20 * off <= whole:
            total += comb(whole, number) * p**number * (1 - p) ** (whole - number)
    return float(total)


@given(pairs, st.sampled_from([1, 5, 10]))
def test_the_probability_is_that_of_exact_fractions(pair: tuple[int, int], period: int) -> None:
    part, whole = pair
    assert whole_percentage(part, whole, period) == pytest.approx(_exactly(part, whole, period), abs=1e-12)


@given(st.lists(pairs, min_size=1, max_size=30))
def test_many_stations_at_once_are_each_alone(many: list[tuple[int, int]]) -> None:
    part, whole = (np.array(column, np.int64) for column in zip(*many, strict=True))
    chances = Chances(part, whole)
    alone = [whole_percentage(int(p), int(w)) for p, w in many]
    assert chances.each == pytest.approx(alone, abs=1e-11)
    assert chances.by_percent.sum() == pytest.approx(sum(alone), abs=1e-9)


@given(pairs)
def test_whole_is_decided_as_with_fractions(pair: tuple[int, int]) -> None:
    part, whole = pair
    percent = Fraction(100 * part, whole)
    near = abs(percent - round(percent)) <= Fraction(1, 20)
    assert bool(is_whole(np.array([part]), np.array([whole]))[0]) == near


def test_a_very_large_station_is_nearly_normal() -> None:
    percent = norm(60.0321, 100 * sqrt(0.600321 * 0.399679 / 1_000_000))
    expected = float(percent.cdf(60.05) - percent.cdf(59.95))
    assert whole_percentage(600_321, 1_000_000) == pytest.approx(expected, abs=0.001)


def test_two_halves_of_the_country_add_up_to_the_whole(made) -> None:
    record = made(honest(600))
    stations = read_stations(record, record.election.contests[0])
    test = integer_percentages(stations, "red")
    assert [area.area for area in sorted(test.areas, key=lambda area: area.area)] == ["a0", "a1"]
    assert sum(area.either.observed for area in test.areas) == test.either.observed
    assert sum(area.either.expected for area in test.areas) == pytest.approx(test.either.expected)
    assert sqrt(sum(area.either.sd**2 for area in test.areas)) == pytest.approx(test.either.sd)


def test_honest_stations_are_near_what_chance_makes() -> None:
    zs = [integer_percentages(_stations(honest(1500, seed)), "red").either.z for seed in range(40)]
    assert abs(float(np.mean(zs))) < 0.6
    assert 0.6 < float(np.std(zs)) < 1.4


def test_figures_made_to_a_percentage_stand_out() -> None:
    columns = honest(1500)
    columns["cast"][::10] = np.round(0.7 * columns["registered"][::10])
    columns["votes.red"] = np.minimum(columns["votes.red"], columns["cast"])
    assert integer_percentages(_stations(columns), "red").turnout.z > 5


def test_the_order_of_stations_changes_nothing() -> None:
    columns = honest(500)
    mixed = np.random.default_rng(3).permutation(500)
    test = integer_percentages(_stations(columns), "red")
    again = integer_percentages(_stations({name: values[mixed] for name, values in columns.items()}), "red")
    assert again.either.observed == test.either.observed
    assert again.either.expected == pytest.approx(test.either.expected)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_false_discovery_rates_are_those_of_scipy(chances: list[float]) -> None:
    assert false_discovery_rates(chances) == pytest.approx(list(false_discovery_control(chances)))


def test_the_chance_of_a_small_area_is_near_that_of_its_exact_distribution() -> None:
    chances = np.random.default_rng(5).uniform(0.05, 0.35, 60)
    exact = np.ones(1)
    for chance in chances:
        exact = np.convolve(exact, [1 - chance, chance])
    spread = chances * (1 - chances)
    sd = sqrt(float(spread.sum()))
    skew = float((spread * (1 - 2 * chances)).sum()) / sd**3
    for observed in range(12, 26):
        excess = Excess(observed, float(chances.sum()), sd, skew)
        assert excess.chance == pytest.approx(float(exact[observed:].sum()), rel=0.25, abs=1e-6)


def _stations(columns: dict[str, np.ndarray]) -> Stations:
    cast = columns["cast"]
    votes = {"red": columns["votes.red"], "blue": columns["votes.blue"]}
    return Stations(columns["registered"], cast, cast, votes, np.full(len(cast), -1))
