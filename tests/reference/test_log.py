"""Other implementations' test vectors for the log, whatever stands in the folder that TALLYROOM_REFERENCE_DIR names.

The default is the shared folder's `data/reference`. A kind of vector that is not known here fails, by its name.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tallyroom.errors import CannotTrust
from tallyroom.log.checkpoint import parse_checkpoint
from tallyroom.log.keys import COSIGNATURE, VerifierKey, parse_signer, parse_verifier, time_of
from tallyroom.log.note import OpenNote, open_note, sign
from tallyroom.log.proofs import consistency_proof, inclusion_proof, is_consistent, is_included
from tallyroom.log.strict import unbase64
from tallyroom.log.tiles import ENTRIES, Tile, decode_bundle, encode_bundle, parse_tile, tile_at, widths
from tallyroom.log.tlog_proof import parse_proof
from tallyroom.log.tree import EMPTY_ROOT, Tree, leaf_hash, leaf_hashes, node_hash, root_of
from tests.log.witness import Witness

Data = dict[str, Any]
_SHARED = Path(os.environ.get("TALLYROOM_SHARED") or Path(__file__).resolve().parents[2].parent / "shared")
_FILE = Path(os.environ.get("TALLYROOM_REFERENCE_DIR") or _SHARED / "data" / "reference") / "log.json"


def _vectors() -> list[Data]:
    if not _FILE.is_file():
        return []
    vectors: list[Data] = json.loads(_FILE.read_text(encoding="utf-8"))["vectors"]
    return vectors


def _as_cases(vectors: list[Data]) -> list[Any]:
    """One case a vector; a witness's answers depend on what it was asked before, so these are one case."""
    talk = [vector for vector in vectors if vector["kind"] == "witness_add_checkpoint_sequence"]
    alone = [vector for vector in vectors if vector not in talk]
    cases = [pytest.param(vector, id=vector["id"]) for vector in alone]
    if talk:
        cases.append(pytest.param({"kind": talk[0]["kind"], "steps": talk}, id=f"{talk[0]['kind']}-{len(talk)}"))
    return cases


@pytest.mark.parametrize("vector", _as_cases(_vectors()))
def test_the_log_answers_as_other_implementations_do(vector: Data) -> None:
    if vector["kind"] == "witness_add_checkpoint_sequence":
        _witness(vector["steps"])
        return
    assert vector["kind"] in _KINDS, f"no test for vectors of the kind {vector['kind']}"
    _KINDS[vector["kind"]](vector["data"], vector["expect"])


def test_the_vectors_are_there() -> None:
    if not _FILE.is_file() and "TALLYROOM_REFERENCE_DIR" not in os.environ:
        pytest.skip(f"{_FILE} is not here")
    assert _vectors()


def _holds(expect: object, holds: bool) -> None:
    word = str(expect).split()[0]
    assert word in ("accept", "reject"), f"{expect!r} says neither"
    assert holds == (word == "accept")


def _is_read(expect: object, read: Any) -> Any:
    """What `read` returns where it should; where it should refuse, it must, and nothing is returned."""
    if str(expect).split()[0] == "reject":
        with pytest.raises(CannotTrust):
            read()
        return None
    return read()


def _bytes(data: Data, name: str) -> bytes:
    if f"{name}_hex" in data:
        return bytes.fromhex(data[f"{name}_hex"])
    return str(data[f"{name}_utf8"]).encode()


def _hashes(listed: list[str]) -> list[bytes]:
    return [bytes.fromhex(one) for one in listed]


def _hash(data: Data, expect: str) -> None:
    if data["op"] == "leaf":
        ours = leaf_hash(_bytes(data, "data"))
    elif data["op"] == "node":
        ours = node_hash(_bytes(data, "left"), _bytes(data, "right"))
    else:
        assert "empty" in data["op"], f"no test for the operation {data['op']}"
        ours = EMPTY_ROOT
    assert ours.hex() == expect


def _tree(leaves: list[bytes]) -> Tree:
    tree = Tree()
    tree.add(leaves)
    return tree


def _tree_root(data: Data, expect: str) -> None:
    leaves = leaf_hashes(_hashes(data["leaves_hex"]))
    assert _tree(leaves).root().hex() == expect
    assert root_of(leaves).hex() == expect


def _inclusion_table(data: Data, expect: str) -> None:
    leaves, roots = _hashes(data["leaf_hashes_hex"]), _hashes(data["roots_hex"])
    tree = _tree(leaves)
    for case in data["proofs"]:
        index, size, proof = case["index"], case["size"], _hashes(case["proof"])
        root = roots[size - 1]
        assert is_included(index, size, leaves[index], proof, root)
        assert inclusion_proof(tree, index, size) == proof
        assert [at for at in range(size) if is_included(at, size, leaves[index], proof, root)] == [index]
    assert len(data["proofs"]) == int(re.findall(r"\d+", expect)[0])


