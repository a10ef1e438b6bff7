"""Where an area or a station is shown: addresses that stay, on file systems of every kind.

An area's address is its id. Where two ids would be one file to a system that folds case or the
composition of accents, or an id is no file name there, a part of the id's SHA-256 follows a `~`,
which no id can hold; so nothing is lost, and the address does not depend on the other areas' order.
"""

from __future__ import annotations

import hashlib
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property

from tallyroom.publish.language import ENGLISH, spoken
from tallyroom.publish.stationlist import StationList
from tallyroom.record.contest import Contest
from tallyroom.record.folder import Record
from tallyroom.record.rows import Row

__all__ = ["AREAS_A_PAGE", "MEMBERS_A_PAGE", "Addresses", "file_stem", "pages_of"]

# Every language has pages of so many areas at most, whole levels from the highest; English has them all.
_AREAS_A_LANGUAGE = 2500
# Areas below one, and stations of a group, on one page.
AREAS_A_PAGE, MEMBERS_A_PAGE = 500, 1000
# Rows of stations on a page have about so many bytes at most, and what is around them half as many again.
_ROWS = 220_000
_STATIONS_A_PAGE = (1000, 500, 300, 200, 150, 100, 50, 25, 10)
_LONGEST = 120  # bytes: with folder and ending it fits every file system
_DEVICES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}


def file_stem(name: str, *, shared: bool = False) -> str:
    """The file name of an id, without its ending. shared: another id folds to the same."""
    device = name.partition(".")[0].casefold() in _DEVICES
    if not shared and not device and len(name.encode()) <= _LONGEST:
        return name
    kept = name.encode()[:_LONGEST].decode(errors="ignore")
    return f"{kept}~{hashlib.sha256(name.encode()).hexdigest()[:12]}"


def pages_of(things: int, a_page: int) -> int:
    """How many pages so many things fill."""
    return -(-things // a_page)


class Addresses:
    """The pages of areas, and where on them a station stands; none where there are no returns."""

    def __init__(self, record: Record, contests: Sequence[Contest], stations: StationList) -> None:
        self.record = record
        self.contests = contests
        self.stations = stations

    @property
    def shown(self) -> bool:
        """Whether there are pages of areas."""
        return bool(self.contests)

    @cached_property
    def areas(self) -> dict[str, Row]:
        """The areas in force by id."""
        return {row.id: row for row in self.record.current("areas")}

    @cached_property
    def below(self) -> dict[str, list[Row]]:
        """The areas directly below each area; those without one above under the empty id."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.areas.values():
            found[row["parent"]].append(row)
        return found

    def above(self, area: str) -> list[str]:
        """The areas above an area, the highest first."""
        chain: list[str] = []
        at = self.areas[area]["parent"]
        while at in self.areas:
            chain.insert(0, at)
            at = self.areas[at]["parent"]
        return chain

    @cached_property
    def _stems(self) -> dict[str, str]:
        folded = Counter(_folded(name) for name in self.areas)
        return {name: file_stem(name, shared=folded[_folded(name)] > 1) for name in self.areas}

    @cached_property
    def stations_a_page(self) -> int:
        """How many stations stand on one page, by what the form asks and who reads copies of it.

        It does not depend on what was counted, so that a station keeps its address through the night.
        """
        items, length = len(self.record.election.form.items), 0
        for contest in self.contests:
            columns = items + len(contest.choices)
            copies = len(self.record.copies(contest.id))
            length += 450 + 2 * self.stations.letters + 24 * columns + 60 * columns * copies
        return next((n for n in _STATIONS_A_PAGE if n * length <= _ROWS), _STATIONS_A_PAGE[-1])

    def pages(self, area: str) -> int:
        """How many pages an area has: at least one."""
        fill = [
            pages_of(len(self.stations.in_area.get(area, ())), self.stations_a_page),
            pages_of(len(self.below.get(area, ())), AREAS_A_PAGE),
            pages_of(len(self.stations.in_group.get(area, ())), MEMBERS_A_PAGE),
        ]
        return max(1, *fill)

    def page(self, area: str, number: int = 0) -> str:
        """The page of an area, or a further page of what it holds."""
        further = f"~{number + 1}" if number else ""
        return f"areas/{self._stems[area]}{further}.html"

    def rows(self, table: str, area: str) -> str:
        """The file with an area's rows of a table of stations: `returns/president/baku.csv`."""
        return f"{table}/{self._stems[area]}.csv"

    @property
    def top(self) -> str:
        """The way from the first page in the language spoken to the site's root, where English lies."""
        return "../" * spoken().folder.count("/")

    @cached_property
    def in_every_language(self) -> frozenset[str]:
        """The areas that have a page in every language."""
        reached: set[str] = set()
        level = [row.id for row in self.below[""]]
        while level and len(reached) + len(level) <= _AREAS_A_LANGUAGE:
            reached.update(level)
            level = [row.id for above in level for row in self.below.get(above, ())]
        return frozenset(reached)

    def said(self, area: str) -> bool:
        """Whether the area has a page in the language spoken."""
        return spoken() is ENGLISH or area in self.in_every_language

    def of(self, place: str) -> str:
        """Where a place is shown, from the first page in the language spoken; empty where it is not."""
        if not self.shown:
            return ""
        if place in self._stems:
            return self.page(place) if self.said(place) else f"{self.top}{self.page(place)}"
        at = self.stations.find(place)
        return self.of_station(at, place) if at is not None else ""

    def of_station(self, at: int, name: str) -> str:
        """Where the station of this number in the list is shown: on an English page. name: its id."""
        area = self.stations.areas[at].as_py()
        rank = bisect_left(self.stations.in_area[area], at)
        return f"{self.top}{self.page(area, rank // self.stations_a_page)}#{name}"


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
