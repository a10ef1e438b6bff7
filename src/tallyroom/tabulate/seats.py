"""Seats of a list election from its votes: divisor methods and largest remainders, in whole numbers.

A tie for the last seats is said and never broken: the seats that no tie touches are given, and the
tied choices are named with the seats they tie for.

Sources: Balinski and Young, Fair Representation (2nd ed. 2001), appendix A, for the methods; Gallagher
and Mitchell (eds.), The Politics of Electoral Systems (2005), appendix A, for thresholds and for the
modified Sainte-Laguë divisors 1.4, 3, 5 …
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

__all__ = ["Allocation", "Method", "allocate", "could_change", "over_threshold"]

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
    if not votes:
        return Allocation({})
    if not any(votes.values()):
        return Allocation(dict.fromkeys(votes, 0), tuple(votes), seats)
    return _by_divisors(votes, seats, method) if method in _DIVISORS else _by_remainders(votes, seats, method)


def _divisor(method: Method, had: int) -> Fraction:
    """What the votes are divided by for the next seat of a choice that had so many."""
    if method == "dhondt":
        return Fraction(had + 1)
    if method == "modified-sainte-lague" and had == 0:
        return Fraction(14, 10)
    return Fraction(2 * had + 1)


def _by_divisors(votes: Mapping[str, int], seats: int, method: Method) -> Allocation:
    given = dict.fromkeys(votes, 0)
    left = seats
    while left:
        quotients = {c: Fraction(v) / _divisor(method, given[c]) for c, v in votes.items()}
        best = max(quotients.values())
        first = [c for c, q in quotients.items() if q == best]
        if len(first) > left:
            return Allocation(given, tuple(first), left)
        for choice in first:
            given[choice] += 1
        left -= len(first)
    return Allocation(given)


def _by_remainders(votes: Mapping[str, int], seats: int, method: Method) -> Allocation:
    total = sum(votes.values())
    # Hare: votes / seats. Droop: the whole part of votes / (seats + 1), plus one vote.
    quota = Fraction(total, seats) if method == "hare" and seats else Fraction(total // (seats + 1) + 1)
    given = {c: int(v / quota) for c, v in votes.items()}
    left = seats - sum(given.values())
    rest = {c: v - given[c] * quota for c, v in votes.items()}
    order = sorted(votes, key=lambda c: -rest[c])
    # Fewer votes than seats can leave more seats than choices: one more to each, as often as it takes.
    rounds, left = divmod(left, len(order))
    given = {c: n + rounds for c, n in given.items()}
    if not left:
        return Allocation(given)
    line = rest[order[left - 1]]
    sure = [c for c in order if rest[c] > line]
    tied = [c for c in order if rest[c] == line]
    for choice in sure:
        given[choice] += 1
    if len(sure) + len(tied) == left:
        for choice in tied:
            given[choice] += 1
        return Allocation(given)
    return Allocation(given, tuple(tied), left - len(sure))


def could_change(
    votes: Mapping[str, int], base: int, seats: int, method: Method, percent: Fraction, could_come: int
) -> bool:
    """Whether some way of adding up to this many votes gives other seats.

    For a divisor method a choice gains a seat only by beating the smallest quotient that won one, and
    nothing helps it more than all the votes; a threshold may be passed by the same votes, or lost by a
    choice that gets none of them. Largest remainders move with every vote, so there any vote to come
    is taken to be able to change them.
    """
    if not could_come:
        return False
    taking_part = over_threshold(votes, base, percent)
    if any(c not in over_threshold(votes, base + could_come, percent) for c in taking_part):
        return True
    lifted = (over_threshold({**votes, c: v + could_come}, base + could_come, percent) for c, v in votes.items())
    if any(c in over for c, over in zip(votes, lifted, strict=True) if c not in taking_part):
        return True
    now = allocate(taking_part, seats, method)
    if method not in _DIVISORS or now.tied:
        return True
    won = {c: Fraction(taking_part[c]) / _divisor(method, n - 1) for c, n in now.seats.items() if n}
    for choice, count in taking_part.items():
        next_quotient = Fraction(count + could_come) / _divisor(method, now.seats[choice])
        if any(next_quotient >= quotient for other, quotient in won.items() if other != choice):
            return True
    return False
