"""Is any announced count of voters or votes larger than the register? Do the ballots printed reach it?

For the whole election that cannot be. At one place it can, where voters are added to the list on the
day or may vote away from home.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tallyroom.check.announced import Announced
from tallyroom.check.figure import Figure, percent, said
from tallyroom.check.findings import CannotCheck, Finding, Outcome, Passed, sources_of
from tallyroom.check.turnout import prints, slips

__all__ = ["check"]

CHECK = "more-than-register"
_COUNTS = ("turnout_count", "valid_votes", "invalid_votes", "candidate_votes")
_LOOK_AT_A_PLACE = "Look whether voters were added to the list on the day, or voted there away from home."


def check(announced: Announced) -> Iterator[Outcome]:
    """One finding for each count beyond every register announced, and one answer for the ballots printed."""
    looked, over = 0, 0
    for figure in announced.find(*_COUNTS, when=lambda f: f.exact and not f.percent):
        registers = announced.totals("registered_voters", figure.place, figure.contest)
        if not registers:
            yield CannotCheck(CHECK, "registered voters of the place", figure.where)
        elif figure.value > max(registers):
            over += 1
            yield _finding(announced, figure, list(registers))
        else:
            looked += 1
    for share in announced.find("turnout_share", when=lambda f: f.exact and f.percent and f.value > 100):
        yield _over_100(announced, share)
    if looked:
        no = "No other" if over else "No"
        yield Passed(CHECK, looked, f"{no} announced count of voters or votes is larger than the register.")
    yield from _ballots(announced)


def _finding(announced: Announced, figure: Figure, registers: Sequence[int]) -> Finding:
    count, register = int(figure.value), registers[0]
    share = announced.given_with(figure, "turnout_share") if figure.measure == "turnout_count" else None
    likely = [(n, how) for n, how in slips(count).items() if share and any(prints(n, r, share) for r in registers)]
    says = f"{count:,} is {count - register:,} more than the register of {register:,}."
    if register and count >= 2 * register:
        times = percent(count, 100 * register, 0 if count >= 10 * register else 1)
        says = f"{count:,} is {times} times the register of {register:,}."
    numbers: dict[str, int | str] = {"count": count, "registered": register, "difference": count - register}
    if likely and share:
        fit = percent(likely[0][0], next(r for r in registers if prints(likely[0][0], r, share)), share.digits + 2)
        says += f" {likely[0][0]:,} ({likely[0][1]}) is {fit} %, which fits the {share.row['value']} % printed with it."
        numbers["fits"] = likely[0][0]
    look = "Look at the first publication of the count." + (f" It may be {likely[0][0]:,}." if likely else "")
    return Finding(
        CHECK,
        "warning" if figure.place else "error",
        figure.where,
        f"{announced.what(figure)}: {says}",
        numbers,
        f"{count} / {register} = {percent(count, 100 * register)}" if register else f"{count} - 0 = {count}",
        sources_of([figure.row] + ([share.row] if share else [])),
        _LOOK_AT_A_PLACE if figure.place else look,
    )


def _over_100(announced: Announced, share: Figure) -> Finding:
    return Finding(
        CHECK,
        "error" if share.plain and not share.place else "warning",
        share.where,
        f"{announced.what(share)}: {said(share)} of the registered voters is more than all of them.",
        {"turnout": share.row["value"]},
        "",
        sources_of([share.row]),
        "Look at the first publication of the turnout."
        if share.plain and not share.place
        else f"Look of whom the percentage is. {_LOOK_AT_A_PLACE}",
    )


def _ballots(announced: Announced) -> Iterator[Outcome]:
    # What was ordered is what was to be printed, so planned figures count here.
    for figure in [f for f in announced.figures if f.measure == "ballots_printed" and f.exact and f.plain]:
        if figure.percent:
            continue
        registers = announced.registers(figure)
        if not registers:
            yield CannotCheck("ballots-printed", "registered voters of the place", figure.where)
            continue
        register, more = registers[0], int(figure.value) - registers[0]
        if more >= 0:
            says = f"{said(figure)} ballots are {more:,} more than the register of {register:,}"
            yield Passed("ballots-printed", 1, f"{says} ({percent(more, register)} %).")
        else:
            yield Finding(
                "ballots-printed",
                "notice",
                figure.where,
                f"{said(figure)} ballots are {-more:,} fewer than the register of {register:,}.",
                {"ballots": int(figure.value), "registered": register, "difference": more},
                f"{int(figure.value)} - {register} = {more}",
                sources_of(
                    [figure.row, *(f.row for f in announced.totals("registered_voters", figure.place)[register])]
                ),
                "Look whether ballots were printed in several orders.",
            )
