"""Rows come into a record's tables whole, or not at all, whoever else writes at the same time."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from tallyroom.errors import CannotReadRecord, NotFound
from tallyroom.record.adding import add_rows
from tallyroom.record.folder import read_record
from tests.record.conftest import TWELVE_STATIONS


def test_rows_that_several_add_at_once_are_all_there(tmp_path):
    shutil.copytree(TWELVE_STATIONS, tmp_path / "record")
    before = len(read_record(tmp_path / "record").current("people"))
    rows = [{"people": [{"id": f"observer-{n}", "name": f"Observer {n}"}]} for n in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda row: add_rows(tmp_path / "record", row), rows))
    people = read_record(tmp_path / "record").current("people")
    assert {f"observer-{n}" for n in range(4)} <= {row.id for row in people}
    assert len(people) == before + 4


def test_a_row_that_makes_the_record_unreadable_leaves_it_as_it_was(tmp_path):
    shutil.copytree(TWELVE_STATIONS, tmp_path / "record")
    before = (tmp_path / "record/people.csv").read_bytes()
    with pytest.raises(CannotReadRecord):
        add_rows(tmp_path / "record", {"people": [{"id": "Not An Id!", "name": "Somebody"}]})
    assert (tmp_path / "record/people.csv").read_bytes() == before


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(NotFound, match="is no folder"):
        add_rows(tmp_path / "nowhere", {"people": [{"id": "one", "name": "One"}]})
