"""Can the printed turnout hold the votes that were counted? And do the votes fit the voters?

A turnout of 76.43 % of a register is at most so many voters; valid votes beyond that are impossible,
whatever the invalid ones were. The register that the votes would need is given under rounding and
under cutting off. A turnout or a count of voters from before the close says nothing of the votes, so
only those of the votes' own time, or from the close on, are held against them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from math import ceil, floor

from tallyroom.check.announced import Announced, VoteSet
from tallyroom.check.figure import Figure, listed, many, number, percent
from tallyroom.check.findings import CannotCheck, Case, Finding, Outcome, Passed, sources_of
from tallyroom.tabulate.shares import rounded

__all__ = ["check", "most_voters", "register_needed"]

CHECK = "turnout-holds-votes"


def most_voters(turnout: Figure, register: int, cut: bool = False) -> int:
    """The most voters of a register whose share still prints as this turnout (rounded, or cut off)."""
    end = (turnout.value + (turnout.step if cut else turnout.step / 2)) * register / 100
    return floor(end) - 1 if end.denominator == 1 else floor(end)


def register_needed(turnout: Figure, votes: int, cut: bool = False) -> int:
    """The smallest register of which this many votes print as no more than this turnout."""
    end = 100 * votes / (turnout.value + (turnout.step if cut else turnout.step / 2))
    return int(end) + 1 if end.denominator == 1 else ceil(end)


def check(announced: Announced) -> Iterator[Outcome]:
    """Turnout against votes, one turnout for two totals, and votes against voters counted."""
    pairs = list(_pairs(announced))
    yield from _against_turnout(announced, pairs)
    yield from _one_turnout_for_two_totals(announced, pairs)
    yield from _against_voters(announced)


def _pairs(announced: Announced) -> Iterator[tuple[VoteSet, Figure]]:
    """Votes and a turnout of the same moment and place, each pair once."""
    seen = set()
    for votes in announced.vote_sets:
        first = votes.first
        dated = announced.find("turnout_share", place=first.place, at=first)
        # Without a time on either side, they belong together where they were given together.
        given = announced.find("turnout_share", place=first.place, announcement=votes.name)
        undated = [f for f in given if f.span is None or first.span is None]
        for turnout in (*dated, *undated):
            key = (votes.sum, turnout.value, votes.name, first.place, first.row["as_of"])
            if turnout.exact and turnout.plain and turnout.contest in ("", first.contest) and key not in seen:
                seen.add(key)
                yield votes, turnout


def _against_turnout(announced: Announced, pairs: Sequence[tuple[VoteSet, Figure]]) -> Iterator[Outcome]:
    good = []
    for votes, turnout in pairs:
        registers = announced.registers(votes.first)
        total = _ballots(votes)
        over = [r for r in registers if total > most_voters(turnout, r) and total > most_voters(turnout, r, cut=True)]
        if not registers:
            yield CannotCheck(CHECK, "registered voters of the place", turnout.where)
        elif over:
            yield _finding(announced, votes, turnout, total, registers, over)
        else:
            good.append(f"{total:,} within {turnout.row['value']} %")
    if good:
        yield Passed(CHECK, len(good), f"The printed turnout has room for the votes: {listed(good)}.")


def _ballots(votes: VoteSet) -> int:
    """The fewest ballots that hold these votes and the valid ones; those are ballots where they are below the sum."""
    valid = int(votes.valid.value) if votes.valid else 0
    return max(votes.ballots, valid) if votes.a_ballot == 1 or valid < votes.sum else votes.ballots


def _finding(
    announced: Announced, votes: VoteSet, turnout: Figure, total: int, registers: list[int], over: list[int]
) -> Finding:
    needed, cut = register_needed(turnout, total), register_needed(turnout, total, cut=True)
    printed = turnout.row["value"]
    cases = tuple(_over(turnout, total, register) for register in over)
    fits = [r for r in registers if r not in over]
    also = f" They fit the register of {fits[0]:,}, which was announced too." if fits else ""
    place = f" in {announced.record.name_of(turnout.place)}" if turnout.place else ""
    return Finding(
        CHECK,
        "warning" if fits else "error",
        turnout.where,
        f"The votes of all choices{place} ({votes.name}) {_take(votes)} {total:,}{_of_ballots(votes)}, more than a "
        f"turnout of {printed} % can hold. "
        f"{cases[0].says} They would need a register of at least {needed:,} if {printed} is rounded, or {cut:,} if it "
        f"is cut off.{also}",
        cases[0].numbers,
        f"{total} / {over[0]} = {percent(total, 100 * over[0], 5)}; {total} / {_ratio(turnout, 2)} -> {needed}; "
        f"{total} / {_ratio(turnout, 1)} -> {cut}",
        sources_of([turnout.row, *votes.rows]),
        "Look for the register that the turnout was worked out from, and for the number of invalid ballots.",
        cases if len(cases) > 1 else (),
    )


def _take(votes: VoteSet) -> str:
    return "are" if votes.a_ballot == 1 else f"are {votes.sum:,} and take"


def _of_ballots(votes: VoteSet) -> str:
    return "" if votes.a_ballot == 1 else f" ballots, at most {votes.a_ballot} votes on each"


def _over(turnout: Figure, total: int, register: int) -> Case:
    most, printed = most_voters(turnout, register), turnout.row["value"]
    as_printed = int(rounded(turnout.value * register / 100, 0))
    return Case(
        turnout.where,
        f"{printed} % of {register:,} is {as_printed:,} voters, and whatever rounds to {printed} % is at most "
        f"{most:,}: {total - most:,} fewer than the votes.",
        {
            "votes": total,
            "turnout": printed,
            "registered": register,
            "voters_as_printed": as_printed,
            "excess_as_printed": total - as_printed,
            "most_voters": most,
            "excess": total - most,
            "most_voters_cut_off": most_voters(turnout, register, cut=True),
            "share": percent(total, register, 3),
            "register_needed": register_needed(turnout, total),
            "register_needed_cut_off": register_needed(turnout, total, cut=True),
        },
    )


def _ratio(turnout: Figure, parts: int) -> str:
    """The end of what prints as a turnout, as a share: 0.76435."""
    return number((turnout.value + turnout.step / parts) / 100)


def _one_turnout_for_two_totals(announced: Announced, pairs: Sequence[tuple[VoteSet, Figure]]) -> Iterator[Outcome]:
    alike: dict[tuple[str, str, str], list[tuple[VoteSet, Figure]]] = defaultdict(list)
    for votes, turnout in pairs:
        alike[turnout.place, votes.first.contest, turnout.row["value"]].append((votes, turnout))
    found: dict[tuple[str, ...], list[tuple[VoteSet, Figure, VoteSet, Figure]]] = defaultdict(list)
    for key, same in alike.items():
        for (early, first), (late, second) in combinations(same, 2):
            if second.earlier(first):
                early, first, late, second = late, second, early, first
            # With several votes on a ballot the votes can grow while the ballots stay.
            for register in announced.registers(early.first)[:1] if early.a_ballot == 1 else ():
                moved = Fraction(100 * abs(late.sum - early.sum), register)
                if first.earlier(second) and moved > first.step:
                    found[*key, late.name].append((early, first, late, second))
    for moves in found.values():
        yield _one_turnout(announced, moves)


def _one_turnout(announced: Announced, pairs: Sequence[tuple[VoteSet, Figure, VoteSet, Figure]]) -> Finding:
    register = announced.registers(pairs[0][0].first)[0]
    cases = []
    for early, first, late, second in pairs:
        moved = late.sum - early.sum
        says = (
            f"The turnout is {first.row['value']} % with {early.sum:,} votes ({early.name}) and with "
            f"{late.sum:,} ({late.name}): the votes {'fall' if moved < 0 else 'grow'} by {abs(moved):,}, "
            f"{percent(abs(moved), register, 3)} % of the register, and the turnout stays."
        )
        numbers: dict[str, int | str] = {
            "votes_before": early.sum,
            "votes_after": late.sum,
            "moved": moved,
            "percent_of_register": percent(abs(moved), register, 3),
            "turnout": first.row["value"],
        }
        cases.append(Case(second.where, says, numbers))
    early, first, late, second = pairs[0]
    return Finding(
        "one-turnout-two-totals",
        "notice",
        cases[0].where,
        cases[0].says,
        cases[0].numbers,
        f"{late.sum} - {early.sum} = {late.sum - early.sum}; {abs(late.sum - early.sum)} / {register} = "
        f"{percent(abs(late.sum - early.sum), 100 * register, 5)}",
        sources_of(row for a, s, b, t in pairs for row in (s.row, t.row, *a.rows, *b.rows)),
        "Look whether one of the two turnouts was carried over from the other.",
        tuple(cases) if len(cases) > 1 else (),
    )


def _against_voters(announced: Announced) -> Iterator[Outcome]:
    """Valid votes can be no more than the voters counted at the close."""
    good = []
    for votes in announced.vote_sets:
        counts = _counts(announced, votes)
        closed = [f for f in counts if _at_close(announced, f, votes)]
        if not closed and not any(votes.ballots <= f.value for f in counts):
            if counts:
                yield CannotCheck("votes-within-voters", "the voters counted at the close", votes.first.where)
            continue
        voters = _last(closed) if closed else max(counts, key=lambda f: f.value)
        total, of = votes.ballots, int(voters.value)
        if total <= of:
            room = _room(announced, votes, of - total, of) if votes.a_ballot == 1 else ""
            good.append(f"{votes.name}: {votes.sum:,} votes of {of:,} voters{room}")
            continue
        by = f", as of {announced.when(voters)}" if voters.span else ""
        yield Finding(
            "votes-within-voters",
            "error",
            votes.first.where,
            f"{votes.name}: {many(total, 'vote' if votes.a_ballot == 1 else 'ballot')}"
            f"{_of_ballots(votes).removeprefix(' ballots')}, {total - of:,} more than the voters counted ({of:,}{by}).",
            {"votes": total, "voters": of, "difference": total - of},
            f"{total} - {of} = {total - of}",
            sources_of([voters.row, *votes.rows]),
            "Look for a later count of voters, and for voters who were added on the day.",
        )
    if good:
        says = f"The votes are no more than the voters counted: {listed(good)}."
        yield Passed("votes-within-voters", len(good), says)


def _counts(announced: Announced, votes: VoteSet) -> list[Figure]:
    """The counts of voters, of the same place, that are not later than the votes and that a register can hold."""
    first, registers = votes.first, announced.registers(votes.first)
    return announced.find(
        "turnout_count",
        place=first.place,
        when=lambda f: (
            f.exact
            and f.plain
            and not f.percent
            and f.contest in ("", first.contest)
            and (not registers or f.value <= max(registers))
            and not first.earlier(f)
        ),
    )


def _at_close(announced: Announced, voters: Figure, votes: VoteSet) -> bool:
    """Whether nobody could vote after a count: it is from the close on, or given as of the votes' own time."""
    if voters.span is None or votes.first.span is None:
        return voters.announcement == votes.name
    return voters.span.end >= announced.close or voters.same_time(votes.first)


def _last(counts: Sequence[Figure]) -> Figure:
    """The latest count; of rivals the larger one, which leaves the votes more room."""
    latest = max((f.span.first for f in counts if f.span), default=None)
    return max((f for f in counts if f.span is None or f.span.first == latest), key=lambda f: f.value)


def _room(announced: Announced, votes: VoteSet, left: int, voters: int) -> str:
    """What is left for invalid ballots, where the count was complete."""
    counted = announced.find("share_counted", announcement=votes.name)
    if any(f.value < 100 for f in counted):
        return " (the count was not complete)"
    return f", which leave {left:,} for invalid ballots ({percent(left, voters) if voters else '0.00'} %)"
