"""The verb that a number is the subject of, and what it is a part of.

    16.7 million (75.6%) made it to the polls · 1.8 million, that is 11.2 percent of 17 million voters, showed up
    of 95,000 on the list 63,800 had voted · 700 of its 1,214 electors

Between a number and its verb stand its noun, asides, and what it is a part of.
"""

from __future__ import annotations

import re

from tallyroom.reading.scene import Scene
from tallyroom.reading.text.numbers import Number

__all__ = ["VOTED", "bare", "behind", "electorate", "is_whole", "listed", "stands", "votes", "whole_of"]

_FOR = r"(?!\s(?:for|against|in favou?r|to\b|[\"']?yes|[\"']?no\b))"
# What voters do, by whatever words.
VOTED = (
    rf"(?:voted\b{_FOR}|(?:turned|came|come|showed|shown) (?:out|up)\b|(?:took|taken) part\b|participated\b|"
    rf"(?:cast|deposited|dropped|marked) (?:(?:their|his|her|a|the) )?(?:(?:early|absentee|postal) )?"
    rf"(?:votes?|ballots?(?: papers?)?)\b{_FOR}|"
    r"(?:went|gone|been|came|come|made it|flocked|headed|trooped) to (?:the |their |a )?(?:[\d., ]+ )?"
    r"(?:polls?|polling (?:stations?|places?)|voting (?:stations|places)|ballot boxes|urns|booths?|vote|elections?|"
    r"referendum)\b|"
    r"(?:visited|attended) the (?:polls?|polling (?:stations|places))\b|"
    r"(?:exercised|used|made use of) (?:their|the|this|early|postal|advance|remote|online)\b|had their say\b|"
    r"polled\b(?! by)|queued\b|"
    r"(?:did|done) so\b|bothered to\b|received (?:their |a )?ballots?\b|at the polls\b|come (?:by|so far|"
    r"to vote)\b|came(?=[,.;]))"
)
# Words of the noun phrase, and of what describes it; no verb, no further figure, no clause but of where they live.
_PHRASE = (
    r"(?:(?!(?:and|while|but|nor|not|never|who|that|which|whom|where|when|after|if|said|says|were|was|is|are|be|been|"
    r"will|would|can|could|may|might|must|should|shall|to|won|received|got|against|voted|than|expected|had|have|has)\b)"
    r"[\w'./-]*[\w'/]\s|(?:to|who|whose) (?:the (?:urns|polls)|(?:live|reside|are|were) [a-z]+|names (?:are|were) on)"
    r"\s){0,12}?"
)
_VOTES = re.compile(
    rf"\s?(?P<phrase>{_PHRASE})(?:(?:who |that )?(?:had|have|has)\s(?:(?:already|now|so far|also|only|since|thus far|"
    rf"duly|actually|in fact)\s){{0,2}}|having\s)?(?P<verb>{VOTED})"
)
# Verbs of others too: observers turn up, parties take part, protesters come out.
_OF_OTHERS = re.compile(r"\b(?:observ|monitor|interview|respond|survey|protest|rall(?:y|ies)|debate|training|campaign)")
_WEAK = re.compile(
    r"(?:turned|came|come|showed|shown|took|taken|participated|queued|did|done|attended|visited|bothered)\b"
)
_HEADLINE = re.compile(
    r"\s?(?:[a-z]+\s){0,2}?(?:vote|turn out|cast (?:their )?(?:ballots|votes))\s(?:in|at|by|on|today)\b"
)
_ASIDES = re.compile(
    r"\s?\([^)]{0,80}\)|\s-\s[^-;]{1,80}?\s-(?=\s)|"
    r",\s(?:i\.e\.\s|(?:or|that is|equal|equivalent|corresponding|amounting|which|about|around|some|roughly|"
    r"nearly|almost|"
    r"just|more than|less than|a record|representing|including)\b)[^;]{1,80}?,(?=\s)"
)
# `1,281,997, or 49.39% of voters, took part`: the second stands in an aside of its own.
_IN_ASIDE = re.compile(
    r"(?P<round>\()(?:or\s)?[^()]{0,25}$|"
    r"(?P<comma>,\s|\s-\s)(?:or|that is(?: to say)?|i\.e\.|equal to|equivalent to|corresponding to|which is|some|about)"
    r"\s(?:[a-z]+\s){0,2}$|(?P<dash>\s-\s)(?:[a-z]+\s){0,2}$"
)
_CLOSES = {
    "round": re.compile(r"[^()]*\)"),
    "comma": re.compile(r"[^;]{0,80}?(?:,|\s-)(?=\s)"),
    "dash": re.compile(r"[^-;,]{0,60}\s-(?=\s)"),
}


