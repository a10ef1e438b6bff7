"""A table as a Parquet file, and back: the same columns as CSV, counts as INT64, all else as text.

Nothing is cast on the way in but between whole-number types and between ways to store text: a column of
floating-point numbers is a fault, as its CSV would be. Row n of the table is "line" n.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from tallyroom.errors import Fault
from tallyroom.record.csvfile import Columns

__all__ = ["read_parquet", "write_parquet"]


def read_parquet(data: BinaryIO, file: str, is_count: Callable[[str], bool]) -> Columns:
    """The columns of a Parquet file. is_count: whether a column holds counts."""
    result = Columns()
    try:
        table = pa.parquet.read_table(data)
    except (pa.ArrowException, OSError) as error:
        said = str(error).split("\n", 1)[0]
        result.faults.append(Fault(file, 0, "", said, "a Parquet file", "Write it again, or give the table as CSV."))
        return result
    result.lines, result.whole = range(1, table.num_rows + 1), True
    for name, column in zip(table.column_names, table.columns, strict=True):
        if name in result.names:
            result.faults.append(Fault(file, 0, name, "there twice", "each column once", "Rename one of them."))
            continue
        cells = _cells(column, name, file, is_count(name), result.faults)
        if cells is not None:
            result.names.append(name)
            result.cells.append(cells)
    return result


def _cells(column: pa.ChunkedArray, name: str, file: str, count: bool, faults: list[Fault]) -> pa.Array | None:
    values = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    if pa.types.is_null(values.type):
        return pa.nulls(len(values), pa.int64() if count else pa.string())
    right = pa.types.is_integer if count else _is_text
    if not right(values.type):
        expected = "whole numbers (INT64)" if count else "text"
        faults.append(Fault(file, 0, name, f"a column of {values.type}", expected, "Write the column in that type."))
        return pa.nulls(len(values), pa.int64() if count else pa.string())
    if not count:
        text = values.cast(pa.string())
        return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)
    low, high = (pc.min_max(values).as_py()[end] for end in ("min", "max"))
    if low is not None and (low < 0 or high > 2**63 - 1):
        found = str(low if low < 0 else high)
        faults.append(Fault(file, 0, name, f"'{found}' in some row", "whole numbers from 0 to 9223372036854775807", ""))
        return pa.nulls(len(values), pa.int64())
    return values.cast(pa.int64())


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def write_parquet(columns: pa.Table) -> bytes:
    """The Parquet file of these columns; the same columns make the same bytes."""
    out = pa.BufferOutputStream()
    pa.parquet.write_table(columns.combine_chunks(), out, compression="zstd")
    data: bytes = out.getvalue().to_pybytes()
    return data
