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
from tallyroom.tabulate.results import AreaResult, Results

__all__ = ["beside_the_count", "on_the_day"]

_NOT_YET = frozenset({"planned", "expected", "projected"})


def on_the_day(record: Record, claims: Sequence[Claim]) -> Iterator[Verdict]:
    """Which claims of a vote's date give the date of the record."""
    date = record.election.date
    for claim in claims:
        if claim.kind == "election_date" and str(claim.value) == date:
            yield Verdict(claim, "agrees", f"The record has the same date: {date}.")


def beside_the_count(results: Results, root: str, claims: Sequence[Dated], voted: str) -> Iterator[Verdict]:
    """How claims of turnout stand to our own count. root: the area that is the whole; voted: the day of the vote."""
    if len(results.contests) != 1 or (area := results.contests[0].area(root)) is None:
        return
    for one in claims:
        claim = one.claim
        ours = {"turnout_share": area.turnout, "turnout_count": area.cast}.get(claim.kind)
        if ours is not None and _of_all(claim, area):
            yield from _beside(one, area, Decimal(ours), voted)


def _of_all(claim: Claim, area: AreaResult) -> bool:
    return (
        claim.number is not None
        and (claim.unit == "percent") == (claim.kind == "turnout_share")
        and not (claim.as_of or claim.modality in _NOT_YET or any(sort in claim.subject for sort in SORTS))
        and claim.place in ("", area.name)
    )


def _beside(one: Dated, area: AreaResult, ours: Decimal, voted: str) -> Iterator[Verdict]:
    claim = one.claim
    here = Claim("", "", claim.kind, claim.subject, ours, "", 0, 0, "", unit=claim.unit)
    verdict, _ = figures(Dated(claim), Dated(here))
    counted = area.stations
    of = f" of {counted.expected:,}" if counted.expected is not None else ""
    says = f"{said_of(claim)} is claimed; the returns here come to {said_of(here)} ({counted.accepted:,}{of} stations)"
    if verdict in ("agrees", "rounded", "truncated"):
        yield Verdict(claim, verdict, f"{says}.")
    elif claim.number is not None and (ends := _could_be(claim.kind, area)) and not claim.qualifier:
        low, high = ends
        value, told = Fraction(claim.number), one.day[:10]
        # Before the poll closed less was true; a document from before the vote tells of another one.
        if (told > voted and value < low) or (told >= voted and value > high):
            still = "" if low == high else ", and what is missing could not make it so"
            yield Verdict(claim, "conflicts", f"{says}{still}.")


def _could_be(kind: str, area: AreaResult) -> tuple[Fraction, Fraction] | None:
    """The least and the most that the figure can come to, if all who are missing vote; None where nobody can say."""
    cast, register, whole = area.cast, area.registered, area.registered_expected
    if cast is None or register is None or not whole or whole < register or area.lacking.get("cast"):
        return None
    most = cast + whole - register
    if kind == "turnout_count":
        return Fraction(cast), Fraction(most)
    return Fraction(100 * cast, whole), Fraction(100 * most, whole)
