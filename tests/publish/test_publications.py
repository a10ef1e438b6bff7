"""One publication after another: only what is new is written, and nothing published changes without a word."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tallyroom.errors import CannotWrite
from tallyroom.publish import site as publishing
from tallyroom.publish.banner import renamed
from tallyroom.publish.history import read_history
from tallyroom.publish.site import Published, publish
from tallyroom.record.folder import read_record
from tallyroom.tabulate.results import tabulate
from tests.publish.conftest import NIGHT, TWELVE

LATER = NIGHT + timedelta(minutes=10)
# What every publication writes: it tells of itself.
FRONT = {"changes.html", "data.html", "feed.atom", "index.html", "pages.json", "publications.json", "status.json"}
FRONT |= {f"{code}/{name}.html" for code in ("az", "ru", "ar") for name in ("changes", "data", "index")}
FRONT |= {"manifest"}

Edit = Callable[[Path], None]


@pytest.fixture(scope="module")
def second(first: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site after one more return came in, to look at."""
    folder = tmp_path_factory.mktemp("second")
    shutil.copytree(first, folder / "site")
    shutil.copytree(TWELVE, folder / "record")
    came_in("north-4")(folder / "record")
    put(folder / "record", folder / "site", LATER)
    return folder / "site"


def put(record: Path, to: Path, at: datetime, because: str = "", release: bool = False) -> Published:
    return publish(read_record(record), to, at, because=because, release=release)


def changed(file: str, old: str, new: str) -> Edit:
    def edit(record: Path) -> None:
        text = (record / file).read_text()
        assert old in text
        (record / file).write_text(text.replace(old, new, 1))

    return edit


def added(file: str, **cells: str) -> Edit:
    """One more row at the end of a table, with these cells."""

    def edit(record: Path) -> None:
        header = (record / file).read_text().splitlines()[0].split(",")
        assert set(cells) <= set(header)
        with (record / file).open("a") as table:
            table.write(",".join(cells.get(name, "") for name in header) + "\n")

    return edit


def came_in(station: str) -> Edit:
    figures = {"registered": "500", "cast": "300", "valid": "295", "invalid": "5"}
    votes = {"votes.ada-lund": "150", "votes.ben-okoro": "100", "votes.cyra-haddad": "45"}
    return added("returns/president.csv", station=station, source="register", **figures, **votes)


def times(site: Path) -> dict[str, int]:
    return {path.relative_to(site).as_posix(): path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}


def said(page: Path) -> str:
    """A page, but for the moment since when it shows what it shows, which is 23:00 or 23:10."""
    return re.sub("(23|٢٣):(00|10|٠٠|١٠)", "", page.read_text())


def quickly_counted(record: Path) -> None:
    (record / "samples.csv").write_text("id,by,contest\nwatch,fair-count,president\n")


