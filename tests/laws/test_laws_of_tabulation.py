"""What holds of every election, whatever its figures."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tallyroom.record.folder import read_record
from tallyroom.tabulate.results import AreaResult, Results, results_text, tabulate
from tallyroom.tabulate.shares import decimal_text, printed_share, rounded

from .elections import CHOICES, FIGURES, ITEMS, Act, Invented, elections, second_count

TWELVE_STATIONS = Path(__file__).resolve().parents[1] / "records" / "twelve-stations"
some = settings(max_examples=10)  # a tabulation takes a tenth of a second


def areas_of(results: Results) -> dict[str, AreaResult]:
    return {area.area: area for area in results.contests[0].areas}


def agree(area: AreaResult, second: dict[str, Any]) -> None:
    """Our result of an area is what Polars counted."""
    assert area.votes == {choice: second[choice] for choice in area.votes}
    for name in ("registered", "cast", "valid", "invalid"):
        assert getattr(area, name) == second[f"={name}"]
    lacking = {name: count for name, count in area.lacking.items() if name != "registered_expected"}
    assert lacking == second["lacking"]
    states = area.stations
    assert {"accepted": states.accepted, "held": states.held, "annulled": states.annulled} == second["states"]
    assert states.expected == second["expected"]
    assert (states.missing or 0) + states.received == states.expected
    voters, registered = second["turnout"]
    assert area.turnout == (by_decimal(voters, registered, 2, "half-up") if registered else None)


@some
@given(elections())
def test_a_second_count_by_polars_comes_to_the_same(election: Invented):
    figures = {name: parts for name, parts in FIGURES.items() if name != "registered" or election.register_on_form}
    with election.folder() as folder:
        second = second_count(folder, "mayor", CHOICES, ITEMS, figures)
        first = areas_of(tabulate(read_record(folder)))
    assert first.keys() == second.keys()
    for name, area in first.items():
        agree(area, second[name])


@pytest.mark.parametrize(
    ("contest", "choices", "figures"),
    [
        (
            "president",
            ("ada-lund", "ben-okoro", "cyra-haddad"),
            {name: (name,) for name in ("registered", "cast", "valid", "invalid")},
        ),
        (
            "council",
            ("harvest", "lantern", "bridge", "free-list"),
            {"cast": ("valid", "invalid"), "valid": ("valid",), "invalid": ("invalid",)},
        ),
    ],
)
def test_a_second_count_of_the_twelve_stations_comes_to_the_same(contest, choices, figures):
    items = ("registered", "received", "unused", "spoiled", "cast", "invalid", "valid")
    second = second_count(TWELVE_STATIONS, contest, choices, items, figures)
    (result,) = (c for c in tabulate(read_record(TWELVE_STATIONS)).contests if c.contest == contest)
    for area in result.areas:
        agree(area, second[area.area])


@some
@given(elections(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(election: Invented, chance: random.Random):
    shuffled = replace(
        election,
        acts=chance.sample(election.acts, len(election.acts)),
        stations=chance.sample(election.stations, len(election.stations)),
    )
    assert results_text(tabulate(election.record())) == results_text(tabulate(shuffled.record()))


@some
@given(elections())
def test_an_area_is_the_sum_of_its_parts_at_each_level(election: Invented):
    areas, stations = areas_of(tabulate(election.record())), areas_of(tabulate(election.record(), "station"))
    for area, _, kind in election.areas:
        below = [areas[a] for a, parent, k in election.areas if parent == area and k != "group"]
        below += [stations[s] for s, at, _, _ in election.stations if at == area]
        if kind == "group":
            below = [stations[s] for s, _, groups, _ in election.stations if area in groups.split()]
        add_up(areas[area], below)


def add_up(whole: AreaResult, parts: list[AreaResult]) -> None:
    def total(values: list[int | None]) -> int | None:
        stated = [value for value in values if value is not None]
        return sum(stated) if stated else None

    for choice in CHOICES:
        assert whole.votes[choice] == total([part.votes[choice] for part in parts])
    for name in ("registered", "cast", "valid", "invalid"):
        assert getattr(whole, name) == total([getattr(part, name) for part in parts])
    assert whole.stations.as_json() == {
        state: sum(part.stations.as_json()[state] or 0 for part in parts) for state in whole.stations.as_json()
    }
    lacking = {name for part in parts for name in part.lacking}
    assert whole.lacking == {name: sum(part.lacking.get(name, 0) for part in parts) for name in lacking}


@some
@given(elections())
def test_two_halves_of_the_country_add_up_to_the_whole(election: Invented):
    names = {station for station, *_ in election.stations[::2]}
    halves = [
        replace(
            election,
            stations=[s for s in election.stations if (s[0] in names) == half],
            acts=[a for a in election.acts if (a.station in names) == half],
        )
        for half in (True, False)
    ]
    parts = [areas_of(tabulate(half.record())) for half in halves]
    for name, whole in areas_of(tabulate(election.record())).items():
        add_up(whole, [part[name] for part in parts])


@some
@given(elections(), st.integers(1, 1000))
def test_what_is_held_annulled_withdrawn_or_corrected_is_in_no_sum(election: Invented, more: int):
    def other(act: Act) -> Act:
        if act.status == "accepted" and act is election.in_force(act.station):
            return act
        changed = {name: value if value is None else value + more for name, value in act.figures.items()}
        return replace(act, figures=changed)

    changed = election.with_acts([other(act) for act in election.acts])
    assert areas_of(tabulate(changed.record())) == areas_of(tabulate(election.record()))


@some
@given(elections(), st.data())
def test_what_can_still_come_in_never_changes_what_is_decided(election: Invented, data: st.DataObject):
    before = tabulate(election.record()).contests[0].outcome
    assume(before.status in ("decided", "second-round", "tie"))
    after = tabulate(come_in(election, data).record()).contests[0].outcome
    assert (set(after.elected), set(after.second_round)) == (set(before.elected), set(before.second_round))


def come_in(election: Invented, data: st.DataObject) -> Invented:
    """The election when every station has an accepted form that states all, within its register."""
    acts = []
    for station, _, _, known in election.stations:
        act = election.in_force(station)
        if act is not None and (act.status == "annulled" or None not in act.figures.values()):
            acts.append(replace(act, status="accepted" if act.status == "held" else act.status))
            continue
        figures = {} if act is None or act.status == "held" else act.figures
        register = max(known or 0, figures.get("registered") or 0)
        stated = {choice: figures.get(f"votes.{choice}") for choice in CHOICES}
        left = max(0, register - sum(count or 0 for count in stated.values()))
        for choice in data.draw(st.permutations([c for c in CHOICES if stated[c] is None])):
            stated[choice] = data.draw(st.sampled_from([0, left, left // 2]))
            left -= stated[choice] or 0
        votes = sum(count or 0 for count in stated.values())
        valid, invalid = figures.get("valid"), figures.get("invalid")
        filled: dict[str, int | None] = {f"votes.{choice}": count for choice, count in stated.items()}
        filled["valid"] = votes if valid is None else valid
        filled["invalid"] = left if invalid is None else invalid
        filled["registered"] = figures.get("registered") or register
        acts.append(Act(station, 1, "accepted", filled))
    return election.with_acts(acts)


def by_decimal(part: int, whole: int, digits: int, rounding: str) -> str:
    """A printed share by another way: long division in `decimal`, with digits enough to be exact about halves."""
    modes = {"half-up": ROUND_HALF_UP, "half-even": ROUND_HALF_EVEN, "down": ROUND_DOWN}
    with localcontext() as context:
        context.prec = 80
        # A remainder below is a remainder: 60 further digits cannot show a half that is none.
        share = (Decimal(100) * part / whole).quantize(Decimal(1).scaleb(-digits), modes[rounding])
    return f"{share:f}"


@settings(max_examples=300)
@given(
    st.integers(0, 2**63 - 1),
    st.integers(1, 2**63 - 1),
    st.integers(0, 10),
    st.sampled_from(["half-up", "half-even", "down"]),
)
def test_a_printed_share_is_what_long_division_gives(part, whole, digits, rounding):
    assert printed_share(part, whole, digits, rounding) == by_decimal(part, whole, digits, rounding)


@settings(max_examples=200)
@given(st.integers(0, 10**6), st.integers(0, 6), st.sampled_from(["half-up", "half-even", "down"]))
def test_an_exact_half_is_rounded_by_the_stated_rule(steps, digits, rounding):
    part, whole = 2 * steps + 1, 2 * 10 ** (digits + 2)  # (steps + 1/2) of the last digit
    up = {"half-up": steps + 1, "half-even": steps + steps % 2, "down": steps}[rounding]
    assert printed_share(part, whole, digits, rounding) == by_decimal(part, whole, digits, rounding)
    assert rounded(Fraction(part * 100, whole), digits, rounding) * 10**digits == up


@pytest.mark.parametrize(
    ("part", "whole", "printed"), [(57, 20_000, "0.29"), (1, 200, "0.50"), (2, 3, "66.67"), (0, 7, "0.00")]
)
def test_shares_that_floating_point_gets_wrong_are_right(part, whole, printed):
    assert printed_share(part, whole) == printed


def test_a_share_of_nothing_is_no_share():
    with pytest.raises(ZeroDivisionError):
        printed_share(0, 0)
    with pytest.raises(ValueError, match="has more than 2 decimals"):
        decimal_text(rounded(Fraction(1, 3), 3), 2)
