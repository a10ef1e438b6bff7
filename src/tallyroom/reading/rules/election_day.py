"""Whether a date is that of a vote: by the word that governs it.

A date belongs to the nearest word that can have one: a vote (`the runoff on 8 May`), or something else (`the
deadline is 8 May`). That word stands in front of the date in its clause, right behind it (`the 8 May runoff`), or,
where the date opens its clause, further behind (`On 8 May Kenyans vote`). Verbs that say only that something is
(`held`, `set for`, `took place`) govern nothing.
"""

from __future__ import annotations

import re

from tallyroom.reading.scene import Scene
from tallyroom.reading.text.times import Moment

__all__ = ["ELECTION", "ELECTION_WORD", "OF_YEAR", "SETS", "is_of_the_vote"]

ELECTION = (
    r"(?:(?:presidential|parliamentary|general|legislative|local|municipal|regional|snap|early|"
    r"extraordinary|federal|national|repeat|by-?|run-?off|primary|gubernatorial|mayoral|assembly"
    r"|[A-Z]\w+)[ -])*(?:elections?|vote|ballot|polls?|run-?off|referendum|"
    r"plebiscite|by-?elections?|(?:first|second) (?:round|ballot)|polling|voting)"
)
# What is called an election, wherever it stands.
ELECTION_WORD = re.compile(
    r"\b(?:elections?|vote|voting|polls|polling|ballot|ballotage|run-?offs?|re-?runs?|referend(?:um|ums|a)|"
    r"plebiscites?|by-?elections?)\b"
)
_OTHER_VOTING = (
    r"(?:early\s(?:\w+\s)?\"?(?:voting|votes?|ballots?)|(?:advance|postal|special|overseas|absentee|out-of-country|"
    r"diaspora|proxy|mobile|home)\s"
    r"(?:\w+\s)?\"?(?:voting|votes?|polls?|polling|ballots?)|pre-?poll\w*|re-?poll\w*|(?:voting|vote)\s(?:was|is|"
    r"will\sbe)\s"
    r"repeated|repeat\s(?:voting|vote))"
)
_VOTE = (
    r"(?:polling|voting|election)\sday|(?:by-?)?elections?|(?<!exit )(?<!opinion )polls?(?!\s(?:among|of\s\d|found|"
    r"by)\b)|"
    r"(?:polling|voting)\s(?:stations|places|cent(?:er|re)s)(?=\s(?:\w+\s)?(?:open|clos))|polling(?!\s(?:stations?|"
    r"places?|cent|units?|booths?|agency|firm|institute|company))|voting|"
    r"(?<!on the )(?<!to the )(?<!off the )ballot(?!\s(?:box|papers?|slip|draw|order|"
    r"measure))|"
    r"(?:presidential|electoral|election|parliamentary|leadership)\s(?:contest|race)|ballotage|referend(?:um|ums|a)|"
    r"plebiscites?|run-?offs?|re-?runs?|(?<!\bhe )(?<!\bshe )vote[sd]?|"
    r"(?:first|second|third|final|last|main|next|decisive)\s(?:round|ballot|phase|stage|leg)|round|phase|(?:was|were|"
    r"are)\seligible|elects?|elected|choose|chooses|chose|(?:go|goes|went|going|head|heads|headed|heading|return|"
    r"returns|returned)\s"
    r"(?:back\s)?to\sthe\s(?:polls|ballot|urns)|cast(?:ing)?\s(?:their\s|its\s)?(?:ballots|votes)|"
    r"(?:convene|convoke|summon|call)(?:s|d|ed)?\s(?:the\s)?(?:electorate|electoral\scollege|electors|voters|"
    r"citizens|[a-z]+(?:ns|ese|is))|"
    r"electoral\scolleges\smet"
)
_NO_VOTE = (
    r"results?|outcome|tally|protocols?|figures|bulletin|campaign\w*|candidates?|candidac\w+|nominat\w+|regist\w+|"
    r"deadline|decrees?|laws?|decision|court|tribunal|judg\w+|petition\w*|appeal\w*|complain\w*|session|meeting|"
    r"conference|briefing|debates?|rally|hearing|ceremony|statement|report(?:s|ed|edly)?|letter|observation|observers|"
    r"mission|visit\w*|arriv\w+|accredit\w+|congratulat\w+|prais\w+|welcom\w+|condemn\w+|reject\w+|recogni[sz]\w+|"
    r"approv\w+|confirm\w+|validat\w+|annul\w*|cancel\w*|nullif\w+|certif\w+|inaugurat\w+|sworn|oath|publish\w*|"
    r"releas\w+|announc\w+|declar\w+|proclaim\w*|present(?:s|ed)|submit\w*|hand(?:ed|s|ing)|recount|count|counting|"
    r"sign(?:s|ed|ing)?|dissol\w+|resign\w*|die[ds]?|death|born|coup|war|kill\w+|took\soffice|takes?\soffice|protests?|"
    r"arrest\w*|detained|found|draw|drawn|survey\w*|opinion\spolls?|exit\spolls?|interview\w*|wrote|posted|tweeted|"
    r"said|says|told|"
    r"stat(?:es|ed)|noted?|notes|decided|ruled|discuss\w*|consider\w*|assess\w+|comment\w*|critici[sz]\w+|appl(?:y|"
    r"ies|ied)|"
    r"deliver\w*|print\w*|accept\w+|admitted|apologi\w+|silence|timetable|roll|parliament\svoted|independence|"
    r"(?:parliament|assembly|council|board|deputies|lawmakers|senate|congress|cabinet|house|knesset)\svoted|"
    r"started\s(?:monitor|observ)\w+|began\s(?:monitor|observ)\w+|monitoring|observing|lost\b|summoned|"
    r"issu(?:e|es|ed)|conced\w+|launch\w*|unveil\w*|swear\w*|expir\w+|mandate|term"
)
_HEADS = re.compile(rf"\b(?:(?P<apart>{_OTHER_VOTING})|(?P<other>{_NO_VOTE})|(?P<vote>{_VOTE}))\b")
# Names and things that have the word election in them and are none.
_BODIES = re.compile(
    r"\b(?:(?:central|national|state|independent|supreme|high|federal|territorial|"
    r"district)\s)*elect(?:ion|ions|oral)\s(?:and boundaries\s|monitoring and\s)?"
    r"(?:commission|code|committee|official|authorit|board|law|act\b|observ|monitor|campaign|result|"
    r"information|cent|council|court|tribunal|list|roll|register|district|subject|college(?!s\smet)|system|"
    r"timetable|calendar|schedule|reform|process|administration|management|bodies|commissioner)\w*|"
    r"\b(?:[\d.,]+|million|thousand|per ?cent|%|valid|invalid|spoilt|of|the|their|more|fewer|his|her)\svotes\b"
)
_CLAUSE = re.compile(
    r"[;]|:\s|,\s(?:and|but|while|whereas|although|though|as|so|which|who|whom|where|when|after|before|if)\s|\s-\s|"
    r"\b(?:that|after|before|because|since|unless|whether|if|until|when)\b"
)
# How a date is joined to the word before it.
_ON = r"(?:late\s|early\s|next\s|this\s)?(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s(?:the\s)?"
_JOINED = re.compile(
    rf"(?:^|\b(?:on|of|for|in|is|was|be|were|since|fixed|next|last)|"
    rf"(?<!day)[,(:-])\s?(?:the\s)?(?:{_ON})?\(?$"
)
# `If nobody wins there will be a second round on 5 May` plans no vote yet.
_JOINED_NOUN = re.compile(r"\bof\s(?:the\s)?$")
_TO = re.compile(rf"\b(?:to|till|until)\s(?:the\s)?(?:{_ON})?$")
_THAN = re.compile(rf"\b(?:than\s(?:on|in)|as\s(?:of|at|on))\s(?:the\s)?(?:{_ON})?$")
_ON_A_DAY = re.compile(r",\son\s")
_MOVED = re.compile(
    r"\b(?:postpon\w+|mov(?:es?|ed|ing)|delay\w*|reschedul\w+|put (?:off|back)|push(?:ed|es)? back|"
    r"brought forward|shift\w*|defer\w*)\b"
)
_SET = re.compile(
    r"\b(?:call(?:s|ed|ing)?|set|sets|setting|fix(?:es|ed)?|nam(?:es|ed)|announc\w+|schedul\w+|proclaim\w*|conven\w+|"
    r"summon\w*|decree\w*|agreed|appoint\w*|declar\w+|notif\w+)\b[^;]{0,90}\b(?:for|as|date of|day of)\s(?:the\s)?(?:"
    rf"{_ON})?$|\bcall(?:s|ed)?\s[^;,]{{0,60}}\bon\s(?:{_ON})?$"
)
# `named March 17 as the day of the election`, `July 9 is the date fixed for the second ballot`
_NAMED_AS = re.compile(
    r"(?:\s(?:has been |have been |was |were |is )?(?:picked|chosen|fixed|set|named|selected|agreed)(?= for| as)"
    r"|\s(?:\d{4}\s)?(?:next year\s)?(?:as|is|was|to be) (?:(?:the|its|their) )?(?:date|day|(?:election|polling|"
    r"voting) date|(?:polling|voting|"
    r"election) "
    r"day)\b|\s(?:for the|for) (?:[a-z]+ ){0,3}(?=elections?\b|vote\b|voting\b|polls?\b|referendum\b|run-?off\b))"
)
# `8 June presidential election`, `November 16, 2023 ballot`, `2018 General Elections`
_FRONT = re.compile(
    r"^,?\s(?:(?!(?:that|to|unless|if|when|whether|because|after|before|and|or|in|at|by|of|the|an?|its|their|"
    r"(?!postpon|repeat|delay)[a-z]+ed)\b|[a-z]+ing\b|fixes\b|sets\b)[a-z'-]+\s){0,3}?[\"']?"
    r"(?:(?:by-?)?elections?|vote|polls?|run-?off|re-?run|referendum|plebiscite|ballot|ballotage|contest)\b"
    r"(?!\s(?:results?|day|commission|code|law|act|box|papers?))"
)
OF_YEAR = re.compile(
    r"\s(?:(?!(?:the|a|an|in|on|of|at|and|or|by|constitution|law|code|exit|opinion)\s)[a-z-]+\s){0,3}(?:elections?|"
    r"polls?|referendum|"
    r"run-?off|vote)\b(?!\s(?:commission|code|law|act|day|observ)\w*)",
    re.I,
)
# `, the day of the previous elections`, `, when Kenyans vote`
_APPOSED = re.compile(r"(?:\s(?:this|last|next) year)?,\s(?:the (?:\w+ )?(?:day|date) of|when|in which)\b")
_HELD = re.compile(
    r"\b(?:hold|holds|held|stage[sd]?|take|takes|took|taken|will be|is|are|was|were|begins?|began|starts?|started|"
    r"opens?|opened)\b"
)
# `called on 3 May`, `an order of 3 May`: when it was settled, not for when.
_SETTLED = re.compile(
    rf"\bdate\s[^;,]{{0,30}}\b(?:set|fixed|announced)\s(?:by|on)\b|"
    rf"\b(?:called|decreed|ordered|announced|proclaimed|signed|issued|orders?|resolutions?|notice|decrees?|gazette)\s"
    rf"(?:late\s)?(?:on|of|dated)\s(?:{_ON})?$|"
    rf"\b(?:called|ordered|decreed|announced|gazetted|triggered)\s(?:by\s[^,;]{{3,40}}\s)?on\s(?:{_ON})?$"
)
# `was set on 3 May by the assembly`
_BY_WHOM = re.compile(r"\b(?:set|fixed|scheduled|named|appointed)\son\s(?:\w+day,?\s)?$")
SETS = re.compile(
    r"(?<!-)\b(?:call(?:s|ed|ing)?|sets?|fix(?:es|ed)|nam(?:es|ed)|decree[ds]?|order(?:s|ed)|appoint(?:s|ed)|"
    r"schedul(?:es|ed)|conven\w+|convok\w+|summon\w*|"
    r"proclaim\w*)\b(?!\sto\s)"
)
# What is said about a vote dates itself: `praised the election on Friday`.
_ABOUT = re.compile(
    r"\b(?:takes?\sup|consider\w*|discuss\w*|prais\w+|comment\w*|approv\w+|confirm\w+|validat\w+|annul\w*|nullif\w+|"
    r"congratulat\w+|critici[sz]\w+|monitoring|observing|condemn\w+|reject\w+|recogni[sz]\w+|stress\w+|cancel\w*|"
    r"certif\w+|publish\w*|releas\w+|assess\w+|welcomed|signed|proclaim\w+|announc\w+|dissolv\w+|conven\w+|issu\w+)\b"
    r"(?![^;]{0,90}\b(?:hold|holding|held|take place|takes place|took place|scheduled|set for)\b)"
)


