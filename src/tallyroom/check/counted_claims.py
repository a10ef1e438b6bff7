"""Claims of turnout beside what a record knows by itself: what its returns add up to.

Only what is surely of the same thing is compared: a claim without an hour or a part of the country, in an election
of one contest, told on the day of the vote or later. Of a count that is not complete, a claim conflicts only where
nothing that is missing could make it true.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from tallyroom.check.agreement import SORTS, Verdict, said_of
from tallyroom.check.announced import Announced
from tallyroom.check.claims import claims_of, finding_of
from tallyroom.check.findings import Finding
from tallyroom.check.twofigures import Dated, figures
from tallyroom.record.claim import Claim
from tallyroom.record.folder import Record
from tallyroom.tabulate.reach import End, reach
from tallyroom.tabulate.results import AreaResult, Results

__all__ = ["beside_the_count", "check"]

_FIGURES = {"turnout_share": "turnout", "turnout_count": "cast"}
_NOT_YET = frozenset({"planned", "expected", "projected"})


def check(announced: Announced, results: Results) -> Iterator[Finding]:
    """Claims that conflict with our own count, each value once, with the words of a claim that gives it."""
    record = announced.record
    found = beside_the_count(record, results, announced.root, claims_of(record))
    conflicts = {(one.claim.kind, one.claim.value): one for one in found if one.verdict == "conflicts"}
    yield from (finding_of(record, verdict) for verdict in conflicts.values())


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
        # A count may be round, 4,700,000 or 4.7 million; a share is as exact as its digits.
        digits = claim.number if claim.unit == "percent" else claim.number.normalize()
        unit, told = Fraction(Decimal(1).scaleb(int(digits.as_tuple().exponent))), one.day[:10]
        low, high = Fraction(claim.number) - unit / 2, Fraction(claim.number) + unit
        # Before the poll closed less was true; a document from before the vote tells of another one.
        if (told > voted and high <= least) or (told >= voted and low > most):
            still = "" if least == most else ", and what is missing could not make it so"
            yield Verdict(claim, "conflicts", f"{says}{still}.")
