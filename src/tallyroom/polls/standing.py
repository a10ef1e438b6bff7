"""Where a quick count stands: its sample, the figures that came in, the estimate, and the official result beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tallyroom.errors import NotFound
from tallyroom.polls.draw import Sample
from tallyroom.polls.frame import StationCounts, contest_of, counts_of
from tallyroom.polls.published import Result, results_of
from tallyroom.polls.quick_count import Difference, QuickCount, differing, quick_count
from tallyroom.polls.recorded import Redrawn, Timing, contests_of, redrawn, sample_of, timing
from tallyroom.record.contest import Contest
from tallyroom.record.folder import Record
from tallyroom.record.rows import Row
from tallyroom.tabulate.results import Results

__all__ = ["Recorded", "Standing", "recorded_standing", "standing", "standings"]


@dataclass(frozen=True)
class Recorded:
    """What a record says of a sample, and whether it holds: see `recorded.py`."""

    row: Row
    sample: Sample
    redrawn: Redrawn
    timing: Timing


@dataclass(frozen=True)
class Standing:
    """One quick count in one contest. recorded: None for a sample that the record does not hold.

    organisation: whose copies the figures are; empty where they are those of the returns.
    compared: at how many stations a copy and an official return stand side by side; differences: where they differ.
    """

    contest: Contest
    sample: Sample
    organisation: str
    found: QuickCount
    results: Sequence[Result]
    compared: int
    differences: Sequence[Difference]
    recorded: Recorded | None = None


def standings(record: Record, results: Results) -> Iterator[Standing]:
    """Every quick count of a record, contest by contest."""
    for row in record.current("samples"):
        recorded = _recorded(record, row)
        for contest in contests_of(record, row):
            yield _of(record, results, recorded, contest, "")


def recorded_standing(
    record: Record, results: Results, row: Row, contest: str = "", organisation: str = ""
) -> Standing:
    """A sample's quick count in a contest, its first if none is named.

    organisation: whose copies to take; if not given, the first of those who drew it that has any, else the returns.
    Raises NotFound for what is not there.
    """
    counted = contests_of(record, row)
    wanted = next((one for one in counted if contest in ("", one.id)), None) or contest_of(record, contest)
    return _of(record, results, _recorded(record, row), wanted, organisation)


def _recorded(record: Record, row: Row) -> Recorded:
    sample = sample_of(record, row)
    return Recorded(row, sample, redrawn(record, row, sample), timing(record, row))


def _of(record: Record, results: Results, recorded: Recorded, contest: Contest, organisation: str) -> Standing:
    copies = record.copies(contest.id)
    reader = organisation or next((name for name in recorded.row.ids("by") if name in copies), "")
    return standing(record, results, contest, recorded.sample, reader, recorded)


def standing(
    record: Record,
    results: Results,
    contest: Contest,
    sample: Sample,
    organisation: str = "",
    recorded: Recorded | None = None,
) -> Standing:
    """A quick count in a contest. Raises NotFound for an organisation without copies of it."""
    copies = record.copies(contest.id)
    if organisation and organisation not in copies:
        known = ", ".join(copies) or "none"
        raise NotFound(f"{record.name} holds no copies by '{organisation}' of {contest.id} (there are: {known}).")
    returns = record.returns(contest.id)
    official = counts_of(record, contest, returns) if returns is not None else None
    counts = counts_of(record, contest, copies[organisation]) if organisation else official
    both = set(counts.stations) & set(official.stations) if organisation and counts and official else set()
    return Standing(
        contest,
        sample,
        organisation,
        quick_count(sample, counts or _nothing(contest)),
        [one for one in results_of(record, results) if one.contest == contest.id],
        len(both),
        differing(counts, official) if both and counts and official else (),
        recorded,
    )


def _nothing(contest: Contest) -> StationCounts:
    none = np.array([], np.int64)
    return StationCounts([], {choice.id: none for choice in contest.choices}, none, [])
