"""Who says it: the innermost speaker or source that a sentence names, and the outlet that reports it.

Looked for in this order: a source (`according to X`, `X's figures show`), a speaker (`X said`, `said X`,
`the statement of X reads`), and what a report cites (`citing X`). `X reports` at the end of a sentence is
the outlet's own and attributes nothing. `he`, `the chairman`, `the statement` is the speaker before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from tallyroom.reading.memory import Memory, Speaker
from tallyroom.reading.names import BODY_WORDS, TITLE, Name, body_at, is_land
from tallyroom.reading.speech import (
    ALONE,
    ANAPHOR,
    CITED,
    DESCRIBED,
    GIVEN,
    IMPERSONAL,
    ISSUED,
    MEMBERS,
    OF_RESULTS,
    OFFICE,
    OUTLET,
    PHRASE,
    ROLE_WORDS,
    SAID,
    SOURCE,
    TOLD,
)

__all__ = ["Speaker", "Voices", "outlet_of"]

_PASSIVE = re.compile(r"\b(?:been|was|were)\b")  # who has been declared the winner declares nothing
# `Ipsos and CeSID, which counted votes at a sample of stations, predicted`
_RELATIVE = re.compile(
    r"(?:The\s)?(?P<who>[A-Z][\w&.-]*(?:\s(?:and\s|of\s|for\s|the\s|"
    r"&\s)*[A-Z][\w&.-]*)*),\swhich\s[^,]+,$"
)
_AFTER_PREPOSITION = re.compile(r"\b(?:in|at|from|of|for|to|with|by|near|on|and|or|over|across|between)\s(?:the\s)?$")
_WHEN = re.compile(  # `published by January 18`, `released by 10 p.m.`: until when, not by whom
    r"\d|noon\b|midnight\b|today\b|tomorrow\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|"
    r"(?:Jan|Febr)uary\b|March\b|April\b|May\s\d|June\b|July\b|August\b|(?:Septem|Octo|Novem|Decem)ber\b"
)
# `the outcome that INEC announces` announces nothing here.
_OF_WHAT = re.compile(
    r"\b(?:outcome|results?|figures?|data|winner|decision|whatever|what)\s(?:(?:that|"
    r"which)\s)?(?:the\s)?(?:[A-Z]\w+\s)*$"
)
_SHARED_OUT = re.compile(r"\b(?:seats?|mandates?|votes?|per ?cent)\b|%")
# `…, the commission said, and the data of Form 17C prevails`: only at its beginning does a sentence rest on data.
_OPENING, _WEAK = 60, re.compile(r"(?:data|figures|results)\b", re.I)
_ACCORDING, _SPEAKS = re.compile(r"According to\b"), re.compile(r"\b(?:said|told|stated|noted|added|stressed)\b")
_PASSES_ON = re.compile(r"\b[A-Z]\w+ (?:says|reports|reported|writes|wrote|said)\b")
# `told a press conference that it confirms`: who told it speaks, whatever the clause says of `it`.
_TO_WHOM = re.compile(
    r"\s(?:that\b|reporters\b|journalists\b|(?:an?\s|the\s)?(?:\w+\s){0,2}(?:conference|briefing|rally|meeting)\b)"
)
_PRONOUN = re.compile(r"\b(?:that|whom|what|as|which|and)\s(?:he|she|it|they)(?:\s(?:has|have|had|also))*\s$")
# `The commission, on the other hand, said`
_BESIDES = re.compile(
    r",\s(?:on the other hand|however|for (?:its|his|her|their) part|meanwhile|in (?:its )?turn|too|by contrast|though|"
    r"in particular|for example|among others),$"
)
_VERBS = 20  # of a sentence are looked at: no sentence that says something has more


@dataclass
class Voices(Memory):
    """The speakers of a document, sentence by sentence."""

    def of(self, text: str, known: list[Name]) -> Speaker | None:
        """The innermost speaker that a sentence names; None where it names none."""
        own = _without_outlet(text)
        self.outlet = outlet_of(text) or self.outlet
        for match in PHRASE.finditer(own):
            self.phrases[match["noun"] or match["body"]] = match[0].removeprefix("The ")
        speaker = self._given(own, known) or self._source(own, known)
        if speaker is None or (_ACCORDING.match(own) and _SPEAKS.search(own)):
            # `According to the report, the authorities said`: they are the innermost.
            speaker = self._said(own, known) or speaker or self._cited(text, known)
        if speaker is None and (issued := ISSUED.search(own)):
            speaker = self._subject(own, issued, known)
        cited = self._cited(text, known)
        if cited and speaker and not self.is_person(speaker.name) and _PASSES_ON.search(own):
            speaker = cited  # `Interfax reported with reference to the commission`
        self.remember(speaker, text, known)
        return speaker or (self.last if IMPERSONAL.match(text) else None)

    def _given(self, text: str, known: list[Name]) -> Speaker | None:
        """`The figures were given at a briefing by X`."""
        match = GIVEN.match(text)
        return self._named_at(text, match.end(), known) if match else None

    def _source(self, text: str, known: list[Name]) -> Speaker | None:
        for match in islice(SOURCE.finditer(text), _VERBS):
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
            r"[,;]|\.\s|$|\s(?:said|that|which|who|gave|gives?|puts?|had|showed|shows?|indicated?|suggest\w*|was|"
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
        if anaphor := ANAPHOR.fullmatch(f"the {part}"):
            return self.before(anaphor["the"] or "")
        if _WHEN.match(part) or re.search(r"\b(?:elections?|vote|referendum|polls)$", part):
            return None
        if not part or (not part[0].isupper() and after is None and not _described(part)):
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

    def _said(self, text: str, known: list[Name]) -> Speaker | None:
        best = None
        for match in islice(SAID.finditer(text), _VERBS):
            if _PASSIVE.search(match["aux"]):
                continue
            if self._of_what(text, match, known):
                continue
            found = self._inverted(text, match, known) or self._subject(text, match, known)
            if found is not None and not (best and _PRONOUN.search(text[: match.start()])):
                best = found
                if _TO_WHOM.match(text, match.end()):
                    break
        if best is not None:
            return best
        told = (
            self._subject(text, match, known)
            for match in islice(TOLD.finditer(text), _VERBS)
            if not _PASSIVE.search(match["aux"])
        )
        # `78 observers accredited` says nothing of who did it.
        return next((s for s in told if s is not None and not s.name.startswith(("international", "observers"))), None)

    def _of_what(self, text: str, match: re.Match[str], known: list[Name]) -> bool:
        """Whether the verb belongs to a clause on what is announced, not to who speaks here."""
        before = re.sub(r"\s\([^)]*\)$", "", text[: match.start()].rstrip())
        subject = next((n for n in reversed(known) if n.end <= len(before)), None)
        return subject is not None and _OF_WHAT.search(text[: subject.start]) is not None

    def _inverted(self, text: str, match: re.Match[str], known: list[Name]) -> Speaker | None:
        """`…", said Lebedev`: the verb stands before its subject."""
        if match["verb"] not in ("said", "says", "added", "noted") or not re.search(r'[,"]\s*$', text[: match.start()]):
            return None
        after = match.end()
        near = next((n for n in known if n.start >= after), None)
        gap = text[after : near.start] if near else ""
        plain = re.fullmatch(r"[\s\w'-]{1,80}", gap) and not re.search(
            r"\b(?:that|it|he|she|they|there|in|on|at)\b", gap
        )
        person = next((n for n in known if n.person and n.start >= after), None)
        titled = person and re.fullmatch(
            rf"\s(?:the\s)?[^,;.]{{0,120}}?{TITLE}[^,;.]{{0,120}}\s", text[after : person.start]
        )
        if person and titled:
            return self.speaker(person.text)
        if near and plain:
            return self.speaker(near.text if near.person else body_at(text, near.start) or near.text)
        return None

    def _subject(self, text: str, match: re.Match[str], known: list[Name]) -> Speaker | None:
        before = _BESIDES.sub("", re.sub(r"\s\([^)]*\)$", "", text[: match.start()].rstrip()))
        # `the mission's preliminary statement said` is the mission's.
        before = re.sub(r"(?<=\w)'s\s(?:\w+\s)?(?:statement|report|conclusions?)$", "", before)
        if anaphor := ANAPHOR.search(before):
            if anaphor["pronoun"] in ("he", "she") and (subject := _subject_of(before[: anaphor.start()], known)):
                return self.speaker(subject.text)
            return self._within(before[: anaphor.start()], anaphor, known) or self.before(
                anaphor["the"] or anaphor["pronoun"]
            )
        if before.endswith((" and", " but")):
            return self._joined(before, known) or self._opening(before, known)
        if before.endswith(","):
            return self._apposed(before, known)
        near = [n for n in known if n.end <= len(before)]
        last = near[-1] if near else None
        if last is None:
            return self._otherwise(before)
        gap = before[last.end :]
        if last.person and re.fullmatch(r"(?:\s\([^)]*\))?", gap):
            return self.speaker(last.text)
        if re.fullmatch(r"(?:'s)?(?:\s\([^)]*\))?(?:\s(?!and\b|of\b|to\b|with\b)[a-z-]+){0,3}", gap):
            if person := _of_body(text, near):
                return self.speaker(person.text)
            if gap and not last.person and (d := DESCRIBED.search(before)):
                return self.speaker(d[0])
            if not last.person or gap.startswith("'s"):
                return self._body_ending(before, near, gap) or self._otherwise(before)
        return self._otherwise(before)

    def _joined(self, before: str, known: list[Name]) -> Speaker | None:
        """`In a report the OSCE calls the vote efficient and says`: the subject of the verb before."""
        verbs = [match for match in islice(TOLD.finditer(before), _VERBS) if not _PASSIVE.search(match["aux"])]
        return self._subject(before, verbs[-1], known) if verbs else None

    def _opening(self, before: str, known: list[Name]) -> Speaker | None:
        """`The panel referred to two notes and said`: the subject with which the sentence begins."""
        words = before.split()[:12]
        for length in range(1, len(words)):
            part = " ".join(words[:length])
            if anaphor := ANAPHOR.search(part):
                return self.before(anaphor["the"] or anaphor["pronoun"])
            if known and known[0].end <= len(part):
                break
        near = [n for n in known if n.end < 80]
        first = next((n for n in near if n.person), near[0] if near else None)
        return (
            self.speaker(first.text if first.person else body_at(before, first.start) or first.text) if first else None
        )

    def _otherwise(self, before: str) -> Speaker | None:
        """A body whose name goes on to the verb, a speaker told by what they are, or capitalised words alone."""
        for start in re.finditer(r"\b[A-Z]", before):
            found = body_at(before, start.start())
            if start.start() + len(found) == len(before) and any(w.lower() in BODY_WORDS for w in found.split()):
                return self.speaker(found)
        if described := DESCRIBED.search(before) or OFFICE.search(before):
            return self.speaker(described[0])
        alone = ALONE.search(before)
        return self.speaker(alone["who"]) if alone else None

    def _body_ending(self, before: str, near: list[Name], gap: str) -> Speaker | None:
        start = near[-1].start
        if people := MEMBERS.search(before):
            return self.speaker(people[0])
        # A body's name may hold others: League for the Protection of …, Commission of Azerbaijan.
        for name in reversed(near):
            found = body_at(before, name.start)
            if name.start + len(found) >= near[-1].end:
                start = name.start
        words = body_at(before, start) or near[-1].text
        is_body = any(w.lower().strip("()") in BODY_WORDS or (w.isupper() and len(w) > 1) for w in words.split())
        opens = re.search(r"(?:^|[\",]\s|that\s|[Tt]he\s)$", before[:start])
        named = not is_land(words) and not _AFTER_PREPOSITION.search(before[:start])
        if is_body or (not gap and (opens or named)):
            return self.speaker(words)
        return (
            self.speaker(words + gap.removeprefix("'s")) if gap and _described(gap.removeprefix("'s").strip()) else None
        )

    def _within(self, before: str, anaphor: re.Match[str], known: list[Name]) -> Speaker | None:
        """`The X Party does not recognize the results, it announced`: the subject of the same sentence."""
        if self.last and anaphor["pronoun"] in ("it", "It") and _SHARED_OUT.search(before):
            return None  # `The SNS is likely to have 128 seats, it said`: who gives the figures
        of_it = anaphor["pronoun"] in ("it", "It") or (anaphor["the"] or "").startswith("its ")
        first = known[0] if known else None
        if not of_it or first is None or not before.endswith(", ") or first.end > len(before):
            return None
        if not re.fullmatch(r"(?:The\s)?", before[: first.start]) or re.match(r"(?:'s|,)", before[first.end :]):
            return None
        return self.speaker(first.text if first.person else body_at(before, first.start) or first.text)

    def _apposed(self, before: str, known: list[Name]) -> Speaker | None:
        """`X, chairman of Y,` and `X, who heads Y,`: the person before the comma."""
        for name in reversed([n for n in known if n.person]):
            rest = before[name.end :]
            if rest == "," and re.search(
                rf"{TITLE}(?:\sof\s[^,]+)?,\s(?:[A-Z][a-z]{{1,4}}\.\s)?$", before[: name.start]
            ):
                return self.speaker(name.text)
            if re.fullmatch(r"(?:\s\([^)]*\))?\s(?:of|from|for)\s(?:the\s)?[A-Z][^,]*,", rest):
                return self.speaker(name.text)
            if re.match(
                rf"(?:\s\([^)]*\))?,\s(?:the\s|a\s|an\s)?(?:one\sof\s|(?:[\w'-]+\s){{0,5}}?{TITLE}|who\b|"
                rf"(?:[\w'-]+\s){{0,4}}(?:analyst|expert|observer|member|lawmaker|head)\b)",
                rest,
            ):
                return self.speaker(name.text)
        relative = _RELATIVE.match(before)
        if relative:
            return self.speaker(relative["who"])
        group = re.match(r"(?P<who>[A-Z][^,]{2,60}),\s(?:led|headed|chaired|who|which|based)\s[^,]+,$", before)
        is_body = group and any(word.lower() in BODY_WORDS for word in group["who"].split())
        return self.speaker(group["who"]) if group and (is_body or DESCRIBED.search(group["who"])) else None

    def _cited(self, text: str, known: list[Name]) -> Speaker | None:
        for match in CITED.finditer(text):
            at = match.end()
            article = re.compile(r"(?:the|an?)\s").match(text, at)
            return self._named_at(text, article.end() if article else at, known)
        return None


def _subject_of(before: str, known: list[Name]) -> Name | None:
    """The person whom a `he` inside a clause means: `Biden praised elections that he called fair`."""
    if not re.search(r"\b(?:that|which|whom|as|because|since|what)\s$", before):
        return None
    return next((n for n in known if n.person and n.end < len(before)), None)


def _described(part: str) -> bool:
    return bool(re.fullmatch(rf"(?:[\w'/-]+\s){{0,4}}(?:{ROLE_WORDS})", part, re.I))


def _of_body(text: str, near: list[Name]) -> Name | None:
    """The person of `Vlada Galan of the US Oracle Advisory Group told`."""
    for name in reversed(near[:-1]):
        if name.person and re.fullmatch(
            r"(?:\s\([^)]*\))?\s(?:of|from|for)\s(?:the\s)?[\w\s'()-]*", text[name.end : near[-1].end]
        ):
            return name
    return None


def _without_outlet(text: str) -> str:
    match = OUTLET.search(text)
    if match is None:
        return text
    if match["name"] or match["tail"]:
        return text[: match.start("name" if match["name"] else "tail")]
    return " " * match.end("lead") + text[match.end("lead") :]


def outlet_of(text: str) -> str:
    """The outlet of `Azernews reports`; empty where the sentence names none."""
    match = OUTLET.search(text)
    return (match["name"] or match["tail"] or match["lead"]) if match else ""
