"""What went wrong on other election nights and does not here: a test for each incident that the site can meet.

The numbers S1 to S21 are those of the requirements drawn from these incidents.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tallyroom.check.checks import check_record
from tallyroom.errors import CannotReadRecord, CannotWrite
from tallyroom.publish import making
from tallyroom.publish.edition import Edition
from tallyroom.publish.pages import trace
from tallyroom.publish.site import Published, publish
from tallyroom.record.folder import read_record
from tallyroom.tabulate.results import Results, tabulate
from tests.publish.conftest import NIGHT, TWELVE
from tests.publish.reading import page, pages

ACTS = "returns/president.csv"


def put(record: Path, site: Path, after: int = 0, because: str = "") -> Published:
    """Publishes a record so many minutes into the night."""
    return publish(read_record(record), site, NIGHT + timedelta(minutes=after), because=because)


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def add_act(record: Path, station: str, votes: tuple[int, int, int], act: int = 1, **cells: str) -> None:
    """One more act of the presidential contest; as many voters are registered as voted."""
    names = (record / ACTS).read_text().splitlines()[0].split(",")
    total = str(sum(votes))
    figures = {"registered": total, "cast": total, "valid": total, "invalid": "0"}
    given = dict(zip(("votes.ada-lund", "votes.ben-okoro", "votes.cyra-haddad"), map(str, votes), strict=True))
    row = {"station": station, "act": str(act), "source": "forms", **figures, **given, **cells}
    with (record / ACTS).open("a") as file:
        file.write(",".join(row.get(name, "") for name in names) + "\n")


def real(record: Path) -> None:
    """Makes the record one of a real election."""
    edit(record / "election.toml", "synthetic = true", "synthetic = false")


# S1, S2, S3: a result on a telephone a day before the vote, and test pages that were taken for results


def test_azerbaijan_2013_no_figure_of_a_real_election_is_shown_a_day_before_the_vote(record, tmp_path):
    real(record)
    with pytest.raises(CannotWrite, match="Nothing is published of returns before that day"):
        put(record, tmp_path / "site", after=-24 * 60)
    assert not (tmp_path / "site").exists()


def test_azerbaijan_2013_a_rehearsal_says_so_in_every_page_of_every_language_and_in_what_programs_read(site):
    for read in pages(site):
        assert ("meta", {"name": "robots", "content": "noindex"}) in read.tags, read.path
        assert any(attrs.get("class") == "rehearsal-mark" for _, attrs in read.tags), read.path
    assert json.loads((site / "status.json").read_text())["banner"] == "rehearsal"
    assert "Rehearsal" in (site / "feed.atom").read_text()
    assert "synthetic = true" in (site / "data/election.toml").read_text()


def test_ap_test_data_2016_a_rehearsal_is_never_published_over_another_election(record, tmp_path):
    real(record)
    put(record, tmp_path / "site")
    edit(record / "election.toml", "synthetic = false", "synthetic = true")
    edit(record / "election.toml", 'id = "talvia-2031"', 'id = "talvia-2031-rehearsal"')
    with pytest.raises(CannotWrite, match="An election keeps its address"):
        put(record, tmp_path / "site", after=10)


def test_ap_test_data_2016_a_site_does_not_turn_from_a_rehearsal_into_a_result(record, site):
    real(record)
    with pytest.raises(CannotWrite, match="is the site of a rehearsal"):
        put(record, site, after=10, because="now it is meant")


# S4, S5, S6: test ballots in the count, votes of more than were registered, one import counted several times


def test_new_york_2021_votes_do_not_rise_without_an_act_that_says_why(record, site):
    before = (site / "results.json").read_bytes()
    edit(record / ACTS, "600,350,200,50", "135600,135350,200,50")
    with pytest.raises(CannotWrite, match="valid 600 → 135600"):
        put(record, site, after=10)
    assert (site / "results.json").read_bytes() == before


def test_warren_county_2020_more_votes_than_registered_voters_are_said_at_the_station_and_on_the_front(
    record, tmp_path
):
    edit(record / ACTS, "north-1,1,count,accepted,,2031-05-18T21:10,,1000,1000,390,2,608",
         "north-1,1,count,accepted,,2031-05-18T21:10,,41,1000,390,2,863")  # fmt: skip
    put(record, tmp_path / "site")
    report = json.loads((tmp_path / "site/data/findings.json").read_text())["findings"]
    about = [one for found in report for one in found["cases"] or [found] if one["where"].get("station") == "north-1"]
    assert any("41" in one["says"] and "863" in one["says"] for one in about)
    row = (tmp_path / "site/areas/north.html").read_text().partition('id="north-1"')[2].partition("</tbody>")[0]
    assert 'class="error"' in row
    assert '<li class="error">' in (tmp_path / "site/index.html").read_text()


def wrong(results: Results) -> Results:
    """The results with a vote too many in the whole."""
    first = results.contests[0]
    whole = first.areas[0]
    more = replace(whole, votes={**whole.votes, "ada-lund": (whole.votes["ada-lund"] or 0) + 1})
    return Results(results.election, [replace(first, areas=[more, *first.areas[1:]]), *results.contests[1:]])


def test_switzerland_2023_a_whole_that_its_parts_do_not_give_is_said_on_the_page(record):
    read = read_record(record)
    report = check_record(read, tabulate(read))
    for results, agrees in ((tabulate(read), True), (wrong(tabulate(read)), False)):
        (shown,) = trace.pages(Edition(read, results, report, NIGHT), "talvia")
        contests = shown.view["contests"]
        assert isinstance(contests, list)
        assert contests[0].agrees is agrees


# S7, S8, S9, S10: half a site, a site that is down, a gap that nobody explains


def test_wayne_county_2018_a_reader_never_sees_half_a_publication(record, site, monkeypatch):
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    add_act(record, "north-4", (150, 100, 45))

    def stopped(*_: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(making, "feed", stopped)
    with pytest.raises(KeyboardInterrupt):
        put(record, site, after=10)
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_sweden_2018_a_copy_of_the_folder_anywhere_is_as_good_as_ours(site, tmp_path):
    shutil.copytree(site, tmp_path / "mirror")
    check = ["sha256sum", "--check", "--quiet", "manifest"]
    assert subprocess.run(check, cwd=tmp_path / "mirror", check=False).returncode == 0
    edit(tmp_path / "mirror/areas/north.html", "North 1", "North 2")
    assert subprocess.run(check, cwd=tmp_path / "mirror", capture_output=True, check=False).returncode != 0


def test_sweden_2018_every_state_of_the_night_can_be_read_afterwards_and_the_page_says_when_it_changed(record, site):
    add_act(record, "north-4", (150, 100, 45))
    put(record, site, after=10)
    told = json.loads((site / "publications.json").read_text())["publications"]
    stations = [one["contests"][0]["stations"]["accepted"] for one in told]
    assert sorted(stations) == [8, 9]
    assert "18 May 2031, 23:10 (UTC+03:00)" in page(site, "index.html").text


def test_florida_2024_nothing_is_asked_of_a_server_but_files(site):
    for read in pages(site):
        assert not [tag for tag, _ in read.tags if tag in ("form", "iframe", "img", "object")]
        loaded = [a["src"] for tag, a in read.tags if tag == "script"]
        loaded += [a["href"] for tag, a in read.tags if tag == "link" and a["rel"] in ("stylesheet", "preload")]
        assert all(re.fullmatch(r"(\.\./)*[\w.-]+\.(js|css)", one) for one in loaded), read.path


# S11, S12, S13: a county left out, votes read by the place of a column, columns swapped


def test_idaho_2020_a_station_without_a_return_is_shown_as_missing_and_one_without_a_place_is_refused(record, site):
    assert "North 4, library" in page(site, "apart.html").text
    assert "2 missing" in page(site, "index.html").text
    add_act(record, "leelanau-1", (3000, 0, 0))
    with pytest.raises(CannotReadRecord, match="leelanau-1"):
        put(record, site, after=10)


def test_antrim_2020_votes_are_those_of_the_choice_that_the_column_names_wherever_it_stands(record, tmp_path):
    before = tabulate(read_record(record))
    rows = [line.split(",") for line in (record / ACTS).read_text().splitlines()]
    ada, ben = (rows[0].index(f"votes.{name}") for name in ("ada-lund", "ben-okoro"))
    for row in rows:
        row[ada], row[ben] = row[ben], row[ada]
    (record / ACTS).write_text("".join(f"{','.join(row)}\n" for row in rows))
    assert tabulate(read_record(record)) == before
    edit(record / ACTS, "votes.ben-okoro", "votes.of-another-ballot")
    with pytest.raises(CannotReadRecord, match=r"votes\.of-another-ballot"):
        read_record(record)


def test_spoe_2023_all_parts_of_a_sum_are_shown_so_that_anyone_can_add_them(counted):
    text = page(counted, "index.html").text
    for part in ("Votes cast", "Valid votes", "Invalid votes", "All of these", "without"):
        assert part in text
    assert "Not every counted return states every figure" in text


# S14, S15: rules dropped hours before the vote, forms that do not add up


def test_honduras_2025_a_rule_that_changes_is_told_with_both_and_the_reason_or_nothing_is_published(record, site):
    edit(record / "election.toml", 'tolerance = "2"', 'tolerance = "200"')
    edit(record / "election.toml", 'majority_of = "valid"', 'majority_of = "cast"')
    with pytest.raises(CannotWrite, match="majority_of valid → cast"):
        put(record, site, after=10)
    put(record, site, after=20, because="the court ruled so")
    text = page(site, "changes.html").text
    for said in ("the court ruled so", "majority of valid cast", "tolerance 2, soft", "tolerance 200, soft"):
        assert said in text
    assert "Rule changed: president" in (site / "feed.atom").read_text()


# S15, S16, S17: forms that do not add up, machine readings, pictures that come and go


def test_honduras_2025_a_form_that_is_held_is_shown_with_its_reason_and_figures_outside_the_sum(counted):
    row = (counted / "areas/east.html").read_text().partition('id="east-1"')[2].partition("</tbody>")[0]
    assert "Held" in row
    assert "the form is not signed" in row
    assert "<td>300</td>" in row
    results = {area.area: area for area in tabulate(read_record(TWELVE)).contests[0].areas}
    assert results["east"].stations.held == 1
    assert results["east"].votes["ada-lund"] == 440  # 250 + 190, without the 300


def test_indonesia_2024_what_was_read_off_a_form_by_others_is_never_a_result(record):
    before = tabulate(read_record(record))
    edit(record / "copies/fair-count/president.csv", "north-1", "north-4")
    assert tabulate(read_record(record)) == before
    shutil.rmtree(record / "copies")
    assert tabulate(read_record(record)) == before


def test_indonesia_2024_every_number_of_a_picture_stands_in_a_table_that_stays_without_it(counted):
    for read in pages(counted):
        if read.path.parent.name == "embed" or not any(attrs.get("class") == "chart" for _, attrs in read.tags):
            continue
        source = read.path.read_text()
        tables = re.sub(r"<svg.*?</svg>", "", source, flags=re.DOTALL)
        for number in re.findall(r"<text[^>]*>(\d[\d.,]*\u202f%)</text>", source):
            assert number in tables, f"{read.path}: {number}"


# S19: an announced total that is in no table


def test_kenya_2017_a_publication_has_a_number_that_an_announcement_can_cite(record, site):
    add_act(record, "north-4", (150, 100, 45))
    assert put(record, site, after=10).number == 2
    assert json.loads((site / "status.json").read_text())["publication"] == 2
    assert "Publication 2" in page(site, "changes.html").text


# S18, S20, S21: a total that falls, shares that add up to more than 100, a page that was deleted


def test_georgia_2021_a_total_that_falls_is_told_with_its_reason_in_the_same_publication(record, site):
    add_act(record, "north-1", (250, 200, 50), act=2, stage="recount", reason="a hundred typed twice")
    put(record, site, after=10)
    text = page(site, "changes.html").text
    assert "a hundred typed twice" in text
    assert "350" in text
    assert "250" in text
    assert "a hundred typed twice" in (site / "feed.atom").read_text()


def test_kenya_2022_shares_that_do_not_add_up_to_a_hundred_are_explained_and_not_adjusted(record, tmp_path):
    rows = (record / ACTS).read_text().splitlines()
    (record / ACTS).write_text(f"{rows[0]}\n")
    add_act(record, "north-1", (1, 1, 1))
    put(record, tmp_path / "site")
    text = page(tmp_path / "site", "index.html").text
    assert text.count("33.33\u202f%") >= 3
    assert "Each share is rounded by itself, so that together they come to 99.99\u202f%." in text


def test_el_paso_2021_what_was_published_cannot_be_taken_away_without_a_reason_that_is_published(record, site):
    rows = (record / ACTS).read_text().splitlines()
    (record / ACTS).write_text("\n".join([row for row in rows if not row.startswith("south-1,")]) + "\n")
    with pytest.raises(CannotWrite, match="south-1"):
        put(record, site, after=10)
    put(record, site, after=20, because="entered for another election")
    assert "entered for another election" in page(site, "changes.html").text
