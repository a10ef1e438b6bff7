"""What a reader follows: a name to its place, a figure to its rows, a result into another page."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tallyroom.publish.folding import words_of
from tallyroom.publish.language import languages
from tallyroom.publish.site import publish
from tallyroom.record.folder import read_record
from tallyroom.tabulate.comparison import compare
from tests.publish.conftest import AT, TWELVE
from tests.publish.reading import page, target
from tests.publish.test_pictures import PNG, digest, naming

# The index of names


def index(site: Path) -> dict[str, Any]:
    """Every file of the index, by the beginning that it is for."""
    found = {}
    for path in (site / "search").glob("n-*.js"):
        name, content = json.loads(f"[{path.read_text().removeprefix('tallyroomFound(').rpartition(')')[0]}]")
        found[name] = content
    return found


def found(site: Path, word: str) -> set[str]:
    """The addresses of everything of which a name has a word that begins so, by the index alone."""
    addresses = set()
    for content in index(site).values():
        for _, at, anchor, *names in content["rows"]:
            if any(one.startswith(word) for name in (*names, anchor) for one in words_of(name)):
                addresses.add(f"{content['pages'][at][0]}#{anchor}".removesuffix("#"))
    return addresses


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Bakı, Gənclik №5", ["baki", "genclik", "5"]),
        ("Şəki ÇAYI Öğrənci", ["seki", "cayi", "ogrenci"]),
        ("İSTANBUL Iğdır", ["istanbul", "igdir"]),
        ("Щёлково Йошкар-Ола", ["щелково", "иошкар", "ола"]),
        ("الشَّرق مدينة إلى ١٢", ["الشرق", "مدينه", "الي", "12"]),
        ("Łódź, Straße Ærø O’Brien", ["lodz", "strasse", "aero", "obrien"]),
        ("ﬁne ２０２４ \u202eabc", ["fine", "2024", "abc"]),
        ("—", []),
    ],
)
def test_names_are_found_as_people_type_them(written, words):
    assert words_of(written) == words


def test_every_area_station_and_candidate_is_found_by_every_word_of_its_names(counted):
    assert found(counted, "north") == {
        "areas/north.html",
        *(f"areas/north.html#north-{number}" for number in range(1, 5)),
    }
    assert "areas/north.html" in found(counted, "الشمال")
    assert found(counted, "sira") == found(counted, "cyra") == {"election.html#_president.cyra-haddad"}
    assert found(counted, "lantern") == {"election.html#_council.lantern"}


def test_every_address_of_the_index_is_there(counted):
    site = counted.resolve()
    for content in index(counted).values():
        for _, at, anchor, *_ in content["rows"]:
            ids = page(site, content["pages"][at][0]).ids
            assert not anchor or anchor in ids


def many(folder: Path, stations: int) -> Path:
    """A record of one area with so many stations, all called School, and one of them also Lighthouse."""
    shutil.copytree(TWELVE, folder)
    for name in ("stations", "calendar", "statements", "returns/council"):
        (folder / f"{name}.csv").unlink()
    shutil.rmtree(folder / "copies")
    rows = [
        "id,area,name,source",
        *(f"s{n},north,School {n},law" for n in range(stations)),
        "light,east,Lighthouse,law",
    ]
    (folder / "stations.csv").write_text("\n".join([*rows, ""]))
    (folder / "returns/president.csv").write_text("station,registered,cast,valid,source\ns1,9,8,8,forms\n")
    return folder


def test_a_file_of_the_index_is_small_and_of_a_common_word_it_says_how_many_there_are(tmp_path):
    publish(read_record(many(tmp_path / "record", 3000)), tmp_path / "site", AT)
    files = [path.stat().st_size for path in (tmp_path / "site/search").iterdir()]
    assert len(files) > 3
    assert max(files) < 60_000
    cut = {word: n for content in index(tmp_path / "site").values() for word, n in content["cut"].items()}
    assert cut["school"] == 3000
    assert "lighthouse" not in cut
    assert len(found(tmp_path / "site", "2999")) == 1
    assert len(found(tmp_path / "site", "lighthouse")) == 1


def test_the_index_is_written_again_only_where_a_name_is_new(tmp_path):
    record = tmp_path / "record"
    shutil.copytree(TWELVE, record)
    publish(read_record(record), tmp_path / "site", AT)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "site/search").iterdir()}
    lines = (record / "returns/president.csv").read_text()
    (record / "returns/president.csv").write_text(
        f"{lines}north-4,1,count,accepted,,,,300,300,100,0,200,0,200,100,50,50,forms\n"
    )
    publish(read_record(record), tmp_path / "site", AT.replace(hour=7))
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "site/search").iterdir()} == before
    names = (record / "names.csv").read_text()
    (record / "names.csv").write_text(f"{names}north,Polar region,en,variant,paper\n")
    publish(read_record(record), tmp_path / "site", AT.replace(hour=8))
    assert "areas/north.html" in found(tmp_path / "site", "polar")


def test_without_a_script_the_names_stand_from_a_to_z(counted):
    read = page(counted, "search.html")
    letters = [attrs["href"] for tag, attrs in read.tags if tag == "a" and attrs["href"].startswith("#_letter")]
    assert len(letters) == len([one for one in read.ids if one.startswith("_letter")]) > 3
    assert "areas/north.html" in read.links
    assert "election.html#_president.ada-lund" in read.links
    assert not any(tag == "input" for tag, _ in read.tags)


def test_a_record_without_pages_of_areas_has_nothing_to_search(announced):
    assert not (announced / "search.html").exists()
    assert not (announced / "search").exists()


# From a figure to its rows


def line(text: str, head: str) -> list[int]:
    """The figures of the first line of a table that begins with this head."""
    found = re.search(rf"{head} ([\d, ]+)", text)
    assert found
    return [int(number.replace(",", "")) for number in found[1].split()]


def test_the_parts_of_an_area_add_up_to_its_figures_on_the_page(counted):
    text = page(counted, "trace/talvia.html").text
    assert "Every column adds up to the tabulated figure." in text
    parts = [line(text, name) for name in ("North", "East", "South")]
    added, tabulated = line(text, "These added up"), line(text, "As tabulated")
    assert added == tabulated == [sum(column) for column in zip(*parts, strict=True)]
    assert tabulated[-3:] == [1671, 1222, 395]


def test_every_figure_added_up_here_leads_to_what_it_was_added_up_from(counted):
    front = page(counted, "index.html")
    assert "trace/talvia.html#_president" in front.links
    assert "../areas/north.html" in page(counted, "trace/talvia.html").links


def test_the_sql_that_made_the_figures_is_published(counted, announced):
    assert "GROUP BY contest, area, choice" in (counted / "data/sql/votes.sql").read_text()
    assert not (announced / "data/sql").exists()


# What can be checked


def test_what_can_be_worked_out_again_and_what_was_only_announced_is_said(counted, announced):
    text = page(counted, "evidence.html").text
    assert "Registered voters: President of Talvia ● Can be worked out again added up from the forms of 8" in text
    assert "Votes of each choice: President of Talvia ◐ Can be worked out again in part" in text
    assert "12 stations: all that there are, so a missing return shows." in text
    text = page(announced, "evidence.html").text
    assert "Votes of each choice ◆ Announced only" in text
    assert "None: the totals cannot be worked out again from what is public here." in text
    assert "Can be worked out again" not in text


def test_the_front_page_says_how_many_figures_can_be_checked(counted, announced):
    assert "9 figures of the headline can be worked out again by anyone" in page(counted, "index.html").text
    assert "evidence.html" in page(announced, "index.html").links


# Pictures of forms


def test_a_picture_of_a_form_is_published_and_its_row_leads_to_it(tmp_path):
    missing = digest(b"lost on the way")
    folder = naming(tmp_path / "record", digest(PNG), missing)
    (folder / f"forms/{digest(PNG)}.png").write_bytes(PNG)
    publish(read_record(folder), tmp_path / "site", AT)
    site = (tmp_path / "site").resolve()
    read = page(site, "areas/north.html")
    (link,) = [link for link in read.links if "forms/" in link]
    path, _ = target(read, link)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == digest(PNG)
    assert f"data/forms/{digest(PNG)}.png" in (site / "manifest").read_text()
    assert f"Picture of the form: missing, {missing[:12]}" in read.text
    assert "2 named in the returns; 1 of them here; 1 missing." in page(site, "evidence.html").text


# Pages inside other pages


def test_the_line_to_embed_names_a_page_that_is_there(counted):
    text = unescape((counted / "embed.html").read_text())
    line = re.search(r'<iframe src="https://example.org/([^"]+)" title="([^"]+)" width="100%" height="(\d+)"', text)
    assert line
    assert (counted / line[1]).is_file()
    assert line[2] == "General election in Talvia: Talvia"


@pytest.mark.parametrize("tongue", [tongue.folder for tongue in languages()])
def test_an_embedded_page_needs_no_script_and_leads_out_of_its_frame(counted, tongue):
    read = page(counted, f"{tongue}embed/north.html")
    assert not [tag for tag, _ in read.tags if tag == "script"]
    assert all(attrs.get("target") == "_top" for tag, attrs in read.tags if tag == "a")
    assert not any("frame-ancestors" in attrs.get("content", "") for _, attrs in read.tags)


def test_an_election_that_was_only_announced_can_be_embedded_too(announced):
    text = page(announced, "embed/azerbaijan.html").text
    assert "4,567,458" in text
    assert "As announced, and not added up here" in text


# Beside an earlier election


def compared(folder: Path) -> Path:
    """The site of the twelve stations beside an earlier election in which one station voted otherwise."""
    earlier = folder / "earlier"
    shutil.copytree(TWELVE, earlier)
    text = (earlier / "election.toml").read_text().replace("talvia-2031", "talvia-2026").replace("2031-05", "2026-05")
    (earlier / "election.toml").write_text(text.replace("General election in", "Earlier election in"))
    returns = (earlier / "returns/president.csv").read_text()
    (earlier / "returns/president.csv").write_text(returns.replace("600,350,200,50", "600,200,350,50"))
    now = read_record(TWELVE)
    publish(now, folder / "site", AT, comparison=compare(now, read_record(earlier)))
    return folder / "site"


def test_a_comparison_says_how_many_stations_it_rests_on_and_how_they_were_matched(tmp_path):
    compared(tmp_path)
    read = page(tmp_path / "site", "compare.html")
    assert "Stations in both 12" in read.text
    assert "7 stations are compared: both counted them; 4 are in both, but count in only one or in none; " in read.text
    assert "Ada Lund 1,361 45.41\u202f% 1,511 50.42\u202f% +5.01" in read.text
    data = json.loads((tmp_path / "site/data/comparison.json").read_text())
    assert (data["matched"], data["contests"][0]["stations"]) == (12, 7)
    assert "compare.html" in page(tmp_path / "site", "index.html").links


def test_without_an_earlier_election_there_is_no_comparison(counted):
    assert not (counted / "compare.html").exists()
