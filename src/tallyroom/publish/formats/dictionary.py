"""The data dictionary: every column of every published table, and what this election's form and contests are.

Made of the same declarations as `docs/record.md` and `datapackage.json`, with the words of this election.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa

from tallyroom.publish.formats.tables import DataTable
from tallyroom.record.columns import Column, Kind
from tallyroom.record.contest import Contest
from tallyroom.record.folder import Record

__all__ = ["dictionary_markdown", "dictionary_table"]

_COLUMNS = (
    Column("table", Kind.TEXT, "the table", required=True),
    Column("column", Kind.TEXT, "the column", required=True),
    Column("holds", Kind.TEXT, "how a cell is written"),
    Column("says", Kind.TEXT, "what it says"),
    Column("unit", Kind.TEXT, "in what it counts"),
    Column("words", Kind.TEXT, "the words allowed in it; with … the usual ones"),
    Column("points_to", Kind.TEXT, "the tables whose ids it names"),
    Column("required", Kind.WORD, "whether every row has it", words=("yes", "no")),
    Column("empty_means", Kind.TEXT, "what an empty cell means"),
)


_HEADER = ("column", "holds", "says", "unit", "words", "points to", "required", "empty means")


def dictionary_table(tables: Iterable[DataTable]) -> DataTable:
    """The dictionary as a table itself: a column of a table in each row."""
    rows = [(f"{table.name}.{column.name}", *_described(table, column)) for table in tables for column in table.columns]
    key = Column("id", Kind.TEXT, "table and column", required=True)
    names = [key.name, *(column.name for column in _COLUMNS)]
    cells = pa.Table.from_pylist(
        [dict(zip(names, row, strict=True)) for row in rows], pa.schema([(n, "string") for n in names])
    )
    return DataTable("dictionary", "a column of a table", (key, *_COLUMNS), cells)


def _described(table: DataTable, column: Column) -> Sequence[str | None]:
    words = ", ".join(column.words) + (", …" if column.words and column.more_words else "")
    to = " ".join(column.to) + (" (several)" if column.many else "")
    required = "yes" if column.required or column.name == table.key else "no"
    cells = (table.name, column.name, column.kind.value, column.says, column.unit, words, to, required)
    return [cell or None for cell in (*cells, column.default or "unknown")]


def dictionary_markdown(record: Record, tables: Iterable[DataTable]) -> bytes:
    """The dictionary for people."""
    return ("\n".join(_lines(record, tables)) + "\n").encode()


def _lines(record: Record, tables: Iterable[DataTable]) -> Iterator[str]:
    yield f"# {_plain(record.election.name)}: what the data files hold"
    yield ""
    yield "An empty cell is unknown, never zero. Counts are whole numbers up to 64 bits. Dates are EDTF; a time without"
    yield f"an offset is local time ({record.election.timezone}). Ids are unique in the whole record."
    for contest in record.election.contests:
        yield from _contest(record, contest)
    yield from _form(record)
    for table in tables:
        yield from ("", f"## {table.name}", "", f"One row is {table.row}. {table.cells.num_rows:,} rows.", "")
        rows = [_described(table, column)[1:] for column in table.columns]
        yield from _table(_HEADER, rows)


def _contest(record: Record, contest: Contest) -> Iterator[str]:
    name = contest.names.get(record.election.first_language) or next(iter(contest.names.values()), contest.id)
    seats = f"{contest.seats} seat{'s' if contest.seats > 1 else ''}"
    yield from ("", f"## Contest {contest.id}: {_plain(name)}", "")
    yield f"Rule: {contest.rule}, {seats}. Shares are of {contest.shares_of}; turnout counts `{contest.turnout_of}`."
    yield from ("", *_table(("choice", "name"), [(choice.id, record.name_of(choice.id)) for choice in contest.choices]))
    if contest.figures:
        yield from ("", *_table(("figure", "on the form"), list(contest.figures.items())))


def _form(record: Record) -> Iterator[str]:
    form = record.election.form
    if not form.items:
        return
    items = [
        (item.id, item.role, "; ".join(f"{code}: {name}" for code, name in item.names.items())) for item in form.items
    ]
    yield from ("", "## The results form", "", *_table(("item", "role", "names"), items))
    if form.checks:
        checks = [(c.name, c.expression, c.tolerance, c.severity if c.on else "off") for c in form.checks]
        yield from ("", *_table(("what it must fulfil", "expression", "tolerance", "severity"), checks))


def _table(header: Sequence[str], rows: Iterable[Sequence[str | None]]) -> Iterator[str]:
    for number, cells in enumerate((header, *rows)):
        yield "| " + " | ".join(_plain(cell or "") for cell in cells) + " |"
        if number == 0:
            yield "|" + " --- |" * len(header)


def _plain(text: str) -> str:
    """A text of the record as one line that Markdown shows as it is."""
    line = " ".join(text.split())
    for sign in "\\`*_[]<>|#":
        line = line.replace(sign, f"\\{sign}")
    return line
