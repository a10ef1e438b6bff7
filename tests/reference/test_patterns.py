"""The reference cases of `patterns.json`, over the files that they name.

The folder is TALLYROOM_REFERENCE_DIR, or `data/reference` of the shared folder; the paths in a case are relative to
the shared folder wherever that is. Every case is worked out by the function for its `method`; a method that is not
known fails, with its name.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.stats import chi2

from tallyroom.patterns.binomial import whole_percentage
from tallyroom.patterns.digits import last_digits
from tallyroom.patterns.fingerprint import OVER, fingerprint
from tallyroom.patterns.integers import IntegerPercentages, integer_percentages
from tallyroom.patterns.klimek import klimek
from tallyroom.patterns.slopes import slopes
from tallyroom.patterns.stations import Stations
from tallyroom.patterns.turnout_window import Turnouts
from tallyroom.patterns.vote_rate import vote_rate
from tests.reference.elections import RealElection, real_election
from tests.reference.identities import identity

_SHARED = Path(os.environ.get("TALLYROOM_SHARED") or Path(__file__).resolve().parents[2].parent / "shared")
_FOLDER = Path(os.environ.get("TALLYROOM_REFERENCE_DIR") or _SHARED / "data" / "reference")
_FILE = _FOLDER / "patterns.json"
_CASES = json.loads(_FILE.read_text(encoding="utf-8"))["cases"] if _FILE.is_file() else []

Case = dict[str, Any]


def _election(case: Case) -> RealElection:
    return real_election(_SHARED / case["source"])


def _leader(case: Case, stations: Stations) -> str:
    """The choice with most votes, unless the case names one: by a word of its id or of its name."""
    named = case["params"].get("leader", "default")
    if named == "default":
        return stations.ranked[0]
    word, name_of = named.casefold(), _election(case).record.name_of
    found = [choice for choice in stations.votes if word in f"{choice} {name_of(choice)}".casefold()]
    assert len(found) == 1, f"'{named}' is to name one of {', '.join(stations.votes)}"
    return found[0]


def _totals(case: Case) -> Case:
    election = _election(case)
    stations = election.stations()
    columns = {"registered": stations.registered, "given": stations.given, "ballots": stations.ballots}
    columns["leader"] = stations.votes[_leader(case, stations)]
    return {"rows": election.rows} | {f"sum_{name}": int(np.maximum(c, 0).sum()) for name, c in columns.items()}


def _excesses(test: IntegerPercentages) -> Case:
    found: Case = {name: vars(getattr(test, name)) for name in ("either", "turnout", "share")}
    for name in found:
        excess = getattr(test, name)
        found[name] = {key: getattr(excess, key) for key in ("observed", "expected", "excess", "sd", "z")}
    return {"n_used": test.stations, **found, "leader": found["share"], "either_z": test.either.z}


def _integers(case: Case) -> Case:
    stations = _election(case).stations()
    return _excesses(integer_percentages(stations, _leader(case, stations), case["params"].get("period", 1)))


def _injected(case: Case) -> Case:
    """`rows 0,50,100,... whose registered is present and >=100: replace given by round-half-even(0.7*registered)`."""
    stations = _election(case).stations()
    says = case["params"]["inject"]
    every = re.search(r"rows 0,(\d+),", says)
    changed = re.search(r"replace (given|leader) by round-half-even\(([\d.]+)\*(registered|ballots)\)", says)
    assert every, says
    assert changed, says
    at = np.arange(0, len(stations), int(every[1]))
    at = at[stations.registered[at] >= 100]
    assert len(at) == case["params"]["injected_rows"]
    leader = _leader(case, stations)
    values = (stations.given if changed[1] == "given" else stations.votes[leader]).copy()
    share, whole = Fraction(changed[2]), getattr(stations, changed[3])
    values[at] = [round(share * int(n)) for n in whole[at]]
    if changed[1] == "given":
        stations = replace(stations, given=values)
    else:
        stations = replace(stations, votes={**stations.votes, leader: values})
    return _excesses(integer_percentages(stations, leader, case["params"].get("period", 1)))


def _regions(case: Case) -> Case:
    election = _election(case)
    kinds = {row["kind"] for row in election.record.current("areas")}
    stations = election.stations("region" if "region" in kinds else "")
    test = integer_percentages(stations, _leader(case, stations), case["params"].get("period", 1))
    zs = [area.either.z for area in test.areas]
    names = {row.id: row["name"] for row in election.record.current("areas")}
    regions = {
        names[area.area]: {
            "n_used": area.stations,
            **{key: getattr(area.either, key) for key in ("observed", "expected", "sd", "z")},
        }
        for area in test.areas
    }
    return {
        "regions_tested": len(zs),
        "tested": len(zs),
        "regions_z_above_3": sum(z > 3 for z in zs),
        "regions_z_below_minus_3": sum(z < -3 for z in zs),
        "max_z": max(zs),
        "min_z": min(zs),
        "regions": regions,
    }


def _single(case: Case) -> Case:
    params = case["params"]
    return {"prob": whole_percentage(params["k"], params["n"], params["period"])}


def _shpilkin(case: Case) -> Case:
    stations = _election(case).stations()
    turnouts = Turnouts.of(stations, _leader(case, stations))
    estimate = turnouts.estimate(*case["params"]["reference_window"])
    return {
        "rho": estimate.ratio,
        "anomalous_above_window": estimate.above,
        "anomalous_all_bins": estimate.above + estimate.below,
        "leader_total": int(turnouts.votes.sum()),
        "valid_total": int((turnouts.votes + turnouts.others).sum()),
        "ref_stations": estimate.stations,
    }


def _bootstrap(case: Case) -> Case:
    stations = _election(case).stations()
    turnouts = Turnouts.of(stations, _leader(case, stations))
    first, last = case["params"].get("reference_window") or _window_of(case)
    seed = int(re.sub(r"\D", "", case["params"]["rng"]))
    alone = np.arange(len(turnouts.percent))
    by_station = turnouts.resampled(first, last, alone, case["params"]["station_reps"], seed)
    by_region = turnouts.resampled(first, last, turnouts.area, case["params"]["region_cluster_reps"], seed)
    return {
        "station_bootstrap_sd": by_station.sd,
        "region_bootstrap_sd": by_region.sd,
        "region_ci95": [by_region.low, by_region.high],
    }


def _window_of(case: Case) -> list[int]:
    """The window of "the same estimate": that of the dataset's other case."""
    [window] = [
        other["params"]["reference_window"]
        for other in _CASES
        if other["dataset"] == case["dataset"] and "reference_window" in other["params"]
    ]
    return [int(edge) for edge in window]


