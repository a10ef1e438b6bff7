"""What is logged of an election: rows and what happens to them, as canonical bytes.

The bytes are JSON by RFC 8785, of whole numbers and text only, and each kind has a closed set of names:

    open          election, origin, vkey (who signs), definition
    row           table, key (the row's id), row (its cells that are not empty, by column)
    publication   number (1, 2 …), size and root of the entries before it, of which it was made, at;
                  SHA-256 of definition, sql, results and manifest
    close         at: the count has ended; from here on only corrections
    key           vkey: it may sign from here on; once more with `checkpoint`, which the former key
                  signed over the entry that names it
    redaction     index, leaf, reason: the entry there was taken away, its hash stays

Nothing here says who entered a row, and a picture is only in it by a salted hash, so that it can be forgotten.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc
import rfc8785

from tallyroom.errors import CannotTrust
from tallyroom.record.canonical import LARGEST_EXACT, encode, name_order, objects, quoted
from tallyroom.record.columns import Kind, TableShape
from tallyroom.record.rows import Table
from tallyroom.record.tables import COPIES, RETURNS, TABLES

__all__ = [
    "ENTRY_KINDS",
    "Entry",
    "canonical_row",
    "entry_bytes",
    "is_row",
    "made_act_ids",
    "made_id",
    "parse_entry",
    "row_begins",
    "row_entries",
    "shape_of",
]

_SHA256 = re.compile(r"[0-9a-f]{64}")
_SALTED = re.compile(r"salted:[0-9a-f]{64}")
_DIGITS = re.compile(r"[1-9][0-9]{0,18}")
_ROWS_AT_ONCE = 10_000
_KNOWN = 1000  # columns, and orders of names, that are looked at once
_ROW_BEGINS = b'{"key":'  # names are in order, and no other kind has one that begins so
Cells = Mapping[str, str | int]


def canonical_row(table: str, cells: Cells) -> bytes:
    """The row as the bytes that a made id is hashed of; empty cells are left out."""
    row = {name: _exact(value) for name, value in cells.items() if value != ""}
    return rfc8785.dumps({"table": table, "row": row})


def _exact(value: str | int) -> str | int:
    return str(value) if isinstance(value, int) and value > LARGEST_EXACT else value


def made_id(table: str, cells: Cells) -> str:
    """The id of a row that has none: its table and 16 hexadecimal digits of its content's SHA-256.

    cells: without `id`; the same content makes the same id wherever the row stands.
    """
    return f"{table}-{hashlib.sha256(canonical_row(table, cells)).hexdigest()[:16]}"


def made_act_ids(table: str, stations: pa.Array, acts: pa.Array) -> pa.Array:
    """The ids of acts that have none: table, station and act, as in `returns.president.07-031.1`."""
    parts = (table.replace("/", "."), pc.fill_null(stations, ""), acts.cast(pa.string()))
    return pc.binary_join_element_wise(*parts, ".")


def shape_of(table: str) -> TableShape | None:
    """The columns that a table of this name may have; None where no table is called so."""
    if table in TABLES:
        return TABLES[table]
    parts = table.split("/")
    if not all(parts):
        return None
    return {("returns", 2): RETURNS, ("copies", 3): COPIES}.get((parts[0], len(parts)))


def row_entries(table: Table, salted: Callable[[str], str]) -> Iterator[tuple[str, bytes]]:
    """Each row's id and its entry, in the order of the file.

    salted: of a picture's SHA-256, what stands in the log in its place; asked of many rows before the first is told.
    """
    rest = f',"table":{encode(table.name)}}}'
    for at in range(0, len(table), _ROWS_AT_ONCE):
        keys = table.id_array.slice(at, _ROWS_AT_ONCE)
        rows = objects(_with_salt(table.columns.slice(at, _ROWS_AT_ONCE), salted))
        entries = pc.binary_join_element_wise('{"key":', quoted(keys), ',"kind":"row","row":', rows, rest, "")
        yield from zip(keys.to_pylist(), entries.cast(pa.binary()).to_pylist(), strict=True)


def _with_salt(columns: pa.Table, salted: Callable[[str], str]) -> pa.Table:
    if "form" not in columns.column_names:
        return columns
    pictures = [salted(picture) if picture else None for picture in columns["form"].to_pylist()]
    place = columns.column_names.index("form")
    return columns.set_column(place, "form", pa.array(pictures, pa.string()))


def row_begins(key: str) -> bytes:
    """What the entry of a row with this id begins with, and no other's."""
    return _ROW_BEGINS + encode(key).encode() + b","


def is_row(data: bytes) -> bool:
    """Whether an entry can only be a row, or none; what it says is not read."""
    return data.startswith(_ROW_BEGINS)


