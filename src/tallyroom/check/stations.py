"""Do the stations reporting fit the stations there are, and the share counted that was printed?"""

from __future__ import annotations

from collections.abc import Iterator

from tallyroom.check.announced import Announced
from tallyroom.check.figure import Figure, listed, percent
from tallyroom.check.findings import CannotCheck, Finding, Outcome, Passed, sources_of
from tallyroom.check.turnout import prints

__all__ = ["check"]

CHECK = "stations-reporting"


def check(announced: Announced) -> Iterator[Outcome]:
    """Stations reporting against all stations, and against each share counted given with them."""
    good = []
    for figure in announced.find("stations_reporting", when=lambda f: f.exact and not f.percent and not f.counted):
        totals = announced.stations(figure)
        if not totals:
            yield CannotCheck(CHECK, "how many stations there are", figure.where)
        elif figure.value > max(totals):
            yield _too_many(announced, figure, max(totals))
        else:
            good.append(f"{int(figure.value):,} of {max(totals):,}")
    if good:
        yield Passed(CHECK, len(good), f"No more stations reported than there are: {listed(good)}.")
    yield from _shares(announced)


def _too_many(announced: Announced, figure: Figure, total: int) -> Finding:
    count = int(figure.value)
    return Finding(
        CHECK,
        "error",
        figure.where,
        f"{announced.what(figure)}: {count:,} is {count - total:,} more than the {total:,} stations that there are.",
        {"reporting": count, "stations": total, "difference": count - total},
        f"{count} - {total} = {count - total}",
        sources_of([figure.row]),
        "Look whether stations were counted twice, or opened after the list was made.",
    )


def _shares(announced: Announced) -> Iterator[Outcome]:
    good = []
    for share in announced.find("share_counted", when=lambda f: f.exact and f.percent):
        if share.row["counted"] not in ("", "stations"):
            continue
        for count in announced.find("stations_reporting", announcement=share.announcement, place=share.place, at=share):
            turnout = count.row["subject"] == "turnout-reports" != share.row["subject"]
            if turnout or not count.exact or count.percent or count.counted:
                continue
            totals = announced.stations(share)
            fits = [t for t in totals if prints(count.value, t, share)]
            if fits:
                good.append(f"{int(count.value):,} of {fits[0]:,} are {share.row['value']} %")
            elif totals:
                yield _finding(announced, share, count, totals)
            else:
                yield CannotCheck("share-counted", "how many stations there are", share.where)
    if good:
        yield Passed("share-counted", len(good), f"The printed share counted is that of the stations: {listed(good)}.")


def _finding(announced: Announced, share: Figure, count: Figure, totals: list[int]) -> Finding:
    stations, total = int(count.value), totals[0]
    shares = announced.find("share_counted", place=share.place, when=lambda f: f.exact and f.percent)
    other = sorted((f for f in shares if prints(stations, total, f)), key=lambda f: -f.digits)
    hint = f" It fits the {other[0].row['value']} % of another announcement ({other[0].announcement})." if other else ""
    numbers: dict[str, int | str] = {
        "reporting": stations,
        "stations": total,
        "share": percent(stations, total, 3),
        "printed": share.row["value"],
    }
    if other:
        numbers["fits"] = other[0].row["value"]
    return Finding(
        "share-counted",
        "warning",
        share.where,
        f"{stations:,} of {total:,} stations are {percent(stations, total)} %, "
        f"not the {share.row['value']} % printed with it.{hint}",
        numbers,
        f"{stations} / {total} = {percent(stations, 100 * total, 5)}",
        sources_of([share.row, count.row, *(f.row for f in other[:1])]),
        "Look whether figures of two announcements stand together." if other else "Look at the first publication.",
    )
