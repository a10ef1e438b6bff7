"""Dates of votes and of steps, and what is done about a vote: turns of phrase about invented elections."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallyroom.reading.collection import read_documents
from tallyroom.reading.reader import RuleReader
from tallyroom.reading.text.document import document_of
from tallyroom.record.claim import Claim
from tests.reading.test_phrases import holds

NO_YEAR = 4 * "X"  # EDTF, level 1: a year that nothing states is four unspecified digits

PHRASES = [
    # a date belongs to the word that governs it
    ("election_date 2031-06-08", "The 8 June 2031 presidential election was professionally run."),
    ("election_date 2031-10-14", "It was the day of the vote, 14 October 2031, and calm."),
    ("election_date 2031-10-20", "Lurdia held the first round on Oct. 20, 2031."),
    ("election_date 2031-10-20", "The local elections that Lurdia held on Monday 20 October 2031 were lost."),
    ("election_date 2031-10-20", "The count follows within a day of the vote, which was held on 20 October 2031."),
    ("election_date 2031-07-23", "When voting ended at around 3pm on July 23, 2031, many had come."),
    ("election_date 2031-11-27", "Lurdians voted on November 27, 2031 for a president and a parliament."),
    ("election_date 2031-11-27", "After the phase of November 27, 2031 nobody led."),
    ("election_date 2031-05-14", "Voting on May 14, 2031 went from 8am to 5pm."),
    ("election_date 2031-05-14", "It is a run-off; it is to be held in two weeks, on May 14, 2031."),
    ("election_date 2031-05-14", "Lurdia votes on the fourteenth of May 2031 amid calm."),
    ("election_date 2031", "Official results for the 2031 General Election"),
    ("election_date 2031", "Presidential Election 2031 too close to call"),
    (
        "election_date 2006; election_date 2004",
        "There were no local polls since 2004; the last assembly polls were those of 2006.",
    ),
    ("election_date 2031-06-09", "The two have agreed on June 9, 2031 as the day of the general elections."),
    ("election_date 2031-09-06", "In Lurd the poll is put off till 6 September 2031."),
    ("schedule 2031-05-03 to 2031-05-16", "Early voting runs from 3 May to 16 May 2031."),
    ("schedule 2031-05-08", "The last day to apply for a postal ballot is 8 May 2031."),
    ("schedule 2031-04-11", "Voting was repeated at eight polling stations on April 11, 2031."),
    ("schedule 07:30", "Cameras will be switched on at 7:30 am."),
    ("schedule 08:00; schedule 16:00", "Voting hours are 8 a.m.-4 p.m. at 794 stations."),
    ("schedule 06:00; schedule 20:00", "Balloting lasts from six in the morning till eight at night."),
    (
        "schedule 2031-03-24; schedule 16:00, 2031-04-04",
        "Registration of parties ends on 24 March 2031 and of candidates at 4 p.m. on 4 April 2031.",
    ),
    ("schedule eight days", "The court has eight days to validate the results."),
    ("schedule twenty days before", "Under the law, the roll must be published twenty days before the poll."),
    # who calls a vote, and for when
    (
        "election_called 2031-05-03; election_date 2031-06-08",
        "Parliament on 3 May 2031 set 8 June 2031 as election day.",
    ),
    (
        "election_called 2031-05-03; election_date 2031-06-08",
        "The election, called on 3 May 2031, is to take place on 8 June 2031.",
    ),
    (
        "election_called 2031-05-03; election_date 2031-06-08",
        "The president's order of 3 May 2031 fixes the vote for 8 June 2031.",
    ),
    (
        "election_called 2031-05-03; election_date 2031-06-08",
        "Ana Reyes, speaking on 3 May 2031, called snap polls for 8 June 2031.",
    ),
    (
        "election_called 2031-02-20; election_date 2031-03-26",
        "The President issued on February 20, 2031 the writ for an election on 26 March 2031.",
    ),
    (
        "election_called 2031-06-02; election_date 2031-09-27",
        "A colonel, by a decree of 2 June 2031, convened the electorate for 27 September 2031.",
    ),
    (
        "election_called 2031-06-30",
        "The assembly voted itself out of existence late on June 30, 2031, so that an election follows.",
    ),
    ("election_called 2031-08-10", "The premier announced the date on August 10, 2031 at a rally."),
    ("election_called 2031-09-24", "The king signed the calling of the ballot on 24 September 2031."),
    ("election_called 2031-05-03", "The vote was called by the Sejm speaker on 3 May 2031."),
    ("election_called 2031-05-03", "The regional governor decreed the elections on 3 May 2031."),
    (
        "election_called 2031-05-03; election_date 2031-06-08",
        "The Senate passed a decision on 3 May 2031 on holding the election on 8 June 2031.",
    ),
    ("schedule 2031-06-22", "If nobody wins there will be a second round on 22 June 2031."),
    ("schedule five days", "The court has to decide on them within five days."),
    (
        "schedule 2031-07-26",
        "On July 26, 2031 the commission published the official list: 13 candidates out of 83 files.",
    ),
    # courts: the court before the verb, behind it, at the end, or told in the sentence before
    ("court_decision *", "Ben Novak's appeal was thrown out by the Constitutional Court."),
    ("court_decision *", "The High Court barred Anna Meyer from standing."),
    ("court_decision *", "Anna Meyer may stand again, the Electoral Court found."),
    ("court_decision *", "The justices sided with the commission, seven to two."),
    (
        "court_decision *; court_decision *",
        "The court met on Monday and found no fraud. The petition was dismissed as unfounded.",
    ),
    # who stays away, does not accept, greets and supports
    ("boycott *", "The Unity Party said it would sit out the vote."),
    ("boycott *", "The Salvation Front urged voters not to go to the polls."),
    ("boycott *", "The main opposition parties chose not to contest the polls."),
    ("boycott *", "The party told its followers to spoil their ballots."),
    ("boycott *", "The ethnic Serb party stayed out of the election."),
    ("boycott *", "Neither the Greens nor Unity will contest the election."),
    ("non_recognition *", "Ardan and the West have dismissed the vote as illegal."),
    ("non_recognition * Ardan", "Ardan recognises Ben Novak, not the incumbent, as the winner."),
    ("non_recognition *", "The Greens said they would not accept the figures."),
    ("non_recognition * Ardan", "Ardan withheld recognition of the poll."),
    ("congratulation * Obi; congratulation * Novak", "Congratulations came from Ada Obi and from Ben Novak."),
    ("congratulation * Ada Obi to Anna Meyer", "Anna Meyer was congratulated by Ada Obi."),
    ("congratulation * Ada Obi to Anna Meyer", "Ada Obi telephoned Anna Meyer to congratulate her on her victory."),
    ("congratulation *", "Ada Obi extended her warmest wishes to Anna Meyer on her re-election."),
    ("endorsement Greens Anna Meyer", "Anna Meyer, backed by the Greens, leads."),
    ("endorsement Ben Novak Anna Meyer", "Ben Novak threw his weight behind Anna Meyer."),
    ("endorsement Green Party Ben Novak", "Ben Novak got the nod from the Green Party."),
    ("endorsement union Anna Meyer", "The union told its members to vote for Anna Meyer."),
    # who stands for whom, and who was let
    ("nomination Greens Anna Meyer", "The Greens have fielded Anna Meyer in Lurd."),
    ("nomination ruling party Anna Meyer", "The ruling party's standard-bearer is Finance Minister Anna Meyer."),
    ("nomination Unity Front Anna Meyer", "Anna Meyer was adopted as its flagbearer by the Unity Front."),
    (
        "nomination Liberals Anna Meyer; nomination Conservatives Ben Novak",
        "Anna Meyer, put up by the Liberals, faces Ben Novak, the Conservatives' choice.",
    ),
    ("nomination Unity Anna Meyer", "The Unity candidate, Anna Meyer, won."),
    ("nomination Unity Front Anna Meyer", "Anna Meyer runs under the banner of the Unity Front."),
    ("nomination Unity Anna Meyer", "The list of Unity is headed by Anna Meyer."),
    ("nomination Unity Anna Meyer", "Unity picked Anna Meyer as its candidate at a congress."),
    ("nomination self-nominated Ben Novak", "Ben Novak, an independent, stands again."),
    (
        "nomination Communists Ben Novak; nomination Liberals Anna Meyer",
        "Registered so far: the Communists' Ben Novak and the Liberals' Anna Meyer.",
    ),
    (
        "nomination Unity Anna Meyer; nomination self-nominated Ben Novak",
        "Eight names. Anna Meyer: Unity. Ben Novak: without party.",
    ),
    (
        "nomination_approved 2031-05-03 Anna Meyer; nomination_approved 2031-05-05 Ben Novak",
        "Anna Meyer was cleared to run on 3 May 2031, Ben Novak on 5 May 2031.",
    ),
    ("nomination Unity Anna Meyer", "As its candidate Unity has named Anna Meyer."),
    ("nomination Unity Anna Meyer", "Unity confirmed Anna Meyer as its candidate for president."),
    (
        "nomination Unity Anna Meyer; nomination Greens Ben Novak",
        "Anna Meyer, of Unity, and Ben Novak, of the Greens, are in the race.",
    ),
    ("nomination_approved 2031-05-03 Anna Meyer", "The commission gave Anna Meyer the green light on 3 May 2031."),
    ("coverage *", "Residents of Arda vote for the first time."),
    ("coverage *", "No voting takes place in Arda, which the army does not control."),
    ("coverage *", "Elections took place in every district of Lurdia."),
    ("nomination_approved 2031-05-03 Anna Meyer", "Anna Meyer received her candidate's certificate on 3 May 2031."),
]
NO_ACTS = [
    "Lurda's governor Anna Meyer has 12 per cent of the votes, Ben Novak of Sea Hill nine.",
    "The regions did not vote alike.",
    "Ben Novak withdrew from the race after a stroke.",
    "On 3 May 2031 the commission refused to register Ben Novak.",
    "The Constitutional Council is expected to validate the results soon.",
    "The opposition asked the court to annul the election.",
    "Anna Meyer, of the ruling Unity Party, said the court was far away.",
    "The Unity Party ended its boycott of parliament.",
    "Because of the boycott only one party has seats.",
    "Anna Meyer, after two terms, did not run.",
    "The winner does not accept bribes, he said.",
    "Ardan held back its congratulations.",
    "The Greens support higher taxes.",
]
NOTHING = [
    "Ardan recognizes neither the elections in Lurd nor their results, its ministry stressed on 31 March 2031.",
    "It is 2 points less than on January 19, 2031 and far from the vote.",
    "One week after the vote the commission has figures that are nearly final, to be held dear.",
    "Results so far in this one 00:58",
    'The "Election 2031" media centre was opened.',
    "Under the 1945 Constitution the presidential election has one round.",
]
KINDS = {"election_date", "election_called", "schedule", "nomination", "nomination_approved", "endorsement"}
KINDS |= {"congratulation", "boycott", "non_recognition", "court_decision", "coverage"}


def _read(text: str, name: str = "any") -> list[Claim]:
    return RuleReader().read(document_of(name, text))


@pytest.mark.parametrize(("wanted", "text"), PHRASES)
def test_a_turn_of_phrase_is_read_as_what_it_claims(wanted: str, text: str) -> None:
    claims, parts = [claim for claim in _read(text) if claim.kind in KINDS], wanted.split("; ")
    kinds = {part.split()[0] for part in parts}
    claims = [claim for claim in claims if claim.kind in kinds]
    assert [part for part in parts if not any(holds(claim, part) for claim in claims)] == []
    assert len(claims) == len(parts)


@pytest.mark.parametrize("text", NOTHING)
def test_dates_of_other_things_are_no_vote(text: str) -> None:
    assert [c.kind for c in _read(text) if c.kind in ("election_date", "election_called", "schedule")] == []


@pytest.mark.parametrize("text", NO_ACTS)
def test_what_is_asked_ended_or_held_back_is_no_act(text: str) -> None:
    assert [claim.kind for claim in _read(text) if claim.kind in KINDS] == []


@pytest.mark.parametrize(
    ("name", "text", "day"),
    [
        ("lurdia-2031.txt", "The runoff is on May 5.", f"{NO_YEAR}-05-05"),
        ("lurdia_2031-12-30.txt", "The runoff is on January 9.", "2032-01-09"),
        (
            "any",
            "In 2030 nobody won. At the election of 4 May 2030 few came. The runoff is on Monday, May 5.",
            "2031-05-05",
        ),
        ("any", "The runoff is on May 5.", f"{NO_YEAR}-05-05"),
    ],
)
def test_a_date_without_a_year_has_that_of_the_file_s_name_or_of_its_weekday(name: str, text: str, day: str) -> None:
    assert day in [claim.value for claim in _read(text, name) if claim.kind == "election_date"]


def test_the_year_of_another_country_s_documents_is_not_taken_over(tmp_path: Path) -> None:
    folder = tmp_path
    texts = {
        "a.txt": "Norway voted on 8 September 2031.",
        "b.txt": "Norway's runoff is on 9 May.",
        "c.txt": "Ghana's runoff is on 9 May.",
        "d.txt": "Kenya voted on 8 August 2027.",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    found = read_documents([str(folder / name) for name in texts])
    days = {Path(one.path).name: [c.value for c in one.claims if c.kind == "election_date"] for one in found}
    assert (days["b.txt"], days["c.txt"]) == (["2031-05-09"], [f"{NO_YEAR}-05-09"])
