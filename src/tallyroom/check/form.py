"""Does every form fulfil what the form itself states? The checks are the election's own, in `election.toml`."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.check.findings import CannotCheck, Case, Finding, Outcome, Passed, Where
from tallyroom.check.returns import InForce, true_at
from tallyroom.check.words import Words
from tallyroom.record.folder import Record
from tallyroom.record.form import FormCheck

__all__ = ["check"]

CHECK = "form"
_SIGNS = {"==": "=", "<=": "≤", ">=": "≥"}
_NOT = {"==": "≠", "<=": ">", ">=": "<"}


def check(record: Record, contests: list[InForce]) -> Iterator[Outcome]:
    """One answer for each check of the form and each contest."""
    for returns in contests:
        words = Words(record, returns.contest)
        for form_check in record.election.form.checks:
            if form_check.on:
                yield from _one(returns, words, form_check)


def _one(returns: InForce, words: Words, form_check: FormCheck) -> Iterator[Outcome]:
    acts, rule = returns.acts, form_check.comparison
    left, right = acts.work_out(rule.left), acts.work_out(rule.right)
    known = pc.and_(pc.and_(left.is_valid(), right.is_valid()), acts.in_force)
    off = true_at(pc.and_(known, pc.invert(_holds(form_check, left, right))))
    lacking = true_at(pc.and_(pc.invert(known), acts.in_force))
    name = f"{CHECK}: {form_check.name}"
    looked = pc.sum(known).as_py() or 0
    if lacking:
        where = (
            returns.where(lacking[0])
            if len(lacking) == 1
            else Where(returns.acts.table.file, contest=returns.contest.id)
        )
        yield CannotCheck(name, f"a figure of {rule}", where, len(lacking))
    if off:
        yield _finding(returns, words, form_check, off, left, right)
    elif looked:
        within = f" (within {form_check.tolerance})" if form_check.tolerance != "0" else ""
        says = f"{words.expression(rule.left)} {_SIGNS[rule.sign]} {words.expression(rule.right)}"
        yield Passed(name, looked, f"{says}, on every form that states its figures{within}.")


def _holds(form_check: FormCheck, left: pa.Array, right: pa.Array) -> pa.Array:
    """Whether the comparison holds within the tolerance, in whole numbers throughout."""
    ballots, share = form_check.allowance
    try:
        difference = pc.subtract_checked(left, right)
        # |left - right| <= share * |right|, multiplied out so that nothing is divided.
        allowed = pc.multiply_checked(pc.abs_checked(right), share.numerator) if share else pa.scalar(ballots)
        away = pc.multiply_checked(difference, share.denominator if share else 1)
        match form_check.comparison.sign:
            case "==":
                return pc.less_equal(pc.abs_checked(away), allowed)
            case "<=":
                return pc.less_equal(away, allowed)
            case _:
                return pc.less_equal(pc.negate_checked(away), allowed)
    except (pa.ArrowInvalid, OverflowError):
        # Beyond 64 bits Python's own whole numbers, which have no end, are slower and as exact.
        pairs = zip(left.to_pylist(), right.to_pylist(), strict=True)
        return pa.array([None if a is None or b is None else _within(form_check, a, b) for a, b in pairs], pa.bool_())


def _within(form_check: FormCheck, left: int, right: int) -> bool:
    ballots, share = form_check.allowance
    allowed, away = share * abs(right) if share else ballots, left - right
    match form_check.comparison.sign:
        case "==":
            return abs(away) <= allowed
        case "<=":
            return away <= allowed
        case _:
            return -away <= allowed


def _finding(
    returns: InForce, words: Words, form_check: FormCheck, off: list[int], left: pa.Array, right: pa.Array
) -> Finding:
    rule = form_check.comparison
    left_words, right_words = words.expression(rule.left), words.expression(rule.right)
    cases = []
    for at in off:
        a, b = left[at].as_py(), right[at].as_py()
        more = f"{abs(a - b):,} {'more' if a > b else 'fewer'}"
        says = f"{returns.acts.station[at]}: {left_words} {a:,}, {right_words} {b:,}: {more}."
        cases.append(Case(returns.where(at), says, {"left": a, "right": b, "difference": a - b}))
    first, count = cases[0], len(cases)
    within = f" within {form_check.tolerance}" if form_check.tolerance != "0" else ""
    should = f"By the form: {form_check.name}{within}."
    most = max(cases, key=lambda case: abs(int(case.numbers["difference"])))
    a, b = most.numbers["left"], most.numbers["right"]
    many = f"{count:,} stations: {left_words} {_NOT[rule.sign]} {right_words}. {should} "
    many += f"The largest difference is at {most.where.station}: {a:,} and {b:,}."
    return Finding(
        f"{CHECK}: {form_check.name}",
        "error" if form_check.severity == "hard" else "warning",
        first.where if count == 1 else Where(first.where.file, contest=returns.contest.id),
        f"{first.says} {should}" if count == 1 else many,
        first.numbers if count == 1 else {"stations": count, "largest_difference": most.numbers["difference"]},
        f"{first.numbers['left']} - {first.numbers['right']} = {first.numbers['difference']}"
        if count == 1
        else str(rule),
        returns.sources(off),
        returns.look_at(off[0]) if count == 1 else "Look at the forms of the stations that differ most.",
        tuple(cases),
    )
