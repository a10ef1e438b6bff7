"""`datapackage.json`: the published tables as a Frictionless Data Package, with a Table Schema each.

The schemas are made of `record/tables.py` and say what it says: types, required columns, allowed words, keys, and which
column points where. A pointer into several tables, or of several ids in a cell, is described and not a foreign key:
Table Schema cannot say it. Dates are EDTF, which Table Schema does not know, and therefore text.

Source: Data Package, Tabular Data Resource and Table Schema, version 1 (specs.frictionlessdata.io), with nothing that
version 2 does away with but `profile`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tallyroom.publish.formats.tables import DataTable
from tallyroom.record.columns import ANY, CONTESTS, COUNTRIES, Column, Kind
from tallyroom.record.folder import Record

__all__ = ["Described", "datapackage"]

_TYPES = {Kind.COUNT: "integer", Kind.DECIMAL: "number"}
_DIALECT = {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True}


@dataclass(frozen=True)
class Described:
    """One file of the package. path: relative to datapackage.json; says: what it holds; table: whose CSV it is."""

    path: str
    says: str
    length: int
    sha256: str
    table: DataTable | None = None


def datapackage(record: Record, files: Sequence[Described], at: datetime) -> bytes:
    """The descriptor. at: the time of publication, with its zone."""
    names = _names([file.table.name if file.table else file.path for file in files])
    tables = {file.table.name: name for file, name in zip(files, names, strict=True) if file.table}
    keys = {file.table.name: file.table.key for file in files if file.table}
    described = {
        "profile": "data-package",
        "name": record.election.id.lower(),
        "title": record.election.name,
        "created": at.isoformat(timespec="seconds"),
        "description": "An election record: returns, what they add up to, and what others announced, kept apart.",
        **_licence(record),
        "sources": _sources(record),
        "resources": [_resource(record, file, name, tables, keys) for file, name in zip(files, names, strict=True)],
    }
    return (json.dumps({k: v for k, v in described.items() if v != []}, ensure_ascii=False, indent=1) + "\n").encode()


def _names(wanted: Sequence[str]) -> list[str]:
    """Names as the specification wants them: small letters, each once."""
    names: list[str] = []
    for name in wanted:
        small = "".join(c if c in "abcdefghijklmnopqrstuvwxyz0123456789-._/" else "-" for c in name.lower())
        names.append(small if small not in names else f"{small}-{len(names)}")
    return names


def _licence(record: Record) -> dict[str, object]:
    """The licence that the record states as a fact; without one nobody knows."""
    stated = [fact.value for fact in record.election.facts if fact.name == "licence"]
    return {"licenses": [{"path" if "://" in value else "name": value} for value in stated]} if stated else {}


def _sources(record: Record) -> list[dict[str, str]]:
    """The documents that rows rest on."""
    found = []
    for row in record.current("sources"):
        source = {"title": f"{row['outlet']}: {row['title']}" if row["title"] else row["outlet"]}
        found.append(source | ({"path": row["url"]} if row["url"].startswith(("https://", "http://")) else {}))
    return found


def _resource(
    record: Record, file: Described, name: str, tables: Mapping[str, str], keys: Mapping[str, str]
) -> dict[str, object]:
    ending = file.path.rpartition(".")[2]
    resource: dict[str, object] = {
        "name": name,
        "path": file.path,
        "description": file.says,
        "format": ending,
        "bytes": file.length,
        "hash": f"sha256:{file.sha256}",
    }
    if file.table is None:
        return resource
    shape = {"profile": "tabular-data-resource", "mediatype": "text/csv", "encoding": "utf-8", "dialect": _DIALECT}
    return resource | shape | {"schema": _schema(record, file.table, tables, keys)}


def _schema(record: Record, table: DataTable, tables: Mapping[str, str], keys: Mapping[str, str]) -> dict[str, object]:
    found: dict[str, object] = {
        "fields": [_field(record, column, column.name == table.key) for column in table.columns],
        "missingValues": [""],
        "primaryKey": [table.key],
    }
    foreign = []
    for column in table.columns:
        to = column.to[0] if len(column.to) == 1 else ""
        if column.kind is Kind.POINTER and to in tables and not column.many and not column.words:
            there = "" if to == table.name else tables[to]
            foreign.append({"fields": [column.name], "reference": {"resource": there, "fields": [keys[to]]}})
    return found | ({"foreignKeys": foreign} if foreign else {})


def _field(record: Record, column: Column, is_key: bool) -> dict[str, object]:
    constraints: dict[str, object] = {}
    if column.required or is_key:
        constraints["required"] = True
    if is_key:
        constraints["unique"] = True
    if column.kind is Kind.COUNT:
        constraints["minimum"] = 0
    if column.kind is Kind.SHA256:
        constraints["pattern"] = "[0-9a-f]{64}"
    words = list(column.words) if column.kind is Kind.WORD and not (column.more_words or column.many) else []
    if column.to == (CONTESTS,):
        words = [contest.id for contest in record.election.contests]
    if words:
        constraints["enum"] = words
    field: dict[str, object] = {"name": column.name, "type": _TYPES.get(column.kind, "string")}
    field["description"] = _says(column)
    return field | ({"constraints": constraints} if constraints else {})


def _says(column: Column) -> str:
    parts = [column.says]
    if column.unit:
        parts.append(f"in {column.unit}")
    if column.kind is Kind.DATE:
        parts.append("EDTF")
    if column.default:
        parts.append(f"empty is {column.default}")
    to = [name for name in column.to if name not in (ANY, CONTESTS)]
    if to:
        several = "ids, separated by spaces," if column.many else "an id"
        parts.append(f"{several} of {' or '.join(_table(name) for name in to)}")
    return "; ".join(parts)


def _table(name: str) -> str:
    return name if name == COUNTRIES else f"`{name}`"
