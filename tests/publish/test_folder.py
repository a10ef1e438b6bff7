"""A published folder is whole or it is not there, and replaces nothing but itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tallyroom.errors import CannotWrite
from tallyroom.publish.folder import write_folder

FILES = [("index.html", b"one"), ("results.json", b"{}\n"), ("data/a.csv", b"id\n")]
LATER = [("index.html", b"two"), ("results.json", b"{}\n")]


def test_an_earlier_publication_is_replaced_as_a_whole(tmp_path):
    write_folder(tmp_path / "site", FILES)
    assert write_folder(tmp_path / "site", LATER) == 3
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
    assert write_folder(tmp_path / "site", FILES) == 4


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
