"""No record that can be read stops the checks, and what they say is fit to be published."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tallyroom.check.checks import check_record
from tallyroom.check.findings import Report
from tallyroom.errors import CannotReadRecord
from tallyroom.record.folder import read_record
from tallyroom.record.measures import MEASURES, QUALIFIERS
from tallyroom.tabulate.results import Results
from tests.check.making import Making, as_text, found, only, passed

_FINDING = {
    "check", "severity", "where", "says", "numbers", "arithmetic", "sources", "look_at", "count", "cases"
}  # fmt: skip

_values = st.one_of(
    st.integers(0, 120).map(str),
    st.integers(0, 10**7).map(str),
    st.integers(-5, 10**20).map(str),
    st.decimals(-1, 130, places=2).map(str),
    st.decimals(0, 100, places=1).map(str),
    st.sampled_from(["0", "0.00", "100", "100.00", "9223372036854775807", "9223372036854775808", "1" + "0" * 60]),
    st.sampled_from(["0." + "3" * 38, "0." + "0" * 60 + "1", "-0", "99.995", "1" * 5000]),
)
_times = st.sampled_from(
    [
        *("", "2031-05-18", "2031-05-18T12:00", "2031-05-18T20:00", "2031-05-18T23:00+05:00", "2031-05-19"),
        *("../2031-05-18", "2031-05-18/..", "2031-05-18T20:00/2031-05-19", "2031", "0001-01-01", "9999-12-31"),
        *("../9999", "0001/.."),
    ]
)
_measures = st.sampled_from([*MEASURES, "candidate_votes", "candidate_share", "turnout_count", "turnout_share"])
_row = st.fixed_dictionaries(
    {
        "announcement": st.sampled_from(["one", "two", "three"]),
        "election": st.sampled_from(["", "", "", "invented", "before"]),
        "at": _times,
        "as_of": _times,
        "place": st.sampled_from(["", "", "land", "north", "south", "abroad", "s1", "s2"]),
        "contest": st.sampled_from(["", "", "president", "council"]),
        "choice": st.sampled_from(["", "a", "b", "x", "y", "nobody"]),
        "about": st.sampled_from(["", "", "exit", "AZ", "north", "exit AZ"]),
        "measure": _measures,
        "subject": st.sampled_from(
            ["", "", "refused", "protocols", "turnout-reports", "domestic", "permanent", "women"]
        ),
        "counted": st.sampled_from(["", "", "persons", "stations", "ballots", "countries", "votes"]),
        "qualifier": st.sampled_from(["", "", *QUALIFIERS]),
        "modality": st.sampled_from(["", "", "planned", "expected", "projected", "preliminary", "final", "legal rule"]),
        "of": st.sampled_from(["", "", "", "r0", "r1"]),
        "value": _values,
        "unit": st.sampled_from(["count", "percent"]),
    }
)


def _making(rows: list[dict[str, str]], zone: str) -> Making:
    definition = '[[elections]]\nid = "before"\ndate = "2026"\n'
    making = Making(contests={"president": ("a", "b"), "council": ("x", "y")}, definition=definition, zone=zone)
    making.area("land", kind="nation").area("north", "land").area("south", "land").area("abroad", kind="group")
    making.row("stations", id="s1", area="north").row("stations", id="s2", area="north")
    making.row("people", id="nobody").row("polls", id="exit", kind="exit-poll")
    making.announcements = [{"id": f"r{n}", **row} for n, row in enumerate(rows)]
    return making


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(_row, min_size=2, max_size=40), st.sampled_from(["America/Caracas", "Asia/Baku", "UTC"]))
def test_no_record_that_can_be_read_stops_the_checks(tmp_path_factory, rows, zone):
    try:
        report = _making(rows, zone).report(tmp_path_factory.mktemp("random"))
    except CannotReadRecord:
        return
    _fit_to_publish(report)


# Not made smaller: a hundred figures that go together take longer to shrink than to read.
_AS_IT_IS = (Phase.explicit, Phase.reuse, Phase.generate)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), phases=_AS_IT_IS)
@given(st.data())
def test_no_result_that_can_be_told_stops_the_checks(tmp_path_factory, data):
    """As above with rows that go together, so that the checks get to their findings."""
    making = Making(("a", "b", "c")).row("polls", id="exit", kind="exit-poll").row("calendar", at="2031", event="poll")
    numbers = st.one_of(st.integers(0, 3), st.integers(0, 2000))
    shares = st.one_of(st.integers(0, 100).map(str), st.decimals(0, 100, places=2).map(str))
    for announcement in ("one", "two"):
        at = data.draw(_times)
        cells = {"announcement": announcement, "as_of": at, "at": at}
        making.votes(*data.draw(st.tuples(numbers, numbers, numbers)), **cells)
        making.shares(*data.draw(st.tuples(shares, shares, shares)), **cells)
        for measure in ("valid_votes", "turnout_count", "registered_voters", "polling_stations", "stations_reporting"):
            making.figure(measure, data.draw(numbers), **cells)
        for measure in ("turnout_share", "share_counted"):
            making.figure(measure, data.draw(shares), **cells)
        for measure in (
            "webcams",
            "voters_per_station",
            "stations_annulled",
            "ballots_printed",
            "candidates_registered",
        ):
            making.figure(measure, data.draw(numbers), **cells)
        making.figure("webcams", data.draw(shares), unit="percent", **cells)
        making.figure("observers", data.draw(numbers), **cells)
        for subject in ("domestic", "international"):
            making.figure("observers", data.draw(numbers), subject=subject, **cells)
        for choice in "abc":
            making.figure("exit_poll_share", data.draw(shares), choice=choice, about="exit", **cells)
        refused = {"counted": "respondents", "about": "exit", "unit": "percent"}
        making.figure("exit_poll_design", data.draw(shares), subject="refused", **cells, **refused)
    _fit_to_publish(making.report(tmp_path_factory.mktemp("random")))


def _fit_to_publish(report: Report) -> None:
    """The report is JSON in the shape of `check --json`, without floats, and its sentences are whole."""
    data = json.loads(as_text(report))
    assert set(data) == {"record", "findings", "passed", "cannot_check"}
    for finding in data["findings"]:
        assert set(finding) == _FINDING
        assert finding["severity"] in ("error", "warning", "notice")
        assert finding["count"] == max(1, len(finding["cases"]))
        for where in (finding["where"], *(case["where"] for case in finding["cases"])):
            assert set(where) <= {"file", "line", "area", "station", "contest"}
            assert where["file"]
            assert not Path(where["file"]).is_absolute()
        for numbers in (finding["numbers"], *(case["numbers"] for case in finding["cases"])):
            assert all(_is_number(value) for value in numbers.values()), numbers
        for says in (finding["says"], finding["look_at"], *(case["says"] for case in finding["cases"])):
            _is_a_sentence(says)
        assert finding["look_at"]
    for one in data["passed"]:
        assert set(one) == {"check", "of", "says"}
        assert one["of"] >= 1
        _is_a_sentence(one["says"])
    for one in data["cannot_check"]:
        assert set(one) == {"check", "lacks", "where", "count"}
        assert one["count"] >= 1
        assert one["lacks"]
    keys = [(f["check"], f["says"], json.dumps(f["where"])) for f in data["findings"]]
    assert len(keys) == len(set(keys)), "the same finding twice"


def _is_number(value: Any) -> bool:
    if isinstance(value, str):
        return re.fullmatch(r"-?\d+(\.\d+)?…?", value) is not None
    return isinstance(value, int) and not isinstance(value, bool)


def _is_a_sentence(text: str) -> None:
    assert text.endswith("."), text
    for slip in ("  ", "..", "None", "Fraction", "{", "}", " ,", " .", "fraud", "falsif", "rigged", "manipulat"):
        assert slip not in text, text


@pytest.mark.parametrize("name", ["azerbaijan-2024", "twelve-stations"])
def test_the_report_of_a_whole_record_is_fit_to_publish(name, azerbaijan):
    folder = Path(__file__).resolve().parents[1] / "records" / name
    if name != "azerbaijan-2024" and not folder.is_dir():
        pytest.skip(f"{folder} is not here")
    _fit_to_publish(check_record(azerbaijan if name == "azerbaijan-2024" else read_record(folder)))


def test_every_finding_about_a_row_names_its_file_and_line(report):
    for finding in report.findings:
        assert (finding.where.file, finding.where.line > 0) == ("announcements.csv", True), finding.says


def test_every_finding_with_numbers_shows_its_arithmetic(report):
    """Each equation of the arithmetic holds when a person, here Python, works it out again."""
    for finding in report.findings:
        for equation in finding.arithmetic.split("; "):
            left, sign, right = equation.partition(" = ")
            if sign:
                assert _worked_out(left) == pytest.approx(
                    float(right), rel=1e-4, abs=0.51 if "." not in right else 5e-5
                )
            elif "->" not in equation:
                assert equation == "", equation


def _worked_out(expression: str) -> float:
    assert re.fullmatch(r"[\d.+\-*/ ()]+", expression), expression
    return float(eval(expression))


@pytest.mark.parametrize(
    ("measure", "value", "unit", "why"),
    [
        ("turnout_count", "-5", "count", "less than nothing"),
        ("turnout_count", "12.5", "count", "no decimals"),
        ("turnout_count", "9223372036854775808", "count", "64 bits"),
        ("turnout_count", "1" * 100, "count", "100 characters"),
        ("candidate_share", "100.01", "percent", "more than 100 %"),
        ("share_counted", "93.35", "count", "a share stands as a count"),
    ],
)
def test_what_no_figure_can_be_is_one_error_and_is_left_out_of_all_else(tmp_path, measure, value, unit, why):
    making = Making().figure("registered_voters", 1000).figure(measure, value, unit=unit)
    report = making.report(tmp_path)
    finding = only(list(report.findings[:1]))
    assert (finding.check, finding.severity, finding.where.line) == ("impossible-figure", "error", 3)
    assert why in finding.says
    assert [f.check for f in report.findings[1:]] == ["without-source"]


@pytest.mark.parametrize(
    ("measure", "value"), [("turnout_count", "0"), ("voters_per_station", "884.6"), ("seats", "0")]
)
def test_what_a_figure_can_be_is_let_pass(tmp_path, measure, value):
    report = Making().figure(measure, value).report(tmp_path)
    assert passed(report, "impossible-figure")


def _many(announcements: int) -> Iterator[tuple[str, str, str, str]]:
    """Turnouts, votes and shares of many areas, and one figure given over and over."""
    for n in range(announcements // 5):
        place = f"r{n}"
        yield "registered_voters", "1000", place, ""
        yield "turnout_count", str(500 + n % 400), place, ""
        yield "candidate_votes", str(200 + n % 100), place, "a"
        yield "candidate_votes", str(150 + n % 70), place, "b"
        yield "turnout_count", str(300_000 + n), "", ""


@pytest.mark.parametrize("kind", ["areas", "one-thing", "moments"])
def test_five_thousand_announcements_take_a_few_seconds(tmp_path, kind):
    """Far below what comparing each with each would take; the bound leaves room for a busy machine."""
    making = Making().area("land", kind="nation")
    if kind == "areas":
        for n in range(1000):
            making.area(f"r{n}", "land")
        for n, (measure, value, place, choice) in enumerate(_many(5000)):
            making.figure(measure, value, place=place, choice=choice, id=f"x{n}")
    for n in range(5000 if kind != "areas" else 0):
        minute = f"2031-05-{18 + n // 1440}T{n // 60 % 24:02}:{n % 60:02}"
        as_of = minute if kind == "moments" else "2031-05-18"
        making.figure(("turnout_count", "turnout_share")[n % 2], 10 + n // 100, as_of=as_of, at=minute, id=f"x{n}")
    record = making.record(tmp_path)
    started = time.perf_counter()
    check_record(record, Results("invented", []))
    assert time.perf_counter() - started < 20


def test_a_poll_that_answers_nothing_is_let_alone(tmp_path):
    report = (
        Making()
        .row("polls", id="exit", kind="exit-poll")
        .figure("exit_poll_design", 500, about="exit")
        .report(tmp_path)
    )
    assert not found(report, "poll-shares")
