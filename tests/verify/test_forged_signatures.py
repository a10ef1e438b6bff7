"""Other keys, other histories, witnesses who are none. Each is told from the log that was seen."""

from __future__ import annotations

import shutil
from pathlib import Path

from tallyroom.log.checkpoint import Checkpoint
from tallyroom.log.keyfile import create_key
from tallyroom.log.keys import SignerKey
from tallyroom.log.note import sign
from tallyroom.log.store import reader_of
from tallyroom.log.tiles import decode_bundle
from tallyroom.log.tree import Tree, leaf_hashes
from tallyroom.log.whole import rebuild
from tallyroom.publish.logbook import create_logbook, open_logbook
from tallyroom.publish.verify import Asked
from tallyroom.record.entries import entry_bytes
from tallyroom.record.folder import read_record
from tests.log.witness import Witness
from tests.verify.conftest import ORIGIN, TWELVE, Published
from tests.verify.forging import (
    cosigned,
    entries_of,
    only,
    root_of_first,
    write_log,
)


def test_a_log_begun_anew_with_another_key(published: Published, tmp_path: Path) -> None:
    """All of it fits together, but for the key that the gazette printed."""
    other = create_key(tmp_path / "other", ORIGIN)
    shutil.rmtree(published.record / "log")
    create_logbook(read_record(published.record), other)
    forger = Published(published.site, published.record, other)
    (published.site / "log.vkey").write_text(f"{other.key.verifier}\n")
    published.list_again()
    forger.log()
    assert forger.verify(Asked()).good
    only(published.wrong(), "log/checkpoint: None of the known keys signed this note")


def test_without_a_key_from_elsewhere_the_signer_is_not_checked(published: Published) -> None:
    verdict = published.verify(Asked())
    assert verdict.good
    assert verdict.not_proved[0].startswith("Consistent, signer not checked")


def test_the_key_of_another_log(published: Published) -> None:
    other = SignerKey("other.example/log", bytes(32)).verifier
    only(published.wrong(Asked(key=other)), f"log/checkpoint: it is of {ORIGIN}, and the key is of other.example/log")


def test_a_witnesses_key_is_no_logs_key(published: Published) -> None:
    only(published.wrong(Asked(key=Witness(name=ORIGIN).key)), "log/checkpoint")


def test_a_second_history_is_told_from_the_one_that_was_seen(published: Published) -> None:
    """A split view. Both are signed by the right key; on paper stood the root of one."""
    seen = (published.checkpoint.size, published.checkpoint.root)
    assert published.verify(Asked(published.vkey, seen=(seen,))).good
    forged = Published(published.site, published.record, published.key)
    other = published.site.parent / "other"
    shutil.copytree(TWELVE, other / "record")
    (other / "record" / "areas.csv").write_text((TWELVE / "areas.csv").read_text().replace("North,", "Norden,"))
    second = create_key(other / "key", ORIGIN)
    create_logbook(read_record(other / "record"), second)
    with open_logbook(read_record(other / "record"), [second]) as book:
        book.append_rows()
    write_log(forged, decode_bundle((other / "record/log/tile/entries/000.p/94").read_bytes(), 94, "bundle"))
    wrong = forged.wrong(Asked(published.vkey, seen=((94, root_of_first(published, 94)),)))
    assert any("another history" in one for one in wrong)


def test_an_old_site_served_again_is_told_from_the_one_that_was_seen(made: Published, published: Published) -> None:
    seen = (made.checkpoint.size, made.checkpoint.root)
    entries = entries_of(published)[: made.checkpoint.size - 2]
    write_log(published, entries)
    wrong = published.wrong(Asked(published.vkey, seen=(seen,)))
    assert any("97 entries were seen before; here are 95: an older state" in one for one in wrong)


def test_an_old_checkpoint_in_a_new_folder(published: Published) -> None:
    size = published.checkpoint.size - 2
    tree = rebuild(reader_of(published.site / "log"), size + 2)
    text = Checkpoint(ORIGIN, size, tree.root(size)).text
    (published.site / "log/checkpoint").write_bytes(sign(text, [published.key.key]).data)
    only(published.wrong(), "log/tile/0/000.p/97: not a file of this log")


def test_a_cosignature_that_is_asked_for_and_not_there(published: Published) -> None:
    asked = Asked(published.vkey, witnesses=(Witness().key,), quorum=1)
    only(published.wrong(asked), "log/checkpoint: cosignatures: None of the known keys signed")


