"""Stations beside each other: full turnout, the same row twice, a size beyond the kind's."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.check.making import Making, found, lacking, only, passed

_FIGURES = '[contests.figures]\nregistered = "registered"\ncast = "cast"\nvalid = "valid"\n'
_ITEMS = "".join(
    f'[[form.items]]\nid = "{item}"\nrole = "{item}"\n' for item in ("registered", "cast", "valid", "invalid")
)
_ADDED = _ITEMS + '[[form.items]]\nid = "added"\nrole = "added-to-list"\n'
_LARGEST = 2**63 - 1


def _land(definition: str = _ITEMS) -> Making:
    return Making(contest=_FIGURES, definition=definition).area("land", kind="nation")


def _station(making: Making, name: str, kind: str = "", **figures: object) -> Making:
    """A station and its act: 500 voters, 300 ballots, 290 of them valid, unless the figures differ."""
    making.row("stations", id=name, area="land", kind=kind)
    usual: dict[str, object] = {
        "registered": 500,
        "cast": 300,
        "valid": 290,
        "invalid": 10,
        "votes.a": 170,
        "votes.b": 120,
    }
    row = {"station": name, **usual, **figures}
    return making.row("returns/president", **{k: "" if v is None else str(v) for k, v in row.items()})


def test_where_all_voted_is_a_notice_for_large_stations_and_small_ones_apart(tmp_path):
    making = _land()
    _station(making, "school", "permanent", registered=300)
    _station(making, "ship", "ship", registered=120, cast=120)
    _station(making, "hamlet", "permanent", registered=99, cast=99)
    _station(making, "town", "permanent")
    large, small = found(making.report(tmp_path), "full-turnout")
    assert (large.severity, small.severity) == ("notice", "notice")
    assert [case.where.station for case in large.cases] == ["school"]
    assert [case.where.station for case in small.cases] == ["ship", "hamlet"]
    assert large.says == (
        "At 1 station of 4 exactly as many voted as there are registered voters, 300 in all, and 100 or more at each. "
        "1 station of kind permanent."
    )
    assert "where this is usual" in small.says
    assert small.numbers == {"stations": 2, "of": 4, "voters": 219}


def test_one_voter_at_home_is_not_full_turnout_and_neither_is_an_empty_station(tmp_path):
    making = _station(_land(), "school", registered=301)
    report = _station(making, "closed", registered=0, cast=0, valid=0, invalid=0).report(tmp_path)
    assert not found(report, "full-turnout")
    assert passed(report, "full-turnout")[0].of == 2


def test_without_the_register_full_turnout_cannot_be_told(tmp_path):
    report = _station(_land(), "school", registered=None).report(tmp_path)
    assert not [*found(report, "full-turnout"), *passed(report, "full-turnout")]
    assert lacking(report, "full-turnout")


@pytest.mark.parametrize(("added", "full"), [(50, True), (49, False)])
def test_voters_added_on_the_day_could_have_stayed_at_home_too(tmp_path, added, full):
    report = _station(_land(_ADDED), "school", registered=250, added=added).report(tmp_path)
    assert bool(found(report, "full-turnout")) == full


def test_the_same_row_of_figures_at_two_stations_is_a_warning_that_names_both(tmp_path):
    making = _station(_station(_station(_land(), "north"), "south"), "west", invalid=11)
    finding = only(found(making.report(tmp_path), "same-figures"))
    assert finding.severity == "warning"
    assert finding.numbers == {"stations": 2, "rows": 1, "of": 3}
    assert [case.says for case in finding.cases] == ["north; south: the same figures, 290 votes among them."]


@pytest.mark.parametrize(
    "figures",
    [
        {"registered": 99, "cast": 98, "valid": 95, "invalid": 3, "votes.a": 55, "votes.b": 40},
        {"registered": 300, "valid": 300, "invalid": 0, "votes.a": 300, "votes.b": 0},
        {"registered": None, "cast": None, "invalid": None},
        {"registered": 0, "cast": 0, "valid": 0, "invalid": 0, "votes.a": 0, "votes.b": 0},
        {"registered": None, "cast": None, "valid": None, "invalid": None, "votes.a": None, "votes.b": None},
    ],
    ids=["tiny", "one number", "votes alone", "zeros", "empty"],
)
def test_rows_that_say_too_little_to_tell_stations_apart_are_never_the_same(tmp_path, figures):
    making = _station(_station(_land(), "north", **figures), "south", **figures)
    assert not found(making.report(tmp_path), "same-figures")


def test_a_figure_that_is_not_stated_is_not_the_same_as_one_that_is(tmp_path):
    definition = _ITEMS + '[[form.items]]\nid = "spare"\n'
    making = _station(_station(_land(definition), "north", spare=0), "south", spare=None)
    assert passed(making.report(tmp_path), "same-figures")


@settings(max_examples=15, deadline=None)
@given(st.integers(0, _LARGEST), st.integers(0, _LARGEST))
def test_rows_are_the_same_when_they_are_whatever_their_size(tmp_path_factory, one, other):
    making = _station(_station(_land(), "north", invalid=one), "south", invalid=other)
    report = making.report(tmp_path_factory.mktemp("alike"))
    # 0 and numbers that the row has already are not a sixth one.
    assert bool(found(report, "same-figures")) == (one == other and one not in (0, 500, 300, 290, 170, 120))


def _sizes(sizes: list[int], kind: str = "") -> Making:
    making = _land()
    for number, size in enumerate(sizes, 1):
        _station(making, f"s{number}", kind, registered=size)
    return making


def test_a_station_far_beyond_its_kind_is_a_notice_with_what_is_usual(tmp_path):
    finding = only(found(_sizes([*[1000] * 30, 5001]).report(tmp_path), "size"))
    assert (finding.severity, finding.where.station) == ("notice", "s31")
    assert finding.arithmetic == "5001 > 5 * 1000 = 5000"
    assert finding.numbers == {"stations": 1, "of": 31, "usual_at_most": 1000, "largest": 5001}


@pytest.mark.parametrize(
    "sizes",
    [[*[1000] * 30, 5000], [*[10] * 30, 999], [*range(200, 2500, 50), 2500], [*[1000] * 18, 4000, 9000, 22000]],
    ids=["five times", "below a thousand", "an even spread", "a kind that spreads"],
)
def test_an_ordinary_large_station_is_not_far_beyond_its_kind(tmp_path, sizes):
    report = _sizes(sizes).report(tmp_path)
    assert not found(report, "size")
    assert passed(report, "size")


def test_a_kind_of_few_stations_is_too_small_to_say_what_is_usual(tmp_path):
    making = _sizes([1000] * 30)
    report = _station(making, "online", "electronic", registered=170_000).report(tmp_path)
    assert not found(report, "size")
    assert [one.count for one in lacking(report, "size")] == [1]


def test_a_station_far_beyond_its_kind_is_said_once_though_it_counts_in_two_contests(tmp_path):
    making = Making(contests={"president": ["a"], "council": ["b"]}).area("land", kind="nation")
    for number, size in enumerate([*[1000] * 30, 6000]):
        making.row("stations", id=f"s{number}", area="land", registered=str(size))
        making.row("returns/president", station=f"s{number}", **{"votes.a": "10"})
        making.row("returns/council", station=f"s{number}", **{"votes.b": "10"})
    assert only(found(making.report(tmp_path), "size")).where.station == "s30"


def test_returns_and_copies_without_a_single_act_are_no_reason_to_stop(tmp_path):
    making = _land().row("organisations", id="watch", name="The Watch", kind="party")
    making.row("stations", id="s1", area="land")
    making.row("returns/president", station="s1", **{"votes.a": ""})
    making.row("copies/watch/president", station="s1", **{"votes.a": ""})
    report = making.report(tmp_path)
    assert [f.check for f in report.findings if f.where.file.startswith("copies")] == []
    assert not found(report, "size")


def test_the_largest_number_there_is_has_a_size_too(tmp_path):
    assert found(_sizes([*[1000] * 30, _LARGEST]).report(tmp_path), "size")
    assert not found(_sizes([_LARGEST] * 30).report(tmp_path / "all"), "size")
