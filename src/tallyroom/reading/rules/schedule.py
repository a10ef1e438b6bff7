"""What else has an hour, a date or a span: the steps of the schedule."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from tallyroom.reading.scene import Found, Scene
from tallyroom.reading.text.times import Moment

__all__ = ["WEEKDAY", "steps"]

WEEKDAY = re.compile(r"(?:next |last |this )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday")
_STEP = re.compile(
    r"\b(?:begin|began|begins|begun|open(?:s|ed|ing)?|close[sd]?|closing|end(?:s|ed|ing)?|start(?:s|"
    r"ed|ing)?|stop(?:s|ped)?|r[ua]n(?:s)?\b[^.;]{0,30}\bfrom|announce[ds]?|announcing|publish(?:ed|es)?|"
    r"present(?:ed)?|"
    r"submit\w*|deadline|certif\w+|inaugurat\w+|sworn|oath|meet(?:s)?|met\b|hearing|session|"
    r"debate|rally|registration|campaign\w*|declare[ds]?|conference|release[ds]?|takes? office|"
    r"consider(?:s|ed)?|approval|apply|appeal|complaints?|second round|run-?off|counting|stay(?:s)?|"
    r"hand(?:ed)? over|discussion|briefing|expected|due|polls|hours|schedule|last(?:s|ed)?|takes? (?:"
    r"place|up)|came out|convene|nomination|summon|scrutiny|withdraw\w*|printed|printing|rule on|to rule|public|"
    r"petition|"
    r"recount|repeat|re-?run|re-?poll(?:ing|s)?|early voting|advance voting|objections?|object to|issue[sd]?|ha(?:s|"
    r"ve) until|continu\w*|(?:can|may|could) (?:vote|check|register|be filed|be lodged|apply|inspect|collect)|"
    r"repeated|arriv\w+|early voting|(?:advance|postal|special|overseas) (?:\w+ )?voting|pre-?poll\w*|cast (?:their |"
    r"the )?(?:ballots|votes)|(?:must|to|shall|should) be held|nominations|known|banned|"
    r"take over|sum(?:s|"
    r"med)? up|first results)\b"
)
_PLANNED = re.compile(
    r"\b(?:will|to be|is to|are to|would|due|planned|scheduled|expected|shall|set to|plans?|going "
    r"to|has to|have to|must|ends?|closes?|starts?|begins?|opens?|runs?)\b"
)
_UNIT = (
    r"(?:\d+|another|one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|twelve|eleven|twenty|thirty|forty|"
    r"sixty|ninety|"
    r"[a-z]+-[a-z]+|a few|several|an?)\s(?:working\s|calendar\s|more\s|business\s)?(?:days?|hours?|weeks?|months?)"
)
_SPAN = re.compile(
    rf"\b{_UNIT}(?=\sto\s[a-z]{{2,}})|\b(?:within|in|after|for|of|every|by|lasts?)\s(?:the\s(?:next|"
    rf"coming)\s)?{_UNIT}\b|"
    rf"\b{_UNIT}\s(?:from|of|after|before)\b|"
    r"\b(?:\w+|the) (?:days?|weeks?|months?) (?:before|after) (?:the )?(?:election|vote|polling|"
    r"voting)(?: day)?\b|\b(?:immediately|right|shortly) after (?:the )?(?:election|vote|polls|polling|"
    r"voting)\b|\bin the coming (?:days|weeks)\b|\bwithin the (?:day|week|month)\b|\b(?:early|mid|late)[ -]"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
)
# A day of the week in a text without a date.
_DAY_AHEAD = re.compile(
    r"\b(?:will|to|due|expected|scheduled|set|would|plans?|has)\b(?:(?!\b(?:said|told|announced|stated)\b)[^.;]){0,80}?"
    r"\b(?P<day>(?:on|until|by) (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
)
_ROW = re.compile(r"^(?:,?\s\d{1,2}[:.]\d\d(?:\shours)?)?\s?[-:]\s[A-Za-z]")
_NOW = re.compile(
    r"^[\d:. -]+(?:the )?(?:polls?|polling (?:stations|places)|stations|voting)\b.{0,20}\b(?:open|clos|"
    r"beg[iau]n|end|start)\w*"
)
_AFTER_IT = re.compile(r"\bwithin \w+ (?:\w+ )?(?:days?|hours?|weeks?|months?) (?:of|from|after|following)\b")
_MAY = re.compile(
    r"\b(?:can|may) be (?:filed|lodged|submitted|made)\b|\b(?:has|have|had) until\b|"
    rf"\b(?:has|have|had|gives?|gave|given|allow\w*|leaves?|left)\s(?:\w+\s){{0,3}}?{_UNIT}\s(?:to|for)\b"
)
_LAW = re.compile(r"\b(?:article|constitution|law|code|legally|by law|under the|statute)\b")


_TIME_WORD = re.compile(r"days?\b|hours?\b|weeks?\b|months?\b|after|early|mid|late")


def steps(scene: Scene, taken: Collection[Moment]) -> Iterator[Found]:
    """`polls close at 19:00`, `within three days`: what is left of the moments that a sentence names."""
    moments = [m for m in (*scene.dates, *scene.hours) if m not in taken and _is_told(scene, m)]
    moments = [m for m in moments if _own_time(scene, m)]
    heading = scene.low.startswith(("when", "date", "time")) or scene.number == scene.course.when_at + 1
    if not (moments or heading or scene.entry or _TIME_WORD.search(scene.low)) or _STAMP.match(scene.low):
        return
    if not moments and scene.entry and _NOW.search(scene.low):
        # `21:00 Polls have closed.`: the entry tells what happens at its hour.
        moments = [scene.entry]
    span = _SPAN.search(scene.low) or _DAY_AHEAD.search(scene.low)
    planned = _PLANNED.search(scene.low)
    under_heading = re.match(r"(?:when|date|time)\b[\w ]{0,12}:", scene.low) or scene.number == scene.course.when_at + 1
    if re.fullmatch(r"(?:when|date|time)\b[\w ]{0,12}[:?]?", scene.low):
        scene.course.when_at = scene.number
    # `21 March, 17:00 - deadline for nominations`: a line of a timetable.
    row = bool(moments) and moments[0].start < 12 and _ROW.match(scene.text[moments[0].end :]) is not None
    hours = _OF_VOTING.search(scene.low) and any(
        _TO.fullmatch(scene.low[one.end : other.start]) for one, other in pairwise(scene.hours)
    )
    acted = bool(moments) and (_ACT.search(scene.low) or any(m.first for m in moments))
    if span and not _is_span(scene, span, taken):
        span = None
    if not (
        acted
        or (span and _OUGHT.search(scene.low[: span.start()]))
        or _MAY.search(scene.low)
        or _STEP.search(scene.low)
        or (planned and moments)
        or under_heading
        or row
        or hours
    ):
        return
    mood = "legal rule" if span and _LAW.search(scene.low) else "planned" if planned else ""
    parts = _parted(scene, moments)
    for part in parts:
        unit = "time" if any(":" in m.value for m in part) else "date"
        value = ", ".join(f"{m.first} to {m.value}" if m.first else m.value for m in part)
        yield Found("schedule", _step_name(scene, part[0].start), value, "calendar/step", unit, modality=mood)
    if (
        not parts
        and span
        and (planned or _LAW.search(scene.low) or _AFTER_IT.search(scene.low) or _MAY.search(scene.low))
    ):
        qualifier = "within" if span[0].startswith("within") else ""
        value = span[span.lastgroup or 0].removeprefix("within ")
        yield Found(
            "schedule", _step_name(scene, span.start()), value, "calendar/span", "days", qualifier, modality=mood
        )


def _is_span(scene: Scene, span: re.Match[str], taken: Collection[Moment]) -> bool:
    """Whether a length of time is one: not `one week after the vote nobody …`, nor `in two weeks, on 29 March`."""
    if span.re is _DAY_AHEAD:
        return not taken  # `the runoff will be on Friday, July 5`
    if any(0 <= moment.start - span.end() < 8 for moment in taken):
        return False
    return not _BEHIND_IT.search(span[0]) or bool(_OUGHT.search(scene.low[: span.start()]))


_BEHIND_IT = re.compile(r"^(?!within|immediately|right|shortly).*\b(?:before|after|from|of)\b")
_OUGHT = re.compile(
    r"\b(?:ends|closes|starts|begins|opens|will|must|shall|should|has to|have to|is to|are to|"
    r"due|can|may|would)\b"
)


def _is_told(scene: Scene, moment: Moment) -> bool:
    """Whether a moment says when closely enough for a step: not a year, nor a month alone."""
    month = len(moment.value) == 7 and any(c.isdigit() for c in scene.text[moment.start : moment.end])
    if ":" in moment.value and moment.end == len(scene.text):
        return bool(_ON_OR_AT.search(scene.low[: moment.start]))  # `Results so far 00:58`
    return len(moment.value) > 7 or ":" in moment.value or month


def _parted(scene: Scene, moments: list[Moment]) -> list[list[Moment]]:
    """The moments, a day with its hour, each other apart: `nomination is on 5 May and voting at 8 a.m. on 9 June`."""
    parts: list[list[Moment]] = []
    for moment in sorted(moments, key=lambda m: m.start):
        last = parts[-1] if parts else []
        gap = scene.low[last[-1].end : moment.start] if last else ""
        other = last and (":" in last[-1].value) != (":" in moment.value)
        alone = other and (len(last) == 1 or gap in (" on ", " of "))
        of_one = alone and not _APART.search(gap)
        span = last and (_TO.fullmatch(gap) or _UNTIL.match(gap)) and not _OF_VOTING.search(scene.low)
        hours = last and not other and ":" in moment.value and gap in (", ", ", and ")  # one step, several times a day
        if of_one or span or hours:
            last.append(moment)
        else:
            parts.append([moment])
    return parts


_ON_OR_AT = re.compile(r"\b(?:at|by|from|to|until|till|before|after|about|around|and|of|is|are)\s$|[-:(]\s?$")
# `8:00 (05:00 GMT) to 20:00`: where voting opens and where it closes
_TO = re.compile(r"(?:\s(?:local time|on \w+day))?(?:\s?\([^)]*\))?\s?(?:to|until|till|through|and|-)\s?(?:the\s)?")
# `from May 11 until midnight on June 8`
_UNTIL = re.compile(r"\suntil\s")
_APART = re.compile(
    r"\b(?:open\w*|close\w*|begin\w*|began|start\w*|end(?:s|ed)?|stop\w*|finish\w*|continu\w*|works?|worked|"
    r"remain\w*)\b|,\s(?:and|while|but|then)\s|;|\sand\s(?!at\b|on\b|by\b)[a-z]|^.{50}"
)
_OF_VOTING = re.compile(r"\b(?:poll(?:s|ing)|election|ballot(?:s|ing)|vot(?:e|es|ing)|stations?|open)\b")
# When a report was published, not what happens then.
_STAMP = re.compile(
    r"(?:(?:first |last )?(?:published|updated?|posted|modified|release date|date)\b[^a-z]{0,8}(?:on\b)?|[\d.:/ -]{6,})"
    r"(?:[\d.,:/ -]|[ap]m\b|\b(?:updated?|on|at)\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)*$|"
    r"[a-z]{3,9}\.? \d{1,2},? \d{4} [|] [a-z ]{3,30}$"
)


def _own_time(scene: Scene, moment: Moment) -> bool:
    """Whether a moment is that of a step, not of a figure (`as of 15:00`), a saying or a nomination."""
    before = scene.text[max(0, moment.start - 110) : moment.start].lower()
    planned = _PLANNED.search(scene.low)
    if (moment.is_day and _ACT.search(scene.low)) or _WILL_BE_DONE.search(before):
        return True
    if scene.low.startswith("'s", moment.end) or _THAN.search(before):
        return False
    if _THAT.match(scene.low, moment.end) and _TOLD_ON.search(before):
        return False
    if len(moment.value) == 7 and not re.search(rf"{_STEP.pattern}[^,;]{{0,45}}$", before):
        return False
    if moment.is_day and not planned and _OTHER_ACT.search(scene.low):
        return False
    if _ON.match(scene.low[: moment.start]) and not planned and _TOLD.match(scene.low, moment.end):
        return False
    if re.search(
        r"\b(?:as of|"
        r"as at)\s(?:the\s)?$",
        before,
    ) or re.search(r"\b(?:since|won|death|died)\b[^,;]{0,50}$", before):
        return False
    if ":" in moment.value and scene.numbers and re.search(r"\bby\s(?:\w+day\s)?$", before):
        return False
    if WEEKDAY.fullmatch(scene.text[moment.start : moment.end].lower()) and (
        not planned or re.search(r"\b(?:announced|said|told|declared)\s$", before)
    ):
        return False
    if _SAID_THEN.search(before) or (
        not planned and (_WRITTEN.search(before) or (_DONE.search(scene.low) and not _UP_TO.search(before)))
    ):
        return False
    if re.search(
        r"\b(?:ruling|decision|judg[e]?ment|verdict|law|resolution|report|letter|"
        r"document|release|letter)\b[^,;]{0,40}\s(?:of|dated)\s$",
        before,
    ):
        return False
    if not scene.taken or (moment.start < 12 and _DID.match(scene.low, moment.end)):
        return True
    if ":" in moment.value and re.search(
        r"\b(?:from|between)\s(?:[\w:.]+(?:\s[ap]\.?m\.?)?\s(?:to|until|till|and)\s)?$", before
    ):
        return bool(_OPEN.search(scene.low)) and not _COUNTED.search(before)
    # Where the sentence gives figures, a moment is theirs unless it stands right behind a step.
    return bool(re.search(rf"{_STEP.pattern}[^,;]{{0,45}}$", before)) and not re.search(
        r"\b(?:announced|published|released|presented|conference|briefing)\b[^,;]{0,30}$", before
    )


# What an office did on a day: `approved the observation on January 19`, `decided on January 7 to send observers`
_ACT = re.compile(
    r"\b(?:approved the (?:observation|protocol|calendar|final list|list)|confirmed the (?:\w+ )?list|"
    r"decided on [\w ,]{3,20} to "
    r"(?:send|observe|invite|hold|extend|postpone|repeat)|by a decree of [\w ]{6,20} the)\b"
)
# `cameras will be switched on at`
_WILL_BE_DONE = re.compile(
    r"\b(?:will|to|must|should|shall) be \w+(?:ed|n|t)(?: \w+){0,2} (?:at|on|from|until) (?:\w+day,? )?$"
)
_OPEN = re.compile(r"\b(?:open|poll|vot|ballot|station)")
# `counted 1,079,256 voters between 6 and 7 a.m.`
_COUNTED = re.compile(r"\d\s(?:voters|people|ballots|votes|citizens)\s(?:from|between)\b[^,;]*$")
# Acts that have a kind of their own, and their day with it.
_OTHER_ACT = re.compile(
    r"\b(?:congratulat\w+|boycott\w*|recogni[sz]\w+|endorse[sd]|refused|denied|disqualified|annulled|dismissed|"
    r"upheld|overturned|"
    r"nullified|reject(?:s|ed)|threw out|thrown out|ruled|quashed|conceded|voted itself|arrested|detained|criticised|"
    r"praised|condemned|war|killed|wounded|attack\w*|elected in)\b"
)
# `On July 26 the commission published the list: 13 candidates`
_DID = re.compile(r",?\s[^,;.]{0,60}?\b(?:published|opened|handed|gave|submitted|delivered|printed|adopted|sent)\b")
_UP_TO = re.compile(r"\b(?:until|till|by)\s[^,;]{0,20}$")
_THAT = re.compile(r",?\sthat\b")
_TOLD_ON = re.compile(r"\b(?:said|told|declared|announced|stated|ruled|confirmed|noted|decided)\b[^;]{0,40}$")
_THAN = re.compile(r"\bthan (?:on|in|at) (?:\w+day,? )?$")
_ON = re.compile(r"(?:on|at)\s(?:[a-z ]{0,20}\sof\s)?(?:\w+day,?\s)?$")
# `On March 3 the minister said …`
_TOLD = re.compile(r"[^;]{0,80}?\b(?:said|told|stated|noted|added|wrote|decided|announced|declared|reported)\b")
_WRITTEN = re.compile(r"\b(?:registered|statement|reports?|posted|wrote)\b[^,]{0,40}$")
_SAID_THEN = re.compile(
    r"\bthis was announced\b[^;]{0,180}$|\bruled\son\s(?:\w+day,?\s)?$|"
    r"\b(?:said|told)\b(?:(?!\b(?:will|would|plans?|to|is|are|expected|due|must)\b)[^,;]){0,100}$|"
    r"\b(?:said|told|nominated|approved|accepted|took up|decree|order|signed)\b[^,]{0,40}$"
)
_DONE = re.compile(
    r"\b(?:approved|accepted|registered|cleared|validated|admitted|inscribed|certificate|made public|green light|"
    r"added to|granted|took up|"
    r"nominated|signed|handed|(?:held|gave|given|hold) "
    r"(?:a |its )?(?:press conference|briefing|news conference|meeting))\b"
)


def _step_name(scene: Scene, at: int) -> str:
    """The words in front of a moment: what happens then."""
    words = re.split(r",\s|;\s", scene.text[:at])[-1].split() or scene.text.split()
    return " ".join(words[-9:])
