"""Files in which a row is one figure of a station, turned so that a row is a station.

The codes that say which figure it is become the headers; from there on such a file is like any other.
No row is lost: each station's row knows how many rows it was made of, and each cell its line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.errors import Fault
from tallyroom.sources.files import Sheet
from tallyroom.sources.headers import as_text, normal
from tallyroom.sources.mapping import Long

__all__ = ["long_header_faults", "turned"]


def long_header_faults(sheet: Sheet, long: Long) -> Iterator[Fault]:
    """What keeps a file from being turned: a column of the three kinds that is not there once."""
    headers = [normal(header) for header in sheet.header]
    for header in (*long.key, long.code, long.figure):
        if headers.count(normal(header)) != 1:
            found = "missing" if normal(header) not in headers else f"there {headers.count(normal(header))} times"
            yield Fault(sheet.file, 1, f"the column '{header}'", found, "one column of these words, as [long] says")


def turned(sheet: Sheet, long: Long) -> Sheet:
    """One row for each station, in the order in which they begin, and one column for each code.

    A code that a station has twice is reported at the second one; its row is then doubtful.
    """
    headers = [normal(header) for header in sheet.header]
    key = [sheet.columns[headers.index(normal(header))] for header in long.key]
    station = pc.dictionary_encode(pc.binary_join_element_wise(*map(_bare, key), "\0"))
    code = pc.dictionary_encode(_bare(sheet.columns[headers.index(normal(long.code))]))
    figures = sheet.columns[headers.index(normal(long.figure))].to_pylist()
    stations, codes = station.indices.to_pylist(), code.indices.to_pylist()
    count = len(station.dictionary)
    cells = [[""] * count for _ in code.dictionary]
    lines = [[0] * count for _ in code.dictionary]
    first, weights, doubtful = [-1] * count, [0] * count, []
    for row, (at, which, figure) in enumerate(zip(stations, codes, figures, strict=True)):
        line = sheet.lines[row]
        if lines[which][at]:
            doubtful.append((at, _twice(sheet, long, code.dictionary[which].as_py(), line, lines[which][at])))
        cells[which][at], lines[which][at] = figure, line
        first[at] = row if first[at] < 0 else first[at]
        weights[at] += 1
    names = code.dictionary.to_pylist()
    starts = pa.array(first, pa.int64())
    return replace(
        sheet,
        header=[*long.key, *names],
        columns=[*(column.take(starts) for column in key), *(pa.array(column, pa.string()) for column in cells)],
        lines=[sheet.lines[row] for row in first],
        doubtful=doubtful,
        weights=weights,
        cell_lines={normal(name): column for name, column in zip(names, lines, strict=True)},
    )


def _bare(cells: pa.Array) -> pa.Array:
    """The cells with single spaces between their words and none around."""
    distinct = pc.dictionary_encode(cells)
    return pa.array([as_text(cell) for cell in distinct.dictionary.to_pylist()], pa.string()).take(distinct.indices)


def _twice(sheet: Sheet, long: Long, code: str, line: int, before: int) -> Fault:
    found = f"'{code}', as on line {before} of the same station"
    return Fault(sheet.file, line, long.code, found, "each figure of a station once", "Take one away.")
