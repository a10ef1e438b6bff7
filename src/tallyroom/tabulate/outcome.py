"""Who won because of the figures, and whether what is missing could still change it.

Every vote that could still come is taken to go where it would change the most: an outcome is
`decided` only if no way of adding them could alter it. Halves and ties are said, never broken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal, cast

from tallyroom.record.contest import LIST_RULES
from tallyroom.tabulate.seats import Method, allocate, could_change, margin, over_threshold
from tallyroom.tabulate.shares import decimal_text

__all__ = ["Outcome", "Status", "decide"]

Status = Literal["decided", "second-round", "tie", "open", "nothing-to-tabulate"]


@dataclass(frozen=True)
class Outcome:
    """What the figures say about who won.

    elected: the choices that are elected; of lists, those with a seat.
    seats: choice → seats, of the lists that have any; empty where the rule elects the choices themselves, and
        while it is open.
    tied, tied_seats: who ties, and for how many seats, which are in no choice's seats; 0 where they tie for a
        place in a second round.
    margin: votes between the last elected and the first not elected choice (absolute majority: the
        first two; divisor methods: the fewest that a list lacked to draw level for another's seat;
        largest remainders: None); votes_that_could_come: at most, None where it cannot be known.
    """

    rule: str
    status: Status
    says: str
    elected: tuple[str, ...] = ()
    second_round: tuple[str, ...] = ()
    margin: int | None = None
    votes_that_could_come: int | None = None
    seats: Mapping[str, int] = field(default_factory=dict)
    tied: tuple[str, ...] = ()
    tied_seats: int = 0

    def as_json(self) -> dict[str, object]:
        """The outcome as `tabulate --json` prints it."""
        return {
            "rule": self.rule,
            "status": self.status,
            "elected": list(self.elected),
            "seats": dict(self.seats),
            "tied": list(self.tied),
            "tied_seats": self.tied_seats,
            "second_round": list(self.second_round),
            "margin": self.margin,
            "votes_that_could_come": self.votes_that_could_come,
            "says": self.says,
        }


def decide(
    rule: str,
    seats: int,
    votes: Mapping[str, int],
    could_come: int | None,
    base: int | None = None,
    names: Mapping[str, str] | None = None,
    in_base: int = 0,
    threshold: Fraction = Fraction(0),
) -> Outcome:
    """The outcome of one contest.

    rule: plurality, approval (the same of approvals), absolute-majority (more than half of `base`, else a
        second round of two), or one of `LIST_RULES`.
    votes: choice → votes in the acts that count; every choice of the contest.
    could_come: the most votes that can still come in, for each choice; None where it cannot be known.
    base: what the majority or the threshold is measured by; None where it is not stated.
    names: choice → its name, for the sentence.
    in_base: of `could_come`, those whose ballots `base` already counts: a form that states its valid
        votes but not whose they are.
    threshold: the percentage of `base` that a list needs at least; 0 is none.
    """
    order = sorted(votes, key=lambda choice: -votes[choice])
    called = {choice: (names or {}).get(choice, choice) for choice in votes}
    if rule in LIST_RULES:
        in_order = {choice: votes[choice] for choice in order}
        return _lists(cast(Method, rule), in_order, seats, could_come, threshold, base, in_base, called)
    if rule == "absolute-majority":
        return _majority(order, votes, base, could_come, in_base, called)
    return _plurality(rule, order, votes, seats, could_come, called)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _plurality(
    rule: str,
    order: Sequence[str],
    votes: Mapping[str, int],
    seats: int,
    could_come: int | None,
    called: Mapping[str, str],
) -> Outcome:
    if len(order) <= seats:
        says = f"There are no more choices than seats: elected {_listed([called[c] for c in order])}."
        return Outcome(rule, "decided", says, tuple(order), (), None, could_come)
    last, first_out = votes[order[seats - 1]], votes[order[seats]]
    margin = last - first_out
    found = Outcome(rule, "open", "", (), (), margin, could_come)
    if could_come is None:
        says = "What is missing cannot be bounded, so it could still change the outcome."
        return _with(found, "open", says)
    if margin > could_come:
        ahead = _listed([called[c] for c in order[:seats]])
        could = (
            f"at most {could_come:,} votes could still come, which cannot change it"
            if could_come
            else "nothing is missing"
        )
        return _with(found, "decided", f"Elected: {ahead}, by {margin:,} votes; {could}.", tuple(order[:seats]))
    if could_come == 0 and not any(votes.values()):
        return _with(found, "open", "No votes count, and none could still come.")
    if could_come == 0:
        tied = [c for c in order if votes[c] == last]
        safe = tuple(c for c in order if votes[c] > last)
        says = f"{_listed([called[c] for c in tied])} have {last:,} votes each."
        return replace(found, status="tie", says=says, elected=safe, tied=tuple(tied), tied_seats=seats - len(safe))
    says = f"The margin is {margin:,} votes, and up to {could_come:,} could still come: it could still change."
    return _with(found, "open", says)


def _majority(
    order: Sequence[str],
    votes: Mapping[str, int],
    base: int | None,
    could_come: int | None,
    in_base: int,
    called: Mapping[str, str],
) -> Outcome:
    leader = votes[order[0]]
    margin = leader - votes[order[1]] if len(order) > 1 else None
    found = Outcome("absolute-majority", "open", "", (), (), margin, could_come)
    if base is None:
        return _with(found, "open", "The returns do not state the figure that the majority is measured by.")
    if could_come is None:
        says = "What is missing cannot be bounded, so it could still change the outcome."
        return _with(found, "open", says)
    all_of_it = base + could_come - in_base
    # Votes that are still to be read on counted ballots do not make the base larger, so a form that does not
    # add up could give two choices more than half of it.
    if 2 * leader > all_of_it and (margin is None or margin > in_base or not in_base):
        says = f"{called[order[0]]} has {leader:,} votes, more than half of {base:,}"
        says += f", and of {all_of_it:,} with all that could still come." if could_come else "; nothing is missing."
        return _with(found, "decided", says, (order[0],))
    if 2 * (leader + could_come) > all_of_it:
        says = f"{called[order[0]]} has {leader:,} votes of {base:,}, and up to {could_come:,} could still come: "
        return _with(found, "open", says + "whether there is a majority is open.")
    if len(order) < 2:
        says = f"{called[order[0]]} alone stands, and has {leader:,} votes, not more than half of {base:,}: "
        return _with(found, "open", says + "what follows is for the law.")
    second, third = votes[order[1]], votes[order[2]] if len(order) > 2 else -1
    if len(order) == 2 or second - third > could_come:
        two = (order[0], order[1])
        says = f"Nobody has more than half of {base:,}: a second round between {called[two[0]]} and {called[two[1]]}."
        return _with(found, "second-round", says, (), two)
    if could_come == 0:
        tied = [c for c in order if votes[c] == second]
        both = _listed([called[c] for c in tied])
        says = f"Nobody has more than half of {base:,}, and {both} have {second:,} votes each."
        return replace(found, status="tie", says=says, tied=tuple(tied))
    says = f"Nobody has more than half of {base:,}; up to {could_come:,} votes could still come, "
    return _with(found, "open", says + "so who comes second is open.")


def _lists(
    method: Method,
    votes: Mapping[str, int],
    seats: int,
    could_come: int | None,
    threshold: Fraction,
    base: int | None,
    in_base: int,
    called: Mapping[str, str],
) -> Outcome:
    """votes: from the most to the fewest."""
    found = Outcome(method, "open", "", votes_that_could_come=could_come)
    if threshold and base is None:
        return replace(found, says="The returns do not state the figure that the threshold is measured by.")
    base = base or 0
    taking_part = over_threshold(votes, base, threshold)
    given = allocate(taking_part, seats, method)
    found = replace(found, margin=margin(taking_part, seats, method))
    if could_come is None:
        return replace(found, says="What is missing cannot be bounded, so it could still change the outcome.")
    if not could_come and not any(votes.values()):
        return replace(found, says="No votes count, and none could still come.")
    with_seats = {choice: number for choice, number in given.seats.items() if number}
    says = _shared(with_seats, given.tied, given.tied_seats, called)
    line = f"{decimal_text(threshold, 18).rstrip('0').rstrip('.')} % of {base:,}"
    if not taking_part:
        says = f"No choice has {line}, which it takes to have a seat: what follows is for the law"
    elif threshold:
        says += f", among those with at least {line}"
    if could_change(votes, seats, method, could_come, threshold, base, in_base):
        return replace(found, says=f"{says}; up to {could_come:,} votes could still come and change that.")
    missing = f"at most {could_come:,} votes could still come, which cannot change that"
    says = f"{says}; {missing if could_come else 'nothing is missing'}."
    if not taking_part:
        return replace(found, says=says)
    found = replace(found, says=says, seats=with_seats, elected=tuple(with_seats))
    if given.tied:
        return replace(found, status="tie", tied=given.tied, tied_seats=given.tied_seats)
    return replace(found, status="decided")


def _shared(seats: Mapping[str, int], tied: Sequence[str], tied_seats: int, called: Mapping[str, str]) -> str:
    # Without the word elected: that is for the certified result to say, and sites print this before it.
    parts = []
    if seats:
        parts.append(f"seats by these figures: {_listed([f'{called[c]} {n:,}' for c, n in seats.items()])}")
    if tied:
        parts.append(f"{_listed([called[c] for c in tied])} tie for {tied_seats:,} seat{'s' if tied_seats > 1 else ''}")
    says = "; ".join(parts)
    return says[:1].upper() + says[1:] if seats else says


def _with(
    found: Outcome,
    status: Status,
    says: str,
    elected: tuple[str, ...] = (),
    second_round: tuple[str, ...] = (),
) -> Outcome:
    return replace(found, status=status, says=says, elected=elected, second_round=second_round)