def is_of_the_vote(scene: Scene, moment: Moment) -> bool:
    """Whether a date is that of the vote: `election of February 7`, `held on …`, `the vote on …`."""
    before, after = _plain(scene.low[: moment.start]), _plain(scene.low[moment.end :])
    if _NAMED_AS.match(after):
        return _is_vote(_HEADS.search(after)) or bool(re.search(r"\b(?:polling|voting|election) day|date\b", after))
    if _FRONT.match(after) if moment.is_day else OF_YEAR.match(after):
        return True
    if not moment.is_day and after.startswith('"'):
        return False  # `the "Election 2031" media centre`
    if moment.is_day and _APPOSED.match(after) and _is_vote(_HEADS.search(after)):
        return True
    if _THAN.search(before) or (scene.low.startswith("if ") and not _JOINED_NOUN.search(before)):
        return False
    clause = _clause(before)
    moved = _MOVED.search(clause)
    if moved and _TO.search(clause):
        return _is_vote(_last(clause)) or scene.course.election != ""
    if joined := _listed(scene, moment, before):
        return is_of_the_vote(scene, joined)
    if len(moment.value) == 4 and _ON_A_DAY.match(after):
        return False  # `last year, on 12 August`
    if not _JOINED.search(before) and not _bare(before):
        return False
    if moved or _SETTLED.search(before) or (_BY_WHOM.search(before) and after.startswith(" by ")):
        return False
    if before.endswith(" since "):
        return not moment.is_day and _NONE_SINCE.search(before) is not None
    head = _last(clause)
    if head is None and _IT_IS.match(clause):
        heads = [found for found in _HEADS.finditer(before) if _is_vote(found)]
        head, clause = (heads[-1] if heads else None), before
    if head is None:
        return _behind(scene, before, after, moment)
    if scene.text[moment.start : moment.end].isalpha() and not _WAS_IN.search(clause):
        return False  # `after the elections in March`
    return _governs(head, clause, moment)


