"""Which numbers of a sentence are shares and votes, and which are margins, thresholds and other things."""

from __future__ import annotations

import re

from tallyroom.reading.numbers import Number
from tallyroom.reading.rules.owners import EARLIER, Figure
from tallyroom.reading.scene import Scene

__all__ = ["figures_of"]

_OF_OTHERS = re.compile(
    r"\sof\s(?:\w+\s){0,3}(?:sample|stations|threshold|cameras|respondents|women|men|seats|members|turnout)\b"
)
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
# `against 793,914, or 49.36 percent, for Weah`
_FOR_WHOM = re.compile(r"(?:,?\s(?:or\s)?\(?[\d.,]+\s?(?:%|per ?cent)\)?,?)?\s(?:votes\s)?for\s[A-Z]")
_NO_CHOICE = re.compile(
    r"\b(?:void|null|blank|invalid|rejected|spoil\w*)\s(?:votes?|ballots?)\b(?:[^;,.A-Z]|[.,]\d)*$", re.I
)
# `44.17% of the votes, that is 4,527,428`
_SHARE_OR = re.compile(
    r"(?:%|per ?cent)\sof\s(?:the\s|all\s)?(?:\w+\s)?votes?(?:\scast)?,\s(?:or|that is|which is)\s(?:\w+\s){0,3}$"
)


def figures_of(scene: Scene) -> list[Figure]:
    """The percentages and counts of votes that no other rule has read."""
    found: list[Figure] = []
    if _CHANGES.search(scene.low):
        return found
    for number in scene.numbers:
        if not scene.open(number) or number.upper is not None:
            continue
        by_voters = re.search(
            r"\b(?:supported|backed|chosen|endorsed|elected|favou?red|"
            r"approved) by (?:\w+ )?$",
            scene.before(number, 40),
        )
        duel = found and not found[-1].votes and _BEATEN.search(scene.low)
        against = duel and scene.before(number, 9) == " against "
        if (
            not by_voters
            and not against
            and not re.match(r"\s(?:votes\s)?to\s\d|\s(?:of (?:the )?)?votes?\b", scene.after(number))
            and EARLIER.search(scene.before(number, 50))
            and not _FOR_WHOM.match(scene.after(number))
        ):
            continue
        after, before = scene.after(number, 40), scene.before(number, 40)
        if before.endswith(("+", " -", "[-", "(-")) and ("," in before or "[" in before) and not before.endswith(" - "):
            continue  # `[10%, -9.5%]`: the change since the last time
        if (
            _NO_CHOICE.search(scene.before(number))
            or _INVALID.match(after)
            or re.search(r"\bwould (?:have )?(?:vote[d]?|choose|back|support|elect)\b", after)
        ):
            continue
        if re.match(r"[\s-](?:\w+\s)?(?:threshold|barrier|quorum|hurdle|majority)\b", after):
            continue
        if _is_margin(scene, number) or _NOBODY.search(scene.before(number, 110)):
            continue
        if re.match(r"\s?(?:plus|\+)\s?(?:one|1)\b", after) or re.search(r"\bplus\s$", before):
            continue  # the majority that the law asks for
        if number.percent:
            said_so = re.match(r"\sof (?:the )?respondents .{0,30}\bvoted for\s[A-Z]", scene.after(number))
            if number.value > 100 or (_OF_OTHERS.match(after) and not said_so):
                continue
            found.append(Figure(number, votes=False))
        elif scene.noun(number) in ("voters", "persons") and _of_voters(scene, number, bool(found)):
            found.append(Figure(number, votes=True))
        elif scene.noun(number) == "votes" and _HANDED_OUT.search(scene.low) and "ballot" in after:
            continue
        elif scene.noun(number) == "votes" or re.match(r"\s?votes?\b", after):
            if not re.match(r"\s(?:\w+\s)?(?:invalid|spoil|blank|null|rejected)", after):
                found.append(Figure(number, votes=True))
        elif found and re.match(r"[(\s]*$", before[-2:]) and before.rstrip().endswith("(") and re.match(r"\)", after):
            bare_share = number.value <= 100 and number.value != number.value.to_integral_value()
            found.append(Figure(number, votes=number.value > 100 or not (found[-1].votes or bare_share)))
        elif _percent_left_out(scene, number, found):
            found.append(Figure(number, votes=False))
        elif _tabled(scene, number, found) or any(told(scene, number) for told in _BARE):
            found.append(Figure(number, votes=True))
    return found


