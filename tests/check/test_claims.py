"""Claims beside the record and beside one another: what is a conflict, and what only looks like one."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallyroom.check.agreement import Verdict, compared
from tallyroom.check.announced import Announced
from tallyroom.check.checks import check_record
from tallyroom.check.claims import against_record, dated, names_of
from tallyroom.check.counted_claims import beside_the_count
from tallyroom.check.twofigures import Dated
from tallyroom.reading.collection import known_names
from tallyroom.reading.reader import RuleReader
from tallyroom.reading.text.document import document_of
from tallyroom.record.claim import Claim
from tallyroom.record.folder import Record, read_record
from tallyroom.tabulate.results import Results, tabulate
from tests.check.making import Making
from tests.check.relations import score

DOCUMENTS = Path(__file__).parents[3] / "shared" / "data" / "documents" / "azerbaijan-2024"


def claim(kind: str, value: str | int, document: str = "a", **more: str) -> Claim:
    number = Decimal(str(value)) if not isinstance(value, str) or value[:1].isdigit() else value
    subject = more.pop("subject", "voters")
    return Claim(f"{document}-{kind}-{value}", document, kind, subject, number, "quote", 0, 5, "test", **more)


def verdicts(*told: tuple[Claim, str]) -> list[str]:
    return [verdict.verdict for verdict in compared([Dated(one, day) for one, day in told])]


def test_two_registers_that_differ_by_217_are_a_conflict() -> None:
    first, second = claim("registered_voters", 6_478_623), claim("registered_voters", 6_478_840, "b")
    assert verdicts((first, "2024-02-07"), (second, "2024-02-07")) == ["conflicts"]


def test_a_round_number_of_a_register_is_the_register_rounded() -> None:
    first, second = claim("registered_voters", 6_478_623), claim("registered_voters", 6_500_000, "b")
    assert verdicts((first, ""), (second, "")) == ["rounded"]


def test_more_than_six_thousand_agrees_with_6537() -> None:
    first = claim("polling_stations", 6_537, subject="polling stations")
    second = claim("polling_stations", 6_300, "b", subject="polling stations", qualifier="more than")
    assert verdicts((first, ""), (second, "")) == ["agrees"]


def test_a_share_that_grew_with_the_count_is_superseded_not_contradicted() -> None:
    first = claim("candidate_share", "92.05", unit="percent", subject="A")
    second = claim("candidate_share", "92.12", "b", unit="percent", subject="A")
    assert verdicts((first, "2024-02-08"), (second, "2024-02-09")) == ["superseded"]


def test_an_earlier_share_that_comes_back_later_is_stale() -> None:
    told = [("92.05", "a", "2024-02-08"), ("92.12", "b", "2024-02-09"), ("92.05", "c", "2024-02-11")]
    shares = [(claim("candidate_share", value, name, unit="percent", subject="A"), day) for value, name, day in told]
    assert "stale" in verdicts(*shares)


def test_turnout_that_falls_by_nine_points_is_a_conflict() -> None:
    first = claim("turnout_share", "76.73", unit="percent")
    second = claim("turnout_share", "67.7", "b", unit="percent")
    assert verdicts((first, "2024-02-07"), (second, "2024-02-08")) == ["conflicts"]


def test_turnout_at_some_stations_is_of_another_scope() -> None:
    whole = claim("turnout_share", "76.73", unit="percent")
    some = claim("turnout_share", "85", "b", unit="percent", place="in most polling stations")
    assert verdicts((whole, ""), (some, "")) == ["other scope"]


def test_more_voters_than_the_register_cannot_be() -> None:
    register, voters = claim("registered_voters", 6_478_840), claim("turnout_count", 2_499_033_000)
    assert verdicts((register, ""), (voters, "")) == ["impossible"]


def test_a_conflict_with_the_record_is_a_finding_with_the_words_of_the_claim(tmp_path: Path) -> None:
    record = read_record("azerbaijan-2024")
    told = claim("candidate_votes", 9_567_458, "menafn-1107845361", subject="Ilham Aliyev", unit="votes").as_json()
    lines = json.dumps(told | {"quote": "Aliyev won 9,567,458 votes."}) + "\n"
    folder = tmp_path / "record"
    folder.mkdir()
    for path in record.folder.iterdir():
        if path.is_file():
            (folder / path.name).write_bytes(path.read_bytes())
    (folder / "claims.jsonl").write_text(lines, encoding="utf-8")
    found = [f for f in check_record(read_record(folder)).findings if f.check == "claims"]
    assert [(f.where.file, f.where.line) for f in found] == [("claims.jsonl", 1)]
    assert "Aliyev won 9,567,458 votes." in found[0].says
    assert "4,567,458" in found[0].says
    assert "menafn-1107845361" in found[0].sources


def test_a_row_that_was_taken_from_a_claim_does_not_confirm_it() -> None:
    record = read_record("azerbaijan-2024")
    row = next(row for row in record.rows("announcements") if row["value"] == "4281625")
    (source,) = row.ids("source")
    for document, found in (("some-paper", {row.id}), (source, set())):
        told = claim("candidate_votes", 4_281_625, document, subject="Ilham Aliyev", unit="votes")
        given = against_record(Announced(record), dated(record, [told]), names_of(record))
        assert {verdict.row for verdict in given if verdict.verdict == "agrees"} == found


PERCENT = {"unit": "percent"}


@pytest.mark.parametrize(
    ("value", "as_of", "day", "says"),
    [
        ("65.3", "", "2031-05-19", "superseded"),  # the day after: what 50.82 grew to
        ("65.3", "", "2031-05-17", "conflicts"),  # said before the row's hour
        ("43.1", "", "2031-05-19", "conflicts"),  # turnout does not fall
        ("65.3", "20:00", "2031-05-18", "superseded"),
        ("43.1", "15:00", "2031-05-18", "superseded"),
        ("65.3", "15:00", "2031-05-18", "conflicts"),
        ("55.3", "17:00", "2031-05-18", "conflicts"),
    ],
)
def test_a_turnout_of_another_hour_than_the_row_is_compared_by_time(
    tmp_path: Path, value: str, as_of: str, day: str, says: str
) -> None:
    making = Making().figure("turnout_share", "50.82", as_of="2031-05-18T17:00+04:00")
    announced = Announced(making.record(tmp_path))
    told = Dated(claim("turnout_share", value, unit="percent", as_of=as_of), day)
    (verdict,) = against_record(announced, [told], str)
    assert verdict.verdict == says
    final = Announced(making.figure("turnout_share", "60.1", as_of="2031-05-18").record(tmp_path / "final"))
    if says == "superseded" and value == "65.3" and not as_of:
        # The earlier row hides no conflict with the last one.
        assert [one.verdict for one in against_record(final, [told], str)] == ["conflicts"]


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        # Elections elsewhere, invented figures: what each pair is, and what it only looks like.
        (("turnout_share", "61.24", PERCENT), ("turnout_share", "61.2", PERCENT), "rounded"),
        (("turnout_share", "61.28", PERCENT), ("turnout_share", "61.2", PERCENT), "truncated"),
        (("turnout_share", "61.26", PERCENT), ("turnout_share", "61", PERCENT), "rounded"),
        (("turnout_share", "61.26", PERCENT), ("turnout_share", "60", PERCENT | {"qualifier": "more than"}), "agrees"),
        (("turnout_share", "61.2", PERCENT), ("turnout_share", "22", PERCENT | {"place": "abroad"}), "other scope"),
        (
            ("turnout_share", "61.2", PERCENT | {"modality": "preliminary"}),
            ("turnout_share", "60.9", PERCENT | {"modality": "final"}),
            "superseded",
        ),
        (("registered_voters", 93_469_008, {}), ("registered_voters", 93_500_000, {}), "rounded"),
        (("registered_voters", 93_469_008, {}), ("registered_voters", 87_209_007, {}), "conflicts"),
        (("seats", 213, {"subject": "Lake League"}), ("seats", 231, {"subject": "Lake League"}), "conflicts"),
        (
            ("observers", 1_000, {"unit": "persons", "subject": "international observers"}),
            ("observers", 1_200, {"unit": "persons", "subject": "foreign observers"}),
            "superseded",
        ),
        (
            ("valid_votes", 24_025_940, {"modality": "preliminary"}),
            ("valid_votes", 23_025_940, {"modality": "final"}),
            "superseded",
        ),
        (
            ("candidate_share", "36.6", PERCENT | {"subject": "B"}),
            ("candidate_share", "92", PERCENT | {"subject": "B", "place": "in the Tamo district"}),
            "other scope",
        ),
        (("registered_voters", 5_012_345, {}), ("turnout_count", 5_600_001, {}), "impossible"),
        (("constituencies", 360, {}), ("constituencies", 350, {}), "conflicts"),
        (
            ("nomination", "Union Party", {"subject": "Ada Obi"}),
            ("nomination", "the Union Party", {"subject": "Obi Ada"}),
            "agrees",
        ),
        (
            ("nomination", "self-nominated", {"subject": "Ada Obi"}),
            ("nomination", "Lake League", {"subject": "Ada Obi"}),
            "conflicts",
        ),
    ],
)
def test_what_two_claims_of_another_election_are_to_each_other(first: Any, second: Any, says: str) -> None:
    one, two = (claim(kind, value, name, **more) for name, (kind, value, more) in (("a", first), ("b", second)))
    assert verdicts((one, "2031-02-26"), (two, "2031-03-01")) == [says]


def test_two_figures_of_one_document_are_of_two_things_unless_digits_changed_places() -> None:
    told = [(claim("turnout_share", value, unit="percent"), "2031-05-18") for value in ("57.12", "31.93", "57.21")]
    assert verdicts(told[0], told[1]) == ["other scope"]
    assert verdicts(told[0], told[2]) == ["conflicts"]


def test_a_candidacy_accepted_on_one_day_and_registered_on_another_is_no_conflict() -> None:
    told = [
        (claim("nomination_approved", day, day, subject="Ada Obi"), "") for day in ("on 2031-03-19", "on 2031-03-30")
    ]
    assert verdicts(*told) == []


def test_rows_that_reading_made_of_a_document_do_not_contradict_its_other_claims(tmp_path: Path) -> None:
    making = Making().figure("turnout_share", "57.12", source="a", claim="claim-1", as_of="2031-05-18")
    making.row("sources", id="a", outlet="A").row("sources", id="b", outlet="B")
    (tmp_path / "claims.jsonl").write_text('{"id": "claim-1"}\n', encoding="utf-8")
    announced = Announced(making.record(tmp_path))
    found = {}
    for document in ("a", "b"):
        told = Dated(claim("turnout_share", "31.93", document, unit="percent"), "2031-05-19")
        found[document] = [verdict.verdict for verdict in against_record(announced, [told], str)]
    assert found == {"a": [], "b": ["conflicts"]}


def test_a_register_in_round_numbers_makes_no_count_impossible() -> None:
    register, voters = claim("registered_voters", 5_000_000), claim("turnout_count", 5_200_001)
    assert verdicts((register, ""), (voters, "")) == []


def test_a_number_that_is_given_for_some_only_does_not_contradict_the_number_of_all() -> None:
    stations = [("6537", "polling stations"), ("6319", "polling stations"), ("6319", "permanent polling stations")]
    told = [(claim("polling_stations", value, name, subject=name), "") for value, name in stations]
    assert verdicts(*told) == ["other scope"]


KINDS = st.sampled_from(["turnout_share", "candidate_share", "candidates_registered", "observers", "webcams"])
TOLD = st.fixed_dictionaries(
    {
        "id": st.uuids().map(str),
        "kind": KINDS | st.just("registered_voters") | st.just("polling_stations") | st.text(max_size=3),
        "value": st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    },
    optional={
        "subject": st.text(max_size=8) | st.none(),
        "qualifier": st.sampled_from(["", "more than", "about", "almost", "at most", "favourable", "critical"]),
        "unit": st.sampled_from(["percent", "stations", "persons", ""]),
        "start": st.integers() | st.text(max_size=2),
        "document": st.sampled_from(["a", "b", "c"]),
        "place": st.text(max_size=6) | st.integers(),
        "as_of": st.text(max_size=6),
    },
)


DAYS = st.lists(st.sampled_from(["", "2024-02-07", "2024-02-08", "2024"]), min_size=8, max_size=8)


@given(st.lists(TOLD, max_size=8), DAYS)
def test_whatever_stands_in_a_claims_file_is_compared_without_an_exception(told: list[Any], days: list[str]) -> None:
    claims = [Dated(Claim.of_json(one), day) for one, day in zip(told, days, strict=False)]
    for verdict in compared(claims):
        assert verdict.says


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason=f"the documents are not at {DOCUMENTS}")
def test_the_labelled_relations_are_told() -> None:
    record = read_record("azerbaijan-2024")
    reader = RuleReader(known_names(record))
    index: list[dict[str, Any]] = json.loads((DOCUMENTS / "index.json").read_text(encoding="utf-8"))
    told: list[Dated] = []
    for entry in index:
        text = (DOCUMENTS / entry["file"]).read_bytes().decode()
        document = document_of(entry["id"], text, anchor="2024-02-07")
        told += [Dated(one, document.date or entry["date"] or "") for one in reader.read(document)]
    relations = json.loads((DOCUMENTS / "relations.json").read_text(encoding="utf-8"))
    found: list[Verdict] = list(compared(told, names_of(record)))
    assert score(relations, found)["f1"] >= 0.85


@pytest.fixture(scope="module")
def one_is_missing(tmp_path_factory: pytest.TempPathFactory) -> tuple[Record, Results]:
    """A count of one station, where 60 of 100 voted, and which another with 15 voters is missing from."""
    items = "".join(f'[[form.items]]\nid = "{item}"\nrole = "{item}"\n' for item in ("registered", "cast"))
    figures = '[contests.figures]\nregistered = "registered"\ncast = "cast"\n'
    making = Making(contest=figures, definition=items).area("land", kind="nation")
    for station, registered in (("in", "99"), ("out", "15")):
        making.row("stations", id=station, area="land", registered=registered)
    cells = {"station": "in", "registered": "100", "cast": "60", "votes.a": "30", "votes.b": "30"}
    record = making.row("returns/president", **cells).record(tmp_path_factory.mktemp("counted"))
    return record, tabulate(record)


@pytest.mark.parametrize(
    ("kind", "told", "day", "verdict"),
    [
        ("turnout_share", "60", "2031-05-19", ["agrees"]),
        ("turnout_share", "61.8", "2031-05-19", []),  # could be, once the last station is in
        ("turnout_share", "65.2", "2031-05-19", []),  # 75 / 115, cut off
        ("turnout_share", "65.4", "2031-05-19", ["conflicts"]),
        ("turnout_share", "52.1", "2031-05-19", []),  # 60 / 115 is 52.17
        ("turnout_share", "52.0", "2031-05-19", ["conflicts"]),
        ("turnout_share", "40.8", "2031-05-18", []),  # an earlier hour of the day
        ("turnout_share", "80.6", "2031-05-18", ["conflicts"]),
        ("turnout_share", "80.6", "2027-05-18", []),  # another vote
        ("turnout_count", "75", "2031-05-19", []),
        ("turnout_count", "76", "2031-05-19", ["conflicts"]),
        ("turnout_count", "80", "2031-05-19", []),  # 75, rounded
        ("turnout_count", "90", "2031-05-19", ["conflicts"]),
    ],
)
def test_a_turnout_is_held_against_the_count_and_what_is_missing_from_it(
    one_is_missing: tuple[Record, Results], kind: str, told: str, day: str, verdict: list[str]
) -> None:
    said = Dated(claim(kind, told, unit="percent" if kind == "turnout_share" else "voters"), day)
    assert [found.verdict for found in beside_the_count(*one_is_missing, "land", [said])] == verdict
