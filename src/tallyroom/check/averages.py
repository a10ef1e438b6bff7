"""Do the voters of a place agree with its stations and the average that was given for them?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tallyroom.check.announced import Announced
from tallyroom.check.figure import Figure, Range, listed, percent, said
from tallyroom.check.findings import CannotCheck, Finding, Outcome, Passed, sources_of

__all__ = ["check"]

CHECK = "voters-per-station"


def check(announced: Announced) -> Iterator[Outcome]:
    """One finding for each number of voters that an average does not give, and one answer for the others."""
    good = []
    averages = announced.find("voters_per_station", when=lambda f: f.plain and not f.percent)
    for place in dict.fromkeys(f.place for f in averages):
        given = [f for f in averages if f.place == place]
        voters = announced.find("registered_voters", place=place, when=lambda f: f.plain and not f.percent)
        stations = announced.stations(given[0])
        if not voters or not stations:
            yield CannotCheck(CHECK, "the voters and the stations of the place", given[0].where)
        for total in stations:
            for figure in voters:
                answer = _one(figure, total, given)
                if isinstance(answer, str):
                    good.append(answer)
                else:
                    yield answer
    if good:
        yield Passed(CHECK, len(good), f"The voters agree with the average given for the stations: {listed(good)}.")


def _one(voters: Figure, stations: int, given: Sequence[Figure]) -> Finding | str:
    lows = [f.possible.low for f in given if f.possible.low is not None]
    highs = [f.possible.high for f in given if f.possible.high is not None]
    room = Range(max(lows) * stations if lows else None, min(highs) * stations if highs else None)
    each = percent(voters.value, 100 * stations, 0)
    says = f"{said(voters)} voters at {stations:,} stations are about {each} a station; the average given, "
    says += f"{' and '.join(said(f) for f in given)}, makes {_ends(room)} voters"
    if room.meets(voters.possible):
        return says
    return Finding(
        CHECK,
        "notice",
        voters.where,
        f"{says}: they differ.",
        {"voters": int(voters.value), "stations": stations, "per_station": int(each)},
        f"{int(voters.value)} / {stations} = {each}",
        sources_of([voters.row, *(f.row for f in given)]),
        "Look what the average was taken over.",
    )


def _ends(room: Range) -> str:
    """`20,800 to 23,400`, `at least 20,800`."""
    low, high = (None if end is None else f"{int(end):,}" for end in (room.low, room.high))
    if low and high:
        return low if low == high else f"{low} to {high}"
    return f"at least {low}" if low else f"at most {high}"
