"""A figure back to the rows that hold it, the sums that yield it, and their sources.

    trace(record, "4,957,967")

A figure is a number as people write it: `4957967`, `4,957,967`, `76.43`, `76.43 %`. It is compared
by value, so that 0.8 and 0.80 are one figure. Rows hold it; our own totals, sums of announced votes
and the checks' arithmetic yield it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.check.announced import Announced
from tallyroom.check.checks import check_record
from tallyroom.check.findings import Finding, sources_of
from tallyroom.errors import NotFound
from tallyroom.record.columns import Kind
from tallyroom.record.definition import FILE
from tallyroom.record.folder import Record
from tallyroom.record.rows import Row, Table
from tallyroom.tabulate.frames import acts_of, make_frames
from tallyroom.tabulate.results import AreaResult, ContestResult, Results, tabulate

__all__ = ["Held", "Trace", "Yielded", "figure_of", "trace"]

_MOST_ROWS = 100


@dataclass(frozen=True)
class Held:
    """A cell that holds the figure."""

    file: str
    line: int
    column: str
    value: str
    says: str
    sources: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """The cell as `trace --json` prints it."""
        return {**vars(self), "sources": list(self.sources)}


@dataclass(frozen=True)
class Yielded:
    """A sum or a check that yields the figure. rows: file and line of the first hundred of `count`."""

    by: str
    says: str
    rows: tuple[tuple[str, int], ...]
    count: int
    sources: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """The sum as `trace --json` prints it."""
        rows = [{"file": file, "line": line} for file, line in self.rows]
        return {"by": self.by, "says": self.says, "rows": rows, "count": self.count, "sources": list(self.sources)}


@dataclass(frozen=True)
class Trace:
    """Everything in a record that holds or yields a figure."""

    record: str
    figure: str
    held: tuple[Held, ...]
    yielded: tuple[Yielded, ...]

    def as_json(self) -> dict[str, object]:
        """The shape that `trace --json` prints."""
        return {
            "record": self.record,
            "figure": self.figure,
            "held": [held.as_json() for held in self.held],
            "yielded": [yielded.as_json() for yielded in self.yielded],
        }


def figure_of(text: str) -> Fraction:
    """The value of a figure as people write it. Raises NotFound for what is no number."""
    bare = re.sub(r"[\s,'’\u00a0\u202f_%]", "", text)
    if not re.fullmatch(r"-?\d+(\.\d+)?", bare, re.ASCII):
        raise NotFound(f"'{text}' is no figure. Write it in digits, such as 4,957,967 or 76.43.")
    return Fraction(bare)


def trace(record: Record, figure: str) -> Trace:
    """Every cell that holds a figure, and everything that yields it. Raises NotFound for what is no number."""
    value = figure_of(figure)
    results = tabulate(record)
    yielded = [*_totals(record, results, value), *_sums(record, value), *_checks(record, results, value)]
    return Trace(record.name, figure, tuple(_cells(record, value)), tuple(yielded))


def _cells(record: Record, value: Fraction) -> Iterator[Held]:
    for table in record.tables.values():
        for number, column in _where(table, value):
            row = table.row(number)
            yield Held(row.file, row.line, column, row[column], _say(record, row), tuple(row.ids("source")))
    for fact in record.election.facts:
        # Numbers in the text of a fact, as they stand there.
        if any(_is(part, value) for part in re.findall(r"\d[\d,]*(?:\.\d+)?", fact.value)):
            yield Held(FILE, 0, "facts", fact.value, fact.name, tuple(fact.source.split()))


def _where(table: Table, value: Fraction) -> list[tuple[int, str]]:
    """Row numbers and columns of a table where the value stands, in order of the file."""
    found = []
    for name in table.columns.column_names:
        cells = table.columns[name]
        if pa.types.is_integer(cells.type):
            if value.denominator == 1 and abs(value) < 2**63:
                mask = pc.equal(cells, pa.scalar(int(value), pa.int64()))
                found += [(at, name) for at in pc.indices_nonzero(pc.fill_null(mask, False)).to_pylist()]
        elif (column := table.shape.column(name)) and column.kind is Kind.DECIMAL:
            found += [(at, name) for at, cell in enumerate(cells.to_pylist()) if cell and _is(cell, value)]
    return sorted(found)


def _is(text: str, value: Fraction) -> bool:
    try:
        return Fraction(text.replace(",", "")) == value
    except ValueError:
        return False


def _say(record: Record, row: Row) -> str:
    """What a row is about, in a few words."""
    name = record.name_of
    if row["measure"]:
        parts = [row["qualifier"], row["printed"] or row["value"], row["measure"].replace("_", " "), row["subject"]]
        parts += [f"for {name(row['choice'])}"] if row["choice"] else []
        parts += [f"about {', '.join(name(i) for i in row.ids('about'))}"] if row["about"] else []
        parts += [f"in {name(row['place'])}"] if row["place"] else []
        parts += [f"as of {row['as_of']}"] if row["as_of"] else []
        parts += [f"by {', '.join(name(i) for i in row.ids('by'))}"] if row["by"] else []
        return " ".join(part for part in parts if part and part != row["qualifier"])
    if row["station"]:
        return f"station {row['station']}, act {row['act'] or 1}, {row['status'] or 'accepted'}"
    return name(row.id)


def _totals(record: Record, results: Results, value: Fraction) -> Iterator[Yielded]:
    """Our own figures, and the returns that they were added up from."""
    for result in results.contests:
        for area in result.areas:
            names = [name for name, cell in _figures(area) if cell is not None and Fraction(cell) == value]
            if names:
                rows, sources = _returns_of(record, result, area)
                says = f"{area.name}: {', '.join(names)}, added up from {len(rows):,} returns"
                yield Yielded(f"tabulate {result.contest}", says, tuple(rows[:_MOST_ROWS]), len(rows), sources)


def _figures(area: AreaResult) -> Iterator[tuple[str, int | str | None]]:
    for name in ("registered", "registered_expected", "cast", "valid", "invalid", "turnout"):
        yield name, getattr(area, name)
    yield from ((f"votes.{choice}", count) for choice, count in area.votes.items())
    yield from ((f"shares.{choice}", share) for choice, share in area.shares.items())
    yield from ((f"stations.{name}", count) for name, count in area.stations.as_json().items())


def _returns_of(
    record: Record, result: ContestResult, area: AreaResult
) -> tuple[list[tuple[str, int]], tuple[str, ...]]:
    table, contest = record.returns(result.contest), record.election.contest(result.contest)
    if table is None or contest is None:
        return [], ()
    within = make_frames(record).within
    stations = within.filter(pc.equal(within["ancestor"], area.area))["place"]
    acts = acts_of(record, contest, table)
    counted = pc.and_(acts.counts, pc.is_in(acts.station, stations.combine_chunks()))
    numbers = acts.rows.filter(counted).to_pylist()
    sources = sources_of(table.row(number) for number in numbers[:_MOST_ROWS])
    return [(table.file, table.lines[number]) for number in numbers], sources


def _sums(record: Record, value: Fraction) -> Iterator[Yielded]:
    """Announced votes of all choices that add up to the figure."""
    for votes in Announced(record).vote_sets:
        if votes.sum == value:
            rows = tuple((figure.row.file, figure.row.line) for figure in votes.votes.values())
            says = " + ".join(str(int(figure.value)) for figure in votes.votes.values()) + f" = {votes.sum}"
            yield Yielded(f"sum of {votes.name}", says, rows, len(rows), sources_of(votes.rows))


def _checks(record: Record, results: Results, value: Fraction) -> Iterator[Yielded]:
    """Findings whose arithmetic has the figure."""

    def has(finding: Finding) -> bool:
        numbers = [*finding.numbers.values(), *(n for case in finding.cases for n in case.numbers.values())]
        return any(_is(str(n), value) for n in numbers)

    for finding in check_record(record, results).findings:
        if has(finding):
            rows = ((finding.where.file, finding.where.line),) if finding.where.file else ()
            yield Yielded(f"check {finding.check}", finding.says, rows, finding.count, finding.sources)
