"""Can the printed turnout hold the votes that were counted? And do the votes fit the voters?

A turnout of 76.43 % of a register is at most so many voters; valid votes beyond that are impossible,
whatever the invalid ones were. The register that the votes would need is given under rounding and
under cutting off.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from math import ceil, floor

from tallyroom.check.announced import Announced, Figure, VoteSet, percent
from tallyroom.check.findings import Case, Finding, Outcome, Passed, at_row, sources_of

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
    yield from _against_turnout(announced)
    yield from _one_turnout_for_two_totals(announced)
    yield from _against_voters(announced)


def _pairs(announced: Announced) -> Iterator[tuple[VoteSet, Figure]]:
    """Votes and a turnout of the same moment and place, each pair once."""
    seen = set()
    for votes in announced.vote_sets:
        for turnout in announced.find("turnout_share", when=lambda f: f.exact):
            together = turnout.row["announcement"] == votes.name or turnout.same_time(votes.first)
            key = (votes.sum, turnout.value, votes.name, votes.first.place)
            if together and turnout.place == votes.first.place and key not in seen:
                seen.add(key)
                yield votes, turnout


def _against_turnout(announced: Announced) -> Iterator[Outcome]:
    good = []
    for votes, turnout in _pairs(announced):
        registers = list(announced.totals("registered_voters", turnout.place))
        total = max(votes.sum, int(votes.valid.value) if votes.valid else 0)
        over = [r for r in registers if total > most_voters(turnout, r) and total > most_voters(turnout, r, cut=True)]
        if registers and not over:
            good.append(f"{total:,} within {turnout.row['value']} %")
        elif registers:
            yield _finding(votes, turnout, total, registers, over)
    if good:
        yield Passed(CHECK, len(good), f"The printed turnout has room for the votes: {'; '.join(good)}.")


def _finding(votes: VoteSet, turnout: Figure, total: int, registers: list[int], over: list[int]) -> Finding:
    rounded, cut = register_needed(turnout, total), register_needed(turnout, total, cut=True)
    printed = turnout.row["value"]
    cases = tuple(
        Case(
            at_row(turnout.row),
            f"{printed} % of {register:,} is at most {most_voters(turnout, register):,} voters, "
            f"{total - most_voters(turnout, register):,} fewer than the votes.",
            {
                "votes": total,
                "turnout": printed,
                "registered": register,
                "most_voters": most_voters(turnout, register),
                "most_voters_cut_off": most_voters(turnout, register, cut=True),
                "excess": total - most_voters(turnout, register),
                "share": percent(total, register),
                "register_needed": rounded,
                "register_needed_cut_off": cut,
            },
        )
        for register in over
    )
    fits = [r for r in registers if r not in over]
    also = f" They fit the register of {fits[0]:,}, which was announced too." if fits else ""
    return Finding(
        CHECK,
        "warning" if fits else "error",
        at_row(turnout.row),
        f"The votes of all choices are {total:,}, more than a turnout of {printed} % can hold: {cases[0].says} "
        f"They would need a register of at least {rounded:,} if {printed} is rounded, {cut:,} if it is cut off.{also}",
        cases[0].numbers,
        f"{total} / {over[0]} = {percent(total, 100 * over[0], 4)}; {total} / {_ratio(turnout, 2)} -> {rounded}; "
        f"{total} / {_ratio(turnout, 1)} -> {cut}",
        sources_of([turnout.row, *votes.rows]),
        "Look for the register that the turnout was worked out from, and for the number of invalid ballots.",
        cases if len(cases) > 1 else (),
    )


def _ratio(turnout: Figure, parts: int) -> str:
    end = (turnout.value + turnout.step / parts) / 100
    return f"{float(end):.{turnout.digits + 3}f}".rstrip("0")


def _one_turnout_for_two_totals(announced: Announced) -> Iterator[Outcome]:
    found: dict[tuple[str, str], list[tuple[VoteSet, Figure, VoteSet, Figure]]] = defaultdict(list)
    for (early, first), (late, second) in combinations(_pairs(announced), 2):
        if (first.place, early.first.contest) != (second.place, late.first.contest) or first.same_time(second):
            continue
        for register in list(announced.totals("registered_voters", first.place))[:1]:
            moved = Fraction(100 * abs(late.sum - early.sum), register)
            if first.row["value"] == second.row["value"] and moved > first.step:
                found[late.name, first.row["value"]].append((early, first, late, second))
    for pairs in found.values():
        yield _one_turnout(announced, pairs)


def _one_turnout(announced: Announced, pairs: Sequence[tuple[VoteSet, Figure, VoteSet, Figure]]) -> Finding:
    register = next(iter(announced.totals("registered_voters", pairs[0][1].place)))
    cases = []
    for early, first, late, second in pairs:
        moved = late.sum - early.sum
        says = (
            f"The turnout is printed as {first.row['value']} % with {early.sum:,} votes ({early.name}) and with "
            f"{late.sum:,} ({late.name}): the votes move by {abs(moved):,}, "
            f"{percent(abs(moved), register, 3)} % of the register, and the turnout does not."
        )
        numbers: dict[str, int | str] = {
            "votes_before": early.sum,
            "votes_after": late.sum,
            "moved": moved,
            "turnout": first.row["value"],
        }
        cases.append(Case(at_row(second.row), says, numbers))
    early, first, late, second = pairs[0]
    return Finding(
        "one-turnout-two-totals",
        "notice",
        cases[0].where,
        cases[0].says,
        cases[0].numbers,
        f"{late.sum} - {early.sum} = {late.sum - early.sum}",
        sources_of(row for a, s, b, t in pairs for row in (s.row, t.row, *a.rows, *b.rows)),
        "One of the two turnouts may have been carried over.",
        tuple(cases) if len(cases) > 1 else (),
    )


def _against_voters(announced: Announced) -> Iterator[Outcome]:
    """Valid votes can be no more than the voters counted at the close."""
    good = []
    for votes in announced.vote_sets:
        voters = _last_count(announced, votes)
        if voters is None:
            continue
        total, of = votes.sum, int(voters.value)
        if total <= of:
            good.append(f"{votes.name}: {total:,} votes of {of:,} voters{_room(announced, votes, of - total, of)}")
            continue
        yield Finding(
            "votes-within-voters",
            "error",
            at_row(votes.first.row),
            f"{total:,} votes were counted, and only {of:,} voters; {total - of:,} fewer.",
            {"votes": total, "voters": of, "difference": total - of},
            f"{total} - {of} = {total - of}",
            sources_of([voters.row, *votes.rows]),
            "Look for the last count of voters, and for the register of those added on the day.",
        )
    if good:
        yield Passed("votes-within-voters", len(good), "; ".join(good) + ".")


def _room(announced: Announced, votes: VoteSet, left: int, voters: int) -> str:
    """What is left for invalid ballots, where the count was complete."""
    counted = announced.find("share_counted", when=lambda f: f.row["announcement"] == votes.name)
    if any(f.value < 100 for f in counted):
        return ", of a count still going on"
    return f" leave {left:,} for invalid ballots ({percent(left, voters)} %)"


def _last_count(announced: Announced, votes: VoteSet) -> Figure | None:
    """The latest count of voters that a register can hold, of the same place."""
    registers = announced.totals("registered_voters", votes.first.place)
    counts = announced.find(
        "turnout_count",
        when=lambda f: (
            f.exact
            and f.place == votes.first.place
            and f.span is not None
            and (not registers or f.value <= max(registers))
        ),
    )
    return max(counts, key=lambda f: f.span.first, default=None)  # type: ignore[union-attr]  # spans are there
