"""An election record as it lies on disk: read whole and strictly, written back without loss.

    record = read_record("azerbaijan-2024")        # a folder, or the name of a built-in record
    record.rows("announcements")                   # every row, corrected ones too
    record.current("announcements")                # the rows in force
    record.returns("president")                    # a table of columns, for the many

A record that cannot be read raises `CannotReadRecord` with all its faults at once.
"""

from __future__ import annotations

import contextlib
import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from tallyroom.errors import CannotReadRecord, CannotWrite, Fault, NotFound
from tallyroom.record import definition, links
from tallyroom.record.columns import TableShape
from tallyroom.record.csvfile import decode, write_columns
from tallyroom.record.definition import Election
from tallyroom.record.jsonlines import read_lines, written_lines
from tallyroom.record.maps import MAPS, Maps, read_maps
from tallyroom.record.parquetfile import write_parquet
from tallyroom.record.rows import Row, Table
from tallyroom.record.tablefile import opened, read_table, say_os, table_name
from tallyroom.record.tables import COPIES, RETURNS, TABLES

__all__ = ["Record", "built_in", "convert", "find_record", "read_record", "write_record"]

_SPREADSHEETS = ("tsv", "xlsx", "xls", "ods", "numbers")
_BUILT_IN = Path(__file__).parent.parent / "elections"


