"""The noun phrase in front of a number of which it is the value, and what kind of figure it names.

Valid votes: 2,941,870 · the number of stations that reported is 512 · voters total 1,200 · an electorate of 1.9m
put the roll at 272 thousand · bringing the register to 2,417,912 · Protocols received: 4,102
"""

from __future__ import annotations

import re

__all__ = ["kind_of", "label_before"]

_SOME = (
    r"(?:(?:just|only|some|about|around|over|nearly|almost|more than|at least|roughly|approximately|now|currently|an|"
    r"estimated|exactly|a total of|as many as|up to|well|a little|slightly|under|a record|last|already|close to)\s)*$"
)
_QUALIFIED = re.compile(rf"(?<=\s){_SOME}")
_PHRASE = r"[a-z](?:[^:;.()\d\n]|\b\d\d?\b(?!%|[.,]\d)){2,80}?"
_IS = (
    r"(?:is|was|are|were|will be|would be|has been|had been|stands at|stood at|stays at|remains(?: at)?|"
    r"remained(?: at)?|"
    r"(?:has |have |had )?reached|(?:has |have |had )?(?:rose|risen|grown|grew|fell|fallen|increased|climbed|"
    r"dropped|gone up)"
    r" to|c[ao]me to|amount(?:s|ed)? to|total(?:s|led|ed)?|exceed(?:s|ed)|number(?:s|ed)?|at|to|:|-)"
)
# `: `, `number of X is`, `X total`, `put X at`, `bring X to`, `a roll of`: the label and how it is tied to its figure.
_ROW = re.compile(rf"(?:^|[;,.:]\s|-\s)(?:(?:and|the)\s)?(?P<label>{_PHRASE})\s?(?::|=|\.{{3,}}|\u2026+)\s$")
_NUMBER_OF = re.compile(
    rf"\b(?:number|total|count|tally|share|percentage|"
    rf"proportion)(?:\snumber)? of (?P<label>{_PHRASE})(?:,\s[^,;\d]{{3,40}},)?\s?{_IS}\s$"
)
_TOTALS = re.compile(
    r"(?:^|[,;:(]\s|\b(?:the|and|while|but|that|of)\s)(?P<label>[a-z][a-z' -]{3,60}?)\s(?:(?:had|have|has|now|"
    r"were|was)\s)?"
    r"(?:number(?:s|ed|ing)?|total(?:s|l?ed|l?ing)?|amount(?:s|ed|ing)? to|c[ao]me to|reached|stood at|stands? at)\s$"
)
_PUT = re.compile(
    r"\b(?:(?:put|puts|putting|gave|gives|set|estimates?|estimated)\s(?P<label>[a-z][a-z' -]{2,50}?)\sat|"
    r"(?:bring(?:s|ing)?|brought|takes?|taking|took|push(?:es|ed|ing)|raises?|"
    r"raising)\s(?P<to>[a-z][a-z' -]{1,50}?)\sto|"
    r"\band (?:that )?of (?P<and>[a-z][a-z' -]{2,40}?)\sat)\s$"
)
_OF = re.compile(
    r"\b(?:an?|the|its) (?P<label>(?:(?!in\b|an?\b|of\b|on\b)[a-z-]+\s){0,3}?(?:electorate|roll|register|voter list|"
    r"voters' list))(?: now)? of\s$"
)
_CELL = re.compile(r"(?:^|[;:,]\s|\band\s)(?P<label>[a-z][a-z ]{3,30})\s$")
_WAS = re.compile(
    r"(?:^|[,;:]\s|\b(?:when|that|and|while)\s)(?P<label>(?:the\s)?(?:[a-z']+\s){0,3}?(?:electorate|roll|"
    r"register|valid|"
    r"votes cast|ballots cast|(?:registered|eligible) voters|valid (?:votes|ballots)))\s(?:was|were|is|are)\s$"
)
# `rose from 2,290 to 2,345`
_FROM_TO = re.compile(r"\sfrom [\d.,]+(?: (?:million|thousand))? to\s$")
_SHAPES = (_ROW, _NUMBER_OF, _TOTALS, _PUT, _OF, _WAS)
_LAST = re.compile(
    r"(?:[:=-]|\.{3}|\u2026|is|was|are|were|be|been|at|to|of|[a-z]+s|[a-z]+ed|came|come|number|total|stand|counted|cast|"
    r"valid|voted)$"
)


