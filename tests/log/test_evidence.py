"""Two checkpoints of one log that contradict each other: what convinces a third person, and what does not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallyroom.errors import CannotTrust
from tallyroom.log.checkpoint import Checkpoint
from tallyroom.log.evidence import Evidence, evidence_of, parse_evidence
from tallyroom.log.keys import SignerKey
from tallyroom.log.note import sign
from tallyroom.log.tree import Tree, leaf_hashes
from tests.log.making import ORIGIN, entries

KEY = SignerKey(ORIGIN, bytes(range(32)))
KEYS = [KEY.verifier]


def _tree(size: int, changed: int | None = None) -> Tree:
    """A tree of entries, one of which may say something else."""
    tree = Tree()
    tree.add(leaf_hashes([b"another" if n == changed else entry for n, entry in enumerate(entries(0, size))]))
    return tree


def _signed(tree: Tree, size: int, key: SignerKey = KEY, origin: str = ORIGIN) -> bytes:
    return sign(Checkpoint(origin, size, tree.root(size)).text, [key]).data


def _refused(evidence: Evidence) -> str:
    with pytest.raises(CannotTrust) as refused:
        evidence.check(KEYS)
    return str(refused.value)


@given(st.integers(1, 700), st.integers(1, 700), st.data())
def test_a_second_history_of_any_two_sizes_is_shown_in_either_order(one: int, other: int, data: st.DataObject) -> None:
    small, large = min(one, other), max(one, other)
    true, false = _tree(large), _tree(large, changed=data.draw(st.integers(0, small - 1)))
    pair = [_signed(false, small), _signed(true, large)]
    if data.draw(st.booleans()):
        pair.reverse()
    made = evidence_of(pair[0], pair[1], KEYS, true)
    read = parse_evidence(made.data)
    assert read.data == made.data
    assert read.check(KEYS).size == small
    assert set(read.check(KEYS).roots) == {true.root(small), false.root(small)}


@given(st.integers(0, 700), st.integers(0, 700))
def test_checkpoints_of_one_history_are_never_evidence(one: int, other: int) -> None:
    tree = _tree(700)
    with pytest.raises(CannotTrust, match="do not contradict"):
        evidence_of(_signed(tree, one), _signed(tree, other), KEYS, tree)


@given(st.integers(1, 300), st.integers(1, 300), st.data())
def test_an_honest_log_cannot_be_accused_by_a_forged_proof(one: int, other: int, data: st.DataObject) -> None:
    """The accuser takes the two checkpoints of one history and the proof from a history of his own."""
    small, large = min(one, other), max(one, other)
    true, false = _tree(large), _tree(large, changed=data.draw(st.integers(0, large - 1)))
    false_evidence = Evidence(_signed(true, small), _signed(true, large), false.root(small), ())
    hashes = data.draw(st.lists(st.sampled_from([false.root(small), *false.levels[0][:9]]), max_size=9))
    _refused(replace(false_evidence, proof=tuple(hashes)))


def test_two_sizes_are_no_evidence_without_the_entries_of_the_larger() -> None:
    true, false = _tree(300), _tree(300, changed=5)
    pair = _signed(false, 200), _signed(true, 300)
    with pytest.raises(CannotTrust, match="200 and 300 entries: whether one continues the other"):
        evidence_of(*pair, KEYS)
    with pytest.raises(CannotTrust, match="not the one of 300 entries"):
        evidence_of(*pair, KEYS, false)


def test_both_need_the_key_and_one_origin() -> None:
    true, false = _tree(9), _tree(9, changed=5)
    stranger = SignerKey(ORIGIN, bytes(32))
    with pytest.raises(CannotTrust, match="None of the known keys"):
        evidence_of(_signed(true, 9), _signed(false, 9, stranger), KEYS)
    with pytest.raises(CannotTrust, match="is of the log"):
        evidence_of(_signed(true, 9), _signed(false, 9, origin="elsewhere.example"), KEYS)


def test_nothing_in_the_file_can_be_changed_unnoticed() -> None:
    """Each byte in turn: the file no longer reads, or what it reads as shows nothing."""
    true, false = _tree(70), _tree(70, changed=5)
    data = evidence_of(_signed(false, 33), _signed(true, 70), KEYS, true).data
    for at in range(len(data)):
        with pytest.raises(CannotTrust):
            parse_evidence(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]).check(KEYS)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"tallyroom log-evidence v1\n",
        b"tallyroom log-evidence v1\n\n\n\n",
        b"tallyroom log-evidence v1\nroot x\n\na\n\nb\n\nc\n\nd\n",
        b"tallyroom log-evidence v1\nhash\n\na\n\nb\n\nc\n\nd\n",
    ],
)
def test_what_is_no_evidence_is_refused(data: bytes) -> None:
    with pytest.raises(CannotTrust):
        parse_evidence(data)
