"""Seats that the built-in mappings share out over the real files, against those that were given."""

from __future__ import annotations

import pytest

from tallyroom.sources.importing import import_files
from tallyroom.sources.mapping_file import read_mapping
from tallyroom.tabulate.results import tabulate

# 2021: the commission, in RBC's channel (t.center/rbc_news/35544): by lists 126, 48, 19, 19, 13.
# 2011: the commission, in dp.ru of 9 December 2011: 238, 92, 64 and 56.
GIVEN = {
    "russia-2021": (
        "ru2021.csv.zip",
        {"united-russia": 126, "kprf": 48, "ldpr": 19, "just-russia": 19, "new-people": 13},
    ),
    "russia-2011": ("ru2011.csv.zip", {"united-russia": 238, "kprf": 92, "just-russia": 64, "ldpr": 56}),
}


@pytest.mark.slow
@pytest.mark.parametrize("mapping", sorted(GIVEN))
def test_the_seats_of_the_duma_are_those_that_the_commission_gave(shared, mapping):
    file, given = GIVEN[mapping]
    record = import_files(read_mapping(mapping), [shared / "data" / file]).record
    outcome = tabulate(record).contests[0].outcome
    assert (outcome.status, list(outcome.seats.items())) == ("decided", list(given.items()))
    assert (outcome.elected, outcome.tied, outcome.margin) == (tuple(given), (), None)
