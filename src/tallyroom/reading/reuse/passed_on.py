"""Who repeats whom, as lines of `reuse.jsonl`: which sentences of a text a report carried, and which it dropped.

Only the first words of a sentence are kept, enough to find it: the documents stay where they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tallyroom.reading.reuse.repeats import Reuse, parents, reused
from tallyroom.reading.text.document import Document

__all__ = ["Derivation", "lines_of_reuse", "titled"]

_FIRST, _TITLE = 60, 100  # letters
_LEAST_OF_A_TITLE = 5  # words


@dataclass(frozen=True)
class Derivation:
    """That one source repeats another, which a person accepts or rejects."""

    source: str
    copy: str
    carried: int
    dropped: int
    added: int

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> Derivation:
        """The proposal of a line of `reuse.jsonl`."""
        sentences, added = _list(told, "sentences"), _list(told, "added")
        kept = sum(isinstance(one, dict) and one.get("in_copy") is not None for one in sentences)
        return cls(str(told.get("source")), str(told.get("copy")), kept, len(sentences) - kept, len(added))


def _list(told: Mapping[str, Any], name: str) -> list[Any]:
    """What a line has of this name, which somebody may have written by hand."""
    found = told.get(name)
    return found if isinstance(found, list) else []


def lines_of_reuse(documents: Mapping[str, Document]) -> list[dict[str, Any]]:
    """Every pair of documents that repeat one another. documents: by the id of their source.

    `review` is `proposed` where the one is what the other goes back to; the other pairs are only shown.
    """
    if len(documents) < 2:
        return []
    ids = {document.id: name for name, document in documents.items()}
    found = [one for one in reused(list(documents.values())) if ids[one.source] != ids[one.copy]]
    nearest = {(one.source, one.copy) for one in parents(found).values()}
    return [
        _line(one, documents[ids[one.source]], documents[ids[one.copy]], ids)
        | ({"review": "proposed"} if (one.source, one.copy) in nearest else {})
        for one in found
    ]


def _line(reuse: Reuse, source: Document, copy: Document, ids: Mapping[str, str]) -> dict[str, Any]:
    names = (ids[reuse.source], ids[reuse.copy])
    kept = {one.sentence: one for one in reuse.carried}
    sentences = [
        {"begins": begins(source, number), "in_copy": kept[number].in_copy, "alike": round(kept[number].alike, 2)}
        if number in kept
        else {"begins": begins(source, number), "in_copy": None}
        for number in sorted({*kept, *reuse.dropped})
    ]
    return {
        "id": f"reuse-{hashlib.sha256(chr(31).join(names).encode()).hexdigest()[:16]}",
        "source": names[0],
        "copy": names[1],
        "overlap": round(reuse.overlap, 4),
        "sentences": sentences,
        "added": [begins(copy, number) for number in reuse.added],
    }


def begins(document: Document, number: int, letters: int = _FIRST) -> str:
    """The first words of a sentence."""
    text = " ".join(document.sentences[number].text.split())
    if len(text) <= letters:
        return text
    return text[:letters].rsplit(" ", 1)[0].rstrip(" ,;:-") + " …"


def titled(document: Document) -> str:
    """What to call a document: how its first sentence begins, passing over a byline or a date."""
    numbers = range(len(document.sentences))
    long = (number for number in numbers if len(document.sentences[number].text.split()) >= _LEAST_OF_A_TITLE)
    return next((begins(document, number, _TITLE) for number in (*long, *numbers[:1])), "")
