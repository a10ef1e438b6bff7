"""The commands of the log, in the order in which somebody uses them: the examples that their help ends in."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tallyroom.log.checkpoint import Checkpoint
from tallyroom.log.keyfile import read_key
from tallyroom.log.note import sign
from tests.cli.test_commands import TWELVE, Done, tallyroom
from tests.log.witness import Witness
from tests.verify.conftest import RECOUNT

ORIGIN = "results.example.org/2031"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a record in it, and a key that is named by the environment."""
    shutil.copytree(TWELVE, tmp_path / "my-election")
    monkeypatch.setenv("TALLYROOM_LOG_KEY", str(tmp_path / "keys" / "key"))
    return tmp_path


def _example(verb: str) -> list[str]:
    told = tallyroom("log", verb, "--help").stdout
    return shlex.split(told.partition("Example: tallyroom ")[2])


def _run(home: Path, verb: str, *more: str) -> Done:
    done = tallyroom(*(more or _example(verb)), cwd=home)
    assert done.returncode == 0, done.stderr
    return done


def test_the_examples_go_on_from_one_another(home: Path) -> None:
    begun = _run(home, "init")
    vkey = begun.stdout.rpartition("Verifier key: ")[2].strip()
    assert vkey.startswith(f"{ORIGIN}+")
    assert (home / "keys" / "key").stat().st_mode & 0o777 == 0o600
    assert "rows added." in _run(home, "append").stdout
    assert "0 rows added." in _run(home, "append").stdout
    assert "is proved" in _run(home, "prove").stdout
    assert (home / "north-1.tlog-proof").read_bytes().startswith(b"c2sp.org/tlog-proof@v1\n")
    witness = Witness(logs=[vkey])
    with witness.serve() as url:
        words = [word if "witness.example" not in word else url for word in _example("cosign")]
        words[-1] = str(witness.key)
        assert "2 signatures" in _run(home, "cosign", *words).stdout
    assert "Verifier key: " in _run(home, "rotate-key").stdout
    second = tallyroom("log", "append", "my-election", "--key", "keys/second.key", cwd=home)
    assert "0 rows added." in second.stdout


def test_the_example_of_verify_works_on_what_was_published(home: Path) -> None:
    assert tallyroom("publish", "my-election", "--to", "site", cwd=home).returncode == 0
    example = shlex.split(tallyroom("verify", "--help").stdout.partition("Example: tallyroom ")[2])
    assert _run(home, "verify", *example).stdout.endswith("Nothing is wrong.\n")
    assert "This election keeps no log" in (home / "site" / "evidence.html").read_text()


def test_what_paper_prints_is_taken_by_verify(home: Path) -> None:
    _run(home, "init")
    assert tallyroom("publish", "my-election", "--to", "site", cwd=home).returncode == 0
    assert "not published yet" not in _run(home, "paper").stdout
    assert (home / "my-election.svg").read_text().startswith("<svg ")
    printed = _run(home, "paper", "log", "paper", "my-election").stdout.splitlines()
    words = shlex.split(printed[-1].replace("SITE", "site"))[1:]
    assert "that were seen before" in _run(home, "verify", *words).stdout
    typed = [*words[:-1], " ".join([words[-1].split()[0], *printed[2:4]])]
    assert "that were seen before" in _run(home, "verify", *typed).stdout
    size, letters = words[-1].split()
    for at, letter in ((0, "A" if letters[0] != "A" else "B"), (30, "7" if letters[30] != "7" else "2")):
        wrong = letters[:at] + letter + letters[at + 1 :]
        done = tallyroom(*words[:-1], f"{size} {wrong}", cwd=home)
        assert done.returncode == 1, done.stdout
    assert tallyroom(*words[:-1], f"{size} {letters[:-1]}", cwd=home).returncode == 2


