"""The stations of one contest as whole numbers, and which of them cannot be used, and why.

    registered   voters on the list
    given        voters who were given a ballot
    ballots      ballots found in the boxes
    votes        one column per choice

A figure that is not stated is NOT_STATED, never 0. What stands for each quantity is decided by the roles of the
form's items, and said in `definitions`:

    given      the contest's own `turnout_of`; else the items issued (by post: envelopes put into the box); else cast
    ballots    the items of the boxes; else valid + invalid; else cast

Electronic voting and other pseudo-stations are left out and counted: a hundred thousand people who vote in one
"station" have no turnout that could be compared with that of a village.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tallyroom.errors import NoPatterns, NotFound
from tallyroom.record.contest import Contest
from tallyroom.record.expressions import Expression, Item, Operation, read_figure
from tallyroom.record.folder import Record
from tallyroom.tabulate.frames import Acts, acts_of

__all__ = ["FEWEST", "NOT_STATED", "Counts", "Stations", "level_of", "read_stations"]

Counts = NDArray[np.int64]

NOT_STATED = -1
FEWEST = 100  # stations: with fewer, the normal approximation and every picture mislead
_MOST_VOTERS = 100_000  # at one station: the largest real ones have a fifth of that
_PSEUDO = ("electronic", "remote", "internet")
_ISSUED = ("issued", "issued-early", "issued-at-station", "issued-outside")


@dataclass(frozen=True)
class Stations:
    """The stations of a contest that have an act that counts, as columns of equal length.

    names: their ids. votes: choice → votes. area: the number of each station's area in `areas`, -1 for none.
    left_out: reason → how many stations are not in the columns. definitions: quantity → the items it is made of.
    """

    registered: Counts
    given: Counts
    ballots: Counts
    votes: Mapping[str, Counts]
    area: Counts
    areas: Sequence[str] = ()
    names: Sequence[str] = field(default=(), repr=False)
    left_out: Mapping[str, int] = field(default_factory=dict)
    definitions: Mapping[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.registered)

    @property
    def ranked(self) -> list[str]:
        """The choices, the one with most votes first."""
        totals = {choice: int(votes[votes != NOT_STATED].sum()) for choice, votes in self.votes.items()}
        return sorted(totals, key=lambda choice: -totals[choice])

    @property
    def all_votes(self) -> Counts:
        """The votes of all choices together; what is not stated adds nothing."""
        total = np.zeros(len(self), np.int64)
        for votes in self.votes.values():
            total += np.maximum(votes, 0)
        return total


def level_of(record: Record, by: str = "") -> str:
    """The kind of area that stations are grouped by: as asked, or the highest with two areas or more; empty if none.

    Raises NotFound for a kind that the record does not have.
    """
    areas = [row for row in record.current("areas") if row["kind"] != "group"]
    kinds = dict.fromkeys(row["kind"] for row in areas)
    if by and by not in kinds:
        raise NotFound(f"No area is of kind '{by}'. Kinds of this record: {', '.join(kinds)}.")
    depths = _depths({row.id: row["parent"] for row in areas})
    several = [kind for kind in kinds if sum(row["kind"] == kind for row in areas) > 1]
    return by or min(several, key=lambda kind: min(depths[r.id] for r in areas if r["kind"] == kind), default="")


def _depths(parents: Mapping[str, str]) -> dict[str, int]:
    def depth(area: str) -> int:
        return 1 + depth(parents[area]) if parents.get(area) in parents else 0

    return {area: depth(area) for area in parents}


def read_stations(record: Record, contest: Contest, by: str = "", *, pseudo: bool = False) -> Stations:
    """The stations of a contest, grouped by a kind of area (see `level_of`).

    pseudo: with electronic voting and other pseudo-stations, as published analyses often have them.
    Raises NoPatterns where the record has no returns of the contest, fewer than 100 stations, or lacks a quantity.
    """
    table = record.returns(contest.id)
    if table is None:
        raise NoPatterns(
            f"{contest.id}: the record holds no returns, so there is nothing to look at. "
            "Announced totals have no shape."
        )
    acts = acts_of(record, contest, table)
    counts = acts.counts
    stations, kinds, area_ids = _station_areas(record, acts.station, level_of(record, by))
    quantities = {name: _work_out(acts, e) for name, e in _quantities(record, contest).items()}
    quantities["registered"] = _numbers(acts.figures.get("registered", pa.nulls(len(acts), pa.int64())))
    keep = np.asarray(counts)
    left_out = {"held, annulled or replaced": int((~keep).sum())} if not keep.all() else {}
    for reason, at in {
        "electronic voting and other pseudo-stations": np.asarray(pc.is_in(kinds, pa.array(_PSEUDO))),
        f"more than {_MOST_VOTERS:,} voters at one station": quantities["registered"] > _MOST_VOTERS,
    }.items():
        if (keep & at).any() and not pseudo:
            left_out[reason] = int((keep & at).sum())
            keep = keep & ~at
    found = Stations(
        quantities["registered"][keep],
        quantities["given"][keep],
        quantities["ballots"][keep],
        {choice: _numbers(votes)[keep] for choice, votes in acts.votes.items()},
        stations[keep],
        area_ids,
        acts.station.filter(pa.array(keep)),
        left_out,
        _definitions(record, contest),
    )
    _refuse(contest, found)
    return found


def _refuse(contest: Contest, stations: Stations) -> None:
    if len(stations) < FEWEST:
        raise NoPatterns(
            f"{contest.id}: {len(stations)} stations have figures that count, and with fewer than {FEWEST} "
            "shapes are chance. Look at each station instead: `tallyroom check`."
        )
    columns = {"registered": stations.registered, "given": stations.given, "ballots": stations.ballots}
    for name, values in columns.items():
        if (values == NOT_STATED).all():
            raise NoPatterns(
                f"{contest.id}: no station states '{name}' ({stations.definitions.get(name) or 'no item'}), "
                "so turnout or share cannot be worked out."
            )


def _numbers(column: pa.Array) -> Counts:
    """A column as whole numbers; what is not stated, or below zero, is NOT_STATED."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    return np.maximum(np.asarray(pc.fill_null(column, NOT_STATED), np.int64), NOT_STATED)


