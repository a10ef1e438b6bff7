"""Figures of turnout, registers, stations, counts and observers in invented sentences: each with all that it claims."""

from __future__ import annotations

import pytest

from tallyroom.reading.reader import RuleReader
from tallyroom.reading.text.document import document_of

# Who voted, by the verb of the number.
VOTED = [
    (
        "turnout_count 16700000; turnout_share 75.6",
        "The 16.7 million (75.6%) who are on the rolls made it to the polls.",
    ),
    (
        "turnout_count 1800000; turnout_share 11.2; registered_voters 17000000",
        "Only 1.8 million, that is 11.2 percent of 17 million voters, showed up.",
    ),
    ("registered_voters 95000; turnout_count 63800", "She added that 63,800 of 95,000 had voted."),
    (
        "registered_voters 903111; turnout_count 512333; turnout_share 56.7",
        "Of the 903,111 people on the list 512,333 took part, a turnout of 56.7%.",
    ),
    ("turnout_count 1566; turnout_count 13", "1,566 Lurdians and only 13 ethnic Sorns voted."),
    ("turnout_share 66.67", "Two thirds of the voters turned out."),
    ("turnout_share 33.33", "Fewer than one in three voters bothered to turn up."),
    ("turnout_share 62.1", "The turnout is now 62-point-one percent."),
    ("", "Of those who voted in 2030, 61 percent had done so by post, and 168 complaints had come in."),
]
# What the label in front says.
LABELLED = [
    ("valid_votes 2941870", "Valid votes: 2,941,870."),
    ("registered_voters 272000", "The commission put the Lurdian roll at 272 thousand."),
    ("registered_voters 1930000", "Ten in all were born before the war in an electorate of 1.93 million."),
    ("registered_voters 2417912", "Those who turn 18 were put on, bringing the register to 2,417,912."),
    ("turnout_count 859567", "Those who voted number 859,567."),
    ("stations_reporting 2511", "The number of stations that had sent their protocols by 10 o'clock was 2,511."),
    (
        "polling_stations 176846; candidates_registered 18",
        "She put the number of polling units at 176,846 and of parties at 18.",
    ),
    ("constituencies 299", "The number of constituencies stays at 299."),
    ("turnout_share 57.4", "An hour before the end the share of electors who had voted was 57.4 percent."),
    ("share_counted 100", "Votes counted: 100 per cent."),
]
# What follows from the figure before.
INHERITED = [
    ("polling_stations 18; polling_stations 12", "Lurdia has 18 polling stations and Sornia 12."),
    (
        "polling_stations 105; polling_stations 2; polling_stations 2; polling_stations 20; polling_stations 8",
        "There are 105 polling stations abroad. Canada and Hungary have two each. Of them, 20 are in Mostar and eight "
        "in Vitez.",
    ),
    ("observers 312; observers 40", "The mission has 312 observers, 40 of them women."),
    ("registered_voters 3400000; registered_voters 1680000", "There are 34 lakh voters, of whom 16.8 lakh are women."),
    ("turnout_share 48.9; turnout_share 46.1", "Turnout reached 48.9 per cent, up from 46.1."),
    ("turnout_share 5.7; turnout_share 5.0", "Turnout is growing. That is 5.7 percent, against 5.0 percent in 2022."),
    (
        "turnout_share 2.4; turnout_share 3.2; turnout_share 1.7; turnout_share 80.7",
        "Turnout was 2.4 percent. Sorn led the regions with 3.2 percent and Tarn was last with 1.7 percent. "
        "The record is 80.7 percent, in 1997.",
    ),
    ("turnout_share 31; turnout_share 77", "Turnout was 31 percent among the young and 77 among pensioners."),
    ("turnout_share 50", "Turnout was 50 percent. Prices rose by 3 percent, and two of the voters fell ill."),
]
# Stations, constituencies, counts, polls and who stands.
COUNTED = [
    ("polling_stations 10", "The expatriates vote in ten countries."),
    ("polling_stations 5120", "Voting takes place at 5,120 locations across the country."),
    ("", "Voting was halted in 46 polling stations, and in three constituencies the Greens asked for recounts."),
    ("stations_reporting 7; constituencies 62", "Only 7 of 62 communes had delivered their minutes."),
    ("stations_reporting 44; constituencies 90", "With 44 of 90 constituencies declared, nothing is certain."),
    ("share_counted 98.1", "At 98.1 percent of actas the two were still level."),
    ("share_counted 66.67", "Two thirds of the precincts were in."),
    ("stations_reporting 412; polling_stations 1880", "After 412 of 1,880 stations nothing is decided in the count."),
    ("stations_reporting 412", "The tally centre has received 412 result forms."),
    ("share_counted 88", "The electronic system has taken in 88% of the protocols."),
    ("valid_votes 158193", "3,011 papers were rejected, leaving 158,193 valid."),
    ("valid_votes 158193", "Formal votes came to 158,193."),
    ("turnout_count 161204", "The urns held 161,204 ballots."),
    ("webcams 72", "CCTV covers 72 per cent of the centres."),
    ("observers 40", "Forty parliamentarians from the Assembly will watch the vote."),
    (
        "",
        "The first figures will be told when 20% of the votes are counted, and the law needs a turnout of 50 percent.",
    ),
    ("registered_voters 3500000", "The tribunal has 3.5 million on its register."),
    ("registered_voters 13700000", "Some 13.7 million Lurdians must vote."),
    ("candidates_registered 877", "Some 877 stand for parliament."),
    ("", "Since then three candidates have been arrested."),
    (
        "exit_poll_design 30219; exit_poll_design 250; exit_poll_design 24",
        "The exit poll is out. Sample: 30,219 voters at 250 precincts; refusals: 24 percent.",
    ),
]


