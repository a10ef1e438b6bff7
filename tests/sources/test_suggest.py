"""Drafts of mappings, for a person to finish."""

from __future__ import annotations

import tempfile
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallyroom.errors import CannotImport, TallyroomError
from tallyroom.sources.files import Sheet, read_sheet
from tallyroom.sources.headers import normal
from tallyroom.sources.importing import import_files
from tallyroom.sources.mapping_file import built_in_mappings, read_mapping
from tallyroom.sources.suggest import suggested

_FILES = Path(__file__).parent / "files"


def _draft(mapping: str) -> dict[str, Any]:
    return tomllib.loads(suggested(_FILES / f"{mapping}.csv"))


@pytest.mark.parametrize("mapping", sorted(built_in_mappings()))
def test_an_import_with_a_draft_says_what_is_missing(mapping, tmp_path):
    file = _FILES / f"{mapping}.csv"
    (tmp_path / "draft.toml").write_text(suggested(file), encoding="utf-8")
    with pytest.raises(CannotImport) as refused:
        import_files(read_mapping(str(tmp_path / "draft.toml")), [file])
    says = str(refused.value)
    assert "source.outlet is empty; expected a text." in says
    assert "election.date is ''; expected a date" in says
    assert "election.timezone is ''" in says
    assert "rule is ''" in says


@pytest.mark.parametrize("mapping", sorted(built_in_mappings()))
def test_a_draft_takes_or_names_every_column(mapping):
    sheet = read_sheet(_FILES / f"{mapping}.csv", ["utf-8", "latin-1"], "", lambda header: True)
    assert isinstance(sheet, Sheet)
    text = normal(suggested(_FILES / f"{mapping}.csv").replace('\\"', ""))
    assert [header for header in sheet.header if normal(header) not in text] == []


def test_a_finished_draft_imports(tmp_path, example):
    (tmp_path / "freedonia.csv").write_text(example.file, encoding="utf-8")
    draft = suggested(tmp_path / "freedonia.csv")
    for empty, finished in {
        'outlet = ""': 'outlet = "Election Commission"',
        'id = ""': 'id = "freedonia-nation"',
        'date = ""': 'date = "2031-05-07"',
        'timezone = ""': 'timezone = "Etc/UTC"',
        'rule = ""': 'rule = "absolute-majority"',
        'en = ""': 'en = "Presidential election"',
    }.items():
        assert empty in draft
        draft = draft.replace(empty, finished)
    (tmp_path / "draft.toml").write_text(draft, encoding="utf-8")
    result = import_files(read_mapping(str(tmp_path / "draft.toml")), [tmp_path / "freedonia.csv"])
    assert (result.rows, result.returns, result.reported) == (3, 3, 0)


def test_invalid_is_not_taken_for_valid_in_any_language():
    for mapping, headers in {
        "russia-2018": (
            "Число недействительных избирательных бюллетеней",
            "Число действительных избирательных бюллетеней",
        ),
        "uganda-2016": ("INVALID VOTES", "VALID VOTES"),
        "venezuela-2024-v1": ("VOTOS_NULOS", "VOTOS_VALIDOS"),
    }.items():
        items = _draft(mapping)["items"]
        assert (items["invalid"], items["valid"]) == headers


@pytest.mark.parametrize(
    "mapping", ["georgia-2013", "poland-2020-round-1", "russia-2012", "uganda-2016", "russia-2021"]
)
def test_candidates_and_lists_are_found_by_the_look_of_their_headers(mapping):
    meant = {normal(header) for vote in read_mapping(mapping).votes for header in vote.column}
    assert {normal(vote["column"]) for vote in _draft(mapping)["votes"]} == meant


def test_the_way_of_writing_numbers_is_seen(tmp_path):
    (tmp_path / "f.csv").write_text("Station;Voters;A;B\n1;1 200; 7;007\n2;-;8;12\n", encoding="utf-8")
    cells = tomllib.loads(suggested(tmp_path / "f.csv"))["cells"]
    assert cells == {"not_stated": ["-"], "padded": True, "leading_zeros": True, "thousands": " "}


_TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
_HEADERS = st.one_of(
    st.sampled_from(["region", "station", "Voters", "valid", "Anna Alm", "1. B", "", "x", "{a}"]), _TEXT
)
_CELLS = st.one_of(st.sampled_from(["", "1", "1,200", "-", "x", "1.0"]), st.integers(0, 999).map(str), _TEXT)


@settings(max_examples=150, deadline=None)
@given(
    header=st.lists(_HEADERS, min_size=1, max_size=7),
    rows=st.lists(st.lists(_CELLS, min_size=1, max_size=8), max_size=5),
)
def test_a_draft_of_any_file_is_toml_or_the_file_is_refused(header, rows):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "any file.csv"
        quoted = (";".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [header, *rows])
        file.write_bytes("\n".join(quoted).encode())
        try:
            draft = suggested(file)
            tomllib.loads(draft)
            (Path(folder) / "draft.toml").write_text(draft, encoding="utf-8")
            import_files(read_mapping(f"{folder}/draft.toml"), [file])
        except TallyroomError:
            pass
