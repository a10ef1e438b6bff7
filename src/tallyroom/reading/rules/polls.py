"""Exit polls: how they were made, and what they show."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallyroom.reading.scene import Found, Scene
from tallyroom.reading.text.names import BODY_WORDS
from tallyroom.reading.text.numbers import Number

__all__ = ["is_poll", "is_quick_count", "poll_design", "pollster_of"]

_EXIT = r"exit[- ]?polls?|late[- ]polls?|exit survey|pre-election (?:poll|survey)|opinion polls?"
_COUNTED = r"quick counts?|parallel (?:vote )?(?:count|tabulation)s?|counted (?:votes|ballots) at a sample"
_POLL = re.compile(rf"\b(?:{_EXIT}|{_COUNTED}|pollsters?)\b")
_EXIT_POLL, _QUICK_COUNT = re.compile(rf"\b(?:{_EXIT})\b"), re.compile(rf"\b(?:{_COUNTED})\b")
_MADE = re.compile(
    r"\b(?:conduct\w*|carr(?:y|ies|ied)|cover(?:s|ed|ing)?|interview\w*|polled|surveyed|respondents|"
    r"took in|take in|taken|asked|rests on|sample[ds]?|spoke to|approached|refus\w+|answered|n=|outside|plans?|"
    r"data from|held|questioned|based on|at|in)\b"
)
_OFFICIAL = re.compile(
    r"\b(?:commission|ministry|court|government|authorit|party|agency|assembly|parliament|committee|"
    r"council|police|office for democratic|observ|mission|secretariat|cec|iec|iebc|electoral|"
    r"broadcaster)\b",
    re.I,
)
_CONDUCTS = re.compile(
    r"^(?P<who>(?:[Tt]he\s)?[A-Z].{3,160}?)\s(?:plans?|conducts?|conducted|is conducting|will "
    r"conduct|carried out|carries out|held|interviewed|surveyed|polled|covered?s?|has released|"
    r"released|presented)\b"
)
_RESULT_OF = re.compile(
    r"\b(?:exit[- ]?polls?|survey|poll)(?:\sresults?)?(?:\sfor\s[\w' ]{2,30}?)?,?\s(?:of|by|from|conducted by|"
    r"carried out by|"
    r"run by|made by)\s(?:the\s)?(?:\w+\s(?:organi[sz]ation|company|firm|"
    r"pollster)\s)?(?P<who>[A-Z][\w&'.-]*(?:\s(?:(?:of|for|and|the)\s)*[A-Z][\w&'.-]*)*)"
)
_OWN = re.compile(
    r"(?:^|[Tt]he\s|\s)(?P<who>[A-Z][\w&.-]*(?:\s(?:(?:of|for|and|"
    r"the)\s)*[A-Z][\w&.-]*)*)(?:'s?)?\s(?:exit[- ]?)?(?:poll|survey)\b"
)
_GOES_ON = re.compile(
    r"\bdata from\b|\bthe (?:exit[- ]?)?(?:poll|survey)\b|^(?:It|They|The (?:poll|survey|organi[sz]ation|group|"
    r"company|pollster|cent(?:er|re)|institute|interview\w*))\b"
)
_POLLSTER = re.compile(r"\b[Pp]ollster\s(?P<who>[A-Z][\w&'.-]*(?:\s[A-Z][\w&'.-]*)*)")
# `GDDG's poll makes X the winner`, `The Kantor poll for Sea TV has`, after a sentence on exit polls.
_THEIR_POLL = re.compile(
    r"(?:(?P<whose>[A-Z][\w&.-]*(?:\s[A-Z][\w&.-]*){0,5})'s?\s(?:own\s)?|"
    r"[Tt]he\s(?P<of>[A-Z][\w&.-]*(?:\s[A-Z][\w&.-]*){0,5})\s|"
    r"[Tt]h(?:e|is|at)\s(?:other\s|same\s|second\s|first\s|latest\s)?(?=(?:poll|survey)\s(?:gives|gave|"
    r"has|had|shows|showed|puts?|makes|suggests|finds|found|points|also)\b))(?:poll|survey)\b"
    r"(?!\s(?:of voters|station|work))"
)
_NO_POLLSTER = re.compile(r"(?:The|Exit|An|A|Its|By|In|According|Early|First|Two|Both|Another|Other|One)(?:\s[Ee]xit)?")
_GIVES = re.compile(
    r"(?:^|[,:.]\s|\bround\s|\bpoll(?:ster)?s?\s)(?P<who>[A-Z][\w&.-]*(?:\s(?:(?:of|for|and|"
    r"the)\s)?[A-Z][\w&.-]*){0,6})\s"
    r"(?:gives?|gave|puts?|has|had|shows?|showed|makes|made|projects|projected|estimates?|estimated|sees|saw)\s"
)
_BY_IT = re.compile(r"(?:According to|By|In) (?:it|(?:this|that|the same) (?:poll|survey))\b")
_MADE_BY = re.compile(
    r"\b(?:poll|survey)s?\s(?:was|were|had been|have been|is|are)\s(?:conducted|carried out|made|done|run)\s"
)
_BY_WHOM = re.compile(r"\bby\s(?:the\s)?([A-Z][\w&-]*(?:\s(?:(?:of|and|the)\s)?[A-Z][\w&-]*){0,6})")
_PEOPLE = re.compile(
    r"\b(?:voters|people) (?:were|had been|was) asked\b|\brespondents?\b|"
    r"\binterview(?:ed|s|ees)?\b|\bsurveyed\b|\bpolled\b|\bquestioned\b"
)


def is_poll(scene: Scene) -> bool:
    """Whether the sentence speaks of an exit poll, or goes on from one that did."""
    return bool(_POLL.search(scene.low)) or bool(_of_known_poll(scene))


def _of_known_poll(scene: Scene) -> str:
    """Whose poll a sentence goes on with where exit polls were told of before; empty where it does not."""
    course = scene.course
    if course.pollsters and (gives := _GIVES.search(scene.text)):
        who = gives["who"]
        if who in course.pollsters or who.split()[0] in {p.split()[0] for p in course.pollsters if p}:
            return who
    if not 0 <= scene.number - course.poll_at <= 8 or not any(n.percent for n in scene.numbers):
        return ""
    if scene.number - course.poll_at <= 1 and _BY_IT.match(scene.text):
        return course.poll
    match = _THEIR_POLL.search(scene.text)
    return (match["whose"] or match["of"] or course.poll) if match else ""


def is_quick_count(scene: Scene) -> bool:
    """Whether figures of the sentence are projected from counted votes, not from what voters said."""
    if _EXIT_POLL.search(scene.low):
        scene.course.counted_at = -9
        return False
    if _QUICK_COUNT.search(scene.low):
        scene.course.counted_at = scene.number
    return scene.number - scene.course.counted_at <= 6


def pollster_of(scene: Scene) -> str:
    """Who conducts the poll that the sentence speaks of; empty where it names nobody."""
    if known := _of_known_poll(scene):
        return scene.course.names.full(known)
    for pattern in (_POLLSTER, _RESULT_OF, _OWN, _CONDUCTS):
        match = pattern.search(scene.text)
        if match and not _OFFICIAL.search(match["who"]) and not re.fullmatch(_NO_POLLSTER, match["who"]):
            return scene.course.names.full(re.sub(r"^(?:The|the|An?|Another)\s", "", match["who"]).rstrip("."))
    if (
        scene.speaker
        and not _OFFICIAL.search(scene.speaker)
        and any(w.lower().strip("()") in BODY_WORDS for w in scene.speaker.split())
    ):
        return scene.speaker
    return ""


def poll_design(scene: Scene) -> Iterator[Found]:
    """`conducts exit polls at 200 polling stations in 33 electoral districts`, `5,012 respondents`."""
    course = scene.course
    if _MADE_BY.search(scene.low) and (is_poll(scene) or scene.number - course.poll_at <= 8):
        course.pollsters.update(m[1] for m in _BY_WHOM.finditer(scene.text))
    if is_poll(scene):
        course.poll_at = scene.number
        if who := pollster_of(scene):
            course.poll = who
            course.pollsters.add(who)
    near = scene.number - course.poll_at
    shared_out = scene.number - course.asked_at <= 2 and _SHARED_OUT.search(scene.low) is not None
    sample = _ROW.match(scene.low) is not None
    going_on = sample or (near <= 8 and (_PEOPLE.search(scene.low) or (near <= 2 and _GOES_ON.search(scene.text))))
    if not (is_poll(scene) or going_on or shared_out) or not (_MADE.search(scene.low) or shared_out):
        return
    for number in (*scene.fractions, *scene.numbers):
        if scene.open(number) and (unit := "percent" if number.percent and shared_out else _unit(scene, number)):
            scene.take(number)
            course.asked_at = scene.number
            who = _subject(scene, number.start, unit)
            yield Found("exit_poll_design", who, number.value, "polls/design", unit, number.qualifier)


# `Sample: 30,219 voters at 250 precincts; refusals: 24 percent`
_ROW = re.compile(r"(?:sample(?: size)?|respondents|interviewed|fieldwork|base):")
_SPOKE = re.compile(
    r"\b(?:spoke to|sampled|approached|sample:|n=)\s?(?:(?:some|about|around|over|nearly|"
    r"more than)\s)*$"
)
_REFUSED = re.compile(
    r"\brefus\w+|\bdeclined\b|\banswered\b|\bresponse rate\b|\bof (?:them|the respondents|those (?:asked|polled|"
    r"approached))\b|"
    r"\bover the (?:tele)?phone\b|\bdoorstep\b"
)
_PLACES = re.compile(
    r"\s(?:schools|departments|locations|points|places|regions|municipalities|cent(?:re|er)s|"
    r"sites|villages)\b"
)

_UNITS = {
    "stations": "stations",
    "districts": "districts",
    "respondents": "respondents",
    "observers": "interviewers",
}


def _unit(scene: Scene, number: Number) -> str:
    """What a figure of a poll's design counts; empty where it is none of the design."""
    noun = scene.noun(number)
    after, before = scene.after(number, 70).lower(), scene.before(number, 70).lower()
    if number.percent:
        of_them = re.search(r"\b(?:respondents|interviewees|of those asked)\b", f"{before[-60:]} {after}")
        if _GOT.search(before) or (of_them and re.search(r",[^,]*[A-Z]\w+\s$", scene.before(number, 40))):
            return ""
        if not of_them and scene.course.results_at != scene.number and _REFUSED.search(f"{before[-40:]} {after[:40]}"):
            return "percent"
        voted = re.search(r"\b(?:voted for|for)\s[A-Z]", scene.after(number))
        return "percent" if of_them and not voted else ""
    if _SPOKE.search(before) and noun in ("", "voters", "persons"):
        return "respondents"
    if noun in ("", "districts") and _PLACES.match(after) and _AT.search(before):
        return "districts" if re.match(r"\s(?:dep|reg|mun)", after) else "stations"
    asked = _PEOPLE.search(before) or _PEOPLE.search(after) or _SAMPLE.search(before)
    if noun in ("voters", "persons") and asked:
        return "respondents"
    if noun == "" and re.search(r"\b(?:respondents|interviewed|interviewees)\b[^.;\d]{0,50}$", before):
        return "respondents"
    if noun == "" and scene.course.asked_at == scene.number and _OF_THEM_IN.match(after):
        return "stations"
    return _UNITS.get(noun, "")


