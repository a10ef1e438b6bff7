"""What runs the SQL files over the tables. The only module that names a database engine.

The files keep to a small portable subset, so that another engine, or a stranger with the published
Parquet files, gets the same figures: plain joins, GROUP BY, and sums cast to BIGINT, since
DuckDB's HUGEINT would become a floating-point number in Parquet.
"""

from __future__ import annotations

from importlib.resources import files
from tempfile import TemporaryDirectory
from typing import Protocol

import duckdb
import pyarrow as pa

from tallyroom.errors import CannotTabulate

__all__ = ["DuckDB", "Engine", "query", "too_large"]


# Of the engine itself, beside the tables. A million stations take a tenth longer than without a bound.
_MEMORY = "300MB"


class Engine(Protocol):
    """Something that holds tables and answers the SQL files."""

    def register(self, name: str, table: pa.Table) -> None:
        """Makes a table known under a name, in place of an earlier one."""

    def run(self, name: str) -> pa.Table:
        """The answer to `sql/<name>.sql`. Raises CannotTabulate when a sum is beyond 64 bits."""


def query(name: str) -> str:
    """The text of `sql/<name>.sql`."""
    return (files("tallyroom.tabulate") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


class DuckDB:
    """DuckDB in this process, in bounded memory: what does not fit goes to a temporary folder for a while."""

    def __init__(self) -> None:
        self._spill = TemporaryDirectory(prefix="tallyroom-")
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": _MEMORY,
            "temp_directory": self._spill.name,
        }
        self._connection = duckdb.connect(":memory:", config=config)

    def register(self, name: str, table: pa.Table) -> None:
        """Makes a table known under a name, in place of an earlier one."""
        self._connection.register(name, table)

    def run(self, name: str) -> pa.Table:
        """The answer to `sql/<name>.sql`. Raises CannotTabulate when a sum is beyond 64 bits."""
        try:
            return self._connection.execute(query(name)).to_arrow_table()
        except (duckdb.ConversionException, duckdb.OutOfRangeException) as error:
            raise too_large(name) from error


def too_large(name: str) -> CannotTabulate:
    """That a sum of `sql/<name>.sql` is beyond 64 bits."""
    return CannotTabulate(
        f"{name}: a sum is larger than 9223372036854775807 (64 bits), so some figure of the returns is wrong. "
        "`tallyroom check` names figures larger than the register."
    )
