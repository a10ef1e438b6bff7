"""Claims into a record: what is proposed, what is accepted, and that nothing is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tallyroom.check.checks import check_record
from tallyroom.errors import CannotWrite
from tallyroom.reading.collection import read_documents
from tallyroom.reading.into.draft import write_draft
from tallyroom.reading.into.proposals import proposal_of
from tallyroom.reading.into.register import Register, nameable
from tallyroom.reading.into.taking import take_in
from tallyroom.record.adding import add_rows
from tallyroom.record.claim import Claim
from tallyroom.record.folder import convert, read_record, write_record
from tests.check.making import Making
from tests.reading.labelled import ELECTIONS
from tests.reading.retold import TOLD_AGAIN

REPORT = """BAKU, Azerbaijan, February 8. Turnout in the presidential election was 76.73 percent, Nigar Safarova,
spokeswoman of the Central Election Commission, told reporters.
Ilham Aliyev received 4,567,458 votes, she said.
Ada Obi received 12 votes.
"""


@pytest.fixture
def record(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    write_record(convert(read_record("azerbaijan-2024"), "csv"), folder)
    return folder


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_accepted_rows_keep_the_id_of_their_claim_and_name_their_source(record: Path, report: Path) -> None:
    before = len(read_record(record).rows("announcements"))
    take_in(record, read_documents([str(report)], read_record(record)), lambda proposal: "accepted")
    after = read_record(record)
    added = after.rows("announcements")[before:]
    claims = {claim["id"]: claim for claim in after.claims}
    assert [(row["measure"], row["value"], row["source"]) for row in added] == [
        ("turnout_share", "76.73", "report"),
        ("candidate_votes", "4567458", "report"),
    ]
    assert all(row["claim"] in claims for row in added)
    assert {claims[row["claim"]]["review"] for row in added} == {"accepted"}
    assert after.named["report"]["date"] == "2024-02-08"
    assert after.named["nigar-safarova"].table == "people"


def test_what_is_left_open_is_decided_the_next_time_and_reading_again_adds_nothing(record: Path, report: Path) -> None:
    readings = read_documents([str(report)], read_record(record))
    first = take_in(record, readings, lambda proposal: "proposed")
    assert (first.written, first.open) == ({"claims.jsonl": 4, "sources.csv": 1}, 2)
    second = take_in(record, readings, lambda proposal: "rejected")
    assert (second.written, second.open) == ({}, 0)
    third = take_in(record, readings, lambda proposal: "accepted")
    assert (third.written, [one.proposal.table for one in third.claims]) == ({}, ["", ""])


def test_somebody_new_comes_in_with_the_first_row_that_is_accepted(record: Path, tmp_path: Path) -> None:
    path = tmp_path / "two.txt"
    path.write_text(
        "Turnout was 76.73 percent, Nigar Safarova said.\n"
        + "\nIlham Aliyev received 4,567,458 votes, Nigar Safarova said.\n" * 2,
        encoding="utf-8",
    )
    answers = iter(["rejected", "accepted", "accepted"])
    taken = take_in(record, read_documents([str(path)], read_record(record)), lambda proposal: next(answers))
    # The third sentence says what the second said: no second row of it.
    rows = {"people.csv": 1, "announcements.csv": 1}
    assert (taken.written, taken.without_row) == ({"sources.csv": 1, "claims.jsonl": 3} | rows, 1)


def test_a_speaker_is_found_by_initials_surname_and_office_and_nobody_is_made_of_a_common_noun(record: Path) -> None:
    register = Register(read_record(record))
    found = {name: register.find(name) for name in ("S.N. Lebedev", "Sergei Lebedev", "Central Election Commission")}
    assert found == {
        "S.N. Lebedev": ("people", "sergey-lebedev"),
        "Sergei Lebedev": ("people", "sergey-lebedev"),
        "Central Election Commission": ("organisations", "cec"),
    }
    named = ("Ada Obi", "ODIHR", "election officials", "An embassy source", "the poll that it held", "Ministry")
    assert [name for name in named if nameable(name)] == ["Ada Obi", "ODIHR"]
    others = ("Central Election Commission", "The Russian side", "Georgian opposition", "Sunland Court of Appeal")
    assert [name for name in others if nameable(name)] == ["Central Election Commission", "Sunland Court of Appeal"]


def test_the_commission_of_a_country_is_one_body_by_all_its_names_and_never_the_country(tmp_path: Path) -> None:
    record = Making().area("talvia", kind="nation").record(tmp_path)
    register = Register(record)
    assert register.find("Talvia") == ("areas", "talvia")
    assert register.find("Central Election Commission (CEC) of Talvia") is None
    _, row = register.add("Central Election Commission (CEC) of the Republic of Talvia")
    names = ("Central Election Commission of Talvia", "the Central Election Commission", "CEC", "CEC of Talvia")
    assert {register.find(name) for name in names} == {("organisations", row["id"])}


@pytest.mark.parametrize(
    ("kind", "subject", "value", "row"),
    [
        (
            "congratulation",
            "Ada Obi to Ilham Aliyev",
            "congratulated him",
            ("ada-obi", "ilham-aliyev", "congratulated him"),
        ),
        ("endorsement", "Ilham Aliyev", "Lake League", ("lake-league", "ilham-aliyev", "supports Ilham Aliyev")),
        ("endorsement", "the armed forces", "Lake League", None),
        ("assessment", "election", "calm", ("harbour-court", "election", "calm")),
    ],
)
def test_a_statement_is_of_whoever_acts_and_about_whom_it_is(
    kind: str, subject: str, value: str, row: tuple[str, str, str] | None
) -> None:
    record = read_record("azerbaijan-2024")
    claim = Claim("c", "msk-1285", kind, subject, value, "words", 0, 5, "test", attributed_to="Harbour Court")
    proposal = proposal_of(claim, record, Register(record), "2024-02-08")
    who = proposal.cells.get("person") or proposal.cells.get("organisation", "")
    assert (row is None) == bool(proposal.why_not)
    assert row is None or (who, proposal.cells["about"], proposal.cells["says"]) == row
    assert row is None or proposal.cells["claim"] == "c"


def test_a_source_is_said_to_repeat_another_once_somebody_accepts_it(record: Path, tmp_path: Path) -> None:
    paths = [tmp_path / "release.txt", tmp_path / "paper.txt"]
    for path, text in zip(paths, TOLD_AGAIN[2], strict=True):
        path.write_text(text, encoding="utf-8")
    paths[1].write_text(f"{TOLD_AGAIN[2][1]}\nThis is what the Harbour reports.", encoding="utf-8")
    take_in(record, read_documents(map(str, paths), read_record(record)), lambda proposal: "proposed")
    assert read_record(record).named["paper"]["derived_from"] == ""
    taken = take_in(record, [], lambda proposal: "accepted")
    after = read_record(record)
    assert (taken.repeated, after.named["paper"]["derived_from"]) == (1, "release")
    (told,) = after.reuse
    assert [one["in_copy"] for one in told["sentences"]] == [0, 1, None, 3]
    assert told["added"][0].startswith("Because of the floods")


def test_a_statement_is_one_in_all_reports_of_one_text_and_one_for_each_of_others(record: Path, tmp_path: Path) -> None:
    statement = "\nThe Harbour Union supports Ilham Aliyev. The Harbour Union supports Ada Obi."
    reports = {
        "release": TOLD_AGAIN[2][0],
        "paper": f"{TOLD_AGAIN[2][1]}\nThe Harbour reports.",
        "other": "All is calm.",
    }
    for name, text in reports.items():
        (tmp_path / f"{name}.txt").write_text(text + statement, encoding="utf-8")
    readings = read_documents([str(tmp_path / f"{name}.txt") for name in reports], read_record(record))
    add_rows(record, {"people": [{"id": "ada-obi", "name": "Ada Obi"}]})
    before = len(read_record(record).rows("statements"))
    taken = take_in(record, readings, lambda proposal: "accepted")
    added = [(row["about"], row["source"]) for row in read_record(record).rows("statements")[before:]]
    both = ("ilham-aliyev", "ada-obi")
    assert [one for one in added if one[0] in both] == [(who, name) for name in ("release", "other") for who in both]
    assert "statements.csv has it already." in {one.proposal.why_not for one in taken.claims}


def test_a_built_in_record_is_not_written_to(report: Path) -> None:
    with pytest.raises(CannotWrite, match="built-in"):
        take_in(Path("azerbaijan-2024"), read_documents([str(report)]), lambda proposal: "accepted")


def test_a_record_that_would_not_be_read_is_put_back_as_it_was(record: Path, report: Path) -> None:
    readings = read_documents([str(report)], read_record(record))
    (record / "log").mkdir()
    before = {path.name: path.read_bytes() for path in record.iterdir() if path.is_file()}

    def breaks(proposal: object) -> str:
        (record / "polls.csv").write_text("no such column\n1\n", encoding="utf-8")
        return "accepted"

    with pytest.raises(Exception, match=r"polls\.csv"):
        take_in(record, readings, breaks)
    kept = {path.name: path.read_bytes() for path in record.iterdir() if path.is_file() and path.name != "polls.csv"}
    assert kept == {name: data for name, data in before.items() if name != "polls.csv"}


def test_what_somebody_else_writes_while_a_person_reviews_is_kept(record: Path, report: Path) -> None:
    def decide(proposal: object) -> str:
        if "gazette" not in read_record(record).named:
            add_rows(record, {"sources": [{"id": "gazette", "outlet": "The Gazette"}]})
        return "accepted"

    take_in(record, read_documents([str(report)], read_record(record)), decide)
    assert {"gazette", "report"} <= {row.id for row in read_record(record).current("sources")}


def test_what_two_accept_at_once_of_one_document_is_there_once(record: Path, report: Path) -> None:
    readings = read_documents([str(report)], read_record(record))

    def decide(proposal: object) -> str:
        if "report" not in read_record(record).named:
            take_in(record, readings, lambda proposal: "accepted")
        return "accepted"

    take_in(record, readings, decide)
    now = read_record(record)
    assert [row.id for row in now.current("sources")].count("report") == 1
    told = [row["claim"] for row in now.rows("announcements") if row["claim"]]
    assert told
    assert len(told) == len(set(told))


def test_a_first_record_is_made_of_documents_alone(tmp_path: Path) -> None:
    folder = tmp_path / "draft"
    write_draft(folder, read_documents([str(ELECTIONS / "nigeria.txt")]))
    record = read_record(folder)
    assert record.election.date == "2023-02-25"
    assert {choice.id for choice in record.election.contests[0].choices} >= {"bola-adekunle", "atiku-bello"}
    votes = {row["choice"]: row["value"] for row in record.rows("announcements") if row["measure"] == "candidate_votes"}
    assert votes["bola-adekunle"] == "8794726"
    assert all(json.loads(json.dumps(claim)) for claim in record.claims)
    check_record(record)


def test_a_draft_has_the_time_zone_of_a_country_with_one_and_the_election_s_name_with_its_country(
    tmp_path: Path,
) -> None:
    text = (
        "The presidential election in Nigeria took place on 25 February 2023. Turnout in Nigeria was 26.72 percent.\n"
    )
    for country, zone in (("Nigeria", "Africa/Lagos"), ("Brazil", "Etc/UTC")):
        report = tmp_path / f"{country}.txt"
        report.write_text(text.replace("Nigeria", country), encoding="utf-8")
        taken = write_draft(tmp_path / country, read_documents([str(report)]))
        election = read_record(tmp_path / country).election
        assert (election.timezone, election.names["en"]) == (zone, f"Presidential election in {country}")
        assert ("timezone" in (taken.guesses or ())) == (country == "Brazil")


def test_where_a_document_gives_two_figures_for_one_thing_a_draft_leaves_both_to_a_person(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(
        "The presidential election in Talvia was held on 18 May 2031.\nAda Obi received 50.84 percent of the votes.\n"
        "Turnout was 25.1 percent by noon and 61.2 percent by 17:00.\nAda Obi got 48.4 percent of the votes.\n",
        encoding="utf-8",
    )
    taken = write_draft(tmp_path / "draft", read_documents([str(report)]))
    record = read_record(tmp_path / "draft")
    rows = {(row["measure"], row["value"], row["as_of"]) for row in record.rows("announcements")}
    assert rows == {("turnout_share", "25.1", "2031-05-18T12:00"), ("turnout_share", "61.2", "2031-05-18T17:00")}
    assert taken.open == 2
    take_in(tmp_path / "draft", [], lambda proposal: "accepted")
    assert len(read_record(tmp_path / "draft").rows("announcements")) == 4


def test_without_a_day_of_the_vote_there_is_no_draft_until_one_is_given(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("", encoding="utf-8")
    readings = read_documents([str(empty)])
    with pytest.raises(CannotWrite, match="--date"):
        write_draft(tmp_path / "draft", readings)
    with pytest.raises(CannotWrite, match="'soon'"):
        write_draft(tmp_path / "draft", readings, "soon")
    assert not (tmp_path / "draft").exists()
    write_draft(tmp_path / "draft", readings, "2027-03")
    record = read_record(tmp_path / "draft")
    assert (record.claims, record.election.date) == ((), "2027-03")


def test_a_paper_that_heads_its_report_is_the_outlet_and_who_votes_on_a_day_dates_the_vote(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(
        "The Sunland Gazette\n14 March 2027\n\nSunland votes for a president on Sunday, 21 March 2027. "
        "Some 1,204,330 voters are on the rolls.\n",
        encoding="utf-8",
    )
    write_draft(tmp_path / "draft", read_documents([str(report)]))
    record = read_record(tmp_path / "draft")
    assert record.election.date == "2027-03-21"
    assert [row["outlet"] for row in record.rows("sources")] == ["The Sunland Gazette"]
