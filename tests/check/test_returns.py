"""Returns: the form's own checks, voters, stations without a return, and announced against tabulated totals."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallyroom.check.checks import check_record
from tallyroom.check.findings import Report
from tallyroom.record.folder import read_record
from tallyroom.tabulate.results import ContestResult, Results, tabulate
from tests.check.making import Making, as_text, found, lacking, only, passed

_FIGURES = '[contests.figures]\nregistered = "registered"\ncast = "cast"\nvalid = "valid"\n'
_ITEMS = "".join(
    f'[[form.items]]\nid = "{item}"\nrole = "{item}"\n'
    for item in ("registered", "received", "cast", "valid", "invalid")
)
_LARGEST = 2**63 - 1


def _form(*checks: str) -> str:
    return _ITEMS + "".join(f"[[form.checks]]\nname = 'the check'\n{check}\n" for check in checks)


def _count(stations: int = 1, definition: str = "") -> Making:
    """A land of as many stations of 100 voters each."""
    made = Making(contest=_FIGURES, definition=definition or _ITEMS)
    made.area("land", kind="nation")
    for n in range(1, stations + 1):
        made.row("stations", id=f"s{n}", area="land", registered="100")
    return made


def _act(making: Making, station: str = "s1", **cells: object) -> Making:
    """An act of 60 ballots, 55 of them valid, unless the cells differ."""
    figures = {"registered": 100, "cast": 60, "valid": 55, "invalid": 5, "votes.a": 30, "votes.b": 25}
    row = {"station": station, **figures, **cells}
    return making.row("returns/president", **{k: "" if v is None else str(v) for k, v in row.items()})


@pytest.mark.parametrize(
    ("expression", "tolerance", "received", "off"),
    [
        ("received == cast", "0", 60, False),
        ("received == cast", "0", 61, True),
        ("received == cast", "2", 62, False),
        ("received == cast", "2", 63, True),
        ("received == cast", "2", 58, False),
        ("received == cast", "2", 57, True),
        ("received == cast", "5 %", 63, False),
        ("received == cast", "5 %", 64, True),
        ("received == cast", "5 %", 57, False),
        ("received == cast", "5 %", 56, True),
        ("received <= cast", "0", 60, False),
        ("received <= cast", "0", 61, True),
        ("received <= cast", "1", 61, False),
        ("received >= cast", "0", 59, True),
        ("received >= cast", "1", 59, False),
        ("received >= cast", "1", 58, True),
        ("received >= cast", "1.7 %", 59, False),
        ("received >= cast", "1.6 %", 59, True),
        ("received == cast + 2 * invalid - (valid - sum(votes))", "0", 70, False),
    ],
)
def test_a_check_of_the_form_holds_up_to_its_tolerance_exactly(tmp_path, expression, tolerance, received, off):
    definition = _form(f"expression = '{expression}'\ntolerance = '{tolerance}'")
    report = _act(_count(definition=definition), received=received).report(tmp_path)
    assert bool(found(report, "form")) == off
    assert bool(passed(report, "form")) != off


@pytest.mark.parametrize(("severity", "word"), [("hard", "error"), ("soft", "warning")])
def test_a_hard_check_is_an_error_and_a_soft_one_a_warning(tmp_path, severity, word):
    definition = _form(f"expression = 'received == cast'\nseverity = '{severity}'")
    finding = only(found(_act(_count(definition=definition), received=70).report(tmp_path), "form"))
    assert finding.severity == word
    assert finding.check == "form: the check"
    assert (finding.where.station, finding.where.line, finding.where.file) == ("s1", 2, "returns/president.csv")
    assert finding.says == "s1: received 70, cast 60: 10 more. By the form: the check."
    assert finding.arithmetic == "70 - 60 = 10"


def test_a_check_that_is_off_is_not_made(tmp_path):
    report = _act(_count(definition=_form("expression = 'received == cast'\non = false")), received=70).report(tmp_path)
    assert not [*found(report, "form"), *passed(report, "form"), *lacking(report, "form")]


def test_without_its_figures_a_check_cannot_be_made_and_never_passes(tmp_path):
    report = _act(_count(definition=_form("expression = 'received == cast'")), cast=None, received=70).report(tmp_path)
    assert not found(report, "form")
    assert not passed(report, "form")
    (one,) = lacking(report, "form")
    assert (one.count, one.where.station, one.lacks) == (1, "s1", "a figure of received == cast")


def test_what_holds_elsewhere_passes_for_those_alone_that_state_it(tmp_path):
    making = _count(3, _form("expression = 'received == cast'"))
    _act(making, "s1", received=60)
    _act(making, "s2", received=60)
    report = _act(making, "s3", received=None).report(tmp_path)
    assert passed(report, "form")[0].of == 2
    assert lacking(report, "form")[0].count == 1


def test_many_forms_that_are_off_are_one_finding_with_cases(tmp_path):
    making = _count(40, _form("expression = 'received == cast'"))
    for n in range(1, 41):
        _act(making, f"s{n}", received=60 + n)
    finding = only(found(making.report(tmp_path), "form"))
    assert finding.count == len(finding.cases) == 40
    assert finding.where.line == 0
    assert finding.says == (
        "40 stations: received ≠ cast. By the form: the check. The largest difference is at s40: 100 and 60."
    )
    assert finding.numbers == {"stations": 40, "largest_difference": 40}
    assert [case.numbers["difference"] for case in finding.cases] == list(range(1, 41))


def test_a_form_that_is_off_is_said_in_the_words_of_the_form(tmp_path):
    items = _ITEMS.replace('id = "received"', 'id = "received"\nnames = { xx = "Ontvangen", en = "Ballots received" }')
    items = items.replace('id = "cast"', 'id = "cast"\nnames = { xx = "In de bus" }')
    check = "[[form.checks]]\nname = 'all are there'\nexpression = 'received == cast + 2 * (valid - sum(votes))'\n"
    finding = only(found(_act(_count(definition=items + check), received=70).report(tmp_path), "form"))
    assert finding.says == (
        "s1: Ballots received 70, In de bus + 2 * (valid - the votes of all choices) 60: 10 more. "
        "By the form: all are there."
    )


def test_what_is_found_at_more_stations_comes_first_among_the_equally_grave(tmp_path):
    checks = ["received == cast", "cast == invalid + valid", "valid <= cast"]
    definition = _ITEMS
    for number, expression in enumerate(checks):
        severity = "soft" if number < 2 else "hard"
        definition += f"[[form.checks]]\nname = '{number}'\nexpression = '{expression}'\nseverity = '{severity}'\n"
    making = _count(4, definition)
    _act(making, "s1", received=61)
    for station in ("s2", "s3"):
        _act(making, station, received=60, invalid=1)
    report = _act(making, "s4", received=60, valid=61, invalid=0, **{"votes.a": 36}).report(tmp_path)
    form = [f for f in report.findings if f.check.startswith("form")]
    assert [(f.check, f.count) for f in form] == [("form: 2", 1), ("form: 1", 3), ("form: 0", 1)]


def test_only_the_act_in_force_is_asked(tmp_path):
    making = _count(definition=_form("expression = 'received == cast'"))
    _act(making, act=1, received=99)
    _act(making, act=2, stage="recount", received=60)
    report = _act(making, act=3, status="withdrawn", received=50).report(tmp_path)
    assert not found(report, "form")


@settings(max_examples=20, deadline=None)
@given(
    st.integers(0, _LARGEST // 100),
    st.integers(0, _LARGEST // 100),
    st.sampled_from(["0", "7", "1 %", "33.3 %"]),
    st.sampled_from(["==", "<=", ">="]),
)
def test_figures_near_64_bits_are_compared_exactly(tmp_path_factory, left, right, tolerance, sign):
    definition = _form(f"expression = 'received {sign} cast'\ntolerance = '{tolerance}'")
    making = _act(_count(definition=definition), received=left, cast=right)
    report = making.report(tmp_path_factory.mktemp("large"))
    allowed = 1000 * int(tolerance) if tolerance.isdigit() else int(float(tolerance.split()[0]) * 10) * right
    away = 1000 * (left - right)
    holds = {"==": abs(away) <= allowed, "<=": away <= allowed, ">=": -away <= allowed}[sign]
    assert bool(passed(report, "form")) == holds


def test_the_largest_number_there_is_does_not_stop_the_checks(tmp_path):
    definition = _form("expression = 'received == cast'\ntolerance = '50 %'")
    making = _act(_count(definition=definition), received=_LARGEST, cast=1)
    assert found(making.report(tmp_path), "form")


def test_more_ballots_votes_and_valid_votes_than_there_can_be_are_errors(tmp_path):
    votes: dict[str, object] = {"votes.a": 103, "votes.b": 0}
    making = _act(_count(), "s1", cast=101, valid=102, **votes)
    findings = found(making.report(tmp_path), "more-votes-than-voters")
    assert [f.severity for f in findings] == ["error"] * 3
    assert [f.numbers["difference"] for f in findings] == [1, 3, 1]
    assert findings[0].says == "s1: 101 ballots cast and 100 registered voters, 1 more."


def test_without_a_register_more_ballots_cannot_be_told(tmp_path):
    making = _act(_count(), registered=None, cast=101)
    report = making.report(tmp_path)
    assert not found(report, "more-votes-than-voters")
    assert sum(one.count for one in lacking(report, "more-votes-than-voters")) == 2


def test_stations_without_a_return_are_listed_with_their_voters(tmp_path):
    making = _act(_count(3), "s2")
    finding = only(found(making.report(tmp_path), "without-return"))
    assert finding.severity == "notice"
    assert finding.numbers == {"stations": 2, "expected": 3, "registered": 200}
    assert [case.where.station for case in finding.cases] == ["s1", "s3"]
    assert {case.where.file for case in finding.cases} == {"stations.csv"}


def test_a_station_whose_row_was_corrected_is_one_station_in_its_new_area(tmp_path):
    making = _count(1).area("north", "land").area("south", "land")
    making.tables["stations"] = []
    making.row("stations", id="s1", area="north", registered="100")
    making.row("stations", id="s1-corrected", area="south", registered="120", supersedes="s1")
    report = _act(making).report(tmp_path)
    assert passed(report, "without-return")[0].of == 1
    assert passed(report, "areas-add-up")
    assert not found(report, "areas-add-up")


def test_in_a_partial_record_nobody_knows_which_stations_lack(tmp_path):
    making = _act(_count(3), "s2")
    making.stations = "partial"
    report = making.report(tmp_path)
    assert not found(report, "without-return")
    assert lacking(report, "without-return")


def test_held_and_annulled_stations_are_listed_with_their_reasons(tmp_path):
    making = _count(3)
    _act(making, "s1", status="held", reason="the form is not signed")
    _act(making, "s2", status="annulled", reason="by ruling")
    report = _act(making, "s3").report(tmp_path)
    assert only(found(report, "held")).says == "s1: held, the form is not signed."
    assert only(found(report, "annulled")).says == "s2: annulled, by ruling."


def test_areas_that_do_not_add_up_are_errors_of_the_sums(tmp_path):
    making = _act(_count(2), "s1")
    record = _act(making, "s2").record(tmp_path)
    right = tabulate(record)
    assert passed(check_record(record, right), "areas-add-up")[0].of == 2
    (contest,) = right.contests
    wrong = replace(contest.areas[0], votes={"a": 61, "b": 50})
    results = Results(right.election, [ContestResult("president", [wrong], contest.outcome)])
    finding = only(found(check_record(record, results), "areas-add-up"))
    assert finding.severity == "error"
    assert finding.numbers == {"whole": 61, "parts": 60, "difference": 1}


def _announced(making: Making, tmp_path: Path, **cells: str) -> Report:
    making.votes(61, 50, **cells).figure("turnout_count", 120, **cells).shares("54.95", "45.05", **cells)
    return making.report(tmp_path)


def test_an_announced_total_that_a_complete_count_does_not_give_is_a_warning(tmp_path):
    making = _act(_count(2), "s1")
    report = _announced(_act(making, "s2"), tmp_path)
    findings = found(report, "announced-and-tabulated")
    assert {f.severity for f in findings} == {"warning"}
    votes = only([f for f in findings if f.says.startswith("Votes for A")])
    assert votes.numbers == {"announced": "61", "tabulated": 60, "difference": "1"}
    assert "(2 of 2 stations)" in votes.says
    assert passed(report, "announced-and-tabulated")[0].of == 2


def test_of_an_incomplete_count_a_notice_says_what_was_counted(tmp_path):
    report = _announced(_act(_count(2), "s1"), tmp_path)
    findings = found(report, "announced-and-tabulated")
    assert {f.severity for f in findings} == {"notice"}
    assert all("(1 of 2 stations)" in f.says for f in findings)


@pytest.mark.parametrize(
    ("measure", "value", "beyond"),
    [
        ("turnout_share", "64.51", "(60 + 15) / (100 + 15) = 65.22 %"),
        ("turnout_share", "65.22", "(60 + 15) / (100 + 15) = 65.22 %"),
        ("turnout_share", "65.23", "(60 + 15) / (100 + 15) = 65.22 %"),
        ("turnout_share", "52.16", "60 / (100 + 15) = 52.17 %"),
        ("turnout_count", "75", "60 + 15 = 75"),
        ("turnout_count", "76", "60 + 15 = 75"),
    ],
)
def test_what_is_missing_bounds_what_could_come(tmp_path, measure, value, beyond):
    making = _act(_count(1), "s1").row("stations", id="s2", area="land", registered="15")
    finding = only(found(making.figure(measure, value).report(tmp_path), "announced-and-tabulated"))
    far = value in ("65.23", "52.16", "76")
    assert finding.severity == ("warning" if far else "notice")
    assert finding.arithmetic.endswith(f"; {beyond}") == far
    assert ("What is missing has 15 voters" in finding.says) == far


def test_an_announcement_of_the_night_is_a_notice_too(tmp_path):
    making = _act(_count(2), "s1")
    making = _act(making, "s2").figure("share_counted", "54.47")
    findings = found(_announced(making, tmp_path), "announced-and-tabulated")
    assert {f.severity for f in findings} == {"notice"}
    assert all("when 54.47 % was counted" in f.says for f in findings)


@pytest.mark.parametrize("share", ["54.545", "54.55", "54.5", "55", "54", "54.54"])
def test_an_announced_share_may_have_other_decimals_than_ours(tmp_path, share):
    making = _act(_count(2), "s1")
    making = _act(making, "s2").figure("candidate_share", share, choice="a")
    report = making.report(tmp_path)
    assert passed(report, "announced-and-tabulated")
    assert not found(report, "announced-and-tabulated")


@pytest.mark.parametrize("share", ["54.56", "54.53", "56", "54.6"])
def test_an_announced_share_that_ours_does_not_print_as_is_found(tmp_path, share):
    making = _act(_count(2), "s1")
    making = _act(making, "s2").figure("candidate_share", share, choice="a")
    assert found(making.report(tmp_path), "announced-and-tabulated")


def test_an_announced_turnout_is_held_against_ours(tmp_path):
    making = _act(_count(2), "s1")
    _act(making, "s2").figure("turnout_share", "60.00")
    assert passed(making.report(tmp_path / "right"), "announced-and-tabulated")
    making.figure("turnout_share", "61.00", as_of="2031-05-20")
    assert found(making.report(tmp_path / "wrong"), "announced-and-tabulated")


def test_the_record_of_twelve_stations_is_checked_as_it_is_meant(tmp_path):
    folder = Path(__file__).resolve().parents[1] / "records" / "twelve-stations"
    if not folder.is_dir():
        pytest.skip("the record of twelve stations is not here")
    report = check_record(read_record(folder))
    form = only(found(report, "form"))
    assert (form.check, form.severity, form.where.station) == ("form: votes add up", "error", "south-1")
    assert [f.where.station for f in found(report, "held")] == ["east-1", "south-3"]
    assert only(found(report, "annulled")).where.station == "east-2"
    assert [c.where.station for c in only(found(report, "without-return")).cases] == ["north-4", "south-3"]
    assert {f.severity for f in found(report, "announced-and-tabulated")} == {"notice"}
    as_text(report)


_ADDED = _ITEMS + '[[form.items]]\nid = "added"\nrole = "added-to-list"\n'


@pytest.mark.parametrize(("added", "more"), [(20, False), (9, True), (None, False)])
def test_voters_added_on_the_day_are_voters(tmp_path, added, more):
    act = _act(_count(definition=_ADDED), added=added, registered=50)
    report = act.report(tmp_path)
    assert bool(found(report, "more-votes-than-voters")) == more
    # Without the number added nobody can say.
    assert bool(lacking(report, "more-votes-than-voters")) == (added is None)


def test_figures_too_large_to_add_up_do_not_keep_the_rest_from_being_checked(tmp_path):
    made = _count(stations=2)
    for station in ("s1", "s2"):
        _act(made, station, **{"votes.a": _LARGEST})
    report = made.figure("valid_votes", 5).report(tmp_path)
    assert only(found(report, "sums")).severity == "error"
    assert found(report, "without-source")
