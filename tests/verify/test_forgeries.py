"""A published site as somebody leaves it who wants other figures to be believed. Each is found, and its file named.

Some forge as an outsider, who has no key; some as whoever holds the key, and can sign anything.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tallyroom.log.checkpoint import Checkpoint
from tallyroom.log.keyfile import create_key
from tallyroom.log.keys import SignerKey
from tallyroom.log.note import sign
from tallyroom.log.store import reader_of
from tallyroom.log.tiles import decode_bundle, encode_bundle, files_of
from tallyroom.log.tree import Tree, leaf_hashes
from tallyroom.log.whole import earlier_files, rebuild
from tallyroom.publish.closing import redact_row
from tallyroom.publish.logbook import create_logbook, open_logbook
from tallyroom.publish.verify import Asked
from tallyroom.record.entries import entry_bytes, parse_entry
from tallyroom.record.folder import read_record
from tests.log.witness import Witness
from tests.verify.conftest import ORIGIN, RECOUNT, TWELVE, Published, begin, copy_of

COUNCIL = "returns/council/north.csv"


def _entries(published: Published) -> list[bytes]:
    size = published.checkpoint.size
    return decode_bundle((published.site / f"log/tile/entries/000.p/{size}").read_bytes(), size, "bundle")


def _write_log(
    published: Published, entries: list[bytes], key: SignerKey | None = None, leaves: list[bytes] | None = None
) -> None:
    """A log of these entries with all its tiles, signed: what only whoever holds the key can make."""
    shutil.rmtree(published.site / "log")
    tree = Tree()
    tree.add(leaves or leaf_hashes(entries))
    sizes = [n for n, entry in enumerate(entries, 1) if b'"kind":"publication"' in entry]
    for tile in {*files_of(len(entries)), *earlier_files(len(entries), sizes)}:
        path = published.site / "log" / tile.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(encode_bundle(entries[: tile.width]) if tile.level < 0 else tree.tile(0, 0, tile.width))
    text = Checkpoint(ORIGIN, len(entries), tree.root()).text
    (published.site / "log/checkpoint").write_bytes(sign(text, [key or published.key.key]).data)


def _write_log_of(published: Published) -> None:
    """The log of the record, put into the site as it is."""
    shutil.rmtree(published.site / "log")
    shutil.copytree(published.record / "log", published.site / "log")


def _listed(published: Published, name: str, data: bytes) -> None:
    """A file put into the site and its manifest."""
    (published.site / name).parent.mkdir(exist_ok=True)
    (published.site / name).write_bytes(data)
    manifest = published.site / "manifest"
    lines = [*manifest.read_text().splitlines(), f"{hashlib.sha256(data).hexdigest()}  {name}"]
    manifest.write_text("".join(f"{line}\n" for line in sorted(lines, key=lambda line: line.partition("  ")[2])))


def _only(wrong: list[str], *begins: str) -> None:
    """Each of these begins something that is wrong, and the first of them is the first."""
    assert wrong, "nothing was found"
    assert wrong[0].startswith(begins[0]), wrong
    for start in begins:
        assert any(one.startswith(start) for one in wrong), (start, wrong)


def test_a_site_that_nobody_touched_is_good(published: Published) -> None:
    verdict = published.verify()
    assert verdict.wrong == []
    assert [said[:40] for said in verdict.not_proved] == ["That pages, charts and files for other p"]
    assert len(verdict.proved) == 6


def test_a_bit_flipped_in_each_file_is_found_and_the_file_named(published: Published) -> None:
    files = sorted(p.relative_to(published.site).as_posix() for p in published.site.rglob("*") if p.is_file())
    listed = [name for name in files if not name.startswith("log/") and name != "manifest"]
    groups = [listed[at : at + 15] for at in range(0, len(listed), 15)]
    groups += [[name] for name in files if name not in listed]
    for group in groups:
        before = {name: (published.site / name).read_bytes() for name in group}
        for name, data in before.items():
            middle = len(data) // 2
            (published.site / name).write_bytes(data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :])
        found = published.verify().wrong
        for name in group:
            beside = name.replace("log/tile/0/", "log/tile/entries/")
            assert any(wrong.file in (name, beside) for wrong in found) or (name == "manifest" and found), name
        for name, data in before.items():
            (published.site / name).write_bytes(data)
    assert published.verify().good


def test_each_file_taken_away_is_named(published: Published) -> None:
    files = sorted(p.relative_to(published.site).as_posix() for p in published.site.rglob("*") if p.is_file())
    in_log = [name for name in files if name.startswith("log/")]
    for name in [*in_log, "manifest", *[name for name in files if name not in in_log][::25]]:
        data = (published.site / name).read_bytes()
        (published.site / name).unlink()
        assert any(wrong.file == name for wrong in published.verify().wrong), name
        (published.site / name).write_bytes(data)


@pytest.mark.parametrize(
    "name",
    [
        "more.html",
        "data/notes.csv",
        ".hidden",
        "log/more",
        "log/.checkpoint.new",
        "log/tile/0/001",
        "log/tile/0/000.p/097",
    ],
)
def test_a_file_added_anywhere_is_named(published: Published, name: str) -> None:
    (published.site / name).write_bytes(b"x")
    _only(published.wrong(), name)


def test_a_figure_on_a_page(published: Published) -> None:
    published.change("index.html", "1,671", "1,761")
    _only(published.wrong(), "index.html: not the file that the manifest lists")


def test_a_figure_on_a_page_and_the_manifest_that_lists_it(published: Published) -> None:
    published.change("index.html", "1,671", "1,761")
    published.list_again()
    assert published.wrong() == ["manifest: not the one that publication 2 in the log is of."]


def test_a_row_in_a_table_and_the_manifest_that_lists_it(published: Published) -> None:
    published.change(COUNCIL, "north-1,1,,,10,590,250,180", "north-1,1,,,10,590,240,190")
    published.list_again()
    _only(
        published.wrong(),
        "manifest: not the one",
        f"{COUNCIL}, line 2: the row returns.council.north-1.1 is not as it was logged",
        "results.json, line",
    )


def test_a_row_taken_out_of_a_table(published: Published) -> None:
    published.change(COUNCIL, "north-2,1,,,9,480,200,150,90,40,forms\n", "")
    published.list_again()
    _only(published.wrong(), "manifest", "returns/council/")
    assert any("returns.council.north-2.1" in wrong and "is missing" in wrong for wrong in published.wrong())


def test_a_row_put_into_a_table(published: Published) -> None:
    path = published.site / "returns/president/south.csv"
    path.write_text(path.read_text() + f"south-4,3,{RECOUNT}\n")
    published.list_again()
    _only(published.wrong(), "manifest")
    assert any(
        "south.csv, line 7: the row returns.president.south-4.3 is not in the log" in w for w in published.wrong()
    )


def test_a_table_of_one_area_with_other_columns(published: Published) -> None:
    published.change("returns/council/south.csv", "votes.harvest,votes.lantern", "votes.lantern,votes.harvest")
    published.list_again()
    assert any("its first line is not that" in wrong for wrong in published.wrong())


def test_an_announced_figure(published: Published) -> None:
    published.change("data/announcements.csv", '"7,000",7000', '"7,000",7100')
    published.list_again()
    _only(published.wrong(), "manifest", "data/announcements.csv, line 2: the row reg-all is not as it was logged")


def test_the_rules_of_the_election(published: Published) -> None:
    published.change("data/election.toml", 'rule = "absolute-majority"', 'rule = "plurality"')
    published.list_again()
    _only(published.wrong(), "manifest", "data/election.toml: not the one that publication 2", "results.json, line")


def test_the_results_alone(published: Published) -> None:
    published.change("results.json", "1671", "1761")
    published.list_again()
    _only(published.wrong(), "manifest", "results.json: not the one that publication 2", "results.json, line")


def test_results_that_the_rows_do_not_make_though_all_of_it_was_logged(published: Published) -> None:
    """Whoever holds the key says in the log that these are the results: adding up the rows shows otherwise."""
    published.change("results.json", "1671", "1761")
    published.list_again()
    published.log()
    (wrong,) = published.wrong()
    assert wrong.startswith("results.json, line")
    assert "the rows make" in wrong


def test_a_publication_that_the_log_does_not_know(published: Published) -> None:
    entries = _entries(published)[:-1]
    entries = [entry for entry in entries if parse_entry(entry).kind != "publication"]
    _write_log(published, entries)
    _only(published.wrong(), "log/checkpoint: no entry of the log says that this was published")


def test_a_changed_entry(published: Published) -> None:
    size = published.checkpoint.size
    published.change(f"log/tile/entries/000.p/{size}", '"votes.harvest":250', '"votes.harvest":260')
    _only(published.wrong(), f"log/tile/entries/000.p/{size}: entry")


def test_a_changed_tile(published: Published) -> None:
    size = published.checkpoint.size
    tile = published.site / f"log/tile/0/000.p/{size}"
    tile.write_bytes(b"\x00" * 32 + tile.read_bytes()[32:])
    _only(published.wrong(), f"log/tile/entries/000.p/{size}: entry 0")


def test_an_entry_changed_with_its_tile(published: Published) -> None:
    """Bundle and tile agree; the checkpoint does not."""
    entries, note = _entries(published), (published.site / "log/checkpoint").read_bytes()
    _write_log(published, [entry.replace(b'"votes.harvest":250', b'"votes.harvest":260') for entry in entries])
    (published.site / "log/checkpoint").write_bytes(note)
    _only(published.wrong(), "log/checkpoint: its root is not the one")


def _forged(published: Published, forge: Callable[[list[bytes]], list[bytes]]) -> list[str]:
    """What is wrong with a log that whoever holds the key wrote anew, tiles, root, signature and all."""
    _write_log(published, forge(_entries(published)))
    return published.wrong()


def test_a_pair_of_entries_swapped_by_whoever_holds_the_key(published: Published) -> None:
    def swap(entries: list[bytes]) -> list[bytes]:
        acts = [n for n, entry in enumerate(entries) if b'"key":"returns.president.east-2.' in entry]
        entries[acts[0]], entries[acts[1]] = entries[acts[1]], entries[acts[0]]
        return entries

    assert any("one was skipped" in wrong for wrong in _forged(published, swap))


def test_a_correction_that_skips_one(published: Published) -> None:
    """The first act at a station is left out of the history, as if the recount had been all there was."""
    wrong = _forged(published, lambda entries: [e for e in entries if b'"returns.president.east-2.1"' not in e])
    assert any("act 2 at station east-2" in one and "one was skipped" in one for one in wrong)


def test_a_history_without_a_row_names_another_root(published: Published) -> None:
    wrong = _forged(published, lambda entries: [e for e in entries if b'"returns.council.north-1.1"' not in e])
    _only(wrong, "log/tile/entries/000.p/96: entry 93 of the log: publication 1 says it was made of 94 entries")


def test_a_row_changed_in_the_whole_history_by_whoever_holds_the_key(published: Published) -> None:
    def change(entries: list[bytes]) -> list[bytes]:
        return [entry.replace(b'"votes.harvest":250', b'"votes.harvest":260') for entry in entries]

    _only(_forged(published, change), "log/tile/entries/000.p/97: entry 94, publication 1, names another root")


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
    _only(published.wrong(), "log/checkpoint: None of the known keys signed this note")


def test_without_a_key_from_elsewhere_the_signer_is_not_checked(published: Published) -> None:
    verdict = published.verify(Asked())
    assert verdict.good
    assert verdict.not_proved[0].startswith("Consistent, signer not checked")


def test_the_key_of_another_log(published: Published) -> None:
    other = SignerKey("other.example/log", bytes(32)).verifier
    _only(published.wrong(Asked(key=other)), f"log/checkpoint: it is of {ORIGIN}, and the key is of other.example/log")


def test_a_witnesses_key_is_no_logs_key(published: Published) -> None:
    _only(published.wrong(Asked(key=Witness(name=ORIGIN).key)), "log/checkpoint")


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
    _write_log(forged, decode_bundle((other / "record/log/tile/entries/000.p/94").read_bytes(), 94, "bundle"))
    wrong = forged.wrong(Asked(published.vkey, seen=((94, rebuild_root(published, 94)),)))
    assert any("another history" in one for one in wrong)


def rebuild_root(published: Published, size: int) -> bytes:
    """The root of the first entries of the log in the record."""
    return rebuild(reader_of(published.record / "log"), published.checkpoint_of_record.size).root(size)


def test_an_old_site_served_again_is_told_from_the_one_that_was_seen(made: Published, published: Published) -> None:
    seen = (made.checkpoint.size, made.checkpoint.root)
    entries = _entries(published)[: made.checkpoint.size - 2]
    _write_log(published, entries)
    wrong = published.wrong(Asked(published.vkey, seen=(seen,)))
    assert any("97 entries were seen before; here are 95: an older state" in one for one in wrong)


def test_an_old_checkpoint_in_a_new_folder(published: Published) -> None:
    size = published.checkpoint.size - 2
    tree = rebuild(reader_of(published.site / "log"), size + 2)
    text = Checkpoint(ORIGIN, size, tree.root(size)).text
    (published.site / "log/checkpoint").write_bytes(sign(text, [published.key.key]).data)
    _only(published.wrong(), "log/tile/0/000.p/97: not a file of this log")


def test_a_cosignature_that_is_asked_for_and_not_there(published: Published) -> None:
    asked = Asked(published.vkey, witnesses=(Witness().key,), quorum=1)
    _only(published.wrong(asked), "log/checkpoint: cosignatures: None of the known keys signed")


def _cosigned(published: Published, *witnesses: Witness) -> None:
    note = (published.site / "log/checkpoint").read_bytes()
    for witness in witnesses:
        note += witness.cosignature(published.checkpoint.text).line.encode()
    (published.site / "log/checkpoint").write_bytes(note)


def test_a_quorum_of_witnesses(published: Published) -> None:
    witnesses = [Witness(name=f"{n}.example/w", seed=bytes([n] * 32)) for n in (1, 2, 3)]
    _cosigned(published, *witnesses[:2])
    keys = tuple(witness.key for witness in witnesses)
    assert published.verify(Asked(published.vkey, witnesses=keys, quorum=2)).good
    _only(
        published.wrong(Asked(published.vkey, witnesses=keys, quorum=3)),
        "log/checkpoint: 2 of the 3 witnesses cosigned the checkpoint; 3 are needed",
    )


def test_a_cosignature_of_another_checkpoint(published: Published) -> None:
    witness = Witness()
    line = witness.cosignature(Checkpoint(ORIGIN, 5, bytes(32)).text).line.encode()
    note = published.site / "log/checkpoint"
    note.write_bytes(note.read_bytes() + line)
    asked = Asked(published.vkey, witnesses=(witness.key,), quorum=1)
    _only(published.wrong(asked), "log/checkpoint: cosignatures: The signature of example.com/witness")


def test_one_witness_twice_is_one_witness(published: Published) -> None:
    _cosigned(published, Witness(), Witness(time=1))
    asked = Asked(published.vkey, witnesses=(Witness().key,), quorum=1)
    _only(published.wrong(asked), "log/checkpoint: cosignatures: Two different signatures")


def test_a_log_taken_away_where_one_was_known(published: Published) -> None:
    shutil.rmtree(published.site / "log")
    _only(published.wrong(), "log/checkpoint: missing")
    verdict = published.verify(Asked())
    assert list(map(str, verdict.wrong)) == ["log/checkpoint: missing, though the site has a verifier key for it."]
    assert verdict.not_proved[0] == "That nothing was changed since: this site has no log."
    (published.site / "log.vkey").unlink()
    published.list_again()
    assert published.verify(Asked()).good  # nothing says any more that there was one: so name the key
    _only(published.wrong(), "log/checkpoint: missing")


def test_a_link_out_of_the_folder(published: Published, tmp_path: Path) -> None:
    shutil.move(published.site / "index.html", tmp_path / "index.html")
    (published.site / "index.html").symlink_to(tmp_path / "index.html")
    _only(published.wrong(), "index.html: missing, or not a plain file")


def test_a_folder_that_is_a_link(published: Published, tmp_path: Path) -> None:
    shutil.move(published.site / "data", tmp_path / "data")
    (published.site / "data").symlink_to(tmp_path / "data")
    _only(published.wrong(), "data/")
    assert any(one.startswith(("data: not in the manifest", "data/")) for one in published.wrong())


def test_a_link_in_the_log(published: Published, tmp_path: Path) -> None:
    shutil.move(published.site / "log/tile", tmp_path / "tile")
    (published.site / "log/tile").symlink_to(tmp_path / "tile")
    _only(published.wrong(), "log/tile")


@pytest.mark.parametrize(
    "line",
    [
        "../outside",
        "/etc/passwd",
        "data/../../outside",
        "./index.html",
        "data//x",
        "C:/x",
        "data\\x",
        "x\ty",
        "",
        "x" * 2000,
    ],
)
def test_a_manifest_that_names_what_is_not_inside(published: Published, line: str) -> None:
    manifest = published.site / "manifest"
    manifest.write_text(manifest.read_text() + f"{'0' * 64}  {line}\n")
    _only(published.wrong(), "manifest: line")


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-1],
        lambda text: text.upper(),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text + text.splitlines()[-1] + "\n",
        lambda text: "\n".join(reversed(text.splitlines())) + "\n",
        lambda text: text.replace("  ", " *"),
        lambda text: "\ufeff" + text,
        lambda text: "",
    ],
)
def test_a_manifest_that_is_none(published: Published, change: Callable[[str], str]) -> None:
    manifest = published.site / "manifest"
    manifest.write_bytes(change(manifest.read_text()).encode())
    _only(published.wrong(), "manifest: ")


def test_a_bundle_that_claims_ten_gigabytes(published: Published) -> None:
    with (published.site / "log/tile/entries/000.p/97").open("r+b") as sparse:
        sparse.truncate(10_000_000_000)
    _only(published.wrong(), "log/tile/entries/000.p/97: longer than")


def test_a_checkpoint_that_claims_a_trillion_entries(published: Published) -> None:
    text = Checkpoint(ORIGIN, 10**12, bytes(32)).text
    (published.site / "log/checkpoint").write_bytes(sign(text, [published.key.key]).data)
    _only(published.wrong(), "log/tile/entries/000: missing")


def test_an_entry_taken_away_without_saying_so(published: Published) -> None:
    entries = _entries(published)
    bundle = published.site / "log/tile/entries/000.p/97"
    bundle.write_bytes(encode_bundle([*entries[:20], b"", *entries[21:]]))
    _only(published.wrong(), "log/tile/entries/000.p/97: entry 20 was taken away, and no redaction says so")


def test_an_entry_that_is_no_entry_of_an_election(published: Published) -> None:
    wrong = _forged(published, lambda entries: [*entries, b'{"kind":"note","says":"trust me"}'])
    _only(wrong, "log/tile/entries/000.p/98: entry 97 of the log: an entry of the kind 'note'")


def test_a_publication_replayed(published: Published) -> None:
    wrong = _forged(published, lambda entries: [*entries, entries[-1]])
    _only(wrong, "log/tile/entries/000.p/98: entry 97 of the log: publication 2 follows publication 2")


def test_a_key_that_the_former_one_did_not_vouch_for(published: Published) -> None:
    """A forger appends an entry that names their key, and signs as it."""
    thief = SignerKey(ORIGIN, bytes(range(32)))
    entries = [*_entries(published), entry_bytes("key", vkey=str(thief.verifier))]
    tree = Tree()
    tree.add(leaf_hashes(entries))
    note = sign(Checkpoint(ORIGIN, tree.size, tree.root()).text, [thief]).data.decode()
    _write_log(published, [*entries, entry_bytes("key", vkey=str(thief.verifier), checkpoint=note)], thief)
    _only(published.wrong(), "log/checkpoint: None of the known keys signed this note")


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


@pytest.mark.parametrize("name", ["data/areas.csv", "data/election.toml", COUNCIL, "results.json", "data/forms/x.salt"])
def test_a_file_of_noise_does_not_stop_the_verifier(published: Published, name: str) -> None:
    (published.site / name).parent.mkdir(exist_ok=True)
    (published.site / name).write_bytes(os.urandom(3000))
    published.list_again()
    assert published.wrong()
    (published.site / name).write_bytes(b"")
    published.list_again()
    assert published.wrong()


def _take_out(published: Published, at: int) -> None:
    """Entry `at`, a row of names.csv, taken away as the command does it, and the site published anew."""
    names = published.record / "names.csv"
    names.write_text(names.read_text().splitlines()[0] + "\n")
    with open_logbook(read_record(published.record), [published.key]) as book:
        redact_row(book, at, "The name of a voter.")
    published.publish(3)


def _of_names(published: Published) -> int:
    return next(n for n, entry in enumerate(_entries(published)) if b'"table":"names"' in entry)


@pytest.fixture(scope="module")
def redacted(made: Published, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The same site after a row was taken away."""
    site = copy_of(made, tmp_path_factory.mktemp("redacted"))
    _take_out(site, _of_names(site))
    return site


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
    entries = _entries(site)
    with open_logbook(read_record(site.record), [site.key]) as book:
        row = next(n for n, entry in enumerate(entries) if b'"table":"statements"' in entry)
        leaf = leaf_hashes([entries[row]])[0].hex()
        book.add(entry_bytes("redaction", index=row, leaf=leaf, reason="it was said"))
    _write_log_of(site)
    assert any(f"entry {row} is still here, though entry 99 says it was taken away" in one for one in site.wrong())
    # As after a run that was stopped between the two: told again, it goes on.
    with open_logbook(read_record(site.record), [site.key]) as book:
        assert redact_row(book, row, "it was said").index == 99
    _write_log_of(site)
    assert not any("still here" in one for one in site.wrong())


