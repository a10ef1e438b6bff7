"""A table as JSON: its name, its columns once, and a row a line.

    {"table": "areas", "columns": ["id", "parent", …], "rows": [
    ["north", "country", …],
    ["south", null, …]
    ]}

null is unknown. Counts are numbers; all else is text, decimals too, which thereby stay exact. A line without its comma
is JSON by itself, so that a file of any size can be read a line at a time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from tallyroom.publish.formats.tables import DataTable

__all__ = ["plain_json"]

_BATCH = 10_000


def plain_json(table: DataTable) -> Iterator[bytes]:
    """The JSON of a table, some thousand rows at a time."""
    start = {"table": table.name, "columns": [column.name for column in table.columns]}
    yield json.dumps(start, ensure_ascii=False).encode()[:-1] + b', "rows": ['
    comma = b"\n"
    for first in range(0, table.cells.num_rows, _BATCH):
        columns = (column.to_pylist() for column in table.cells.slice(first, _BATCH).columns)
        rows = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in zip(*columns, strict=True))
        yield comma + ",\n".join(rows).encode()
        comma = b",\n"
    yield b"\n]}\n"
