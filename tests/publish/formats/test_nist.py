"""The report in NIST's format, against both of its schemas."""

from __future__ import annotations

import importlib
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tallyroom.publish.formats import nist
from tallyroom.publish.formats.nist_files import as_json, as_xml
from tallyroom.record.folder import Record, read_record
from tallyroom.tabulate.results import tabulate

jsonschema = importlib.import_module("jsonschema")
xmlschema = importlib.import_module("xmlschema")

AT = datetime(2026, 11, 22, 6, 0, 0, 123456, tzinfo=UTC)
TESTS = Path(__file__).parents[2]
TWELVE = TESTS / "records" / "twelve-stations"
HOSTILE = TESTS / "publish" / "hostile"


@pytest.fixture(scope="session")
def schemas(shared: Path) -> tuple[Any, Any]:
    folder = shared / "data" / "nist-1500-100"
    of_json = json.loads((folder / "NIST_V2_election_results_reporting.json").read_text())
    return jsonschema.Draft4Validator(of_json), xmlschema.XMLSchema(folder / "NIST_V2_election_results_reporting.xsd")


def made(record: Record) -> dict[str, Any]:
    return nist.report(record, tabulate(record), AT)


def changed(tmp_path: Path, file: str, *replacements: tuple[str, str]) -> Record:
    """The record of twelve stations with some text of a file replaced."""
    folder = tmp_path / "changed"
    if not folder.exists():
        shutil.copytree(TWELVE, folder)
    text = (folder / file).read_text()
    for before, after in replacements:
        assert before in text
        text = text.replace(before, after)
    (folder / file).write_text(text)
    return read_record(folder)


@pytest.fixture
def lists(tmp_path: Path) -> Record:
    """A record whose council is elected by lists, and certified."""
    changed(tmp_path, "calendar.csv", ("2031-05-21,ruling", "2031-05-25,certified,commission,,,law\n2031-05-21,ruling"))
    changed(tmp_path, "returns/council.csv", ("held,the form arrived without its envelope", "accepted,"))
    return changed(tmp_path, "election.toml", ('rule = "plurality"\nseats = 2', 'rule = "dhondt"\nseats = 7'))


def check(report: dict[str, Any], schemas: tuple[Any, Any]) -> None:
    of_json, of_xml = schemas
    assert [error.message for error in of_json.iter_errors(json.loads(as_json(report)))] == []
    assert [error.reason for error in of_xml.iter_errors(as_xml(report).decode())] == []


@pytest.mark.parametrize("record", ["azerbaijan-2024", TWELVE, HOSTILE], ids=str)
def test_a_record_is_valid_by_both_schemas(record, schemas):
    check(made(read_record(record)), schemas)


def test_a_list_election_is_valid_by_both_schemas(lists, schemas):
    check(made(lists), schemas)


def test_a_report_without_its_status_is_not_valid(schemas):
    report = made(read_record(TWELVE))
    del report["Status"]
    of_json, of_xml = schemas
    assert [error.validator for error in of_json.iter_errors(report)] == ["required"]
    assert not of_xml.is_valid(as_xml(report).decode())


def votes(report: dict[str, Any], contest: int, unit: str) -> dict[str, int]:
    """The votes of a contest at a unit, by selection."""
    selections = report["Election"][0]["Contest"][contest]["ContestSelection"]
    return {
        selection["@id"]: count["Count"]
        for selection in selections
        for count in selection.get("VoteCounts", [])
        if (count["GpUnitId"], count["Type"]) == (unit, "total")
    }


def test_every_vote_of_results_json_is_in_it_and_no_other():
    record = read_record(TWELVE)
    report, results = made(record), tabulate(record)
    for number, contest in enumerate(results.contests):
        for area in contest.areas:
            assert list(votes(report, number, f"gp-{area.area}").values()) == list(area.votes.values())


def test_a_station_is_a_precinct_with_the_votes_of_the_act_that_counts():
    report = made(read_record(TWELVE))
    units = {unit["@id"]: unit for unit in report["GpUnit"]}
    assert units["gp-north-2"]["Type"] == "precinct"
    assert votes(report, 0, "gp-north-2") == {"selection-1-1": 236, "selection-1-2": 202, "selection-1-3": 50}
    # Held, annulled and without an act; and one whose third figure cannot be read, which is not zero.
    assert [votes(report, 0, f"gp-{s}") for s in ("east-1", "east-2", "south-3")] == [{}, {}, {}]
    assert votes(report, 0, "gp-south-2") == {"selection-1-1": 160, "selection-1-2": 130}


