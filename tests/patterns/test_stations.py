"""Which stations are looked at, what each quantity is made of, and what is refused."""

from __future__ import annotations

import json
import tracemalloc

import numpy as np
import pytest

from tallyroom.errors import NoPatterns, NotFound
from tallyroom.patterns.binomial import Chances
from tallyroom.patterns.report import patterns_report, worked_out
from tallyroom.patterns.stations import NOT_STATED, level_of, read_stations
from tallyroom.record.folder import read_record
from tallyroom.sources.importing import import_files
from tallyroom.sources.mapping_file import read_mapping
from tests.patterns.conftest import honest


def _read(record):
    return read_stations(record, record.election.contests[0])


def test_electronic_voting_is_left_out_and_counted(made) -> None:
    columns = honest(150)
    columns["registered"][149] = 100_001
    record = made(columns, ["electronic"] * 3 + ["permanent"] * 147)
    found = _read(record)
    assert len(found) == 146
    assert found.left_out["electronic voting and other pseudo-stations"] == 3
    assert len(read_stations(record, record.election.contests[0], pseudo=True)) == 150


def test_a_station_with_more_than_a_hundred_thousand_voters_is_none(made) -> None:
    columns = honest(150)
    columns["registered"][0] = 100_001
    assert _read(made(columns)).left_out == {"more than 100,000 voters at one station": 1}


def test_fewer_than_a_hundred_stations_are_refused(made) -> None:
    with pytest.raises(NoPatterns, match="99 stations have figures that count, and with fewer than 100"):
        _read(made(honest(99)))


def test_a_quantity_that_no_station_states_is_refused_by_name(made) -> None:
    record = made(honest(120), figures='cast = "cast"\nvalid = "sum(votes)"\ninvalid = "invalid"')
    with pytest.raises(NoPatterns, match="no station states 'registered'"):
        _read(record)


def test_what_is_not_stated_is_not_zero(made) -> None:
    record = made(honest(120))
    path = record.folder / "returns" / "mayor.csv"
    first, second, *rest = path.read_text().splitlines()
    cells = second.split(",")
    cells[first.split(",").index("cast")] = ""
    path.write_text("\n".join([first, ",".join(cells), *rest]) + "\n")
    assert _read(read_record(record.folder)).given[0] == NOT_STATED


def test_stations_are_grouped_by_the_largest_areas_unless_told_otherwise(made) -> None:
    record = made(honest(120), areas=3)
    assert level_of(record) == "region"
    found = _read(record)
    assert (found.areas, np.bincount(found.area).tolist()) == (["a0", "a1", "a2"], [40, 40, 40])
    with pytest.raises(NotFound, match="nation, region"):
        level_of(record, "village")


def test_a_record_of_one_area_has_none_to_compare(made) -> None:
    assert level_of(made(honest(120), areas=1)) == ""


@pytest.mark.parametrize(
    ("mapping", "file", "given", "ballots"),
    [
        ("poland-2020-round-1", "pl2020-president-round1.csv.zip", "issued + envelopes", "cards"),
        ("georgia-2013", "ge2013-president.csv", "signatures", "sum(votes) + invalid"),
        ("uganda-2016", "ug2016-president.csv.gz", "total", "valid + invalid"),
    ],
)
def test_turnout_and_share_are_made_of_what_the_form_has(mapping, file, given, ballots, shared) -> None:
    record = import_files(read_mapping(mapping), [shared / "data" / file]).record
    found = _read(record)
    assert (found.definitions["given"], found.definitions["ballots"]) == (given, ballots)


def test_a_corrected_station_lies_where_the_correction_says(made) -> None:
    record = made(honest(120))
    path = record.folder / "stations.csv"
    lines = path.read_text().splitlines()
    corrected = ["id,area,kind,supersedes", *(f"{line}," for line in lines[1:]), "s0b,a1,permanent,s0"]
    path.write_text("\n".join(corrected) + "\n")
    assert np.bincount(_read(record).area).tolist() == [60, 60]
    assert np.bincount(_read(read_record(record.folder)).area).tolist() == [59, 61]


def test_stations_too_small_for_every_method_are_said_and_break_nothing(made) -> None:
    columns = {name: values // 100 for name, values in honest(150).items()}
    columns["votes.blue"] = columns["cast"] - columns["votes.red"]
    record = made(columns)
    found, refused = worked_out(record)
    report = patterns_report(record, found, refused)
    assert report["integer_percentages"]["stations"] == 0
    assert report["last_digits"]["refused"]
    assert json.dumps(report, allow_nan=False)


def test_very_large_stations_take_no_more_memory_than_small_ones() -> None:
    whole = np.random.default_rng(1).integers(20_000, 100_000, 2000)
    chances = Chances(whole * 6 // 10, whole)
    tracemalloc.start()
    assert 0 < chances.each.mean() < 0.6
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 400_000_000
