"""A published site holds what it promises, read without a browser."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import get_args

import pytest

from tallyroom.publish import words
from tallyroom.publish.certifying import certified_step
from tallyroom.publish.language import language, say, speaking
from tallyroom.publish.pages.sidebyside import agreement, columns_of
from tallyroom.publish.site import publish
from tallyroom.publish.stationlist import Act
from tallyroom.record.contest import Contest
from tallyroom.record.dates import read_date
from tallyroom.record.folder import find_record, read_record
from tallyroom.tabulate.results import results_text, tabulate
from tests.publish.conftest import AT, TWELVE
from tests.publish.reading import page, pages, target

SITES = ["announced", "counted", "hostile"]


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest) -> Path:
    """Each of the sites in turn."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Path)
    return found


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


# The front page


def test_the_front_page_has_the_announced_result_with_votes_and_shares(announced):
    text = page(announced, "index.html").text
    for figure in ("4,567,458", "92.12\u202f%", "26,517", "0.54\u202f%", "76.43\u202f%", "6,478,623", "6,478,840"):
        assert figure in text


def test_the_front_page_says_that_announced_totals_cannot_be_recomputed(announced, counted):
    says = "These totals were announced and cannot be recomputed from what is public here"
    assert says in page(announced, "index.html").text
    assert says not in page(counted, "index.html").text


def test_announced_and_tabulated_stand_apart_and_are_labelled(counted):
    read = page(counted, "index.html")
    sections = [attrs["class"] for tag, attrs in read.tags if tag == "section" and "class" in attrs]
    assert "announced" in sections
    assert "tabulated" in sections
    assert "1,675" in read.text  # announced for Ada Lund, after a correction
    assert "1,671" in read.text  # added up here


def test_what_was_counted_of_how_much_is_said(counted):
    assert "8 of 12 stations counted (66.67\u202f%); 1 held; 1 annulled; 2 missing" in page(counted, "index.html").text


def test_a_figure_that_was_not_exact_stands_as_it_was_said(announced):
    assert "nearly 400" in page(announced, "observers.html").text
    assert "more than 23,000" in page(announced, "election.html").text


def test_rival_figures_stand_side_by_side(announced):
    text = page(announced, "count.html").text
    assert "39,797 39,727" in text


def test_the_headline_for_a_terminal_keeps_announced_and_tabulated_apart(tmp_path):
    lines = publish(read_record(TWELVE), tmp_path / "site", AT).headline
    assert lines[0] == "Announced by the Election Commission of Talvia, given 19 May 2031, 01:00:"
    assert any(line.startswith("Tabulated: Ada Lund has 1,671 votes of 3,321") for line in lines)


# Words


def test_nobody_is_called_elected_before_the_result_is_certified(counted):
    certified = any(row["event"] == "certified" for row in read_record(TWELVE).current("calendar"))
    assert not certified
    for read in pages(counted):
        assert "elected" not in re.findall(r"[a-z]+", read.text.lower()), read.path


def test_who_is_elected_is_said_once_the_result_is_certified(announced):
    assert (
        "The Constitutional Court confirms the results: Ilham Aliyev is elected." in page(announced, "index.html").text
    )


def test_a_certification_that_is_planned_makes_nothing_final():
    record = read_record(find_record("azerbaijan-2024"))
    step = certified_step(record, AT)
    assert step is not None
    day = read_date(step["at"], record.election.zone).first
    assert certified_step(record, day) == step
    assert certified_step(record, day - timedelta(seconds=1)) is None


def test_a_rehearsal_is_marked_on_every_page_and_kept_from_search_engines(counted, announced):
    for read in pages(counted):
        with speaking(language(read.language)):
            assert say("Every figure here is invented. This is no election result.") in read.text
        assert ("meta", {"name": "robots", "content": "noindex"}) in read.tags
    assert not any("Rehearsal" in read.text for read in pages(announced))


# Every figure and its sources


def test_every_announced_figure_leads_to_its_row_and_its_sources(announced):
    rows = read_record("azerbaijan-2024").current("announcements")
    figures = page(announced, "figures.html")
    sources = set(page(announced, "sources.html").ids)
    assert {row.id for row in rows} <= set(figures.ids)
    for row in rows:
        assert row.place in figures.text
        for source in row.ids("source"):
            assert source in sources
            assert f"sources.html#{source}" in figures.links


