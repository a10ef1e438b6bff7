"""Cells as counts: what the mapping says of the file's way of writing numbers, and nothing more.

Where `[cells]` does not say that 1,234 or 12.0 or 0012 is how the file writes whole numbers, such a
cell is reported. A sum of columns of which one is not stated is not stated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.errors import Fault
from tallyroom.record.cells import typed
from tallyroom.record.columns import Column, Kind
from tallyroom.sources.grid import Grid
from tallyroom.sources.headers import normal
from tallyroom.sources.mapping import Cells

__all__ = ["figure", "unread"]

_LARGEST = 2**63 - 1
_SHORT_COUNT = "^(0|[1-9][0-9]{0,17})$"


def figure(grid: Grid, headers: Sequence[str], cells: Cells) -> pa.Array:
    """The sum of these columns in each row, int64, null where any of them is not stated.

    Rows with a cell that is no count are reported to the grid, and are null.
    """
    parts = [_counts(grid, normal(header), cells) for header in headers]
    if len(parts) == 1:
        return parts[0]
    total = parts[0].cast(pa.decimal128(20))
    for part in parts[1:]:
        total = pc.add(total, part.cast(pa.decimal128(20))).cast(pa.decimal128(30))
    fits = pc.less_equal(total, pa.scalar(_LARGEST).cast(pa.decimal128(30)))
    for row in pc.indices_nonzero(pc.invert(fits).fill_null(False)).to_pylist():
        grid.report(row, " + ".join(headers), f"together {total[row]}", "at most 9223372036854775807 (64 bits)")
    return pc.if_else(fits, total, pa.scalar(None, total.type)).cast(pa.int64())


def unread(grid: Grid, figures: dict[str, tuple[str, ...]], cells: Cells) -> pa.Array | None:
    """The record's column `unread`: figures that the form does not let be read; None where there are none."""
    said: dict[int, list[str]] = {}
    for word, texts in (("not-on-form", cells.not_on_form), ("illegible", cells.illegible)):
        for name, headers in figures.items() if texts else ():
            rows = {row for header in headers for row in _rows_with(grid, normal(header), texts)}
            for row in sorted(rows):
                said.setdefault(row, []).append(f"{name}:{word}")
    return pa.array([" ".join(said[row]) if row in said else None for row in range(len(grid))]) if said else None


def _rows_with(grid: Grid, header: str, texts: Sequence[str]) -> list[int]:
    column = pc.utf8_trim_whitespace(grid.columns[header])
    found: list[int] = pc.indices_nonzero(pc.is_in(column, pa.array(texts))).to_pylist()
    return found


def _counts(grid: Grid, header: str, cells: Cells) -> pa.Array:
    text = _plain(grid.columns[header], cells)
    number = pc.match_substring_regex(text, _SHORT_COUNT)
    stated = pc.not_equal(text, "")
    other = pc.indices_nonzero(pc.and_(stated, pc.invert(number)))
    if len(other):
        # Few cells, so that only these are looked at one by one.
        column = Column(grid.headers.get(header, header), Kind.COUNT, "")
        values, faults = typed(column, text.take(other).to_pylist(), other.to_pylist(), "", UTC)
        for fault in faults:
            grid.take(replace(fault, mend=_mend(fault)))
        mask = pa.array(_mask(len(grid), other.to_pylist()))
        plain = pc.if_else(number, text, pa.scalar(None, pa.string())).cast(pa.int64())
        return pc.replace_with_mask(plain, mask, values)
    return pc.if_else(number, text, pa.scalar(None, pa.string())).cast(pa.int64())


def _mask(count: int, rows: Sequence[int]) -> list[bool]:
    mask = [False] * count
    for row in rows:
        mask[row] = True
    return mask


def _mend(fault: Fault) -> str:
    if re.search(r"\d", fault.found):
        return "If the file writes whole numbers so, say it in the mapping under [cells]; else mend the file."
    return "If it means that the figure is not stated, say it in the mapping under [cells]; else mend the file."


def _plain(text: pa.Array, cells: Cells) -> pa.Array:
    """The cells as plain digits as far as the mapping says how they are written; others stay."""
    words = [*cells.not_stated, *cells.not_on_form, *cells.illegible]
    if words:
        text = pc.if_else(pc.is_in(pc.utf8_trim_whitespace(text), pa.array(words)), "", text)
    if cells.padded:
        text = pc.utf8_trim_whitespace(text)
    mark = re.escape(cells.thousands)
    whole = rf"[0-9]{{1,3}}(?:{mark}[0-9]{{3}})+|[0-9]+" if mark else "[0-9]+"
    if cells.whole_decimals:
        point = "," if cells.thousands == "." else r"\."
        text = pc.replace_substring_regex(text, rf"^({whole}){point}0+$", r"\1")
    if mark:
        grouped = pc.match_substring_regex(text, f"^(?:{whole})$")
        text = pc.if_else(grouped, pc.replace_substring(text, cells.thousands, ""), text)
    if cells.leading_zeros:
        text = pc.replace_substring_regex(text, r"^0+([0-9]+)$", r"\1")
    return text
