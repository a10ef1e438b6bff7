"""Does a count fall with time? Voters, votes and stations reporting can only grow.

Only moments that surely follow each other are compared: "by then" and "some time that night" may not.
Where the record names stations that were annulled in between, their votes may be the reason, and
the finding sets the fall beside them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from tallyroom.check.announced import Announced
from tallyroom.check.figure import Figure, many, number, percent, said
from tallyroom.check.findings import Case, Finding, Outcome, Passed, sources_of
from tallyroom.check.holds import most_voters
from tallyroom.check.turnout import slips
from tallyroom.record.dates import Span
from tallyroom.tabulate.shares import rounded

__all__ = ["check"]

CHECK = "falls-with-time"
_ONLY_GROW = ("turnout_count", "candidate_votes", "valid_votes", "stations_reporting")


@dataclass(frozen=True)
class _Fall:
    """A figure at two moments; at each, every value that was given for it."""

    before: list[Figure]
    after: list[Figure]

    @property
    def least(self) -> int:
        return int(min(f.value for f in self.before) - max(f.value for f in self.after))

    @property
    def most(self) -> int:
        return int(max(f.value for f in self.before) - min(f.value for f in self.after))


def check(announced: Announced) -> Iterator[Outcome]:
    """Falls of counts, gathered by measure and moments; then turnouts below an earlier count."""
    falls: dict[tuple[str, ...], list[_Fall]] = defaultdict(list)
    looked = 0
    for before, after in _steps(announced):
        fall = _Fall(before, after)
        if fall.least > 0:
            first, last = before[0], after[0]
            moments = (first.row["as_of"], last.row["as_of"])
            key = (first.measure, first.row["subject"], first.row["about"], first.place, first.contest, *moments)
            falls[key].append(fall)
        else:
            looked += 1
    for group in falls.values():
        yield _finding(announced, group)
    if looked:
        every = "Every other count" if falls else "Every count"
        yield Passed(CHECK, looked, f"{every} that was announced more than once grows with time, or stays.")
    yield from _turnouts(announced)


def _steps(announced: Announced) -> Iterator[tuple[list[Figure], list[Figure]]]:
    """Each thing's figures of one moment, after those of the last moment that is surely earlier.

    Counts beyond the register are left to `register.py`.
    """
    things: dict[tuple[str, ...], dict[Span, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for f in announced.find(*_ONLY_GROW, when=lambda f: f.exact and not f.percent):
        registers = announced.registers(f)
        if f.span and not (registers and f.value > max(registers)):
            things[f.thing][f.span].append(f)
    for moments in things.values():
        spans = sorted(moments, key=_end)
        for span, after in moments.items():
            if at := _earlier(spans, span):
                yield moments[spans[at - 1]], after


def _end(span: Span) -> tuple[datetime, datetime]:
    return span.end, span.first


def _earlier(spans: Sequence[Span], than: Span) -> int:
    """How many of these spans, in order of their ends, are surely earlier than another."""
    at = bisect_right(spans, than.first, key=lambda span: span.end)
    # A moment does not precede itself.
    while at and not spans[at - 1].before(than):
        at -= 1
    return at


def _finding(announced: Announced, falls: Sequence[_Fall]) -> Finding:
    first = falls[0]
    early, late = first.before[0], first.after[0]
    least, most = sum(f.least for f in falls), sum(f.most for f in falls)
    before = sum(int(min(f.value for f in fall.before)) for fall in falls)
    cases = tuple(_case(announced, fall) for fall in falls)
    what = announced.what(early)
    if len(falls) > 1:
        where = f" in {announced.record.name_of(early.place)}" if early.place else ""
        what = f"Votes for {len(falls)} choices{where} together"
    says = f"{what}: {least:,} fewer as of {announced.when(late)} than as of {announced.when(early)}"
    says += f" (or {most:,}, as sources differ)" if most != least else ""
    if len(falls) == 1:
        says += f", from {int(early.value):,} to {int(late.value):,}"
    numbers: dict[str, int | str] = {"before": before, "after": before - least, "fall": least}
    if most != least:
        numbers["fall_at_most"] = most
    arithmetic = f"{before} - {before - least} = {least}"
    annulled = _annulled_between(announced, early, late)
    rows = [f.row for fall in falls for f in (*fall.before, *fall.after)]
    if annulled is not None:
        stations = int(annulled.value)
        numbers |= {"stations_annulled": stations, "per_annulled_station": least // stations}
        says += f". Annulled in between: {many(stations, 'station')}"
        says += f", {least // stations:,} votes each if they are all of it"
        arithmetic += f"; {least} / {stations} = {percent(least, 100 * stations, 0)}"
        for total in announced.stations(early)[:1]:
            numbers["mean_per_station"] = before // total
            says += f"; the mean of all {total:,} stations is {before // total:,}"
            arithmetic += f"; {before} / {total} = {percent(before, 100 * total, 0)}"
        rows.append(annulled.row)
    return Finding(
        CHECK,
        "warning" if annulled is None else "notice",
        late.where,
        f"{says}.",
        numbers,
        arithmetic,
        sources_of(rows),
        "Look for a correction, or a decision that took votes away, between the two.",
        cases if len(cases) > 1 else (),
    )


def _case(announced: Announced, fall: _Fall) -> Case:
    late = fall.after[0]
    befores = sorted({int(f.value) for f in fall.before})
    losses = [(b, b - int(late.value)) for b in befores]
    name = announced.record.name_of(late.choice) if late.choice else announced.what(late)
    says = " or ".join(f"{b:,} to {int(late.value):,}, {loss:,} less ({percent(loss, b)} %)" for b, loss in losses)
    numbers: dict[str, int | str] = {
        "before": befores[0],
        "after": int(late.value),
        "fall": fall.least,
        "percent": percent(fall.least, befores[0]),
    }
    return Case(late.where, f"{name}: {says}.", numbers)


def _annulled_between(announced: Announced, early: Figure, late: Figure) -> Figure | None:
    """The stations annulled after the one moment and by the other, at the same place."""
    if early.span is None or late.span is None or early.measure not in ("candidate_votes", "valid_votes"):
        return None
    by = max(late.span.end, late.span.first)
    for f in announced.find("stations_annulled", place=early.place, when=lambda f: f.exact and not f.row["of"]):
        if f.plain and f.value > 0 and f.span and early.span.first < f.span.first < by:
            return f
    return None


def _turnouts(announced: Announced) -> Iterator[Outcome]:
    """A turnout that is less than the voters already counted before it."""
    seen: dict[tuple[str, str, str, str], list[tuple[Figure, Figure]]] = defaultdict(list)
    most_by = _most_counted(announced)
    for share in announced.find("turnout_share", when=lambda f: f.exact and f.plain and f.percent):
        spans, most = most_by[share.place, share.contest]
        at = _earlier(spans, share.span) if share.span else 0
        if not at:
            continue
        count, registers = most[at - 1], announced.registers(share)
        if all(max(most_voters(share, r), most_voters(share, r, cut=True)) < count.value for r in registers):
            same_day = announced.day(share.span) == announced.day(count.span)
            key = (share.place, share.contest, share.row["value"], "same" if same_day else "later")
            seen[key].append((share, count))
    for (*_, when), pairs in seen.items():
        yield _turnout_finding(announced, pairs, when == "same")


def _most_counted(announced: Announced) -> dict[tuple[str, str], tuple[list[Span], list[Figure]]]:
    """Place and contest → the moments of its counts of voters by their ends, and the largest count by each."""
    counts: dict[tuple[str, str], list[tuple[Span, Figure]]] = defaultdict(list)
    for f in announced.find("turnout_count", when=lambda f: f.exact and f.plain and not f.percent):
        registers = announced.registers(f)
        if f.span and registers and f.value <= max(registers):
            counts[f.place, f.contest].append((f.span, f))
    found: dict[tuple[str, str], tuple[list[Span], list[Figure]]] = defaultdict(lambda: ([], []))
    for key, given in counts.items():
        given.sort(key=lambda one: _end(one[0]))
        most: list[Figure] = []
        for _, f in given:
            most.append(most[-1] if most and most[-1].value >= f.value else f)
        found[key] = ([span for span, _ in given], most)
    return found


def _turnout_finding(announced: Announced, pairs: Sequence[tuple[Figure, Figure]], same_day: bool) -> Finding:
    share, count = pairs[0]
    register = announced.registers(share)[0]
    voters = int(rounded(share.value * register / 100, 0))
    likely = _misprint_of(announced, share)
    hint = f" {likely} (two digits swapped) would fit the turnout given for the same time." if likely else ""
    numbers: dict[str, int | str] = {
        "turnout": share.row["value"],
        "registered": register,
        "voters": voters,
        "counted_before": int(count.value),
        "fewer": int(count.value) - voters,
    }
    if likely:
        numbers["fits"] = likely
    cannot = "and voters who were counted cannot become fewer" if same_day else "so the turnout was lowered"
    later = "" if same_day else _annulled_later(announced, share)
    given = [s for s, _ in pairs]
    cases = tuple(Case(s.where, f"{said(s)} as of {announced.when(s)}.", {"turnout": s.row["value"]}) for s in given)
    return Finding(
        CHECK,
        "error" if same_day else "warning",
        share.where,
        f"{announced.what(share)}: {share.row['value']} % of {register:,} is {voters:,} voters, as of "
        f"{announced.when(share)}; {int(count.value):,} had been counted by {announced.when(count)}, "
        f"{cannot}.{later}{hint}",
        numbers,
        f"{share.row['value']} / 100 * {register} = {voters}; {int(count.value)} - {voters} = "
        f"{int(count.value) - voters}",
        sources_of([row for pair in pairs for row in (pair[0].row, pair[1].row)]),
        "Look at the first publication of the turnout." if same_day else "Look for the reason of the correction.",
        cases if len(cases) > 1 else (),
    )


def _annulled_later(announced: Announced, share: Figure) -> str:
    """The stations annulled only after a lowered turnout, which therefore do not explain it."""
    for f in announced.find("stations_annulled", place=share.place, when=lambda f: f.exact and not f.row["of"]):
        if f.plain and f.value > 0 and share.earlier(f):
            return f" {many(int(f.value), 'station')} annulled: only later, as of {announced.when(f)}."
    return ""


def _misprint_of(announced: Announced, share: Figure) -> str:
    """The turnout that this one may be with two digits swapped; empty where none of the time fits."""
    digits = share.row["value"].replace(".", "")
    others = [
        f
        for f in announced.find("turnout_share", place=share.place, when=lambda f: f.exact and f.plain)
        if f.span and share.span and f.span.overlaps(share.span) and f.value != share.value
    ]
    for swapped, how in slips(int(digits)).items():
        value = Fraction(swapped, 10**share.digits)
        near = [f for f in others if abs(f.value - value) <= share.step / 2]
        if how == "two digits swapped" and near:
            return number(value)
    return ""
