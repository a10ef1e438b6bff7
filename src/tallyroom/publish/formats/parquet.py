"""A table as Parquet: counts as INT64, all else as text, null is unknown. The same table makes the same bytes."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet

__all__ = ["parquet"]


def parquet(cells: pa.Table) -> bytes:
    """The Parquet file of a table's cells, without Arrow's own description of them."""
    out = pa.BufferOutputStream()
    pa.parquet.write_table(
        cells.combine_chunks(), out, compression="zstd", row_group_size=100_000, store_schema=False, version="2.6"
    )
    data: bytes = out.getvalue().to_pybytes()
    return data
