"""Numbers, dates and texts as a page prints them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallyroom.publish import numbers
from tallyroom.publish.addresses import file_stem
from tallyroom.publish.svg import ticks
from tallyroom.publish.texts import harmless, web_address

BAKU = ZoneInfo("Asia/Baku")


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2024-02-07", "7 February 2024"),
        ("2024-02-07T19:00+04:00", "7 February 2024, 19:00"),
        ("2024-02-07T15:00Z", "7 February 2024, 19:00"),
        ("2024-02-07T19:00", "7 February 2024, 19:00"),
        ("2024-01", "January 2024"),
        ("2024", "2024"),
        ("../2024-02-06", "by 6 February 2024"),
        ("2024-02-06/..", "from 6 February 2024 on"),
        ("2024-01-01/2024-01-08", "1–8 January 2024"),
        ("2024-01-15/2024-02-06", "15 January – 6 February 2024"),
        ("2023-12-19/2024-01-08T18:00+04:00", "19 December 2023 – 8 January 2024, 18:00"),
        ("2024-02-07T08:00+04:00/2024-02-07T19:00+04:00", "7 February 2024, 08:00–19:00"),
        ("2024-02-07T19:00+04:00/2024-02-07", "7 February 2024, 19:00–24:00"),
        ("2024-01/2024-02", "January – February 2024"),
        ("some time", "some time"),
    ],
)
def test_a_date_of_the_record_is_said_in_words_and_in_local_time(date, said):
    assert numbers.when(date, BAKU) == said


def test_a_share_is_never_rounded_to_the_finish():
    assert numbers.of_all(999_999, 1_000_000) == "more than 99.99\u202f%"
    assert numbers.of_all(1, 1_000_000) == "less than 0.01\u202f%"
    assert numbers.of_all(1_000_000, 1_000_000) == "100.00\u202f%"
    assert numbers.of_all(0, 1_000_000) == "0.00\u202f%"


def test_lines_that_follow_each_other_are_drawn_together():
    assert numbers.lines([7]) == "line 7"
    assert numbers.lines([3, 1, 2, 9]) == "lines 1–3, 9"


@pytest.mark.parametrize(
    ("length", "said"),
    [(1, "1 byte"), (812, "812 bytes"), (1234, "1.2 kB"), (34_567, "34 kB"), (1_250_000, "1.2 MB")],
)
def test_a_files_size_is_said_as_people_say_it(length, said):
    assert numbers.size(length) == said


@given(st.text(alphabet="ab\u202a\u202b\u202d\u202e\u202c\u2066\u2067\u2068\u2069\u0007"))
def test_a_text_never_turns_the_text_after_it_around(text):
    depth: list[str] = []
    for mark in harmless(text):
        if mark in "\u202a\u202b\u202d\u202e":
            depth.append("\u202c")
        elif mark in "\u2066\u2067\u2068":
            depth.append("\u2069")
        elif mark in depth:
            while depth.pop() != mark:
                pass
    assert not depth
    assert "\u0007" not in harmless(text)


def test_only_an_address_on_the_web_becomes_a_link():
    assert web_address("https://example.org/a?b=c&d") == "https://example.org/a?b=c&d"
    for other in ("javascript:alert(1)", "data:text/html,x", " https://a", "https://a b", 'https://a"b', "//a", ""):
        assert web_address(other) == ""


def test_an_areas_file_name_is_its_id_where_every_file_system_takes_it():
    assert file_stem("constituency-15") == "constituency-15"
    assert file_stem("baku", shared=True).startswith("baku~")
    assert file_stem("NUL.x") != "NUL.x"
    assert len(file_stem("Ι" * 100).encode()) < 150


@given(st.floats(0, 1000), st.floats(0.01, 1000))
def test_the_ticks_of_a_chart_hold_its_values(low, width):
    scale = ticks(low, low + width)
    assert scale[0] <= low + 1e-6
    assert scale[-1] >= low + width - 1e-6
    assert 2 <= len(scale) <= 9
