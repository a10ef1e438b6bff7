"""Claims into a record: claims.jsonl, the documents as sources, and the rows that somebody accepted.

A folder is written as a whole or not at all: where the record could not be read afterwards, every file is
put back as it was. Nothing is overwritten: rows are added, and each keeps its claim's id.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from tallyroom.errors import CannotReadRecord, CannotWrite
from tallyroom.reading.collection import Reading
from tallyroom.reading.proposals import Proposal, columns_of, proposal_of
from tallyroom.reading.register import Register, slug
from tallyroom.record.claim import Claim, claim_id
from tallyroom.record.csvfile import write_columns
from tallyroom.record.folder import Record, built_in, read_record

__all__ = ["Taken", "take_in"]

Verdict = Callable[[Proposal], str]  # accepted, rejected or proposed
_Cells = Mapping[str, str]


@dataclass
class Taken:
    """What came into a record: claims, sources, rows by table, and proposals still open."""

    claims: int
    sources: int
    rows: dict[str, int]
    open: int
    without_row: int


def take_in(folder: Path, readings: Sequence[Reading], decide: Verdict) -> Taken:
    """Writes the claims of documents, and the rows of all proposals that `decide` accepts.

    Proposals left open by an earlier call are decided too. Raises CannotWrite, or CannotReadRecord.
    """
    if not folder.is_dir() and str(folder) in built_in():
        raise CannotWrite(
            f"{folder} is a built-in record. Copy it first: tallyroom record convert {folder} --to mine --as csv"
        )
    record = read_record(folder)
    sources, claims = _sourced(record, readings)
    there = {str(told["id"]) for told in record.claims}
    told = [dict(told) for told in record.claims]
    told += [claim.as_json() | {"review": "proposed"} for claim in claims if claim.id not in there]
    rows: dict[str, list[_Cells]] = {"sources": sources}
    dates = {row.id: row["date"] for row in record.current("sources")} | {
        row["id"]: row.get("date", "") for row in sources
    }
    register = Register(record)
    taken = Taken(len(told) - len(record.claims), len(sources), {}, 0, 0)
    for one in told:
        _decide(one, record, register, dates, decide, rows, taken)
    _write(folder, record, rows, told)
    taken.rows = {table: len(added) for table, added in rows.items() if added and table != "sources"}
    return taken


def _decide(
    told: dict[str, Any], record: Record, register: Register, dates: Mapping[str, str], decide: Verdict,
    rows: dict[str, list[_Cells]], taken: Taken,
) -> None:  # fmt: skip
    if told.get("review") != "proposed":
        return
    claim = Claim.of_json(told)
    proposal = proposal_of(claim, record, register, dates.get(claim.document, "")[:10])
    if not proposal.table:
        taken.without_row += 1
        return
    told["review"] = decide(proposal)
    taken.open += told["review"] == "proposed"
    if told["review"] == "accepted":
        for table, row in (*proposal.with_it, (proposal.table, proposal.cells)):
            rows.setdefault(table, []).append(row)
            register.accept(table, row)


def _sourced(record: Record, readings: Iterable[Reading]) -> tuple[list[_Cells], list[Claim]]:
    """New rows of sources.csv, and the claims with their document's id there."""
    rows: list[_Cells] = []
    claims: list[Claim] = []
    known = {row["sha256"]: row.id for row in record.current("sources") if row["sha256"]}
    taken = set(record.named)
    for reading in readings:
        if reading.document is None:
            continue
        path = Path(reading.path)
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        name = known.get(sha256) or (path.stem if path.stem in record.named else "")
        if not name:
            name = slug(path.stem, frozenset(taken))
            taken.add(name)
            known[sha256] = name
            document = reading.document
            title = document.sentences[0].text[:120] if document.sentences else ""
            outlet = (
                document.outlet or next((claim.outlet for claim in reading.claims if claim.outlet), "") or "unknown"
            )
            rows.append({"id": name, "outlet": outlet, "title": title, "date": document.date, "sha256": sha256})
        claims += [_of_source(claim, name) for claim in reading.claims]
    return rows, claims


def _of_source(claim: Claim, source: str) -> Claim:
    new = claim_id(source, claim.kind, claim.subject, claim.value, claim.start)
    return replace(claim, document=source, id=new)


def _write(
    folder: Path, record: Record, rows: Mapping[str, Sequence[_Cells]], told: Sequence[Mapping[str, Any]]
) -> None:
    files = {f"{table}.csv": _extended(record, table, added) for table, added in rows.items() if added}
    if told:
        files["claims.jsonl"] = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in told).encode()
    before = {name: (folder / name).read_bytes() if (folder / name).exists() else None for name in files}
    try:
        for name, data in files.items():
            (folder / name).write_bytes(data)
        read_record(folder)
    except (OSError, CannotReadRecord) as error:
        for name, old in before.items():
            if old is None:
                (folder / name).unlink(missing_ok=True)
            else:
                (folder / name).write_bytes(old)
        if isinstance(error, OSError):
            raise CannotWrite(f"{folder} cannot be written: the system says “{error.strerror or error}”.") from error
        raise


def _extended(record: Record, table: str, added: Sequence[_Cells]) -> bytes:
    """A table's file with rows added at its end; columns that only they need come behind those there are."""
    there = record.tables.get(table)
    if there is not None and there.file.endswith(".parquet"):
        raise CannotWrite(f"{there.file} is Parquet, which rows are not added to. Convert the record to CSV first.")
    old = there.columns.to_pylist() if there is not None else []
    names = list(there.columns.column_names) if there is not None else []
    names += [name for name in columns_of(table) if name not in names and any(name in row for row in added)]
    everything = [*old, *added]
    return write_columns(names, [pa.array([_text(row.get(name)) for row in everything], pa.string()) for name in names])


def _text(cell: object) -> str | None:
    return None if cell is None else str(cell)
