"""What came in since the last publication, and what is not as it was published."""

from __future__ import annotations

import json
from collections.abc import Mapping

from tallyroom.publish.differences import Difference, Differences, announced

HEADER = b"station,act,status,reason,registered,votes.a\n"


def returns(*rows: str) -> bytes:
    return HEADER + b"".join(f"{row}\n".encode() for row in rows)


def between(old: bytes, new: bytes) -> Differences:
    found = Differences()
    found.add("returns/council", "east", old, new)
    return found


def test_a_station_that_comes_in_is_counted_and_is_no_change():
    found = between(returns("1,,,,100,50"), returns("1,,,,100,50", "2,,,,80,40"))
    assert (found.came_in, found.found, found.areas) == ({"council": 1}, [], {"east"})


def test_rows_that_are_the_same_say_nothing():
    found = between(returns("1,,,,100,50"), returns("1,,,,100,50"))
    assert (found.came_in, found.found, found.areas) == ({}, [], set())


def test_an_order_of_rows_or_a_written_out_first_act_is_no_change():
    found = between(returns("1,,,,100,50", "2,,,,80,40"), returns("2,1,,,80,40", "1,1,,,100,50"))
    assert found.found == []


def test_another_act_in_force_is_a_correction_with_both_figures_and_its_reason():
    found = between(returns("1,1,,,100,50"), returns("1,1,,,100,50", "1,2,,counted twice,100,49"))
    was, now = {"act": "1", "reason": "", "votes.a": "50"}, {"act": "2", "reason": "counted twice", "votes.a": "49"}
    assert found.found == [
        Difference("corrected", "returns/council", "1.2", "east", "1", was, now, "counted twice"),
    ]
    assert found.lost == []


def test_an_act_of_which_a_figure_was_typed_over_is_lost():
    found = between(returns("1,1,,,100,50"), returns("1,1,,,100,51"))
    assert found.lost == [
        Difference("altered", "returns/council", "1.1", "east", "1", {"votes.a": "50"}, {"votes.a": "51"})
    ]


def test_a_figure_taken_out_of_a_published_act_is_lost():
    assert between(returns("1,1,,,100,50"), returns("1,1,,,,50")).lost[0].now == {"registered": ""}


def test_an_act_that_is_no_longer_there_is_lost():
    (lost,) = between(returns("1,1,,,100,50"), HEADER).lost
    assert (lost.kind, lost.was["votes.a"]) == ("gone", "50")


def test_a_withdrawn_act_gives_way_to_the_one_before():
    old = returns("1,1,,,100,50", "1,2,,,100,60")
    (altered, corrected) = between(old, returns("1,1,,,100,50", "1,2,withdrawn,a slip,100,60")).found
    assert (altered.kind, corrected.kind, corrected.now["act"]) == ("altered", "corrected", "1")


def test_a_station_whose_register_was_typed_over_is_lost():
    found = Differences()
    found.add("stations", "east", b"id,area,registered\n1,east,100\n", b"id,area,registered\n1,east,90\n")
    assert found.lost[0].was == {"registered": "100"}


def given(*rows: Mapping[str, object]) -> bytes:
    return json.dumps({"announcements": list(rows)}).encode()


def test_an_announced_figure_that_another_supersedes_is_no_loss():
    old = {"id": "a", "file": "announcements.csv", "line": 2, "value": "7", "sources": ["s"], "superseded_by": None}
    new = {"id": "b", "line": 3, "value": "8", "supersedes": "a"}
    assert list(announced(given(old), given({**old, "line": 9, "superseded_by": "b"}, new))) == []


def test_an_announced_figure_that_was_typed_over_or_taken_out_is_lost():
    old = [{"id": "a", "value": "7"}, {"id": "b", "value": "8"}]
    altered, gone = announced(given(*old), given({"id": "a", "value": "9"}))
    assert (altered.kind, altered.was, altered.now) == ("altered", {"value": "7"}, {"value": "9"})
    assert (gone.kind, gone.row) == ("gone", "b")