def test_a_redaction_of_another_hash_than_the_entry_had(published: Published) -> None:
    """A bundle with a hole, and an entry that explains it with a hash of its own making."""
    at = _of_names(published)
    hole = [b"" if n == at else entry for n, entry in enumerate(_entries(published))]
    leaves = leaf_hashes(_entries(published))
    says = entry_bytes("redaction", index=at, leaf="ab" * 32, reason="x")
    _write_log(published, [*hole, says], leaves=[*leaves, *leaf_hashes([says])])
    assert any(f"entry {at} was taken away, and no redaction says so" in one for one in published.wrong())


def test_a_signed_checkpoint_that_says_more_than_it_may(published: Published) -> None:
    """An extension line, signed with the rest: a program that shows checkpoints would show it as the log's word."""
    text = published.checkpoint.text + "Certified by the Supreme Court\n"
    (published.site / "log/checkpoint").write_bytes(sign(text, [published.key.key]).data)
    _only(published.wrong(), "log/checkpoint: it says more than who, size and root: 'Certified by the Supreme Court'")


def test_names_twice_in_an_entry(published: Published) -> None:
    """Two programs may each take another one of the two for what the row says."""

    def twice(entries: list[bytes]) -> list[bytes]:
        return [entry.replace(b'"votes.harvest":250', b'"votes.harvest":250,"votes.harvest":260') for entry in entries]

    assert any("as RFC 8785 writes it" in one for one in _forged(published, twice))


