"""One sentence as the rules see it: its numbers, dates, hours and names, and who speaks.

A number that a rule has read is taken, so that no other rule reads it as something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from tallyroom.reading.text.labels import label_before
from tallyroom.reading.text.names import Name, Names
from tallyroom.reading.text.numbers import Number, numbers_in, shares_in_words
from tallyroom.reading.text.sentences import Sentence
from tallyroom.reading.text.times import Moment, dates_in, hours_in, labels_in

__all__ = ["Course", "Found", "Scene"]

# What is counted, by the noun behind the number: the first that fits is what the number counts.
_NOUNS = (
    ("stations", r"polling districts?|(?:polling|voting|ballot|electoral|election)[ -](?:stations?|places?|units?|"
        r"booths?|cent(?:er|"
    r"re)s?|precincts?|sites?|locations?|streams?|desks?|tables?)|precincts?|stations?|booths?|"
    r"(?:vote|voting|ballot) boxes|missions and consulates"),
    ("districts", r"constituenc(?:y|ies)|(?:electoral|election|voting) (?:districts?|divisions?|circuits?|areas?)|"
    r"districts?|wards|ridings"),
    ("seats", r"(?<!-)seats?|mandates?"),
    ("observers", r"(?:election |poll )?(?:(?:observ|monit)[eo]rs|(?:observ|monit)[eo]r(?! [a-z]))"),
    ("media", r"journalists?|reporters|correspondents|media (?:outlets?|organi[sz]ations?|representatives|"
    r"workers|houses|companies)|media|(?:news )?outlets?|news organi[sz]ations"),
    ("cameras", r"(?:web |video |surveillance |cctv )?(?:web)?cam(?:era)?s\b"),
    ("candidates", r"candidates?|contenders?|hopefuls?|aspirants?|applicants?|nominees?|contestants?|independents|"
        r"nominations|candidacies|candidatures|"
    r"presidential "
    r"candidates"),
    ("parties", r"(?:political )?parties(?: and (?:blocs|coalitions|alliances))?|(?:political )?movements|alliances|"
        r"political forces|(?:(?:party|electoral|candidate|joint) )?lists(?! of voters)|"
    r"blocs?\b|coalitions"),
    ("respondents", r"respondents?|interviewees|interviews|interviewers?|people (?:interviewed|polled|surveyed)"),
    ("votes", r"(?:(?:valid|invalid|spoilt|spoiled|rejected|popular|null|blank) )?(?:votes?|ballots?|ballot papers)|"
     r"first[- ]preferences?(?: votes?)?"),
    ("voters", r"(?:registered |eligible )?(?:voters|voter(?!s| [a-z])|electors|electorate)"),
    ("organisations", r"(?:observer|observation|monitoring) groups?|organi[sz]ations?|institutions|missions|ngos"),
    ("countries", r"countries|(?:[A-Z]{2,6} )?(?:participating |member )?[Ss]tates\b(?! of)|nations|nationalities"),
    ("representatives", r"representatives?|delegates|experts|staff|volunteers|members|officials|parliamentarians|"
        r"lawmakers|MEPs|MPs"),
    ("signatures", r"signatures"),
    ("persons", r"people|persons?|citizens?|residents|men|women|individuals|inmates|prisoners|pensioners|students|"
        r"youths|expatriates|foreigners|nationals|emigrants|migrants|adults|villagers|islanders|constituents|"
        r"ethnic [A-Z]\w+s|"
        r"[A-Z]\w+(?:ns|is|ians|ese|ites)\b|"
        r"[A-Z]{2,5}s\b"),
    ("time", r"(?<!-)(?:years?|months?|days?|weeks?|hours?|minutes?|terms?|times|decades)"),
)  # fmt: skip
_NOUN = re.compile("|".join(f"(?P<{name}>\\b(?:{words})(?![\\w-]))" for name, words in _NOUNS))
# `At the elections of June 25, 2017 the Socialists took …`, `was elected in June 2013 with …`; `At the 2018 election …`
_VOTE_OF = re.compile(
    r"^(?:In|At) the (?:[a-z]+ ){0,3}?(?:elections?|vote|referendum|run-?off|round|ballot),? (?:of|in|on|"
    r"held on) (?:the )?$|"
    r"\b(?:was|were) (?:re-?)?elected in $"
)
# `below the 58.08 per cent of 2020`, `more than in 2019 (75.59)`, `turnout in 2021 was 76.4%`
_OF_YEAR = re.compile(r"\sof\s(?P<year>(?:19|20)\d\d)\b")
_IN_YEAR = re.compile(
    r"\bin\s(?:the\s)?(?P<year>(?:19|20)\d\d)(?:\s(?:elections?|vote))?,?\s?(?:\(|(?:when\s)?(?:(?:it|that|"
    r"turnout|there)\s)?"
    r"(?:was|were|had been|stood at)\s(?:\w+\s)?)$"
)
_AT_THE = re.compile(r"\s(?:[a-z]+\s){0,3}?(?:elections?|vote|referendum|run-?off)\b")
# `1,000 international and foreign observers`, letter for letter as long
_TWO_SORTS = re.compile(
    r"^(\s[a-z-]+)\sand\s(?=[a-z-]+\s(?:observers|monitors|voters|journalists|candidates|organi[sz]ations|parties)\b)"
)
_ATTACHED = re.compile(r"\s(?:for|in|at|from|by|on|of|that|who|which|whose)\s")
# What may be only the first part of a noun: "polling station observers" are observers.
_FIRST_PARTS = ("stations", "media", "parties", "votes", "voters", "candidates", "organisations")
_TITLED = re.compile(
    r"\b(?:Polling|Voting|Parliamentary|Assembly|Electoral|Election)(?:\s[A-Z][a-z]+)+|"
    r"\bConstituenc(?:y|ies)\b|\b(?:Candidates|Parties|Voters|Votes|Seats|Observers|Journalists|Women)\b"
)
_DOTTED = re.compile(r"\d{1,2}\.(?!00|15|30|45)\d\d")
# `20:00 Polls close.`, `20:00 - Anna Meyer has voted.`
_ENTRY = re.compile(r"\s(?:-\s)?[A-Z]")
_STOP = re.compile(
    r"[,;:()]|\s(?:in|at|on|from|with|for|to|by|and|or|but|had|have|has|was|were|is|are|will|would|"
    r"after|before|when|while|who|which|where|as|voted|cast)\s|\s\d|\s-\s"
)


@dataclass(frozen=True)
class Found:
    """What a rule has found. by: who says it, where that is not the speaker of the sentence."""

    kind: str
    subject: str
    value: Decimal | str
    rule: str
    unit: str = ""
    qualifier: str = ""
    as_of: str = ""
    place: str = ""
    by: str = ""
    modality: str = ""


@dataclass
class Course:
    """What earlier sentences of a document leave behind for later ones.

    person: whom `he` means. results: the speaker, modality and kind of shares just listed.
    sources: the kinds of figures that are listed, who gave them and in which sentence.
    pollsters: who was said to conduct an exit poll. roles: persons and offices already told.
    favour: how the document spells the word.
    """

    names: Names
    date: str = ""
    anchor: str = ""
    election: str = ""
    person: str = ""
    thing: str = ""
    results: tuple[str, str, str] | None = None
    results_at: int = -9
    poll: str = ""
    poll_at: int = -99
    survey_at: int = -99
    asked_at: int = -9
    when_at: int = -9
    counted_at: int = -9
    told: str = ""
    told_at: int = -9
    contenders: list[str] = field(default_factory=list)
    turnout_by: str = ""
    turnout_at: int = -9
    turnout_in: int = -9
    house: str = ""
    seats_at: int = -9
    seats_by: str = ""
    standing_at: int = -9
    pollsters: set[str] = field(default_factory=set)
    roles: set[tuple[str, str]] = field(default_factory=set)
    listing: str = ""
    listing_at: int = -9
    stations_at: int = -9
    register_at: int = -9
    watching_at: int = -9
    votes: set[str] = field(default_factory=set)
    observers_at: int = -9
    country: str = ""
    own_voice: bool = False
    question: bool = False
    favour: str = "favour"
    court: str = ""
    court_at: int = -9
    body: str = ""
    hour: str = ""
    hour_at: int = -9
    hour_alone: int = -9
    place: str = ""
    place_at: int = -9
    speaker: str = ""
    speaker_at: int = -9
    figures: list[Found] = field(default_factory=list)
    endorsed: str = ""
    giver: str = ""
    endorsed_at: int = -9
    sources: dict[tuple[str, ...], tuple[str, int]] = field(default_factory=dict)


@dataclass
class Scene:
    """A sentence in its course; number: which sentence of the document, from 0; giver: whose figures it tells."""

    sentence: Sentence
    course: Course
    number: int = 0
    speaker: str = ""
    giver: str = ""
    taken: set[int] = field(default_factory=set)
    told: dict[int, Found] = field(default_factory=dict)
    contenders: list[Name] | None = None  # the names of choices, once they have been looked for
    _labels: dict[int, str] = field(default_factory=dict)
    _nouns: dict[int, tuple[str, str, int]] = field(default_factory=dict)

    @cached_property
    def text(self) -> str:
        """The words of the sentence."""
        return self.sentence.text

    @cached_property
    def low(self) -> str:
        """The same in small letters."""
        return self.text.lower()

    @cached_property
    def dates(self) -> list[Moment]:
        """The dates, in order."""
        return dates_in(self.text, self.course.date, self.course.anchor)

    @cached_property
    def _clock(self) -> list[Moment]:
        told = hours_in(self.text)
        # `X was backed by 24.08 percent, Y by 23.51`: a share as its neighbours are, no hour.
        of_shares = "percent" in self.text or "per cent" in self.text or "%" in self.text
        return [m for m in told if not (of_shares and _DOTTED.fullmatch(self.text[m.start : m.end]))]

    @cached_property
    def hours(self) -> list[Moment]:
        """The hours, in order."""
        found = self._clock
        # `20:00 Polls close.`: when an entry of a running report was written.
        return found[1:] if found and found[0].start == 0 and _ENTRY.match(self.text, found[0].end) else found

    @cached_property
    def entry(self) -> Moment | None:
        """The hour at which an entry of a running report was written: `20:00 Polls close.`"""
        found = self._clock
        return found[0] if found and found[0] not in self.hours else None

    @cached_property
    def numbers(self) -> list[Number]:
        """The numbers that count something, in order."""
        moments = [(m.start, m.end) for m in (*self.dates, *self._clock)]
        return [n for n in numbers_in(self.text, [*moments, *labels_in(self.text)]) if not n.points]

    @cached_property
    def fractions(self) -> list[Number]:
        """The shares in words, as percentages: `two thirds of the voters`, `one in three`."""
        return shares_in_words(self.text)

    @cached_property
    def names(self) -> list[Name]:
        """The names, in order."""
        return self.course.names.in_sentence(self.text)

    def open(self, number: Number) -> bool:
        """Whether no rule has taken the number yet."""
        return number.start not in self.taken

    def take(self, *numbers: Number) -> None:
        """Marks numbers as read; those within a share in words too."""
        self.taken.update(number.start for number in numbers)
        for share in numbers:
            if share.spelt and share.percent:
                self.taken.update(n.start for n in self.numbers if share.start < n.start < share.end)

    def note(self, found: Found) -> None:
        """Keeps what the numbers taken last were read as: what they are, others of their list may be too."""
        for start in self.taken - self.told.keys():
            self.told[start] = found

    def after(self, number: Number, letters: int = 80) -> str:
        """What stands behind a number."""
        return self.text[number.end : number.end + letters]

    def before(self, number: Number, letters: int = 80) -> str:
        """What stands in front of a number."""
        return self.text[max(0, number.start - letters) : number.start]

    def noun(self, number: Number) -> str:
        """What a number counts, by the noun behind it: `stations`, `voters` …; empty where none does."""
        return self.noun_at(number)[0]

    def _coordinated(self, number: Number) -> tuple[str, str, int] | None:
        """`1,114 international and 2,266 national observers`: what the number behind counts."""
        after = next((n for n in self.numbers if n.start > number.end and not n.percent), None)
        between = re.fullmatch(r"\s([a-z-]+)\s(?:and|or)\s", self.text[number.end : after.start]) if after else None
        if after is None or between is None or _NOUN.fullmatch(between[1]):
            return None
        name, words, _ = self.noun_at(after)
        sort = self.text[number.end : after.start].split()[0]
        return name, f"{sort} {words.split()[-1]}" if words else "", after.start

    def noun_at(self, number: Number) -> tuple[str, str, int]:
        """What a number counts, the words behind it up to the noun, and where they end."""
        if number.start not in self._nouns:
            self._nouns[number.start] = self._noun_of(number)
        return self._nouns[number.start]

    def _noun_of(self, number: Number) -> tuple[str, str, int]:
        if shared := self._coordinated(number):
            return shared
        own = self._noun_behind(number)
        if own[0] in ("", "persons") and (label := self.label(number)):
            nouns = list(_NOUN.finditer(_ATTACHED.split(label)[0]))
            if nouns and (own[0] == "" or nouns[0].lastgroup != "persons"):
                head = next((n for n in nouns if n.lastgroup not in _FIRST_PARTS), nouns[0])
                return head.lastgroup or "", label, own[2]
        return own

    def label(self, number: Number) -> str:
        """The noun phrase in front of which the number is the value: `valid votes` of `Valid votes: 512`; or empty."""
        if number.start not in self._labels:
            self._labels[number.start] = label_before(self.low, number.start)
        return self._labels[number.start]

    def _noun_behind(self, number: Number) -> tuple[str, str, int]:
        tail = _TWO_SORTS.sub(r"\1-and-", self.text[number.end : number.end + 90])
        stop = _STOP.search(tail)
        tail = tail[: stop.start()] if stop else tail.rstrip(".")
        # `49 Parliamentary Constituencies`
        tail = _TITLED.sub(lambda words: words[0].lower(), tail)
        found = ("", "", number.end)
        for match in _NOUN.finditer(tail):
            if tail[: match.start()].count(" ") > 5 or (found[0] and number.end + match.start() > found[2] + 1):
                break
            name = match.lastgroup or ""
            # The head of a noun phrase stands last: "polling station observers" are observers.
            found = (name, tail[: match.end()].strip(), number.end + match.end())
            if name not in _FIRST_PARTS:
                break
        return found

    def has(self, pattern: re.Pattern[str]) -> bool:
        """Whether the sentence, in small letters, holds a pattern."""
        return pattern.search(self.low) is not None

    @cached_property
    def earlier_vote(self) -> str:
        """The date of the earlier vote that a sentence tells of: `At the elections of June 25, 2017 …`; or empty."""
        before = (self.course.anchor or "9999")[:4]
        told = (d for d in self.dates if d.value[:4] < before and _VOTE_OF.search(self.text[: d.start]))
        opened = (d for d in self.dates if d.value[:4] < before and _AT_THE.match(self.text, d.end) and d.start < 12)
        return next((d.value for d in (*told, *opened)), "")

    @property
    def hour(self) -> str:
        """The hour, or the day, that figures of the sentence stand for, where it gives one."""
        if self.hours:
            return self.hours[0].value if re.search(r"\b(?:by|as of|at|before|until|as at|till)\b", self.low) else ""
        days = (d for d in self.dates if re.search(r"\bas (?:of|at|on)\s(?:the\s)?$", self.low[: d.start]))
        return next((d.value for d in days), "")

    def year_of(self, number: Number) -> str:
        """The earlier year that a figure stands for: `after 78.2 percent in 2017`, `In 2020 she won …`."""
        before = (self.course.anchor or "9999")[:4]
        behind = re.match(
            r"(?:\sof [\w ]{3,30})?\s(?:\w+\s){0,4}?in\s(?:the\s)?(?P<year>(?:19|"
            r"20)\d\d)\b",
            self.text[number.end :],
        )
        opens = re.match(r"(?:[Ii]n|[Aa]t the)\s(?:\w+\s){0,4}?(?P<year>(?:19|20)\d\d)\b", self.text)
        since = re.search(
            r"\b(?:since|in)\s(?P<year>(?:19|"
            r"20)\d\d),?\swhen\s\w+\s[\w ]{2,20}$",
            self.before(number, 60),
        )
        beside = _OF_YEAR.match(self.text, number.end) or _IN_YEAR.search(self.before(number, 60))
        for match in (behind, since, beside, opens):
            if match and match["year"] < before:
                return match["year"]
        if re.match(r"In the (?:first|previous|last) (?:round|vote|election)\b", self.text) and self.dates:
            return self.dates[0].value
        return ""
