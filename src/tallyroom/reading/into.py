"""Claims into a record: claims.jsonl, the documents as sources, and the rows that somebody accepted.

A folder is written as a whole or not at all: where the record could not be read afterwards, every file is
put back as it was. Nothing is overwritten: rows are added, and each keeps its claim's id; only
what a source repeats is added to its own row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tallyroom.reading.collection import Reading
from tallyroom.reading.document import Document
from tallyroom.reading.passed_on import Derivation, lines_of_reuse, titled
from tallyroom.reading.proposals import Proposal, proposal_of
from tallyroom.reading.register import Register, slug
from tallyroom.record.adding import not_built_in, rows_of, table_bytes, write_files
from tallyroom.record.claim import Claim, claim_id
from tallyroom.record.folder import Record, read_record
from tallyroom.record.jsonlines import written_lines

__all__ = ["Taken", "take_in"]

Verdict = Callable[[Proposal | Derivation], str]  # accepted, rejected or proposed
_Cells = Mapping[str, str]
_Line = Mapping[str, Any]


@dataclass
class Taken:
    """What came into a record: claims, sources, rows by table, repeated documents, and proposals still open."""

    claims: int
    sources: int
    rows: dict[str, int]
    open: int
    without_row: int
    repeated: int = 0


def take_in(folder: Path, readings: Sequence[Reading], decide: Verdict) -> Taken:
    """Writes the claims of documents, and the rows of all proposals that `decide` accepts.

    Proposals left open by an earlier call are decided too. Raises CannotWrite, or CannotReadRecord.
    """
    not_built_in(folder)
    record = read_record(folder)
    sources, claims, documents = _sourced(record, readings)
    told = _and_new(record.claims, [claim.as_json() | {"review": "proposed"} for claim in claims])
    repeats = _and_new(record.reuse, lines_of_reuse(documents))
    rows: dict[str, list[_Cells]] = {"sources": sources}
    taken = Taken(len(told) - len(record.claims), len(sources), {}, 0, 0)
    derived = _derivations(record, repeats, decide, taken)
    dates = {row.id: row["date"] for row in record.current("sources")} | {
        row["id"]: row.get("date", "") for row in sources
    }
    register = Register(record)
    for one in told:
        _decide(one, record, register, dates, decide, rows, taken)
    now = read_record(folder)  # a review takes its time: what others wrote meanwhile stays
    files = {
        f"{table}.csv": _extended(now, table, added, derived if table == "sources" else {})
        for table, added in rows.items()
        if added or (table == "sources" and derived)
    }
    if told:
        files["claims.jsonl"] = _lines(now.claims, record.claims, told)
    if repeats:
        files["reuse.jsonl"] = _lines(now.reuse, record.reuse, repeats)
    write_files(folder, files)
    taken.rows = {table: len(added) for table, added in rows.items() if added and table != "sources"}
    return taken


def _and_new(there: Sequence[_Line], found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines of a file, and behind them those whose ids it does not have."""
    known = {told["id"] for told in there}
    return [*(dict(told) for told in there), *(told for told in found if told["id"] not in known)]


def _lines(now: Sequence[_Line], before: Sequence[_Line], told: Sequence[_Line]) -> bytes:
    """The lines that a file has now, with those that were decided or found here in their place, or behind them."""
    was = {one["id"]: one for one in before}
    ours = {one["id"]: one for one in told if was.get(one["id"]) != one}
    return written_lines([*(ours.pop(one["id"], one) for one in now), *ours.values()])


def _derivations(
    record: Record, repeats: Sequence[dict[str, Any]], decide: Verdict, taken: Taken
) -> dict[str, list[str]]:
    """What each source was said to repeat just now. What sources.csv has already is not asked."""
    derived: dict[str, list[str]] = {}
    known = {(row.id, source) for row in record.current("sources") for source in row.ids("derived_from")}
    for told in repeats:
        if told.get("review") == "proposed":
            there = (told.get("copy"), told.get("source")) in known
            told["review"] = "accepted" if there else decide(Derivation.of_json(told))
            taken.open += told["review"] == "proposed"
            if told["review"] == "accepted" and not there:
                derived.setdefault(told["copy"], []).append(told["source"])
    taken.repeated = len(derived)
    return derived


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


def _sourced(record: Record, readings: Iterable[Reading]) -> tuple[list[_Cells], list[Claim], dict[str, Document]]:
    """New rows of sources.csv, the claims with their document's id there, and the documents by that id."""
    rows: list[_Cells] = []
    claims: list[Claim] = []
    documents: dict[str, Document] = {}
    known = {row["sha256"]: row.id for row in record.current("sources") if row["sha256"]}
    taken, there = set(record.named), {row.id for row in record.current("sources")}
    for reading in readings:
        if reading.document is None:
            continue
        path = Path(reading.path)
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        name = known.get(sha256) or (path.stem if path.stem in there else "")
        if not name:
            name = slug(path.stem, frozenset(taken))
            taken.add(name)
            known[sha256] = name
            document = reading.document
            outlet = (
                document.outlet or next((claim.outlet for claim in reading.claims if claim.outlet), "") or "unknown"
            )
            rows.append(
                {"id": name, "outlet": outlet, "title": titled(document), "date": document.date, "sha256": sha256}
            )
        claims += [_of_source(claim, name) for claim in reading.claims]
        documents[name] = reading.document
    return rows, claims, documents


def _of_source(claim: Claim, source: str) -> Claim:
    new = claim_id(source, claim.kind, claim.subject, claim.value, claim.start)
    return replace(claim, document=source, id=new)


def _extended(record: Record, table: str, added: Sequence[_Cells], derived: Mapping[str, Sequence[str]]) -> bytes:
    """A table's file with rows added at its end; columns that only they need come behind those there are.

    derived: what sources are now known to repeat, which is added to what their cells said.
    """
    everything = rows_of(record, table)
    everything += [{**row} for row in added]
    for row in everything:
        if more := derived.get(str(row.get("id", ""))):
            row["derived_from"] = " ".join([*str(row.get("derived_from") or "").split(), *more])
    return table_bytes(record, table, everything)
