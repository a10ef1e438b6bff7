"""The patterns of a record in the shape that `patterns --json` prints: see docs/json.md.

A contest alone stands at the top; several stand in a list `contests`. Every method carries its assumptions and what
else makes such figures. The reference election, with which ours stands side by side, is Poland's of 2020 unless
another record is given.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from tallyroom.errors import NoPatterns, NotFound
from tallyroom.patterns.caveats import CAVEATS
from tallyroom.patterns.digits import SMALLEST
from tallyroom.patterns.histogram import Histogram
from tallyroom.patterns.integers import FLAG, RULES, AreaExcess, Excess, IntegerPercentages
from tallyroom.patterns.panel import ContestPatterns, Panel, contest_patterns
from tallyroom.patterns.turnout_window import TurnoutWindow
from tallyroom.record.contest import Contest
from tallyroom.record.folder import Record

__all__ = ["built_in_reference", "patterns_report", "reference_of", "worked_out"]

_REFERENCE = "poland-2020-round-1"
_MOST_DISCOVERIES = 0.05

Json = dict[str, Any]


def built_in_reference() -> Json:
    """The reference election that comes with the program: the leader's panel in Poland, 28 June 2020."""
    text = (files("tallyroom.patterns") / "reference" / f"{_REFERENCE}.json").read_text(encoding="utf-8")
    found: Json = json.loads(text)
    return found


def worked_out(
    record: Record, contest: str = "", choice: str = "", by: str = ""
) -> tuple[list[ContestPatterns], dict[str, str]]:
    """The contests that can be looked at, and why the others cannot.

    Raises NotFound for a contest, choice or kind of area that is not there, NoPatterns where no contest can be.
    """
    contests = _contests(record, contest, choice)
    found, refused = [], {}
    for one in contests:
        try:
            found.append(contest_patterns(record, one, choice, by))
        except NoPatterns as error:
            refused[one.id] = str(error)
    if not found:
        raise NoPatterns("\n".join(refused.values()) or f"{record.name} has no contest.")
    return found, refused


def _contests(record: Record, contest: str, choice: str) -> list[Contest]:
    every = list(record.election.contests)
    known = [one for one in every if contest in ("", one.id)]
    if not known and contest:
        raise NotFound(f"There is no contest '{contest}'. Contests: {', '.join(one.id for one in every)}.")
    if choice and not contest:
        known = [one for one in known if choice in {c.id for c in one.choices}] or known[:1]
    return known


def patterns_report(
    record: Record, found: Sequence[ContestPatterns], refused: Mapping[str, str], reference: Json | None = None
) -> Json:
    """The whole report; reference: what the other side of each comparison is, Poland's if not given."""
    contests: list[Json] = [_contest(one) for one in found]
    contests += [{"contest": contest, "refused": why} for contest, why in refused.items()]
    beside = reference if reference is not None else built_in_reference()
    if len(contests) == 1:
        return {"record": record.election.id, **contests[0], "reference_election": beside}
    return {"record": record.election.id, "contests": contests, "reference_election": beside}


def reference_of(record: Record, found: ContestPatterns) -> Json:
    """A contest as the other side of a comparison: the leader's panel, without its areas."""
    panel = _panel(found.leader)
    panel["integer_percentages"].pop("areas")
    window = next(one for one in found.windows if one.choice == found.leader.choice)
    return {
        "election": record.election.id,
        "name": record.election.names.get("en", record.election.name),
        "date": record.election.date,
        "contest": found.contest,
        "choice_name": record.name_of(found.leader.choice, "en"),
        "stations": len(found.stations),
        **panel,
        "turnout_window": {"choices": [_window(window)]},
    }


