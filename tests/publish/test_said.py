"""The page of what was said: each claim in its words, with its verdict, and nothing where there are no claims."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tallyroom.publish.site import publish
from tallyroom.reading.collection import read_documents
from tallyroom.reading.into import take_in
from tallyroom.record.folder import convert, read_record, write_record

AT = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
REPORT = """BAKU, Azerbaijan, February 8. Turnout in the presidential election was 67.7 percent, Mazahir Panahov,
chairman of the Central Election Commission, told reporters.
"</script><b>Seven</b> candidates ran," he said.
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of a record with the claims of one report."""
    tmp_path = tmp_path_factory.mktemp("said")
    folder = tmp_path / "mine"
    write_record(convert(read_record("azerbaijan-2024"), "csv"), folder)
    report = tmp_path / "report.txt"
    report.write_text(REPORT, encoding="utf-8")
    take_in(folder, read_documents([str(report)], read_record(folder)), lambda proposal: "rejected")
    told = [json.loads(line) | {"review": "accepted"} for line in (folder / "claims.jsonl").read_text().splitlines()]
    (folder / "claims.jsonl").write_text("".join(json.dumps(one) + "\n" for one in told), encoding="utf-8")
    publish(read_record(folder), tmp_path / "site", AT)
    return (tmp_path / "site" / "said.html").read_text(encoding="utf-8")


def test_each_claim_stands_there_with_its_words_its_document_and_its_verdict(page: str) -> None:
    assert "Turnout in the presidential election was 67.7 percent" in page
    assert "Mazahir Panahov" in page
    assert 'href="sources.html#report"' in page
    reviews = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[0])
    assert {review["@type"] for review in reviews} == {"ClaimReview"}
    assert all(review["url"].startswith("said.html#claim-") for review in reviews)


def test_no_text_of_a_document_becomes_markup(page: str) -> None:
    assert "<b>Seven" not in page
    assert page.count("</script>") == page.count("<script")


def test_a_record_without_claims_has_no_such_page(announced: Path) -> None:
    assert not (announced / "said.html").exists()
