"""Who holds what office: `Secretary General of the CIS Sergey Lebedev`, `X, chairman of Y`, `X, who heads Y`.

An office is a noun phrase with a title at its head. It stands right before a name, or is set beside it by a comma,
a dash or a bracket; or a verb says that somebody heads a body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallyroom.reading.scene import Found, Scene
from tallyroom.reading.text.names import TITLE, Name, is_land

__all__ = ["roles"]

_HEAD = (
    rf"(?:{TITLE}|(?:[\w-]+\s)?[Bb]oss\b|[Cc]hief\b|PM\b|[Tt]aoiseach\b|[Oo]wner\b|[Ff]ounder\b|(?:political\s)?scientist\b|"
    r"[Cc]aptain\b)"
)
# What may stand between an office and the name.
_RANK = (
    r"(?:(?:[A-Z][a-z]{1,4}\.|Dr|Mr|Mrs|Ms|Sir|Dame|Lord|Lady|General|Colonel|Major|Captain|Admiral|Professor|Judge|"
    r"Justice|Ambassador|Archbishop|Bishop|Father|Sheikh|Alhaji|Hon)\s)?"
)
_OF_WHAT = r"(?:\s(?:of|for|on|in|at|to|and|from)\s[^,;.]{2,110})?"
_AFTER = re.compile(
    rf"^(?:\s\([^)]*\))?(?:\sof\s(?:the\s)?[A-Z][\w' -]{{2,40}})?(?:,\s|\s-\s|\s\()(?:the\s|an?\s|its\s|then\s)?"
    rf"(?P<office>(?:[\w'/-]+\s){{0,4}}?{_HEAD}(?:\s\([A-Z]{{2,8}}\))?(?:\sand\s(?:[\w'-]+\s){{0,3}}?{_HEAD})?"
    rf"{_OF_WHAT})(?=[,;.)]|$|\s-)"
)
_ONE_OF = re.compile(
    r"^,\s(?P<office>one\sof\s(?:the|its)\s(?:[\w-]+\s)?(?:leaders|heads|chairs|chairmen|co-chairs|founders|"
    r"spokes\w+)\sof\s[^,;.]{2,80})"
)
_LEADS = "heads|leads|chairs|headed|is heading|led|chaired|runs|presides over|directs|speaks for|spoke for"
_WHO_HEADS = re.compile(
    rf"^,\swho\s(?P<verb>{_LEADS})\s(?P<what>(?:(?:the|an?|its|his|her|this)\s|[a-z-]+'s\s|[A-Z])[^,;.]{{3,110}})"
)
_HEADS = re.compile(
    r"^(?:\s\([^)]*\))?,?(?:[^.;]{0,60}?,)?\s(?P<verb>heads|leads|chairs|headed|led|chaired)\s"
    r"(?P<what>(?:the|its|a|an)\s[^,;.]{3,90})"
)
_WHICH_LED = re.compile(r"^\s(?:heads|leads|chairs|headed|led|chaired)\b")
_WHICH = re.compile(
    r"\b(?P<what>[A-Za-z][^,;.]{0,50}(?:mission|delegation|team|group|observers)),\s(?:which|that|whom)\s[^,;.]{0,60}$"
)
_GROUP = re.compile(
    r"mission|delegation|commission|committee|party|organi|group|team|council|cent(?:er|re)|bureau", re.I
)
_HEADED_BY = re.compile(
    r"(?P<what>(?:[A-Z][\w'-]+\s){0,4}?(?:[Dd]elegation|[Mm]ission|[Tt]eam|[Oo]bservers|[Mm]onitors|[Cc]ommission|"
    r"[Gg]roup|Union|Community|Commonwealth|Organi[sz]ation|\([A-Z]{2,8}\))(?:\s[^,;.]{0,80}?)?),?\s(?:headed|led|"
    rf"chaired)\sby\s(?:[^,;.]{{0,120}}?,?\s)?{_RANK}$"
)
# `The deputy chair, Ada Bolan,`, `Mali's junta chief, Colonel Bolan,`, `its press chief, Ada Bolan`
_BESIDE = re.compile(
    rf"(?P<office>(?:[\w'./-]+\s){{0,5}}{_HEAD}(?:\s\([\w.]+\))?(?:\s(?:of|for|on|in|at)\s[^,]{{3,80}})?),\s{_RANK}$"
)
# Titles that stand before a name out of courtesy, and offices no longer held.
_BARE = re.compile(
    r"(?:(?:[Cc]urrent|[Pp]resent|[Ss]itting)\s)?(?:(?:[Dd]eputy|[Vv]ice)[- ])?(?:"
    r"[Pp]resident(?:-elect)?|[Hh]ead of state|[Ll]eader|[Hh]ead|[Cc]hair|[Cc]hief|[Mm]ember|)|[Jj]udge|"
    r"(?:[Oo]utgoing|[Ff]ormer|[Ee]x-|[Ll]ate)\b.*"
)
_HELD_ONCE = re.compile(r"(?:[Pp]resident$|[Hh]ead of state|[Ff]ormer|[Ee]x-|[Ll]ate)\b")
_NO_OFFICE = re.compile(
    r"(?:[Cc]andidates?|[Ee]lected|[Rr]e-elected|[Cc]hosen|[Dd]eclared|[Pp]roclaimed|and|whom?|which|that|he|she|it|"
    r"(?:the\s)?\w+\s(?:said|told))\b"
)
# `Secretary of State Ada Obi congratulated Ben Lund`: hers, not his.
_ANOTHER_ACTS = re.compile(r"\s[A-Z][\w'-]+\s(?!of\b|for\b)[a-z]+ed\b")
_FORMER = re.compile(r"\b(?:(?:incumbent|candidate|head of state)\s*|former\s(?:[A-Z]\w+\s)?[\w-]+\s)$", re.I)
_OF_BODY = re.compile(
    r"^\s(?:of|from|for)\s(?:the\s)?(?P<body>(?:[A-Z][\w'&/.-]*|of|the|for|and|"
    r"to)(?:\s(?:[A-Z][\w'&/.-]*|of|the|for|and|to|organi[sz]ation|delegation))*)\s(?:said|told|"
    r"says|presented|announced|noted|stated)\b"
)
# `says X of the association Y`
_SAYS = re.compile(r"\b(?:said|says|added|noted)\s$")
_AND_OF = re.compile(
    r"^\s(?:of|from)\s(?:the\s)?(?P<body>(?:[a-z]+\s){0,3}[A-Z][\w'&/.-]*(?:\s[A-Z][\w'&/.-]*)*)(?=[.,;]|$)"
)
_ITS = re.compile(
    r"\b[Ii]ts\s(?P<title>head|leader|chair\w*|president|director|secretary[ -]general|spokes\w+|expert|analyst|"
    r"member|representative),?\s$"
)
# Small words with which an office may begin: whose it is, or which of several.
_BODY = re.compile(
    r"(?:electoral|election|commission|opposition|ruling|party|government|foreign|policy|police|security|campaign|union|"
    r"mission|interim|acting|deputy|vice|junta|returning|press|regional|provincial|district|city|state|national|exile|"
    r"coalition|parliamentary|presidential|observer|[\w-]+'s)"
)
_LONGEST_OF = 9  # words
# What is no part of an office before its title.
_STOP = re.compile(
    r"(?:it|he|she|they|there|its|his|her|their|the|an?|and|or|but|by|of|with|to|in|on|at|from|for|as|when|while|that|"
    r"who|whom|which|said|says|told|is|was|are|were|be|has|had|have|met|after|before|than|under|between|against)",
    re.I,
)


def roles(scene: Scene) -> Iterator[Found]:
    """Each person's office, once for each in a document."""
    previous = 0
    for name in scene.names:
        if not name.person:
            continue
        for rule, office in _offices(scene, name, previous):
            office = _tidy(office)
            who = scene.course.names.full(name.text)
            key = (who, _core(office))
            bare = _BARE.fullmatch(office) and (rule != "beside" or _HELD_ONCE.match(office))
            if key in scene.course.roles or bare or (rule == "before" and _ANOTHER_ACTS.search(office)):
                continue
            scene.course.roles.add(key)
            yield Found("role", who, office, f"roles/{rule}")
        previous = name.end


