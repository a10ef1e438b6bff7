"""What goes on paper: the letters, and a code that says the same."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import segno

from tallyroom.log.paper import letters_of, root_of_letters
from tallyroom.publish.logpaper import Paper, paper_of
from tallyroom.record.folder import read_record
from tests.verify.conftest import Published, made, published

__all__ = ["made", "published"]  # fixtures

_HALVES = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}


def _modules(text: str) -> list[list[int]]:
    """The squares that a code drawn in half blocks shows, without its margin."""
    drawn = text.splitlines()[4:]
    wide = max(map(len, drawn))
    rows = [[_HALVES[c][half] for c in line.ljust(wide)] for line in drawn for half in (0, 1)]
    dark = [row for row in rows if any(row)]
    left = min(row.index(1) for row in dark)
    return [row[left:] for row in dark]


def test_the_code_is_the_one_of_what_is_printed(published: Published) -> None:
    paper = paper_of(read_record(published.record))
    size, root = published.checkpoint.size, published.checkpoint.root
    assert (paper.size, paper.root, paper.published) == (size, root, True)
    assert paper.seen == f"{size} {letters_of(root)}"
    assert _modules(paper.text) == [list(row) for row in segno.make_qr(paper.seen, error="q", boost_error=False).matrix]
    assert paper.code.mode == "alphanumeric"


def test_the_picture_has_all_letters_and_the_code(published: Published) -> None:
    paper = paper_of(read_record(published.record))
    picture = ET.fromstring(paper.svg)
    words = [text.text or "" for text in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert words[0] == paper.origin
    assert re.sub(" ", "", "".join(words[2:])) == letters_of(paper.root)
    assert len(list(picture.iter("{http://www.w3.org/2000/svg}path"))) == 1
    assert paper.png.startswith(b"\x89PNG")


def test_an_origin_cannot_write_into_the_picture() -> None:
    paper = Paper("a<script>&.example", 1, bytes(32), published=False)
    assert "a<script>" not in paper.svg
    assert next(ET.fromstring(paper.svg).iter("{http://www.w3.org/2000/svg}text")).text == paper.origin


def test_letters_that_no_root_is_written_in_are_none() -> None:
    letters = letters_of(bytes(32))
    assert root_of_letters(letters) == bytes(32)
    assert root_of_letters(letters[:-1] + "B") is None  # its last bits would be lost
    assert root_of_letters(letters[:-1]) is None
    assert root_of_letters(letters[:-1] + "0") is None
