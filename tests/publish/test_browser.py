"""The site in a real browser: reachable for everyone, on a phone, in the dark, and quiet on the network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Browser, Page

from tallyroom.publish.language import languages

pytestmark = pytest.mark.browser

Looks = tuple[tuple[Literal["light", "dark"], dict[str, Any]], ...]
_RULES: dict[str, Any] = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
_COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}
_LIGHT: Looks = (("light", _RULES),)
EVERYTHING: Looks = (*_LIGHT, ("dark", _COLOURS))  # the dark changes nothing but colours
_BUT_COLOURS: Looks = (("light", _RULES | {"rules": {"color-contrast": {"enabled": False}}}),)


def addresses(site: Path, code: str | None = None) -> list[str]:
    """The pages of a site; of areas, one with stations and one with areas below it are enough.

    code: only those in this language; "" is English.
    """
    found = sorted(site.rglob("*.html"))
    folders = {path.parent for path in found if path.parent.name in ("areas", "embed", "trace")}
    many = [path for folder in folders for path in sorted(folder.glob("*.html"))[2:]]
    chosen = [path.as_uri() for path in found if path not in many and code in (None, language_of(site, path))]
    assert chosen
    return chosen


def language_of(site: Path, path: Path) -> str:
    """The language of a page as its address says it; "" is English."""
    first = path.relative_to(site).parts[0]
    return first if first in {tongue.code for tongue in languages()} else ""


def tab(browser: Browser, **options: Any) -> Iterator[Page]:
    """A page in a context of its own."""
    context = browser.new_context(**options)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def light(browser: Browser) -> Iterator[Page]:
    """A page on a wide screen."""
    yield from tab(browser, color_scheme="light", viewport={"width": 1280, "height": 900})


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    """A page as narrow as the narrowest phone."""
    yield from tab(browser, viewport={"width": 320, "height": 640})


@pytest.fixture(scope="module")
def still(browser: Browser) -> Iterator[Page]:
    """A page without JavaScript."""
    yield from tab(browser, java_script_enabled=False)


@dataclass
class Tour:
    """Every page of a site, visited once: what each was like, and what they asked for, said and ran."""

    site: Path
    visits: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)


_VISIT = """() => ({
    address: location.href,
    wide: document.scrollingElement.scrollWidth,
    margin: getComputedStyle(document.body).marginTop,
    scripts: [...document.scripts].map(one => one.src),
})"""


@pytest.fixture(scope="module", params=["announced", "counted", "hostile"])
def tour(request: pytest.FixtureRequest, browser: Browser) -> Tour:
    """A tour of a site in every language, on a screen as narrow as the narrowest phone's."""
    made = Tour(request.getfixturevalue(request.param))
    for page in tab(browser, viewport={"width": 320, "height": 640}):
        page.on("request", lambda asked: made.asked.append(asked.url))
        page.on("console", lambda message: made.said.append(message.text))
        page.on("pageerror", lambda error: made.said.append(str(error)))
        page.on("dialog", lambda dialog: made.ran.append(dialog.message))
        for address in addresses(made.site):
            page.goto(address)
            made.visits.append(page.evaluate(_VISIT))
    return made


# Of a long list of one kind the first five are looked at: axe compares every target with every other.
_SHORTENED = """
const more = ["li", "tr", "article", "tbody"].map(name => `${name}:nth-of-type(n+6)`).join();
document.querySelectorAll(more).forEach(one => one.remove());
document.querySelectorAll("details").forEach(one => { one.open = true });
"""


def violations(page: Page, address: str, looks: Looks) -> str:
    """What axe finds on a page by the rules of each look, with its closed parts opened; empty is nothing."""
    page.goto(address)
    page.evaluate(_SHORTENED)
    page.evaluate(AXE_SCRIPT)
    found = []
    for colours, rules in looks:
        page.emulate_media(color_scheme=colours)
        found.append(page.evaluate("rules => axe.run(rules)", rules))
    reports = [AxeResults(one).generate_report() for one in found if one["violations"]]
    return "\n".join([address, *reports]) if reports else ""


@pytest.mark.parametrize(("name", "looks"), [("announced", EVERYTHING), ("counted", EVERYTHING), ("hostile", _LIGHT)])
def test_axe_finds_nothing_on_any_page_in_the_light_and_in_the_dark(name, looks, light, request):
    for address in addresses(request.getfixturevalue(name), ""):
        assert not violations(light, address, looks)


@pytest.mark.parametrize(
    ("name", "code"), [("announced", "ru"), ("announced", "ar"), ("counted", "az"), ("counted", "ar")]
)
def test_axe_finds_nothing_in_other_languages_whose_words_and_direction_are_others(name, code, light, request):
    for address in addresses(request.getfixturevalue(name), code):
        assert not violations(light, address, _BUT_COLOURS)


def test_no_page_scrolls_sideways_on_the_narrowest_phone(tour):
    for visit in tour.visits:
        assert visit["wide"] <= 320, f"{visit['address']} is {visit['wide']} pixels wide"


def test_no_request_leaves_the_folder_and_nothing_is_refused(tour):
    # The style sheet is let in by the page's own policy.
    assert all(visit["margin"] == "0px" for visit in tour.visits)
    assert not tour.said
    assert len(tour.asked) > len(tour.visits)
    assert all(url.startswith((tour.site.as_uri(), "data:image/svg+xml,")) for url in tour.asked)


