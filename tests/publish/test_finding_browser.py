"""Finding places and embedding areas in a real browser, from the disk as from a server."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tallyroom.publish.folding import words_of
from tests.publish.reading import page as read
from tests.publish.test_finding import compared

pytestmark = pytest.mark.browser

NAMES = [
    "Bakı, Gənclik №5",
    "İSTANBUL Iğdır ŞƏKİ",
    "Щёлково Йошкар-Ола ΟΔΟΣ",
    "الشَّرق مدينة إلى ١٢ ۳۴",
    "Łódź, Straße Ærø O’Brien Þórshöfn",
    "ﬁne ２０２４ \u202eabc Ⅻ ½ ǅ ʼn",
    "a" * 60 + " " + " ".join(map(str, range(40))),
    "".join(chr(code) for code in range(0x20, 0x600) if unicodedata.category(chr(code)) != "Cn"),
]


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """A page, which says what goes wrong in it."""
    context = browser.new_context(viewport={"width": 320, "height": 640})
    tab = context.new_page()
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    yield tab
    context.close()
    assert not said


def typed(tab: Page, site: Path, text: str, folder: str = "") -> None:
    tab.goto((site / folder / "search.html").as_uri())
    tab.get_by_role("searchbox").fill(text)


def test_a_name_in_any_spelling_leads_to_its_place_from_a_disk(counted, desk):
    typed(desk, counted, "harbour OFF")
    desk.get_by_role("link", name="North 2, harbour office").click()
    assert desk.url.endswith("/areas/north.html#north-2")
    typed(desk, counted, "الشمال")
    expect(desk.locator(".found li").first).to_have_text("North الشمال · Talvia")
    typed(desk, counted, "sira had")
    desk.get_by_role("link", name="Cyra Haddad").first.click()
    assert desk.url.endswith("/election.html#_president.cyra-haddad")


def test_a_word_of_the_area_finds_its_stations_and_all_words_must_be_there(counted, desk):
    typed(desk, counted, "town south")
    expect(desk.locator(".found a")).to_have_text(["South 1, town hall"])
    typed(desk, counted, "south nowhere")
    expect(desk.get_by_role("status")).to_have_text("Nothing of this name was found.")


def test_in_another_language_areas_are_shown_in_it_and_stations_in_english(counted, desk):
    typed(desk, counted, "north", "ar")
    expect(desk.locator(".found a")).to_have_count(5)
    addresses = [link.get_attribute("href") or "" for link in desk.locator(".found a").all()]
    assert addresses[0].endswith("/ar/areas/north.html")
    assert all("/ar/" not in address for address in addresses[1:])


def test_the_keyboard_alone_finds_and_follows(counted, desk):
    desk.goto((counted / "search.html").as_uri())
    desk.get_by_role("searchbox").focus()
    desk.keyboard.type("harb")
    expect(desk.get_by_role("status")).to_have_text("Found: 2")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("ArrowUp")
    assert desk.evaluate("document.activeElement.textContent") == "Harbours and ships"
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/areas/harbours.html")


def test_what_is_found_fits_the_narrowest_phone_and_has_a_name_for_everyone(counted, desk):
    typed(desk, counted, "n")
    expect(desk.locator(".found a").first).to_be_visible()
    assert desk.evaluate("document.scrollingElement.scrollWidth") <= 320
    assert desk.get_by_role("search").count() == 1
    assert desk.get_by_role("searchbox", name="Name of an area, station or candidate").count() == 1


def test_nothing_of_a_hostile_name_runs_where_it_is_found(hostile, desk):
    ran: list[str] = []
    desk.on("dialog", lambda dialog: ran.append(dialog.message))
    desk.goto((hostile / "search.html").as_uri())
    shown = 0
    for letter in "abcdehilmnostx<":
        desk.get_by_role("searchbox").fill(letter)
        desk.wait_for_timeout(250)  # it looks 150 ms after the last letter
        shown += desk.locator(".found a").count()
    assert shown > 10
    assert not ran
    assert desk.evaluate("[...document.scripts].every(one => /\\/search(\\/[-\\w]+)?\\.js$/.test(one.src))")


def test_what_is_typed_is_folded_as_the_index_was(counted, desk):
    desk.goto((counted / "search.html").as_uri())
    script = (counted / "search.js").read_text()
    part = re.search(r"  const letters = .*?\n  };\n", script, re.DOTALL)
    assert part
    for name in NAMES:
        folded = desk.evaluate(f"(text) => {{ {part[0]} return words(text); }}", name)
        assert folded == words_of(name)


@pytest.mark.parametrize("name", ["counted", "announced"])
@pytest.mark.parametrize("folder", ["", "ar/", "ru/"])
def test_the_height_that_an_embedded_page_is_given_is_enough_and_not_far_too_much(name, folder, browser, request):
    site = request.getfixturevalue(name)
    line = re.search(r'embed/([^"&]+)&#34;.*height=&#34;(\d+)', (site / folder / "embed.html").read_text())
    assert line
    context = browser.new_context()
    tab = context.new_page()
    for width in (320, 480, 960):
        tab.set_viewport_size({"width": width, "height": 300})
        tab.goto((site / folder / "embed" / line[1]).as_uri())
        tall = tab.evaluate("document.body.getBoundingClientRect().height")
        assert tall <= int(line[2]), width
        assert tall >= int(line[2]) * 0.6, width
        assert tab.evaluate("document.scrollingElement.scrollWidth") <= width
    context.close()


def test_an_embedded_page_shows_in_a_frame_and_its_link_leaves_it(counted, browser, tmp_path):
    source = (counted / "embed/north.html").as_uri()
    (tmp_path / "paper.html").write_text(f'<!doctype html><title>Paper</title><iframe src="{source}" height="600">')
    context = browser.new_context()
    tab = context.new_page()
    tab.goto((tmp_path / "paper.html").as_uri())
    frame = tab.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="North")).to_be_visible()
    frame.get_by_role("link", name="All figures").click()
    tab.wait_for_url("**/areas/north.html")
    context.close()


def test_a_figure_leads_down_to_the_row_of_a_station(counted, desk):
    assert "trace/talvia.html#_president" in read(counted, "index.html").links
    desk.goto((counted / "index.html").as_uri())
    desk.locator("table").get_by_role("link", name="1,671").first.click()
    desk.get_by_role("link", name="East").first.click()
    assert desk.url.endswith("/areas/east.html")
    assert desk.locator("#east-3").is_visible()


def test_a_loss_is_sorted_below_a_gain(desk, tmp_path):
    desk.goto((compared(tmp_path) / "compare.html").as_uri())
    table = desk.locator("table.sortable").first
    table.get_by_role("button", name="Swing, points").click()
    assert table.locator("tbody tr td:last-child").all_inner_texts() == ["+5.01", "0.00", "−5.01"]
