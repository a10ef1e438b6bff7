"""Inclusion and consistency proofs of RFC 6962, section 2.1: made of a tree, and checked without one.

Checking follows RFC 9162, sections 2.1.3.2 and 2.1.4.2. A proof for size 0 is empty, and holds only for the
root of the empty tree: two sizes of 0 do not excuse two other roots.
"""

from __future__ import annotations

from collections.abc import Sequence

from tallyroom.log.strict import HASH_BYTES
from tallyroom.log.tree import EMPTY_ROOT, Tree, node_hash

__all__ = ["consistency_proof", "implied_roots", "inclusion_proof", "is_consistent", "is_included"]


def inclusion_proof(tree: Tree, index: int, size: int) -> list[bytes]:
    """The hashes that lead from the leaf at `index` to the root of the first `size` leaves, from the leaf up."""
    if not 0 <= index < size <= tree.size:
        raise ValueError(f"no leaf {index} in {size} of {tree.size}")
    path, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(tree.subtree(middle, end))
            end = middle
        else:
            path.append(tree.subtree(start, middle))
            start = middle
    return path[::-1]


def consistency_proof(tree: Tree, old: int, new: int) -> list[bytes]:
    """The hashes that show the first `old` leaves to be a prefix of the first `new`; none where old is 0 or new."""
    if not 0 <= old <= new <= tree.size:
        raise ValueError(f"no {old} before {new} in {tree.size}")
    if old in (0, new):
        return []
    path, start, end = [], 0, new
    while end != old:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(tree.subtree(middle, end))
            end = middle
        else:
            path.append(tree.subtree(start, middle))
            start = middle
    if start:  # otherwise the old tree is this very subtree, and whoever checks has its root
        path.append(tree.subtree(start, end))
    return path[::-1]


def _split(leaves: int) -> int:
    """The largest power of two below a number of leaves, 2 or more."""
    return 1 << (leaves - 1).bit_length() - 1


def is_included(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof leads from the leaf's hash at `index` to the root of a tree of `size`."""
    if not 0 <= index < size or not _are_hashes([leaf, *proof]):
        return False
    at, last, seen = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if at % 2 or at == last:
            seen = node_hash(step, seen)
            while at % 2 == 0 and at:
                at, last = at >> 1, last >> 1
        else:
            seen = node_hash(seen, step)
        at, last = at >> 1, last >> 1
    return last == 0 and seen == root


def is_consistent(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows the tree of size `old` to be a prefix of the tree of size `new`."""
    if old == 0:
        return not proof and old_root == EMPTY_ROOT and (new > 0 or new_root == EMPTY_ROOT)
    if old == new:
        return not proof and old_root == new_root
    return old > 0 and implied_roots(old, new, old_root, proof) == (old_root, new_root)


def implied_roots(old: int, new: int, old_root: bytes, proof: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """The old and the new root that a consistency proof leads to; None where it cannot be one of these sizes.

    old_root: stands for the first hash where old is a power of two, since the proof leaves it out then.
    """
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not 0 < old < new or not proof or not _are_hashes(path):
        return None
    at, last = old - 1, new - 1
    while at % 2:
        at, last = at >> 1, last >> 1
    first = second = path[0]
    for step in path[1:]:
        if last == 0:
            return None
        if at % 2 or at == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while at % 2 == 0 and at:
                at, last = at >> 1, last >> 1
        else:
            second = node_hash(second, step)
        at, last = at >> 1, last >> 1
    return (first, second) if last == 0 else None


def _are_hashes(hashes: Sequence[bytes]) -> bool:
    return all(len(one) == HASH_BYTES for one in hashes)
