"""Was a figure given again after a newer one was out?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from tallyroom.check.announced import Announced
from tallyroom.check.figure import Figure, said
from tallyroom.check.findings import Case, Finding, Outcome, Passed, sources_of

__all__ = ["check"]

CHECK = "newer-figure-was-out"
_MOVING = (
    "turnout_count",
    "turnout_share",
    "stations_reporting",
    "share_counted",
    "valid_votes",
    "candidate_votes",
    "candidate_share",
)


def check(announced: Announced) -> Iterator[Outcome]:
    """One notice for each announcement with figures older than those that had been given by its day."""
    looked = 0
    things: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in announced.find(*_MOVING, when=lambda f: f.exact and f.span is not None):
        things[figure.thing].append(figure)
    outdated: dict[str, list[tuple[Figure, Figure]]] = defaultdict(list)
    for figures in things.values():
        by_day = _by_day(announced, figures)
        for old in figures:
            given = announced.day(old.at)
            if given is None:
                continue
            new = _newer(announced, old, given, by_day)
            if new:
                outdated[old.announcement].append((old, new))
            else:
                looked += 1
    for pairs in outdated.values():
        yield _finding(announced, pairs)
    if looked:
        yield Passed(CHECK, looked, "When each of these was given, no newer figure was out.")


def _by_day(announced: Announced, figures: Sequence[Figure]) -> dict[date, list[Figure]]:
    """The figures of one thing by the day that each stands for, in order of time, equal ones once."""
    days: dict[date, dict[tuple[object, ...], Figure]] = defaultdict(dict)
    for figure in figures:
        day = announced.day(figure.span)
        if day:
            given = announced.day(figure.at)
            days[day].setdefault((figure.value, _hourly(announced, figure), given), figure)
    return {day: list(days[day].values()) for day in sorted(days)}


def _hourly(announced: Announced, figure: Figure) -> bool:
    """Whether a figure stands for an hour, not a whole day."""
    assert figure.span is not None
    moment = figure.span.first.astimezone(announced.record.election.zone)
    return figure.span.first == figure.span.end or moment.hour != 0


def _newer(announced: Announced, old: Figure, given: date, by_day: Mapping[date, Sequence[Figure]]) -> Figure | None:
    """The first figure of a later day and another value that was out on the day that an old one was given.

    On that day itself only a figure for the whole day counts: of two hours nobody knows which was first.
    """
    own = announced.day(old.span)
    if own is None:
        return None
    found = None
    for day, figures in by_day.items():
        if not own < day <= given:
            continue
        out = [f for f in figures if (announced.day(f.at) or day) <= given]
        out = [f for f in out if day < given or not _hourly(announced, f)]
        # Who repeats a figure that was given again since has not missed the newer one.
        if any(f.value == old.value for f in out):
            return None
        found = found or next(iter(out), None)
    return found


def _finding(announced: Announced, pairs: Sequence[tuple[Figure, Figure]]) -> Finding:
    old, new = pairs[0]
    cases = tuple(
        Case(
            a.where,
            f"{announced.what(a)}: {said(a)} as of {announced.when(a)}; {said(b)} as of {announced.when(b)} was out.",
            {"given": a.row["value"], "newer": b.row["value"]},
        )
        for a, b in pairs
    )
    others = [
        f
        for f in announced.find(*_MOVING, announcement=old.announcement)
        if f.span and old.span and f.span.first > old.span.first
    ]
    beside = ""
    if others:
        beside = f" It stands beside {said(others[0])}, as of {announced.when(others[0])}: two moments in one text."
    more = ""
    if len(pairs) > 1:
        more = f" The same is so of {len(pairs) - 1} more of {old.announcement}."
    return Finding(
        CHECK,
        "notice",
        old.where,
        f"{announced.what(old)}: {said(old)}, as of {announced.when(old)}, was given on "
        f"{announced.moment(old.row['at'])}, when {said(new)}, as of {announced.when(new)}, was out.{more}{beside}",
        {"given": old.row["value"], "newer": new.row["value"]},
        "",
        sources_of(f.row for pair in pairs for f in pair),
        "Quote the newer figure, or say of what time the older one is.",
        cases if len(cases) > 1 else (),
    )
