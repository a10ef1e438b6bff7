"""Do each poll's shares add up, and how far are they from the result that was announced?

A poll's shares need not make up 100: refusals and other answers may not be printed. What rounding
and the refusals printed cannot explain is named. A difference from the result is a difference, not
a verdict on either: how large one chance alone would make depends on the poll's design.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from tallyroom.check.announced import Announced
from tallyroom.check.figure import Figure, listed, number
from tallyroom.check.findings import Case, Finding, Outcome, Passed, sources_of
from tallyroom.check.possible import can_add_up
from tallyroom.record.rows import Row
from tallyroom.tabulate.shares import decimal_text

__all__ = ["check"]


def check(announced: Announced) -> Iterator[Outcome]:
    """Each poll's sum, then all polls beside the last announced shares."""
    good, polls = [], []
    for poll in announced.record.current("polls"):
        every = _shares(announced, poll)
        for shares in every:
            answer = _sum(announced, poll, shares)
            if isinstance(answer, str):
                good.append(answer)
            else:
                yield answer
        if every:
            polls.append((poll, max(every, key=len)))
    if good:
        yield Passed("poll-shares", len(good), f"Each poll's shares can be true at once. {listed(good)}.")
    yield from _beside_result(announced, polls)


def _shares(announced: Announced, poll: Row) -> list[dict[str, Figure]]:
    """The shares of a poll that were given together, two or more."""
    sets: dict[tuple[str, ...], dict[str, Figure]] = defaultdict(dict)
    for f in announced.find(
        "exit_poll_share", when=lambda f: f.exact and f.percent and f.row.ids("about") == [poll.id]
    ):
        if f.choice and not f.row["subject"]:
            sets[f.announcement, f.contest, f.place, f.row["as_of"]][f.choice] = f
    return [shares for shares in sets.values() if len(shares) > 1]


def _sum(announced: Announced, poll: Row, shares: Mapping[str, Figure]) -> Finding | str:
    digits = max(f.digits for f in shares.values())
    first = next(iter(shares.values()))
    total = sum((f.value for f in shares.values()), Fraction(0))
    refused = announced.find(
        "exit_poll_design",
        place=first.place,
        when=lambda f: (
            f.row["subject"] == "refused"
            and f.exact
            and f.percent
            and f.row.ids("about") == [poll.id]
            and f.value <= 100
        ),
    )[:1]
    ranges = [f.rounding(digits) for f in shares.values()] + [f.rounding() for f in refused]
    with_refused = total + sum((f.value for f in refused), Fraction(0))
    most = max(digits, *(f.digits for f in refused), 0)
    printed = decimal_text(total, digits)
    says = f"{poll.id}: the shares add up to {printed}"
    if refused:
        says += f", with {refused[0].row['value']} refused to {decimal_text(with_refused, most)}"
    says += _design(announced, poll)
    complete = any({c.id for c in contest.choices} <= set(shares) for contest in announced.record.election.contests)
    rest = 100 - with_refused
    # The refused are a share of those asked, and the others may be of those who answered.
    apart = bool(refused) and can_add_up(ranges[: len(shares)], complete=complete)
    if apart or can_add_up(ranges, complete=complete):
        if rest == 0 or apart:
            return says
        return f"{says}, {number(abs(rest))} {'less' if rest > 0 else 'more'} than 100, within rounding"
    spread = sum((f.step for f in refused), Fraction(len(shares), 10**digits)) / 2
    over = rest < 0
    return Finding(
        "poll-shares",
        "error" if over and not refused else "notice",
        first.where,
        f"{says}; {number(abs(rest))} is {'too much' if over else 'not explained'}, and rounding {len(ranges)} figures "
        f"can move their sum by at most {number(spread)}.",
        {
            "sum_of_shares": printed,
            "with_refused": decimal_text(with_refused, most),
            "not_explained": decimal_text(abs(rest), most),
        },
        " + ".join(f.row["value"] for f in (*shares.values(), *refused)) + f" = {decimal_text(with_refused, most)}",
        sources_of(f.row for f in (*shares.values(), *refused)),
        "Look for a misprinted share, or answers that are counted twice."
        if over
        else "Look for answers that were not printed: other, none, spoiled, do not know.",
    )


