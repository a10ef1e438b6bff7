"""What changed between the first accepted count and the act in force."""

from __future__ import annotations

from pathlib import Path

from tallyroom.check.checks import check_record
from tallyroom.record.folder import read_record
from tests.check.making import Making, as_text, found, only, passed

_ITEMS = '[[form.items]]\nid = "invalid"\nnames = { en = "Invalid ballots" }\n'
_TWELVE = Path(__file__).resolve().parents[1] / "records" / "twelve-stations"


def _land(*stations: str) -> Making:
    making = Making(definition=_ITEMS).area("land", kind="nation")
    for station in stations:
        making.row("stations", id=station, area="land")
    return making


def _act(making: Making, station: str, act: int, a: object, b: object, **cells: object) -> Making:
    row = {"station": station, "act": act, "votes.a": a, "votes.b": b, "invalid": 3, **cells}
    return making.row("returns/president", **{k: "" if v is None else str(v) for k, v in row.items()})


def test_a_recount_is_a_notice_with_its_reason_and_what_it_comes_to(tmp_path):
    making = _act(_land("s1", "s2"), "s1", 1, 40, 20)
    _act(making, "s1", 2, 38, 21, stage="recount", reason="a bundle was counted twice")
    finding = only(found(_act(making, "s2", 1, 5, 5).report(tmp_path), "changes"))
    assert (finding.severity, finding.where.station, finding.where.line) == ("notice", "s1", 3)
    assert finding.numbers == {"stations": 1, "votes.a": -2, "votes.b": 1}
    assert finding.says == (
        "1 station changed between the first accepted count and the act in force: 1 by recount. The votes changed by: "
        "A -2; B +1. s1, recount, a bundle was counted twice: act 1 → 2: votes for A 40 → 38; votes for B 20 → 21."
    )


def test_the_changes_of_many_stations_are_one_finding_with_its_totals(tmp_path):
    making = _land("s1", "s2")
    for station, after in (("s1", 38), ("s2", 45)):
        _act(_act(making, station, 1, 40, 20), station, 2, after, 20, stage="recount")
    finding = only(found(making.report(tmp_path), "changes"))
    assert finding.numbers == {"stations": 2, "votes.a": 3}
    assert [case.numbers for case in finding.cases] == [{"votes.a": -2}, {"votes.a": 5}]


def test_a_count_that_was_held_first_is_compared_from_when_it_was_accepted(tmp_path):
    making = _act(_land("s1"), "s1", 1, 99, 99, status="held")
    _act(_act(making, "s1", 2, 40, 20), "s1", 3, 41, 20, stage="recount")
    assert only(found(making.report(tmp_path), "changes")).numbers == {"stations": 1, "votes.a": 1}


def test_without_an_accepted_count_the_first_act_is_what_changed(tmp_path):
    making = _act(_act(_land("s1"), "s1", 1, 40, 20, status="held"), "s1", 2, 41, 20, stage="recount")
    assert only(found(making.report(tmp_path), "changes")).numbers["votes.a"] == 1


def test_an_act_withdrawn_changes_nothing(tmp_path):
    making = _act(_act(_land("s1"), "s1", 1, 40, 20), "s1", 2, 1, 2, status="withdrawn")
    report = making.report(tmp_path)
    assert not found(report, "changes")
    assert passed(report, "changes")[0].of == 1


def test_a_figure_that_was_first_not_stated_is_not_said_to_have_been_nothing(tmp_path):
    making = _act(_act(_land("s1"), "s1", 1, 40, 20, invalid=None), "s1", 2, 40, 20)
    case = only(found(making.report(tmp_path), "changes")).cases[0]
    assert "Invalid ballots not stated → 3" in case.says


def test_annulling_takes_all_votes_of_the_station_away(tmp_path):
    making = _act(_act(_land("s1"), "s1", 1, 40, 20), "s1", 2, 40, 20, stage="ruling", status="annulled")
    finding = only(found(making.report(tmp_path), "changes"))
    assert finding.numbers == {"stations": 1, "votes.a": -40, "votes.b": -20}
    assert finding.cases[0].says.endswith("act 1 → 2: the same figures. Act 2 is annulled, and counts nothing.")


def test_the_changes_of_twelve_stations_are_what_they_were_made_to_be():
    report = check_record(read_record(_TWELVE))
    finding = only(found(report, "changes"))
    assert [case.where.station for case in finding.cases] == ["north-2", "east-2"]
    assert finding.numbers == {"stations": 2, "votes.ada-lund": -4 - 390, "votes.ben-okoro": 2}
    as_text(report)
