"""A witness of C2SP tlog-witness whose key, clock and memory a test can set: for signatures that others would not make.

That our requests are what a witness wants is shown with another one, in test_aics_witness.py.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.hazmat.primitives.asymmetric import ed25519

from tallyroom.errors import CannotTrust
from tallyroom.log.checkpoint import parse_checkpoint
from tallyroom.log.keys import COSIGNATURE, VerifierKey, parse_verifier
from tallyroom.log.note import Signature, open_note, parse_note
from tallyroom.log.proofs import is_consistent
from tallyroom.log.tree import EMPTY_ROOT
from tallyroom.log.witness import Answer, parse_request


@dataclass
class Witness:
    """Answers `add-checkpoint` for the logs that it knows; its clock stands still."""

    name: str = "example.com/witness"
    seed: bytes = b"the tests' witness, never for use"[:32]
    time: int = 1_900_000_000
    logs: list[str] = field(default_factory=list)
    seen: dict[str, tuple[int, bytes]] = field(default_factory=dict)

    @property
    def key(self) -> VerifierKey:
        return VerifierKey(self.name, COSIGNATURE, self._private.public_key().public_bytes_raw())

    @property
    def _private(self) -> ed25519.Ed25519PrivateKey:
        return ed25519.Ed25519PrivateKey.from_private_bytes(self.seed)

    def cosignature(self, text: str) -> Signature:
        message = f"cosignature/v1\ntime {self.time}\n{text}".encode()
        blob = self.key.id + self.time.to_bytes(8, "big") + self._private.sign(message)
        return Signature(self.name, blob)

    def add_checkpoint(self, body: bytes) -> Answer:
        try:
            request = parse_request(body)
            text = parse_note(request.checkpoint).text
            checkpoint = parse_checkpoint(text)
        except CannotTrust as error:
            return Answer(400, str(error).encode())
        keys = [key for key in map(parse_verifier, self.logs) if key.name == checkpoint.origin]
        if not keys:
            return Answer(404, b"unknown log\n")
        try:
            open_note(request.checkpoint, keys)
        except CannotTrust as error:
            return Answer(403, str(error).encode())
        if request.old > checkpoint.size:
            return Answer(400, b"old size beyond the checkpoint\n")
        size, root = self.seen.get(checkpoint.origin, (0, EMPTY_ROOT))
        if request.old != size:
            return Answer(409, f"{size}\n".encode())
        if not is_consistent(size, checkpoint.size, root, checkpoint.root, request.proof):
            return Answer(422, b"the proof does not hold\n")
        self.seen[checkpoint.origin] = (checkpoint.size, checkpoint.root)
        return Answer(200, self.cosignature(text).line.encode())

    @contextlib.contextmanager
    def serve(self) -> Iterator[str]:
        """The URL at which it is asked over HTTP."""
        witness = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                answer = witness.add_checkpoint(body) if self.path == "/add-checkpoint" else Answer(404, b"")
                self.send_response(answer.status)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{server.server_address[1]}"
            server.shutdown()