def _consistency_table(data: Data, expect: str) -> None:
    roots = _hashes(data["roots_hex"])
    for case in data["proofs"]:
        old, new, proof = case["old"], case["new"], _hashes(case["proof"])
        assert is_consistent(old, new, roots[old - 1], roots[new - 1], proof)
        others = [root for root in roots if root != roots[old - 1]]
        assert not any(is_consistent(old, new, root, roots[new - 1], proof) for root in others)
    assert len(data["proofs"]) == int(re.findall(r"\d+", expect)[0])


def _inclusion(data: Data, expect: str) -> None:
    leaf, root = bytes.fromhex(data["leaf_hash_hex"]), bytes.fromhex(data["root_hex"])
    _holds(expect, is_included(data["index"], data["size"], leaf, _hashes(data["proof_hex"] or []), root))


def _consistency(data: Data, expect: str) -> None:
    old_root, new_root = bytes.fromhex(data["old_root_hex"]), bytes.fromhex(data["new_root_hex"])
    proof = _hashes(data["proof_hex"] or [])
    holds = is_consistent(data["old"], data["new"], old_root, new_root, proof)
    if str(expect).startswith("accept only if"):
        # The libraries differ here; the specification's rule is the one that the vector gives in words.
        assert holds == (old_root == EMPTY_ROOT and not proof and data["old"] == 0)
    else:
        _holds(expect, holds)


def _note(data: Data, expect: str) -> OpenNote | None:
    if "note_hex" in data:
        note = bytes.fromhex(data["note_hex"])
    elif "repeat" in data:
        note = f"{data['text']}\n{data['signature_line'] * data['repeat']}".encode()
    else:
        note = str(data["note"]).encode()
    keys = [parse_verifier(key) for key in data["vkeys"]]
    opened: OpenNote | None = _is_read(expect, lambda: open_note(note, keys))
    if opened is None:
        return None
    names = {(key.name, key.id): key for key in keys}
    if "verified_sigs" in data:
        assert [signature.key for _, signature in opened.verified] == data["verified_sigs"]
        assert all(names[signature.name, signature.key_id] == key for key, signature in opened.verified)
    if "unverified_sigs" in data:
        assert [signature.key for signature in opened.others] == data["unverified_sigs"]
    if "skey" in data:
        assert sign(opened.text, [parse_signer(data["skey"])]).data == note
    if data.get("root_recomputed"):
        _root_recomputed(opened.text)
    # Anything added to what was signed makes every signature fall.
    with pytest.raises(CannotTrust):
        open_note(note.replace(opened.text.encode(), b"x" + opened.text.encode(), 1), keys)
    return opened


def _root_recomputed(text: str) -> None:
    """Such a checkpoint is of the first entries of the bundle that stands among the vectors."""
    bundles = [vector for vector in _vectors() if vector["kind"] == "entry_bundle"]
    checkpoint = parse_checkpoint(text)
    entries = [entry.encode() for vector in bundles for entry in vector["expect"]["entries_utf8"]]
    if len(entries) >= checkpoint.size:
        assert _tree(leaf_hashes(entries[: checkpoint.size])).root() == checkpoint.root


def _cosignature(data: Data, expect: str) -> None:
    opened = _note(data, expect)
    if opened is not None and "cosignature_time" in data:
        times = [time_of(key, signature.signature) for key, signature in opened.verified if key.is_cosigner]
        assert data["cosignature_time"] in times


def _cosignature_timestamp(data: Data, expect: object) -> None:
    blob = unbase64(data["sig_base64"], "the signature")
    key = VerifierKey("w", COSIGNATURE, bytes(32))
    if isinstance(expect, int):
        assert time_of(key, blob[4:]) == expect
    else:
        _is_read(expect, lambda: time_of(key, blob[4:]))


def _other_type(data: Data, expect: str) -> None:
    keys = [parse_verifier(data["vkey"])]
    _is_read(expect, lambda: open_note(data["note"].encode(), keys))


def _vkey(data: Data, expect: str) -> None:
    key = _is_read(expect, lambda: parse_verifier(data["vkey"]))
    assert key is None or str(key) == data["vkey"]


def _checkpoint_body(data: Data, expect: str) -> None:
    checkpoint = _is_read(expect, lambda: parse_checkpoint(data["body"]))
    assert checkpoint is None or checkpoint.text == data["body"]


def _origin_hash(data: Data, expect: str) -> None:
    assert hashlib.sha256(data["origin"].encode()).hexdigest() == expect


def _log_id(data: Data, expect: str) -> None:
    assert hashlib.sha256(b"o:" + data["origin"].encode()).hexdigest() == expect


