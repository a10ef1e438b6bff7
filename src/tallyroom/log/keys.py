"""Keys of signed notes: who they belong to, what they verify, what they sign (C2SP signed-note, tlog-cosignature).

    verifier key   name+<key id, 8 hex digits>+base64(type || public key)
    signer key     PRIVATE+KEY+name+<key id>+base64(1 || 32-byte seed)      as golang.org/x/mod writes it

| type | signature |
| --- | --- |
| 0x01 | Ed25519 over the text |
| 0x02 | ECDSA P-256 over the text; read for logs of others, never made |
| 0x04 | Ed25519 cosignature of a checkpoint, with its time |
| 0x06 | ML-DSA-44 cosignature of a checkpoint, with its time |
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, mldsa

from tallyroom.errors import CannotTrust
from tallyroom.log.checkpoint import parse_checkpoint
from tallyroom.log.strict import base64_of, is_name, unbase64

__all__ = [
    "COSIGNATURE",
    "COSIGNATURE_ML_DSA",
    "ECDSA",
    "ED25519",
    "KEY_ID_BYTES",
    "SignerKey",
    "VerifierKey",
    "parse_signer",
    "parse_verifier",
    "time_of",
]

ED25519: Final = 1
ECDSA: Final = 2
COSIGNATURE: Final = 4
COSIGNATURE_ML_DSA: Final = 6
KEY_ID_BYTES = 4
_TIME_BYTES = 8
_LATEST = 2**63 - 1
_PUBLIC_BYTES = {ED25519: 32, COSIGNATURE: 32, COSIGNATURE_ML_DSA: 1312}
_SIGNATURE_BYTES = {COSIGNATURE: 64, COSIGNATURE_ML_DSA: 2420}
_ID = re.compile(r"[0-9a-f]{8}")
_PRIVATE = "PRIVATE+KEY+"


@dataclass(frozen=True)
class VerifierKey:
    """What checks a signature: a name, a type, and the public key as the type encodes it."""

    name: str
    type: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes that stand before each signature by this key."""
        if self.type == ECDSA:
            return hashlib.sha256(self.public).digest()[:KEY_ID_BYTES]
        said = self.name.encode() + b"\n" + bytes([self.type]) + self.public
        return hashlib.sha256(said).digest()[:KEY_ID_BYTES]

    @property
    def is_cosigner(self) -> bool:
        """Whether it is a witness's key, whose signatures carry their time."""
        return self.type in _SIGNATURE_BYTES

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64_of(bytes([self.type]) + self.public)}"

    def verifies(self, text: str, signature: bytes) -> bool:
        """Whether this is a signature, without its key id, of the text by this key."""
        try:
            self._verify(text, signature)
        except (InvalidSignature, CannotTrust, ValueError):
            return False
        return True

    def _verify(self, text: str, signature: bytes) -> None:
        if self.type == ED25519:
            ed25519.Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        elif self.type == ECDSA:
            _p256(self.public).verify(signature, text.encode(), ec.ECDSA(hashes.SHA256()))
        elif self.type == COSIGNATURE:
            time = time_of(self, signature)
            message = f"cosignature/v1\ntime {time}\n{parse_checkpoint(text).text}".encode()
            ed25519.Ed25519PublicKey.from_public_bytes(self.public).verify(signature[_TIME_BYTES:], message)
        else:
            time = time_of(self, signature)
            mldsa.MLDSA44PublicKey.from_public_bytes(self.public).verify(
                signature[_TIME_BYTES:], _subtree(self.name, time, text)
            )


def time_of(key: VerifierKey, signature: bytes) -> int:
    """When a cosignature says it was made, in seconds since 1970."""
    if len(signature) != _TIME_BYTES + _SIGNATURE_BYTES.get(key.type, 0):
        raise CannotTrust(f"A cosignature of {len(signature)} bytes, which {key.name} cannot have made.")
    time = int.from_bytes(signature[:_TIME_BYTES], "big")
    if time > _LATEST:
        raise CannotTrust(f"A cosignature by {key.name} with a time beyond 2^63 - 1.")
    return time


