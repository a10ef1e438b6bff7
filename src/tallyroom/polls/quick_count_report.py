"""Samples and estimates in the shape that `poll sample --json` and `poll estimate --json` print: see docs/json.md.

Percentages are decimal text; what is not known or not computable is null, and beside it stands why.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from scipy.special import stdtrit

from tallyroom.polls.draw import ENOUGH, Sample
from tallyroom.polls.estimate import Estimate
from tallyroom.polls.frame import Frame
from tallyroom.polls.published import Result
from tallyroom.polls.quick_count import QuickCount
from tallyroom.polls.report import percent
from tallyroom.polls.sequence import Look
from tallyroom.polls.standing import Recorded, Standing
from tallyroom.record.folder import Record

__all__ = ["agreement", "quick_count_json", "sample_json"]

Json = dict[str, Any]


def sample_json(sample: Sample, frame: Frame, margin: float | None) -> Json:
    """The sample, its strata, and the margin that an earlier election lets expect."""
    return {
        "seed": sample.seed,
        "rule": "SHA-256 of the seed, a line feed and the station's id, in UTF-8: the smallest of a stratum are drawn",
        "expected_margin": percent(margin),
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


def quick_count_json(record: Record, standing: Standing) -> Json:
    """The sample, the estimates so far, how they came about, and the official result beside them."""
    contest, found = standing.contest, standing.found
    return {
        "record": record.election.id,
        "contest": contest.id,
        "of": contest.shares_of,
        "sample": _recorded(standing.recorded) if standing.recorded else None,
        "figures_of": standing.organisation or "returns",
        "counted": found.counted,
        "drawn": found.drawn,
        "missing": dict(found.missing),
        "replaced": found.replaced,
        "timed": found.timed,
        "says": list(_says(found)),
        "strata": [
            {"stratum": name, "stations": of, "drawn": size, "counted": size - found.missing.get(name, 0)}
            for name, (of, size) in standing.sample.strata.items()
        ],
        "choices": [_choice(choice.id, standing) for choice in contest.choices],
        "compared": standing.compared,
        "copies_that_differ": [
            {"station": d.station, "choice": d.figure, "copy": d.copy, "official": d.official}
            for d in standing.differences
        ],
    }


def _recorded(recorded: Recorded) -> Json:
    row, again, timing = recorded.row, recorded.redrawn, recorded.timing
    return {
        "id": row.id,
        "by": row.ids("by"),
        "rule": row["rule"] or None,
        "seed": row["seed"] or None,
        "strata": row["strata"] or None,
        "drawn_again": {
            "same": again.same,
            "not_computable": again.impossible,
            "not_given_by_the_rule": list(again.strangers),
            "not_listed": list(again.lacking),
            "listed_otherwise": list(again.otherwise),
        },
        "seed_after_list": timing.after_list,
        "seed_before_count": timing.before_count,
        "sources": row.ids("source"),
    }


def _says(found: QuickCount) -> Iterator[str]:
    if found.missing:
        strata = ", ".join(f"{stratum} ({count})" for stratum, count in found.missing.items())
        lacking = sum(found.missing.values())
        yield f"Nothing stands in for {lacking} station{'s' if lacking > 1 else ''}: {strata}."
    if found.replaced:
        many = "replacements stand" if found.replaced > 1 else "replacement stands"
        yield f"{found.replaced} {many} in for stations that were drawn."
    if 1 < found.counted < ENOUGH:
        yield f"With fewer than {ENOUGH} stations the intervals may be too narrow where stations differ much."
    joined = next(iter(found.estimates.values())).joined if found.estimates else ()
    if joined:
        yield f"Put together for want of stations, as if alike: {'; '.join(joined)}."
    if not found.timed:
        yield "When each station came in is not said, so whether late ones differ is not computable."
    elif found.timed < found.counted:
        untimed = f"{found.counted - found.timed} of {found.counted} stations do not say when they came in"
        yield f"{untimed}: they stand last in the looks, and whether late ones differ is said without them."


def _choice(choice: str, standing: Standing) -> Json:
    found = standing.found
    estimate, looks, late = found.estimates[choice], found.looks[choice], found.late[choice]
    return {
        "choice": choice,
        "share": _share(estimate.share),
        "standard_error": percent(100 * estimate.error, 3) if estimate.error is not None else None,
        "degrees_of_freedom": estimate.freedom,
        "joined_strata": list(estimate.joined),
        "interval": _between(estimate.low, estimate.high),
        "sequence": _between(looks[-1].low, looks[-1].high) if looks else None,
        "not_computable": estimate.says or ("" if looks else "the sequence begins at thirty stations"),
        "looks": [_look(look) for look in looks],
        "late": {"difference": percent(late.difference), "standard_error": percent(late.error)} if late else None,
        "beside": [
            {
                "result": result.kind,
                "share": percent(result.shares[choice]),
                "stations_to_come": result.to_come[0] if result.to_come else None,
                "says": agreement(estimate, result, choice, len(found.estimates)),
            }
            for result in standing.results
            if choice in result.shares
        ],
    }


def agreement(estimate: Estimate, result: Result, choice: str, choices: int) -> str:
    """Whether the official share is further off than chance would have any of so many choices be.

    Of twenty choices one lies outside its own 95 % interval by chance: all of them together are given the 5 %.
    A count that many stations are missing from is no result yet, and is not judged.
    """
    if estimate.share is None or not estimate.error:
        return "not computable"
    if not result.complete:
        return "not complete"
    reach = float(stdtrit(estimate.freedom, 1 - 0.025 / choices)) * estimate.error
    official: Fraction = result.shares[choice]
    return "agrees" if abs(float(official) / 100 - estimate.share) <= reach else "differs by more than chance"


def _look(look: Look) -> Json:
    return {
        "stations": look.estimate.stations,
        "share": _share(look.estimate.share),
        "interval": _between(look.estimate.low, look.estimate.high),
        "sequence": _between(look.low, look.high),
    }


def _share(share: float | None) -> str | None:
    return None if share is None else percent(100 * share)


def _between(low: float | None, high: float | None) -> Json | None:
    return None if low is None or high is None else {"low": percent(100 * low), "high": percent(100 * high)}
