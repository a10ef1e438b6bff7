"""Official files into an election record, by a mapping.

Rows in = rows kept + rows reported. A row whose figures cannot be read keeps its station, which then
has no return; a row whose station cannot be told is left out whole. Both are reported with file and
line. A station whose every figure is empty has no act, and is kept.

The register stands twice where the form states it: as an item of the return, and in stations.csv, so
that a station without a return still has one.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from pathlib import Path

from tallyroom.errors import CannotImport, Fault
from tallyroom.record import links
from tallyroom.record.cells import typed
from tallyroom.record.definition import Election, read_definition
from tallyroom.record.folder import Record
from tallyroom.record.rows import Table
from tallyroom.sources.files import Sheet, read_sheet
from tallyroom.sources.grid import grid_of
from tallyroom.sources.headers import normal
from tallyroom.sources.mapping import Mapping
from tallyroom.sources.mapping_file import built_in_mappings, read_mapping
from tallyroom.sources.tables import read_grid, tables_of

__all__ = ["Import", "import_files"]


@dataclass(frozen=True)
class Import:
    """A record made of files, and what became of their rows.

    rows: in the files, empty ones apart; rows = kept + reported. kept: rows that are now a return, or a
    station without one; reported: rows that could not be read. returns, without_figures: stations that
    have a return, and that have none since nothing is stated; where a row is a station, they are
    together as many as the rows kept. faults: why rows are reported, in order of file and line.
    """

    record: Record
    mapping: str
    rows: int
    kept: int
    returns: int
    without_figures: int
    reported: int
    faults: tuple[Fault, ...]

    def as_json(self) -> dict[str, object]:
        """The report as `import --json` prints it."""
        counts = ("mapping", "rows", "kept", "returns", "without_figures", "reported")
        return {
            "record": self.record.name,
            **{name: getattr(self, name) for name in counts},
            "faults": [fault.as_json() for fault in self.faults],
        }


def import_files(mapping: Mapping, files: Sequence[Path], name: str = "") -> Import:
    """The record that a mapping makes of files, and the rows that could not be read.

    name: what the record is called; `write_record` writes it. Raises CannotImport with all faults
    where a file cannot be opened, or where a column is missing, unknown, or there twice.
    """
    what = ", ".join(str(file).encode("utf-8", "replace").decode() for file in files)
    sheets = _sheets(mapping, files, what)
    grid, faults = grid_of(mapping, sheets)
    if faults:
        raise CannotImport(what, [*_another_mapping(mapping, sheets[0]), *faults])
    reading = read_grid(grid, mapping)
    ragged = [fault for sheet in sheets for fault in sheet.bad]
    rows = grid.rows_of(range(len(grid))) + len(ragged)
    reported = grid.rows_of(list(grid.faults)) + len(ragged)
    faults = _in_order([*ragged, *(fault for of_row in grid.faults.values() for fault in of_row)], sheets)
    if not len(reading.placed):
        raise CannotImport(what, faults[:20] or [Fault(what, 0, "", "no row", "rows below the header")])
    says = f"{rows} rows by the mapping {mapping.name}: {rows - reported} kept, {reported} reported"
    record = _record(mapping, name or mapping.election.id, tables_of(reading, mapping, sheets), says, what)
    returns = len(reading.returns)
    without = len(grid) - len(grid.faults) - returns
    return Import(record, mapping.name, rows, rows - reported, returns, without, reported, tuple(faults))


def _another_mapping(mapping: Mapping, sheet: Sheet) -> Iterator[Fault]:
    """That a built-in mapping names more of a file's columns, and most of them, where one does."""
    headers = {normal(header) for header in sheet.header}
    known = {name: _named(read_mapping(name), headers) for name in built_in_mappings()}
    near, most = max(known.items(), key=lambda one: one[1])
    ours = _named(mapping, headers)
    if most > ours and 2 * most > len(headers):
        found = f"{ours} of its {len(headers)} columns are named by the mapping {mapping.name}"
        yield Fault(sheet.file, 1, "", found, "a mapping for this file", f"The nearest is {near}, which names {most}.")


def _named(mapping: Mapping, headers: Collection[str]) -> int:
    return len((set(mapping.uses()) | mapping.ignored).intersection(headers))


def _in_order(faults: Sequence[Fault], sheets: Sequence[Sheet]) -> list[Fault]:
    order = {sheet.file: number for number, sheet in enumerate(sheets)}
    return sorted(faults, key=lambda fault: (order[fault.file], fault.line))


def _sheets(mapping: Mapping, files: Sequence[Path], what: str) -> list[Sheet]:
    headers = set(mapping.uses()) | mapping.ignored
    delimiter = "" if mapping.file.delimiter == "auto" else mapping.file.delimiter
    read = [read_sheet(file, mapping.file.encodings, delimiter, lambda h: normal(h) in headers) for file in files]
    faults = [fault for result in read if isinstance(result, list) for fault in result]
    sheets = [result for result in read if isinstance(result, Sheet)]
    first: dict[str, str] = {}
    for sheet in sheets:
        if sheet.sha256 in first:
            faults.append(Fault(sheet.file, 0, "", f"the same as {first[sheet.sha256]}", "each file once"))
        first.setdefault(sheet.sha256, sheet.file)
    if not files:
        raise CannotImport(f"the mapping {mapping.name}", [Fault("", 0, "", "no file is named", "one or more")])
    if faults:
        raise CannotImport(what, faults)
    return sheets


def _record(mapping: Mapping, name: str, tables: Dictionary[str, Table], report: str, what: str) -> Record:
    """The record of these tables, as sound as one that was read. Raises CannotImport where it is not."""
    text, election = _with_report(mapping, report, " ".join(tables["sources"].ids))
    faults = [*_cell_faults(election, tables), *links.faults_of(election, text, tables, [], {})]
    if faults:
        raise CannotImport(f"{what}: the record would be faulty, so it", faults)
    return Record(name, Path(name), election, text, tables)


def _cell_faults(election: Election, tables: Dictionary[str, Table]) -> Iterator[Fault]:
    """What the mapping itself wrote into cells, and the record does not take; rows are checked before."""
    for name in ("sources", "people", "organisations", "candidates", "areas"):
        if name not in tables:
            continue
        table = tables[name]
        for header in table.columns.column_names:
            column = table.shape.column(header)
            assert column is not None, "imports write columns of their tables"
            cells = ["" if cell is None else str(cell) for cell in table.columns[header].to_pylist()]
            yield from typed(column, cells, table.lines, table.file, election.zone)[1]


def _with_report(mapping: Mapping, report: str, source: str) -> tuple[str, Election]:
    """The definition with a fact that says how the record was made, since a folder stands alone."""
    fact = {"name": "imported", "value": report, "source": source}
    # A JSON string is a TOML string, but for the DEL character, which neither an id nor a number holds.
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in fact.items()]
    text = "\n".join([mapping.election_text.rstrip("\n"), "", "[[facts]]", *lines, ""])
    election, faults = read_definition(text)
    if election is None or faults:
        raise CannotImport(f"the mapping {mapping.name}", faults)
    return text, election
