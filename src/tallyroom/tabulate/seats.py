"""Seats of a list election from its votes: divisor methods and largest remainders, in exact arithmetic.

A tie for the last seats is said and never broken: the seats that no tie touches are given, and the
tied choices are named with the seats they tie for. A choice without a vote gets no seat.

Not here, since laws differ in it: a list with fewer names than seats, a least number of seats, seats
of districts balanced over the country, and apparentments.

Sources: Balinski and Young, Fair Representation (2nd ed. 2001), appendix A, for the methods; Gallagher
and Mitchell (eds.), The Politics of Electoral Systems (2005), appendix A, for thresholds and for the
modified Sainte-Laguë divisors 1.4, 3, 5 …
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

__all__ = ["Allocation", "Method", "allocate", "could_change", "margin", "over_threshold"]

Method = Literal["dhondt", "sainte-lague", "modified-sainte-lague", "hare", "droop"]
_DIVISORS = ("dhondt", "sainte-lague", "modified-sainte-lague")


@dataclass(frozen=True)
class Allocation:
    """Seats by choice; `tied` compete for the `tied_seats` that are not in `seats`."""

    seats: dict[str, int]
    tied: tuple[str, ...] = ()
    tied_seats: int = 0


def over_threshold(votes: Mapping[str, int], base: int, percent: Fraction) -> dict[str, int]:
    """The choices with at least this percentage of the base; exactly at it is over it."""
    # Whole numbers: 0.07 * 100 is 7.000000000000001 in floating point, and a list with exactly
    # 7 % of the vote would lose its seats.
    return {c: v for c, v in votes.items() if 100 * v * percent.denominator >= percent.numerator * base}


def allocate(votes: Mapping[str, int], seats: int, method: Method) -> Allocation:
    """The seats that each choice gets.

    votes: choice → votes of those that take part (over any threshold). seats: to give, 0 or more.
    With no votes at all, every choice ties for every seat.
    """
    none = dict.fromkeys(votes, 0)
    some = {choice: count for choice, count in votes.items() if count}
    if not some or not seats:
        return Allocation(none, tuple(votes) if seats else (), seats if votes else 0)
    found = _by_divisors(some, seats, method) if method in _DIVISORS else _by_remainders(some, seats, method)
    return Allocation(none | found.seats, found.tied, found.tied_seats)


def _divisor(method: Method, had: int) -> Fraction:
    """What the votes are divided by for the next seat of a choice that had so many."""
    if method == "dhondt":
        return Fraction(had + 1)
    if method == "modified-sainte-lague" and had == 0:
        return Fraction(14, 10)
    return Fraction(2 * had + 1)


def _by_divisors(votes: Mapping[str, int], seats: int, method: Method) -> Allocation:
    given = dict.fromkeys(votes, 0)
    # The largest quotient on top; the number keeps equal ones in the order of the choices.
    heap = [(-votes[c] / _divisor(method, 0), number, c) for number, c in enumerate(votes)]
    heapq.heapify(heap)
    left = seats
    while left:
        first = [heapq.heappop(heap)]
        while heap and heap[0][0] == first[0][0]:
            first.append(heapq.heappop(heap))
        if len(first) > left:
            return Allocation(given, tuple(c for _, _, c in first), left)
        for _, number, choice in first:
            given[choice] += 1
            heapq.heappush(heap, (-votes[choice] / _divisor(method, given[choice]), number, choice))
        left -= len(first)
    return Allocation(given)


def _quota(total: int, seats: int, method: Method) -> Fraction:
    """Votes for a seat. Hare: votes / seats. Droop: the whole part of votes / (seats + 1), and one vote."""
    return Fraction(total, seats) if method == "hare" else Fraction(total // (seats + 1) + 1)


def _by_remainders(votes: Mapping[str, int], seats: int, method: Method) -> Allocation:
    quota = _quota(sum(votes.values()), seats, method)
    given = {c: int(v / quota) for c, v in votes.items()}
    left = seats - sum(given.values())
    rest = {c: v - given[c] * quota for c, v in votes.items()}
    order = sorted(votes, key=lambda c: -rest[c])
    # With fewer votes than about the square of the seats, a Droop quota can leave more seats than
    # choices: one more to each, as often as it takes.
    rounds, left = divmod(left, len(order))
    given = {c: n + rounds for c, n in given.items()}
    if not left:
        return Allocation(given)
    line = rest[order[left - 1]]
    sure = [c for c in order if rest[c] > line]
    tied = [c for c in order if rest[c] == line]
    if len(sure) + len(tied) == left:
        sure, tied = sure + tied, []
    for choice in sure:
        given[choice] += 1
    return Allocation(given, tuple(tied), left - len(sure))


def margin(votes: Mapping[str, int], seats: int, method: Method) -> int | None:
    """The fewest votes that a choice lacked to draw level for a seat that another won; 0 is a tie.

    votes: of those that take part. None for largest remainders, whose quota moves with every vote, and
    where one choice alone has votes to win seats and nobody else stands.
    """
    if method not in _DIVISORS:
        return None
    now = allocate(votes, seats, method)
    if now.tied:
        return 0
    lacked = [
        -(-votes[other] * _divisor(method, now.seats[choice]) // _divisor(method, now.seats[other] - 1)) - votes[choice]
        for choice in votes
        for other in votes
        if other != choice and now.seats[other]
    ]
    return int(min(lacked)) if lacked else None


def could_change(
    votes: Mapping[str, int],
    seats: int,
    method: Method,
    could_come: int,
    percent: Fraction = Fraction(0),
    base: int = 0,
    in_base: int = 0,
) -> bool:
    """Whether some way of adding up to this many votes gives other seats, or a tie.

    base: what the threshold of `percent` is measured by; in_base: of the votes that could come, those
    whose ballots it already counts; each of the others makes it larger by one, or by one without a vote.

    Nothing can take a seat from a choice more easily than all the votes for one other, so it is enough to
    give them to each choice in turn. That is exact where no threshold is near. Who passes a threshold, or
    no longer does, changes a largest remainder for all, and is there taken to change the seats.
    """
    if not could_come:
        return False
    larger = base + could_come - in_base
    taking_part = over_threshold(votes, base, percent)
    staying = over_threshold(taking_part, larger, percent)
    could_enter = {
        c: v for c, v in votes.items() if c not in taking_part and over_threshold({c: v + could_come}, larger, percent)
    }
    now = allocate(taking_part, seats, method)
    if now.tied or any(now.seats[c] for c in taking_part if c not in staying):
        return True
    if method not in _DIVISORS:
        few = method == "droop" and sum(taking_part.values()) < seats * (seats + 1)
        if few or could_enter or len(staying) < len(taking_part):
            return True
    return any(
        _without_none(allocate({**taking_part, c: v + more}, seats, method)) != _without_none(now)
        for c, v in (taking_part | could_enter).items()
        for more in _worst(sum(taking_part.values()), seats, could_come)
    )


def _worst(total: int, seats: int, could_come: int) -> set[int]:
    """All that could come; and the most of it that does not yet lift a Droop quota once more."""
    before_it_rises = could_come - (total + could_come + 1) % (seats + 1)
    return {could_come, max(before_it_rises, 0)}


def _without_none(found: Allocation) -> tuple[dict[str, int], tuple[str, ...]]:
    return {c: n for c, n in found.seats.items() if n}, found.tied
