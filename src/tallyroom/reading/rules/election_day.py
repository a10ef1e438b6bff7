"""Whether a date is that of a vote, and how votes are spoken of."""

from __future__ import annotations

import re

from tallyroom.reading.scene import Scene
from tallyroom.reading.times import Moment

__all__ = ["ELECTION", "ELECTION_WORD", "OF_YEAR", "is_of_the_vote"]

ELECTION = (
    r"(?:(?:presidential|parliamentary|general|legislative|local|municipal|regional|snap|early|"
    r"extraordinary|federal|national|repeat|by-?|run-?off|primary|gubernatorial|mayoral|assembly"
    r"|[A-Z]\w+)[ -])*(?:elections?|vote|ballot|polls?|run-?off|referendum|"
    r"plebiscite|by-?elections?|(?:first|second) (?:round|ballot)|polling|voting)"
)
ELECTION_WORD = re.compile(
    r"\b(?:(?:elects?|votes for|votes to (?:elect|choose)) (?:an? |its )?(?:new )?"
    r"(?:president|parliament|government|mayor\w*|assembly)|(?:voting|"
    r"polling) (?=took|takes|will take|is taking|was held|will be held)|elections?|vote|polls|"
    r"ballot|run-?off|referendum|plebiscite|by-?elections?|"
    r"(?:(?<=\d )|(?<=people )|(?<=voters )|(?<=citizens )|(?<=million ))voted"
    r"(?= on (?:\w+day,? )?(?:$|(?:\d{1,2} )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))|"
    r"(?:first|second) (?:round|ballot)|(?<!exit )(?<!opinion )poll(?= (?:is|was|will|on|of|day|date)\b|[.,])|"
    r"polling (?:stations|places) "
    r"(?:opened|open|closed)|(?:choose|chose|elect|elected|elects) (?:the|its|their|a) (?:\w+ )?(?:president|"
    r"parliament|mayors?|"
    r"members|council\w*)|voting day|(?:duly|re-?)\s?elected|polling day|election day)\b"
)
_HELD = re.compile(
    rf"\b(?:{ELECTION})\b[^.;]{{0,90}}?\b(?:(?:was|were|is|are|be|been|being|to "
    rf"be)\s(?:\w+\s)?(?:held|scheduled|set|conducted|called|due|planned|fixed|under way)|held|took "
    rf"place|(?:takes?|took) place|taking place|scheduled|set|due|fell on|falls on|will be|is|are|was|were|"
    rf"ended|began|begins|starts|opens|on|of|for|in)\b[^.;]{{0,60}}$",
    re.I,
)
_HOLDS = re.compile(
    r"\b(?:hold|holds|held|holding|vote[sd]?|voting|go to the polls|goes to the polls|went to the "
    r"polls|going to the polls|heads? to the polls|cast (?:their )?(?:ballots|votes)|choose|elect|"
    r"elects|elected|called|call|calls|set|schedule[sd]?|fixed|observe|contest)\b[^.;]{0,110}$",
    re.I,
)
# Names and things that have the word election in them and are none.
_BODIES = re.compile(
    r"\b(?:(?:central|national|state|independent|supreme|high|federal|territorial|"
    r"district)\s)*elect(?:ion|ions|oral)\s(?:and boundaries\s|monitoring and\s)?"
    r"(?:commission|code|committee|official|authorit|board|law|act|observ|monitor|campaign|result|"
    r"information|cent|council|court|tribunal|list|roll|register|district|subject|college|system|"
    r"timetable|calendar|schedule|reform|process|administration|management)\w*"
)
_FRONT = re.compile(
    r"^,?\s(?:(?!(?:that|to|unless|if|when|whether|because|after|before)\b)[a-z'-]+\s){0,3}?[\"']?(?:elections?|"
    r"vote|polls?|run-?off|referendum|"
    r"ballot)\b(?!\s(?:results?|day|commission|code))"
)
# `On Sunday Kenya votes`, `In the current year Russia is set to hold an election`.
_BEHIND = re.compile(
    r"^\s(?:a total of\s)?[\d.,]+\s(?:per ?cent|million|thousand|people|voters)\b[^.;]{0,40}\bvoted\b|"
    r"^,?\s(?:[\w'-]+\s){0,8}?(?:(?:hold|holds|held|holding|"
    r"stage[sd]?)\s(?:\w+\s){0,5}?(?:elections?|vote|referendum|run-?off|polls)\b|(?:votes?|"
    r"voted)\b(?=[\s.,](?:in|for|to|$|\s))|(?:go|goes|went|head|heads|headed)\sto the polls|"
    r"elections? (?:was|were|is|are|will be) held|elections? (?:take|took|takes|will take) place|"
    r"(?:was|is|will be) (?:polling|election) day)"
)
_DATED = re.compile(
    rf"\b(?:{ELECTION})(?:\s(?:in|to|for)\s(?:the\s)?[\w\s'-]{{1,40}}?)?(?P<how>,\s|"
    rf"\son\s(?:\w+day,\s)?|\sof\s|\sfor\s|\sin\s|"
    r"\s(?:is|was|were)\sin\s|\s(?:is|was|are)\s(?:due|expected|scheduled)\s(?:in|on|for)\s|\sset for\s|"
    r"\sto be held on\s|\s?\(|\sis\s|"
    r"\sfell on\s)(?:the\s)?(?:\w+day,?\s)?$",
    re.I,
)
# Words of speech and of rulings: `praised the election on Friday` dates the praise.
_TOLD_OF = re.compile(
    r"\b(?:takes? up|consider\w*|discuss\w*|prais\w+|comment\w*|approv\w+|confirm\w+|validat\w+|"
    r"annul\w*|congratulat\w+|critici[sz]\w+|monitoring|observing|visited|arrived|"
    r"condemn\w+|reject\w+|recogni[sz]\w+|statement|report\w*|conference|briefing|welcomed|"
    r"certif\w+|inaugurat\w+|published|released|assess\w+)\b"
)


