"""The other shapes: laws that hold for any returns, and what a reader of the literature would check."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import gaussian_kde

from tallyroom.patterns.caveats import CAVEATS
from tallyroom.patterns.digits import last_digits
from tallyroom.patterns.fingerprint import OVER, fingerprint
from tallyroom.patterns.histogram import spread
from tallyroom.patterns.klimek import klimek
from tallyroom.patterns.panel import contest_patterns
from tallyroom.patterns.report import built_in_reference, patterns_report, reference_of, worked_out
from tallyroom.patterns.stations import Stations
from tallyroom.patterns.turnout_window import Turnouts, peak_rule, turnout_window
from tallyroom.sources.importing import import_files
from tallyroom.sources.mapping_file import read_mapping
from tests.patterns.conftest import honest

pairs = st.integers(1, 3000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


def _stations(columns, areas=1) -> Stations:
    cast = columns["cast"]
    votes = {"red": columns["votes.red"], "blue": columns["votes.blue"]}
    area = np.arange(len(cast)) % areas
    return Stations(columns["registered"], cast, cast, votes, area, [f"a{n}" for n in range(areas)])


@given(st.lists(pairs, min_size=1, max_size=50), st.sampled_from([10, 100, 1000]))
def test_spreading_a_histogram_loses_no_station(many: list[tuple[int, int]], steps: int) -> None:
    part, whole = (np.array(column, np.int64) for column in zip(*many, strict=True))
    found = spread(part, whole, steps)
    assert found.sum() == pytest.approx(len(many))
    assert (found >= 0).all()


def test_spreading_takes_the_spikes_of_division_away() -> None:
    whole = np.repeat(np.arange(100, 200), 100)
    part = np.tile(np.arange(100), 100) * whole // 100
    plain = np.histogram(part / whole, 100, (0, 1))[0]
    even = spread(part, whole, 100)
    assert even[10:90].std() < plain[10:90].std() / 3


def test_the_fingerprint_has_turnout_above_100_in_a_bin_of_its_own() -> None:
    columns = honest(200)
    columns["cast"][0] = columns["registered"][0] + 1
    found = fingerprint(_stations(columns), "red")
    assert found.stations == 200
    assert found.cells[OVER].sum() == 1
    assert sum(stations for _, _, stations in found.listed()) == 200


def test_where_the_ratio_holds_the_estimate_is_zero_for_every_choice() -> None:
    columns = honest(400)
    columns["votes.red"] = columns["registered"] * 3
    columns["votes.blue"] = columns["registered"]
    for choice in ("red", "blue"):
        estimate = Turnouts.of(_stations(columns), choice).estimate(58, 62)
        assert estimate.above == pytest.approx(0, abs=1e-6)
        assert estimate.below == pytest.approx(0, abs=1e-6)


def test_votes_added_where_turnout_is_high_are_estimated_with_their_sign() -> None:
    columns = honest(4000)
    columns["votes.red"], columns["votes.blue"] = columns["cast"] // 2, columns["cast"] - columns["cast"] // 2
    left = columns["registered"] - columns["cast"]
    added = np.where(np.arange(4000) % 4 == 0, left * np.random.default_rng(4).integers(20, 90, 4000) // 100, 0)
    columns["cast"] = columns["cast"] + added
    columns["votes.red"] = columns["votes.red"] + added
    red, blue = (turnout_window(_stations(columns, 40), choice) for choice in ("red", "blue"))
    assert red.refused == ""
    assert red.peak is not None
    assert red.interval is not None
    assert red.peak.above == pytest.approx(int(added.sum()), rel=0.05)
    assert red.interval.low < added.sum() < red.interval.high
    assert blue.peak is not None
    assert blue.peak.above < 0


def test_two_peaks_have_no_single_number() -> None:
    stations = np.zeros(101, np.int64)
    stations[30:40], stations[60:70] = 50, 60
    middle, refused = peak_rule(stations, stations * 100)
    assert 60 <= middle <= 70
    assert "two peaks" in refused


def test_without_areas_there_is_no_interval_but_a_curve() -> None:
    found = turnout_window(_stations(honest(3000)), "red")
    assert found.interval is None
    assert found.curve


@pytest.mark.parametrize("seed", range(5))
def test_the_main_cloud_is_where_scipy_has_its_first_peak(seed: int) -> None:
    stations = _stations(honest(2000, seed))
    cloud = klimek(stations, "red")
    assert cloud is not None
    density = gaussian_kde(stations.given / stations.registered)(np.arange(0, 1.0005, 0.001))
    first = next(at for at in range(301, 1000) if density[at - 1] < density[at] > density[at + 1])
    assert cloud.turnout == pytest.approx(first / 1000, abs=0.001)


def test_fair_last_digits_are_not_flagged_and_rounded_ones_are() -> None:
    random = np.random.default_rng(2)
    fair = random.integers(100, 2000, 5000)
    found, rounded = last_digits(fair), last_digits(np.where(fair % 5 == 0, fair, fair // 10 * 10))
    assert found is not None
    assert rounded is not None
    assert found.z < 5 < rounded.z
    assert last_digits(fair[:49]) is None


def test_the_reference_election_is_what_polands_file_gives(shared) -> None:
    file = shared / "data" / "pl2020-president-round1.csv.zip"
    record = import_files(read_mapping("poland-2020-round-1"), [file]).record
    found = contest_patterns(record, record.election.contests[0])
    again = json.loads(json.dumps(reference_of(record, found)))
    expected = built_in_reference()
    assert again.keys() == expected.keys()
    for name in expected:
        assert _near(again[name], expected[name]), name


def _near(found: object, expected: object) -> bool:
    if isinstance(expected, dict) and isinstance(found, dict):
        return found.keys() == expected.keys() and all(_near(found[key], expected[key]) for key in expected)
    if isinstance(expected, list) and isinstance(found, list):
        return len(found) == len(expected) and all(map(_near, found, expected))
    # The last printed digit may fall either way on another machine.
    return found == pytest.approx(expected, rel=1e-3, abs=0.1) if isinstance(expected, float) else found == expected


def test_every_method_of_the_report_has_its_caveats(made) -> None:
    record = made(honest(300))
    found, refused = worked_out(record)
    report = patterns_report(record, found, refused)
    assert all({"assumptions", "innocent_explanations"} <= report[name].keys() for name in CAVEATS)
    assert json.loads(json.dumps(report, allow_nan=False)) is not None


def test_a_contest_of_one_choice_has_no_rivals_and_says_so(made) -> None:
    columns = honest(200)
    columns["votes.red"], columns["votes.blue"] = columns["cast"], np.zeros(200, np.int64)
    record = made(columns)
    found, refused = worked_out(record)
    report = patterns_report(record, found, refused)
    assert report["turnout_window"]["choices"][0]["estimate"] is None
    assert json.dumps(report, allow_nan=False)
