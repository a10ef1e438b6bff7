"""What the checks decide exactly, held against trying every possibility."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import UTC
from fractions import Fraction
from itertools import combinations, pairwise, product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tallyroom.check.figure import Figure, Range, digits_of
from tallyroom.check.findings import Where
from tallyroom.check.from_percentages import Made, made_of
from tallyroom.check.holds import most_voters, register_needed
from tallyroom.check.possible import can_add_up, can_be_largest_remainder
from tallyroom.check.shares import largest_remainder
from tallyroom.record.dates import read_date
from tallyroom.record.rows import Row
from tallyroom.tabulate.shares import rounded

_BIG = st.integers(0, 10**9)


def _share(text: str, **cells: str) -> Figure:
    row = Row("announcements", "announcements.csv", 2, "x", {"value": text, "unit": "percent", **cells})
    moment = read_date("2031-05-18", UTC)
    return Figure(row, Fraction(text), digits_of(text), "", "", moment, moment, Where())


def _compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to make a total of so many parts, in order."""
    for cuts in combinations(range(total + parts - 1), parts - 1):
        ends = (-1, *cuts, total + parts - 1)
        yield tuple(b - a - 1 for a, b in pairwise(ends))


def _prints_rounded(votes: int, total: int, share: Fraction, digits: int) -> bool:
    """By half-up or half-even: both round a half to one of its neighbours."""
    return abs(Fraction(100 * votes, total) - share) <= Fraction(1, 2 * 10**digits)


def _prints_cut(votes: int, total: int, share: Fraction, digits: int) -> bool:
    return rounded(Fraction(100 * votes, total), digits, "down") == share


_SMALL = st.tuples(
    st.integers(1, 12), st.lists(st.integers(0, 120), min_size=1, max_size=4), st.sampled_from([0, 1]), st.booleans()
)


@settings(max_examples=150, deadline=None)
@given(_SMALL)
def test_shares_can_all_be_true_just_when_some_votes_print_as_they_do(case):
    total, units, digits, complete = case
    shares = [Fraction(unit, 10**digits) for unit in units]
    figures = [_share(f"{float(s):.{digits}f}") for s in shares]
    for ranges, prints in (
        ([f.rounding() for f in figures], _prints_rounded),
        ([f.truncation() for f in figures], _prints_cut),
    ):
        ways = _compositions(total, len(shares) + (not complete))
        tried = any(all(prints(v, total, s, digits) for v, s in zip(w, shares, strict=False)) for w in ways)
        assert can_add_up(ranges, total, complete) == tried


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(1, 400), min_size=2, max_size=7), st.integers(0, 3))
def test_shares_rounded_from_any_votes_can_be_true(votes, digits):
    total = sum(votes)
    shares = [rounded(Fraction(100 * v, total), digits) for v in votes]
    figures = [_share(f"{int(s * 10**digits)}") for s in shares]
    ranges = [Range(s - Fraction(1, 2 * 10**digits), s + Fraction(1, 2 * 10**digits)) for s in shares]
    assert len(figures) == len(votes)
    assert can_add_up(ranges, total)
    assert can_add_up(ranges)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 10_000), min_size=2, max_size=6), st.integers(0, 2), st.integers(-5, 5))
def test_without_a_total_rounding_explains_a_gap_up_to_half_a_unit_a_share(units, digits, gap):
    """The sum of n rounded shares is within n half units of 100, ends included, and no more."""
    steps = 100 * 10**digits
    units = [min(unit, steps) for unit in units]
    assume(all(unit > 0 for unit in units))
    units[-1] += steps - sum(units) + gap
    assume(units[-1] > 0)
    half = Fraction(1, 2 * 10**digits)
    ranges = [Range(Fraction(u, 10**digits) - half, Fraction(u, 10**digits) + half) for u in units]
    assert can_add_up(ranges) == (abs(gap) <= Fraction(len(units), 2))


def test_what_cannot_be_printed_of_a_total_is_found():
    # 33.3 % of ten votes is no whole number of votes: 3 print as 30.0 and 4 as 40.0.
    assert not can_add_up([_share("33.3").rounding(), _share("66.7").rounding()], 10)
    assert can_add_up([_share("33.3").rounding(), _share("66.7").rounding()], 12)
    assert can_add_up([_share("33.3").rounding(), _share("66.7").rounding()])


def _textbook(votes: Sequence[int], digits: int) -> list[int]:
    """Hamilton's method: whole quotas first, then one more to each of the largest remainders, in units."""
    total, steps = sum(votes), 100 * 10**digits
    quotas = [Fraction(v * steps, total) for v in votes]
    given_out = [int(q) for q in quotas]
    while sum(given_out) < steps:
        left = [q - g if q - g < 1 and q >= g else Fraction(-1) for q, g in zip(quotas, given_out, strict=True)]
        best = max(range(len(votes)), key=lambda i: (left[i], votes[i], -i))
        given_out[best] += 1
    return given_out


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=8), st.integers(0, 3))
def test_largest_remainder_adds_to_exactly_100_and_is_the_textbook_method(votes, digits):
    assume(sum(votes))
    named = {f"c{n}": v for n, v in enumerate(votes)}
    shares = largest_remainder(named, digits)
    assert sum(shares.values()) == 100
    assert [int(share * 10**digits) for share in shares.values()] == _textbook(votes, digits)
    # No share is a whole unit away from the exact one.
    assert all(abs(shares[c] - Fraction(100 * v, sum(votes))) < Fraction(1, 10**digits) for c, v in named.items())


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 14), st.data())
def test_shares_made_to_add_up_are_told_exactly(total, data):
    parts = data.draw(st.integers(1, 3))
    units = data.draw(st.lists(st.integers(0, 100), min_size=parts, max_size=parts))
    # Often enough the units are what some votes give.
    if data.draw(st.booleans()):
        votes = data.draw(st.sampled_from(list(_compositions(total, parts))))
        units = _textbook(votes, 0)
    else:
        units[-1] = 100 - sum(units[:-1])
        assume(units[-1] >= 0)
    tried = any(_is_largest_remainder(w, units) for w in _compositions(total, parts))
    assert can_be_largest_remainder([Fraction(u) for u in units], 0, total) == tried


