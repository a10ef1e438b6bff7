"""Does a count fall with time? Voters, votes and stations reporting can only grow.

Where the record names stations that were annulled in between, their votes are the likely reason, and
the finding sets the fall beside them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from tallyroom.check.announced import Announced, Figure, percent
from tallyroom.check.findings import Case, Finding, Outcome, Passed, at_row, sources_of
from tallyroom.check.holds import most_voters
from tallyroom.check.turnout import slips
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
    for series in _series(announced):
        for before, after in pairwise(series):
            looked += 1
            fall = _Fall(before, after)
            if fall.least > 0:
                first, last = before[0], after[0]
                key = (first.measure, first.place, first.contest, first.row["as_of"], last.row["as_of"])
                falls[key].append(fall)
    for group in falls.values():
        yield _finding(announced, group)
    looked -= sum(len(group) for group in falls.values())
    if looked:
        yield Passed(CHECK, looked, "Every other count that was announced more than once grows with time, or stays.")
    yield from _turnouts(announced)


def _series(announced: Announced) -> Iterator[list[list[Figure]]]:
    """The figures of one thing by moment, earliest first; impossible ones left to `more-than-register`."""
    things: dict[tuple[str, ...], dict[object, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for f in announced.find(*_ONLY_GROW, when=lambda f: f.exact and f.span is not None and not f.percent):
        registers = announced.totals("registered_voters", f.place)
        if f.span and not (registers and f.value > max(registers)):
            things[f.thing][f.span.first].append(f)
    for moments in things.values():
        yield [moments[at] for at in sorted(moments)]  # type: ignore[type-var]  # moments are datetimes


def _finding(announced: Announced, falls: Sequence[_Fall]) -> Finding:
    first = falls[0]
    early, late = first.before[0], first.after[0]
    least, most = sum(f.least for f in falls), sum(f.most for f in falls)
    before = sum(int(min(f.value for f in fall.before)) for fall in falls)
    cases = tuple(_case(announced, fall) for fall in falls)
    what = early.measure.replace("_", " ")
    who = f"of {len(falls)} choices " if len(falls) > 1 else ""
    says = f"From {early.row['as_of']} to {late.row['as_of']} the {what} {who}fall by {least:,}"
    says += f" (or {most:,}, as sources differ)" if most != least else ""
    if len(falls) == 1:
        says += f", from {int(early.value):,} to {int(late.value):,}"
    numbers: dict[str, int | str] = {"before": before, "after": before - least, "fall": least}
    if most != least:
        numbers["fall_at_most"] = most
    arithmetic = f"{before} - {before - least} = {least}"
    annulled = _annulled_between(announced, early, late)
    rows = [f.row for fall in falls for f in (*fall.before, *fall.after)]
    if annulled is not None and early.measure in ("candidate_votes", "valid_votes"):
        stations = int(annulled.value)
        numbers |= {"stations_annulled": stations, "per_annulled_station": least // stations}
        says += (
            f". {stations} stations were annulled in between: {least // stations:,} votes each, if that is all of it"
        )
        arithmetic += f"; {least} / {stations} = {percent(least, 100 * stations, 0)}"
        for total in list(announced.totals("polling_stations", early.place))[:1]:
            numbers["mean_per_station"] = before // total
            says += f"; the mean of all {total:,} stations is {before // total:,}"
            arithmetic += f"; {before} / {total} = {percent(before, 100 * total, 0)}"
        rows.append(annulled.row)
    return Finding(
        CHECK,
        "warning" if annulled is None else "notice",
        at_row(late.row),
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
    name = announced.record.name_of(late.choice) if late.choice else late.measure.replace("_", " ")
    says = " or ".join(f"{b:,} to {int(late.value):,}, {loss:,} less ({percent(loss, b)} %)" for b, loss in losses)
    numbers: dict[str, int | str] = {
        "before": befores[0],
        "after": int(late.value),
        "fall": fall.least,
        "percent": percent(fall.least, befores[0]),
    }
    return Case(at_row(late.row), f"{name}: {says}.", numbers)


def _annulled_between(announced: Announced, early: Figure, late: Figure) -> Figure | None:
    for f in announced.find("stations_annulled", when=lambda f: f.exact and not f.row["of"] and f.value > 0):
        if (
            f.span
            and early.span
            and late.span
            and early.span.first < f.span.first < max(late.span.end, late.span.first)
        ):
            return f
    return None


def _turnouts(announced: Announced) -> Iterator[Outcome]:
    """A turnout that is less than the voters already counted before it."""
    seen: dict[tuple[str, str], list[tuple[Figure, Figure]]] = defaultdict(list)
    for share in announced.find("turnout_share", when=lambda f: f.exact and not f.row["subject"]):
        registers = list(announced.totals("registered_voters", share.place))
        earlier = [
            c
            for c in announced.find("turnout_count", when=lambda f: f.exact and not f.row["subject"])
            if c.place == share.place and c.span and share.span and c.span.first < share.span.first
            if registers and c.value <= max(registers)
        ]
        if not earlier:
            continue
        count = max(earlier, key=lambda c: c.value)
        if all(max(most_voters(share, r), most_voters(share, r, cut=True)) < count.value for r in registers):
            seen[share.place, share.row["value"]].append((share, count))
    for pairs in seen.values():
        yield _turnout_finding(announced, pairs)


def _turnout_finding(announced: Announced, pairs: Sequence[tuple[Figure, Figure]]) -> Finding:
    share, count = pairs[0]
    assert share.span is not None
    assert count.span is not None
    register = next(iter(announced.totals("registered_voters", share.place)))
    same_day = share.span.first.date() == count.span.first.date()
    voters = rounded(share.value * register / 100, 0)
    likely = _misprint_of(announced, share)
    hint = f" {likely} (two digits swapped) would fit the turnout given for the same time." if likely else ""
    numbers: dict[str, int | str] = {
        "turnout": share.row["value"],
        "registered": register,
        "voters": int(voters),
        "counted_before": int(count.value),
        "fewer": int(count.value) - int(voters),
    }
    if likely:
        numbers["fits"] = likely
    cannot = "which cannot be" if same_day else "so the turnout was lowered"
    return Finding(
        CHECK,
        "error" if same_day else "warning",
        at_row(share.row),
        f"A turnout of {share.row['value']} % of {register:,} is {int(voters):,} voters (as of {share.row['as_of']}); "
        f"{int(count.value):,} had been counted by {count.row['as_of']}, {cannot}.{hint}",
        numbers,
        f"{share.row['value']} / 100 * {register} = {int(voters)} < {int(count.value)}",
        sources_of([row for pair in pairs for row in (pair[0].row, pair[1].row)]),
        "Look at the first publication of the turnout." if same_day else "Look for the reason of the correction.",
        tuple(Case(at_row(s.row), f"{s.row['value']} % as of {s.row['as_of']}.", {}) for s, _ in pairs)
        if len(pairs) > 1
        else (),
    )


def _misprint_of(announced: Announced, share: Figure) -> str:
    """The turnout that this one may be with two digits swapped; empty where none of the time fits."""
    digits = share.row["value"].replace(".", "")
    others = [
        f
        for f in announced.find("turnout_share", when=lambda f: f.exact)
        if f.place == share.place and f.same_time(share) and f.value != share.value
    ]
    for swapped, how in slips(int(digits)).items():
        value = Fraction(swapped, 10**share.digits)
        near = [f for f in others if abs(f.value - value) <= share.step / 2]
        if how == "two digits swapped" and near:
            return f"{float(value):.{share.digits}f}"
    return ""
