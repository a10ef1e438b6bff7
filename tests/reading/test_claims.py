"""How well claims are found: on the shared documents, on the half of them that the rules never saw, elsewhere."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reading.labelled import DEVELOPED_ON, DOCUMENTS, SHARED, found_in, gold, invented, scorer

needs_documents = pytest.mark.skipif(not DOCUMENTS.is_dir(), reason=f"the labelled documents are not at {DOCUMENTS}")


def _score(found: list[dict[str, Any]], labels: list[dict[str, Any]]) -> dict[str, Any]:
    report: dict[str, Any] = scorer().score(found, labels)[0]
    return report


def _documents(which: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    labels = [d for d in gold() if which == "all" or (d["document"] in DEVELOPED_ON) == (which == "developed on")]
    texts = {d["document"]: (DOCUMENTS / f"{d['document']}.txt").read_bytes().decode() for d in labels}
    return [found_in(name, text, anchor="2024-02-07") for name, text in texts.items()], labels


@needs_documents
@pytest.mark.parametrize(
    ("which", "least", "numeric"), [("developed on", 0.95, 0.95), ("held back", 0.9, 0.95), ("all", 0.9, 0.95)]
)
def test_claims_of_the_labelled_documents_are_found(which: str, least: float, numeric: float) -> None:
    report = _score(*_documents(which))
    assert report["all"]["f1"] >= least
    assert report["numeric"]["f1"] >= numeric
    right, of = report["attribution_right"]
    assert right >= 0.9 * of


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"the scorer is not at {SHARED}")
def test_claims_of_invented_elections_elsewhere_are_found() -> None:
    texts = invented()
    report = _score([found_in(name, text) for name, text, _ in texts], [labels for _, _, labels in texts])
    assert report["all"]["f1"] >= 0.9
    assert report["numeric"]["f1"] >= 0.95
    right, of = report["attribution_right"]
    assert right >= 0.9 * of
