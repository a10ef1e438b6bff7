"""What is known of each area, and in which class it falls: who leads and by how much, and turnout.

Exact fractions decide every class. An area without figures is said to be so: not in yet, held or annulled,
or not stated; it is never shown as if nobody had voted there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import floor
from typing import Literal

from tallyroom.record.contest import Contest
from tallyroom.record.rows import Row
from tallyroom.tabulate.results import AreaResult
from tallyroom.tabulate.shares import decimal_text, printed_share, rounded

__all__ = [
    "MARGINS",
    "Class",
    "Standing",
    "announced_standing",
    "ranked",
    "standing",
    "turnout_classes",
]

State = Literal["leads", "tied", "out", "apart", "unknown"]
# A lead in points: below the first, from one to the next, and above the last.
MARGINS = (5, 15, 30)
# Widths of a class of turnout, in points, and how many classes there are at most.
_STEPS, _CLASSES = (Fraction(1, 2), *(Fraction(n) for n in (1, 2, 5, 10, 20))), 6


@dataclass(frozen=True)
class Standing:
    """One area in one contest.

    state: leads; tied: several have the most; out: no station is in; apart: what is in is held or annulled;
    unknown: the figures are not stated. first: who has the most votes. lead, turnout: in points and percent.
    partly: some of its stations are not in the figures.
    """

    area: str
    state: State
    first: tuple[str, ...] = ()
    lead: Fraction | None = None
    lead_text: str = ""
    turnout: Fraction | None = None
    turnout_text: str = ""
    partly: bool = False

    @property
    def margin(self) -> int:
        """The class of its lead, 0 for the smallest; a tie is the smallest."""
        return sum(self.lead is not None and self.lead >= least for least in MARGINS)


def standing(contest: Contest, area: AreaResult) -> Standing:
    """An area by our own results."""
    stations = area.stations
    partly = stations.accepted > 0 and bool(stations.held or stations.annulled or stations.missing)
    turnout = Fraction(area.turnout) if area.turnout is not None else None
    votes = sorted(((n, c) for c, n in area.votes.items() if n), key=lambda one: -one[0])
    if not votes:
        return Standing(area.area, _without(area), turnout=turnout, turnout_text=area.turnout or "", partly=partly)
    first = tuple(c for n, c in votes if n == votes[0][0])
    base = {"valid": area.valid, "cast": area.cast, "registered": area.registered}[contest.shares_of]
    second = votes[1][0] if len(votes) > 1 else 0
    lead = Fraction(100 * (votes[0][0] - second), base) if base else None
    text = printed_share(votes[0][0] - second, base, contest.share_digits, contest.rounding) if base else ""
    state: State = "leads" if len(first) == 1 else "tied"
    return Standing(area.area, state, first, lead, text, turnout, area.turnout or "", partly)


def _without(area: AreaResult) -> State:
    """Why an area has no votes."""
    if area.stations.accepted:
        return "unknown"
    return "apart" if area.stations.received else "out"


def announced_standing(area: str, choices: Iterable[str], rows: Sequence[Row], digits: int) -> Standing:
    """An area by the figures that somebody announced about it: the last given for each choice.

    rows: those about this area, by the time that they stand for. Where some give shares, shares decide.
    """
    last: dict[str, dict[str, Fraction]] = {"candidate_share": {}, "candidate_votes": {}}
    turnout = ""
    wanted = set(choices)
    for row in rows:
        if row["qualifier"] or row["subject"] or row["about"] or row["counted"]:
            continue
        if row["measure"] == "turnout_share":
            turnout = row["value"]
        elif row["choice"] in wanted and row["measure"] in last:
            last[row["measure"]][row["choice"]] = Fraction(row["value"])
    shares = last["candidate_share"] or _shares(last["candidate_votes"])
    known: Fraction | None = Fraction(turnout) if turnout else None
    order = sorted(shares, key=lambda c: -shares[c])
    if not order or not shares[order[0]]:
        return Standing(area, "unknown", turnout=known, turnout_text=turnout)
    first = tuple(c for c in order if shares[c] == shares[order[0]])
    if len(order) == 1:  # one figure alone does not say who leads
        return Standing(area, "unknown", turnout=known, turnout_text=turnout)
    lead = shares[order[0]] - shares[order[1]]
    text = decimal_text(rounded(lead, digits), digits)
    return Standing(area, "leads" if len(first) == 1 else "tied", first, lead, text, known, turnout)


def _shares(votes: Mapping[str, Fraction]) -> dict[str, Fraction]:
    total = sum(votes.values(), Fraction(0))
    return {choice: 100 * n / total for choice, n in votes.items()} if total else {}


def ranked(contest: Contest, standings: Iterable[Standing], votes: Mapping[str, int]) -> list[str]:
    """The choices that have the most votes in some area: those with most votes in all first, then with most areas."""
    areas = Counter(choice for one in standings for choice in one.first)
    order = [choice.id for choice in contest.choices if choice.id in areas]
    return sorted(order, key=lambda choice: (-votes.get(choice, 0), -areas[choice]))


@dataclass(frozen=True)
class Class:
    """A class of turnout, in percent: from `low` to below `high`; without one of them, all below or all above."""

    low: str
    high: str


def turnout_classes(standings: Iterable[Standing]) -> tuple[list[Class], dict[str, int]]:
    """Classes of one width between round numbers, open at both ends, and each area's class.

    They are cut so that a few areas far from all others do not make the rest look alike. It is the printed
    turnout that counts, so that a reader finds each figure in the class that it is in.
    """
    known = {one.area: one.turnout for one in standings if one.turnout is not None}
    if not known:
        return [], {}
    values = sorted(known.values())
    few = len(values) // 20  # a twentieth at either end may lie outside
    low, high = values[few], values[-1 - few]
    step = next((s for s in _STEPS if floor(high / s) - floor(low / s) < _CLASSES), _STEPS[-1])
    first = floor(low / step)
    count = min(floor(high / step) - first + 1, _CLASSES)
    ends = [_plain((first + number) * step) for number in range(count + 1)]
    lowest = ends[0] if values[0] >= first * step else ""
    highest = ends[-1] if values[-1] < (first + count) * step <= 100 else ""
    classes = [Class(low, high) for low, high in pairwise([lowest, *ends[1:-1], highest])]
    return classes, {area: min(max(floor(n / step) - first, 0), count - 1) for area, n in known.items()}


def _plain(value: Fraction) -> str:
    return decimal_text(value, 0 if value.denominator == 1 else 1)