def test_a_quorum_of_witnesses(published: Published) -> None:
    witnesses = [Witness(name=f"{n}.example/w", seed=bytes([n] * 32)) for n in (1, 2, 3)]
    cosigned(published, *witnesses[:2])
    keys = tuple(witness.key for witness in witnesses)
    assert published.verify(Asked(published.vkey, witnesses=keys, quorum=2)).good
    only(
        published.wrong(Asked(published.vkey, witnesses=keys, quorum=3)),
        "log/checkpoint: 2 of the 3 witnesses cosigned the checkpoint; 3 are needed",
    )


def test_a_cosignature_of_another_checkpoint(published: Published) -> None:
    witness = Witness()
    line = witness.cosignature(Checkpoint(ORIGIN, 5, bytes(32)).text).line.encode()
    note = published.site / "log/checkpoint"
    note.write_bytes(note.read_bytes() + line)
    asked = Asked(published.vkey, witnesses=(witness.key,), quorum=1)
    only(published.wrong(asked), "log/checkpoint: cosignatures: The signature of example.com/witness")


def test_one_witness_twice_is_one_witness(published: Published) -> None:
    cosigned(published, Witness(), Witness(time=1))
    asked = Asked(published.vkey, witnesses=(Witness().key,), quorum=1)
    only(published.wrong(asked), "log/checkpoint: cosignatures: Two different signatures")


def test_a_log_taken_away_where_one_was_known(published: Published) -> None:
    shutil.rmtree(published.site / "log")
    only(published.wrong(), "log/checkpoint: missing")
    verdict = published.verify(Asked())
    assert list(map(str, verdict.wrong)) == ["log/checkpoint: missing, though the site has a verifier key for it."]
    assert verdict.not_proved[0] == "That nothing was changed since: this site has no log."
    (published.site / "log.vkey").unlink()
    published.list_again()
    assert published.verify(Asked()).good  # nothing says any more that there was one: so name the key
    only(published.wrong(), "log/checkpoint: missing")


def test_a_key_that_the_former_one_did_not_vouch_for(published: Published) -> None:
    """A forger appends an entry that names their key, and signs as it."""
    thief = SignerKey(ORIGIN, bytes(range(32)))
    entries = [*entries_of(published), entry_bytes("key", vkey=str(thief.verifier))]
    tree = Tree()
    tree.add(leaf_hashes(entries))
    note = sign(Checkpoint(ORIGIN, tree.size, tree.root()).text, [thief]).data.decode()
    write_log(published, [*entries, entry_bytes("key", vkey=str(thief.verifier), checkpoint=note)], thief)
    only(published.wrong(), "log/checkpoint: None of the known keys signed this note")


def test_a_key_that_the_former_one_vouched_for(published: Published, tmp_path: Path) -> None:
    second = create_key(tmp_path / "second", ORIGIN)
    with open_logbook(read_record(published.record), [published.key]) as book:
        book.rotate_key(second)
    (published.site / "log.vkey").write_text(f"{published.vkey}\n{second.key.verifier}\n")
    published.list_again()
    Published(published.site, published.record, second).log()
    verdict = published.verify()
    assert verdict.good, verdict.wrong
    assert any("to which that key passed on" in said for said in verdict.proved)
    assert published.verify(Asked(second.key.verifier)).good


def test_another_key_beside_the_log_than_the_log_names(published: Published) -> None:
    (published.site / "log.vkey").write_text(f"{SignerKey(ORIGIN, bytes(32)).verifier}\n")
    published.list_again()
    only(published.wrong(), "manifest", "log.vkey: not the one that publication 2 in the log is of")


def test_a_cosignature_with_the_logs_own_key(published: Published) -> None:
    own = Witness(name="independent.example/w", seed=published.key.key.seed)
    cosigned(published, own)
    asked = Asked(published.vkey, witnesses=(own.key,), quorum=1)
    only(published.wrong(asked), "log/checkpoint: independent.example/w signs with the log's own key")


def test_the_log_of_another_election_of_the_same_commission(published: Published) -> None:
    published.change("data/election.toml", 'id = "talvia-2031"', 'id = "talvia-2032"')
    published.list_again()
    only(published.wrong(), "manifest", "data/election.toml: it is of talvia-2032, and the log is of talvia-2031")
