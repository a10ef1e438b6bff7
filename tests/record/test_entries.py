"""What is logged of an election: the bytes, what is refused, and what entries say when taken in order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from tallyroom.errors import CannotTrust
from tallyroom.record.entries import entry_bytes, parse_entry, row_entries
from tallyroom.record.folder import read_record
from tallyroom.record.ledger import Ledger, Redaction

TWELVE = Path(__file__).parents[1] / "records" / "twelve-stations"
HASH = "ab" * 32
OPEN = entry_bytes("open", election="talvia-2031", origin="o.example/1", vkey="v", definition=HASH)
CLOSE = entry_bytes("close", at="2031-06-02T12:00:00Z")


def _publication(**values: str | int) -> bytes:
    said: dict[str, str | int] = {"number": 1, "size": 1, "root": HASH, "at": "2031-05-18T21:00:00Z"}
    hashes = dict.fromkeys(("definition", "sql", "results", "manifest"), HASH)
    return entry_bytes("publication", **said | hashes | values)


def _row(table: str, key: str, **cells: str | int) -> bytes:
    return rfc8785.dumps({"kind": "row", "table": table, "key": key, "row": dict(cells)})


def _act(station: str, act: int, **cells: str) -> bytes:
    return _row("returns/president", f"returns.president.{station}.{act}", station=station, act=act, **cells)


def test_a_row_is_logged_as_its_cells_by_column() -> None:
    record = read_record(TWELVE)
    rows = dict(row_entries(record.tables["returns/council"], str))
    assert rows["returns.council.north-1.1"] == (
        b'{"key":"returns.council.north-1.1","kind":"row","row":{"act":1,"invalid":10,"source":"forms",'
        b'"station":"north-1","valid":590,"votes.bridge":100,"votes.free-list":60,"votes.harvest":250,'
        b'"votes.lantern":180},"table":"returns/council"}'
    )


def test_every_row_of_a_record_is_logged_as_the_standard_writes_it_and_read_again() -> None:
    for name in (TWELVE, "azerbaijan-2024"):
        for table in read_record(name).tables.values():
            rows = list(row_entries(table, str))
            assert len(rows) == len(table)
            for key, data in rows:
                assert rfc8785.dumps(json.loads(data)) == data
                entry = parse_entry(data)
                assert (entry.text("table"), entry.text("key")) == (table.name, key)


@given(st.dictionaries(st.sampled_from(["name", "name.az", "address", "id", "kind"]), st.text(min_size=1)))
def test_any_text_is_written_as_the_standard_writes_it(cells: dict[str, str]) -> None:
    try:
        data = rfc8785.dumps({"kind": "row", "table": "stations", "key": "k", "row": cells})
    except (rfc8785.CanonicalizationError, UnicodeEncodeError):
        return  # half a letter
    assert parse_entry(data).row == cells


NOT_ENTRIES = {
    "nothing": b"",
    "no JSON": b"row",
    "no object": b"[]",
    "a number": b"1",
    "spaces": OPEN.replace(b":", b": "),
    "another order": b'{"kind":"close","at":"2031"}',
    "a name twice": b'{"at":"2030","at":"2031","kind":"close"}',
    "a line feed at the end": OPEN + b"\n",
    "a byte order mark": b"\xef\xbb\xbf" + OPEN,
    "UTF-16": OPEN.decode().encode("utf-16"),
    "an escape that is not needed": OPEN.replace(b"talvia", b"\\u0074alvia"),
    "an unknown kind": b'{"kind":"note","says":"x"}',
    "no kind": b'{"at":"2031"}',
    "a kind that is a list": b'{"at":"2031","kind":[]}',
    "a name too many": OPEN.replace(b'"kind"', b'"by":"x","kind"'),
    "a name too few": OPEN.replace(b',"origin":"o.example/1"', b""),
    "a hash that is none": OPEN.replace(HASH.encode(), HASH[1:].encode()),
    "a hash in capitals": OPEN.replace(HASH.encode(), HASH.upper().encode()),
    "a float": _publication().replace(b'"size":1', b'"size":1.0'),
    "a power of ten": _publication().replace(b'"size":1', b'"size":1e0'),
    "a negative size": _publication().replace(b'"size":1', b'"size":-1'),
    "a size beyond 2^53": _publication().replace(b'"size":1', b'"size":9007199254740993'),
    "an endless number": _publication().replace(b'"size":1', b'"size":' + b"9" * 6000),
    "truth": _publication().replace(b'"size":1', b'"size":true'),
    "null": _publication().replace(b'"size":1', b'"size":null'),
    "NaN": _publication().replace(b'"size":1', b'"size":NaN'),
    "text for a number": _publication().replace(b'"size":1', b'"size":"1"'),
    "half a letter": b'{"at":"\\ud800","kind":"close"}',
    "a thousand brackets": b'{"at":' + b"[" * 60_000,
    "a row of no table": _row("people/x", "k", name="x"),
    "a row of a path": _row("returns/../president", "k", station="x"),
    "a row without a key": _row("people", "", name="x"),
    "a column of no table": _row("people", "k", shoe="42"),
    "a count as text": _row("stations", "k", registered="12x"),
    "a small count as text": _row("stations", "k", registered="-5"),
    "text as a number": _row("people", "k", name=5),
    "an empty cell": _row("people", "k", name=""),
    "a picture's own hash": _row("returns/president", "k", station="x", form=HASH),
    "objects in objects": b'{"key":"k","kind":"row","row":{"name":{"a":"b"}},"table":"people"}',
}


@pytest.mark.parametrize("case", NOT_ENTRIES)
def test_what_is_no_entry_is_refused(case: str) -> None:
    with pytest.raises(CannotTrust):
        parse_entry(NOT_ENTRIES[case])


def _taken(*entries: bytes) -> Ledger:
    ledger = Ledger()
    ledger.take_all(0, entries)
    return ledger


def test_rows_corrections_and_publications_follow_one_another() -> None:
    rows = [_row("people", "p", name="A"), _row("people", "q", name="B", supersedes="p"), _act("s", 1), _act("s", 2)]
    ledger = _taken(OPEN, *rows, _publication(size=5), _act("t", 1), _publication(number=2, size=7))
    assert ledger.size == 8
    assert ledger.rows["people", "q"].index == 2
    assert [(publication.number, publication.size) for publication in ledger.publications] == [(1, 5), (2, 7)]


FORGED = {
    "nothing opens it": [_act("s", 1)],
    "opened twice": [OPEN, OPEN],
    "a row replayed": [OPEN, _act("s", 1), _act("s", 1)],
    "a row of the same key with other figures": [
        OPEN,
        _row("people", "p", name="A"),
        _row("people", "p", name="B"),
    ],
    "an act that skips one": [OPEN, _act("s", 1), _act("s", 3)],
    "a second act without a first": [OPEN, _act("s", 2)],
    "an act once more": [OPEN, _act("s", 1), _row("returns/president", "k", station="s", act=1)],
    "a correction of what is not there": [OPEN, _row("people", "q", name="B", supersedes="p")],
    "a correction in another table": [
        OPEN,
        _row("people", "p", name="A"),
        _row("polls", "q", kind="survey", supersedes="p"),
    ],
    "a row corrected twice": [
        OPEN,
        _row("people", "p", name="A"),
        _row("people", "q", name="B", supersedes="p"),
        _row("people", "r", name="C", supersedes="p"),
    ],
    "a publication that skips a number": [OPEN, _publication(number=2)],
    "a publication of fewer entries than are before it": [OPEN, _act("s", 1), _publication(size=1)],
    "a publication replayed": [OPEN, _publication(), _publication()],
    "a redaction of what comes later": [OPEN, entry_bytes("redaction", index=1, leaf=HASH, reason="x")],
    "a first act after the count was closed": [OPEN, CLOSE, _act("s", 1)],
    "a new station after the count was closed": [OPEN, CLOSE, _row("stations", "s", area="a")],
    "a new candidate under cover of a correction that was made before": [
        OPEN,
        _row("candidates", "p", candidate="a"),
        _row("candidates", "q", candidate="b", supersedes="p"),
        CLOSE,
        _row("candidates", "r", candidate="c"),
    ],
    "a correction of what was closed that does not say why": [OPEN, _act("s", 1), CLOSE, _act("s", 2)],
    "a correction of what was closed that names no decision": [OPEN, _act("s", 1), CLOSE, _act("s", 2, reason="x")],
    "a close that is of no moment": [OPEN, entry_bytes("close", at="2031-05-21")],
    "a close in the year before the first": [OPEN, entry_bytes("close", at="0001-01-01T00:00:00+14:00")],
    "a publication dated before the one before it": [
        OPEN,
        _publication(),
        _publication(number=2, size=2, at="2031-05-17T21:00:00Z"),
    ],
    "a close before a publication": [OPEN, _publication(), entry_bytes("close", at="2031-05-17T21:00:00Z")],
    "a redaction of the entry that opens": [OPEN, entry_bytes("redaction", index=0, leaf=HASH, reason="x")],
    "a redaction of a publication": [OPEN, _publication(), entry_bytes("redaction", index=1, leaf=HASH, reason="x")],
    "a redaction once more": [
        OPEN,
        b"",
        entry_bytes("redaction", index=1, leaf=HASH, reason="x"),
        entry_bytes("redaction", index=1, leaf=HASH[::-1], reason="y"),
    ],
    "two acts skipped where one entry was taken away": [OPEN, b"", _act("s", 3)],
    "acts skipped at two stations where one entry was taken away": [OPEN, b"", _act("s", 2), _act("t", 2)],
    "a correction and an act, both of what was taken away, where one was": [
        OPEN,
        b"",
        _row("people", "q", name="B", supersedes="p"),
        _act("s", 2),
    ],
    "an act that was taken away, put in again twice": [
        OPEN,
        b"",
        _act("s", 2),
        _act("s", 1),
        _row("returns/president", "k", station="s", act=1),
    ],
    "a publication skipped where an entry was taken away": [OPEN, b"", _publication(number=2, size=2)],
}


@pytest.mark.parametrize("case", FORGED)
def test_entries_that_do_not_follow_are_refused_by_their_number(case: str) -> None:
    entries = FORGED[case]
    with pytest.raises(CannotTrust, match=f"entry {len(entries) - 1} of the log"):
        _taken(*entries)
    _taken(*entries[:-1])


def test_a_correction_may_come_after_the_count_was_closed() -> None:
    decided = _act("s", 2, reason="recounted", source="ruling")
    said = [_row("sources", "ruling", outlet="Court"), _row("statements", "t", at="2031-07-01", source="ruling")]
    ledger = _taken(OPEN, _act("s", 1), CLOSE, *said, decided)
    assert [closing.index for closing in ledger.closings] == [2]
    assert ledger.corrected == [5]
    assert len(ledger.rows) == 4
    ledger.take(CLOSE)
    assert ledger.corrected == []


def test_an_entry_that_was_taken_away_stops_nothing_that_followed_it() -> None:
    leaf = "cd" * 32
    ledger = _taken(OPEN, b"", _act("s", 2), entry_bytes("redaction", index=1, leaf=leaf, reason="a name"))
    assert ledger.hollow == {1}
    assert ledger.redacted == {1: Redaction(3, 1, bytes.fromhex(leaf), "a name")}
    assert ledger.unexplained(lambda index: bytes.fromhex(leaf)) == []
    assert ledger.unexplained(lambda index: bytes(32)) == [1]
    assert ledger.still_there == []
    ledger.take(_act("s", 1))  # in other words
    assert len(ledger.rows) == 2
