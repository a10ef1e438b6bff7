"""The built-in record's report, made once."""

from __future__ import annotations

import pytest

from tallyroom.check.checks import check_record
from tallyroom.check.findings import Report
from tallyroom.record.folder import Record, read_record


@pytest.fixture(scope="session")
def azerbaijan() -> Record:
    """The built-in record."""
    return read_record("azerbaijan-2024")


@pytest.fixture(scope="session")
def report(azerbaijan: Record) -> Report:
    """What the checks say of it."""
    return check_record(azerbaijan)