def _contest(found: ContestPatterns) -> Json:
    windows = {"choices": [_window(one) for one in found.windows], **CAVEATS["turnout_window"].as_json()}
    panel = {name: _with_caveat(name, value) for name, value in _panel(found.leader).items()}
    return {
        "contest": found.contest,
        "stations": len(found.stations),
        "left_out": dict(found.stations.left_out),
        "definitions": dict(found.stations.definitions),
        "by": found.by,
        **panel,
        "turnout_window": windows,
        "runner_up": _panel(found.runner_up) if found.runner_up else None,
    }


def _with_caveat(name: str, value: Any) -> Any:
    if name == "choice":
        return value
    return {**(value or {"refused": "too few stations, or no spread"}), **CAVEATS[name].as_json()}


def _panel(panel: Panel) -> Json:
    turnout, share, most = panel.fingerprint.largest
    return {
        "choice": panel.choice,
        "integer_percentages": _integers(panel.whole, panel.fives),
        "fingerprint": {
            "stations": panel.fingerprint.stations,
            "largest": {"turnout": turnout, "share": share, "stations": most},
            "cells": panel.fingerprint.listed(),
        },
        "histograms": {"turnout": _histogram(panel.turnout), "share": _histogram(panel.share)},
        "vote_rate": _rounded(asdict(panel.rate), 4) if panel.rate else None,
        "slopes": _rounded(asdict(panel.slopes), 5) if panel.slopes else None,
        "last_digits": _digits(panel),
        "klimek": _rounded(asdict(panel.cloud), 4) if panel.cloud else None,
    }


def _integers(whole: IntegerPercentages, fives: IntegerPercentages) -> Json:
    return {
        **_integer(whole),
        "rules": list(RULES),
        "every_fifth": _integer(fives),
        "areas": [_area(area) for area in whole.areas],
    }


def _integer(test: IntegerPercentages) -> Json:
    excesses = {name: _excess(getattr(test, name)) for name in ("either", "turnout", "share")}
    return {"stations": test.stations, "period": test.period, **excesses}


def _excess(excess: Excess) -> Json:
    return {**excess.as_json(), "flagged": excess.z > FLAG}


def _area(area: AreaExcess) -> Json:
    flagged = area.either.z > FLAG and area.rate <= _MOST_DISCOVERIES
    rate = float(f"{area.rate:.3g}")
    figures = area.either.as_json()
    return {
        "area": area.area,
        "stations": area.stations,
        **figures,
        "false_discovery_rate": rate,
        "flagged": flagged,
    }


def _window(window: TurnoutWindow) -> Json:
    peak, interval = window.peak, window.interval
    return {
        "choice": window.choice,
        "window": [peak.first, peak.last] if peak else None,
        "ratio": round(peak.ratio, 6) if peak else None,
        "estimate": round(peak.above) if peak and not window.refused else None,
        "refused": window.refused,
        "interval": _rounded(asdict(interval), 0) if interval and not window.refused else None,
        "curve": [_rounded(asdict(e), 0) | {"ratio": round(e.ratio, 6)} for e in window.curve],
    }


def _histogram(histogram: Histogram) -> Json:
    return {
        "tenths": [round(float(n), 1) for n in histogram.tenths],
        "whole": [
            {"percent": p, "observed": int(o), "expected": round(float(e), 1)}
            for p, (o, e) in enumerate(zip(histogram.observed, histogram.expected, strict=True))
        ],
    }


def _digits(panel: Panel) -> Json | None:
    digits = panel.digits
    if digits is None:
        return None
    return {
        "numbers": digits.numbers,
        "smallest": SMALLEST,
        "counts": list(digits.counts),
        "chi_square": round(digits.chi_square, 3),
        "chance": float(f"{digits.chance:.4g}"),
        "z": round(digits.z, 2),
        "flagged": digits.z > FLAG,
        "mean": round(digits.mean, 4),
        "zeros_and_fives": round(digits.zeros_and_fives, 5),
    }


def _rounded(figures: Json, digits: int) -> Json:
    """The same with its real numbers rounded; without digits, to whole numbers."""
    return {name: round(v, digits or None) if isinstance(v, float) else v for name, v in figures.items()}
