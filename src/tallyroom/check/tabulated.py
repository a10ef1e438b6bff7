"""Do the announced totals equal what the returns add up to?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from fractions import Fraction

from tallyroom.check.announced import Announced, Figure, said
from tallyroom.check.findings import CannotCheck, Finding, Outcome, Passed, at_row, sources_of
from tallyroom.tabulate.results import AreaResult, Results

__all__ = ["check"]

CHECK = "announced-and-tabulated"
_FIGURES = {
    "registered_voters": "registered",
    "turnout_count": "cast",
    "valid_votes": "valid",
    "invalid_votes": "invalid",
    "turnout_share": "turnout",
}
_MEASURES = (*_FIGURES, "candidate_votes", "candidate_share")


def check(announced: Announced, results: Results) -> Iterator[Outcome]:
    """The last announced figure of each thing against our own."""
    agree, alone = 0, 0
    for figure in _latest(announced):
        area = _area(announced, results, figure)
        ours = _ours(area, figure) if area else None
        if area is None or ours is None:
            alone += 1
        elif Fraction(ours) in (figure.possible if figure.percent else figure.rounding()):
            agree += 1
        else:
            yield _finding(announced, figure, area, ours)
    if agree:
        yield Passed(CHECK, agree, "These announced figures equal what the returns in this record add up to.")
    if alone:
        yield CannotCheck(CHECK, "returns: these announced figures cannot be recomputed from this record", count=alone)


def _latest(announced: Announced) -> list[Figure]:
    """The last exact figure of each thing that a tabulation gives, planned ones left out."""
    last: dict[tuple[str, ...], Figure] = {}
    for f in announced.find(
        *_MEASURES, when=lambda f: f.exact and not (f.row["subject"] or f.counted or f.row["about"])
    ):
        if f.thing not in last or _start(f) >= _start(last[f.thing]):
            last[f.thing] = f
    return list(last.values())


def _start(figure: Figure) -> datetime:
    return figure.span.first if figure.span else datetime.min.replace(tzinfo=UTC)


def _area(announced: Announced, results: Results, figure: Figure) -> AreaResult | None:
    """Our result for the figure's place; the whole is the first area without a parent."""
    roots = [r.id for r in announced.record.current("areas") if not r["parent"] and r["kind"] != "group"]
    place = figure.place or (roots[0] if len(roots) == 1 else "")
    for contest in results.contests:
        if contest.contest == figure.contest or (not figure.contest and len(results.contests) == 1):
            return contest.area(place)
    return None


def _ours(area: AreaResult, figure: Figure) -> int | str | None:
    match figure.measure:
        case "candidate_votes":
            return area.votes.get(figure.choice)
        case "candidate_share":
            return area.shares.get(figure.choice)
    value: int | str | None = getattr(area, _FIGURES[figure.measure])
    return value


def _finding(announced: Announced, figure: Figure, area: AreaResult, ours: int | str) -> Finding:
    name = announced.record.name_of(figure.choice) if figure.choice else figure.measure.replace("_", " ")
    stations = area.stations
    all_in = stations.expected is not None and stations.accepted == stations.expected
    counted = (
        f"{stations.accepted:,} of {stations.expected:,}" if stations.expected is not None else f"{stations.accepted:,}"
    )
    difference = figure.value - Fraction(ours)
    gap = f"{int(difference):+,}" if difference.denominator == 1 else f"{float(difference):+.{max(figure.digits, 2)}f}"
    printed = f"{ours:,}" if isinstance(ours, int) else f"{ours} %"
    return Finding(
        CHECK,
        "warning" if all_in else "notice",
        at_row(figure.row),
        f"{area.name}, {name}: {said(figure)} was announced; the returns here add up to {printed} "
        f"({counted} stations accepted). The announced figure differs by {gap}.",
        {"announced": figure.row["value"], "tabulated": ours, "difference": gap.replace(",", "").lstrip("+")},
        f"{figure.row['value']} - {ours} = {gap.replace(',', '').lstrip('+')}",
        sources_of([figure.row]),
        "Look at the stations that are missing, held or annulled." if not all_in else "Look at the areas one by one.",
    )
