"""A record and its log: what is added, what is refused, what a publication says."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from tallyroom.errors import CannotLog, NotFound
from tallyroom.log.checkpoint import parse_checkpoint
from tallyroom.log.keyfile import KeyFile, create_key
from tallyroom.log.note import open_note, parse_note
from tallyroom.log.tiles import decode_bundle
from tallyroom.log.tlog_proof import parse_proof
from tallyroom.publish.logbook import (
    Appended,
    Logbook,
    create_logbook,
    definition_hash,
    open_logbook,
    sql_hash,
)
from tallyroom.publish.logproof import prove_row
from tallyroom.record.entries import parse_entry
from tallyroom.record.folder import convert, read_record, write_record
from tests.log.witness import Witness

TWELVE = Path(__file__).parents[1] / "records" / "twelve-stations"
ORIGIN = "results.example.org/talvia-2031"
NOW, LATER = "2031-05-18T21:00:00Z", "2031-05-18T22:00:00Z"
PRESIDENT = Path("returns", "president.csv")
_RECOUNT = "recount,accepted,counted again,2031-05-20T10:00,,352,350,100,2,248,8,240,120,80,40,forms"


class Home:
    """A record of ours with a log, and the key outside of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "record"
        shutil.copytree(TWELVE, self.folder)
        self.key: KeyFile = create_key(folder / "key", ORIGIN)
        create_logbook(read_record(self.folder), self.key)

    def append(self) -> Appended:
        with open_logbook(read_record(self.folder), [self.key]) as book:
            return book.append_rows()

    def change(self, old: str, new: str, file: Path = PRESIDENT) -> None:
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")

    def entries(self) -> list[bytes]:
        checkpoint = parse_checkpoint(parse_note((self.folder / "log/checkpoint").read_bytes()).text)
        bundle = self.folder / f"log/tile/entries/000.p/{checkpoint.size}"
        return decode_bundle(bundle.read_bytes(), checkpoint.size, "bundle")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_every_row_is_logged_once(home: Home) -> None:
    rows = sum(len(table) for table in read_record(home.folder).tables.values())
    assert home.append() == Appended(rows, ())
    assert home.append() == Appended(0, ())
    entries = [parse_entry(data) for data in home.entries()]
    assert [entry.kind for entry in entries] == ["open"] + ["row"] * rows
    assert entries[0].text("origin") == ORIGIN
    assert entries[0].text("definition") == definition_hash(read_record(home.folder))


def test_a_logged_row_that_was_changed_is_named_by_file_and_line(home: Home) -> None:
    home.append()
    before = home.entries()
    home.change("south-1,1,count,accepted,,2031-05-18T21:55,,650", "south-1,1,count,accepted,,2031-05-18T21:55,,651")
    (fault,) = home.append().faults
    assert (fault.file, fault.line) == ("returns/president.csv", 11)
    assert "not as it was logged" in str(fault)
    assert home.entries() == before


def test_a_logged_row_that_is_gone_is_named(home: Home) -> None:
    home.append()
    path = home.folder / "returns" / "council.csv"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join([*lines[:2], *lines[3:]]))
    faults = home.append().faults
    assert [fault.file for fault in faults] == ["returns/council.csv"]
    assert "returns.council.north-2.1" in faults[0].found
    path.unlink()
    assert len(home.append().faults) == len(lines) - 1


def test_rows_in_another_order_in_another_format_are_the_same_rows(home: Home) -> None:
    home.append()
    path = home.folder / "areas.csv"
    lines = path.read_text().splitlines()
    path.write_text("\r\n".join([lines[0], *reversed(lines[1:])]) + "\r\n")
    assert home.append() == Appended(0, ())


def test_a_correction_is_a_row_more(home: Home) -> None:
    home.append()
    with (home.folder / PRESIDENT).open("a") as file:
        file.write(
            "south-4,2,recount,accepted,counted again,2031-05-20T10:00,,352,350,100,2,248,8,240,120,80,40,forms\n"
        )
    assert home.append() == Appended(1, ())
    entry = parse_entry(home.entries()[-1])
    assert (entry.text("key"), entry.row["act"]) == ("returns.president.south-4.2", 2)


def test_a_row_that_corrects_a_logged_one_is_a_row_more_and_corrects_it_once(home: Home) -> None:
    home.append()
    path, old = home.folder / "statements.csv", read_record(home.folder).tables["statements"].ids[0]
    header, *rows = path.read_text().splitlines()
    again = "2031-05-20,,fair-count,assessment,neutral,process,letter,Three of them differ.,copies"
    path.write_text("\n".join([f"{header},supersedes", *(f"{row}," for row in rows), f"{again},{old}"]) + "\n")
    assert home.append() == Appended(1, ())
    assert parse_entry(home.entries()[-1]).row["supersedes"] == old
    # A second correction of it, as a hand that goes round the reading of records would put it.
    record = read_record(home.folder)
    table = record.tables["statements"]
    twice = table.columns.slice(2).set_column(0, "at", pa.array(["2031-05-22"]))
    columns = pa.concat_tables([table.columns, twice])
    table = replace(table, columns=columns, lines=[*table.lines, 5], ids=[*table.ids, "again"])
    with open_logbook(replace(record, tables={**record.tables, "statements": table}), [home.key]) as book:
        (fault,) = book.append_rows().faults
    assert "was corrected already" in str(fault)


