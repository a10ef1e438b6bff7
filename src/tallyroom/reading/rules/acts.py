"""What is done about an election: congratulations, endorsements, boycotts, recognition refused, rulings of courts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallyroom.reading.names import Name, body_at
from tallyroom.reading.scene import Found, Scene

__all__ = ["acts"]

_CONGRATULATES = re.compile(r"\b(?:congratulat(?:ed|es|e|ing|ions?|ory))\b")
_ENDORSES = re.compile(
    r"\b(?:endors(?:ed|es|e|ing|ement)|(?:will |to |would |decided to |calls? on \w+ to |urges? \w+ "
    r"to )?support(?:s|ed|ing)? (?:the |his |her |their )?(?:candidacy|candidate|nomination|re-?election|presiden\w+|"
    r"incumbent)|"
    r"(?:express\w*|declar\w*|announc\w*|voic\w*|pledg\w*|offer\w*|full|our|their|its|unanimous) "
    r"(?:\w+ ){0,3}?support (?:for|to)|back(?:s|ed|ing) (?:the )?(?:candidacy|candidate|incumbent|"
    r"bid)|throw\w* (?:its|their|his|her) (?:weight|support) behind|"
    r"call\w* (?:on|upon) (?:\w+ ){0,6}?to (?:vote|support|back)|(?:urge|ask)(?:s|d|ed)? (?:\w+ ){0,6}?to vote "
    r"for|will vote for|(?:will|to) (?:\w+ ){0,3}?(?:support|cast (?:their|our) votes for)|continue "
    r"to support|vote for (?:him|her)|in support of (?:the )?(?:candidacy|candidate|"
    r"nomination)|stepped aside (?:for|in favou?r)|withdrew in favou?r)\b"
)
_BOYCOTTS = re.compile(
    r"\b(?:boycott(?:ed|s|ing)?|(?:will|would|did|does|do) not (?:take part|participate|run|contest|"
    r"field|stand)\b|refus\w+ to (?:take part|participate|run)|stay(?:ed|ing)? away from the "
    r"(?:polls|vote|election)|abstain\w* from the (?:election|vote))\b"
)
_UNRECOGNISED = re.compile(
    r"\b(?:(?:does|do|did|will|would|would) not|refus\w+ to|cannot|never|not) (?:recogni[sz]e|"
    r"accept|acknowledge)\b|\b(?:reject(?:ed|s|ing)?|disput(?:ed|es))\b[^.;]{0,40}\b(?:results?|"
    r"outcome|tally)\b|non-?recognition|\bnot (?:been |be )?(?:\w+ly )?recogni[sz]ed\b|\brecogni[sz]es? neither\b|"
    r"calls? for a new (?:election|one)|"
    r"\b(?:consider\w*|call\w*|declar\w*|deem\w*) (?:the )?(?:\w+ )?results (?:as )?(?:invalid|illegitimate|illegal|"
    r"void|null|falsified)"
)
_COURT = re.compile(
    r"\b(?:(?:constitutional|supreme|high|electoral|election|federal|appeals?|administrative) "
    r"(?:court|tribunal|council)|tribunal|court|plenum|constitutional council|judges?)\b"
)
_RULED = re.compile(
    r"\b(?:approv\w+|confirm\w+|upheld|uphold\w*|annul\w*|nullif\w+|validat\w+|invalidat\w+|ruled?|"
    r"ruling|verdict|dismiss\w+|reject\w+|declared|overturn\w*|certif\w+|final and|can(?:not)? be "
    r"appealed|no appeal|no merit|without merit|quash\w*|struck down|ordered|decided|found that|elected president|"
    r"unanimous\w*|held that|held(?=\.$)|(?:made|took|reached) no decision)\b"
)
_PENDING = re.compile(
    r"\b(?:will|to be|considers|would|takes up|within|go to|goes to|sent to|passed it to|applied|"
    r"must|ask(?:s|ed)|petitioned|appeal(?:ed|s)? to|urge[sd]|seeks?|sought|wants?|apply to|to rule|before it|"
    r"until it|days to|next to)\b"
)


_OUTCOME = re.compile(r"\b(?:results?|elections?|outcome|votes?|winner|president|referendum|poll|tally|one)\b")


def acts(scene: Scene) -> Iterator[Found]:
    """At most one act of each kind for a sentence."""
    yield from _congratulation(scene)
    yield from _endorsement(scene)
    if (match := _BOYCOTTS.search(scene.low)) and not re.search(r"\bobserv|\bcomment", scene.low):
        yield Found("boycott", _actor(scene, match.start()), match[0], "acts/boycott")
    if (match := _UNRECOGNISED.search(scene.low)) and _OUTCOME.search(
        scene.low[max(0, match.start() - 90) : match.end() + 90]
    ):
        yield Found("non_recognition", _actor(scene, match.start()), match[0], "acts/non-recognition")
    yield from _ruling(scene)


def _actor(scene: Scene, at: int) -> str:
    """Whose act it is: the speaker, or the name before the verb."""
    before = [n for n in scene.names if n.end <= at]
    if before:
        name = before[0]
        return scene.course.names.full(name.text if name.person else body_at(scene.text, name.start) or name.text)
    return scene.speaker or " ".join(scene.text[:at].split()[-6:])


def _congratulation(scene: Scene) -> Iterator[Found]:
    match = _CONGRATULATES.search(scene.low)
    if match is None:
        return
    full = scene.course.names.full
    taker = next((n.text for n in scene.names if n.start >= match.end()), "")
    for giver in _givers(scene, match.start()):
        yield Found(
            "congratulation",
            f"{full(giver) if giver else ''} to {full(taker) if taker else ''}".strip(),
            scene.text[match.start() :][:80],
            "acts/congratulation",
        )


def _givers(scene: Scene, at: int) -> list[str]:
    """Who congratulates: the name before the verb, and those that `and` or a comma joins to it."""
    before = [n for n in scene.names if n.end <= at]
    people = [n for n in before if n.person]
    if not people:
        return [before[0].text if before else scene.speaker or scene.course.person]
    joined = people[-1:]
    for name in reversed(people[:-1]):
        if not _AND.fullmatch(scene.text[name.end : joined[0].start]):
            break
        joined.insert(0, name)
    return [name.text for name in joined]


# `President X, Y of Z and Chancellor V`
_AND = re.compile(
    r"(?:\s(?:of|from)\s(?:the\s)?[A-Z][\w ]{2,30})?(?:,\s(?:and\s)?|"
    r"\sand\s)(?:the\s)?(?:[A-Z][\w'-]*\s(?:of\s)?){0,4}"
)


def _endorsement(scene: Scene) -> Iterator[Found]:
    if _NO_BACKING.search(scene.low):
        return
    if re.search(r"\bpopular support|support\w* of the (?:population|people)\b|\btechnical support", scene.low):
        return
    if relative := _WHOM.search(scene.text):
        who = next((n.text for n in reversed(scene.names) if n.end <= relative.start() + 1), "")
        if who:
            full = scene.course.names.full
            by = scene.speaker or full(relative["giver"])
            yield Found("endorsement", full(who), full(relative["giver"]), "acts/endorsement", by=by)
        return
    if passive := _BACKED_BY.search(scene.text):
        yield from _backed(scene, passive)
        return
    matches = list(_ENDORSES.finditer(scene.low)) or list(_STANDS_BEHIND.finditer(scene.text))
    for at, match in enumerate(matches):
        start = matches[at - 1].end() if at else 0
        end = matches[at + 1].start() if at + 1 < len(matches) else len(scene.text)
        yield from _endorsed(scene, match, start, end)
        if _STANDS_BEHIND.match(scene.text, match.start()) is None:
            return


# What polls find, and what is supported that does not stand for election.
_NO_BACKING = re.compile(
    r"(?:per ?cent|%|respondents)\s(?:\w+\s){0,4}(?:would|will)\svote|"
    r"\bsupport\w* (?:for )?(?:the |its |their )?(?:territorial|sovereignty|integrity|efforts?|reforms?|holding|"
    r"peace\b)"
)
# `X, whom the Green Party supports, …`
_WHOM = re.compile(
    r",\s(?:whom|which)\s(?:the\s)?(?P<giver>(?:ruling|governing|main opposition|opposition)\s"
    r"(?:party|coalition|alliance)|[A-Z][\w'-]*(?:\s(?:of\s|for\s|the\s)*[A-Z][\w'-]*)*)\s(?:supports|backs|"
    r"endorse[sd]|supported|backed)\b"
)
# `X is backed by the Green Party`
_BACKED_BY = re.compile(
    r"\b(?:is|was|are|were|has\sbeen)\s(?:backed|supported|endorsed)\sby\s(?:the\s)?(?=[A-Z])|"
    r"\b(?:r[au]ns?|running|stands?|standing|candidate|term)\b[^.;]{0,40}\swith\sthe\s(?:support|"
    r"backing)\sof\s(?:the\s)?(?=[A-Z])"
)


def _backed(scene: Scene, match: re.Match[str]) -> Iterator[Found]:
    who = next((n.text for n in reversed(scene.names) if n.end <= match.start() and n.person), scene.course.person)
    giver = next((n.text for n in scene.names if n.start >= match.end()), "")
    if who and giver:
        full = scene.course.names.full
        yield Found("endorsement", full(who), giver, "acts/endorsement", by=scene.speaker or full(giver))


def _endorsed(scene: Scene, match: re.Match[str], start: int, end: int) -> Iterator[Found]:
    """Who stands behind whom, by one verb; between the verbs before and behind it."""
    behind = [n.text for n in scene.names if match.start() <= n.start < end and n.person]
    if not behind and _STANDS_BEHIND.match(scene.text, match.start()) and not match[0].endswith(("her", "him")):
        return
    any_person = [n.text for n in scene.names if n.person]
    if match[0].startswith("endors") and not any_person:
        return  # `endorsing a sham`
    start = max(start, scene.text.rfind(";", 0, match.start()) + 1)
    his = (
        re.search(
            r"\b(?:his|her|their) (?:candidacy|nomination|bid|re-?election)|\b(?:him|"
            r"her)\b$",
            match[0],
        )
        or scene.text[match.end() : match.end() + 5] in (" him.", " her.")
    ) and (scene.course.endorsed if scene.number - scene.course.endorsed_at <= 2 else scene.course.person)
    if behind or his:
        scene.course.endorsed = scene.course.names.full(behind[0] if behind else str(his))
        scene.course.endorsed_at = scene.number
    subject = his or (behind or any_person or [scene.course.person])[0]
    givers = [n for n in scene.names if start <= n.start and n.end <= match.start() + 1 and n.text != subject]
    for giver in [n.text for n in _together(scene, givers)] or [scene.speaker]:
        yield Found(
            "endorsement",
            scene.course.names.full(subject) if subject else "candidate",
            giver or "supporters",
            "acts/endorsement",
            by=scene.speaker or scene.course.names.full(giver),
        )


def _together(scene: Scene, names: list[Name]) -> list[Name]:
    """The first name, and those that commas and `and` join to it."""
    joined = names[:1]
    for name in names[1:]:
        if scene.text[joined[-1].end : name.start] not in (" and ", " and the ", ", ", ", and ", ", the "):
            break
        joined.append(name)
    return joined


# `they support X`, `has come out for her`, `had recommended Y`: somebody has to follow.
_STANDS_BEHIND = re.compile(
    r"\b(?:(?:they|it|we|he|she)\s(?:also\s|will\s)?(?:supports?|backs?)|supports?|endorses?|(?:has\s)?sided\swith|"
    r"(?:would|will)\svote\sfor|c[oa]me\sout\s(?:for|in\sfavou?r\sof|"
    r"in\ssupport\sof)|"
    r"recommend(?:ed|s)|(?:to\s|will\s|would\s)back|back(?:s|ed)|stands?\sbehind|rallied\sbehind|"
    r"pledged\s(?:\w+\s)?support\s(?:to|"
    r"for))\s(?:the\s)?(?:(?=[A-Z])|her\b|him\b)"
)


def _ruling(scene: Scene) -> Iterator[Found]:
    about = _COURT.search(scene.low)
    ruled = _RULED.search(scene.low)
    if ruled is None or (about is None and scene.number - scene.course.listing_at > 10**6):
        return
    court = about is not None or re.search(r"\bcourt\b", scene.speaker.lower())
    legal = re.search(
        r"\b(?:by law|(?:the|its|this) (?:ruling|decision|petition|panel) (?:is|was|of|that|by|can|has|"
        r"had)\b|verdict|judg[e]?ment)\b",
        scene.low,
    )
    speaker_of_court = re.search(r"\b(?:[Cc]ourt|[Tt]ribunal)\b", scene.course.court)
    if not court and not (legal and speaker_of_court):
        return
    if not court and re.search(r"\b(?:expert|analyst|lawyer|scholar|activist)s?\b", scene.low):
        return  # what others say of a verdict
    if _PENDING.search(scene.low) and not re.search(
        r"\bcan(?:not)? be appealed\b|\b(?:decided|ruled|held|found)\s(?:unanimously\s)?that\b|\b(?:has|have|"
        r"had) (?:approved|confirmed|upheld|annulled|validated|ruled|"
        r"declared)|\bruling "
        r"is final|final and\b",
        scene.low,
    ):
        return
    if re.search(r"\bagrees? with\b", scene.low):
        return
    yield Found(
        "court_decision",
        "election",
        scene.text[ruled.start() : ruled.start() + 80],
        "acts/ruling",
        by=_court_name(scene),
    )


def _court_name(scene: Scene) -> str:
    match = re.search(
        r"\b((?:[A-Z][\w'-]*\s)*(?:Court|Tribunal|Constitutional Council)(?:\sof\s(?:the\s)?[A-Z]\w+)?)", scene.text
    )
    if match:
        return match[1].removeprefix("The ")
    if small := re.search(r"\b(?:constitutional|supreme|high|electoral) (?:court|tribunal)\b", scene.low):
        return small[0].title()
    if re.search(r"\b(?:court|plenum|tribunal)\b", scene.low):
        return scene.course.court
    return scene.speaker
