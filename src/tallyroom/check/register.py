"""Is any announced count of voters or votes larger than the register? Do the ballots printed reach it?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tallyroom.check.announced import Announced, Figure, percent, said
from tallyroom.check.findings import CannotCheck, Finding, Outcome, Passed, at_row, sources_of
from tallyroom.check.turnout import prints, share_with, slips

__all__ = ["check"]

CHECK = "more-than-register"
_COUNTS = ("turnout_count", "valid_votes", "invalid_votes", "candidate_votes")


def check(announced: Announced) -> Iterator[Outcome]:
    """One finding for each count beyond every register announced, and one answer for the ballots printed."""
    looked, lacking = 0, []
    for figure in announced.find(*_COUNTS, when=lambda f: f.exact and not f.percent):
        registers = list(announced.totals("registered_voters", figure.place))
        if not registers:
            lacking.append(figure)
        elif figure.value > max(registers):
            yield _finding(announced, figure, registers)
        else:
            looked += 1
    if looked:
        yield Passed(CHECK, looked, "No other announced count of voters or votes is larger than the register.")
    if lacking:
        yield CannotCheck(CHECK, "registered voters of the place", at_row(lacking[0].row), len(lacking))
    yield from _ballots(announced)


def _finding(announced: Announced, figure: Figure, registers: Sequence[int]) -> Finding:
    count, register = int(figure.value), registers[0]
    share = share_with(announced, figure)
    likely = [(n, how) for n, how in slips(count).items() if share and any(prints(n, r, share) for r in registers)]
    times = percent(count, 100 * register, 0)
    says = f"{count:,} is more than the register of {register:,}, by {count - register:,}."
    if count >= 2 * register:
        says = f"{count:,} is {int(times):,} times the register of {register:,}."
    numbers: dict[str, int | str] = {"count": count, "registered": register, "difference": count - register}
    if likely and share:
        says += f" {likely[0][0]:,} ({likely[0][1]}) fits the {share.row['value']} % printed with it."
        numbers["fits"] = likely[0][0]
    rows = [figure.row] + ([share.row] if share else [])
    return Finding(
        CHECK,
        "error",
        at_row(figure.row),
        f"{_MEASURED[figure.measure]}: {says}",
        numbers,
        f"{count} / {register} = {percent(count, 100 * register)}",
        sources_of(rows),
        "Look at the first publication of the count." + (f" It may be {likely[0][0]:,}." if likely else ""),
    )


_MEASURED = {
    "turnout_count": "Voters",
    "valid_votes": "Valid votes",
    "invalid_votes": "Invalid votes",
    "candidate_votes": "Votes for one choice",
}


def _ballots(announced: Announced) -> Iterator[Outcome]:
    for figure in [f for f in announced.figures if f.measure == "ballots_printed" and f.exact]:
        for register, figures in list(announced.totals("registered_voters", figure.place).items())[:1]:
            more = int(figure.value) - register
            if more >= 0:
                says = f"{said(figure)} ballots are {more:,} more than the register of {register:,}"
                yield Passed("ballots-printed", 1, f"{says} ({percent(more, register)} %).")
            else:
                yield Finding(
                    "ballots-printed",
                    "notice",
                    at_row(figure.row),
                    f"{said(figure)} ballots are {-more:,} fewer than the register of {register:,}.",
                    {"ballots": int(figure.value), "registered": register, "difference": more},
                    f"{int(figure.value)} - {register} = {more}",
                    sources_of([figure.row, *(f.row for f in figures)]),
                    "Look whether ballots were printed in several orders.",
                )
