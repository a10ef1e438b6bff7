"""What is taken away as the log says, and what hides behind that: rows, salts and pictures."""

from __future__ import annotations

import base64
import json
import shutil
from pathlib import Path

import pytest

from tallyroom.log.tiles import encode_bundle
from tallyroom.log.tree import leaf_hashes
from tallyroom.publish.closing import redact_row
from tallyroom.publish.logbook import open_logbook
from tallyroom.publish.verify import Asked
from tallyroom.record.entries import entry_bytes
from tallyroom.record.folder import read_record
from tests.verify.conftest import RECOUNT, TWELVE, Published, begin, copy_of
from tests.verify.forging import (
    COUNCIL,
    entries_of,
    list_file,
    only,
    write_log,
    write_log_of_record,
)


def _take_out(published: Published, at: int) -> None:
    """Entry `at`, a row of names.csv, taken away as the command does it, and the site published anew."""
    names = published.record / "names.csv"
    names.write_text(names.read_text().splitlines()[0] + "\n")
    with open_logbook(read_record(published.record), [published.key]) as book:
        redact_row(book, at, "The name of a voter.")
    published.publish(3)


def _of_names(published: Published) -> int:
    return next(n for n, entry in enumerate(entries_of(published)) if b'"table":"names"' in entry)


@pytest.fixture(scope="module")
def redacted(made: Published, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The same site after a row was taken away."""
    site = copy_of(made, tmp_path_factory.mktemp("redacted"))
    _take_out(site, _of_names(site))
    return site


def test_an_entry_taken_away_without_saying_so(published: Published) -> None:
    entries = entries_of(published)
    bundle = published.site / "log/tile/entries/000.p/97"
    bundle.write_bytes(encode_bundle([*entries[:20], b"", *entries[21:]]))
    only(published.wrong(), "log/tile/entries/000.p/97: entry 20 was taken away, and no redaction says so")


def test_an_entry_that_was_taken_away_as_the_log_says(redacted: Published, made: Published) -> None:
    """What it said is gone from the log and the files; every other row is still proved, and the old root holds."""
    at = _of_names(made)
    seen = (made.checkpoint.size, made.checkpoint.root)
    verdict = redacted.verify(Asked(redacted.vkey, seen=(seen,)))
    assert verdict.good, verdict.wrong
    says = f"What entry {at} said: it was taken away. Entry 97 says why: The name of a voter."
    assert verdict.not_proved[0] == says
    said = json.dumps("Sira Haddad").strip('"').encode()
    holding = [path for path in redacted.site.rglob("*") if path.is_file() and said in path.read_bytes()]
    assert holding == []
    assert base64.b64encode(said)[2:-4] not in (redacted.site / "verify/entries/0.js").read_bytes()


def test_a_row_put_back_after_it_was_taken_away(redacted: Published, tmp_path: Path) -> None:
    site = copy_of(redacted, tmp_path)
    shutil.copy(TWELVE / "names.csv", site.site / "data/names.csv")
    site.list_again()
    assert any("data/names.csv, line 2: the row" in one and "is not in the log" in one for one in site.wrong())
    shutil.copy(TWELVE / "names.csv", site.record / "names.csv")
    with open_logbook(read_record(site.record), [site.key]) as book:
        (fault,) = book.append_rows().faults
    assert "was taken away" in str(fault)


def test_a_row_put_in_under_cover_of_one_that_was_taken_away(redacted: Published, tmp_path: Path) -> None:
    """Once anything was taken away, a row that nobody logged must not pass for it."""
    site = copy_of(redacted, tmp_path)
    path = site.site / "returns/president/south.csv"
    path.write_text(path.read_text() + f"south-4,3,{RECOUNT}\n")
    site.list_again()
    assert any("returns.president.south-4.3 is not in the log" in one for one in site.wrong())


def test_an_entry_that_the_log_says_was_taken_away_and_is_still_there(redacted: Published, tmp_path: Path) -> None:
    site = copy_of(redacted, tmp_path)
    entries = entries_of(site)
    with open_logbook(read_record(site.record), [site.key]) as book:
        row = next(n for n, entry in enumerate(entries) if b'"table":"statements"' in entry)
        leaf = leaf_hashes([entries[row]])[0].hex()
        book.add(entry_bytes("redaction", index=row, leaf=leaf, reason="it was said"))
    write_log_of_record(site)
    assert any(f"entry {row} is still here, though entry 99 says it was taken away" in one for one in site.wrong())
    # As after a run that was stopped between the two: told again, it goes on.
    with open_logbook(read_record(site.record), [site.key]) as book:
        assert redact_row(book, row, "it was said").index == 99
    write_log_of_record(site)
    assert not any("still here" in one for one in site.wrong())


def test_a_redaction_of_another_hash_than_the_entry_had(published: Published) -> None:
    """A bundle with a hole, and an entry that explains it with a hash of its own making."""
    at = _of_names(published)
    hole = [b"" if n == at else entry for n, entry in enumerate(entries_of(published))]
    leaves = leaf_hashes(entries_of(published))
    says = entry_bytes("redaction", index=at, leaf="ab" * 32, reason="x")
    write_log(published, [*hole, says], leaves=[*leaves, *leaf_hashes([says])])
    assert any(f"entry {at} was taken away, and no redaction says so" in one for one in published.wrong())


def test_a_picture_under_the_name_of_another(published: Published) -> None:
    """Published so by whoever holds the key: the rows name a picture by its SHA-256, and another one is shown."""
    name = f"data/forms/{'ab' * 32}.png"
    list_file(published, name, b"another")
    assert f"{name}: not the picture that the rows name: its SHA-256 is not its name." in published.wrong()


def test_a_row_that_pretends_to_have_lost_its_salt(published: Published) -> None:
    """The mark that we put in place of a picture whose salt is gone, written into a row that names none."""
    published.change(COUNCIL, "north-1,1,,,10,590,250,180", "north-1,1,,salted:?,10,590,240,190")
    published.list_again()
    assert any("the row returns.council.north-1.1 is not as it was logged" in one for one in published.wrong())


def test_a_picture_that_a_row_names_is_proved_by_its_salt_and_forgotten_without(tmp_path: Path) -> None:
    site = begin(tmp_path)
    table = site.record / "returns" / "council.csv"
    header, first, *rest = table.read_text().splitlines()
    picture = "ab" * 32
    table.write_text("\n".join([f"{header},form", f"{first},{picture}", *(f"{row}," for row in rest)]) + "\n")
    site.publish()
    salt = site.record / "forms" / f"{picture}.salt"
    published = site.site / "data" / "forms" / salt.name
    assert published.read_bytes() == salt.read_bytes()
    with_salt = site.verify()
    assert (with_salt.wrong, len(with_salt.not_proved)) == ([], 1)
    site.change(COUNCIL, picture, "cd" * 32)
    assert any(wrong.file == COUNCIL and "the manifest lists" in wrong.says for wrong in site.verify().wrong)
    site.change(COUNCIL, "cd" * 32, picture)
    published.write_text("11" * 16)
    assert any("the row returns.council.north-1.1 is not as it was logged" in wrong for wrong in site.wrong())
    published.unlink()
    site.change(COUNCIL, "north-1,1,,,10,590,250,180", "north-1,1,,,10,590,240,190")
    site.list_again()
    assert any("the row returns.council.north-1.1 is not as it was logged" in wrong for wrong in site.wrong())
    site.change(COUNCIL, "north-1,1,,,10,590,240,190", "north-1,1,,,10,590,250,180")
    site.list_again()
    site.log()
    without = site.verify()
    assert without.wrong == []
    assert without.not_proved[0] == "Whether 1 rows name the pictures that were logged: their salts are not here."
