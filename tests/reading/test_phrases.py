"""Turns of phrase about invented elections, each with what is claimed: `kind value of whom`, or who says it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tallyroom.reading.reader import RuleReader
from tallyroom.reading.text.document import document_of
from tallyroom.record.claim import Claim

PHRASES = [
    # whom a figure belongs to
    ("candidate_share 54.2 Meyer; candidate_share 40 Novak", "Anna Meyer got 54.2 per cent, her rival Ben Novak 40."),
    ("candidate_share 54.2 Meyer; candidate_share 40 Novak", "Anna Meyer beat Ben Novak by 54.2% to 40%."),
    ("candidate_share 5.2 Meyer", "Anna Meyer, whom Ben Novak supports, got 5.2% of the votes."),
    ("candidate_share 44.5 Meyer", "Anna Meyer, the main rival of Ben Novak, won 44.5% of the vote."),
    ("candidate_votes 6328397 Meyer", "Anna Meyer had taken 6,328,397 (6.33 million) votes."),
    ("candidate_share 55.6 Meyer; candidate_votes 258740 Meyer", "Anna Meyer - Green Party - 55.6% (258,740 votes)"),
    ("candidate_share 54.2 Meyer", "Anna Meyer is ahead with 54.2 percent of the votes counted so far."),
    ("seats 61 Unity Party; seats 30 Green Alliance", "The Unity Party won 61 seats and the Green Alliance 30."),
    (
        "seats 17 Independents; seats 13 Labour; seats 6 Greens",
        "The council is Independents 17, Labour 13, Greens six.",
    ),
    ("candidate_share 8.3 Sea Alliance", "The Sea Alliance, led by the lawyer Anna Meyer, has 8.3% of the votes."),
    (
        "candidate_share 7 Meyer; candidate_share 7 Novak",
        "Anna Meyer and Ben Novak got seven percent of the votes each.",
    ),
    (
        "candidate_share 8 Sea Party; candidate_share 7 Hill Party",
        "The Sea Party and Hill Party got 8% and 7%, respectively.",
    ),
    ("candidate_share 51.7 Meyer", "Anna Meyer won 51.7% and leads Ben Novak by some 35,000 votes."),
    ("seats 150 parliament", "The two lists compete for the 150 seats in parliament."),
    ("seats 169 Storting; seats 48 Labour", "Labour took 48 of the 169 seats in the Storting."),
    # seats beside shares, changes that are none, what was had before, offices that are no names
    (
        "seats 158 Sea Party; seats 22 Greens",
        "The Sea Party had 39.85 pct and 158 seats and the Greens 8.10 pct and 22.",
    ),
    ("seats 43 Sea Party", "The Sea Party rose by 2.2 points to 19.9 per cent and by three seats to 43."),
    ("seats 46 Greens", "With 20.1 per cent the Greens add seven seats and have 46."),
    ("seats 17 Greens; seats 8 Greens", "The Greens return with 17 seats instead of eight."),
    ("seats 97 Greens; seats 125 Greens", "There were 97 seats for the Greens, which took 125 in 2016."),
    ("seats 61 Greens; seats 31 Labour", "At present the Greens have 61 MSPs and Labour 31."),
    (
        "seats 15 Greens; seats 9 Labour",
        "Those that enter are the Greens (7,76%, 15 deputies) and Labour (5,2%, 9 members).",
    ),
    ("seats 22 Pirates", "Third are the Pirates with 10.8%; they are entitled to 22 seats."),
    (
        "seats 25 PUK; seats 18 KDP",
        "The PUK (Patriots) under former KRG President Anna Meyer has 25 seats, the KDP 18.",
    ),
    ("seats 1 Greens; seats 1 Free Soil", "The Greens (GR) and Free Soil (FS) won one seat each."),
    ("seats 18 Greens", "The Greens won all the 18 seats in Northland."),
    ("seats 258 AKP; seats 132 CHP", "The AKP, which needs 276 seats to govern alone, has 258 of them, the CHP 132."),
    ("seats 1 Liberals", "The Liberals keep their single seat."),
    ("seats 12 Rebuilding Party", "12 PR seats were earned by the minor center-right Rebuilding Party."),
    ("seats 124 MPLA; seats 90 UNITA", "The MPLA has 51.07% and elects 124 deputies, and UNITA 90 with 44.05%."),
    # how many seats a house has, and how they are filled
    (
        "seats 120 seats; seats 80 directly; seats 40 lists",
        "Of the 120 seats, 80 are filled directly and 40 from lists.",
    ),
    (
        "seats 12 Senate; seats 245 House; seats 780 boards",
        "At stake are 12 Senate seats, 245 in the House of Representatives and 780 for provincial boards.",
    ),
    ("seats 15 contested; candidates_registered 80 candidates", "80 candidates are vying for 15 council posts."),
    ("seats 120 seats; seats 99 seats", "The number of deputies was cut from 120 to 99."),
    ("seats 90 seats; seats 110 seats", "The parliament, enlarged from 90 to 110 seats, sits for five years."),
    ("seats 73 list", "The other 73 members are elected from the list."),
    ("seats 97 women", "Among the members are 97 women."),
    ("seats 45 council", "The council of 45 elects the mayor."),
    ("seats 450 Duma", "All 450 members of the State Duma were registered."),
    ("seats 1 Party of Growth; seats 1 Homeland", "The Party of Growth and Homeland received one mandate each."),
    (
        "seats 74 Unity Party; seats 43 Sea Party",
        "The Unity Party took 74 seats with 48% of the vote, the Sea Party 43 with 28%.",
    ),
    ("seats 169 Liberals; seats 144 Conservatives", "The Liberals won 169 seats to the Conservatives' 144."),
    ("seats 169 members", "The assembly will have 169 members."),
    ("candidate_votes 2700000 Asha Rao", "More than 27 lakh votes went to the Congress candidate, Asha Rao."),
    ("exit_poll_share 43.9 Sea Party", "In an exit poll of Kantor among 900 respondents, the Sea Party gets 43.9%."),
    # numbers without a unit are what their neighbours are
    (
        "candidate_share 48.3 Meyer; candidate_share 39.07 Novak",
        "Anna Meyer took 48.3 percent, ahead of Novak on 39.07.",
    ),
    (
        "candidate_votes 88 Meyer; candidate_votes 61 Novak",
        "Anna Meyer had 88 votes; the ex-minister Ben Novak got 61.",
    ),
    (
        "candidate_share 44.03 Meyer; candidate_share 41.77 Novak",
        "She pointed to the screen: 1) Meyer 44.03, 2) Novak 41.77.",
    ),
    ("candidate_votes 3480 Meyer; candidate_votes 2977 Novak", "Meyer 3,480, Novak 2,977, informal 61."),
    ("seats 61 Sea Party; seats 42 Greens", "Seats won, with change in brackets: Sea Party 61 (+11), Greens 42 (-9)."),
    # figures told one after the other, with names told so
    ("seats 89 Sea Party; seats 78 Congress", "The Sea Party and Congress won 89 and 78 of the elected seats."),
    ("seats 31 Greens; seats 27 Sea Party", "The Greens and the Sea Party got 31 and 27 mandates."),
    ("candidate_share 46.1 Meyer", "At that point Meyer led by 46.1 to 37.6."),
    # ranges, and what somebody had before
    ("seats 12 Sea Party; seats 13 Sea Party", "The Sea Party comes third, with 12-13 seats."),
    (
        "candidate_share 4.9 Meyer; candidate_share 5.3 Meyer",
        "Anna Meyer has 4.9% of the votes (compared to 5.3% by the first count).",
    ),
    # choices under no name, and those told by whose they are
    (
        "seats 81 coalition; seats 58 opposition; seats 11 independents",
        "In the 150-member house the coalition has 81 seats, the opposition bloc 58 and independents the remaining 11.",
    ),
    ("candidate_share 37 Novak's list", "Novak's list has 37 percent of the votes, the ministry says."),
    ("seats 15 OLP; seats 11 CDP", "Novak's OLP party has 15 seats and Meyer's CDP 11."),
    ("candidate_share 53.9 Meyer", "Anna Meyer has won: her party took 53.9% of the votes."),
    (
        "seats 13 For the Future of Lurda; seats 19 DPS",
        'The DPS has 19 seats and the list "For the Future of Lurda" 13.',
    ),
    ("seats 57 FPL; seats 51 OVP", "Elected are 57 deputies of the FPL (+26) and 51 of the OVP (-20)."),
    # items of a list, and a figure before its subject
    ("candidate_share 22.94 Meyer; candidate_share 17.96 Novak", "Meyer, 22.94; Novak, 17.96."),
    ("candidate_votes 402000 Peasants; candidate_votes 77000 Merchants", "By votes: Peasants (402k), Merchants (77k)."),
    ("candidate_share 62 Meyer", "Having won 62 per cent in the first round, Meyer needs no run-off."),
    ("candidate_share 44 Meyer", "Leading the field, with a little under 44 percent, was Meyer."),
    (
        "candidate_share 24.08 Unity; candidate_share 23.51 GERB; candidate_share 13.39 Greens",
        "Unity was backed by 24.08 percent, GERB by 23.51 and the Greens by 13.39.",
    ),
    (
        "candidate_share 24.9 Anies; candidate_share 16.5 Ganjar; candidate_share 58.6 Novak",
        "The figures gave Novak's ticket 58.6% and, to Anies and Ganjar, 24.9 and 16.5 respectively.",
    ),
    ("seats 158 PM's party; seats 300 parliament", "PM's party wins 158 out of 300 seats."),
    ("seats 96 women; seats 204 men", "The new lower house is made up of 96 women and 204 men."),
    ("candidate_share 54.3 yes; candidate_share 45.7 no", "The yes side prevailed by 54.3 percent to 45.7."),
    ("seats 20 NPP; seats 10 UDP", "The NPP picks up 20 of the seats and the UDP 10."),
    ("seats 61 Unity; seats 55 Unity", "Unity has 61 seats (was 55)."),
    ("seats 31 Unity", "The upper house will have 31 Unity senators."),
    ("seats 61 Unity", "Unity emerged as the biggest party with 61 lawmakers."),
    # seats that go to somebody, of a sort, now and before
    ("seats 112 Unity Party; seats 61 Greens", "Of 200 deputies 112 belong to the Unity Party and 61 to the Greens."),
    ("seats 3 Liberals; seats 3 Greens", "Three seats each went to the Liberals and the Greens."),
    ("seats 0 Farmers' League", "The Farmers' League won no seats."),
    (
        "seats 70 Democrats; seats 44 Socialists",
        "The Democrats are up four to 70 seats, the Socialists down nine to 44.",
    ),
    ("seats 66 Democrats; seats 70 Democrats", "The Democrats raised their seats from 66 to 70."),
    ("seats 31 women; seats 60 council", "Thirty-one of the 60 council seats are held by women."),
    ("seats 26 Unity Party", "The Unity Party won 26 of the 41 constituencies."),
    (
        "seats 40 Sea Party; seats 39 Sea Party (constituency); seats 1 Sea Party (party-list)",
        "Sea Party: 40 seats (39 constituency, 1 party-list)",
    ),
    ("seats 15 Greens; seats 14 Greens", "The Greens have 15 seats (14 on election night)."),
    # whose shares, and that of a poll
    (
        "exit_poll_share 50.5 Meyer; exit_poll_share 46.5 Novak",
        "The exit polls are out. Kantor put Meyer at 50.5 per cent and Ben Novak at 46.5 per cent.",
    ),
    ("candidate_share 1.9 Novak", "They are followed by Ben Novak, owner of Steaua (1.9%)."),
    ("candidate_share 2.04 Meyer", "Anna Meyer (Bloc - Growth and Hope): 108,117 votes (2.04%)"),
    # numbers with a space behind the comma, and with their thousands apart
    ("candidate_votes 2324837 Meyer", "Anna Meyer has 2,324, 837 votes."),
    ("candidate_votes 17097 Meyer", "Anna Meyer is third with 17, 097 votes."),
    (
        "candidate_share 44.17 Meyer; candidate_votes 4527428 Meyer",
        "Anna Meyer had 44.17% of the votes, that is four million 527 thousand 428 people who voted for her.",
    ),
    # of candidates and their parties
    (
        "candidate_votes 814481 Meyer; candidate_votes 793914 Novak",
        "Anna Meyer, a former minister, who stood for the Sea Party, won 814,481 votes, or 50.64 percent, against "
        "793,914, or 49.36 percent, for Novak.",
    ),
    ("candidate_votes 13879 Meyer", "Anna Meyer, the Sea Party leader, has 13,879 votes."),
    (
        "candidate_votes 5689 Meyer; candidate_votes 8676 Novak",
        "Anna Meyer of Free and United Lurdia has 5,689 votes and Ben Novak of the Party of Hope and Work (PHW) 8,676.",
    ),
    (
        "nomination Sea Party Meyer; nomination Hill Party Novak",
        "Anna Meyer stood for the Sea Party against Ben Novak, whom the ruling party, the Hill Party, had put forward.",
    ),
    # seats now and before, and of a house
    (
        "seats 9 Liberals; seats 5 Liberals; seats 6 Labour; seats 4 Labour",
        "The Liberals will likely fall from nine seats to five, and Labour from six to four.",
    ),
    # what is asked of the voters
    (
        "valid_votes 12364312; candidate_votes 6894287 no; candidate_votes 5470025 yes, in favor",
        "The referendum had 12.364.312 valid votes: 6.894.287 for Against and 5.470.025 for In Favor.",
    ),
    # how far the count has come
    ("stations_reporting 128", "Anna Meyer leads with 81,024 votes from 128 of the 156 constituencies."),
    ("share_counted 0.4; candidate_share 47.5 Union", "After 0.4% of ballots the Union had 47.5% of the vote."),
    ("share_counted 68.7", "When 68.7% were counted nobody led."),
    ("stations_reporting 61", "With 61 of 230 councils declared, nobody led."),
    ("stations_reporting 543; polling_stations 574", "With 543 of 574 vote boxes counted, nobody led."),
    ("turnout_share 75.61; registered_voters 282395", "Of the 282,395 eligible voters 75.61% voted."),
    ("turnout_count 13014963", "The plebiscite brought 13.014.963 people to vote."),
    (
        "turnout_share 40; turnout_share 57.12; turnout_share 45.39",
        "By noon turnout was 40%. The figure was highest in Lurda (57.12%) and lowest in the Sorn Islands (45.39%).",
    ),
    (
        "turnout_share 50; turnout_share 55; turnout_share 53; turnout_share 28",
        "Turnout was 50 percent, compared to 55 percent in 2017. Lurda reported 53 percent at 6 p.m. and 28 percent at "
        "1:45 p.m.",
    ),
    (
        "election_date 2030-02-09; election_date 2030-04-13",
        "The council approved the results of the vote of 9 February 2030, which lead to a "
        "runoff for the presidency on 13 April 2030.",
    ),
    ("election_date 2030-09-16", "A total of 5,502,982 people voted on September 16, 2030."),
    ("stations_reporting 1433; polling_stations 1500", "With 1,433 of 1,500 polling stations counted, nobody led."),
    ("exit_poll_share 54 Meyer", "In the exit poll of Kantor 54% of respondents said they voted for Anna Meyer."),
    (
        "exit_poll_share 55 Meyer; exit_poll_share 42 Novak",
        "Kantor made an exit poll. The Kantor poll for Sea TV has 55% for Anna Meyer and 42% for Ben Novak.",
    ),
    (
        "exit_poll_design 500; exit_poll_design 263",
        "Kantor made an exit poll. It covered 500 polling stations, 263 of them in cities.",
    ),
    (
        "candidate_votes 4206000 Novak; candidate_votes 3300000 Meyer",
        "Ben Novak had 4,206,000 votes. Anna Meyer, the speaker, got 3.3 million.",
    ),
    (
        "candidate_share 51.7 Meyer; candidate_share 44.7 Novak",
        "Anna Meyer had beaten Ben Novak with 51.7 per cent against 44.7 per cent.",
    ),
    (
        "share_counted 99.7; candidate_share 50.4 Meyer",
        "With 99.7% of stations informed, Anna Meyer has 50.4% of votes.",
    ),
    ("turnout_share 47.3; candidate_share 38.6 Meyer", "Turnout was 47.3%, up from 2018, when Anna Meyer won 38.6%."),
    ("candidate_votes 575 Labour; candidate_votes 564 Greens", "Voting was: Labour 575, Greens 564."),
    (
        "candidate_votes 9618 Meyer; candidate_votes 9404 Novak",
        "Anna Meyer beat Ben Novak by 214 votes, 9,618 to 9,404.",
    ),
    ("candidate_votes 1429981 yes; candidate_votes 723632 no", "In the referendum 1,429,981 voted Yes and 723,632 No."),
    ("candidate_share 51.2 no; candidate_share 48.8 yes", "The referendum proposal was rejected by 51.2% to 48.8%."),
    # who stands, the next of a list
    (
        "candidates_registered 47; candidates_registered 53; candidates_registered 37",
        "In the first constituency 47 candidates are running, in the second 53 and in the fifth 37.",
    ),
    (
        "candidates_registered 82; candidates_registered 73; candidates_registered 26",
        "The Union fielded 82 candidates, followed by Parti Bumi (PB) 73 and the DAP 26.",
    ),
    # turnout by places
    (
        "turnout_share 61.2; turnout_share 58.4; turnout_share 44.1",
        "Turnout in Arda was 61.2 percent. Belo came next with 58.4 percent and Corva had 44.1 percent.",
    ),
    (
        "turnout_share 53; turnout_share 47.2",
        "Turnout by region was told as follows. Lurda reported 53 percent and Sorn 47.2 percent.",
    ),
    # who voted, who may, and how far the count is
    (
        "turnout_count 1182291; turnout_share 31.92; registered_voters 3703420",
        "1,182,291 voters of 3,703,420 came to the elections, or 31.92%.",
    ),
    (
        "turnout_count 14206021; turnout_share 73.17",
        "By 3 p.m. 14,206,021 citizens, i.e. 73.17 percent of those on the lists, had taken part.",
    ),
    ("turnout_share 50.35; turnout_count 8789676", "Turnout was 50.35 percent, and 8,789,676 men and women voted."),
    (
        "turnout_share 37.79; turnout_count 2558446",
        "Turnout was 37.79 percent: 2,558,446 voters out of 6,769,817 on the roll.",
    ),
    (
        "turnout_count 1281997; turnout_share 49.4",
        "In all, 1,281,997 people, or 49.4% of voters, took part in the vote.",
    ),
    ("turnout_share 30", "Only 30 percent of the registered 22 million voters had turned up."),
    ("turnout_share 51.2; turnout_count 6113621", "By 2 pm, 51.2% of voters, or 6,113,621 citizens, had voted."),
    ("turnout_share 70; turnout_share 61.2", "Turnout fell from 70% to 61.2%."),
    ("turnout_share 85.39; turnout_count 4221000", "Turnout is put at 85.39%, which is 4.221 million voters."),
    ("turnout_share 48.67; turnout_count 1260000", "Turnout stood at 48.67%, or 1.26 million people."),
    ("turnout_count 801645; turnout_share 48.46", "By 18:30, 801,645 of them, or 48.46%, had turned out."),
    ("turnout_count 14300", "The lowest turnout was in the vote of June 2009, a little over 14,300 voters."),
    ("turnout_count 1435112", "Turnout was high, as 1,435,112 voters came to 3,061 polling stations."),
    ("turnout_share 61; registered_voters 17988570", "61 percent of the 17,988,570 voters there had cast ballots."),
    ("turnout_share 20; turnout_share 19", "Almost 20 percent of voters took part; in 2008 it was about 19 percent."),
    ("turnout_share 47", "Ana Reyes got 14.3 percent on a turnout of 47 percent."),
    (
        "registered_voters 7500000; registered_voters 5200000",
        "Caro has most voters, 7.5 million, and Gila with 5.2 million.",
    ),
    (
        "registered_voters 112300000; registered_voters 1900000",
        "112.3 million voters are listed, and another 1.9 million abroad.",
    ),
    (
        "registered_voters 500000; registered_voters 2741",
        "The roll has 500,000 voters. Of these 2,741 are absentee voters.",
    ),
    (
        "polling_stations 400; polling_stations 29",
        "There were 400 polling stations. Another 29 were opened in prisons.",
    ),
    (
        "observers 390; observers 324; observers 38; observers 28",
        "Of 390 observers 324 are deployed by Odar, 38 are parliamentarians from the Assembly, 28 are from Pace.",
    ),
    ("observers 2726; observers 75", "The vote was watched by 2726 national observers and by 75 international ones."),
    ("observers 685; observers 219", "In all 685 observers come, 219 of them from the Union."),
    ("observers 412; observers 310", "The group had 412 observers at 310 polling stations."),
    ("turnout_share 44", "Attendance at the polls was 44 percent."),
    ("turnout_share 58.2", "Nationwide 58.2 per cent of the votes were cast."),
    ("observers 15", "The Ardan Observer Group has 15 members."),
    ("observers 1114; observers 45; observers 12", "1,114 observers from 45 countries and 12 organisations came."),
    ("observers 226", "Observers visited 226 of 550 polling stations."),
    ("observers 27; observers 25", "The mission observed the opening at 27 stations and the count at 25."),
    ("registered_voters 5100000; registered_voters 6900000", "Registered voters rose from 5.1 million to 6.9 million."),
    ("registered_voters 7000000", "The young make up 54 percent of the 7 million registered voters."),
    ("polling_stations 2071", "They were open at the 2071 polling stations used on election day."),
    ("observers 22", "The Union is one of the 22 observer groups that were accredited."),
    ("webcams 40000", "The 40,000 cameras serve 1.2 million viewers, and 500,000 users can follow them."),
    ("registered_voters 397862", "397 thousand 862 displaced voters can vote at the stations."),
    ("registered_voters 1200000", "The voter register contains 1.2 million names."),
    ("polling_stations 6478; polling_stations 135", "The polling stations number 6,478, of them 135 temporary."),
    ("observers 112749", "Local observers number 112,749."),
    (
        "stations_reporting 107; polling_stations 769; share_counted 13.9",
        "They counted 107 (13.9%) out of 769 precincts.",
    ),
    ("share_counted 95.6", "Results had come in from 95.6 percent of the 46,229 polling stations."),
    (
        "candidates_registered 990; candidates_registered 305",
        "990 candidates ran, 305 of them were nominated by parties.",
    ),
    ("candidates_registered 20; candidates_registered 334", "334 candidates stood, 20 of them women."),
    (
        "candidates_registered 293; candidates_registered 360",
        "The number of candidates has fallen from over 360 to 293.",
    ),
    ("candidates_registered 3; candidates_registered 9", "There are nine candidatures; three of them made the cut."),
    (
        "candidates_registered 100 Unity; candidates_registered 90 Greens; candidates_registered 2 parties",
        "There are candidates of two parties: Unity 100 and Greens 90.",
    ),
    (
        "candidates_registered 72 approved",
        "The Greens have candidates too, with 72 approved out of the 80 they presented.",
    ),
    ("candidates_registered 1200; candidates_registered 4500", "Of the 4,500 candidates, 1,200 are independents."),
    # what is done and thought
    (
        "nomination Sea Party Meyer; nomination Hill Party Novak",
        "The Sea Party nominated Anna Meyer, the Hill Party Ben Novak.",
    ),
    ("endorsement * Meyer", "The Green Party decided on Monday to back Anna Meyer."),
    ("endorsement * Meyer", "Anna Meyer is backed by the Green Party."),
    ("congratulation *; congratulation *", "President Ada Obi and Chancellor Ben Novak congratulated Anna Meyer."),
    ("endorsement * Meyer", "Anna Meyer runs for a second term with the support of the Green Party."),
    (
        "endorsement * Meyer; endorsement * Meyer",
        "Ben Novak is out; the Hill Party and the Sea Party will support Anna Meyer.",
    ),
    ("nomination Trade Unions of Lurdia Novak", "The candidates: Ben Novak, nominated by the Trade Unions of Lurdia."),
    ("nomination_approved 2031-05-03 Meyer", "Anna Meyer was nominated on 23 April 2031 and registered on 3 May 2031."),
    ("court_decision *", "The Supreme Court held that the president had not been duly elected."),
    ("court_decision *", "On the appeals from Lurd the court made no decision."),
    ("non_recognition *", "The elections have not been recognised by Western countries."),
    ("role EU foreign policy chief Reyes", "EU foreign policy chief Ana Reyes came to the polling station."),
    ("role supervisor of the Elections Office Reyes", "Ana Reyes, supervisor of the Elections Office, came too."),
    ("assessment *", "The opposition called the vote a tale told twice."),
    ("assessment *", "Ana Reyes, who heads the mission, told reporters that the vote can be considered valid."),
    ("assessment *", "The vote did not reflect the will of the people, the opposition leader said."),
    ("schedule 08:00; schedule 20:00", "Polling stations opened at 8 a.m. and work until 8 p.m."),
    ("schedule 09:00; schedule 21:00", "Advance polls were open from 9 a.m. to 9 p.m."),
    ("schedule 2031-09-17 to 2031-09-19", "The election took place on September 17-19, 2031 under a mixed system."),
    (
        "schedule 2031-11-05; schedule 2031-11-15",
        "Nomination is on 5 November 2031 and early voting on 15 November 2031.",
    ),
    ("schedule 2031-03-14", "The results of the elections will be announced on 14 March 2031."),
    ("schedule 07:00; schedule 17:00", "Polling is on Saturday from 7 am to 5 pm at over 13,400 polling stations."),
    ("schedule 2031-01-07", "The Ardan Fund decided on January 7, 2031 to send 50 observers."),
    ("election_date 2031-10-11", "Polling stations opened at 6am (01:00 GMT) on Sunday, October 11, 2031."),
    ("election_date 2031-03-17", "The senate named March 17, 2031 as the day of the presidential election."),
    ("election_date 2031-08-12", "The country held its general election last year, on 12 August 2031."),
    ("election_date 2031-09-26", "The commission fixed 26 September 2031 for the local government elections."),
    ("election_date 2031-12-15", "Parliament voted on 12 March 2031 to postpone the election to 15 December 2031."),
    ("election_date 2031-03-24", "The vote was postponed from 25 February to 24 March 2031."),
    ("election_date 2018", "The last presidential election was in 2018."),
    ("schedule seven days", "The commission has seven days to publish the results."),
    ("schedule seven days", "Appeals can be filed within seven days."),
    ("election_date 2031-12-07", "Voters choose the next president of Lurdia on 7 December 2031."),
    ("election_date 2018", "At the 2018 election Unity won 27 of 51 seats."),
    ("schedule 10:00", "Polling stations open at 10:00 am (09:00 Moscow time)."),
    (
        "election_called 2030-12-01; election_date 2031-03-05",
        "A decree of December 1, 2030 called the election for March 5, 2031.",
    ),
]
NOTHING = [
    "Polling stations in Lurda (1,204), Sorn (880) and Kora (412) opened on time.",
    "The Sea Party's list has 45 percent women.",
    "The mission is a joint one of the Parliamentary Assembly and the Office.",
    "Anna Meyer, 54, and Ben Novak, who is 92, are rivals.",
    "Ben Novak said 85 per cent of the voter's cards had been handed out.",
    "Anna Meyer's lead narrowed to 12,000 votes.",
    "Inflation was 12.4% in May, the ruling party said.",
    "Police detained 20 candidates, and 5% of votes were invalid.",
    "The commission refused to register 12 candidates.",
    "Three small parties share what is left, and the Greens recalled their 38 candidates.",
    "Neither Anna Meyer nor Ben Novak reached 50% of the votes.",
    "By law the winner is the candidate who gets 50 per cent plus one vote.",
    "The commission sent 424,341 ballots to the polling stations abroad, as the code asks.",
    "20:32 - Anna Meyer tells her supporters that not a vote must be lost.",
    "The council ruled on 15 February 2031 that the election must be held as soon as possible.",
    "On March 3, 2031 the minister said that the campaign had been calm.",
    "Published On: November 21, 2031 07:10 AM",
    "For this poll 24,000 voters were asked at 600 polling stations in all regions.",
    "About 200 of more than 46,000 electronic voter kits failed.",
    "Turnout fell by 3.8 per cent in Lurda.",
    "Lurda (7.99 per cent) and Sorn (7.05 per cent) had the biggest increases of the vote.",
    "Void votes numbered 155,225 (2.8%).",
    "With 28 constituencies to go nobody leads.",
    "Under the constitution a pair needs more than 50 percent of all votes.",
]
SPEAKERS = [
    ("Ana Reyes", "Turnout was 50%, said the head of the monitoring mission Ana Reyes."),
    ("Ana Reyes", "Ana Reyes, chair of the commission, spoke on Monday. She said turnout was 50%."),
    ("Ana Reyes", "Turnout was 50%. This was stated by Ana Reyes, head of the commission."),
    ("Ana Reyes", "Ana Reyes chairs the commission. According to the chairwoman, turnout was 50%."),
    ("Election Commission", "The Election Commission met on Monday. It said turnout was 50%."),
    ("Election Commission", "The Election Commission's data show a turnout of 50%."),
    ("Election Commission", "Turnout was 50%, Interfax reported with reference to the Election Commission."),
    ("Election Commission", "The Election Commission of Lurdia spoke first. The ECL says that turnout was 50%."),
    ("", "Turnout was 50%, the list published by January 18 shows."),
    ("commission", "Turnout was 50%, according to the commission."),
    ("domestic observers", "Turnout was 50%, according to domestic observers."),
    ("Election Commission", "The Election Commission, on the other hand, said turnout was 50%."),
    ("Election Commission", "Votes went on. Turnout was 50% - Central Election Commission"),
    ("Elections Lurdia", "By Elections Lurdia's preliminary estimates turnout was 50%."),
    ("Ana Reyes", "Ana Reyes, head of the mission, told a press conference that it concluded turnout was 50%."),
    ("Kh.Reyes", "Kh.Reyes, head of the commission, told reporters that turnout was 50%."),
    ("Fair Count", '"Fair Count", a coalition of associations, announced that turnout was 50%.'),
    ("parties", "The two main opposition parties of Lurdia said turnout was 50%."),
    ("State television", "State television put turnout at 50 percent."),
    ("Election Commission", "With the lists processed by the Election Commission, turnout was 50%."),
    ("spokesman for the commission", '"Turnout was 50%," said a spokesman for the commission.'),
    ("Election Commission", "As the Central Election Commission informs, turnout was 50%."),
    ("Electoral Council", "The National Electoral Council (CNE) on Sunday night announced that turnout was 50%."),
    ("Electoral Council", "Turnout was estimated at 50% by the Electoral Council."),
    ("Ana Reyes", "A legal expert, Ana Reyes, said turnout was 50%."),
    (
        "international observers",
        "Ana Reyes said that polls were open. Turnout was 50%, according to international observers.",
    ),
    ("interior ministry", "Ana Reyes said the polls were open. The interior ministry put turnout at 50%."),
]


def _read(text: str) -> list[Claim]:
    return RuleReader().read(document_of("any", text))


def holds(claim: Claim, wanted: str) -> bool:
    kind, rest = wanted.split(" ", 1)
    value = next((v for v in (f"{claim.value}", "*") if rest == v or rest.startswith(f"{v} ")), None)
    return claim.kind == kind and value is not None and rest[len(value) :].strip() in claim.subject


@pytest.mark.parametrize(("wanted", "text"), PHRASES)
def test_a_turn_of_phrase_is_read_as_what_it_claims(wanted: str, text: str) -> None:
    claims, parts = _read(text), wanted.split("; ")
    assert [part for part in parts if not any(holds(claim, part) for claim in claims)] == []
    kinds = {part.split()[0] for part in parts}
    assert [claim.kind for claim in claims if claim.kind in kinds] == [part.split()[0] for part in parts]


@pytest.mark.parametrize("text", NOTHING)
def test_what_anyone_would_need_and_what_counts_other_things_is_no_result(text: str) -> None:
    assert [c.kind for c in _read(text) if c.kind not in ("assessment", "coverage")] == []


@pytest.mark.parametrize(("who", "text"), SPEAKERS)
def test_the_innermost_speaker_is_named(who: str, text: str) -> None:
    (claim,) = [c for c in _read(text) if c.kind == "turnout_share"]
    assert who in claim.attributed_to
    assert bool(who) == bool(claim.attributed_to)


def test_the_name_of_a_party_judges_nothing() -> None:
    assert _read("Anna Meyer of the Democratic Progressive Party leads in the election, the commission said.") == []


def test_a_judgement_that_nobody_makes_is_none() -> None:
    assert _read("There were violations at some stations, so votes were taken again.") == []


@pytest.mark.parametrize(
    "text",
    [
        "A poll found that 74.2 percent would vote for Anna Meyer.",
        "The union continues to support the territorial integrity of Lurdia, President Ana Reyes said.",
    ],
)
def test_what_polls_find_and_other_support_endorse_nobody(text: str) -> None:
    assert [c for c in _read(text) if c.kind == "endorsement"] == []


def test_figures_that_complete_a_list_have_its_source() -> None:
    claims = _read("Anna Meyer had 54.2% of the votes, the Election Commission said. Ben Novak got 40 percent.")
    assert {(c.value, c.attributed_to) for c in claims if c.kind == "candidate_share"} == {
        (Decimal("54.2"), "Election Commission"),
        (Decimal(40), "Election Commission"),
    }


def test_an_agency_named_on_the_page_of_another_outlet_is_a_source() -> None:
    text = "Turnout was 50%, AzerTAC reports."
    (alone,) = _read(text)
    (carried,) = RuleReader().read(document_of("any", text, outlet="Kazinform"))
    assert (alone.attributed_to, alone.outlet) == ("", "AzerTAC")
    assert (carried.attributed_to, carried.outlet) == ("AzerTAC", "Kazinform")


def test_the_hour_of_the_sentence_before_holds_for_what_was_so_by_then() -> None:
    claims = _read("At 17:00 turnout had reached 70.85%. By then 4,590,075 voters had voted. Turnout was 60% in 2019.")
    assert [(c.kind, c.as_of) for c in claims if c.kind.startswith("turnout")] == [
        ("turnout_share", "17:00"),
        ("turnout_count", "17:00"),
        ("turnout_share", "2019"),
    ]


def test_figures_of_an_earlier_vote_have_its_date() -> None:
    text = "On 5 May 2031 Lurdia votes. At the elections of June 25, 2027 Unity won 74 seats, turnout was 46.77%."
    found = [(claim.kind, claim.as_of) for claim in _read(text) if claim.kind in ("seats", "turnout_share")]
    assert sorted(found) == [("seats", "2027-06-25"), ("turnout_share", "2027-06-25")]


def test_each_share_of_turnout_has_its_own_place() -> None:
    claims = _read("Voter turnout in Arda was 62.1 percent and in Belo 58.4 percent.")
    assert [(str(claim.value), claim.place) for claim in claims] == [("62.1", "Arda"), ("58.4", "Belo")]


def test_stations_abroad_do_not_place_all_stations_abroad() -> None:
    whole, abroad = _read("There are 39,005 polling stations, including 240 abroad.")
    assert (str(abroad.value), abroad.place) == ("240", "abroad")
    assert whole.place != "abroad"
