"""Do the votes of all choices add up to the valid votes announced with them?

More votes than valid votes cannot be. Fewer may be a misprint, or a choice that the list of choices
leaves out, such as names written in. Where a ballot can give several votes, valid votes may be of ballots
or of votes: then they bound each choice, and so many times their number the sum.
"""

from __future__ import annotations

from collections.abc import Iterator

from tallyroom.check.announced import Announced, VoteSet
from tallyroom.check.figure import listed
from tallyroom.check.findings import CannotCheck, Finding, Outcome, Passed, sources_of

__all__ = ["check"]

CHECK = "votes-add-up"


def check(announced: Announced) -> Iterator[Outcome]:
    """One answer for each announcement that gives every choice's votes, or some beside the valid votes."""
    good = []
    for votes in announced.votes_given:
        lacks = announced.lacks(votes)
        if votes.valid is None:
            if not lacks:
                yield CannotCheck(CHECK, "the valid votes, which are not announced with the votes", votes.first.where)
        elif votes.ballots > votes.valid.value or (votes.sum < votes.valid.value and not lacks):
            yield _finding(votes, lacks)
        elif lacks:
            yield CannotCheck(CHECK, "the votes of some choices", votes.first.where)
        else:
            good.append(f"{votes.name}: {votes.sum:,}")
    if good:
        says = f"The votes of all choices add up to the valid votes announced. {listed(good)}."
        yield Passed(CHECK, len(good), says)


def _finding(votes: VoteSet, lacks: int) -> Finding:
    assert votes.valid is not None
    valid, total = int(votes.valid.value), votes.sum
    more = votes.ballots > valid
    if more and votes.a_ballot > 1:
        return _too_many(votes, valid)
    who = f"the {len(votes.votes)} choices that are given" if lacks else "all choices"
    apart = votes.valid.announcement != votes.name
    look = "Look for a misprinted figure: a digit more, less or swapped in one of the votes, or in the valid votes."
    return Finding(
        CHECK,
        "error" if more else "warning",
        votes.valid.where,
        f"The votes of {who} add up to {total:,}; the valid votes announced "
        f"{f'for the same time ({votes.valid.announcement})' if apart else 'with them'} are {valid:,}, "
        f"{abs(total - valid):,} {'fewer' if more else 'more'}.",
        {"sum_of_votes": total, "valid_votes": valid, "difference": total - valid},
        " + ".join(str(int(f.value)) for f in votes.votes.values()) + f" = {total}",
        sources_of(votes.rows),
        look if more else f"{look} Votes for names that are no choice of this record may be missing too.",
    )


def _too_many(votes: VoteSet, valid: int) -> Finding:
    assert votes.valid is not None
    least = votes.ballots
    most = max(int(figure.value) for figure in votes.votes.values())
    return Finding(
        CHECK,
        "error",
        votes.valid.where,
        f"{votes.name}: the votes of the choices add up to {votes.sum:,}, and one has {most:,}; with at most "
        f"{votes.a_ballot} votes on a ballot they take {least:,} ballots. The valid ones announced are {valid:,}, "
        f"{least - valid:,} fewer.",
        {"sum_of_votes": votes.sum, "ballots_needed": least, "valid_votes": valid, "difference": least - valid},
        f"{least} - {valid} = {least - valid}",
        sources_of(votes.rows),
        "Look for a misprinted figure, and how many choices a ballot could mark.",
    )
