"""The command `verify`: its words, its statuses, and what it takes from paper."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tallyroom.cli import app
from tests.cli.test_commands import tallyroom
from tests.log.witness import Witness
from tests.verify.conftest import Published, made, published

__all__ = ["made", "published"]  # fixtures


def _run(published: Published, *words: str) -> tuple[int, list[str]]:
    done = tallyroom("verify", str(published.site), *words)
    return done.returncode, (done.stdout or done.stderr).splitlines()


def test_a_good_site_ends_with_0_and_says_what_was_proved(published: Published) -> None:
    status, lines = _run(published, "--key", str(published.vkey))
    assert (status, lines[-1]) == (0, "Nothing is wrong.")
    size = published.checkpoint.size
    assert f"proved      The checkpoint of {size} entries is signed by the key that was given." in lines
    added = (
        "The results are what the rows in the data files add up to: results.json, byte for byte, by data/election.toml."
    )
    assert f"proved      {added}" in lines
    assert sum(line.startswith("not proved  ") for line in lines) == 1


def test_a_forged_site_ends_with_1_and_names_file_and_row(published: Published) -> None:
    published.change("data/announcements.csv", '"7,000",7000', '"7,000",7100')
    status, lines = _run(published)
    assert status == 1
    assert lines[-1] == "2 things are wrong."
    assert any(line.startswith("WRONG       data/announcements.csv, line 2: the row reg-all") for line in lines)


def test_the_verdict_as_json(published: Published) -> None:
    (published.site / "more").write_text("x")
    done = tallyroom("verify", str(published.site), "--json")
    assert done.returncode == 1
    said = json.loads(done.stdout)
    assert list(said) == ["site", "good", "proved", "not_proved", "wrong"]
    assert said["wrong"] == [{"file": "more", "line": 0, "says": "not in the manifest."}]


@pytest.mark.parametrize("how", ["base64", "hex", "base32", "base32 in groups of four, in small letters"])
def test_size_and_root_are_taken_as_they_stand_on_paper(published: Published, how: str) -> None:
    size, root = published.checkpoint.size, published.checkpoint.root
    letters = base64.b32encode(root).decode().rstrip("=")
    groups = " ".join(letters[at : at + 4] for at in range(0, 52, 4)).lower()
    ways = {"base64": base64.b64encode(root).decode(), "hex": root.hex(), "base32": letters}
    status, lines = _run(published, "--seen", f"{size} {ways.get(how, groups)}")
    assert status == 0
    assert f"proved      The {size} entries that were seen before are the first ones of this log." in lines
    assert _run(published, "--seen", f"{size - 1} {ways.get(how, groups)}")[0] == 1


def test_what_is_asked_wrongly_ends_with_2(published: Published, tmp_path: Path) -> None:
    log_key, witness = str(published.vkey), str(Witness().key)
    for words in (
        ["--key", "x"],
        ["--seen", "5"],
        ["--seen", "05 " + "A" * 43 + "="],
        ["--seen", "5 " + "A" * 42],
        ["--witness", log_key],
        ["--witness", witness, "--quorum", "2"],
        ["--witness", witness, "--witness", str(Witness(name="other.example/w").key)],  # one key, two names
    ):
        assert _run(published, *words)[0] == 2, words
    assert tallyroom("verify", str(tmp_path / "nowhere")).returncode == 2


def test_every_witness_is_needed_unless_a_quorum_is_named(published: Published) -> None:
    one, other = Witness(), Witness(name="other.example/w", seed=bytes(32))
    note = published.site / "log/checkpoint"
    note.write_bytes(note.read_bytes() + one.cosignature(published.checkpoint.text).line.encode())
    keys = ["--witness", str(one.key), "--witness", str(other.key)]
    assert _run(published, *keys)[0] == 1
    assert _run(published, *keys[:2], *keys[:2])[0] == 0  # one witness named twice is one
    status, lines = _run(published, *keys, "--quorum", "1")
    assert status == 0
    assert (
        "proved      1 of the 2 witnesses cosigned the checkpoint: example.com/witness at 2030-03-17T17:46:40Z."
        in lines
    )
    assert "not proved  That other.example/w saw this history: no cosignature of theirs is here." in lines


def test_a_page_is_no_folder_and_a_site_no_record(tmp_path: Path) -> None:
    (tmp_path / "manifest").write_text("", encoding="utf-8")
    page = CliRunner().invoke(app, ["verify", "https://results.example.org/2031/index.html"])
    assert "tallyroom verify https://results.example.org/2031" in str(page.exception or page.output)
    paper = CliRunner().invoke(app, ["log", "paper", str(tmp_path)])
    assert "a published site" in str(paper.exception or paper.output)
