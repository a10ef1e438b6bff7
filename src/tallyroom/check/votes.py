"""Do the votes of all choices add up to the valid votes announced with them?"""

from __future__ import annotations

from collections.abc import Iterator

from tallyroom.check.announced import Announced, VoteSet
from tallyroom.check.findings import CannotCheck, Finding, Outcome, Passed, at_row, sources_of

__all__ = ["check"]

CHECK = "votes-add-up"


def check(announced: Announced) -> Iterator[Outcome]:
    """One answer for each announcement that gives every choice's votes."""
    good = []
    for votes in announced.vote_sets:
        if votes.valid is None:
            yield CannotCheck(CHECK, "the valid votes, which are not announced with the votes", at_row(votes.first.row))
        elif votes.sum == votes.valid.value:
            good.append(votes)
        else:
            yield _finding(votes)
    if good:
        sums = "; ".join(f"{v.name}: {v.sum:,}" for v in good)
        yield Passed(CHECK, len(good), f"The votes of all choices add up to the valid votes announced. {sums}.")


def _finding(votes: VoteSet) -> Finding:
    assert votes.valid is not None
    valid, total = int(votes.valid.value), votes.sum
    return Finding(
        CHECK,
        "error",
        at_row(votes.valid.row),
        f"The choices' votes add up to {total:,}; {valid:,} valid votes are announced with them, "
        f"{abs(total - valid):,} {'fewer' if valid < total else 'more'}.",
        {"sum_of_votes": total, "valid_votes": valid, "difference": total - valid},
        " + ".join(str(int(f.value)) for f in votes.votes.values()) + f" = {total}",
        sources_of(votes.rows),
        "Look for a misprinted figure: a digit more, less or swapped in one of the votes, or in the valid votes.",
    )
