"""Documents into claims: the reader by rules, and the one place where another reader can stand.

    reader: Reader = RuleReader()
    reader.read(document_of("a.txt", text))      # its claims

A `Reader` gives the claims of a document. `RuleReader` is the only one that Tallyroom has; a second one,
a language model for example, would implement the same method, and what it finds would have to give back
its quote at its offsets and name its rule like any other claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Protocol

from tallyroom.reading.attribution import Speaker, Voices, outlet_of
from tallyroom.reading.document import Document
from tallyroom.reading.names import Names, is_land
from tallyroom.reading.rules import RULES
from tallyroom.reading.scene import Course, Found, Scene
from tallyroom.reading.sentences import Sentence
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
        course = _course(document, names)
        voices = Voices(names)
        claims: list[Claim] = []
        outlet = document.outlet
        speakers = _spoken(document.sentences, voices, course)
        for number, (sentence, speaker) in enumerate(speakers):
            outlet = outlet_of(sentence.text) or outlet
            scene = Scene(sentence, course, number, speaker.name if speaker else "")
            claims += [_claim(document, sentence, found, speaker, voices, outlet) for found in _found(scene, voices)]
        return _distinct(claims)


def _course(document: Document, names: Names) -> Course:
    """What is known of a document before its first rule runs: which election it speaks of, and where."""
    whole = " ".join(s.text for s in document.sentences)
    match = _ELECTION.search(whole)
    lands: dict[str, int] = {}
    for word in re.findall(r"\b[A-Z][\w-]+\b", whole):
        if is_land(word) and not is_land(word[:-1]):
            lands[word] = lands.get(word, 0) + 1
    country = max(lands, key=lambda land: lands[land]) if lands else ""
    court = _COURT.search(whole)
    election = match[0] if match else "election"
    return Course(
        names,
        document.date,
        document.anchor,
        f"{election} in {country}" if country else election,
        country=country,
        court=court[1].strip() if court else "",
    )


def _spoken(
    sentences: tuple[Sentence, ...], voices: Voices, course: Course
) -> Iterator[tuple[Sentence, Speaker | None]]:
    """Each sentence with its speaker; open quotations have the one who is named where they close."""
    for group in _quotations(sentences):
        own = [voices.of(s.text, voices.names.in_sentence(s.text)) for s in group]
        spoken = next((speaker for speaker in reversed(own) if speaker), None) if len(group) > 1 else None
        for sentence, speaker in zip(group, own, strict=True):
            yield sentence, speaker or spoken or _goes_on(sentence, voices)


def _quotations(sentences: tuple[Sentence, ...]) -> Iterator[list[Sentence]]:
    """Sentences, those of one quotation in one paragraph together."""
    group: list[Sentence] = []
    is_open = False
    for sentence in sentences:
        if group and (not is_open or sentence.paragraph != group[-1].paragraph):
            yield group
            group, is_open = [], False
        group.append(sentence)
        if sentence.text.count('"') % 2:
            is_open = not is_open
    if group:
        yield group


def _goes_on(sentence: Sentence, voices: Voices) -> Speaker | None:
    """The speaker before, where the sentence only goes on: `He put …`, `Of these, …`, `That made …`."""
    if re.match(r"(?:Of (?:these|them|those)|That (?:made|makes|is|was)|Also,)\b", sentence.text):
        return voices.last
    return None


def _found(scene: Scene, voices: Voices) -> Iterator[Found]:
    for rule in RULES:
        for found in rule(scene):
            if found.kind == "role":
                voices.offices[found.subject] = str(found.value)
            yield found
    if scene.speaker:
        scene.course.speaker, scene.course.speaker_at = scene.speaker, scene.number
    people = [name for name in scene.names if name.person]
    if people:
        scene.course.person = scene.course.names.full(people[0].text)


def _claim(
    document: Document, sentence: Sentence, found: Found, speaker: Speaker | None, voices: Voices, outlet: str
) -> Claim:
    # An office is told by the text itself.
    by = "" if found.kind == "role" else found.by or (speaker.name if speaker else "")
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
        as_of=found.as_of,
        place=found.place,
        attributed_to=by,
        office=voices.offices.get(by, ""),
        outlet=outlet,
        modality=found.modality,
    )


def _distinct(claims: list[Claim]) -> list[Claim]:
    return list({claim.id: claim for claim in claims}.values())
