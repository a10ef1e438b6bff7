"""What the rows of a drawn sample say of each other: each station once, and strata that agree with themselves."""

from __future__ import annotations

from collections.abc import Iterator

from tallyroom.errors import Fault
from tallyroom.record.corrections import in_force
from tallyroom.record.rows import Table

__all__ = ["faults_of_drawn"]

_NEEDED = ("sample", "station", "stratum", "stratum_stations", "order")


def faults_of_drawn(drawn: Table) -> Iterator[Fault]:
    """Every fault between the rows of `drawn.csv` that are in force."""
    if not all(name in drawn.columns.column_names for name in _NEEDED):
        return
    columns = [drawn.columns[name].to_pylist() for name in _NEEDED]
    first: dict[tuple[object, ...], int] = {}
    sizes: dict[tuple[str, str], tuple[int, int]] = {}
    for number in sorted(in_force(drawn).values()):
        cells = [column[number] for column in columns]
        if None in cells:
            continue
        sample, station, stratum, size, order = cells
        line = drawn.lines[number]
        for column, found, key in (("station", station, (sample, station)), ("order", order, (sample, stratum, order))):
            if first.setdefault((column, *key), line) != line:
                mend = f"Line {first[column, *key]} has it: take one of the two away, or give it another order."
                yield Fault(drawn.file, line, column, f"'{found}'", "each station and each order once", mend)
        if not 0 < order <= size:
            mend = "Order is counted from 1 in each stratum, up to as many stations as it has."
            yield Fault(drawn.file, line, "order", f"'{order}'", f"1 to {size}", mend)
        there, above = sizes.setdefault((sample, stratum), (size, line))
        if there != size:
            mend = f"Line {above} says {there} of the same stratum."
            yield Fault(drawn.file, line, "stratum_stations", f"'{size}'", str(there), mend)
