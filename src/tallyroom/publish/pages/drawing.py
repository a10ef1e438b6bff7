"""How the stations of a quick count were drawn, which of them are in, and where copies differ from returns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow.compute as pc

from tallyroom.polls import recorded
from tallyroom.publish import numbers, words
from tallyroom.publish.edition import Edition
from tallyroom.publish.language import marked, say, say_n
from tallyroom.publish.view import Cell, Head, Line, Link, Table, cell
from tallyroom.record.rows import Row

__all__ = ["copies_table", "drawn_facts", "joined_strata", "strata_table"]

Json = Mapping[str, Any]
_COPIES = 20
_STRATA = 40
_IMPOSSIBLE = {
    recorded.NO_RULE: marked("the record does not say that it was drawn by the rule sha-256"),
    recorded.NO_SEED: marked("its seed is not in the record"),
    recorded.NO_SIZE: marked("how many stations were to be drawn is not in the record"),
    recorded.NO_FRAME: marked("its strata cannot be made of the stations and areas in the record"),
}


def drawn_facts(edition: Edition, row: Row, told: Json) -> list[tuple[str, Cell]]:
    """What is known of a sample, as pairs of a term and what holds."""
    missing = sum(told["missing"].values())
    reader = told["figures_of"]
    figures = say("the returns in this record")
    if reader != "returns":
        figures = say("copies of the forms, read by {name}", name=edition.name(reader))
    counted = say("{part} of {whole}", part=numbers.count(told["counted"]), whole=numbers.count(told["drawn"]))
    replaced = say_n(
        "{n} stands in for a station that was drawn", "{n} stand in for stations that were drawn", told["replaced"]
    )
    return [
        (say("Stations of the sample that are in"), cell(counted, note=replaced if told["replaced"] else "")),
        (say("Stations that nothing stands in for"), cell(numbers.count(missing))),
        (say("Where the figures come from"), cell(figures)),
        (say("Strata"), cell(_strata(edition, row["strata"]))),
        (say("Seed"), cell(edition.own(row["seed"]) if row["seed"] else say("not stated"), note=_rule(row["rule"]))),
        (say("The stations, drawn again"), cell(_again(told["sample"]["drawn_again"]))),
        (say("The list of stations was fixed"), cell(_when(edition, row["listed_at"]))),
        (say("The seed was made"), cell(_when(edition, row["seed_at"]), note=_order(told["sample"]))),
        (say("Source"), Cell(tuple(edition.sources(row)) or (say("not stated"),), note=edition.place(row))),
    ]


def _when(edition: Edition, date: str) -> str:
    return edition.when(date) if date else say("not stated")


def _rule(rule: str) -> str:
    return say("rule: {rule}", rule=rule) if rule else ""


def _strata(edition: Edition, kind: str) -> str:
    return say("areas of the kind {kind}", kind=words.plain(kind)) if kind else say("all stations are one stratum")


def _again(again: Json) -> str:
    if again["same"] is None:
        why = _IMPOSSIBLE[again["not_computable"]]
        return say("cannot be done: {why}", why=say(why))
    if again["same"]:
        return say("the same: the seed and the rule give these stations")
    off = sum(len(again[kind]) for kind in ("not_given_by_the_rule", "not_listed", "listed_otherwise"))
    return say_n(
        "not the same: the seed and the rule give another list, at {n} station",
        "not the same: the seed and the rule give another list, at {n} stations",
        off,
    )


def _order(sample: Json) -> str:
    """Whether the list was fixed before the seed, and the seed before the count."""
    after_list = {
        True: say("after the list was fixed"),
        False: say("before the list was fixed"),
        None: say("whether after the list was fixed is not known"),
    }[sample["seed_after_list"]]
    before_count = {
        True: say("before the count"),
        False: say("after the count began"),
        None: say("whether before the count is not known"),
    }[sample["seed_before_count"]]
    return numbers.listed([after_list, before_count])


def _stratum(edition: Edition, name: str) -> str:
    """A stratum's name: of the areas that it is put together of."""
    if name in ("all", "elsewhere") and name not in edition.record.named:
        return say("all stations") if name == "all" else say("elsewhere")
    return "".join(f" {part} " if part in "+…" else edition.name(part) for part in re.split("([+…])", name) if part)


def strata_table(edition: Edition, told: Json) -> Table:
    """Each stratum with its stations; of very many strata those from which some are missing."""
    every: Sequence[Json] = told["strata"]
    shown = every if len(every) <= _STRATA else [one for one in every if one["counted"] < one["drawn"]]
    lines = [
        Line(
            cell(_stratum(edition, one["stratum"])),
            (
                cell(numbers.count(one["stations"]), number=True),
                cell(numbers.count(one["drawn"]), number=True),
                cell(numbers.count(one["counted"]), number=True, note="" if one["counted"] else say("nothing is in")),
            ),
        )
        for one in shown
    ]
    heads = [Head(say("Stratum"))]
    heads += [Head(say(head), True) for head in _HEADS]
    caption = say("Strata") if len(shown) == len(every) else say("Strata from which stations are missing")
    return Table(caption, heads, lines)


_HEADS = (marked("Stations"), marked("Drawn"), marked("Come in"))


def joined_strata(edition: Edition, told: Json) -> Iterator[str]:
    """Which strata were put together for want of stations."""
    joined: Sequence[str] = next((one["joined_strata"] for one in told["choices"]), [])
    if joined:
        strata = say("; ").join(_stratum(edition, name) for name in joined)
        yield say("Put together for want of stations, as if they were alike: {strata}.", strata=strata)


def _station(edition: Edition, name: str) -> Link:
    """A station, leading to its row."""
    at = pc.index(edition.stations.ids, name).as_py()
    return Link(edition.record.name_of(name), edition.addresses.of_station(at, name))


def copies_table(edition: Edition, told: Json) -> Table | None:
    """The figures of copies that differ from the official returns, the first of them; None where none does."""
    differ: Sequence[Json] = told["copies_that_differ"]
    lines = [
        Line(
            cell(_station(edition, one["station"])),
            (
                cell(edition.name(one["choice"])),
                cell(numbers.count(one["copy"]), number=True),
                cell(numbers.count(one["official"]), number=True),
            ),
        )
        for one in differ[:_COPIES]
    ]
    heads = [Head(say("Station")), Head(say("Candidate or list"))]
    heads += [Head(say("On the copy"), True), Head(say("In the official return"), True)]
    more = len(differ) - len(lines)
    note = say_n("And {n} figure more, in the data.", "And {n} figures more, in the data.", more) if more else ""
    return Table(say("Where copies differ from the official returns"), heads, lines, note) if lines else None
