"""Published polls beside the result: the built-in record's three, and what an interval needs."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallyroom.polls.published import Design, PublishedPoll, Result, published_polls, results_of
from tallyroom.record.folder import Record, read_record, write_record
from tallyroom.record.rows import Row
from tallyroom.tabulate.results import tabulate

DESIGN = Design(100, 5000, None, None, None, ())
POLL = Row("polls", "polls.csv", 2, "exit", {})


@pytest.fixture(scope="module")
def azerbaijan() -> Record:
    return read_record("azerbaijan-2024")


def test_the_three_polls_stand_beside_the_final_result(azerbaijan: Record) -> None:
    [result] = results_of(azerbaijan, tabulate(azerbaijan))
    assert (result.kind, result.as_of) == ("announced", "2024-02-11")
    differences = {
        poll.poll.id: next(one.difference for one in poll.beside(result) if one.choice == "ilham-aliyev")
        for poll in published_polls(azerbaijan)
    }
    assert differences == {"oracle": Fraction("1.78"), "src": Fraction("0.28"), "rey": Fraction("0.48")}


def test_a_poll_without_a_design_effect_has_no_interval_and_says_why(azerbaijan: Record) -> None:
    polls = {poll.poll.id: poll for poll in published_polls(azerbaijan)}
    assert not any(poll.intervals for poll in polls.values())
    assert "no margin or design effect is published" in polls["oracle"].no_interval
    assert "not known how many people were interviewed" in polls["rey"].no_interval
    assert "how many refused" in polls["oracle"].design.unknown
    assert "how many refused" not in polls["rey"].design.unknown


def test_a_design_effect_that_is_given_makes_an_interval_where_respondents_are_known(azerbaijan: Record) -> None:
    polls = {poll.poll.id: poll for poll in published_polls(azerbaijan, Fraction(4))}
    interval = polls["src"].intervals["ilham-aliyev"]
    assert interval.rests_on == "5,012 respondents and a design effect of 4"
    assert 90.5 < interval.low < 92.4 < interval.high < 94
    assert polls["rey"].intervals == {}


def test_a_margin_or_a_design_effect_of_the_record_makes_an_interval(tmp_path: Path) -> None:
    folder = tmp_path / "record"
    write_record(read_record("azerbaijan-2024"), folder)
    path = folder / "announcements.csv"
    head = path.read_text().splitlines()[0].split(",")
    common = {"announcement": "later", "at": "2024-02-08", "by": "oracle-advisory-group", "measure": "exit_poll_design"}
    common["source"] = "vestikavkaza-166335"
    effect = common | {"about": "src", "subject": "design-effect", "printed": "2.5", "value": "2.5", "unit": "count"}
    margin = common | {"about": "oracle", "subject": "margin", "printed": "1.5", "value": "1.5", "unit": "percent"}
    with path.open("a") as written:
        written.writelines(",".join(row.get(name, "") for name in head) + "\n" for row in (effect, margin))
    polls = {poll.poll.id: poll for poll in published_polls(read_record(folder))}
    assert polls["oracle"].intervals["ilham-aliyev"].rests_on == "the pollster's margin of 1.5 points"
    assert polls["src"].intervals["ilham-aliyev"].rests_on == "5,012 respondents and a design effect of 2.5"


def test_more_respondents_or_less_effect_make_it_narrower() -> None:
    def width(respondents: int, effect: str) -> float:
        from tallyroom.polls.published import _intervals

        design = replace(DESIGN, respondents=respondents, effect=Fraction(effect))
        one = _intervals({"a": Fraction(60)}, design)[0]["a"]
        return one.high - one.low

    assert width(5000, "2") < width(5000, "4")
    assert width(20000, "4") == pytest.approx(width(5000, "4") / 2, rel=0.01)


@given(st.integers(0, 100), st.integers(0, 100), st.integers(1, 99))
def test_the_refusals_that_would_explain_a_difference_do_explain_it(poll: int, true: int, refused: int) -> None:
    design = replace(DESIGN, refused=Fraction(refused))
    published = PublishedPoll(POLL, "c", design, {"a": Fraction(poll)}, {}, "")
    [beside] = published.beside(Result("announced", "c", "", "valid", {"a": Fraction(true)}))
    if poll == true:
        assert beside.non_response is None
        return
    explained = beside.non_response
    assert explained is not None
    if explained.needed is not None:
        assert (100 - refused) * poll + refused * explained.needed == 100 * true
        assert explained.least <= refused
    else:
        assert explained.least > refused


def test_the_tabulated_result_stands_beside_the_announced_one(shared) -> None:
    from tallyroom.sources.importing import import_files
    from tallyroom.sources.mapping_file import read_mapping

    record = import_files(read_mapping("georgia-2013"), [shared / "data" / "ge2013-president.csv"]).record
    [result] = results_of(record, tabulate(record))
    assert result.kind == "tabulated"
    assert float(result.shares["giorgi-margvelashvili"]) == pytest.approx(62.12, abs=0.005)
