"""Whatever comes in: a clear error or an honest empty answer, in bounded time; and quotes that stand in their place."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallyroom.errors import CannotReadDocument
from tallyroom.reading.collection import read_documents
from tallyroom.reading.reader import RuleReader
from tallyroom.reading.reuse.repeats import reused
from tallyroom.reading.text.document import document_of
from tallyroom.reading.text.files import LARGEST, opened
from tests.reading.labelled import ELECTIONS

TEXTS = [path.read_bytes().decode() for path in sorted(ELECTIONS.glob("*.txt"))]
PIECES = [line for text in TEXTS for line in text.splitlines() if line]
SECONDS = 20


@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=60), max_size=12), st.sampled_from(["\n", "\r\n", "\n\n", " "])
)
@settings(max_examples=120, deadline=None)
def test_offsets_give_back_the_quote(parts: list[str], between: str) -> None:
    text = between.join(parts)
    for claim in RuleReader().read(document_of("any", text)):
        assert text[claim.start : claim.end] == claim.quote
        assert claim.quote.strip()


@given(st.sampled_from(PIECES), st.integers(0, 200), st.sampled_from("\u200f\u202b\u200b\u00ad\ufeff\u2066"))
@settings(max_examples=60, deadline=None)
def test_unseen_marks_move_no_offset(piece: str, at: int, mark: str) -> None:
    text = piece[:at] + mark + piece[at:]
    for claim in RuleReader().read(document_of("any", text)):
        assert text[claim.start : claim.end] == claim.quote


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7" * 1_000_000,
        "7," * 500_000,
        "7 " * 400_000,
        '"' * 200_000 + "turnout was 5 percent",
        "(" * 200_000 + "turnout was 5 percent" + ")" * 200_000,
        "turnout " * 100_000,
        "Turnout was 5 percent, he said. " * 20_000,
        "Aa " * 300_000,
        "Central Election Commission of the " * 20_000,
        "A.B. " * 200_000,
        "A" * 1_000 + ": turnout was 5 percent.",
        "Candidates: " + "A-" * 500 + "A nominated.",
        "\n" * 1_000_000,
        "\u202e\u200f" * 200_000,
    ],
    ids=lambda text: f"{text[:12]!r}×{len(text)}",
)
def test_long_texts_without_sense_are_read_in_bounded_time(text: str) -> None:
    started = time.process_time()
    RuleReader().read(document_of("any", text))
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize(
    "markup",
    [
        "<!--" * 300_000,
        "<svg>" * 300_000,
        "<script>" * 200_000 + "</script>",
        "<" * 1_500_000,
        "<meta " + 'property="og:site_name" ' * 70_000,
    ],
    ids=lambda text: f"{text[:12]!r}×{len(text)}",
)
def test_markup_without_end_is_read_in_bounded_time(markup: str, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<html><body><p>Turnout was 61.2 percent.</p>{markup}", encoding="utf-8")
    started = time.process_time()
    assert opened(path).visible.strip().startswith("Turnout was 61.2 percent.")
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize("word", ["A", "A-"])
def test_capitals_in_a_row_are_held_against_another_text_in_bounded_time(word: str) -> None:
    text = f"Turnout was 50 percent, {word * (1_400 // len(word))} the commission said."
    one, other = document_of("one", text), document_of("other", text)
    started = time.process_time()
    reused([one, other])
    assert time.process_time() - started < SECONDS


def test_what_is_no_plain_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "endless").symlink_to("/dev/zero")
    for name in ("pipe", "endless"):
        with pytest.raises(CannotReadDocument, match="is no plain file"):
            opened(tmp_path / name)


def test_a_document_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(CannotReadDocument, match=f"larger than {LARGEST // 1_000_000} MB"):
        opened(path)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\x00\x01\x02\xff" * 100, "is no text"),
        ("Явка составила 76%".encode("cp1251"), "is not UTF-8: byte 1 is"),
        (b"%PDF-1.7 and then nothing", "is no readable PDF"),
        (b"%PDF-1.7\n" + b"1 0 obj<</Length 99>>stream\n" * 50_000, "its table of objects is not where it says"),
        (b"<html><head><meta charset='no-such'></head></html>", "names the encoding no-such"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    (reading,) = read_documents([str(path)])
    assert says in reading.fault
    assert reading.as_json()["claims"] == []


def test_a_document_that_cannot_be_read_keeps_no_other_from_being_read(tmp_path: Path) -> None:
    good, folder = tmp_path / "good.txt", tmp_path / "folder"
    good.write_text("Turnout was 61.2 percent.", encoding="utf-8")
    folder.mkdir()
    readings = read_documents([str(folder), str(tmp_path / "gone.txt"), str(good)])
    assert ["folder" in readings[0].fault, "cannot be read" in readings[1].fault, readings[2].fault] == [True, True, ""]
    assert [claim.kind for claim in readings[2].claims] == ["turnout_share"]


def test_a_page_with_scripts_is_read_as_what_it_shows(tmp_path: Path) -> None:
    page = """<!DOCTYPE html><html><head><title>Vote</title><meta property="og:site_name" content="The Paper">
