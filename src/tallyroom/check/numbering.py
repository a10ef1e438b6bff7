"""Do the numbers of stations run on within their area, each once?

Looked at are the ids of stations, or their names where more of those are numbered: what ends in a
number, within one area and behind the same beginning, three stations or more. Such a row of numbers
runs on if at most one number in ten is missing between its first and its last, or a single one; where
more are missing, numbers are given out by another rule, and nothing is said. A number that stands in
a neighbouring area of the same parent is not missing.

What this cannot tell: whether a number was ever given out. Stations close, and their numbers rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.check.figure import listed, many
from tallyroom.check.findings import CannotCheck, Case, Finding, Outcome, Passed, Where
from tallyroom.check.returns import InForce, StationList
from tallyroom.record.folder import Record

__all__ = ["check"]

CHECK = "numbering"
FEWEST = 3
_DIGITS = "0123456789"
_LONGEST = 15  # a longer number is a code, and no place in a row


@dataclass(frozen=True)
class _Numbered:
    """The stations whose id or name ends in a number, and the rows that these numbers make.

    stations: at, area, beginning, number. rows: area, beginning, stations, numbers, first, last.
    """

    what: str
    stations: pa.Table
    rows: pa.Table

    @property
    def covered(self) -> int:
        return int(pc.sum(self.rows["stations"]).as_py() or 0)


def check(record: Record, contests: list[InForce]) -> Iterator[Outcome]:
    """One answer for numbers that are missing, and one for numbers that stand twice."""
    stations = StationList.of(record)
    if stations is None or not len(stations):
        return
    numbered = max(_numbered("ids", stations), _numbered("names", stations), key=lambda n: n.covered)
    if not numbered.covered:
        yield CannotCheck(CHECK, "ids or names of stations that end in numbers", Where(stations.file))
        return
    yield from _twice(stations, numbered)
    if record.election.stations == "partial":
        yield CannotCheck(CHECK, "the list of all stations (this record is partial)", Where(stations.file))
    else:
        yield from _gaps(record, stations, numbered)


def _numbered(what: str, stations: StationList) -> _Numbered:
    values = stations.id_array if what == "ids" else stations.names
    beginning = pc.ascii_rtrim(values, _DIGITS)
    digits = pc.subtract(pc.binary_length(values), pc.binary_length(beginning))
    at = pc.indices_nonzero(pc.fill_null(pc.and_(pc.greater(digits, 0), pc.less_equal(digits, _LONGEST)), False))
    text = pc.struct_field(pc.extract_regex(values.take(at), r"(?P<n>[0-9]+)$"), "n")
    areas, beginning = stations.areas.take(at), beginning.take(at)
    table = pa.table({"at": at, "area": areas, "beginning": beginning, "number": text.cast(pa.int64())})
    rows = table.group_by(["area", "beginning"]).aggregate(
        [("number", "count"), ("number", "count_distinct"), ("number", "min"), ("number", "max")]
    )
    rows = rows.select(["area", "beginning", "number_count", "number_count_distinct", "number_min", "number_max"])
    rows = rows.rename_columns(["area", "beginning", "stations", "numbers", "first", "last"])
    return _Numbered(what, table, rows.filter(pc.greater_equal(rows["stations"], FEWEST)))


def _twice(stations: StationList, numbered: _Numbered) -> Iterator[Outcome]:
    rows = numbered.rows.filter(pc.greater(numbered.rows["stations"], numbered.rows["numbers"]))
    if not len(rows):
        says = f"No number stands twice in one area, by the {numbered.what} of stations."
        yield Passed(CHECK, numbered.covered, says)
        return
    cases = []
    for row, members in _members(numbered, rows):
        at_number: dict[int, list[int]] = defaultdict(list)
        for at, number in members:
            at_number[number].append(at)
        for number, places in at_number.items():
            if len(places) > 1:
                ids = [stations.ids[at] for at in places]
                where = Where(stations.file, stations.lines[places[1]], area=row["area"], station=ids[1])
                says = f"{row['area']}: {many(len(ids), 'station')} with the number {row['beginning']}{number}: "
                cases.append(Case(where, f"{says}{listed(ids)}.", {"number": number, "stations": len(ids)}))
    one = len(cases) == 1
    yield Finding(
        CHECK,
        "notice",
        cases[0].where if one else Where(stations.file),
        cases[0].says
        if one
        else f"{len(cases):,} numbers stand twice or more in one area, by the {numbered.what} of "
        f"stations. The first: {cases[0].says}",
        {"stations": sum(int(case.numbers["stations"]) for case in cases), "numbers": len(cases)},
        "",
        (),
        "Look at whether one station is listed twice.",
        tuple(cases),
    )


def _gaps(record: Record, stations: StationList, numbered: _Numbered) -> Iterator[Outcome]:
    rows = numbered.rows
    missing = pc.subtract(pc.add(pc.subtract(rows["last"], rows["first"]), 1), rows["numbers"])
    runs_on = pc.or_(pc.less_equal(missing, 1), pc.less_equal(pc.multiply(missing, 9), rows["numbers"]))
    kept = rows.filter(runs_on)
    looked, apart = int(pc.sum(kept["stations"]).as_py() or 0), len(rows) - len(kept)
    if apart:
        yield CannotCheck(CHECK, "numbers that run on within their area", Where(stations.file), apart)
    if not looked:
        return
    cases, gone = [], 0
    gaps = rows.filter(pc.and_(runs_on, pc.greater(missing, 0)))
    parents = {row.id: row["parent"] for row in record.current("areas")}
    elsewhere = _nearby(parents, numbered, gaps)
    for row, members in _members(numbered, gaps):
        there = {number for _, number in members}
        near = elsewhere[_key(parents, row["area"], row["beginning"])]
        lost = [n for n in range(row["first"] + 1, row["last"]) if n not in there and n not in near]
        if lost:
            gone += len(lost)
            says = f"{row['area']}: between {row['beginning']}{row['first']} and {row['last']} there is no "
            says += f"{', '.join(str(n) for n in lost[:12])}{', …' if len(lost) > 12 else ''}."
            where = Where(stations.file, area=row["area"])
            cases.append(Case(where, says, {"missing": len(lost), "first": row["first"], "last": row["last"]}))
    what = f"{many(len(kept), 'row')} of numbers at the end of the {numbered.what} of {looked:,} stations"
    if not cases:
        yield Passed(CHECK, looked, f"No number is missing in {what}.")
        return
    one = len(cases) == 1
    yield Finding(
        CHECK,
        "notice",
        cases[0].where if one else Where(stations.file),
        f"{many(gone, 'number')} {'is' if gone == 1 else 'are'} missing between others in {many(len(cases), 'area')}; "
        f"looked at were {what}, within an area. {cases[0].says}",
        {"missing": gone, "areas": len(cases), "of": len(kept)},
        "",
        (),
        "Look at whether these stations are missing from the list, or closed.",
        tuple(cases),
    )


def _members(numbered: _Numbered, rows: pa.Table) -> Iterator[tuple[dict[str, Any], list[tuple[int, int]]]]:
    """Rows of numbers, each with its stations and their numbers."""
    if not len(rows):
        return
    of_row: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    stations = numbered.stations.filter(pc.is_in(numbered.stations["area"], rows["area"]))
    for area, beginning, at, number in zip(
        *(stations[name].to_pylist() for name in ("area", "beginning", "at", "number")), strict=True
    ):
        of_row[area, beginning].append((at, number))
    for row in rows.to_pylist():
        yield row, of_row[row["area"], row["beginning"]]


def _nearby(parents: Mapping[str, str], numbered: _Numbered, gaps: pa.Table) -> dict[tuple[str, str], set[int]]:
    """The numbers that stand below the parents of areas with gaps, by `_key`."""
    over = {parents.get(area, "") for area in gaps["area"].to_pylist()}
    near = pa.array([area for area, parent in parents.items() if parent in over], pa.string())
    stations = numbered.stations.filter(pc.is_in(numbered.stations["area"], near))
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    columns = (stations[name].to_pylist() for name in ("area", "beginning", "number"))
    for area, beginning, number in zip(*columns, strict=True):
        found[_key(parents, area, beginning)].add(number)
    return found


def _key(parents: Mapping[str, str], area: str, beginning: str) -> tuple[str, str]:
    """The area above, and the beginning without the area's own id, which neighbours do not share."""
    return parents.get(area, ""), beginning.removeprefix(area)
