"""When: the vote, the decree that calls it, then every other step that has an hour or a date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallyroom.reading.rules.election_day import ELECTION, ELECTION_WORD, OF_YEAR, SETS, is_of_the_vote
from tallyroom.reading.rules.schedule import WEEKDAY, steps
from tallyroom.reading.scene import Found, Scene
from tallyroom.reading.text.names import is_land
from tallyroom.reading.text.times import Moment

__all__ = ["calendar"]

# The act that sets a vote going: a call, a decree, a writ, a dissolution, the naming of the day.
_CALLED = re.compile(
    r"\b(?:(?:sign|issu|publish|promulgat)\w*\s(?:on\s[\w ,]{5,20}\s)?(?:\w+\s){0,3}?(?:decree|order|proclamation|"
    r"writs?|"
    r"notification|notice|edict|calling)|decree[ds]?|resolutions?|pass(?:ed|es)\s(?:a|the)\s(?:decision|motion)|"
    r"writs?\s(?:was|were)\sissued|gazetted|(?:by|in)\sproclamation|"
    r"(?:gave|gives|giving)\snotice|announc\w+\sthe\s(?:\w+\s)?(?:schedule|timetable|calendar)|"
    r"call(?:s|ed|ing)?\s(?:of\s)?(?:\w+\s){0,5}?(?:elections?|vote|polls?|referendum|ballot|one)\b|"
    r"(?:conven|summon|convok)\w*\s(?:the\s)?(?:\w+\s){0,2}?(?:elect\w+|vot\w+|polls?|referendum|people|citizens|"
    r"[a-z]+ans|"
    r"colleges)|"
    r"(?:order(?:ed|s)?|decreed|triggered|triggers)\s(?:\w+\s){0,5}?(?:elections?|vote|referendum|it|poll)\b|"
    r"proclaim\w*|"
    r"dissol(?:v\w+|ution)|votes?d?\sitself\sout|voted\sto\s(?:dissolve|call|hold)|"
    r"(?:set|sets|fix(?:ed|es)|nam(?:ed|es)|announc(?:ed|es)|appoint(?:ed|s)|declar(?:ed|"
    r"es))\s(?:[\w,]+\s){0,5}?(?:as\s)?"
    r"(?:the|a|its|their)\s(?:\w+\s)?(?:date|day\sof)\b|date\s(?:\w+\s){0,4}?(?:was|has\sbeen)\s(?:set|fixed|"
    r"announced)|"
    r"(?:decision|decided|voted|agreed|resolved)\s(?:on\s[^.;]{3,20}\s)?to\s(?:dissolve|call|hold)|"
    r"(?:elections?|polls?|vote|referendum)\s(?:was|were|has\sbeen|have\sbeen)\s(?:called|announced|decreed)|"
    r"(?:announced|scheduled)\s(?:\w+\s){0,4}?(?:elections?|referendum|vote))\b"
)
_CALLED_ON = re.compile(
    r"\b(?:call(?:ed|s)|ordered|decreed|triggered|convened|"
    r"convoked)\s(?:\w+\s){1,4}?(?:elections?|vote|poll|referendum)\son\s(?:\w+day,?\s)?$"
)
_NO_CALL = re.compile(
    r"\bresults?\b.{0,40}\bannounced|certif|\bno\s(?:polls?|elections?|vote)\b|recogni[sz]e|\bbill\b|\bcalls?\sfor\b"
)
_NAMES_A_DAY = re.compile(
    r"\bdates?\b|\border(?:ed|s)\sit\b|\bto be elected\b|\bwrits?\b|\belectoral college\b|\bdecree\b[^.;]*\bdissolv|"
    r"\belectorate\b|\bvoters\b|"
    r"\bto the polls\b"
)


def calendar(scene: Scene) -> Iterator[Found]:
    """The decree first, then the days of votes, then what is left as steps of the schedule."""
    taken: list[Moment] = []
    for found, moment in _called(scene):
        taken.append(moment)
        yield found
    for found, moment in _voted_on(scene, taken):
        taken.append(moment)
        yield found
    yield from steps(scene, taken)


def _called(scene: Scene) -> Iterator[tuple[Found, Moment]]:
    """The day of the act that calls a vote: of `a decree of 1 May called the vote for 8 June` the first."""
    match = (_CALLED.search(scene.low) or _sets_a_day(scene)) if scene.dates else None
    if match is None or _NO_CALL.search(scene.low):
        return
    if not (ELECTION_WORD.search(scene.low) or _NAMES_A_DAY.search(scene.low)):
        return
    days = [d for d in scene.dates if d.is_day and not WEEKDAY.fullmatch(scene.low[d.start : d.end])]
    signed = [d for d in days if _is_of_the_call(scene, d)]
    if not signed:
        return
    day = min(signed, key=lambda d: abs(d.start - match.start()))
    who = _caller(scene, match.start())
    by = scene.course.names.full(who) if who else ""
    yield (
        Found("election_called", scene.course.election or "election", day.value, "calendar/called", "date", by=by),
        day,
    )


def _sets_a_day(scene: Scene) -> re.Match[str] | None:
    """Where a sentence sets the day of a vote and names another day too: `On 3 May the senate fixed 8 June as …`."""
    of_vote = [d for d in scene.dates if d.is_day and is_of_the_vote(scene, d)] if len(scene.dates) > 1 else []
    return SETS.search(scene.low) if 0 < len(of_vote) < len(scene.dates) else None


def _is_of_the_call(scene: Scene, day: Moment) -> bool:
    before = scene.low[: day.start]
    if re.search(r"\b(?:for|until|till|to|by|as)\s(?:\w+day,?\s)?$", before):
        return False
    if _CALLED_ON.search(before) and day.value <= (scene.course.date or day.value):
        return True
    return not is_of_the_vote(scene, day)


def _caller(scene: Scene, at: int) -> str:
    """Who calls a vote: the person or body before the act, else any person named, else the speaker."""
    before = [n for n in scene.names if n.end <= at and not scene.course.names.is_place(n.text) and not is_land(n.text)]
    people = [n.text for n in before if n.person] or [n.text for n in scene.names if n.person]
    office = _OFFICE.search(scene.low[: at + 20])
    return people[0] if people else scene.speaker or (before[0].text if before else office[0] if office else "")


_OFFICE = re.compile(
    r"\b(?:president|prime minister|premier|king|queen|emir|sultan|parliament|assembly|senate|speaker|governor|cabinet|"
    r"government|commission|presidency|lawmakers|deputies|junta|council)\b"
)


def _voted_on(scene: Scene, called: list[Moment]) -> Iterator[tuple[Found, Moment]]:
    told: set[str] = set()
    for moment in scene.dates:
        if WEEKDAY.fullmatch(scene.text[moment.start : moment.end].lower()):
            continue
        if moment.value in told or moment in called or not is_of_the_vote(scene, moment):
            continue
        if len(moment.value) == 4 and _NOT_OF_YEAR.search(scene.low[: moment.start]):
            continue
        if len(moment.value) == 4 and OF_YEAR.match(scene.text, moment.end) and _known(scene, moment):
            continue
        told.add(moment.value)
        scene.course.votes.add(moment.value)
        if moment.first:
            days = f"{moment.first} to {moment.value}"
            yield Found("schedule", _subject(scene, moment), days, "calendar/days", "date"), moment
            continue
        planned = (scene.course.date and moment.value > scene.course.date[: len(moment.value)]) or re.search(
            r"\b(?:will|to be held|is set|are set|due)\b", scene.low
        )
        unit = {4: "year", 7: "month"}.get(len(moment.value), "date")
        yield (
            Found(
                "election_date",
                _subject(scene, moment),
                moment.value,
                "calendar/vote",
                unit,
                modality="planned" if planned else "",
            ),
            moment,
        )


_NOT_OF_YEAR = re.compile(r"\b(?:until|from|code|law|document|document of|not (?:in|on))\s$")


def _known(scene: Scene, year: Moment) -> bool:
    """Whether a year names a vote that was dated before, or that the sentence dates more closely."""
    return any(v.startswith(year.value) for v in scene.course.votes) or any(
        d.is_day and d.value.startswith(year.value) for d in scene.dates
    )


def _subject(scene: Scene, moment: Moment) -> str:
    found = re.findall(rf"\b(?:{ELECTION})(?:\s(?:in|to)\s(?:the\s)?[A-Z][\w'-]+(?:\s[A-Z][\w'-]+)*)?", scene.text)
    named = [f for f in found if re.search("election|vote|referendum|runoff|run-off", f)]
    return named[0] if named else scene.course.election or "election"
