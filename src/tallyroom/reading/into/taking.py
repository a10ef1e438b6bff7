"""Claims into a record: claims.jsonl, the documents as sources, and the rows that somebody accepted.

A folder is written as a whole or not at all: where the record could not be read afterwards, every file is
put back as it was. Nothing is overwritten: rows are added, and each keeps its claim's id; only
what a source repeats is added to its own row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tallyroom.reading.collection import Reading
from tallyroom.reading.into.proposals import Proposal, proposal_of
from tallyroom.reading.into.register import Register, slug
from tallyroom.reading.into.taken import Taken, TakenClaim, TakenReuse
from tallyroom.reading.reuse.passed_on import Derivation, lines_of_reuse, titled
from tallyroom.record.adding import not_built_in, rows_of, table_bytes, write_files, writing
from tallyroom.record.claim import Claim, claim_id
from tallyroom.record.folder import Record, read_record
from tallyroom.record.jsonlines import written_lines

__all__ = ["take_in"]

Verdict = Callable[[Proposal | Derivation], str]  # accepted, rejected or proposed
_Cells = Mapping[str, str]
_Line = Mapping[str, Any]


def take_in(folder: Path, readings: Sequence[Reading], decide: Verdict) -> Taken:
    """Writes the claims of documents, and the rows of all proposals that `decide` accepts.

    Proposals left open by an earlier call are decided too. Raises CannotWrite, or CannotReadRecord.
    """
    not_built_in(folder)
    record = read_record(folder)
    named = _named(record, readings)
    documents = {named[one.path]: one.document for one in readings if one.document}
    told = _and_new(record.claims, _claims(readings, named))
    repeats = _and_new(record.reuse, lines_of_reuse(documents))
    rows: dict[str, list[_Cells]] = {"sources": _sources(readings, named, record)}
    reuse = list(_derivations(record, repeats, decide))
    derived = [(str(one.line["copy"]), str(one.line["source"])) for one in reuse if one.written]
    claims = list(_decided(record, told, decide, rows, Register(record, derived)))
    with writing(folder):
        now = read_record(folder)  # a review takes its time: what others wrote meanwhile stays
        files = _tables(now, rows, derived)
        if told:
            files["claims.jsonl"] = _lines(now.claims, record.claims, told)
        if repeats:
            files["reuse.jsonl"] = _lines(now.reuse, record.reuse, repeats)
        write_files(folder, files)
    lines = {f"{table}.csv": len(added) for table, added in rows.items()}
    lines |= {"claims.jsonl": sum(one.new for one in claims), "reuse.jsonl": sum(one.new for one in reuse)}
    written = {name: count for name, count in lines.items() if count}
    return Taken([(one, named.get(one.path, "")) for one in readings], claims, reuse, written)


def _tables(now: Record, rows: Mapping[str, Sequence[_Cells]], derived: Sequence[tuple[str, str]]) -> dict[str, bytes]:
    """The files of the tables that have new rows, or new cells."""
    return {
        f"{table}.csv": _extended(now, table, added, derived if table == "sources" else [])
        for table, added in rows.items()
        if added or (table == "sources" and derived)
    }


def _and_new(there: Sequence[_Line], found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines of a file, and behind them those whose ids it does not have."""
    known = {told["id"] for told in there}
    return [*(dict(told) for told in there), *(told for told in found if told["id"] not in known)]


def _lines(now: Sequence[_Line], before: Sequence[_Line], told: Sequence[_Line]) -> bytes:
    """The lines that a file has now, with those that were decided or found here in their place, or behind them."""
    was = {one["id"]: one for one in before}
    ours = {one["id"]: one for one in told if was.get(one["id"]) != one}
    return written_lines([*(ours.pop(one["id"], one) for one in now), *ours.values()])


def _derivations(record: Record, repeats: Sequence[dict[str, Any]], decide: Verdict) -> Iterator[TakenReuse]:
    """What each source is said to repeat, where that is new or was open. What sources.csv has already is not asked."""
    known = {(row.id, source) for row in record.current("sources") for source in row.ids("derived_from")}
    before = {told["id"] for told in record.reuse}
    for told in repeats:
        there, asked = (told.get("copy"), told.get("source")) in known, told.get("review") == "proposed"
        if asked:
            told["review"] = "accepted" if there else decide(Derivation.of_json(told))
        if asked or told["id"] not in before:
            written = asked and told["review"] == "accepted" and not there
            yield TakenReuse(told, told["id"] not in before, written)


