"""Mappings: read strictly, with all their faults at once."""

from __future__ import annotations

import pytest

from tallyroom.errors import NoSuchMapping
from tallyroom.record.definition import read_definition
from tallyroom.sources.mapping_file import built_in_mappings, read_mapping


def test_an_unknown_mapping_is_refused_with_the_nearest():
    with pytest.raises(
        NoSuchMapping, match=r"georgia-2012 is no built-in mapping and no file\. The nearest .* georgia-2013"
    ):
        read_mapping("georgia-2012")


def test_every_built_in_mapping_says_what_it_is_on_one_line():
    assert all(says and "\n" not in says for says in built_in_mappings().values())


def test_an_unknown_key_is_refused_with_the_nearest_and_its_line(example):
    says = example.refusal(("thousands =", "thousand ="))
    assert "freedonia.toml, line 10: cells.thousand is no key that is known here. The nearest is thousands." in says


def test_a_header_that_matches_two_figures_is_refused(example):
    says = example.refusal(('invalid = "Invalid"', 'invalid = "  VOTERS"'), ("[ignore]", '[ignore]\n"Invalid" = "x"'))
    assert "'Voters' is the column of registered and of invalid; expected one of them." in says


def test_a_header_that_is_taken_and_ignored_is_refused(example):
    says = example.refusal(("[ignore]", '[ignore]\n"Place" = "not needed"'))
    assert "ignore 'Place' is also the column of station.name; expected one of the two." in says


def test_an_item_without_a_column_and_a_choice_that_is_none_are_refused_together(example):
    says = example.refusal(('invalid = "Invalid"\n', ""), ('choice = "berg"', 'choice = "burg"'))
    assert "items invalid is missing; expected the column in which it stands." in says
    assert "votes burg is unknown; expected a choice of the contest. The nearest is berg." in says
    assert "votes berg is missing" in says


def test_a_fault_in_the_definition_is_shown_at_its_line_in_the_mapping(example):
    lines = example.mapping.splitlines()
    says = example.refusal(('valid = "sum(votes)"', 'valid = "sum(voters)"'))
    line = lines.index('valid = "sum(votes)"') + 1
    assert f"freedonia.toml, line {line}: election.contests[0].figures.valid is 'sum(voters)'" in says


def test_faults_of_the_mapping_and_of_its_definition_come_together(example):
    says = example.refusal(
        ('outlet = "Election', 'outlets = "Election'), ('timezone = "Etc/UTC"', 'timezone = "Etc/UTZ"')
    )
    assert "source.outlets is no key that is known here. The nearest is outlet." in says
    assert "election.timezone" in says


def test_a_definition_that_does_not_stand_last_is_refused(example):
    says = example.refusal(("[[election.form.checks]]", '[file]\nlayout = "wide"\n\n[[election.form.checks]]'))
    assert "Put [election] last" in says


def test_a_mapping_without_a_definition_is_refused(example):
    assert "election is missing" in example.refusal((example.mapping[example.mapping.index("[election]") :], ""))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("[cells]", "cells ="), "expected TOML"),
        (("[cells]", '[file]\nencodings = ["klingon"]\n[cells]'), "'klingon'; expected an encoding such as utf-8"),
        (("[cells]", '[file]\nencodings = ["base64"]\n[cells]'), "'base64'; expected an encoding such as utf-8"),
        (("(?P<code>[0-9]{2})", "(?P<code>[0-9]{2}"), "expected a regular expression ("),
        (("(?P<code>[0-9]{2}) (?P<name>.+)", "[0-9]+ .+"), "expected a regular expression with a named part"),
        (('name = "{Place}"', 'name = "{Place"'), "station.name is '{Place'; expected a text with columns in braces"),
        (('name = "{Region.name}"', 'name = "{Region.nam}"'), "expected a part of [parts]: region.code, region.name"),
        (('id = "freedonia"\n', 'id = "f-{Place}"\n'), "expected one nation, with an id of its own"),
        (
            ('registered = "registered"\n\n[[areas]]', 'registered = "voters"\n\n[[areas]]'),
            "station.registered is 'voters'",
        ),
        (('name = "Anna Alm", ', ""), "votes alm is without a name"),
        (("candidates =", 'contest = "mayor"\ncandidates ='), "contest is 'mayor'; expected one of president"),
        (
            ('outlet = "E', 'date = "yesterday"\noutlet = "E'),
            "sources.csv, line 2: date is 'yesterday'; expected a date",
        ),
        (('kind = "region"', 'kind = "constituancy"'), "areas.csv, line 3: kind is 'constituancy'"),
        (('id = "region-{Region.code}"', 'id = "station-01-1"'), "expected an id of its own"),
        (("candidates =", 'election_text = "x"\ncandidates ='), "election_text is no key that is known here"),
    ],
)
def test_a_mapping_that_cannot_be_meant_is_refused(example, change, says):
    assert says in example.refusal(change)


def test_a_mapping_in_another_encoding_is_refused(tmp_path):
    (tmp_path / "m.toml").write_bytes(b'name = "\xe9"')
    with pytest.raises(Exception, match=r"m\.toml: no UTF-8; expected UTF-8\. Save it as UTF-8\."):
        read_mapping(str(tmp_path / "m.toml"))


def test_the_records_definition_is_that_of_the_mapping_with_a_fact_about_the_import(example):
    record = example.run().record
    election, faults = read_definition(record.definition_text)
    assert faults == []
    assert election == record.election
    assert 'expression = "issued == invalid + sum(votes)"' in record.definition_text
    [fact] = record.election.facts
    assert (fact.name, fact.source) == ("imported", "freedonia.csv")
    assert fact.value == "3 rows by the mapping freedonia-2031: 3 kept, 0 reported"


def test_parties_become_organisations(example):
    record = example.run(('candidates = "people"', 'candidates = "parties"')).record
    assert [(row["id"], row["kind"]) for row in record.rows("organisations")] == [("alm", "party"), ("berg", "party")]


def test_choices_with_names_in_the_definition_need_no_candidates(example):
    changes = [('candidates = "people"\n', ""), ('["alm", "berg"]', '[{ id = "alm", names = { en = "Yes" } }, "berg"]')]
    record = example.run(*changes).record
    assert record.rows("candidates") == []
    assert record.name_of("alm") == "Yes"
