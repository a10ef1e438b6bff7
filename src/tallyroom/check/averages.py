"""Do the voters of a place agree with its stations and the average that was given for them?"""

from __future__ import annotations

from collections.abc import Iterator

from tallyroom.check.announced import Announced, Range, percent, said
from tallyroom.check.findings import Finding, Outcome, Passed, at_row, sources_of

__all__ = ["check"]

CHECK = "voters-per-station"


def check(announced: Announced) -> Iterator[Outcome]:
    """One answer for each place with an average, its stations and its voters."""
    averages = announced.find("voters_per_station")
    for place in dict.fromkeys(f.place for f in averages):
        given = [f for f in averages if f.place == place]
        lows = [f.possible.low for f in given if f.possible.low is not None]
        highs = [f.possible.high for f in given if f.possible.high is not None]
        for stations in announced.totals("polling_stations", place):
            low, high = (max(lows) if lows else None), (min(highs) if highs else None)
            room = Range(low and low * stations, high and high * stations)
            ends = " to ".join(f"{int(end):,}" for end in (room.low, room.high) if end is not None)
            for voters in announced.find("registered_voters", when=lambda f, at=place: f.place == at):  # type: ignore[misc]
                if voters.row["subject"]:
                    continue
                each = percent(voters.value, 100 * stations, 0)
                says = f"{said(voters)} voters at {stations} stations are about {each} a station; "
                says += f"{stations} stations of the average given are {ends} voters"
                if room.meets(voters.possible):
                    yield Passed(CHECK, 1, f"{says}: they agree.")
                    continue
                rows = [voters.row, *(f.row for f in given)]
                yield Finding(
                    CHECK,
                    "notice",
                    at_row(voters.row),
                    f"{says}: they differ.",
                    {"voters": int(voters.value), "stations": stations, "per_station": each},
                    f"{int(voters.value)} / {stations} = {each}",
                    sources_of(rows),
                    "Look what the average was taken over.",
                )
