"""Who holds what office: `Secretary General of the CIS Sergey Lebedev`, `X, chairman of Y`, `X, who heads Y`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallyroom.reading.names import TITLE, Name, is_land
from tallyroom.reading.scene import Found, Scene

__all__ = ["roles"]

_AFTER = re.compile(
    rf"^(?:\s\([^)]*\))?(?:\sof\s(?:the\s)?[A-Z][\w' -]{{2,40}})?,\s(?:the\s|a\s|an\s|"
    rf"its\s)?(?P<office>(?:[\w'/-]+\s){{0,4}}?{TITLE}(?:\s\([A-Z]{{2,8}}\))?(?:\sand\s(?:[\w'-]+\s){{0,3}}?{TITLE})?(?:\s(?:of|"
    rf"for|on|in|at|to|and)\s[^,;.]{{2,110}})?)(?=[,;.)]|$|\s-)"
)
_ONE_OF = re.compile(
    r"^,\s(?P<office>one\sof\s(?:the|its)\s(?:[\w-]+\s)?(?:leaders|heads|chairs|chairmen|co-chairs|founders|"
    r"spokes\w+)\s"
    r"of\s[^,;.]{2,80})"
)
_WHO_HEADS = re.compile(r"^,\swho\s(?P<verb>heads|leads|chairs|headed|is heading)\s(?P<what>[^,;.]{3,110})")
_HEADS = re.compile(
    r"^(?:\s\([^)]*\))?,?(?:[^.;]{0,60}?,)?\s(?P<verb>heads|leads|chairs|headed|"
    r"led)\s(?P<what>(?:the|its|a|an)\s[^,;.]{3,90})"
)
_HEADED_BY = re.compile(
    r"(?P<what>(?:[A-Z][\w'-]+\s){0,4}?(?:[Dd]elegation|[Mm]ission|[Tt]eam|[Oo]bservers|[Mm]onitors|[Cc]ommission|"
    r"[Gg]roup|Union|Community|Commonwealth|Organi[sz]ation|\([A-Z]{2,8}\))(?:\s[^,;.]{0,80}?)?),?\s(?:headed|led|"
    r"chaired)\sby\s(?:[^,;.]{0,120}?,?\s)?$"
)
_FORMER = re.compile(r"\b(?:incumbent|candidate|head of state)\s*$", re.I)


# Titles that stand before a name out of courtesy, and offices no longer held.
_BARE = re.compile(
    r"(?:(?:[Dd]eputy|[Vv]ice)[- ])?(?:[Pp]resident(?:-elect)?|[Ll]eader|[Hh]ead|[Cc]hair|[Mm]ember|)|[Jj]udge|"
    r"[Oo]utgoing\b.*|(?:[Ff]ormer|"
    r"[Ee]x-|[Ll]ate)\b.*"
)
_OF_BODY = re.compile(
    r"^\s(?:of|from|for)\s(?:the\s)?(?P<body>(?:[A-Z][\w'&/.-]*|of|the|for|and|"
    r"to)(?:\s(?:[A-Z][\w'&/.-]*|of|the|for|and|to|organi[sz]ation|delegation))*)\s(?:said|told|"
    r"says|presented|announced|noted|stated)\b"
)


# `says X of the association Y`
_SAYS = re.compile(r"\b(?:said|says|added|noted)\s$")
_AND_OF = re.compile(
    r"^\s(?:of|from)\s(?:the\s)?(?P<body>(?:[a-z]+\s)?[A-Z][\w'&/.-]*(?:\s[A-Z][\w'&/.-]*)*)(?=[.,;]|$)"
)


def roles(scene: Scene) -> Iterator[Found]:
    """Each person's office, once for each in a document."""
    previous = 0
    for name in scene.names:
        if not name.person:
            continue
        for rule, office in _offices(scene, name, previous):
            office = re.sub(
                r"^(?:[Ii]ncumbent|who (?:is|was)(?: the|"
                r" an?)?)\s",
                "",
                re.sub(r"\s(?:Dr|Mr|Mrs|Ms|Prof)$", "", re.sub(r"\s+", " ", office).strip(" ,.")),
            )
            who = scene.course.names.full(name.text)
            key = (who, _core(office))
            if key in scene.course.roles or _BARE.fullmatch(office):
                continue
            scene.course.roles.add(key)
            yield Found("role", who, office, f"roles/{rule}")
        previous = name.end