def test_a_figure_on_a_page_says_the_file_and_line_of_its_row(announced):
    for name in ("index.html", "turnout.html", "count.html", "polls.html"):
        figures = [attrs for tag, attrs in page(announced, name).tags if attrs.get("class") == "figure" and tag == "a"]
        assert figures
        assert all(re.match(r"announcements\.csv, lines? \d", attrs["title"]) for attrs in figures)


def test_every_source_is_listed_with_what_rests_on_it(announced):
    record = read_record("azerbaijan-2024")
    read = page(announced, "sources.html")
    for source in record.current("sources"):
        assert source.id in read.ids
        assert not source["url"] or source["url"] in read.links


def test_every_internal_link_leads_to_a_file_and_an_anchor_that_are_there(site):
    ids = {read.path.resolve(): set(read.ids) for read in pages(site)}
    for read in pages(site):
        for link in read.links:
            if re.match(r"(https?:|data:)", link):
                continue
            path, anchor = target(read, link)
            assert path.is_relative_to(site.resolve()), link
            assert path.is_file(), f"{read.path}: {link}"
            assert not anchor or anchor in ids[path], f"{read.path}: {link}"


def test_every_page_is_well_formed_and_no_id_stands_twice_on_it(site):
    for read in pages(site):
        assert not read.open, read.path
        assert len(read.ids) == len(set(read.ids)), read.path


# Areas and stations


def behind(site: Path, area: str, station: str) -> str:
    """What stands behind a station's row, as text; a cell's end is a bar."""
    source = (site / "areas" / f"{area}.html").read_text()
    row = source[source.index(f'id="{station}"') :].partition("</tbody></table></details>")[0]
    return re.sub(
        r"\s+", " ", re.sub(r"<[^>]+>", "", re.sub(r"</t[dh]>|</caption>", "|", row.partition("</details>")[0]))
    )


def test_behind_a_row_stand_the_whole_form_its_line_and_its_sources(counted):
    said = behind(counted, "south", "south-4")
    assert "Form, line 5" in said
    assert "Also on the form: received 350, unused 100, spoiled 2." in said
    assert "returns/president/south.csv, line 5 · Election Commission of Talvia" in said


def test_the_first_count_stands_beside_the_recount_with_every_difference_marked(counted):
    said = behind(counted, "north", "north-2")
    assert "2 acts" in said
    assert "Act 2, recount: accepted, in force: a bundle was counted twice" in said
    assert "invalid|12|10 2 fewer|" in said
    assert "Ada Lund|236|240 4 more|" in said
    assert "Cyra Haddad|50|50|" in said


def test_a_copy_stands_beside_the_act_that_it_is_a_copy_of(counted):
    assert "1 copy, the same figures" in behind(counted, "north", "north-2")  # of the first count
    said = behind(counted, "east", "east-3")
    assert "1 copy, 2 figures differ" in said
    assert "Figure|Act 1: accepted|Fair Count: copy of act 1|" in said
    assert "Ben Okoro|200|210 10 more|" in said
    assert "copies/fair-count/president/east.csv, line 3" in said


def test_a_copy_of_a_form_that_never_came_in_is_shown_alone(counted):
    said = behind(counted, "south", "south-3")
    assert "1 copy, no act to hold against it" in said
    assert "registered|illegible|" in said
    assert "Ada Lund|70|" in said


def test_what_cannot_be_read_is_said_in_its_place_and_is_no_difference(counted):
    said = behind(counted, "south", "south-2")
    assert "spoiled|not on form|not on form|" in said
    assert "Cyra Haddad|illegible|34 not stated on the other|" in said
    assert "1 copy, the same figures; 1 stated only there" in said


def test_a_copy_that_states_nothing_that_the_act_states_is_not_said_to_agree():
    act = Act("returns/president", 0, 1, "count", "accepted", True, "", "", "", "", "", (), (12, None), (None,))
    copy = replace(act, items=(None, None), votes=(70,))
    columns = list(columns_of(act, [act], [("watch", copy)]))
    assert agreement(columns) == "1 copy, no figure that both state; 1 stated only there"