def test_areas_are_a_tree_and_groups_name_their_stations():
    units = {unit["@id"]: unit for unit in made(read_record(TWELVE))["GpUnit"]}
    assert units["gp-talvia"]["ComposingGpUnitIds"] == ["gp-north", "gp-east", "gp-south"]
    assert units["gp-harbours"]["ComposingGpUnitIds"] == ["gp-north-2", "gp-east-4"]
    assert (units["gp-north"]["Type"], units["gp-north"]["OtherType"]) == ("other", "region")


def test_nothing_is_certified_nor_anybody_a_winner_before_the_calendar_says_so(lists, tmp_path):
    before = made(read_record(TWELVE))
    assert before["Status"] == "unofficial-partial"
    assert "PostElectionStatus" not in json.dumps(before)
    assert made(lists)["Status"] == "certified"


def test_a_complete_count_that_is_not_certified_is_unofficial(tmp_path):
    for name in ("president", "council"):
        (tmp_path / name).mkdir()
    shutil.copytree(TWELVE, tmp_path / "one")
    (tmp_path / "one" / "returns" / "president.csv").unlink()
    council = tmp_path / "one" / "returns" / "council.csv"
    council.write_text(council.read_text().replace("held,the form arrived without its envelope", "accepted,"))
    report = made(read_record(tmp_path / "one"))
    assert report["Status"] == "unofficial-complete"
    # One contest alone is counted, so its ballots are those of the election.
    units = {unit["@id"]: unit for unit in report["GpUnit"]}
    whole = {count["GpUnitId"]: count for count in report["Election"][0]["BallotCounts"]}["gp-talvia"]
    assert (whole["BallotsCast"], whole["BallotsRejected"]) == (4338, 73)
    assert (units["gp-talvia"]["SubUnitsReported"], units["gp-talvia"]["VotersRegistered"]) == (12, 7000)


def test_seats_of_lists_are_counts_of_seats(lists):
    selections = made(lists)["Election"][0]["Contest"][1]["ContestSelection"]
    seats = {s["@id"]: c["Count"] for s in selections for c in s["VoteCounts"] if c["Type"] == "seats"}
    assert seats == {"selection-2-1": 3, "selection-2-2": 3, "selection-2-3": 1, "selection-2-4": 0}


def test_an_announced_figure_is_never_in_it():
    report = made(read_record("azerbaijan-2024"))
    assert "VoteCounts" not in as_json(report).decode()
    assert report["Format"] == "summary-contest"
    assert report["Status"] == "unofficial-partial"


def test_above_a_size_areas_alone_are_in_it(monkeypatch):
    monkeypatch.setattr(nist, "MOST_STATIONS", 11)
    report = made(read_record(TWELVE))
    assert report["Format"] == "summary-contest"
    assert {unit["@id"] for unit in report["GpUnit"]} == {"gp-talvia", "gp-north", "gp-east", "gp-south", "gp-harbours"}
    assert votes(report, 0, "gp-talvia") == {"selection-1-1": 1671, "selection-1-2": 1222, "selection-1-3": 395}


def test_what_it_cannot_carry_is_listed_in_the_documentation():
    text = (TESTS.parent / "docs" / "nist-1500-100.md").read_text(encoding="utf-8")
    rows = "".join(f"| {what} | {why} |\n" for what, why in nist.LEFT_OUT)
    assert rows in text


def test_what_is_said_to_be_left_out_is_not_there():
    record = read_record(TWELVE)
    text = as_json(made(record)).decode()
    assert not any(word in text for word in ("BallotCounts", "VotersRegistered"))  # there are two contests
    assert not any(share in text for share in ('"50.82"', "Share", "turnout"))
    assert not any(row.id in text for row in record.current("sources") if row.id.startswith("register"))
    for reason in ("the box was open", "the form is not signed", "bundle was counted twice"):
        assert reason not in text
