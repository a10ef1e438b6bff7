"""Acts that are added up by area before the SQL joins them come to what the SQL alone makes of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings

from tallyroom.errors import CannotTabulate
from tallyroom.record.folder import read_record
from tallyroom.tabulate import frames
from tallyroom.tabulate.acts import Acts
from tallyroom.tabulate.frames import make_parts
from tallyroom.tabulate.results import results_text, tabulate
from tests.check.making import Making

from .elections import Invented, elections

TWELVE_STATIONS = Path(__file__).resolve().parents[1] / "records" / "twelve-stations"


@contextmanager
def nothing_gathered() -> Iterator[None]:
    def as_they_are(acts: Acts, _: object) -> tuple[Acts, pa.Array]:
        return acts, pa.array([], pa.int32())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frames, "gathered", as_they_are)
        yield


@settings(max_examples=15)
@given(elections())
def test_gathered_acts_come_to_the_same_results(election: Invented):
    gathered = results_text(tabulate(election.record()))
    with nothing_gathered():
        assert results_text(tabulate(election.record())) == gathered


def test_twelve_stations_come_to_the_same_gathered_or_not():
    record = read_record(TWELVE_STATIONS)
    gathered = results_text(tabulate(record))
    with nothing_gathered():
        assert results_text(tabulate(record)) == gathered


def test_as_many_rows_are_joined_as_there_are_areas_and_acts_that_stand_apart():
    (part,) = make_parts(read_record(TWELVE_STATIONS), "")[1]
    joined = {(v["contest"], v["station"]) for v in part.few.votes.to_pylist()}
    # Of the council north-2 and east-4 lie in a group and south-3 is held; the nine others are one for each region.
    assert {station for contest, station in joined if contest == "council"} == {
        "north-1", "north-2", "east-1", "east-4", "south-1", "south-3",
    }  # fmt: skip
    # Waiting: held, without an act, not all figures read, a group's, and those that do not count.
    waiting = set(part.waiting.stations["station"].to_pylist())
    assert {"east-1", "north-4", "south-2", "south-3", "north-2"} <= waiting
    assert waiting.isdisjoint({"north-1", "south-4", "east-3"})


def making(*votes: int) -> Making:
    found = Making(choices=("a",), definition="[contests.figures]\n[form]\n")
    found.area("whole", kind="nation")
    for number, count in enumerate(votes):
        found.row("stations", id=f"s{number}", area="whole").row(
            "returns/president", station=f"s{number}", **{"votes.a": str(count)}
        )
    return found


def test_sums_just_within_64_bits_are_exact(tmp_path):
    (contest,) = tabulate(making(2**62, 2**62 - 1).record(tmp_path)).contests
    assert contest.areas[0].votes == {"a": 2**63 - 1}


def test_sums_beyond_64_bits_are_said_and_never_wrapped(tmp_path):
    with pytest.raises(CannotTabulate):
        tabulate(making(2**62, 2**62).record(tmp_path))
