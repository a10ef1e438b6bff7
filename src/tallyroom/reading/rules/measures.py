"""What figures of choices measure, and which of it a sentence speaks of."""

from __future__ import annotations

import re

from tallyroom.reading.scene import Scene
from tallyroom.reading.text.numbers import Number

__all__ = ["SEATS", "SEAT_UNIT", "SHARE", "TOOK_ALL", "VOTES", "can_be", "said_of", "words_of"]

SHARE, VOTES, SEATS = "percent", "votes", "seats"
SEAT_UNIT = (
    r"(?:seats?|mandates?|deputies|MPs|M[A-Z]{1,2}s|TDs|lawmakers|councill?ors|senators|slots|"
    r"members of parliament|MEPs|members(?=\)))"
)
# `won all the 18 seats of the north`
TOOK_ALL = re.compile(
    r"\b(?:w[io]ns?|winning|t[ao]kes?|taking|took|swept|sweep\w*|carried|captured|h[eo]lds?|got|gets?|kept|secured)\s"
    r"(?:all|each|every one)\s(?:of\s)?(?:the\s)?$"
)

_SEAT_WORDS = re.compile(r"\b(?:seats?|mandates?|deputies|mps|m[sl][pa]s|lawmakers|councillors|senators|chamber)\b")
_HOUSE_WORDS = re.compile(r"\b(?:parliament|assembly|council|senate|legislature)\b")
_VOTE_WORDS = re.compile(
    r"\bvotes?\b|\bvoting (?:was|figures)|\b(?:results?|tally|count|full result|the figures)(?: was| were)?:"
)
_SHARE_WORDS = re.compile(r"%|\bshare\b|\bper ?cent|\bpercentage|\bp\.c\.")
# `fielded 82 candidates, followed by the Greens with 73`: no votes, whatever was told before
_FIELDED = re.compile(r"\b(?:field(?:s|ed|ing)?|nominat\w+|put up|puts up)\s(?:\w+\s){0,3}candidates\b")


def words_of(scene: Scene) -> list[str]:
    """The measures that the sentence speaks of: `In seats: …`, `Voting was: …`; else what the one before told."""
    # A house alone says that several counts are seats, but not one.
    said = said_of(scene.low) if len(scene.numbers) > 1 else _told_by_noun(scene.low)
    course = scene.course
    goes_on = 1 <= scene.number - course.told_at <= 2 and not _FIELDED.search(scene.low)
    if goes_on and course.told not in said:
        said.append(course.told)
    return said


def said_of(low: str) -> list[str]:
    """The measures that some words speak of."""
    return _told_by_noun(low) or [SEATS] * bool(_HOUSE_WORDS.search(low))


def _told_by_noun(low: str) -> list[str]:
    words = ((SEATS, _SEAT_WORDS), (SHARE, _SHARE_WORDS), (VOTES, _VOTE_WORDS))
    return [measure for measure, pattern in words if pattern.search(low)]


def can_be(number: Number, measure: str) -> bool:
    """Whether a number may be a share, a count of votes or of seats: by its size and whether it is whole."""
    whole = number.value == number.value.to_integral_value()
    if measure == SHARE:
        return number.value <= 100 and not (number.spelt and number.value < 10)
    return whole and (number.value < 1000 if measure == SEATS else number.value >= 20)
