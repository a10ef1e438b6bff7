"""Do two sources give different figures for one thing at one time?

Figures that can both be true are no rivals: 54.5 beside 54.47, "more than 6 million" beside 6,478,623.
What was planned or expected is no rival of what was, and a final figure none of a preliminary one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from tallyroom.check.announced import Announced
from tallyroom.check.figure import GROWING, NOT_YET, Figure, number, percent, said
from tallyroom.check.findings import Case, Finding, Outcome, Passed, sources_of
from tallyroom.check.turnout import prints
from tallyroom.record.dates import Span
from tallyroom.tabulate.shares import decimal_text

__all__ = ["check"]

CHECK = "rival-figures"
_SAID = 5


def check(announced: Announced) -> Iterator[Outcome]:
    """One finding for each thing of which there are rival figures."""
    things: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in announced.figures:
        mood = figure.row["modality"] if figure.row["modality"] in (*NOT_YET, "legal rule") else ""
        things[(*figure.thing, mood)].append(figure)
    agree = 0
    for figures in things.values():
        rivals = _rivals(announced, figures)
        if rivals:
            yield _finding(announced, rivals)
        elif len(figures) > 1:
            agree += 1
    if agree:
        yield Passed(CHECK, agree, "Nothing else that was given more than once has rival figures for the same time.")


def _rivals(announced: Announced, figures: Sequence[Figure]) -> list[Figure]:
    """Those that some other of the same time cannot agree with, in the order of the file."""
    same: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for f in figures:
        same[f.row["as_of"] or f.announcement, f.row["qualifier"], f.row["modality"], f.row["value"]].append(f)
    found: set[int] = set()
    for figure, others in _at_one_time([group[0] for group in same.values()]):
        for other in others:
            if (id(figure) not in found or id(other) not in found) and _differ(announced, figure, other):
                found |= {id(figure), id(other)}
    rivals = {id(f) for group in same.values() if id(group[0]) in found for f in group}
    return [figure for figure in figures if id(figure) in rivals]


def _differ(announced: Announced, figure: Figure, other: Figure) -> bool:
    if {figure.row["modality"], other.row["modality"]} == {"preliminary", "final"}:
        return False
    if figure.possible.meets(other.possible):
        return False
    a, b = figure.span, other.span
    if a is None or b is None or a.end == b.end or figure.measure not in GROWING:
        return True
    # "At noon or later" may be more than at noon, but not less; voters no longer grow from the close on.
    if figure.measure in ("turnout_count", "turnout_share") and a.first >= announced.close:
        return True
    early, late = (figure, other) if a.end < b.end else (other, figure)
    return late.value < early.value


def _at_one_time(figures: Sequence[Figure]) -> Iterator[tuple[Figure, Iterable[Figure]]]:
    """Each figure with those after it, in order of time, that stand for the same moment."""
    dated = sorted(((f.span, f) for f in figures if f.span), key=lambda one: one[0].first)
    for at, (_, figure) in enumerate(dated):
        yield figure, _near(dated, at)
    # Without a time, only figures that were given together are of one.
    undated: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.span is None:
            yield figure, tuple(undated[figure.announcement])
            undated[figure.announcement].append(figure)


def _near(dated: Sequence[tuple[Span, Figure]], at: int) -> Iterator[Figure]:
    span, figure = dated[at]
    end = span.first if figure.measure in GROWING else span.end
    for place in range(at + 1, len(dated)):
        later, other = dated[place]
        if later.first != span.first and later.first >= end:
            return
        yield other


def _finding(announced: Announced, rivals: Sequence[Figure]) -> Finding:
    by_value: dict[str, list[Figure]] = defaultdict(list)
    for figure in rivals:
        by_value[said(figure)].append(figure)
    first = rivals[0]
    cases = tuple(
        Case(
            figures[0].where,
            f"{value}, as of {announced.when(figures[0])}: "
            f"{', '.join(sources_of(f.row for f in figures)) or 'no source named'}.",
            {"value": figures[0].row["value"]},
        )
        for value, figures in by_value.items()
    )
    high, low = max(rivals, key=lambda f: f.value), min(rivals, key=lambda f: f.value)
    digits = max(f.digits for f in rivals)
    difference = decimal_text(high.value - low.value, digits)
    values = list(by_value)
    most = f" and {len(values) - _SAID:,} more" if len(values) > _SAID else ""
    together = f"{', '.join(values[: _SAID - 1])}{most}" if most else f"{', '.join(values[:-1])} and {values[-1]}"
    points = " percentage points" if first.percent else ""
    return Finding(
        CHECK,
        "warning",
        first.where,
        f"{announced.what(first)}: {together} were given for the same time; they differ by "
        f"{'up to ' if len(values) > 2 else ''}{number(high.value - low.value)}{points}."
        f"{_hint(announced, first, rivals)}",
        {f"value_{n}": f[0].row["value"] for n, f in enumerate(by_value.values(), 1)} | {"difference": difference},
        f"{high.row['value']} - {low.row['value']} = {difference}",
        sources_of(f.row for f in rivals),
        "Look at the oldest document of each, and at whom it names for the figure.",
        cases,
    )


def _hint(announced: Announced, first: Figure, rivals: Sequence[Figure]) -> str:
    match first.measure:
        case "registered_voters":
            return _told_apart(announced, rivals) if first.plain and not first.percent else ""
        case "candidates_registered":
            return _candidates(announced)
        case "candidate_votes":
            return _losses(announced, rivals) if first.plain and not first.percent else ""
    return _part(announced, rivals)


def _part(announced: Announced, rivals: Sequence[Figure]) -> str:
    """A rival that is elsewhere given for some only, such as the permanent stations."""
    first = rivals[0]
    if not first.plain:
        return ""
    some = announced.find(first.measure, place=first.place, when=lambda f: f.exact and not f.counted)
    alike = {(f.value, f.percent): f for f in some if f.row["subject"]}
    for rival in rivals:
        part = alike.get((rival.value, rival.percent))
        if part:
            what = announced.what(part)
            return f" {said(rival)} is also given for {what[0].lower()}{what[1:]}."
    return ""


def _told_apart(announced: Announced, rivals: Sequence[Figure]) -> str:
    """Whether the turnouts printed with a count of voters fit one of rival registers only."""
    registers = sorted({int(f.value) for f in rivals})
    fits = dict.fromkeys(registers, 0)
    pairs = 0
    for share in announced.find("turnout_share", place=rivals[0].place, when=lambda f: f.exact and f.plain):
        count = announced.given_with(share, "turnout_count")
        if count and count.value <= max(registers):
            pairs += 1
            for register in registers:
                fits[register] += prints(count.value, register, share)
    if not pairs:
        return ""
    if len(set(fits.values())) == 1:
        all_fit = next(iter(fits.values())) == pairs
        return (
            f" {'All' if all_fit else f'{fits[registers[0]]} of'} {pairs} turnouts printed with a count of voters fit "
            f"each of them: the arithmetic cannot choose."
        )
    return (
        " Of the turnouts printed with a count of voters, "
        + ", ".join(f"{n} of {pairs} fit {register:,}" for register, n in fits.items())
        + "."
    )


def _candidates(announced: Announced) -> str:
    steps: dict[str, set[str]] = defaultdict(set)
    for row in announced.record.current("candidates"):
        steps[row["status"]].add(row["candidate"])
    if not steps:
        return ""
    everyone = len(set().union(*steps.values()))
    listed = ", ".join(f"{len(who)} {status}" for status, who in steps.items())
    return f" candidates.csv has {everyone} candidacies in all: {listed}."


def _losses(announced: Announced, rivals: Sequence[Figure]) -> str:
    """How much each rival would change to the next count, beside the other choices' changes."""
    first = rivals[0]
    alike = [v for v in announced.vote_sets if (v.first.contest, v.first.place) == (first.contest, first.place)]
    later = [
        (v.first.span.first, v) for v in alike if first.earlier(v.first) and first.choice in v.votes and v.first.span
    ]
    same = [v for v in alike if v.first.same_time(first) and first.choice in v.votes]
    if not later or not same or any(not f.value for f in rivals):
        return ""
    _, following = min(later, key=lambda moment: moment[0])
    after, final = following.votes, following.votes[first.choice].value
    others = [
        (after[choice].value - before.value) / before.value
        for choice, before in same[0].votes.items()
        if choice != first.choice and before.value
    ]
    if not others:
        return ""
    own = [
        f"from {said(f)} it is {_signed((final - f.value) / f.value)}" for f in {f.value: f for f in rivals}.values()
    ]
    values = {percent(v.votes[first.choice].value, v.sum) for v in same}
    alike_said = f" Both are {values.pop()} % of their votes." if len(values) == 1 and len(same) == 2 else ""
    return (
        f" The next figure is {number(final)} ({following.name}): {' and '.join(own)}; the other choices change by "
        f"{_signed(max(others))} to {_signed(min(others))}.{alike_said}"
    )


def _signed(change: Fraction) -> str:
    return f"{'+' if change > 0 else ''}{percent(change, 1)} %"