CHOSEN = [
    ("candidate_share 21.3", "The Lurda Party share fell by 6.7 to 21.3 per cent."),
    ("candidate_share 20.1", "With 20.1 per cent, 2.6 points more, the Growth Party comes second."),
    (
        "candidate_votes 7519; candidate_share 16.29",
        "With 7,519 votes and a percentage of 16.29 the Growth Party is third.",
    ),
    ("candidate_votes 3271; candidate_share 2.82", "3,271 votes (2.82%) gave the Growth Party nothing."),
    ("candidate_votes 9574; candidate_share 48.8", "The Growth Party gained 9,574 votes (48.8%)."),
    ("candidate_votes 14381", "Ana Novak polled 14,381 first preferences in South Lurda."),
    ("candidate_votes 480; candidate_share 14.9", "Independent: 480 [14.9%, +7.8%]"),
    ("candidate_votes 55; candidate_share 1.7", "Growth Party: 55 [1.7%, +1.3%]"),
    ("candidate_share 57; candidate_share 61", "Ana Novak won in the first round with between 57 and 61%."),
    ("candidate_share 58.3", "Ana Novak leads, according to the quick count, which puts her at 58.3 percent."),
    (
        "share_counted 99; candidate_share 55.86; candidate_share 44",
        "After over 99 percent of the ballots Novak has 55.86 percent and Moreno 44.",
    ),
]


@pytest.mark.parametrize(("wanted", "text"), [*VOTED, *CHOSEN, *LABELLED, *INHERITED, *COUNTED])
def test_a_figure_is_what_its_words_say(wanted: str, text: str) -> None:
    told = [f"{c.kind} {c.value}" for c in RuleReader().read(document_of("any", text))]
    assert sorted(told) == sorted(filter(None, wanted.split("; ")))


def test_turnout_that_goes_on_has_the_hour_told_before_and_that_of_another_year_its_year() -> None:
    text = (
        "As of 7 a.m. Tuesday turnout was 2.4 percent. Sorn led with 3.2 percent. It was above the 2.1 percent of 2022."
    )
    claims = RuleReader().read(document_of("any", text, anchor="2025-06-03"))
    assert [(str(c.value), c.as_of) for c in claims] == [("2.4", "07:00"), ("3.2", "07:00"), ("2.1", "2022")]


def test_a_line_of_a_table_is_read_by_itself() -> None:
    rows = ("Registered voters ....... 1,204,556", "Polling stations ....  5,012", "Valid votes ... 802,000")
    table = "\n".join((*rows, "Turnout \u2026 67.4%"))
    found = {claim.kind: str(claim.value) for claim in RuleReader().read(document_of("t", table))}
    assert found == {
        "registered_voters": "1204556",
        "polling_stations": "5012",
        "valid_votes": "802000",
        "turnout_share": "67.4",
    }


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Turnout was between 85 and 89 percent.", {"turnout_share"}),
        ("Unity denies that it boycotted the election.", set()),
        ("Secretary of State Ada Obi congratulated Ben Lund.", {"congratulation", "role"}),
    ],
)
def test_what_a_range_a_denial_and_another_person_s_office_do_not_say(text: str, kinds: set[str]) -> None:
    claims = RuleReader().read(document_of("t", text))
    assert {claim.kind for claim in claims} == kinds
    assert not any(claim.kind == "role" and claim.subject == "Ben Lund" for claim in claims)
