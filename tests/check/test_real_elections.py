"""Announced totals of well-known elections: what is right stays quiet, and what is odd is found.

The figures are those of the publications named beside them, typed in by hand; what matters here is
that they are of real elections, add up, and have the shares that were printed.
"""

from __future__ import annotations

import csv
import re

import pytest

from tallyroom.tabulate.shares import printed_share
from tests.check.making import Making, alarms, as_text, found, only, passed

# Proclamation of the Constitutional Council, 27 April 2022, second round: registered 48,752,339, voters
# 35,096,391 (71.99 %), valid 32,057,325; Macron 18,768,639 (58.55 %), Le Pen 13,288,686 (41.45 %).
_FRANCE_2022 = (48_752_339, 35_096_391, "71.99", 32_057_325, (18_768_639, 13_288_686), ("58.55", "41.45"))
# Announcement of the National Electoral Commission of Poland, 13 July 2020, second round: entitled 30,268,460,
# turnout 68.18 % (20,636,635), valid 20,458,911; Duda 10,440,648 (51.03 %), Trzaskowski 10,018,263 (48.97 %).
_POLAND_2020 = (30_268_460, 20_636_635, "68.18", 20_458_911, (10_440_648, 10_018_263), ("51.03", "48.97"))
# Constitutional Council, 10 May 2012, second round: registered 46,066,307, voters 37,016,309 (80.35 %), valid
# 34,861,353; Hollande 18,000,668 (51.64 %), Sarkozy 16,860,685 (48.36 %).
_FRANCE_2012 = (46_066_307, 37_016_309, "80.35", 34_861_353, (18_000_668, 16_860_685), ("51.64", "48.36"))


@pytest.mark.parametrize("result", [_FRANCE_2022, _POLAND_2020, _FRANCE_2012], ids=["fr-2022", "pl-2020", "fr-2012"])
def test_a_second_round_that_is_right_raises_no_alarm(tmp_path, result):
    registered, voters, turnout, valid, votes, shares = result
    making = Making(("first", "second")).votes(*votes).shares(*shares).figure("valid_votes", valid)
    making.figure("registered_voters", registered).figure("turnout_count", voters).figure("turnout_share", turnout)
    making.figure("invalid_votes", voters - valid)
    report = making.report(tmp_path)
    assert alarms(report) == []
    for check in ("votes-add-up", "shares-of-votes", "shares-possible", "turnout-of-register", "turnout-holds-votes"):
        assert passed(report, check), check
    assert not found(report, "made-from-percentages")


def test_venezuela_2024_is_what_percentages_with_one_decimal_give(tmp_path):
    # CNE, 29 July 2024 00:09, 80 % of the records: 5,150,092 (51.20 %), 4,445,978 (44.2 %), others 462,704 (4.6 %).
    making = (
        Making(("maduro", "gonzalez", "others")).votes(5_150_092, 4_445_978, 462_704).shares("51.20", "44.2", "4.6")
    )
    report = making.report(tmp_path)
    finding = only(found(report, "made-from-percentages"))
    assert finding.severity == "warning"
    assert (finding.numbers["total"], finding.numbers["decimals"]) == (10_058_774, 1)
    assert finding.numbers["chance_one_in"] == 101_178_934
    assert "(51.2, 44.2, 4.6)" in finding.says
    assert finding.arithmetic == "(10058774 / 1000)^2 = 101178934"
    # The shares agree with the votes, as they would: that is no finding.
    assert alarms(report) == [f"made-from-percentages: {finding.says}"]


def test_the_second_bulletin_of_venezuela_2024_is_no_such_thing(tmp_path):
    # CNE, 2 August 2024, 96.87 %: 6,408,844 (51.95 %), 5,326,104 (43.18 %), others 600,936 (4.87 %).
    making = Making(("maduro", "gonzalez", "others")).votes(6_408_844, 5_326_104, 600_936)
    report = making.shares("51.95", "43.18", "4.87").report(tmp_path)
    assert alarms(report) == []


def test_the_united_states_2020_are_right_with_their_others(tmp_path):
    # Federal Elections 2020 (FEC, October 2022): Biden 81,283,501 (51.31 %), Trump 74,223,975 (46.85 %),
    # Jorgensen 1,865,535 (1.18 %), Hawkins 407,068 (0.26 %), others 649,552 (0.41 %); total 158,429,631.
    making = Making(("biden", "trump", "jorgensen", "hawkins", "others"))
    making.votes(81_283_501, 74_223_975, 1_865_535, 407_068, 649_552).figure("valid_votes", 158_429_631)
    report = making.shares("51.31", "46.85", "1.18", "0.26", "0.41").report(tmp_path)
    assert alarms(report) == []
    # Adding up to 100.01 is rounding.
    assert "100.01" in passed(report, "shares-possible")[0].says


def test_a_list_of_choices_without_the_others_is_a_warning_not_an_error(tmp_path):
    making = Making(("biden", "trump")).votes(81_283_501, 74_223_975).figure("valid_votes", 158_429_631)
    report = making.shares("51.31", "46.85").report(tmp_path)
    assert only(found(report, "votes-add-up")).severity == "warning"
    assert not found(report, "shares-of-votes")


def test_germany_2021_is_right_with_one_decimal(tmp_path):
    # Bundeswahlleiter, 15 October 2021, second votes: SPD 11,955,434 (25.7), CDU 8,775,471 (18.9),
    # Grüne 6,852,206 (14.8), FDP 5,319,952 (11.5), AfD 4,803,902 (10.3), CSU 2,402,827 (5.2), Linke 2,270,906
    # (4.9), others 4,061,825 (8.7 or 8.8) of 46,442,023 valid; entitled 61,181,072, voters 46,854,508 (76.6).
    votes = (11_955_434, 8_775_471, 6_852_206, 5_319_952, 4_803_902, 2_402_827, 2_270_906)
    others = 46_442_023 - sum(votes)
    making = Making(("spd", "cdu", "gruene", "fdp", "afd", "csu", "linke", "others")).votes(*votes, others)
    making.shares("25.7", "18.9", "14.8", "11.5", "10.3", "5.2", "4.9", printed_share(others, 46_442_023, 1))
    making.figure("valid_votes", 46_442_023).figure("registered_voters", 61_181_072)
    making.figure("turnout_count", 46_854_508).figure("turnout_share", "76.6")
    report = making.report(tmp_path)
    assert alarms(report) == []


def test_georgia_2013_added_up_from_its_stations_is_right(tmp_path, shared):
    """23 choices, most of them below 1 %: the shares add up to other than 100, and all are rounded."""
    with (shared / "data" / "ge2013-president.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [name for name in rows[0] if re.match(r"\s*\d+ - ", name)]
    votes = [sum(int(row[name] or 0) for row in rows) for name in names]
    assert len(votes) == 23
    valid = sum(votes)
    making = Making([f"c{n}" for n in range(len(votes))]).votes(*votes).figure("valid_votes", valid)
    report = making.shares(*(printed_share(count, valid) for count in votes)).report(tmp_path)
    assert alarms(report) == []
    assert not found(report, "shares-of-votes")


def test_a_report_of_a_real_election_is_json(tmp_path):
    as_text(Making().votes(18_768_639, 13_288_686).report(tmp_path))