def _subtree(name: str, time: int, text: str) -> bytes:
    """What an ML-DSA-44 cosigner signs: it names the cosigner and the log, and leaves extension lines out."""
    checkpoint = parse_checkpoint(text)
    numbers = (time, 0, checkpoint.size)
    at, start, end = (n.to_bytes(8, "big") for n in numbers)
    return b"subtree/v1\n\x00" + _short(name) + at + _short(checkpoint.origin) + start + end + checkpoint.root


def _short(text: str) -> bytes:
    data = text.encode()
    if len(data) > 255:
        raise CannotTrust(f"{text[:40]}… is longer than the 255 bytes that a cosignature can name.")
    return bytes([len(data)]) + data


def _p256(public: bytes) -> ec.EllipticCurvePublicKey:
    key = serialization.load_der_public_key(public)
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("no key on the curve P-256")
    return key


def parse_verifier(text: str) -> VerifierKey:
    """The key that this text, and no other, stands for. Raises CannotTrust, also for types not listed above."""
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    shown = text[:100]
    if not is_name(name) or not _ID.fullmatch(key_id) or not encoded:
        raise CannotTrust(f"{shown!r} is no verifier key: name, key id in 8 hexadecimal digits, and base64, with +.")
    data = unbase64(encoded, "A verifier key's last part")
    key = VerifierKey(name, data[0], data[1:])
    if not _is_public_key(key):
        raise CannotTrust(f"{shown!r} is a key of type {key.type} and {len(key.public)} bytes, which is none known.")
    if key.id.hex() != key_id:
        raise CannotTrust(f"{shown!r} says its key id is {key_id}; it is {key.id.hex()}.")
    return key


def _is_public_key(key: VerifierKey) -> bool:
    if key.type != ECDSA:
        return len(key.public) == _PUBLIC_BYTES.get(key.type)
    try:
        return bool(_p256(key.public))
    except ValueError:
        return False


@dataclass(frozen=True)
class SignerKey:
    """What signs a log's checkpoints: an Ed25519 key and the name under which it does."""

    name: str
    seed: bytes

    def __repr__(self) -> str:  # a log file or a traceback is no place for a secret
        return f"SignerKey({self.name})"

    @property
    def verifier(self) -> VerifierKey:
        """The key that others check its signatures with."""
        raw = (serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        return VerifierKey(self.name, ED25519, self._key.public_key().public_bytes(*raw))

    @property
    def _key(self) -> ed25519.Ed25519PrivateKey:
        return ed25519.Ed25519PrivateKey.from_private_bytes(self.seed)

    def sign(self, text: str) -> bytes:
        """The signature of the text, after the key id."""
        return self.verifier.id + self._key.sign(text.encode())

    def secret(self) -> str:
        """The key as it is kept in a file."""
        return f"{_PRIVATE}{self.name}+{self.verifier.id.hex()}+{base64_of(bytes([ED25519]) + self.seed)}"


def parse_signer(text: str) -> SignerKey:
    """The key that this text stands for; what is wrong with it is said without showing it."""
    name, _, rest = text.removeprefix(_PRIVATE).partition("+")
    key_id, _, encoded = rest.partition("+")
    try:
        data = unbase64(encoded, "The key")
    except CannotTrust:
        data = b""
    if not text.startswith(_PRIVATE) or not is_name(name) or len(data) != 33 or data[0] != ED25519:
        raise CannotTrust("This is no signer key: PRIVATE+KEY+name+<key id>+base64 of an Ed25519 seed.")
    key = SignerKey(name, data[1:])
    if key.verifier.id.hex() != key_id:
        raise CannotTrust("The signer key's name, id and seed do not belong together.")
    return key
