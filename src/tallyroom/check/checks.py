"""Everything that is asked of a record, in the order in which a reader would ask it."""

from __future__ import annotations

from collections.abc import Iterator

from tallyroom.check import (
    areas,
    averages,
    ballots,
    changes,
    claims,
    copies,
    counted_claims,
    form,
    from_percentages,
    full,
    holds,
    impossible,
    missing,
    numbering,
    order,
    parts,
    percents,
    polls,
    possible,
    register,
    rivals,
    same,
    shares,
    size,
    stale,
    stations,
    tabulated,
    turnout,
    unsourced,
    votes,
)
from tallyroom.check.announced import Announced
from tallyroom.check.findings import CannotCheck, Finding, Outcome, Report, Where
from tallyroom.check.returns import in_force
from tallyroom.errors import CannotTabulate
from tallyroom.record.folder import Record
from tallyroom.tabulate.results import Results, tabulate

__all__ = ["check_record"]

_OF_RETURNS = (form, ballots, copies, same, missing, changes, full, size, numbering)
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
    return Report.of(record.name, _outcomes(record, results))


def _outcomes(record: Record, results: Results | None) -> Iterator[Outcome]:
    announced = Announced(record)
    try:
        yield from _of_returns(record, announced, results)
    except CannotTabulate as error:
        # Figures too large to add up must not keep the rest of the record from being checked.
        yield Finding("sums", "error", Where(), str(error), look_at="Look for a figure with digits too many.")
        yield CannotCheck("sums", "returns that can be added up")
    for question in _OF_ANNOUNCEMENTS:
        yield from question.check(announced)
    yield from claims.check(announced)
    yield from unsourced.check(record)


def _of_returns(record: Record, announced: Announced, results: Results | None) -> Iterator[Outcome]:
    contests = in_force(record)
    for question in _OF_RETURNS:
        yield from question.check(record, contests)
    results = results or tabulate(record)
    yield from areas.check(record, contests, results)
    if announced.figures:
        yield from tabulated.check(announced, results)
    yield from counted_claims.check(announced, results)
