"""Does each printed share fit its votes, under rounding, truncation or the largest-remainder method?

A share is tried at the decimals of its announcement, so that `2` beside `92.05` is 2.00, and, where
that fails, at its own. Largest remainder: all shares cut off, then the last unit given to the largest
remainders until they add up to 100 (Hamilton's method, here over hundredths instead of seats).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from tallyroom.check.announced import Announced, Figure, VoteSet, percent
from tallyroom.check.findings import CannotCheck, Case, Finding, Outcome, Passed, at_row, sources_of
from tallyroom.record.definition import Contest
from tallyroom.tabulate.shares import decimal_text

__all__ = ["check", "largest_remainder"]

CHECK = "shares-of-votes"


def largest_remainder(votes: Mapping[str, int], digits: int) -> dict[str, Fraction]:
    """Shares in percent that add up to exactly 100 at this many decimals: choice → share.

    Equal remainders are served in the order of more votes, then of the choices given.
    """
    total, steps = sum(votes.values()), 100 * 10**digits
    cut = {choice: divmod(count * steps, total) for choice, count in votes.items()}
    left = steps - sum(whole for whole, _ in cut.values())
    order = sorted(votes, key=lambda choice: (-cut[choice][1], -votes[choice]))
    return {c: Fraction(cut[c][0] + (c in order[:left]), 10**digits) for c in votes}


def check(announced: Announced) -> Iterator[Outcome]:
    """One answer for each announcement of shares and each set of votes of the same moment."""
    for contest, shares in announced.share_sets():
        first = next(iter(shares.values()))
        same = [v for v in announced.vote_sets if v.first.contest == contest.id and _together(first, v)]
        own = [v for v in same if v.name == first.row["announcement"]]
        if not same:
            yield CannotCheck(CHECK, "the votes behind the shares, which are not announced", at_row(first.row))
        for votes in own or same:
            base = _base(announced, contest, votes)
            if base:
                yield _compare(announced, shares, votes, base)
            else:
                yield CannotCheck(CHECK, f"the {contest.shares_of} figure that shares are of", at_row(first.row))


def _together(share: Figure, votes: VoteSet) -> bool:
    return share.place == votes.first.place and share.same_time(votes.first)


def _base(announced: Announced, contest: Contest, votes: VoteSet) -> int | None:
    """What the contest's shares are of, as announced with the votes or at the same time."""
    if contest.shares_of == "valid":
        return int(votes.valid.value) if votes.valid else votes.sum
    place = votes.first.place
    if contest.shares_of == "registered":
        return next(iter(announced.totals("registered_voters", place)), None)
    cast = announced.find("turnout_count", when=lambda f: f.exact and f.place == place and f.same_time(votes.first))
    return int(cast[0].value) if cast else None


def _compare(announced: Announced, shares: Mapping[str, Figure], votes: VoteSet, total: int) -> Outcome:
    digits = max(figure.digits for figure in shares.values())
    counts = {choice: int(figure.value) for choice, figure in votes.votes.items()}
    exact = {choice: Fraction(100 * counts[choice], total) for choice in shares}
    odd_rounded = [c for c, share in exact.items() if not _rounds(shares[c], share, digits)]
    odd_cut = [c for c, share in exact.items() if not _cuts(shares[c], share, digits)]
    name, names = votes.name, announced.record.name_of
    where = f"{next(iter(shares.values())).row['announcement']}" + (f", over the votes of {name}" if name else "")
    printed_sum = sum((figure.value for figure in shares.values()), Fraction(0))
    adds = f" They add up to {decimal_text(printed_sum, digits)}." if len(shares) == len(counts) > 1 else ""
    if not odd_rounded:
        return Passed(CHECK, len(shares), f"{where}: each share is correctly rounded from its votes.{adds}")
    if not odd_cut:
        return Passed(CHECK, len(shares), f"{where}: each share is its votes' share, cut off (not rounded).{adds}")
    remainder = largest_remainder(counts, digits)
    explained = total == votes.sum and all(remainder[c] == figure.value for c, figure in shares.items())
    odd = [c for c in odd_rounded if c in odd_cut] or odd_rounded
    cases = tuple(
        Case(
            at_row(shares[c].row),
            f"{names(c)}: {shares[c].row['value']} printed for {counts[c]:,} votes of {total:,}, "
            f"which is {percent(counts[c], total, digits + 2)}.",
            {"votes": counts[c], "of": total, "printed": shares[c].row["value"], "share": percent(counts[c], total, 6)},
        )
        for c in odd
    )
    one = cases[0].says if len(cases) == 1 else f"{len(cases)} of {len(shares)} shares differ from their votes."
    if explained:
        tail = (
            f"The largest-remainder method to 100.{'0' * digits} explains all {len(shares)}; plain rounding does not, "
            "and neither does cutting off."
        )
        look = (
            "Whoever printed the shares made them add up to 100. Compare shares from here with rounded ones with care."
        )
    else:
        tail = "Neither rounding, nor cutting off, nor the largest-remainder method gives the shares as printed."
        look = "Look whether the shares were worked out over another total, or from an earlier state of the count."
    return Finding(
        CHECK,
        "notice" if explained else "warning",
        cases[0].where,
        f"{where}: {one} {tail}{adds}",
        {"fit_rounding": len(shares) - len(odd_rounded), "fit_truncation": len(shares) - len(odd_cut)}
        | {"fit_largest_remainder": sum(remainder[c] == f.value for c, f in shares.items()), "shares": len(shares)}
        | dict(cases[0].numbers if len(cases) == 1 else {}),
        "; ".join(f"100 * {counts[c]} / {total} = {percent(counts[c], total, digits + 4)}" for c in odd),
        sources_of([*(shares[c].row for c in odd), *votes.rows]),
        look,
        cases,
    )


def _rounds(figure: Figure, share: Fraction, digits: int) -> bool:
    return share in figure.rounding(digits) or share in figure.rounding()


def _cuts(figure: Figure, share: Fraction, digits: int) -> bool:
    return share in figure.truncation(digits) or share in figure.truncation()
