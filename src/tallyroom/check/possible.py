"""Could these rounded shares all be true at once?

Decided exactly, not by a tolerance. With a known total the votes are whole numbers: each share
leaves a first and a last count that print as it, and some choice of counts must add up to the total.
Without one, the shares are any numbers that print so, and must be able to add up to 100. Tried for
rounding, for cutting off, and for the largest-remainder method, which makes shares add up to 100.
Where a ballot can give several votes, its shares need not make up 100, and nothing is asked here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor

from tallyroom.check.announced import Announced
from tallyroom.check.figure import Figure, Range, listed
from tallyroom.check.findings import CannotCheck, Finding, Outcome, Passed, sources_of
from tallyroom.record.contest import Contest
from tallyroom.tabulate.shares import decimal_text

__all__ = ["can_add_up", "can_be_largest_remainder", "check"]

CHECK = "shares-possible"


def can_add_up(ranges: Sequence[Range], total: int | None = None, complete: bool = True) -> bool:
    """Whether values in these ranges (percent, both ends given) can make up 100.

    total: the votes behind them, if known, so that each is a whole number of votes. complete: whether
    they are all there is; else they need only leave room for the rest.
    """
    if total is not None:
        counts = [_counts(r, total) for r in ranges]
        if any(low > high for low, high in counts):
            return False
        return sum(low for low, _ in counts) <= total and (not complete or sum(high for _, high in counts) >= total)
    none = Fraction(0)
    low, high, low_in, high_in = none, none, True, True
    for r in ranges:
        assert r.high is not None
        # No share is less than nothing: 0.00 is 0 to 0.005.
        least, least_in = (none, True) if r.low is None or r.low < 0 else (r.low, r.low_in)
        if r.high < least or (r.high == least and not (r.high_in and least_in)):
            return False
        low, high, low_in, high_in = low + least, high + r.high, low_in and least_in, high_in and r.high_in
    if low > 100 or (low == 100 and not low_in):
        return False
    return not complete or high > 100 or (high == 100 and high_in)


def _counts(r: Range, total: int) -> tuple[int, int]:
    """The first and the last count of votes whose share is in the range."""
    assert r.high is not None
    least, most = max(r.low or Fraction(0), Fraction(0)) * total / 100, r.high * total / 100
    first, last = ceil(least), floor(most)
    first += first == least and not r.low_in and r.low is not None and r.low >= 0
    last -= last == most and not r.high_in
    return first, last


def can_be_largest_remainder(shares: Sequence[Fraction], digits: int, total: int) -> bool:
    """Whether some votes of this total print as these shares by the largest-remainder method.

    A share is cut off, or that and one unit more, and those with more are those with the larger
    remainders. So there is a remainder r in [0, 1] such that each exact share, in units, is between
    share - 1 + r and share + r; only where such an end is a whole number of votes can a trial change.
    Raises ZeroDivisionError for no total.
    """
    steps = 100 * 10**digits
    units = [int(share * 10**digits) for share in shares]
    if any(unit != share * 10**digits for unit, share in zip(units, shares, strict=True)) or sum(units) != steps:
        return False
    if total >= 2 * steps:
        # Each range then holds a whole number on either side of its share of the total.
        return True
    width = Fraction(steps, total)
    trials = {Fraction(0), Fraction(1, 2), Fraction(1)}
    for unit in units:
        for count in range(floor((unit - 1) / width), ceil((unit + 1) / width) + 1):
            trials |= {r for end in (unit - 1, unit) if 0 <= (r := count * width - end) <= 1}
    return any(_remainder_fits(units, total, width, r) for r in trials)


def _remainder_fits(units: Sequence[int], total: int, width: Fraction, remainder: Fraction) -> bool:
    lows = [max(0, ceil((unit - 1 + remainder) / width)) for unit in units]
    highs = [floor((unit + remainder) / width) for unit in units]
    if remainder == 1:
        # A remainder of a whole unit is none: those shares would have been printed one higher.
        highs = [h - 1 if h * width == unit + 1 else h for unit, h in zip(units, highs, strict=True)]
    if remainder == 0:
        # One unit more than the share that is cut off, for no remainder at all, is not given.
        lows = [low + 1 if low * width == unit - 1 else low for unit, low in zip(units, lows, strict=True)]
    fits = all(low <= high for low, high in zip(lows, highs, strict=True))
    return fits and sum(lows) <= total <= sum(highs)


def check(announced: Announced) -> Iterator[Outcome]:
    """One answer for each announcement of shares."""
    good = []
    for contest, shares in announced.share_sets:
        if len(shares) < 2 or contest.votes_a_ballot > 1:
            continue
        complete = contest.shares_of == "valid" and set(shares) >= {c.id for c in contest.choices}
        digits = max(figure.digits for figure in shares.values())
        total = _total(announced, contest, next(iter(shares.values())))
        printed = sum((figure.value for figure in shares.values()), Fraction(0))
        if _possible(list(shares.values()), digits, total, complete):
            name = next(iter(shares.values())).announcement
            good.append(f"{name}: {decimal_text(printed, digits)}{'' if complete else ' (not all choices)'}")
        elif (lacks := announced.not_all(contest, "shares", len(shares))) and _possible(
            list(shares.values()), digits, total, complete=False
        ):
            yield CannotCheck(CHECK, lacks, next(iter(shares.values())).where)
        else:
            yield _finding(announced, contest, shares, digits, printed, total)
    if good:
        says = f"The printed shares can all be true at once. They add up to: {listed(good)}."
        yield Passed(CHECK, len(good), says)


def _possible(shares: Sequence[Figure], digits: int, total: int | None, complete: bool) -> bool:
    """Tried at the decimals of all, so that 2 beside 92.05 is 2.00, and at each one's own."""
    ways = [
        [figure.rounding(digits) for figure in shares],
        [figure.truncation(digits) for figure in shares],
        [figure.rounding() for figure in shares],
        [figure.truncation() for figure in shares],
    ]
    if any(can_add_up(ranges, total, complete) for ranges in ways):
        return True
    values = [figure.value for figure in shares]
    if not complete or sum(values) != 100:
        return False
    return total is None or can_be_largest_remainder(values, digits, total)


