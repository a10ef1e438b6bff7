"""Polls, samples and estimates in the shape that `poll … --json` prints: see docs/json.md.

Percentages are decimal text; what is not known or not computable is null, and beside it stands why.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from scipy.special import stdtrit

from tallyroom.polls.draw import Sample
from tallyroom.polls.estimate import Estimate
from tallyroom.polls.frame import Frame
from tallyroom.polls.interviews import Interviews
from tallyroom.polls.published import Beside, NonResponse, PublishedPoll, Result
from tallyroom.polls.quick_count import Difference, QuickCount
from tallyroom.polls.sequence import Look
from tallyroom.record.contest import Contest
from tallyroom.record.folder import Record
from tallyroom.tabulate.shares import decimal_text, rounded

__all__ = ["agreement", "interviews_json", "polls_json", "quick_count_json", "sample_json"]

Json = dict[str, Any]


def _percent(value: Fraction | float | None, digits: int = 2) -> str | None:
    return None if value is None else decimal_text(rounded(Fraction(value), digits), digits)


def polls_json(record: Record, polls: Sequence[PublishedPoll], results: Sequence[Result]) -> Json:
    """Every poll with shares, beside each result of its contest."""
    return {"record": record.election.id, "polls": [_poll(poll, results) for poll in polls]}


def _poll(poll: PublishedPoll, results: Sequence[Result]) -> Json:
    design = poll.design
    mine = [result for result in results if result.contest == poll.contest]
    return {
        "poll": poll.poll.id,
        "contest": poll.contest,
        "pollster": poll.poll.ids("pollster"),
        "kind": poll.poll["kind"],
        "design": {
            "stations": design.stations,
            "respondents": design.respondents,
            "refused": _percent(design.refused),
            "design_effect": _percent(design.effect),
            "margin": _percent(design.margin),
        },
        "not_known": list(design.unknown),
        "no_interval": poll.no_interval,
        "beside": [_beside(result, poll.beside(result)) for result in mine],
        "sources": poll.poll.ids("source"),
    }


def _beside(result: Result, choices: Sequence[Beside]) -> Json:
    return {
        "result": result.kind,
        "as_of": result.as_of,
        "of": result.of,
        "choices": [
            {
                "choice": one.choice,
                "poll": _percent(one.poll),
                "in_result": _percent(one.result),
                "difference": _percent(one.difference),
                "interval": _interval(one.interval.low, one.interval.high) if one.interval else None,
                "rests_on": one.interval.rests_on if one.interval else None,
                "inside": one.inside,
                "outside_by": _percent(one.outside_by),
                "non_response": _non_response(one.non_response),
            }
            for one in choices
        ],
    }


def _interval(low: float, high: float) -> Json:
    return {"low": _percent(low), "high": _percent(high)}


def _non_response(explained: NonResponse | None) -> Json | None:
    if explained is None:
        return None
    return {
        "refused": _percent(explained.refused),
        "needed": _percent(explained.needed),
        "least_refusals": _percent(explained.least),
    }


def interviews_json(found: Interviews, results: Sequence[Result]) -> Json:
    """The shares estimated from interviews, beside every result that has the choice."""
    return {
        "asked": found.asked,
        "answered": found.answered,
        "stations": found.stations,
        "strata": found.strata,
        "shares": [
            {
                "choice": one.choice,
                "share": _percent(100 * one.share),
                "standard_error": _percent(100 * one.error, 3),
                **_interval(100 * one.low, 100 * one.high),
                "design_effect": _percent(one.effect),
                "beside": [
                    {
                        "result": r.kind,
                        "contest": r.contest,
                        "share": _percent(r.shares[one.choice]),
                        "inside": one.low <= r.shares[one.choice] / 100 <= one.high,
                    }
                    for r in results
                    if one.choice in r.shares
                ],
            }
            for one in found.shares
        ],
        "refusals": [{"group": one.group, "asked": one.asked, "refused": one.refused} for one in found.refusals],
    }


def sample_json(sample: Sample, frame: Frame, margin: float | None) -> Json:
    """The sample, its strata, and the margin that an earlier election lets expect."""
    return {
        "seed": sample.seed,
        "rule": "SHA-256 of the seed, a line feed and the station's id, in UTF-8: the smallest of a stratum are drawn",
        "expected_margin": _percent(margin),
        "left_out": list(frame.left_out),
        "strata": [{"stratum": n, "stations": of, "drawn": size} for n, (of, size) in sample.strata.items()],
        "stations": [
            {
                "station": one.station,
                "stratum": one.stratum,
                "order": one.order,
                "role": "replacement" if one.replacement else "sample",
                "ticket": one.ticket,
            }
            for one in sample.drawn
        ],
    }


def quick_count_json(
    record: Record, contest: Contest, found: QuickCount, results: Sequence[Result], differences: Sequence[Difference]
) -> Json:
    """The estimates so far, how they came about, and the official result beside them."""
    return {
        "record": record.election.id,
        "contest": contest.id,
        "of": contest.shares_of,
        "counted": found.counted,
        "drawn": found.drawn,
        "missing": dict(found.missing),
        "replaced": found.replaced,
        "says": _says(found),
        "choices": [_choice(choice.id, found, results) for choice in contest.choices],
        "copies_that_differ": [
            {"station": d.station, "choice": d.figure, "copy": d.copy, "official": d.official} for d in differences
        ],
    }


def _says(found: QuickCount) -> list[str]:
    says = []
    if found.missing:
        strata = ", ".join(f"{stratum} ({count})" for stratum, count in found.missing.items())
        says.append(f"Nothing stands in for {sum(found.missing.values())} stations: {strata}.")
    if found.replaced:
        says.append(f"{found.replaced} replacements stand in for stations that were drawn.")
    joined = next(iter(found.estimates.values())).joined if found.estimates else ()
    if joined:
        says.append(f"Put together for want of stations, as if alike: {'; '.join(joined)}.")
    if not found.in_order:
        says.append("When each station came in is not said, so whether late ones differ is not computable.")
    return says


def _choice(choice: str, found: QuickCount, results: Sequence[Result]) -> Json:
    estimate, looks, late = found.estimates[choice], found.looks[choice], found.late[choice]
    return {
        "choice": choice,
        "share": _share(estimate.share),
        "standard_error": _percent(100 * estimate.error, 3) if estimate.error is not None else None,
        "degrees_of_freedom": estimate.freedom,
        "interval": _between(estimate.low, estimate.high),
        "sequence": _between(looks[-1].low, looks[-1].high) if looks else None,
        "not_computable": estimate.says or ("" if looks else "the sequence begins at thirty stations"),
        "looks": [_look(look) for look in looks],
        "late": {"difference": _percent(late.difference), "standard_error": _percent(late.error)}
        if late and found.in_order
        else None,
        "beside": [
            {
                "result": r.kind,
                "share": _percent(r.shares[choice]),
                "says": agreement(estimate, r.shares[choice], len(found.estimates)),
            }
            for r in results
            if choice in r.shares
        ],
    }


def agreement(estimate: Estimate, official: Fraction, choices: int) -> str:
    """Whether the official share, in percent, is further off than chance would have any of so many choices be.

    Of twenty choices one lies outside its own 95 % interval by chance: all of them together are given the 5 %.
    """
    if estimate.share is None or not estimate.error:
        return "not computable"
    reach = float(stdtrit(estimate.freedom, 1 - 0.025 / choices)) * estimate.error
    return "agrees" if abs(float(official) / 100 - estimate.share) <= reach else "differs by more than chance"


def _look(look: Look) -> Json:
    return {
        "stations": look.estimate.stations,
        "share": _share(look.estimate.share),
        "interval": _between(look.estimate.low, look.estimate.high),
        "sequence": _between(look.low, look.high),
    }


def _share(share: float | None) -> str | None:
    return None if share is None else _percent(100 * share)


def _between(low: float | None, high: float | None) -> Json | None:
    return None if low is None or high is None else _interval(100 * low, 100 * high)
