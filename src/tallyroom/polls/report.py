"""Polls beside results in the shape that `poll compare --json` prints: see docs/json.md.

Percentages are decimal text; what is not known or not computable is null, and beside it stands why.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from tallyroom.polls.interviews import Interviews
from tallyroom.polls.published import Beside, NonResponse, PublishedPoll, Result
from tallyroom.record.folder import Record
from tallyroom.tabulate.shares import decimal_text, rounded

__all__ = ["interviews_json", "percent", "polls_json"]

Json = dict[str, Any]


def percent(value: Fraction | float | None, digits: int = 2) -> str | None:
    """A percentage as decimal text; None where it is not known."""
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
            "refused": percent(design.refused),
            "design_effect": percent(design.effect),
            "margin": percent(design.margin),
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
        "stations_to_come": result.to_come[0] if result.to_come else None,
        "choices": [
            {
                "choice": one.choice,
                "poll": percent(one.poll),
                "in_result": percent(one.result),
                "difference": percent(one.difference),
                "interval": _interval(one.interval.low, one.interval.high) if one.interval else None,
                "rests_on": one.interval.rests_on if one.interval else None,
                "inside": one.inside,
                "outside_by": percent(one.outside_by),
                "non_response": _non_response(one.non_response),
            }
            for one in choices
        ],
    }


def _interval(low: float, high: float) -> Json:
    return {"low": percent(low), "high": percent(high)}


def _non_response(explained: NonResponse | None) -> Json | None:
    if explained is None:
        return None
    return {
        "refused": percent(explained.refused),
        "needed": percent(explained.needed),
        "least_refusals": percent(explained.least),
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
                "share": percent(100 * one.share),
                "standard_error": percent(100 * one.error, 3),
                **_interval(100 * one.low, 100 * one.high),
                "design_effect": percent(one.effect),
                "beside": [
                    {
                        "result": r.kind,
                        "contest": r.contest,
                        "share": percent(r.shares[one.choice]),
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
