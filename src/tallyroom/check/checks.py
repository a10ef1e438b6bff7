"""Everything that is asked of a record, in the order in which a reader would ask it."""

from __future__ import annotations

from collections.abc import Iterator

from tallyroom.check import (
    areas,
    averages,
    ballots,
    form,
    from_percentages,
    holds,
    impossible,
    missing,
    order,
    parts,
    percents,
    polls,
    possible,
    register,
    rivals,
    shares,
    stale,
    stations,
    tabulated,
    turnout,
    unsourced,
    votes,
)
from tallyroom.check.announced import Announced
from tallyroom.check.findings import Outcome, Report
from tallyroom.check.returns import in_force
from tallyroom.record.folder import Record
from tallyroom.tabulate.results import Results, tabulate

__all__ = ["check_record"]

_OF_ANNOUNCEMENTS = (
    impossible,
    register,
    holds,
    votes,
    shares,
    possible,
    turnout,
    order,
    rivals,
    stations,
    parts,
    percents,
    averages,
    from_percentages,
    stale,
    polls,
)


def check_record(record: Record, results: Results | None = None) -> Report:
    """Every check over a record. results: those of the record, where the caller has them already."""
    return Report.of(record.name, _outcomes(record, results or tabulate(record)))


def _outcomes(record: Record, results: Results) -> Iterator[Outcome]:
    contests = in_force(record)
    yield from form.check(record, contests)
    yield from ballots.check(contests)
    yield from missing.check(record, contests)
    yield from areas.check(record, contests, results)
    announced = Announced(record)
    for question in _OF_ANNOUNCEMENTS:
        yield from question.check(announced)
    if announced.figures:
        yield from tabulated.check(announced, results)
    yield from unsourced.check(record)