def is_of_the_vote(scene: Scene, moment: Moment) -> bool:
    """Whether a date is that of the vote: `election of February 7`, `held on …`, `the vote on …`."""
    before = _BODIES.sub(" ", scene.text[: moment.start].lower())
    if _RULED.search(before):
        return False
    if _MOVED.search(before):
        return True
    if _OUTCOME.search(before) or _NAMED_AS.match(scene.low, moment.end):
        return not _OUTCOME.search(before)
    if moment.is_day and _FRONT.match(_BODIES.sub(" ", scene.text[moment.end :].lower())):
        return True
    if len(moment.value) == 4 and OF_YEAR.match(scene.text, moment.end):
        return True
    if _BEHIND.match(_BODIES.sub(" ", scene.text[moment.end :].lower())):
        return True
    earlier = [m for m in scene.dates if m.end <= moment.start]
    between = scene.text[earlier[-1].end : moment.start].lower() if earlier else ""
    if earlier and re.fullmatch(r"\s(?:to|and|-|until|through)\s", between):
        return is_of_the_vote(scene, earlier[-1])
    # `last year, on 12 August`: both are one date.
    again = bool(earlier) and len(earlier[-1].value) == 4 and re.fullmatch(r",\son\s(?:\w+day,?\s)?", between)
    if earlier and not again and not ELECTION_WORD.search(_BODIES.sub(" ", between)):
        return False
    clause = re.split(r"[;]|,\s(?:and|but)\s|\bafter\b|\bsince\b(?! )", before)[-1]
    if re.search(r"\bdeadline\b|\bdate\s(?:was|is|has\sbeen)\s(?:set|fixed|announced)\sby\b", clause):
        return False
    if re.search(r"\b(?:death|died)\b[^,;]{0,50}$", clause):
        return False
    if re.search(r"\b(?:started|began|begun)\s(?:monitoring|observing|to\s(?:monitor|observe))", clause):
        return False
    if named := _DATED.search(clause):
        return named["how"].strip() != "on" or not _TOLD_OF.search(between or clause)
    if _CHOSE.search(clause) and moment.is_day:
        return True
    if re.search(
        r"\b(?:polling|election|voting) day,?\s(?:on\s|is\s|was\s)?$|\b(?:held|take place|takes place|"
        r"took place|hold|holds|voted?|votes)\s(?:[\w,.'-]+\s){0,7}?(?:on|for|in)\s(?:\w+day,\s)?$",
        clause,
    ):
        return bool(ELECTION_WORD.search(before)) and not re.search(
            r"\b(?:conference|meeting|session|debate|rally|hearing|discussion|ceremony)\b", clause[-70:]
        )
    if not moment.is_day:
        return False
    if _RAN.search(clause):
        return True
    tail = re.search(r"\b(?:on|for|of|in|until|by|,)\s(?:the\s)?(?:\w+day,?\s)?$", clause)
    return (
        bool(tail)
        and bool(_HELD.search(clause) or _HOLDS.search(clause))
        and bool(ELECTION_WORD.search(clause))
        and not _other_step(clause)
    )


