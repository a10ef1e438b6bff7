"""What a sample is drawn from: the stations of a record, by the areas that become strata.

Electronic voting and other pseudo-stations are not in it: there is one of each, and it is to be counted whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tallyroom.errors import CannotDraw, NotFound
from tallyroom.record.contest import Contest
from tallyroom.record.dates import read_date
from tallyroom.record.folder import Record
from tallyroom.record.rows import Table
from tallyroom.tabulate.frames import acts_of

__all__ = ["Counts", "Frame", "StationCounts", "contest_of", "counts_of", "frame_of"]

Counts = NDArray[np.int64]
_PSEUDO = ("electronic", "remote", "internet")


@dataclass(frozen=True)
class Frame:
    """areas: area → the ids of its stations, in the order of their ids. left_out: pseudo-stations."""

    kind: str
    areas: Mapping[str, Sequence[str]]
    left_out: Sequence[str] = field(default=())


@dataclass(frozen=True)
class StationCounts:
    """The stations whose act counts and states all of it. votes: choice → column; of: what shares are of.

    at: when each came in, as times that sort; empty where it is not said, or a day among hours.
    """

    stations: Sequence[str]
    votes: Mapping[str, Counts]
    of: Counts
    at: Sequence[str]


def frame_of(record: Record, kind: str = "") -> Frame:
    """The stations by areas of a kind; without a kind all are one stratum.

    Raises NotFound for a kind that is not there, CannotDraw for a record without stations.
    """
    stations = _listed(record)
    if not stations or record.election.stations == "partial":
        listed = "a part of the" if stations else "no"
        raise CannotDraw(f"{record.name} lists {listed} stations, and a sample must be drawn of all of them.")
    kinds = {row.id: row["kind"] for row in record.current("areas")}
    if kind and kind not in kinds.values():
        known = ", ".join(dict.fromkeys(kinds.values()))
        raise NotFound(f"No area is of kind '{kind}'. Kinds of this record: {known}.")
    parents = {row.id: row["parent"] for row in record.current("areas")}
    areas: dict[str, list[str]] = {row.id: [] for row in record.current("areas") if kind and row["kind"] == kind}
    above = {area: _above(area, parents, kinds, kind) for area in {area for _, area, _ in stations}}
    for station, area, own in stations:
        if own not in _PSEUDO:
            areas.setdefault(above[area], []).append(station)
    left_out = [station for station, _, own in stations if own in _PSEUDO]
    return Frame(kind, {area: members for area, members in areas.items() if members}, left_out)


def _listed(record: Record) -> list[tuple[str, str, str]]:
    """The stations in force, in the order of their ids: id, area, kind."""
    table = record.tables.get("stations")
    if table is None or "supersedes" in table.columns.column_names:
        return sorted((row.id, row["area"], row["kind"]) for row in record.current("stations"))
    # Of a million stations no row is made.
    kinds = table.columns["kind"].to_pylist() if "kind" in table.columns.column_names else [""] * len(table)
    return sorted(zip(table.ids, table.columns["area"].to_pylist(), [kind or "" for kind in kinds], strict=True))


def _above(area: str, parents: Mapping[str, str], kinds: Mapping[str, str], kind: str) -> str:
    """The area of a kind that an area lies in; `all` without a kind, `elsewhere` where none of it is above."""
    if not kind:
        return "all"
    while area and kinds.get(area) != kind:
        area = parents.get(area, "")
    return area or "elsewhere"


def contest_of(record: Record, name: str = "") -> Contest:
    """The contest of this name, without one the first. Raises NotFound."""
    contests = record.election.contests
    found = next((one for one in contests if name in ("", one.id)), None)
    if found is None:
        known = ", ".join(one.id for one in contests) or "none"
        raise NotFound(f"There is no contest '{name}'. Contests: {known}.")
    return found


def counts_of(record: Record, contest: Contest, table: Table) -> StationCounts:
    """The stations of a table of returns or copies that have come in."""
    acts = acts_of(record, contest, table)
    of = acts.figures.get(contest.shares_of)
    if of is None or of.null_count == len(of):
        of = _sum(list(acts.votes.values()))
    keep = np.asarray(pc.and_(acts.counts, of.is_valid()))
    for column in acts.votes.values():
        keep &= np.asarray(column.is_valid())
    at = pa.nulls(len(acts), pa.string())
    if "at" in table.columns.column_names:
        at = table.columns["at"].combine_chunks().take(acts.rows)
    return StationCounts(
        acts.station.filter(pa.array(keep)).to_pylist(),
        {choice: _kept(column, keep) for choice, column in acts.votes.items()},
        _kept(of, keep),
        _moments(at.filter(pa.array(keep)).to_pylist(), record),
    )


def _moments(texts: Sequence[str | None], record: Record) -> list[str]:
    """Times as ones that sort, in UTC whatever zone they were written in; empty where one says too little to sort."""
    hours = any("T" in text for text in texts if text)
    return [_moment(text, record) if text and "/" not in text and ("T" in text or not hours) else "" for text in texts]


def _moment(text: str, record: Record) -> str:
    return read_date(text, record.election.zone).first.astimezone(UTC).isoformat()


def _sum(columns: Sequence[pa.Array]) -> pa.Array:
    total = columns[0]
    for column in columns[1:]:
        total = pc.add_checked(total, column)
    return total


def _kept(column: pa.Array, keep: NDArray[np.bool_]) -> Counts:
    return np.asarray(pc.fill_null(column, 0), np.int64)[keep]
