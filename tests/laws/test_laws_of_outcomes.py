"""What is decided stays decided, and what is open could go either way."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tallyroom.tabulate.outcome import Outcome, decide
from tallyroom.tabulate.seats import allocate, margin

CHOICES = ("a", "b", "c", "d")
counts = st.one_of(st.integers(0, 12), st.integers(0, 10_000))
votes = st.lists(counts, min_size=2, max_size=4).map(lambda numbers: dict(zip(CHOICES, numbers, strict=False)))
often = settings(max_examples=200)


def who(outcome: Outcome) -> tuple[set[str], set[str]]:
    return set(outcome.elected), set(outcome.second_round)


def added(votes: dict[str, int], more: dict[str, int]) -> dict[str, int]:
    return {choice: count + more.get(choice, 0) for choice, count in votes.items()}


@st.composite
def shared_out(draw: st.DrawFn, votes: dict[str, int], number: int) -> dict[str, int]:
    """At most this many votes, given to the choices in some way, often all to one."""
    more = {}
    for choice in draw(st.permutations(sorted(votes))):
        more[choice] = draw(st.sampled_from([0, number]) | st.integers(0, number))
        number -= more[choice]
    return more


@often
@given(votes, counts, st.integers(1, 4), st.data())
def test_no_votes_that_could_come_change_decided_seats(votes, could_come, seats, data):
    before = decide("plurality", seats, votes, could_come)
    assume(before.status in ("decided", "tie"))
    after = decide("plurality", seats, added(votes, data.draw(shared_out(votes, could_come))), 0)
    assert (before.status, who(before)) == (after.status, who(after))


@often
@given(votes, counts, st.integers(1, 4))
def test_open_seats_could_go_to_somebody_else(votes, could_come, seats):
    before = decide("plurality", seats, votes, could_come)
    assume(before.status == "open" and (could_come or any(votes.values())))
    order = sorted(votes, key=lambda choice: -votes[choice])
    as_it_is = decide("plurality", seats, votes, 0)
    overtaken = decide("plurality", seats, added(votes, {order[seats]: could_come}), 0)
    assert (as_it_is.status, who(as_it_is)) != (overtaken.status, who(overtaken))


@often
@given(votes, counts, counts, counts, st.data())
def test_no_votes_that_could_come_change_a_decided_majority_or_second_round(votes, other, new, unread, data):
    # other: ballots in the base without a vote for anyone; unread: ballots in it whose votes are not read.
    base = sum(votes.values()) + other + unread
    before = decide("absolute-majority", 1, votes, new + unread, base, in_base=unread)
    assume(before.status in ("decided", "second-round", "tie"))
    read = data.draw(shared_out(votes, unread))
    come = data.draw(shared_out(votes, new))
    blank = data.draw(st.integers(0, new - sum(come.values())))
    base_then = base + sum(come.values()) + blank
    after = decide("absolute-majority", 1, added(added(votes, read), come), 0, base_then)
    assert (before.status, who(before)) == (after.status, who(after))


@often
@given(votes, counts, counts, counts)
def test_an_open_majority_could_go_another_way(votes, other, new, unread):
    base = sum(votes.values()) + other + unread
    before = decide("absolute-majority", 1, votes, new + unread, base, in_base=unread)
    assume(before.status == "open")
    order = sorted(votes, key=lambda choice: -votes[choice])
    ways = [decide("absolute-majority", 1, votes, 0, base), decide("absolute-majority", 1, votes, 0, base + new)]
    ways += [decide("absolute-majority", 1, added(votes, {c: new + unread}), 0, base + new) for c in order]
    if len(order) > 2:
        # As many to the third as make it second, or level with the second.
        few = min(new, votes[order[1]] - votes[order[2]])
        ways.append(decide("absolute-majority", 1, added(votes, {order[2]: few}), 0, base + few))
    all_tied = len(order) > 2 and votes[order[0]] == votes[order[2]]
    assert len({(way.status, *map(frozenset, who(way))) for way in ways}) > 1 or all_tied


@often
@given(votes, st.integers(1, 4))
def test_names_and_their_order_decide_nothing(votes, seats):
    turned = dict(reversed(votes.items()))
    for rule, several in (("plurality", seats), ("absolute-majority", 1)):
        first = decide(rule, several, votes, 0, sum(votes.values()))
        second = decide(rule, several, turned, 0, sum(votes.values()))
        assert (first.status, who(first), first.margin) == (second.status, who(second), second.margin)


DIVISORS = ("dhondt", "sainte-lague", "modified-sainte-lague")
methods = st.sampled_from((*DIVISORS, "hare", "droop"))
house = st.integers(1, 25)
percents = st.sampled_from([Fraction(0), Fraction(5), Fraction(20), Fraction("33.3")])


@often
@given(votes, house, methods)
def test_the_seats_and_the_tied_seats_are_all_there_are(votes, seats, method):
    found = allocate(votes, seats, method)
    assert sum(found.seats.values()) + found.tied_seats == seats
    assert (found.tied_seats < len(found.tied)) or not any(votes.values()) or not found.tied
    assert not any(found.seats[c] for c in votes if not votes[c])


@often
@given(votes, house, methods)
def test_more_votes_are_never_fewer_seats(votes, seats, method):
    found = allocate(votes, seats, method)
    for more in votes:
        for fewer in votes:
            assert votes[more] <= votes[fewer] or found.seats[more] >= found.seats[fewer]


@often
@given(votes, house, st.sampled_from(DIVISORS))
def test_one_seat_more_takes_none_away_by_divisors(votes, seats, method):
    small, large = allocate(votes, seats, method), allocate(votes, seats + 1, method)
    assert all(large.seats[c] >= n for c, n in small.seats.items())


@often
@given(votes, house, st.sampled_from((*DIVISORS, "hare")), st.data())
def test_a_vote_more_never_loses_a_list_a_seat(votes, seats, method, data):
    choice = data.draw(st.sampled_from(sorted(votes)))
    before, after = allocate(votes, seats, method), allocate(added(votes, {choice: 1}), seats, method)
    assert after.seats[choice] + (choice in after.tied) >= before.seats[choice]


@often
@given(votes, house, st.sampled_from((*DIVISORS, "hare")), st.integers(2, 1000))
def test_seats_rest_on_the_proportions_alone(votes, seats, method, times):
    assert allocate({c: n * times for c, n in votes.items()}, seats, method) == allocate(votes, seats, method)


@often
@given(votes, house, methods)
def test_the_order_of_the_lists_changes_no_seat(votes, seats, method):
    first = allocate(votes, seats, method)
    turned = allocate(dict(reversed(votes.items())), seats, method)
    assert (first.seats, set(first.tied), first.tied_seats) == (turned.seats, set(turned.tied), turned.tied_seats)


@often
@given(votes, house, st.sampled_from(DIVISORS))
def test_with_fewer_votes_than_the_margin_a_seat_is_safe_and_with_as_many_it_is_not(votes, seats, method):
    lacked = margin(votes, seats, method)
    assert lacked is not None
    assert decide(method, seats, votes, lacked).status in ("open", "tie")
    assert not lacked or decide(method, seats, votes, lacked - 1).status == "decided"


@often
@given(votes, counts, house, methods, percents, counts, counts, st.data())
def test_no_votes_that_could_come_change_decided_lists(votes, new, seats, method, percent, other, unread, data):
    base = sum(votes.values()) + other + unread
    before = decide(method, seats, votes, new + unread, base, None, unread, percent)
    assume(before.status in ("decided", "tie"))
    read = data.draw(shared_out(votes, unread))
    come = data.draw(shared_out(votes, new))
    blank = data.draw(st.integers(0, new - sum(come.values())))
    base_then = base + sum(come.values()) + blank
    after = decide(method, seats, added(added(votes, read), come), 0, base_then, None, 0, percent)
    assert (before.status, before.seats, before.tied) == (after.status, after.seats, after.tied)


@often
@given(votes, counts, house, methods)
def test_open_lists_without_a_threshold_could_share_the_seats_otherwise(votes, could_come, seats, method):
    before = decide(method, seats, votes, could_come)
    assume(before.status == "open" and could_come and (method != "droop" or sum(votes.values()) >= seats * (seats + 1)))
    as_it_is = decide(method, seats, votes, 0)
    step = seats + 1
    last_before_a_quota_rises = max(could_come - (sum(votes.values()) + could_come + 1) % step, 0)
    ways = [
        decide(method, seats, added(votes, {c: more}), 0)
        for c in votes
        for more in {1, could_come, last_before_a_quota_rises}
    ]
    assert as_it_is.status != "decided" or any((way.seats, way.tied) != (as_it_is.seats, as_it_is.tied) for way in ways)
