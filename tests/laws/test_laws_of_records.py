"""A record written and read is the same record."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from pathlib import Path

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from tallyroom.errors import CannotReadRecord, Fault
from tallyroom.record.csvfile import read_columns, write_columns
from tallyroom.record.entries import canonical_row, made_id
from tallyroom.record.folder import Record, read_record, write_record

# Every letter but the control characters and halves of letters, which the reader refuses.
letters = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from(
    list(",;\t\"'\n\r\u200f\u202e\ufeff%=")
)
texts = st.text(letters, max_size=20)
ids = st.from_regex(r"[a-zäяب][a-z0-9_.-]{0,8}", fullmatch=True)

ELECTION = """
# A comment; it stays.
id = "e"
date = "2030-01-01"
timezone = "UTC"
[names]
en = "A \\"quoted\\" name"
[[contests]]
id = "c"
rule = "plurality"
choices = ["x"]
[form]
items = [{ id = "valid" }]
"""


@st.composite
def files(draw: st.DrawFn) -> dict[str, bytes]:
    """The files of a record with texts of all kinds in its cells."""
    names = draw(st.lists(ids.filter(lambda i: i not in ("e", "c", "x")), min_size=2, max_size=5, unique=True))
    area, *others = names
    counts = st.none() | st.integers(0, 2**63 - 1)
    tables: dict[str, list[list[object]]] = {
        "areas.csv": [["id", "kind", "name", "name.ar"], [area, "nation", draw(texts), draw(texts)]],
        "stations.csv": [["id", "area", "name", "address", "registered"]],
        "returns/c.csv": [["station", "act", "reason", "valid", "votes.x"]],
        "names.csv": [["id", "of", "name", "kind"]],
        "statements.csv": [["kind", "says", "channel", "about"]],
    }
    for number, name in enumerate(others):
        tables["stations.csv"].append([name, area, draw(texts), draw(texts), draw(counts)])
        for act in range(draw(st.integers(0, 2))):
            tables["returns/c.csv"].append([name, act + 1, draw(texts), draw(counts), draw(counts)])
        spelt = draw(texts.filter(bool))
        tables["names.csv"].append([f"Name-{number}", name, spelt, "slip"])
        tables["statements.csv"].append(["call", f"{number}{draw(texts)}", draw(texts), f"{area} election"])
    end = draw(st.sampled_from(["\r\n", "\n"]))
    return {"election.toml": ELECTION.encode(), **{file: _csv(rows, end) for file, rows in tables.items()}}


def _csv(rows: list[list[object]], end: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue().encode()


def everything(record: Record) -> object:
    tables = {
        name: (t.columns.column_names, [(row.id, dict(row)) for row in t.rows]) for name, t in record.tables.items()
    }
    return record.definition_text, record.election, tables, record.claims


@settings(max_examples=60, deadline=None)
@given(files(), st.lists(st.dictionaries(texts, texts | st.integers() | st.none() | st.lists(texts)), max_size=3))
def test_a_record_written_and_read_is_the_same_record(written, claims):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "first"
        for file, data in written.items():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_bytes(data)
        lines = [json.dumps({**claim, "id": f"claim-{n}"}) for n, claim in enumerate(claims)]
        (folder / "claims.jsonl").write_text("\n".join(lines))
        first = read_record(folder)
        write_record(first, Path(name) / "second")
        second = read_record(Path(name) / "second")
        assert everything(second) == everything(first)
        write_record(second, Path(name) / "third")
        for file in (Path(name) / "second").rglob("*.*"):
            assert file.read_bytes() == (Path(name) / "third" / file.relative_to(Path(name) / "second")).read_bytes()


@settings(max_examples=300)
@given(st.lists(st.lists(texts, min_size=3, max_size=3), max_size=5))
def test_cells_written_and_read_are_the_same_cells(rows):
    columns = [pa.array([row[n] for row in rows], pa.string()) for n in range(3)]
    data = write_columns(["a", "b", "c"], columns)
    read = read_columns(data, "a.csv", {"a", "b", "c"}.__contains__)
    assert read.faults == []
    kept = [row for row in rows if any(row)]
    assert read.names == ["a", "b", "c"]
    assert [list(row) for row in zip(*read.cells, strict=True)] == kept
    # Another reader of CSV reads the same.
    assert list(csv.reader(io.StringIO(data.decode(), newline="")))[1:] == rows


cells = st.dictionaries(ids, texts.filter(bool) | st.integers(0, 2**63 - 1), max_size=5)


@given(cells, st.randoms(use_true_random=False))
def test_equal_content_makes_equal_bytes_and_ids_in_whatever_order_it_stands(row, chance):
    shuffled = dict(chance.sample(sorted(row.items(), key=str), len(row)))
    assert canonical_row("areas", row) == canonical_row("areas", shuffled)
    assert made_id("areas", row) == made_id("areas", {**shuffled, "more": ""})


@given(cells, cells)
def test_different_content_makes_different_bytes_and_ids(one, other):
    same = {k: str(v) for k, v in one.items()} == {k: str(v) for k, v in other.items()}
    if not same:
        assert canonical_row("areas", one) != canonical_row("areas", other)
        assert made_id("areas", one) != made_id("areas", other)
    assert canonical_row("areas", one) != canonical_row("stations", one)


garbage = st.binary(max_size=60) | st.lists(
    st.sampled_from(
        [
            b"id",
            b"station",
            b"area",
            b",",
            b";",
            b"\t",
            b"\n",
            b"\r",
            b'"',
            b"\xef\xbb\xbf",
            b"\xff",
            b"\0",
            b"1",
            "٣".encode(),
        ]
    ),
    max_size=30,
).map(b"".join)


@settings(max_examples=60, deadline=None)
@given(garbage, st.sampled_from(["areas.csv", "stations.csv", "returns/c.csv", "claims.jsonl", "election.toml"]))
def test_whatever_bytes_a_file_holds_the_reader_says_what_is_wrong(data, file):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "returns").mkdir()
        (folder / "election.toml").write_text(ELECTION)
        (folder / file).write_bytes(data)
        faults = _faults_of(folder)
        assert all(fault.file and str(fault) for fault in faults)


def _faults_of(folder: Path) -> list[Fault]:
    try:
        read_record(folder)
    except CannotReadRecord as refused:
        return refused.faults
    return []
