"""What each choice got: shares and votes, in sentences and in lists; shares of exit polls too.

A figure belongs to the name behind it (`93.9% for X`, `92% voted for X`), else to the nearest one before
it that has none of its kind yet (`X received 2.17 percent, Y - 0.8 percent`), else to whom `he` means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from tallyroom.reading.rules.asked import is_survey, poll_told
from tallyroom.reading.rules.choices import choices
from tallyroom.reading.rules.figures import Figure
from tallyroom.reading.rules.measures import SEATS, SHARE, VOTES, said_of
from tallyroom.reading.rules.owners import mood, pairs
from tallyroom.reading.rules.polls import is_quick_count, pollster_of
from tallyroom.reading.scene import Found, Scene

__all__ = ["shares"]

_WON = re.compile(
    r"\b(?:w[io]ns?|winning|received?|receives|receiving|got|gets|took|takes|taking|garnered|polled|"
    r"secured|obtained|gained|had|has|have|"
    r"stands? at|stood at|lead(?:s|ing)?|led|ahead|in front|followed|second|third|fourth|runner-up|"
    r"share|gave|gives|put|puts|"
    r"scored|collected|captured|earned|trailed|trailing|showed|shows|found|at|with|drew|finished|"
    r"claimed|came to|reached|cast|backed|supported|chosen|made up|accounted for|amounted to|re-?elected|victory|"
    r"voted for|voting was|tally was|count was)\b"
)
_LIST = re.compile(
    r"^\W{0,4}(?:\d{1,3}[.)]\s)?(?P<who>[A-Z\u00c0-\u024f][^\d:;]{1,70}?)\s?(?:[-:,(]|\.{2,}|"
    r"\s)\s?\(?(?:[a-z][a-z ]{0,20})?(?=\d)"
)
# Percentages of other things.
_ECONOMY = re.compile(r"\b(?:inflation|unemployment|gdp|wages|poverty|interest rates?|pensions?|economic growth)\b")
# What anyone would need, not what somebody got.
_LEGAL = re.compile(
    r"^(?:under|by) the (?:\w+ )?(?:constitution|law|code)\b|\bthe (?:winner|winning candidate) (?:is|must|needs|"
    r"has to|will have to|should)\b|\b(?:needs?|must|has to|"
    r"have to|required to|"
    r"failed to|fails to|unless|if (?:no|none|neither|any)\b[^,;]{0,40})\s?(?:get|gets|win|wins|secure|secures|"
    r"obtain|obtains|"
    r"receive|receives|reach|reaches|poll|polls|gain|take)\b"
)
_SHOWED = re.compile(
    r"\b(?:results?|figures|tall(?:y|ies)|count|data|returns|protocols)\b.{0,60}\b(?:show|showed|"
    r"shows)\b"
)
_ANY = Decimal(0)  # until `_each_end` gives each figure its own value
_HEADING = re.compile(r"\b(?:candidates?|votes?|results?|received|got|shares?|parties|distributed|follows|seats)\b")


def shares(scene: Scene) -> Iterator[Found]:
    """What each choice got: shares, votes and seats, and what exit polls give."""
    course = scene.course
    told = pairs(scene)
    _heading(scene, bool(told))
    if not told:
        return
    by = scene.speaker or (course.seats_by if scene.number - course.seats_at == 1 else "")
    for figure, who in told:
        if figure.measure == SEATS:
            course.seats_at, course.seats_by = scene.number, by
            yield from _each_end(
                scene, figure, Found("seats", who, _ANY, "shares/seats", "seats", by=by, modality=mood(scene, False))
            )
    yield from _of_votes(scene, [(figure, who) for figure, who in told if figure.measure != SEATS])
    course.told, course.told_at = told[-1][0].measure, scene.number
    course.contenders = [who for _, who in told[:2]] if len(told) > 1 else course.contenders


def _heading(scene: Scene, told: bool) -> None:
    """Takes in what a sentence without figures says of those that follow: `The results were as follows:`"""
    course = scene.course
    if told:
        return
    if scene.text.endswith(":") and scene.has(_HEADING):
        course.results, course.results_at = (scene.speaker or course.speaker, mood(scene, True), ""), scene.number
    if scene.speaker and _SHOWED.search(scene.low):
        course.results, course.results_at = (scene.speaker, mood(scene, True), ""), scene.number
        course.seats_by, course.seats_at = scene.speaker, scene.number
    if (
        scene.number < 3
        and " and " in scene.text
        and len(names := choices(scene)) == 2
        and scene.text[names[0].end : names[1].start] == " and "
    ):
        course.contenders = [course.names.full(n.text) for n in names]
    if scene.text.endswith(":") and (said := said_of(scene.low)):
        course.told, course.told_at = said[0], scene.number
    elif scene.text.endswith(":") and scene.number - course.told_at <= 3:
        course.told_at = scene.number


def _of_votes(scene: Scene, figures: list[tuple[Figure, str]]) -> Iterator[Found]:
    course = scene.course
    if not figures or not _are_votes(scene, figures):
        return
    listed = scene.number - course.results_at <= 1
    # Who tells votes too, or of another year, tells no poll.
    counted = any(f.measure == VOTES or scene.year_of(f.number) for f, _ in figures)
    poll = "" if counted else poll_told(scene, listed)
    by, tone = _speaker(scene, listed, poll), mood(scene, listed)
    if is_quick_count(scene):
        by, tone = by or pollster_of(scene), tone or "projected"
    for figure, who in figures:
        yield from _each_end(scene, figure, _found(scene, figure, who, by, tone, poll))
    course.results, course.results_at = (by, tone, poll), scene.number
    course.person = course.person if len(figures) > 2 else figures[-1][1]


def _are_votes(scene: Scene, figures: list[tuple[Figure, str]]) -> bool:
    """Whether the sentence tells what choices got, not what else has percentages."""
    if _ECONOMY.search(scene.low) or _LEGAL.search(scene.low) or is_survey(scene):
        return False
    listed = scene.number - scene.course.results_at <= 1
    return len(figures) > 1 or listed or "%" in scene.text or scene.has(_WON) or _LIST.match(scene.text) is not None


def _each_end(scene: Scene, figure: Figure, found: Found) -> Iterator[Found]:
    """The claim of a figure; of a range, `12-13 seats`, one of either end."""
    number = figure.number
    scene.take(number)
    for value in (number.value, number.upper):
        if value is not None:
            yield replace(found, value=value, qualifier=number.qualifier)


def _found(scene: Scene, figure: Figure, who: str, by: str, tone: str, poll: str) -> Found:
    if poll and figure.measure == SHARE:
        return Found("exit_poll_share", who, _ANY, "shares/exit-poll", "percent", by=poll)
    kind = "candidate_votes" if figure.measure == VOTES else "candidate_share"
    as_of = scene.hour or scene.year_of(figure.number)
    return Found(
        kind, who, _ANY, f"shares/{figure.measure}", figure.measure, "", as_of, _place(scene), by=by, modality=tone
    )


def _place(scene: Scene) -> str:
    return "previous election" if re.search(r"\b(?:previous|last) (?:\w+ )?(?:election|vote)\b", scene.low) else ""


def _speaker(scene: Scene, listed: bool, poll: str) -> str:
    if scene.speaker or poll or not listed or scene.course.results is None:
        return scene.speaker
    return scene.course.results[0]
