"""Who says it: the innermost speaker or source that a sentence names, and the outlet that reports it.

Looked for in this order: a source (`according to X`, `X's figures show`), a speaker (`X said`, `said X`,
`the statement of X reads`), and what a report cites (`citing X`). `X reports` at the end of a sentence is
the outlet's own and attributes nothing. `he`, `the chairman`, `the statement` is the speaker before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from tallyroom.reading.text.names import BODY_WORDS, TITLE, Name, body_at
from tallyroom.reading.voices.givers import giver
from tallyroom.reading.voices.memory import Speaker
from tallyroom.reading.voices.speech import (
    ANAPHOR,
    CITED,
    DESCRIBED,
    GIVEN,
    HEADING,
    HEADLINE,
    IMPERSONAL,
    ISSUED,
    OF_RESULTS,
    OUTLET,
    OWN_FIGURES,
    PHRASE,
    RESULTS_OF,
    SAID,
    SOURCE,
)
from tallyroom.reading.voices.subjects import VERBS, Subjects, is_described

__all__ = ["Speaker", "Voices", "outlet_of"]

_WHEN = re.compile(  # `published by January 18`, `released by 10 p.m.`: until when, not by whom
    r"\d|noon\b|midnight\b|today\b|tomorrow\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|"
    r"(?:Jan|Febr)uary\b|March\b|April\b|May\s\d|June\b|July\b|August\b|(?:Septem|Octo|Novem|Decem)ber\b"
)
# `…, the commission said, and the data of Form 17C prevails`: only at its beginning does a sentence rest on data.
_OPENING, _WEAK = 60, re.compile(r"(?:data|figures|results)\b", re.I)
_ACCORDING, _SPEAKS = re.compile(r"According to\b"), re.compile(r"\b(?:said|told|stated|noted|added|stressed)\b")
_PASSES_ON = re.compile(r"\b[A-Z]\w+ (?:says|reports|reported|writes|wrote|said)\b")
# `According to the commission there were 22 of them`
_BEGINS = re.compile(
    r"(?P<the>the\s(?:[a-z-]+\s){0,2}?(?:commission|committee|ministry|authority|office|mission))\sthere\b"
)
_POLL = re.compile(r"(?:[a-z]+\s){0,3}(?:polls?|surveys?|projection|forecast|study)")
_WHOSE = {"his": "he", "her": "she", "its": "it", "their": "they"}
# Bodies that say things in headlines: `Central Election Commission: turnout is 45%`; a party may be a row of results.
_OFFICIAL = frozenset(("commission", "committee", "observers", "monitors", "mission", "ministry", "osce", "odihr"))


@dataclass
class Voices(Subjects):
    """The speakers of a document, sentence by sentence."""

    def of(self, text: str, known: list[Name]) -> Speaker | None:
        """The innermost speaker that a sentence names; None where it names none."""
        match = OUTLET.search(text)
        own = _without_outlet(text, match)
        self.outlet = _named_outlet(match) or self.outlet
        for match in PHRASE.finditer(own):
            self.phrases[match["noun"] or match["body"]] = match[0].removeprefix("The ")
        speaker = self._given(own, known) or self._source(own, known)
        if speaker is None or (_ACCORDING.match(own) and _SPEAKS.search(own)):
            # `According to the report, the authorities said`: they are the innermost.
            speaker = self.said(own, known) or speaker or self._cited(text, known)
        if speaker and _POLL.fullmatch(speaker.name):
            speaker = self.giver(own, known) or speaker  # `An exit poll by Gallup put …`
        if speaker is None and (issued := ISSUED.search(own)):
            speaker = self.subject(own, issued, known)
        cited = self._cited(text, known)
        if cited and speaker and not self.is_person(speaker.name) and _PASSES_ON.search(own):
            speaker = cited  # `Interfax reported with reference to the commission`
        speaker = speaker or self._headed(text)
        self.remember(speaker, text, known)
        if speaker is None and self.last and IMPERSONAL.match(text) and "Court" not in self.last.name:
            return self.last
        return speaker

    def giver(self, text: str, known: list[Name]) -> Speaker | None:
        """Whose figure or act a sentence tells in which nobody speaks."""
        who = giver(text, known, self.names)
        return (self.speaker(who) if who[0].isupper() else self.before(f"the {who}")) if who else None

    def _headed(self, text: str) -> Speaker | None:
        """Who stands before the colon or behind the dash of a headline."""
        ends = HEADLINE.search(text[-90:])
        match = ends or HEADING.match(text)
        if match is None or _SPEAKS.search(text):
            return None
        who = match["who"].removeprefix("The ")
        full = self.names.full(who)
        words = set(re.findall(r"[a-z]+", full.lower()))
        by_what = _OFFICIAL & words if match is not ends else words & BODY_WORDS or DESCRIBED.fullmatch(who)
        quoted = ends and match["quote"] and who[0].isupper()
        return self.speaker(who) if by_what or quoted or (ends and who in self.names.short) else None

    def _given(self, text: str, known: list[Name]) -> Speaker | None:
        """`The figures were given at a briefing by X`."""
        match = GIVEN.match(text)
        return self._named_at(text, match.end(), known) if match else None

    def _source(self, text: str, known: list[Name]) -> Speaker | None:
        if of := RESULTS_OF.match(text):
            body = body_at(text, of.end())
            if body in self.names.short or any(word.lower() in BODY_WORDS for word in body.split()):
                return self.speaker(body)
        if own := OWN_FIGURES.search(text):
            if own["pronoun"] or own["who"].islower():
                return self.before(_WHOSE.get(own["pronoun"], own["who"]))
            return self.speaker(own["who"].removeprefix("the "))
        for match in islice(SOURCE.finditer(text), VERBS):
            at = match.end()
            results = OF_RESULTS.match(text, at)
            at = results.end() if results else at
            article = re.compile(r"(?:the|an?|its|US-based|latest)\s").match(text, at)
            at = article.end() if article else at
            if match.start() > _OPENING and _WEAK.match(match["how"]) and SAID.search(text):
                continue
            if match["how"].lower() == "per" and text[max(0, match.start() - 1)] not in ", ":
                continue
            if speaker := self._named_at(text, at, known):
                return speaker
        return None

    def _named_at(self, text: str, at: int, known: list[Name]) -> Speaker | None:
        """Who is named from a place on: a person after a title, a person, or a body."""
        stop = re.compile(
            r"[,;:]|\.\s|$|\s\(\d|\s(?:as|said|that|which|who|gave|gives?|puts?|had|showed|shows?|indicated?|suggest\w*|was|"
            r"were|is|are|has|won|received)\b"
        ).search(text, at)
        end = stop.start() if stop else len(text)
        people = [n for n in known if n.person and at <= n.start < end]
        if not people and re.match(TITLE, text[at:]):
            # `by the Chairman of the Central Election Commission, X,`
            people = [n for n in known if n.person and n.start == end + 2]
        if people:
            return self.speaker(people[-1].text)
        after = re.compile(rf",\s(?:the\s)?{TITLE}[^,]*").match(text, end)
        part = text[at:end].strip(' ".')
        if part.split()[:1] in (["it"], ["them"], ["him"], ["her"]):
            return self.before(part.split()[0])
        # `according to observers` means others than `according to the observers`.
        meant = re.search(r"\b(?:the|its|this|these|said)\s$", text[:at]) or not part.endswith("s")
        if meant and (anaphor := ANAPHOR.fullmatch(f"the {part}")):
            return self.before(anaphor["the"] or "")
        if begins := _BEGINS.match(f"the {part}"):
            return self.before(begins["the"])
        if _WHEN.match(part) or re.search(r"\b(?:elections?|vote|referendum|polls)$", part):
            return None
        if not part or (not part[0].isupper() and after is None and not is_described(part)):
            # `according to the information system of the Election Commission`
            of = re.match(r"(?:[a-z'-]+\s){1,4}(?:of|at|from|by)\s(?:the\s)?(?=[A-Z])", part)
            return self._named_at(text, at + of.end(), known) if of else None
        found = body_at(text, at)
        if found and any(w.strip("()").lower() in BODY_WORDS or w.isupper() for w in found.split()):
            return self.speaker(found)
        inside = [n for n in known if at <= n.start < end]
        if inside and any(word.lower() in BODY_WORDS for n in inside for word in n.text.split()):
            return self.speaker(body_at(text, inside[0].start) or inside[0].text)
        return self.speaker(part)

    def _cited(self, text: str, known: list[Name]) -> Speaker | None:
        for match in CITED.finditer(text):
            at = match.end()
            article = re.compile(r"(?:the|an?)\s").match(text, at)
            return self._named_at(text, article.end() if article else at, known)
        return None


def _without_outlet(text: str, match: re.Match[str] | None) -> str:
    if match is None:
        return text
    if match["name"] or match["tail"]:
        return text[: match.start("name" if match["name"] else "tail")]
    return " " * match.end("lead") + text[match.end("lead") :]


def outlet_of(text: str) -> str:
    """The outlet of `Azernews reports`; empty where the sentence names none."""
    return _named_outlet(OUTLET.search(text))


def _named_outlet(match: re.Match[str] | None) -> str:
    return (match["name"] or match["tail"] or match["lead"]) if match else ""
