"""Records of a few stations, written down in a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tallyroom.record.folder import Record, read_record

TWELVE_STATIONS = Path(__file__).resolve().parents[1] / "records" / "twelve-stations"

ELECTION = """
id = "vale-2030"
date = "2030-03-10"
timezone = "Europe/Lisbon"
[names]
en = "Vale"
[[contests]]
id = "mayor"
rule = "plurality"
choices = ["ada", "ben", "cy"]
[contests.figures]
cast = "valid + invalid"
valid = "valid"
[form]
items = [{ id = "valid" }, { id = "invalid" }]
"""
AREAS = """id,parent,kind,name
vale,,nation,Vale
upper,vale,region,Upper
lower,vale,region,Lower
"""
STATIONS = """id,area,registered
s1,upper,100
s2,upper,200
s3,lower,300
"""


@pytest.fixture
def vale(tmp_path: Path) -> Callable[..., Record]:
    """A record of three stations: returns, and what differs from `ELECTION`, `AREAS`, `STATIONS`."""

    def make(returns: str, election: str = ELECTION, areas: str = AREAS, stations: str = STATIONS) -> Record:
        (tmp_path / "returns").mkdir(exist_ok=True)
        files = {"election.toml": election, "areas.csv": areas, "stations.csv": stations, "returns/mayor.csv": returns}
        for file, text in files.items():
            (tmp_path / file).write_text(text, encoding="utf-8")
        return read_record(tmp_path)

    return make


@pytest.fixture(scope="session")
def twelve() -> Record:
    """The twelve stations of `tests/records`."""
    return read_record(TWELVE_STATIONS)
