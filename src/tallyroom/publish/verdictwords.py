"""What the verdicts on claims are called, and which of several is shown."""

from __future__ import annotations

from collections.abc import Iterable

from tallyroom.check.agreement import Verdict
from tallyroom.publish.language import marked

__all__ = ["VERDICTS", "gravest"]

# The gravest first: a claim with several verdicts shows the first. A shape and a word, since colour tells nothing.
VERDICTS = {
    "impossible": ("✕", marked("Impossible")),
    "conflicts": ("≠", marked("Conflicts")),
    "stale": ("↺", marked("Stale")),
    "superseded": ("→", marked("Superseded")),
    "truncated": ("≈", marked("Truncated")),
    "rounded": ("≈", marked("Rounded")),
    "agrees": ("=", marked("Agrees")),
}


def gravest(found: Iterable[Verdict]) -> Verdict | None:
    """The verdict to show; None where nothing could be compared."""
    order = list(VERDICTS)
    known = [verdict for verdict in found if verdict.verdict in VERDICTS]
    return min(known, key=lambda verdict: order.index(verdict.verdict), default=None)
