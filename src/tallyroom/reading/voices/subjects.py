"""Whose the verb of a sentence is: `X said`, `said X`, `X, who heads Y, told`, `the observers of Z found`.

What stands before the verb is looked at from the verb backwards: a pronoun or description, an apposition,
a person, a body whose name goes on to the verb, or a speaker told only by what they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from tallyroom.reading.text.names import BODY_WORDS, TITLE, Name, body_at, is_land
from tallyroom.reading.voices.memory import Memory, Speaker
from tallyroom.reading.voices.speech import ALONE, ANAPHOR, DESCRIBED, MEMBERS, ROLE_WORDS, SAID, TOLD

__all__ = ["VERBS", "Subjects", "is_described"]

_PASSIVE = re.compile(r"\b(?:been|was|were)\b")  # who has been declared the winner declares nothing
# `Ipsos and CeSID, which counted votes at a sample of stations, predicted`
_RELATIVE = re.compile(
    r"(?:The\s)?(?P<who>[A-Z][\w&.-]*(?:\s(?:and\s|of\s|for\s|the\s|"
    r"&\s)*[A-Z][\w&.-]*)*),\swhich\s[^,]+,$"
)
_AFTER_PREPOSITION = re.compile(r"\b(?:in|at|from|of|for|to|with|by|near|on|and|or|over|across|between)\s(?:the\s)?$")
# `the outcome that INEC announces` announces nothing here.
_OF_WHAT = re.compile(
    r"\b(?:outcome|results?|figures?|data|winner|decision|whatever|what)\s(?:(?:that|"
    r"which)\s)?(?:the\s)?(?:[A-Z]\w+\s)*$"
)
_SHARED_OUT = re.compile(r"\b(?:seats?|mandates?|votes?)\b|\d")
# `told a press conference that it confirms`: who told it speaks, whatever the clause says of `it`.
_TO_WHOM = re.compile(
    r"\s(?:that\b|reporters\b|journalists\b|(?:an?\s|the\s)?(?:\w+\s){0,2}(?:conference|briefing|rally|meeting)\b)"
)
_PRONOUN = re.compile(r"\b(?:that|whom|what|as|which|and)\s(?:he|she|it|they)(?:\s(?:has|have|had|also))*\s$")
# `said a spokesman for the commission`
_SAYS_THE = re.compile(
    r"\s(?P<who>(?:an?|the)\s(?:[a-z-]+\s){0,3}?(?:" + ROLE_WORDS + r")(?:\s(?:for|of|at)\s[^,.;]{3,60})?)(?=[,.])"
)
_NEVER_FIRST = frozenset(("told", "tells", "tell", "say", "declared", "reads"))
_CLOSED = re.compile(r"(?:[,!?]|[\"'-])\s$")
# What stands between the verb and the name: an article, titles, a body in small letters.
_LEADS_UP = re.compile(
    r"\s(?!(?:that|it|he|she|they|there|in|on|at|to|by|if|whether|no|not|more|less|over|about|some|all)\b)"
    r"(?:(?!(?:that|was|were|is|are|has|had|have|will|would|with|in|on|at|to|by|about)\b)[\w'-]+,?\s){0,9}?"
)
_GOES_ON = re.compile(
    r"'s\s(?:[a-z-]+\s){0,4}|(?:\s[a-z-]+){0,4},\s(?:the\s)?|\s(?:of|for)\s(?:the\s)?|(?:\s[a-z-]+){1,4}(?:'s)?\s"
)
_ENDS_THERE = re.compile(
    r"(?:\s\([^)]*\))?(?:'s\s)?(?:[,.;:\"]|$|\s(?:on|in|at|to|who|after|during|from|of|for|as|when|while|here|also|"
    r"yesterday|today|late|early|earlier|and)\b)"
)
# `The hopeful of Libre, Ada Bolan,`: a person told by what they are, and then by name.
_INTRODUCED = re.compile(
    r"(?:^|[:;\"]\s|-\s|,\s(?:an?|the|its|his|her)\s|\b(?:that|but|while|and)\s)"
    r"(?:(?!(?:was|were|is|are|has|had|have|will|with|in|by|on|at)\b)[\w'()/-]+\s){0,8}?[\w'().-]+,\s"
    r"(?:(?!(?:of|in|by|on|at|to|and|that|which|who)\b)[\w.-]+\s){0,4}$"
)
_FOR_IT = re.compile(r"\b(?:spokes\w+|officials?|head|chair\w*|members?|director|chief)\s(?:of|for|from|at)\s$")
# `Four parties stay away from the vote, which they call a charade`
_WHICH_THEY = re.compile(r"\b(?:which|that|what|as|because|since)\sthey$")
_LEADING = re.compile(rf"(?:[Tt]he\s)?(?P<who>(?:[\w'-]+\s){{0,4}}?(?:{ROLE_WORDS}))\s", re.I)
_AGAIN = re.compile(rf"\b(?:[Tt]he|[Ii]ts)\s(?:[\w-]+\s){{0,3}}(?:vice-|co-)?{TITLE}$")
_STARTS = re.compile(
    r"(?:^|[\".;:]\s|,\s|\b(?:that|and|but|as|agency|institute|group|pollsters?)\s)(?:[Tt]he\s|[A-Z]\w+\s)*$"
)
# `A legal expert, X, said`
_SOME_EXPERT = re.compile(
    r"\b(?:[Aa]n?|[Tt]he)\s(?:[\w-]+\s){0,4}(?:expert|analyst|lawyer|activist|professor|scientist),\s$"
)
# `The commission, on the other hand, said`
_BESIDES = re.compile(
    r",\s(?:on the other hand|however|for (?:its|his|her|their) part|meanwhile|in (?:its )?turn|too|by contrast|though|"
    r"in particular|for example|among others),$"
)
# `Observers of the League`, `opponents of the deal`: whom they are from is no part of what they are.
_OF_WHOM = re.compile(r"(?<=[a-z])\s(?:of|in|from|for|at)\s(?:the\s)?(?:[\w-]+\s){0,3}[\w-]+$")
VERBS = 20  # of a sentence are looked at: no sentence that says something has more


@dataclass
class Subjects(Memory):
    """The memory of a document that can tell who the subject of a verb is."""

    def said(self, text: str, known: list[Name]) -> Speaker | None:
        """Who says or tells something in a sentence: the innermost that is named."""
        best = None
        for match in islice(SAID.finditer(text), VERBS):
            if _PASSIVE.search(match["aux"]):
                continue
            if self._of_what(text, match, known):
                continue
            found = self._inverted(text, match, known) or self.subject(text, match, known)
            if found is not None and not (best and _PRONOUN.search(text[: match.start()])):
                best = found
                if _TO_WHOM.match(text, match.end()):
                    break
        if best is not None:
            return best
        told = (
            self._inverted(text, match, known) or self.subject(text, match, known)
            for match in islice(TOLD.finditer(text), VERBS)
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
        """`…", said Lebedev`, `noted the EU mission's Ada Bolan`: the verb stands before its subject."""
        quoted = match.re is SAID or text[max(0, match.start() - 2) : match.start()] == '" '
        if (
            not quoted
            or match["verb"] in _NEVER_FIRST
            or not _CLOSED.search(text[max(0, match.start() - 3) : match.start()])
        ):
            return None
        at = match.end()
        near = next((n for n in known if n.start >= at), None)
        if near is None or not _LEADS_UP.fullmatch(text[at : near.start]):
            told = _SAYS_THE.match(text, at)
            return self._told_by(told["who"]) if told else None
        last = near
        for name in known:
            # `said the spokesman of the ministry, Ada Bolan`: the name behind the comma, or of whom the first is.
            if last.end < name.start and not last.person and _GOES_ON.fullmatch(text[last.end : name.start]):
                last = name
        if not _ENDS_THERE.match(text, last.end):
            return None
        person = last.person or not (told := _SAYS_THE.match(text, at))
        return self.speaker(_named(text, last)) if person or not told else self._told_by(told["who"])

    def _told_by(self, who: str) -> Speaker | None:
        """The speaker of `the chairman`, or of `a spokesman for the ministry`."""
        anaphor = ANAPHOR.fullmatch(who) or ANAPHOR.fullmatch(who.split(" of ")[0])
        return self.before(anaphor["the"] or "") if anaphor else self.speaker(who.split(" ", 1)[1])

    def subject(self, text: str, match: re.Match[str], known: list[Name]) -> Speaker | None:
        """The subject of a verb."""
        before = _BESIDES.sub("", re.sub(r"\s\([^)]*\)$", "", text[: match.start()].rstrip().removesuffix(' "')))
        # `the mission's preliminary statement said` is the mission's.
        before = re.sub(r"(?<=\w)'s\s(?:\w+\s)?(?:statement|report|conclusions?)$", "", before)
        anaphor = ANAPHOR.search(before)
        if anaphor and (member := _member(before[: anaphor.start()], known)):
            return self.speaker(member.text)
        if anaphor and anaphor["the"] and (spokes := _FOR_IT.search(before[: anaphor.start()])):
            return self._told_by(f"the {spokes[0].rsplit(None, 1)[0]}")
        if anaphor:
            if anaphor["pronoun"] == "they" and _WHICH_THEY.search(before) and (leads := _LEADING.match(text)):
                return self.speaker(leads["who"])
            if anaphor["pronoun"] in ("he", "she") and (subject := _subject_of(before[: anaphor.start()], known)):
                return self.speaker(subject.text)
            return self._within(before[: anaphor.start()], anaphor, known) or self.before(
                anaphor["the"] or anaphor["pronoun"]
            )
        if before.endswith((" and", " but")):
            if match.re is TOLD and _PASSIVE.search(before):
                return None  # `Meyer was nominated in April and registered in May`
            return self._joined(before, known) or self._opening(before, known)
        if before.endswith((",", " -")):
            return self._apposed(before, known) or self._behind_aside(before, text, match, known)
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

    def _behind_aside(self, before: str, text: str, match: re.Match[str], known: list[Name]) -> Speaker | None:
        """`Factor Plus, which asked 12,000 voters, said`: who stands before what is set between commas or dashes."""
        mark = before[-1:]
        commas = [m.start() for m in re.finditer(r"," if mark == "," else r"\s-(?=\s)", before[:-2])]
        for at in reversed(commas[-3:]):
            name = next((n for n in known if n.end == at and _STARTS.search(text[: n.start])), None)
            if name or DESCRIBED.search(before[:at]):
                return self.speaker(_named(text, name)) if name else self._otherwise(before[:at])
        return None

    def _joined(self, before: str, known: list[Name]) -> Speaker | None:
        """`In a report the OSCE calls the vote efficient and says`: the subject of the verb before."""
        verbs = [match for match in islice(TOLD.finditer(before), VERBS) if not _PASSIVE.search(match["aux"])]
        return self.subject(before, verbs[-1], known) if verbs else None

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
        before = _OF_WHOM.sub("", before)
        if described := DESCRIBED.search(before):
            told = described[0]
            # `The former president also criticised`: the person before.
            again = _AGAIN.search(before[: described.end()]) and self.last and self.is_person(self.last.name)
            if told.endswith(" body"):
                return self.before(told)
            return self.last if again else self.speaker(told)
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
            self.speaker(words + gap.removeprefix("'s"))
            if gap and is_described(gap.removeprefix("'s").strip())
            else None
        )

    def _within(self, before: str, anaphor: re.Match[str], known: list[Name]) -> Speaker | None:
        """`The X Party does not recognize the results, it announced`: the subject of the same sentence."""
        if self.last and anaphor["pronoun"] in ("it", "It") and _SHARED_OUT.search(before):
            return None  # `The SNS is likely to have 128 seats, it said`: who gives the figures
        of_it = anaphor["pronoun"] in ("it", "It") or (anaphor["the"] or "").startswith("its ")
        first = known[0] if known else None
        if not of_it or first is None or not before.endswith(", ") or first.end > len(before):
            return None
        if " " not in first.text and not (first.person or first.text.isupper() or first.text in self.names.seen):
            return None  # `Delays in opening raised concerns, it noted`
        if not re.fullmatch(r"(?:The\s)?", before[: first.start]) or re.match(r"(?:'s|,)", before[first.end :]):
            return None
        return self.speaker(first.text if first.person else body_at(before, first.start) or first.text)

    def _apposed(self, before: str, known: list[Name]) -> Speaker | None:
        """`X, chairman of Y,` and `X, who heads Y,`: the person before the comma."""
        for name in reversed([n for n in known if n.person]):
            rest = before[name.end :]
            if rest == "," and _INTRODUCED.search(before[: name.start]):
                return self.speaker(name.text)
            if rest == "," and re.search(
                rf"{TITLE}(?:\sof\s[^,]+)?,\s(?:[A-Z][a-z]{{1,4}}\.\s)?$", before[: name.start]
            ):
                return self.speaker(name.text)
            if rest == "," and _SOME_EXPERT.search(before[: name.start]):
                return self.speaker(name.text)
            if re.fullmatch(r"(?:\s\([^)]*\))?\s(?:of|from|for)\s(?:the\s)?[A-Z][^,]*,", rest):
                return self.speaker(name.text)
            if re.match(
                rf"(?:\s\([^)]*\))?,\s(?:the\s|a\s|an\s)?(?:one\sof\s|(?:[\w'-]+\s){{0,5}}?{TITLE}|who\b|"
                rf"(?:[\w'-]+\s){{0,4}}(?:analyst|expert|observer|member|lawmaker|head)\b)",
                rest,
            ):
                return self.speaker(name.text)
        if that_of := re.search(r",\sthat\sof\s(?:the\s)?(?P<who>[^,]{3,60}),$", before):
            return self.speaker(that_of["who"])
        relative = _RELATIVE.match(before)
        if relative:
            return self.speaker(relative["who"])
        group = re.match(
            r"(?:(?:On|In|At|By)\s(?:\w+\s){1,3}the\s)?\"?(?P<who>[A-Z][^,\"]{2,60})\"?,\s(?:led|headed|chaired|who|"
            r"which|"
            r"based|run|an?|the)\s[^,]+,$",
            before,
        )
        # `"Fair Count", a coalition of associations, announced`
        is_body = group and any(word.lower() in BODY_WORDS for word in group[0].split()[:9])
        return self.speaker(group["who"]) if group and (is_body or DESCRIBED.search(group["who"])) else None


def _member(before: str, known: list[Name]) -> Name | None:
    """The person of `Ada Bolan of the commission`, which ends before `the commission`."""
    return next((n for n in known if n.person and before[n.end :] in (" of ", " from ", " for ")), None)


def _named(text: str, name: Name) -> str:
    """A person's name, or the whole name of a body."""
    return name.text if name.person else body_at(text, name.start) or name.text


def _subject_of(before: str, known: list[Name]) -> Name | None:
    """The person whom a `he` inside a clause means: `Biden praised elections that he called fair`."""
    if not re.search(r"\b(?:that|which|whom|as|because|since|what)\s$", before):
        return None
    return next((n for n in known if n.person and n.end < len(before)), None)


def is_described(part: str) -> bool:
    """Whether the words tell a speaker by what they are: `election observers`."""
    return bool(re.fullmatch(rf"(?:[\w'/-]+\s){{0,4}}(?:{ROLE_WORDS})", part, re.I))


def _of_body(text: str, near: list[Name]) -> Name | None:
    """The person of `Vlada Galan of the US Oracle Advisory Group told`."""
    for name in reversed(near[:-1]):
        if name.person and re.fullmatch(
            r"(?:\s\([^)]*\))?\s(?:of|from|for)\s(?:the\s)?[\w\s'()-]*", text[name.end : near[-1].end]
        ):
            return name
    return None