def test_on_a_terminal_the_code_is_drawn_in_its_own_colours(home: Path) -> None:
    _run(home, "init")
    ours, theirs = pty.openpty()
    words = [sys.executable, "-m", "tallyroom", "log", "paper", "my-election"]
    done = subprocess.Popen(words, cwd=home, stdout=theirs)
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # how a terminal says on Linux that nobody writes to it any more
        while more := os.read(ours, 1 << 16):
            shown += more
    os.close(ours)
    assert done.wait() == 0
    lines = shown.decode().splitlines()
    assert lines[:2] == [ORIGIN, "1 entries, root"]
    assert lines[4].startswith("\x1b[30;107m")
    assert lines[4].endswith("\x1b[0m")
    assert lines[-2].startswith('tallyroom verify SITE --seen "1 ')


def test_paper_says_that_nobody_can_see_what_is_not_published(home: Path) -> None:
    _run(home, "init")
    assert "not published yet" in _run(home, "paper").stdout
    done = tallyroom("log", "paper", "my-election", "--to", "my-election.pdf", cwd=home)
    assert done.returncode == 2
    assert "end its name in .svg, .png or .txt" in done.stderr


def test_the_example_of_evidence_packs_what_two_readers_were_shown(home: Path) -> None:
    begun = _run(home, "init").stdout
    vkey = begun.rpartition("Verifier key: ")[2].strip()
    key = read_key(home / "keys" / "key").key
    for name, root in (("seen-in-the-north", b"n" * 32), ("seen-in-the-south", b"s" * 32)):
        (home / name).write_bytes(sign(Checkpoint(ORIGIN, 7, root).text, [key]).data)
    words = [word if "$(" not in word else vkey for word in _example("evidence")]
    packed = _run(home, "evidence", *words).stdout
    assert packed.startswith(f"{ORIGIN} signed two histories. The root of its first 7 entries")
    checked = _run(home, "evidence", "log", "evidence", words[-1], "--key", vkey).stdout
    assert checked == packed
    done = tallyroom("log", "evidence", words[-1], "--key", str(Witness().key), cwd=home)
    assert done.returncode == 2
    assert "witness's key" in done.stderr
    alone = tallyroom("log", "evidence", "seen-in-the-north", "--key", vkey, "--to", "e", cwd=home)
    assert alone.returncode == 2
    assert "two checkpoints and --to" in alone.stderr


def test_evidence_of_two_sizes_needs_the_log_of_the_larger(home: Path) -> None:
    vkey = _run(home, "init").stdout.rpartition("Verifier key: ")[2].strip()
    log, key = home / "my-election" / "log", read_key(home / "keys" / "key").key
    (home / "earlier").write_bytes((log / "checkpoint").read_bytes())
    (home / "other").write_bytes(sign(Checkpoint(ORIGIN, 1, b"x" * 32).text, [key]).data)
    _run(home, "append")
    (home / "later").write_bytes((log / "checkpoint").read_bytes())
    words = ["--key", vkey, "--to", "evidence.txt"]
    alone = tallyroom("log", "evidence", "later", "other", *words, cwd=home)
    assert (alone.returncode, "the larger one's entries show" in alone.stderr) == (2, True)
    honest = tallyroom("log", "evidence", "later", "earlier", *words, "--log", str(log), cwd=home)
    assert (honest.returncode, "do not contradict" in honest.stderr) == (2, True)
    assert not (home / "evidence.txt").exists()
    packed = _run(home, "evidence", "log", "evidence", "later", "other", *words, "--log", str(log)).stdout
    assert _run(home, "evidence", "log", "evidence", "evidence.txt", "--key", vkey).stdout == packed