<script>var turnout = "Turnout was 99 percent.";</script><style>p { width: 12% }</style></head>
<body><!-- Turnout was 98 percent. --><nav><a href="/x">Home</a></nav>
<p>Turnout was <b>61.2&nbsp;percent</b>, the
election commission said.</p><p>Seven candidates ran.</p></body></html>"""
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8")
    (reading,) = read_documents([str(path)])
    assert [(claim.kind, str(claim.value)) for claim in reading.claims] == [
        ("turnout_share", "61.2"),
        ("candidates_registered", "7"),
    ]
    assert all(page[claim.start : claim.end] == claim.quote for claim in reading.claims)
    assert reading.claims[0].outlet == "The Paper"


def test_a_word_of_a_page_stays_one_word_whatever_entity_or_link_stands_in_it(tmp_path: Path) -> None:
    page = """<p><a href="/x">Ada Obi</a>, of the <a href="/y">Reform Party</a>, won 54.5% of the vote.</p>
<p>S&eacute;bastien Dur&aacute;n won 30.1&nbsp;% of the vote. Turn&shy;out was 61.5&#37;.</p>
<p>The tribunal&rsquo;s president, Jos&eacute; Luj&aacute;n, said: &ldquo;Seven candidates ran.&rdquo;</p>"""
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8")
    (reading,) = read_documents([str(path)])
    assert [(claim.kind, claim.subject, str(claim.value)) for claim in reading.claims] == [
        ("candidate_share", "Ada Obi", "54.5"),
        ("candidate_share", "Sébastien Durán", "30.1"),
        ("turnout_share", "voters", "61.5"),
        ("role", "José Luján", "tribunal's president"),
        ("candidates_registered", "candidates", "7"),
    ]
    assert all(page[claim.start : claim.end] == claim.quote for claim in reading.claims)


def test_a_menu_and_what_stands_beside_a_report_are_no_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        "<body><nav><a>Poll: Ada Obi leads with 47 percent of the votes</a></nav>"
        "<aside><p>Argentina: turnout hits 68 percent</p></aside><p>Turnout was 61.2 percent.</p></body>",
        encoding="utf-8",
    )
    (reading,) = read_documents([str(path)])
    assert [str(claim.value) for claim in reading.claims] == ["61.2"]


def test_letters_of_another_script_in_a_name_are_read_as_what_they_look_like() -> None:
    text = "Ada Оbi received 61.2 percent of the vote."  # the first letter of the surname is Cyrillic
    (claim,) = RuleReader().read(document_of("any", text))
    assert (claim.subject, str(claim.value)) == ("Ada Obi", "61.2")
    assert claim.quote == text
