"""Do parts add up to their whole?

Three ways in which a record says that figures are parts: rows that name the whole in `of`; areas or
stations given together with the area that they make up; and subjects that divide a measure, such as
domestic and international observers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from fractions import Fraction

from tallyroom.check.announced import Announced
from tallyroom.check.figure import Figure, Range, listed, number, said
from tallyroom.check.findings import CannotCheck, Finding, Outcome, Passed, sources_of
from tallyroom.check.returns import StationList

__all__ = ["check"]

CHECK = "parts-and-whole"
_DIVIDE = {"observers": ("domestic", "international"), "polling_stations": ("permanent", "other")}
# What a whole area has as many of as its parts together; candidates and organisations may be in several.
_ADD_UP = (
    "registered_voters",
    "constituencies",
    "polling_stations",
    "turnout_count",
    "stations_reporting",
    "valid_votes",
    "invalid_votes",
    "candidate_votes",
    "seats",
    "webcams",
    "ballots_printed",
    "notifications_printed",
    "stations_annulled",
)
_SAID = 8


def check(announced: Announced) -> Iterator[Outcome]:
    """One answer for each whole."""
    good: list[str] = []
    for whole, parts in (*_of(announced), *_areas(announced)):
        if any(part.percent != whole.percent for part in parts):
            yield CannotCheck(CHECK, "parts in the unit of their whole", whole.where)
        elif _range(parts).meets(whole.possible):
            good.append(_sum(announced, whole, parts))
        else:
            yield _finding(announced, whole, parts)
    for outcome in _subjects(announced):
        if isinstance(outcome, str):
            good.append(outcome)
        else:
            yield outcome
    if good:
        yield Passed(CHECK, len(good), f"Parts add up to their whole. {listed(good)}.")


def _sum(announced: Announced, whole: Figure, parts: Sequence[Figure]) -> str:
    """A sum that holds, in a few words: `Polling stations: 6,319 + 218 = 6,537`."""
    many = len(parts) > _SAID
    terms = f"{len(parts):,} parts" if many else " + ".join(_plain(part) for part in parts)
    sign = "=" if all(f.exact and not f.percent for f in (whole, *parts)) else "can be"
    return f"{announced.what(whole)}: {terms} {sign} {_plain(whole)}"


def _plain(figure: Figure) -> str:
    return said(figure).replace(" %", "")


def _range(parts: Sequence[Figure]) -> Range:
    lows, highs = [p.possible.low for p in parts], [p.possible.high for p in parts]
    low = None if None in lows else sum((v for v in lows if v is not None), Fraction(0))
    high = None if None in highs else sum((v for v in highs if v is not None), Fraction(0))
    return Range(low, high)


def _of(announced: Announced) -> Iterator[tuple[Figure, list[Figure]]]:
    by_id = {f.row.id: f for f in announced.figures}
    parts: dict[str, list[Figure]] = defaultdict(list)
    for figure in announced.figures:
        if figure.row["of"] in by_id:
            parts[figure.row["of"]].append(figure)
    for name, members in parts.items():
        yield by_id[name], members


def _areas(announced: Announced) -> Iterator[tuple[Figure, list[Figure]]]:
    """Counts given together for an area and for everything directly below it."""
    groups: dict[tuple[str, ...], dict[str, Figure]] = defaultdict(dict)
    for measure in _ADD_UP:
        for f in announced.find(measure, when=lambda f: not f.percent and not f.counted and not f.row["of"]):
            key = (f.announcement, f.row["as_of"], f.row["modality"], *f.thing[:3], *f.thing[4:])
            groups[key].setdefault(f.place, f)
    if not any(len(places) > 1 for places in groups.values()):
        return
    below = _below(announced)
    above = {child: place for place, children in below.items() for child in children}
    for places in groups.values():
        for place in dict.fromkeys(above[child] for child in places if child in above):
            children = below[place]
            if place in places and all(child in places for child in children):
                yield places[place], [places[child] for child in children]


def _below(announced: Announced) -> dict[str, list[str]]:
    """Each area, the whole as empty → the areas and, where the record has them all, stations directly below it."""
    record, root = announced.record, announced.root
    below: dict[str, list[str]] = defaultdict(list)
    for row in record.current("areas"):
        if row["kind"] != "group" and row.id != root:
            below["" if row["parent"] in (root, "") else row["parent"]].append(row.id)
    stations = StationList.of(record)
    if stations is None:
        return below
    partial = record.election.stations == "partial"
    for station, area in zip(stations.ids, stations.areas.to_pylist(), strict=True):
        below["" if area == root else area].append(station)
    if partial:
        # A place whose stations are not all listed has parts that nobody knows.
        for area in set(stations.areas.to_pylist()):
            del below["" if area == root else area]
    return below


def _finding(announced: Announced, whole: Figure, parts: Sequence[Figure]) -> Finding:
    total = sum((part.value for part in parts), Fraction(0))
    difference = total - whole.value
    exact = all(f.exact for f in (whole, *parts))
    return Finding(
        CHECK,
        "warning",
        whole.where,
        f"{announced.what(whole)} ({whole.announcement}): the parts ({len(parts):,}) add up to {number(total)}, "
        f"and the whole is given as {said(whole)}: {number(abs(difference))} {'more' if difference > 0 else 'fewer'}"
        f"{'' if exact else ', which inexact figures do not explain'}.",
        _numbers(total, whole.value),
        f"{' + '.join(p.row['value'] for p in parts)} = {number(total).replace(',', '')}",
        sources_of([whole.row, *(p.row for p in parts)]),
        "Look for a part that is missing, given twice, or of another day.",
    )


def _numbers(parts: Fraction, whole: Fraction) -> dict[str, int | str]:
    named = {"parts": parts, "whole": whole, "difference": parts - whole}
    return {name: int(v) if v.denominator == 1 else number(v).replace(",", "") for name, v in named.items()}


def _subjects(announced: Announced) -> Iterator[Outcome | str]:
    """A measure against the subjects that divide it, the latest of each; a text is what adds up."""
    wholes_of = {f.row["of"] for f in announced.figures if f.row["of"]}
    for measure, subjects in _DIVIDE.items():
        plain = announced.find(
            measure,
            when=lambda f: f.exact and not (f.place or f.counted or f.row["about"] or f.percent) and bool(f.span),
        )
        wholes = [f for f in plain if not f.row["subject"]]
        # Parts that name their whole are summed already.
        if not wholes or any(f.row.id in wholes_of for f in wholes):
            continue
        whole = max(wholes, key=_start)
        parts = [
            max((f for f in plain if f.row["subject"] == s and _start(f) <= _start(whole)), key=_start, default=None)
            for s in subjects
        ]
        members = [part for part in parts if part is not None]
        if len(members) < len(subjects):
            continue
        total = sum((part.value for part in members), Fraction(0))
        # Of rival wholes one may be right; that they are rivals is said by `rivals`.
        whole = next((f for f in wholes if f.value == total and f.same_time(whole)), whole)
        yield _divided(announced, whole, members, total)


def _start(figure: Figure) -> datetime:
    assert figure.span is not None
    return figure.span.first


def _divided(announced: Announced, whole: Figure, parts: Sequence[Figure], total: Fraction) -> Outcome | str:
    difference = whole.value - total
    sum_said = " + ".join(f"{int(p.value):,} ({p.row['subject']})" for p in parts)
    if difference == 0:
        return f"{announced.what(whole)}: {sum_said} = {_plain(whole)}"
    alike = [
        f
        for f in announced.find("observers", "media_accredited")
        if f.value == abs(difference) and not f.percent and f.row["subject"] and f.exact
    ]
    more = f"{number(abs(difference))} {'more' if difference > 0 else 'fewer'}"
    says = f"{announced.what(whole)}: {sum_said} = {number(total)}; the whole is given as {said(whole)}, {more}."
    if alike:
        what = announced.what(alike[0])
        says += f" {number(abs(difference))} is also given for {what[0].lower()}{what[1:]}."
    return Finding(
        CHECK,
        "notice",
        whole.where,
        says,
        {"parts": int(total), "whole": int(whole.value), "difference": int(difference)},
        f"{int(whole.value)} - {int(total)} = {int(difference)}",
        sources_of([whole.row, *(p.row for p in parts), *(f.row for f in alike[:1])]),
        "Look whom the whole counts that the parts do not.",
    )
