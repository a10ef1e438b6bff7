"""The step of a record's calendar that makes its result final."""

from __future__ import annotations

from datetime import datetime

from tallyroom.record.dates import read_date
from tallyroom.record.folder import Record
from tallyroom.record.rows import Row

__all__ = ["certified_step"]


def certified_step(record: Record, at: datetime) -> Row | None:
    """The last step `certified` that has come by this time; without one nobody is called elected.

    A date that lies ahead is a plan. The calendar of a rehearsal, which may be of any year, is taken as it stands.
    """
    election = record.election
    steps = [row for row in record.current("calendar") if row["event"] == "certified"]
    come = [row for row in steps if election.synthetic or read_date(row["at"], election.zone).first <= at]
    return come[-1] if come else None