def test_an_act_written_before_its_predecessor_is_logged_after_it(home: Home) -> None:
    path = home.folder / PRESIDENT
    header, *rows = path.read_text().splitlines()
    path.write_text("\n".join([header, *reversed(rows)]) + "\n")
    assert not home.append().faults
    keys = [parse_entry(data).text("key") for data in home.entries()]
    assert keys.index("returns.president.east-2.1") < keys.index("returns.president.east-2.2")


def test_a_correction_that_skips_one_is_not_logged(home: Home) -> None:
    home.append()
    with (home.folder / PRESIDENT).open("a") as file:
        file.write(
            "south-4,3,recount,accepted,counted again,2031-05-20T10:00,,352,350,100,2,248,8,240,120,80,40,forms\n"
        )
    (fault,) = home.append().faults
    assert "one was skipped" in str(fault)
    assert fault.line == 16


def test_a_picture_is_logged_only_by_a_salted_hash(home: Home) -> None:
    picture = hashlib.sha256(b"a picture").hexdigest()
    path = home.folder / "returns" / "council.csv"
    header, first, *rest = path.read_text().splitlines()
    path.write_text("\n".join([f"{header},form", f"{first},{picture}", *(f"{row}," for row in rest)]) + "\n")
    home.append()
    said = [entry.row["form"] for entry in map(parse_entry, home.entries()) if "form" in entry.row]
    assert len(said) == 1
    assert not any(picture.encode() in entry for entry in home.entries())
    with open_logbook(read_record(home.folder), [home.key]) as book:
        vkey, (name, salt) = book.site_files()
    assert vkey == ("log.vkey", f"{home.key.key.verifier}\n".encode())
    assert name == f"data/forms/{picture}.salt"
    known = hashlib.sha256(bytes.fromhex(salt.decode()) + bytes.fromhex(picture)).hexdigest()
    assert said == [f"salted:{known}"]
    assert home.append() == Appended(0, ())
    # A link in the salt's place, such as to the key, is not followed into the site.
    path = home.folder / "forms" / f"{picture}.salt"
    path.unlink()
    path.symlink_to(home.key.path)
    with open_logbook(read_record(home.folder), [home.key]) as book, pytest.raises(CannotLog, match="is no salt"):
        list(book.site_files())
    with pytest.raises(CannotLog, match="is no salt"):
        home.append()


def _publish(book: Logbook, now: str, results: str = "11" * 32, manifest: str = "22" * 32) -> int:
    book.append_rows()
    return book.publish(now, results, manifest).number


def test_a_publication_says_what_it_was_made_of_and_consists_of(home: Home) -> None:
    record = read_record(home.folder)
    with open_logbook(record, [home.key]) as book:
        assert _publish(book, NOW) == 1
    with open_logbook(record, [home.key]) as book:
        size = book.ledger.size
        assert _publish(book, LATER, manifest="33" * 32) == 2
    said = parse_entry(home.entries()[-2])
    assert said.values == {
        "number": 1,
        "size": size - 1,
        "root": said.text("root"),
        "at": NOW,
        "definition": definition_hash(record),
        "sql": sql_hash(),
        "results": "11" * 32,
        "manifest": "22" * 32,
    }


def test_the_published_files_are_those_of_all_published_sizes(home: Home) -> None:
    with open_logbook(read_record(home.folder), [home.key]) as book:
        _publish(book, NOW)
        first = book.ledger.size
        _publish(book, LATER, manifest="33" * 32)
        names = dict(book.files())
        # What stands for an earlier size is the beginning of what was read again, also where its own file was altered.
        earlier = home.folder / f"log/tile/entries/000.p/{first}"
        was = earlier.read_bytes()
        earlier.write_bytes(was[:-1])
        assert dict(book.files()) == names
        earlier.write_bytes(was)
    assert set(names) == {"log/checkpoint"} | {
        f"log/tile/{level}/000.p/{size}" for level in ("0", "entries") for size in (first, first + 1)
    }
    assert all((home.folder / name).read_bytes() == data for name, data in names.items())


