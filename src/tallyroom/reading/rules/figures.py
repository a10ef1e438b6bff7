"""Which numbers of a sentence are shares, votes and seats: by unit, by noun, else as their neighbours are.

`X got 48.3 percent, ahead of Y on 39.07`: the second is a share as the first is. A number without a unit of its
own counts only where a name stands right beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from tallyroom.reading.rules.choices import choices
from tallyroom.reading.rules.gaps import OPENS, in_aside, stands_by
from tallyroom.reading.rules.measures import SEAT_UNIT, SEATS, SHARE, TOOK_ALL, VOTES, can_be, words_of
from tallyroom.reading.scene import Scene
from tallyroom.reading.text.names import Name
from tallyroom.reading.text.numbers import Number

__all__ = ["Figure", "figures_of"]


@dataclass(frozen=True)
class Figure:
    """A share, a count of votes or of seats that no other rule has read. bare: without a unit of its own."""

    number: Number
    measure: str
    bare: bool = False


# `58 percent of the cards`: of anything but votes and those who cast them.
_OF_OTHERS = re.compile(
    r"\sof\s(?!(?:(?:the|all|its|their|his|her|those|these|a|total|both|[\w-]*(?:st|nd|rd|th)|first|second)\s)*"
    r"(?:[\w-]+\s){0,2}?(?:votes?|ballots?|vote-share|polls?|preferences?|electorate|voters|count|total|cast|respondents|"
    r"support|them|participants|electors|people|polled|those|[Rr]ound|list)\b|(?:the\s)?[A-Z]|favou?r\b|second\b|first\b|"
    r"it\b)|"
    r"\sturnout\b|\s(?:wo)?men\b|\s(?:counted|reporting|processed|tallied|in\b(?=[,.])|transmitted)|\s(?:of|in)\s(?:the\s)?(?:\w+\s)?"
    r"(?:respondents|turnout|registered|eligible)\b"
)
_OF_WHICH = re.compile(r"\bof (?:which|whom)\s(?:\w+\s)?$")
# Papers, not votes.
_HANDED_OUT = re.compile(
    r"\b(?:sent|printed|printing|deliver\w+|distribut\w+|given|gave|issued|ordered|supplied|shipped|added|mailed|"
    r"prepared|requested)\b"
)
_VOTED_FOR = re.compile(
    r"\s\w+\s(?:who\s)?(?:have\s|had\s)?(?:voted|cast (?:their )?(?:ballots|votes)) for\s"
    r"(?:(?:the\s)?[A-Z]|him\b|her\b|them\b)"
)
# `A (7.9 per cent) and B (6.6) had the biggest increases`: how much more, not how much.
_CHANGES = re.compile(
    r"\b(?:biggest|largest|greatest|sharpest|steepest|smallest)\s(?:increases?|decreases?|rises?|drops?|falls?|changes?)\b"
)
_GIVEN_UP = re.compile(r"\b(?:gave|given|giving|give) up (?:their|his|her|its) (?:seat|mandate)s?\b")
_NO_CHOICE = re.compile(
    r"\b(?:void|null|blank|invalid|informal|rejected|spoil\w*|refus\w+|undecided)(?:\s(?:votes?|ballots?)\b(?:[^;,.A-Z]|"
    r"[.,]\d)*|:?\s)$",
    re.I,
)
_INVALID = re.compile(
    r"\sof (?:the |all )?(?:votes?|ballots?)(?: cast)? (?:were|was|are|is) (?:in|valid|spoil|reject|blank|null|void)|"
    r"\s?votes?\s(?:\w+\s)?(?:invalid|spoil|blank|null|rejected)"
)
# What stands in front of a difference: `beat X by 214 votes`, `a lead of 3 percent`.
_DIFFERENCE = re.compile(
    r"(?:\b(?:margin of|margin of error:|(?<!ed )by|lost .{0,60} by|"
    r"lead (?:of|was|is|had been|has been|"
    r"stood at)|threshold of|threshold|ahead by|increase of|swing of|beat\w* by|more than half|buy(?:ing)?|bought|"
    r"difference (?:is|was|of)|quorum of|majority of|nearly all)\s(?:the\s)?"
    r"(?:(?:an?|about|some|just|only|over|more|than|nearly|almost|around|at|least|mere|further|roughly|by)\s){0,3})$"
)
# What somebody had before, or somebody else has: a figure of its own where it is told with a name.
_BACKED_BY = re.compile(
    r"\b(?:supported|backed|chosen|endorsed|elected|favou?red|approved|followed|taken|held)\sby\s(?:\w+\s)?$"
)
_UP = re.compile(r"(?<!made )(?<!make )(?<!makes )(?<!pick )(?<!picks )(?<!picked )(?<!ended )\b(?:up|down)\s$")
# `X was backed by 24 percent, Y by 23 and the Z by 13`
_AND_BY = re.compile(r"[A-Z]\w+\sby\s$")
_BACKED = re.compile(r"\b(?:represented|supported|backed|chosen|favou?red)\sby\b")
_SCORE = re.compile(r"\s?(?:votes\s|seats\s)?(?:to|-|against|versus)\s?\d|\s?of (?:the )?votes?\b")
_AHEAD_BY = re.compile(
    r"\b(?:leads?|led|leading|beat|beats|beaten|defeat\w*|edged|ahead|w[io]ns?|lost|behind|trails?|"
    r"trailing|lose|took)\b[^;\d]{0,90}"
    r"\bby\s(?:(?:only|just|some|about|over|more|than|nearly|almost|a|margin|of|around)\s)*$"
)
_LEAD_OF = re.compile(
    r"\b(?:lead|margin|advantage|gap|difference|majority)\b(?:(?!\b(?:with|on|at|in)\b)[^;,\d]){0,40}$"
)
_MORE = re.compile(
    r"\s(?:(?:votes|seats|mandates|points?)\s)?(?:ahead|behind|more(?!\s(?:seats|mandates))|fewer|less|short|clear|needed)\b|"
    r"\s?(?:plus|\+)\s?(?:one|1)\b|[\s-](?:\w+\s)?(?:threshold|barrier|quorum|hurdle|majority)\b"
)
_NOBODY = re.compile(
    r"\b(?:neither|no candidate|no one|nobody|none of the candidates|no party|whoever|anyone|any candidate|"
    r"a candidate who|a party that|a party enters)\b[^.;,\d]{0,80}$",
    re.I,
)
_WOULD = re.compile(r"\bwould (?:have )?(?:vote[d]?|choose|back|support|elect)\b")
_LOST = re.compile(
    r"\b(?:lost|loses?|losing|lack\w*|gained|gaining|gains|abstain\w*|add(?:s|ed|ing)?|drop(?:s|ped)?|shed(?:s|ding)?)\s"
    r"(?:(?!to\b|from\b)[\w-]+\s){0,2}$"
)
_NEEDED = re.compile(r"\b(?:needs?|needed|need|requires?|required|short of)\s(?:the\s|at least\s)?$")  # for a majority
# `gained 109,574 votes (48.8%)`: all it has, not what was added
_SHARE_TOO = re.compile(r"\svotes\s?[(\[][\d.,]+\s?(?:%|per ?cent)")
# `falls by eight seats to 23`
_BY_SO_MANY = re.compile(
    r"\b(?:rose|ris\w+|f[ae]ll\w*|gr[eo]w\w*|climb\w*|slip\w*|declin\w*|drop\w*|(?:in|de)creas\w*|shr[aiu]nk\w*)\b"
    r"[^;]{0,70}\bby\s(?:only\s|just\s)?$"
)
_CHANGED = re.compile(r"[(\[]\s?[+-]\s?$|,\s[+-]$|[(\[][^()\[\]]{0,12},\s?[+-]?$")
_UNITS_BEHIND = re.compile(
    r"[\s-](?:of (?:the |its |their )?(?:\d+[\s-])?|out of (?:the )?(?:\d+\s)?|more\s)?"
    rf"(?:[\w-]+\s){{0,3}}?{SEAT_UNIT}\b"
)
_OF_SEATS = re.compile(rf"\s(?:out\s)?of\s(?:the\s|its\s)?\d+(?:[\s-](?:[\w-]+\s)?{SEAT_UNIT}\b|\sconstituencies\b)")
_WHOLE = re.compile(
    r"\b(?:needed|required|total of|all|of the|contest(?:s|ed|ing)?|for|elect|fill|fills|out of|shared?|"
    r"of)\s(?:the\s)?$"
)
# `a 150-seat house`, `two lawmakers abstained`
_NOT_SEATS = re.compile(
    rf"-seat\b|\s(?:\w+\s)?{SEAT_UNIT}\s(?:ahead|behind|voted|abstain\w*|more|fewer|were (?:absent|present)|clear)\b"
)


def figures_of(scene: Scene) -> tuple[list[Figure], list[Name]]:
    """The shares, votes and seats that no other rule has read, in order, and the names that may have them."""
    numbers = [n for n in scene.numbers if scene.open(n) and not _is_other(scene, n)]
    if not numbers or _CHANGES.search(scene.low) or _GIVEN_UP.search(scene.low):
        return [], []
    told = {n.start: Figure(n, measure) for n in numbers if (measure := _measure(scene, n))}
    bare = [n for n in numbers if n.start not in told and _is_bare(scene, n)]
    if not told and (not bare or not (len(bare) > 1 or words_of(scene))):
        return [], []
    names = choices(scene)
    for number in bare:
        if measure := _as_neighbours(scene, number, sorted(told.values(), key=_place), bare, names):
            told[number.start] = Figure(number, measure, bare=True)
    return sorted(told.values(), key=_place), names


def _place(figure: Figure) -> int:
    return figure.number.start


def _is_other(scene: Scene, number: Number) -> bool:
    """Whether a figure is a difference, a threshold, a change, or nobody's."""
    after, before = scene.after(number, 60), scene.before(number, 140)
    if (
        _MORE.match(after)
        or _NEEDED.search(before[-30:])
        or re.search(r"\bplus\s$", before)
        or _BY_SO_MANY.search(before[-90:])
    ):
        return True
    if _CHANGED.search(before[-14:]) and not (before.endswith(", ") and _UNITS_BEHIND.match(after)):
        return True
    if _NO_CHOICE.search(before) or _INVALID.match(after) or _WOULD.search(after[:40]):
        return True
    if (
        _OF_WHICH.search(before[-24:])
        or _LEAD_OF.search(before)
        or _NOBODY.search(before[-110:])
        or (_LOST.search(before[-30:]) and not _SHARE_TOO.match(after))
    ):
        return True
    if _UP.search(before[-16:]):
        return True
    if _AND_BY.search(before[-40:]) and _BACKED.search(scene.low):
        return False
    if _BACKED_BY.search(before[-40:]) or _SCORE.match(after):
        return False
    return _DIFFERENCE.search(before[-50:]) is not None or _AHEAD_BY.search(before) is not None


