"""Do each poll's shares add up, and how far are they from the result that was announced?

A poll's shares need not make up 100: refusals and other answers may not be printed. What rounding
and the refusals printed cannot explain is named. A difference from the result is a difference, not
a verdict on either: how large one chance alone would make depends on the poll's design.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from tallyroom.check.announced import Announced, Figure
from tallyroom.check.findings import Case, Finding, Outcome, Passed, at_row, sources_of
from tallyroom.check.possible import can_add_up
from tallyroom.record.rows import Row
from tallyroom.tabulate.shares import decimal_text

__all__ = ["check"]


def check(announced: Announced) -> Iterator[Outcome]:
    """Each poll's sum, then all polls beside the last announced shares."""
    good, polls = [], []
    for poll in announced.record.current("polls"):
        shares = _shares(announced, poll)
        if len(shares) < 2:
            continue
        polls.append((poll, shares))
        answer = _sum(announced, poll, shares)
        if isinstance(answer, str):
            good.append(answer)
        else:
            yield answer
    if good:
        yield Passed("poll-shares", len(good), f"Each poll's shares can be true at once. {' '.join(good)}")
    yield from _beside_result(announced, polls)


def _shares(announced: Announced, poll: Row) -> dict[str, Figure]:
    found = announced.find("exit_poll_share", when=lambda f: f.exact and f.percent and f.row.ids("about") == [poll.id])
    return {f.choice: f for f in found if f.choice and not f.row["subject"]}


def _sum(announced: Announced, poll: Row, shares: Mapping[str, Figure]) -> Finding | str:
    digits = max(f.digits for f in shares.values())
    total = sum((f.value for f in shares.values()), Fraction(0))
    refused = announced.find(
        "exit_poll_design",
        when=lambda f: f.row["subject"] == "refused" and f.percent and f.row.ids("about") == [poll.id],
    )
    ranges = [f.rounding(digits) for f in shares.values()] + [f.rounding() for f in refused[:1]]
    with_refused = total + sum((f.value for f in refused[:1]), Fraction(0))
    printed = decimal_text(total, digits)
    says = f"{poll.id}: {printed}"
    if refused:
        says += f", with {refused[0].row['value']} refused {decimal_text(with_refused, max(digits, refused[0].digits))}"
    says += _design(announced, poll)
    complete = {c.id for contest in announced.record.election.contests for c in contest.choices} <= set(shares)
    if can_add_up(ranges, complete=complete):
        return f"{says}."
    rest = 100 - with_refused
    unexplained = decimal_text(abs(rest), max(digits, *(f.digits for f in refused[:1]), 0) if refused else digits)
    over = rest < 0
    return Finding(
        "poll-shares",
        "error" if over and not refused else "notice",
        at_row(next(iter(shares.values())).row),
        f"{says}: {unexplained} {'too many' if over else 'is not explained'}; rounding {len(ranges)} figures can move "
        f"their sum by at most {decimal_text(Fraction(len(ranges), 2 * 10**digits), digits + 1)}.",
        {"sum_of_shares": printed, "with_refused": str(float(with_refused)), "not_explained": unexplained},
        " + ".join(f.row["value"] for f in (*shares.values(), *refused[:1])) + f" = {float(with_refused)}",
        sources_of(f.row for f in (*shares.values(), *refused[:1])),
        "Look for answers that were not printed: other, none, spoiled, do not know.",
    )


def _design(announced: Announced, poll: Row) -> str:
    """Respondents given by group, where they do not make up all."""
    groups = announced.find(
        "exit_poll_design",
        when=lambda f: f.percent and f.row.ids("about") == [poll.id] and f.row["subject"] not in ("", "refused"),
    )
    if not groups:
        return ""
    total = sum((f.value for f in groups), Fraction(0))
    digits = max(f.digits for f in groups)
    names = ", ".join(f"{f.row['subject'].replace('-', ' ')} {f.row['value']}" for f in groups)
    return f" (respondents by group: {names}, together {decimal_text(total, digits)})"


def _beside_result(announced: Announced, polls: Sequence[tuple[Row, Mapping[str, Figure]]]) -> Iterator[Outcome]:
    sets = [
        shares
        for contest, shares in announced.share_sets()
        if set(shares) == {c.id for c in contest.choices} and next(iter(shares.values())).span
    ]
    if not polls or not sets:
        return
    result = max(sets, key=lambda s: next(iter(s.values())).span.first)  # type: ignore[union-attr]  # spans are there
    order = sorted(result, key=lambda c: -result[c].value)
    name = announced.record.name_of
    cases = []
    for poll, shares in polls:
        if order[0] not in shares:
            continue
        gap = shares[order[0]].value - result[order[0]].value
        digits = max(shares[order[0]].digits, result[order[0]].digits)
        signed = f"{'+' if gap > 0 else ''}{decimal_text(gap, digits)}"
        says = f"{poll.id}: {name(order[0])} {shares[order[0]].row['value']}, {signed}"
        ranked = sorted(shares, key=lambda c: -shares[c].value)
        if len(order) > 1 and len(ranked) > 1:
            same = ranked[1] == order[1]
            says += f"; second is {name(ranked[1])}{', as announced' if same else f', not {name(order[1])}'}"
        numbers: dict[str, int | str] = {"poll": shares[order[0]].row["value"], "difference": signed}
        cases.append(Case(at_row(shares[order[0]].row), f"{says}.", numbers))
    printed = result[order[0]].row["value"]
    yield Finding(
        "polls-and-result",
        "notice",
        cases[0].where,
        f"{len(cases)} polls beside the announced {printed} for {name(order[0])}: {' '.join(c.says for c in cases)}",
        {"announced": printed}
        | {f"difference_{poll.id}": c.numbers["difference"] for (poll, _), c in zip(polls, cases, strict=False)},
        "",
        sources_of([*(f.row for _, shares in polls for f in shares.values()), result[order[0]].row]),
        "What a poll's error may be depends on its design; look there before comparing.",
        tuple(cases),
    )
