"""Two signed checkpoints that cannot be of one history, as one text file that convinces whoever knows the key.

    tallyroom log-evidence v1
    root <the root that the larger checkpoint's tree has at the smaller one's size>
    <hashes of the consistency proof from there to the larger one's root, one a line; none where both have one size>

    <the smaller checkpoint, signed>

    <the larger checkpoint, signed>

It holds where both checkpoints are signed for one origin, and the proved root is not the smaller one's. A proof that
merely fails would show nothing: anybody can make one. This one succeeds, and leads to another root than the signed one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tallyroom.errors import CannotTrust
from tallyroom.log.checkpoint import Checkpoint, parse_checkpoint
from tallyroom.log.keys import VerifierKey
from tallyroom.log.note import LARGEST_NOTE, open_note
from tallyroom.log.proofs import consistency_proof, is_consistent
from tallyroom.log.strict import base64_of, hash_of, unbase64
from tallyroom.log.tree import Tree

__all__ = ["LARGEST_EVIDENCE", "Contradiction", "Evidence", "evidence_of", "parse_evidence"]

_FIRST = "tallyroom log-evidence v1"
_MOST_HASHES = 64
_PARTS = 5  # the head, and of each checkpoint its text and its signatures: none has an empty line in it
LARGEST_EVIDENCE = 2 * LARGEST_NOTE + 10_000  # bytes


@dataclass(frozen=True)
class Contradiction:
    """What is shown: for its first `size` entries a log has two roots, each under its signature."""

    origin: str
    size: int
    roots: tuple[bytes, bytes]


@dataclass(frozen=True)
class Evidence:
    """Two checkpoints and the proof of the larger one's root at the smaller one's size, as written, not yet checked."""

    smaller: bytes
    larger: bytes
    root: bytes
    proof: tuple[bytes, ...]

    @property
    def data(self) -> bytes:
        """The evidence as a file."""
        hashes = "".join(f"{base64_of(one)}\n" for one in self.proof)
        head = f"{_FIRST}\nroot {base64_of(self.root)}\n{hashes}\n".encode()
        return head + self.smaller + b"\n" + self.larger

    def check(self, keys: Sequence[VerifierKey]) -> Contradiction:
        """What it shows. Raises CannotTrust where it shows nothing."""
        smaller, larger = _signed(self.smaller, keys), _signed(self.larger, keys)
        _same_log(smaller, larger)
        if not is_consistent(smaller.size, larger.size, self.root, larger.root, self.proof):
            raise CannotTrust(
                f"The proof does not lead to the root of the {larger.size} entries, so it does not say what root "
                f"the first {smaller.size} of them have."
            )
        if self.root == smaller.root:
            raise CannotTrust(
                "These two checkpoints do not contradict each other: the smaller is where the larger began."
            )
        return Contradiction(smaller.origin, smaller.size, (smaller.root, self.root))


def evidence_of(one: bytes, other: bytes, keys: Sequence[VerifierKey], tree: Tree | None = None) -> Evidence:
    """The evidence that two signed checkpoints make. Raises CannotTrust where they do not contradict each other.

    tree: of the log that the larger one is of; without it only checkpoints of one size can be compared.
    """
    (smaller, first), (larger, second) = sorted(
        ((_signed(data, keys), data) for data in (one, other)), key=lambda pair: pair[0].size
    )
    _same_log(smaller, larger)
    root, proof = larger.root, list[bytes]()
    if smaller.size < larger.size:
        root, proof = _proved(smaller, larger, tree)
    evidence = Evidence(first, second, root, tuple(proof))
    evidence.check(keys)
    return evidence


def parse_evidence(data: bytes) -> Evidence:
    """The evidence that these bytes, and no others, stand for."""
    head, *notes = data.split(b"\n\n")
    lines = head.decode("ascii", "replace").split("\n")
    if lines.pop(0) != _FIRST or not lines or len(lines) > _MOST_HASHES or len(notes) != _PARTS - 1:
        raise CannotTrust(f"Evidence begins with {_FIRST!r}, a root and at most 63 hashes; two checkpoints follow.")
    root = lines.pop(0)
    if not root.startswith("root "):
        raise CannotTrust("The second line of evidence is `root` and a hash.")
    proof = tuple(hash_of(line, "A hash of the evidence") for line in lines)
    smaller = b"\n\n".join(notes[:2]) + b"\n"
    return Evidence(smaller, b"\n\n".join(notes[2:]), unbase64(root.removeprefix("root "), "The root"), proof)


def _signed(data: bytes, keys: Sequence[VerifierKey]) -> Checkpoint:
    if witness := next((key for key in keys if key.is_cosigner), None):
        raise CannotTrust(f"{witness.name} is a witness's key; what a log said is signed with the log's own.")
    return parse_checkpoint(open_note(data, keys).text)


def _same_log(one: Checkpoint, other: Checkpoint) -> None:
    if one.origin != other.origin:
        raise CannotTrust(f"One checkpoint is of the log {one.origin}, the other of {other.origin}.")


def _proved(smaller: Checkpoint, larger: Checkpoint, tree: Tree | None) -> tuple[bytes, list[bytes]]:
    sizes = f"The checkpoints are of {smaller.size} and {larger.size} entries"
    if tree is None:
        raise CannotTrust(f"{sizes}: whether one continues the other only the larger one's entries show.")
    if tree.size < larger.size or tree.root(larger.size) != larger.root:
        raise CannotTrust(f"{sizes}, and the log at hand is not the one of {larger.size} entries.")
    return tree.root(smaller.size), consistency_proof(tree, smaller.size, larger.size)
