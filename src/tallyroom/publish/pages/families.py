"""Which documents repeat which: a tree for each text that others repeat, and what each report carried of it.

The trees are those of sources.csv, which a person accepted; the sentences come from `reuse.jsonl`, where a comparison
of the words found them. A sentence is named by its first words only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tallyroom.publish.edition import Edition
from tallyroom.publish.language import marked, say
from tallyroom.publish.view import Link

__all__ = ["Branch", "Family", "Reports", "families"]

_LONGEST = 80  # letters of what stands in for a sentence
# How much of a sentence's wording a report has, at least.
_CARRIED = ((0.9, "●", marked("word for word")), (0.3, "◐", marked("in part")), (0.0, "○", marked("in other words")))
_DROPPED = ("", marked("left out"))


@dataclass(frozen=True)
class Branch:
    """A document, and below it those that repeat it."""

    document: Link
    below: tuple[Branch, ...]


@dataclass(frozen=True)
class Reports:
    """The sentences of a document by their first words, and for each report how it has them: mark and word."""

    document: Link
    reports: tuple[Link, ...]
    sentences: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    added: tuple[int, ...]


@dataclass(frozen=True)
class Family:
    """A text with all that goes back to it. size: how many documents repeat it."""

    tree: Branch
    size: int
    reports: tuple[Reports, ...]


def families(edition: Edition) -> list[Family]:
    """Every family, in the order of sources.csv; of a circle, in which each repeats another, the first is the head."""
    rows = edition.record.current("sources")
    below: dict[str, list[str]] = defaultdict(list)
    above = {row.id: [one for one in row.ids("derived_from") if one in edition.record.named] for row in rows}
    for name, sources in above.items():
        for source in sources:
            below[source].append(name)
    heads = sorted((row.id for row in rows if below[row.id]), key=lambda name: bool(above[name]))
    pairs = _pairs(edition)
    found: list[Family] = []
    placed: set[str] = set()
    for head in heads:
        if head in placed:
            continue
        seen: list[str] = []
        tree = _branch(edition, head, below, seen)
        placed.update(seen)
        tables = tuple(_reports(edition, name, pairs[name]) for name in seen if pairs[name])
        found.append(Family(tree, len(seen) - 1, tables))
    return found


def _branch(edition: Edition, name: str, below: Mapping[str, Sequence[str]], seen: list[str]) -> Branch:
    """A document with what repeats it; each document once, for a record may have them in a circle."""
    seen.append(name)
    children = tuple(_branch(edition, one, below, seen) for one in below.get(name, ()) if one not in seen)
    return Branch(edition.source(name), children)


def _pairs(edition: Edition) -> dict[str, list[Mapping[str, Any]]]:
    """The lines of `reuse.jsonl` that nobody rejected, by the document that was repeated."""
    pairs: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for told in edition.record.reuse:
        named = all(str(told.get(name)) in edition.record.named for name in ("source", "copy"))
        if named and told.get("review") != "rejected" and _sentences(told):
            pairs[str(told["source"])].append(told)
    return pairs


def _reports(edition: Edition, source: str, lines: Sequence[Mapping[str, Any]]) -> Reports:
    begins = dict.fromkeys(begin for told in lines for begin in _sentences(told))
    return Reports(
        edition.source(source),
        tuple(edition.source(str(told["copy"])) for told in lines),
        tuple((begin, tuple(_carried(_sentences(told).get(begin)) for told in lines)) for begin in begins),
        tuple(len(added) if isinstance(added := told.get("added"), list) else 0 for told in lines),
    )


def _sentences(told: Mapping[str, Any]) -> dict[str, float | None]:
    """First words → how much of the wording is kept; None where the sentence was left out."""
    listed = told.get("sentences")
    sentences = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return {str(one.get("begins"))[:_LONGEST]: _alike(one) for one in sentences if one.get("begins")}


def _alike(one: Mapping[str, Any]) -> float | None:
    alike = one.get("alike", 0)
    return None if one.get("in_copy") is None else float(alike) if isinstance(alike, int | float) else 0.0


def _carried(alike: float | None) -> tuple[str, str]:
    mark, word = _DROPPED if alike is None else next((m, w) for least, m, w in _CARRIED if max(alike, 0.0) >= least)
    return mark, say(word)
