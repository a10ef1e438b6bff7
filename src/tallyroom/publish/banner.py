"""How far a result has come, in one word, and how the site says it."""

from __future__ import annotations

from typing import Literal

from tallyroom.publish.edition import Edition
from tallyroom.publish.language import say

__all__ = ["Banner", "all_in", "banner", "called", "renamed"]

Banner = Literal["rehearsal", "nothing", "announced", "partial", "preliminary", "final"]


def banner(edition: Edition) -> Banner:
    """How far the result has come. Final only where the calendar says that it was certified."""
    if edition.record.election.synthetic:
        return "rehearsal"
    if edition.certified:
        return "final"
    if not edition.counted:
        return "announced" if edition.announced else "nothing"
    return "preliminary" if all_in(edition) else "partial"


def all_in(edition: Edition) -> bool:
    """Whether every station of every contest with returns is counted or annulled."""
    contests = [contest.id for contest in edition.record.election.contests if edition.has_returns(contest.id)]
    counts = [area.stations for contest in contests for area in edition.wholes(contest)]
    return all(count.expected == count.accepted + count.annulled for count in counts)


def renamed(before: str, now: str) -> str:
    """That a result is called something else than in the publication before; empty where it is not, or unknown."""
    was, new = called(before), called(now)
    return say("The result was told as “{was}”; it is now “{now}”.", was=was, now=new) if was not in ("", new) else ""


def called(word: str) -> str:
    """How the site calls a banner; empty for one that it does not know."""
    texts = {
        "rehearsal": say("Rehearsal: invented figures"),
        "nothing": say("No figures yet"),
        "announced": say("Announced figures only"),
        "partial": say("Partial: not all is counted"),
        "preliminary": say("Preliminary: not certified"),
        "final": say("Final"),
    }
    return texts.get(word, "")
