"""The yardstick: what section 10 of the facts about Azerbaijan 2024 found by hand, the checks find by themselves.

One test a line of that section, by its number. The lines are arithmetic over the rows of the built-in
record, so nothing here reads another file.
"""

from __future__ import annotations

from collections.abc import Iterable

from tallyroom.check.findings import Finding, Report
from tests.check.making import found, only, passed


def _about(findings: Iterable[Finding], *texts: str) -> Finding:
    return only([f for f in findings if all(text in f.says for text in texts)])


def test_01_the_turnouts_fit_both_registers_and_cannot_choose_between_them(report: Report):
    (good,) = passed(report, "turnout-of-register")
    for share in ("19.4389", "60.5404", "70.8495", "76.7298"):
        assert f"{share} %" in good.says
    assert "All 4 fit the registers of 6,478,623 and 6,478,840 alike" in good.says
    # Noon is the fifth: its count is impossible as printed, and fits once three zeros are taken away.
    assert "2,499,033 (3 zeros too many) is 38.5735 %" in only(found(report, "more-than-register")).says
    rivals = _about(found(report, "rival-figures"), "Registered voters")
    assert rivals.numbers["difference"] == "217"
    assert "cannot choose" in rivals.says


def test_02_voters_at_noon_are_386_times_the_register(report: Report):
    finding = only(found(report, "more-than-register"))
    assert finding.severity == "error"
    assert finding.numbers["count"] == 2_499_033_000
    assert finding.numbers["fits"] == 2_499_033
    assert "386 times the register of 6,478,623" in finding.says
    assert "fits the 38.57 %" in finding.says


def test_03_a_closing_turnout_of_67_7_is_less_than_what_was_counted_at_five(report: Report):
    finding = _about(found(report, "falls-with-time"), "67.7 %")
    assert finding.severity == "error"
    assert finding.numbers["voters"] == 4_386_028
    assert finding.numbers["counted_before"] == 4_590_075
    assert finding.numbers["fits"] == "76.7"


def test_04_the_final_votes_are_more_than_the_final_turnout_can_hold(report: Report):
    finding = _about(found(report, "turnout-holds-votes"), "4,957,967")
    assert finding.severity == "error"
    numbers = finding.numbers
    assert (numbers["votes"], numbers["registered"], numbers["turnout"]) == (4_957_967, 6_478_623, "76.43")
    assert (numbers["voters_as_printed"], numbers["excess_as_printed"]) == (4_951_612, 6_355)
    assert (numbers["most_voters"], numbers["excess"]) == (4_951_935, 6_032)
    assert (numbers["register_needed"], numbers["register_needed_cut_off"]) == (6_486_515, 6_486_090)
    assert numbers["share"] == "76.528"
    # The other register does not hold them either.
    assert [case.numbers["registered"] for case in finding.cases] == [6_478_623, 6_478_840]


def test_05_the_votes_at_100_percent_are_more_than_the_turnout_given_with_them(report: Report):
    ispd = _about(found(report, "turnout-holds-votes"), "4,969,044")
    qlobal = _about(found(report, "turnout-holds-votes"), "4,969,114")
    assert (ispd.numbers["share"], qlobal.numbers["share"]) == ("76.699", "76.700")
    assert (ispd.numbers["register_needed"], qlobal.numbers["register_needed"]) == (6_501_007, 6_501_098)


def test_06_one_turnout_stands_for_two_totals_and_fell_before_the_annulment(report: Report):
    finding = only(found(report, "one-turnout-two-totals"))
    moves = {case.numbers["moved"]: case.numbers["percent_of_register"] for case in finding.cases}
    assert moves == {-11_077: "0.171", -11_147: "0.172"}
    lowered = _about(found(report, "falls-with-time"), "the turnout was lowered")
    assert lowered.severity == "warning"
    assert lowered.numbers["counted_before"] == 4_971_032
    assert "11 stations annulled: only later, as of 2024-02-11" in lowered.says


