"""How many stand: candidates and parties on the ballot."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallyroom.reading.rules.verbs import bare, is_whole, stands
from tallyroom.reading.scene import Found, Scene

__all__ = ["candidates_registered"]

_STANDING = re.compile(
    r"\b(?:(?:stand(?:ing)?|stood) (?:for|in)|candidates?|candidac(?:y|ies)|candidatures|contenders?|nominat\w+|"
    r"presidency|on the ballot|running|"
    r"run for|stand for|stood for|hopefuls?|aspirants?|contestants?|parties|lists|vying|applicants?|movements|"
    r"alliances|compet\w+)\b"
)
_NUMBER_OF = re.compile(r"\bnumber of (?:\w+ ){0,4}?(?:candidates|contenders|candidacies|parties)\b[^.;\d]{0,60}$")
_PEOPLE = re.compile(
    r"\b(?:nominated|approved as|registered as|confirmed as|seek|vying|competing|running|run for|in "
    r"the running|applied|(?:picked|filed|submitted|collected|obtained)\b.{0,30}\bnomination|put forward|"
    r"candidacy of|on the ballot)\b"
)


def candidates_registered(scene: Scene) -> Iterator[Found]:
    """`seven candidates run`, `17 people have been nominated`, `the number of registered candidates is 7`."""
    if not _STANDING.search(scene.low):
        return
    for number in scene.numbers:
        if number.percent or not scene.open(number) or number.value < 1 or number.value > 50_000:
            continue
        noun, words, end = scene.noun_at(number)
        before = scene.before(number, 90).lower()
        counted = (
            noun in ("candidates", "parties")
            and not _legal(scene, number.start)
            and not (number.value < 3 and re.search(r"\b(?:the|top|leading|main|both|between)\s(?:\w+\s)?$", before))
        )
        if before.endswith((" number ", "same ", "in favour of the ")) or (number.value < 4 and _LARGEST.search(words)):
            continue
        if _ON_AVERAGE.search(before):
            continue
        if number.value == 1 and re.match(r"\s(?:out )?of\b", scene.after(number)):
            continue
        applied = re.match(
            r"\s(?:\w+\s)?(?:that|who) (?:had )?(?:applied|filed|submitted|"
            r"picked)\b",
            scene.after(number),
        )
        if words.startswith(("representing", "more than")):
            continue
        if re.search(r"\b(?:none|any|each|all) of (?:the )?(?:\w+ )?$", before) or re.search(
            r"\bmain (?:opposition )?parties|of genuine|leading", words
        ):
            continue
        people = (
            noun == "persons"
            and _PEOPLE.search(scene.low)
            and re.search(r"candida|presiden|nominat|\bposts?\b|\boffice\b|mayor|leadership|seats?\b", scene.low)
        )
        number_of = _NUMBER_OF.search(before)
        if noun == "parties" and (_SCORED.match(scene.text[end:]) or _MADE_OF.search(before)):
            continue
        if (_DO_NOT_STAND.match(scene.text[end:]) and not is_whole(scene, number)) or _TAKEN_OUT.search(before):
            continue
        if re.match(
            r"\s(?:all\s)?(?:failed|lost|withdrew|(?:were|was|had been|have been) (?:rejected|refused|"
            r"disqualified))\b",
            scene.text[end:],
        ):
            continue
        of_them = re.match(r"\sof (?:them|these|those)\b", scene.after(number)) and re.search(
            r"\b(?:nominated|put forward|fielded)\s$", before
        )
        others = (
            of_them
            or applied
            or (
                noun == ""
                and re.match(
                    r"\s(?:more\s|other\s|of (?:them|these|those|whom)\s)?(?:have been\s|were\s|are\s|"
                    r"had been\s)?(?:registered|nominated)\b",
                    scene.after(number),
                )
                and "candida" in scene.low
            )
        )
        stand = (
            number.value > 1 and (noun == "persons" or (noun == "" and bare(scene, number))) and stands(scene, number)
        )
        if counted or people or number_of or others or stand:
            scene.take(number)
            step = re.search(
                r"\b(nominated|approved|more|registered|other|took part|running|accepted)\b",
                f"{words.lower()} {scene.text[end : end + 60].lower()}",
            )
            subject = "parties" if noun == "parties" else f"{step[1]} candidates" if step else "candidates"
            yield Found(
                "candidates_registered",
                subject,
                number.value,
                "candidates/number",
                "parties" if noun == "parties" else "candidates",
                number.qualifier,
            )


# A coalition of so many parties; `on average 52 candidates`.
_MADE_OF = re.compile(r"\b(?:made up|consist\w*|composed|comprising|alliance|coalition|bloc) of (?:the )?$")
_ON_AVERAGE = re.compile(r"\bon average,?\s(?:\w+\s)?$")
# What parties have won, which they may have without standing now.
_SCORED = re.compile(
    r"[^.;\d]{0,30}?\s(?:shared|lie|lay|entered|enter|won|neck|(?:are|were|is|was)\s(?:over|"
    r"above|past|below|under|represented|elected))\b"
)
_LARGEST = re.compile(r"\b(?:largest|biggest|smaller|strongest|leading|top|other|more)\b")
# Those who stay away, or of whom another thing is told than that they stand.
_DO_NOT_STAND = re.compile(
    r"[^.;\d]{0,30}?\s(?:(?:had |have |has |are |were |is |was )?(?:been )?(?:given up|gave up|withdr[ae]wn?|"
    r"boycott\w*|"
    r"stay(?:ed|ing)? away|passed|crossed|shot|killed|arrested|detained|banned|jailed|attacked|murdered|"
    r"shunn?(?:ed|ing)|"
    r"abducted|tied)|shares?\b|did not|do not|were shown|are unlikely|in a (?:technical )?tie)\b"
)
_TAKEN_OUT = re.compile(
    r"\b(?:refused to register|rejected|disqualified|deregistered|turned down|arrested|detained|killed|"
    r"attacked)\s(?:\w+\s)?$|"
    r"\b(?:withdrew|withdrawn|withdraw|pulling|pulled|recalled)\s(?:its|their|all|the)\s$|"
    r"\bnominated by\s(?:\w+\s)?$|\b(?:observers|monitors|agents) (?:of|from)\s$"
)


def _legal(scene: Scene, at: int) -> bool:
    return bool(re.search(r"\b(?:papers|signatures|requests|sheets) of\s$", scene.text[:at].lower())) or bool(
        re.search(r"\bper (?:candidate|party)\b", scene.low)
    )
