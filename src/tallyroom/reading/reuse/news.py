"""Do two documents that are alike tell the same news?

Documents of one election share its names, its dates and what an agency puts under every report, and of two or three
nobody can tell what many others hold too. They are the same text only where they share news: a sentence of the one
tells the opening of the other, or two sentences from before the background are told by two, or names and figures
come in the same order. A sentence with other figures is other news in like words.
"""

from __future__ import annotations

from tallyroom.reading.reuse.told import FIGURE, Told

__all__ = ["same_news"]

_OPENING, _SENTENCE = 0.5, 0.3  # of the runs of the opening, and of the shorter sentence
_LEAST = 3  # runs
_IN_ORDER, _WITH_FIGURES = 5, 3  # sentences
_NAMES = 2  # or figures of one sentence


def same_news(one: Told, other: Told) -> bool:
    """Whether one's opening, two sentences of its news, or its facts in their order are told by the other."""
    both_ways = ((one, other), (other, one))
    if any(_opening_told(x, y) or _told_in_order(x, y) for x, y in both_ways):
        return True
    return sum(any(_alike(one, n, other, m) for m in other.news) for n in one.news) > 1


def _opening_told(one: Told, other: Told) -> bool:
    lead = one.runs[one.lead] if one.runs else frozenset()
    told = (n for n, runs in enumerate(other.runs) if lead and len(lead & runs) >= _OPENING * len(lead))
    return any(not _differ(one, one.lead, other, n) for n in told)


def _alike(one: Told, n: int, other: Told, m: int) -> bool:
    shorter = min(len(one.runs[n]), len(other.runs[m]))
    enough = shorter >= _LEAST and len(one.runs[n] & other.runs[m]) >= _SENTENCE * shorter
    return enough and not _differ(one, n, other, m)


def _differ(one: Told, n: int, other: Told, m: int) -> bool:
    """Whether two sentences give figures, and other ones."""
    ours, theirs = _figures(one.rare[n]), _figures(other.rare[m])
    return bool(ours) and bool(theirs) and ours.isdisjoint(theirs)


def _told_in_order(one: Told, other: Told) -> bool:
    """Whether one sentence of the news after the other has names or figures of the other's sentences, in turn."""
    at = names = figures = 0
    for n in one.news:
        shared = ((m, one.rare[n] & other.rare[m]) for m in range(at, len(other.rare)))
        told = next(((m, both) for m, both in shared if len(both) >= _NAMES or _figures(both)), None)
        if told is not None:
            at, names, figures = told[0] + 1, names + 1, figures + bool(_figures(told[1]))
    return names >= _IN_ORDER or figures >= _WITH_FIGURES


def _figures(rare: frozenset[str]) -> frozenset[str]:
    return frozenset(filter(FIGURE.fullmatch, rare))