def _measure(scene: Scene, number: Number) -> str:
    """What a figure measures by its own unit or noun; empty where neither tells."""
    after = scene.after(number, 60)
    if number.percent:
        said_so = re.match(r"\sof (?:the )?respondents .{0,30}\bvoted for\s[A-Z]", after)
        return SHARE if number.value <= 100 and (said_so or not _OF_OTHERS.match(after)) else ""
    if _is_seats(scene, number, after):
        return SEATS
    if number.value <= 100 and _PERCENTAGE_OF.search(scene.before(number, 24)):
        return SHARE
    noun = scene.noun(number)
    if noun == "votes" or re.match(r"\s?votes?\b", after):
        return "" if _HANDED_OUT.search(scene.low) and "ballot" in after[:40] else VOTES
    return VOTES if noun in ("voters", "persons") and _of_voters(scene, number) else ""


def _is_seats(scene: Scene, number: Number, after: str) -> bool:
    if number.value != number.value.to_integral_value() or _NOT_SEATS.match(after):
        return False
    if number.value > 1000:  # of all the councils of a country
        return number.value < 20_000 and re.match(rf"\s{SEAT_UNIT}\b", after) is not None
    if _AND_NOW.search(scene.before(number, 60)) and _is_bare(scene, number):
        return True
    part = _OF_SEATS.match(after) is not None
    if not part and not _UNITS_BEHIND.match(after):
        return False
    before = scene.before(number, 40)
    return part or TOOK_ALL.search(before) is not None or not _WHOLE.search(before[-24:])


