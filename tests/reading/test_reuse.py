"""Which documents repeat one another, and what each carried."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import combinations
from random import Random
from typing import Any

import pytest

from tallyroom.reading.reuse.repeats import families, parents, reused
from tallyroom.reading.text.document import Document, document_of
from tests.reading.labelled import DOCUMENTS
from tests.reading.retold import APART, ONE_BACKGROUND, TOLD_AGAIN

STATEMENT = """Turnout in the election of 4 May reached 61.2 percent, the National Election Commission said on Monday.
The commission received protocols from all 3,912 polling stations in the whole country by now.
Chairwoman Ada Obi thanked the observers of the Lakeside Union for their patience during the night of the count.
A recount in the district of Lower Tamo is planned for next week, and its result will be published at once."""
REPORT = """Turnout in the election of 4 May reached 61.2 percent, the National Election Commission said on Monday.
Chairwoman Ada Obi thanked the observers of the Lakeside Union for their patience during the night of the count.
Shops in the capital were open as usual on the day after the vote, our correspondent saw."""
OTHER = """Ships may leave the harbour of Lower Tamo again after the storm, the master of the port told reporters.
Shops in the capital were open as usual on the day after the vote, our correspondent saw."""


def _documents(*texts: str) -> list[Document]:
    return [document_of(f"d{number}", text) for number, text in enumerate(texts)]


def test_a_report_is_found_to_repeat_the_statement_with_what_it_dropped_and_added() -> None:
    found = reused(_documents(STATEMENT, REPORT))
    assert [(one.source, one.copy) for one in found] == [("d0", "d1")]
    assert [(carried.sentence, carried.in_copy) for carried in found[0].carried] == [(0, 0), (2, 1)]
    assert found[0].dropped == (1, 3)
    assert found[0].added == (2,)


def test_a_shared_paragraph_at_the_end_makes_no_copy() -> None:
    assert reused(_documents(REPORT, OTHER)) == []


def test_documents_are_found_in_any_order() -> None:
    one_way = families(reused(_documents(STATEMENT, OTHER, REPORT)))
    assert one_way == [["d0", "d2"]]


@pytest.mark.parametrize(("first", "second"), TOLD_AGAIN)
def test_a_text_in_other_words_or_in_part_is_the_same_text(first: str, second: str) -> None:
    (found,) = reused(_documents(first, second))
    assert len(found.carried) >= 2


@pytest.mark.parametrize(("first", "second"), [*APART, *ONE_BACKGROUND])
def test_what_is_told_of_one_thing_is_not_for_that_one_text(first: str, second: str) -> None:
    assert reused(_documents(first, second)) == []


def test_beside_others_the_same_texts_belong_together() -> None:
    texts = [text for pair in (*TOLD_AGAIN, *APART) for text in pair]
    assert families(reused(_documents(*texts))) == [["d0", "d1"], ["d2", "d3"], ["d4", "d5"]]


def test_one_report_from_two_papers_is_one_text_whatever_stands_below_it() -> None:
    (report, _), (_, retold) = ONE_BACKGROUND[:2]
    news = report.split("\n", 1)[0]
    assert len(reused(_documents(report, news))) == 1
    assert len(reused(_documents(report, f"{news}\n{retold.split(chr(10), 2)[2]}"))) == 1


def test_a_document_goes_back_to_whom_it_cites() -> None:
    agency = f"TAMO, May 5 (Lakewire) - {STATEMENT} Shops were open."
    paper = f"(The Harbour) {STATEMENT}\nMore on this follows, The Harbour reports citing Lakewire."
    found = parents(reused(_documents(paper, agency)))
    assert {copy: (one.source, one.cited) for copy, one in found.items()} == {"d0": ("d1", True)}


@pytest.fixture(scope="module")
def shared() -> tuple[dict[str, Document], dict[str, list[dict[str, Any]]]]:
    """The shared documents by name, and the labelled groups of them."""
    if not DOCUMENTS.is_dir():
        pytest.skip(f"the documents are not at {DOCUMENTS}")
    told = json.loads((DOCUMENTS / "reuse.json").read_text(encoding="utf-8"))
    texts = {path.stem: path.read_bytes().decode() for path in sorted(DOCUMENTS.glob("*.txt"))}
    return {name: document_of(name, text, anchor="2024-02-07") for name, text in texts.items()}, told


def _pairs(told: dict[str, list[dict[str, Any]]], chosen: Iterable[str], *, background: bool = False) -> set[Any]:
    """The labelled pairs among some documents: of one text, or only of one background."""
    groups = [
        sorted({*group["members"]} & {*chosen}) for group in told["groups"] if group["boilerplate_only"] == background
    ]
    return {pair for members in groups for pair in combinations(members, 2)}


def _found(documents: dict[str, Document], chosen: Iterable[str]) -> set[tuple[str, str]]:
    return {pair for one in families(reused([documents[n] for n in chosen])) for pair in combinations(one, 2)}


@pytest.mark.parametrize("step", [1, 2])
def test_the_groups_of_the_shared_documents_are_found_among_all_and_among_half(shared: Any, step: int) -> None:
    """Pairs of documents in one group: precision and recall against reuse.json; background alone is no group."""
    documents, told = shared
    grouped = {member for group in told["groups"] for member in group["members"]}
    chosen = sorted({*sorted(grouped)[::step], *list(documents)[::step]})
    wanted, found = _pairs(told, chosen), _found(documents, chosen)
    assert not found & _pairs(told, chosen, background=True)
    assert 2 * len(found & wanted) / (len(found) + len(wanted)) >= 0.95


def test_among_two_to_six_documents_a_background_makes_no_copy_and_a_copy_is_found(shared: Any) -> None:
    """Small draws, each with two documents or more of one group or of one background."""
    documents, told = shared
    alike = [group["members"] for group in (*told["groups"], *told["shared_background"])]
    rng = Random("small draws")
    right = wrong = missed = 0
    for number in range(80):
        members = rng.choice(alike)
        some = rng.sample(members, min(len(members), rng.choice((2, 2, 3))))
        others = sorted({*documents} - {*some})
        chosen = sorted({*some, *rng.sample(others, number % 4)})
        wanted, found = _pairs(told, chosen), _found(documents, chosen)
        right, wrong, missed = right + len(found & wanted), wrong + len(found - wanted), missed + len(wanted - found)
    assert right / (right + wrong) >= 0.95
    assert right / (right + missed) >= 0.9