def behind(scene: Scene, number: Number) -> str:
    """What stands behind a number in its sentence, in small letters, without asides."""
    whole = whole_of(scene, number)
    tail = scene.low[whole.end if whole else number.end :][:200]
    aside = _IN_ASIDE.search(scene.low[max(0, number.start - 40) : number.start])
    if aside and (close := _CLOSES[aside.lastgroup or "round"].match(tail)):
        tail = tail[close.end() :]
    return _ASIDES.sub("", tail).replace(" men and women ", " people ")


def votes(scene: Scene, number: Number) -> bool:
    """Whether who is counted has voted: the verb of the number is one of voting."""
    if _OF_FRONT.search(scene.low[: number.start][-60:]) or _OF_VOTERS.search(scene.low[: number.start]):
        return False
    if following := _coordinated(scene, number):
        return votes(scene, following)
    tail = behind(scene, number)
    found = _VOTES.match(tail)
    if found is None:
        return bool(_HEADLINE.match(tail)) and not scene.text.endswith(".")
    if _FIGURE.search(found["phrase"]):
        return False
    certain = "voters" in found["phrase"] or "electors" in found["phrase"]
    return certain or not (_WEAK.match(found["verb"]) and _OF_OTHERS.search(scene.low))


# `Of those who voted 61 percent did so by post`
_OF_VOTERS = re.compile(
    r"\bof (?:those|the (?:people|voters|citizens)) (?:who|that) (?:had |have )?(?:voted|"
    r"cast|took part)\b"
)
_FIGURE = re.compile(r"\d")
_AND = re.compile(r"\s(?:[a-z-]+\s){1,3}and\s(?:[a-z]+\s)?")


def _coordinated(scene: Scene, number: Number) -> Number | None:
    """The second of `1,566 Albanians and only 13 Serbs voted`: what it did the first did too."""
    following = next((n for n in scene.numbers if n.start > number.end), None)
    if following is None or following.percent or number.percent:
        return None
    people = scene.noun(number) == "persons"
    return following if people and _AND.fullmatch(scene.low[number.end : following.start]) else None


# On the register, by whatever words: `9.5 million registered`, `3.5 million on its register`, `must vote`.
_LISTED = re.compile(
    rf"\s?(?P<phrase>{_PHRASE})(?:(?:who |that )?(?:(?:are|were|is|had|have|has|been|now|also|thus|currently|"
    rf"already)\s){{0,3}})?"
    r"(?:(?:registered|enrolled|listed|eligible|entitled|inscribed|qualified)\b(?!\s(?:as|candidates?|part))|"
    r"signed up\b|"
    r"(?:on|in) (?:the|its|their|his|her) (?:[a-z]+ ){0,2}(?:lists?|rolls?|register|registry)\b|"
    r"(?:called|summoned|expected|due|invited|asked|able) (?:up |upon )?(?:on )?(?:to (?:vote|elect|choose|cast|"
    r"go to|the (?:polls|"
    r"urns))|then\b)|(?:must|may|can|could|will|would|should|are to|were to) (?:now |then )?(?:vote|cast|elect|"
    r"choose|go to the "
    r"polls|head to the polls)\b|"
    r"to (?:the polls|the urns)|(?:hold|have|had) (?:voter(?:'?s)? cards|the right to vote|a vote|the vote)\b)"
)
_STANDS = re.compile(
    rf"\s?(?P<phrase>{_PHRASE})(?:(?:who |that )?(?:(?:are|were|is|had|have|has|been|now|also|already)\s){{0,3}})?"
    r"(?:(?:stand(?:ing)?|stood)\b|r[ua]n(?:ning)?\b(?! out)|compet(?:e|ed|ing)\b|contest(?:ed|ing)?\b|v(?:ie|"
    r"ied|ying)\b|"
    r"in the (?:race|running|fray)\b|on the ballot\b|(?:applied|filed)\b|seek(?:ing)?\b|nominated\b|"
    r"(?:want|wants|hope|hoping|bid|wish)\s(?:to (?:be(?:come)?|lead|succeed|replace)|for)\b)"
)
_OFFICE = re.compile(
    r"\b(?:parliament|assembly|seats?|presiden\w*|mayor\w*|governor\w*|posts?|office|council\w*|election|"
    r"candida\w+|ballot|"
    r"nominat\w+|constituenc\w+|chamber|house|senate|congress|leadership|race)\b"
)


