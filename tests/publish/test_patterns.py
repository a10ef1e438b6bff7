"""The page on patterns: there where returns allow it, with its picture, its data and its caveats."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tallyroom.publish.site import publish
from tallyroom.record.folder import read_record, write_record
from tallyroom.sources.importing import import_files
from tallyroom.sources.mapping_file import read_mapping
from tests.publish.conftest import AT


@pytest.fixture(scope="module")
def georgia(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Georgia's presidential election of 2013, published: 3,707 returns."""
    folder = tmp_path_factory.mktemp("sites") / "georgia-2013"
    record = import_files(read_mapping("georgia-2013"), [shared / "data" / "ge2013-president.csv"]).record
    write_record(record, folder.parent / "record")
    publish(read_record(folder.parent / "record"), folder, AT)
    return folder


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


@pytest.mark.parametrize("site", ["announced", "counted"])
def test_without_a_hundred_returns_there_is_no_page(site: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(site)
    assert not (folder / "patterns.html").exists()
    assert not (folder / "data" / "patterns.json").exists()