_AT = re.compile(r"\b(?:at|in|outside|across|from)\s(?:(?:some|about|around|over|the)\s)*$")
# `at 500 polling stations, 263 of them in cities and 237 in rural areas`
_OF_THEM_IN = re.compile(
    r"\s(?:of them\s)?in\s(?:the\s)?(?:cit(?:y|ies)|towns?|villages|capital|countryside|(?:rural|urban)\s\w+)\b"
)


_GOT = re.compile(
    r"\b(?:gets?|got|has|have|had|won|wins|receives?|received|polled|takes?|took|leads with)\s(?:\w+\s)?$"
)
_SAMPLE = re.compile(r"\b(?:poll|survey|took in|takes? in|sample of|among)\b[^.;]{0,30}$")
# `Ganja accounted for 7.9 percent`, after a sentence on the respondents; `Six of the constituencies are …`.
_SHARED_OUT = re.compile(
    r"\b(?:account(?:s|ed) for|made up|makes? up|were from|live in|came from)\b|\bof (?:the|these|those) "
    r"(?:constituencies|stations|districts|precincts)\b"
)


_BODY = re.compile(
    r"(?:^|\b[Tt]he\s|\s)(?P<who>[A-Z][\w&'.-]*(?:\s(?:(?:of|for|and|the|American|company|"
    r"US-based)\s)*[A-Z][\w&'.-]*)*)"
)


def _subject(scene: Scene, at: int, unit: str) -> str:
    """The pollster named last before the figure; for a share of the respondents, the group."""
    if unit == "percent":
        names = [n for n in scene.names if n.end <= at]
        text = scene.text[max(0, at - 80) : at]
        group = re.search(
            r"\b((?:rural|urban)\s\w+|women|men|[\w-]+ areas|aged [\w\s-]+|\w+ education)\b",
            scene.text[max(0, at - 60) : at + 90].lower(),
        )
        return names[-1].text if names and not group else group[1] if group else text.strip()
    bodies = [match for match in _BODY.finditer(scene.text[:at]) if not _OFFICIAL.search(match["who"])]
    bodies = [match for match in bodies if any(w.lower() in BODY_WORDS for w in match["who"].split())]
    if bodies:
        return scene.course.names.full(bodies[-1]["who"].removeprefix("The "))
    return scene.course.poll or scene.speaker or "exit poll"