@dataclass(frozen=True)
class Record:
    """An election's record in memory.

    name: as it was asked for. tables: by name, `areas`, `returns/president` and so on; a file that
    is not there is not in it. definition_text: `election.toml` as written, comments and all.
    reuse: which documents repeat which, a line of `reuse.jsonl` each.
    """

    name: str
    folder: Path
    election: Election
    definition_text: str
    tables: Mapping[str, Table] = field(repr=False)
    claims: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    maps: Maps = field(default_factory=Maps, repr=False)
    reuse: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    _in_force: dict[str, list[Row]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def rows(self, table: str) -> list[Row]:
        """Every row of a table, superseded ones too, in the order of the file."""
        return self.tables[table].rows if table in self.tables else []

    def current(self, table: str) -> list[Row]:
        """The rows in force: what no later row supersedes. A corrected row keeps its first id."""
        if table not in self._in_force:
            self._in_force[table] = _in_force(self.rows(table))
        return self._in_force[table]

    def returns(self, contest: str) -> Table | None:
        """The acts of a contest; None where no file is there."""
        return self.tables.get(f"returns/{contest}")

    def copies(self, contest: str) -> dict[str, Table]:
        """The copies of a contest's forms, by the organisation that read them."""
        ends = f"/{contest}"
        return {
            name.split("/")[1]: table
            for name, table in self.tables.items()
            if name.startswith("copies/") and name.endswith(ends)
        }

    @cached_property
    def named(self) -> dict[str, Row]:
        """The rows of areas, organisations, people, polls and sources in force, by id."""
        tables = ("areas", "organisations", "people", "polls", "sources")
        return {row.id: row for table in tables for row in self.current(table)}

    @cached_property
    def _stations(self) -> dict[str, int]:
        """The number of each station's row: of a million, few are ever asked for by name."""
        stations = self.tables.get("stations")
        return {} if stations is None else {name: number for number, name in enumerate(stations.ids)}

    def _station(self, name: str) -> Row | None:
        stations = self.tables.get("stations")
        if stations is None or name not in self._stations:
            return None
        if "supersedes" in stations.columns.column_names:
            return next((row for row in self.current("stations") if row.id == name), None)
        return stations.row(self._stations[name])

    @cached_property
    def _spelt(self) -> dict[tuple[str, str], str]:
        """The spellings of `names.csv` in other languages than the first, by id and language; official ones first."""
        other = [row for row in self.current("names") if row["language"] not in ("", self.election.first_language)]
        rows = sorted((row for row in other if row["kind"] != "slip"), key=lambda row: row["kind"] != "official")
        return {(row["of"], row["language"]): row["name"] for row in reversed(rows)}

    def name_of(self, name: str, language: str = "") -> str:
        """What to call an id in a language: its row's name, its choice's name, or the id itself."""
        row = self.named.get(name) or self._station(name)
        if row is not None:
            return row[f"name.{language}"] or self._spelt.get((row.id, language)) or row["name"] or name
        for contest in self.election.contests:
            for choice in contest.choices:
                if choice.id == name and choice.names:
                    return choice.names.get(language) or next(iter(choice.names.values()))
        return name


def _in_force(rows: list[Row]) -> list[Row]:
    before = {row.id: row["supersedes"] for row in rows if row["supersedes"]}
    if not before:
        return rows
    old = set(before.values())
    return [Row(row.table, row.file, row.line, _root(row.id, before), row.cells) for row in rows if row.id not in old]


def _root(name: str, before: Mapping[str, str]) -> str:
    while name in before:
        name = before[name]
    return name


def built_in() -> list[str]:
    """The names of the built-in records."""
    return sorted(path.parent.name for path in _BUILT_IN.glob("*/election.toml"))


def find_record(record: str | Path) -> Path:
    """The folder of a record: a path, or the name of a built-in record. Raises NotFound."""
    path = Path(record)
    with contextlib.suppress(OSError):  # a name longer than the system takes is no folder
        if path.is_dir():
            return path
    if str(record) in built_in():
        return _BUILT_IN / str(record)
    near = difflib.get_close_matches(str(record), built_in(), 1)
    hint = f"The nearest built-in record is {near[0]}." if near else f"Built-in records: {', '.join(built_in())}."
    raise NotFound(f"{record} is no folder and no built-in record. {hint}")


def read_record(record: str | Path) -> Record:
    """The whole record, every cell checked. Raises CannotReadRecord with all faults, or NotFound."""
    folder = find_record(record)
    path = folder / definition.FILE
    if not path.is_file():
        mend = f"`tallyroom new {folder}` starts one."
        if (folder / "manifest").is_file():
            mend = "It is a published site: give the folder of the record that it was made of."
        raise NotFound(f"{folder} holds no {definition.FILE}, so it is no record. {mend}")
    faults: list[Fault] = []
    data = _bytes(path, definition.FILE, faults)
    text, bad = decode(data or b"", definition.FILE)
    faults += bad
    election = None
    if not faults:
        election, faults = definition.read_definition(text)
    # Where the definition is broken the tables are still read, so that their faults come at once too.
    tables: dict[str, Table] = {}
    lost: dict[str, set[str] | None] = {}
    for file in _files(folder, folder, faults):
        name = file.relative_to(folder).as_posix()
        shape = _shape_of(file, name, election, faults)
        if shape is not None:
            table, lost[table_name(name)] = read_table(file, name, shape, election, faults)
            if table is not None:
                tables[table.name] = table
    claims = read_lines(folder / "claims.jsonl", faults)
    reuse = read_lines(folder / "reuse.jsonl", faults)
    if any(fault.file == "claims.jsonl" for fault in faults):
        lost["claims"] = None
    maps = _read_maps(folder, faults)
    faults += links.faults_of(election, text, tables, [str(claim["id"]) for claim in claims], lost)
    if faults or election is None:
        raise CannotReadRecord(str(record), faults)
    return Record(str(record), folder, election, text, tables, tuple(claims), maps, tuple(reuse))


def _files(record: Path, folder: Path, faults: list[Fault]) -> Iterator[Path]:
    """Every file below a folder, in order of their names, but those of the log, the forms and hidden ones.

    In the data folder of a published site the same tables lie once more, in `tables` and
    `tabulation` beside `datapackage.json`.
    """
    name = folder.relative_to(record).as_posix()
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        faults.append(Fault(name, 0, "", *say_os(error)))
        return
    for path in paths:
        name = path.relative_to(record).as_posix()
        again = name in ("tables", "tabulation") and (record / "datapackage.json").exists()
        if name in ("log", "forms") or again or name.startswith("."):
            continue
        if not path.is_dir() or path.suffix.lower() == ".csv":
            yield path
        elif path.is_symlink() and folder.resolve().is_relative_to(path.resolve()):
            faults.append(Fault(name, 0, "", "a link to a folder that holds it", "a folder", "Take the link away."))
        else:
            yield from _files(record, path, faults)


def _read_maps(folder: Path, faults: list[Fault]) -> Maps:
    there = [folder / name for name in MAPS if (folder / name).exists() or (folder / name).is_symlink()]
    read = {path.name: _bytes(path, path.name, faults) for path in there}
    return read_maps({name: data for name, data in read.items() if data is not None}, faults)


def _bytes(path: Path, file: str, faults: list[Fault]) -> bytes | None:
    """What a file holds; None, and a fault, where it cannot be read."""
    return opened(path, file, faults, lambda data: data.read())


def _shape_of(path: Path, name: str, election: Election | None, faults: list[Fault]) -> TableShape | None:
    """The table that a file holds; None for files that are none, such as pictures and notes."""
    parts = name.split("/")
    stem, _, ending = parts[-1].rpartition(".")
    if ending == "parquet" and _is_table_name(parts, stem) and path.with_suffix(".csv").exists():
        mend = "Take one of the two away: nobody could say which of them holds."
        faults.append(Fault(name, 0, "", f"the same table as {stem}.csv", "each table once", mend))
        return None
    if ending not in ("csv", "parquet"):
        _working_copy(path, name, _is_table_name(parts, stem), faults)
        return None
    if len(parts) == 1 and stem in TABLES:
        return TABLES[stem]
    if _is_table_name(parts, stem):
        contests = [c.id for c in election.contests] if election else [stem]
        if stem not in contests:
            near = difflib.get_close_matches(stem, contests, 1)
            mend = f"The nearest contest is {near[0]}." if near else f"Contests: {', '.join(contests) or 'none'}."
            faults.append(Fault(name, 0, "", f"returns for '{stem}'", f"a contest of {definition.FILE}", mend))
            return None
        return RETURNS if parts[0] == "returns" else COPIES
    near = difflib.get_close_matches(stem, [*TABLES, "returns", "copies"], 1)
    mend = f"The nearest table is {near[0]}." if near else "docs/record.md lists every table."
    faults.append(Fault(name, 0, "", "no table of a record", "a known file name", mend))
    return None


def _working_copy(path: Path, name: str, is_table: bool, faults: list[Fault]) -> None:
    """A fault for what was meant as a table and would be passed over: `areas.CSV`, or `areas.xlsx` alone."""
    stem, _, ending = path.name.rpartition(".")
    if ending.lower() == "csv":
        faults.append(Fault(name, 0, "", f"a name ending in .{ending}", f"{stem}.csv", "Write it in small letters."))
    elif is_table and ending.lower() in _SPREADSHEETS and not path.with_suffix(".csv").exists():
        faults.append(Fault(name, 0, "", f"a file ending in .{ending}", f"{stem}.csv", "Save it as “CSV UTF-8”."))


def _is_table_name(parts: Sequence[str], stem: str) -> bool:
    if len(parts) == 1:
        return stem in TABLES
    return (len(parts) == 2 and parts[0] == "returns") or (len(parts) == 3 and parts[0] == "copies")


def convert(record: Record, ending: Literal["csv", "parquet"]) -> Record:
    """The same record with every table as CSV, or as Parquet; `write_record` writes it."""
    tables = {name: replace(table, file=f"{name}.{ending}") for name, table in record.tables.items()}
    return replace(record, tables=tables)


def write_record(record: Record, folder: Path) -> None:
    """The record as files in a new or empty folder. Raises CannotWrite where something stands there.

    Only what `Record` holds is written: not the forms' pictures, the log, or notes beside the tables.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CannotWrite(f"{folder} is not empty. Name a folder that does not exist yet.")
        for file, data in _written(record):
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    except OSError as error:
        raise CannotWrite(f"{folder} cannot be written: the system says “{error.strerror or error}”.") from error


def _written(record: Record) -> Iterator[tuple[str, bytes]]:
    yield definition.FILE, record.definition_text.encode()
    for table in record.tables.values():
        names = table.columns.column_names
        if table.file.endswith(".parquet"):
            yield table.file, write_parquet(table.columns)
        else:
            yield table.file, write_columns(names, [table.columns[name] for name in names])
    for name, told in (("claims.jsonl", record.claims), ("reuse.jsonl", record.reuse)):
        if told:
            yield name, written_lines(told)
    yield from record.maps.files.items()