def test_a_publication_that_is_dated_back(published: Published) -> None:
    """As if the corrected figures had been the first ones to be shown."""
    wrong = _forged(published, lambda entries: [e.replace(b"2031-05-22T07:", b"2031-05-21T23:") for e in entries])
    assert any("publication 2 is of 2031-05-21T23:00:00Z, before what was logged ahead of it" in one for one in wrong)


def test_the_log_of_another_election_of_the_same_commission(published: Published) -> None:
    published.change("data/election.toml", 'id = "talvia-2031"', 'id = "talvia-2032"')
    published.list_again()
    _only(published.wrong(), "manifest", "data/election.toml: it is of talvia-2032, and the log is of talvia-2031")


def test_rules_that_were_changed_after_the_log_was_opened_are_told(published: Published) -> None:
    """By whoever holds the key: nothing is wrong, but everybody hears of it."""
    for path in (published.record / "election.toml", published.site / "data/election.toml"):
        path.write_text(path.read_text() + "\n# other rules\n")
    published.list_again()
    published.log()
    verdict = published.verify()
    assert verdict.good, verdict.wrong
    assert "That the rules stayed what they were: data/election.toml is not what the log" in verdict.not_proved[0]


@pytest.mark.parametrize("path", ["results.json", "data/sql/votes.sql"])
def test_what_a_publication_was_made_of_is_left_out_or_changed(published: Published, path: str) -> None:
    """The key's holder publishes a manifest without results, or with other queries, than the log's entry is of."""
    file = published.site / path
    if path == "results.json":
        file.unlink()
    else:
        file.write_text("SELECT 1")
    published.list_again()
    last = published.site / "manifest"
    entries = _entries(published)
    said = parse_entry(entries[-1]).text("manifest").encode()
    manifest = hashlib.sha256(last.read_bytes()).hexdigest().encode()
    _write_log(published, [*entries[:-1], entries[-1].replace(said, manifest)])
    begins = "results.json: missing" if path == "results.json" else "data/sql/: not the ones that publication 2"
    _only(published.wrong(), begins)


