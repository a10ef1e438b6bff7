"""Who says it: the innermost speaker or source that a sentence names, and the outlet that reports it.

Looked for in this order: a source (`according to X`, `X's figures show`), a speaker (`X said`, `said X`,
`the statement of X reads`), and what a report cites (`citing X`). `X reports` at the end of a sentence is
the outlet's own and attributes nothing. `he`, `the chairman`, `the statement` is the speaker before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from tallyroom.reading.names import BODY_WORDS, TITLE, Name, Names, body_at

__all__ = ["Speaker", "Voices", "outlet_of"]

# Verbs of saying; and verbs whose subject speaks where nobody is said to.
_SAYING = (
    "said|says|say|told|tells|noted|notes|stated|states|announced|announces|stressed|stresses|"
    "emphasi[sz]ed|emphasi[sz]es|"
    "added|adds|claimed|claims|concluded|concludes|declared|declares|mentioned|mentions|explained|explains|"
    "wrote|writes|argued|argues|estimated|estimates|predicted|projected|projects|"
    "warned|warns|recalled|pointed (?:out|to)|points (?:out|to)|underlined|underscored|underscores|"
    "complained|alleged|alleges|"
    "acknowledged|admitted|observed that|commented|insisted|insists|maintained|remarked|disclosed|"
    "revealed|reported|reads"
)
_TELLING = (
    "believes|believed|confirmed|confirms|called|described|describes|calls|praised|praises|hailed|criticized|"
    "criticised|condemned|condemns|spoke of|speaks of|expressed|voiced|found|finds|assessed|"
    "assesses|rated|rates|judged|"
    "questioned|doubted|doubts|commended|welcomed|welcomes|thanked|cast|put|puts|showed|shows|reports|have cast|"
    "informed|indicated|registered|registers|accredited|set up|sees|saw|asked|urged|urges|blamed|accused|"
    "approved|counted|recorded|published|released|gave|gives|denounced|rejected|rejects|considers|"
    "considered|regards"
)
_AUX = (
    r"(?:\b(?:has|have|had|also|later|then|further|earlier|already|repeatedly|officially|today|"
    r"yesterday|again|will|would|was|were|been|fully|still|jointly|previously|on [A-Z]\w+(?: "
    r"\d+)?)\s)*"
)
_SAID = re.compile(rf"(?P<aux>{_AUX})\b(?P<verb>{_SAYING})\b")
_TOLD = re.compile(rf"(?P<aux>{_AUX})\b(?P<verb>{_TELLING})\b")
_SOURCE = re.compile(
    r"\b(?P<how>[Aa]ccording to|[Bb]y (?:the )?(?:preliminary |final |official |latest )*(?:results|"
    r"data|figures|estimates|count) (?:of|from|by)|"
    r"[Bb]ased on(?: the)?(?: \w+){0,3} (?:results|data|figures)(?: of(?: the)? exit[- ]polls?)? (?:of|from|by)|"
    r"[Dd]ata (?:from|of)|[Ff]igures (?:from|of)|[Rr]esults (?:from|released by|announced by|"
    r"published by)|as per|[Pp]er|"
    r"[Ii]n the (?:view|opinion|words|assessment) of|"
    r"announced by|given by|released by|published by|reported by|issued by)\s"
)
_CITED = re.compile(r"\b(?:citing|with reference to|referring to|quoting|cited|quoted)\s")
_OUTLET = re.compile(
    r"[,.]\s(?P<name>[A-Z\u00c0-\u024f][\w.'-]*(?:\s[A-Z][\w.'-]*){0,3})(?:'s? \w+ "
    r"correspondent)?\s(?:reports|informs|writes|(?<=correspondent\s)reported)\b(?P<rest>[^.]*)\.?$|"
    r"^(?P<lead>[A-Z][\w.]*(?:\s[A-Z][\w.'-]*){0,3}) reports that\b"
)
_OF_RESULTS = re.compile(
    r"(?:the\s)?(?:(?:preliminary|final|official|provisional|latest|partial|exit[- ]poll|first|"
    r"early|full|published|new)\s)*(?:results?|data|figures?|information|statement|report|exit[- "
    r"]polls?|survey|polls?|count|calculations?|estimates?|announcement|website|statistics|"
    r"protocol)s?\s(?:released |published |announced |carried out |conducted |compiled )?(?:of|by|"
    r"from)\s(?:the\s)?(?:exit[- ]polls?\s(?:of|by)\s(?:the\s)?)?"
)
_ANAPHOR = re.compile(
    r"\b(?:(?P<pronoun>[Hh]e|[Ss]he|[Tt]hey|[Ii]t)|(?P<the>(?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|"
    r"[Tt]hese|[Tt]hose)\s(?:[a-z][\w-]*\s|[A-Z]{2,6}\s(?=[Cc]hair|[Ss]ecretary|[Hh]ead|[Pp]resident)){0,3}?"
    r"(?:[Ss]ecretary(?:[- ][Gg]eneral)?|[Cc]hairman|chairwoman|chairperson|chair|ministry|minister|"
    r"statement|report|mission|commission|committee|source|"
    r"spokesman|spokeswoman|spokesperson|monitors|observers|party|organi[sz]ation|group|agency|head|"
    r"official|officials|delegation|body|"
    r"coalition|court|commissioner|president|leader|document|league|cent(?:er|re)|company|diplomat|"
    r"pollster|institute|network|union|candidate|envoy|official)))\s*$"
)
_PHRASE = re.compile(
    r"(?:[A-Z][\w'/-]*\s){1,4}(?:observer\s|observation\s)?(?P<noun>mission|delegation|party|league|"
    r"coalition|monitors|observers|office)\b|(?:[A-Z]\w+'s\s)?(?:national\s|central\s)?(?:electoral|"
    r"election)\s(?P<body>commission)\b"
)
_GIVEN = re.compile(
    r"(?:The|These|This|Such)\s(?:figures?|data|information|numbers?|announcement|"
    r"statement)\s[^.;]{0,40}?\b(?:given|announced|released|provided|reported|"
    r"presented|made)\b[^,;]{0,60}?\sby\s(?:the\s)?"
)
_ISSUED = re.compile(
    r"(?:has |have |had )?(?:made|issued|released|published|expressed|posted)\s(?:an?|the|its|"
    r"their)\s(?:\w+\s)?(?:statement|comment|commentary|communique|press release|declaration)\b"
)
# `It is noted that`, a quotation that stands alone: the speaker before.
_IMPERSONAL = re.compile(
    r"(?:It (?:is|was) (?:also )?(?:noted|stressed|emphasi[sz]ed|stated|pointed out|added|recalled)|"
    r"The (?:statement|report|document)\b|\"[^\"]+\"?$)"
)


_VERBS = 20  # of a sentence are looked at: no sentence that says something has more


@dataclass(frozen=True)
class Speaker:
    """Who says something: the full name, the office held, and whether the sentence names them itself."""

    name: str
    office: str = ""
    named: bool = True


@dataclass
class Voices:
    """The speakers of a document, sentence by sentence.

    offices: name → office, as roles are found. last: the speaker before, whom `he said` means.
    """

    names: Names
    offices: dict[str, str] = field(default_factory=dict)
    last: Speaker | None = None
    phrases: dict[str, str] = field(default_factory=dict)

    def of(self, text: str, known: list[Name]) -> Speaker | None:
        """The innermost speaker that a sentence names; None where it names none."""
        own = _without_outlet(text)
        for match in _PHRASE.finditer(own):
            self.phrases[match["noun"] or match["body"]] = match[0].removeprefix("The ")
        speaker = (
            self._given(own, known) or self._source(own, known) or self._said(own, known) or self._cited(text, known)
        )
        if speaker is None and (issued := _ISSUED.search(own)):
            speaker = self._subject(own, issued, known)
        if speaker is not None:
            self.last = speaker
        return speaker or (self.last if _IMPERSONAL.match(text) else None)

    def _given(self, text: str, known: list[Name]) -> Speaker | None:
        """`The figures were given at a briefing by X`."""
        match = _GIVEN.match(text)
        return self._named_at(text, match.end(), known) if match else None

    def _source(self, text: str, known: list[Name]) -> Speaker | None:
        for match in islice(_SOURCE.finditer(text), _VERBS):
            at = match.end()
            results = _OF_RESULTS.match(text, at)
            at = results.end() if results else at
            article = re.compile(r"(?:the|an?|its|US-based|latest)\s").match(text, at)
            at = article.end() if article else at
            if match["how"].lower() == "per" and text[max(0, match.start() - 1)] not in ", ":
                continue
            if speaker := self._named_at(text, at, known):
                return speaker
        return None

    def _named_at(self, text: str, at: int, known: list[Name]) -> Speaker | None:
        """Who is named from a place on: a person after a title, a person, or a body."""
        stop = re.compile(
            r"[,;]|\.\s|$|\s(?:said|that|which|who|gave|put|had|showed|show|was|were|is|are|has|won|received)\b"
        ).search(text, at)
        end = stop.start() if stop else len(text)
        people = [n for n in known if n.person and at <= n.start < end]
        if people:
            return self.speaker(people[-1].text)
        after = re.compile(rf",\s(?:the\s)?{TITLE}[^,]*").match(text, end)
        part = text[at:end].strip(' "')
        if not part or (not part[0].isupper() and after is None and not _described(part)):
            return None
        found = body_at(text, at)
        if found and any(w.strip("()").lower() in BODY_WORDS or w.isupper() for w in found.split()):
            return self.speaker(found)
        inside = [n for n in known if at <= n.start < end]
        if inside and any(word.lower() in BODY_WORDS for n in inside for word in n.text.split()):
            return self.speaker(body_at(text, inside[0].start) or inside[0].text)
        if anaphor := _ANAPHOR.fullmatch(f"the {part}"):
            return self._before(anaphor["the"] or "")
        return self.speaker(part)

    def _said(self, text: str, known: list[Name]) -> Speaker | None:
        best = None
        for match in islice(_SAID.finditer(text), _VERBS):
            found = self._inverted(text, match, known) or self._subject(text, match, known)
            if found is not None:
                best = found
                if re.match(r"\s(?:that\b|reporters\b|journalists\b)", text[match.end() :]):
                    break
        if best is not None:
            return best
        told = (self._subject(text, match, known) for match in islice(_TOLD.finditer(text), _VERBS))
        # `78 observers accredited` says nothing of who did it.
        return next((s for s in told if s is not None and not s.name.startswith(("international", "observers"))), None)

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
        if near and plain:
            return self.speaker(near.text if near.person else body_at(text, near.start) or near.text)
        return None

    def _subject(self, text: str, match: re.Match[str], known: list[Name]) -> Speaker | None:
        before = re.sub(r"\s\([^)]*\)$", "", text[: match.start()].rstrip())
        # `the mission's preliminary statement said` is the mission's.
        before = re.sub(r"(?<=\w)'s\s(?:\w+\s)?(?:statement|report|conclusions?)$", "", before)
        if anaphor := _ANAPHOR.search(before):
            return self._within(before[: anaphor.start()], anaphor, known) or self._before(
                anaphor["the"] or anaphor["pronoun"]
            )
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
            if gap and not last.person and (d := _DESCRIBED.search(before)):
                return self.speaker(d[0])
            if not last.person or gap.startswith("'s"):
                return self._body_ending(before, near, gap) or self._otherwise(before)
        return self._otherwise(before)

    def _otherwise(self, before: str) -> Speaker | None:
        """A body whose name goes on to the verb, a speaker told by what they are, or capitalised words alone."""
        for start in re.finditer(r"\b[A-Z]", before):
            found = body_at(before, start.start())
            if start.start() + len(found) == len(before) and any(w.lower() in BODY_WORDS for w in found.split()):
                return self.speaker(found)
        if described := _DESCRIBED.search(before) or _OFFICE.search(before):
            return self.speaker(described[0])
        alone = _ALONE.search(before)
        return self.speaker(alone["who"]) if alone else None

    def _body_ending(self, before: str, near: list[Name], gap: str) -> Speaker | None:
        start = near[-1].start
        if people := _MEMBERS.search(before):
            return self.speaker(people[0])
        # A body's name may hold others: League for the Protection of …, Commission of Azerbaijan.
        for name in reversed(near):
            found = body_at(before, name.start)
            if name.start + len(found) >= near[-1].end:
                start = name.start
        words = body_at(before, start) or near[-1].text
        is_body = any(w.lower().strip("()") in BODY_WORDS or (w.isupper() and len(w) > 1) for w in words.split())
        if is_body or (not gap and re.search(r"(?:^|[\",]\s|that\s|[Tt]he\s)$", before[:start])):
            return self.speaker(words)
        return (
            self.speaker(words + gap.removeprefix("'s")) if gap and _described(gap.removeprefix("'s").strip()) else None
        )

    def _within(self, before: str, anaphor: re.Match[str], known: list[Name]) -> Speaker | None:
        """`The X Party does not recognize the results, it announced`: the subject of the same sentence."""
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
            if rest == "," and re.search(rf"{TITLE}(?:\sof\s[^,]+)?,\s$", before[: name.start]):
                return self.speaker(name.text)
            if re.match(
                rf"(?:\s\([^)]*\))?,\s(?:the\s|a\s|an\s)?(?:(?:[\w'-]+\s){{0,5}}?{TITLE}|who\b|"
                rf"(?:[\w'-]+\s){{0,4}}(?:analyst|expert|observer|member|lawmaker|head)\b)",
                rest,
            ):
                return self.speaker(name.text)
        group = re.match(r"(?P<who>[A-Z][^,]{2,60}),\s(?:led|headed|who|which|based)\s[^,]+,$", before)
        return self.speaker(group["who"]) if group and _DESCRIBED.search(group["who"]) else None

    def _cited(self, text: str, known: list[Name]) -> Speaker | None:
        for match in _CITED.finditer(text):
            at = match.end()
            article = re.compile(r"(?:the|an?)\s").match(text, at)
            return self._named_at(text, article.end() if article else at, known)
        return None

    def _before(self, words: str) -> Speaker | None:
        """The speaker that a pronoun or description means."""
        low = words.lower().removeprefix("the ")
        if low.split()[-1] in (
            "general",
            "chairman",
            "chairwoman",
            "chairperson",
            "chair",
            "secretary",
            "head",
            "leader",
            "minister",
            "president",
        ):
            for name, office in self.offices.items():
                if low.split()[-1] in office.lower():
                    return Speaker(name, office)
        if low in self.phrases and not (self.last and low in self.last.name.lower()):
            return self.speaker(self.phrases[low])
        body = next((b for b in reversed(self.names.bodies) if b.lower().endswith(f" {low}")), "")
        if body and low in BODY_WORDS and not (self.last and low in self.last.name.lower()):
            return self.speaker(body)
        if self.last is not None:
            return Speaker(self.last.name, self.last.office)
        return None if " " not in words else Speaker(words.removeprefix("The ").removeprefix("the "))

    def speaker(self, name: str) -> Speaker:
        """The speaker of this name, in full."""
        name = name.strip(" ,.\"'")
        full = self.names.full(name)
        return Speaker(full, self.offices.get(full, ""))


_ROLE_WORDS = (
    "campaign team|monitors|observers|officials|authorities|opposition|side|source|sources|police|parties|"
    "watchdogs|activists|critics|spokesperson|spokesman|spokeswoman|analysts|experts|campaign|"
    "government|party|mission|commission|ministry|league|department|institute|exit poll|poll|survey"
)
_DESCRIBED = re.compile(
    rf"(?:[A-Z][\w'/-]*\s|(?:election|electoral|opposition|ruling|international|domestic|independent|"
    rf"local|party|diplomatic|state|foreign|embassy|senior|state "
    rf"department)\s){{0,4}}\b(?:{_ROLE_WORDS})$",
    re.I,
)


_OFFICE = re.compile(r"(?:[\w']+\s){1,4}(?:office|embassy|department|bureau|board|spokes\w+)$")
_ALONE = re.compile(r"(?:^|[\"]|;\s|,\s)(?:The\s)?(?P<who>[A-Z]\w+(?:\s[A-Z]\w+)+)$")
_MEMBERS = re.compile(
    r"\b(?:[Oo]bservers|[Mm]onitors|[Mm]embers|[Oo]fficials|[Dd]iplomats|[Rr]epresentatives|"
    r"[Ll]awyers|[Ss]upporters)\s(?:of|from|for|at)\s(?:the\s)?[A-Z][^,;.]*$"
)


def _described(part: str) -> bool:
    return bool(re.fullmatch(rf"(?:[\w'/-]+\s){{0,4}}(?:{_ROLE_WORDS})", part, re.I))


def _of_body(text: str, near: list[Name]) -> Name | None:
    """The person of `Vlada Galan of the US Oracle Advisory Group told`."""
    for name in reversed(near[:-1]):
        if name.person and re.fullmatch(
            r"(?:\s\([^)]*\))?\s(?:of|from|for)\s(?:the\s)?[\w\s'()-]*", text[name.end : near[-1].end]
        ):
            return name
    return None


def _without_outlet(text: str) -> str:
    match = _OUTLET.search(text)
    if match is None:
        return text
    return text[: match.start("name")] if match["name"] else " " * match.end("lead") + text[match.end("lead") :]


def outlet_of(text: str) -> str:
    """The outlet of `Azernews reports`; empty where the sentence names none."""
    match = _OUTLET.search(text)
    return (match["name"] or match["lead"]) if match else ""