_INVALID = re.compile(
    r"\sof (?:the |all )?(?:votes?|ballots?)(?: cast)? (?:were|was|are|is) (?:in|spoil|reject|blank|null|void)"
)
_BEATEN = re.compile(r"\b(?:beat|beaten|beats|defeat\w*)\b")
_AHEAD_BY = re.compile(
    r"\b(?:leads?|led|leading|beat|beats|beaten|defeat\w*|edged|ahead|w[io]ns?|lost|behind|trails?|"
    r"trailing)\b[^;\d]{0,90}"
    r"\bby\s(?:(?:only|just|some|about|over|more|than|nearly|almost|a|margin|of|around)\s)*$"
)
_LEAD_OF = re.compile(
    r"\b(?:lead|margin|advantage|gap|difference)\s(?:of|was|is|had been|has been|stood at)\s(?:\w+\s){0,2}$"
)
_NOBODY = re.compile(
    r"\b(?:neither|no candidate|no one|nobody|none of the candidates|no party|whoever|anyone|any candidate|"
    r"a candidate who|a party that)\b[^.;,\d]{0,80}$",
    re.I,
)


def _is_margin(scene: Scene, number: Number) -> bool:
    """Whether a figure is by how much somebody leads: `is 176,000 votes ahead of`, `leads X by 35,000 votes`."""
    after, before = scene.after(number, 30), scene.before(number, 140)
    if re.match(r"\s(?:votes\s)?(?:ahead|behind|more|fewer|short|clear)\b", after) or _LEAD_OF.search(before):
        return True
    return _AHEAD_BY.search(before) is not None and not re.match(r"\s(?:votes\s)?(?:to|against|versus)\s\d", after)


def _of_voters(scene: Scene, number: Number, told: bool) -> bool:
    """People who are votes: `76 million people voted for X`, `for whom 13 million voted`, `4.02% (629,116 people)`."""
    before, after = scene.before(number, 20), scene.after(number, 60)
    whose = before.endswith("for whom ") and re.match(r"\s\w+\svoted\b", after) is not None
    return whose or (told and before.endswith("(")) or _VOTED_FOR.match(after) is not None


def _percent_left_out(scene: Scene, number: Number, found: list[Figure]) -> bool:
    """`X got 34 per cent, Y 21 and Z 9`."""
    if not found or found[-1].votes or number.value > 100 or number.spelt or scene.noun(number):
        return False
    beside = re.search(r"[A-Z]\w+(?:'s)?\s$", scene.before(number, 24)) and re.match(
        r"(?:,|;|\.|\sand\b|"
        r"$)",
        scene.after(number, 5),
    )
    return beside is not None and not re.search(r"\b(?:since|in|of)\s[A-Z]\w+\s$", scene.before(number, 24))


_TALLY = re.compile(
    r"\b(?:voting(?: was| figures)?|votes? (?:was|were|cast)|results?(?: was| were)?|tally(?: was)?|"
    r"count was|full result|the figures(?: were)?):"
)


def _in_tally(scene: Scene, number: Number) -> bool:
    """A bare count in a row of them: `Voting was: Unity 575, Green 564`."""
    tally = _TALLY.search(scene.low) if number.value >= 1 and not scene.noun(number) else None
    if tally is None or tally.end() > number.start or "%" in scene.text or "seat" in scene.low:
        return False
    rows = _NAME_AND_COUNT.findall(scene.text[tally.end() :])
    return len(rows) > 1 and re.match(r"\s?(?:[,;.]|and\b|$)", scene.after(number, 5)) is not None


