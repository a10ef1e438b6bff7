"""Numbers, sizes and dates as the pages print them: `4,977,693`, `76.73 %`, `7 February 2024, 19:00`.

Nothing is computed here but what a reader sees; a share that came as text is printed as it came, with
the marks and digits of the language spoken. English is written by hand, every other language by Babel.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import Literal

from babel.dates import format_date, format_interval, format_skeleton
from babel.lists import format_list

from tallyroom.publish.language import ENGLISH, Language, say, say_n, spoken
from tallyroom.record.dates import read_date
from tallyroom.tabulate.shares import Rounding, printed_share

__all__ = [
    "UNKNOWN",
    "clock",
    "count",
    "day_of",
    "joined",
    "lines",
    "listed",
    "of_all",
    "percent",
    "place",
    "short_day",
    "size",
    "text_of",
    "tick",
    "when",
]

UNKNOWN = "–"
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def count(value: int | None) -> str:
    """A whole number with its thousands set apart; a dash where it is not known."""
    return UNKNOWN if value is None else spoken().number(value)


def percent(share: str | None) -> str:
    """A share, as the text it is, with its sign; a dash where it is not known."""
    return UNKNOWN if share is None else f"{text_of(share)}{spoken().percent}"


def tick(value: float) -> str:
    """A percentage at the axis of a chart."""
    tongue = spoken()
    return f"{value:g} %" if tongue is ENGLISH else f"{text_of(f'{value:g}')}{tongue.percent}"


def text_of(value: str) -> str:
    """A decimal as it was printed, its thousands set apart: `2499033000` → `2,499,033,000`."""
    whole, point, rest = value.removeprefix("-").partition(".")
    if not whole.isdecimal():
        return value
    tongue = spoken()
    sign = "-" if value.startswith("-") else ""
    return f"{sign}{tongue.number(int(whole))}{tongue.point if point else ''}{tongue.digited(rest)}"


def of_all(part: int, whole: int, digits: int = 2, rounding: Rounding = "half-up") -> str:
    """A share of a whole that is never rounded to the finish: 100 % only when all of it is in."""
    share = printed_share(part, whole, digits, rounding)
    if part < whole and share == printed_share(whole, whole, digits):
        most = printed_share(whole * 10**6 - 1, whole * 10**6, digits, "down")
        return say("more than {share}", share=percent(most))
    if part > 0 and share == printed_share(0, whole, digits):
        return say("less than {share}", share=percent(printed_share(1, 10 ** (digits + 2), digits)))
    return percent(share)


def size(length: int) -> str:
    """A file's length as people say it: `812 bytes`, `34 kB`, `1.2 MB`."""
    if length < 1000:
        return say_n("{n} byte", "{n} bytes", length)
    power = 3 if length < 10**6 else 6 if length < 10**9 else 9
    tenths = length * 10 // 10**power
    number = text_of(f"{tenths // 10}.{tenths % 10}" if tenths < 100 else f"{tenths // 10}")
    match power:
        case 3:
            return say("{number} kB", number=number)
        case 6:
            return say("{number} MB", number=number)
    return say("{number} GB", number=number)


def listed(parts: Iterable[str]) -> str:
    """A list without a last word: `a, b, c`."""
    return say(", ").join(parts)


def joined(parts: Sequence[str], last: Literal["and", "or"] = "and") -> str:
    """A list as a sentence has it: `a, b and c`."""
    if len(parts) < 2:
        return parts[0] if parts else ""
    if spoken() is ENGLISH:
        return f"{', '.join(parts[:-1])} {last} {parts[-1]}"
    return format_list(list(parts), style="or" if last == "or" else "standard", locale=spoken().locale)


