"""Who watches: observers and whom they represent, stations they visited, media, cameras."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallyroom.reading.rules.verbs import bare, whole_of
from tallyroom.reading.scene import Found, Scene
from tallyroom.reading.text.numbers import Number

__all__ = ["observers"]

_OBSERVING = re.compile(
    r"\b(?:observ(?:e|es|ed|ing|ers?|ations?)|monitor(?:s|ed|ing)?|delegations?|missions?|"
    r"watch(?:ed)? by|watch(?:ed|ing)? (?:the )?(?:vote|voting|elections?|polls?))\b"
)
_VISITED = re.compile(
    r"\b(?:visit(?:ed|s|ing)?|observed|monitored|watched|followed|was at|watch|observe|observing|went to|"
    r"observers at|opening "
    r"of|present at|been to|were at)\b"
)
_IT_VISITED = re.compile(
    r"\b(?:it|they|he|she|(?:the|its|their) (?:mission|delegation|team|group|observers|members)) (?:also |had |"
    r"has |have )?"
    r"(?:visited|observed|monitored|went to|covered|followed)\b"
)
_SORT = re.compile(
    r"\b(international|foreign|domestic|local|national|long-term|short-term|independent|party|citizen|accredited)\b"
)
_WHOSE = re.compile(
    r"\bobservers\sof\s(?:the\s)?(?P<of>[A-Z]\w*(?:\s[A-Z]\w*)*)|\b(?:mission|team|"
    r"delegation)\sof\s(?:the\s)?[A-Z][^,;.()]{3,70}?\((?P<body>[A-Z]{2,8})\)|"
    r"\b(?P<team>[A-Z]{2,8})(?:\s(?:observer|observation))?\s"
    r"(?:mission|team|delegation|observers)\b"
)
_CAMERAS = re.compile(
    r"\b(?:cctv|live feeds?|video monitoring|web\s?cam(?:era)?s?|(?:web |video |surveillance |cctv )?cameras?|"
    r"video surveillance|webcams?)\b"
)
_MEDIA = re.compile(r"\b(?:media|press|journalists?|reporters|correspondents|outlets?|news organi[sz]ations)\b")


def observers(scene: Scene) -> Iterator[Found]:
    """`790 international observers`, `148 representatives`, `8 international organizations`, `216 journalists`."""
    yield from _cameras(scene)
    yield from _media(scene)
    earlier = scene.number - scene.course.observers_at <= 1
    watching = bool(_OBSERVING.search(scene.low))
    if not watching and _MEDIA.search(scene.low):
        return
    followed = scene.number - scene.course.watching_at == 1 and _VISITED.search(scene.low) is not None
    followed = followed or (scene.number - scene.course.watching_at <= 3 and _IT_VISITED.search(scene.low) is not None)
    if watching:
        scene.course.watching_at = scene.number
    if not (watching or earlier or followed):
        return
    told = False
    for number in scene.numbers:
        if number.percent or not scene.open(number):
            continue
        found = _observers(scene, number, told, earlier or followed, watching)
        if found is not None:
            scene.take(number)
            told = True
            yield found
    if told:
        scene.course.observers_at = scene.number


_WILL_WATCH = re.compile(
    r"[^.;\d]{0,60}?\s(?:observ(?:e|ed|ing)|watch(?:ed|ing)?|monitor(?:ed|ing)?|follow(?:ed|ing)?)\s(?:the|a|"
    r"voting|polling)\b|"
    r"[^.;\d]{0,20}?\sat (?:the )?(?:polling stations|polls)\b"
)
# `324 are deployed by the Ardan Union`, `38 are parliamentarians from the Assembly`, `219 of them from the OSCE`
_FROM_BODY = re.compile(
    r"\s(?:of\s(?:them|whom|these|those)\s)?(?:(?:are|were|come|came)\s)?"
    r"(?:(?:parliamentarians|members|experts|staff|observers)\s(?:and\s(?:staff|experts)\s)?)?"
    r"(?:deployed\s|sent\s)?(?:from|of|by)\s(?:the\s)?([A-Z][\w/]*(?:\s[A-Z]\w*)?)"
)
# `while the Union sent 90`, `the countries of the south with 7`
_MORE = re.compile(r"(?:\b(?:sent|deployed|fielded)|[A-Z]\w+\swith)\s(?:(?:about|some|around|over)\s)?$")
_AND_AT = re.compile(r"\band (?:to|at|(?:the )?\w+ at) $")
_OUT_OF = re.compile(r"\s(?:out )?of (?:the |all |a total of )?")
_ONES = re.compile(r"\s(international|foreign|domestic|local|national)(?:\sones\b|(?=[.;]|$))")
# `About 400 of them are from 50 countries, 500 from 21 organizations`
_OF_THEM = re.compile(r"(?:\sof (?:them|these|those)\s(?:are|were|come))?\sfrom\s\d")


def _observers(scene: Scene, number: Number, told: bool, earlier: bool, watching: bool) -> Found | None:
    noun, words, end = scene.noun_at(number)
    before = scene.before(number, 70).lower()
    if re.search(
        r"\b(?:each|every|"
        r"per)\b",
        scene.text[end : end + 24].lower(),
    ) or re.search(r"(?<!\bin )\ball\s$", before):
        return None

    def found(subject: str, unit: str) -> Found:
        return Found(
            "observers", subject, number.value, "observers/" + unit, unit, number.qualifier, place=scene.course.country
        )

    whole = next((n for n in scene.numbers if n.start > number.end), None)
    if noun == "" and whole and _OUT_OF.fullmatch(scene.text[number.end : whole.start]):
        visited = scene.noun(whole) == "stations" and watching and _VISITED.search(before)
        scene.take(*([whole] if visited else []))
        return found("polling stations visited", "stations") if visited else None
    sort = _SORT.search(words.lower())
    whose = _WHOSE.search(scene.text)
    of = f" of the {whose['of'] or whose['body'] or whose['team']}" if whose else ""
    if (told or earlier) and re.match(r"\srepresent(?:s|ed)?\b", scene.after(number)):
        return found("observers by whom they represent", "persons")
    if noun == "observers" and re.search(r"\b(?:send|sent|sends|sending|deployed|fielded)\s(?:[\w ]{0,20})$", before):
        return found("observers sent by one organisation" + of, "persons")
    if (told or earlier) and noun == "" and (body := _FROM_BODY.match(scene.after(number))):
        return found(f"observers from {body[1]}", "persons")
    if told and noun == "" and _MORE.search(scene.before(number)) and not re.match(r"\s[a-z]+s\b", scene.after(number)):
        return found("observers sent by another organisation", "persons")
    if told and noun == "" and (ones := _ONES.match(scene.after(number))):
        return found(f"{ones[1]} observers", "persons")
    if told and noun == "" and _AND_AT.search(before) and re.match(r"\sin\b|[.,;]", scene.after(number)):
        return found("polling stations visited", "stations")
    if (told or earlier) and noun == "" and _OF_THEM.match(scene.after(number)):
        return found("observers from abroad", "persons")
    if noun == "observers":
        return found(" ".join(filter(None, (sort and sort[1], "observers"))) + of, "persons")
    if noun == "" and re.match(r"-(?:member|person|strong)\b", scene.after(number)):
        return found("observers" + of, "persons")
    if noun == "representatives" and _WILL_WATCH.match(scene.low, end):
        return found("observers" + of, "persons")
    if noun in ("representatives", "persons") and re.search(
        r"\b(?:observers|sent|send|sends|sending|delegation|mission|team|observation|observer group|"
        r"consists? of|deployed|"
        r"deploy|had)\b",
        scene.low,
    ):
        return (
            found("representatives", "persons")
            if not re.search(r"\bvot(?:ed|ers)\b", scene.text[end : end + 20])
            else None
        )
    if noun in ("organisations", "countries") and (
        told
        or earlier
        or re.match(r"\s(?:are |will |have been |were |is )?(?:observ\w+|monitor\w+|accredited)", scene.text[end:])
        or re.search(r"\b(?:from|of|represent\w*|accredited)\b", before + words)
    ):
        if noun == "countries" and not re.search(r"\b(?:from|represent\w*|and|of|,)\s(?:[a-z]+\s){0,3}$", before):
            return None
        return found(f"{noun} observing", noun.replace("organisations", "organizations"))
    if (
        noun == "stations"
        and (
            watching
            or (earlier and re.match(r"(?:They|It|The (?:mission|delegation|team|group)|Observers|In )", scene.text))
        )
        and (_VISITED.search(before) or _VISITED.search(scene.text[end : end + 40].lower()))
    ):
        return found("polling stations visited", "stations")
    if re.match(
        r"(?:\sof (?:them|these|those))?\s(?:are|were|being)\s(?:from\s)?(?:international|foreign|"
        r"domestic|local|foreigners|long-term|short-term)\b",
        scene.after(number),
    ):
        if term := re.search(r"(?:long|short)-term", scene.after(number, 30)):
            return found(f"{term[0]} observers", "persons")
        return found(
            "international observers"
            if re.search("international|foreign", scene.after(number, 40))
            else "domestic observers",
            "persons",
        )
    if re.search(
        r"\b(?:number|total) of (?:[\w-]+\s){0,4}observers?\b[^.;\d]{0,70}$", scene.before(number, 120).lower()
    ):
        return found("observers", "persons")
    return None


def _media(scene: Scene) -> Iterator[Found]:
    if not _MEDIA.search(scene.low):
        return
    told = False
    for number in scene.numbers:
        if number.percent or not scene.open(number) or (number.spelt and number.value < 2):
            continue
        noun, words, end = scene.noun_at(number)
        cards = _PRESS_CARDS.match(scene.low, number.end) is not None
        of_media = cards or (
            noun == "representatives"
            and re.search(r"\bmedia|journalis|outlets?|press\b", scene.text[end : end + 60].lower())
        )
        if re.match(r"\s(?:\w+\s)?(?:observed|monitored|observe|monitor)\b", scene.text[end:]):
            continue
        if noun == "media" or of_media or (told and noun == "organisations") or (told and noun == "countries"):
            told = True
            scene.take(number)
            persons = of_media or re.search(r"journalist|reporter|correspondent|representative|workers", words.lower())
            unit = "persons" if persons else noun if noun == "countries" else "organizations"
            yield Found(
                "media_accredited", words.strip() or "media", number.value, "observers/media", unit, number.qualifier
            )


_SITES = re.compile(
    r"\s(?:[a-z-]+\s){0,2}?(?:cent(?:re|er)s|sites|places|locations|rooms|schools|premises|"
    r"devices|feeds|of)\b"
)


def _may_have_cameras(scene: Scene, number: Number) -> bool:
    """Whether a number of a sentence on cameras counts them or where they are: `1,000 precincts`."""
    noun, whole = scene.noun(number), whole_of(scene, number)
    if "districts" in (noun, scene.noun(whole) if whole else ""):
        return False
    return (
        number.percent
        or noun in ("stations", "cameras")
        or bare(scene, number)
        or bool(_SITES.match(scene.low, number.end))
    )


_PRESS_CARDS = re.compile(r"\s(?:press |media )?(?:accreditations|press cards|permits)\b")


def _cameras(scene: Scene) -> Iterator[Found]:
    """Stations with cameras, in stations or percent; `1,000 of 6,319 stations` gives how many there are."""
    if not _CAMERAS.search(scene.low):
        return
    words = _CAMERAS.search(scene.low)
    for number in (*scene.fractions, *scene.numbers):
        if not scene.open(number) or not _may_have_cameras(scene, number):
            continue
        between = scene.low[min(number.end, words.end()) : max(number.start, words.start())] if words else ""
        if re.search(r",\s(?:and|while|but)\s|;", between):
            continue
        after = scene.after(number, 60)
        share_of_cameras = number.percent and re.match(r"\sof (?:the )?cameras", after)
        whole = (
            re.search(r"\b(?:of|out of|of the country's)\s(?:the\s|all\s|\w+'s\s)*$", scene.before(number, 30))
            and not number.percent
        )
        watched = re.match(r"\s(?:[a-z]+\s){0,2}?(?:viewers|users|views|regions|points|cities|provinces)\b", after)
        if share_of_cameras or watched:
            continue
        scene.take(number)
        if whole and scene.noun(number) == "stations":
            yield Found(
                "polling_stations",
                "polling stations",
                number.value,
                "observers/stations-of",
                "stations",
                number.qualifier,
            )
        else:
            unit = "percent" if number.percent else "stations" if "station" in after else "cameras"
            yield Found("webcams", "stations with cameras", number.value, "observers/cameras", unit, number.qualifier)