def _last_digits(case: Case) -> Case:
    stations = _election(case).stations()
    found = last_digits(stations.votes[_leader(case, stations)], case["params"]["min_count"])
    assert found is not None
    return {
        "n": found.numbers,
        "counts": list(found.counts),
        "chi2": found.chi_square,
        "p": found.chance,
        "mean": found.mean,
        "share_0_or_5": found.zeros_and_fives,
    }


def _second_digits(case: Case) -> Case:
    """Worked out here only: as a test it is not offered, and docs/patterns.md shows why with these figures."""
    stations = _election(case).stations()
    votes = stations.votes[_leader(case, stations)]
    digits = np.array([int(str(count)[1]) for count in votes[votes >= case["params"]["min_count"]]])
    counts = np.bincount(digits, minlength=10)
    chances = np.array([sum(np.log10(1 + 1 / (10 * first + d)) for first in range(1, 10)) for d in range(10)])
    square = float(((counts - len(digits) * chances) ** 2 / (len(digits) * chances)).sum())
    mean = float((np.arange(10) * chances).sum())
    variance = float((np.arange(10) ** 2 * chances).sum()) - mean**2
    return {
        "n": len(digits),
        "counts": counts.tolist(),
        "chi2": square,
        "p": float(chi2.sf(square, 9)),
        "mean": float(digits.mean()),
        "z_mean": (float(digits.mean()) - mean) / (variance / len(digits)) ** 0.5,
    }


def _slopes(case: Case) -> Case:
    stations = _election(case).stations()
    found = slopes(stations, _leader(case, stations))
    assert found is not None
    return {
        "n": found.stations,
        "slope": found.slope,
        "intercept": found.intercept,
        "r": found.correlation,
        "slope_weighted": found.slope_weighted,
        "intercept_weighted": found.intercept_weighted,
        "corr_turnout_share": found.with_share,
    }


def _vote_rate(case: Case) -> Case:
    stations = _election(case).stations()
    found = vote_rate(stations, _leader(case, stations))
    assert found is not None
    return {
        "n": found.stations,
        "skew": found.skewness,
        "kurtosis_pearson": found.kurtosis,
        "mean": found.mean,
        "sd": found.sd,
    }


