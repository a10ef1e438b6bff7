"""When: the vote, the decree that calls it, then every other step that has an hour or a date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallyroom.reading.rules.election_day import ELECTION, ELECTION_WORD, OF_YEAR, is_of_the_vote
from tallyroom.reading.rules.schedule import WEEKDAY, steps
from tallyroom.reading.scene import Found, Scene
from tallyroom.reading.times import Moment

__all__ = ["calendar"]

_CALLED = re.compile(
    r"\b(?:sign(?:ed|s|ing)? (?:\w+ ){0,3}?(?:decree|order|proclamation|writ)|decree|call(?:ed|s)? "
    r"(?:\w+ ){0,5}?(?:election|elections|vote|poll|referendum)|order(?:ed|s)? (?:it|the|an|a)\b|"
    r"issued (?:\w+ ){0,3}?(?:decree|order|writ|notification)|date (?:was|has been) (?:set|fixed) by|proclaim\w*|"
    r"dissolv(?:ed|es)|"
    r"(?:decision|decided) (?:on .{3,20} )?to (?:dissolve|call|hold)|election "
    r"was (?:called|announced)|announced (?:\w+ ){0,4}election|scheduled the (?:\w+ )?election)\b"
)
_CALLED_ON = re.compile(r"\bcall(?:ed|s)\s(?:\w+\s){1,4}?(?:elections?|vote|poll|referendum)\son\s(?:\w+day,?\s)?$")


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
    match = _CALLED.search(scene.low)
    if (
        match is None
        or not (ELECTION_WORD.search(scene.low) or re.search(r"\border(?:ed|s) it\b", scene.low))
        or re.search(r"\bresults\b.{0,40}\bannounced|certif", scene.low)
    ):
        return
    days = [d for d in scene.dates if d.is_day]
    signed = [
        d
        for d in days
        if not is_of_the_vote(scene, d)
        or re.search(
            r"\b(?:proclaim|announc|set|fix)\w* the date (?:of|"
            r"for) .{0,60}\bon\s(?:\w+day,\s)?$",
            scene.low[: d.start],
        )
        or re.search(r"\bsigned\b[^,;]*\bon the [\w\s]*?(?:elections?|vote|referendum) on\s$", scene.low[: d.start])
        or (_CALLED_ON.search(scene.low[: d.start]) and d.value <= (scene.course.date or d.value))
        or re.search(
            r"(?:decree|order|writ|decision|decided|signed|issued|announced|called)\s(?:of|on|"
            r"dated)?\s?$",
            scene.text[: d.start].lower(),
        )
    ]
    if not signed:
        return
    if len(signed) == len(days) == 1 and re.search(r"\bfor\s$", scene.text[: signed[0].start]):
        return
    day = min(signed, key=lambda d: abs(d.start - match.start()))
    who = next((n.text for n in scene.names if n.person), "") or scene.speaker
    value = day.value
    yield (
        Found(
            "election_called",
            scene.course.election or "election",
            value,
            "calendar/called",
            "date",
            by=scene.course.names.full(who) if who else "",
        ),
        day,
    )


def _voted_on(scene: Scene, called: list[Moment]) -> Iterator[tuple[Found, Moment]]:
    if not ELECTION_WORD.search(scene.low):
        return
    told: set[str] = set()
    for moment in scene.dates:
        if WEEKDAY.fullmatch(scene.text[moment.start : moment.end].lower()):
            continue
        if moment.value in told or moment in called or not is_of_the_vote(scene, moment):
            continue
        if len(moment.value) == 4 and re.search(
            r"\b(?:since|until|from|code|law|document|document of|referendum in|not (?:in|on))\s$",
            scene.text[: moment.start].lower(),
        ):
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


def _known(scene: Scene, year: Moment) -> bool:
    """Whether a year names a vote that was dated before, or that the sentence dates more closely."""
    return any(v.startswith(year.value) for v in scene.course.votes) or any(
        d.is_day and d.value.startswith(year.value) for d in scene.dates
    )


def _subject(scene: Scene, moment: Moment) -> str:
    found = re.findall(rf"\b(?:{ELECTION})(?:\s(?:in|to)\s(?:the\s)?[A-Z][\w'-]+(?:\s[A-Z][\w'-]+)*)?", scene.text)
    named = [f for f in found if re.search("election|vote|referendum|runoff|run-off", f)]
    return named[0] if named else scene.course.election or "election"
