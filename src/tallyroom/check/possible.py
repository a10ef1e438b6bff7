"""Could these rounded shares all be true at once?

Decided exactly, not by a tolerance. With a known total the votes are whole numbers: each share
leaves a first and a last count that print as it, and some choice of counts must add up to the total.
Without one, the shares are any numbers that print so, and must be able to add up to 100. Tried for
rounding, and for cutting off.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import ceil, floor

from tallyroom.check.announced import Announced, Figure, Range
from tallyroom.check.findings import Finding, Outcome, Passed, at_row, sources_of
from tallyroom.record.definition import Contest
from tallyroom.tabulate.shares import decimal_text

__all__ = ["can_add_up", "check"]

CHECK = "shares-possible"


def can_add_up(ranges: list[Range], total: int | None = None, complete: bool = True) -> bool:
    """Whether values in these ranges (percent, both ends given) can make up 100.

    total: the votes behind them, if known, so that each is a whole number of votes. complete: whether
    they are all there is; else they need only leave room for the rest.
    """
    if total is not None:
        lows = [_first_count(r, total) for r in ranges]
        highs = [_last_count(r, total) for r in ranges]
        if any(low > high for low, high in zip(lows, highs, strict=True)):
            return False
        return sum(lows) <= total and (not complete or sum(highs) >= total)
    low = sum((r.low or Fraction(0) for r in ranges), Fraction(0))
    high = sum((r.high or Fraction(0) for r in ranges), Fraction(0))
    low_in, high_in = all(r.low_in for r in ranges), all(r.high_in for r in ranges)
    if low > 100 or (low == 100 and not low_in):
        return False
    return not complete or high > 100 or (high == 100 and high_in)


def _first_count(r: Range, total: int) -> int:
    least = max(r.low or Fraction(0), Fraction(0)) * total / 100
    count = ceil(least)
    return count + 1 if count == least and not r.low_in else count


def _last_count(r: Range, total: int) -> int:
    most = (r.high or Fraction(0)) * total / 100
    count = floor(most)
    return count - 1 if count == most and not r.high_in else count


def check(announced: Announced) -> Iterator[Outcome]:
    """One answer for each announcement of shares."""
    good = []
    for contest, shares in announced.share_sets():
        if len(shares) < 2:
            continue
        complete = contest.shares_of == "valid" and set(shares) == {c.id for c in contest.choices}
        digits = max(figure.digits for figure in shares.values())
        total = _total(announced, contest, next(iter(shares.values())))
        printed = sum((figure.value for figure in shares.values()), Fraction(0))
        rounding = [figure.rounding(digits) for figure in shares.values()]
        cutting = [figure.truncation(digits) for figure in shares.values()]
        made_up = printed == 100 and complete
        if can_add_up(rounding, total, complete) or can_add_up(cutting, total, complete) or made_up:
            said = f"{next(iter(shares.values())).row['announcement']}: {decimal_text(printed, digits)}"
            good.append(said)
        else:
            yield _finding(contest, shares, digits, printed, total)
    if good:
        yield Passed(CHECK, len(good), f"The printed shares can all be true at once; they add up to {'; '.join(good)}.")


def _total(announced: Announced, contest: Contest, share: Figure) -> int | None:
    if contest.shares_of != "valid":
        return None
    for figure in announced.find("valid_votes"):
        same = figure.row["announcement"] == share.row["announcement"] and figure.contest == contest.id
        if same and figure.exact and figure.place == share.place and figure.same_time(share):
            return int(figure.value)
    return None


def _finding(
    contest: Contest, shares: Mapping[str, Figure], digits: int, printed: Fraction, total: int | None
) -> Finding:
    rows = [figure.row for figure in shares.values()]
    all_of = "all choices" if len(shares) == len(contest.choices) else f"{len(shares)} choices"
    spread = Fraction(len(shares), 2 * 10**digits)
    over = f" of {total:,} valid votes" if total else ""
    return Finding(
        CHECK,
        "error",
        at_row(rows[0]),
        f"The shares of {all_of}{over} add up to {decimal_text(printed, digits)}. No votes give all of them at once: "
        f"rounding {len(shares)} shares can move their sum by at most {decimal_text(spread, digits + 1)}.",
        {
            "sum_of_shares": decimal_text(printed, digits),
            "shares": len(shares),
            **({"valid_votes": total} if total else {}),
        },
        " + ".join(figure.row["value"] for figure in shares.values()) + f" = {decimal_text(printed, digits)}",
        sources_of(rows),
        "Look for a misprinted share, or for a choice that is missing from the list.",
    )