# `it is to be held in two weeks, on 5 May`
_IT_IS = re.compile(
    r"\s?(?:it|this|which|these|they|both)\s(?:(?:is|are|was|were|will|to|be|being)\s){1,3}(?:held|set|due|scheduled|"
    r"planned)\b"
)


def _clause(before: str) -> str:
    """The clause that a date ends; of `the vote, which was held on` the word that it speaks of too."""
    at = 0
    for cut in _CLAUSE.finditer(before):
        relative = _OF_WHICH.search(before[: cut.end()])
        if not (relative and _last(before[cut.end() :]) is None and _last(relative["what"])):
            at = cut.end()
    return before[at:]


def _governs(head: re.Match[str], clause: str, moment: Moment) -> bool:
    """Whether the last head of a clause is a vote that the date behind it belongs to."""
    if head.lastgroup == "apart" or _ABROAD.search(clause):
        return False
    if _SET.search(clause) and ELECTION_WORD.search(clause):
        return True
    if not _is_vote(head):
        return False
    gap = clause[head.end() :]
    if _OF_IT.fullmatch(gap):
        return True
    if not moment.is_day:
        return _HELD_IN.fullmatch(gap) is not None and not re.fullmatch(r"elect|elects|elected|vote[sd]", head[0])
    whose = _last(clause[: head.start()])
    if (
        whose
        and not _is_vote(whose)
        and _OF_WHAT.fullmatch(clause[whose.end() : head.start()])
        and not _ON_IT.match(gap)
    ):
        return False
    return not _ABOUT.search(clause[: head.start()].rsplit(", ", 1)[-1]) or _SET_FOR.search(gap) is not None