def test_nothing_of_a_record_runs(tour):
    assert not tour.ran
    scripts = [source for visit in tour.visits for source in visit["scripts"]]
    assert scripts
    assert all(re.search(r"/(sort|search|search/[^/]*)\.js$", source) for source in scripts)


def test_every_figure_is_there_without_javascript(announced, still):
    still.goto((announced / "index.html").as_uri())
    assert still.get_by_role("cell", name="4,567,458").is_visible()
    still.goto((announced / "turnout.html").as_uri())
    assert still.get_by_role("cell", name="76.73").is_visible()
    picture = still.get_by_role("img", name="Turnout through the day, as announced")
    assert picture.is_visible()


def column(page: Page, number: int) -> list[str]:
    """The cells of one column of the first table of stations, in the order shown; 1 is the station's name."""
    cells = page.locator("table.stations").first.locator(f":scope > tbody > tr:first-child > :nth-child({number})")
    return [text.split("\n")[0] for text in cells.all_inner_texts()]


def test_a_table_is_sorted_by_keyboard_as_numbers_and_back_again(counted, light):
    light.goto((counted / "areas" / "north.html").as_uri())
    first = column(light, 1)
    head = light.locator("table.stations").first.get_by_role("columnheader", name="Cast")
    head.get_by_role("button").focus()
    light.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert column(light, 4) == ["608", "500", "320", "–"]
    light.keyboard.press("Space")
    assert head.get_attribute("aria-sort") == "ascending"
    assert column(light, 4) == ["320", "500", "608", "–"]  # what is not stated is last either way
    light.keyboard.press("Space")
    assert head.get_attribute("aria-sort") is None
    assert column(light, 1) == first


def test_a_thousand_is_more_than_nine_and_equal_rows_keep_their_order(counted, light):
    light.goto((counted / "areas" / "talvia.html").as_uri())
    table = light.locator("table.sortable").first
    table.get_by_role("button", name="Registered").click()
    assert table.locator("tbody th a").all_inner_texts() == ["North", "South", "East"]
    table.get_by_role("button", name="Region").click()
    assert table.locator("tbody th a").all_inner_texts() == ["East", "North", "South"]
    table.get_by_role("button", name="Stations").click()  # four each
    assert table.locator("tbody th a").all_inner_texts() == ["North", "East", "South"]


@pytest.mark.parametrize(
    ("code", "registered"), [("az", "Qeydə alınıb"), ("ar", "المسجلون"), ("ru", "Зарегистрировано")]
)
def test_a_table_is_sorted_by_the_numbers_as_its_language_writes_them(code, registered, counted, light):
    light.goto((counted / code / "areas" / "talvia.html").as_uri())
    table = light.locator("table.sortable").first
    table.get_by_role("button", name=registered).click()
    links = [link.get_attribute("href") or "" for link in table.locator("tbody th a").all()]
    assert [link.rpartition("/")[2] for link in links] == ["north.html", "south.html", "east.html"]


def test_what_stands_behind_a_row_moves_with_it(counted, light):
    light.goto((counted / "areas" / "east.html").as_uri())
    light.locator("table.stations").first.get_by_role("button", name="Cast").click()
    bodies = light.locator("table.stations").first.locator("tbody:has(> tr.more)").all()
    for body in bodies:
        station = body.locator("tr").first.get_attribute("id")
        body.locator("summary").click()
        assert body.locator("code").first.inner_text() == station


def test_a_link_to_a_station_opens_what_stands_behind_its_row(counted, light):
    light.goto((counted / "areas" / "east.html").as_uri() + "#east-3")
    assert light.get_by_text("Fair Count: copy of act 1").last.is_visible()


def test_without_scripts_a_table_stands_in_the_order_of_the_record_and_its_rows_open(counted, still):
    still.goto((counted / "areas" / "north.html").as_uri())
    assert still.locator("thead button").count() == 0
    assert column(still, 4) == ["608", "500", "320", "–"]
    assert not still.get_by_text("a bundle was counted twice").last.is_visible()
    still.locator("details", has_text="a bundle was counted twice").locator("summary").click()
    assert still.get_by_role("cell", name="240 4 more").is_visible()


def test_a_chart_is_drawn_once_for_each_width(announced, phone, light):
    for page in (phone, light):
        page.goto((announced / "turnout.html").as_uri())
        assert [chart.is_visible() for chart in page.locator("svg.chart").all()].count(True) == 1


def test_the_keyboard_reaches_the_content_at_once(announced, light):
    light.goto((announced / "index.html").as_uri())
    light.keyboard.press("Tab")
    assert light.evaluate("document.activeElement.textContent") == "Skip to the content"
    light.keyboard.press("Enter")
    assert light.evaluate("document.activeElement.id") == "_main"


def test_a_figure_leads_to_its_row_and_from_there_to_its_source(announced, light):
    light.goto((announced / "index.html").as_uri())
    light.get_by_role("link", name="4,567,458").click()
    row = light.locator(":target")
    assert "announcements.csv, line" in row.inner_text()
    row.get_by_role("link", name="Trend").first.click()
    assert "menafn.com" in light.locator(":target").inner_text()
