"""The dates, hours and numbered things of a sentence.

    February 7, 2024 · 7 February · 7th of Feb · 2024-02-07 · 07.02.2024 · April 2018 · this year
    8:00 am · 3 p.m. · 15:00 · 15.00 · 1500hrs · 15h · noon · six in the evening
    No. 14 · Article 58.1 · Form 34A

A date without a year takes that of the document; where nothing gives one the year is EDTF's for one not stated.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

__all__ = ["THEN", "Moment", "dates_in", "first_date", "hours_in", "labels_in", "last_date", "on_its_weekday"]

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_NUMBER = {name[:3]: n for n, name in enumerate(_MONTHS, 1)}
_MONTH = "(?:" + "|".join(f"{m[:3]}(?:{m[3:]})?" if len(m) > 3 else m for m in _MONTHS) + r"|sept)\b\.?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_DATES = re.compile(
    rf"""\b(?P<iso>(?P<iy>[12]\d{{3}})-(?P<im>0\d|1[0-2])-(?P<id>[0-3]\d))\b(?!\d)
    |\b(?:(?P<d0>{_DAY})(?:st|nd|rd|th)?(?:\s?-\s?|\s(?:to|and)\s))?(?P<d1>{_DAY})(?:st|nd|rd|th)?(?:\sof)?\s(?P<m1>{_MONTH}),?(?:\s(?:of\s)?(?P<y1>[12]\d{{3}})\b)?
    |\b(?P<m2>{_MONTH})\s(?:the\s)?(?P<d2>{_DAY})(?:st|nd|rd|th)?(?:\s?-\s?(?P<d3>{_DAY})(?!\d|[:.,]\d|%))?\b(?!:|\.\d|%|\d|,\d{{3}}\b)(?:,?\s(?P<y2>[12]\d{{3}})\b(?![,.]\d))?
    |\b(?P<m3>{_MONTH}),?\s(?:of\s)?(?P<y3>[12]\d{{3}})\b
    |\b(?P<a>{_DAY})(?P<s>[./])(?P<b>{_DAY})(?P=s)(?P<y4>[12]\d{{3}})\b
    """,
    re.I | re.X,
)
_DIGIT = re.compile(r"\d")
_YEARS = re.compile(
    r"(?:\b(?:in|of|since|for|until|by|during|the|year|elections?)|'s)\s(?P<year>(?:19|20)\d\d)\b(?![,.]\d|\s?%|"
    r"\s(?:voters|people|persons|citizens|observers|candidates|votes|ballots|(?:polling |voting )?(?:stations|places|"
    r"precincts))\b)",
    re.I,
)
_UNITS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_TEENS = [
    "tenth",
    "eleventh",
    "twelfth",
    *(f"{n}teenth" for n in ("thir", "four", "fif", "six", "seven", "eigh", "nine")),
]
_ORDINALS = [*_UNITS, *_TEENS, "twentieth", *(f"twenty-{n}" for n in _UNITS), "thirtieth", "thirty-first"]
_ORDINAL = "|".join(reversed(_ORDINALS))
_CAPITALS = [name.capitalize() for name in _MONTHS]
_FULL_MONTH = "(?:" + "|".join(_CAPITALS) + ")"
# `the ninth of July 2031`, `July first`
_IN_WORDS = re.compile(
    rf"\b(?P<o1>{_ORDINAL})\sof\s(?P<m1>{_FULL_MONTH})\b(?:,?\s(?P<y1>[12]\d{{3}})\b)?|"
    rf"\b(?P<m2>{_FULL_MONTH})\s(?:the\s)?(?P<o2>{_ORDINAL})\b",
    re.I,
)
_HAS_ORDINAL = re.compile(r"(?:st|nd|rd|th)\sof\s[A-Z]|[a-z]{2}[yhletr]\s(?:the\s)?(?:first|second|[a-z-]+th)\b")
# `in February`, `last December`, `December last year`: a month alone.
_MONTH_ALONE = re.compile(
    rf"\b(?P<which>in|since|last|next|this|of|until)\s(?:early\s|mid-?\s?|late\s)?(?P<month>{_FULL_MONTH})\b"
    rf"(?!,?\s\d|\s(?:the\s)?(?:{_ORDINAL})\b)(?:\s(?P<year>last|next|this)\syear)?"
)
_AHEAD = re.compile(
    r"\b(?:will|to be|next|is due|are due|takes place|take place|set for|scheduled|planned|due)\b", re.I
)
_RELATIVE = re.compile(
    r"\b(?P<which>this|current|next|last|the coming) (?P<what>year)\b|\b(?P<day>today|tomorrow|"
    r"yesterday|the day after tomorrow)\b",
    re.I,
)
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_WEEKDAY = re.compile(r"\b(?P<next>next |last |this )?(?P<day>" + "|".join(_WEEKDAYS) + r")\b", re.I)

# `Sunday, 31 March`, with no year behind
_ON_WEEKDAY = re.compile(
    r"\b(?P<on>" + "|".join(_WEEKDAYS) + r"),?\s(?:the\s)?(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)?\s(?:of\s)?)?"
    rf"(?P<month>{_MONTH})(?:\s(?P<d2>\d{{1,2}})\b)?(?!,?\s\d{{4}})",
    re.I,
)

_HOURS = re.compile(
    r"""(?<![\d.,:])(?:
    (?P<h1>1?\d)(?:[:.](?P<m1>[0-5]\d))?\s?(?P<half>a\.?m\b\.?|p\.?m\b\.?)
    |(?P<h2>[01]?\d|2[0-4]):(?P<m2>[0-5]\d)(?::[0-5]\d)?(?!\d)(?P<later>\sin\sthe\s(?:afternoon|evening))?
    |(?P<h3>[01]\d|2[0-4])(?P<m3>[0-5]\d)\s?(?:hrs\b|hours\b|h\b)
    |(?P<h4>[01]?\d|2[0-4])\s?(?:hrs\b|h(?P<m4>[0-5]\d)?\b|hours\b(?=\s(?:local|on)))
    |(?<=from\s)(?P<h6>\d\d?)(?P<m6>)(?=\sto\s\d\d?\shours\b)|(?<=\d\sto\s)(?P<h7>\d\d?)(?P<m7>)\shours\b
    |(?:(?<=at\s)|(?<=by\s)|(?<=of\s)|(?<=to\s)|(?<=until\s)|(?<=from\s)|(?<=till\s)|(?<=and\s))
      (?P<h5>[01]?\d|2[0-3])\.(?P<m5>[0-5]\d)(?!\d|\s?%|\s?per|\sp(?:ct|c)\b|\s(?:million|billion|thousand|lakh|crore|points))
    )""",
    re.I | re.X,
)
_SPOKEN = re.compile(
    r"\b(?P<noon>noon|midday|midnight)\b|\b(?P<word>one|two|three|four|five|six|seven|eight|nine|"
    r"ten|eleven|twelve|1?\d)"
    r"\s(?:o'clock(?: in the (?P<p1>morning|afternoon|evening))?|(?:in the|at) (?P<p2>morning|afternoon|evening|"
    r"night))",
    re.I,
)
# The hour of the sentence before.
THEN = re.compile(r"\b(?:by then|(?:by|at|as of) (?:that|this|the same) (?:time|hour|point|moment))\b")
_ELSEWHERE = re.compile(r"^[^;,.]{0,20}\((?:or\s)?$")
_MAY_BE_HOUR = re.compile(
    r"\d[:.h]\d|\d\s?[AaPp]\.?[Mm]|\d\s?h|noon|midday|midnight|o'clock|morning|afternoon|"
    r"evening|night",
    re.I,
)
_CLOCK = {
    w: n
    for n, w in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
}
_LABELS = re.compile(
    r"\b(?:No|Nos|Nr)\.?\s?\d+(?:(?:,\s|\sand\s|-)\d+)*|№\s?\d+|#\d+"
    r"|\b(?:article|section|form|resolution|law|act|protocol|chapter|rule|room|flight|page|paragraph|"
    r"precinct|ward|channel|group|day|phase|round|chapter|part|agenda item|covid|"
    r"g)\s?-?(?:no\.?\s)?\d+(?:[./-]\d+)*[A-Z]?\b"
    r"|\b\d+(?:st|nd|rd|th)\b|\b\d\d?:\d\d\b|\(UTC[^)]*\)|\(GMT[^)]*\)|\b(?:UTC|GMT)\s?[+-]\s?\d+(?::\d\d)?"
    r"|\baged?\s\d+(?:\s(?:and|or)\s\w+)?|\b\d+-year-olds?\b|\b\d+-years?\b|https?://\S+|\bwww\.\S+|\S+@\S+"
    r"|[$€£₹]\s?\d[\d,.]*(?:\s?(?:million|billion|m|bn|k|crore|lakh)\b)?",
    re.I,
)
# Cheap tests of whether there is anything to look for.
_MAY_LABEL = re.compile(
    r"[\u2116#$\u20ac\u00a3\u20b9@/]|\d(?:[snrt]|[- ]?year|:)|\b(?:N[or]|UTC|GMT|www|covid)|\b[Gg]-?\d"
)
_SMALL = re.compile(r"[a-z]+")
_LABEL_WORDS = frozenset(
    re.findall(
        r"\w+",
        "article section form resolution law act protocol chapter rule room flight page paragraph precinct ward "
        "channel group day phase round part item aged age",
    )
)


@dataclass(frozen=True)
class Moment:
    """A date or an hour in a sentence: as EDTF, or as `15:00`, and where it stands.

    first: the first day of `17-19 September`, whose last one is the value; empty of a single day.
    """

    value: str
    start: int
    end: int
    first: str = ""

    @property
    def is_day(self) -> bool:
        """Whether it names a day, not only a month or a year."""
        return len(self.value) == 10


def dates_in(text: str, written: str = "", anchor: str = "") -> list[Moment]:
    """The dates of a sentence in order.

    written: the document's date, or empty. anchor: a day in `YYYY-MM-DD`; a date without a year is the
    one nearest to it.
    """
    found = [m for match in _DATES.finditer(text) if (m := _date(match, anchor))] if _DIGIT.search(text) else []
    taken = [(m.start, m.end) for m in found]
    found += [
        Moment(match["year"], match.start("year"), match.end("year"))
        for match in _YEARS.finditer(text)
        if not any(start <= match.start("year") < end for start, end in taken)
    ]
    if _HAS_ORDINAL.search(text):
        worded = [m for match in _IN_WORDS.finditer(text) if (m := _in_words(match, anchor))]
        found = [m for m in found if not any(w.start <= m.start < w.end for w in worded)] + worded
    if anchor:
        found += _relative(text, written, anchor)
        if any(name in text for name in _CAPITALS):
            found += [_month_alone(text, match, anchor) for match in _MONTH_ALONE.finditer(text)]
    return _spans(text, sorted(found, key=lambda moment: moment.start))


def _in_words(match: re.Match[str], anchor: str) -> Moment | None:
    day = _ORDINALS.index((match["o1"] or match["o2"]).lower()) + 1
    month = _NUMBER[(match["m1"] or match["m2"])[:3].lower()]
    return _moment(match, match["y1"] or _nearest_year(anchor, month, day), month, day)


def _month_alone(text: str, match: re.Match[str], anchor: str) -> Moment:
    """`in February`: the last one before the anchor, or the next one where the sentence looks ahead."""
    month, year = _NUMBER[match["month"][:3].lower()], int(anchor[:4])
    if match["year"]:
        year += {"last": -1, "this": 0, "next": 1}[match["year"]]
    elif match["which"] == "next" or (match["which"] != "last" and _AHEAD.search(text)):
        year += month < int(anchor[5:7])
    else:
        year -= month > int(anchor[5:7])
    return Moment(f"{year}-{month:02}", match.start("month"), match.end())


# `postponed from 25 February to 24 March` is no span.
_MOVED = re.compile(r"\b(?:postpon|mov(?:ed|es|ing)\b|delay|reschedul|shift|brought\b|put\b)")


def _spans(text: str, moments: list[Moment]) -> list[Moment]:
    """The moments, `from 5 May to 9 June` as one with its first day."""
    joined: list[Moment] = []
    if len(moments) < 2 or _MOVED.search(text):
        return moments
    for moment in moments:
        last = joined[-1] if joined else None
        if (
            last
            and last.is_day
            and moment.is_day
            and not last.first
            and last.value < moment.value
            and text[moment.end - 1] != "y"
        ):
            opens = re.search(r"\b(?:from|between)\s(?:\w+day,?\s)?$", text[: last.start])
            between = r"\s(?:to|until|till|through|and)\s(?:\w+day,?\s)?" if opens else r"\s?-\s?"
            if re.fullmatch(between, text[last.end : moment.start]):
                joined[-1] = Moment(moment.value, last.start, moment.end, last.value)
                continue
        joined.append(moment)
    return joined


def last_date(text: str) -> str:
    """The latest full date of a text, as a day; empty where there is none."""
    found = (_date(match, "") for match in _DATES.finditer(text))
    return max((m.value for m in found if m and m.is_day and not m.value.startswith("X")), default="")


def on_its_weekday(text: str, anchor: str) -> str:
    """The anchor, or, up to three years from it, where the days of a text fall on the weekdays that it gives them."""
    told = [m for m in _ON_WEEKDAY.finditer(text) if 0 < int(m["d1"] or m["d2"] or 0) <= 31]
    if not told:
        return anchor
    days = [(_NUMBER[m["month"][:3].lower()], int(m["d1"] or m["d2"]), _WEEKDAYS.index(m["on"].lower())) for m in told]
    year = int(anchor[:4])

    def fit(there: int) -> int:
        return sum(
            datetime.date(there, month, min(day, 28)).weekday() == (on - max(0, day - 28)) % 7
            for month, day, on in days
        )

    best = max((year + n for n in (0, 1, -1, 2, -2, 3, -3)), key=fit)
    month, day, _ = days[-1]
    return f"{best}-{month:02}-{min(day, 28):02}" if best != year else anchor


def first_date(text: str) -> str:
    """The first full date of a text, as a day; empty where there is none."""
    for match in _DATES.finditer(text):
        moment = _date(match, "")
        if moment and moment.is_day and not moment.value.startswith("X"):
            return moment.value
    return ""


def _date(match: re.Match[str], anchor: str) -> Moment | None:
    if match["iso"]:
        return _moment(match, match["iy"], int(match["im"]), int(match["id"]))
    if match["a"]:
        day, month = int(match["a"]), int(match["b"])
        day, month = (month, day) if month > 12 else (day, month)
        return _moment(match, match["y4"], month, day)
    month_name = (match["m1"] or match["m2"] or match["m3"]).lower()
    if month_name.rstrip(".") == "may" and not (match["m1"] or match["m3"] or match["m2"]).startswith("M"):
        return None
    month = _NUMBER[month_name[:3]]
    if match["m3"]:
        return Moment(f"{match['y3']}-{month:02}", match.start(), match.end())
    first, day = (int(match[name] or 0) for name in (("d0", "d1") if match["d1"] else ("d2", "d3")))
    day = day or first
    year = match["y1"] or match["y2"] or _nearest_year(anchor, month, day)
    last = _moment(match, year, month, day)
    return replace(last, first=f"{year}-{month:02}-{first:02}") if last and 0 < first < day else last


def _nearest_year(anchor: str, month: int, day: int) -> str:
    if not anchor:
        return 4 * "X"  # EDTF, level 1: four unspecified digits
    there = datetime.date.fromisoformat(anchor)
    days = min(day, 28)
    return str(
        min((there.year + n for n in (0, -1, 1)), key=lambda y: abs((datetime.date(y, month, days) - there).days))
    )


def _moment(match: re.Match[str], year: str, month: int, day: int) -> Moment | None:
    try:
        datetime.date(int(year) if year.isdigit() else 2000, month, day)
    except ValueError:
        return None
    return Moment(f"{year}-{month:02}-{day:02}", match.start(), match.end())


def _relative(text: str, written: str, anchor: str) -> Iterator[Moment]:
    for match in _RELATIVE.finditer(text):
        if match["what"]:
            step = {"next": 1, "the coming": 1, "last": -1}.get(match["which"].lower(), 0)
            yield Moment(str(int((written or anchor)[:4]) + step), match.start(), match.end())
        elif written:
            days = {"today": 0, "tomorrow": 1, "yesterday": -1}.get(match["day"].lower(), 2)
            day = datetime.date.fromisoformat(written) + datetime.timedelta(days)
            yield Moment(day.isoformat(), match.start(), match.end())
    if written:
        yield from _weekdays(text, datetime.date.fromisoformat(written))


def _weekdays(text: str, written: datetime.date) -> Iterator[Moment]:
    """The day that a weekday names: the last one, or the next one where the sentence looks ahead."""
    for match in _WEEKDAY.finditer(text):
        if re.match(r",?\s(?:\d|" + _MONTH + ")", text[match.end() :], re.I):
            continue
        offset = (_WEEKDAYS.index(match["day"].lower()) - written.weekday()) % 7
        if not _AHEAD.search(text) and offset:
            offset -= 7
        yield Moment((written + datetime.timedelta(offset)).isoformat(), match.start(), match.end())


def hours_in(text: str) -> list[Moment]:
    """The hours of a sentence as `15:00`, in order."""
    if not _MAY_BE_HOUR.search(text):
        return []
    found = [m for match in _HOURS.finditer(text) if (m := _hour(match))]
    for match in _SPOKEN.finditer(text):
        if match["noon"]:
            value = "00:00" if match["noon"].lower() == "midnight" else "12:00"
        else:
            word = match["word"].lower()
            hour = _CLOCK.get(word) or int(word) if word in _CLOCK or word.isdigit() else 0
            later = (match["p1"] or match["p2"] or "").lower() in ("afternoon", "evening", "night")
            value = f"{hour % 12 + 12 if later else hour:02}:00"
        if not any(m.start <= match.start() < m.end for m in found):
            found.append(Moment(value, match.start(), match.end()))
    found.sort(key=lambda moment: moment.start)
    # `10:00 am (09:00 Moscow time)`: the same hour elsewhere.
    return [m for n, m in enumerate(found) if not (n and _ELSEWHERE.search(text[found[n - 1].end : m.start]))]


def _hour(match: re.Match[str]) -> Moment | None:
    number = next(n for n in "1234567" if match[f"h{n}"])
    hour, minute = int(match[f"h{number}"]), int(match[f"m{number}"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"].lower().startswith("p") else 0)
    hour += 12 if match["later"] and hour < 12 else 0
    if hour > 24 or (hour == 24 and minute):
        return None
    return Moment(f"{hour:02}:{minute:02}", match.start(), match.end())


def labels_in(text: str) -> list[tuple[int, int]]:
    """Where figures stand that count nothing: `No. 14`, `Article 103`, `15th`, ages, addresses, money."""
    if not _MAY_LABEL.search(text) and _LABEL_WORDS.isdisjoint(_SMALL.findall(text.lower())):
        return []
    return [match.span() for match in _LABELS.finditer(text)] if _DIGIT.search(text) else []
