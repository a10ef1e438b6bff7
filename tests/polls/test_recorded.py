"""Samples in a record: drawn again by anyone, their seed beside the list and the count, their copies beside returns."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tallyroom.errors import CannotReadRecord, CannotWrite
from tallyroom.polls import recorded
from tallyroom.polls.draw import draw_of
from tallyroom.polls.frame import frame_of
from tallyroom.polls.quick_count_report import quick_count_json
from tallyroom.polls.samplefile import sample_rows
from tallyroom.polls.standing import standings
from tallyroom.record.adding import add_rows
from tallyroom.record.folder import Record, convert, read_record, write_record
from tallyroom.tabulate.results import tabulate

TWELVE = Path(__file__).parents[1] / "records" / "twelve-stations"
SEED = "dice-6-2-5-5-1-3"
ROW = {"id": "watch", "rule": "sha-256", "seed": SEED, "strata": "region", "size": "8", "replacements": "1"}
Sampled = Callable[..., Record]


@pytest.fixture
def sampled(tmp_path: Path) -> Sampled:
    """The twelve stations with a sample of eight; `cells` in its row, the drawn rows changed by `change`."""

    def make(change: Callable[[list[dict[str, str]]], object] = len, **cells: str) -> Record:
        folder = tmp_path / "record"
        shutil.copytree(TWELVE, folder)
        record = read_record(folder)
        drawn = sample_rows(draw_of(frame_of(record, "region").areas, 8, SEED, 1), "watch")
        change(drawn)
        row = {name: cell for name, cell in (ROW | {"by": _organisation(record)} | cells).items() if cell}
        add_rows(folder, {"samples": [row], "drawn": drawn})
        return read_record(folder)

    return make


def _organisation(record: Record) -> str:
    return next(iter(record.copies("president")))


def _told(record: Record) -> Mapping[str, Any]:
    return quick_count_json(record, next(iter(standings(record, tabulate(record)))))


def test_a_list_as_the_rule_gives_it_is_the_same(sampled: Sampled) -> None:
    again = _told(sampled())["sample"]["drawn_again"]
    assert again["same"] is True


def _another_station(drawn: list[dict[str, str]]) -> None:
    left = {"north-1", "north-2", "north-3", "north-4"} - {one["station"] for one in drawn}
    drawn[0]["station"] = min(left)


def _another_order(drawn: list[dict[str, str]]) -> None:
    drawn[0]["order"], drawn[1]["order"] = drawn[1]["order"], drawn[0]["order"]


@pytest.mark.parametrize("change", [_another_station, _another_order, lambda drawn: drawn.pop(0)])
def test_a_list_that_the_rule_does_not_give_is_found_out(sampled: Sampled, change: Callable[..., object]) -> None:
    again = _told(sampled(change))["sample"]["drawn_again"]
    assert again["same"] is False
    assert again["not_given_by_the_rule"] or again["not_listed"] or again["listed_otherwise"]


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"rule": "by-hand"}, recorded.NO_RULE),
        ({"seed": ""}, recorded.NO_SEED),
        ({"size": ""}, recorded.NO_SIZE),
        ({"strata": "village"}, recorded.NO_FRAME),
    ],
)
def test_what_cannot_be_drawn_again_is_said_and_never_passed(sampled: Sampled, cells: dict[str, str], why: str) -> None:
    again = _told(sampled(**cells))["sample"]["drawn_again"]
    assert (again["same"], again["not_computable"]) == (None, why)


@pytest.mark.parametrize(
    ("cells", "after_list", "before_count"),
    [
        ({"listed_at": "2031-04-20", "seed_at": "2031-05-01T10:00"}, True, True),
        ({"listed_at": "2031-05-02", "seed_at": "2031-05-01T10:00"}, False, True),
        ({"seed_at": "2032-01-01"}, None, False),
        ({}, None, None),
    ],
)
def test_the_seed_is_held_against_the_list_and_the_count(
    sampled: Sampled, cells: dict[str, str], after_list: bool | None, before_count: bool | None
) -> None:
    told = _told(sampled(**cells))["sample"]
    assert (told["seed_after_list"], told["seed_before_count"]) == (after_list, before_count)


def test_the_figures_are_the_copies_of_those_who_drew_it_else_the_returns(sampled: Sampled) -> None:
    record = sampled()
    assert _told(record)["figures_of"] == _organisation(record)
    assert _told(record)["compared"] > 0
    shutil.rmtree(record.folder)
    assert _told(sampled(by=""))["figures_of"] == "returns"


def test_strata_say_how_many_have_come_in(sampled: Sampled) -> None:
    told = _told(sampled(by=""))
    assert sum(one["drawn"] for one in told["strata"]) == told["drawn"] == 8
    assert sum(one["counted"] for one in told["strata"]) == told["counted"]


def test_a_record_written_as_parquet_holds_the_same_sample(sampled: Sampled, tmp_path: Path) -> None:
    record = sampled(listed_at="2031-04-20")
    write_record(convert(record, "parquet"), tmp_path / "again")
    again = read_record(tmp_path / "again")
    assert [dict(row) for row in again.rows("drawn")] == [dict(row) for row in record.rows("drawn")]
    assert _told(again) == _told(record)
    with pytest.raises(CannotWrite, match="Parquet"):
        add_rows(tmp_path / "again", {"drawn": [{"sample": "watch", "station": "north-1"}]})


def _twice(drawn: list[dict[str, str]]) -> None:
    drawn.append(drawn[0] | {"order": "5"})


def _of_another_size(drawn: list[dict[str, str]]) -> None:
    drawn[0]["stratum_stations"] = "7"


@pytest.mark.parametrize("change", [_twice, _of_another_size, lambda drawn: drawn[0].update(order="0")])
def test_rows_of_a_sample_that_contradict_each_other_leave_the_record_as_it_was(
    sampled: Sampled, change: Callable[..., object], tmp_path: Path
) -> None:
    with pytest.raises(CannotReadRecord, match="drawn"):
        sampled(change)
    assert not (tmp_path / "record" / "drawn.csv").exists()
    read_record(tmp_path / "record")
