"""Documents into claims: the reader by rules, and the one place where another reader can stand.

    reader: Reader = RuleReader()
    reader.read(document_of("a.txt", text))      # its claims

A `Reader` gives the claims of a document. `RuleReader` is the only one that Tallyroom has; a second one,
a language model for example, would implement the same method, and what it finds would have to give back
its quote at its offsets and name its rule like any other claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Protocol

from tallyroom.reading.earlier import earlier_year
from tallyroom.reading.rules import RULES
from tallyroom.reading.rules.choices import may_stand
from tallyroom.reading.rules.registers import place_of
from tallyroom.reading.rules.roles import roles
from tallyroom.reading.rules.turnout import narrow_place
from tallyroom.reading.scene import Course, Found, Scene
from tallyroom.reading.text.document import Document, land_of
from tallyroom.reading.text.names import Names
from tallyroom.reading.text.sentences import Sentence
from tallyroom.reading.voices.attribution import Speaker, Voices, outlet_of
from tallyroom.record.claim import Claim, claim_id

__all__ = ["Reader", "RuleReader"]

_ELECTION = re.compile(
    r"\b(?:(?:snap|early|extraordinary|repeat)\s)?(?:presidential|parliamentary|general|legislative|"
    r"local|regional|municipal|federal|assembly|mayoral|gubernatorial)\s(?:elections?|run-?off|vote|"
    r"polls)"
)
_COURT = re.compile(
    r"\b(?:[A-Z]\w+'s\s)?((?:[A-Z]\w+\s){0,2}(?:Court|Tribunal|Constitutional Council)(?:\sof\s(?:the\s)?[A-Z]\w+)?)"
)


_STATEMENT = re.compile(
    r"\bstatement of (?:the )?preliminary|\bpreliminary (?:findings|statement|conclusions)\b(?=.*\b(?:observ|mission|"
    r"concl))"
)


_QUESTION = re.compile(r"\b(?:[Rr]eferend(?:um|a|ums)|[Pp]lebiscite|ballot (?:measure|question|initiative)s?)\b")


class Reader(Protocol):
    """What gives the claims of a document."""

    def read(self, document: Document) -> list[Claim]:
        """The claims of a document in the order of their places."""
        ...


class RuleReader:
    """Reads by rules alone: the same text gives the same claims, and each names the rule that found it.

    known: spellings of names, in small letters, and the names they stand for, as a record has them.
    """

    def __init__(self, known: Mapping[str, str] | None = None) -> None:
        self._known = dict(known or {})

    def read(self, document: Document) -> list[Claim]:
        """The claims of a document in the order of their places."""
        names = Names(self._known)
        for sentence in document.sentences:
            names.learn(sentence.text)
        whole = " ".join(s.text for s in document.sentences)
        names.learn_initials(whole)
        names.learn_places(whole)
        course = _course(document, names, whole)
        voices = Voices(names)
        claims: list[Claim] = []
        outlet = document.outlet
        scenes = [Scene(sentence, course, number) for number, sentence in enumerate(document.sentences)]
        # Offices first: whom `the chairman said` means has to be known before who says what is asked.
        held = [_held(scene, voices) for scene in scenes]
        for scene, offices, (sentence, speaker) in zip(scenes, held, _spoken(scenes, voices), strict=True):
            reports = outlet_of(sentence.text)
            outlet = document.outlet or reports or outlet
            # On the page of another outlet, `AzerTAC reports` names a source; else it names the outlet.
            if speaker is None and reports and not _same_outlet(reports, outlet):
                speaker = Speaker(reports)
            scene.speaker = speaker.name if speaker else ""
            found = [*offices, *_found(scene)]
            if speaker is None and (found or _ANNOUNCES.search(sentence.text)):
                given = voices.giver(sentence.text, scene.names)
                scene.giver = given.name if given else course.giver if _ROW.match(sentence.text) else ""
            course.giver = scene.speaker or scene.giver or course.giver
            found = _listed_on(found, scene)
            claims += [_claim(document, scene, one, voices, outlet) for one in found]
        return _distinct(claims)


def _course(document: Document, names: Names, whole: str) -> Course:
    """What is known of a document before its first rule runs: which election it speaks of, and where."""
    match = _ELECTION.search(whole)
    country = land_of(whole)
    court = _COURT.search(whole)
    election = match[0] if match else "election"
    # An observer mission's own statement judges without saying who judges.
    own_voice = any(_STATEMENT.search(s.text.lower()) for s in document.sentences[:4])
    return Course(
        names,
        document.date,
        document.anchor,
        f"{election} in {country}" if country else election,
        country=country,
        court=court[1].strip() if court else "",
        own_voice=own_voice,
        question=_QUESTION.search(whole) is not None,
        favour="favor" if re.search(r"\b[Ii]n [Ff]avor\b", whole) else "favour",
    )


def _spoken(scenes: list[Scene], voices: Voices) -> list[tuple[Sentence, Speaker | None]]:
    """Each sentence with its speaker; open quotations have the one who is named where they close."""
    told: list[tuple[Sentence, Speaker | None]] = []
    names = {scene.sentence.start: scene.names for scene in scenes}
    for group in _quotations(scene.sentence for scene in scenes):
        own = [voices.of(s.text, names[s.start]) for s in group]
        spoken = next((speaker for speaker in reversed(own) if speaker), None) if len(group) > 1 else None
        for sentence, speaker in zip(group, own, strict=True):
            # `The figures were given by X` speaks of the sentence before.
            if told and speaker and told[-1][1] is None and _GAVE_THEM.match(sentence.text):
                told[-1] = (told[-1][0], speaker)
            if told and speaker and told[-1][1] is None and _CLOSES.match(sentence.text) and len(group) == 1:
                told[-1] = (told[-1][0], speaker if told[-1][0].paragraph == sentence.paragraph else None)
            before = told[-1] if told else None
            told.append((sentence, speaker or spoken or _goes_on(sentence, before, voices)))
    return told


_ANNOUNCES = re.compile(r"\b(?:results?|figures)\b|:$")
# `- Ada Bolan (FP): 4,594 votes`, `FP: 151 seats`: rows of a list are told by whoever spoke before it.
_ROW = re.compile(
    r"[-*\u2022\u00b7\u25cf]\s|[^.:;,]{2,50}(?::|\s-)\s[^.;]{0,40}\d[^;.]{0,60}$|"
    r"[A-Z][^.:;,\d]{2,40},\s(?:\w+\s){0,2}\d[\d,.]*$"
)
_GAVE_THEM = re.compile(
    r"This was (?:announced|stated|said|reported)\b.{0,40}\bby\b|"
    r".{3,120}\b(?:announced|said|reported|stated)(?: this| it)?(?: (?:at|during|in) (?:an?|the) [^.,]{3,50})?"
    r"(?: today| yesterday| on \w+)?\.$|"
    r"(?:The|These|This|Such) (?:figures?|data|information|numbers?|statistics|"
    r"announcement)\b.{0,40}\b(?:given|announced|provided|released|"
    r"made public|reported|shared)\b|.{3,90}\b(?:gave|announced|provided|released|shared) (?:the|"
    r"these|this) (?:figures?|data|numbers?|information)\b"
)
_ON = re.compile(
    r"(?:In (?:addition|these circumstances|turn)|Moreover|Besides|At the same time)\b|(?:Of (?:these|them|those)|"
    r"That (?:made|makes|is|was)|Also,)\b"
)
# A quotation that began in the sentence before, without its mark.
_CLOSES = re.compile(r'[^"]*[,.!?]"\s[^"]*$')
_LEADS = re.compile(
    r"^.{3,160}?\b(?:said|stated|noted|announced|told \w+|puts?|reported|explained|wrote|gave|gives?|shows?|showed)\b"
)


def _quotations(sentences: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    """Sentences, those of one quotation in one paragraph together."""
    group: list[Sentence] = []
    is_open = False
    for sentence in sentences:
        if group and (not is_open or sentence.paragraph != group[-1].paragraph):
            yield group
            group, is_open = [], False
        group.append(sentence)
        if sentence.text.count('"') % 2 and not (not is_open and _CLOSES.match(sentence.text)):
            is_open = not is_open
    if group:
        yield group


def _goes_on(sentence: Sentence, before: tuple[Sentence, Speaker | None] | None, voices: Voices) -> Speaker | None:
    """The speaker before, where a sentence only goes on: `Of these, …`, or after `X said that …` in its paragraph."""
    if before is None:
        return None
    if _ON.match(sentence.text):
        return voices.last
    earlier, speaker = before
    if speaker is None or sentence.paragraph != earlier.paragraph or not re.search(r"\d", sentence.text):
        return None
    leads = _LEADS.match(earlier.text)
    return speaker if leads and len(earlier.text) - leads.end() > 25 else None


def _same_outlet(one: str, other: str) -> bool:
    first, second = (set(re.findall(r"\w{3,}", name.lower())) for name in (one, other))
    return bool(first & second) or one.lower() in other.lower().replace(" ", "")


def _held(scene: Scene, voices: Voices) -> list[Found]:
    """The offices that a sentence tells; the voices take them in."""
    told = list(roles(scene))
    voices.offices |= {found.subject: str(found.value) for found in told}
    scene.course.body = next((n.text for n in scene.names if not n.person and " " in n.text), scene.course.body)
    return told


def _found(scene: Scene) -> Iterator[Found]:
    for rule in RULES:
        for found in rule(scene):
            scene.note(found)
            yield found
    scene.course.figures = list(scene.told.values())
    if scene.speaker:
        scene.course.speaker, scene.course.speaker_at = scene.speaker, scene.number
    # Where `there` in the next sentence is.
    narrow = narrow_place(scene.text) or place_of(scene)
    if narrow != scene.course.country:
        scene.course.place, scene.course.place_at = narrow, scene.number
    # `Free State: Sanna Mthimkhulu in Ward 1`: what stands before a colon is a heading.
    people = [name for name in scene.names if name.person and scene.text[name.end : name.end + 1] != ":"]
    things = [name for name in scene.names if not name.person and may_stand(scene, name)]
    scene.course.thing = scene.course.names.full(things[-1].text) if things and not people else ""
    if people:
        scene.course.person = scene.course.names.full(people[0].text)


_OF_A_VOTE = frozenset(
    {
        "candidate_share",
        "candidate_votes",
        "seats",
        "turnout_share",
        "turnout_count",
        "valid_votes",
        "registered_voters",
        "polling_stations",
    }
)


_DATA_AT = re.compile(r"\bdata (?:as of|up to|until|at)\b")


def _as_of(found: Found, scene: Scene) -> str:
    """The hour or day of a figure; in a sentence about an earlier vote the day, month or year of that vote."""
    if found.kind == "exit_poll_share" and scene.hours and _DATA_AT.search(scene.low):
        return found.as_of or scene.hours[0].value
    if found.kind not in _OF_A_VOTE:
        return found.as_of
    earlier = scene.earlier_vote
    if not earlier and not found.as_of:
        number = next((n for n in scene.numbers if n.value == found.value), None)
        year = earlier_year(scene.text, number.start, number.end, scene.course.anchor) if number else ""
        return next((d.value for d in scene.dates if year and d.value.startswith(year)), year)
    return earlier if earlier.startswith(found.as_of) and earlier else found.as_of


# Figures that a list goes on with, and whose source is therefore that of the ones before.
_LISTS = (
    ("candidate_votes", "candidate_share", "seats", "share_counted", "valid_votes"),
    ("turnout_count", "turnout_share", "registered_voters"),
    ("polling_stations", "stations_reporting"),
    ("observers",),
)


_NEAR = 2  # sentences
_EARLIER = re.compile(r"\b(?:previous|last|earlier|in (?:19|20)\d\d|years ago|second round|first round)\b")


def _listed_on(found: list[Found], scene: Scene) -> list[Found]:
    """The findings, those that complete the list of the sentence before with its source."""
    course, speaker = scene.course, scene.speaker or scene.giver
    told: list[Found] = []
    for one in found:
        group = next((kinds for kinds in _LISTS if one.kind in kinds), None)
        by, at = course.sources.get(group, ("", -9)) if group else ("", -9)
        if by and not one.by and not speaker and scene.number - at <= _NEAR and not _EARLIER.search(scene.low):
            one = replace(one, by=by)
        told.append(one)
        if group and (one.by or speaker):
            course.sources[group] = (one.by or speaker, scene.number)
    return told


def _claim(document: Document, scene: Scene, found: Found, voices: Voices, outlet: str) -> Claim:
    sentence = scene.sentence
    # An office is told by the text itself.
    by = "" if found.kind == "role" else found.by or scene.speaker or scene.giver
    return Claim(
        id=claim_id(document.id, found.kind, found.subject, found.value, sentence.start),
        document=document.id,
        kind=found.kind,
        subject=found.subject,
        value=found.value,
        quote=document.text[sentence.start : sentence.end],
        start=sentence.start,
        end=sentence.end,
        rule=found.rule,
        unit=found.unit,
        qualifier=found.qualifier,
        as_of=_as_of(found, scene),
        place=found.place,
        attributed_to=by,
        office=voices.offices.get(by, ""),
        outlet=outlet,
        modality=found.modality,
    )


def _distinct(claims: list[Claim]) -> list[Claim]:
    return list({claim.id: claim for claim in claims}.values())
