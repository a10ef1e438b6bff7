"""Do the stations reporting fit the stations there are, and the share counted that was printed?"""

from __future__ import annotations

from collections.abc import Iterator

from tallyroom.check.announced import Announced, Figure, percent
from tallyroom.check.findings import CannotCheck, Finding, Outcome, Passed, at_row, sources_of
from tallyroom.check.turnout import prints

__all__ = ["check"]

CHECK = "stations-reporting"


def check(announced: Announced) -> Iterator[Outcome]:
    """Stations reporting against all stations, and against each share counted given with them."""
    good = []
    for figure in announced.find("stations_reporting", when=lambda f: f.exact and not f.percent):
        totals = list(announced.totals("polling_stations", figure.place))
        if not totals:
            yield CannotCheck(CHECK, "how many stations there are", at_row(figure.row))
        elif figure.value > max(totals):
            yield _too_many(figure, max(totals))
        else:
            good.append(f"{int(figure.value):,}")
    if good:
        yield Passed(CHECK, len(good), f"No more stations reported than there are: {', '.join(good)}.")
    yield from _shares(announced)


def _too_many(figure: Figure, total: int) -> Finding:
    count = int(figure.value)
    return Finding(
        CHECK,
        "error",
        at_row(figure.row),
        f"{count:,} stations reported, and there are {total:,}.",
        {"reporting": count, "stations": total, "difference": count - total},
        f"{count} - {total} = {count - total}",
        sources_of([figure.row]),
        "Look whether stations were counted twice, or opened after the list was made.",
    )


def _shares(announced: Announced) -> Iterator[Outcome]:
    good = []
    shares = announced.find("share_counted", when=lambda f: f.exact and f.percent)
    for share in shares:
        if share.row["counted"] not in ("", "stations"):
            continue
        for count in announced.find(
            "stations_reporting", when=lambda f: f.exact and f.row["subject"] != "turnout-reports"
        ):
            if count.row["announcement"] != share.row["announcement"] or count.place != share.place:
                continue
            totals = list(announced.totals("polling_stations", share.place))
            fits = [t for t in totals if prints(count.value, t, share)]
            if fits:
                good.append(f"{int(count.value):,} of {fits[0]:,} is {share.row['value']} %")
            elif totals:
                yield _finding(share, count, totals[0], shares)
            else:
                yield CannotCheck("share-counted", "how many stations there are", at_row(share.row))
    if good:
        yield Passed(
            "share-counted", len(good), f"The printed share counted is that of the stations: {'; '.join(good)}."
        )


def _finding(share: Figure, count: Figure, total: int, shares: list[Figure]) -> Finding:
    stations = int(count.value)
    other = sorted((f for f in shares if prints(stations, total, f)), key=lambda f: -f.digits)
    hint = (
        f" It fits the {other[0].row['value']} % of another announcement ({other[0].row['announcement']})."
        if other
        else ""
    )
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
        at_row(share.row),
        f"{stations:,} of {total:,} stations is {percent(stations, total)} %, "
        f"not the {share.row['value']} % printed with it.{hint}",
        numbers,
        f"{stations} / {total} = {percent(stations, 100 * total, 5)}",
        sources_of([share.row, count.row, *(f.row for f in other[:1])]),
        "Look whether figures of two announcements stand together." if other else "Look at the first publication.",
    )
