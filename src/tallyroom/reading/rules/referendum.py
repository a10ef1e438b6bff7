"""What a question put to the voters got: shares and votes for yes and for no."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tallyroom.reading.rules.counts import is_share_counted
from tallyroom.reading.rules.owners import mood
from tallyroom.reading.rules.polls import is_poll, pollster_of
from tallyroom.reading.scene import Found, Scene
from tallyroom.reading.text.numbers import Number

__all__ = ["referendum"]

_ABOUT = re.compile(
    r"\b(?:referend(?:um|a|ums)|plebiscite|propos(?:al|als|ition|ed)|questions?|amendments?|measures?|initiatives?|"
    r"issue|levy|"
    r"constitution|yes|no)\b"
)
_YES = r"(?:in favou?r|yes|for|agree[ds]?|support(?:s|ed)?|approv\w+|backed)\b"
_NO = r"(?:not\sin\sfavou?r|against|no|oppos\w+|disagree[ds]?|reject\w+)\b"
_OF_VOTES = (
    r"(?:\sof\s(?:the\s|all\s)?(?:[\w-]+\s){0,2}?"
    r"(?:votes?(?:\scast)?|voters|electorate|ballots|participants|those\s[\w\s]{3,30}?|"
    r"(?:citizens|people|voters|those)\swho\s(?:took\spart|voted|participated)(?:\sin\s(?:the\s|a\s)?\w+)?))?"
)
_VERB = (
    r"(?:,?\s(?:or\s)?\(?[\d.,]+\s?(?:%|per ?cent)\)?,?)?"
    r"(?:\s(?:votes?|ballots?|voters|people|citizens|residents))?(?:,\sor\s[\d.,]+\s?(?:%|per ?cent)[^,]{0,30},|"
    r",)?(?:\s(?:were|was|had|have|who|cast))*"
    r"(?:\s(?:voted|answered|said|marked|chose|cast))?(?:\s(?:with|a|an|their\svotes?|ballots?))*"
)
_BEHIND_YES = re.compile(rf"^{_OF_VOTES}{_VERB}\s[\"'(]?{_YES}", re.I)
_BEHIND_NO = re.compile(rf"^{_OF_VOTES}{_VERB}\s[\"'(]?{_NO}", re.I)
_AHEAD = re.compile(
    r"(?:^|[\s(\"'])(?P<which>yes|no|for|against|in favou?r)[\"']?(?:\s(?:side|camp|vote|votes|option|campaign))?"
    r"(?:\s(?:led|won|got|had|has|received|with|at|on|was|were|made\sup|accounted\sfor|numbered|totall?ed|stood|"
    r"stands|leads|is|took|wins|obtained|ahead|"
    r"trailed))*(?:\s?[:=-])?\s\(?$",
    re.I,
)
# `voted by 66.4 percent to 33.6 percent to repeal`: the first is of the side that the verb tells.
_PASSIVE = re.compile(
    r"\b(?:approved|supported|backed|accepted|endorsed|adopted|passed|rejected|opposed)\sby\s(?:\w+\s){0,2}$"
)
_TO = re.compile(r"^\s?(?:to|-|against|versus|v)\s?$")
_REFUSED = re.compile(r"\b(?:reject\w*|voted? (?:no|against)|turned down|defeated|threw out|failed|oppos\w+)\b", re.I)
_CARRIED = re.compile(
    r"\b(?:approv\w*|voted?|pass(?:ed|es)?|back(?:ed|s)?|adopt(?:ed|s)?|accept\w*|carried|prevail\w*|w[io]ns?|"
    r"endors\w+|agreed)\b",
    re.I,
)
_NAMED = re.compile(
    r"\b(?:Issue|Question|Proposition|Prop\.?|Measure|Amendment|Referendum|"
    r"Proposal)\s(?:No\.?\s)?(?:\d+|[A-Z])\b"
)


def referendum(scene: Scene) -> Iterator[Found]:
    """`78.8 percent in favour and 21.2 percent against`, `1,429,981 people voted Yes`, `Yes: 66.4%`."""
    if not (scene.course.question or _ABOUT.search(scene.low)) or not scene.numbers:
        return
    numbers = [n for n in scene.numbers if scene.open(n) and (n.percent or n.value >= 20)]
    numbers = [n for n in numbers if not is_share_counted(scene, n)]
    named = _NAMED.search(scene.text)
    pair = _pair(scene, numbers) | _respective(scene, numbers)
    for at, number in enumerate(numbers):
        side = pair.get(number.start) or _side(scene, numbers, at)
        if not side:
            continue
        scene.take(number)
        share = number.percent or (number.value <= 100 and (pair or number.value % 1 != 0))
        kind, unit = ("candidate_share", "percent") if share else ("candidate_votes", "votes")
        asked = pollster_of(scene) or scene.speaker if number.percent and is_poll(scene) else ""
        kind = "exit_poll_share" if asked else kind
        side = side.replace("favour", scene.course.favour)
        subject = f"{named[0]}, {side}" if named else side
        as_of = scene.hour or scene.year_of(number)
        tone = mood(scene, False)
        yield Found(
            kind, subject, number.value, f"referendum/{unit}", unit, number.qualifier, as_of, by=asked, modality=tone
        )


_OTHERS = ("stations", "districts", "seats", "candidates", "parties", "observers", "time")


def _side(scene: Scene, numbers: list[Number], at: int) -> str:
    """On which side a figure stands by the words beside it; empty where they do not tell."""
    number = numbers[at]
    after = scene.text[number.end :][:160]
    if not number.percent and scene.noun(number) in _OTHERS:
        return ""
    # `6,894,287 for Against and 5,470,025 for In Favour`: the options by what they are called.
    if option := _FOR_OPTION.match(after):
        return "no, against" if option["no"] else "yes, in favour"
    # `voted for the Union`: a choice with a name is none of these.
    if re.match(rf"^{_OF_VOTES}{_VERB}\s(?:for|against)\s(?:the\s)?(?:\w+\s)?[A-Z]", after):
        return ""
    labelled = _AHEAD.search(scene.before(number, 50))
    if labelled and re.search(r"[-:=]\s?$", labelled[0]):
        return "no, against" if labelled["which"].lower() in ("no", "against") else "yes, in favour"
    if _BEHIND_NO.match(after):
        return "no, against"
    if _BEHIND_YES.match(after):
        return "yes, in favour"
    passive = _PASSIVE.search(scene.before(number, 50))
    if passive:
        return "no, against" if _REFUSED.search(passive[0]) else "yes, in favour"
    ahead = _AHEAD.search(scene.before(number, 50))
    if ahead is None:
        return ""
    return "no, against" if ahead["which"].lower() in ("no", "against") else "yes, in favour"


_FOR_OPTION = re.compile(
    r"(?:\svotes)?\s(?:were\s|was\s|went\s)?(?:for|to)\s(?:the\s)?(?:option\s)?[\"']?"
    r"(?:(?P<no>Against|No|Reject(?:ion)?)|Yes|In Favou?r|Approve|Approval)\b[\"']?(?!\s[A-Z])"
)


def _respective(scene: Scene, numbers: list[Number]) -> dict[int, str]:
    """`49 percent in favour and 51 against, or 3,951 and 4,120 votes respectively`: counts in the order of shares."""
    counts = [n for n in numbers if not n.percent]
    sides = [side for at, n in enumerate(numbers) if n.percent and (side := _side(scene, numbers, at))]
    if "respectively" not in scene.low or len(counts) != len(sides):
        return {}
    return {number.start: side for number, side in zip(counts, sides, strict=True)}


def _pair(scene: Scene, numbers: list[Number]) -> dict[int, str]:
    """`by 52.8% to 47.2%`: both figures with their sides, by where they start."""
    for first, second in pairwise(numbers):
        before = scene.text[: first.start]
        alike = first.percent == second.percent or (first.percent and second.value <= 100)
        if not alike or not _TO.match(scene.text[first.end : second.start]):
            continue
        if not re.search(r"\bby\s(?:a\smargin\sof\s|about\s|nearly\s)?$", before):
            continue
        sides = ["yes, in favour", "no, against"]
        if _REFUSED.search(before):
            sides.reverse()
        elif not _CARRIED.search(before):
            continue
        return {first.start: sides[0], second.start: sides[1]}
    return {}
