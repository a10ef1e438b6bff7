"""The page of what was said: each claim in its words, with its verdict, and nothing where there are no claims."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tallyroom.publish.site import publish
from tallyroom.reading.collection import read_documents
from tallyroom.reading.into.proposals import Proposal
from tallyroom.reading.into.taking import take_in
from tallyroom.reading.reuse.passed_on import Derivation
from tallyroom.record.adding import add_rows
from tallyroom.record.folder import convert, read_record, write_record
from tests.publish.reading import Read
from tests.publish.test_browser import EVERYTHING, violations

AT = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
REPORT = """BAKU, Azerbaijan, February 8. Turnout in the presidential election was 67.7 percent, Mazahir Panahov,
chairman of the Central Election Commission, told reporters.
"</script><<b>b>Seven</b> candidates ran," he said.
Voters queued at the harbour in the morning although it was raining, and the last of them left at nine.
The Reform Party endorsed Ilham Aliyev for the election to be held on February 7, 2024.
“Turnout at the harbour was 71 percent by five.”
"""
COPY = (
    "\n".join(REPORT.splitlines()[:2])
    + "\nA party called the election transparent and well organised, our reporter heard."
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a record with the claims of a report and of another that repeats it."""
    tmp_path = tmp_path_factory.mktemp("said")
    folder = tmp_path / "mine"
    write_record(convert(read_record("azerbaijan-2024"), "csv"), folder)
    paths = [tmp_path / "report.txt", tmp_path / "copy.txt"]
    for path, text in zip(paths, (REPORT, COPY), strict=True):
        path.write_text(text, encoding="utf-8")
    readings = read_documents(map(str, paths), read_record(folder))
    take_in(folder, readings, lambda proposal: "accepted" if _accepted(proposal) else "proposed")
    circle = {"echo-1": "echo-2", "echo-2": "echo-1"}
    add_rows(folder, {"sources": [{"id": a, "outlet": a.title(), "derived_from": b} for a, b in circle.items()]})
    publish(read_record(folder), tmp_path / "site", AT, address="https://example.org/2024/")
    return tmp_path / "site"


def _accepted(proposal: Proposal | Derivation) -> bool:
    return isinstance(proposal, Derivation) or proposal.claim.kind == "endorsement"


@pytest.fixture(scope="module")
def page(site: Path) -> str:
    """The page of what was said."""
    return (site / "said.html").read_text(encoding="utf-8")


def test_each_claim_stands_there_with_its_words_its_document_and_its_verdict(page: str) -> None:
    assert "Turnout in the presidential election was 67.7 percent" in page
    assert "Mazahir Panahov" in page
    assert 'href="sources.html#report"' in page
    assert ">“Turnout in the presidential election was 67.7 …”, 8 February 2024</a>" in page  # no outlet is named
    assert re.search(r'data-kind="turnout_share" data-stance="" data-verdict="agrees"', page)


def test_a_claim_that_was_compared_with_the_record_is_reviewed_with_all_that_search_engines_ask_for(page: str) -> None:
    reviews = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[0])
    assert reviews
    for review in reviews:
        assert (review["@context"], review["@type"]) == ("https://schema.org", "ClaimReview")
        assert review["url"].startswith("https://example.org/2024/said.html#claim-")
        assert review["url"].rpartition("#")[2] in re.findall(r'id="(claim-[0-9a-f]+)"', page)
        assert 0 < len(review["claimReviewed"]) <= 240
        rating = review["reviewRating"]
        assert rating["worstRating"] <= rating["ratingValue"] <= rating["bestRating"]
        assert rating["alternateName"]
        assert review["itemReviewed"]["@type"] == "Claim"
        assert review["isBasedOn"].startswith("https://example.org/2024/figures.html#")


def test_every_choice_of_the_filters_finds_a_claim_and_is_out_of_sight_without_the_script(site: Path) -> None:
    read = Read(site / "said.html")
    assert next(attrs for tag, attrs in read.tags if attrs.get("id") == "_filters").keys() >= {"hidden"}
    choices = [attrs["value"] for tag, attrs in read.tags if tag == "option" and attrs["value"]]
    names = ("data-speaker", "data-kind", "data-stance", "data-verdict")
    there = {attrs[name] for _, attrs in read.tags for name in names if name in attrs}
    assert choices
    assert set(choices) <= there
    assert not [attrs for tag, attrs in read.tags if tag == "li" and "hidden" in attrs]


def test_what_a_report_carried_and_left_out_stands_below_the_text_that_it_repeats(site: Path) -> None:
    text = Read(site / "said.html").text
    family = text[text.index("Which documents repeat which Each text") :]
    assert re.search(r"Turnout in the presidential election was 67\.7 percent.{0,30} ● word for word", family)
    assert re.search(r"Voters queued at the harbour.{0,60} left out", family)
    assert "Sentences added 1" in family
    assert re.search(r"Echo-1\W+undated\W+Echo-2\W+undated", family)  # each is said to repeat the other


def test_a_statement_that_was_taken_from_a_claim_is_told_once(site: Path) -> None:
    assert "reform-party,endorsement" in (site / "data" / "statements.csv").read_text(encoding="utf-8")
    page = Read(site / "said.html").text
    assert "The Reform Party endorsed Ilham Aliyev" in page
    assert "in the words of the record" in page  # other statements are there
    assert "Reform Party supports Ilham Aliyev" not in page


def test_a_sentence_that_stands_in_quotation_marks_is_given_without_them(page: str) -> None:
    assert ">Turnout at the harbour was 71 percent by five.</" in page


def test_the_mood_of_a_claim_is_told_in_the_language_of_the_page(site: Path) -> None:
    assert ", planned" in Read(site / "said.html").text
    assert "، planned" not in Read(site / "ar" / "said.html").text


def test_no_text_of_a_document_becomes_markup(page: str) -> None:
    assert "<b>Seven" not in page
    assert page.count("</script>") == page.count("<script")
    assert "Which documents repeat which" in page


def test_a_record_without_claims_has_no_such_page(announced: Path) -> None:
    assert not (announced / "said.html").exists()


@pytest.mark.browser
def test_what_is_chosen_is_shown_alone_stands_in_the_address_and_hides_no_claim_that_a_link_names(
    site: Path, browser: Browser
) -> None:
    address = (site / "said.html").as_uri()
    page = browser.new_page()
    page.goto(f"{address}#kind=turnout_share")
    claims = page.locator("li[data-kind]")
    shown = [one for one in claims.all() if one.is_visible()]
    assert {one.get_attribute("data-kind") for one in shown} == {"turnout_share"}
    assert page.locator("output").inner_text().startswith(f"{len(shown)} of ")
    page.select_option("select[name=verdict]", "agrees")
    assert page.url == f"{address}#kind=turnout_share&verdict=agrees"
    hidden = claims.filter(visible=False).first.get_attribute("id")
    page.evaluate("id => { location.hash = id }", hidden)
    page.wait_for_function("id => document.getElementById(id).checkVisibility()", arg=hidden)
    assert not violations(page, address, EVERYTHING)
    page.close()
