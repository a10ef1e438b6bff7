"""Are the vote counts exactly what rounded percentages of the total would give?

If someone first decides the percentages and then works out the votes, every count is the nearest
whole number (or every one the number below) to a percentage with few decimals. A real count hits
that number by chance only: of w counts that print as the same percentage, one is it. With the largest
choice left to make up the total, the chance is the product of the others' 1/w.

A tiny chance is a reason to ask how the figures were made; it is no proof of why. Counts of small
totals, or percentages so fine that each stands for one count, prove nothing and are passed over; so
do nobody's and everybody's votes, 0 and 100 %. The more sets of votes are looked at, the smaller the
chance must be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import prod

from tallyroom.check.announced import Announced, VoteSet
from tallyroom.check.figure import Figure, number, percent
from tallyroom.check.findings import CannotCheck, Case, Finding, Outcome, Passed, sources_of
from tallyroom.tabulate.shares import rounded

__all__ = ["chance_of", "check"]

CHECK = "made-from-percentages"
_MOST_DIGITS = 4
# One in a thousand for each set of votes looked at, so that a record of hundreds of areas is not
# flagged for what must happen somewhere. The chance itself is always printed.
_SELDOM = 1000


def chance_of(votes: Sequence[int], total: int) -> tuple[int, int] | None:
    """The decimals at which every count is a percentage of the total, and 1/chance; None if at none up to 4.

    votes: the choices' counts; total: what the percentages are of. Returns (decimals, one in how many).
    """
    if total <= 0 or len(votes) < 2:
        return None
    for digits in range(_MOST_DIGITS + 1):
        if all(_nearest(count, total, digits) for count in votes) or all(_cut(c, total, digits) for c in votes):
            # Who does not print everything leaves no choice that the total decides.
            free = sorted(votes)[:-1] if sum(votes) == total else list(votes)
            width = max(Fraction(1), Fraction(total, 100 * 10**digits))
            return digits, int(prod(width for count in free if 0 < _share(count, total, digits) < 100))
    return None


def _share(count: int, total: int, digits: int) -> Fraction:
    return rounded(Fraction(100 * count, total), digits)


def _nearest(count: int, total: int, digits: int) -> bool:
    """Whether it is the whole number nearest to a percentage of the total, halves either way."""
    return abs(count - _share(count, total, digits) * total / 100) <= Fraction(1, 2)


def _cut(count: int, total: int, digits: int) -> bool:
    """Whether it is a percentage of the total, cut off to a whole number."""
    return 0 <= _share(count, total, digits) * total / 100 - count < 1


def check(announced: Announced) -> Iterator[Outcome]:
    """One answer for each set of votes that percentages give, and one for all others."""
    looked, groups = 0, list(_groups(announced))
    for group in groups:
        votes = [int(f.value) for f in group.votes.values()]
        totals = {group.sum} | ({int(group.valid.value)} if group.valid else set())
        found = [(total, chance) for total in sorted(totals) if (chance := chance_of(votes, total))]
        rarest = max(found, key=lambda one: one[1][1], default=None)
        if rarest and rarest[1][1] >= _SELDOM * len(groups):
            yield _finding(announced, group, rarest[0], *rarest[1], len(groups))
        elif rarest and len(found) == len(totals):
            yield CannotCheck(CHECK, "votes enough to tell a percentage from a count", group.first.where)
        else:
            looked += 1
    if looked:
        yield Passed(CHECK, looked, "The votes are not what rounded percentages of their total would give.")


def _groups(announced: Announced) -> Iterator[VoteSet]:
    """Votes given together, of all choices or of some beside the valid votes; the same votes once."""
    seen = set()
    for group in announced.votes_given:
        votes = tuple(sorted((choice, f.value) for choice, f in group.votes.items()))
        key = (group.first.contest, group.first.place, votes)
        if len(group.votes) > 1 and key not in seen:
            seen.add(key)
            yield group


def _finding(announced: Announced, group: VoteSet, total: int, digits: int, one_in: int, sets: int) -> Finding:
    def case(figure: Figure) -> Case:
        count = int(figure.value)
        share = percent(count, total, digits)
        name = announced.record.name_of(figure.choice)
        exact = number(Fraction(share) * total / 100)
        says = f"{name}: {share} % of {total:,} is {exact}; {count:,} votes were announced."
        return Case(figure.where, says, {"votes": count, "percent": share})

    votes = [int(f.value) for f in group.votes.values()]
    places = "whole percentages" if digits == 0 else f"percentages with {digits} decimal{'s' if digits > 1 else ''}"
    nearest = all(_nearest(count, total, digits) for count in votes)
    free = sorted(votes)[:-1] if group.sum == total else votes
    counting = sum(0 < _share(count, total, digits) < 100 for count in free)
    shares = ", ".join(percent(count, total, digits) for count in votes)
    among = f" {sets:,} sets of votes in this record were looked at." if sets > 1 else ""
    return Finding(
        CHECK,
        "warning",
        group.first.where,
        f"{group.name}: all {len(votes)} vote counts are exactly what {places} ({shares}) of {total:,} give, "
        f"{'to the nearest' if nearest else 'cut off to a'} whole number. Counted votes would be so by chance about "
        f"once in {one_in:,}.{among}",
        {"total": total, "decimals": digits, "choices": len(votes), "chance_one_in": one_in, "sets_looked_at": sets},
        f"({total} / {100 * 10**digits})^{counting} = {one_in}",
        sources_of(group.rows),
        "Ask for the counts of the stations that these totals were added up from.",
        tuple(case(f) for f in group.votes.values()),
    )
