"""Who says it, whose figures they are, and who holds which office: one invented sentence for each way of telling."""

from __future__ import annotations

import pytest

from tallyroom.reading.reader import RuleReader
from tallyroom.reading.text.document import document_of
from tallyroom.record.claim import Claim


def read(text: str) -> list[Claim]:
    return RuleReader().read(document_of("a.txt", text))


@pytest.mark.parametrize(
    ("who", "text"),
    [
        # whose figures they are, where nobody speaks
        ("Lakeside Electoral Court", "The Lakeside Electoral Court credits Ada Bolan with 52.1 percent of the vote."),
        ("interior ministry", "Late on Monday the interior ministry had Ada Bolan at 29.2 percent."),
        ("State Election Office", "The State Election Office counts 3,876,200 registered voters."),
        ("KRV", "The KRV's second bulletin gave a turnout of 45.3 percent."),
        ("Central Commission", "In all 52 candidates were registered by the Central Commission."),
        ("Statistics Tamo", "Statistics Tamo: 3,876,200 registered voters."),
        # the verb before its subject
        ("Dino Evans", "Turnout was 45.3 percent, noted the Union mission's Dino Evans in Korra."),
        ("Ema Farid", "Turnout was 45.3 percent, says the head of the press desk, Ema Farid."),
        ("electoral office", "Turnout was 45.3 percent, reported the state electoral office."),
        # asides between subject and verb
        ("Finn Gomez", "Finn Gomez, 52, a lawyer from Velden, guaranteed a turnout of 45.3 percent."),
        ("Gita Hanna", "The hopeful of the Greens, Gita Hanna, reckons that turnout was 45.3 percent."),
        ("commissioner", "The commissioner - a former judge - said turnout was 45.3 percent."),
        # who speaks is told by what they are
        ("opposition lawyers", "Many opposition lawyers insist that turnout was 45.3 percent."),
        ("judges", "The five judges put turnout at 45.3 percent."),
        # opinions and papers
        ("Lakeside League", "From a statement of the Lakeside League: turnout was 45.3 percent."),
        ("Hugo Ibsen", "Turnout of 45.3 percent was a success in the words of Hugo Ibsen."),
        ("", "Turnout was 45.3 per cent in the city of Korra."),
    ],
)
def test_a_figure_has_the_speaker_or_source_that_the_sentence_names(who: str, text: str) -> None:
    found = next(claim for claim in read(text) if claim.kind != "role")
    assert who.lower() in found.attributed_to.lower()
    assert bool(who) == bool(found.attributed_to)


def test_rows_of_a_list_have_the_speaker_who_announced_it() -> None:
    text = "Kira Jonas of the commission said that all is counted. The results are as follows:\n\n"
    rows = "- Ada Bolan (FP): 4,594 votes\n\n- Ben Cerny (GP): 3,491 votes\n"
    votes = [claim for claim in read(text + rows) if claim.kind == "candidate_votes"]
    assert [claim.attributed_to for claim in votes] == ["Kira Jonas", "Kira Jonas"]


def test_initials_stand_for_a_body_inside_a_longer_name() -> None:
    text = "The Chairman of the Independent Electoral Commission voted early. The IEC said turnout was 45.3 percent."
    (turnout,) = [claim for claim in read(text) if claim.kind == "turnout_share"]
    assert turnout.attributed_to == "Independent Electoral Commission (IEC)"


@pytest.mark.parametrize(
    ("who", "office", "text"),
    [
        ("Ada Bolan", "deputy chair", "The deputy chair, Ada Bolan, read out the figures."),
        ("Ben Cerny", "Tamo's junta chief", "Tamo's junta chief, Colonel Ben Cerny, spoke on television."),
        ("Cleo Dorin", "High Representative", "In Korra, Cleo Dorin - the High Representative - spoke on Monday."),
        ("Dino Evans", "Lakeside Commission boss", "Lakeside Commission boss Dino Evans opened the hall."),
        ("Ema Farid", "Tamoan exile leader", "The Tamoan exile leader Ema Farid stayed away."),
        ("Gomez", "returning officer", "The hall was opened by the clerk whom returning officer Gomez sent."),
        (
            "Gita Hanna",
            "spokesperson of the Lakeside Commission",
            "Gita Hanna, who speaks for the Lakeside Commission, waved.",
        ),
        (
            "Hugo Ibsen",
            "head of Union's mission",
            "The Union's mission, which former minister Hugo Ibsen leads, has left.",
        ),
        ("Ines Jonas", "senior MP from Velden", "Ines Jonas, a senior MP from Velden, walked home."),
        ("", "", "Jon Kovac, a candidate for President, walked home."),
        ("", "", "On June 28 President Leo Moreau walked home."),
    ],
)
def test_an_office_stands_before_a_name_or_is_set_beside_it(who: str, office: str, text: str) -> None:
    told = [(claim.subject, claim.value) for claim in read(text) if claim.kind == "role"]
    assert told == ([(who, office)] if who else [])


@pytest.mark.parametrize(
    ("stance", "text"),
    [
        # a verb that judges by itself
        ("favourable", "Ada Bolan lauds the people of Tamo on a third poll."),
        ("critical", "Ada Bolan also faults the tally centre for closing early."),
        ("critical", "Ada Bolan spoke of falsified official documents."),
        # what somebody calls, sees or finds it
        ("critical", "Four opposition parties stay away from the vote, which they call a charade."),
        ("critical", "The head of the Union mission, Ben Cerny, found Tamo's poll at variance with the law."),
        ("favourable", "The monitors judged the referendum smooth."),
        # words for how it was
        ("favourable", "Voting was quick, said Cleo Dorin, who voted in Korra."),
        ("critical", "Voter education was insufficient, according to the Lakeside League."),
        # only feared, alleged, or to be hindered
        ("", "The cameras are there to deter fraud in the vote, Dino Evans said."),
        ("", "Ema Farid found the candidates ineligible."),
        ("", "Finn Gomez called the vote a year early."),
    ],
)
def test_a_judgement_is_told_by_its_verb_its_name_or_its_words(stance: str, text: str) -> None:
    assert [claim.qualifier for claim in read(text) if claim.kind == "assessment"] == ([stance] if stance else [])


@pytest.mark.parametrize(
    ("years", "text"),
    [
        (["2021", "2021"], "In 2021 the Lakeside Party took 49 seats and the Green Union 14."),
        (["", "2021"], "Turnout was 77.7 percent, which is 2.1 percentage points more than in 2021 (75.6)."),
        (["2021", ""], "Turnout in 2021 was 76.4 percent; this time turnout is 83 percent."),
        (["", "2021"], "Turnout was 45.1 percent, against 43.2 percent in 2021."),
        ([""], "Under the law of 2021 the register closed, and turnout was 45.1 percent."),
    ],
)
def test_a_figure_of_an_earlier_vote_has_its_year(years: list[str], text: str) -> None:
    assert [claim.as_of for claim in read(f"{text}\n\n15 September 2025")] == years
