"""The social card: what it says, in every language, the same bytes each time and on every machine."""

from __future__ import annotations

import hashlib
import re
import struct
import subprocess
import sys
from functools import cache
from html import unescape
from importlib.resources import files
from pathlib import Path

import pytest

from tallyroom.check.checks import check_record
from tallyroom.publish import cards
from tallyroom.publish.cards import card, card_svg
from tallyroom.publish.edition import Edition
from tallyroom.publish.language import language, languages, speaking
from tallyroom.record.folder import read_record
from tallyroom.tabulate.results import tabulate
from tests.publish.conftest import AT, HOSTILE, TWELVE

ROOT = Path(__file__).parents[2]


@cache
def edition(record: str | Path) -> Edition:
    read = read_record(record)
    results = tabulate(read)
    return Edition(read, results, check_record(read, results), AT)


def texts(svg: str) -> list[str]:
    return [unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg)]


def test_it_says_how_much_is_in_who_leads_and_when_that_was():
    said = texts(card_svg(edition(TWELVE)))
    assert said == [
        "Rehearsal: invented figures",
        "Talvia, 18 May 2031",
        "General election in Talvia",
        "President of Talvia: 8 of 12 stations counted (66.67\u202f%)",
        "Ada Lund",
        "50.32\u202f%",
        "Ben Okoro",
        "36.80\u202f%",
        "Cyra Haddad",
        "11.89\u202f%",
        "Published 22 November 2026, 08:00 (UTC+02:00).",
    ]


def test_announced_figures_are_called_so_and_nobody_is_called_elected():
    said = texts(card_svg(edition("azerbaijan-2024")))
    assert "Announced by the Central Election Commission of Azerbaijan, as of 11 February 2024" in said
    assert not any("elected" in text.casefold() for text in said)


def test_bars_are_as_long_as_the_shares():
    wide = [float(n) for n in re.findall(r'<rect[^>]* width="([\d.]+)"[^>]* fill="#1d5866"', card_svg(edition(TWELVE)))]
    assert wide == pytest.approx([0.5032 * 1072, 0.3680 * 1072, 0.1189 * 1072], abs=0.1)


@pytest.mark.parametrize("code", [tongue.code for tongue in languages()])
def test_it_is_a_picture_of_the_size_that_is_asked_for_in_every_language(code):
    shown = edition(TWELVE)
    with speaking(language(code)):
        png = card(shown)
    assert png is not None
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", png[16:24]) == (cards.WIDTH, cards.HEIGHT)


def test_an_arabic_card_runs_from_the_right():
    with speaking(language("ar")):
        svg = card_svg(edition(TWELVE))
    assert 'x="1136" y="134"' in svg
    assert re.search(r'<rect x="596\.\d" [^>]*fill="#1d5866"', svg)


_DRAWN = """
import hashlib
from tests.publish.test_cards import edition
from tallyroom.publish.cards import card
from tallyroom.publish.language import language, speaking
for code in ("en", "ar"):
    with speaking(language(code)):
        print(code, hashlib.sha256(card(edition("tests/records/twelve-stations"))).hexdigest())
"""


def test_the_bytes_are_the_same_in_another_process():
    run = subprocess.run([sys.executable, "-c", _DRAWN], cwd=ROOT, capture_output=True, check=True, text=True)
    for line in run.stdout.splitlines():
        code, sha256 = line.split()
        with speaking(language(code)):
            assert hashlib.sha256(card(edition(TWELVE)) or b"").hexdigest() == sha256


def letters(font: bytes) -> set[int]:
    """The letters that a TrueType font has, by its cmap table of format 4 (OpenType specification, cmap)."""
    tables = {font[at : at + 4]: struct.unpack(">I", font[at + 8 : at + 12])[0] for at in range(12, 12 + 16 * 20, 16)}
    start = tables[b"cmap"]
    for record in range(struct.unpack(">H", font[start + 2 : start + 4])[0]):
        at = start + struct.unpack(">I", font[start + 8 + 8 * record : start + 12 + 8 * record])[0]
        form, _, _, twice = struct.unpack(">4H", font[at : at + 8])
        if form == 4:
            ends = struct.unpack(f">{twice // 2}H", font[at + 14 : at + 14 + twice])
            starts = struct.unpack(f">{twice // 2}H", font[at + 16 + twice : at + 16 + 2 * twice])
            return {letter for low, high in zip(starts, ends, strict=True) for letter in range(low, high + 1)}
    raise AssertionError("no such table")


# Marks of direction are not drawn.
_UNSEEN = {0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}


@pytest.mark.parametrize("style", ["Regular", "Bold"])
def test_the_font_that_comes_with_it_has_every_letter_so_that_cards_do_not_depend_on_the_machine(style):
    has = letters((files("tallyroom.publish") / "fonts" / f"TallyroomSans-{style}.ttf").read_bytes())
    for tongue in languages():
        with speaking(tongue):
            drawn = "".join(texts(card_svg(edition(TWELVE))) + texts(card_svg(edition("azerbaijan-2024"))))
        assert {f"{c} U+{ord(c):04X}" for c in drawn if ord(c) not in has | _UNSEEN} == set()
    every = "AZaz019 əƏğĞıİşŞçÇöÖüÜ абвёЁйЙюЯ ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإئؤةى ٠٩٫٪؛،؟ –—’“”«»…%·\u202f\u00a0"
    assert {c for c in every if ord(c) not in has} == set()


def test_whatever_a_record_holds_it_is_a_picture_of_text_alone():
    svg = card_svg(edition(HOSTILE))
    assert not re.search(r"<(?!/?(svg|rect|text)\b)", svg)
    assert card(edition(HOSTILE)) is not None


def test_without_the_extra_there_is_none(monkeypatch):
    monkeypatch.setattr(cards, "can_draw", lambda: False)
    assert card(edition(TWELVE)) is None


def test_long_names_are_cut_before_they_meet_their_figures():
    assert cards._fit("Ö" * 200, 500, 30).endswith("…")
    assert cards._fit("short", 500, 30) == "short"
    assert cards._wrapped("a b c " * 60, 1072, 52, 2)[1].endswith("…")
    assert len(cards._wrapped("a b c " * 60, 1072, 52, 2)) == 2
