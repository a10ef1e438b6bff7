"""Which rows name no source? A figure without one cannot be followed further."""

from __future__ import annotations

from collections.abc import Iterator

from tallyroom.check.findings import Case, Finding, Outcome, Passed, Where
from tallyroom.record.folder import Record

__all__ = ["check"]

CHECK = "without-source"
_TABLES = ("announcements", "statements", "calendar", "candidates", "offices")


def check(record: Record) -> Iterator[Outcome]:
    """One answer for each table of things that somebody said or did."""
    for name in _TABLES:
        rows = record.current(name)
        bare = [row for row in rows if not row["source"]]
        if not bare:
            if rows:
                yield Passed(CHECK, len(rows), f"Every row of {name}.csv names its source.")
            continue
        cases = tuple(Case(Where(row.file, row.line), f"{row.place} names no source.") for row in bare)
        yield Finding(
            CHECK,
            "notice",
            cases[0].where if len(cases) == 1 else Where(f"{name}.csv"),
            f"{len(bare):,} of {len(rows):,} rows of {name}.csv name no source.",
            {"rows": len(bare), "of": len(rows)},
            look_at="Add the document to sources.csv, and its id to the row.",
            cases=cases,
        )
