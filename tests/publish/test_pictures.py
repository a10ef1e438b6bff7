"""Pictures of forms get into a site only where they are what their names say."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from tallyroom.publish.pictures import FormPictures
from tallyroom.record.folder import read_record
from tests.publish.conftest import TWELVE

PNG = b"\x89PNG\r\n\x1a\n and so on"
PAGE = b"<!doctype html><script>alert(1)</script>"


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def naming(folder: Path, *forms: str) -> Path:
    """The record of twelve stations; its first acts name these pictures."""
    shutil.copytree(TWELVE, folder)
    (folder / "forms").mkdir()
    lines = (folder / "returns/president.csv").read_text().splitlines()
    lines = [f"{line},{form}" for line, form in zip(lines, ["form", *forms, *[""] * len(lines)], strict=False)]
    (folder / "returns/president.csv").write_text("\n".join([*lines, ""]))
    return folder


def test_a_picture_is_published_under_the_ending_of_what_it_is(tmp_path):
    folder = naming(tmp_path / "record", digest(PNG))
    (folder / f"forms/{digest(PNG)}.JPEG").write_bytes(PNG)
    pictures = FormPictures(read_record(folder))
    (one,) = pictures.found.values()
    assert (one.path, one.length, one.ending) == (f"data/forms/{digest(PNG)}.png", len(PNG), "png")
    assert not pictures.missing
    assert not pictures.refused


def test_a_form_that_is_named_and_not_there_is_missing(tmp_path):
    pictures = FormPictures(read_record(naming(tmp_path / "record", digest(PNG))))
    assert pictures.missing == {digest(PNG)}


def test_a_picture_whose_bytes_are_not_those_of_its_name_is_refused_and_missing(tmp_path):
    folder = naming(tmp_path / "record", digest(PNG))
    (folder / f"forms/{digest(PNG)}.png").write_bytes(PNG + b"!")
    pictures = FormPictures(read_record(folder))
    assert not pictures.found
    assert pictures.missing == {digest(PNG)}
    ((name, why),) = pictures.refused
    assert name == f"forms/{digest(PNG)}.png"
    assert why.startswith("Its bytes have another SHA-256")


@pytest.mark.parametrize("data", [PAGE, b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"", b"GIF8"])
def test_what_a_browser_could_run_is_no_picture_whatever_its_name(tmp_path, data):
    folder = naming(tmp_path / "record", digest(data))
    (folder / f"forms/{digest(data)}.png").write_bytes(data)
    pictures = FormPictures(read_record(folder))
    assert not pictures.found
    assert [why for _, why in pictures.refused] == ["It is neither a picture nor a PDF."]


def test_what_no_act_names_stays_out(tmp_path):
    folder = naming(tmp_path / "record")
    (folder / f"forms/{digest(PNG)}.png").write_bytes(PNG)
    (folder / "forms/notes.txt").write_text("who brought which box")
    (folder / "forms/.DS_Store").write_text("")
    pictures = FormPictures(read_record(folder))
    assert not pictures.found
    assert [name.removeprefix("forms/") for name, _ in pictures.refused] == [f"{digest(PNG)}.png", "notes.txt"]


def test_a_record_without_pictures_has_none():
    pictures = FormPictures(read_record("azerbaijan-2024"))
    assert not pictures.named
    assert not pictures.found
