"""Do two sources give different figures for one thing at one time?

Figures that can both be true are no rivals: 54.5 beside 54.47, "more than 6 million" beside 6,478,623.
What was planned or expected is no rival of what was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from tallyroom.check.announced import NOT_YET, Announced, Figure, percent, said
from tallyroom.check.findings import Case, Finding, Outcome, Passed, at_row, sources_of
from tallyroom.check.turnout import prints

__all__ = ["check"]

CHECK = "rival-figures"


def check(announced: Announced) -> Iterator[Outcome]:
    """One finding for each thing of which there are rival figures."""
    things: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in announced.figures:
        planned = figure.row["modality"] if figure.row["modality"] in NOT_YET else ""
        things[(*figure.thing, planned)].append(figure)
    agree = 0
    for figures in things.values():
        rivals = _rivals(figures)
        if rivals:
            yield _finding(announced, rivals)
        elif len(figures) > 1:
            agree += 1
    if agree:
        yield Passed(CHECK, agree, "All other figures that were given more than once agree with each other.")


def _rivals(figures: Sequence[Figure]) -> list[Figure]:
    """Those that some other of the same time cannot agree with."""
    found = []
    for figure in figures:
        for other in figures:
            if figure is not other and figure.same_time(other) and not figure.possible.meets(other.possible):
                found.append(figure)
                break
    return found


def _finding(announced: Announced, rivals: Sequence[Figure]) -> Finding:
    by_value: dict[str, list[Figure]] = defaultdict(list)
    for figure in rivals:
        by_value[said(figure)].append(figure)
    first = rivals[0]
    cases = tuple(
        Case(
            at_row(figures[0].row),
            f"{value}, as of {figures[0].row['as_of'] or 'an unknown time'}: "
            f"{', '.join(sources_of(f.row for f in figures)) or 'no source named'}.",
            {"value": figures[0].row["value"]},
        )
        for value, figures in by_value.items()
    )
    values = sorted({figure.value for figure in rivals})
    spread = values[-1] - values[0]
    digits = max(f.digits for f in rivals)
    difference = f"{int(spread):,}" if digits == 0 else percent(spread, 100, digits)
    high, low = max(rivals, key=lambda f: f.value), min(rivals, key=lambda f: f.value)
    return Finding(
        CHECK,
        "warning",
        at_row(first.row),
        f"{_what(announced, first)}: {' and '.join(by_value)} were given; they differ by {difference}."
        f"{_hint(announced, first, rivals)}",
        {f"value_{n}": f[0].row["value"] for n, f in enumerate(by_value.values(), 1)}
        | {"difference": difference.replace(",", "")},
        f"{high.row['value']} - {low.row['value']} = {difference.replace(',', '')}",
        sources_of(f.row for f in rivals),
        "Look at the oldest document of each, and at whom it names for the figure.",
        cases,
    )


def _what(announced: Announced, figure: Figure) -> str:
    row, name = figure.row, announced.record.name_of
    words = [figure.measure.replace("_", " ").capitalize()]
    words += [f"for {name(figure.choice)}"] if figure.choice else []
    words += [f"({row['subject'].replace('-', ' ')})"] if row["subject"] else []
    words += [f"by {', '.join(name(i) for i in row.ids('about'))}"] if row["about"] else []
    words += [f"in {name(figure.place)}"] if figure.place else []
    words += [f"counted in {figure.counted}"] if figure.counted else []
    return " ".join(words)


def _hint(announced: Announced, first: Figure, rivals: Sequence[Figure]) -> str:
    match first.measure:
        case "registered_voters":
            return _told_apart(announced, sorted({int(f.value) for f in rivals}), first.place)
        case "candidates_registered":
            return _candidates(announced)
        case "candidate_votes":
            return _losses(announced, rivals)
    return ""


def _told_apart(announced: Announced, registers: Sequence[int], place: str) -> str:
    """Whether the turnouts printed with a count of voters fit one of rival registers only."""
    fits = dict.fromkeys(registers, 0)
    pairs = 0
    for share in announced.find("turnout_share", when=lambda f: f.exact and f.place == place):
        for count in announced.find("turnout_count", when=lambda f: f.exact and f.place == place):
            if count.row["announcement"] == share.row["announcement"] and count.value <= max(registers):
                pairs += 1
                for register in registers:
                    fits[register] += prints(count.value, register, share)
    if not pairs:
        return ""
    if len(set(fits.values())) == 1:
        return f" All {pairs} turnouts printed with a count of voters fit each of them: the arithmetic cannot choose."
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
    later = [
        v
        for v in announced.vote_sets
        if v.first.span and first.span and v.first.span.first > first.span.first
        if v.first.contest == first.contest and v.first.place == first.place
    ]
    same = [v for v in announced.vote_sets if v.first.same_time(first) and v.first.contest == first.contest]
    if not later or not same:
        return ""
    following = min(later, key=lambda v: v.first.row["as_of"])
    after = following.votes
    others = [
        (before.value - after[choice].value) / before.value
        for choice, before in same[0].votes.items()
        if choice != first.choice and before.value
    ]
    if not others:
        return ""
    own = [
        f"{said(f)} by {percent(f.value - after[first.choice].value, f.value)} %"
        for f in {f.value: f for f in rivals}.values()
    ]
    low, high = percent(min(others), 1), percent(max(others), 1)
    return f" To {following.name}, {' and '.join(own)} would fall; the other choices fall by {low} to {high} %."