def _core(office: str) -> str:
    """What makes an office the same: its title."""
    match = re.search(TITLE, office)
    return re.sub(r"\W+", " ", match[0].lower()) if match else office.lower()


def _offices(scene: Scene, name: Name, previous: int) -> Iterator[tuple[str, str]]:
    behind = scene.text[name.end :]
    if match := _ONE_OF.match(behind):
        yield "one-of", match["office"]
    if (match := _AFTER.match(behind)) and not re.match(
        r"(?:the\s)?\w+\s(?:said|told)|(?:and|whom?|which)\b", match["office"]
    ):
        yield "after", match["office"]
    elif match := _WHO_HEADS.match(behind):
        yield "who-heads", f"head of {match['what']}"
    elif (match := _HEADS.match(behind)) and re.search(
        r"mission|delegation|commission|committee|party|organi|group|team|council|cent(?:er|re)", match["what"], re.I
    ):
        yield "heads", f"head of {match['what']}"
    before = scene.text[previous : name.start]
    if behind.startswith(",") and (
        match := re.search(
            rf"((?:[A-Z][\w'-]*\s)*{TITLE}(?:\sof\s[^,]{{3,80}})?),\s(?:[A-Z][a-z]{{1,4}}\.\s)?$", before
        )
    ):
        yield "before", match[1].removeprefix("The ")
    if match := _HEADED_BY.search(before):
        what = re.sub(r"^The |\s(?:was|is|has been)$", "", match["what"])
        yield "headed-by", f"head of {what}"
    if own := re.search(
        r"\b[Ii]ts\s(?P<title>head|leader|chair\w*|president|director|secretary[ -]general|spokes\w+|expert|analyst|"
        r"member|representative),?\s$",
        before,
    ):
        bodies = [n.text for n in scene.names if n.end <= name.start and not n.person]
        body = bodies[0] if bodies else scene.course.body
        yield "its", f"{own['title']} of {body}" if body else own["title"]
    elif office := _title_before(before):
        land = re.match(r"\sof\s(?:the\s)?(?P<land>[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)", behind)
        yield "before", f"{office} of {land['land']}" if land and " " not in office else office
    elif of_body := _OF_BODY.match(behind) or (_SAYS.search(before) and _AND_OF.match(behind)):
        yield "of", f"representative of {of_body['body']}"


def _title_before(before: str) -> str:
    """The office that ends right before a name."""
    if (
        _FORMER.search(before)
        or re.search(r"\bformer\s(?:[A-Z]\w+\s)?[\w-]+\s$", before)
        or re.search(
            r"\b(?:for|of|"
            r"on|and|to|in|the|with|by)\s$",
            before,
        )
    ):
        return ""
    best = ""
    for match in re.finditer(rf"\b{TITLE}", before):
        tail = before[match.end() :]
        if not re.fullmatch(r"(?:\s(?:of|for|on|in|at|to)\s(?:the\s|its\s)?[^,;:\"]{2,130})?\s", tail):
            continue
        if re.search(
            r"\b(?:said|told|and|who|that|is|was|has|had|met|with|by|as|after)\b",
            re.sub(r"\s(?:and)\s(?=[A-Z])", " ", tail),
        ):
            continue
        if match[0][0].islower() and tail.strip() and not re.search(r"[A-Z]", tail):
            continue
        lead = re.search(
            r"((?:[A-Z][\w'/.-]*\s)*(?:\b(?:(?:electoral\s|election\s)?commission|opposition|ruling|party|government|"
            r"foreign policy|police|security|"
            r"election|electoral|campaign|union|"
            r"mission)\s)?)$",
            before[: match.start()],
        )
        words = [
            w
            for w in (lead[1].split() if lead else [])
            if w.lower() not in ("the", "a", "on", "in", "by", "and", "but", "as", "when", "while")
        ]
        best = " ".join((*words, match[0] + tail)).strip()
        break
    if best and is_land(best):
        return ""
    return best