# `elections of`, `the ballot (`, `polls in Russia,`; `elections in Turkey were held in`; `in the vote on`
_NONE_SINCE = re.compile(r"\bno\b[^,;]*\b(?:elections?|polls|votes?)\b[^,;]*\bsince\s$")
_OF_IT = re.compile(r"\s?(?:(?:in|to|for) [a-z' -]{3,30})?(?:\sof\s|,\s|\s?\(|\sfor\s|\s)(?:the\s)?(?:[a-z]+day,?\s)?")
_HELD_IN = re.compile(
    r"(?:\s(?:in|to|for|of) [a-z' -]{3,40})?\s(?:(?:is|are|was|were|will be|to be|being|those|due|expected|held|"
    r"scheduled|"
    r"planned|set|took place|takes place|will take place)\s){0,3}(?:in|of|for|since)\s(?:the\s)?(?:early|late|mid)?\s?"
)
# Those who vote on another day.
_ABROAD = re.compile(r"\b(?:(?:voters|citizens|nationals|[a-z]+ans)\s(?:overseas|abroad)|expat(?:s|riates))\b")
_ON_IT = re.compile(rf"\s(?:(?:held|scheduled|due|set|planned)\s)?(?:on|in|for)\s(?:{_ON})?$")
_OF_WHAT = re.compile(r"\s(?:for|of|in|to|on|at)\s(?:the\s)?(?:[\w'-]+\s){0,3}")
_WAS_IN = re.compile(
    r"\b(?:is|are|was|were|be|held|due|planned|scheduled|expected|place|voted|votes?)\s(?:in|for|next|"
    r"last)\s(?:early |late )?$"
)
_SET_FOR = re.compile(r"\b(?:held|hold|take place|takes place|took place|scheduled|set|due|planned)\b")
_OF_WHICH = re.compile(r"(?P<what>\b[\w-]+(?:\sof\sthe\s\w+)?)(?:,\swhich\s|\s(?:that|which))$")


