"""Numbers, sizes and dates as the pages print them: `4,977,693`, `76.73 %`, `7 February 2024, 19:00`.

Nothing is computed here but what a reader sees; a share that came as text is printed as it came.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

from tallyroom.record.dates import read_date
from tallyroom.tabulate.shares import Rounding, printed_share

__all__ = [
    "UNKNOWN",
    "clock",
    "count",
    "joined",
    "lines",
    "of_all",
    "percent",
    "plural",
    "short_day",
    "size",
    "text_of",
    "when",
]

UNKNOWN = "–"
_NARROW_SPACE = "\u202f"  # does not break, so that a number and its % stay on one line
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
    """A whole number with a comma at every thousand; a dash where it is not known."""
    return UNKNOWN if value is None else f"{value:,}"


def percent(share: str | None) -> str:
    """A share, as the text it is, with its sign; a dash where it is not known."""
    return UNKNOWN if share is None else f"{share}{_NARROW_SPACE}%"


def text_of(value: str) -> str:
    """A decimal as it was printed, with a comma at every thousand: `2499033000` → `2,499,033,000`."""
    whole, point, rest = value.partition(".")
    return f"{int(whole):,}{point}{rest}" if whole.lstrip("-").isdecimal() else value


def of_all(part: int, whole: int, digits: int = 2, rounding: Rounding = "half-up") -> str:
    """A share of a whole that is never rounded to the finish: 100 % only when all of it is in."""
    share = printed_share(part, whole, digits, rounding)
    if part < whole and share == printed_share(whole, whole, digits):
        return f"more than {percent(printed_share(whole * 10**6 - 1, whole * 10**6, digits, 'down'))}"
    if part > 0 and share == printed_share(0, whole, digits):
        return f"less than {percent(printed_share(1, 10 ** (digits + 2), digits))}"
    return percent(share)


def size(length: int) -> str:
    """A file's length as people say it: `812 bytes`, `34 kB`, `1.2 MB`."""
    if length < 1000:
        return plural(length, "byte")
    for unit, power in (("kB", 3), ("MB", 6), ("GB", 9)):
        if length < 1000 * 10**power or unit == "GB":
            tenths = length * 10 // 10**power
            return f"{tenths // 10}.{tenths % 10} {unit}" if tenths < 100 else f"{tenths // 10:,} {unit}"
    raise AssertionError


def plural(number: int, one: str, many: str = "") -> str:
    """A number and its noun: `1 finding`, `12 findings`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def joined(parts: Sequence[str], last: str = "and") -> str:
    """A list as a sentence has it: `a, b and c`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}" if parts else ""


def lines(numbers: Iterable[int]) -> str:
    """Line numbers with runs drawn together: `line 7`, `lines 12–18, 40`."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return f"line{'s' if sum(map(len, runs)) > 1 else ''} {', '.join(said)}"


def clock(moment: datetime, zone: tzinfo) -> str:
    """The time of day at the place of the election: `19:00`."""
    return f"{moment.astimezone(zone):%H:%M}"


def short_day(moment: datetime, zone: tzinfo) -> str:
    """A day for the axis of a chart: `7 Feb`."""
    local = moment.astimezone(zone)
    return f"{local.day} {_MONTHS[local.month - 1][:3]}"


def when(text: str, zone: tzinfo) -> str:
    """An EDTF date in words, local to the election; a text that is none stays as it is.

    `2024-02-07T19:00+04:00` → `7 February 2024, 19:00`; `../2024-02-06` → `by 6 February 2024`.
    """
    start, slash, end = text.partition("/")
    try:
        if not slash:
            return _one(text, zone)
        if start in ("", ".."):
            return f"by {_one(end, zone)}"
        if end in ("", ".."):
            return f"from {_one(start, zone)} on"
        return _interval(_one(start, zone), _one(end, zone))
    except ValueError:
        return text


def _one(text: str, zone: tzinfo) -> str:
    first = read_date(text, zone).first.astimezone(zone)
    month = _MONTHS[first.month - 1]
    if len(text) == 4:
        return f"{first.year}"
    if len(text) == 7:
        return f"{month} {first.year}"
    day = f"{first.day} {month} {first.year}"
    return f"{day}, {first:%H:%M}" if "T" in text else day


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
