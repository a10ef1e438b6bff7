"""Our trees, logs and notes beside other people's Python: pymerkle for roots, tlog-scales for everything else.

golang.org/x/mod has a file of its own, `test_xmod.py`.
"""

from __future__ import annotations

import importlib
import random
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from hypothesis import given
from hypothesis import strategies as st
from tlog_scales import signing, tlog
from tlog_scales.backend import LocalBackend
from tlog_scales.reader import TilesReader
from tlog_scales.writer import TilesWriter

from tallyroom.errors import CannotTrust
from tallyroom.log.checkpoint import parse_checkpoint
from tallyroom.log.keys import SignerKey, parse_verifier
from tallyroom.log.note import open_note, sign
from tallyroom.log.proofs import consistency_proof, inclusion_proof, is_consistent, is_included
from tallyroom.log.store import reader_of
from tallyroom.log.tiles import files_of
from tallyroom.log.tree import Tree, leaf_hash, leaf_hashes
from tallyroom.log.whole import read_whole
from tests.log.making import ORIGIN, Log, entries, make_log
from tests.log.witness import Witness

# At, below and above the widths of one tile, two tiles and, below, a tile of tiles.
GROWTH = [1, 255, 256, 257, 300, 511, 512, 700, 1100]
pymerkle = importlib.import_module("pymerkle")  # by name, since it comes without types


@given(st.lists(st.binary(min_size=1, max_size=400), max_size=70), st.data())
def test_pymerkle_has_the_root_of_every_prefix(added: list[bytes], data: st.DataObject) -> None:
    theirs = pymerkle.InmemoryTree(algorithm="sha256")
    theirs.append_entries(added)
    ours = Tree()
    cut = data.draw(st.integers(0, len(added)))
    ours.add(leaf_hashes(added[:cut]))
    ours.add(leaf_hashes(added[cut:]))
    assert [ours.root(size) for size in range(len(added) + 1)] == [
        theirs.get_root(size) for size in range(len(added) + 1)
    ]


def test_pymerkle_has_the_root_of_a_tree_of_three_levels_of_tiles() -> None:
    size = 256 * 256 + 300
    theirs, ours = pymerkle.InmemoryTree(algorithm="sha256"), Tree()
    theirs.append_entries(entries(0, size))
    ours.add(leaf_hashes(entries(0, size)))
    for some in (256 * 256 - 1, 256 * 256, 256 * 256 + 1, size):
        assert ours.root(some) == theirs.get_root(some)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Log:
    """A log that grew to these sizes one after another."""
    log = make_log(tmp_path_factory.mktemp("log"))
    for before, size in zip([0, *GROWTH], GROWTH, strict=False):
        log.append(entries(before, size))
    return log


def test_tlog_scales_reads_our_log(log: Log) -> None:
    reader = TilesReader(LocalBackend(log.folder))
    checkpoint = reader.get_checkpoint()
    checkpoint.verify(signing.Vkey.from_string(str(log.key.key.verifier)))
    assert (checkpoint.origin, checkpoint.size) == (ORIGIN, GROWTH[-1])
    assert checkpoint.root_hash == reader.calculate_root_hash() == log.checkpoint.root
    assert [reader.get_entry(at) for at in range(checkpoint.size)] == log.entries()


def test_proofs_by_tlog_scales_and_ours_are_the_same_and_hold_for_both(log: Log) -> None:
    tree, chance = log.verify(), random.Random(5)
    reader = TilesReader(LocalBackend(log.folder))
    reader.get_checkpoint()
    for _ in range(200):
        old, new = sorted((chance.randint(1, tree.size), chance.randint(1, tree.size)))
        theirs = reader.get_consistency_proof(old, new)
        assert theirs.node_hashes == consistency_proof(tree, old, new)
        theirs.check(tree.root(old), tree.root(new))
        assert is_consistent(old, new, tree.root(old), tree.root(new), theirs.node_hashes)
        index = chance.randrange(new)
        leaf = tree.levels[0][index]
        there = reader.get_inclusion_proof(index, new)
        assert there.node_hashes == inclusion_proof(tree, index, new)
        there.check(leaf, tree.root(new))
        assert is_included(index, new, leaf, there.node_hashes, tree.root(new))


