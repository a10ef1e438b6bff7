"""What is done about an election: congratulations, endorsements, boycotts, recognition refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import shorten

from tallyroom.reading.rules.courts import COURT
from tallyroom.reading.scene import Found, Scene
from tallyroom.reading.text.names import Name, body_at, is_land

__all__ = ["acts"]

_CONGRATULATES = re.compile(
    r"\b(?:(?:re)?congratulat(?:ed|es|e|ing|ions?|ory)|felicitat(?:ed|es|e|ing|ions?)|"
    r"(?:good|best|warm|warmest|heartfelt|sincere)\swishes|greetings(?=[^.;]*\b(?:victory|win|election|"
    r"re-election)\b)|wish(?:ed|es)\s[^.;,]{3,40}\s(?:well|luck)|wish(?:ed|es)\s(?:him|her|"
    r"[a-z]+\s[a-z]+)\s(?:\w+\s)?success|"
    r"(?:hail|laud|prais|salut|applaud)(?:s|es|ed)\s[^.;,]{0,40}\b(?:victory|win|triumph|re-election))\b"
)
_WITHHELD = re.compile(
    r"\b(?:held back|holds back|withh\w+|(?:has|have|had|did|does|do|will|would) (?:not|never|yet to)|refus\w+ to|"
    r"without|"
    r"no)\s(?:\w+\s){0,2}$|\b(?:called on|urged|asked|invited|plans?|expected|wants?)\b[^,;]*\bto\s$"
)
_ENDORSES = re.compile(
    r"\b(?:endors(?:ed|es|e|ing|ement)|(?:will |to |would |decided to |calls? on \w+ to |urges? \w+ "
    r"to )?support(?:s|ed|ing)? (?:the |his |her |their )?(?:candidacy|candidate|nomination|re-?election|presiden\w+|"
    r"incumbent)|"
    r"(?:express\w*|declar\w*|announc\w*|voic\w*|pledg\w*|offer\w*|full|our|their|its|unanimous) "
    r"(?:\w+ ){0,3}?support (?:for|to)|back(?:s|ed|ing) (?:the )?(?:candidacy|candidate|incumbent|"
    r"bid)|throw\w* (?:its|their|his|her) (?:weight|support) behind|"
    r"call\w* (?:on|upon) (?:\w+ ){0,6}?to (?:vote|support|back)|(?:urge|ask)(?:s|d|ed)? (?:\w+ ){0,6}?to vote "
    r"for|will vote for|(?:will|to) (?:\w+ ){0,3}?(?:support|cast (?:their|our) votes for)|continue "
    r"to support|vote for (?:him|her)|in support of (?:the )?(?:candidacy|candidate|"
    r"nomination)|stepped aside (?:for|in favou?r)|withdrew in favou?r)\b"
)
_NOT = r"(?:will|would|did|does|do|is|are|was|were|could|can)(?:\s?n[o']t|n't|not|\snever)|won't|cannot|can't"
_VOTE = r"(?:elections?|votes?|polls?|ballots?|referend\w+|run-?offs?|race|contest|round)"
_BOYCOTTS = re.compile(
    rf"\b(?:boycott(?:ed|s|ing)?|shun(?:s|ned|ning)?\s(?:[\w,-]+\s){{0,4}}{_VOTE}|s[ia]t(?:s|ting)?\s(?:(?:this|"
    rf"the)\s\w+\s)?out\b|stay(?:s|ed|ing)?\sout\sof\sthe\s(?:\w+\s){{0,3}}{_VOTE}|(?:no\sintention\sof|"
    rf"against)\s(?:taking\spart|participating|contesting)|neither\s[^.;,]{{3,50}}\s(?:will|would)\s(?:contest|"
    rf"take\spart|field|participate)|"
    rf"(?:stay(?:s|ed|ing)?|ke(?:ep(?:s|ing)?|pt))\s(?:away|(?:at\s)?home)|pull(?:s|ed|ing)?\sout\b(?!\s(?:a|the)\b)|"
    rf"(?:pull|withdr[ae]w)\w*\s(?:(?:its|their|his|her|all)\s)?(?:\w+\s)?from\s(?:the|this|"
    rf"next)\s(?:\w+\s){{0,3}}{_VOTE}|"
    rf"(?:{_NOT})\s(?:be\s)?(?:tak(?:e|ing)\spart|participat(?:e|ing)|contest(?:ing)?|field(?:ing)?|run|stand)\b|"
    r"(?:refus|declin)\w+\sto\s(?:take\spart|participate|run|contest|field|vote|stand)|"
    r"(?:chos|choos|decid|vow|opt|agreed|pledg)\w*\s(?:not\sto|against)\s(?:tak\w+\spart|participat\w+|contest\w*|"
    r"field\w*|vot\w+|"
    r"stand\w*)|(?:urg|call|ask|t[eo]ld?|instruct|appeal)\w*\s(?:[\w',-]+\s){0,8}?(?:not\sto|to\snot)\s(?:vote|"
    r"take\spart|turn\sout|"
    r"go\sto\sthe\spolls|participate|cast)|(?:urg|call|ask|t[eo]ld?|"
    r"instruct)\w*\s(?:[\w',-]+\s){0,8}?to\s(?:stay\s(?:at\s)?(?:home|away)|spoil\b[\w ]{0,16})|"
    rf"abstain\w*\sfrom\sthe\s{_VOTE}|skip(?:s|ped|ping)?\s(?:the|this|next)\s(?:\w+\s){{0,3}}{_VOTE}|walk(?:ed|s|"
    rf"ing)?\sout\sof\sthe\s(?:\w+\s){{0,3}}{_VOTE}|"
    rf"suspend\w*\s(?:its|their)\sparticipation|(?:have|has|take|want)\sno\spart\sin|(?:will|"
    rf"would)\snot\s(?:be\spart\sof|join|nominate\sany)|"
    rf"(?:told|tell|urg\w+|ask\w*|call\w*)\s[^.;,]{{0,40}}to\signore\sthe\s{_VOTE})"
)
# `after the boycott`, `its boycott of parliament`, `a vote that was boycotted`: nobody does it here.
_OF_A_BOYCOTT = re.compile(
    r"(?<!for )(?<!announced )(?<!declared )(?<!launched )\b(?:the|an?|its|their|of|this|in|ended)\s(?:\w+\s)?$"
)
_OTHER_BOYCOTT = re.compile(
    r"^\w*\s(?:of\s)?(?:the\s|a\s)?(?:\w+\s)?(?:parliament|debates?|sessions?|inauguration|assembly|meeting|ceremony|"
    r"goods|products)\b"
)
_VOTERS = re.compile(
    r"\b(?:voters|people|citizens|those|electorate|half of|residents|\d[\d.,]*\s?(?:%|per ?cent|million|"
    r"thousand))\b[^;]{0,50}$"
)
_RESULT = r"(?:results?|outcome|tally|figures?|count|victory|defeat|vote|elections?|polls?|winner|loss)"
_UNRECOGNISED = re.compile(
    rf"(?:\b(?:(?:{_NOT}|has not|have not|never|not)\s(?:been\s|be\s)?(?:\w+ly\s)?|(?:refus|declin)\w+\sto\s|"
    rf"unwilling\sto\s)"
    r"(?:recogni[sz](?:e|es|ed|ing)|accept(?:ing)?|acknowledg(?:e|ing|ed)|regard|consider)\b(?!\sbribes)|"
    rf"\b(?:reject(?:ed|s|ing)?|disput(?:es|ing)|disputed\s(?:the|his|her|their))\b(?!\s(?:\w+\s)?(?:proposals?|bill|"
    rf"motion|requests?|petitions?|"
    rf"complaints?|appeals?|bid|calls?|claims?|allegations?))[^.;]{{0,40}}\b{_RESULT}\b|\bnon-?recognition\b|"
    r"\brecogni[sz]es?\sneither\b|\brecogni[sz]es?\s[\w' -]{3,40},\snot\b|"
    r"\b(?:refus|withh|den)\w+\s(?:\w+\s)?recognition\b|"
    rf"\b(?:consider|call|declar|deem|regard|"
    rf"view)\w*\s(?:the\s)?(?:\w+\s){{0,3}}{_RESULT}\s(?:\w+\s){{0,3}}?(?:as\s)?(?:invalid|"
    r"illegitimate|illegal|void|null|falsified)|\bnull\sand\svoid\b|\bno\slegal\s(?:force|effect|consequences?|"
    r"validity)\b|\b(?:dismiss|denounc|condemn)\w*\s(?:the\s)?(?:\w+\s){0,2}?(?:elections?|vote|polls?|results?|"
    r"referendum)\sas\s(?:an?\s)?(?:illegal|illegitimate|void|invalid|null|unlawful)|\b(?:will|would|"
    r"did|does)\snot\sconcede\b|\brefus\w+\sto\sconcede\b)"
)


_OUTCOME = re.compile(
    r"\b(?:results?|elections?|outcome|votes?|winner|president|referendum|polls?|tally|figures?|defeat|victory|count)\b"
)


def acts(scene: Scene) -> Iterator[Found]:
    """At most one act of each kind for a sentence."""
    yield from _congratulation(scene)
    yield from _endorsement(scene)
    if (match := _BOYCOTTS.search(scene.low)) and _is_boycott(scene, match):
        yield Found("boycott", _actor(scene, match.start()), match[0], "acts/boycott")
    if (
        (match := _UNRECOGNISED.search(scene.low))
        and (match[0].endswith("concede") or _OUTCOME.search(scene.low[max(0, match.start() - 90) : match.end() + 90]))
        and not (match[0].startswith(("reject", "null")) and COURT.search(scene.low))
    ):
        yield Found("non_recognition", _actor(scene, match.start()), match[0], "acts/non-recognition")


def _is_boycott(scene: Scene, match: re.Match[str]) -> bool:
    """Whether somebody stays away for a reason: not voters who did not come, nor a president who does not run again."""
    before = scene.low[: match.start()]
    if re.search(r"\bobserv|\bcomment", scene.low) or re.search(r"\bden(?:y|ies|ied|ying)\b", before):
        return False
    if match[0].startswith("boycott"):
        noun = match[0] == "boycott" and _OF_A_BOYCOTT.search(before)
        passive = match[0] == "boycotted" and re.search(r"\b(?:in|the|an?)\s$", before)
        by = re.match(r"\sby\b", scene.low[match.end() :])
        return not ((noun or passive) and not by) and not _OTHER_BOYCOTT.match(scene.low[match.start() :])
    if match[0].endswith((" run", " stand")) and not match[0].startswith(
        ("refus", "declin", "ch", "decid", "vow", "opt")
    ):
        last = next((n for n in reversed(scene.names) if n.end <= match.start()), None)
        return (
            not (last and last.person)
            and re.search(r"\b(?:part(?:y|ies)|bloc|alliance|coalition|movement)\b", before) is not None
        )
    if match[0].startswith(("withdr", "pull")) and any(n.person for n in scene.names if n.end <= match.start()):
        return re.search(r"\bprotest|unfair|rigged|fraud|farce|\bsham\b", scene.low) is not None
    return match[0].startswith(("urg", "call", "ask", "t", "instruct", "appeal")) or not _VOTERS.search(before)


def _actor(scene: Scene, at: int) -> str:
    """Whose act it is: the speaker, or the name before the verb."""
    before = [n for n in scene.names if n.end <= at]
    if before:
        name = before[0]
        return scene.course.names.full(name.text if name.person else body_at(scene.text, name.start) or name.text)
    return scene.speaker or " ".join(scene.text[:at].split()[-6:])


def _congratulation(scene: Scene) -> Iterator[Found]:
    match = _CONGRATULATES.search(scene.low)
    if match is None or _WITHHELD.search(scene.low[: match.start()]):
        return
    full = scene.course.names.full
    givers, taker = _passed(scene, match)
    for giver in givers:
        yield Found(
            "congratulation",
            f"{full(giver) if giver else ''} to {full(taker) if taker else ''}".strip(),
            shorten(scene.text[match.start() :], 80, placeholder=" …"),
            "acts/congratulation",
        )


def _passed(scene: Scene, match: re.Match[str]) -> tuple[list[str], str]:
    """Who congratulates, and whom."""
    before = [n for n in scene.names if n.end <= match.start()]
    behind = [n for n in scene.names if n.start >= match.end()]
    people = [n for n in before if n.person]
    if came := _FROM.match(scene.low, match.end()):
        givers = _joined_on(scene, [n for n in behind if n.start >= came.end() and not is_land(n.text)])
        others = [n.text for n in behind if n.person and n.text not in givers] + [n.text for n in people]
        return givers or [""], next(iter(others), scene.course.person)
    capital = _TAKER.match(scene.text, match.end())
    taker = next((n.text for n in behind), "") if not capital else capital[1]
    if _PRONOUN.match(scene.low, match.end()) and len(people) > 1:
        return _joined_on(scene, people), people[-1].text
    if not behind and len(people) > 1 and not scene.low.startswith(" his ", match.end()):
        return _joined_on(scene, people), people[-1].text
    if _PRONOUN.match(scene.low, match.end()):
        taker = taker if len(people) else scene.course.person
    return _givers(before, people, scene), taker


def _joined_on(scene: Scene, names: list[Name]) -> list[str]:
    """The first name, and those that `and` or a comma joins to it."""
    joined = names[:1]
    for name in names[1:]:
        if not (
            _AND.fullmatch(scene.text[joined[-1].end : name.start])
            or _AND_FROM.fullmatch(scene.text[joined[-1].end : name.start])
        ):
            break
        joined.append(name)
    return [name.text for name in joined]


def _givers(before: list[Name], people: list[Name], scene: Scene) -> list[str]:
    """Who congratulates: the name before the verb, and those that `and` or a comma joins to it."""
    if not people:
        return [before[0].text if before else scene.speaker or scene.course.person]
    joined = people[-1:]
    for name in reversed(people[:-1]):
        if not _AND.fullmatch(scene.text[name.end : joined[0].start]):
            break
        joined.insert(0, name)
    return [name.text for name in joined]


# `congratulations came from`, `congratulated by`
_FROM = re.compile(
    r"\s(?:(?:came|come|arrived|also|were|was|sent|poured|in|messages?|telegrams?|letters?)\s){0,3}(?:from|"
    r"by)\s(?:the\s)?"
)
# In a headline every word has a capital: `Congratulates Pena on Winning`
_TAKER = re.compile(r"\s([A-Z][\w'-]+(?:\s(?!On\b)[A-Z][\w'-]+)*)\son\b")
_PRONOUN = re.compile(r"\s(?:him|her|them)\b")
_AND_FROM = re.compile(r"(?:,|\sand)\s(?:from\s)?(?:the\s)?")
# `President X, Y of Z and Chancellor V`
_AND = re.compile(
    r"(?:\s(?:of|from)\s(?:the\s)?[A-Z][\w ]{2,30})?(?:,\s(?:and\s)?|"
    r"\sand\s)(?:the\s)?(?:[A-Z][\w'-]*\s(?:of\s)?){0,4}"
)


_STANDS_BY = re.compile(r"endors|support|back|behind|vote|sided|recommend|favou?r|nod|bless|c[oa]me out")


def _endorsement(scene: Scene) -> Iterator[Found]:
    if not _STANDS_BY.search(scene.low):
        return
    if _NO_BACKING.search(scene.low):
        return
    if re.search(r"\bpopular support|support\w* of the (?:population|people)\b|\btechnical support", scene.low):
        return
    if relative := _WHOM.search(scene.text):
        who = next((n.text for n in reversed(scene.names) if n.end <= relative.start() + 1), "")
        if who:
            full = scene.course.names.full
            by = scene.speaker or full(relative["giver"])
            yield Found("endorsement", full(who), full(relative["giver"]), "acts/endorsement", by=by)
        return
    if passive := _BACKED_BY.search(scene.text):
        yield from _backed(scene, passive)
        return
    matches = list(_ENDORSES.finditer(scene.low)) or list(_STANDS_BEHIND.finditer(scene.text))
    for at, match in enumerate(matches):
        start = matches[at - 1].end() if at else 0
        end = matches[at + 1].start() if at + 1 < len(matches) else len(scene.text)
        yield from _endorsed(scene, match, start, end)
        if _STANDS_BEHIND.match(scene.text, match.start()) is None:
            return


# What polls find, and what is supported that does not stand for election.
_NO_BACKING = re.compile(
    r"(?:per ?cent|%|respondents)\s(?:\w+\s){0,4}(?:(?:would|will)\svote|voted|cast)\b|"
    r"\bsupport\w* (?:for )?(?:the |its |their )?(?:territorial|sovereignty|integrity|efforts?|reforms?|holding|"
    r"peace\b)"
)
# `X, whom the Green Party supports, …`
_WHOM = re.compile(
    r",\s(?:whom|which)\s(?:the\s)?(?P<giver>(?:ruling|governing|main opposition|opposition)\s"
    r"(?:party|coalition|alliance)|[A-Z][\w'-]*(?:\s(?:of\s|for\s|the\s)*[A-Z][\w'-]*)*)\s(?:supports|backs|"
    r"endorse[sd]|supported|backed)\b"
)
# `X is backed by the Green Party`
_BACKED_BY = re.compile(
    r"(?:\b(?:is|was|are|were|has\sbeen|had\sbeen)\s|,\s)(?:backed|supported|endorsed)\sby\s(?:the\s)?(?=[A-Z])|"
    r"\b(?:got|gets|won|wins|received|secured|obtained|gained|has|had|have|enjoys|counts?\son|"
    r"with)\s(?:the\s)?(?:[a-z]+\s)?"
    r"(?:nod|backing|endorsement|support|blessing|votes)\s(?:of|from)\s(?:the\s)?(?:[a-z-]+\s){0,3}(?=[A-Z])|"
    r"\b(?:r[au]ns?|running|stands?|standing|candidate|term)\b[^.;]{0,40}\swith\sthe\s(?:support|"
    r"backing)\sof\s(?:the\s)?(?=[A-Z])"
)


def _backed(scene: Scene, match: re.Match[str]) -> Iterator[Found]:
    who = next((n.text for n in reversed(scene.names) if n.end <= match.start() and n.person), scene.course.person)
    givers = _together(scene, [n for n in scene.names if n.start >= match.end() - 1]) if who else []
    full = scene.course.names.full
    for giver in [name.text for name in givers]:
        yield Found("endorsement", full(who), giver, "acts/endorsement", by=scene.speaker or full(giver))


def _endorsed(scene: Scene, match: re.Match[str], start: int, end: int) -> Iterator[Found]:
    """Who stands behind whom, by one verb; between the verbs before and behind it."""
    behind = [n.text for n in scene.names if match.start() <= n.start < end and n.person]
    if not behind and _STANDS_BEHIND.match(scene.text, match.start()) and not match[0].endswith(("her", "him")):
        return
    any_person = [n.text for n in scene.names if n.person]
    if match[0].startswith("endors") and not any_person:
        return  # `endorsing a sham`
    start = max(start, scene.text.rfind(";", 0, match.start()) + 1)
    his = (
        re.search(
            r"\b(?:his|her|their) (?:candidacy|nomination|bid|re-?election)|\b(?:him|"
            r"her)\b$",
            match[0],
        )
        or scene.text[match.end() : match.end() + 5] in (" him.", " her.")
    ) and (scene.course.endorsed if scene.number - scene.course.endorsed_at <= 2 else scene.course.person)
    if behind or his:
        scene.course.endorsed = scene.course.names.full(behind[0] if behind else str(his))
        scene.course.endorsed_at = scene.number
    subject = his or (behind or any_person or [scene.course.person])[0]
    givers = [n for n in scene.names if start <= n.start and n.end <= match.start() + 1 and n.text != subject]
    for giver in [n.text for n in _together(scene, givers)] or [scene.speaker]:
        yield Found(
            "endorsement",
            scene.course.names.full(subject) if subject else "candidate",
            giver or "supporters",
            "acts/endorsement",
            by=scene.speaker or scene.course.names.full(giver),
        )


def _together(scene: Scene, names: list[Name]) -> list[Name]:
    """The first name, and those that commas and `and` join to it."""
    joined = names[:1]
    for name in names[1:]:
        if scene.text[joined[-1].end : name.start] not in (" and ", " and the ", ", ", ", and ", ", the "):
            break
        joined.append(name)
    return joined


# `they support X`, `has come out for her`, `had recommended Y`: somebody has to follow.
_STANDS_BEHIND = re.compile(
    r"\b(?:(?:they|it|we|he|she)\s(?:also\s|will\s)?(?:supports?|backs?)|supports?|endorses?|(?:has\s)?sided\swith|"
    r"(?:would|will)\svote\sfor|c[oa]me\sout\s(?:for|in\sfavou?r\sof|"
    r"in\ssupport\sof)|"
    r"recommend(?:ed|s)?(?:\s(?:a\svote|voting)\sfor)?|thr[eo]ws?\s(?:its|his|her|their)\s(?:full\s)?(?:weight|"
    r"support)\sbehind|"
    r"(?:g[ia]ven?|lends?|lent)\s(?:its|his|her|their)\s(?:full\s)?(?:support|backing|endorsement|vote)\sto|"
    r"(?:vote|cast(?:ing)?\s(?:my|his|her|their|our|a)\s(?:votes?|ballots?))\sfor|(?:to\s|will\s|would\s)back|"
    r"back(?:s|ed|ing)|(?:to|will|would)\schoose|(?:call\w*|appeal\w*)\sfor\ssupport\sfor|(?:lined\sup|united|"
    r"closed\sranks|ranged\sthemselves)\sbehind|stands?\swith|(?:gave|gives|"
    r"given)\sup\s(?:\w+\s){1,3}in\sfavou?r\sof|stands?\sbehind|rallied\sbehind|"
    r"pledged\s(?:\w+\s)?support\s(?:to|"
    r"for))\s(?:the\s)?(?:(?=[A-Z])|her\b|him\b)"
)
