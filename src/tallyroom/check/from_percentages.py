"""Are the vote counts exactly what rounded percentages of the total would give?

If someone first decides the percentages and then works out the votes, every count is the nearest
whole number (or every one the number below) to a percentage with few decimals. A real count hits
that number by chance only: of w counts that print as the same percentage, one is it. With one choice
left to make up the total, the chance is the product of the others' 1/w.

A tiny chance is a reason to ask how the figures were made; it is no proof of why. Counts of small
totals, or percentages so fine that each stands for one count, prove nothing and are passed over; so
do nobody's and everybody's votes, 0 and 100 %. The more sets of votes are looked at, the smaller the
chance must be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tallyroom.check.announced import Announced, VoteSet
from tallyroom.check.figure import Figure, number, percent
from tallyroom.check.findings import CannotCheck, Case, Finding, Outcome, Passed, sources_of
from tallyroom.tabulate.shares import rounded

__all__ = ["Made", "check", "made_of"]

CHECK = "made-from-percentages"
_MOST_DIGITS = 4
# One in ten thousand for each set of votes looked at: five numbers of decimals and two ways of rounding
# are tried, and a record of hundreds of areas must not be flagged for what happens somewhere. The
# chance itself is always printed.
_SELDOM = 10_000


@dataclass(frozen=True)
class Made:
    """How votes are percentages of their total.

    decimals: of the percentages. one_in: how seldom that is by chance. nearest: to the nearest whole
    number of votes, or else cut off. rest: the position of the one choice that makes up the total
    instead; None where all are percentages.
    """

    decimals: int
    one_in: int
    nearest: bool
    rest: int | None = None


def made_of(votes: Sequence[int], total: int) -> Made | None:
    """How the counts are percentages of the total, at the fewest decimals up to 4; None if they are not.

    votes: the choices' counts; total: what the percentages are of.
    """
    if total <= 0 or len(votes) < 2:
        return None
    for digits in range(_MOST_DIGITS + 1):
        for fits in (_nearest, _cut):
            odd = [at for at, count in enumerate(votes) if not fits(count, total, digits)]
            # Rounded counts need not add up: whoever makes them lets one choice have what is left.
            if not odd or (len(odd) == 1 and sum(votes) == total):
                return Made(digits, _one_in(votes, total, digits, odd), fits is _nearest, odd[0] if odd else None)
    return None


def _one_in(votes: Sequence[int], total: int, digits: int, odd: Sequence[int]) -> int:
    """One in how many sets of votes would be so: the widths of the free choices, multiplied."""
    width = max(Fraction(1), Fraction(total, 100 * 10**digits))
    # Any of the choices might have been the one that is left.
    return max(1, int(width ** _free(votes, total, digits, odd) / (len(votes) if odd else 1)))


def _free(votes: Sequence[int], total: int, digits: int, odd: Sequence[int]) -> int:
    """How many counts nothing else decides: neither the total, nor that nobody or everybody chose so."""
    largest = max(range(len(votes)), key=lambda at: votes[at])
    # Who does not print everything leaves no choice that the total decides.
    decided = odd or ([largest] if sum(votes) == total else [])
    return sum(0 < _share(v, total, digits) < 100 for at, v in enumerate(votes) if at not in decided)


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
        totals = {group.sum} if group.a_ballot == 1 else set()  # of several votes a ballot nobody prints a share
        totals |= {int(group.valid.value)} if group.valid else set()
        found = [(total, made) for total in sorted(totals) if (made := made_of(votes, total))]
        rarest = max(found, key=lambda one: one[1].one_in, default=None)
        if rarest and rarest[1].one_in >= _SELDOM * len(groups):
            yield _finding(announced, group, *rarest, len(groups))
        elif not totals or (rarest and len(found) == len(totals)):
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


def _finding(announced: Announced, group: VoteSet, total: int, made: Made, sets: int) -> Finding:
    digits = made.decimals

    def case(figure: Figure) -> Case:
        count = int(figure.value)
        share = percent(count, total, digits)
        name = announced.record.name_of(figure.choice)
        exact = number(Fraction(share) * total / 100)
        says = f"{name}: {share} % of {total:,} is {exact}; {count:,} votes were announced."
        return Case(figure.where, says, {"votes": count, "percent": share})

    votes = [int(f.value) for f in group.votes.values()]
    places = "whole percentages" if digits == 0 else f"percentages with {digits} decimal{'s' if digits > 1 else ''}"
    shares = ", ".join(percent(count, total, digits) for count in votes)
    who = f"all {len(votes)} vote counts are"
    if made.rest is not None:
        name = announced.record.name_of(list(group.votes)[made.rest])
        who = f"all vote counts but that for {name}, which makes up the total, are"
    among = f" {sets:,} sets of votes in this record were looked at." if sets > 1 else ""
    return Finding(
        CHECK,
        "warning",
        group.first.where,
        f"{group.name}: {who} exactly what {places} ({shares}) of {total:,} give, "
        f"{'to the nearest' if made.nearest else 'cut off to a'} whole number. Counted votes would be so by chance "
        f"about once in {made.one_in:,}.{among}",
        {
            "total": total,
            "decimals": digits,
            "choices": len(votes),
            "chance_one_in": made.one_in,
            "sets_looked_at": sets,
        },
        _arithmetic(votes, total, made),
        sources_of(group.rows),
        "Ask for the counts of the stations that these totals were added up from.",
        tuple(case(f) for f in group.votes.values()),
    )


def _arithmetic(votes: Sequence[int], total: int, made: Made) -> str:
    """The chance as a person can work it out: the total over the steps of a percentage, once for each free choice."""
    odd = [] if made.rest is None else [made.rest]
    ways = f" / {len(votes)}" if odd else ""
    return f"({total} / {100 * 10**made.decimals})^{_free(votes, total, made.decimals, odd)}{ways} = {made.one_in}"