def _entries_path(data: Data, expect: str) -> None:
    assert tile_at(ENTRIES, data["index"], data["log_size"]).path == expect
    assert parse_tile(expect).level == ENTRIES


def _tile_path(data: Data, expect: str) -> None:
    tile = Tile(data["level"], data["index"], data["width"])
    assert tile.path == expect
    assert parse_tile(expect) == tile


def _tile_path_parse(data: Data, expect: list[int] | str) -> None:
    def read() -> list[int]:
        tile = parse_tile(f"tile/{data['level']}/{data['index']}")
        return [tile.level, tile.number, tile.width]

    assert _is_read("reject" if isinstance(expect, str) else "accept", read) in (None, expect)


def _tile_geometry(data: Data, expect: Data) -> None:
    assert {str(level): list(counts) for level, counts in widths(data["size"]).items()} == expect


def _entry_bundle(data: Data, expect: Data | str) -> None:
    bundle, tile = bytes.fromhex(data["bundle_hex"]), bytes.fromhex(data["tile0_hex"])
    if isinstance(expect, str):
        _is_read(expect, lambda: decode_bundle(bundle, len(tile) // 32, "the bundle"))
        return
    entries = [entry.encode() for entry in expect["entries_utf8"]]
    assert decode_bundle(bundle, len(tile) // 32, "the bundle") == entries
    assert encode_bundle(entries) == bundle
    assert b"".join(leaf_hashes(entries)) == tile


def _proof_format(data: Data, expect: str) -> None:
    proof = _is_read(expect, lambda: parse_proof(data["proof"].encode()))
    assert proof is None or proof.data == data["proof"].encode()


def _witness(steps: list[Data]) -> None:
    """The conversation that torchwood's litewitness is tested with, as far as these steps go on from one another."""
    witness = Witness()
    size = _size_before(steps)
    for step in steps:
        data, expect = step["data"], step["expect"]
        key = data.get("log_vkey")
        # Which logs it is set up for, only its answers tell.
        if key and key not in witness.logs and expect["status"] != 404:
            witness.logs.append(key)
            if size:
                # The leaf hashes of that conversation's log are 42, its number, and 30 zeroes.
                tree = _tree([bytes([42, at]) + bytes(30) for at in range(size)])
                witness.seen[parse_verifier(key).name] = (size, tree.root())
        answer = witness.add_checkpoint(data["request_body"].encode())
        assert answer.status == expect["status"], step["id"]
        _says(expect.get("body_assert"), answer.body.decode(), step["id"])


def _size_before(steps: list[Data]) -> int:
    """What the witness must have known before: the first answer that depends on it says so."""
    for step in steps:
        said = re.fullmatch(r'== "(\d+)\\n"', step["expect"].get("body_assert") or "")
        if said:
            return int(said[1])
        if step["expect"]["status"] == 200:
            return int(step["data"]["request_body"].split("\n")[0].removeprefix("old "))
    return 0


def _says(asserted: str | None, body: str, step: str) -> None:
    if not asserted:
        return
    operator, _, text = asserted.partition(" ")
    assert operator in ("==", "contains"), f"{step}: no test for {asserted!r}"
    assert (body == json.loads(text)) if operator == "==" else (json.loads(text) in body), step


def test_a_proof_of_a_size_is_made_as_the_vectors_have_it() -> None:
    tables = [vector for vector in _vectors() if vector["kind"] == "consistency_table"]
    leaves = [vector["data"]["leaf_hashes_hex"] for vector in _vectors() if vector["kind"] == "inclusion_table"]
    for table, hashes in zip(tables, leaves, strict=False):
        tree = _tree(_hashes(hashes))
        for case in table["data"]["proofs"]:
            assert consistency_proof(tree, case["old"], case["new"]) == _hashes(case["proof"])


_KINDS: dict[str, Callable[[Data, Any], object]] = {
    "rfc6962_hash": _hash,
    "tree_root": _tree_root,
    "inclusion": _inclusion,
    "inclusion_table": _inclusion_table,
    "consistency": _consistency,
    "consistency_table": _consistency_table,
    "signed_note": _note,
    "signed_note_other_type": _other_type,
    "cosignature": _cosignature,
    "cosignature_timestamp": _cosignature_timestamp,
    "vkey": _vkey,
    "checkpoint_body": _checkpoint_body,
    "origin_hash": _origin_hash,
    "log_id": _log_id,
    "entries_path_for_index": _entries_path,
    "tile_path": _tile_path,
    "tile_path_parse": _tile_path_parse,
    "tile_geometry": _tile_geometry,
    "entry_bundle": _entry_bundle,
    "tlog_proof_format": _proof_format,
}