def _in_duel(scene: Scene, number: Number) -> bool:
    """`X defeated Y by 214 votes, 9,618 to 9,404`: the last two."""
    if number.spelt or number.value < 20 or not _BEATEN.search(scene.low) or "vote" not in scene.low:
        return False
    first = re.match(r"\sto\s\d[\d,.]*(?!\s?(?:%|per|seats))", scene.after(number, 30))
    return bool(first or re.search(r"\d\sto\s$", scene.before(number, 5)))


_NAME_AND_COUNT = re.compile(r"[A-Z][\w'-]*(?:\s\([\w ]{1,30}\))?\s\d[\d,. ]*(?=[,;.]|\sand\b|$)")
_GOT = re.compile(r"\b(?:got|had|has|have|received|won|polled|took|secured|with)\s(?:\w+\s){0,2}$")
_WENT_TO = re.compile(r"\s(?:went\s|have gone\s|had gone\s)?(?:to|for)\s[A-Z]\w+(?!\s(?:in|of)\b)")


def _votes_left_out(scene: Scene, number: Number) -> bool:
    """`Of 24 million votes 10.4 million went to X and 9.4 million to Y`; `Z got 3.3 million` in the next sentence."""
    if number.value < 1000 or number.spelt or scene.noun(number):
        return False
    said = re.search(r"\bvotes\b", scene.low[: number.start])
    if said and _WENT_TO.match(scene.after(number, 40)):
        return True
    going_on = 1 <= scene.number - scene.course.votes_at <= 2 and re.match(
        r"(?:\.|,|\sand\b|$)", scene.after(number, 5)
    )
    return bool((said or going_on) and _GOT.search(scene.before(number, 30)))


def _in_column(scene: Scene, number: Number) -> bool:
    """A bare count in a row under rows of votes: `Brian Hall (Labour) 640`."""
    bare = [n for n in scene.numbers if not n.percent and (n.start > 2 or scene.text[n.end : n.end + 1] not in ".)")]
    under = scene.number - scene.course.votes_at == 1 and len(bare) == 1 and not number.spelt
    return under and _COLUMN.match(scene.text) is not None


_COLUMN = re.compile(
    r"^\W{0,4}(?:\d{1,3}[.)]\s)?[A-Z\u00c0-\u024f][^\d:;]{1,70}?"
    r"\s?[-:,]?\s?\(?\d[\d,. ]*\)?(?:\s?[(\[][^)\]]*[)\]])?\W*$"
)


def _tabled(scene: Scene, number: Number, found: list[Figure]) -> bool:
    """A bare count beside a percentage: `Ruto: 7,176,141 (50.49%)`, `with 4,567,458, or 92.12%`."""
    if number.value >= 20 and scene.noun(number) in ("", "persons") and _SHARE_OR.search(scene.before(number, 60)):
        return bool(found)
    if number.value < 20 or number.spelt or scene.noun(number):
        return False
    after = scene.after(number, 24)
    if any(figure.votes for figure in found) and re.match(r"\s?(?:and\b|,\s|;|\.|$|\(|for\s[A-Z])", after):
        return bool(
            re.search(
                r"(?:\b(?:with|had|got|on|at|received|won|polled|took|against|to|and)|-|:|[A-Z]\w+(?:'s)?|"
                r"\))\s$",
                scene.before(number, 20),
            )
        )
    return bool(re.match(r"\s?(?:\(|\[|,?\sor\s|-|–|/|,)\s?\d[\d.,]*\s?(?:%|per ?cent)", after))


_BARE = (_in_tally, _in_duel, _votes_left_out, _in_column)  # counts without the word votes
