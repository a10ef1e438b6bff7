"""Who has spoken so far, and whom `he`, `the chairman` or `the statement` therefore means."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tallyroom.reading.text.names import BODY_WORDS, Name, Names, body_at

__all__ = ["Memory", "Speaker"]

_BODIES = (
    "directorate",
    "commission",
    "committee",
    "board",
    "council",
    "court",
    "agency",
    "authority",
    "mission",
    "office",
)
_APART = ("commission", "committee", "board", "authority", "ministry", "court", "registry", "parties", "television")
_HEADS = ("chairman", "chairwoman", "chairperson", "chair", "head", "leader", "president")
_OFFICES = (*_HEADS, "general", "secretary", "minister", "spokesman", "spokeswoman", "director")
_PAPERS = ("publication", "newspaper", "website", "broadcaster", "outlet", "portal", "agency")


# `The mission` said it, where `her opponents` spoke last: they are no mission.
_OTHERS = re.compile(
    r"(?:[Hh]er|[Hh]is|[Tt]heir|[Mm]any|[Ss]ome)?\s?(?:[a-z-]+\s)*(?:[Oo]ppon|[Cc]rit|[Ss]upport|[Rr]iv|[Ll]awy)\w+s\b"
)


@dataclass(frozen=True)
class Speaker:
    """Who says something: the full name, the office held, and whether the sentence names them itself."""

    name: str
    office: str = ""
    named: bool = True


@dataclass
class Memory:
    """What earlier sentences of a document leave behind.

    offices: name → office. last: the speaker before, whom `he said` means; body: the last that is no person.
    person, thing: who or what was last the subject; issuer: of the last statement; outlet: who reports.
    at, last_at, person_at: the sentence now, that of the last speaker, that of the person.
    """

    names: Names
    offices: dict[str, str] = field(default_factory=dict)
    last: Speaker | None = None
    person: str = ""
    outlet: str = ""
    issuer: str = ""
    thing: str = ""
    body: str = ""
    at: int = 0
    last_at: int = 0
    person_at: int = 0
    phrases: dict[str, str] = field(default_factory=dict)

    def remember(self, speaker: Speaker | None, text: str, known: list[Name]) -> None:
        """Takes in the speaker of a sentence, and its subject."""
        self.at += 1
        if speaker is not None:
            self.last, self.last_at = speaker, self.at
            self.body = self.body if self.is_person(speaker.name) else speaker.name
            self.issuer = speaker.name if re.search(r"\b(?:statement|report|release)\b", text) else self.issuer
        first = next((n for n in known if n.start < 25), None)
        if first and not first.person:
            self.thing = body_at(text, first.start) or first.text
        # `X, chairman of the commission, spoke after the anthem. He said …`
        people = [n for n in known if n.person and (speaker is None or n.text in speaker.name)]
        if people:
            self.person = self.names.full(people[0].text)
            named_first = next(n for n in known if n.person).start < 40
            self.person_at = self.at if named_first and not re.search(r"\d", text) else self.person_at

    def before(self, words: str) -> Speaker | None:
        """The speaker that a pronoun or description means."""
        low = words.lower().removeprefix("the ")
        if low in _PAPERS and self.outlet:
            return self.speaker(self.outlet)
        if low.endswith(("panel", " body")) and (commission := self.commission()):
            return self.speaker(commission)
        if (word := low.split()[-1]) in _OFFICES:
            # Who `heads` or `chairs` a body is its head by whatever word.
            same = ("head of",) if word in _HEADS else ()
            holders = [n for n, office in self.offices.items() if any(w in office.lower() for w in (word, *same))]
            if holders:
                name = self.last.name if self.last and self.last.name in holders else holders[-1]
                return Speaker(name, self.offices[name])
        if low in self.phrases and not (self.last and low in self.last.name.lower()):
            return self.speaker(self.phrases[low])
        body = next((b for b in reversed(self.names.bodies) if low in b.lower().split()), "")
        if body and low in BODY_WORDS and not (self.last and low in self.last.name.lower()):
            return self.speaker(body)
        if (named := self._qualified(low)) is not None:
            return named
        if low in ("statement", "report", "document", "release") and self.issuer:
            return self.speaker(self.issuer)
        newer = self.person_at > self.last_at
        if low in ("it", "they") and self.last is None and self.thing:
            return self.speaker(self.thing)
        if (
            low in ("he", "she", "him", "her")
            and self.person
            and (newer or not (self.last and self.is_person(self.last.name)))
        ):
            return self.speaker(self.person)
        if self.last is not None and self.body and low in _BODIES and self.is_person(self.last.name):
            # `The directorate said`, where the last to speak was a person of another body.
            return self.speaker(self.body) if low not in self.last.office.lower() else self.last
        if self.last is not None and (" " not in words or not _OTHERS.match(self.last.name)):
            return Speaker(self.last.name, self.last.office)
        return None if " " not in words else Speaker(words.removeprefix("The ").removeprefix("the "))

    def _qualified(self, low: str) -> Speaker | None:
        """The body of `the national election committee` or `the interior ministry`, where another spoke last."""
        words = low.split()
        if len(words) < 2 or words[-1] not in _APART:
            return None
        if self.last and words[-1] in f"{self.last.name} {self.last.office}".lower():
            return None
        same = (b for b in reversed(self.names.bodies) if set(words) <= set(b.lower().split()))
        return self.speaker(next(same, low))

    def commission(self) -> str:
        """The electoral commission named last; empty where none is."""
        return next((b for b in reversed(self.names.bodies) if re.search(r"\b[Ee]lect\w*\b", b)), "")

    def is_person(self, name: str) -> bool:
        """Whether a speaker is a person, not a body."""
        return name in self.offices or name in self.names.people.get(name.split()[-1], ())

    def speaker(self, name: str) -> Speaker:
        """The speaker of this name, in full."""
        name = re.sub(r"^[A-Z]{4,}-(?=[A-Z][a-z])", "", name.strip(" ,.\"'"))
        name = re.sub(r"\son\s(?:late\s)?[A-Z][a-z]+day\b.*$", "", name)
        name = re.sub(r"^(?:On|In|At|By)\s\w+\sthe\s(?=[A-Z])", "", name)
        full = self.names.full(name)
        return Speaker(full, self.offices.get(full, ""))
