"""A sample of stations that anyone can draw again from a seed made in public.

    ticket = SHA-256 of the seed, a line feed, and the station's id, in UTF-8; as hexadecimal

In each stratum the stations with the smallest tickets are drawn; those that follow are its replacements, in that order.
So `printf '%s\n%s' "$SEED" "$STATION" | sha256sum` checks a station, and nobody can choose the sample, provided the
seed (dice thrown before witnesses) is made after the list of stations is fixed.

What it cannot tell: a replacement is not the station that was drawn. Stations that nobody could reach differ from
others, and many replacements make a biased sample; they are counted in the estimate.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tallyroom.errors import CannotDraw

__all__ = ["ENOUGH", "Drawn", "Sample", "allocate", "draw", "draw_of", "joined", "ticket"]

ENOUGH = 50  # stations in all: with fewer, an estimate's interval may be too narrow
FEWEST = 2  # stations of a stratum: with one, its spread cannot be known


@dataclass(frozen=True)
class Drawn:
    """One station of the sample. order: 1 is the first of its stratum; replacements go on counting."""

    station: str
    stratum: str
    order: int
    replacement: bool
    ticket: str


@dataclass(frozen=True)
class Sample:
    """What was drawn. strata: stratum → how many stations it has, and how many of them are drawn."""

    seed: str
    strata: Mapping[str, tuple[int, int]]
    drawn: Sequence[Drawn]

    @property
    def size(self) -> int:
        """How many stations were drawn, without replacements."""
        return sum(size for _, size in self.strata.values())


def ticket(seed: str, station: str) -> str:
    """A station's ticket: who has the smallest is drawn first."""
    text = unicodedata.normalize("NFC", f"{seed}\n{station}")
    return hashlib.sha256(text.encode()).hexdigest()


def draw(strata: Mapping[str, Sequence[str]], sizes: Mapping[str, int], seed: str, replacements: int = 0) -> Sample:
    """The sample. strata: name → the ids of its stations; sizes: how many to draw of each.

    Raises CannotDraw for a seed with nothing in it, or where a stratum has too few stations.
    """
    if not seed.strip():
        raise CannotDraw("The seed is empty. Throw dice before witnesses, say 20 times, and write the digits down.")
    drawn: list[Drawn] = []
    for stratum, stations in strata.items():
        size = sizes[stratum]
        if size > len(stations):
            raise CannotDraw(f"{stratum} has {len(stations)} stations, so {size} cannot be drawn.")
        tickets = sorted((ticket(seed, station), station) for station in stations)
        drawn += [
            Drawn(station, stratum, order, order > size, hexadecimal)
            for order, (hexadecimal, station) in enumerate(tickets[: size + replacements], 1)
        ]
    return Sample(seed, {name: (len(stations), sizes[name]) for name, stations in strata.items()}, drawn)


def allocate(stations: Mapping[str, int], size: int) -> dict[str, int]:
    """How many to draw of each stratum: in proportion to its stations, by largest remainders, two at least.

    stations: stratum → how many it has. Raises CannotDraw where the size is larger than all, or too small for two each.
    """
    total = sum(stations.values())
    least = {name: min(FEWEST, count) for name, count in stations.items()}
    if not sum(least.values()) <= size <= total:
        raise CannotDraw(
            f"{size} stations cannot be drawn of {total} in {len(stations)} strata: "
            f"between {sum(least.values())} and {total} can."
        )
    quotas = {name: Fraction(size * count, total) for name, count in stations.items()}
    found = {name: max(int(quota), least[name]) for name, quota in quotas.items()}
    # The largest remainder gets the next; where the least of two took too many, the best supplied gives one back.
    while sum(found.values()) < size:
        able = [name for name in found if found[name] < stations[name]]
        found[max(able, key=lambda name: (quotas[name] - found[name], name))] += 1
    while sum(found.values()) > size:
        able = [name for name in found if found[name] > least[name]]
        found[max(able, key=lambda name: (found[name] - quotas[name], name))] -= 1
    return found


def joined(areas: Mapping[str, Sequence[str]], size: int, fewest: int = 4) -> dict[str, list[str]]:
    """The areas as strata, neighbours in the record's order put together until a sample of this size has a few of each.

    fewest: of the sample in each stratum. A stratum is called after its areas, `north+south`, or `first…last` of more
    than three.
    """
    total = sum(map(len, areas.values()))
    found: list[tuple[list[str], list[str]]] = []
    names: list[str] = []
    stations: list[str] = []
    for name, members in areas.items():
        names, stations = [*names, name], [*stations, *members]
        if len(stations) * size >= fewest * total:
            found.append((names, stations))
            names, stations = [], []
    if stations and found:
        found[-1] = (found[-1][0] + names, found[-1][1] + stations)
    elif stations:
        found.append((names, stations))
    return {"+".join(n) if len(n) <= 3 else f"{n[0]}…{n[-1]}": stations for n, stations in found}


def draw_of(areas: Mapping[str, Sequence[str]], size: int, seed: str, replacements: int = 0) -> Sample:
    """The sample of this size out of areas: put together as strata, shared out, and drawn. Raises CannotDraw."""
    strata = joined(areas, size)
    return draw(strata, allocate({name: len(stations) for name, stations in strata.items()}, size), seed, replacements)
