"""One publication of a record: what every page may ask about it.

A page shows; an edition knows: which figure leads where, what it rests on, what the checks say of it,
where an area or a station is shown, and how far the election has come.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from tallyroom.check.findings import Finding, Report, Where
from tallyroom.errors import NoPatterns
from tallyroom.publish import numbers, words
from tallyroom.publish.addresses import Addresses
from tallyroom.publish.announced import Announced
from tallyroom.publish.certifying import certified_step
from tallyroom.publish.findingids import finding_ids
from tallyroom.publish.language import ENGLISH, quoted, say, spoken
from tallyroom.publish.logstate import LogState
from tallyroom.publish.pictures import FormPictures
from tallyroom.publish.slices import Slices, sliced
from tallyroom.publish.stationlist import Act, Station, StationActs, StationList
from tallyroom.publish.view import FindingLink, Link, Shown
from tallyroom.record.contest import Contest
from tallyroom.record.definition import FILE
from tallyroom.record.folder import Record
from tallyroom.record.rows import Row, Table
from tallyroom.tabulate.comparison import Comparison
from tallyroom.tabulate.results import AreaResult, ContestResult, Results

__all__ = ["Edition", "figure_text"]

_TITLE = 50  # letters of a title that stands in for an outlet


@dataclass(frozen=True)
class Edition:
    """A record with its results and findings, published at a moment.

    It is the same for every language: what it says, it says in the language spoken (`language.py`).
    address: where the site will stand, such as `https://results.example.org/2031/`; empty is not known.
    comparison: with an earlier election, where one was given. release: whether whole tables are published with it.
    log: the record's log, its rows appended; None where it keeps none.
    """

    record: Record
    results: Results
    report: Report
    at: datetime
    comparison: Comparison | None = None
    address: str = ""
    release: bool = False
    log: LogState | None = None
    _acts: dict[str, StationActs | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def addresses(self) -> Addresses:
        """Where areas and stations are shown."""
        contests = [c for c in self.record.election.contests if self.has_returns(c.id)]
        return Addresses(self.record, contests, self.stations)

    @cached_property
    def stations(self) -> StationList:
        """The stations as columns."""
        return StationList(self.record)

    @cached_property
    def pictures(self) -> FormPictures:
        """The pictures of the forms."""
        return FormPictures(self.record)

    @cached_property
    def slices(self) -> Slices:
        """The rows of stations, by area."""
        return Slices(self.record, self.addresses)

    def acts(self, contest: Contest) -> StationActs | None:
        """The acts of a contest by station; None where it has no returns."""
        if contest.id not in self._acts:
            table = self.record.returns(contest.id)
            acts = StationActs(self.record, contest, table, self.stations) if table is not None else None
            self._acts[contest.id] = acts
        return self._acts[contest.id]

    @cached_property
    def figures(self) -> Announced:
        """The announced figures, found by what they are."""
        return Announced(self.record)

    # Names and dates

    def name(self, thing: str) -> str:
        """What to call an id."""
        return words.called(self.record, thing)

    def names(self, ids: Iterable[str]) -> str:
        """Several names as a list in a sentence."""
        return words.names_of(self.record, list(ids))

    def when(self, date: str) -> str:
        """A date of the record in words."""
        return numbers.when(date, self.record.election.zone)

    def own(self, text: str) -> str:
        """A text of the record in its first language, marked as such where the page is in another."""
        return quoted(text, self.record.election.first_language)

    @property
    def published(self) -> str:
        """The time of publication, local to the election, with its distance from UTC."""
        return self.moment(self.at)

    def moment(self, at: datetime) -> str:
        """A moment, local to the election, with its distance from UTC."""
        local = at.astimezone(self.record.election.zone)
        offset = f"{local:%z}"
        said = numbers.when(f"{local:%Y-%m-%dT%H:%M}", self.record.election.zone)
        distance = f"UTC{offset[:3]}:{offset[3:5]}"
        return f"{said} (\u2066{distance}\u2069)" if spoken().direction == "rtl" else f"{said} ({distance})"

    def contest_name(self, contest: Contest) -> str:
        """What to call a contest."""
        for code in (spoken().code, self.record.election.first_language):
            if name := contest.names.get(code):
                return name
        return next(iter(contest.names.values()), "") or words.sentence(words.plain(contest.id))

    def contest_heading(self, contest: Contest) -> str:
        """The same, marked as what it is where it is in another language than the page."""
        codes = (spoken().code, self.record.election.first_language, *contest.names)
        code = next((code for code in codes if contest.names.get(code)), spoken().code)
        return quoted(self.contest_name(contest), code)

    def of_contest(self, contest: Contest) -> str:
        """What follows a caption where there are several contests: `: Council`."""
        return say(": {contest}", contest=self.contest_name(contest)) if len(self.record.election.contests) > 1 else ""

    @property
    def title(self) -> str:
        """The election's name, with a capital letter."""
        election = self.record.election
        return words.sentence(election.names.get(spoken().code) or election.name)

    @property
    def title_language(self) -> str:
        """The language that the title is in."""
        election = self.record.election
        return spoken().code if spoken().code in election.names else election.first_language

    @property
    def territory(self) -> str:
        """The names of the areas that are a whole: usually the country."""
        return numbers.joined([self.name(name) for name in self._whole_areas])

    @property
    def territory_language(self) -> str:
        """The language that the territory's name is in."""
        code, first = spoken().code, self.record.election.first_language
        named = any(self.record.name_of(name, code) != self.record.name_of(name) for name in self._whole_areas)
        return code if named or code == first else first

    @cached_property
    def _whole_areas(self) -> list[str]:
        areas = self.record.current("areas")
        return [row.id for row in areas if not row["parent"] and row["kind"] != "group"][:3]

    # How far the election has come

    def has_returns(self, contest: str) -> bool:
        """Whether there is an act of this contest to add up."""
        result = self.result(contest)
        return result is not None and result.outcome.status != "nothing-to-tabulate"

    def result(self, contest: str) -> ContestResult | None:
        """Our own result of a contest."""
        return next((c for c in self.results.contests if c.contest == contest), None)

    def results_of(self, contest: str) -> dict[str, AreaResult]:
        """Our own results of a contest by area."""
        return self._results_of[contest]

    @cached_property
    def _results_of(self) -> dict[str, dict[str, AreaResult]]:
        return {c.contest: {area.area: area for area in c.areas} for c in self.results.contests}

    def wholes(self, contest: str) -> list[AreaResult]:
        """Our own results of the areas that are a whole, usually one."""
        results = self.results_of(contest)
        return [results[row.id] for row in self.record.current("areas") if row.id in self.figures.roots]

    @cached_property
    def counted(self) -> bool:
        """Whether any contest has returns."""
        return any(self.has_returns(c.id) for c in self.record.election.contests)

    @cached_property
    def patterns(self) -> Mapping[str, Any]:
        """The shape of the returns, as `patterns --json` has it; empty where no contest has enough of them."""
        if not self.counted:
            return {}
        # scipy takes a while to load: a record without returns does not wait for it.
        from tallyroom.patterns.report import patterns_report, worked_out

        try:
            return patterns_report(self.record, *worked_out(self.record))
        except NoPatterns:
            return {}

    @cached_property
    def quick_counts(self) -> list[tuple[Row, Mapping[str, Any]]]:
        """Each sample of the record in each contest that it counts, with what `poll estimate --json` says of it."""
        if not self.record.current("samples"):
            return []
        from tallyroom.polls.quick_count_report import quick_count_json
        from tallyroom.polls.standing import standings

        found = standings(self.record, self.results)
        return [(one.recorded.row, quick_count_json(self.record, one)) for one in found if one.recorded]

    @cached_property
    def announced(self) -> bool:
        """Whether anything was announced about this election."""
        return bool(self.record.current("announcements"))

    @cached_property
    def certified(self) -> Row | None:
        """The step that made the result final; without it nobody is called elected."""
        return certified_step(self.record, self.at)

    # Figures, rows and sources

    def shown(self, *rows: Row, text: str = "", note: str = "") -> Shown:
        """An announced figure that one or several rows give: it leads to its row in full."""
        at_rows = {number for row in rows for number in self._findings_at.get((row.file, row.line), ())}
        return Shown(
            text or figure_text(rows[0]),
            f"figures.html#{rows[0].id}",
            tuple((row.file, row.line) for row in rows),
            tuple(dict.fromkeys(source for row in rows for source in self.sources(row))),
            tuple(self.finding_link(number) for number in sorted(at_rows)),
            note,
        )

    def sources(self, row: Row) -> list[Link]:
        """The sources of a row, as links to the list of sources."""
        return [self.source(name) for name in row.ids("source")]

    def source(self, name: str) -> Link:
        """A source as a link: who published it, and when."""
        row = self.record.named.get(name)
        if row is None:
            return Link(name, f"sources.html#{name}")
        date = self.when(row["date"]) if row["date"] else say("undated")
        # Reading writes `unknown` where a document does not say whose it is: then its first words are its name.
        if row["outlet"] == "unknown":
            title = row["title"] if len(row["title"]) <= _TITLE else f"{row['title'][:_TITLE].rsplit(' ', 1)[0]} …"
            return Link(numbers.listed([f"“{title.rstrip('.') or name}”", date]), f"sources.html#{name}")
        return Link(numbers.listed([row["outlet"], date]), f"sources.html#{name}", row["title"])

    def place(self, row: Row) -> str:
        """File and line of a row."""
        return numbers.place(row.file, row.line)

    def row_link(self, row: Row) -> Link:
        """File and line of a row, leading to the page that shows it in full where there is one."""
        return self.place_link(row.file, row.line)

    def row_of(self, one: Act | Station) -> tuple[str, int]:
        """The file and line of a station's or an act's row in the site."""
        return self.slices.place(one.table if isinstance(one, Act) else "stations", one.row)

    def place_link(self, file: str, line: int) -> Link:
        """A file and line of the record, leading to the row where the site shows it, else to the file itself.

        A row of a station is named by the place that it has in the file of its area.
        """
        if line and file in self._sliced:
            table = self._sliced[file]
            file, line = self.slices.place(table.name, bisect_left(table.lines, line))
            return Link(numbers.place(file, line), f"{self.addresses.top}{file}")
        text = numbers.place(file, line) if line else file
        anchor = self._announced_at.get((file, line))
        held = f"{self.addresses.top}data/{file}" if file in self._files else ""
        return Link(text, f"figures.html#{anchor}" if anchor else held)

    @cached_property
    def _files(self) -> set[str]:
        """The files of the record that are published whole."""
        whole = [table.file for table in self.record.tables.values() if self.release or not sliced(table)]
        return {FILE, *whole}

    @cached_property
    def _sliced(self) -> dict[str, Table]:
        return {table.file: table for table in self.record.tables.values() if sliced(table)}

    @cached_property
    def _announced_at(self) -> dict[tuple[str, int], str]:
        return {(row.file, row.line): row.id for row in self.record.current("announcements")}

    # Findings

    def finding_link(self, number: int) -> FindingLink:
        """The finding of this number in the report."""
        finding = self.report.findings[number]
        mark, word = words.SEVERITIES[finding.severity]
        return FindingLink(f"findings.html#{self.finding_ids[number]}", mark, finding.severity, say(word), finding.says)

    @cached_property
    def finding_ids(self) -> list[str]:
        """A name for each finding, which stays while it says the same of the same place."""
        return finding_ids(self.report)

    def findings_at(self, file: str, line: int) -> list[FindingLink]:
        """What the checks say of one row, notices apart: they are as likely innocent as not."""
        return [self.finding_link(number) for number in self._findings_at.get((file, line), ())]

    @cached_property
    def _findings_at(self) -> dict[tuple[str, int], list[int]]:
        found: dict[tuple[str, int], list[int]] = defaultdict(list)
        for number, finding in enumerate(self.report.findings):
            if finding.severity != "notice":
                for where in dict.fromkeys(_places(finding)):
                    found[where.file, where.line].append(number)
        return found

    def findings_about(self, station: str, contest: str) -> list[tuple[FindingLink, str]]:
        """What the checks say of a station in one contest: the finding, and what it says of this place."""
        found = [(n, says) for n, of, says in self._findings_about.get(station, ()) if of in ("", contest)]
        found.sort(key=lambda one: self.finding_ids[one[0]])  # not by rank, which other stations can change
        return [(self.finding_link(number), says) for number, says in found]

    @cached_property
    def _findings_about(self) -> dict[str, list[tuple[int, str, str]]]:
        found: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        for number, finding in enumerate(self.report.findings):
            for one in finding.cases or (finding,):
                if one.where.station:
                    found[one.where.station].append((number, one.where.contest, one.says))
        return found

    @cached_property
    def announced_about(self) -> dict[str, list[Row]]:
        """The announced figures by the place that they are about."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.figures.find(*words.MEASURES):
            if row["place"]:
                found[row["place"]].append(row)
        return found


def _places(finding: Finding) -> list[Where]:
    places = [finding.where, *(case.where for case in finding.cases)]
    return [Where(file=where.file, line=where.line) for where in places if where.file and where.line]


def figure_text(row: Row) -> str:
    """An announced figure as it is read: the exact ones as numbers, the others as they were printed.

    In other languages than English the word that keeps a figure from being exact is said in that language.
    """
    percent = row["unit"] == "percent"
    if row["qualifier"] and spoken() is not ENGLISH:
        number = numbers.percent(row["value"]) if percent else numbers.text_of(row["value"])
        qualified = words.QUALIFIED[row["qualifier"]]
        return say(qualified, number=number)
    if row["qualifier"]:
        said = row["printed"] or numbers.text_of(row["value"])
        if row["qualifier"].casefold() not in said.casefold():
            said = f"{row['qualifier']} {numbers.text_of(row['value'])}"
        said = _grouped(said)
    else:
        said = numbers.text_of(row["value"])
    return numbers.percent(said) if percent and "%" not in said else said


def _grouped(text: str) -> str:
    """The same text with a comma at every thousand of its whole numbers from four digits on."""
    parts = text.split(" ")
    return " ".join(f"{int(p):,}" if p.isascii() and p.isdecimal() and len(p) > 3 else p for p in parts)
