"""Sites to look at: a real election that was only announced, an invented one, a hostile record. And one to change."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tallyroom.publish.site import publish
from tallyroom.record.folder import read_record

AT = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
NIGHT = datetime(2031, 5, 18, 20, 0, tzinfo=UTC)  # after the polls of the invented election closed
AFTERWARDS = datetime(2030, 1, 7, 6, 0, tzinfo=UTC)  # the hostile record's vote is no rehearsal
TWELVE = Path(__file__).parents[1] / "records" / "twelve-stations"
HOSTILE = Path(__file__).parent / "hostile"


@pytest.fixture(scope="session")
def announced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built-in record, published: figures that others gave, and no returns."""
    folder = tmp_path_factory.mktemp("sites") / "azerbaijan-2024"
    publish(read_record("azerbaijan-2024"), folder, AT, release=True)
    return folder


@pytest.fixture(scope="session")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented election of twelve stations, published: a rehearsal, with returns."""
    folder = tmp_path_factory.mktemp("sites") / "twelve-stations"
    publish(read_record(TWELVE), folder, AT, release=True)
    return folder


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record full of markup, marks of direction and awkward ids, published."""
    folder = tmp_path_factory.mktemp("sites") / "hostile"
    publish(read_record(HOSTILE), folder, AFTERWARDS)
    return folder


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A copy of the invented election, to change."""
    return Path(shutil.copytree(TWELVE, tmp_path / "record"))


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented election as it is published first, in the night."""
    folder = tmp_path_factory.mktemp("first") / "site"
    publish(read_record(TWELVE), folder, NIGHT)
    return folder


@pytest.fixture
def site(first: Path, tmp_path: Path) -> Path:
    """A copy of the first publication, to publish on top of."""
    return Path(shutil.copytree(first, tmp_path / "site"))
