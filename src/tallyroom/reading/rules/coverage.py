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
_ALL_OF = re.compile(r"entire|whole|\ball\b|throughout the terr")  # what one of these forms has
_FIRST = re.compile(r"\b(?:for the first time|first (?:election|vote|time|ever)|was the first held|first held)\b")
_LAND = re.compile(
    r"\b(?:territor(?:y|ies)|lands?|regions?|areas?|district|province|country|karabakh|abroad|"
    r"diaspora|overseas|islands?|soil|parts of|provinces|polling stations opened)\b"
)


# `every one of the 19 provinces takes part`
_EVERY = re.compile(
    r"\b(?:every|all)\s(?:one\s)?(?:of\s)?(?:the\s|its\s)?(?:[\w-]+\s){0,2}(?:provinces?|districts?|"
    r"regions?|counties|county|islands?|states|departments)\b(?<!member states)"
)
_TAKES_IN = re.compile(
    r"\b(?:held|h[oa]ld|take part|taking part|takes part|took part|took place|takes? place|"
    r"embrac\w+|cover\w*|vot(?:e|ed|es|ing)|balloting)\b"
)
# `residents of Arda vote for the first time`
_THEIR_FIRST = re.compile(
    r"\b(?:residents|citizens|people|inhabitants|voters|those|villages|settlements|expatriates|"
    r"displaced)\b[^.;]{0,60}\b(?:of|in|from|abroad|living|overseas)\b"
)
_FIRST_TIME = re.compile(r"\bfor the (?:very )?first time\b|\bnever (?:before|voted)\b|\bhave never\b")
# `no voting in Arda`, `confined to 102 of 330 townships`, `left Arda out`
_LEFT_OUT = re.compile(
    r"\b(?:(?:confined|limited|restricted)\sto\b|(?:will|would|could)\snot\svote\b|(?:will|would|does|do|did|"
    r"could)\snot\s(?:be\sheld|take\splace|take\sin|cover)\b|"
    r"no\s(?:voting|vote|polls?|election)\s(?:is|was|will\sbe|takes?|took)?\s?(?:held|place)?\s?(?:in|on)\b|"
    r"(?:left|leaves|leave|are|is)\s(?:[\w,]+\s){0,6}?out(?:\sof|\.|$)|excepted\b|excluded\sfrom)"
)
_A_PLACE = re.compile(
    r"\b(?:townships?|provinces?|districts?|regions?|areas|territor\w+|capital|counties|islands?)\b|(?:in|left|"
    r"leaves|leave)\s[A-Z]|^[A-Z]\w+\s(?:would|will|is)\b|"
    r"\bthat\s[A-Z]\w+\s(?:would|will)\b"
)


def coverage(scene: Scene) -> Iterator[Found]:
    """One claim for a sentence that says what territory the vote takes in, or leaves out."""
    if not _OF_A_VOTE.search(scene.low):
        return
    low = scene.low
    whole = _WHOLE.search(low) if _ALL_OF.search(low) else None
    first = _FIRST.search(low) if "first" in low else None
    every = _EVERY.search(scene.low) if _TAKES_IN.search(scene.low) and not scene.taken else None
    theirs = _FIRST_TIME.search(low)
    theirs = theirs if theirs and _THEIR_FIRST.search(low) else None
    out = _LEFT_OUT.search(low)
    out = out if out and _A_PLACE.search(scene.text) else None
    land = first if first and _LAND.search(scene.low) else None
    told = [m[0] for m in (whole, land, every, theirs, out) if m]
    if told:
        words = " ".join(told)
        yield Found("coverage", scene.course.election or "election", words, "coverage/territory", place=place_of(scene))


_OF_A_VOTE = re.compile(r"\b(?:elections?|vot(?:e|es|ed|ing)|polls?|polling|ballot|balloting|it was|committee)\b")