def _fingerprint(case: Case) -> Case:
    stations = _election(case).stations()
    cells = (found := fingerprint(stations, _leader(case, stations))).cells
    turnout, share, most = found.largest
    return {
        "n": found.stations,
        "argmax": [turnout, share],
        "max": most,
        "nonempty": found.filled,
        "turnout_over_100": int(cells[OVER].sum()),
        "turnout_eq_100": int(cells[100].sum()),
        "leader_100": int(cells[:, 100].sum()),
        "both_ge_99": int(cells[99:, 99:].sum()),
        "turnout_ge_95_share": float(cells[95:].sum() / found.stations),
    }


def _klimek(case: Case) -> Case:
    stations = _election(case).stations()
    found = klimek(stations, _leader(case, stations))
    assert found is not None
    return {
        "tau": found.turnout,
        "nu": found.share,
        "sigma_tau": found.turnout_spread,
        "sigma_nu": found.share_spread,
        "theta": found.theta,
    }


def _identities(case: Case) -> Case:
    return {text: identity(_election(case), text) for text in case["expected"]}


# How each case's `method` begins → what works it out.
_METHODS: dict[str, Callable[[Case], Case]] = {
    "column totals": _totals,
    "integer-percentage excess, exact binomial": _integers,
    "integer test after a deterministic injection": _injected,
    "integer test per ": _regions,
    "P(percentage within 0.05 of a multiple of period)": _single,
    "turnout-window vote-excess estimate": _shpilkin,
    "bootstrap of the same estimate": _bootstrap,
    "last digit of leader votes": _last_digits,
    "second digit of leader votes": _second_digits,
    "OLS of leader/registered on given/registered": _slopes,
    "Klimek logarithmic vote rate": _vote_rate,
    "2-D histogram": _fingerprint,
    "Klimek plug-in parameters": _klimek,
    "arithmetic identities": _identities,
}


def _worked_out(case: Case) -> Case:
    for begins, work_out in _METHODS.items():
        if case["method"].startswith(begins):
            return work_out(case)
    pytest.fail(f"{case['id']}: the method '{case['method']}' is not known")


def _tolerance(case: Case, name: str) -> tuple[float, float]:
    """How far a figure may be off, absolutely and relatively."""
    allowed = case["tolerance"]
    if not isinstance(allowed, dict):
        return float(allowed), 0.0
    if f"{name}_relative" in allowed:
        return 0.0, float(allowed[f"{name}_relative"])
    group = {"rho": "rho", "anomalous_above_window": "votes", "anomalous_all_bins": "votes"}
    group |= {"leader_total": "totals", "valid_total": "totals"}
    for key in (name, group.get(name, ""), "z" if name.endswith("_z") else "", "counts" if name == "max" else ""):
        if key in allowed:
            return float(allowed[key]), 0.0
    # Counts that no tolerance names are exact.
    return float(allowed.get("other", 0.0)), 0.0


def _differences(case: Case, expected: Any, found: Any, name: str) -> list[str]:
    if isinstance(expected, dict):
        lacking = [f"{name}.{key}: not worked out" for key in expected if key not in found]
        return lacking + [d for k, e in expected.items() if k in found for d in _differences(case, e, found[k], k)]
    if isinstance(expected, list):
        assert len(expected) == len(found)
        return [d for e, f in zip(expected, found, strict=True) for d in _differences(case, e, f, name)]
    absolute, relative = _tolerance(case, name)
    # The expected values are printed with so many digits, and no more can be asked of them.
    printed = 0.0 if isinstance(expected, int) else 0.5 * 10.0 ** -len(str(expected).partition(".")[2]) * 1.000001
    off = abs(found - expected)
    if off <= max(absolute, relative * abs(expected), printed if absolute or relative else 0.0):
        return []
    return [f"{name}: {found} is worked out, {expected} is expected"]


@pytest.mark.parametrize("case", _CASES, ids=[case["id"] for case in _CASES])
def test_a_reference_case_is_worked_out_as_it_was_by_others(case: Case, shared: Path) -> None:
    assert _differences(case, case["expected"], _worked_out(case), case["id"]) == []


def test_a_folder_that_was_asked_for_holds_cases() -> None:
    assert _CASES or not os.environ.get("TALLYROOM_REFERENCE_DIR"), f"{_FILE} holds no cases"


def test_an_unknown_method_fails_and_is_named() -> None:
    with pytest.raises(pytest.fail.Exception, match="x1: the method 'gut feeling' is not known"):
        _worked_out({"id": "x1", "method": "gut feeling", "params": {}, "expected": {}, "tolerance": 0})