def _work_out(acts: Acts, expression: Expression | None) -> Counts:
    nothing = pa.nulls(len(acts), pa.int64())
    return _numbers(nothing if expression is None else acts.work_out(expression))


def _quantities(record: Record, contest: Contest) -> dict[str, Expression | None]:
    roles: dict[str, list[str]] = {}
    for item in record.election.form.items:
        roles.setdefault(item.role, []).append(item.id)
    issued = _sum(name for role in _ISSUED for name in roles.get(role, []))
    by_post = _sum(roles.get("envelopes") or roles.get("issued-by-post", []))
    given = _plus(issued, by_post) if issued else None
    if contest.turnout_of != "cast":
        given = contest.figure(contest.turnout_of) or read_figure(contest.turnout_of)
    boxes = _sum(name for role in ("box", "box-stationary", "box-portable") for name in roles.get(role, []))
    valid, invalid, cast = (contest.figure(name) for name in ("valid", "invalid", "cast"))
    counted = _plus(valid, invalid) if valid and invalid else None
    return {"given": given or cast, "ballots": boxes or counted or cast}


def _definitions(record: Record, contest: Contest) -> dict[str, str]:
    registered = contest.figures.get("registered", "registered of stations.csv")
    return {"registered": registered} | {n: str(e) if e else "" for n, e in _quantities(record, contest).items()}


def _sum(names: Iterable[str]) -> Expression | None:
    total: Expression | None = None
    for name in names:
        total = _plus(total, Item(name))
    return total


def _plus(left: Expression | None, right: Expression | None) -> Expression | None:
    return Operation("+", left, right) if left and right else left or right


def _station_areas(record: Record, names: pa.Array, level: str) -> tuple[Counts, pa.Array, list[str]]:
    """For each station the number of its area of a kind, and its own kind; and these areas."""
    listed = _listed(record)
    at = pc.index_in(names, listed["id"].combine_chunks())
    kinds = listed["kind"].combine_chunks().take(at)
    parents = {row.id: row["parent"] for row in record.current("areas")}
    wanted = {row.id: n for n, row in enumerate(r for r in record.current("areas") if r["kind"] == level)}
    smallest = listed["area"].combine_chunks().take(at)
    unique = pc.unique(smallest)
    numbers = np.array([_above(area, parents, wanted) for area in unique.to_pylist()], np.int64)
    index = np.asarray(pc.fill_null(pc.index_in(smallest, unique), 0))
    return numbers[index], kinds, list(wanted)


def _listed(record: Record) -> pa.Table:
    """The stations in force: id, area, kind; null where nothing is said."""
    table = record.tables.get("stations")
    if table is None or "supersedes" in table.columns.column_names:
        rows = record.current("stations")
        return pa.table(
            {name: pa.array([row[name] or None for row in rows], pa.string()) for name in ("area", "kind")}
            | {"id": pa.array([row.id for row in rows], pa.string())}
        )
    columns = {name: table.columns[name] for name in ("area", "kind") if name in table.columns.column_names}
    return pa.table(
        {"area": pa.nulls(len(table), pa.string()), "kind": pa.nulls(len(table), pa.string())}
        | columns
        | {"id": table.id_array}
    )


def _above(area: str | None, parents: Mapping[str, str], wanted: Mapping[str, int]) -> int:
    while area:
        if area in wanted:
            return wanted[area]
        area = parents.get(area, "")
    return -1