# `18,863,832 votes, a percentage of 40.87`
_PERCENTAGE_OF = re.compile(r"\b(?:a|the|his|her|its) (?:percentage|share) of\s$")
# `falls by eight seats to 23`, `adds seven seats and has 46`, `lost one seat, ending with nine`
_AND_NOW = re.compile(
    rf"(?<!the ){SEAT_UNIT},?\s(?:(?:and|to|for|leaving|end\w*|giv\w+|but|now|it|them|with|has|have|holds?|having|"
    r"keeps?|a|total of)\s){1,5}$"
)


def _of_voters(scene: Scene, number: Number) -> bool:
    """People who are votes: `76 million people voted for X`, `for whom 13 million voted`, `4.02% (629,116 people)`."""
    before, after = scene.before(number, 20), scene.after(number, 60)
    whose = before.endswith("for whom ") and re.match(r"\s\w+\svoted\b", after) is not None
    return whose or re.search(r"(?:%|cent|votes?)\s\($", before) is not None or _VOTED_FOR.match(after) is not None


_FREE = re.compile(
    r"\s?(?:[,;:.)\]([/-]|$|'|\")|\s(?:and|while|but|with|to|for|against|of|in|on|as|from|ahead|after|each|by|at|"
    r"respectively|compared|before|behind|went|or|if|when|than)\b|\s[A-Z]"
)