def test_the_examples_of_redact_and_close_are_told_on_the_site_and_by_verify(home: Path) -> None:
    """A row is taken away, the result certified, the count closed; then a court has a station counted again."""
    vkey = _run(home, "init").stdout.rpartition("Verifier key: ")[2].strip()
    record, publish = home / "my-election", ["publish", "my-election", "--to", "site", "--because", "A private name."]
    _run(home, "publish", *publish, "--release")
    refused = tallyroom(*_example("redact"), cwd=home)
    assert (refused.returncode, "names.csv has it in line 2" in refused.stderr) == (2, True)
    (record / "names.csv").write_text((record / "names.csv").read_text().splitlines()[0] + "\n")
    assert "row names-" in tallyroom("log", "append", "my-election", cwd=home).stdout
    assert "Entry 54 was taken away, as entry 95 says." in _run(home, "redact").stdout
    assert "taken away before" in tallyroom(*_example("redact"), cwd=home).stderr
    early = tallyroom(*_example("close"), cwd=home)
    assert (early.returncode, "calendar.csv has no step `certified`" in early.stderr) == (2, True)
    with (record / "calendar.csv").open("a") as file:
        file.write("2031-05-25,certified,commission,,The result is final.,law\n")
    assert "Entry 97 closes the count" in _run(home, "close").stdout
    again = tallyroom(*_example("close"), cwd=home)
    assert (again.returncode, "no figure was corrected since" in again.stderr) == (2, True)
    assert "Publication 2" in _run(home, "publish", *publish).stdout
    assert not list((home / "site" / "releases").rglob("*.zip"))
    said = _run(home, "verify", "verify", "site", "--key", vkey).stdout
    assert "not proved  What entry 54 said: it was taken away. Entry 95 says why: A private name." in said
    assert "by entry 97; no figure was corrected after that." in said
    page = (home / "site" / "evidence.html").read_text()
    assert "1 entry was taken away." in page
    assert "Entry 54, as entry 95 says: A private name." in page
    assert "The count was closed by entry 97" in page
    assert f"<code>{vkey}</code>" in page
    (seen,) = re.findall(r"<code>(98 [A-Z2-7 ]+)</code>", page)
    assert tallyroom("verify", "site", "--seen", seen, cwd=home).returncode == 0
    with (record / "returns" / "president.csv").open("a") as file:
        file.write(f"south-4,2,{RECOUNT}\n".replace("once more", ""))
    done = tallyroom("log", "append", "my-election", cwd=home)
    assert (done.returncode, "corrects what was closed, without its reason" in done.stdout) == (1, True)
    path = record / "returns" / "president.csv"
    path.write_text(path.read_text().replace("south-4,2,recount,accepted,,", "south-4,2,recount,accepted,once more,"))
    _run(home, "publish", *publish)
    assert "1 correction came after it, from entry 99 on" in _run(home, "verify", "verify", "site").stdout
    assert "closes the count" in _run(home, "close").stdout


def test_append_ends_with_1_where_a_logged_row_changed(home: Path) -> None:
    _run(home, "init")
    _run(home, "append")
    path = home / "my-election" / "areas.csv"
    path.write_text(path.read_text().replace("North,", "Norden,", 1))
    done = tallyroom("log", "append", "my-election", cwd=home)
    assert done.returncode == 1
    assert done.stdout.startswith("areas.csv, line 3: the row north is not as it was logged")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["append", "my-election"], "has no log"),
        (["append", "nowhere"], "no folder"),
        (["init", "my-election", "--origin", "an origin"], "without spaces"),
        (["init", "azerbaijan-2024", "--origin", ORIGIN], "built in"),
        (["prove", "my-election", "x", "--to", "p"], "has no log"),
        (["cosign", "my-election", "https://w.example", "--witness", "w"], "no verifier key"),
        (["close", "my-election"], "has no log"),
        (["redact", "my-election", "names-1", "--because", "x"], "not the number of an entry"),
        (["redact", "my-election", "5", "--because", " "], "Say why"),
    ],
)
def test_what_cannot_be_done_ends_with_2_and_says_why(home: Path, words: list[str], says: str) -> None:
    done = tallyroom("log", *words, cwd=home)
    assert done.returncode == 2
    assert says in done.stderr


def test_without_the_key_nothing_is_signed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _run(home, "init")
    shutil.rmtree(home / "keys")
    done = tallyroom("log", "append", "my-election", cwd=home)
    assert done.returncode == 2
    assert "cannot be read" in done.stderr


def test_a_witness_that_cannot_be_reached_is_named(home: Path) -> None:
    _run(home, "init")
    key = str(Witness().key)
    done = tallyroom("log", "cosign", "my-election", "http://127.0.0.1:9", "--witness", key, cwd=home)
    assert done.returncode == 2
    assert "http://127.0.0.1:9 cannot be reached" in done.stderr
    done = tallyroom("log", "cosign", "my-election", "file:///etc/passwd", "--witness", key, cwd=home)
    assert done.returncode == 2
    assert "no address" in done.stderr
