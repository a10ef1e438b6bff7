"""The page with the map, as it is published: each picture with its words, its table and its links."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tallyroom.publish.maps.levels import AREAS_A_MAP, level_of
from tallyroom.publish.site import publish
from tallyroom.record.folder import read_record
from tallyroom.record.maps import Maps
from tallyroom.record.rows import Row
from tests.publish.conftest import AT
from tests.publish.maps.conftest import HEXES, REGIONS, SHAPES, mapped
from tests.publish.reading import page, target
from tests.publish.test_browser import EVERYTHING, tab, violations


def test_the_finding_is_said_in_words(counted):
    text = page(counted, "map.html").text
    assert "Ada Lund leads in 3 of 3 areas; in 3 not all stations are counted." in text
    assert "Turnout is highest in East (64.07\u202f%) and lowest in North (62.09\u202f%)." in text


def test_every_tile_leads_to_its_area_and_says_its_figures(counted):
    read = page(counted, "map.html")
    html = read.path.read_text(encoding="utf-8")
    assert (
        "<title>North: Ada Lund leads by 17.75 points; turnout 62.09\u202f%; not all stations are counted</title>"
        in html
    )
    leads = {link for link in read.links if link.startswith("areas/")}
    assert leads == {"areas/north.html", "areas/east.html", "areas/south.html"}
    for link in leads:
        assert target(read, link)[0].is_file()


def test_the_table_has_every_area_of_the_map(counted):
    text = page(counted, "map.html").text
    table = text.partition("The same figures as a table")[2]
    for name, lead, turnout in (("North", "17.75", "62.09"), ("East", "9.57", "64.07"), ("South", "11.25", "63.98")):
        assert re.search(rf"{name}\s+A Ada Lund\s+{lead}\s+{turnout}", table)


def test_each_contest_has_a_map_and_they_lead_to_each_other(counted):
    assert "map-council.html" in page(counted, "map.html").links
    assert "map.html" in page(counted, "map-council.html").links
    assert "Harvest leads in 3 of 3 areas" in page(counted, "map-council.html").text


def test_a_record_that_announces_little_about_places_has_no_map(announced):
    assert not (announced / "map.html").exists()


def test_shapes_and_hexagons_are_both_shown_where_both_are_there(atlas):
    html = (atlas / "map.html").read_text(encoding="utf-8")
    assert html.count('class="map shapes"') == 2
    assert html.count('class="map tiles hexes"') == 1
    assert "The same with each area of one size" in html


def test_what_a_map_and_the_record_do_not_share_is_said(atlas):
    text = page(atlas, "map.html").text
    assert "1 area has no place in map.geojson and is only in the table: South." in text
    assert "1 place in map.geojson is of no area in this record and is not drawn." in text


def test_a_map_is_among_the_data_byte_for_byte(atlas):
    data = (atlas / "data" / "map.geojson").read_bytes()
    assert data == (atlas.parent / "record" / "map.geojson").read_bytes()


def test_a_map_without_any_of_the_areas_is_said_and_tiles_stand_in(tmp_path):
    shapes = {**SHAPES, "features": REGIONS[2:]}
    publish(read_record(mapped(tmp_path / "r", ("map.geojson", shapes))), tmp_path / "site", AT)
    read = page(tmp_path / "site", "map.html")
    assert "map.geojson has no shape of an area on this map" in read.text
    assert 'class="map tiles"' in read.path.read_text(encoding="utf-8")


@pytest.mark.parametrize("site", ["counted", "atlas", "hostile"])
def test_no_style_stands_in_a_map_and_each_reference_has_its_target(site, request):
    folder = request.getfixturevalue(site)
    assert isinstance(folder, Path)
    for path in folder.glob("map*.html"):
        html = path.read_text(encoding="utf-8")
        assert not re.search(r"<svg[^>]*\sstyle=|\sstyle=|<style", html)
        ids = set(re.findall(r' id="([^"]*)"', html))
        used = set(re.findall(r'url\(#([^)]*)\)|<use href="#([^"]*)"', html))
        assert {a or b for a, b in used} <= ids


def test_nothing_in_yet_is_hatched_and_said(tmp_path):
    record = mapped(tmp_path / "r")
    returns = record / "returns" / "president.csv"
    lines = returns.read_text(encoding="utf-8").splitlines(keepends=True)
    returns.write_text("".join(line for line in lines if "south-" not in line), encoding="utf-8")
    publish(read_record(record), tmp_path / "site", AT)
    read = page(tmp_path / "site", "map.html")
    assert "1 is not in yet" in read.text
    html = read.path.read_text(encoding="utf-8")
    assert '<pattern id="_out-1"' in html
    assert re.search(r'<title>South: not in yet</title>.*?fill="url\(#_out-1\)"', html, re.S)


_GIVEN = (
    ",by-region,2031-05-19T06:00,,commission,,{place},president,{choice},,candidate_share,,,,,,,{share},percent,paper,"
    "\n"
)


def test_without_returns_the_map_shows_what_was_announced_about_places_and_says_so(tmp_path):
    record = mapped(tmp_path / "r")
    shutil.rmtree(record / "returns")
    shutil.rmtree(record / "copies")
    shares = {"north": ("60", "40"), "east": ("45.5", "54.5")}
    with (record / "announcements.csv").open("a", encoding="utf-8", newline="") as file:
        for place, (ada, ben) in shares.items():
            file.write(_GIVEN.format(place=place, choice="ada-lund", share=ada))
            file.write(_GIVEN.format(place=place, choice="ben-okoro", share=ben))
    publish(read_record(record), tmp_path / "site", AT)
    read = page(tmp_path / "site", "map.html")
    assert "The record has no returns, so the map shows what was announced about places." in read.text
    assert "leads in 1 of 3 areas" in read.text
    assert "1 is not stated" in read.text
    figures = page(tmp_path / "site", "figures.html")
    places = [link for link in read.links if link.startswith("figures.html#")]
    assert len(set(places)) == 2
    for link in places:
        assert target(read, link)[1] in figures.ids


# Levels


def rows(*areas: tuple[str, str, str]) -> list[Row]:
    return [Row("areas", "areas.csv", n, a, {"id": a, "parent": p, "kind": k}) for n, (a, p, k) in enumerate(areas, 2)]


def test_a_map_has_one_level_and_what_has_none_below_stands_for_itself():
    areas = rows(
        ("all", "", "nation"),
        ("n", "all", "region"),
        ("s", "all", "region"),
        ("n1", "n", "district"),
        ("n2", "n", "district"),
        ("g", "all", "group"),
    )
    level = level_of(areas, Maps())
    assert level is not None
    assert level.ids == ["n1", "n2", "s"]


def test_with_too_many_areas_the_level_above_is_drawn():
    many = [(f"d{n}", f"r{n % 5}", "district") for n in range(AREAS_A_MAP + 1)]
    areas = rows(("all", "", "nation"), *((f"r{n}", "all", "region") for n in range(5)), *many)
    level = level_of(areas, Maps())
    assert level is not None
    assert level.ids == ["r0", "r1", "r2", "r3", "r4"]


def test_a_single_area_is_no_map():
    assert level_of(rows(("all", "", "nation")), Maps()) is None
    assert level_of([], Maps()) is None


def test_the_level_is_the_one_that_the_records_own_map_is_drawn_for(tmp_path):
    maps = read_record(mapped(tmp_path / "r", ("map.hexjson", HEXES))).maps
    areas = rows(
        ("all", "", "nation"),
        *((name, "all", "region") for name in ("north", "south", "east")),
        *((f"{name}-{n}", name, "ward") for name in ("north", "south", "east") for n in range(4)),
    )
    level = level_of(areas, maps)
    assert level is not None
    assert level.ids == ["north", "south", "east"]


def test_the_same_record_makes_the_same_map(atlas, tmp_path):
    publish(read_record(atlas.parent / "record"), tmp_path / "site", AT)
    assert (tmp_path / "site" / "map.html").read_bytes() == (atlas / "map.html").read_bytes()


# In the browser


@pytest.mark.browser
def test_axe_finds_nothing_on_maps_of_shapes_and_hexagons(atlas, browser):
    for one in tab(browser, viewport={"width": 1280, "height": 900}):
        assert not violations(one, (atlas / "map.html").as_uri(), EVERYTHING)


@pytest.mark.browser
@pytest.mark.parametrize("site", ["counted", "atlas"])
def test_a_map_fits_the_narrowest_phone(site, browser, request):
    for one in tab(browser, viewport={"width": 320, "height": 640}):
        one.goto((request.getfixturevalue(site) / "map.html").as_uri())
        one.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert one.evaluate("document.scrollingElement.scrollWidth") <= 320


@pytest.mark.browser
def test_fills_are_painted_under_the_pages_own_policy(atlas, browser):
    said: list[str] = []
    for one in tab(browser, viewport={"width": 1280, "height": 900}):
        one.on("console", lambda message: said.append(message.text))
        one.goto((atlas / "map.html").as_uri())
        fill = one.evaluate("getComputedStyle(document.querySelector('.map.shapes use')).fill")
        assert fill == "rgb(0, 114, 178)"
    assert not said