def _is_bare(scene: Scene, number: Number) -> bool:
    """Whether a number has no noun of its own, nor a word before it of which it is a date or a label."""
    if number.percent or scene.noun(number) not in ("", "persons") or number.points:
        return False
    if not _FREE.match(scene.after(number, 16)) and not OPENS.match(scene.after(number, 40)):
        return False
    if number.spelt and number.value == 1 and scene.after(number, 4) == " of ":
        return False  # `one of the parties`
    if _SPLIT.search(scene.text[max(0, number.start - 3) : number.end + 5]):
        return False
    if _LABEL.search(scene.before(number, 12)):
        return bool(re.search(r"\bthe\s$", scene.before(number, 5)) and OPENS.match(scene.after(number, 12)))
    return True


# What is numbered, dated or as old as that.
_LABEL = re.compile(
    r"\b(?:in|since|(?<!instead )of|No\.|Article|[Ww]ard|Issue|Question|Measure|Amendment|Channel|Group|station|aged|"
    r"the|(?:who|he|she) is)\s$"
)
_SPLIT = re.compile(r"\d,\s\d{3}(?!\d)")  # `1, 417`: one number that was broken


def _beside(scene: Scene, number: Number, names: list[Name]) -> bool:
    """Whether a name stands right in front of a number, or behind it and `for`."""
    before = (n for n in reversed(names) if n.end <= number.start and not in_aside(scene, n, number.start))
    last = next(before, None)
    if last is not None and stands_by(scene, last, number):
        return True
    opens = OPENS.match(scene.text, number.end)
    return opens is not None and any(opens.end() <= n.start <= opens.end() + 30 for n in names)


_TURNOUT = re.compile(r"\b(?:turnout|participation)\b")


def _as_neighbours(scene: Scene, number: Number, told: list[Figure], bare: list[Number], names: list[Name]) -> str:
    """The measure of a number without a unit: that of the figures before it, else that of the sentence."""
    before = [f for f in told if f.number.end <= number.start]
    named = number.value > 20 and SEATS not in words_of(scene)  # `Growth Party: 55 [1.7%]`
    if (number.value > 100 or named) and (
        _WITH_SHARE.match(scene.after(number, 30)) or (before and _tabled(scene, number))
    ):
        return VOTES
    run = _in_run(scene, number, told) or _in_score(scene, number)
    if run and not (spare := _not_yet(scene, number, told, names)) and can_be(number, run):
        return run
    if run and spare:
        return spare
    if aside := _in_brackets(scene, number, before):
        return aside
    if spare := _not_yet(scene, number, told, names):
        return spare if _WITH_IT.search(scene.before(number, 8)) or _beside(scene, number, names) else ""
    if before and before[-1].measure == SEATS and _EARLIER.search(scene.before(number, 50)) and can_be(number, SEATS):
        return SEATS
    if not _beside(scene, number, names) and not any(_is_joined(scene, number, other) for other in bare):
        return ""
    order = [f.measure for f in (*before, *told)] or words_of(scene)
    if _TURNOUT.search(scene.low) and not told:
        order = []
    if number.value != number.value.to_integral_value():
        order = [SHARE] if SHARE in order or (_several(scene, bare, names) and not _TURNOUT.search(scene.low)) else []
    elif not order:
        order = _unsaid(scene, bare, names)
    if number.value > 100 and SHARE in order and len(scene.text) < 110:
        order = [*order, VOTES]  # `Anna Meyer 51.22% 2,310,221`
    return next((measure for measure in order if can_be(number, measure)), "")


_WITH_IT = re.compile(r"(?:,|\band|\bwith|\bor|\()\s?$")
# What was had before: `17 seats instead of eight`, `for the PJD, which took 125 in 2016`.
_EARLIER = re.compile(
    r"\b(?:instead of|as against|where (?:it|they) had|(?:it|they|which) (?:had|won|took))\s(?:only\s|just\s)?$"
)


