"""Do the announced totals equal what the returns add up to?

A complete count that differs from the announced total is a warning. Of a count that is not complete,
ours or theirs, a difference is to be expected, and a notice says what was counted; but where the voters of all
stations that are missing could not make the difference of the whole, it is a warning as of a complete count.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from fractions import Fraction

from tallyroom.check.announced import Announced
from tallyroom.check.figure import Figure, Range, number, said
from tallyroom.check.findings import CannotCheck, Finding, Outcome, Passed, sources_of
from tallyroom.record.contest import Contest
from tallyroom.tabulate.reach import End, parts, reach
from tallyroom.tabulate.results import AreaResult, Results
from tallyroom.tabulate.shares import decimal_text

__all__ = ["check"]

CHECK = "announced-and-tabulated"
_FIGURES = {
    "registered_voters": "registered",
    "turnout_count": "cast",
    "valid_votes": "valid",
    "invalid_votes": "invalid",
    "turnout_share": "turnout",
    "candidate_votes": "votes",
    "candidate_share": "shares",
}
_OF_CHOICES = ("candidate_votes", "candidate_share")
_SHARES = ("turnout_share", "candidate_share")


def check(announced: Announced, results: Results) -> Iterator[Outcome]:
    """The last announced figure of each thing against our own."""
    areas = {(c.contest, area.area): area for c in results.contests for area in c.areas}
    # Of the whole alone is it known what could still come.
    could_come = {c.contest: c.outcome.votes_that_could_come for c in results.contests}
    agree = 0
    for figure in _latest(announced):
        contest = _contest(announced, figure)
        root = announced.root if not figure.place else figure.place
        area = areas.get((contest.id, root)) if contest else None
        ours = area.figure(_name(figure)) if area else None
        if contest is None or area is None or ours is None:
            yield CannotCheck(CHECK, "returns that give these announced figures", figure.where)
        elif _agrees(figure, contest, area, ours):
            agree += 1
        else:
            come = None if figure.place not in ("", announced.root) else could_come[contest.id]
            ends = reach(area, contest, _name(figure), come)
            yield _finding(announced, figure, area, ours, _beyond(figure, ends, come))
    if agree:
        yield Passed(CHECK, agree, "These announced figures equal what the returns in this record add up to.")


def _latest(announced: Announced) -> list[Figure]:
    """The last exact figure of each thing that a tabulation gives, planned ones left out."""
    last: dict[tuple[str, ...], Figure] = {}
    for f in announced.find(*_FIGURES, when=lambda f: f.exact and f.plain and f.percent == (f.measure in _SHARES)):
        if f.thing not in last or _start(f) >= _start(last[f.thing]):
            last[f.thing] = f
    return list(last.values())


def _start(figure: Figure) -> datetime:
    return figure.span.first if figure.span else datetime.min.replace(tzinfo=UTC)


def _contest(announced: Announced, figure: Figure) -> Contest | None:
    """The contest whose returns give a figure; of several, only the one that it names."""
    contests = announced.record.election.contests
    return contests[0] if len(contests) == 1 else announced.record.election.contest(figure.contest)


def _agrees(figure: Figure, contest: Contest, area: AreaResult, ours: int | str) -> bool:
    """Counts are equal; a share is ours, rounded or cut off to the decimals that were announced."""
    if isinstance(ours, int):
        return figure.value == ours
    if made_of := parts(area, contest, _name(figure)):
        exact = Fraction(100 * made_of[0], made_of[1])
        return exact in figure.rounding() or exact in figure.truncation()
    # Turnout may be made of other stations than both figures are: then only its printed digits are known.
    half = Fraction(1, 2 * 10**contest.share_digits)
    around = Range(Fraction(ours) - half, Fraction(ours) + half, high_in=False)
    return around.meets(figure.rounding()) or around.meets(figure.truncation())


def _beyond(figure: Figure, ends: tuple[End, End] | None, come: int | None) -> tuple[str, str]:
    """That the announced figure is beyond the most or the least that ours could come to: a sentence, and how.

    Both are empty where it is not, where nothing is missing, or where no end is known.
    """
    if not come or ends is None:
        return "", ""
    least, most = ends
    could = Range(least.value, most.value)
    if could.meets(figure.rounding()) or could.meets(figure.truncation()):
        return "", ""
    bound, side = (most, "at most") if figure.value > most.value else (least, "at least")
    says = f" What is missing has {come:,} voters: whatever they voted, it comes to {side} {bound.says}."
    return says, f"; {bound.arithmetic}"


def _finding(
    announced: Announced, figure: Figure, area: AreaResult, ours: int | str, beyond: tuple[str, str]
) -> Finding:
    stations, lacking = area.stations, area.lacking.get(_name(figure).replace("shares.", "votes."), 0)
    all_in = stations.expected is not None and stations.accepted == stations.expected and not lacking
    counted_by_them = announced.find(
        "share_counted", announcement=figure.announcement, place=figure.place, at=figure, when=lambda f: f.value < 100
    )
    of = f" of {stations.expected:,}" if stations.expected is not None else ""
    counted = f"{stations.accepted:,}{of} stations{f', {lacking:,} of them without this figure' if lacking else ''}"
    difference = figure.value - Fraction(ours)
    gap = number(difference)
    printed = f"{ours:,}" if isinstance(ours, int) else f"{ours} %"
    when = f", when {said(counted_by_them[0])} was counted" if counted_by_them else ""
    theirs_is_whole = not counted_by_them and figure.row["modality"] != "preliminary"
    says, arithmetic = beyond if theirs_is_whole else ("", "")
    final = (all_in or bool(says)) and theirs_is_whole
    digits = max(figure.digits, 0 if isinstance(ours, int) else len(ours.partition(".")[2]))
    return Finding(
        CHECK,
        "warning" if final else "notice",
        figure.where,
        f"{announced.what(figure)}: {said(figure)} was announced{when}; the returns here come to {printed} "
        f"({counted}). The announced figure is {gap.lstrip('-')} {'less' if difference < 0 else 'more'}." + says,
        {"announced": figure.row["value"], "tabulated": ours, "difference": decimal_text(difference, digits)},
        f"{figure.row['value']} - {ours} = {decimal_text(difference, digits)}" + arithmetic,
        sources_of([figure.row]),
        "Look at the areas one by one." if final else "Look at the stations that are missing, held or annulled.",
    )


def _name(figure: Figure) -> str:
    """What a tabulation calls a figure."""
    return f"{_FIGURES[figure.measure]}{f'.{figure.choice}' if figure.measure in _OF_CHOICES else ''}"
