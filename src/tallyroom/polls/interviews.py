"""Shares from an exit poll's interviews: a stratified sample of stations, and of voters at each.

The file is CSV with the columns station, stratum, weight, choice, refused (yes or empty), and, where they were
noted, age and sex. Variances are by linearisation with stations as the first stage and as if they were drawn with
replacement (by svy; the tests hold it against the textbook formula); the design effect is the variance over that of
as many voters drawn singly.

What it cannot tell: those who refused are left out, as if they had voted like the others at their station. How many
refused, by age and sex where it was noted, is beside every share.
"""

from __future__ import annotations

import csv
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tallyroom.errors import CannotEstimate
from tallyroom.record.csvfile import decode, read_rows

__all__ = ["Interviews", "Refusals", "Share", "estimate_shares", "read_interviews"]

_NEEDED = ("station", "stratum", "weight", "choice", "refused")
_YES = {"yes": True, "1": True, "true": True, "no": False, "0": False, "false": False, "": False}
_SHOWN = 20


@dataclass(frozen=True)
class Interview:
    """One voter who was asked. choice is empty for one who refused."""

    station: str
    stratum: str
    weight: float
    choice: str
    refused: bool
    age: str = ""
    sex: str = ""


@dataclass(frozen=True)
class Refusals:
    """How many of a group were asked and refused. group: `age 18-29`, `sex f`, or all."""

    group: str
    asked: int
    refused: int


@dataclass(frozen=True)
class Share:
    """One choice, as shares of 1: estimate, standard error, 95 % interval; the design effect, None for no spread."""

    choice: str
    share: float
    error: float
    low: float
    high: float
    effect: float | None


@dataclass(frozen=True)
class Interviews:
    """What was estimated, and what it rests on."""

    asked: int
    answered: int
    stations: int
    strata: int
    shares: Sequence[Share]
    refusals: Sequence[Refusals]


def read_interviews(path: Path) -> list[Interview]:
    """The interviews of a file. Raises CannotEstimate with every line that is not one, twenty of them in words."""
    try:
        text, bad = decode(path.read_bytes(), path.name)
    except OSError as error:
        raise CannotEstimate(f"{path} cannot be read: the system says “{error.strerror or error}”.") from error
    read = read_rows(text, path.name, (*_NEEDED, "age", "sex").__contains__)
    lacking = [column for column in _NEEDED if column not in read.header]
    if bad or read.faults or lacking:
        says = "; ".join(map(str, bad or read.faults)) or f"line 1: no column {', '.join(lacking)}."
        raise CannotEstimate(f"{path.name}: {says} Needed: {', '.join(_NEEDED)}.")
    found, faults = [], []
    for line, cells in zip(read.lines, read.rows, strict=True):
        answer = _interview(dict(zip(read.header, cells, strict=True)))
        if isinstance(answer, str):
            faults.append(f"  {path.name}, line {line}: {answer}")
        else:
            found.append(answer)
    if faults:
        more = [f"  … and {len(faults) - _SHOWN} more."] if len(faults) > _SHOWN else []
        raise CannotEstimate("\n".join([f"{len(faults)} lines are no interviews:", *faults[:_SHOWN], *more]))
    return found


def _interview(row: Mapping[str, str | None]) -> Interview | str:
    cells = {name: (row[name] or "").strip() for name in (*_NEEDED, "age", "sex") if name in row}
    refused = _YES.get(cells["refused"].casefold())
    try:
        weight = float(cells["weight"])
    except ValueError:
        weight = 0.0
    if not 0 < weight < 1e12:
        return f"weight is '{cells['weight']}'; expected a number above 0"
    if refused is None:
        return f"refused is '{cells['refused']}'; expected yes, no or nothing"
    if not cells["station"] or not cells["stratum"]:
        return "station or stratum is empty"
    if refused == bool(cells["choice"]):
        return "expected a choice, or yes in refused, and not both"
    names = ("station", "stratum", "choice", "age", "sex")
    station, stratum, choice, age, sex = (cells.get(name, "") for name in names)
    return Interview(station, stratum, weight, choice, refused, age, sex)


def estimate_shares(interviews: Sequence[Interview]) -> Interviews:
    """The weighted share of every choice. Raises CannotEstimate where a stratum has answers from one station only,
    or where svy is not installed."""
    answered = [one for one in interviews if not one.refused]
    stations: dict[str, set[str]] = defaultdict(set)
    for one in answered:
        stations[one.stratum].add(one.station)
    if not answered:
        raise CannotEstimate("Nobody answered, so no share can be estimated.")
    alone = sorted(stratum for stratum, names in stations.items() if len(names) < 2)
    if alone:
        raise CannotEstimate(
            f"Answers from one station only in {', '.join(alone)}: how far stations differ there cannot be known. "
            "Put each of these strata together with a like one."
        )
    shares = sorted(_estimated(answered), key=lambda share: -share.share)
    places = len({(one.stratum, one.station) for one in answered})
    return Interviews(len(interviews), len(answered), places, len(stations), shares, _refusals(interviews))


def _refusals(interviews: Sequence[Interview]) -> list[Refusals]:
    asked: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    for one in interviews:
        groups = ["all", *(f"{name} {value}" for name, value in (("age", one.age), ("sex", one.sex)) if value)]
        asked.update(groups)
        refused.update(groups if one.refused else ())
    ordered = sorted(asked, key=lambda group: (group != "all", group))
    return [Refusals(group, asked[group], refused[group]) for group in ordered]


def _estimated(answered: Sequence[Interview]) -> list[Share]:
    choices = {one.choice for one in answered}
    if len(choices) == 1:
        return [Share(choices.pop(), 1.0, 0.0, 1.0, 1.0, None)]
    return [
        Share(str(e.y_level).removeprefix("c"), float(e.est), float(e.se), float(e.lci), float(e.uci), _effect(e))
        for e in _by_svy(answered)
    ]


def _effect(estimate: Any) -> float | None:
    return float(estimate.deff) if estimate.deff is not None and estimate.deff == estimate.deff else None


def _by_svy(answered: Sequence[Interview]) -> Sequence[Any]:
    try:
        import svy  # an extra, and a second to load: only those who have interviews need it
    except ImportError as error:
        raise CannotEstimate("Interviews need the package svy: install tallyroom[polls].") from error
    design = svy.Design(stratum="stratum", psu="station", wgt="weight", wr=True)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "answers.csv"
        with file.open("w", encoding="utf-8", newline="") as written:
            rows = csv.writer(written)
            rows.writerow(["station", "stratum", "weight", "choice"])
            # A letter before each name: svy would read 007 as the number 7, and "NA" as nothing.
            rows.writerows([f"s{o.stratum} {o.station}", f"s{o.stratum}", o.weight, f"c{o.choice}"] for o in answered)
        sample = svy.Sample(svy.read_csv(file), design=design)
    found: Any = sample.estimation.prop("choice", deff="wr")  # a list only where it is asked by groups
    estimates: Sequence[Any] = found.estimates
    return estimates