def _not_yet(scene: Scene, number: Number, told: list[Figure], names: list[Name]) -> str:
    """`X 39.8% and 158 seats, Y 8.1% and 22`: whoever has a share already has seats next, as those before him."""
    start = max((n.end for n in names if n.end <= number.start), default=0)
    end = min((n.start for n in names if n.start >= number.end), default=len(scene.text))
    own = {f.measure for f in told if start <= f.number.start < end}
    seats_before = any(f.measure == SEATS for f in told if f.number.start < start)
    return SEATS if seats_before and own and SEATS not in own and can_be(number, SEATS) else ""


def _in_run(scene: Scene, number: Number, told: list[Figure]) -> str:
    """`31 and 27 mandates`, `54.2% to 40`: the measure of the figure that it is joined to."""
    return next((f.measure for f in told if _is_joined(scene, number, f.number)), "")


def _is_joined(scene: Scene, one: Number, other: Number) -> bool:
    first, second = sorted((one, other), key=lambda number: number.start)
    return one != other and _JOINS.fullmatch(scene.text[first.end : second.start]) is not None


def _in_score(scene: Scene, number: Number) -> str:
    """`beat X by 214 votes, 9,618 to 9,404`, `led by 46.1 to 37.6`: what either of the two is."""
    if not (_TO_ANOTHER.match(scene.after(number, 16)) or _TO_IT.search(scene.before(number, 16))):
        return ""
    if number.value != number.value.to_integral_value():
        return SHARE
    said = words_of(scene)
    return said[0] if said and _RIVALRY.search(scene.low) else ""


_TO_ANOTHER = re.compile(r"\sto\s\d(?![\d,.]*\s?(?:%|per|p\.m|[ap]m|seats))")
_TO_IT = re.compile(r"\d\sto\s$")
_RIVALRY = re.compile(
    r"\b(?:beat|beaten|beats|defeat\w*|led|leads?|leading|ahead|lost|edged|over|took|won|from|stands? at)\b"
)
_JOINS = re.compile(r"\s?(?:-|/|,|(?:votes|seats?|MPs)?,?\s?(?:and|to|against|versus|or|as against)|,?\sand)\s?")


def _in_brackets(scene: Scene, number: Number, before: list[Figure]) -> str:
    """`51.2 percent (5,150,092)`, `1,037,009 votes (27.9)`: the other of the two."""
    if (
        not before
        or not re.search(r"\((?:(?:was|had|from)\s)?$", scene.before(number, 8))
        or not _CLOSED.match(scene.after(number, 40))
    ):
        return ""
    last = before[-1]
    if last.measure == SEATS and number.value < 1000:
        return SEATS
    if not re.fullmatch(r"\s?(?:of the votes?\s|votes\s)?\(", scene.text[last.number.end : number.start]):
        return ""
    if number.value <= 100 and any(f.measure == SEATS for f in before) and last.measure != SEATS:
        return SEATS
    if last.measure == VOTES or number.value != number.value.to_integral_value():
        return SHARE if number.value <= 100 else ""
    return VOTES if number.value > 100 else ""


_CLOSED = re.compile(r"\)|\s(?:on|in|at|last|previously|before|by|earlier|until)\b[^()]*\)")


def _tabled(scene: Scene, number: Number) -> bool:
    """`44.17% of the votes, that is 4,527,428`, `56.7 percent or 1,037,009`: the same choice, counted."""
    return _THAT_IS.search(scene.before(number, 60)) is not None


_WITH_SHARE = re.compile(r"\s?(?:\(|\[|,?\sor\s|-|/|,)\s?\d[\d.,]*\s?(?:%|per ?cent)")
_THAT_IS = re.compile(
    r"(?:%|per ?cent)(?:\sof\s(?:the\s|all\s)?(?:\w+\s)?votes?(?:\scast)?)?,?\s(?:or|that is|which is)\s(?:\w+\s){0,3}$"
)


def _several(scene: Scene, bare: list[Number], names: list[Name]) -> bool:
    return sum(_beside(scene, n, names) for n in bare) > 1


_OTHER_COUNTS = re.compile(
    r"\b(?:stations|observers|candidates|journalists|members|cameras|troops|police|complaints|voters)\b"
)


def _unsaid(scene: Scene, bare: list[Number], names: list[Name]) -> list[str]:
    """What names with bare counts are where nothing says it: shares add up to a hundred, votes are many."""
    counts = [n.value for n in bare if _beside(scene, n, names)]
    if len(counts) < 2 or any(scene.noun(n) for n in scene.numbers) or _OTHER_COUNTS.search(scene.low):
        return []
    if Decimal(80) <= sum(counts) <= 101 and min(counts) > 1:
        return [SHARE]
    if max(counts) > 700:
        return [VOTES]
    return [SEATS] if len(counts) > 2 else []
