"""Do a count and a percentage of one thing agree? A thousand webcams, and webcams at 20 % of the stations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tallyroom.check.announced import Announced, Figure, percent
from tallyroom.check.findings import CannotCheck, Finding, Outcome, Passed, at_row, sources_of
from tallyroom.check.turnout import prints
from tallyroom.record.rows import Row

__all__ = ["check"]

CHECK = "count-and-percent"


def check(announced: Announced) -> Iterator[Outcome]:
    """One answer for each pair of a count and a percentage of the stations."""
    figures = announced.find("webcams", when=lambda f: f.exact)
    pairs: dict[tuple[object, ...], list[tuple[Figure, Figure]]] = defaultdict(list)
    for share in [f for f in figures if f.percent]:
        for count in [f for f in figures if not f.percent and f.thing[:-1] == share.thing[:-1]]:
            pairs[(*share.thing, share.value, count.value)].append((share, count))
    for same in pairs.values():
        share, count = same[0]
        totals = list(announced.totals("polling_stations", share.place))
        if not totals:
            yield CannotCheck(CHECK, "how many stations there are", at_row(share.row))
        elif any(prints(count.value, total, share) for total in totals):
            yield Passed(CHECK, 1, f"{int(count.value):,} stations are {share.row['value']} % of {totals[0]:,}.")
        else:
            yield _finding(share, count, totals, [f.row for pair in same for f in pair])


def _finding(share: Figure, count: Figure, totals: list[int], rows: list[Row]) -> Finding:
    of = "; ".join(f"{percent(count.value, total, 1)} % of {total:,}" for total in totals)
    would = " or ".join(f"{int(percent(share.value * total, 10_000, 0)):,}" for total in totals)
    return Finding(
        CHECK,
        "warning",
        at_row(share.row),
        f"Stations with webcams: {int(count.value):,} and {share.row['value']} % were given; "
        f"{int(count.value):,} is {of}. "
        f"{share.row['value']} % would be {would}.",
        {
            "count": int(count.value),
            "printed": share.row["value"],
            **{f"share_of_{total}": percent(count.value, total, 1) for total in totals},
        },
        "; ".join(f"{int(count.value)} / {total} = {percent(count.value, 100 * total, 4)}" for total in totals),
        sources_of(rows),
        "Look what the percentage was taken of.",
    )
