"""Logs rewritten, cut, mixed or claimed to be larger than they are. Each is found, and its file named."""

from __future__ import annotations

from tallyroom.log.checkpoint import Checkpoint
from tallyroom.log.note import sign
from tests.verify.conftest import ORIGIN, Published
from tests.verify.forging import (
    entries_of,
    forged,
    only,
    write_log,
)


def test_a_changed_entry(published: Published) -> None:
    size = published.checkpoint.size
    published.change(f"log/tile/entries/000.p/{size}", '"votes.harvest":250', '"votes.harvest":260')
    only(published.wrong(), f"log/tile/entries/000.p/{size}: entry")


def test_a_changed_tile(published: Published) -> None:
    size = published.checkpoint.size
    tile = published.site / f"log/tile/0/000.p/{size}"
    tile.write_bytes(b"\x00" * 32 + tile.read_bytes()[32:])
    only(published.wrong(), f"log/tile/entries/000.p/{size}: entry 0")


def test_an_entry_changed_with_its_tile(published: Published) -> None:
    """Bundle and tile agree; the checkpoint does not."""
    entries, note = entries_of(published), (published.site / "log/checkpoint").read_bytes()
    write_log(published, [entry.replace(b'"votes.harvest":250', b'"votes.harvest":260') for entry in entries])
    (published.site / "log/checkpoint").write_bytes(note)
    only(published.wrong(), "log/checkpoint: its root is not the one")


def test_a_pair_of_entries_swapped_by_whoever_holds_the_key(published: Published) -> None:
    def swap(entries: list[bytes]) -> list[bytes]:
        acts = [n for n, entry in enumerate(entries) if b'"key":"returns.president.east-2.' in entry]
        entries[acts[0]], entries[acts[1]] = entries[acts[1]], entries[acts[0]]
        return entries

    assert any("one was skipped" in wrong for wrong in forged(published, swap))


def test_a_correction_that_skips_one(published: Published) -> None:
    """The first act at a station is left out of the history, as if the recount had been all there was."""
    wrong = forged(published, lambda entries: [e for e in entries if b'"returns.president.east-2.1"' not in e])
    assert any("act 2 at station east-2" in one and "one was skipped" in one for one in wrong)


def test_a_history_without_a_row_names_another_root(published: Published) -> None:
    wrong = forged(published, lambda entries: [e for e in entries if b'"returns.council.north-1.1"' not in e])
    only(wrong, "log/tile/entries/000.p/96: entry 93 of the log: publication 1 says it was made of 94 entries")


def test_a_row_changed_in_the_whole_history_by_whoever_holds_the_key(published: Published) -> None:
    def change(entries: list[bytes]) -> list[bytes]:
        return [entry.replace(b'"votes.harvest":250', b'"votes.harvest":260') for entry in entries]

    only(forged(published, change), "log/tile/entries/000.p/97: entry 94, publication 1, names another root")


def test_a_bundle_that_claims_ten_gigabytes(published: Published) -> None:
    with (published.site / "log/tile/entries/000.p/97").open("r+b") as sparse:
        sparse.truncate(10_000_000_000)
    only(published.wrong(), "log/tile/entries/000.p/97: longer than")


def test_a_checkpoint_that_claims_a_trillion_entries(published: Published) -> None:
    text = Checkpoint(ORIGIN, 10**12, bytes(32)).text
    (published.site / "log/checkpoint").write_bytes(sign(text, [published.key.key]).data)
    only(published.wrong(), "log/tile/entries/000: missing")


def test_an_entry_that_is_no_entry_of_an_election(published: Published) -> None:
    wrong = forged(published, lambda entries: [*entries, b'{"kind":"note","says":"trust me"}'])
    only(wrong, "log/tile/entries/000.p/98: entry 97 of the log: an entry of the kind 'note'")


def test_a_publication_replayed(published: Published) -> None:
    wrong = forged(published, lambda entries: [*entries, entries[-1]])
    only(wrong, "log/tile/entries/000.p/98: entry 97 of the log: publication 2 follows publication 2")


def test_a_signed_checkpoint_that_says_more_than_it_may(published: Published) -> None:
    """An extension line, signed with the rest: a program that shows checkpoints would show it as the log's word."""
    text = published.checkpoint.text + "Certified by the Supreme Court\n"
    (published.site / "log/checkpoint").write_bytes(sign(text, [published.key.key]).data)
    only(published.wrong(), "log/checkpoint: it says more than who, size and root: 'Certified by the Supreme Court'")


def test_names_twice_in_an_entry(published: Published) -> None:
    """Two programs may each take another one of the two for what the row says."""

    def twice(entries: list[bytes]) -> list[bytes]:
        return [entry.replace(b'"votes.harvest":250', b'"votes.harvest":250,"votes.harvest":260') for entry in entries]

    assert any("as RFC 8785 writes it" in one for one in forged(published, twice))


def test_a_publication_that_is_dated_back(published: Published) -> None:
    """As if the corrected figures had been the first ones to be shown."""
    wrong = forged(published, lambda entries: [e.replace(b"2031-05-22T07:", b"2031-05-21T23:") for e in entries])
    assert any("publication 2 is of 2031-05-21T23:00:00Z, before what was logged ahead of it" in one for one in wrong)


def test_rules_that_were_changed_after_the_log_was_opened_are_told(published: Published) -> None:
    """By whoever holds the key: nothing is wrong, but everybody hears of it."""
    for path in (published.record / "election.toml", published.site / "data/election.toml"):
        path.write_text(path.read_text() + "\n# other rules\n")
    published.list_again()
    published.log()
    verdict = published.verify()
    assert verdict.good, verdict.wrong
    assert "That the rules stayed what they were: data/election.toml is not what the log" in verdict.not_proved[0]
