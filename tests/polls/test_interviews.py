"""Interviews: svy beside the textbook formula, refusals, and files that are none."""

from __future__ import annotations

import csv
from collections import defaultdict
from math import sqrt
from pathlib import Path

import numpy as np
import pytest

from tallyroom.errors import CannotEstimate
from tallyroom.polls.interviews import Interview, estimate_shares, read_interviews

HEAD = "station,stratum,weight,choice,refused,age,sex\n"


def _interviews(seed: int = 1) -> list[Interview]:
    random = np.random.default_rng(seed)
    found = []
    for stratum in range(4):
        for station in range(6):
            leaning = random.normal(0.5, 0.1)
            for voter in range(int(random.integers(15, 30))):
                refused = bool(random.random() < 0.1)
                choice = "" if refused else "007" if random.random() < leaning else "NA"
                # The same numbers of stations in every stratum: they are others all the same.
                station_id, weight = str(station), 1.0 + stratum
                found.append(Interview(station_id, f"h{stratum}", weight, choice, refused, "18-29", "fm"[voter % 2]))
    return found


def _textbook(interviews: list[Interview], choice: str) -> tuple[float, float]:
    """A share and its standard error by linearisation, stations drawn with replacement (Cochran, section 11.9)."""
    answered = [one for one in interviews if not one.refused]
    weights = sum(one.weight for one in answered)
    share = sum(one.weight * (one.choice == choice) for one in answered) / weights
    totals: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for one in answered:
        totals[one.stratum][one.station] += one.weight * ((one.choice == choice) - share) / weights
    variance = 0.0
    for stations in totals.values():
        values = np.array(list(stations.values()))
        variance += len(values) / (len(values) - 1) * float(((values - values.mean()) ** 2).sum())
    return share, sqrt(variance)


@pytest.mark.parametrize("seed", range(4))
def test_shares_and_errors_are_those_of_the_textbook(seed: int) -> None:
    interviews = _interviews(seed)
    found = estimate_shares(interviews)
    assert {one.choice for one in found.shares} == {"007", "NA"}
    for one in found.shares:
        share, error = _textbook(interviews, one.choice)
        assert one.share == pytest.approx(share, rel=1e-9)
        assert one.error == pytest.approx(error, rel=1e-9)
        assert one.low < one.share < one.high
        assert one.effect is not None


def test_refusals_are_counted_by_age_and_sex() -> None:
    interviews = _interviews()
    found = estimate_shares(interviews)
    by_group = {one.group: one for one in found.refusals}
    assert by_group["all"].asked == len(interviews) == found.asked
    assert by_group["sex f"].refused + by_group["sex m"].refused == by_group["all"].refused
    assert by_group["age 18-29"].asked == found.asked


def test_a_stratum_with_one_station_is_refused_by_name() -> None:
    interviews = [*_interviews(), Interview("1", "islands", 1.0, "NA", False)]
    with pytest.raises(CannotEstimate, match="one station only in islands"):
        estimate_shares(interviews)


def test_where_everybody_agrees_nothing_varies() -> None:
    interviews = [Interview(str(n % 3), "h", 1.0, "a", False) for n in range(30)]
    [one] = estimate_shares(interviews).shares
    assert (one.share, one.error, one.effect) == (1.0, 0.0, None)
    with pytest.raises(CannotEstimate, match="Nobody answered"):
        estimate_shares([Interview("1", "h", 1.0, "", True)])


def test_a_file_is_read_as_it_is_documented(tmp_path: Path) -> None:
    path = tmp_path / "interviews.csv"
    with path.open("w", newline="") as written:
        rows = csv.writer(written)
        rows.writerow(HEAD.strip().split(","))
        for one in _interviews():
            rows.writerow(
                [one.station, one.stratum, one.weight, one.choice, "yes" if one.refused else "", one.age, one.sex]
            )
    assert read_interviews(path) == _interviews()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("1,h,0,a,,,", "line 2: weight is '0'"),
        ("1,h,x,a,,,", "line 2: weight is 'x'"),
        ("1,h,inf,a,,,", "line 2: weight is 'inf'"),
        ("1,h,1,a,yes,,", "a choice, or yes in refused, and not both"),
        ("1,h,1,,,,", "a choice, or yes in refused"),
        ("1,h,1,a,perhaps,,", "refused is 'perhaps'"),
        (",h,1,a,,,", "station or stratum is empty"),
        ("1,h", "line 2"),
    ],
)
def test_a_line_that_is_no_interview_is_named(line: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "interviews.csv"
    path.write_text(HEAD + line + "\n")
    with pytest.raises(CannotEstimate, match=says):
        read_interviews(path)


def test_a_file_without_its_columns_or_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "interviews.csv"
    path.write_text("station,choice\n1,a\n")
    with pytest.raises(CannotEstimate, match="no column stratum, weight, refused"):
        read_interviews(path)
    path.write_bytes(b"\xff\xfe\x00binary")
    with pytest.raises(CannotEstimate, match=r"interviews\.csv"):
        read_interviews(path)
    with pytest.raises(CannotEstimate, match="cannot be read"):
        read_interviews(tmp_path / "nothing.csv")
