"""Was a figure given again after a newer one was out?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from tallyroom.check.announced import Announced, Figure, said
from tallyroom.check.findings import Finding, Outcome, Passed, at_row, sources_of

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
    """One notice for each figure older than one that had been given by its day."""
    looked = 0
    zone = announced.record.election.zone
    for old in announced.find(*_MOVING, when=lambda f: f.exact and f.span is not None and f.at is not None):
        newer = [f for f in announced.find(old.measure) if _outdates(f, old, zone)]
        if newer:
            yield _finding(announced, old, min(newer, key=lambda f: f.row["as_of"]))
        else:
            looked += 1
    if looked:
        yield Passed(CHECK, looked, "No newer figure was out when these were given.")


def _outdates(new: Figure, old: Figure, zone: tzinfo) -> bool:
    if not (new.exact and new.span and old.span and old.at and new.thing == old.thing and new.value != old.value):
        return False
    new_day, old_day, given = (
        moment.astimezone(zone).date() for moment in (new.span.first, old.span.first, old.at.first)
    )
    # On the day it was given only a figure for the whole day counts: of two hours nobody knows which was first.
    hourly = new.span.first == new.span.end or new.span.first.astimezone(zone).hour != 0
    return old_day < new_day and (new_day < given or (new_day == given and not hourly))


def _finding(announced: Announced, old: Figure, new: Figure) -> Finding:
    name = announced.record.name_of(old.choice) if old.choice else old.measure.replace("_", " ")
    others = [
        f
        for f in announced.figures
        if f.row["announcement"] == old.row["announcement"] and f.span and old.span and f.measure in _MOVING
        if f.span.first > old.span.first
    ]
    beside = ""
    if others:
        beside = f" It stands beside {said(others[0])}, which is of {others[0].row['as_of']}: two moments in one text."
    return Finding(
        CHECK,
        "notice",
        at_row(old.row),
        f"{name}: {said(old)}, of {old.row['as_of']}, was given on {old.row['at']}, when {said(new)}, "
        f"of {new.row['as_of']}, was out.{beside}",
        {"given": old.row["value"], "newer": new.row["value"]},
        "",
        sources_of([old.row, new.row]),
        "Quote the newer figure, or say of what time the older one is.",
    )
