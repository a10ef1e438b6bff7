"""`tallyroom record`: what is done to a record as files."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tallyroom.record import folder
from tallyroom.record.folder import read_record, write_record

__all__ = ["Ending", "convert"]


class Ending(StrEnum):
    """How tables are stored."""

    csv = "csv"
    parquet = "parquet"


def convert(
    record: Annotated[str, typer.Argument(help="A folder, or the name of a built-in record.")],
    to: Annotated[Path, typer.Option("--to", help="The new folder.")],
    tables: Annotated[Ending, typer.Option("--as", help="How its tables are stored.")] = Ending.parquet,
) -> None:
    """Write a record's tables as Parquet, or as CSV.

    Nothing is lost, either way. Parquet is quicker for large records; CSV opens in a spreadsheet.

    Example: tallyroom record convert azerbaijan-2024 --to azerbaijan-parquet --as parquet
    """
    converted = folder.convert(read_record(record), tables.value)
    write_record(converted, to)
    typer.echo(f"{len(converted.tables)} tables as {tables.value} in {to}.")