def _tidy(office: str) -> str:
    office = re.sub(r"\s(?:Dr|Mr|Mrs|Ms|Prof)$", "", re.sub(r"\s+", " ", office).strip(" ,."))
    return re.sub(r"^(?:[Tt]he\s)?(?:[Ii]ncumbent|who (?:is|was)(?: the| an?)?)\s", "", office)


def _core(office: str) -> str:
    """What makes an office the same: its title."""
    match = re.search(_HEAD, office)
    return re.sub(r"\W+", " ", match[0].lower()) if match else office.lower()


def _offices(scene: Scene, name: Name, previous: int) -> Iterator[tuple[str, str]]:
    behind = scene.text[name.end :]
    yield from _behind(behind)
    before = scene.text[previous : name.start]
    if match := _HEADED_BY.search(before):
        what = re.sub(r"^The |\s(?:was|is|has been)$", "", match["what"])
        yield "headed-by", f"head of {what}"
    if _WHICH_LED.match(behind) and (match := _WHICH.search(before)):
        yield "headed-by", f"head of {match['what'].removeprefix('The ')}"
    if own := _ITS.search(before):
        bodies = [n.text for n in scene.names if n.end <= name.start and not n.person]
        body = bodies[0] if bodies else scene.course.body
        yield "its", f"{own['title']} of {body}" if body else own["title"]
    elif office := _title_before(scene.text[: name.start]):
        land = re.match(r"\sof\s(?:the\s)?(?P<land>[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)", behind)
        yield "before", f"{office} of {land['land']}" if land and " " not in office else office
    elif office := _beside(before, behind):
        yield "beside", office
    elif of_body := _OF_BODY.match(behind) or (_SAYS.search(before) and _AND_OF.match(behind)):
        yield "of", f"representative of {of_body['body']}"


