"""A published folder is whole or it is not there, and replaces nothing but itself."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tallyroom.errors import CannotWrite
from tallyroom.publish.folder import digest, new_folder

FILES = [("index.html", b"one"), ("results.json", b"{}\n"), ("data/a.csv", b"id\n")]
LATER = [("index.html", b"two"), ("results.json", b"{}\n")]


def write_folder(to: Path, files: Iterable[tuple[str, bytes]]) -> set[str]:
    """Publishes these files; returns what was written anew."""
    with new_folder(to) as folder:
        for path, data in files:
            folder.write(path, data)
        folder.finish()
    return folder.written


def test_an_earlier_publication_is_replaced_as_a_whole(tmp_path):
    write_folder(tmp_path / "site", FILES)
    write_folder(tmp_path / "site", LATER)
    assert (tmp_path / "site/index.html").read_bytes() == b"two"
    assert not (tmp_path / "site/data").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_of_somebody_else_is_left_as_it_is(tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters/love.txt").write_text("dear")
    with pytest.raises(CannotWrite, match="no published site of ours"):
        write_folder(tmp_path / "letters", FILES)
    assert (tmp_path / "letters/love.txt").read_text() == "dear"


def test_a_file_is_not_replaced_by_a_folder(tmp_path):
    (tmp_path / "site").write_text("mine")
    with pytest.raises(CannotWrite, match="is a file"):
        write_folder(tmp_path / "site", FILES)


def test_a_file_that_was_put_beside_the_published_ones_is_not_lost(tmp_path):
    write_folder(tmp_path / "site", FILES)
    (tmp_path / "site/.git").mkdir()
    (tmp_path / "site/.git/config").write_text("[core]")
    with pytest.raises(CannotWrite, match=r"\.git/config there is not of it and would be lost"):
        write_folder(tmp_path / "site", LATER)
    assert (tmp_path / "site/index.html").read_bytes() == b"one"


def test_an_empty_folder_and_one_with_only_a_file_managers_litter_are_taken(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site/.DS_Store").write_text("")
    write_folder(tmp_path / "site", FILES)
    assert (tmp_path / "site/index.html").is_file()
    assert not (tmp_path / "site/.DS_Store").exists()


def broken() -> Iterator[tuple[str, bytes]]:
    yield "index.html", b"half"
    raise RuntimeError("stopped")


def test_a_run_that_stops_in_the_middle_leaves_the_old_site_whole(tmp_path):
    write_folder(tmp_path / "site", FILES)
    with pytest.raises(RuntimeError):
        write_folder(tmp_path / "site", broken())
    assert (tmp_path / "site/index.html").read_bytes() == b"one"
    write_folder(tmp_path / "site", LATER)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_run_that_stopped_between_the_two_renames_is_finished_by_the_next(tmp_path):
    write_folder(tmp_path / "site", FILES)
    (tmp_path / "site").rename(tmp_path / ".site.old")
    write_folder(tmp_path / ".site.new", LATER)
    with pytest.raises(RuntimeError):
        write_folder(tmp_path / "site", broken())
    assert (tmp_path / "site/index.html").read_bytes() == b"one"


def test_what_did_not_change_is_the_same_file_with_its_time(tmp_path):
    write_folder(tmp_path / "site", FILES)
    before = {path: (tmp_path / "site" / path).stat() for path, _ in FILES}
    assert write_folder(tmp_path / "site", [*LATER, FILES[2]]) == {"index.html"}
    for path in ("results.json", "data/a.csv"):
        after = (tmp_path / "site" / path).stat()
        assert (after.st_ino, after.st_mtime_ns) == (before[path].st_ino, before[path].st_mtime_ns)


def test_a_file_altered_in_the_published_folder_is_written_anew(tmp_path):
    write_folder(tmp_path / "site", FILES)
    (tmp_path / "site/data/a.csv").write_bytes(b"ix\n")
    assert "data/a.csv" in write_folder(tmp_path / "site", FILES)
    assert (tmp_path / "site/data/a.csv").read_bytes() == b"id\n"


def test_a_file_is_kept_only_as_it_was_published(tmp_path):
    write_folder(tmp_path / "site", FILES)
    (tmp_path / "site/data/a.csv").write_bytes(b"ix\n")
    with new_folder(tmp_path / "site") as folder:
        assert folder.keep("index.html")
        assert not folder.keep("data/a.csv")
        assert not folder.keep("never/there.html")
    assert (tmp_path / "site/data/a.csv").read_bytes() == b"ix\n"  # it was not finished, so nothing changed


def test_a_large_file_is_copied_once(tmp_path):
    (tmp_path / "form.png").write_bytes(b"picture")
    for written in ({"index.html", "results.json", "forms/1.png"}, set()):
        with new_folder(tmp_path / "site") as folder:
            for path, data in FILES[:2]:
                folder.write(path, data)
            folder.add("forms/1.png", tmp_path / "form.png")
            folder.finish()
        assert folder.written == written
    assert (tmp_path / "site/manifest").read_text().count(digest(b"picture")) == 1


def test_what_vouches_for_itself_is_kept_and_not_in_the_manifest(tmp_path):
    write_folder(tmp_path / "site", [*FILES, ("releases/1/whole.zip", b"PK")])
    with new_folder(tmp_path / "site") as folder:
        for path, data in FILES:
            folder.write(path, data)
        folder.keep_apart("releases/")
        folder.finish()
    assert (tmp_path / "site/releases/1/whole.zip").read_bytes() == b"PK"
    assert "releases" not in (tmp_path / "site/manifest").read_text()


_FOREVER = """
import sys
from pathlib import Path
from tallyroom.publish.folder import new_folder
number = 0
while True:
    number += 1
    with new_folder(Path(sys.argv[1])) as folder:
        for name in ("index.html", "results.json", *(f"areas/{n}.html" for n in range(50))):
            folder.write(name, str(number).encode())
        folder.finish()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the folder is away between two renames")
def test_a_run_killed_at_any_moment_leaves_a_whole_site(tmp_path):
    site = tmp_path / "site"
    write_folder(site, [*((f"areas/{n}.html", b"0") for n in range(50)), ("index.html", b"0"), ("results.json", b"0")])
    for delay in range(12):
        run = subprocess.Popen([sys.executable, "-c", _FOREVER, str(site)])
        time.sleep(0.3 + delay * 0.007)
        run.kill()
        run.wait()
        contents = {path.read_bytes() for path in site.rglob("*") if path.is_file() and path.name != "manifest"}
        assert len(contents) == 1, "a mixture of two publications"
        assert len(list(site.rglob("*.html"))) == 51
    write_folder(site, FILES)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert not os.path.lexists(site / "areas")


def test_two_files_of_one_name_are_refused_and_not_silently_one(tmp_path):
    with pytest.raises(CannotWrite):
        write_folder(tmp_path / "site", [*FILES, ("index.html", b"again")])
    assert not (tmp_path / "site").exists()


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite, match="file"):
        write_folder(tmp_path / "file/site", FILES)


def test_missing_folders_above_are_made(tmp_path):
    write_folder(Path(tmp_path / "a/b/site"), FILES)
    assert (tmp_path / "a/b/site/manifest").is_file()
