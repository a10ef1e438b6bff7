"""What the form's expressions come to, act by act: columns in, columns out, exact.

An expression whose parts are not all stated is not stated: missing is not zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.record.expressions import Expression, Item, Number, Operation, Votes

__all__ = ["work_out"]

_COMPUTE = {"+": pc.add_checked, "-": pc.subtract_checked, "*": pc.multiply_checked}


def work_out(expression: Expression, items: Mapping[str, pa.Array], votes: Sequence[pa.Array], rows: int) -> pa.Array:
    """The expression for every act, int64; null where a part of it is not stated.

    items: item → its column; one that the file does not have is not stated anywhere. votes: one
    column per choice. rows: how many acts. Raises pyarrow.ArrowInvalid beyond 64 bits.
    """
    match expression:
        case Item(name):
            return items.get(name, pa.nulls(rows, pa.int64()))
        case Number(value):
            return pa.array([value] * rows, pa.int64())
        case Votes():
            total = pa.array([0] * rows, pa.int64())
            for column in votes:
                total = pc.add_checked(total, column)
            return total
        case Operation(sign, left, right):
            return _COMPUTE[sign](work_out(left, items, votes, rows), work_out(right, items, votes, rows))
