"""The command `read`: claims on the terminal and as JSON, reuse, and a walk through what is proposed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tallyroom.cli import app
from tallyroom.record.folder import convert, read_record, write_record

REPORT = "BAKU, Azerbaijan, February 8. Turnout was 76.43 percent.\n\nIlham Aliyev received 4,567,458 votes.\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_json_has_each_document_by_the_path_as_given_and_claims_that_give_back_their_quote(report: Path) -> None:
    done = CliRunner().invoke(app, ["read", str(report), "--json"])
    (told,) = json.loads(done.stdout)
    assert told["document"] == str(report)
    assert [(claim["kind"], claim["value"]) for claim in told["claims"]] == [
        ("turnout_share", 76.43),
        ("candidate_votes", 4567458),
    ]
    assert all(REPORT[claim["start"] : claim["end"]] == claim["quote"] for claim in told["claims"])


def test_a_document_that_cannot_be_read_ends_with_1_and_the_others_are_read(report: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["read", str(tmp_path / "gone.txt"), str(report)])
    assert done.exit_code == 1
    assert "gone.txt cannot be read" in " ".join(done.stdout.split())
    assert "turnout_share" in done.stdout


def test_each_claim_is_a_line_below_the_words_that_it_stands_in_without_their_markup(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>The com&shy;mission&rsquo;s turnout was <b>76.43&nbsp;percent</b>.</p>", encoding="utf-8")
    done = CliRunner().invoke(app, ["read", str(page)])
    assert done.stdout.splitlines()[1:3] == [
        "  “The commission’s turnout was 76.43 percent.”",
        "    turnout_share | voters | 76.43 percent",
    ]


def test_reuse_says_what_was_carried(report: Path, tmp_path: Path) -> None:
    lines = [
        "Snow kept three of the stations in the valley of Tamo closed until nine in the morning.",
        "The mayor had the roads cleared and asked the voters to come in the afternoon instead.",
        "Candles were lit at the harbour for the fishermen who did not come home last winter.",
    ]
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    first.write_text("\n".join(lines), encoding="utf-8")
    second.write_text("\n".join(lines[:2]), encoding="utf-8")
    done = CliRunner().invoke(app, ["read", str(first), str(second), str(report), "--reuse", "--json"])
    (told,) = json.loads(done.stdout)
    assert (told["source"], told["copy"], told["dropped"]) == (str(first), str(second), [2])


def test_a_person_accepts_one_row_and_rejects_another(report: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    write_record(convert(read_record("azerbaijan-2024"), "csv"), mine)
    before = len(read_record(mine).rows("announcements"))
    waiting = CliRunner().invoke(app, ["read", str(report), "--into", str(mine)])
    assert "2 proposals wait" in " ".join(waiting.stdout.split())
    assert "2 claims and 1 source into" in " ".join(waiting.stdout.split())
    done = CliRunner().invoke(app, ["read", "--into", str(mine), "--review"], input="y\nn\n")
    assert done.exit_code == 0, done.output
    record = read_record(mine)
    assert [row["measure"] for row in record.rows("announcements")[before:]] == ["turnout_share"]
    assert [claim["review"] for claim in record.claims] == ["accepted", "rejected"]


def test_who_stops_midway_keeps_what_was_answered_and_goes_on_later(report: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    write_record(convert(read_record("azerbaijan-2024"), "csv"), mine)
    # An answer that is none is asked again; the end of the input is the end of the walk.
    first = CliRunner().invoke(app, ["read", str(report), "--into", str(mine), "--review"], input="what\ny\n")
    assert first.exit_code == 0, first.output
    assert [claim["review"] for claim in read_record(mine).claims] == ["accepted", "proposed"]
    CliRunner().invoke(app, ["read", "--into", str(mine), "--review"], input="q\n")
    assert [claim["review"] for claim in read_record(mine).claims] == ["accepted", "proposed"]
    CliRunner().invoke(app, ["read", "--into", str(mine), "--review"], input="y\n")
    assert [claim["review"] for claim in read_record(mine).claims] == ["accepted", "accepted"]


def test_a_draft_is_a_record_that_can_be_checked(report: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["read", str(report), "--draft", str(tmp_path / "draft"), "--date", "2024-02-07"])
    assert done.exit_code == 0, done.output
    assert CliRunner().invoke(app, ["check", str(tmp_path / "draft")]).exit_code in (0, 1)
    assert "Guesses are marked" in done.stdout


def test_the_json_of_claims_taken_into_a_record_says_what_was_written_and_what_each_would_be(
    report: Path, tmp_path: Path
) -> None:
    mine, gone = tmp_path / "mine", tmp_path / "gone.txt"
    write_record(convert(read_record("azerbaijan-2024"), "csv"), mine)
    copy = tmp_path / "copy.txt"
    more = "The chairman thanked everybody who had come to the harbour of Tamo in spite of the snow.\n"
    report.write_text(REPORT + more, encoding="utf-8")
    copy.write_text(f"{REPORT}{more}This is the news, The Harbour reports.\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["read", str(report), str(copy), str(gone), "--into", str(mine), "--json"])
    assert done.exit_code == 1
    told = json.loads(done.stdout)
    assert told.keys() == {"record", "documents", "written", "open", "claims", "reuse"}
    assert told["record"] == str(mine)
    assert [(one["document"], one["source"], "fault" in one) for one in told["documents"]] == [
        (str(report), "report", False), (str(copy), "copy", False), (str(gone), None, True)
    ]  # fmt: skip
    assert told["written"] == {"sources.csv": 2, "claims.jsonl": len(told["claims"]), "reuse.jsonl": 1}
    lines = [json.loads(line) for line in (mine / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [
        {k: v for k, v in claim.items() if k not in ("new", "rows", "why_not")} for claim in told["claims"]
    ] == lines
    assert all(claim["new"] and bool(claim["rows"]) != bool(claim["why_not"]) for claim in told["claims"])
    assert {row["table"] for claim in told["claims"] for row in claim["rows"][-1:]} == {"announcements"}
    (reuse,) = told["reuse"]
    assert reuse.keys() == {"id", "source", "copy", "overlap", "review", "carried", "dropped", "added", "new"}
    assert (reuse["source"], reuse["copy"], reuse["review"], reuse["new"]) == ("report", "copy", "proposed", True)
    waiting = sum(bool(claim["rows"]) for claim in told["claims"]) + 1
    assert told["open"] == waiting
    done = CliRunner().invoke(app, ["read", "--into", str(mine), "--accept-all", "--json"])
    after = json.loads(done.stdout)
    assert (after["documents"], after["open"]) == ([], 0)
    assert after["written"] == {"announcements.csv": sum(bool(claim["rows"]) for claim in after["claims"])}
    assert not any(claim["new"] for claim in after["claims"])


def test_a_review_is_for_people_and_prints_no_json(report: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["read", str(report), "--into", str(tmp_path), "--review", "--json"])
    assert done.exit_code == 2
    assert "--accept-all" in " ".join(done.output.split())


def test_the_json_of_a_draft_names_its_guesses(report: Path, tmp_path: Path) -> None:
    draft = ["read", str(report), "--draft", str(tmp_path / "draft"), "--date", "2024-02-07", "--json"]
    told = json.loads(CliRunner().invoke(app, draft).stdout)
    assert told["guesses"] == ["timezone", "contests.rule", "names"]
    assert (told["open"], told["written"]["claims.jsonl"]) == (0, 2)
    assert [claim["review"] for claim in told["claims"]] == ["accepted", "accepted"]


def test_a_document_that_could_not_be_read_is_told_of_when_the_others_go_into_a_record(
    report: Path, tmp_path: Path
) -> None:
    draft = ["--draft", str(tmp_path / "draft"), "--date", "2024-02-07"]
    for way in (draft, ["--reuse"], ["--reuse", "--json"]):
        done = CliRunner().invoke(app, ["read", str(tmp_path / "gone.txt"), str(report), *way])
        assert done.exit_code == 1
        told = done.stderr if "--json" in way else done.stdout
        assert "gone.txt cannot be read" in " ".join(told.split())
