"""Claims beside what a record knows by itself: the day of its vote, and what its returns add up to.

Only what is surely of the same thing is compared: a claim without an hour or a part of the country, in an election
of one contest, told on the day of the vote or later. Of a count that is not complete, a claim conflicts only where
nothing that is missing could make it true. Another day than the record's may be that of another vote, and is no
conflict.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from tallyroom.check.agreement import SORTS, Verdict, said_of
from tallyroom.check.twofigures import Dated, figures
from tallyroom.record.claim import Claim
from tallyroom.record.folder import Record
from tallyroom.tabulate.reach import End, reach
from tallyroom.tabulate.results import AreaResult, Results

__all__ = ["beside_the_count", "on_the_day"]

_FIGURES = {"turnout_share": "turnout", "turnout_count": "cast"}
_NOT_YET = frozenset({"planned", "expected", "projected"})


def on_the_day(record: Record, claims: Sequence[Claim]) -> Iterator[Verdict]:
    """Which claims of a vote's date give the date of the record."""
    date = record.election.date
    for claim in claims:
        if claim.kind == "election_date" and str(claim.value) == date:
            yield Verdict(claim, "agrees", f"The record has the same date: {date}.")


def beside_the_count(record: Record, results: Results, root: str, claims: Sequence[Dated]) -> Iterator[Verdict]:
    """How claims of turnout stand to our own count. root: the area that is the whole."""
    if len(results.contests) != 1 or (area := results.contests[0].area(root)) is None:
        return
    come = results.contests[0].outcome.votes_that_could_come
    for one in claims:
        figure = _FIGURES.get(one.claim.kind, "")
        ours = area.figure(figure) if figure and _of_all(one.claim, area) else None
        if ours is not None:
            ends = reach(area, record.election.contests[0], figure, come)
            yield from _beside(one, area, Decimal(ours), ends, record.election.date)


def _of_all(claim: Claim, area: AreaResult) -> bool:
    return (
        claim.number is not None
        and (claim.unit == "percent") == (claim.kind == "turnout_share")
        and not (claim.as_of or claim.modality in _NOT_YET or any(sort in claim.subject for sort in SORTS))
        and claim.place in ("", area.name)
    )


def _beside(one: Dated, area: AreaResult, ours: Decimal, ends: tuple[End, End] | None, voted: str) -> Iterator[Verdict]:
    claim = one.claim
    here = Claim("", "", claim.kind, claim.subject, ours, "", 0, 0, "", unit=claim.unit)
    verdict, _ = figures(Dated(claim), Dated(here))
    counted = area.stations
    of = f" of {counted.expected:,}" if counted.expected is not None else ""
    says = f"{said_of(claim)} is claimed; the returns here come to {said_of(here)} ({counted.accepted:,}{of} stations)"
    if verdict in ("agrees", "rounded", "truncated"):
        yield Verdict(claim, verdict, f"{says}.")
    elif claim.number is not None and ends and not claim.qualifier:
        least, most = (end.value for end in ends)
        # What is told is cut off or rounded: it may be nearly one unit less than what is so, or half of one more.
        unit, told = Fraction(Decimal(1).scaleb(int(claim.number.as_tuple().exponent))), one.day[:10]
        low, high = Fraction(claim.number) - unit / 2, Fraction(claim.number) + unit
        # Before the poll closed less was true; a document from before the vote tells of another one.
        if (told > voted and high <= least) or (told >= voted and low > most):
            still = "" if least == most else ", and what is missing could not make it so"
            yield Verdict(claim, "conflicts", f"{says}{still}.")