def _behind(scene: Scene, before: str, after: str, moment: Moment) -> bool:
    """Whether a date that opens its clause is that of a vote told behind it: `On 8 May Kenyans vote`."""
    if len(scene.dates) > 2 and (listed := after.partition(": ")[2]):
        return any(
            _is_vote(found) for found in _HEADS.finditer(listed)
        )  # `4 May in Lurd, 9 May in Arda: so run the polls`
    if len(before) > 60 and not _JOINED.fullmatch(_clause(before)):
        return False
    rest = re.split(r"[;]|,\s(?:and|but|while|which|who|after)\s|\bthat\s", after)[0][:150]
    head = _HEADS.search(rest)
    if not _is_vote(head) or head is None or after.startswith(("'s", ", when ")):
        return False
    if not moment.is_day:
        return re.search(r"\b(?:hold|holds|held|take place|takes place|took place|to the polls)\b", rest) is not None
    if SETS.search(rest[: head.start()]):
        return False
    verb = not re.match(r"election|vote\b|voting", head[0]) or bool(re.search(r"[a-z]s\s$", rest[: head.start()]))
    verb = verb and head[0].startswith(_VERBS)
    return verb or bool(_HELD.search(rest))


_VERBS = ("vote", "elect", "go", "went", "head", "return", "cast", "choos", "chose", "conven", "call")


def _listed(scene: Scene, moment: Moment, before: str) -> Moment | None:
    """The date before, where both are of one thing: `from 17 to 19 May`, `last year, on 12 August`."""
    earlier = [m for m in scene.dates if m.end <= moment.start]
    if not earlier:
        return None
    between = before[earlier[-1].end :]
    same = re.fullmatch(r"\s(?:to|and|-|until|through)\s", between)
    again = len(earlier[-1].value) == 4 and re.fullmatch(r",\son\s(?:\w+day,?\s)?", between)
    return earlier[-1] if same and not again else None


def _bare(before: str) -> bool:
    """Whether a date stands right behind a vote: `General Election 2024`, `elections in Russia 2018`."""
    head = _last(before)
    return _is_vote(head) and head is not None and bool(_RIGHT_BEHIND.fullmatch(before, head.end()))


_RIGHT_BEHIND = re.compile(r"(?:\sin\s(?:the\s)?[a-z]+)?,?\s(?:(?:this\s|next\s)?[a-z]+day,?\s)?")


def _last(clause: str) -> re.Match[str] | None:
    """The last word of a clause that can have a date."""
    heads = list(_HEADS.finditer(clause))
    return heads[-1] if heads else None


def _is_vote(head: re.Match[str] | None) -> bool:
    return head is not None and head.lastgroup == "vote"


def _plain(text: str) -> str:
    """A text, bodies that have the word election in their names blanked, letter for letter."""
    return _BODIES.sub(lambda found: " " * len(found[0]), _IF_NEEDED.sub(lambda found: " " * len(found[0]), text))


_IF_NEEDED = re.compile(r",? if (?:needed|necessary|required|any)\b,?")
