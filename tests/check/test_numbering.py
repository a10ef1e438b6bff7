"""Numbers of stations that are missing between others, or stand twice."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.check.making import Making, found, lacking, only, passed


def _land(areas: dict[str, list[str]], names: dict[str, str] | None = None) -> Making:
    """A nation of these areas, each with the stations of these ids."""
    making = Making().area("land", kind="nation")
    for area, stations in areas.items():
        making.area(area, "land")
        for station in stations:
            making.row("stations", id=station, area=area, name=(names or {}).get(station, ""))
    return making


def test_a_number_missing_between_others_of_its_area_is_a_notice_that_says_what_was_looked_at(tmp_path):
    making = _land({"north": ["n-1", "n-2", "n-4"], "south": ["s-1", "s-2", "s-3"]})
    finding = only(found(making.report(tmp_path, returns=True), "numbering"))
    assert (finding.severity, finding.where.area) == ("notice", "north")
    assert finding.says == (
        "1 number is missing between others in 1 area; looked at were 2 rows of numbers at the end of the ids of "
        "6 stations, within an area. north: between n-1 and 4 there is no 3."
    )


def test_numbers_that_run_on_pass_wherever_they_begin(tmp_path):
    report = _land({"north": ["n-17", "n-18", "n-19"]}).report(tmp_path, returns=True)
    assert not found(report, "numbering")
    assert len(passed(report, "numbering")) == 2


@pytest.mark.parametrize(
    "ids",
    [["school", "hall", "ship"], ["n-1", "n-2"], ["a-1-x", "a-2-x", "a-3-x"], [f"c{10**15 + n}9" for n in range(3)]],
    ids=["no numbers", "two", "numbers inside", "long codes"],
)
def test_stations_without_numbers_in_a_row_cannot_be_looked_at(tmp_path, ids):
    report = _land({"north": ids}).report(tmp_path, returns=True)
    assert not [*found(report, "numbering"), *passed(report, "numbering")]
    assert lacking(report, "numbering")


def test_numbers_with_several_parts_are_rows_behind_the_same_beginning(tmp_path):
    ids = [f"{part}-{n}" for part in ("12-7", "12-900") for n in (1, 2, 3, 5)]
    finding = only(found(_land({"north": ids}).report(tmp_path, returns=True), "numbering"))
    assert [case.says for case in finding.cases] == [
        "north: between 12-7-1 and 5 there is no 4.",
        "north: between 12-900-1 and 5 there is no 4.",
    ]


def test_numbers_given_out_by_another_rule_are_not_said_to_be_missing(tmp_path):
    report = _land({"north": [f"n-{7 * n}" for n in range(40)]}).report(tmp_path, returns=True)
    assert not found(report, "numbering")
    assert [one.lacks for one in lacking(report, "numbering")] == ["numbers that run on within their area"]


def test_a_number_that_stands_in_a_neighbouring_area_is_not_missing(tmp_path):
    report = _land({"north": ["st-1", "st-2", "st-4"], "south": ["st-3"]}).report(tmp_path, returns=True)
    assert not found(report, "numbering")
    # Nor where the ids begin with the area's own.
    report = _land({"no": ["no-1", "no-2", "no-4"], "so": ["so-3"]}).report(tmp_path / "own", returns=True)
    assert not found(report, "numbering")


def test_the_same_number_twice_in_an_area_names_both_stations(tmp_path):
    finding = only(found(_land({"north": ["n-1", "n-2", "n-02"]}).report(tmp_path, returns=True), "numbering"))
    assert finding.says == "north: 2 stations with the number n-2: n-2; n-02."
    assert finding.numbers == {"stations": 2, "numbers": 1}


def test_names_are_looked_at_where_the_ids_are_not_numbered(tmp_path):
    names = {"hall": "Station No. 1", "school": "Station No. 2", "ship": "Station No. 2"}
    finding = only(found(_land({"north": list(names)}, names).report(tmp_path, returns=True), "numbering"))
    assert finding.says == "north: 2 stations with the number Station No. 2: school; ship."
    assert finding.where.line == 4


def test_in_a_partial_record_nobody_knows_which_numbers_lack(tmp_path):
    making = _land({"north": ["n-1", "n-2", "n-4"]})
    making.stations = "partial"
    report = making.report(tmp_path, returns=True)
    assert not found(report, "numbering")
    assert lacking(report, "numbering")


@settings(max_examples=20, deadline=None)
@given(st.sets(st.integers(1, 60), min_size=3))
def test_a_number_that_is_there_is_never_said_to_be_missing(tmp_path_factory, numbers):
    making = _land({"north": [f"n-{n}" for n in sorted(numbers)]})
    findings = found(making.report(tmp_path_factory.mktemp("rows"), returns=True), "numbering")
    missing = max(numbers) - min(numbers) + 1 - len(numbers)
    assert bool(findings) == (missing > 0 and (missing == 1 or 9 * missing <= len(numbers)))
    assert [f.numbers["missing"] for f in findings] == [missing] * len(findings)
