"""How well the relations between claims are told: against `relations.json` of the shared documents.

A labelled relation holds claims by document and value. It counts as found where two of its claims in different
documents (or the two of one document, or the one that is impossible) have a verdict of its kind. What we call a
conflict between claims of which no relation is labelled counts against us.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tallyroom.check.agreement import Verdict
from tallyroom.record.claim import Claim

MEANS = {
    "agree": {"agrees", "rounded"},
    "conflict": {"conflicts"},
    "superseded": {"superseded"},
    "stale": {"stale"},
    "rounding": {"rounded", "truncated"},
    "scope": {"other scope"},
    "impossible": {"impossible"},
    "opposed assessments": {"opposed"},
}


def found_of(relation: dict[str, Any], verdicts: Sequence[Verdict]) -> bool:
    """Whether some verdict of the relation's kind stands between its claims."""
    wanted = [(told["document"], told["value"]) for told in relation["claims"]]
    for verdict in verdicts:
        if verdict.verdict not in MEANS[relation["relation"]]:
            continue
        claims = [claim for claim in (verdict.claim, verdict.other) if claim is not None]
        if all(any(_is(claim, document, value) for document, value in wanted) for claim in claims):
            return True
    return False


def _is(claim: Claim, document: str, value: object) -> bool:
    if claim.document != document:
        return False
    if claim.kind == "assessment":
        return isinstance(value, str)
    if isinstance(value, int | float):
        return claim.number is not None and float(claim.number) == value
    # Values told in words: the number must be among them, or the name.
    return str(claim.number or claim.value).replace(",", "") in str(value).replace(",", "") or str(claim.value) == value


def strangers(relations: Sequence[dict[str, Any]], verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Conflicts, each thing and pair of values once, that no labelled relation knows.

    A document that is labelled as stale in one share is so in the others, which are not labelled.
    """
    stale = {told["document"] for r in relations if r["relation"] == "stale" for told in r["claims"]}
    seen: dict[tuple[str, ...], Verdict] = {}
    for verdict in verdicts:
        if verdict.verdict not in ("conflicts", "impossible", "stale") or verdict.other is None:
            continue
        if verdict.verdict == "stale" and verdict.claim.document in stale:
            continue
        pair = (verdict.claim, verdict.other)
        values = [[told["value"] for told in relation["claims"]] for relation in relations]
        if not any(all(any(_is(one, one.document, value) for value in known) for one in pair) for known in values):
            seen.setdefault((verdict.claim.kind, *sorted(str(claim.value) for claim in pair)), verdict)
    return list(seen.values())


def score(relations: Sequence[dict[str, Any]], verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """Recall over the labelled relations, precision over them and the strangers, and F1."""
    right = [relation for relation in relations if found_of(relation, verdicts)]
    wrong = strangers(relations, verdicts)
    precision = len(right) / (len(right) + len(wrong)) if right else 0.0
    recall = len(right) / len(relations)
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall) if right else 0.0,
        "missed": [relation["topic"] for relation in relations if relation not in right],
        "strangers": [verdict.says for verdict in wrong],
    }
