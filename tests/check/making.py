"""Records of a few lines for the checks to look at: `Making("a", "b").figure(…).record(folder)`."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tallyroom.check.checks import check_record
from tallyroom.check.findings import CannotCheck, Finding, Passed, Report
from tallyroom.record.folder import Record, read_record
from tallyroom.tabulate.results import Results

ZONE = "Europe/Tallinn"
DAY = "2031-05-18"
_SHARES = ("turnout_share", "share_counted", "candidate_share", "exit_poll_share")


@dataclass
class Making:
    """A record in the making. contests: id → choices; without any, one contest of these choices."""

    choices: Sequence[str] = ("a", "b")
    contests: Mapping[str, Sequence[str]] = field(default_factory=dict)
    definition: str = ""
    contest: str = ""
    rule: str = "plurality"
    stations: str = "all"
    zone: str = ZONE
    announcements: list[dict[str, str]] = field(default_factory=list)
    tables: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def figure(self, measure: str, value: object, **cells: str) -> Making:
        """One announced figure: of announcement `one`, as of the evening of the election, unless the cells differ."""
        unit = "percent" if measure in _SHARES else "count"
        row = {"announcement": "one", "as_of": f"{DAY}T23:00", "measure": measure, "value": str(value), "unit": unit}
        self.announcements.append({**row, **cells})
        return self

    def votes(self, *counts: object, **cells: str) -> Making:
        """The votes of each choice, in their order; None leaves one out."""
        return self._each("candidate_votes", counts, cells)

    def shares(self, *shares: object, **cells: str) -> Making:
        """The printed share of each choice, in their order; None leaves one out."""
        return self._each("candidate_share", shares, cells)

    def _each(self, measure: str, values: Sequence[object], cells: Mapping[str, str]) -> Making:
        choices = self.contests[cells["contest"]] if self.contests and "contest" in cells else self.choices
        for choice, value in zip(choices, values, strict=True):
            if value is not None:
                self.figure(measure, value, choice=choice, **cells)
        return self

    def row(self, table: str, **cells: str) -> Making:
        """One row of another table; `returns/president` and the like too."""
        self.tables.setdefault(table, []).append(cells)
        return self

    def area(self, name: str, parent: str = "", kind: str = "region") -> Making:
        """One area."""
        return self.row("areas", id=name, parent=parent, kind=kind, name=name.capitalize())

    def record(self, folder: Path) -> Record:
        """The record, written to a folder and read."""
        folder.mkdir(parents=True, exist_ok=True)
        contests = self.contests or {"president": self.choices}
        text = f'id = "invented"\ndate = "{DAY}"\ntimezone = "{self.zone}"\nstations = "{self.stations}"\n'
        text += '[names]\nen = "Invented"\n'
        for name, choices in contests.items():
            listed = ", ".join(f'{{ id = "{c}", names = {{ en = "{c.upper()}" }} }}' for c in choices)
            text += f'[[contests]]\nid = "{name}"\nrule = "{self.rule}"\nchoices = [{listed}]\n{self.contest}\n'
        (folder / "election.toml").write_text(text + self.definition, encoding="utf-8")
        for table, rows in {**self.tables, "announcements": self.announcements}.items():
            if rows:
                _write(folder / f"{table}.csv", rows)
        return read_record(folder)

    def report(self, folder: Path, *, returns: bool = False) -> Report:
        """What the checks say of it. returns: tabulate too, which takes longer."""
        record = self.record(folder)
        with_returns = returns or any(table.startswith("returns/") for table in self.tables)
        return check_record(record, None if with_returns else Results("invented", []))


def _write(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def found(report: Report, check: str) -> list[Finding]:
    """The findings of a check, whose name may go on: `form` is every check of the form."""
    return [f for f in report.findings if f.check == check or f.check.startswith(f"{check}:")]


def passed(report: Report, check: str) -> list[Passed]:
    """What a check let pass."""
    return [p for p in report.passed if p.check == check or p.check.startswith(f"{check}:")]


def lacking(report: Report, check: str) -> list[CannotCheck]:
    """What a check could not look at."""
    return [c for c in report.cannot_check if c.check == check or c.check.startswith(f"{check}:")]


def only(findings: Sequence[Finding]) -> Finding:
    """The one finding that there is."""
    assert len(findings) == 1, [f.says for f in findings]
    return findings[0]


def alarms(report: Report) -> list[str]:
    """Every error and warning, as sentences; sources are left out on purpose in these records."""
    return [f"{f.check}: {f.says}" for f in report.findings if f.severity != "notice"]


def as_text(report: Report) -> str:
    """The report as `check --json` prints it; raises if JSON cannot hold it."""
    return json.dumps(report.as_json(), allow_nan=False)
