"""A row as canonical bytes, and the id that is made of them where a row has none.

The bytes are JSON by RFC 8785 of the table, and of every cell that is not empty, under its column's
name: a count as a number, all else as text. Two rows with the same bytes are the same row. A count
beyond 2^53 - 1, the largest that RFC 8785 (section 3.2.2.3) carries exactly, stands as text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc
import rfc8785

__all__ = ["canonical_row", "made_act_ids", "made_id"]

_LARGEST_EXACT = 2**53 - 1


def canonical_row(table: str, cells: Mapping[str, str | int]) -> bytes:
    """The row as the bytes that are hashed and logged; empty cells are left out."""
    row: dict[str, str | int] = {
        name: str(value) if isinstance(value, int) and value > _LARGEST_EXACT else value
        for name, value in cells.items()
        if value != ""
    }
    return rfc8785.dumps({"table": table, "row": row})


def made_id(table: str, cells: Mapping[str, str | int]) -> str:
    """The id of a row that has none: its table and 16 hexadecimal digits of its content's SHA-256.

    cells: without `id`; the same content makes the same id wherever the row stands.
    """
    return f"{table}-{hashlib.sha256(canonical_row(table, cells)).hexdigest()[:16]}"


def made_act_ids(table: str, stations: pa.Array, acts: pa.Array) -> pa.Array:
    """The ids of acts that have none: table, station and act, as in `returns.president.07-031.1`."""
    parts = (table.replace("/", "."), pc.fill_null(stations, ""), acts.cast(pa.string()))
    return pc.binary_join_element_wise(*parts, ".")
