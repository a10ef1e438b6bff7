"""Asking a witness that answers as it should not, and the proof of one entry that a visitor takes home.

A witness as it should be, and not ours, is in test_aics_witness.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tallyroom.errors import CannotTrust
from tallyroom.log.note import open_note
from tallyroom.log.proofs import inclusion_proof
from tallyroom.log.tlog_proof import TlogProof, parse_proof
from tallyroom.log.witness import Answer, Request, cosign, parse_request
from tests.log.making import Log, entries, make_log
from tests.log.witness import Witness


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return make_log(tmp_path, 300)


def _asked(log: Log) -> tuple[bytes, Witness]:
    return (log.folder / "checkpoint").read_bytes(), Witness(logs=[str(log.key.key.verifier)])


def test_a_new_cosignature_takes_the_place_of_the_old_one(log: Log) -> None:
    checkpoint, witness = _asked(log)
    note = cosign(witness.add_checkpoint, log.verify(), checkpoint, [witness.key])
    witness.time += 5
    again = cosign(witness.add_checkpoint, log.verify(), note.data, [witness.key])
    assert len(again.signatures) == 2
    assert len(open_note(again.data, [witness.key]).verified) == 1


@pytest.mark.parametrize(
    "body",
    [b"", b"\n", b"done\n", "— example.com/witness AAAA\n".encode(), b"\xff\n"],
)
def test_an_answer_that_is_no_cosignature_is_refused(log: Log, body: bytes) -> None:
    checkpoint, witness = _asked(log)
    with pytest.raises(CannotTrust):
        cosign(lambda _: Answer(200, body), log.verify(), checkpoint, [witness.key])


def test_a_cosignature_by_a_key_that_was_not_named_is_refused(log: Log) -> None:
    checkpoint, witness = _asked(log)
    other = Witness(seed=bytes(32))
    with pytest.raises(CannotTrust, match="None of the known keys"):
        cosign(witness.add_checkpoint, log.verify(), checkpoint, [other.key])


@pytest.mark.parametrize("size", [b"", b"12", b"012\n", b"-1\n", b"1e2\n", b"9" * 400 + b"\n", b"1\n2\n"])
def test_a_size_that_a_witness_says_is_read_strictly(log: Log, size: bytes) -> None:
    checkpoint, witness = _asked(log)
    with pytest.raises(CannotTrust):
        cosign(lambda _: Answer(409, size), log.verify(), checkpoint, [witness.key])


def test_a_request_is_read_as_it_was_written(log: Log) -> None:
    checkpoint, _ = _asked(log)
    request = Request(5, (bytes(32), bytes(range(32))), checkpoint)
    assert parse_request(request.data) == request
    for broken in (b"", b"old 5\n", b"new 5\n\nx", b"old 05\n\nx", Request(1, (bytes(32),) * 64, checkpoint).data):
        with pytest.raises(CannotTrust):
            parse_request(broken)


def _proof(log: Log, index: int, extra: bytes | None = None) -> TlogProof:
    hashes = tuple(inclusion_proof(log.verify(), index, 300))
    return TlogProof(index, hashes, (log.folder / "checkpoint").read_bytes(), extra)


def test_a_proof_that_was_taken_home_holds_for_its_entry_and_no_other(log: Log) -> None:
    keys = [log.key.key.verifier]
    for index in (0, 150, 299):
        proof = parse_proof(_proof(log, index, b"figures").data)
        assert proof == _proof(log, index, b"figures")
        assert proof.check(entries(index, index + 1)[0], keys).size == 300
        with pytest.raises(CannotTrust, match="does not lead"):
            proof.check(b"another", keys)
        with pytest.raises(CannotTrust, match="None of the known keys"):
            proof.check(entries(index, index + 1)[0], [Witness().key])


def test_a_malformed_proof_is_refused(log: Log) -> None:
    data = _proof(log, 7, b"").data
    assert parse_proof(data).extra == b""
    for broken in (
        data.replace(b"@v1", b"@v2"),
        data.replace(b"index 7", b"index 07"),
        data.replace(b"index 7", b"index  7"),
        data.replace(b"extra ", b"extra"),
        data.replace(b"extra \nindex 7\n", b"index 7\nextra \n"),
        data.replace(b"\nindex 7", b""),
        data.replace(b"\n", b"\r\n"),
        data.partition(b"\n\n")[0],
        data.partition(b"\n\n")[0] + b"\n\n",
        b"\n" + data,
        b"\xff" + data,
        data.replace(b"index 7\n", b"index 7\n" + b"A" * 43 + b"=\n" * 64),
    ):
        with pytest.raises(CannotTrust):
            parse_proof(broken)
