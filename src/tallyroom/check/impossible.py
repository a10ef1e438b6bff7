"""Is an announced figure something that a figure of its kind can be at all?

A count is a whole number of 0 or more, and a share of a whole is at most 100 %. What is not has
most likely been entered or printed wrongly. No other check looks at it, so that one slip is one finding.
"""

from __future__ import annotations

from collections.abc import Iterator

from tallyroom.check.announced import Announced
from tallyroom.check.findings import Finding, Outcome, Passed, Where, sources_of

__all__ = ["check"]

CHECK = "impossible-figure"
_LONGEST = 60


def check(announced: Announced) -> Iterator[Outcome]:
    """One finding for each row that can be no figure."""
    for row, why in announced.set_aside:
        value = row["value"] if len(row["value"]) <= _LONGEST else f"{row['value'][:_LONGEST]}…"
        what = row["measure"].replace("_", " ").capitalize()
        yield Finding(
            CHECK,
            "error",
            Where(row.file, row.line, contest=row["contest"]),
            f"{what}: {value}{' %' if row['unit'] == 'percent' else ''} cannot be: {why}.",
            {"value": value},
            "",
            sources_of([row]),
            "Look at the source: the figure, its decimal point and its unit.",
        )
    if announced.figures:
        every = "Every other" if announced.set_aside else "Every"
        says = (
            f"{every} announced figure is possible for what it measures: counts are whole numbers, shares within 100 %."
        )
        yield Passed(CHECK, len(announced.figures), says)
