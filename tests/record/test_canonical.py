"""Rows written by columns are, byte for byte, the rows that a standard encoder writes one by one."""

from __future__ import annotations

import pyarrow as pa
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from tallyroom.record.canonical import objects

TEXTS = st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(['"', "\\", "\x7f\n"]))
COUNTS = st.one_of(st.none(), st.integers(0, 2**63 - 1), st.sampled_from([2**53 - 1, 2**53]))
ROWS = st.lists(st.fixed_dictionaries({"öffnung": TEXTS, "name": TEXTS, "votes.a": COUNTS, "votes.\U0001f5f3": COUNTS}))


def _cell(value: str | int) -> str | int:
    return str(value) if isinstance(value, int) and value > 2**53 - 1 else value


@given(ROWS)
def test_any_rows_are_written_as_the_standard_writes_them(rows: list[dict[str, str | int | None]]) -> None:
    kinds = {name: pa.int64() if name.startswith("votes.") else pa.string() for name in rows[0]} if rows else {}
    table = pa.Table.from_pylist(rows, pa.schema(kinds)) if rows else pa.table({"name": pa.array([], pa.string())})
    wanted = [{name: _cell(value) for name, value in row.items() if value not in (None, "")} for row in rows]
    assert [text.encode() for text in objects(table).to_pylist()] == list(map(rfc8785.dumps, wanted))