def _decided(
    record: Record,
    told: Sequence[dict[str, Any]],
    decide: Verdict,
    rows: dict[str, list[_Cells]],
    register: Register,
) -> Iterator[TakenClaim]:
    """The claims that are new or were open, with what was decided. rows: by table; those accepted come to them."""
    dates = {row["id"]: row["date"] for row in (*record.current("sources"), *rows["sources"])}
    before = {one["id"] for one in record.claims}
    for line in told:
        if line.get("review") != "proposed":
            continue
        claim = Claim.of_json(line)
        proposal = proposal_of(claim, record, register, dates.get(claim.document, "")[:10])
        if proposal.table:
            line["review"] = decide(proposal)
        if line["review"] == "accepted":
            for table, row in (*proposal.with_it, (proposal.table, proposal.cells)):
                rows.setdefault(table, []).append(row)
                register.accept(table, row)
        yield TakenClaim(line, proposal, line["id"] not in before)


def _named(record: Record, readings: Iterable[Reading]) -> dict[str, str]:
    """The path of each document that could be read, with the id of its source: one of the record, or a new one."""
    named: dict[str, str] = {}
    known = {row["sha256"]: row.id for row in record.current("sources") if row["sha256"]}
    taken, there = set(record.named), {row.id for row in record.current("sources")}
    for reading in readings:
        if reading.document is not None:
            stem, sha256 = Path(reading.path).stem, _sha256(reading)
            name = known.get(sha256) or (stem if stem in there else slug(stem, frozenset(taken)))
            taken.add(name)
            named[reading.path] = known[sha256] = name
    return named


def _sources(readings: Iterable[Reading], named: Mapping[str, str], record: Record) -> list[_Cells]:
    """New rows of sources.csv."""
    there = {row.id for row in record.current("sources")}
    rows: dict[str, _Cells] = {}
    for reading in readings:
        document, name = reading.document, named.get(reading.path, "")
        if document is None or name in there or name in rows:
            continue
        outlet = document.outlet or next((claim.outlet for claim in reading.claims if claim.outlet), "") or "unknown"
        cells = {"id": name, "outlet": outlet, "title": titled(document), "date": document.date}
        rows[name] = {**cells, "sha256": _sha256(reading)}
    return list(rows.values())


def _claims(readings: Iterable[Reading], named: Mapping[str, str]) -> list[dict[str, Any]]:
    """The claims as lines, with their document's id."""
    claims = [_of_source(claim, named[reading.path]) for reading in readings for claim in reading.claims]
    return [claim.as_json() | {"review": "proposed"} for claim in claims]


def _sha256(reading: Reading) -> str:
    return hashlib.sha256(Path(reading.path).read_bytes()).hexdigest()


def _of_source(claim: Claim, source: str) -> Claim:
    new = claim_id(source, claim.kind, claim.subject, claim.value, claim.start)
    return replace(claim, document=source, id=new)


def _same(row: Mapping[str, object]) -> tuple[str, str, str]:
    """What makes two rows one: what somebody else accepted meanwhile of a source, a person or a claim is there once."""
    return str(row.get("id") or ""), str(row.get("claim") or ""), str(row.get("sha256") or "")


def _extended(record: Record, table: str, added: Sequence[_Cells], derived: Sequence[tuple[str, str]]) -> bytes:
    """A table's file with rows added at its end; columns that only they need come behind those there are.

    derived: copies and what they are now known to repeat, which is added to what their cells said.
    """
    everything = rows_of(record, table)
    there = {_same(row) for row in everything}
    everything += [{**row} for row in added if not any(_same(row)) or _same(row) not in there]
    for row in everything:
        if more := [source for copy, source in derived if copy == row.get("id")]:
            row["derived_from"] = " ".join([*str(row.get("derived_from") or "").split(), *more])
    return table_bytes(record, table, everything)