def test_a_row_is_proved_by_a_file_alone(home: Home) -> None:
    home.append()
    proof = parse_proof(prove_row(read_record(home.folder), "returns.president.north-1.1").data)
    assert proof.extra
    assert proof.check(proof.extra, [home.key.key.verifier]).size == len(home.entries())
    assert parse_entry(proof.extra).row["votes.ada-lund"] == 350
    with pytest.raises(NotFound, match="No row"):
        prove_row(read_record(home.folder), "nobody")


def test_the_log_itself_says_that_another_key_signs(home: Home, tmp_path: Path) -> None:
    home.append()
    second = create_key(tmp_path / "second", ORIGIN)
    with open_logbook(read_record(home.folder), [home.key]) as book:
        book.rotate_key(second)
        assert book.has_news
    note = (home.folder / "log/checkpoint").read_bytes()
    assert len(open_note(note, [home.key.key.verifier, second.key.verifier]).verified) == 2
    named, confirmed = map(parse_entry, home.entries()[-2:])
    assert named.text("vkey") == confirmed.text("vkey") == str(second.key.verifier)
    former = open_note(confirmed.text("checkpoint").encode(), [home.key.key.verifier])
    assert parse_checkpoint(former.text).size == len(home.entries()) - 1
    with open_logbook(read_record(home.folder), [second]) as book:
        book.publish(NOW, "11" * 32, "22" * 32)
    now = open_note((home.folder / "log/checkpoint").read_bytes(), [second.key.verifier])
    assert parse_checkpoint(now.text).size == len(home.entries())


def test_the_former_key_cannot_go_on_alone(home: Home, tmp_path: Path) -> None:
    """The log says who signs from there on; later the checkpoint no longer bears its signature either."""
    second = create_key(tmp_path / "second", ORIGIN)
    with open_logbook(read_record(home.folder), [home.key]) as book:
        book.rotate_key(second)
    with pytest.raises(CannotLog, match="is a former key"):
        home.append()
    with open_logbook(read_record(home.folder), [second]) as book:
        book.append_rows()
    with pytest.raises(CannotLog, match=f"None of the known keys.*{home.key.path}.*--key"):
        home.append()


def test_a_key_is_kept_outside_the_record(tmp_path: Path) -> None:
    folder = tmp_path / "record"
    shutil.copytree(TWELVE, folder)
    with pytest.raises(CannotLog, match="Keep it outside"):
        create_logbook(read_record(folder), create_key(folder / "key", ORIGIN))


def test_a_log_begun_and_stopped_is_begun_again(home: Home, tmp_path: Path) -> None:
    with pytest.raises(CannotLog, match="is there already"):
        create_logbook(read_record(home.folder), home.key)
    shutil.rmtree(home.folder / "log")
    with pytest.raises(CannotLog, match="has signed a log before"):
        create_logbook(read_record(home.folder), home.key)
    with pytest.raises(CannotLog, match="not there"):
        home.append()


def test_a_log_of_another_election_is_not_added_to(home: Home) -> None:
    home.change('id = "talvia-2031"', 'id = "talvia-2032"', Path("election.toml"))
    with pytest.raises(CannotLog, match="of the election talvia-2031"):
        home.append()


def test_faults_are_told_together(home: Home) -> None:
    home.append()
    assert home.append().or_refuse() == 0
    record = read_record(TWELVE)
    gone = replace(
        record, folder=home.folder, tables={n: t for n, t in record.tables.items() if n != "returns/council"}
    )
    with open_logbook(gone, [home.key]) as book, pytest.raises(CannotLog) as told:
        book.append_rows().or_refuse()
    says = "12 rows are not as they were logged, or cannot be logged:\n  returns/council.csv: the row"
    assert str(told.value).startswith(says)


def test_a_cosignature_comes_into_a_site_in_which_nothing_else_is_new(home: Home, tmp_path: Path) -> None:
    with open_logbook(read_record(home.folder), [home.key]) as book:
        _publish(book, NOW)
        for path, data in book.files():
            (tmp_path / "site" / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "site" / path).write_bytes(data)
        assert not book.refresh(tmp_path / "site")
        witness = Witness(logs=[str(home.key.key.verifier)])
        assert book.cosign(witness.add_checkpoint, [witness.key]) == 2
        assert book.refresh(tmp_path / "site")
        published = (tmp_path / "site/log/checkpoint").read_bytes()
        assert open_note(published, [witness.key]).verified
        _publish(book, LATER, manifest="33" * 32)
        assert not book.refresh(tmp_path / "site")
        assert not book.refresh(tmp_path / "nowhere")


def test_the_same_rows_as_parquet_are_the_same_rows(home: Home, tmp_path: Path) -> None:
    home.append()
    write_record(convert(read_record(home.folder), "parquet"), tmp_path / "parquet")
    shutil.copytree(home.folder / "log", tmp_path / "parquet" / "log")
    with open_logbook(read_record(tmp_path / "parquet"), [home.key]) as book:
        assert book.append_rows() == Appended(0, ())
