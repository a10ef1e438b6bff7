"""What else has an hour, a date or a span: the steps of the schedule."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from tallyroom.reading.scene import Found, Scene
from tallyroom.reading.times import Moment

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
    r"repeated|cast (?:their |the )?(?:ballots|votes)|(?:must|to|shall|should) be held|nominations|known|banned|"
    r"take over|sum(?:s|"
    r"med)? up|first results)\b"
)
_PLANNED = re.compile(
    r"\b(?:will|to be|is to|are to|would|due|planned|scheduled|expected|shall|set to|plans?|going "
    r"to|has to|have to|must|ends?|closes?|starts?|begins?|opens?|runs?)\b"
)
_SPAN = re.compile(
    r"\b(?:\d+|three|five|seven|ten|fourteen|thirty)\s(?:working\s|calendar\s)?(?:days|hours|weeks|"
    r"months)(?=\sto\s(?:publish|rule|"
    r"announce|declare|appeal|file|decide|certify|lodge|challenge|submit|request|complete)\b)|"
    r"\b(?:within|in|after|for|of|every|by)\s(?:the\s(?:next|coming)\s)?(?:a\s|\d+|one|two|three|"
    r"four|five|six|seven|eight|nine|ten|\w+teen|thirty|twenty|fourteen|\w+)\s(?:working\s|"
    r"calendar\s|more\s)?(?:days?|hours?|weeks?|months?)\b|\b\d+\s(?:days|hours)\s(?:from|of|after|"
    r"before)\b|\b(?:\w+|the) (?:days?|weeks?|months?) (?:before|after) (?:the )?(?:election|vote|polling|"
    r"voting)(?: day)?\b|\b(?:immediately|right|shortly) after (?:the )?(?:election|vote|polls|polling|"
    r"voting)\b|\bin the coming (?:days|weeks)\b|\b(?:early|mid|late)[ -]"
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
    r"\b(?:can|may) be (?:filed|lodged|submitted|made)\b|\b(?:has|have|had) (?:until|"
    r"\w+ (?:\w+ )?(?:days|hours|weeks|months) to)\b"
)
_LAW = re.compile(r"\b(?:article|constitution|law|code|legally|by law|under the|statute)\b")


def steps(scene: Scene, taken: Collection[Moment]) -> Iterator[Found]:
    """`polls close at 19:00`, `within three days`: what is left of the moments that a sentence names."""
    moments = [m for m in (*scene.dates, *scene.hours) if m not in taken and _is_told(scene, m)]
    moments = [m for m in moments if _own_time(scene, m)]
    if _STAMP.match(scene.low):
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
    hours = _FROM_TO.search(scene.low) and _OF_VOTING.search(scene.low)
    acted = bool(moments) and (_ACT.search(scene.low) or any(m.first for m in moments))
    if not (acted or _STEP.search(scene.low) or (planned and moments) or under_heading or row or hours):
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


def _is_told(scene: Scene, moment: Moment) -> bool:
    """Whether a moment says when closely enough for a step: not a year, nor a month alone."""
    month = len(moment.value) == 7 and any(c.isdigit() for c in scene.text[moment.start : moment.end])
    return len(moment.value) > 7 or ":" in moment.value or month


def _parted(scene: Scene, moments: list[Moment]) -> list[list[Moment]]:
    """The moments, each with a verb of its own apart: `opened at 8:00 a.m. and close at 7:00 p.m.`"""
    parts: list[list[Moment]] = []
    at = 0
    for moment in sorted(moments, key=lambda m: m.start):
        own = _OPENS.search(scene.low[at : moment.start])
        other = re.search(r",\s(?:and|while|but)\s|;", scene.low[at : moment.start])
        hours = parts and _FROM_TO.search(scene.low[max(0, parts[-1][-1].start - 8) : moment.end])
        another = parts and _AND_THEN.match(scene.low[at : moment.start])
        if hours and _OF_VOTING.search(scene.low):
            parts.append([moment])
        elif parts and not own and not other and not another:
            parts[-1].append(moment)
        else:
            parts.append([moment])
        at = moment.end
    return parts


# `from 8:00 to 20:00`, where it opens and where it closes
_FROM_TO = re.compile(
    r"\b(?:from|between)\s[\d:.]+\s?(?:[ap]\.?m\.?)?\s(?:to|until|till|and)\s[\d:.]+\s?(?:[ap]\.?m\.?|h\b)?"
)
_OF_VOTING = re.compile(r"\b(?:poll(?:s|ing)|election|vot(?:e|es|ing)|stations?)\b")
# `nomination is on 5 November and early voting on 15 November`
_AND_THEN = re.compile(r"(?:,|\sand)\s(?:the\s)?(?!on\b|at\b)[a-z][a-z' -]{3,40}\son\s(?:\w+day,?\s)?$")
# When a report was published, not what happens then.
_STAMP = re.compile(
    r"(?:(?:first |last )?(?:published|updated?|posted|modified|release date|date)\b[^a-z]{0,8}(?:on\b)?|[\d.:/ -]{6,})"
    r"(?:[\d.,:/ -]|[ap]m\b|\b(?:update|on|at)\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)*$"
)
_OPENS = re.compile(
    r"\b(?:open\w*|close\w*|begin\w*|began|start\w*|end(?:s|ed)?|stop\w*|finish\w*|continu\w*|works?|worked|"
    r"remain\w*)\b"
)


def _own_time(scene: Scene, moment: Moment) -> bool:
    """Whether a moment is that of a step, not of a figure (`as of 15:00`), a saying or a nomination."""
    before = scene.text[max(0, moment.start - 110) : moment.start].lower()
    planned = _PLANNED.search(scene.low)
    if (moment.is_day and _ACT.search(scene.low)) or _WILL_BE_DONE.search(before):
        return True
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
    if _SAID_THEN.search(before) or (not planned and (_WRITTEN.search(before) or _DONE.search(scene.low))):
        return False
    if re.search(
        r"\b(?:ruling|decision|judg[e]?ment|verdict|law|resolution|report|letter|"
        r"document|release|letter)\b[^,;]{0,40}\s(?:of|dated)\s$",
        before,
    ):
        return False
    if not scene.taken:
        return True
    if ":" in moment.value and re.search(
        r"\b(?:from|between)\s(?:[\w:.]+(?:\s[ap]\.?m\.?)?\s(?:to|until|till|and)\s)?$", before
    ):
        return bool(re.search(r"\b(?:poll|vot|station|open)", scene.low))
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
    r"\b(?:will|to|must|should|shall) be \w+(?:ed|n|t)(?: \w+){0,2} (?:at|on|from|until|by) (?:\w+day,? )?$"
)
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
    r"\b(?:approved|accepted|registered|took up|nominated|signed|handed|(?:held|gave|given|hold) "
    r"(?:a |its )?(?:press conference|briefing|news conference|meeting))\b"
)


def _step_name(scene: Scene, at: int) -> str:
    """The words in front of a moment: what happens then."""
    words = re.split(r",\s|;\s", scene.text[:at])[-1].split() or scene.text.split()
    return " ".join(words[-9:])
