"""What a check saw: findings, what passed, and what could not be checked.

`check --json` prints a `Report` in this shape, which other programs may rely on:

    {"record": name,
     "findings": [{"check", "severity": "error" | "warning" | "notice",
                   "where": {"file", "line", "area", "station", "contest"},
                   "says", "numbers": {name: int or decimal text}, "arithmetic", "sources": [id],
                   "look_at", "count", "cases": [{"where", "says", "numbers"}]}],
     "passed": [{"check", "of": how many it looked at, "says"}],
     "cannot_check": [{"check", "lacks", "where", "count"}]}

`file` is relative to the record; a key of `where` that does not apply is left out; `count` is how
many cases the finding stands for. A finding says what differs, never who meant it. `error`: it
cannot be so. `warning`: two figures disagree, or a form is off. `notice`: worth knowing, as likely
innocent as not. Exact numbers stand as integers, and shares as decimal text. What is found at more
than twenty places is one finding with as many cases, and what cannot be checked for one reason is
one entry with its count.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from tallyroom.record.rows import Row

__all__ = [
    "CannotCheck",
    "Case",
    "Finding",
    "Outcome",
    "Passed",
    "Report",
    "Severity",
    "Where",
    "sources_of",
]

Severity = Literal["error", "warning", "notice"]
Numbers = Mapping[str, int | str]
_ORDER = {"error": 0, "warning": 1, "notice": 2}
_MANY = 20
_ON_RETURNS = ("returns/", "copies/", "stations.")


@dataclass(frozen=True)
class Where:
    """A place in a record."""

    file: str = ""
    line: int = 0
    area: str = ""
    station: str = ""
    contest: str = ""

    def as_json(self) -> dict[str, str | int]:
        """The keys that apply."""
        return {key: value for key, value in vars(self).items() if value}

    def __str__(self) -> str:
        file = f"{self.file}, line {self.line}" if self.file and self.line else self.file
        return ", ".join(part for part in (file, self.station or self.area) if part)


@dataclass(frozen=True)
class Case:
    """One of the many places that a finding stands for."""

    where: Where
    says: str
    numbers: Numbers = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """The case as `check --json` prints it."""
        return {"where": self.where.as_json(), "says": self.says, "numbers": dict(self.numbers)}


@dataclass(frozen=True)
class Finding:
    """What a check saw, where, with the numbers and the arithmetic that show it.

    look_at: what a person would look at next. cases: every place, where there are several.
    """

    check: str
    severity: Severity
    where: Where
    says: str
    numbers: Numbers = field(default_factory=dict)
    arithmetic: str = ""
    sources: tuple[str, ...] = ()
    look_at: str = ""
    cases: tuple[Case, ...] = ()

    @property
    def count(self) -> int:
        """How many cases it stands for."""
        return len(self.cases) or 1

    def as_json(self) -> dict[str, object]:
        """The finding as `check --json` prints it."""
        return {
            "check": self.check,
            "severity": self.severity,
            "where": self.where.as_json(),
            "says": self.says,
            "numbers": dict(self.numbers),
            "arithmetic": self.arithmetic,
            "sources": list(self.sources),
            "look_at": self.look_at,
            "count": self.count,
            "cases": [case.as_json() for case in self.cases],
        }


@dataclass(frozen=True)
class Passed:
    """A check that found nothing to say, how many things it looked at, and what holds."""

    check: str
    of: int
    says: str

    def as_json(self) -> dict[str, object]:
        """What passed, as `check --json` prints it."""
        return {"check": self.check, "of": self.of, "says": self.says}


@dataclass(frozen=True)
class CannotCheck:
    """What lacks its figures: not passed, and not wrong."""

    check: str
    lacks: str
    where: Where = Where()
    count: int = 1

    def as_json(self) -> dict[str, object]:
        """What cannot be checked, as `check --json` prints it."""
        return {"check": self.check, "lacks": self.lacks, "where": self.where.as_json(), "count": self.count}


Outcome = Finding | Passed | CannotCheck


@dataclass(frozen=True)
class Report:
    """Everything that the checks of a record saw, the gravest first."""

    record: str
    findings: Sequence[Finding]
    passed: Sequence[Passed]
    cannot_check: Sequence[CannotCheck]

    @classmethod
    def of(cls, record: str, outcomes: Iterable[Outcome]) -> Report:
        """The report of these outcomes; what ranks alike stays in the order of the checks."""
        every = list(outcomes)
        findings = _ranked(list(_gathered([o for o in every if isinstance(o, Finding)])))
        passed = [o for o in every if isinstance(o, Passed)]
        lacking = _together([o for o in every if isinstance(o, CannotCheck)])
        return cls(record, findings, passed, lacking)

    @property
    def clean(self) -> bool:
        """Whether there is neither an error nor a warning."""
        return all(finding.severity == "notice" for finding in self.findings)

    def as_json(self) -> dict[str, object]:
        """The report as `check --json` prints it."""
        return {
            "record": self.record,
            "findings": [finding.as_json() for finding in self.findings],
            "passed": [passed.as_json() for passed in self.passed],
            "cannot_check": [lacking.as_json() for lacking in self.cannot_check],
        }


def _gathered(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings, with what one check found at many areas or stations as one."""
    alike: dict[tuple[str, ...], list[Finding]] = defaultdict(list)
    for finding in findings:
        where = finding.where
        place = where.area or where.station
        alike[(finding.check, finding.severity, where.file, where.contest) if place else (str(len(alike)),)].append(
            finding
        )
    for group in alike.values():
        if len({f.where.area or f.where.station for f in group}) > _MANY:
            yield _one_of(group)
        else:
            yield from group


def _ranked(findings: Sequence[Finding]) -> list[Finding]:
    """The findings by severity, then the checks on returns that found something at most stations.

    What one check found stays together, in the order in which it says it.
    """
    stations: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        if finding.where.file.startswith(_ON_RETURNS):
            key = (finding.severity, finding.check)
            stations[key] = max(stations[key], int(finding.numbers.get("stations", finding.count)))
    return sorted(findings, key=lambda f: (_ORDER[f.severity], -stations[f.severity, f.check]))


def _one_of(group: Sequence[Finding]) -> Finding:
    first = group[0]
    return replace(
        first,
        where=Where(first.where.file, contest=first.where.contest),
        says=f"{len(group):,} times the same is found, at one place and another. The first: {first.says}",
        numbers={"found": len(group)},
        sources=tuple(dict.fromkeys(source for f in group for source in f.sources)),
        cases=tuple(Case(f.where, f.says, f.numbers) for f in group),
    )


def _together(lacking: Sequence[CannotCheck]) -> list[CannotCheck]:
    """What cannot be checked, with what lacks the same as one."""
    alike: dict[tuple[str, ...], list[CannotCheck]] = defaultdict(list)
    for one in lacking:
        alike[one.check, one.lacks, one.where.file, one.where.contest].append(one)
    return [
        group[0]
        if len(group) == 1
        else replace(
            group[0],
            where=Where(group[0].where.file, contest=group[0].where.contest),
            count=sum(one.count for one in group),
        )
        for group in alike.values()
    ]


def sources_of(rows: Iterable[Row]) -> tuple[str, ...]:
    """The sources that rows rest on, each once, in order."""

    def every() -> Iterator[str]:
        for row in rows:
            yield from row.ids("source")

    return tuple(dict.fromkeys(every()))
