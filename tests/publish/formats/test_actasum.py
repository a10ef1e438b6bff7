"""What is published for actasum, added up by the real actasum."""

from __future__ import annotations

import importlib
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tallyroom.publish.formats.actasum import announced_totals, levels, statements, tabulated_totals
from tallyroom.record.folder import Record, read_record
from tallyroom.tabulate.results import tabulate

actasum = importlib.import_module("actasum.statement")  # carries no types
TWELVE = Path(__file__).parents[2] / "records" / "twelve-stations"
Verify = Callable[[str, bytes], tuple[int, dict[str, Any]]]


@pytest.fixture(scope="module")
def record() -> Record:
    return read_record(TWELVE)


@pytest.fixture
def verify(record: Record, tmp_path: Path) -> Verify:
    """The command `actasum verify` on a contest's statements and some totals: exit status, report."""

    def run(contest: str, totals: bytes) -> tuple[int, dict[str, Any]]:
        of = record.election.contest(contest)
        assert of is not None
        (tmp_path / "statements.jsonl").write_bytes(b"".join(statements(record, of)))
        (tmp_path / "totals.json").write_bytes(totals)
        inputs = ("--statements", tmp_path / "statements.jsonl", "--official", tmp_path / "totals.json")
        command = Path(sys.executable).parent / "actasum"
        done = subprocess.run([command, "verify", "--json", *inputs], capture_output=True, text=True)
        assert done.returncode in (0, 1), done.stderr
        return done.returncode, json.loads(done.stdout)

    return run


def own_totals(record: Record, contest: str, level: int = 0) -> bytes:
    of = record.election.contest(contest)
    assert of is not None
    return tabulated_totals(record, of, tabulate(record), levels(record)[level])


@pytest.mark.parametrize("level", [0, 1])
def test_actasum_adds_our_returns_up_to_our_totals_at_every_level(record, verify, level):
    status, report = verify("council", own_totals(record, "council", level))
    assert (status, report["ok"], report["stations"]) == (0, True, 11)
    assert report["areas_checked"] == [3, 1][level]
    assert report["not_comparable"] == []


def test_one_forged_figure_is_found_at_its_place(record, verify):
    totals = json.loads(own_totals(record, "council"))
    totals["areas"]["east"]["candidatures"]["lantern"] += 1
    status, report = verify("council", json.dumps(totals).encode())
    assert (status, report["ok"]) == (1, False)
    assert [(d["area"], d["item"], d["delta"]) for d in report["differences"]] == [("east", "candidature:lantern", -1)]


def test_a_recount_stands_in_place_of_the_first_count(record, verify):
    _, report = verify("president", own_totals(record, "president"))
    changed = {c["station"]: c["items"]["candidature:ada-lund"] for c in report["stations_changed"]}
    assert changed == {"talvia/north/north-2": {"earlier": 240, "standing": 236}}


def test_figures_that_could_not_be_read_are_bounds_and_never_differences(record, verify):
    status, report = verify("president", own_totals(record, "president"))
    assert (status, report["official_matches"], report["differences"]) == (1, "undecided", [])
    assert {(b["area"], b["item"]) for b in report["lower_bounds"]} == {
        ("east", "null"),
        ("south", "candidature:cyra-haddad"),
    }


def test_held_annulled_withdrawn_and_missing_stations_have_no_statement(record):
    (president, _) = record.election.contests
    said = [json.loads(line) for line in b"".join(statements(record, president)).splitlines()]
    assert {s["station"].rpartition("/")[2] for s in said} == {
        "north-1", "north-2", "north-3", "east-3", "east-4", "south-1", "south-2", "south-4",
    }  # fmt: skip
    assert len(said) == 9


def test_the_announced_totals_are_compared_too(record, verify):
    (president, _) = record.election.contests
    smallest, nation = levels(record)
    assert announced_totals(record, president, smallest) is None
    announced = announced_totals(record, president, nation)
    assert announced is not None
    _, report = verify("president", announced)
    assert {(d["item"], d["recomputed"], d["official"]) for d in report["differences"]} == {
        ("candidature:ada-lund", 1671, 1675),
        ("candidature:ben-okoro", 1222, 1220),
    }


def test_our_statements_are_canonical(record):
    for contest in record.election.contests:
        text = b"".join(statements(record, contest)).decode()
        written = io.StringIO()
        actasum.write_jsonl(actasum.read_jsonl(io.StringIO(text)), written)
        assert written.getvalue() == text


def test_a_record_without_returns_has_no_statements():
    record = read_record("azerbaijan-2024")
    assert b"".join(statements(record, record.election.contests[0])) == b""
