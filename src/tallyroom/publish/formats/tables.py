"""The tables that are published beside the record's own files: the record's, and the results area by area.

The record's own files stay byte for byte as they were read, and are the evidence. These are made of them for whoever
works with spreadsheets, notebooks and databases: every row with its id, whatever encoding and separator the record has,
and the same columns in each of `spreadsheet`, Parquet and JSON.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa

from tallyroom.record.columns import Column, Kind
from tallyroom.record.contest import Contest
from tallyroom.record.folder import Record
from tallyroom.record.rows import Table
from tallyroom.tabulate.results import ContestResult, Results

__all__ = ["DataTable", "data_tables"]

_ID = Column("id", Kind.ID, "unique in the whole record; made of the row's content where the record leaves it empty")


@dataclass(frozen=True)
class DataTable:
    """One table: its name, such as `returns/president`, what a row is, its columns, and their cells.

    cells: int64 for counts, text for all else; null is unknown.
    key: the column that is different in every row.
    """

    name: str
    row: str
    columns: tuple[Column, ...]
    cells: pa.Table
    key: str = "id"

    @property
    def of_stations(self) -> bool:
        """Whether its rows are those of stations, which may be very many."""
        return self.name == "stations" or self.name.startswith(("returns/", "copies/"))


def data_tables(record: Record, results: Results) -> Iterator[DataTable]:
    """The tables of a record, then the results of each contest that has any."""
    for table in sorted(record.tables.values(), key=lambda table: table.name):
        yield _of_record(record, table)
    for contest, result in zip(record.election.contests, results.contests, strict=True):
        if result.outcome.status != "nothing-to-tabulate":
            yield _of_results(contest, result)


def _of_record(record: Record, table: Table) -> DataTable:
    names = [name for name in table.columns.column_names if name != "id"]
    contest = record.election.contest(table.name.rpartition("/")[2]) if table.shape.free else None
    columns = [_ID, *(_column(record, table, contest, name) for name in names)]
    cells = [table.id_array, *(table.columns[name] for name in names)]
    types = [pa.int64() if column.kind is Kind.COUNT else pa.string() for column in columns]
    fields = pa.schema([pa.field(c.name, kind) for c, kind in zip(columns, types, strict=True)])
    arrays = [values.cast(kind) for values, kind in zip(cells, types, strict=True)]
    return DataTable(table.name, table.shape.row, tuple(columns), pa.table(arrays, fields))


def _column(record: Record, table: Table, contest: Contest | None, name: str) -> Column:
    declared = table.shape.column(name)
    if declared is not None:
        return declared
    language = record.election.first_language
    if contest is not None and name.startswith("votes."):
        return Column(name, Kind.COUNT, f"votes for {record.name_of(name[6:])}", unit="votes")
    item = next(item for item in record.election.form.items if item.id == name)
    said = item.names.get(language) or next(iter(item.names.values()), name)
    role = "" if item.role == "other" else f" (role: {item.role})"
    return Column(name, Kind.COUNT, f"on the form: {said}{role}")


def _of_results(contest: Contest, result: ContestResult) -> DataTable:
    columns = [
        Column("area", Kind.POINTER, "the area", to=("areas",), required=True),
        Column("kind", Kind.WORD, "what area it is; a group is in no other area's sum", more_words=True),
        Column("name", Kind.TEXT, "its name in the record's first language"),
        *(Column(f"stations_{name}", Kind.COUNT, says, unit="stations") for name, says in _STATIONS.items()),
        *(Column(name, Kind.COUNT, says) for name, says in _FIGURES.items()),
        Column("turnout", Kind.DECIMAL, "of the stations that state both of its parts", unit="percent"),
    ]
    for choice in contest.choices:
        columns.append(Column(f"votes.{choice.id}", Kind.COUNT, "votes in the acts that count", unit="votes"))
        columns.append(Column(f"share.{choice.id}", Kind.DECIMAL, f"of the {contest.shares_of}", unit="percent"))
        columns.append(Column(f"lacking.{choice.id}", Kind.COUNT, "acts that count and do not state it", unit="acts"))
    rows = []
    for area in result.areas:
        stations = {f"stations_{name}": count for name, count in area.stations.as_json().items()}
        row = {**vars(area), **stations}
        row |= {f"votes.{choice}": votes for choice, votes in area.votes.items()}
        row |= {f"share.{choice}": share for choice, share in area.shares.items()}
        row |= {f"lacking.{choice}": area.lacking.get(f"votes.{choice}", 0) for choice in area.votes}
        rows.append({column.name: row[column.name] for column in columns})
    types = [(c.name, pa.int64() if c.kind is Kind.COUNT else pa.string()) for c in columns]
    cells = pa.Table.from_pylist(rows, pa.schema(types))
    return DataTable(f"results/{contest.id}", "one contest's result in one area", tuple(columns), cells, "area")


_STATIONS = {
    "expected": "stations of the area; empty where the record lists only some",
    "received": "stations with an act in force",
    "accepted": "stations whose act counts",
    "held": "stations whose act is held",
    "annulled": "stations whose act is annulled",
    "missing": "stations without an act in force",
}
_FIGURES = {
    "registered": "registered voters at the stations whose act counts",
    "registered_expected": "registered voters of all stations, by stations.csv",
    "cast": "ballots cast",
    "valid": "valid votes, or valid ballots where one gives several votes",
    "invalid": "invalid ballots",
}