def test_what_we_refuse_tlog_scales_refuses(log: Log) -> None:
    tree, chance = log.verify(), random.Random(6)
    for _ in range(200):
        old, new = sorted(chance.sample(range(2, tree.size), 2))
        path = consistency_proof(tree, old, new)
        path[chance.randrange(len(path))] = leaf_hash(b"another")
        assert not is_consistent(old, new, tree.root(old), tree.root(new), path)
        with pytest.raises(tlog.ConsistencyProofInvalid):
            tlog.ConsistencyProof(old, new, path).check(tree.root(old), tree.root(new))
        index = chance.randrange(new)
        path = inclusion_proof(tree, index, new)
        path[chance.randrange(len(path))] = leaf_hash(b"another")
        assert not is_included(index, new, tree.levels[0][index], path, tree.root(new))
        with pytest.raises(tlog.InclusionProofInvalid):
            tlog.InclusionProof(index, new, path).check(tree.levels[0][index], tree.root(new))


def test_we_read_the_log_that_tlog_scales_writes_and_its_files_are_ours(log: Log, tmp_path: Path) -> None:
    seed = bytes(range(32))
    writer = TilesWriter.create(tmp_path / "theirs", ORIGIN)
    cosigner = signing.MLDSA44CosignatureSigner("cosigner.example/w", bytes(32))
    signers: list[signing.CheckpointSigner] = [signing.PlainEd25519Signer(ORIGIN, seed), cosigner]
    for before, size in zip([0, *GROWTH], GROWTH, strict=False):
        for entry in entries(before, size):
            writer.add_leaf(entry)
        writer.commit(signers)
        theirs = read_whole(reader_of(tmp_path / "theirs"))
        keys = [SignerKey(ORIGIN, seed).verifier, parse_verifier(cosigner.vkey.serialize())]
        assert len(open_note(theirs.note, keys).verified) == 2
        assert theirs.checkpoint.size == size
    assert theirs.tree.levels == log.verify().levels
    for tile in files_of(GROWTH[-1]):
        assert (tmp_path / "theirs" / tile.path).read_bytes() == (log.folder / tile.path).read_bytes(), tile.path


@given(st.integers(0, 2**64 - 1), st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_notes_and_keys_are_the_same_bytes(size: int, root: bytes, seed: bytes) -> None:
    signer = signing.PlainEd25519Signer(ORIGIN, seed)
    theirs = tlog.Checkpoint.make_signed(ORIGIN, size, root, [signer])
    ours = sign(theirs.serialize_body(), [SignerKey(ORIGIN, seed)])
    assert ours.data == theirs.serialize().encode()
    assert str(SignerKey(ORIGIN, seed).verifier) == signer.vkey.serialize()
    read = parse_checkpoint(open_note(ours.data, [parse_verifier(signer.vkey.serialize())]).text)
    assert (read.origin, read.size, read.root) == (ORIGIN, size, root)


def test_a_witness_s_cosignature_holds_for_both_and_a_moved_one_for_neither(log: Log) -> None:
    witness, text = Witness(), log.checkpoint.text
    line = witness.cosignature(text)
    vkey = signing.Vkey.from_string(str(witness.key))
    note = sign(text, [log.key.key], [line])
    tlog.Checkpoint.from_text(note.data.decode()).verify(vkey)
    moved = sign(text.replace(str(GROWTH[-1]), "1101"), [log.key.key], [line])
    with pytest.raises(CannotTrust):
        open_note(moved.data, [witness.key])
    with pytest.raises(InvalidSignature):
        tlog.Checkpoint.from_text(moved.data.decode()).verify(vkey)
