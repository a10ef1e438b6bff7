"""The data dictionary, for people and as a table."""

from __future__ import annotations

import re

import pytest

from tallyroom.publish.formats.dictionary import dictionary_markdown, dictionary_table
from tallyroom.record.folder import read_record
from tests.publish.formats.making import HOSTILE, TWELVE, tables_of


@pytest.mark.parametrize("record", ["azerbaijan-2024", TWELVE, HOSTILE], ids=str)
def test_every_column_of_every_published_table_is_in_it(record):
    read = read_record(record)
    tables = tables_of(read)
    rows = dictionary_table(tables.values()).cells.to_pylist()
    assert [(row["table"], row["column"]) for row in rows] == [
        (t.name, c.name) for t in tables.values() for c in t.columns
    ]
    assert all(row["says"] for row in rows)
    text = dictionary_markdown(read, tables.values()).decode()
    sections = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert [name for name in sections if name in tables] == list(tables)


def test_items_of_the_form_and_choices_are_called_as_this_election_calls_them():
    read = read_record(TWELVE)
    text = dictionary_markdown(read, tables_of(read).values()).decode()
    assert "| spoiled | spoiled | en: Ballots spoiled and replaced |" in text
    assert "| ada-lund | Ada Lund |" in text
    assert "| votes.ada-lund | a whole number, 0 to 9223372036854775807 (INT64) | votes for Ada Lund | votes |" in text
    assert "Rule: plurality, 2 seats." in text


def test_a_hostile_record_writes_no_markup_into_it():
    read = read_record(HOSTILE)
    text = dictionary_markdown(read, tables_of(read).values()).decode()
    assert not re.search(r"(?<!\\)<", text)
    widths = {len(re.findall(r"(?<!\\)\|", line)) for line in text.splitlines() if line.startswith("| ")}
    assert widths <= {3, 4, 5, 9}
