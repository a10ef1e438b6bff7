"""Ids: each is unique in the whole record. Looked at quickly, since there may be millions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.errors import Fault
from tallyroom.record.rows import Table

__all__ = ["all_different", "each_once", "faults_of_ids", "rising"]


def all_different(tables: Mapping[str, Table]) -> bool:
    """Whether no id stands twice, found quickly for very many."""
    # Ids made of station and act are told apart in acts.py, unless another row's id looks like one.
    acts = [t for t in tables.values() if t.shape.free and "id" not in t.columns.column_names]
    ids = [pa.array([], pa.string()), *(t.id_array for t in tables.values() if not any(t is act for act in acts))]
    if acts and any(pc.any(pc.starts_with(some, p)).as_py() for some in ids for p in ("returns.", "copies.")):
        ids += [t.id_array for t in acts]
    *some, many = sorted(ids, key=len)
    few = pa.concat_arrays([many.slice(0, 0), *some])
    return each_once(few) and each_once(many) and not pc.any(pc.is_in(many, few)).as_py()


def each_once(ids: pa.Array) -> bool:
    """Whether no id stands twice in a column."""
    return rising(ids) or len(pc.unique(ids)) == len(ids)


def rising(names: pa.Array, numbers: pa.Array = None) -> bool:
    """Whether each row stands behind the one before it, by name and then by number: then none stands twice."""
    count = max(len(names) - 1, 0)
    further = pc.less(names.slice(0, count), names.slice(1))
    if numbers is not None:
        same = pc.equal(names.slice(0, count), names.slice(1))
        further = pc.or_(further, pc.and_(same, pc.less(numbers.slice(0, count), numbers.slice(1))))
    return not names.null_count and bool(pc.all(further, min_count=0).as_py())


def faults_of_ids(tables: Mapping[str, Table]) -> Iterator[Fault]:
    """Every id that stands again, and where it stood first."""
    first: dict[str, tuple[Table, int]] = {}
    for table in tables.values():
        written = "id" in table.columns.column_names
        for number, name in enumerate(table.ids):
            if name not in first:
                first[name] = (table, number)
                continue
            other, at = first[name]
            where = f"{other.file}, line {other.lines[at]}"
            if written and table.columns["id"][number].is_valid:
                mend = "An id is unique in the whole record: give one of the two another."
                yield Fault(
                    table.file,
                    table.lines[number],
                    "id",
                    f"'{name}'",
                    "an id of its own",
                    f"{where} has it. {mend}",
                )
            elif not table.shape.free:  # of acts, acts.py speaks
                mend = "If both are meant, give them ids; else take one away."
                yield Fault(
                    table.file,
                    table.lines[number],
                    "",
                    "the same row",
                    "each row once",
                    f"{where} is equal. {mend}",
                )
