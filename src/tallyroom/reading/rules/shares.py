"""What each choice got: shares, votes and seats, in sentences and in lists; shares of exit polls too.

A figure belongs to the name behind it (`93.9% for X`, `92% voted for X`), else to the nearest one before
it that has none of its kind yet (`X received 2.17 percent, Y - 0.8 percent`), else to whom `he` means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tallyroom.reading.names import BODY_WORDS, Name, is_land
from tallyroom.reading.numbers import Number
from tallyroom.reading.rules.polls import is_poll, pollster_of
from tallyroom.reading.scene import Found, Scene

__all__ = ["seats", "shares"]

_VOTES = re.compile(r"\bvot(?:e|es|ed|ers|ing)\b|\bballots?\b|\bpoll(?:ed|s)?\b|\bshare\b")
_WON = re.compile(
    r"\b(?:w[io]ns?|winning|received?|receives|receiving|got|gets|took|takes|taking|garnered|polled|"
    r"secured|obtained|gained|had|has|have|"
    r"stands? at|stood at|lead(?:s|ing)?|led|ahead|in front|followed|second|third|fourth|runner-up|"
    r"share|gave|gives|put|puts|"
    r"scored|collected|captured|earned|trailed|trailing|showed|shows|found|at|with|drew|finished|"
    r"claimed|backed|re-?elected|victory)\b"
)
_EARLIER = re.compile(
    r"(?:\b(?:up|down|compared (?:to|with)|from|(?<!more )(?<!less )(?<!fewer )than|against|margin "
    r"of|by|lead of|threshold of|threshold|ahead by|increase of|swing of|beat\w* by|more than half|"
    r"buy(?:ing)?|bought|difference (?:is|was|of)|"
    r"quorum of)\s(?:the\s)?(?:\w+\s){0,2}?)$"
)
_BEHIND = re.compile(
    r"^,?\s?(?:(?:or\s)?\(?[\d.,]+\s?(?:%|per ?cent|votes)\)?,?\s)?(?:\([^)]*\)\s?)?(?:of\s(?:the\s|"
    r"all\s)?(?:[\w-]+\s){0,3}?(?:votes?|voters|ballots|"
    r"respondents|voters\spolled|poll|those\s\w+|electorate)\s?)?(?:(?:had\s|have\s)?(?:voted|"
    r"cast\s(?:their\s|a\s)?(?:ballots?|votes?)|backed|chose|supported|favou?red|opted|went|go|"
    r"going|votes)\s?)?(?:in\sfavou?r\sof|for|to|backed|chose|supported|"
    r"favou?red)\s(?:the\s)?(?:\w+\s){0,3}?$"
)
_RESPECTIVELY = re.compile(r"\brespectively\b")
_PRONOUN = re.compile(
    r"\b(?:he|she|they|the incumbent|the president|the party|the winner|the challenger|the "
    r"candidate|it|his|her|whose|who|whom)\b",
    re.I,
)
_NONE = re.compile(
    r"\b(?:none|neither|nobody|no other|others?|remaining|the rest|each|any candidate|invalid|blank|"
    r"spoil|spoilt|against all|abstain)\b",
    re.I,
)
_LIST = re.compile(
    r"^\W{0,4}(?:\d{1,3}[.)]\s)?(?P<who>[A-Z\u00c0-\u024f][^\d:;]{1,70}?)\s?(?:[-:,(]|\.{2,}|"
    r"\s)\s?\(?(?:[a-z][a-z ]{0,20})?(?=\d)"
)
_PARTYLIKE = re.compile(
    r"\b(?:party|movement|front|alliance|coalition|bloc|union|congress|democrats|republicans|league|"
    r"group|list|greens?|initiative|federation)\b",
    re.I,
)
_NOT_WHO = re.compile(
    r"\b(?:commission|committee|court|agency|ministry|cent(?:er|re)|institute|office|assembly|"
    r"parliament|council|mission|organi[sz]ation|board|association|service|media|news|house|senate|"
    r"republic|state|district|department|bundestag|duma|mejlis|majlis|sabha)\b",
    re.I,
)


# A poll before the vote: its shares are neither votes nor an exit poll's.
_SURVEY = re.compile(r"\b(?:opinion|latest|average of|[A-Z]\w+)\s(?:polls?|survey)\b")


_HEADING = re.compile(r"\b(?:candidates?|votes?|results?|received|got|shares?|parties|distributed|follows|seats)\b")


@dataclass
class _Figure:
    number: Number
    votes: bool  # else a share


def shares(scene: Scene) -> Iterator[Found]:
    """Candidate shares and votes, and what exit polls give."""
    figures = _figures(scene)
    course = scene.course
    if scene.text.endswith(":") and not figures and scene.has(_HEADING):
        course.results, course.results_at = (scene.speaker or course.speaker, _mood(scene, True), ""), scene.number
    if not figures or (_SURVEY.search(scene.text) and not is_poll(scene)):
        return
    listed = scene.number - course.results_at == 1
    row = _LIST.match(scene.text) if listed or len(scene.text) < 110 else None
    if not (listed or row or scene.has(_VOTES) or is_poll(scene) or _told(scene, figures)) or not (
        row or scene.has(_WON) or listed or "%" in scene.text
    ):
        return
    poll = _poll(scene, listed)
    by, mood = _speaker(scene, listed, poll), _mood(scene, listed)
    told = False
    last: str = ""
    for figure, who in _owners(scene, figures):
        if not who:
            continue
        told, last = True, who
        scene.take(figure.number)
        yield _found(scene, figure, who, by, mood, poll)
    if told:
        course.results, course.results_at = (by, mood, poll), scene.number
        course.person = course.person if len(figures) > 2 else last


def _told(scene: Scene, figures: list[_Figure]) -> bool:
    """Whether figures without the word vote are shares all the same: several with names, or of who asks voters."""
    return (len(figures) > 1 and len(scene.names) > 1) or bool(_research_body(scene))


def _found(scene: Scene, figure: _Figure, who: str, by: str, mood: str, poll: str) -> Found:
    number = figure.number
    if poll and not figure.votes:
        return Found("exit_poll_share", who, number.value, "shares/exit-poll", "percent", number.qualifier, by=poll)
    kind, unit = ("candidate_votes", "votes") if figure.votes else ("candidate_share", "percent")
    return Found(
        kind,
        who,
        number.value,
        f"shares/{unit}",
        unit,
        number.qualifier,
        scene.hour or _year(scene),
        _place(scene),
        by=by,
        modality=mood,
    )


def _place(scene: Scene) -> str:
    return "previous election" if re.search(r"\b(?:previous|last) (?:\w+ )?(?:election|vote)\b", scene.low) else ""


def _year(scene: Scene) -> str:
    """The year of an earlier election that the sentence opens with: `In 2020 she won with …`."""
    match = re.match(r"[Ii]n (?P<year>(?:19|20)\d\d),?\s", scene.text)
    return match["year"] if match and match["year"] < (scene.course.anchor or "9999")[:4] else ""


def _poll(scene: Scene, listed: bool) -> str:
    """The pollster whose shares these are; empty where they are counted votes."""
    course = scene.course
    official = re.search(
        r"\b(?:round|commission|official|preliminary results|cec|ballots (?:were )?(?:counted|processed))\b", scene.low
    )
    if is_poll(scene):
        course.poll_at = scene.number
        course.poll = pollster_of(scene) or scene.speaker or course.poll or "exit polls"
        course.pollsters.add(course.poll)
        return course.poll
    if official:
        course.poll = ""
        return ""
    if body := _research_body(scene):
        return body
    if listed and course.results and course.results[2] and not scene.speaker:
        return course.results[2]
    # A report of a poll goes on giving its shares until it comes to counted votes.
    return course.poll if course.poll and scene.number - course.poll_at <= 5 and not scene.speaker else ""


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


def _speaker(scene: Scene, listed: bool, poll: str) -> str:
    if scene.speaker or poll or not listed or scene.course.results is None:
        return scene.speaker
    return scene.course.results[0]


def _mood(scene: Scene, listed: bool) -> str:
    match = re.search(
        r"\b(preliminary|provisional|partial|initial|early tall(?:y|ies)|early results|projected|"
        r"projections?|final|official results|certified)\b",
        scene.low,
    )
    if match:
        word = match[1]
        return (
            "projected"
            if word.startswith("project")
            else "final"
            if word in ("final", "certified")
            else ""
            if word.startswith("official")
            else "preliminary"
        )
    return scene.course.results[1] if listed and scene.course.results else ""


def _figures(scene: Scene) -> list[_Figure]:
    """The percentages and counts of votes that no other rule has read."""
    found: list[_Figure] = []
    for number in scene.numbers:
        if not scene.open(number) or number.upper is not None:
            continue
        if _EARLIER.search(scene.before(number, 50)) and not re.match(r"\s(?:votes\s)?for\s[A-Z]", scene.after(number)):
            continue
        after, before = scene.after(number, 40), scene.before(number, 40)
        if number.percent:
            if (
                re.match(
                    r"\sof\s(?:\w+\s){0,3}(?:sample|stations|threshold|cameras|respondents|women|seats|members|"
                    r"turnout)\b",
                    after,
                )
                or number.value > 100
            ):
                continue
            found.append(_Figure(number, votes=False))
        elif scene.noun(number) == "votes" or re.match(r"\s?votes?\b", after):
            if not re.match(r"\s(?:\w+\s)?(?:invalid|spoil|blank|null|rejected)", after):
                found.append(_Figure(number, votes=True))
        elif found and re.match(r"[(\s]*$", before[-2:]) and before.rstrip().endswith("(") and re.match(r"\)", after):
            found.append(_Figure(number, votes=not found[-1].votes))
        elif _tabled(scene, number, found):
            found.append(_Figure(number, votes=True))
    return found


def _tabled(scene: Scene, number: Number, found: list[_Figure]) -> bool:
    """A bare count beside a percentage: `Ruto: 7,176,141 (50.49%)`, `with 4,567,458, or 92.12%`."""
    if number.value < 20 or number.spelt or scene.noun(number):
        return False
    after = scene.after(number, 24)
    if found and found[-1].votes and re.match(r"\s?(?:and\b|,\s|;|\.|$|\()", after):
        return bool(
            re.search(
                r"(?:\b(?:with|had|got|on|at|received|won|polled|took)|-|:|[A-Z]\w+|\))\s$", scene.before(number, 20)
            )
        )
    return bool(re.match(r"\s?(?:\(|,\sor\s|-|–|/|,)\s?\d[\d.,]*\s?(?:%|per ?cent)", after))


def _owners(scene: Scene, figures: list[_Figure]) -> Iterator[tuple[_Figure, str]]:
    names = [name for name in scene.names if _may_stand(scene, name)]
    names = _joined(scene, names)
    if _RESPECTIVELY.search(scene.low) and len(names) >= len(figures):
        before = [n for n in names if n.end <= figures[0].number.start][-len(figures) :]
        if len(before) == len(figures):
            yield from ((f, scene.course.names.full(n.text)) for f, n in zip(figures, before, strict=True))
            return
    had: dict[tuple[bool, int], bool] = {}
    for at, figure in enumerate(figures):
        end = next((f.number.start for f in figures[at + 1 :] if f.votes == figure.votes), len(scene.text))
        start = figures[at - 1].number.end if at else 0
        name = _behind(scene, figure, names, end) or _ahead(scene, figure, names, start, had)
        if name is not None:
            had[figure.votes, name.start] = True
            yield figure, scene.course.names.full(name.text)
        else:
            yield figure, _meant(scene, figure, start)


def _behind(scene: Scene, figure: _Figure, names: list[Name], end: int) -> Name | None:
    for name in names:
        if figure.number.end <= name.start < end:
            gap = scene.text[figure.number.end : name.start]
            return name if _BEHIND.search(gap) else None
    return None


def _ahead(
    scene: Scene, figure: _Figure, names: list[Name], start: int, had: dict[tuple[bool, int], bool]
) -> Name | None:
    before = [n for n in names if n.end <= figure.number.start]
    for name in reversed(before):
        gap = scene.text[name.end : figure.number.start]
        if (figure.votes, name.start) in had:
            return None
        if ";" in gap or _NONE.search(gap[-60:]):
            return None
        if _PRONOUN.search(gap) and re.search(r"\bhe\b|\bshe\b|\bthey\b", gap) and not name.person:
            return None
        return name
    return None


def _meant(scene: Scene, figure: _Figure, start: int) -> str:
    clause = scene.text[start : figure.number.start]
    if (
        _PRONOUN.search(clause)
        and not _NONE.search(clause)
        and re.search(r"\b(?:he|she|his|her|the incumbent|the party|the president|it|they)\b", clause, re.I)
    ):
        return scene.course.person
    return ""


def _may_stand(scene: Scene, name: Name) -> bool:
    """Whether a name may be that of a choice: a person, a party, or a word that is no land or authority."""
    if is_land(name.text) or name.text.lower() in ("abstention", "turnout", "voting", "north", "south", "east", "west"):
        return False
    if _NOT_WHO.search(name.text) or re.match(
        r"(?:'s)?\s(?:\w+\s)?(?:exit[- ]?)?(?:polls?|survey)\b", scene.text[name.end : name.end + 24]
    ):
        return False
    before, after = scene.text[max(0, name.start - 24) : name.start], scene.text[name.end : name.end + 50]
    if re.search(r"\b(?:in|at|near|from|across|around|within)\s(?:the\s)?$", before, re.I) and not name.person:
        return False
    if (
        not name.person
        and scene.course.names.short.get(name.text)
        and re.search(r"\($", before) is None
        and _NOT_WHO.search(scene.course.names.short[name.text])
    ):
        return False
    if re.search(
        r"\b(?:chairman|chair|chairwoman|commissioner|secretary|spokes\w+|director)\s(?:\w+\s)?$", before, re.I
    ):
        return False
    return not re.match(
        r",?\s(?:the\s)?(?:chairman|chairwoman|chairperson|chair|spokes\w+|director|head) of "
        r"(?:the\s)?(?:\w+\s){0,3}[Cc]ommission",
        after,
    )


def _joined(scene: Scene, names: list[Name]) -> list[Name]:
    """Names with the party in brackets, `of the X Party` or `, head of X,` behind them as one."""
    kept: list[Name] = []
    end = 0
    for name in names:
        gap = scene.text[end : name.start]
        end = name.end
        if kept and _BELONGS.fullmatch(gap):
            continue
        if kept and gap == " and " and not name.person and not kept[-1].person:
            kept[-1] = Name(scene.text[kept[-1].start : name.end], kept[-1].start, name.end)
        else:
            kept.append(name)
    return kept


_BELONGS = re.compile(
    r"\s(?:under|led by)\s(?:\w+\s){0,2}|\s\((?:the\s)?|,?\s(?:of|from|for)\s(?:the\s)?(?:\w+\s){0,2}|"
    r",\s(?:the\s)?(?:head|leader|chairman|chairwoman|chair|candidate|nominee|"
    r"representative)\s(?:of|for|from)\s(?:the\s)?(?:\w+\s){0,2}"
)


def seats(scene: Scene) -> Iterator[Found]:
    """`the party won 240 seats`, `61 seats for X`."""
    if not re.search(r"\b(?:seats?|mandates?)\b|-seat\b", scene.low) or is_poll(scene):
        return
    names = _joined(scene, [name for name in scene.names if _may_stand(scene, name)])
    figures = [n for n in scene.numbers if scene.open(n) and not n.percent and not _EARLIER.search(scene.before(n, 40))]
    had: dict[tuple[bool, int], bool] = {}
    listing = False
    for at, number in enumerate(figures):
        behind = re.match(
            r"\s(?:of (?:the )?(?:\d+\s)?)?(?:\w+\s){0,3}?(?:seats?|mandates?)\b", scene.after(number, 50)
        )
        if not behind and not (listing and re.match(r"\s?(?:,|;|\.|and\b|\)|$|for\b|to\b)", scene.after(number, 12))):
            continue
        if re.search(
            r"\b(?:majority of|majority|needed|required|total of|all|of the|contest(?:s|ed|ing)?|for|elect|fill|out of|"
            r"of)\s(?:the\s)?$",
            scene.before(number, 24),
        ):
            continue
        end = figures[at + 1].start if at + 1 < len(figures) else len(scene.text)
        start = figures[at - 1].end if at else 0
        figure = _Figure(number, votes=False)
        name = (
            _behind(scene, figure, names, end)
            or _seats_to(scene, number, names, end)
            or _ahead(scene, figure, names, start, had)
        )
        who = scene.course.names.full(name.text) if name else _meant(scene, figure, start)
        if name:
            had[False, name.start] = True
        if who:
            listing = True
            scene.take(number)
            yield Found(
                "seats", who, number.value, "shares/seats", "seats", number.qualifier, modality=_mood(scene, False)
            )


def _seats_to(scene: Scene, number: Number, names: list[Name], end: int) -> Name | None:
    for name in names:
        if number.end <= name.start < end and re.fullmatch(
            r"\s(?:seats\s)?(?:for|to|went to)\s(?:the\s)?(?:\w+\s){0,2}", scene.text[number.end : name.start]
        ):
            return name
    return None
