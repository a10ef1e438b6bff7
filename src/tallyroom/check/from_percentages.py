"""Are the vote counts exactly what rounded percentages of the total would give?

If someone first decides the percentages and then works out the votes, every count is the nearest
whole number (or the one below) to a percentage with few decimals. A real count hits that number by
chance only: of w counts that print as the same percentage, one is it. With the largest choice left
to make up the total, the chance is the product of the others' 1/w.

A tiny chance is a reason to ask how the figures were made; it is no proof of why. Counts of small
totals, or percentages so fine that each stands for one count, prove nothing and are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import prod

from tallyroom.check.announced import Announced, Figure, VoteSet, percent
from tallyroom.check.findings import CannotCheck, Case, Finding, Outcome, Passed, at_row, sources_of
from tallyroom.tabulate.shares import rounded

__all__ = ["chance_of", "check"]

CHECK = "made-from-percentages"
_MOST_DIGITS = 4
# One in a thousand: with a hundred elections checked, one in ten would be flagged by chance alone
# somewhere; the probability itself is always printed.
_SELDOM = 1000


def chance_of(votes: Sequence[int], total: int) -> tuple[int, int] | None:
    """The decimals at which every count is a rounded percentage of the total, and 1/chance; None if not.

    votes: the choices' counts; total: what the percentages are of. Returns (decimals, one in how many).
    """
    if not total or len(votes) < 2:
        return None
    for digits in range(_MOST_DIGITS + 1):
        if all(_is_made(count, total, digits) for count in votes):
            widths = sorted(_width(count, total, digits) for count in votes)
            # Who does not print everything leaves no choice that the total decides.
            free = widths[:-1] if sum(votes) == total else widths
            return digits, int(prod(free))
    return None


def _is_made(count: int, total: int, digits: int) -> bool:
    share = rounded(Fraction(100 * count, total), digits)
    exact = share * total / 100
    return count in (int(exact), int(exact + Fraction(1, 2)))


def _width(count: int, total: int, digits: int) -> int:
    """How many counts print as the same percentage."""
    return max(1, total // (100 * int(10**digits)))


def check(announced: Announced) -> Iterator[Outcome]:
    """One answer for each set of votes."""
    looked = 0
    for group in _groups(announced):
        votes = [int(f.value) for f in group.votes.values()]
        totals = {group.sum} | ({int(group.valid.value)} if group.valid else set())
        found = next(((t, c) for t in sorted(totals) if (c := chance_of(votes, t))), None)
        if found and found[1][1] >= _SELDOM:
            yield _finding(announced, group, found[0], *found[1])
        elif found or len(votes) < 2:
            yield CannotCheck(CHECK, "votes enough to tell a percentage from a count", at_row(group.first.row))
        else:
            looked += 1
    if looked:
        yield Passed(CHECK, looked, "The votes are not what rounded percentages of their total would give.")


def _groups(announced: Announced) -> Iterator[VoteSet]:
    """Votes given together, of all choices or of some beside the valid votes."""
    for figures in announced.by_announcement.values():
        votes = {f.choice: f for f in figures if f.measure == "candidate_votes" and f.exact and not f.percent}
        valid = [f for f in figures if f.measure == "valid_votes" and f.exact and not f.percent]
        if len(votes) > 1:
            yield VoteSet(votes, valid[0] if valid else None)


def _finding(announced: Announced, group: VoteSet, total: int, digits: int, one_in: int) -> Finding:
    def case(figure: Figure) -> Case:
        count = int(figure.value)
        share = percent(count, total, digits)
        name = announced.record.name_of(figure.choice)
        says = (
            f"{name}: {share} % of {total:,} is {percent(Fraction(share) * total, 10_000, 3)}, and {count:,} was given."
        )
        return Case(at_row(figure.row), says, {"votes": count, "percent": share})

    places = "whole percentages" if digits == 0 else f"percentages with {digits} decimal{'s' if digits > 1 else ''}"
    return Finding(
        CHECK,
        "warning",
        at_row(group.first.row),
        f"All {len(group.votes)} counts are exactly what {places} of {total:,} give. "
        f"A count would do so by chance about once in {one_in:,}.",
        {"total": total, "decimals": digits, "choices": len(group.votes), "chance_one_in": one_in},
        f"1 / ({total} / {100 * 10**digits})^{len(group.votes) - (1 if group.sum == total else 0)}",
        sources_of(group.rows),
        "Ask for the counts of the stations that these totals were added up from.",
        tuple(case(f) for f in group.votes.values()),
    )
