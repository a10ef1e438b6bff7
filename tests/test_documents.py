"""What the documents say is what happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tallyroom.record.document import record_document
from tests.transcripts import is_told_by, output_of, transcripts

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("document", ["README.md"])
def test_the_transcripts_in_the_documents_are_what_the_commands_print(document: str, tmp_path: Path) -> None:
    found = list(transcripts(ROOT / document))
    assert found
    for words, printed in found:
        output = output_of(words, tmp_path)
        assert is_told_by(printed, output), f"tallyroom {' '.join(words)} prints:\n" + "\n".join(output)


def test_a_transcript_that_is_not_told_so_is_noticed() -> None:
    output = ["one", "two", "three", "four"]
    assert is_told_by(["one", "…", "three", "four"], output)
    assert is_told_by(["one", "two", "…"], output)
    assert not is_told_by(["one", "three", "four"], output)
    assert not is_told_by(["one", "…", "four", "three"], output)
    assert not is_told_by(["one", "two", "three"], output)


def test_the_page_on_the_record_is_made_of_its_tables() -> None:
    assert (ROOT / "docs" / "record.md").read_text(encoding="utf-8") == record_document()


def test_every_link_within_the_documents_leads_somewhere() -> None:
    for document in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (document.parent / target).exists(), f"{document.name} links to {target}"
