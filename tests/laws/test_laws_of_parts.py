"""A large record is added up in parts, and read without comparing each id with all: neither changes anything."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallyroom.errors import CannotTabulate
from tallyroom.record import cells, ids
from tallyroom.record.folder import read_record
from tallyroom.record.keys import ID_PATTERN
from tallyroom.tabulate import results
from tallyroom.tabulate.frames import make_parts
from tallyroom.tabulate.results import results_text, tabulate

from .elections import Invented, elections

TWELVE_STATIONS = Path(__file__).resolve().parents[1] / "records" / "twelve-stations"


@contextmanager
def parts_of(size: int) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(results, "make_parts", partial(make_parts, size=size))
        yield


@settings(max_examples=10)
@given(elections(), st.integers(1, 4), st.sampled_from(["", "station"]))
def test_parts_of_any_size_add_up_to_the_whole(election: Invented, size: int, level: str):
    whole = results_text(tabulate(election.record(), level))
    with parts_of(size):
        assert results_text(tabulate(election.record(), level)) == whole


@pytest.mark.parametrize("level", ["", "station"])
def test_twelve_stations_come_to_the_same_one_by_one(level):
    record = read_record(TWELVE_STATIONS)
    whole = results_text(tabulate(record, level))
    with parts_of(1):
        assert results_text(tabulate(record, level)) == whole


def test_parts_that_are_together_beyond_64_bits_are_not_added_up():
    with pytest.raises(CannotTabulate, match="votes: a sum is larger than 9223372036854775807"):
        results._plus((2**62, 0), (2**62, 0), "votes")
    assert results._plus((2**62, 0), (2**62 - 1, None), "votes") == (2**63 - 1, 0)


IDS = st.sampled_from(["", "a", "b", "ab", "a_b", "_a", "a-b", "3-may", "2024-02-07", "1e5", "ä", "a b", "b" * 101])


@given(st.lists(IDS))
def test_an_id_that_needs_no_second_look_has_nothing_wrong_in_it(ids):
    column = pa.array([name or None for name in ids], pa.string())
    doubtful = cells._doubtful_ids(column).to_pylist()
    for name in set(ids) - {"", *doubtful}:
        assert ID_PATTERN.fullmatch(name)
        assert not cells.looks_like_a_date(name)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 3))))
def test_acts_in_rising_order_stand_once_each(acts):
    names = pa.array([name for name, _ in acts], pa.string())
    numbers = pa.array([number for _, number in acts], pa.int64())
    assert ids.rising(names, numbers) == (acts == sorted(set(acts)))
    assert ids.each_once(names) == (len({name for name, _ in acts}) == len(acts))
