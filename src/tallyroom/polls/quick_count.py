"""A quick count: what the sample's returns say so far, how it came to that, and the official result beside it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from tallyroom.errors import CannotDraw
from tallyroom.polls.draw import Drawn, Sample
from tallyroom.polls.estimate import Counted, Counts, Estimate, ratio_estimate
from tallyroom.polls.frame import StationCounts
from tallyroom.polls.sequence import FIRST, Look, looks

__all__ = ["Difference", "Late", "QuickCount", "differing", "quick_count", "read_sample", "sample_text"]

_COLUMNS = ["station", "stratum", "stratum_stations", "stratum_drawn", "order", "role", "ticket"]
_LOOKS = 20


@dataclass(frozen=True)
class Late:
    """The last third to come in beside the first, in points, with the standard error of the difference."""

    difference: float
    error: float


@dataclass(frozen=True)
class QuickCount:
    """What is known now. missing: stratum → drawn stations that nothing stands in for; replaced: stations that stand in
    for others; unknown: stations that came in and were not drawn.

    estimates: choice → its share. looks: choice → the estimate as returns came in. late: choice → whether the
    late ones differ, None with fewer than 60.
    """

    counted: int
    drawn: int
    missing: Mapping[str, int]
    replaced: int
    in_order: bool
    estimates: Mapping[str, Estimate]
    looks: Mapping[str, Sequence[Look]]
    late: Mapping[str, Late | None]


@dataclass(frozen=True)
class Difference:
    """A station of the sample where the copy and the official return differ. figure: a choice."""

    station: str
    figure: str
    copy: int
    official: int


def sample_text(sample: Sample) -> str:
    """The sample as CSV, the same bytes each time: one station a line, replacements after those drawn."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for one in sample.drawn:
        stations, size = sample.strata[one.stratum]
        role = "replacement" if one.replacement else "sample"
        writer.writerow([one.station, one.stratum, stations, size, one.order, role, one.ticket])
    return written.getvalue()


def read_sample(text: str, file: str) -> Sample:
    """The sample that `sample_text` wrote. Raises CannotDraw, with the line, for anything else."""
    reader = csv.DictReader(io.StringIO(text))
    if reader.fieldnames != _COLUMNS:
        raise CannotDraw(
            f"{file}, line 1: the columns are not {', '.join(_COLUMNS)}. `tallyroom poll sample` writes it."
        )
    strata: dict[str, tuple[int, int]] = {}
    drawn: dict[str, Drawn] = {}
    for number, row in enumerate(reader, 2):
        try:
            of = (int(row["stratum_stations"]), int(row["stratum_drawn"]))
            role = {"sample": False, "replacement": True}[row["role"]]
            one = Drawn(row["station"], row["stratum"], int(row["order"]), role, row["ticket"])
        except (KeyError, TypeError, ValueError):
            raise CannotDraw(f"{file}, line {number}: this is no line of a sample. Draw it again.") from None
        if strata.setdefault(one.stratum, of) != of or one.station in drawn or not 0 < of[1] <= of[0]:
            raise CannotDraw(f"{file}, line {number}: this line does not go with those above. Draw it again.")
        drawn[one.station] = one
    if not drawn:
        raise CannotDraw(f"{file} holds no station.")
    return Sample("", strata, list(drawn.values()))


def quick_count(sample: Sample, counts: StationCounts) -> QuickCount:
    """The estimates of every choice from the stations of the sample that have come in.

    In each stratum the first stations of the list that came in are taken, as many as were to be drawn. They are
    taken in the order of `at` where every one of them says when it came in, else in the sample's own.
    """
    row = {station: number for number, station in enumerate(counts.stations)}
    used: list[Drawn] = []
    missing: dict[str, int] = {}
    for stratum, (_, size) in sample.strata.items():
        there = [one for one in sample.drawn if one.stratum == stratum and one.station in row]
        taken = sorted(there, key=lambda one: one.order)[:size]
        used += taken
        if len(taken) < size:
            missing[stratum] = size - len(taken)
    times = {counts.at[row[one.station]] for one in used}
    in_order = len(times) > 1 and "" not in times
    used.sort(key=lambda one: (counts.at[row[one.station]] if in_order else "", one.ticket))
    at = np.array([row[one.station] for one in used], np.int64)
    names = list(sample.strata)
    number = {name: n for n, name in enumerate(names)}
    stratum_of = np.array([number[one.stratum] for one in used], np.int64)
    sizes = [stations for stations, _ in sample.strata.values()]
    counted = {c: Counted(v[at], counts.of[at], stratum_of, sizes, names) for c, v in counts.votes.items()}
    return QuickCount(
        len(used),
        sample.size,
        missing,
        sum(one.replacement for one in used),
        in_order,
        {choice: ratio_estimate(one) for choice, one in counted.items()},
        {choice: looks(one, _when(len(used))) for choice, one in counted.items()},
        {choice: _late(one) for choice, one in counted.items()},
    )


def _when(returns: int) -> list[int]:
    """After how many returns to look: from thirty on, at most twenty times, and at the last."""
    if returns < FIRST:
        return []
    step = max(-(-(returns - FIRST) // _LOOKS), 1)
    return [*range(FIRST, returns, step), returns]


def _late(counted: Counted) -> Late | None:
    third = len(counted.votes) // 3
    if third < FIRST * 2 // 3:
        return None
    every = np.arange(len(counted.votes))
    first, last = (ratio_estimate(counted.some(at)) for at in (every[:third], every[-third:]))
    if first.share is None or last.share is None or first.error is None or last.error is None:
        return None
    return Late(100 * (last.share - first.share), 100 * sqrt(first.error**2 + last.error**2))


def differing(copies: StationCounts, official: StationCounts) -> list[Difference]:
    """At which stations, and for which choice, the copy and the official return differ."""
    row = {station: number for number, station in enumerate(official.stations)}
    found = []
    for number, station in enumerate(copies.stations):
        if station in row:
            for choice, votes in copies.votes.items():
                theirs: Counts = official.votes[choice]
                if votes[number] != theirs[row[station]]:
                    found.append(Difference(station, choice, int(votes[number]), int(theirs[row[station]])))
    return found
