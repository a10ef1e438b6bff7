"""Who won because of the figures, and whether what is missing could still change it.

Every vote that could still come is taken to go where it would change the most: an outcome is
`decided` only if no way of adding them could alter it. Halves and ties are said, never broken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

__all__ = ["Outcome", "Status", "decide"]

Status = Literal["decided", "second-round", "tie", "open", "nothing-to-tabulate"]


@dataclass(frozen=True)
class Outcome:
    """What the figures say about who won.

    margin: votes between the last elected and the first not elected choice (absolute majority: the
        first two); votes_that_could_come: at most, None where it cannot be known.
    """

    rule: str
    status: Status
    says: str
    elected: tuple[str, ...] = ()
    second_round: tuple[str, ...] = ()
    margin: int | None = None
    votes_that_could_come: int | None = None

    def as_json(self) -> dict[str, object]:
        """The outcome as `tabulate --json` prints it."""
        return {
            "rule": self.rule,
            "status": self.status,
            "elected": list(self.elected),
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
) -> Outcome:
    """The outcome of one contest.

    rule: plurality, or absolute-majority (more than half of `base`, else a second round of two).
    votes: choice → votes in the acts that count; every choice of the contest.
    could_come: the most votes that can still come in; None where it cannot be known.
    base: what the majority is measured by; None where it is not stated.
    names: choice → its name, for the sentence.
    in_base: of `could_come`, those whose ballots `base` already counts: a form that states its valid
        votes but not whose they are.
    """
    order = sorted(votes, key=lambda choice: -votes[choice])
    called = {choice: (names or {}).get(choice, choice) for choice in votes}
    if rule == "plurality":
        return _plurality(order, votes, seats, could_come, called)
    return _majority(order, votes, base, could_come, in_base, called)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _plurality(
    order: Sequence[str],
    votes: Mapping[str, int],
    seats: int,
    could_come: int | None,
    called: Mapping[str, str],
) -> Outcome:
    if len(order) <= seats:
        says = f"There are no more choices than seats: elected {_listed([called[c] for c in order])}."
        return Outcome("plurality", "decided", says, tuple(order), (), None, could_come)
    last, first_out = votes[order[seats - 1]], votes[order[seats]]
    margin = last - first_out
    found = Outcome("plurality", "open", "", (), (), margin, could_come)
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
        return _with(found, "tie", f"{_listed([called[c] for c in tied])} have {last:,} votes each.", safe)
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
        return _with(found, "tie", says)
    says = f"Nobody has more than half of {base:,}; up to {could_come:,} votes could still come, "
    return _with(found, "open", says + "so who comes second is open.")


def _with(
    found: Outcome,
    status: Status,
    says: str,
    elected: tuple[str, ...] = (),
    second_round: tuple[str, ...] = (),
) -> Outcome:
    return Outcome(found.rule, status, says, elected, second_round, found.margin, found.votes_that_could_come)