def test_a_withdrawn_act_is_shown_and_not_in_force(counted):
    said = behind(counted, "north", "north-3")
    assert "Act 1, count: accepted, in force" in said
    assert "Act 2, recount: withdrawn: entered for the wrong station" in said


def test_every_finding_about_a_station_stands_at_the_station(counted):
    report = json.loads((counted / "data/findings.json").read_text())["findings"]
    about = [(f["check"], one) for f in report for one in f["cases"] or [f] if "station" in one["where"]]
    assert about
    for _, one in about:
        where = one["where"]
        area = where["station"].partition("-")[0]
        assert one["says"] in page(counted, f"areas/{area}.html").text


def test_stations_that_are_not_in_the_totals_are_listed_with_the_reasons(counted):
    read = page(counted, "apart.html")
    assert "East 1, town hall East 700 The form is not signed" in read.text
    assert "The box was open when it arrived 21 May 2031 returns/president/east.csv, line 4" in read.text
    assert "North 4, library North 300 No act in the record" in read.text
    assert "areas/north.html#north-4" in read.links
    assert "apart.html" in page(counted, "index.html").links


def test_an_area_lists_the_areas_below_it_with_what_keeps_stations_out(counted):
    text = page(counted, "areas/talvia.html").text
    assert "Region Stations Counted Held Annulled Missing Registered Turnout Most votes Share" in text
    assert "East 4 2 1 1 0 1,500 64.07\u202f% Ada Lund 46.81\u202f%" in text


def test_a_page_says_where_its_area_lies(counted):
    east = page(counted, "areas/east.html")
    assert east.links.index("../areas.html") < east.links.index("../areas/talvia.html")
    assert ("li", {"aria-current": "page"}) in east.tags


def many(folder: Path, areas: int, stations: int) -> Path:
    """A record of so many areas below one, and so many stations in the first of them; the last came not in."""
    (folder / "returns").mkdir(parents=True)
    shutil.copy(TWELVE / "election.toml", folder)
    for name in ("people", "organisations", "sources"):
        shutil.copy(TWELVE / f"{name}.csv", folder)
    rows = ["id,parent,kind,name,source", "talvia,,nation,Talvia,law"]
    rows += [f"a{n},talvia,region,Area {n},law" for n in range(areas)]
    (folder / "areas.csv").write_text("\n".join([*rows, ""]))
    rows = ["id,area,registered,source", *(f"s{n},a0,100,law" for n in range(stations))]
    (folder / "stations.csv").write_text("\n".join([*rows, ""]))
    rows = ["station,registered,cast,invalid,valid,votes.ada-lund,source"]
    rows += [f"s{n},100,{n % 90},0,{n % 90},{n % 90},forms" for n in range(stations - 1)]
    (folder / "returns/president.csv").write_text("\n".join([*rows, ""]))
    return folder


def test_a_corrected_station_is_found_under_its_first_id(tmp_path):
    record = tmp_path / "record"
    shutil.copytree(TWELVE, record)
    lines = (record / "stations.csv").read_text().splitlines()
    lines = [f"{line},supersedes" if line.startswith("id,") else f"{line}," for line in lines]
    (record / "stations.csv").write_text(
        "\n".join([*lines, "new,south,,North 1 moved,permanent,1000,,,,register,north-1", ""])
    )
    publish(read_record(record), tmp_path / "site", AT)
    assert "north-1" not in page(tmp_path / "site", "areas/north.html").ids
    said = behind(tmp_path / "site", "south", "north-1")
    assert "North 1 moved" in said
    assert "returns/president/south.csv, line 2" in said


