"""What is different in the rows of stations between the publication that stands and the one being made.

Only files of rows whose bytes differ are looked at. A station that had no act in force has come in; one
whose act in force is another one now is corrected. A row that was published and is now altered or gone,
with no new act in its place, is a loss: nothing published is changed without a word.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

__all__ = ["Difference", "Differences", "announced", "of_rows"]

Row = dict[str, str]
# What an empty cell of an act stands for (`record/tables.py`).
_DEFAULTS = {"act": "1", "stage": "count", "status": "accepted"}


@dataclass(frozen=True)
class Difference:
    """One row, or one station's act in force, that is not what it was.

    kind: `corrected`, another act is in force; `altered` or `gone`, a published row is not there as it was; `rule`,
    a part of the definition is another one (`rules.py`).
    was and now: the cells that differ, as texts; empty is not stated. reason: of the act now in force.
    """

    kind: str
    table: str
    row: str
    area: str = ""
    station: str = ""
    was: Mapping[str, str] = field(default_factory=dict)
    now: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""

    @property
    def lost(self) -> bool:
        """Whether a published row was changed or taken away, or a rule is another one."""
        return self.kind != "corrected"

    def as_json(self) -> dict[str, object]:
        """The difference as `publications.json` holds it."""
        return {**vars(self), "was": dict(self.was), "now": dict(self.now)}


@dataclass
class Differences:
    """What came in and what changed. came_in: contest → how many stations; areas: whose rows are new or others."""

    came_in: dict[str, int] = field(default_factory=dict)
    areas: set[str] = field(default_factory=set)
    found: list[Difference] = field(default_factory=list)

    @property
    def lost(self) -> list[Difference]:
        """The published rows that are not there as they were."""
        return [one for one in self.found if one.lost]

    def forget_gone(self) -> None:
        """Leaves out what rows said that are gone: they were taken away, so their cells are not told again."""
        self.found = [replace(one, was={}) if one.kind == "gone" else one for one in self.found]

    def add(self, table: str, area: str, old: bytes, new: bytes) -> None:
        """Takes in one area's rows of a table, as they were and as they are."""
        if old == new:
            return
        self.areas.add(area)
        if table == "stations":
            self.found += of_rows(table, area, old, new, ("id",))
            return
        self.found += of_rows(table, area, old, new, ("station", "act"))
        if table.startswith("returns/"):
            came_in, corrected = _acts(table, area, old, new)
            contest = table.removeprefix("returns/")
            self.came_in[contest] = self.came_in.get(contest, 0) + came_in
            self.found += corrected


def of_rows(table: str, area: str, old: bytes, new: bytes, key: tuple[str, ...]) -> Iterator[Difference]:
    """The rows that were published and are altered or gone."""
    now = {_key(row, key): row for row in _read(new)}
    for row in _read(old):
        name = _key(row, key)
        station = row.get("station", row.get("id", "")) if table != "announcements" else ""
        if name not in now:
            yield Difference("gone", table, ".".join(name), area, station, row)
        elif now[name] != row:
            yield Difference("altered", table, ".".join(name), area, station, *_unlike(row, now[name]))


def announced(old: bytes, new: bytes) -> Iterator[Difference]:
    """The announced figures that were published and are altered or gone, from two `announcements.json`."""
    now = {row["id"]: _cells(row) for row in json.loads(new)["announcements"]}
    for row in json.loads(old)["announcements"]:
        was, name = _cells(row), row["id"]
        if name not in now:
            yield Difference("gone", "announcements", name, was=was)
        elif now[name] != was:
            yield Difference("altered", "announcements", name, "", "", *_unlike(was, now[name]))


def _cells(row: Mapping[str, object]) -> Row:
    beside = ("id", "file", "line", "superseded_by", "sources")
    return {name: str(value) for name, value in row.items() if name not in beside}


def _acts(table: str, area: str, old: bytes, new: bytes) -> tuple[int, list[Difference]]:
    """How many stations came in, and those whose act in force is another one now."""
    was, came_in, corrected = _in_force(_read(old)), 0, []
    for station, row in _in_force(_read(new)).items():
        before = was.get(station)
        if before is None:
            came_in += 1
        elif before.get("act") != row.get("act"):
            corrected.append(
                Difference(
                    "corrected",
                    table,
                    ".".join(_key(row, ("station", "act"))),
                    area,
                    station,
                    *_unlike(before, row),
                    row.get("reason", ""),
                )
            )
    return came_in, corrected


def _in_force(rows: Iterable[Row]) -> dict[str, Row]:
    """The act in force at each station: the highest one not withdrawn."""
    found: dict[str, Row] = {}
    for row in rows:
        if row.get("status") != "withdrawn":
            other = found.get(row["station"])
            if other is None or int(other.get("act", "1")) < int(row.get("act", "1")):
                found[row["station"]] = row
    return found


def _read(data: bytes) -> Iterator[Row]:
    """The rows of a CSV file of ours; an empty cell is no cell, but where it has a meaning."""
    for row in csv.DictReader(io.StringIO(data.decode(), newline="")):
        cells = {name: cell for name, cell in row.items() if cell}
        if "station" in row:
            cells = {**_DEFAULTS, **cells}
        yield cells


def _key(row: Row, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(row.get(name, "") for name in names)


def _unlike(was: Row, now: Row) -> tuple[Row, Row]:
    names = [name for name in {**was, **now} if was.get(name) != now.get(name)]
    return {n: was.get(n, "") for n in names}, {n: now.get(n, "") for n in names}
