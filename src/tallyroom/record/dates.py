"""EDTF dates, times and intervals as the span of time that they allow.

The subset of EDTF (ISO 8601-2:2019, level 0 and the open intervals of level 1) that a record uses:
`2024`, `2024-01`, `2024-02-07`, `2024-02-07T19:00+04:00`, `2024-01-15/2024-02-06`,
`../2024-02-06` (by then), `2024-02-06/..` (from then). A time without an offset is local time at
the place of the election.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

__all__ = ["Span", "read_date"]

_ONE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?(Z|[+-]\d\d:\d\d)?)?)?)?", re.ASCII)
_EVER = datetime.min.replace(tzinfo=UTC)
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, order=True)
class Span:
    """The moments from `first` up to, not including, `end`; `first == end` is one moment.

    Open sides are the ends of the calendar, so that spans compare without special cases.
    """

    first: datetime
    end: datetime

    @property
    def open_start(self) -> bool:
        """Whether it is "by then": no first moment is known."""
        return self.first == _EVER

    @property
    def open_end(self) -> bool:
        """Whether it is "from then": no last moment is known."""
        return self.end == _NEVER

    def overlaps(self, other: Span) -> bool:
        """Whether some moment lies in both."""
        if self.first == other.first:
            return True
        early, late = sorted((self, other))
        return late.first < early.end

    def before(self, other: Span) -> bool:
        """Whether every moment of this span is earlier than every moment of the other."""
        return self.end <= other.first and self.first < other.first


def read_date(text: str, zone: tzinfo = UTC) -> Span:
    """The span that an EDTF text allows.

    zone: the election's, for times without an offset and for whole days.
    Raises ValueError, saying what was expected, for anything else.
    """
    start, slash, end = text.partition("/")
    if not slash:
        return _one(text, zone)
    if start in ("..", "") and end in ("..", ""):
        raise ValueError("an interval with at least one date")
    first = _EVER if start in ("..", "") else _one(start, zone).first
    last = _NEVER if end in ("..", "") else _one(end, zone).end
    if last < first:
        raise ValueError("an interval that ends after it starts")
    return Span(first, last)


def _one(text: str, zone: tzinfo) -> Span:
    match = _ONE.fullmatch(text)
    if not match:
        raise ValueError("a date such as 2024-02-07, 2024-02-07T19:00+04:00, 2024-01 or ../2024-02-06")
    year, month, day, hour, minute, second, offset = match.groups()
    try:
        if hour:
            at = datetime(
                int(year),
                int(month),
                int(day),
                int(hour),
                int(minute),
                int(second or 0),
                tzinfo=_zone(offset, zone),
            )
            return Span(at, at)
        first = datetime(int(year), int(month or 1), int(day or 1), tzinfo=zone)
    except ValueError:
        raise ValueError("a date that is in the calendar") from None
    try:
        if day:
            return Span(first, first + timedelta(days=1))
        if month:
            return Span(first, (first + timedelta(days=31)).replace(day=1))
        return Span(first, first.replace(year=first.year + 1))
    except (OverflowError, ValueError):  # the calendar's last day, month and year
        return Span(first, _NEVER)


def _zone(offset: str | None, zone: tzinfo) -> tzinfo:
    if not offset:
        return zone
    if offset == "Z":
        return UTC
    sign = -1 if offset[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(offset[1:3]), minutes=int(offset[4:6])))