def label_before(low: str, at: int) -> str:
    """The label of the number that starts at a place of a sentence in small letters; empty where it has none."""
    text = low[max(0, at - 120) : at]
    if some := _QUALIFIED.search(text):
        text = text[: some.start()]
    last = text.rstrip().rsplit(" ", 1)[-1]
    if not text or not _LAST.search(last):
        return ""
    text = _FROM_TO.sub(" to ", text)
    for shape in _SHAPES:
        if match := shape.search(text):
            return _share_of(match[0]) + _plain(match[match.lastgroup or "label"])
    if (cell := _CELL.search(text)) and " " in cell["label"] and kind_of(cell["label"]):
        return cell["label"]
    return ""


def _share_of(words: str) -> str:
    return "share of " if re.match(r"(?:share|percentage|proportion) of ", words) else ""


_ARTICLES = re.compile(
    r"^(?:(?:the|a|an|its|their|total|overall|final|official|provisional|preliminary|nationwide|combined|all|of|and|"
    r"number of|grand|up|when|that)\s)+"
)


_SAID = re.compile(
    r"^.*\b(?:said|says|told|added|noted|mentioned|reported|announced|stated|explained|shows?|means) that\s"
)


def _plain(label: str) -> str:
    label = _SAID.sub("", label)
    return _ARTICLES.sub("", label.strip() + " ").strip()


_VOTED = (
    r"(?:who |that )?(?:(?:had|have|has)\s)?(?:actually |already )?(?:voted|voting|taken part|took part|cast|"
    r"turned out|"
    r"participated|participating)"
)
_PEOPLE = r"(?:voters|electors|people|persons|citizens|electorate|those|residents)"
_STATIONS = (
    r"(?:(?:polling |voting |electoral )?(?:stations|places|units|centres|centers|precincts|booths|sites|"
    r"districts|boxes|"
    r"tables|sections)|precincts|constituencies|communes|wards|municipalities|counties|protocols|minutes|returns|forms|"
    r"tally sheets|acts|actas|result sheets|results)"
)
_REPORTED = (
    r"(?:that |which )?(?:(?:had|have|has|are|were|already|been)\s)*(?:report(?:ed|ing)|transmitted|counted|processed|"
    r"tallied|received|in|sent|submitted|declared|verified|computed|entered|returned)\b"
)
_KINDS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("turnout_share", rf"share of (?:\w+ )?{_PEOPLE} {_VOTED}"),
        (
            "turnout_share",
            r"(?:voter |electoral )?(?:turnout|participation)(?: rate| percentage| figure)?$|(?:voting|poll|"
            r"polling) (?:percentage|rate)$",
        ),
        ("turnout_count", rf"{_PEOPLE}(?: [a-z ]{{2,30}})? {_VOTED}\b(?! for)"),
        (
            "turnout_count",
            r"(?:votes?|ballots?)(?: papers)? (?:cast|polled|deposited|found|in the box)|cast$|voted$|polled$",
        ),
        ("turnout_count", r"(?:early|advance|postal|mail-in|mail|special|absentee|overseas) (?:votes|ballots)\b"),
        (
            "valid_votes",
            r"valid(?: votes?| ballots?| votes cast)?\b|good(?: votes| ballots)?$|votes? (?:and )?counted$",
        ),
        ("valid_votes", r"(?:votes?|ballots?) (?:(?:declared|found|considered|deemed|recogni[sz]ed)(?: as)? )?valid\b"),
        ("stations_reporting", rf"{_STATIONS}(?: [a-z ]{{2,25}})? {_REPORTED}"),
        (
            "registered_voters",
            r"(?:(?:registered|eligible|enrolled|qualified|listed)(?: (?:voters|electors|citizens|people))?|"
            r"(?:[a-z]+ )?"
            r"(?:voters|electors)|(?:[a-z]+ )?electorate|(?:[a-z]+ ){0,2}(?:roll|register|registry)|voter list)"
            r"(?: (?:in|at|on|of|for|abroad|nationwide|stood|now)\b[a-z ]*)?$",
        ),
        (
            "registered_voters",
            r"(?:people|citizens|persons|those) (?:(?:who|that) )?(?:(?:are|were|is) )?(?:(?:on|"
            r"in) the (?:\w+ )?(?:lists?|"
            r"rolls?|register)|(?:entitled|eligible|registered|able) )",
        ),
    )
)


def kind_of(label: str) -> str:
    """The kind of figure that a label names; empty where its noun alone says what is counted."""
    if not label:
        return ""
    return next((kind for kind, pattern in _KINDS if pattern.match(label)), "")
