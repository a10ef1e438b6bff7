"""Asking a witness to cosign a checkpoint (C2SP tlog-witness). What is sent and received; no network in here.

A witness remembers the largest checkpoint that it signed of a log, and signs a new one only with a proof that
the old one is a prefix of it. So whoever trusts a witness knows that nobody was shown another history.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tallyroom.errors import CannotTrust
from tallyroom.log.checkpoint import parse_checkpoint
from tallyroom.log.keys import VerifierKey
from tallyroom.log.note import Note, Signature, open_note, parse_note, parse_signatures
from tallyroom.log.proofs import consistency_proof
from tallyroom.log.strict import base64_of, hash_of, number
from tallyroom.log.tree import Tree

__all__ = ["MOST_HASHES", "Answer", "Post", "Request", "cosign", "parse_request"]

MOST_HASHES = 63
_OK, _CONFLICT = 200, 409


@dataclass(frozen=True)
class Request:
    """What `add-checkpoint` is asked: the size that the witness knows, the proof from it, the checkpoint."""

    old: int
    proof: tuple[bytes, ...]
    checkpoint: bytes

    @property
    def data(self) -> bytes:
        """The request's body."""
        lines = "".join(f"{base64_of(one)}\n" for one in self.proof)
        return f"old {self.old}\n{lines}\n".encode() + self.checkpoint


def parse_request(data: bytes) -> Request:
    """The request that this body is. Raises CannotTrust."""
    head, _, checkpoint = data.partition(b"\n\n")
    lines = head.decode("ascii", "replace").split("\n")
    first = lines.pop(0)
    if not first.startswith("old ") or not checkpoint or len(lines) > MOST_HASHES:
        raise CannotTrust("A request is the old size, at most 63 hashes, an empty line and a checkpoint.")
    proof = tuple(hash_of(line, "A hash of the proof") for line in lines)
    return Request(number(first.removeprefix("old "), "The old size"), proof, checkpoint)


@dataclass(frozen=True)
class Answer:
    """What a witness answered: the HTTP status and the body."""

    status: int
    body: bytes


Post = Callable[[bytes], Answer]


def cosign(post: Post, tree: Tree, checkpoint: bytes, witnesses: Sequence[VerifierKey], old: int = 0) -> Note:
    """The checkpoint with the witness's cosignatures added.

    post: sends a body to the witness's `add-checkpoint`. tree: of at least the checkpoint's size.
    witnesses: the keys that the witness may sign with; lines by others are left out.
    old: the size that the witness is thought to know. It says so itself where it knows another.
    Raises CannotTrust where it refuses, or where its answer does not hold.
    """
    note = parse_note(checkpoint)
    size = parse_checkpoint(note.text).size
    answer = post(_request(tree, old, size, checkpoint).data)
    if answer.status == _CONFLICT:
        known = _size(answer.body)
        if known > size:
            raise CannotTrust(f"The witness has signed {known} entries of this log; here are {size}: an older state.")
        if known != old:
            answer = post(_request(tree, known, size, checkpoint).data)
    if answer.status != _OK:
        says = answer.body[:200].decode("utf-8", "replace").strip()
        raise CannotTrust(f"The witness refused, with HTTP status {answer.status}{f': {says}' if says else '.'}")
    added = _cosignatures(note.text, answer.body, witnesses)
    again = {one.key for one in added}
    return Note(note.text, (*(one for one in note.signatures if one.key not in again), *added))


def _request(tree: Tree, old: int, size: int, checkpoint: bytes) -> Request:
    return Request(old, tuple(consistency_proof(tree, old, size)), checkpoint)


def _size(body: bytes) -> int:
    text = body.decode("ascii", "replace")
    if not text.endswith("\n"):
        raise CannotTrust("The witness knows another size, and does not say which in a line.")
    return number(text[:-1], "The size that the witness knows")


def _cosignatures(text: str, body: bytes, witnesses: Sequence[VerifierKey]) -> list[Signature]:
    lines = parse_signatures(body.decode("utf-8", "replace"))
    opened = open_note(Note(text, lines).data, [key for key in witnesses if key.is_cosigner])
    return [signature for _, signature in opened.verified]
