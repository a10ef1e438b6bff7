"""Copies that differ from the return, figure by figure, and copies of stations without one."""

from __future__ import annotations

from pathlib import Path

from tallyroom.check.checks import check_record
from tallyroom.record.folder import read_record
from tests.check.making import Making, as_text, found, lacking, only, passed

_ITEMS = '[[form.items]]\nid = "registered"\n[[form.items]]\nid = "valid"\nnames = { en = "Valid ballots" }\n'
_TWELVE = Path(__file__).resolve().parents[1] / "records" / "twelve-stations"


def _land() -> Making:
    making = Making(definition=_ITEMS).area("land", kind="nation")
    for station in ("s1", "s2", "s3"):
        making.row("stations", id=station, area="land")
    return making.row("organisations", id="watch", name="The Watch", kind="observer-mission")


def _act(making: Making, table: str, station: str, a: object, b: object, **cells: object) -> Making:
    row = {"station": station, "registered": 100, "valid": 60, "votes.a": a, "votes.b": b, **cells}
    return making.row(table, **{k: "" if v is None else str(v) for k, v in row.items()})


def _ours(making: Making, station: str, a: object, b: object, **cells: object) -> Making:
    return _act(making, "returns/president", station, a, b, **cells)


def _theirs(making: Making, station: str, a: object, b: object, **cells: object) -> Making:
    return _act(making, "copies/watch/president", station, a, b, **cells)


def test_every_figure_that_differs_is_a_case_with_both_numbers(tmp_path):
    making = _ours(_ours(_land(), "s1", 40, 20), "s2", 30, 30)
    _theirs(_theirs(making, "s1", 35, 25), "s2", 30, 30)
    finding = only(found(making.report(tmp_path), "copies"))
    assert (finding.severity, finding.where.station) == ("warning", "s1")
    assert finding.says == "1 of 2 copies of The Watch differs from the return in 2 figures; 1 agrees."
    assert [case.says for case in finding.cases] == [
        "s1: votes for A: 35 on the copy, 40 in the return.",
        "s1: votes for B: 25 on the copy, 20 in the return.",
    ]
    assert [case.numbers["difference"] for case in finding.cases] == [-5, 5]


def test_copies_that_agree_pass_and_say_how_many(tmp_path):
    making = _theirs(_ours(_ours(_land(), "s1", 40, 20), "s2", 30, 30), "s1", 40, 20)
    report = making.report(tmp_path)
    assert not found(report, "copies")
    assert passed(report, "copies")[0].of == 1


def test_a_figure_that_one_of_them_does_not_state_does_not_differ(tmp_path):
    making = _theirs(_ours(_land(), "s1", 40, None), "s1", None, 20)
    assert passed(making.report(tmp_path), "copies")


def test_a_copy_and_a_return_without_a_figure_in_common_cannot_be_compared(tmp_path):
    making = _ours(_land(), "s1", 40, 20, registered=None, valid=None)
    report = _theirs(making, "s1", None, None).report(tmp_path)
    assert not [*found(report, "copies"), *passed(report, "copies")]
    assert lacking(report, "copies")[0].count == 1


def test_a_copy_that_agrees_with_the_act_before_the_recount_says_so(tmp_path):
    making = _ours(_ours(_land(), "s1", 40, 20, act=1), "s1", 41, 19, act=2, stage="recount")
    finding = only(found(_theirs(making, "s1", 40, 20).report(tmp_path), "copies"))
    assert finding.numbers["as_an_earlier_act"] == 1
    assert finding.cases[0].says.endswith("The copy agrees with act 1; act 2 is in force.")


def test_the_act_in_force_of_the_copy_is_what_is_compared(tmp_path):
    making = _ours(_land(), "s1", 40, 20)
    _theirs(_theirs(making, "s1", 1, 2, act=1), "s1", 40, 20, act=2)
    assert passed(making.report(tmp_path), "copies")


def test_a_copy_without_a_return_is_listed_with_its_votes(tmp_path):
    making = _theirs(_ours(_land(), "s1", 40, 20), "s3", 50, 8)
    finding = only(found(making.report(tmp_path), "copies"))
    assert (finding.severity, finding.where.station) == ("notice", "s3")
    assert finding.numbers == {"stations": 1, "votes": 58}


def test_copies_of_a_contest_without_returns_cannot_be_compared(tmp_path):
    report = _theirs(_land(), "s1", 40, 20).report(tmp_path, returns=True)
    assert lacking(report, "copies")[0].lacks == "returns"


def test_the_copies_of_twelve_stations_are_what_they_were_made_to_be():
    report = check_record(read_record(_TWELVE))
    differ, alone = found(report, "copies")
    assert {case.where.station for case in differ.cases} == {"north-2", "east-3"}
    assert (differ.numbers["copies"], differ.numbers["agree"], differ.numbers["as_an_earlier_act"]) == (5, 3, 1)
    assert alone.where.station == "south-3"
    as_text(report)