EDITS: dict[str, Edit] = {
    "a station comes in": came_in("north-4"),
    "an act is corrected by another": added(
        "returns/president.csv", station="south-4", act="2", stage="recount", reason="a bundle", source="register",
        registered="352", cast="248", valid="244", invalid="4",
        **{"votes.ada-lund": "119", "votes.ben-okoro": "91", "votes.cyra-haddad": "34"},
    ),
    "an act is held": changed("returns/president.csv", "accepted", "held"),
    "a figure makes a finding": changed("returns/president.csv", "352", "3520"),
    "a copy comes in": added("copies/fair-count/president.csv", station="south-1", source="register", cast="1"),
    "a station's name": changed("stations.csv", "sports hall", "gymnasium"),
    "an area's name": changed("areas.csv", "South", "The south"),
    "a candidate's name": changed("people.csv", "Ben Okoro", "Benjamin Okoro"),
    "a source's name": changed("sources.csv", "Election Commission of Talvia", "The Commission"),
    "an announced figure about an area": added(
        "announcements.csv", announcement="late", at="2031-05-19", by="commission", place="south",
        measure="turnout_share", printed="61%", value="61", unit="percent", source="register",
    ),
    "a quick count": quickly_counted,
    "the name of the election": changed("election.toml", "General election", "Election"),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_what_is_published_on_top_is_what_would_be_published_anew(record, site, tmp_path, edit):
    edit(record)
    put(record, site, LATER, because="to try it out")
    put(record, tmp_path / "anew", LATER)
    assert times(site).keys() == times(tmp_path / "anew").keys()
    for path in times(tmp_path / "anew").keys() - FRONT:
        one, other = site / path, tmp_path / "anew" / path
        if path.endswith(".html"):
            assert said(one) == said(other), path
        else:
            assert one.read_bytes() == other.read_bytes(), path


def test_a_return_that_comes_in_writes_its_constituency_what_is_above_it_and_the_front(record, site):
    before = times(site)
    came_in("north-4")(record)
    published = put(record, site, LATER)
    written = {path for path, time in times(site).items() if time != before.get(path)}
    assert len(written - {"manifest"}) == published.written
    areas = {path for path in written if path.partition("areas/")[1]}
    assert {path.rpartition("/")[2] for path in areas} == {"north.html", "talvia.html"}
    rows = {path for path in written if path.startswith(("returns/", "stations/", "copies/"))}
    assert rows == {"returns/president/north.csv"}


def test_a_page_says_since_when_it_shows_what_it_shows(second):
    assert "changed last on 18 May 2031, 23:10" in (second / "areas/north.html").read_text()
    assert "changed last on 18 May 2031, 23:00" in (second / "areas/south.html").read_text()
    pages = json.loads((second / "pages.json").read_text())
    assert pages["areas/north.html"]["since"] == "2031-05-18T20:10:00Z"


def test_where_nothing_is_new_nothing_is_published(record, site):
    before = times(site)
    published = put(record, site, LATER)
    assert (published.number, published.written) == (1, 0)
    assert times(site) == before


def test_a_published_figure_that_was_typed_over_stops_the_publication_and_is_named(record, site):
    before = times(site)
    changed("returns/president.csv", ",352,", ",353,")(record)
    with pytest.raises(CannotWrite, match=r"returns/president, south-4\.1: altered \(registered 352 → 353\)") as error:
        put(record, site, LATER)
    assert "--because" in str(error.value)
    assert times(site) == before


def test_a_published_row_that_was_taken_out_stops_the_publication(record, site):
    lines = (record / "returns/president.csv").read_text().splitlines()
    (record / "returns/president.csv").write_text("\n".join(lines[:-1]) + "\n")
    with pytest.raises(CannotWrite, match="gone"):
        put(record, site, LATER)


def test_an_announced_figure_that_was_typed_over_stops_the_publication(record, site):
    row = json.loads((site / "data/announcements.json").read_text())["announcements"][0]
    changed("announcements.csv", f",{row['value']},", ",12345,")(record)
    with pytest.raises(CannotWrite, match="announcements"):
        put(record, site, LATER)


def test_what_was_changed_with_a_reason_is_told_with_both_figures_and_the_reason(record, site):
    changed("returns/president.csv", ",352,", ",353,")(record)
    put(record, site, LATER, because="a slip of the typist")
    page = (site / "changes.html").read_text()
    assert "a slip of the typist" in page
    assert re.search(r">352</td>\s*<td[^>]*>353<", page)
    assert "a slip of the typist" in (site / "feed.atom").read_text()


def test_a_correction_is_an_entry_of_the_feed_with_its_reason(record, site):
    EDITS["an act is corrected by another"](record)
    put(record, site, LATER)
    atom = {"a": "http://www.w3.org/2005/Atom"}
    root = ET.parse(site / "feed.atom").getroot()
    entries = {entry.findtext("a:title", "", atom): entry for entry in root.findall("a:entry", atom)}
    corrected = entries["Rehearsal: Corrected: South 4, sports hall"]
    assert "votes.ada-lund: 120 → 119" in corrected.findtext("a:content", "", atom)
    assert "Reason: a bundle" in corrected.findtext("a:content", "", atom)
    link = corrected.find("a:link", atom)
    assert link is not None
    assert link.get("href") == "areas/south.html#south-4"
    assert root.findtext("a:updated", "", atom) == "2031-05-18T20:10:00Z"
    ids = [entry.findtext("a:id", "", atom) for entry in root.findall("a:entry", atom)]
    assert len(set(ids)) == len(ids)


def test_the_front_page_says_what_changed_since_the_last_publication(second):
    assert "Since 18 May 2031, 23:00 (UTC+03:00): one more station is in." in (second / "index.html").read_text()
    status = json.loads((second / "status.json").read_text())
    assert (status["publication"], status["contests"][0]["stations"]["accepted"]) == (2, 9)


def test_every_state_in_between_can_be_read_afterwards(second):
    history = json.loads((second / "publications.json").read_text())
    counted = [one["contests"][0]["stations"]["accepted"] for one in history["publications"]]
    assert counted == [8, 9]
    assert history["publications"][1]["came_in"] == {"president": 1}
    assert history["publications"][1]["areas"] == ["north"]


def test_an_election_keeps_its_address(record, site):
    changed("election.toml", 'id = "talvia-2031"', 'id = "another"')(record)
    with pytest.raises(CannotWrite, match="is the site of talvia-2031, and this record is another"):
        put(record, site, LATER)


def test_no_figure_of_a_real_election_is_published_before_its_day(record, tmp_path):
    changed("election.toml", "synthetic = true", "synthetic = false")(record)
    with pytest.raises(CannotWrite, match="The vote is on 2031-05-18"):
        put(record, tmp_path / "site", datetime(2031, 5, 17, 12, 0, tzinfo=UTC))
    put(record, tmp_path / "site", NIGHT)


def test_the_stations_of_an_election_are_published_before_its_day_without_a_figure(record, tmp_path):
    changed("election.toml", "synthetic = true", "synthetic = false")(record)
    shutil.rmtree(record / "returns")
    shutil.rmtree(record / "copies")
    for file in ("announcements.csv",):
        (record / file).unlink()
    put(record, tmp_path / "site", datetime(2031, 5, 17, 12, 0, tzinfo=UTC))
    assert json.loads((tmp_path / "site/status.json").read_text())["banner"] == "nothing"
    assert (tmp_path / "site/stations/north.csv").is_file()
    shutil.copytree(TWELVE / "returns", record / "returns")
    put(record, tmp_path / "site", LATER)
    told = "The result was told as “No figures yet”; it is now “Partial: not all is counted”."
    assert told in (tmp_path / "site/changes.html").read_text()
    assert told in (tmp_path / "site/feed.atom").read_text()


def test_a_history_that_does_not_say_how_a_result_was_told_is_read_and_nothing_is_said_of_it(second: Path) -> None:
    told = json.loads((second / "publications.json").read_text())
    for one in told["publications"]:
        del one["banner"]
    past = read_history(json.dumps(told).encode())
    assert [one.banner for one in past.publications] == ["", ""]
    assert renamed(past.publications[-1].banner, "final") == ""
    assert renamed("partial", "final") != ""


def test_a_release_is_one_zip_of_everything_the_same_each_time(record, tmp_path):
    for name in ("one", "other"):
        put(record, tmp_path / name, NIGHT, release=True)
    path = json.loads((tmp_path / "one/status.json").read_text())["release"]
    assert path == "releases/20310518T200000Z/talvia-2031.zip"
    assert (tmp_path / "one" / path).read_bytes() == (tmp_path / "other" / path).read_bytes()
    with zipfile.ZipFile(tmp_path / "one" / path) as archive:
        archive.extractall(tmp_path / "unpacked")
    unpacked = tmp_path / "unpacked/talvia-2031"
    assert {path for path in times(tmp_path / "one") if not path.startswith("releases/")} == times(unpacked).keys()
    done = subprocess.run(["sha256sum", "--check", "--quiet", "manifest"], cwd=unpacked, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert f'href="{path}"' in (unpacked / "data.html").read_text()


def test_a_release_stays_when_the_next_publication_is_none(record, tmp_path):
    put(record, tmp_path / "site", NIGHT, release=True)
    released = tmp_path / "site/releases/20310518T200000Z/talvia-2031.zip"
    before = released.read_bytes()
    came_in("north-4")(record)
    put(record, tmp_path / "site", LATER)
    assert released.read_bytes() == before
    assert not (tmp_path / "site/data/returns").exists()  # whole tables are of releases
    assert str(released.relative_to(tmp_path / "site")) in (tmp_path / "site/data.html").read_text()


def test_a_release_of_what_was_published_already_is_a_publication(record, site):
    assert put(record, site, LATER, release=True).number == 2
    assert put(record, site, LATER, release=True).written == 0


def test_the_data_of_a_release_are_the_record_again(record, tmp_path):
    put(record, tmp_path / "site", NIGHT, release=True)
    again = read_record(tmp_path / "site/data")
    assert {name: table.columns for name, table in again.tables.items()} == {
        name: table.columns for name, table in read_record(record).tables.items()
    }


def test_sums_that_differ_from_those_made_another_way_stop_the_publication(record, tmp_path, monkeypatch):
    results = tabulate(read_record(record))
    contest, *others = results.contests
    whole = contest.areas[0]
    wrong = replace(whole, votes={**whole.votes, "ada-lund": 9999})
    wrong_results = replace(results, contests=[replace(contest, areas=[wrong, *contest.areas[1:]]), *others])
    monkeypatch.setattr(publishing, "tabulate", lambda _: wrong_results)
    with pytest.raises(CannotWrite, match="two ways of adding up differ"):
        put(record, tmp_path / "site", NIGHT)
    assert not (tmp_path / "site").exists()
