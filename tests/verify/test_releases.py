"""The zips of a site: of the release that stands, and of an earlier one."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tallyroom.publish.verify import Asked
from tests.verify.conftest import RECOUNT, Published, begin, copy_of


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Two releases, one an hour after the other."""
    site = begin(tmp_path_factory.mktemp("released"))
    site.publish(release=True)
    with (site.record / "returns" / "president.csv").open("a") as file:
        file.write(f"south-4,2,{RECOUNT}\n")
    site.publish(1, release=True)
    return site


@pytest.fixture
def published(released: Published, tmp_path: Path) -> Published:
    return copy_of(released, tmp_path)


def _zips(published: Published) -> list[Path]:
    return sorted((published.site / "releases").rglob("*.zip"))


def _changed(zipped: Path, change: Callable[[zipfile.ZipFile, zipfile.ZipInfo, bytes], None]) -> None:
    """Writes a zip again, file by file."""
    old = zipped.with_suffix(".old")
    zipped.rename(old)
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            change(target, info, source.read(info))
    old.unlink()


def test_both_releases_are_good_and_the_rows_of_whole_tables_too(published: Published) -> None:
    verdict = published.verify()
    assert verdict.wrong == []
    assert len(verdict.not_proved) == 1
    for when in ("06:00:00Z", "07:00:00Z"):
        assert sum(f"The zip of the release of 2031-05-22T{when} holds" in said for said in verdict.proved) == 1
    for rows in ("the data files", "the whole tables of the release of 2031-05-22T07:00:00Z"):
        assert sum(f"rows in {rows} are as they were logged" in said for said in verdict.proved) == 1
        assert sum(f"The results are what the rows in {rows} add up to" in said for said in verdict.proved) == 1


def test_a_row_of_a_whole_table(published: Published) -> None:
    """The files by area are as they were; only the whole table says otherwise."""
    published.change("data/returns/council.csv", "north-1,1,,,10,590,250,180", "north-1,1,,,10,590,240,190")
    published.list_again()
    assert any("data/returns/council.csv, line 2: the row returns.council" in wrong for wrong in published.wrong())
    for file in sorted((published.site / "data" / "returns" / "council").glob("*.csv")):
        if "north-1,1,,,10,590,250,180" in file.read_text(encoding="utf-8"):
            published.change(
                f"data/returns/council/{file.name}", "north-1,1,,,10,590,250,180", "north-1,1,,,10,590,240,190"
            )
    published.list_again()
    wrong = published.wrong()
    told = [one.partition(": ")[2] for one in wrong]
    assert sum("the row returns.council" in one for one in told) == 1, "the same row, by area and whole, is told once"
    (results,) = [one for one in wrong if one.startswith("results.json")]
    assert ",," not in results
    assert ", ," not in results


@pytest.mark.parametrize("which", [0, 1])
def test_a_file_altered_in_a_zip(published: Published, which: int) -> None:
    def change(target: zipfile.ZipFile, info: zipfile.ZipInfo, data: bytes) -> None:
        target.writestr(info, data.replace(b"1671", b"1761") if info.filename.endswith("/results.json") else data)

    zipped = _zips(published)[which]
    _changed(zipped, change)
    (wrong,) = published.wrong()
    assert wrong.startswith(zipped.relative_to(published.site).as_posix())
    assert "results.json" in wrong


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("name", ["../../outside", "/etc/passwd", "talvia-2031/more.html"])
def test_a_file_added_to_a_zip_inside_or_out_of_its_folder(published: Published, which: int, name: str) -> None:
    with zipfile.ZipFile(_zips(published)[which], "a") as archive:
        archive.writestr(name, b"x")
    assert any("more.html" in wrong or name.strip("/.") in wrong for wrong in published.wrong())


def test_a_release_that_is_gone(published: Published) -> None:
    first = _zips(published)[0]
    shutil.rmtree(first.parent)
    gone = first.relative_to(published.site).as_posix()
    assert published.wrong() == [f"{gone}: missing, though publications.json has this release."]


def test_a_zip_that_another_program_reads_otherwise(published: Published) -> None:
    """Bytes ahead of the first file, between two, or after the last are of none: there is room for another content."""
    zipped = _zips(published)[0]
    data = zipped.read_bytes()
    for forged in (b"<script>" + data, data + b"PK\3\4more", data[:-2] + b"\4\0more"):
        zipped.write_bytes(forged)
        assert any(one.startswith("releases/") and "bytes" in one for one in published.wrong()), forged[:9]


def test_a_release_that_is_dated_back(published: Published) -> None:
    first = _zips(published)[0].parent
    shutil.copytree(first, first.with_name("20310521T060000Z"))
    (wrong, other) = published.wrong()
    assert wrong.startswith("releases/20310521T060000Z/talvia-2031.zip: publications.json has no such release")
    assert other.startswith("releases/20310521T060000Z/talvia-2031.zip: the publication in the log that is of its")


def test_a_link_in_a_zip(published: Published) -> None:
    """Named as a file of the site, and marked so that a program that unpacks it makes a link."""

    def change(target: zipfile.ZipFile, info: zipfile.ZipInfo, data: bytes) -> None:
        if info.filename.endswith("/data/areas.csv"):
            info.external_attr = 0o120777 << 16
        target.writestr(info, data)

    _changed(_zips(published)[0], change)
    assert any("data/areas.csv in it is no plain file" in one for one in published.wrong())


@pytest.mark.parametrize("name", ["20319999T000000Z", "2031", "20310522T060000Z.old"])
def test_a_release_of_no_time(published: Published, name: str) -> None:
    first = _zips(published)[0].parent
    shutil.copytree(first, first.parent / name)
    assert any(one.startswith(f"releases/{name}/") and "not a file of a release" in one for one in published.wrong())


def test_a_file_left_out_of_a_zip(published: Published) -> None:
    def change(target: zipfile.ZipFile, info: zipfile.ZipInfo, data: bytes) -> None:
        if not info.filename.endswith("/results.json"):
            target.writestr(info, data)

    _changed(_zips(published)[0], change)
    assert any("results.json is not in it" in wrong for wrong in published.wrong())


def test_a_zip_that_claims_to_be_very_large(published: Published) -> None:
    zipped = _zips(published)[0]
    data = bytearray(zipped.read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (0xFFFFFFF0).to_bytes(4, "little")
    zipped.write_bytes(bytes(data))
    assert any("far more than it can" in wrong for wrong in published.wrong())


@pytest.mark.parametrize("data", [b"", b"PK", b"no zip"])
def test_a_zip_that_is_none(published: Published, data: bytes) -> None:
    for zipped in _zips(published):
        zipped.write_bytes(data)
    assert len(published.wrong()) == 2


def test_a_release_that_was_never_published(published: Published) -> None:
    """Made of this very site, a day earlier: no entry of the log is of such a release."""
    first = _zips(published)[0].parent
    shutil.copytree(first, first.parent / "20310520T060000Z")
    manifest = first.parent / "20310520T060000Z" / "manifest"
    manifest.write_text(manifest.read_text().replace("a", "b", 1))
    assert any("no publication in the log is of this manifest" in wrong for wrong in published.wrong())


def test_a_file_beside_the_releases(published: Published) -> None:
    (published.site / "releases" / "notes.txt").write_text("x")
    assert published.wrong() == ["releases/notes.txt: not a file of a release."]
    (published.site / "releases" / "notes.txt").unlink()
    _zips(published)[0].with_name("manifest").unlink()
    assert any("missing" in wrong for wrong in published.wrong(Asked()))
