"""How far the count has come: stations that reported, the share counted, valid votes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallyroom.reading.rules.valid import valid_votes
from tallyroom.reading.scene import Found, Scene
from tallyroom.reading.text.numbers import Number
from tallyroom.reading.text.times import THEN

__all__ = ["counts", "is_share_counted"]

_SUBJECT = (
    r"(?:ballots?|ballot papers|votes?|vote|polling stations?|polling places|polling units|"
    r"precincts?|stations?|protocols?|returns|tally sheets|results forms|forms|districts|"
    r"constituencies|electoral precincts|results|tallies|minutes|machines|sections|ballot boxes|"
    r"booths|centres|centers|wards|"
    r"(?:polling |voting )?tables|(?:voting )?records|certificates(?: of canvass)?|(?:vote |voting )?boxes|"
    r"electoral rolls|electoral materials?|ERs|election returns)"
)
_DONE = (
    r"(?:counted|processed|processing|tallied|tabulated|reporting|reported|counting|declared|"
    r"transmitted|verified|received|scrutini[sz]ed|in\b|released|published|uploaded|done|screened|"
    r"accounted|informed|entered|computed|reached|arrived|examined|checked|inspected|added|read\b|scanned|"
    r"posted|loaded|"
    r"captured|consolidated|collated|recorded|delivered|submitted|sent|completed|finished|here)"
)
_COUNTED = re.compile(
    rf"^\s(?:of\s)?(?:the\s|all\s|its\s|their\s)?(?:\w+\s){{0,2}}?{_SUBJECT}\b(?:(?!\b(?:after|with|"
    rf"when|once|as)\b)[^.,;\d%]){{0,40}}?\b{_DONE}|^\s(?:(?:is|was|were|are|had been|have been)\s)?(?:counted|"
    rf"processed|reporting|tallied|complete\b|of "
    rf"(?:the )?count)\b"
)
_COUNTING = re.compile(
    r"\b(?:processing|counting|count|processed|counted|tallying|tally|reporting|scrutiny)\s(?:of\s|"
    r"at\s|in\s)?(?:the\s|just\s|over\s|about\s|almost\s|nearly\s|more\sthan\s|some\s)*$"
)
_REPORTED = re.compile(
    r"\b(?:sent|submitted|transmitted|report(?:s|ed|ing)?|declared|counted|processed|results "
    r"(?:from|of|received|came)|received|delivered|verified|in\b(?=[.,;]|$)|protocols|tallied|forwarded|handed)"
)
_FROM = re.compile(
    r"\b(?:count|tally|data|results?|figures)\s(?:\w+\s)?(?:covers?|covered|covering|includes?)\s(?:[a-z]+\s){0,2}$|"
    r"\b(?:(?:votes|ballots) counted|reports?|results?|protocols?|returns|data|information|figures|forms|"
    r"tallies)\b[^.;]{0,40}\b(?:from|of|at|in|by)\s(?:[a-z]+\s){0,3}$"
)
# `is ahead with 54.2 percent of the votes counted so far`: what somebody has.
_OWNED = re.compile(
    r"\b(?:ahead|first|winner|leads?|leading|in the lead|won|wins|winning|second|third|got|"
    r"received)\s(?:with\s)?(?:(?!after|when|once|as)\w+\s)?$"
)
_RESULTS_OF = re.compile(
    r"\bvotes (?:counted )?(?:from|in) (?:the |all |only |just )?$|^from (?:the |all )?$|"
    r"\b(?:results?|returns|declarations?|count) (?:(?:were |was |have been |had been |are )?(?:declared |announced |"
    r"counted |in |out |"
    r"known ))?(?:of|from|in|for) (?:the |all |only |just )?$"
)
_OUT_OF = re.compile(
    r"^(?:\s\([\d.,]+\s?(?:%|per ?cent)\))?[^.;\d]{0,40}?\b(?:of|out of|of the|from)\s(?:the\s|a "
    r"total of\s|all\s|[a-z]+'s\s)*$|^\s?/\s?$",
    re.I,
)
_TURNOUT_REPORTS = re.compile(r"\b(?:turnout|voted|cast|activity)\b")


def counts(scene: Scene) -> Iterator[Found]:
    """`with 93.35% of the ballots processed`, `6,102 out of 6,537 polling stations have sent their results`."""
    yield from valid_votes(scene)
    yield from _reporting(scene)
    for number in (*scene.fractions, *scene.numbers):
        if number.percent and scene.open(number) and is_share_counted(scene, number):
            scene.take(number)
            after = scene.after(number, 50).lower()
            subject = "stations" if re.search(r"station|precinct|protocol|unit|place", after) else "ballots"
            course = scene.course
            listed = course.results if scene.number - course.results_at <= 1 else None
            by = scene.speaker or (listed[0] if listed else "")
            course.results, course.results_at = (by, "", ""), scene.number
            yield Found(
                "share_counted", subject, number.value, "counts/share", "percent", number.qualifier, scene.hour, by=by
            )


def is_share_counted(scene: Scene, number: Number) -> bool:
    """Whether a percentage says how far the count has come."""
    after, before = scene.after(number, 90), scene.before(number, 60)
    if _WILL.search(scene.low) and (_ONCE.search(before.lower()) or " will be counted" in after):
        return False
    if _OF_VOTERS.match(after) or _OWNED.search(before) or re.search(r"\d\)?,? (?:or|representing) $", before):
        return False
    if re.search(r"\b(?:representing|or)\s$", before) and re.match(r"\sof the total\b", after):
        return bool(re.search(r"\b(?:precincts|stations)\b", scene.low[: number.start]))
    if re.search(
        r"\b(?:counted|processed|tallied|scrutini[sz]ed)(?:,\s(?:that is|or|which is)|:|\s-|"
        r"\s\()\s?(?:\w+\s)?$",
        before,
    ):
        return True
    if re.search(
        r"\b(?:vote |ballot )?count(?:ing)? (?:is|was|has (?:passed|reached)|reached|stood at|stands at|"
        r"passed|at)\s(?:\w+\s)?$",
        before,
    ):
        return True
    covered = re.search(
        r"\b(?:covered|covers|covering|based on|on the basis of|data from|(?:results?|returns|protocols|forms|"
        r"figures)\b[^.;\d]{0,30}"
        r"\bfrom|\bvotes?\s(?:cast\s)?(?:from|in))\s"
        r"(?:just\s|about\s|only\s|over\s|some\s|nearly\s|almost\s|more than\s)?$",
        before.lower(),
    )
    if covered and re.match(rf"\sof\s(?:the\s|all\s)?(?:[\w,.]+\s){{0,2}}{_SUBJECT}", after):
        return True
    if _TAKEN_IN.search(before) and _OF_PAPERS.match(after):
        return True
    if _NO_VERB_BEFORE.search(before) and _NO_VERB.match(after):
        return True
    if _AFTER.search(before) and _OF_BALLOTS.match(after):
        return True
    if _COUNTED.match(after) and not re.match(
        r"\s(?:of\s)?(?:the\s)?(?:votes?|ballots?)\s(?:in(?![,.]|$)|"
        r"for)\b",
        after,
    ):
        return True
    return (bool(_COUNTING.search(before.lower())) and not re.search(r"\bcounting\s(?:of\s)?$", before)) or bool(
        _COUNTING.search(before.lower()) and re.match(r"\s(?:of|per)|[,.]|$", after)
    )


# `has taken in 88% of the protocols`
_TAKEN_IN = re.compile(
    r"\b(?:processed|counted|taken in|received|entered|tallied|scanned|examined|verified|"
    r"covers?)\s(?:\w+\s)?$"
)
_OF_PAPERS = re.compile(
    r"\sof (?:the |all )?(?:protocols|forms|tally sheets|returns|minutes|acts|actas|results|polling stations|"
    r"stations|precincts)\b"
)
# `results will be announced when 20% of the votes are counted`
_WILL = re.compile(r"\b(?:will|would)\b")
_ONCE = re.compile(r"\b(?:when|once|until|if)\s(?:\w+\s)?$")
_OF_VOTERS = re.compile(r"\sof (?:the |all )?(?:registered |eligible )?(?:electorate|voters|electors|people)\b")
# `at 98.1 percent of actas`, `with 3% in,`, `with four fifths of the ballots opened`
_NO_VERB_BEFORE = re.compile(
    r"(?:^|\b)(?:at|with|after|once|from|cut:)\s(?:(?:about|only|just|over|some|nearly|almost|more than|roughly|"
    r"around)\s)*$",
    re.I,
)
# `After 0.04% of ballots the Union had …`, `At 97.03% the Greens have 51%`
_AFTER = re.compile(r"(?:^|[,;:]\s)(?:after|at)\s(?:(?:about|only|just|over|some|nearly|almost|more than)\s)*$", re.I)
_OF_BALLOTS = re.compile(
    r"\sof (?:the |all )?(?:ballots?|votes?|records)(?=,|\s(?:the\s)?[A-Z])|\s(?:the\s)?[A-Z][\w ]+?\shas?(?:ve)?\b"
)
_NO_VERB = re.compile(
    r"\sof\s(?:the\s|all\s|its\s)?(?:acts|actas|tables|mesas|minutes|protocols|precincts|tally sheets|returns|booths|"
    r"machines|sections|units|boxes|count|(?:ballots?|votes?|boxes|envelopes) opened)\b|\s(?:is |was )?in(?=[,.]|$)|"
    r"\sof (?:the )?(?:stations|polling stations|places)(?=,)|\sof the votes it had been\b"
)


_SOME_OF = re.compile(r"\b(?:some|most|many|part|half) of (?:the |its )?$")


def _reporting(scene: Scene) -> Iterator[Found]:
    """Stations that reported; `N of M` gives how many there are as well, and a share in brackets."""
    numbers = [n for n in scene.numbers if scene.open(n)]
    for at, number in enumerate(numbers):
        if number.percent or not scene.open(number) or number.value < 2 or _SOME_OF.search(scene.before(number, 24)):
            continue
        following = next((n for n in numbers[at + 1 :] if not n.percent), None)
        of = following is not None and bool(_OUT_OF.match(scene.text[number.end : following.start]))
        whole = following if of else None
        noun = scene.noun(number) or (scene.noun(whole) if whole else "")
        if noun != "stations" and _districts_report(scene, number, whole, noun):
            scene.take(number)
            yield _districts("stations_reporting", "constituencies whose results are in", number)
            if whole and whole.start - number.end < 25 and scene.open(whole):
                scene.take(whole)
                if not _NO_DISTRICTS.match(scene.low, whole.end):
                    yield _districts("constituencies", "constituencies", whole)
            continue
        if noun != "stations" or not _reports(scene, number, whole):
            if noun == "" and _PAPERS.match(scene.low, number.end) and _papers_in(scene, number):
                scene.take(number)
                kind = "stations that sent result protocols"
                yield Found("stations_reporting", kind, number.value, "counts/papers", "stations", number.qualifier)
            continue
        scene.take(number)
        kind = (
            "stations that reported turnout"
            if _TURNOUT_REPORTS.search(scene.low) and "result" not in scene.low
            else "stations that sent result protocols"
        )
        after_turnout = scene.number - scene.course.hour_at <= 3 and not re.search(r"result|count|protocol", scene.low)
        kind = "stations that reported turnout" if after_turnout else kind
        then = after_turnout or (scene.number - scene.course.hour_at <= 2 and THEN.search(scene.low))
        as_of = scene.hour or (scene.course.hour if then else "")
        yield Found("stations_reporting", kind, number.value, "counts/stations", "stations", number.qualifier, as_of)
        everything = number if whole is None and re.search(r"\b[Aa]ll (?:the )?$", scene.before(number, 10)) else None
        if everything:
            yield Found("polling_stations", "polling stations", number.value, "counts/all-stations", "stations")
        if whole:
            scene.take(whole)
            yield Found(
                "polling_stations", "polling stations", whole.value, "counts/stations-of", "stations", whole.qualifier
            )
        yield from _bracketed(scene, number)
        if whole:
            yield from _bracketed(scene, whole)


def _districts(kind: str, subject: str, number: Number) -> Found:
    return Found(kind, subject, number.value, "counts/districts", "constituencies", number.qualifier)


_HAVE_REPORTED = re.compile(
    r"\s(?:[\w-]+\s){0,3}?(?:constituencies|districts|councils|communes|wards|municipalities|areas|counties|ridings|divisions|"
    r"regions|provinces)\s(?:(?:have|has|had|were|was|are|been|already|now)\s){0,3}"
    r"(?:declared|counted|reported|reporting|tallied|processed|delivered|sent|transmitted|finished|in(?=[,.]|$))"
)
# Councils and regions are no constituencies: `with 61 of 230 councils declared`.
_NO_DISTRICTS = re.compile(r"\s(?:[\w-]+\s){0,3}?(?:councils|regions|provinces)\b")
_PROCESSED = re.compile(r"\b(?:processed|counted|tallied|declared)\s(?:\w+\s)?$")


def _districts_report(scene: Scene, number: Number, whole: Number | None, noun: str) -> bool:
    """`7 of 62 communes had delivered their minutes`, `results from 44 constituencies`, `processed 18 of 28 areas`."""
    if _HAVE_REPORTED.match(scene.low, (whole or number).end):
        return not re.search(r"\bin (?:the |[a-z]+'s )?$", scene.before(number, 30).lower())
    before = scene.before(number, 50).lower()
    if noun != "districts" or (number.spelt and number.value < 10):
        return False
    return _RESULTS_OF.search(before) is not None or _PROCESSED.search(before) is not None


# `received 412 result forms`, `412 tally sheets have been verified`
_PAPERS = re.compile(
    r"\s(?:result |tally |polling |counting |station )?(?:forms|sheets|protocols|returns|"
    r"minutes|acts|actas|certificates|cocs|records)\b"
)
_PAPERS_BEFORE = re.compile(
    r"\b(?:received|processed|entered|scanned|verified|counted|tallied|"
    r"uploaded)\s(?:\w+\s){0,2}$"
)
_PAPERS_BEHIND = re.compile(
    r"\s(?:[a-z]+\s){1,3}?(?:have|had|has|were|was|are)\s(?:(?:been|already|now)\s){0,2}(?:received|processed|"
    r"entered|scanned|"
    r"verified|counted|tallied|uploaded|in\b|delivered|sent|submitted|arrived|come in)"
)


def _papers_in(scene: Scene, number: Number) -> bool:
    before = _PAPERS_BEFORE.search(scene.before(number, 40).lower())
    return before is not None or _PAPERS_BEHIND.match(scene.low, number.end) is not None


_COUNT = re.compile(
    r"\b(?:results?|count|counted|counting|leads?|leading|ahead|tally|tallied|tabulat\w+|"
    r"projection)\b|\d-\d"
)
_NOT_COUNT = re.compile(
    r"\b(?:visit\w*|check\w*|seen|observ\w*|open\w*|extend\w*|attack\w*|irregularit\w+|violations?|incidents?|"
    r"delay\w*|problems?|women|"
    r"repeat\w*|recount\w*|annul\w*|cancel\w*|ended|closed)\b"
)


def _reports(scene: Scene, number: Number, whole: Number | None) -> bool:
    if re.search(
        r"\b(?:cameras?|webcams?|respondents|exit[- ]polls?|observed|observers? visited|visited|set up|"
        r"annulled|opened in)\b",
        scene.low,
    ):
        return False
    if re.search(r"\breceived (?:\w+ ){0,2}(?:materials?|ballots?|papers|kits|equipment|devices)\b", scene.low):
        return False
    if scene.number - scene.course.poll_at <= 2 or re.search(
        r"\b(?:not (?:yet )?been|not yet|still to|missing|outstanding)\b", scene.low
    ):
        return False
    if re.search(r"\bvoting (?:was|is) (?:going on|under way|in progress)\b", scene.low):
        return True
    if _FROM.search(scene.before(number, 90).lower()) or re.search(
        r"\b(?:counted|processed|"
        r"tallied)\s$",
        scene.before(number, 12),
    ):
        return True
    # `After 412 of 1,880 stations the Greens are ahead`
    if whole and _COUNT.search(scene.low) and not _NOT_COUNT.search(scene.low):
        return True
    end = (whole or number).end
    if _THEN_COUNTED.match(scene.text[end : end + 60].lower()):
        return True
    behind = re.split(r",?\s(?:to|for|in|at) which\b|,?\swhere\b", scene.text[end : end + 130].lower())[0]
    return bool(re.search(r"\b(?:have|had|has|were|was|are)\b[^.;]{0,40}?" + _REPORTED.pattern, behind)) or bool(
        re.search(r"\b(?:sent|submitted|transmitted|reported|reporting)\b", behind)
    )


# `with 1,433 of 1,500 polling stations counted`
_THEN_COUNTED = re.compile(
    r"\s(?:[\w-]+\s){0,2}(?:stations?|precincts|places|units|centres|centers|booths|boxes|tables)\s(?:counted|"
    r"processed|"
    r"tallied|declared|"
    r"in(?=[,.]|$))"
)


def _bracketed(scene: Scene, whole: Number) -> Iterator[Found]:
    for number in scene.numbers:
        if not (number.percent and scene.open(number) and 0 <= number.start - whole.end < 60):
            continue
        if re.search(r"[(,]\s?(?:or\s|that is\s|about\s)?$", scene.text[whole.end : number.start]):
            scene.take(number)
            yield Found(
                "share_counted", "stations", number.value, "counts/share-of-stations", "percent", number.qualifier
            )
