"""What a figure can still come to: whatever those do who are missing, it ends there."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallyroom.record.contest import Contest
from tallyroom.tabulate.reach import reach
from tallyroom.tabulate.results import AreaResult, StationCounts
from tallyroom.tabulate.shares import printed_share

CONTEST = Contest.model_validate({"id": "chair", "rule": "plurality", "choices": ["a", "b"]})


def _area(cast: int, registered: int, a: int, annulled: int = 0, *left_out: str) -> AreaResult:
    """A count in which all ballots are valid. left_out: by one act."""
    share = printed_share(a, cast) if cast else None
    stations = StationCounts(expected=3, accepted=1, held=0, annulled=annulled)
    turnout = printed_share(cast, registered)
    votes: dict[str, int | None] = {"a": a, "b": cast - a}
    return AreaResult(
        "all",
        "nation",
        "All",
        stations,
        registered,
        None,
        cast,
        cast,
        0,
        turnout,
        votes,
        {"a": share},
        dict.fromkeys(left_out, 1),
    )


@given(st.data())
def test_no_way_of_voting_at_the_missing_stations_leads_beyond_the_reach_of_a_figure(data: st.DataObject) -> None:
    registered, missing = data.draw(st.integers(1, 10**6)), data.draw(st.integers(0, 10**6))
    cast, more = data.draw(st.integers(1, registered)), data.draw(st.integers(0, missing))
    a, more_a = data.draw(st.integers(0, cast)), data.draw(st.integers(0, more))
    in_the_end = {
        "cast": Fraction(cast + more),
        "turnout": Fraction(100 * (cast + more), registered + missing),
        "votes.a": Fraction(a + more_a),
        "shares.a": Fraction(100 * (a + more_a), cast + more),
    }
    for figure, value in in_the_end.items():
        ends = reach(_area(cast, registered, a), CONTEST, figure, missing)
        assert ends is not None
        assert ends[0].value <= value <= ends[1].value
        if not missing:
            assert ends[0].value == ends[1].value == value


@pytest.mark.parametrize("figure", ["cast", "turnout", "votes.a", "shares.a"])
def test_nobody_can_say_what_an_annulled_station_or_an_act_that_leaves_it_out_would_have_made_of_it(
    figure: str,
) -> None:
    assert reach(_area(60, 100, 30, 1), CONTEST, figure, 15) is None
    assert reach(_area(60, 100, 30, 0, "cast", "votes.a"), CONTEST, figure, 15) is None
    assert reach(_area(60, 100, 30), CONTEST, figure, None) is None
    assert reach(_area(60, 100, 30, 0, "invalid"), CONTEST, figure, 15) is not None
