"""What the checks say of real returns: few things, each in one sentence, and nothing of what is usual.

The numbers are those of the files in the shared folder, some counted there by hand (its README).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tallyroom.check.checks import check_record
from tallyroom.check.findings import Finding, Report
from tallyroom.sources.importing import import_files
from tallyroom.sources.mapping_file import read_mapping
from tests.check.making import as_text, found, lacking, only, passed


@cache
def _report(shared: Path, mapping: str, file: str) -> Report:
    return check_record(import_files(read_mapping(mapping), [shared / "data" / file]).record)


def _said(findings: list[Finding]) -> list[tuple[str, str, int]]:
    return [(f.severity, f.check, f.count) for f in findings]


def test_georgia_2013_is_said_in_seven_findings(shared):
    report = _report(shared, "georgia-2013", "ge2013-president.csv")
    assert _said(list(report.findings)) == [
        ("error", "form: No more invalid ballots and votes than signatures", 4),
        ("error", "form: No more signatures than ballots received", 2),
        ("error", "form: No more signatures than voters on both lists", 1),
        ("error", "more-votes-than-voters", 1),
        ("error", "more-votes-than-voters", 1),
        ("warning", "form: Signatures equal invalid ballots and votes", 428),
        ("notice", "numbering", 5),
    ]
    assert found(report, "numbering")[0].numbers["missing"] == 9
    assert {p.check for p in report.passed} > {"same-figures", "size", "full-turnout"}
    as_text(report)


def test_poland_2020_is_said_in_seven_findings_and_no_ordinary_large_station_is_one(shared):
    report = _report(shared, "poland-2020-round-2", "pl2020-president-round2.csv.zip")
    assert _said(list(report.findings)) == [
        ("error", "form: No more cards in the urn than issued and envelopes", 386),
        ("warning", "form: Cards in the urn equal cards issued and envelopes", 1597),
        ("warning", "form: Cards received equal cards unused and issued", 744),
        ("warning", "form: Cards from envelopes equal envelopes put into the urn", 75),
        ("notice", "full-turnout", 6),
        ("notice", "full-turnout", 69),
        ("notice", "numbering", 3),
    ]
    form = report.findings[1]
    assert form.says.startswith(
        "1,597 stations: Cards taken from the urn ≠ Voters to whom a card was issued + Envelopes with cards put into "
        "the urn. By the form: Cards in the urn equal cards issued and envelopes."
    )
    assert form.arithmetic == "cards == issued + envelopes"
    # Ships, hospitals and homes are said apart from the five ordinary stations.
    assert "5 stations of kind permanent" in report.findings[4].says
    assert "60 stations of kind institution; 7 stations of kind ship" in report.findings[5].says
    # Two candidates have the same votes at 755 pairs of stations, by chance; no whole row is the same.
    assert passed(report, "same-figures")
    assert {p.of for p in passed(report, "size")} == {25433, 1619, 167}
    assert [c.count for c in lacking(report, "size")] == [8]


@pytest.mark.slow
def test_the_electronic_rows_of_russia_2021_are_far_beyond_stations_and_large_cities_are_not(shared):
    report = _report(shared, "russia-2021", "ru2021.csv.zip")
    size = only(found(report, "size"))
    assert (size.count, size.numbers["largest"], size.numbers["usual_at_most"]) == (15, 171_979, 2_475)
    assert all("Москва" in case.where.station for case in size.cases)
    # The row of 645 votes is the same at two stations of one town, and so is one of 370.
    same = only(found(report, "same-figures"))
    assert [case.numbers["votes"] for case in same.cases] == [645, 370]
    assert [f.count for f in found(report, "full-turnout")] == [917, 1292]
    assert len(report.findings) <= 8


def test_the_two_rows_that_stand_twice_in_albania_2013_are_found(shared):
    report = _report(shared, "albania-2013", "al2013-parliament.csv.gz")
    same = only(found(report, "same-figures"))
    assert sorted(int(case.numbers["votes"]) for case in same.cases) == [448, 496]
    assert len(report.findings) <= 8
