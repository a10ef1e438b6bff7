"""The five tables that the published SQL reads, as Parquet: with them anyone adds the election up on their own.

    for name in ("votes", "items", "acts", "stations", "within"):
        duckdb.sql(f"CREATE VIEW {name} AS FROM 'data/tabulation/{name}.parquet'")
    duckdb.sql(open("data/sql/votes.sql").read())

What each holds is in `tabulate/frames.py`. Written some stations at a time, so that memory does not grow with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pyarrow as pa
import pyarrow.parquet

from tallyroom.record.folder import Record
from tallyroom.tabulate.frames import make_parts
from tallyroom.tabulate.places import stations_in_force, within

__all__ = ["TABLES", "tabulation"]

TABLES = {
    "votes": "the votes of a choice in an act",
    "items": "a figure of an act's form, or one made of them",
    "acts": "one act, and whether it counts",
    "stations": "a station, with its area and register",
    "within": "a station or an area, and one of those that it lies in",
}


def tabulation(record: Record) -> Iterator[tuple[str, str, Callable[[], Iterator[bytes]]]]:
    """For each table its name, what a row is, and its Parquet file in pieces."""
    for name, row in TABLES.items():
        yield name, row, partial(_pieces, record, name)


def _pieces(record: Record, name: str) -> Iterator[bytes]:
    out = _Out()
    writer: pa.parquet.ParquetWriter | None = None
    for part in _parts(record, name):
        if writer is None:
            writer = pa.parquet.ParquetWriter(out, part.schema, compression="zstd", store_schema=False, version="2.6")
        writer.write_table(part)
        yield out.taken()
    assert writer is not None, "there are stations, or else an empty table of them"
    writer.close()
    yield out.taken()


def _parts(record: Record, name: str) -> Iterator[pa.Table]:
    stations = stations_in_force(record)
    if name == "within" or not len(stations):
        yield _plain(within(record, stations))
    else:
        for part in make_parts(record, "station")[1]:
            yield _plain(getattr(part.whole, name))


def _plain(table: pa.Table) -> pa.Table:
    """The table with its texts as texts, whatever few of them there are."""
    names = [(f.name, f.type.value_type if pa.types.is_dictionary(f.type) else f.type) for f in table.schema]
    return table.cast(pa.schema(names)).combine_chunks()


class _Out:
    """A file that gives away what was written to it."""

    closed = False

    def __init__(self) -> None:
        self._kept: list[bytes] = []
        self._length = 0

    def write(self, data: bytes) -> int:
        piece = bytes(data)
        self._kept.append(piece)
        self._length += len(piece)
        return len(piece)

    def tell(self) -> int:
        """How much was written so far."""
        return self._length

    def flush(self) -> None:
        """Nothing waits."""

    def taken(self) -> bytes:
        """What was written since it was asked last."""
        kept, self._kept = b"".join(self._kept), []
        return kept
