"""The zip of everything: the same bytes each time, and compared with the files that it was made of."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from tallyroom.publish.formats.bundle import compare, write_zip

AT = datetime(2026, 11, 22, 9, 59, 59, tzinfo=timezone(timedelta(hours=4)))
FILES = {
    "index.html": b"<p>Results</p>",
    "data/areas.csv": b"id,name\n" * 50_000,
    "data/\u0259.txt": "ə".encode(),
    "data/empty": b"",
    "Z.txt": b"z",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "site"
    for name, data in FILES.items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_bytes(data)
    return made


@pytest.fixture
def archive(folder: Path) -> Path:
    path = folder.parent / "site.zip"
    write_zip(path, folder, FILES, "talvia", AT)
    return path


def test_it_holds_every_file_below_one_folder_in_order_and_at_the_time_of_publication(archive):
    with zipfile.ZipFile(archive) as held:
        assert held.testzip() is None
        names = [info.filename for info in held.infolist()]
        assert names == sorted(f"talvia/{name}" for name in FILES)
        assert {info.date_time for info in held.infolist()} == {(2026, 11, 22, 5, 59, 58)}
        assert {name: held.read(f"talvia/{name}") for name in FILES} == FILES


def test_the_same_files_make_the_same_bytes_whatever_the_disk_says_of_them(folder, archive):
    for name in FILES:
        (folder / name).chmod(0o600)
        (folder / name).touch()
    again = folder.parent / "again.zip"
    write_zip(again, folder, reversed(list(FILES)), "talvia", AT.astimezone(UTC))
    assert again.read_bytes() == archive.read_bytes()


def test_before_1980_there_is_no_time(folder):
    early = folder.parent / "early.zip"
    write_zip(early, folder, FILES, "talvia", datetime(1975, 1, 1, tzinfo=UTC))
    with zipfile.ZipFile(early) as held:
        assert {info.date_time for info in held.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_was_made_of_the_files_is_equal_to_them(folder, archive):
    compared = compare(archive, folder, FILES, "talvia", AT)
    assert compared.same_bytes
    assert compared.same_files


def test_a_file_that_was_changed_or_left_out_or_added_is_said(folder, archive):
    (folder / "Z.txt").write_bytes(b"y")
    names = [*FILES.keys() - {"index.html"}, "data/new.csv"]
    (folder / "data" / "new.csv").write_bytes(b"new")
    compared = compare(archive, folder, names, "talvia", AT)
    assert not compared.same_bytes
    assert compared.differences == (
        "talvia/data/new.csv is not in the zip.",
        "talvia/index.html is in the zip, and not among the files.",
        "Z.txt in the zip is not the file beside it.",
    )


def test_the_same_files_packed_otherwise_are_the_same_files(folder, archive):
    other = folder.parent / "other.zip"
    with zipfile.ZipFile(other, "w", zipfile.ZIP_STORED) as held:
        for name, data in FILES.items():
            held.writestr(f"talvia/{name}", data)
    compared = compare(other, folder, FILES, "talvia", AT)
    assert (compared.same_bytes, compared.same_files) == (False, True)


@pytest.mark.parametrize("damage", [b"", b"PK", b"no zip at all" * 100])
def test_what_is_no_zip_is_said_and_raises_nothing(folder, archive, damage):
    archive.write_bytes(damage)
    compared = compare(archive, folder, FILES, "talvia", AT)
    assert len(compared.differences) == 1
    assert "cannot be read" in compared.differences[0]


def test_one_byte_that_was_turned_is_said(folder, archive):
    data = bytearray(archive.read_bytes())
    with zipfile.ZipFile(archive) as held:
        at = held.getinfo("talvia/data/areas.csv").header_offset + 100
    data[at] ^= 1
    archive.write_bytes(data)
    compared = compare(archive, folder, FILES, "talvia", AT)
    assert not compared.same_bytes
    assert compared.differences


def test_a_file_that_stands_in_it_twice_is_said(folder, archive):
    with zipfile.ZipFile(archive, "a") as held, pytest.warns(UserWarning, match="Duplicate"):
        held.writestr("talvia/Z.txt", b"z")
    assert "talvia/Z.txt stands in the zip more than once." in compare(archive, folder, FILES, "talvia", AT).differences


def test_a_large_file_is_zip64_and_the_others_are_not(folder, monkeypatch):
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 100_000)
    archive = folder.parent / "large.zip"
    write_zip(archive, folder, FILES, "talvia", AT)
    with zipfile.ZipFile(archive) as held:
        large = {info.filename for info in held.infolist() if info.extract_version >= 45}
        assert held.testzip() is None
    assert large == {"talvia/data/areas.csv"}