def test_a_long_page_is_split_and_links_still_lead_to_the_right_part(tmp_path):
    publish(read_record(many(tmp_path / "record", 501, 800)), tmp_path / "site", AT)
    site = tmp_path / "site"
    pages = [path for path in site.rglob("*.html") if not path.name.startswith("map")]  # a map has its own measure
    assert max(path.stat().st_size for path in pages) < 300_000
    found = {
        name: path
        for path in (site / "areas").glob("a0*.html")
        for name in re.findall(r'<tr id="(s\d+)"', path.read_text())
    }
    assert len(found) == 800
    assert len(set(found.values())) > 1
    last = found["s799"].relative_to(site).as_posix()
    assert f"{last}#s799" in page(site, "apart.html").links
    assert "areas/talvia~2.html" in [link.removeprefix("../") for link in page(site, "areas/talvia.html").links]
    assert "../areas/a500.html" in page(site, "areas/talvia~2.html").links


def test_what_stands_in_very_many_stations_is_told_by_area(tmp_path):
    record = many(tmp_path / "record", 3, 700)
    rows = (record / "returns/president.csv").read_text().splitlines()
    (record / "returns/president.csv").write_text("\n".join([*rows[:100], ""]))
    publish(read_record(record), tmp_path / "site", AT)
    text = page(tmp_path / "site", "apart.html").text
    assert "Missing: 601 stations" in text
    assert "So many that the page of each area names its own." in text


def test_a_station_is_a_row_with_an_anchor_its_status_in_words_and_the_reason(counted):
    east = page(counted, "areas/east.html")
    assert {"east-1", "east-2", "east-3", "east-4"} <= set(east.ids)
    assert "Held the form is not signed" in east.text
    assert "Annulled act 2, ruling; the box was open when it arrived" in east.text
    assert "unread: invalid, illegible" in east.text
    assert "Missing" in page(counted, "areas/north.html").text


def test_a_figure_that_is_not_stated_is_a_dash_and_never_a_zero(counted):
    source = (counted / "areas/south.html").read_text()
    row = source[source.index('id="south-3"') :]
    assert "Missing" in row[: row.index("</tr>")]
    assert ">0<" not in row[: row.index("</tr>")]


def test_a_record_without_returns_has_no_pages_of_areas(announced):
    assert not (announced / "areas").exists()
    assert not (announced / "areas.html").exists()


def test_a_record_without_announcements_has_no_pages_for_them(tmp_path):
    small = tmp_path / "record"
    shutil.copytree(TWELVE, small)
    for name in ("announcements", "polls", "statements", "calendar", "candidates", "offices"):
        (small / f"{name}.csv").unlink()
    publish(read_record(small), tmp_path / "site", AT)
    names = {path.name for path in (tmp_path / "site").glob("*.html")}
    assert {"index.html", "areas.html", "election.html", "sources.html", "data.html"} <= names
    assert not names & {"turnout.html", "count.html", "polls.html", "statements.html", "figures.html"}


def test_two_areas_whose_ids_differ_in_case_only_have_a_file_each(hostile):
    files = [path.name.casefold() for path in (hostile / "areas").glob("*.html")]
    areas = [row.id for row in read_record(Path(__file__).parent / "hostile").current("areas")]
    assert len(files) == len(set(files)) == len(areas)
    assert "con.html" not in files
    assert all(len(name.encode()) <= 200 for name in files)


# Data


def test_the_same_record_and_time_make_the_same_bytes_wherever_they_lie(tmp_path):
    elsewhere = tmp_path / "a record of another name"
    shutil.copytree(find_record("azerbaijan-2024"), elsewhere)
    publish(read_record("azerbaijan-2024"), tmp_path / "one", AT)
    publish(read_record(elsewhere), tmp_path / "two", AT)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_the_manifest_names_every_file_but_itself_and_the_releases_with_its_digest(site):
    files = {path: data for path, data in contents(site).items() if not path.startswith("releases/")}
    manifest = files.pop("manifest").decode().splitlines()
    assert manifest == [f"{hashlib.sha256(files[name]).hexdigest()}  {name}" for name in sorted(files)]


def test_results_json_is_what_tabulate_prints(counted):
    assert (counted / "results.json").read_text() == results_text(tabulate(read_record(TWELVE)))


def test_the_published_data_are_the_record_again(announced, counted):
    assert results_text(tabulate(read_record(counted / "data"))) == (counted / "results.json").read_text()
    again, built_in = read_record(announced / "data"), read_record("azerbaijan-2024")
    assert again.current("announcements") == built_in.current("announcements")
    assert again.definition_text == built_in.definition_text


