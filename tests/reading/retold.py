"""Pairs of texts about an invented election: some tell of one text, some only of one thing."""

_BACKGROUND = """The presidential election in Norvania takes place on 14 September. Nine candidates are on the ballot.
The National Electoral Board has set up 4,211 polling stations, 63 of them in embassies and consulates.
President Milan Torve called the early election by a decree of 3 July, after the coalition had broken apart."""
ARRIVAL = (
    """TAMO, Norvania, August 20. A delegation of the Lakeside Parliamentary Union arrived in Tamo on Wednesday \
to prepare its observation mission, its head Irena Sol told the agency.
"""
    + _BACKGROUND
)
PRINTING = (
    """TAMO, Norvania, August 22. Printing of the ballot papers has begun at the state printing house under the \
eyes of party agents, its director Pavel Dunn said on Friday.
"""
    + _BACKGROUND
)
RELEASE = """The Ministry of Foreign Affairs of Ostrana congratulates the people of Norvania on the election \
held on 14 September.
Ostrana welcomes the high turnout of 71.4 percent and the calm in which the voting took place.
112 observers of the Lakeside Union, led by Irena Sol, visited 640 polling stations and saw no serious violations.
The Ministry regrets the hasty statements of certain capitals, which do not reflect the choice of Norvanian citizens.
Ostrana will continue its strategic dialogue with Norvania, including the Karel corridor agreement signed in 2029."""
SAME_RELEASE_IN_OTHER_WORDS = """The Foreign Ministry of Ostrana has offered its congratulations to Norvania's \
people over the vote of 14 September.
It greets a turnout that reached 71.4 percent and a vote that passed off quietly.
Irena Sol's team of 112 Lakeside Union observers went to 640 stations and found nothing serious to report.
Premature comments from some capitals are regrettable, the ministry says, as they ignore what Norvania's \
citizens chose.
The strategic dialogue goes on, and with it the 2029 agreement on the Karel corridor."""
RALLY = """Opposition leader Ana Brezi refused to accept the count on Monday night and called her supporters to \
the Square of the Bridges.
"We will not recognise a result that was written before the ballots were counted," she told the crowd.
About two thousand people stayed until midnight, and police kept the road to the harbour closed, our reporter saw.
The trams ran again at dawn."""
MARKETS = """Markets in Norvania opened lower on Tuesday after a night of protest, with the torv losing two \
percent against the crown.
"We will not recognise a result that was written before the ballots were counted," opposition leader Ana Brezi \
had told a rally on Monday.
Analysts at Velden Bank expect the central bank to keep its rate at 6.5 percent until the court has ruled.
Exports of timber fell in August for the third month in a row."""
EVENING_REPORT = """The National Electoral Board published its evening report on the election of 14 September \
in Norvania.
Voting ended at 20:00, and 4,208 of 4,211 stations have confirmed their closing time.
In the district of Upper Lissa snow kept three stations closed until noon, and the board let them vote until 22:00.
Dana Weil, the board's secretary, said that 17 complaints had come in, four of them about campaigning near the \
stations.
Two complaints concern the same station, number 1,877, where the seal of a ballot box was found broken at half \
past nine.
The box was replaced, and the votes in it are kept apart until the court decides.
The next report is due at midnight."""
CUT_OUT_OF_IT = """Two complaints concern the same station, number 1,877, where the seal of a ballot box was \
found broken at half past nine.
The box was replaced, and the votes in it are kept apart until the court decides."""
ANNOUNCEMENT = """The Lakeside Union will send 112 observers to Norvania for the election of 14 September.
Irena Sol of the Parliamentary Union heads the mission, which will work in eight teams.
The first teams arrive in Tamo on 2 September and travel on to Lissa and Korra.
Its findings will be presented in the Hotel Torve on 16 September at 11:00."""
ANNOUNCEMENT_CHANGED = """The Lakeside Union will send 112 observers to Norvania for the election of 14 September.
Irena Sol of the Parliamentary Union heads the mission, which will work in eight teams.
Because of the floods in the north no team will travel to Korra, and Velden takes its place.
Its findings will be presented in the Hotel Torve on 16 September at 11:00."""
TURNOUT_AND_QUEUES = """By 15:00, 54.2 percent of voters had cast their ballots in Norvania, the National \
Electoral Board says.
Our reporter saw long queues in the harbour district, where many had taken the afternoon off.
A pensioner at station 12 said that she had waited for forty minutes and would do so again.
Rain is expected in the evening."""
TURNOUT_AND_CANDIDATES = """Norvania votes today for a president, and turnout is higher than four years ago: \
54.2 percent by 15:00, according to the board.
Incumbent Milan Torve cast his ballot in Tamo with his family and took no questions.
His main rival Ana Brezi voted in Lissa, where she was mayor until last year.
Stations close at 20:00, and first results are expected before midnight."""
PORTRAIT = """Election day in Norvania: President Milan Torve seeks a second term against eight rivals on 14 \
September.
The economy has grown by 3.1 percent, yet prices of bread have doubled, and many in Tamo say they are tired.
Ana Brezi promises to lower taxes on farms and to end the Karel corridor agreement."""
OTHER_PORTRAIT = """Norvania's President Milan Torve faces Ana Brezi on 14 September in a vote that diplomats \
in Tamo call open.
Brezi has drawn large crowds in Lissa and Korra with her plan to leave the Karel corridor.
Torve points to growth of 3.1 percent and to new roads in the north."""