def listed(scene: Scene, number: Number) -> bool:
    """Whether who is counted is on the register, or called to vote."""
    found = _LISTED.match(behind(scene, number))
    return found is not None and not _FIGURE.search(found["phrase"])


def stands(scene: Scene, number: Number) -> bool:
    """Whether who is counted stands for an office: `877 stand for parliament`."""
    tail = behind(scene, number)
    found = _STANDS.match(tail)
    return found is not None and not _FIGURE.search(found["phrase"]) and _OFFICE.search(scene.low) is not None


def bare(scene: Scene, number: Number) -> bool:
    """Whether no noun stands behind a number that could be what it counts."""
    return _BARE.match(scene.low, number.end) is not None


_BARE = re.compile(
    r"\s?(?:[.,;:()-]|$)|\s(?:in|at|of|among|abroad|overseas|had|have|has|were|"
    r"are|was|is|voted|turned|took|cast|went|gone|did|polled|queued|showed|came|made|participated|exercised|and|or|by|"
    r"on|from|to|for|with|under|against|before|as|up|down|per|when|while|who|each|apiece|nationwide|countrywide|"
    r"registered|eligible|enrolled|entitled|called|would|will|could|can|may|must|compared|after|than|belong|"
    r"stand|stood|run|ran|compete|contest|vie|seek|applied|filed|hold)\b"
)


_OF = re.compile(
    r"\s(?:(?!a\b|total)[a-z]+\s){0,2}?(?:out\s)?of\s(?:(?:the|its|their|all|a total of|a total|"
    r"an electorate of|an|some|about|"
    r"around|nearly|almost|over|more than|just|country's|nation's|eligible|registered|village's|district's|[a-z]+'s|"
    r"enrolled|entitled)\s){0,4}"
)


def whole_of(scene: Scene, number: Number) -> Number | None:
    """M of `N of M`, `N out of a total of M`."""
    following = next((n for n in scene.numbers if n.start > number.end), None)
    if following is None or following.percent or following.start - number.end > 60:
        return None
    return following if _OF.fullmatch(scene.low[number.end : following.start]) else None


def is_whole(scene: Scene, number: Number) -> bool:
    """Whether a number is M of `N of M`."""
    before = next((n for n in reversed(scene.numbers) if n.end < number.start), None)
    return before is not None and whole_of(scene, before) is number


_OF_FRONT = re.compile(
    r"(?:^|[,;:(]\s|\b(?:that|and|but)\s)(?:out )?of (?:(?:the|its|all|a|total|of|some|about|electorate|more|"
    r"than)\s){0,4}$"
)


def electorate(scene: Scene, number: Number) -> bool:
    """Whether a number is the whole of which others voted: `63,800 of 95,000 had voted`, `Of 95,000 63,800 voted`."""
    if _OF_FRONT.search(scene.low[: number.start][-60:]):
        return any(votes(scene, n) for n in scene.numbers if n.start > number.end and n.value < number.value)
    before = next((n for n in reversed(scene.numbers) if n.end < number.start), None)
    return before is not None and whole_of(scene, before) is number and votes(scene, before)
