"""Do a count and a percentage of one thing agree? A thousand webcams, and webcams at 20 % of the stations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from tallyroom.check.announced import Announced
from tallyroom.check.figure import Figure, percent
from tallyroom.check.findings import CannotCheck, Finding, Outcome, Passed, sources_of
from tallyroom.check.turnout import prints
from tallyroom.record.rows import Row

__all__ = ["check"]

CHECK = "count-and-percent"


def check(announced: Announced) -> Iterator[Outcome]:
    """One answer for each pair of a count and a percentage of the stations."""
    shares: dict[object, dict[Fraction, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    counts: dict[object, dict[Fraction, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for figure in announced.find("webcams", when=lambda f: f.exact):
        (shares if figure.percent else counts)[figure.thing[:-1]][figure.value].append(figure)
    for of_all, numbers in (
        (s, c) for thing in shares if thing in counts for s in shares[thing].values() for c in counts[thing].values()
    ):
        share, count = of_all[0], numbers[0]
        totals = announced.stations(share)
        if not totals:
            yield CannotCheck(CHECK, "how many stations there are", share.where)
        elif any(prints(count.value, total, share) for total in totals):
            fits = next(total for total in totals if prints(count.value, total, share))
            yield Passed(CHECK, 1, f"{int(count.value):,} stations are {share.row['value']} % of {fits:,}.")
        else:
            yield _finding(share, count, totals, [f.row for f in (*of_all, *numbers)])


def _finding(share: Figure, count: Figure, totals: list[int], rows: list[Row]) -> Finding:
    of = " and ".join(f"{percent(count.value, total, 1)} % of {total:,}" for total in totals)
    would = " or ".join(f"{int(percent(share.value * total, 10_000, 0)):,}" for total in totals)
    return Finding(
        CHECK,
        "warning",
        share.where,
        f"Stations with webcams: {int(count.value):,} and {share.row['value']} % were given; "
        f"{int(count.value):,} are {of}; {share.row['value']} % would be {would}.",
        {
            "count": int(count.value),
            "printed": share.row["value"],
            **{f"share_of_{total}": percent(count.value, total, 1) for total in totals},
        },
        "; ".join(f"{int(count.value)} / {total} = {percent(count.value, 100 * total, 4)}" for total in totals),
        sources_of(rows),
        "Look what the percentage was taken of.",
    )
