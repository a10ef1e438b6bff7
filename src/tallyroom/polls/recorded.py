"""The samples that a record holds, and what anyone can check of them: the list, and when its seed was made.

Under the rule `sha-256` the list follows from the seed and the record's stations, so it is drawn again here and held
against what the record lists. A seed that was made after the list of stations was fixed, and before the first return
came in, left nobody a choice; where the record does not say when, that is not known, and is said to be.

What it cannot tell: how many seeds were tried, unless the seed was made before witnesses. Where the list of stations
was changed after the drawing, the rule gives another list today.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyarrow.compute as pc

from tallyroom.errors import CannotDraw, NotFound
from tallyroom.polls.draw import Drawn, Sample, draw_of
from tallyroom.polls.frame import frame_of
from tallyroom.record.contest import Contest
from tallyroom.record.dates import Span, read_date
from tallyroom.record.folder import Record
from tallyroom.record.rows import Row

__all__ = [
    "NO_FRAME",
    "NO_RULE",
    "NO_SEED",
    "NO_SIZE",
    "RULE",
    "Redrawn",
    "Timing",
    "contests_of",
    "redrawn",
    "sample_of",
    "timing",
]

RULE = "sha-256"

# Why a sample cannot be drawn again.
NO_RULE = "the record does not say that it was drawn by the rule sha-256"
NO_SEED = "its seed is not in the record"
NO_SIZE = "how many stations were to be drawn is not in the record"
NO_FRAME = "its strata cannot be made of the stations and areas in the record"


@dataclass(frozen=True)
class Redrawn:
    """The list in the record beside the one that the rule gives. impossible: why there is none; else empty.

    strangers: stations listed that the rule does not give; lacking: stations that it gives and that are not listed;
    otherwise: stations in another stratum, order or role, with another ticket, or in a stratum of another size.
    """

    impossible: str
    strangers: Sequence[str] = ()
    lacking: Sequence[str] = ()
    otherwise: Sequence[str] = ()

    @property
    def same(self) -> bool | None:
        """Whether the two are the same; None where there is but one."""
        return None if self.impossible else not (self.strangers or self.lacking or self.otherwise)


@dataclass(frozen=True)
class Timing:
    """Whether the seed was made after the list was fixed, and before the first return; None is not known.

    began: when the first return came in, else the day of the vote.
    """

    after_list: bool | None
    before_count: bool | None
    began: str
    returns_say: bool


def contests_of(record: Record, row: Row) -> list[Contest]:
    """What a sample counts."""
    return [one for one in record.election.contests if one.id in (row.ids("contest") or (one.id,))]


def sample_of(record: Record, row: Row) -> Sample:
    """The stations of a sample, and of its strata how many they have, and how many of them were drawn."""
    rows = [one for one in record.current("drawn") if one["sample"] == row.id]
    drawn = [_drawn(one) for one in rows]
    stations = {one["stratum"]: int(one["stratum_stations"]) for one in rows}
    sizes = dict.fromkeys(stations, 0)
    for one in drawn:
        sizes[one.stratum] += not one.replacement
    return Sample(row["seed"], {name: (of, sizes[name]) for name, of in stations.items()}, drawn)


def _drawn(row: Row) -> Drawn:
    return Drawn(row["station"], row["stratum"], int(row["order"]), row["role"] == "replacement", row["ticket"])


def redrawn(record: Record, row: Row, sample: Sample) -> Redrawn:
    """The list drawn again by the rule, beside the one in the record."""
    lacks = ((NO_RULE, row["rule"] != RULE), (NO_SEED, not row["seed"].strip()), (NO_SIZE, not row["size"]))
    for why, lacking in lacks:
        if lacking:
            return Redrawn(why)
    try:
        # Where it is not said how many replacements there were to be, as many as there are in any stratum.
        replacements = int(row["replacements"] or _most_replacements(sample))
        again = draw_of(frame_of(record, row["strata"]).areas, int(row["size"]), row["seed"], replacements)
    except (CannotDraw, NotFound):
        return Redrawn(NO_FRAME)
    listed = {one.station: one for one in sample.drawn}
    given = {one.station: one for one in again.drawn}
    otherwise = [
        name
        for name in listed.keys() & given.keys()
        if not _alike(listed[name], given[name])
        or sample.strata[listed[name].stratum][0] != again.strata[given[name].stratum][0]
    ]
    strangers, lacking_ = sorted(listed.keys() - given.keys()), sorted(given.keys() - listed.keys())
    return Redrawn("", strangers, lacking_, sorted(otherwise))


def _alike(listed: Drawn, given: Drawn) -> bool:
    """Whether two places in the list are the same; a ticket that is not written down says nothing."""
    same = (listed.stratum, listed.order, listed.replacement) == (given.stratum, given.order, given.replacement)
    return same and listed.ticket in ("", given.ticket)


def _most_replacements(sample: Sample) -> int:
    return max(Counter(one.stratum for one in sample.drawn if one.replacement).values(), default=0)


def timing(record: Record, row: Row) -> Timing:
    """What the record's dates say of the order of list, seed and count."""
    zone = record.election.zone
    known = {name: read_date(row[name], zone) for name in ("listed_at", "seed_at") if row[name]}
    first = min(_times(record, contests_of(record, row)), key=lambda one: one[0], default=None)
    began = first[0] if first else read_date(record.election.date, zone)
    said = first[1] if first else record.election.date
    seed = known.get("seed_at")
    return Timing(_before(known.get("listed_at"), seed), _before(seed, began), said, first is not None)


def _before(one: Span | None, other: Span | None) -> bool | None:
    if one is None or other is None:
        return None
    if one.before(other):
        return True
    return False if other.before(one) else None


def _times(record: Record, contests: Sequence[Contest]) -> Iterator[tuple[Span, str]]:
    """When acts and copies came in, as far as they say since when."""
    for contest in contests:
        returns = record.returns(contest.id)
        for table in (*([returns] if returns else []), *record.copies(contest.id).values()):
            if "at" in table.columns.column_names:
                for text in pc.unique(table.columns["at"]).drop_null().to_pylist():
                    span = read_date(text, record.election.zone)
                    if not span.open_start:
                        yield span, text
