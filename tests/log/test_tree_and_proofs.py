"""Roots and proofs against the definition in RFC 6962, written out here a second time as it stands there."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallyroom.log.proofs import consistency_proof, implied_roots, inclusion_proof, is_consistent, is_included
from tallyroom.log.tree import EMPTY_ROOT, Tree, leaf_hash, leaf_hashes, root_of
from tests.log.making import entries, tree_of

TREE = tree_of(1300)
LEAVES = leaf_hashes(entries(0, 1300))
sizes = st.integers(1, 1300) | st.sampled_from([255, 256, 257, 511, 512, 513, 768, 1024, 1025])


def mth(leaves: list[bytes]) -> bytes:
    """Section 2.1, word by word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


@given(sizes)
def test_the_root_of_any_prefix_is_the_one_that_the_standard_defines(size: int) -> None:
    assert TREE.root(size) == mth(LEAVES[:size]) == root_of(LEAVES[:size])


def test_a_tree_of_three_levels_of_tiles_has_the_same_root() -> None:
    leaves = leaf_hashes(entries(0, 65_536 + 300))
    tree = Tree()
    for at in range(0, len(leaves), 1000):
        tree.add(leaves[at : at + 1000])
    assert tree.root() == mth(leaves)
    assert [len(level) for level in tree.levels] == [65_836, 257, 1]
    assert tree.root(65_537) == mth(leaves[:65_537])


@given(sizes, st.data())
def test_a_proof_made_for_a_leaf_is_accepted(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(TREE, index, size)
    assert is_included(index, size, LEAVES[index], proof, TREE.root(size))


@given(sizes, st.data())
def test_a_proof_for_one_leaf_never_proves_another_leaf_place_or_size(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof, root = inclusion_proof(TREE, index, size), TREE.root(size)
    other = data.draw(st.integers(0, 1299).filter(lambda at: at != index))
    assert not is_included(other, size, LEAVES[index], proof, root)
    assert not is_included(index, size, LEAVES[other], proof, root)
    assert not is_included(index, size, LEAVES[index], proof, TREE.root(size + 1 if size < 1300 else 1))
    assert not is_included(index, size, LEAVES[index], [*proof, LEAVES[0]], root)
    assert not is_included(-1, size, LEAVES[index], proof, root)


@given(sizes, st.data())
def test_a_proof_with_one_bit_changed_is_refused(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof, root = inclusion_proof(TREE, index, size), TREE.root(size)
    if proof:
        at, bit = data.draw(st.integers(0, len(proof) - 1)), data.draw(st.integers(0, 255))
        changed = (int.from_bytes(proof[at], "big") ^ 1 << bit).to_bytes(32, "big")
        assert not is_included(index, size, LEAVES[index], [*proof[:at], changed, *proof[at + 1 :]], root)
        assert not is_included(index, size, LEAVES[index], proof[:-1], root)


@given(sizes, sizes)
def test_a_smaller_tree_is_proved_to_be_a_prefix_of_a_larger(one: int, other: int) -> None:
    old, new = sorted((one, other))
    proof = consistency_proof(TREE, old, new)
    assert is_consistent(old, new, TREE.root(old), TREE.root(new), proof)
    if old != new:
        assert implied_roots(old, new, TREE.root(old), proof) == (TREE.root(old), TREE.root(new))
        assert not is_consistent(old, new, TREE.root(new), TREE.root(old), proof)
        assert not is_consistent(old, new, TREE.root(old), TREE.root(new), [*proof, LEAVES[0]])
        assert not is_consistent(old, new, TREE.root(old), TREE.root(new), proof[:-1])
        assert not is_consistent(new, old, TREE.root(old), TREE.root(new), proof)


@given(st.integers(1, 1299))
def test_a_history_with_one_leaf_changed_is_no_continuation(old: int) -> None:
    other = Tree()
    other.add([*LEAVES[: old - 1], leaf_hash(b"another"), *LEAVES[old:]])
    proof = consistency_proof(other, old, 1300)
    assert not is_consistent(old, 1300, TREE.root(old), other.root(), proof)


def test_nothing_is_consistent_with_an_empty_log_but_by_its_own_root() -> None:
    assert is_consistent(0, 0, EMPTY_ROOT, EMPTY_ROOT, [])
    assert is_consistent(0, 5, EMPTY_ROOT, TREE.root(5), [])
    assert not is_consistent(0, 0, TREE.root(5), TREE.root(5), [])
    assert not is_consistent(0, 5, TREE.root(5), TREE.root(5), [])
    assert not is_consistent(0, 5, EMPTY_ROOT, TREE.root(5), [EMPTY_ROOT])
    assert not is_consistent(0, 0, EMPTY_ROOT, TREE.root(5), [])


def test_the_proof_of_a_leaf_that_is_not_there_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="no leaf 5"):
        inclusion_proof(TREE, 5, 5)
    with pytest.raises(ValueError, match="no 6 before 5"):
        consistency_proof(TREE, 6, 5)


def test_a_leaf_is_never_taken_for_a_node() -> None:
    """Without the first byte an entry of two hashes would prove two entries that nobody logged."""
    two = LEAVES[0] + LEAVES[1]
    assert leaf_hash(two) != TREE.root(2)
