"""A row proved in the reader's browser, from a folder on the disk, by WebCrypto alone."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tallyroom.log.tlog_proof import parse_proof
from tallyroom.publish import prooffiles
from tallyroom.publish.closing import redact_row
from tallyroom.publish.logbook import open_logbook
from tallyroom.publish.logproof import prove_row
from tallyroom.publish.prooffiles import proof_files
from tallyroom.publish.site import publish
from tallyroom.record.folder import read_record
from tests.log.making import entries
from tests.verify.conftest import AT, Published, begin

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
ROW = "returns.president.north-1.1"
_TAKEN = "names-eb6c959daca8c937"
_SCRIPT = """([row, vkey]) => tallyroomProve(row, vkey).then(
    (proved) => ({...proved, size: String(proved.size)}), (error) => ({error: error.message}))"""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The scripts of a log of three bundles, and a page that loads `prove.js`; no other page is needed.

    One row of the first bundle was taken away, so that every proof in it goes past a hash without its entry.
    """
    made = begin(tmp_path_factory.mktemp("proof"))
    _write(made)
    return made


def _write(made: Published) -> None:
    with open_logbook(read_record(made.record), [made.key]) as book:
        book.append_rows()
    taken = prove_row(read_record(made.record), _TAKEN).index
    names = made.record / "names.csv"
    names.write_text(names.read_text().splitlines()[0] + "\n")
    with open_logbook(read_record(made.record), [made.key]) as book:
        redact_row(book, taken, "A private name.")
    with open_logbook(read_record(made.record), [made.key]) as book:
        book.log.append(entries(95, 600))
        for path, data in proof_files(book):
            (made.site / path).parent.mkdir(parents=True, exist_ok=True)
            (made.site / path).write_bytes(data)
    (made.site / "prove.js").write_bytes((files("tallyroom.publish") / "prove.js").read_bytes())
    (made.site / "verify.html").write_text('<!doctype html><meta charset="utf-8"><script src="prove.js"></script>')


@pytest.fixture
def site(written: Published, tmp_path: Path) -> Path:
    shutil.copytree(written.site, tmp_path / "site")
    return tmp_path / "site"


def _page(browser: Browser, site: Path) -> Page:
    page = browser.new_page()
    page.goto((site / "verify.html").as_uri())
    return page


def _prove(browser: Browser, site: Path, row: str = ROW, vkey: str = "") -> dict[str, object]:
    page = _page(browser, site)
    proved: dict[str, object] = page.evaluate(_SCRIPT, [row, vkey])
    page.close()
    return proved


def test_a_row_is_proved_and_the_proof_can_be_kept(browser: Browser, site: Path, written: Published) -> None:
    proved = _prove(browser, site)
    assert proved["signed"] is True
    assert proved["size"] == "600"
    entry = proved["entry"]
    assert isinstance(entry, dict)
    assert entry["row"]["votes.ada-lund"] == 350
    proof = parse_proof(str(proved["proof"]).encode())
    assert proof.extra
    assert proof.check(proof.extra, [written.vkey]).size == 600
    assert proof.index == proved["index"]


def test_with_another_key_the_checkpoint_is_not_signed(browser: Browser, site: Path) -> None:
    other = "results.example.org/talvia-2031+00000000+AQ" + "A" * 42
    assert _prove(browser, site, vkey=other)["signed"] is False


def test_a_row_that_is_not_in_the_log_is_not_proved(browser: Browser, site: Path) -> None:
    assert _prove(browser, site, "returns.president.nowhere.1") == {
        "error": "no row returns.president.nowhere.1 is in the log"
    }


def _with_another_letter(path: Path, mark: str, behind: int) -> None:
    """Writes another letter so many places behind a mark."""
    text = path.read_text()
    at = text.index(mark) + behind
    path.write_text(text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :])


def test_a_forged_entry_is_not_proved(browser: Browser, site: Path) -> None:
    _with_another_letter(site / "verify/entries/0.js", '","', 20)
    assert "are not those of the log" in str(_prove(browser, site)["error"])


def test_a_forged_root_of_other_entries_is_not_proved(browser: Browser, site: Path) -> None:
    _with_another_letter(site / "verify/log.js", '"tiles":["', 60)
    assert "another root than the checkpoint says" in str(_prove(browser, site)["error"])


def test_a_forged_checkpoint_is_not_signed(browser: Browser, site: Path) -> None:
    path = site / "verify/log.js"
    path.write_text(path.read_text().replace("\\n600\\n", "\\n601\\n"))
    assert _prove(browser, site)["signed"] is False


def test_a_forged_hash_of_an_entry_that_was_taken_away_proves_nothing(browser: Browser, site: Path) -> None:
    assert _prove(browser, site, _TAKEN) == {"error": f"no row {_TAKEN} is in the log"}
    path = site / "verify/entries/0.js"
    text = path.read_text()
    at = text.index('{"leaf":"') + 20
    path.write_text(text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :])
    assert "are not those of the log" in str(_prove(browser, site)["error"])


def test_a_missing_script_is_named(browser: Browser, site: Path) -> None:
    (site / "verify/entries/0.js").unlink()
    assert _prove(browser, site)["error"] == "verify/entries/0.js is missing"


@pytest.mark.parametrize("row", ["constructor", "__proto__", "</script>", "ö\n", ""])
def test_whatever_somebody_types_is_only_a_row_that_is_not_there(browser: Browser, site: Path, row: str) -> None:
    assert _prove(browser, site, row) == {"error": f"no row {row} is in the log"}


def test_many_rows_stand_in_many_files(tmp_path: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """As from 2,000 rows on; each file is asked for only when a row may be in it."""
    monkeypatch.setattr(prooffiles, "_digits", lambda rows: 2)
    made = begin(tmp_path)
    _write(made)
    names = list((made.site / "verify" / "rows").iterdir())
    assert 50 < len(names) <= 93
    assert _prove(browser, made.site)["signed"] is True
    assert "no row nobody" in str(_prove(browser, made.site, "nobody")["error"])


def test_the_page_of_the_site_proves_a_row_shows_it_and_gives_the_proof(tmp_path: Path, browser: Browser) -> None:
    """As it is published: strict policy, from a disk."""
    made = begin(tmp_path)
    publish(read_record(made.record), made.site, AT, keys=[made.key])
    page = browser.new_page()
    page.goto((made.site / "verify.html").as_uri())
    page.get_by_label("Id of a row").fill(ROW)
    page.get_by_label("Verifier key, from elsewhere").fill(str(made.vkey))
    page.get_by_role("button", name="Prove").click()
    page.get_by_text("The checkpoint is signed with this key.").wait_for()
    assert page.get_by_role("row", name="votes.ada-lund 350").is_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Keep the proof").click()
    proof = parse_proof(Path(download.value.path()).read_bytes())
    assert proof.check(proof.extra or b"", [made.vkey]).size == 94  # before the entry of the publication itself
    page.get_by_label("Id of a row").fill("nowhere")
    page.get_by_role("button", name="Prove").click()
    page.get_by_text("Not proved: no row nowhere is in the log").wait_for()
    page.close()
