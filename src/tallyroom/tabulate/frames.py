"""The five tables that all figures come from, made of a record, and published as Parquet with it.

    votes      contest, station, act, choice, votes         one row per act and choice; null is not stated
    items      contest, station, act, item, value           the form's items, and derived figures as figures.<name>
    acts       contest, station, act, stage, status, in_force, counts
    stations   station, area, registered
    within     place, ancestor                              every station and area with itself, each area
                                                            above it, and its groups

The act in force at a station is the highest one not withdrawn; it counts when it is accepted. A row
whose every figure is empty, with nothing in `unread`, is a station without an act.

An item that is not on an act's form has no row for it: nothing is lacking, and nothing can come.
Derived figures: figures.registered, .cast, .valid, .invalid as the contest defines them, and
figures.turnout, the number of voters that turnout is made of. Where the contest defines no
`registered`, it is the station's in stations.csv.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.record.contest import Contest
from tallyroom.record.folder import Record
from tallyroom.record.rows import Table, in_one
from tallyroom.tabulate.acts import Acts, acts_of
from tallyroom.tabulate.gathered import gathered
from tallyroom.tabulate.places import STATIONS, asked_for, chains, stations_in_force, within

__all__ = ["Acts", "Frames", "Part", "acts_of", "make_frames", "make_parts"]

_NAME = pa.dictionary(pa.int8(), pa.string())  # of few different texts
_VOTES = pa.schema([("contest", _NAME), ("station", "string"), ("act", "int64"), ("choice", _NAME), ("votes", "int64")])
_ITEMS = pa.schema([("contest", _NAME), ("station", "string"), ("act", "int64"), ("item", _NAME), ("value", "int64")])
_ACTS = pa.schema(
    [
        ("contest", _NAME),
        ("station", "string"),
        ("act", "int64"),
        ("stage", "string"),
        ("status", "string"),
        ("in_force", "bool"),
        ("counts", "bool"),
    ]
)


@dataclass(frozen=True)
class Frames:
    """The five tables."""

    votes: pa.Table
    items: pa.Table
    acts: pa.Table
    stations: pa.Table
    within: pa.Table


def make_frames(record: Record) -> Frames:
    """The five tables of a record."""
    stations = stations_in_force(record)
    returns = [acts_of(record, contest, table) for contest, table in _with_returns(record)]
    return _frames(returns, returns, stations, within(record, stations))


@dataclass(frozen=True)
class Part:
    """The five tables of some of the stations; and twice the same without acts and stations that a sum is not made of.

    few: only those with rows of votes or of items, for the sums of these. waiting: only the stations whose votes are
    not all in, in some contest, with their acts, for what could come.
    """

    whole: Frames
    few: Frames
    waiting: Frames


def make_parts(record: Record, level: str, size: int = 100_000) -> tuple[list[Contest], Iterator[Part]]:
    """The contests that have acts; and the five tables in parts of so many stations, which add up to the whole.

    A nation's figures are added up in little memory so, and at a cost in proportion to its stations.
    level: as in `tabulate`; of `within` a part has what that needs.
    """
    stations, above = stations_in_force(record), chains(record)
    returns = [
        _in_order(acts_of(record, contest, table), in_one(stations["station"]))
        for contest, table in _with_returns(record)
    ]

    def parts() -> Iterator[Part]:
        for start in range(0, len(stations), size):
            part = stations.slice(start, size)
            acts = [_between(acts, places, start, start + size) for acts, places in returns]
            above_them = asked_for(above, part, level)
            if level == "station":
                whole = _frames(acts, acts, part, above_them)
                yield Part(whole, whole, whole)
            else:
                yield _part(acts, [gathered(found, part) for found in acts], part, above_them)

    return [acts.contest for acts, _ in returns if len(acts)], parts()


def _part(
    returns: Sequence[Acts], added_up: Sequence[tuple[Acts, pa.Array]], stations: pa.Table, within: pa.Table
) -> Part:
    """One part. added_up: what `gathered` makes of the returns."""
    fewer = [few for few, _ in added_up]
    whole = _frames(returns, fewer, stations, within)
    few = whole
    # Else some figure is looked up in the acts as they are.
    if all(few.figures.keys() == found.figures.keys() for found, few in zip(returns, fewer, strict=True)):
        acts = pa.concat_tables([_ACTS.empty_table(), *(_facts(few) for few in fewer)])
        standing = pc.is_in(whole.stations["station"], in_one(acts["station"]))
        few = replace(whole, acts=acts, stations=whole.stations.filter(standing))
    numbers, all_in = pa.arange(0, len(stations)), pa.repeat(bool(returns), len(stations))
    for _, gathered_at in added_up:
        all_in = pc.and_(all_in, pc.is_in(numbers, gathered_at.cast(numbers.type)))
    open_ones = whole.stations.filter(pc.invert(all_in))
    of_them = whole.acts.filter(pc.is_in(whole.acts["station"], in_one(open_ones["station"])))
    return Part(whole, few, replace(whole, acts=of_them, stations=open_ones))


def _with_returns(record: Record) -> Iterator[tuple[Contest, Table]]:
    tables = ((contest, record.returns(contest.id)) for contest in record.election.contests)
    return ((contest, table) for contest, table in tables if table is not None)


def _in_order(acts: Acts, stations: pa.Array) -> tuple[Acts, pa.Array]:
    """The acts in the order of the stations; and for each the number of its station."""
    if acts.station.equals(stations):
        return acts, pa.arange(0, len(stations))
    places = pc.index_in(acts.station, stations)
    order = pc.sort_indices(places)
    return acts.each(lambda column: column.take(order)), places.take(order)


def _between(acts: Acts, places: pa.Array, first: int, end: int) -> Acts:
    """The acts of the stations from one number to before another."""
    start, stop = pc.search_sorted(places, pa.array([first, end], places.type)).to_pylist()
    return acts.each(lambda column: column.slice(start, stop - start))


def _frames(returns: Sequence[Acts], fewer: Sequence[Acts], stations: pa.Table, within: pa.Table) -> Frames:
    """The five tables. fewer: the same returns as they are to be added up."""
    votes, items, acts = [_VOTES.empty_table()], [_ITEMS.empty_table()], [_ACTS.empty_table()]
    for found, few in zip(returns, fewer, strict=True):
        votes += [_votes(few, choice) for choice in few.votes]
        # A figure that could not be gathered is looked up in the acts as they are.
        items += [_items(few if name in few.figures else found, f"figures.{name}") for name in found.figures]
        items += [_items(few, name) for name in few.items]
        acts.append(_facts(found))
    tables = [pa.concat_tables(parts) for parts in (votes, items, acts)]
    return Frames(tables[0], tables[1], tables[2], stations.select(STATIONS.names), within)


def _key(acts: Acts) -> dict[str, pa.Array]:
    """What an act is called; one column of stations serves every choice and item, and the tables share it."""
    return {"contest": _same(acts.contest.id, len(acts)), "station": acts.station, "act": acts.act}


def _facts(acts: Acts) -> pa.Table:
    facts = {"stage": acts.stage, "status": acts.status, "in_force": acts.in_force, "counts": acts.counts}
    return pa.table({**_key(acts), **facts}, _ACTS)


def _votes(acts: Acts, choice: str) -> pa.Table:
    table = pa.table({**_key(acts), "choice": _same(choice, len(acts)), "votes": acts.votes[choice]}, _VOTES)
    return acts.on_form(f"votes.{choice}", table)


def _items(acts: Acts, name: str) -> pa.Table:
    values = acts.items[name] if name in acts.items else acts.figures[name.removeprefix("figures.")]
    return acts.on_form(name, pa.table({**_key(acts), "item": _same(name, len(acts)), "value": values}, _ITEMS))


def _same(text: str, times: int) -> pa.Array:
    """One text many times, as one byte a row."""
    return pa.DictionaryArray.from_arrays(pa.repeat(pa.scalar(0, pa.int8()), times), [text])