def test_07_the_votes_that_fell_are_set_beside_the_annulled_stations(report: Report):
    finding = _about(found(report, "falls-with-time"), "Annulled in between: 11 stations")
    assert finding.severity == "notice"
    numbers = finding.numbers
    assert (numbers["fall"], numbers["fall_at_most"], numbers["stations_annulled"]) == (11_077, 11_147, 11)
    assert (numbers["per_annulled_station"], numbers["mean_per_station"]) == (1_007, 760)


def test_08_nurullayevs_two_counts_are_set_beside_the_losses_of_the_others(report: Report):
    finding = _about(found(report, "rival-figures"), "Razi Nurullayev")
    for text in ("39,797 and 39,727", "-0.39 %", "-0.21 %", "-0.17 % to -0.23 %", "Both are 0.80 %"):
        assert text in finding.says
    case = next(
        c
        for c in _about(found(report, "falls-with-time"), "Annulled in between: 11 stations").cases
        if "Nurullayev" in c.says
    )
    assert "84 less (0.21 %)" in case.says
    assert "154 less (0.39 %)" in case.says


def test_09_the_voters_leave_room_for_few_invalid_ballots(report: Report):
    (good,) = passed(report, "votes-within-voters")
    assert "4,969,044 votes of 4,971,032 voters, which leave 1,988 for invalid ballots (0.04 %)" in good.says
    assert "4,969,114 votes of 4,971,032 voters, which leave 1,918 for invalid ballots" in good.says


def test_10_shares_that_add_up_to_99_98_are_rounded_and_right(report: Report):
    (good,) = passed(report, "shares-possible")
    for text in ("count-5447: 100.00", "count-9335: 100.00", "count-100-trend: 99.98"):
        assert text in good.says
    assert not found(report, "shares-possible")
    (rounded,) = passed(report, "shares-of-votes")
    assert "correctly rounded" in rounded.says
    assert "count-100-trend over the votes of count-100-ispd (sum 99.98)" in rounded.says


def test_11_the_final_shares_are_what_the_largest_remainder_method_gives(report: Report):
    finding = only(found(report, "shares-of-votes"))
    assert finding.severity == "notice"
    numbers = finding.numbers
    assert (numbers["votes"], numbers["of"], numbers["printed"]) == (26_517, 4_957_967, "0.54")
    assert (numbers["fit_rounding"], numbers["fit_largest_remainder"], numbers["shares"]) == (6, 7, 7)
    assert "0.5348 %" in finding.says
    assert "add up to 100.00" in finding.says


def test_12_mustafas_two_shares_are_no_conflict(report: Report):
    assert not [f for f in report.findings if "Mustafa" in f.says]


def test_13_the_votes_and_the_stations_of_the_night_add_up(report: Report):
    (votes,) = passed(report, "votes-add-up")
    assert "count-9335: 4,651,473" in votes.says
    (stations,) = passed(report, "share-counted")
    assert "6,102 of 6,537 are 93.35 %" in stations.says


def test_14_the_3561_stations_belong_to_another_announcement(report: Report):
    finding = only(found(report, "share-counted"))
    assert finding.severity == "warning"
    assert (finding.numbers["reporting"], finding.numbers["printed"], finding.numbers["fits"]) == (
        3_561,
        "93.35",
        "54.47",
    )


def test_15_two_moments_in_one_sentence_are_named(report: Report):
    stale = found(report, "newer-figure-was-out")
    both = _about(stale, "76.73 %")
    assert both.severity == "notice"
    assert "76.43 %" in both.says
    assert "It stands beside 92.12 %, as of 2024-02-09: two moments in one text" in both.says
    late = only([f for f in stale if any("92.05 %" in case.says for case in f.cases)])
    assert "2024-02-11" in late.says


def test_16_a_thousand_webcams_are_not_20_percent_of_the_stations(report: Report):
    finding = only(found(report, "count-and-percent"))
    for text in ("1,000 and 20 %", "15.3 % of 6,537", "15.8 % of 6,319", "1,307 or 1,264"):
        assert text in finding.says