def lines(numbers: Iterable[int]) -> str:
    """Line numbers with runs drawn together: `line 7`, `lines 12–18, 40`; in digits that editors show."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    many = sum(map(len, runs))
    return say_n("line {lines}", "lines {lines}", many, lines=listed(said))


def place(file: str, line: int) -> str:
    """Where a row stands: `returns/president.csv, line 88`."""
    return say("{file}, line {line}", file=file, line=line)


def clock(moment: datetime, zone: tzinfo) -> str:
    """The time of day at the place of the election: `19:00`."""
    return spoken().digited(f"{moment.astimezone(zone):%H:%M}")


def short_day(moment: datetime, zone: tzinfo) -> str:
    """A day for the axis of a chart: `7 Feb`."""
    local, tongue = moment.astimezone(zone), spoken()
    if tongue is ENGLISH:
        return f"{local.day} {_MONTHS[local.month - 1][:3]}"
    return tongue.digited(format_skeleton("MMMd", local, locale=tongue.locale))


def day_of(text: str, zone: tzinfo) -> str:
    """The same as `when`, without the time of day."""
    return when(text, zone).partition(say(", "))[0]


def when(text: str, zone: tzinfo) -> str:
    """An EDTF date in words, local to the election; a text that is none stays as it is.

    `2024-02-07T19:00+04:00` → `7 February 2024, 19:00`; `../2024-02-06` → `by 6 February 2024`.
    """
    return _when(text, zone, spoken())


@lru_cache(maxsize=4096)
def _when(text: str, zone: tzinfo, tongue: Language) -> str:
    start, slash, end = text.partition("/")
    try:
        if not slash:
            return _one(text, zone, tongue)
        if start in ("", ".."):
            return say("by {date}", date=_one(end, zone, tongue))
        if end in ("", ".."):
            return say("from {date} on", date=_one(start, zone, tongue))
        if tongue is ENGLISH:
            return _interval(_one(start, zone, tongue), _one(end, zone, tongue))
        return _between(start, end, zone, tongue)
    except ValueError:
        return text


def _one(text: str, zone: tzinfo, tongue: Language) -> str:
    first = read_date(text, zone).first.astimezone(zone)
    if len(text) == 4:
        return tongue.digited(f"{first.year}")
    day = _day(first, tongue, whole_month=len(text) == 7)
    return f"{day}{say(', ')}{clock(first, zone)}" if "T" in text else day


def _day(day: date, tongue: Language, *, whole_month: bool) -> str:
    if tongue is ENGLISH:
        month = f"{_MONTHS[day.month - 1]} {day.year}"
        return month if whole_month else f"{day.day} {month}"
    if whole_month:
        return tongue.digited(format_skeleton("yMMMM", day, locale=tongue.locale))
    return tongue.digited(format_date(day, format="long", locale=tongue.locale))


def _between(start: str, end: str, zone: tzinfo, tongue: Language) -> str:
    """An interval in a language of Babel's: days and months drawn together where that language does so."""
    first, last = (read_date(text, zone).first.astimezone(zone) for text in (start, end))
    if "T" not in start + end and len(start) == len(end) == 7:
        return tongue.digited(format_interval(first, last, "yMMMM", locale=tongue.locale))
    if "T" in start and first.date() == last.date():
        until = clock(last, zone) if "T" in end else tongue.digited("24:00")
        return f"{_one(start, zone, tongue)}–{until}"
    end_said, day = _one(end, zone, tongue), tongue.digited(f"{last.day}")
    if len(start) == len(end) == 10 and start[:7] == end[:7] and end_said.startswith(f"{day} "):
        return f"{tongue.digited(str(first.day))}–{end_said}"
    return f"{_one(start, zone, tongue)} – {end_said}"


def _interval(first: str, last: str) -> str:
    day, _, time = first.partition(", ")
    last_day, _, last_time = last.partition(", ")
    if day == last_day and time:
        # A day as the end of an interval is the whole of it.
        return f"{day}, {time}–{last_time or '24:00'}"
    if time or last_time:
        return f"{first} – {last}"
    parts, ends = first.split(" "), last.split(" ")
    if len(parts) == len(ends) == 3 and parts[1:] == ends[1:]:
        return f"{parts[0]}–{last}"
    return f"{' '.join(parts[:-1])} – {last}" if len(parts) > 1 and parts[-1] == ends[-1] else f"{first} – {last}"