def _behind(behind: str) -> Iterator[tuple[str, str]]:
    """The offices told behind a name: `X, chairman of Y`, `X, who heads Y`, `X heads Y`."""
    if match := _ONE_OF.match(behind):
        yield "one-of", match["office"]
    if (match := _AFTER.match(behind)) and not _NO_OFFICE.match(match["office"]):
        yield "after", match["office"]
    elif match := _WHO_HEADS.match(behind):
        yield "who-heads", f"{'spokesperson' if 'sp' in match['verb'][:2] else 'head'} of {match['what']}"
    elif (match := _HEADS.match(behind)) and _GROUP.search(match["what"]):
        yield "heads", f"head of {match['what']}"


def _beside(before: str, behind: str) -> str:
    """The office that a comma sets beside a name: `The chair of the commission, Ada Bolan, …`"""
    match = _BESIDE.search(before) if "," in before[-14:] and re.match(r"[,.;]|$|\s(?:on|in|at|to)\b", behind) else None
    return _from_the_left(match["office"]) if match else ""


def _from_the_left(office: str) -> str:
    """The words of an office that belong to it: up to its title, from a name, a body or what is its part."""
    head = re.search(_HEAD, office)
    words = office[: head.start()].split() if head else []
    first = max((n + 1 for n, word in enumerate(words) if _ends_phrase(word)), default=0)
    while first < len(words) and words[first].islower() and not _BODY.fullmatch(words[first]):
        first += 1
    return " ".join((*words[first:], office[head.start() :])) if head else ""


def _ends_phrase(word: str) -> bool:
    return _STOP.fullmatch(word) is not None or word[-1] in ',.:;"' or any(c.isdigit() for c in word)


def _title_before(before: str) -> str:
    """The office that ends right before a name: `Fianna Lakeside deputy leader`, `Belarusian exile leader`."""
    if _FORMER.search(before) or re.search(r"\b(?:for|of|on|and|to|in|the|with|by)\s$", before):
        return ""
    before = before[-160:]
    for match in re.finditer(rf"\b{_HEAD}", before):
        tail = before[match.end() :]
        if not re.fullmatch(rf"(?:\s(?:of|for|on|in|at|to)\s(?:the\s|its\s)?[^,;:\"]{{2,130}})?\s{_RANK}", tail):
            continue
        if re.search(
            r"\b(?:said|told|and|who|that|is|was|has|had|met|with|by|as|after)\b",
            re.sub(r"\s(?:and)\s(?=[A-Z])", " ", tail),
        ):
            continue
        if tail.count(" ") > _LONGEST_OF:
            continue
        if match[0][0].islower() and tail.strip() and not re.search(r"[A-Z]", tail):
            continue
        words = re.split(r"[,;:()\"]\s?|\s-\s", before[: match.start()])[-1].split()[-5:]
        found = _from_the_left(" ".join((*words, match[0] + tail))).strip()
        return "" if is_land(found) else found
    return ""
