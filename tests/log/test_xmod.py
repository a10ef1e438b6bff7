"""Our logs, verified by the real code of golang.org/x/mod, which the Go command trusts its checksums to.

Debian: golang-go and golang-golang-x-mod-dev. Skipped where they are not there, unless TALLYROOM_REQUIRE_GO=1.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tallyroom.log.store import reader_of
from tallyroom.log.tree import leaf_hash
from tallyroom.log.whole import rebuild
from tallyroom.log.witness import cosign
from tests.log.making import Log, entries, make_log
from tests.log.witness import Witness

_SOURCE = Path(__file__).parent / "xmod"
_GOCODE = Path("/usr/share/gocode")
_MOD = _GOCODE / "src" / "golang.org" / "x" / "mod"


@pytest.fixture(scope="session")
def xmod(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Go program of `xmod/`, built."""
    if shutil.which("go") is None or not _MOD.is_dir():
        reason = "Go or golang.org/x/mod is not here; on Debian: apt-get install golang-go golang-golang-x-mod-dev"
        if os.environ.get("TALLYROOM_REQUIRE_GO") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("xmod")
    environment = {
        **os.environ,
        "GO111MODULE": "off",
        "GOPATH": str(_GOCODE),
        "GOFLAGS": "",
        "GOCACHE": str(folder / "cache"),
        "CGO_ENABLED": "0",
    }
    program = folder / "verify"
    subprocess.run(["go", "build", "-o", program, "main.go"], cwd=_SOURCE, env=environment, check=True, timeout=300)
    return program


def _run(program: Path, log: Log, *cosigners: str) -> subprocess.CompletedProcess[str]:
    words = [str(program), str(log.folder), str(log.key.key.verifier), *cosigners]
    return subprocess.run(words, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 300, 511, 512, 513])
def test_go_verifies_our_log(xmod: Path, tmp_path: Path, size: int) -> None:
    done = _run(xmod, make_log(tmp_path, size))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"ok {size} entries")


@pytest.mark.slow
def test_go_verifies_a_log_of_three_levels_that_grew_in_steps(xmod: Path, tmp_path: Path) -> None:
    log = make_log(tmp_path, 65_000)
    log.append(entries(65_000, 70_000))
    done = _run(xmod, log)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("ok 70000 entries")


def test_go_reads_our_witnesses_cosignatures(xmod: Path, tmp_path: Path) -> None:
    log = make_log(tmp_path, 300)
    checkpoint = log.folder / "checkpoint"
    vkeys = []
    for name in ("one.example/w", "two.example/w"):
        witness = Witness(name=name, seed=name.ljust(32).encode(), logs=[str(log.key.key.verifier)])
        checkpoint.write_bytes(
            cosign(witness.add_checkpoint, log.verify(), checkpoint.read_bytes(), [witness.key]).data
        )
        vkeys.append(str(witness.key))
    done = _run(xmod, log, *vkeys)
    assert done.returncode == 0, done.stderr
    another = str(Witness(name="one.example/w", seed=bytes(32)).key)
    assert _run(xmod, log, another).returncode == 1


def test_go_refuses_what_we_refuse(xmod: Path, tmp_path: Path) -> None:
    log = make_log(tmp_path, 300)
    bundle, tile = log.folder / "tile/entries/000", log.folder / "tile/0/000"
    whole, hashes = bundle.read_bytes(), tile.read_bytes()
    bundle.write_bytes(whole.replace(b"entry 7 ", b"entry 8 "))
    assert "the entries have the root" in _run(xmod, log).stderr
    bundle.write_bytes(whole)
    tile.write_bytes(hashes[:-32] + leaf_hash(b"another"))
    assert "not the tile" in _run(xmod, log).stderr
    tile.write_bytes(hashes)
    assert _run(xmod, log).returncode == 0
    assert rebuild(reader_of(log.folder), 300).root() == log.checkpoint.root
