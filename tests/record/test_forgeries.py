"""Records broken in one way each: what the reader says of them, word for word."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallyroom.errors import CannotReadRecord
from tallyroom.record.folder import read_record

FORGERIES = Path(__file__).resolve().parents[1] / "forgeries"


@pytest.mark.parametrize("forgery", sorted(path.parent.name for path in FORGERIES.glob("*/faults.txt")))
def test_a_faulty_record_is_refused_with_every_fault_its_place_and_its_mend(forgery):
    with pytest.raises(CannotReadRecord) as refused:
        read_record(FORGERIES / forgery)
    said = [str(fault) for fault in refused.value.faults]
    assert said == (FORGERIES / forgery / "faults.txt").read_text(encoding="utf-8").splitlines()
    assert all(line in str(refused.value) for line in said)


def test_a_record_with_all_common_faults_is_refused_once_for_all_of_them():
    with pytest.raises(CannotReadRecord) as refused:
        read_record(FORGERIES / "everything-at-once")
    places = {(fault.file, fault.line, fault.column) for fault in refused.value.faults}
    assert places >= {
        ("areas.csv", 1, "nmae"),
        ("areas.csv", 2, "parent"),
        ("candidates.csv", 4, "status"),
        ("election.toml", 3, "timezone"),
        ("organisations.csv", 3, "id"),
        ("people.csv", 2, ""),
        ("returns/mayor.csv", 2, "station"),
        ("returns/mayor.csv", 2, "registered"),
        ("returns/mayor.csv", 3, "valid"),
        ("returns/mayor.csv", 4, "act"),
        ("returns/mayor.csv", 4, "valid"),
        ("returns/mayor.csv", 4, "votes.ada"),
        ("stations.csv", 2, "registered"),
        ("stations.csv", 3, ""),
        ("stations.csv", 4, "id"),
    }