def _is_largest_remainder(votes: Sequence[int], units: Sequence[int]) -> bool:
    """Whether these units are a largest-remainder result of the votes, equal remainders broken either way."""
    total = sum(votes)
    exact = [Fraction(100 * v, total) for v in votes]
    up = [int(q) + 1 == u for q, u in zip(exact, units, strict=True)]
    if any(u != int(q) + one for q, u, one in zip(exact, units, up, strict=True)):
        return False
    rests = [q - int(q) for q in exact]
    kept = [r for r, one in zip(rests, up, strict=True) if not one]
    raised = [r for r, one in zip(rests, up, strict=True) if one]
    return sum(units) == 100 and (not kept or not raised or min(raised) >= max(kept))


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 400), st.integers(0, 1100), st.sampled_from([0, 1, 2]))
def test_most_voters_is_the_last_count_that_prints_as_the_turnout(register, unit, digits):
    turnout = _share(f"{float(Fraction(unit, 10**digits)):.{digits}f}")
    half_up = [v for v in range(2 * register + 200) if rounded(Fraction(100 * v, register), digits) <= turnout.value]
    cut = [
        v for v in range(2 * register + 200) if rounded(Fraction(100 * v, register), digits, "down") <= turnout.value
    ]
    assume(turnout.value <= 150)
    assert most_voters(turnout, register) == max(half_up)
    assert most_voters(turnout, register, cut=True) == max(cut)


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 300), st.integers(1, 1000), st.sampled_from([0, 1]))
def test_register_needed_is_the_first_that_holds_the_votes(votes, unit, digits):
    turnout = _share(f"{float(Fraction(unit, 10**digits)):.{digits}f}")
    assume(5 <= turnout.value <= 100)
    for cut in (False, True):
        needed = register_needed(turnout, votes, cut=cut)
        assert most_voters(turnout, needed, cut=cut) >= votes
        assert needed == 1 or most_voters(turnout, needed - 1, cut=cut) < votes


def test_votes_made_from_percentages_are_told_by_their_decimals():
    # 51.2, 44.2 and 4.6 % of 10,058,774, as announced in Venezuela on 29 July 2024.
    made = made_of([5_150_092, 4_445_978, 462_704], 10_058_774)
    assert made == Made(decimals=1, one_in=101_178_934, nearest=True)
    assert made_of([5_150_093, 4_445_976, 462_705], 10_058_774) is None


@settings(max_examples=100, deadline=None)
@given(st.integers(100_000, 10**9), st.data())
def test_votes_that_were_worked_out_from_percentages_are_always_told(total, data):
    digits = data.draw(st.sampled_from([0, 1]))
    steps = 100 * 10**digits
    first = data.draw(st.integers(steps // 2, steps - 3))
    second = data.draw(st.integers(1, steps - first - 1))
    votes = [int(rounded(Fraction(total * unit, steps), 0)) for unit in (first, second)]
    votes.append(total - sum(votes))
    assume(votes[2] > 0)
    made = made_of(votes, total)
    assert made is not None
    assert made.decimals <= digits


@pytest.mark.parametrize(("total", "choices"), [(2_000, 2), (1_000, 3), (3_000, 3)])
def test_the_chance_is_how_often_it_happens_by_chance(total, choices):
    """Over random votes, as often as one over the width of a whole percentage, for each free choice."""
    rng = random.Random(f"{total} {choices}")
    tries, hits = 40_000, 0
    width = total // 100
    for _ in range(tries):
        cuts = sorted(rng.randrange(total // 10, 9 * total // 10) for _ in range(choices - 1))
        votes = [b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True)]
        if min(votes) < width:
            continue
        hits += all(abs(v - rounded(Fraction(100 * v, total), 0) * total / 100) <= Fraction(1, 2) for v in votes)
    expected = tries / width ** (choices - 1)
    assert expected / 1.5 < hits < expected * 1.3
    made = made_of([total // 2, *[total // 2 // (choices - 1)] * (choices - 1)], total)
    assert made is None or made.one_in <= width ** (choices - 1)


def test_nobody_and_everybody_are_no_percentages():
    assert made_of([1_000_000, 0], 1_000_000) == Made(0, 1, nearest=True)
    assert made_of([600_000, 400_000, 0], 1_000_000) == Made(0, 10_000, nearest=True)


@settings(deadline=None)
@given(_BIG, _BIG)
def test_too_few_votes_tell_nothing(a, b):
    made = made_of([a % 50, b % 50], a % 50 + b % 50)
    assert made is None or made.one_in == 1


def test_every_pair_of_small_counts_is_no_alarm():
    for a, b in product(range(30), repeat=2):
        made = made_of([a, b], a + b)
        assert made is None or made.one_in < 10
