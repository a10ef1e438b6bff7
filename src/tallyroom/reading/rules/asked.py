"""Whether shares are what voters said: whose exit poll they are of, and that those of other polls are none.

A report of an exit poll goes on giving its shares until it comes to counted votes.
"""

from __future__ import annotations

import re

from tallyroom.reading.rules.choices import AUTHORITY
from tallyroom.reading.rules.polls import is_poll, is_quick_count, pollster_of
from tallyroom.reading.scene import Scene
from tallyroom.reading.text.names import BODY_WORDS

__all__ = ["is_survey", "poll_told"]

_NEAR = 10  # sentences
_COUNTED = re.compile(
    r"\b(?:round|commission|official|preliminary|results|cec|ballots|votes? (?:were |was )?counted|cast votes|counted|"
    r"tally|count|who won with|ministry)\b|(?:per ?cent|%) of (?:the )?(?:polling )?stations\b"
)
_EXIT_POLL = re.compile(r"\b(?:exit|late)[- ](?:polls?|surveys?)\b")
_LEAVING = re.compile(
    r"\bexit surveys?\b|\b(?:on )?leaving the (?:polls?|polling stations?|booths?)\b|"
    r"\boutside (?:the )?polling\b|\bpolling (?:agency|firm|company|"
    r"organi[sz]ation|institute)\b"
)
# A poll before the vote: its shares are neither votes nor an exit poll's.
_SURVEY = re.compile(
    r"\b(?:opinion|latest|average of|[A-Z]\w+|[Pp]re-election)\s(?:polls?|surveys?)\b|"
    r"\b(?:[Aa]|[Tt]he|[Tt]his|[Ii]ts)\s(?:\w+\s)?survey\b|\bof those asked\b"
)
# `CyBC put Meyer at 50.5`, `Antenna's showed Meyer with 51.9`
_GIVES = re.compile(
    r"(?:^|[,:.]\s|\b[Ww]hile\s)(?P<who>[A-Z][\w&.-]*(?:\s(?:(?:of|for|and|the)\s)?[A-Z][\w&.-]*){0,5})(?:'s?)?\s"
    r"(?:gives?|gave|puts?|had|has|shows?|showed|makes|made|projects|projected|estimates?|estimated|sees|saw)\s"
    r"(?=[^,]*[A-Z\d])"
)

_PARTYLIKE = re.compile(
    r"\b(?:party|movement|front|alliance|coalition|bloc|union|congress|democrats|republicans|league|"
    r"group|list|greens?|initiative|federation)\b",
    re.I,
)


def is_survey(scene: Scene) -> bool:
    """Whether a sentence tells what a poll before the vote found, or goes on with one."""
    course = scene.course
    if _EXIT_POLL.search(scene.low) or _LEAVING.search(scene.low):
        course.survey_at = -99
    elif _SURVEY.search(scene.text) and not is_poll(scene):
        course.survey_at = scene.number
    elif _COUNTED.search(scene.low) or scene.number - course.poll_at <= 1:
        course.survey_at = -99
    return scene.number - course.survey_at <= _NEAR


def poll_told(scene: Scene, listed: bool) -> str:
    """The pollster whose shares these are; empty where they are counted votes."""
    course = scene.course
    if is_quick_count(scene):
        course.poll, course.poll_at = "", -99
        return ""
    if is_poll(scene) or _LEAVING.search(scene.low):
        course.poll_at = scene.number
        course.poll = pollster_of(scene) or scene.speaker or course.poll or "exit polls"
        course.pollsters.add(course.poll)
        return course.poll
    body = _research_body(scene)
    if _COUNTED.search(scene.low) and not (body and body == scene.speaker):
        course.poll, course.poll_at = "", -99
        return ""
    if body:
        return body
    if listed and course.results and course.results[2] and not scene.speaker:
        return course.results[2]
    if scene.number - course.poll_at > _NEAR:
        return ""
    gives = _GIVES.search(scene.text)
    if scene.speaker and (course.names.person(scene.speaker.split()[-1]) or AUTHORITY.fullmatch(scene.speaker)):
        return ""
    return scene.speaker or (gives["who"] if gives and not gives.end() > 60 else "") or course.poll or "exit polls"


def _research_body(scene: Scene) -> str:
    """A body that is no authority and gives shares of the vote has asked for them: `the X Research Center said`."""
    speaker = scene.speaker
    if not speaker:
        match = re.match(
            r"(?:The\s)?([A-Z][\w'.-]+(?:\s(?:[A-Z][\w'.-]+|and the|and|of|the|for|"
            r"[A-Z][\w]*-based))+)\s(?:had|found|gave|showed|put|estimated)\s",
            scene.text,
        )
        speaker = match[1] if match else ""
    if speaker in scene.course.pollsters:
        return speaker
    words = re.findall(r"\w+", speaker.lower())
    if not any(w in BODY_WORDS for w in words):
        return ""
    if _PARTYLIKE.search(speaker) and not re.search(
        r"research|opinion|monitoring|survey|poll|sociolog|institute|advisory|cent(?:er|re)", speaker, re.I
    ):
        return ""
    asked = re.search(
        r"\b(?:research|opinion|monitoring|survey|polling|sociolog\w*|advisory|institute|studies|"
        r"strategy|analytics|consult\w*)\b",
        speaker,
        re.I,
    )
    speaker = re.sub(r"^The\s|(?:'s)?\s(?:exit )?(?:poll|survey)$", "", speaker)
    return speaker if asked and not re.search(r"\b(?:commission|ministry|court|observ\w+)\b", speaker, re.I) else ""
