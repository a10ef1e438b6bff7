"""Does each printed share fit its votes, under rounding, truncation or the largest-remainder method?

A share is tried at the decimals of its announcement, so that `2` beside `92.05` is 2.00, and, where
that fails, at its own. Largest remainder: all shares cut off, then the last unit given to the largest
remainders until they add up to 100 (Hamilton's method, here over hundredths instead of seats).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction

from tallyroom.check.announced import Announced, VoteSet
from tallyroom.check.figure import Figure, listed, percent
from tallyroom.check.findings import CannotCheck, Case, Finding, Outcome, Passed, sources_of
from tallyroom.record.contest import Contest
from tallyroom.tabulate.shares import decimal_text

__all__ = ["check", "largest_remainder"]

CHECK = "shares-of-votes"


def largest_remainder(votes: Mapping[str, int], digits: int) -> dict[str, Fraction]:
    """Shares in percent that add up to exactly 100 at this many decimals: choice → share.

    Equal remainders are served in the order of more votes, then of the choices given.
    Raises ZeroDivisionError where there are no votes.

    Source: Balinski and Young, Fair Representation (1982), chapter 3, on Hamilton's method.
    """
    total, steps = sum(votes.values()), 100 * 10**digits
    cut = {choice: divmod(count * steps, total) for choice, count in votes.items()}
    left = steps - sum(whole for whole, _ in cut.values())
    order = sorted(votes, key=lambda choice: (-cut[choice][1], -votes[choice]))
    return {c: Fraction(cut[c][0] + (c in order[:left]), 10**digits) for c in votes}


_ROUNDED = "Each share is correctly rounded from its votes"
_CUT = "Each share is its votes' share, cut off (not rounded)"


def check(announced: Announced) -> Iterator[Outcome]:
    """One answer for what is rounded, one for what is cut off, and one for each set of shares that is neither."""
    good: dict[str, list[tuple[int, str]]] = {_ROUNDED: [], _CUT: []}
    sets = defaultdict(list)
    for given in announced.vote_sets:
        sets[given.first.contest, given.first.place].append(given)
    for contest, shares in announced.share_sets:
        first = next(iter(shares.values()))
        same = [v for v in sets[contest.id, first.place] if first.same_time(v.first)]
        own = [v for v in same if v.name == first.announcement]
        if not same:
            yield CannotCheck(CHECK, "the votes behind the shares, which are not announced", first.where)
        for votes in own or same:
            base = _base(announced, contest, votes)
            if not base or not votes.sum:
                lacks = f"the {contest.shares_of} figure that the shares are of" if not base else "any votes but zero"
                yield CannotCheck(CHECK, lacks, first.where)
                continue
            answer = _compare(announced, shares, votes, base)
            if isinstance(answer, Finding):
                lacks = announced.not_all(contest, "votes", len(votes.votes))
                known = votes.valid or contest.shares_of != "valid" or not lacks
                yield answer if known else CannotCheck(CHECK, lacks, first.where)
            else:
                good[answer].append((len(shares), _said(shares, votes)))
    for how, named in good.items():
        if named:
            yield Passed(CHECK, sum(n for n, _ in named), f"{how}: {listed([name for _, name in named])}.")


def _base(announced: Announced, contest: Contest, votes: VoteSet) -> int | None:
    """What the contest's shares are of, as announced with the votes or at the same time."""
    first = votes.first
    if contest.shares_of == "valid":
        if votes.valid is None and contest.votes_a_ballot > 1:
            return None  # shares of ballots or of votes: nobody can say
        return int(votes.valid.value) if votes.valid else votes.sum
    if contest.shares_of == "registered":
        return next(iter(announced.registers(first)), None)
    cast = announced.find(
        "turnout_count",
        place=first.place,
        at=first,
        when=lambda f: f.exact and f.plain and not f.percent and f.contest in ("", first.contest),
    )
    return int(cast[0].value) if cast else None


