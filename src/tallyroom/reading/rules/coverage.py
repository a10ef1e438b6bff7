"""What territory a vote covers, and what happens for the first time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallyroom.reading.rules.registers import place_of
from tallyroom.reading.scene import Found, Scene

__all__ = ["coverage"]

_WHOLE = re.compile(
    r"\b(?:(?:cover(?:s|ed|ing)?|took in|held (?:in|on|across|throughout)|includ\w+|all over|across|"
    r"throughout|took place (?:in|on|across)|organi[sz]ed (?:in|"
    r"on))\s(?:\w+\s){0,3}?(?:the\s)?(?:entire|whole|all)(?:\sof)?(?:\s(?:its|the|"
    r"\w+'s))?\s(?:\w+\s){0,3}?(?:territor\w+|country|regions?|counties|provinces|districts|nation)"
    r"|(?:on|in|across|over|throughout) the (?:entire|whole) (?:\w+ ){0,2}territor(?:y|ies)"
    r"|covered all of|took in the whole country|entire territory|whole territory|throughout the "
    r"(?:entire |whole )territory|all of its [\w\s]{0,40}territory)\b"
)
_FIRST = re.compile(r"\b(?:for the first time|first (?:election|vote|time|ever)|was the first held|first held)\b")
_LAND = re.compile(
    r"\b(?:territor(?:y|ies)|lands?|regions?|areas?|district|province|country|karabakh|abroad|"
    r"diaspora|overseas|islands?|soil|parts of|provinces|polling stations opened)\b"
)


def coverage(scene: Scene) -> Iterator[Found]:
    """One claim for a sentence that says what territory the vote takes in."""
    whole, first = _WHOLE.search(scene.low), _FIRST.search(scene.low)
    if not (whole or first) or not re.search(
        r"\b(?:elections?|vot(?:e|ing)|polls?|polling|ballot|it was)\b", scene.low
    ):
        return
    if whole or (first and _LAND.search(scene.low)):
        words = " ".join(m[0] for m in (whole, first) if m)
        yield Found("coverage", scene.course.election or "election", words, "coverage/territory", place=place_of(scene))