def _total(announced: Announced, contest: Contest, share: Figure) -> int | None:
    if contest.shares_of != "valid":
        return None
    for figure in announced.find("valid_votes", announcement=share.announcement, place=share.place, at=share):
        same = figure.contest == contest.id and figure.plain and figure.exact and not figure.percent
        if same and figure.value:
            return int(figure.value)
    return None


def _finding(
    announced: Announced,
    contest: Contest,
    shares: Mapping[str, Figure],
    digits: int,
    printed: Fraction,
    total: int | None,
) -> Finding:
    figures = list(shares.values())
    all_of = "all choices" if len(shares) == len(contest.choices) else f"{len(shares)} choices"
    over = f" of {total:,} valid votes" if total else ""
    gap = abs(printed - 100)
    spread = Fraction(len(shares), 2 * 10**digits)
    why = f"rounding {len(shares)} shares can move their sum by at most {decimal_text(spread, digits + 1)}"
    if gap <= spread:
        cannot = [_none_prints(figure, digits, total) for figure in figures if total]
        why = next((text for text in cannot if text), "no whole numbers of votes print as all of them")
    # A record made of a few documents may not know every choice; then nothing is wrong with too small a sum.
    unless = ", if these are all the choices" if printed < 100 else ""
    return Finding(
        CHECK,
        "error",
        figures[0].where,
        f"{figures[0].announcement}: the shares of {all_of}{over} add up to {decimal_text(printed, digits)}. "
        f"They cannot all be true at once{unless}: {why}.",
        {
            "sum_of_shares": decimal_text(printed, digits),
            "shares": len(shares),
            **({"valid_votes": total} if total else {}),
        },
        " + ".join(figure.row["value"] for figure in figures) + f" = {decimal_text(printed, digits)}",
        sources_of(figure.row for figure in figures),
        "Look for a misprinted share, or for a choice that is missing from the list.",
    )


def _none_prints(figure: Figure, digits: int, total: int) -> str:
    """Which share no whole number of votes prints as, rounded or cut off; empty where one does."""
    for r in (figure.rounding(digits), figure.truncation(digits)):
        first, last = _counts(r, total)
        if first <= last:
            return ""
    return f"no number of votes out of {total:,} prints as {figure.row['value']} %"
