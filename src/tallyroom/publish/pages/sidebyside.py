"""The acts at a station and the copies of them, side by side: which stands beside which, and where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tallyroom.publish import numbers, words
from tallyroom.publish.language import say, say_n
from tallyroom.publish.stationlist import Act

__all__ = ["Column", "agreement", "columns_of", "difference", "figure"]


@dataclass(frozen=True)
class Column:
    """One act, or one copy of an act, beside others. beside: the act that its figures are held against."""

    head: str
    act: Act
    beside: Act | None
    copy: bool = False


def columns_of(act: Act | None, acts: Sequence[Act], copies: Sequence[tuple[str, Act]]) -> Iterator[Column]:
    """The act in force first, then the others, each followed by the copies of it."""
    order = [*([act] if act else []), *(one for one in acts if one is not act)]
    numbered = {one.number: one for one in acts}
    for one in order:
        told = [say("Act {number}", number=one.number)]
        told += [words.plain(one.stage)] if one.stage != "count" or len(acts) > 1 else []
        status = [words.plain(one.status), *([say("in force")] if one is act and len(acts) > 1 else [])]
        head = f"{numbers.listed(told)}: {numbers.listed(status)}"
        yield Column(head, one, None if one is act else act)
        for name, read in copies:
            if numbered.get(read.number, act) is one:
                yield Column(_copy(name, read), read, one, True)
    for name, read in copies:
        if numbered.get(read.number, act) is None:
            yield Column(_copy(name, read), read, None, True)


def agreement(columns: Sequence[Column]) -> str:
    """Whether the copies agree with the acts that they are copies of."""
    copies = [column for column in columns if column.copy]
    of_none = all(column.beside is None for column in copies)
    said = say_n("{n} copy", "{n} copies", len(copies))
    if of_none:
        return numbers.listed([said, say("no act to hold against it")])
    pairs = [pair for column in copies for pair in _side(column)]
    differ = sum(one is not None and other is not None and one != other for one, other in pairs)
    only = sum(one is not None and other is None for one, other in pairs)
    agree = say_n("{n} figure differs", "{n} figures differ", differ) if differ else say("the same figures")
    if all(None in pair for pair in pairs):
        agree = say("no figure that both state")
    alone = [say("{number} stated only there", number=numbers.count(only))] if only else []
    return say("; ").join([numbers.listed([said, agree]), *alone])


def _copy(name: str, act: Act) -> str:
    return say("{name}: copy of act {number}", name=name, number=act.number)


def _side(column: Column) -> Iterator[tuple[int | None, int | None]]:
    """Each figure of a column with that of the act beside it, where there is one."""
    if column.beside is not None:
        one, other = column.act, column.beside
        yield from zip((*one.items, *one.votes), (*other.items, *other.votes), strict=True)


def figure(act: Act, number: int) -> int | None:
    """The figure of this number: the items of the form first, then the votes."""
    return act.items[number] if number < len(act.items) else act.votes[number - len(act.items)]


def difference(value: int, other: int) -> str:
    """How many more or fewer."""
    if value > other:
        return say("{number} more", number=numbers.count(value - other))
    return say("{number} fewer", number=numbers.count(other - value))
