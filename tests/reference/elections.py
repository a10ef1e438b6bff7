"""The real elections that reference cases speak of: each file imported once, by its built-in mapping."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tallyroom.patterns.stations import Stations, read_stations
from tallyroom.record.contest import Contest
from tallyroom.record.folder import Record
from tallyroom.sources.importing import import_files
from tallyroom.sources.mapping_file import read_mapping

__all__ = ["RealElection", "real_election"]

_MAPPINGS = {
    "ru2004": "russia-2004",
    "ru2011": "russia-2011",
    "ru2012": "russia-2012",
    "ru2018": "russia-2018",
    "ru2020": "russia-2020",
    "ru2021": "russia-2021",
    "ru2024": "russia-2024",
    "pl2020-president-round1": "poland-2020-round-1",
    "pl2020-president-round2": "poland-2020-round-2",
    "ug2016-president": "uganda-2016",
    "ge2013-president": "georgia-2013",
    "ge2016-parliament-party-list": "georgia-2016",
    "ve2024-president-actas-v1": "venezuela-2024-v1",
    "ve2024-president-actas-v2": "venezuela-2024-v2",
    "al2013-parliament": "albania-2013",
    "ar2015-president-caba-long": "argentina-2015",
}


@dataclass(frozen=True)
class RealElection:
    """A file, the record made of it, and how many rows the file has."""

    file: Path
    record: Record
    rows: int

    @property
    def contest(self) -> Contest:
        """The one contest of these records."""
        return self.record.election.contests[0]

    def stations(self, by: str = "") -> Stations:
        """Every row of the file, electronic voting too: that is how the cases were worked out."""
        return read_stations(self.record, self.contest, by, pseudo=True)


@cache
def real_election(file: Path) -> RealElection:
    """The election of a file of the shared data. Raises KeyError, with the name, for a file without a mapping."""
    mapping = _MAPPINGS[file.name.split(".")[0]]
    imported = import_files(read_mapping(mapping), [file])
    return RealElection(file, imported.record, imported.rows)