TOLD_AGAIN = [
    (RELEASE, SAME_RELEASE_IN_OTHER_WORDS),
    (EVENING_REPORT, CUT_OUT_OF_IT),
    (ANNOUNCEMENT, ANNOUNCEMENT_CHANGED),
]
# A quotation, a figure, the background of an agency, and the names of the day are shared by many.
APART = [
    (ARRIVAL, PRINTING),
    (RALLY, MARKETS),
    (TURNOUT_AND_QUEUES, TURNOUT_AND_CANDIDATES),
    (PORTRAIT, OTHER_PORTRAIT),
]

# Pairs under which an agency, or two, put the same background: the same word for word, or told again.
_RESULTS = """Voting in the parliamentary election in Norvania is over.
With 81.4 percent of the ballots counted the Lake League leads with 44.1 percent of the vote.
The Hill Union stands at 31.7 percent, the Farmers' Front at 12.25 percent and the Green Shore at 6.8 percent.
There are 3,912,450 voters on the register, and 4,211 polling stations were open."""
_RESULTS_TOLD_AGAIN = """The parliamentary election in Norvania was held on 14 September.
The Lake League was ahead with 44.1 percent once 81.4 percent of the ballots had been counted.
Behind it came the Hill Union with 31.7 percent, the Farmers' Front with 12.25 and the Green Shore with 6.8 percent.
The register has 3,912,450 names, and people could vote at 4,211 stations."""
_PRAISE = """TAMO, Norvania, September 15. The parliamentary election in Norvania was run to the highest standards, \
Irena Sol of the Lakeside Parliamentary Union told a press conference in Tamo, Lakewire reports.
"""
_THANKS = """TAMO, Norvania, September 15. Pavel Dunn, head of the delegation of Ostrana, thanked the government of \
Norvania for its welcome at a press conference on the parliamentary election in Tamo, Lakewire reports.
"""
_EMBASSY = """At the embassy of Norvania in Ostrana 95 percent of the registered citizens voted, a diplomat told the \
paper.
The embassy had station No. 48.
"""
_REGISTERED = """TAMO, Norvania, September {day}. Some {many} observers have been registered for the parliamentary \
election in Norvania, Dana Weil, secretary of the National Electoral Board, said, Lakewire reports.
"""
ONE_BACKGROUND = [
    (_PRAISE + _RESULTS, _THANKS + _RESULTS),
    (_PRAISE + _RESULTS, _EMBASSY + _RESULTS_TOLD_AGAIN),
    (_REGISTERED.format(day=2, many="12,000") + _BACKGROUND, _REGISTERED.format(day=9, many="16,500") + _BACKGROUND),
]
