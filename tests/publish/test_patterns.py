"""The pages on patterns and on quick counts: there where returns allow it, with pictures, data and caveats."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tallyroom.polls.draw import draw_of
from tallyroom.polls.frame import frame_of
from tallyroom.polls.samplefile import sample_rows
from tallyroom.publish.pages import patterns
from tallyroom.publish.site import publish
from tallyroom.record.adding import add_rows
from tallyroom.record.folder import read_record, write_record
from tallyroom.sources.importing import import_files
from tallyroom.sources.mapping_file import read_mapping
from tests.publish.conftest import AT
from tests.publish.reading import page
from tests.publish.test_charts import edition


@pytest.fixture(scope="module")
def georgia(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Georgia's presidential election of 2013, published: 3,707 returns."""
    folder = tmp_path_factory.mktemp("sites") / "georgia-2013"
    record = import_files(read_mapping("georgia-2013"), [shared / "data" / "ge2013-president.csv"]).record
    write_record(record, folder.parent / "record")
    _count_quickly(folder.parent / "record")
    publish(read_record(folder.parent / "record"), folder, AT)
    return folder


def _count_quickly(folder: Path) -> None:
    """A sample of 150 in the record, the copies of 140 of them, and 17 votes too many on one copy."""
    (folder / "organisations.csv").write_text("id,name\nwatch,Watch\n")
    record = read_record(folder)
    sample = draw_of(frame_of(record, "district").areas, 150, "dice-31415", 3)
    row = {"id": "quick", "by": "watch", "rule": "sha-256", "seed": "dice-31415", "strata": "district", "size": "150"}
    dates = {"listed_at": "2013-10-20", "seed_at": "2013-10-26T12:00"}
    add_rows(folder, {"samples": [row | dates | {"replacements": "3"}], "drawn": sample_rows(sample, "quick")})
    come = {one.station for one in sample.drawn if not one.replacement}
    lines = (folder / "returns" / "president.csv").read_text(encoding="utf-8").splitlines()
    head, *rows = [line.split(",") for line in lines]
    copies = [cells for cells in rows if cells[head.index("station")] in come][:140]
    column = head.index("votes.giorgi-margvelashvili")
    copies[0][column] = str(int(copies[0][column]) + 17)
    at = [f"2013-10-27T{20 + number // 60}:{number % 60:02d}" for number in range(len(copies))]
    text = "\n".join(",".join([*cells, time]) for cells, time in zip([head, *copies], ["at", *at], strict=True))
    (folder / "copies" / "watch").mkdir(parents=True)
    (folder / "copies" / "watch" / "president.csv").write_text(text + "\n", encoding="utf-8")


@pytest.mark.parametrize("language", ["", "az/", "ru/", "ar/"])
def test_the_page_is_small_and_has_its_pictures_tables_and_data(georgia: Path, language: str) -> None:
    path = georgia / language / "patterns.html"
    html = path.read_text(encoding="utf-8")
    assert path.stat().st_size < 100_000
    assert html.count("<svg") >= 7
    assert html.count("<table") >= 2
    assert 'data/patterns.json">' in html
    assert not re.search(r"\bstyle=", html)


def test_it_says_what_else_makes_such_figures_and_accuses_nobody(georgia: Path) -> None:
    html = (georgia / "patterns.html").read_text(encoding="utf-8")
    assert "What else makes such figures" in html
    assert "never proof of anything" in html
    assert not any(word in html.casefold() for word in ("fraud", "falsif", "rigg", "suspicious"))


def test_the_published_figures_are_those_of_the_command(georgia: Path) -> None:
    told = json.loads((georgia / "data" / "patterns.json").read_text(encoding="utf-8"))
    assert told["integer_percentages"]["either"]["observed"] == 751
    assert "data/patterns.json" in (georgia / "manifest").read_text(encoding="utf-8")
    html = (georgia / "patterns.html").read_text(encoding="utf-8")
    assert "751 stations have a whole percentage" in html


def test_every_flag_on_the_page_is_beyond_five(georgia: Path) -> None:
    told = json.loads((georgia / "data" / "patterns.json").read_text(encoding="utf-8"))
    flagged = [area for area in told["integer_percentages"]["areas"] if area["flagged"]]
    html = (georgia / "patterns.html").read_text(encoding="utf-8")
    assert ("beyond 5: flagged" in html) == told["integer_percentages"]["either"]["flagged"]
    assert ("Areas that are flagged" in html) == bool(flagged)


def test_a_contest_that_is_not_looked_at_is_named_with_the_reason(georgia: Path) -> None:
    shown = edition(georgia.parent / "record")
    told = json.loads((georgia / "data" / "patterns.json").read_text(encoding="utf-8"))
    refused = {"contest": "mayor", "refused": "mayor: 12 stations have figures that count."}
    shown.__dict__["patterns"] = {"contests": [told, refused], "reference_election": told["reference_election"]}
    made = patterns.page(shown)
    assert made is not None
    assert made.view["refused"] == ["mayor: 12 stations have figures that count."]


@pytest.mark.parametrize("site", ["announced", "counted"])
def test_without_a_hundred_returns_there_is_no_page(site: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(site)
    assert not (folder / "patterns.html").exists()
    assert not (folder / "data" / "patterns.json").exists()


# Quick counts


def test_a_quick_count_says_how_it_was_drawn_and_what_is_missing(georgia: Path) -> None:
    text = page(georgia, "polls.html").text
    assert "140 of 150" in text
    assert "copies of the forms, read by Watch" in text
    assert "the same: the seed and the rule give these stations" in text
    assert "after the list was fixed, before the count" in text
    assert "Put together for want of stations" in text


def test_its_estimate_stands_beside_the_result_with_what_that_means(georgia: Path) -> None:
    text = page(georgia, "polls.html").text
    [told] = json.loads((georgia / "data" / "quick-counts.json").read_text(encoding="utf-8"))
    leader = next(one for one in told["choices"] if one["choice"] == "giorgi-margvelashvili")
    assert leader["beside"][0]["says"] == "agrees"
    assert "Estimate and result differ by no more than chance." in text
    assert f"{leader['interval']['low']} to {leader['interval']['high']}" in text
    assert f"{leader['sequence']['low']} to {leader['sequence']['high']}" in text
    [one] = told["copies_that_differ"]
    assert one["copy"] - one["official"] == 17
    assert f"#{one['station']}" in (georgia / "polls.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["", "az/", "ru/", "ar/"])
def test_it_has_its_picture_its_table_and_its_data(georgia: Path, language: str) -> None:
    html = (georgia / language / "polls.html").read_text(encoding="utf-8")
    assert len(html) < 100_000
    assert html.count('class="every"') == 3  # wide, narrow and in the key
    for file in ("data/quick-counts.json", "data/samples.csv", "data/drawn.csv"):
        assert f'{"../" if language else ""}{file}"' in html
        assert (georgia / file).exists()