def _design(announced: Announced, poll: Row) -> str:
    """Respondents given by group, where they do not make up all."""
    groups = announced.find(
        "exit_poll_design",
        when=lambda f: (
            f.percent
            and f.exact
            and f.row["counted"] == "respondents"
            and f.row.ids("about") == [poll.id]
            and f.row["subject"] not in ("", "refused")
        ),
    )
    if not groups:
        return ""
    total = sum((f.value for f in groups), Fraction(0))
    digits = max(f.digits for f in groups)
    names = ", ".join(f"{f.row['subject'].replace('-', ' ')} {f.row['value']}" for f in groups)
    return f" (respondents by group: {names}, together {decimal_text(total, digits)})"


def _beside_result(announced: Announced, polls: Sequence[tuple[Row, Mapping[str, Figure]]]) -> Iterator[Outcome]:
    """Every poll of the whole beside the last complete shares that were announced for its contest."""
    sets = [
        (first.span.first, contest, shares)
        for contest, shares in announced.share_sets
        if {c.id for c in contest.choices} <= set(shares)
        if (first := next(iter(shares.values()))).span and not first.place
    ]
    for contest in announced.record.election.contests:
        dated = [(at, shares) for at, of, shares in sets if of.id == contest.id]
        choices = {c.id for c in contest.choices}
        beside = [(poll, shares) for poll, shares in polls if not next(iter(shares.values())).place]
        beside = [(poll, shares) for poll, shares in beside if choices & set(shares)]
        if dated and beside:
            yield from _beside(announced, max(dated, key=lambda one: one[0])[1], beside)


def _beside(
    announced: Announced, result: Mapping[str, Figure], polls: Sequence[tuple[Row, Mapping[str, Figure]]]
) -> Iterator[Outcome]:
    order = sorted(result, key=lambda c: -result[c].value)
    name = announced.record.name_of
    cases, differences = [], {}
    for poll, shares in polls:
        if order[0] not in shares:
            continue
        gap = shares[order[0]].value - result[order[0]].value
        signed = decimal_text(gap, max(shares[order[0]].digits, result[order[0]].digits))
        says = f"{poll.id}: {shares[order[0]].row['value']}, {'+' if gap > 0 else ''}{signed}"
        ranked = sorted(shares, key=lambda c: -shares[c].value)
        if len(order) > 1 and len(ranked) > 1:
            if ranked[0] != order[0]:
                says += f"; first is {name(ranked[0])}"
            elif ranked[1] == order[1]:
                says += f"; second is {name(ranked[1])}, as announced"
            else:
                says += f"; second is {name(ranked[1])}, not {name(order[1])}"
        differences[f"difference_{poll.id}"] = signed
        numbers: dict[str, int | str] = {"poll": shares[order[0]].row["value"], "difference": signed}
        cases.append(Case(shares[order[0]].where, f"{says}.", numbers))
    if not cases:
        return
    printed = result[order[0]].row["value"]
    polls_said = f"{len(cases)} polls" if len(cases) > 1 else "One poll"
    yield Finding(
        "polls-and-result",
        "notice",
        cases[0].where,
        f"{polls_said} beside the announced {printed} % for {name(order[0])}. {' '.join(c.says for c in cases)}",
        {"announced": printed} | differences,
        "; ".join(f"{c.numbers['poll']} - {printed} = {c.numbers['difference']}" for c in cases),
        sources_of([*(f.row for _, shares in polls for f in shares.values()), result[order[0]].row]),
        "What a poll's error may be depends on its design; look there before comparing.",
        tuple(cases) if len(cases) > 1 else (),
    )
