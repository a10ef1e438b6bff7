"""What is another rule in the definition of the election than when it was published before.

Rules are stated before the vote. One that changes after it was published is told as a figure that changed is:
with both, and with the reason. Names, facts and languages are no rules.
"""

from __future__ import annotations

from collections.abc import Iterator

from tallyroom.publish.differences import Difference
from tallyroom.record.contest import Contest
from tallyroom.record.definition import FILE, Election

__all__ = ["changed_rules"]

_OF_CONTEST = (
    *("rule", "seats", "shares_of", "majority_of", "threshold", "threshold_of"),
    *("turnout_of", "rounding", "share_digits"),
)


def changed_rules(was: Election, now: Election) -> Iterator[Difference]:
    """Every part of the definition that has another rule now: a contest, the form, or the election itself."""
    old, new = _rules(was), _rules(now)
    for part in dict.fromkeys([*old, *new]):
        before, after = old.get(part, {}), new.get(part, {})
        names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
        if names:
            unlike = ({n: before.get(n, "") for n in names}, {n: after.get(n, "") for n in names})
            yield Difference("rule", FILE, part, "", "", *unlike)


def _rules(election: Election) -> dict[str, dict[str, str]]:
    form = {f"item {item.id}": item.role for item in election.form.items}
    for check in election.form.checks:
        on = "" if check.on else ", off"
        form[f"check {check.name}"] = f"{check.expression}, tolerance {check.tolerance}, {check.severity}{on}"
    whole = {"date": election.date, "timezone": election.timezone, "stations": election.stations}
    return {"election": whole, **{contest.id: _of_contest(contest) for contest in election.contests}, "form": form}


def _of_contest(contest: Contest) -> dict[str, str]:
    rules = {name: str(getattr(contest, name)) for name in _OF_CONTEST}
    rules |= {f"figure {name}": expression for name, expression in contest.figures.items()}
    return rules | {"choices": " ".join(choice.id for choice in contest.choices)}
