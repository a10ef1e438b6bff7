"""Illegible and not on the form are two things: votes that could not be read can still come."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallyroom.tabulate.results import tabulate
from tests.check.making import Making

_FORM = "".join(f'[[form.items]]\nid = "{item}"\n' for item in ("registered", "valid"))


@pytest.mark.parametrize(
    ("why", "status", "lacking"),
    [("not-on-form", "decided", {}), ("illegible", "open", {"votes.a": 1, "votes.b": 1})],
)
def test_votes_of_a_form_without_them_cannot_come(
    tmp_path: Path, why: str, status: str, lacking: dict[str, int]
) -> None:
    made = Making(contest='[contests.figures]\nregistered = "registered"\n', definition=_FORM)
    made.area("land", kind="nation")
    for station in ("s1", "s2"):
        made.row("stations", id=station, area="land", registered="100")
    made.row("returns/president", station="s1", registered="100", valid="60", **{"votes.a": "40", "votes.b": "20"})
    unread = " ".join(f"{item}:{why}" for item in ("valid", "votes.a", "votes.b"))
    made.row("returns/president", station="s2", registered="100", unread=unread)
    result = tabulate(made.record(tmp_path)).contests[0]
    assert result.outcome.status == status
    assert result.areas[0].lacking == lacking
    assert result.areas[0].votes == {"a": 40, "b": 20}