def test_17_the_stations_add_up_and_47_abroad_do_not(report: Report):
    (good,) = passed(report, "parts-and-whole")
    for text in ("6,319 + 218 = 6,537", "18 + 31 = 49", "6 + 31 = 37"):
        assert text in good.says
    abroad = _about(found(report, "rival-figures"), "Polling stations in Abroad")
    assert "49 and 47" in abroad.says
    everywhere = _about(found(report, "rival-figures"), "6,537 and 6,319")
    assert "6,319 is also given for polling stations (permanent)" in everywhere.says


def test_18_the_average_of_the_liberated_territories_agrees_with_their_voters(report: Report):
    (good,) = passed(report, "voters-per-station")
    for text in ("about 23,000 voters at 26 stations are about 885", "20,800 to 23,400"):
        assert text in good.says
    assert not found(report, "voters-per-station")


def test_19_the_observers_add_up_with_those_of_the_media(report: Report):
    (good,) = passed(report, "parts-and-whole")
    assert "5,405 + 83,961 = 89,366" in good.says
    finding = only(found(report, "parts-and-whole"))
    assert finding.severity == "notice"
    assert finding.numbers == {"parts": 90_156, "whole": 90_372, "difference": 216}
    assert "216 is also given for observers (media)" in finding.says


def test_20_what_the_exit_polls_leave_unexplained_is_named(report: Report):
    rey = only(found(report, "poll-shares"))
    for text in ("96.12", "3.15 refused", "99.27", "0.73"):
        assert text in rey.says
    (good,) = passed(report, "poll-shares")
    for text in ("oracle: the shares add up to 100.0", "src: the shares add up to 99.7", "76.2", "0.3 less than 100"):
        assert text in good.says


def test_21_the_exit_polls_stand_beside_the_final_result(report: Report):
    finding = only(found(report, "polls-and-result"))
    assert finding.severity == "notice"
    assert finding.numbers == {
        "announced": "92.12",
        "difference_oracle": "1.78",
        "difference_src": "0.28",
        "difference_rey": "0.48",
    }
    assert "second is Razi Nurullayev, not Zahid Oruj" in finding.says


def test_22_the_ballots_printed_are_more_than_the_register(report: Report):
    (good,) = passed(report, "ballots-printed")
    assert "6,524,203 ballots are 45,580 more than the register of 6,478,623 (0.70 %)" in good.says


def test_23_one_word_for_17_and_for_7_candidates(report: Report):
    finding = _about(found(report, "rival-figures"), "Candidates registered")
    assert "17 and 7" in finding.says
    assert "7 registered" in finding.says


def test_what_is_right_is_not_reported(report: Report):
    said = " ".join(f.says for f in report.findings if f.check not in ("polls-and-result", "newer-figure-was-out"))
    for text in ("nearly 800", "about 6,500,000", "54.5 %", "more than 74", "Mustafa", "99.98", "80,000"):
        assert text not in said


def test_nothing_of_2018_is_mixed_in(report: Report):
    said = " ".join([f.says for f in report.findings] + [p.says for p in report.passed])
    assert not any(text in said for text in ("86.02", "74.30", "74.51", "12,403"))


def test_nothing_beyond_the_known_findings_is_found(report: Report):
    """A new alarm is either right and belongs above, or false."""
    assert sorted((f.severity, f.check) for f in report.findings) == [
        ("error", "falls-with-time"),
        ("error", "more-than-register"),
        ("error", "turnout-holds-votes"),
        ("error", "turnout-holds-votes"),
        ("error", "turnout-holds-votes"),
        ("notice", "falls-with-time"),
        ("notice", "newer-figure-was-out"),
        ("notice", "newer-figure-was-out"),
        ("notice", "newer-figure-was-out"),
        ("notice", "one-turnout-two-totals"),
        ("notice", "parts-and-whole"),
        ("notice", "poll-shares"),
        ("notice", "polls-and-result"),
        ("notice", "shares-of-votes"),
        ("warning", "count-and-percent"),
        ("warning", "falls-with-time"),
        ("warning", "rival-figures"),
        ("warning", "rival-figures"),
        ("warning", "rival-figures"),
        ("warning", "rival-figures"),
        ("warning", "rival-figures"),
        ("warning", "rival-figures"),
        ("warning", "rival-figures"),
        ("warning", "rival-figures"),
        ("warning", "share-counted"),
    ]
