"""Estimates from a sample, held against the textbook, against the whole country, and against bad luck."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

import numpy as np
import pytest

from tallyroom.polls.draw import allocate, draw, joined
from tallyroom.polls.estimate import Counted, ratio_estimate
from tallyroom.polls.frame import Frame, StationCounts
from tallyroom.polls.plan import margin_of, size_for
from tallyroom.polls.published import Result
from tallyroom.polls.quick_count import differing, quick_count
from tallyroom.polls.quick_count_report import agreement
from tallyroom.polls.sequence import looks, widening


def _country(stations: int = 4000, seed: int = 3, strata: int = 5) -> tuple[Counted, float]:
    random = np.random.default_rng(seed)
    of = random.integers(80, 1500, stations)
    stratum = np.arange(stations) % strata
    votes = random.binomial(of, (0.45 + 0.05 * stratum / strata + random.normal(0, 0.1, stations)).clip(0, 1))
    sizes = np.bincount(stratum).tolist()
    return Counted(votes, of, stratum, sizes, [f"h{n}" for n in range(strata)]), float(votes.sum() / of.sum())


def test_a_sample_of_everything_is_the_result_and_has_no_error() -> None:
    country, share = _country(200)
    found = ratio_estimate(country)
    assert found.share == pytest.approx(share)
    assert found.error == 0.0


def test_a_large_sample_has_cochrans_error() -> None:
    country, _ = _country(4000, strata=1)
    sample = country.some(np.random.default_rng(1).choice(4000, 1000, replace=False))
    found = ratio_estimate(sample)
    residual = sample.votes - sample.votes.sum() / sample.of.sum() * sample.of
    textbook = sqrt((1 - 1000 / 4000) * residual.var(ddof=1) / 1000) / sample.of.mean()
    assert found.error == pytest.approx(textbook, rel=0.005)
    assert found.freedom == 999


def test_the_nominal_interval_covers_the_truth_in_95_of_100_samples() -> None:
    country, share = _country()
    random = np.random.default_rng(2)
    covered = 0
    for _ in range(1000):
        at = np.concatenate([random.choice(np.flatnonzero(country.stratum == h), 30, replace=False) for h in range(5)])
        found = ratio_estimate(country.some(at))
        assert found.low is not None
        assert found.high is not None
        covered += found.low <= share <= found.high
    assert 930 <= covered <= 970


def test_the_sequence_covers_the_truth_at_every_look_and_the_fixed_interval_does_not() -> None:
    country, share = _country(strata=1)
    random = np.random.default_rng(5)
    always, fixed_always = 0, 0
    for _ in range(300):
        sample = country.some(random.choice(4000, 300, replace=False))
        every = looks(sample, range(30, 301, 5))
        always += all(
            look.low <= share <= look.high for look in every if look.low is not None and look.high is not None
        )
        ends = [(look.estimate.low, look.estimate.high) for look in every]
        fixed_always += all(low <= share <= high for low, high in ends if low is not None and high is not None)
    assert always >= 285
    assert fixed_always < 270


def test_the_sequence_is_wider_than_one_look_but_not_endlessly() -> None:
    assert all(2.4 < widening(returns) < 3.6 for returns in (30, 60, 150, 300, 1000))


def test_what_is_not_computable_is_none_and_never_zero() -> None:
    none = ratio_estimate(Counted(np.array([], int), np.array([], int), np.array([], int), [10, 10]))
    one = ratio_estimate(Counted(np.array([5]), np.array([10]), np.array([0]), [10, 10]))
    assert (none.share, none.error, none.low) == (None, None, None)
    assert (one.share, one.error, one.low) == (0.5, None, None)
    assert none.says
    assert one.says


def test_a_stratum_without_returns_is_put_together_with_the_next_and_it_is_said() -> None:
    country, _ = _country(500)
    at = np.flatnonzero(country.stratum != 2)[:120]
    found = ratio_estimate(country.some(at))
    assert found.joined == ("h2+h3",)
    assert found.error is not None
    at = np.flatnonzero(country.stratum != 4)[:120]
    assert ratio_estimate(country.some(at)).joined == ("h3+h4",)


def _counts(country: Counted) -> StationCounts:
    names = [f"s{n:04d}" for n in range(len(country.votes))]
    votes = {"red": country.votes, "blue": country.of - country.votes}
    return StationCounts(names, votes, country.of, [""] * len(names))


def _frame(country: Counted) -> Frame:
    areas = {f"h{h}": [f"s{n:04d}" for n in np.flatnonzero(country.stratum == h)] for h in range(len(country.sizes))}
    return Frame("region", areas)


def test_a_margin_planned_by_an_election_is_kept_in_it() -> None:
    country, share = _country()
    frame, counts = _frame(country), _counts(country)
    size = size_for(frame, counts, 2.0)
    assert margin_of(frame, counts, size) <= 2.0 < margin_of(frame, counts, size - 1)
    strata = joined(frame.areas, size)
    sizes = allocate({name: len(stations) for name, stations in strata.items()}, size)
    off = []
    for seed in range(200):
        found = quick_count(draw(strata, sizes, str(seed)), counts).estimates["red"]
        assert found.share is not None
        off.append(100 * abs(found.share - share))
    assert sum(one <= 2.0 for one in off) >= 180


def test_a_replacement_stands_in_and_is_counted() -> None:
    country, _ = _country(400)
    frame, counts = _frame(country), _counts(country)
    sample = draw(frame.areas, dict.fromkeys(frame.areas, 10), "9", 2)
    absent = {sample.drawn[0].station, sample.drawn[1].station, sample.drawn[2].station}
    keep = np.array([name not in absent for name in counts.stations])
    come = StationCounts(
        [name for name in counts.stations if name not in absent],
        {choice: votes[keep] for choice, votes in counts.votes.items()},
        counts.of[keep],
        [""] * int(keep.sum()),
    )
    found = quick_count(sample, come)
    assert (found.counted, found.drawn, found.replaced, dict(found.missing)) == (49, 50, 2, {"h0": 1})


def test_late_stations_that_differ_are_seen_when_times_are_known() -> None:
    country, _ = _country(600, strata=1)
    late = np.arange(600) >= 400
    country.votes[late] = np.minimum(country.votes[late] + country.of[late] // 5, country.of[late])
    times = [f"2031-05-04T{18 + n // 60 % 6:02d}:{n % 60:02d}:00" for n in range(600)]
    times = sorted(times)
    counts = _counts(country)
    counts = StationCounts(counts.stations, counts.votes, counts.of, times)
    sample = draw({"all": counts.stations}, {"all": 150}, "4")
    found = quick_count(sample, counts)
    red = found.late["red"]
    assert found.timed == 150
    assert red is not None
    assert red.difference > 3 * red.error > 0


def test_the_official_result_agrees_or_differs_by_more_than_chance() -> None:
    country, share = _country()
    found = ratio_estimate(country.some(np.arange(0, 4000, 21)))
    assert agreement(found, _result(share), "red", 2) == "agrees"
    assert agreement(found, _result(share + 0.1), "red", 2) == "differs by more than chance"
    nothing = ratio_estimate(country.some(np.arange(1)))
    assert agreement(nothing, _result(0.5), "red", 2) == "not computable"


def test_a_count_that_many_stations_are_missing_from_is_not_judged() -> None:
    country, share = _country()
    found = ratio_estimate(country.some(np.arange(0, 4000, 21)))
    assert agreement(found, _result(share + 0.1, (41, 4000)), "red", 2) == "not complete"
    assert agreement(found, _result(share + 0.1, (40, 4000)), "red", 2) == "differs by more than chance"
    assert agreement(found, _result(share + 0.1, None), "red", 2) == "not complete"  # of how many, nobody knows


def _result(share: float, to_come: tuple[int, int] | None = (0, 4000)) -> Result:
    return Result("tabulated", "president", "", "valid", {"red": Fraction(100 * share)}, to_come)


def test_a_choice_without_a_vote_in_the_sample_has_no_interval() -> None:
    country, _ = _country(400)
    country.votes[::4] = 0
    found = ratio_estimate(country.some(np.arange(0, 400, 4)))
    assert (found.share, found.error, found.low) == (0.0, None, None)
    assert "the same at every station" in found.says


@pytest.mark.parametrize(("untimed", "late"), [(30, True), (100, False), (150, False)])
def test_stations_without_a_time_come_last_and_are_left_out_where_late_ones_are_compared(
    untimed: int, late: bool
) -> None:
    country, _ = _country(600, strata=1)
    counts = _counts(country)
    sample = draw({"all": counts.stations}, {"all": 150}, "4")
    silent = {one.station for one in sample.drawn[:untimed]}
    at = [
        "" if name in silent else f"2031-05-04T{18 + n // 60 % 6:02d}:{n % 60:02d}"
        for n, name in enumerate(counts.stations)
    ]
    found = quick_count(sample, StationCounts(counts.stations, counts.votes, counts.of, at))
    assert (found.counted, found.timed) == (150, 150 - untimed)
    assert (found.late["red"] is not None) == late
    whole = quick_count(sample, counts).estimates["red"]
    assert (found.estimates["red"].share, found.looks["red"][-1].estimate.share) == pytest.approx((whole.share,) * 2)


def test_copies_that_differ_are_named_station_by_station() -> None:
    country, _ = _country(50)
    official = _counts(country)
    votes = {choice: column.copy() for choice, column in official.votes.items()}
    votes["red"][7] += 3
    copies = StationCounts(official.stations, votes, official.of, official.at)
    [one] = differing(copies, official)
    assert (one.station, one.figure, one.copy - one.official) == ("s0007", "red", 3)
