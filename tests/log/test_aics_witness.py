"""Our logs shown to a witness that is not ours, `aics-witness`, over HTTP on the loopback address.

`./run-tests` installs it into .venv-witness. Skipped where it is not there, unless TALLYROOM_REQUIRE_WITNESS=1.
What a witness may get wrong on purpose is in test_witness_and_proof.py, with one of our own.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tallyroom.cli.logwitness import poster
from tallyroom.errors import CannotTrust
from tallyroom.log.evidence import evidence_of, parse_evidence
from tallyroom.log.keyfile import KeyFile
from tallyroom.log.keys import SignerKey, VerifierKey, parse_verifier
from tallyroom.log.note import Note, open_note
from tallyroom.log.witness import Answer, cosign
from tests.cli.test_commands import tallyroom
from tests.log.making import Log, entries, make_log
from tests.verify.conftest import RECOUNT, Published, begin

_PROGRAM = Path(__file__).parents[2] / ".venv-witness" / "bin" / "aics-witness"


@dataclass
class Asked:
    """The witness: its key, its address, what it answered; and a log and an election's site for it to watch."""

    key: VerifierKey
    url: str
    config: Path
    log: Log
    site: Published
    statuses: list[int] = field(default_factory=list)

    def cosign(self, log: Log) -> Note:
        """The log's checkpoint, cosigned."""
        self.statuses.clear()
        post = poster(self.url)

        def noted(body: bytes) -> Answer:
            answer = post(body)
            self.statuses.append(answer.status)
            return answer

        return cosign(noted, log.verify(), (log.folder / "checkpoint").read_bytes(), [self.key])

    def evidence(self) -> list[dict[str, object]]:
        """What the witness kept of requests that the log signed and that do not continue what it saw."""
        kept: list[dict[str, object]] = json.loads(_run(self.config, "evidence"))
        return kept


def _run(config: Path, verb: str, *words: str) -> str:
    done = subprocess.run(
        [_PROGRAM, verb, "--config", config, *words], capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    """A log of 300 entries and the election of twelve stations, both known to a witness that listens."""
    if not _PROGRAM.is_file():
        reason = "aics-witness is not here; ./run-tests installs it"
        if os.environ.get("TALLYROOM_REQUIRE_WITNESS") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("aics")
    log, site, config = make_log(folder, 300), begin(folder / "election"), folder / "witness.json"
    vkey = _run(config, "init", "--name", "witness.example.org/w1", "--listen", "127.0.0.1:0").strip()
    for key in (log.key.key.verifier, site.vkey):
        _run(config, "add-log", "--origin", key.name, "--vkey", str(key))
    with subprocess.Popen([_PROGRAM, "serve", "--config", config], stderr=subprocess.PIPE, text=True) as serving:
        try:
            assert serving.stderr is not None
            said = next(line for line in serving.stderr if "listening on" in line)
            url = said.partition("listening on ")[2].split()[0]
            yield Asked(parse_verifier(vkey), url, config, log, site)
        finally:
            serving.terminate()


def test_it_cosigns_and_cosigns_what_grew_and_nothing_older(asked: Asked, tmp_path: Path) -> None:
    older = _copy(asked.log, tmp_path)
    note = asked.cosign(asked.log)
    assert open_note(note.data, [asked.key]).verified
    assert asked.statuses == [200]
    asked.log.append(entries(300, 513))
    assert open_note(asked.cosign(asked.log).data, [asked.key]).verified
    assert asked.statuses == [409, 200]  # nobody told us that it knows 300: it says so, and gets the proof from there
    with pytest.raises(CannotTrust, match="has signed 513 entries of this log; here are 300: an older state"):
        asked.cosign(older)
    assert asked.evidence() == []


def test_it_refuses_a_second_history_and_what_it_kept_is_evidence(asked: Asked, tmp_path: Path) -> None:
    """The log's own key signs other entries from number 400 on, in a copy put back to an earlier state."""
    asked.cosign(asked.log)
    fork = make_log(tmp_path, 0, asked.log.key.key)
    fork.append([*entries(0, 400), *entries(1400, 1600)])
    with pytest.raises(CannotTrust, match="422"):
        asked.cosign(fork)
    assert asked.statuses == [409, 422]
    (kept,) = asked.evidence()
    assert kept["witness_size"] == asked.log.checkpoint.size
    request, latest = str(kept["request"]), str(kept["witness_latest_note"])
    keys = [asked.log.key.key.verifier]
    packed = evidence_of(request.partition("\n\n")[2].encode(), latest.encode(), keys, fork.verify())
    assert parse_evidence(packed.data).check(keys).size == asked.log.checkpoint.size


def test_it_does_not_know_another_log_nor_another_key(asked: Asked, tmp_path: Path) -> None:
    other = make_log(tmp_path, 3)  # of the same name, with a key of its own
    with pytest.raises(CannotTrust, match="403"):
        asked.cosign(other)
    with pytest.raises(CannotTrust, match="404"):
        asked.cosign(make_log(tmp_path / "unknown", 3, SignerKey("nobody.example/log", bytes(32))))


def test_a_cosigned_site_is_verified_with_the_witness_key(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    site = asked.site
    monkeypatch.setenv("TALLYROOM_LOG_KEY", str(site.key.path))
    publish = ["publish", str(site.record), "--to", str(site.site)]
    verify = ["verify", str(site.site), "--key", str(site.vkey), "--witness", str(asked.key), "--quorum", "1"]
    for grown in (False, True):
        if grown:
            with (site.record / "returns" / "president.csv").open("a") as file:
                file.write(f"south-4,2,{RECOUNT}\n")
        assert tallyroom(*publish).returncode == 0
        before = tallyroom(*verify)
        assert (before.returncode, "cosignatures: None of the known keys" in before.stdout) == (1, True)
        done = tallyroom("log", "cosign", str(site.record), asked.url, "--witness", str(asked.key))
        assert done.stdout.startswith("Cosigned; 2 signatures"), done.stderr
        assert "Nothing is new" in tallyroom(*publish).stdout
        after = tallyroom(*verify)
        assert after.returncode == 0, after.stdout
        assert "1 of the 1 witnesses cosigned the checkpoint: witness.example.org/w1 at " in after.stdout


def _copy(log: Log, folder: Path) -> Log:
    shutil.copytree(log.folder, folder / "log")
    for path in (log.key.path, log.key.path.with_name(f"{log.key.path.name}.signed")):
        shutil.copy(path, folder / path.name)
    return Log(folder / "log", KeyFile(folder / log.key.path.name, log.key.key))