def test_another_key_beside_the_log_than_the_log_names(published: Published) -> None:
    (published.site / "log.vkey").write_text(f"{SignerKey(ORIGIN, bytes(32)).verifier}\n")
    published.list_again()
    _only(published.wrong(), "manifest", "log.vkey: not the one that publication 2 in the log is of")


def test_a_whole_table_beside_the_rows_by_area(published: Published) -> None:
    """Only a release has whole tables; one put there all the same is what people would take and add up."""
    table = (TWELVE / "returns/council.csv").read_text().replace("590,250,180", "590,240,190")
    _listed(published, "data/returns/council.csv", table.encode())
    published.log()
    assert any("data/returns/council.csv" in one or "data/stations.csv" in one for one in published.wrong())


def test_a_cosignature_with_the_logs_own_key(published: Published) -> None:
    own = Witness(name="independent.example/w", seed=published.key.key.seed)
    _cosigned(published, own)
    asked = Asked(published.vkey, witnesses=(own.key,), quorum=1)
    _only(published.wrong(asked), "log/checkpoint: independent.example/w signs with the log's own key")


def test_a_picture_under_the_name_of_another(published: Published) -> None:
    """Published so by whoever holds the key: the rows name a picture by its SHA-256, and another one is shown."""
    name = f"data/forms/{'ab' * 32}.png"
    _listed(published, name, b"another")
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
