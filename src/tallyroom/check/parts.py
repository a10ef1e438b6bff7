"""Do parts add up to their whole?

Three ways in which a record says that figures are parts: rows that name the whole in `of`; areas
given together with the area above them; and subjects that divide a measure, such as domestic and
international observers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from fractions import Fraction

from tallyroom.check.announced import Announced, Figure, Range, number, said
from tallyroom.check.findings import CannotCheck, Finding, Outcome, Passed, at_row, sources_of

__all__ = ["check"]

CHECK = "parts-and-whole"
_DIVIDE = {"observers": ("domestic", "international"), "polling_stations": ("permanent", "other")}


def check(announced: Announced) -> Iterator[Outcome]:
    """One answer for each whole."""
    good: list[str] = []
    for whole, parts in (*_of(announced), *_areas(announced)):
        if any(part.percent != whole.percent for part in parts):
            yield CannotCheck(CHECK, "parts in the unit of their whole", at_row(whole.row))
            continue
        total = sum((part.value for part in parts), Fraction(0))
        if _range(parts).meets(whole.possible):
            good.append(f"{' + '.join(_plain(part) for part in parts)} = {_plain(whole)}")
        else:
            yield _finding(whole, parts, total)
    for outcome in _subjects(announced):
        if isinstance(outcome, str):
            good.append(outcome)
        else:
            yield outcome
    if good:
        yield Passed(CHECK, len(good), f"Parts add up to their whole: {'; '.join(good)}.")


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
    for whole, members in parts.items():
        yield by_id[whole], members


def _areas(announced: Announced) -> Iterator[tuple[Figure, list[Figure]]]:
    """Counts given together for an area and for every area directly below it."""
    rows = [r for r in announced.record.current("areas") if r["kind"] != "group"]
    roots = {r.id for r in rows if not r["parent"]}
    below: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row["parent"]:
            below["" if row["parent"] in roots else row["parent"]].append(row.id)
    groups: dict[tuple[str, ...], dict[str, Figure]] = defaultdict(dict)
    for f in announced.figures:
        if not f.percent and not f.row["of"]:
            key = (f.row["announcement"], f.row["as_of"], *f.thing[:3], *f.thing[4:])
            groups[key][f.place] = f
    for places in groups.values():
        for place, children in below.items():
            if place in places and all(child in places for child in children):
                yield places[place], [places[child] for child in children]


def _finding(whole: Figure, parts: Sequence[Figure], total: Fraction) -> Finding:
    difference = total - whole.value
    return Finding(
        CHECK,
        "warning",
        at_row(whole.row),
        f"The parts add up to {number(total)}, and the whole is {said(whole)}: {number(abs(difference))} "
        f"{'more' if difference > 0 else 'fewer'}.",
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
        return f"{sum_said} = {_plain(whole)}"
    alike = [
        f
        for f in announced.figures
        if f.value == abs(difference)
        and not f.percent
        and f.row["subject"]
        and f.measure in ("observers", "media_accredited")
    ]
    more = f"{number(abs(difference))} {'more' if difference > 0 else 'fewer'}"
    says = f"{sum_said} = {number(total)}; the whole is {said(whole)}, {more}."
    if alike:
        what = f"{alike[0].measure.replace('_', ' ')}, {alike[0].row['subject']}"
        says += f" {number(abs(difference))} is also a figure of this record ({what}), and would make it add up."
    return Finding(
        CHECK,
        "notice",
        at_row(whole.row),
        says,
        {"parts": int(total), "whole": int(whole.value), "difference": int(difference)},
        f"{int(whole.value)} - {int(total)} = {int(difference)}",
        sources_of([whole.row, *(p.row for p in parts), *(f.row for f in alike[:1])]),
        "Look whom the whole counts that the parts do not.",
    )
