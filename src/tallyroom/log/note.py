"""Signed notes (C2SP signed-note): a text, an empty line, and signatures, each on its line.

    — <name> <base64 of key id and signature>

A line by a key that we do not know says nothing. One by a key that we know must hold, or the whole note falls.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tallyroom.errors import CannotTrust
from tallyroom.log.keys import KEY_ID_BYTES, SignerKey, VerifierKey
from tallyroom.log.strict import base64_of, is_name, unbase64

__all__ = ["LARGEST_NOTE", "Note", "OpenNote", "Signature", "open_note", "parse_note", "parse_signatures", "sign"]

LARGEST_NOTE = 1_000_000  # bytes; a hundred post-quantum signatures are half of it
_MOST_SIGNATURES = 100
_UNPRINTED = re.compile(r"[\x00-\x09\x0b-\x1f]")
_DASH = "— "


@dataclass(frozen=True)
class Signature:
    """One line: who signed, and the key id and signature as bytes."""

    name: str
    blob: bytes

    @property
    def key_id(self) -> bytes:
        """The first four bytes."""
        return self.blob[:KEY_ID_BYTES]

    @property
    def signature(self) -> bytes:
        """What follows the key id."""
        return self.blob[KEY_ID_BYTES:]

    @property
    def key(self) -> str:
        """Name and key id, as people are told them."""
        return f"{self.name}+{self.key_id.hex()}"

    @property
    def line(self) -> str:
        """The line as it stands in a note."""
        return f"{_DASH}{self.name} {base64_of(self.blob)}\n"


@dataclass(frozen=True)
class Note:
    """A note as it was written; nothing in it has been checked yet."""

    text: str
    signatures: tuple[Signature, ...]

    @property
    def data(self) -> bytes:
        """The note as a file."""
        return f"{self.text}\n{''.join(signature.line for signature in self.signatures)}".encode()


@dataclass(frozen=True)
class OpenNote:
    """A note that at least one known key signed: who did, and whose lines say nothing to us."""

    text: str
    verified: tuple[tuple[VerifierKey, Signature], ...]
    others: tuple[Signature, ...]


def parse_note(data: bytes) -> Note:
    """The note that these bytes are. Raises CannotTrust."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CannotTrust("A note that is not UTF-8.") from error
    if len(data) > LARGEST_NOTE or _UNPRINTED.search(text):
        raise CannotTrust("A note that is far too long, or has control characters in it.")
    end = text.rfind("\n\n")
    if end < 0:
        raise CannotTrust("A note without an empty line between its text and its signatures.")
    return Note(text[: end + 1], parse_signatures(text[end + 2 :]))


def parse_signatures(text: str) -> tuple[Signature, ...]:
    """The signature lines, each ended; a line that stands there twice counts once."""
    lines = text.split("\n")
    if lines.pop() or not lines or len(lines) > _MOST_SIGNATURES:
        raise CannotTrust(f"A note needs 1 to {_MOST_SIGNATURES} signature lines, the last one ended too.")
    return tuple(dict.fromkeys(_signature(line) for line in lines))


def _signature(line: str) -> Signature:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not is_name(name):
        raise CannotTrust(f"{line[:60]!r} is no signature line: dash, name, base64.")
    blob = unbase64(encoded, f"The signature of {name}")
    if len(blob) <= KEY_ID_BYTES:
        raise CannotTrust(f"The signature of {name} is too short to be one.")
    return Signature(name, blob)


def open_note(data: bytes, keys: Iterable[VerifierKey]) -> OpenNote:
    """The note's text, where a known key signed it and none of the known keys' lines fails.

    Two different lines by one known key are refused: nobody could say which of them holds. So are two known keys of one
    name and id, also where it is one key given twice, as golang.org/x/mod has it.
    """
    note = parse_note(data)
    known: dict[tuple[str, bytes], list[VerifierKey]] = {}
    for key in keys:
        known.setdefault((key.name, key.id), []).append(key)
    verified, others, seen = [], [], set[VerifierKey]()
    for signature in note.signatures:
        candidates = known.get((signature.name, signature.key_id), [])
        if not candidates:
            others.append(signature)
            continue
        if len(candidates) > 1:
            raise CannotTrust(f"Two keys are called {signature.key}: nobody could say whose signature this is.")
        key = candidates[0]
        if key in seen:
            raise CannotTrust(f"Two different signatures by {signature.key} in one note.")
        if not key.verifies(note.text, signature.signature):
            raise CannotTrust(f"The signature of {signature.key} does not hold for this text.")
        seen.add(key)
        verified.append((key, signature))
    if not verified:
        names = ", ".join(signature.key for signature in others[:3])
        raise CannotTrust(f"None of the known keys signed this note; signed by {names}.")
    return OpenNote(note.text, tuple(verified), tuple(others))


def sign(text: str, signers: Sequence[SignerKey], others: Iterable[Signature] = ()) -> Note:
    """The text signed by every signer, then the others' lines, one a key."""
    if not text.endswith("\n") or _UNPRINTED.search(text):
        raise ValueError("a note's text ends in a line feed and has no other control character")
    signed = [Signature(signer.name, signer.sign(text)) for signer in signers]
    ours = {signature.key for signature in signed}
    return Note(text, (*signed, *(other for other in others if other.key not in ours)))
