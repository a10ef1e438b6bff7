"""Where an area or a station is shown: addresses that stay, on file systems of every kind.

An area's address is its id. Where two ids would be one file to a system that folds case or the
composition of accents, or an id is no file name there, a part of the id's SHA-256 follows a `~`,
which no id can hold; so nothing is lost, and the address does not depend on the other areas' order.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property

from tallyroom.record.folder import Record
from tallyroom.record.rows import Row

__all__ = ["STATIONS_A_PAGE", "Addresses", "file_stem"]

# A page of this many stations is about half a megabyte.
STATIONS_A_PAGE = 1000
_LONGEST = 120  # bytes: with folder and ending it fits every file system
_DEVICES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}


def file_stem(name: str, *, shared: bool = False) -> str:
    """The file name of an id, without its ending. shared: another id folds to the same."""
    device = name.partition(".")[0].casefold() in _DEVICES
    if not shared and not device and len(name.encode()) <= _LONGEST:
        return name
    kept = name.encode()[:_LONGEST].decode(errors="ignore")
    return f"{kept}~{hashlib.sha256(name.encode()).hexdigest()[:12]}"


class Addresses:
    """The pages of areas, and where on them a station stands; none where there are no returns."""

    def __init__(self, record: Record, contests: Sequence[str]) -> None:
        self.record = record
        self.shown = bool(contests)

    @cached_property
    def _stems(self) -> dict[str, str]:
        names = [row.id for row in self.record.current("areas")]
        folded = Counter(_folded(name) for name in names)
        return {name: file_stem(name, shared=folded[_folded(name)] > 1) for name in names}

    @cached_property
    def stations(self) -> dict[str, list[Row]]:
        """The stations that lie directly in each area, in the order of the file."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.record.current("stations"):
            found[row["area"]].append(row)
        return found

    @cached_property
    def _station_pages(self) -> dict[str, str]:
        return {
            row.id: self.page(area, number // STATIONS_A_PAGE)
            for area, rows in self.stations.items()
            for number, row in enumerate(rows)
        }

    def page(self, area: str, number: int = 0) -> str:
        """The page of an area, or a further page of its stations."""
        further = f"~{number + 1}" if number else ""
        return f"areas/{self._stems[area]}{further}.html"

    def of(self, place: str) -> str:
        """Where a place is shown; empty where it is not."""
        if not self.shown:
            return ""
        if place in self._stems:
            return self.page(place)
        page = self._station_pages.get(place)
        return f"{page}#{place}" if page else ""


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