@dataclass(frozen=True)
class Entry:
    """One entry, read: its kind, its named values, and for a row its cells."""

    kind: str
    values: Mapping[str, str | int]
    row: Cells

    def text(self, name: str) -> str:
        """A value that is text; empty where it is not there."""
        return str(self.values.get(name, ""))

    def number(self, name: str) -> int:
        """A value that is a whole number."""
        return int(self.values[name])


def entry_bytes(kind: str, **values: str | int) -> bytes:
    """The entry of any kind but row. Raises CannotTrust where a value does not belong to the kind."""
    data = rfc8785.dumps({"kind": kind, **values})
    parse_entry(data)
    return data


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value <= LARGEST_EXACT


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and bool(_SHA256.fullmatch(value))


_Names = dict[str, Callable[[object], bool]]
_OPEN: _Names = {"election": _is_text, "origin": _is_text, "vkey": _is_text, "definition": _is_hash}
_PUBLICATION: _Names = {
    "number": _is_count,
    "size": _is_count,
    "root": _is_hash,
    "at": _is_text,
    "definition": _is_hash,
    "sql": _is_hash,
    "results": _is_hash,
    "manifest": _is_hash,
}
_KEY: _Names = {"vkey": _is_text, "checkpoint": _is_text}
_REDACTION: _Names = {"index": _is_count, "leaf": _is_hash, "reason": _is_text}
_NAMES: dict[str, _Names] = {
    "open": _OPEN,
    "publication": _PUBLICATION,
    "close": {"at": _is_text},
    "key": _KEY,
    "redaction": _REDACTION,
}
_OPTIONAL = {("key", "checkpoint")}
ENTRY_KINDS = ("row", *_NAMES)


def parse_entry(data: bytes) -> Entry:
    """The entry that these bytes, and no others, stand for. Raises CannotTrust."""
    try:
        text = data.decode()
        value = json.loads(text)
        canonical = _is_flat(value) and encode(value) == text
    except (ValueError, RecursionError) as error:
        raise CannotTrust("not JSON, or not of whole numbers and text.") from error
    if not canonical:
        raise CannotTrust("not JSON of whole numbers and text as RFC 8785 writes it.")
    kind = value.pop("kind", None)
    if kind == "row":
        return _row(value)
    if not isinstance(kind, str) or kind not in _NAMES:
        raise CannotTrust(f"an entry of the kind {kind!r}, which is none of {', '.join(ENTRY_KINDS)}.")
    names = _NAMES[kind]
    lacks = [name for name in names if name not in value and (kind, name) not in _OPTIONAL]
    wrong = [name for name in value if name not in names or not names[name](value[name])]
    if lacks or wrong:
        raise CannotTrust(f"an entry of the kind {kind} whose {', '.join(lacks + wrong)} cannot be so.")
    return Entry(kind, value, {})


def _is_flat(value: object) -> bool:
    """Whether it is an object of whole numbers, text, and at most one such object inside, names in their order."""
    if not isinstance(value, dict) or not _are_ordered(tuple(value)):
        return False
    for one in value.values():
        if isinstance(one, dict):
            if not _are_ordered(tuple(one)) or not {*map(type, one.values())} <= {int, str}:
                return False
        elif type(one) not in (int, str):
            return False
    return True


@lru_cache(_KNOWN)
def _are_ordered(names: tuple[str, ...]) -> bool:
    return list(names) == sorted(names, key=name_order)


def _row(value: dict[str, object]) -> Entry:
    table, key, cells = value.get("table"), value.get("key"), value.get("row")
    known = isinstance(table, str) and shape_of(table) is not None
    if len(value) != 3 or not known or not isinstance(key, str) or not key or not isinstance(cells, dict):
        raise CannotTrust("a row without its table, its key or its cells, or with more than these.")
    if wrong := [name for name, cell in cells.items() if not _may_stand(str(table), name)(cell)]:
        raise CannotTrust(f"a row of {table} whose {wrong[0]} is {cells[wrong[0]]!r}, which cannot be so.")
    return Entry("row", {"table": str(table), "key": key}, cells)


@lru_cache(_KNOWN)
def _may_stand(table: str, name: str) -> Callable[[object], bool]:
    """What tells whether a cell can be so in this column of this table."""
    shape = shape_of(table)
    column = shape.column(name) if shape else None
    if shape is None or (column is None and not shape.free):
        return _is_nothing
    if column is None or column.kind is Kind.COUNT:
        return _is_figure
    return _is_salted if name == "form" else _is_text


def _is_nothing(_: object) -> bool:
    return False


def _is_figure(cell: object) -> bool:
    return _is_count(cell) or (isinstance(cell, str) and bool(_DIGITS.fullmatch(cell)))


def _is_salted(cell: object) -> bool:
    return isinstance(cell, str) and bool(_SALTED.fullmatch(cell))