def _said(shares: Mapping[str, Figure], votes: VoteSet) -> str:
    """Which shares over which votes, and what they add up to where they are all."""
    name = next(iter(shares.values())).announcement
    over = "" if name == votes.name else f" over the votes of {votes.name}"
    if len(shares) < len(votes.votes) or len(shares) == 1:
        return f"{name}{over} ({len(shares)} of {len(votes.votes)})"
    digits = max(figure.digits for figure in shares.values())
    return f"{name}{over} (sum {decimal_text(sum((f.value for f in shares.values()), Fraction(0)), digits)})"


def _compare(announced: Announced, shares: Mapping[str, Figure], votes: VoteSet, total: int) -> Finding | str:
    """The method that gives the shares as printed; a finding where that is neither rounding nor cutting off."""
    digits = max(figure.digits for figure in shares.values())
    counts = {choice: int(figure.value) for choice, figure in votes.votes.items()}
    exact = {choice: Fraction(100 * counts[choice], total) for choice in shares if choice in counts}
    odd_rounded = [c for c, share in exact.items() if not _rounds(shares[c], share, digits)]
    odd_cut = [c for c, share in exact.items() if not _cuts(shares[c], share, digits)]
    if not odd_rounded:
        return _ROUNDED
    if not odd_cut:
        return _CUT
    names = announced.record.name_of
    remainder = largest_remainder(counts, digits)
    explained = total == votes.sum and all(remainder[c] == shares[c].value for c in exact)
    odd = [c for c in odd_rounded if c in odd_cut] or odd_rounded
    cases = tuple(
        Case(
            shares[c].where,
            f"{names(c)}: {shares[c].row['value']} % is printed for {counts[c]:,} votes of {total:,}, "
            f"which are {percent(counts[c], total, digits + 2)} %.",
            {"votes": counts[c], "of": total, "printed": shares[c].row["value"], "share": percent(counts[c], total, 6)},
        )
        for c in odd
    )
    name = next(iter(shares.values())).announcement
    over = "" if name == votes.name else f", over the votes of {votes.name}"
    one = cases[0].says if len(cases) == 1 else f"{len(cases)} of {len(shares)} shares differ from their votes."
    printed = sum((figure.value for figure in shares.values()), Fraction(0))
    adds = f" The shares add up to {decimal_text(printed, digits)}." if len(shares) == len(counts) > 1 else ""
    if explained:
        tail = (
            f"Neither rounding nor cutting off gives this; the largest-remainder method to 100{_zeros(digits)} gives "
            f"all {len(shares)} shares as printed."
        )
        look = "The shares were made to add up to 100. Beside shares that are rounded, the last digit may differ."
    else:
        tail = "Neither rounding, nor cutting off, nor the largest-remainder method gives the shares as printed."
        look = "Look whether the shares were worked out over another total, or from an earlier state of the count."
    return Finding(
        CHECK,
        "notice" if explained else "warning",
        cases[0].where,
        f"{name}{over}: {one} {tail}{adds}",
        {"fit_rounding": len(exact) - len(odd_rounded), "fit_truncation": len(exact) - len(odd_cut)}
        | {"fit_largest_remainder": sum(remainder[c] == shares[c].value for c in exact), "shares": len(shares)}
        | dict(cases[0].numbers if len(cases) == 1 else {}),
        "; ".join(f"100 * {counts[c]} / {total} = {percent(counts[c], total, digits + 4)}" for c in odd),
        sources_of([*(shares[c].row for c in odd), *votes.rows]),
        look,
        cases if len(cases) > 1 else (),
    )


def _zeros(digits: int) -> str:
    return f".{'0' * digits}" if digits else ""


def _rounds(figure: Figure, share: Fraction, digits: int) -> bool:
    return share in figure.rounding(digits) or share in figure.rounding()


def _cuts(figure: Figure, share: Fraction, digits: int) -> bool:
    return share in figure.truncation(digits) or share in figure.truncation()