# `named March 17 as the day of the election`, `July 9 is the date fixed for the second ballot`
_NAMED_AS = re.compile(
    r"\s(?:(?:as|is|was) the (?:day|date)\b|for the(?= (?:[a-z]+ ){0,3}(?:elections?|vote|"
    r"referendum)\b))[^.;]{0,60}\b(?:elections?|vote|voting|poll|polls|"
    r"referendum|ballot|run-?off)\b"
)
# `postponed the election to 15 December`
_MOVED = re.compile(
    r"\b(?:postpon|mov|delay|reschedul)\w*\s[\w ]{0,30}?(?:elections?|vote|polls?|referendum)(?:\sfrom\s[\w ]{3,20})?\s"
    r"(?:to|until|till)\s(?:\w+day,?\s)?$|"
    r"\b(?:elections?|vote|polls?|referendum)\s(?:was|were|is|are|has been|have been)\s(?:postponed|moved|"
    r"delayed|rescheduled)\s"
    r"(?:from\s[\w ]{3,20}\s)?(?:to|until|till)\s(?:\w+day,?\s)?$"
)
# `the court ruled on 15 February that …`, `parliament voted on 12 March to postpone …`, `dissolved parliament on …`
_RULED = re.compile(
    r"\b(?:ruled|decided|agreed|resolved)\son\s(?:\w+day,?\s)?$|\bdissolved\s[^.;,]{0,40}\son\s(?:\w+day,?\s)?$|"
    r"\b(?:parliament|assembly|council|board|deputies|lawmakers|senate|congress|cabinet|"
    r"house)\svoted\s(?:[\d-]+\s)?on\s(?:\w+day,?\s)?$"
)
# `the results are due on April 2`
_OUTCOME = re.compile(
    r"\bresults?\b[^;]{0,50}\b(?:announced|due|published|declared|known|expected|released|certified)\b[^;]{0,25}$"
)
# `Voters choose the next president on …`, `elected its mayors and councils on …`
_CHOSE = re.compile(
    r"\b(?:choose|chose|elect|elected|elects|duly elected)\b[^.;,]{0,70}\bon\s(?:\w+day,?\s)?$|\bpoll is (?:due|"
    r"set|scheduled) (?:on|for)\s$"
)
# `voting started at 08.00 on March 31`
_RAN = re.compile(
    r"\b(?:voting|elections?|referendum|run-?off|polls|polling (?:stations|places))\b[^.;,]{0,50}\b(?:began|"
    r"begins|started|starts|ended|ends|"
    r"opened|opens|closed|"
    r"closes|is over)\s(?:at\s[\d:.]+\s?(?:[ap]\.?m\.?)?\s(?:local time\s)?(?:\([^()]{0,20}\)\s)?)?on\s(?:\w+day,?\s)?$"
)


def _other_step(clause: str) -> bool:
    return bool(
        re.search(
            r"\b(?:results?|observers?|observation|congratulat|statement|said|told|announced|registered|"
            r"accredited|approved|campaign|turnout|polls (?:close|open)|closed|opened|counted|published|"
            r"meeting|conference|court|registration|report|decree|decision|order|signed|decided|candidates?|"
            r"applications?|deadline|nominat\w+|ballots?|stations?|began|begins|starts|voting (?:began|ended|starts|"
            r"ends))\b[^,]*$",
            re.split(r"\b(?:election|elections|vote|polls|referendum|run-?off)\b", clause)[-1]
            if ELECTION_WORD.search(clause)
            else clause,
        )
    )


# `the 2018 general election`
OF_YEAR = re.compile(
    r"\s(?:[a-z-]+\s){0,3}(?:elections?|poll|referendum|run-?off|vote)\b(?!\s(?:commission|code|"
    r"law|act|day)\b)"
)