def test_announcements_json_has_corrected_rows_too(counted):
    data = json.loads((counted / "data/announcements.json").read_text())
    old = next(row for row in data["announcements"] if row["id"] == "night-ada")
    assert old["value"] == "1676"
    assert old["superseded_by"] == "night-ada-2"


def test_every_download_is_listed_with_its_size_and_format(announced):
    text = page(announced, "data.html").text
    for path in [*(announced / "data").iterdir(), announced / "results.json"]:
        assert path.name in text
    assert "JSON" in text
    assert re.search(r"\d+ kB", text)


# Charts


def test_every_picture_says_its_finding_in_words(announced):
    read = page(announced, "turnout.html")
    assert "Turnout rose from 19.44\u202f% at 10:00 to 76.73\u202f% at 19:00." in read.text
    charts = [attrs for tag, attrs in read.tags if tag == "svg" and attrs.get("role") == "img"]
    assert charts
    for chart in charts:
        title, says = chart["aria-labelledby"].split()
        assert {title, says} <= set(read.ids)


def test_a_printed_figure_that_cannot_be_so_stands_in_the_table_and_does_not_wreck_the_picture(announced):
    read = page(announced, "turnout.html")
    assert "2,499,033,000" in read.text
    assert any(link.startswith("findings.html#") for link in read.links)
    for tag, attrs in read.tags:
        for name in ("x", "x1", "x2", "cx"):
            if tag != "svg" and name in attrs:
                assert -10 <= float(attrs[name]) <= 720
        for name in ("y", "y1", "y2", "cy"):
            if tag != "svg" and name in attrs:
                assert -10 <= float(attrs[name]) <= 400


# Hostile texts


def test_a_hostile_record_yields_harmless_pages(hostile):
    forbidden = {"img", "iframe", "object", "embed", "form", "input", "button", "base", "style", "b"}
    for read in pages(hostile):
        for tag, attrs in read.tags:
            assert tag not in forbidden, f"{read.path}: {tag}"
            assert tag != "script" or attrs["src"].rpartition("/")[2] in ("sort.js", "search.js"), (
                f"{read.path}: {attrs}"
            )
            assert not any(name.startswith("on") or name == "style" for name in attrs), f"{read.path}: {tag} {attrs}"
        for link in read.links:
            assert re.match(r"(https?://[^\s\"<>]+|data:image/svg|[^:]*)$|data:image/svg", link), link


def test_a_hostile_text_is_still_shown_as_what_it_is(hostile):
    text = page(hostile, "statements.html").text
    assert "<script>alert(1)</script>" in text
    assert "{{ config }}" in text
    assert "{{ 7 * 7 }} {% raw %}" in page(hostile, "election.html").text


def test_marks_of_direction_are_closed_where_the_text_ends(hostile):
    for read in pages(hostile):
        for text in read.texts:
            assert text.count("\u202e") == text.count("\u202c"), read.path
            assert sum(map(text.count, "\u2066\u2067\u2068")) == text.count("\u2069"), read.path


def test_every_page_has_a_strict_policy_and_loads_nothing_from_elsewhere(site):
    for read in pages(site):
        policy = next(a["content"] for t, a in read.tags if a.get("http-equiv") == "Content-Security-Policy")
        assert policy.startswith("default-src 'none'; style-src 'self'; img-src 'self' data:")
        assert "unsafe" not in policy
        assert not [tag for tag, _ in read.tags if tag in ("img", "iframe", "object")]
        scripts = [attrs for tag, attrs in read.tags if tag == "script"]
        # One file of our own, let in only where there is a table to sort.
        assert all(
            set(attrs) == {"src", "defer"} and attrs["src"].rpartition("/")[2] in ("sort.js", "search.js")
            for attrs in scripts
        )
        assert ("script-src 'self'" in policy) == bool(scripts)


def test_every_rule_that_a_contest_may_have_has_words_on_the_site() -> None:
    assert set(words.RULES) == set(get_args(Contest.model_fields["rule"].annotation))
