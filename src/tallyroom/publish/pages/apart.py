"""Stations that are not in the totals, each with the reason: held, annulled, and missing."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow.compute as pc

from tallyroom.publish import numbers, words
from tallyroom.publish.edition import Edition
from tallyroom.publish.language import say, say_n
from tallyroom.publish.pages.areas import highest
from tallyroom.publish.pages.tabulated import area_link, overview_table
from tallyroom.publish.stationlist import Act, Station
from tallyroom.publish.view import Cell, Head, Line, Link, Page, Table, cell
from tallyroom.record.contest import Contest

__all__ = ["page"]

# Of more than so many the page says how many there are in which area; the areas' pages name them.
_MOST = 500
_OUT = ("held", "annulled", "missing")


def page(edition: Edition) -> Page | None:
    """The page, which stands from the first return on, also where every station is in the totals."""
    if not edition.counted:
        return None
    out = [(contest, status, at) for contest in edition.addresses.contests for status, at in _out(edition, contest)]
    sections = [
        {
            "mark": words.STATUSES[status][0],
            "head": _head(edition, contest, status, len(at)),
            "table": _table(edition, contest, status, at),
            "many": len(at) > _MOST,
        }
        for contest, status, at in out
    ]
    counts = [f"{numbers.count(len(at))} {words.plain(status)}{_of(edition, contest)}" for contest, status, at in out]
    summary = say("Every station with a return is in the totals.")
    if out:
        stations = numbers.joined(counts)
        summary = say("Held, annulled and missing stations with the reasons: {stations}.", stations=stations)
    view: dict[str, object] = {"sections": sections, "says": "" if out else summary}
    return Page(
        "apart.html", say("Stations not in the totals"), "apart.html", view, say("Not counted"), summary, script=True
    )


def _head(edition: Edition, contest: Contest, status: str, stations: int) -> str:
    said = say_n("{status}: {n} station", "{status}: {n} stations", stations, status=say(words.STATUSES[status][1]))
    return f"{said}{edition.of_contest(contest)}"


def _of(edition: Edition, contest: Contest) -> str:
    return f" ({edition.contest_name(contest)})" if len(edition.addresses.contests) > 1 else ""


def _out(edition: Edition, contest: Contest) -> list[tuple[str, Sequence[int]]]:
    acts = edition.acts(contest)
    if acts is None:
        return []
    # A record of some stations only does not know which others there are.
    statuses = _OUT if edition.record.election.stations == "all" else _OUT[:2]
    found = [(status, pc.indices_nonzero(pc.equal(acts.status, status)).to_pylist()) for status in statuses]
    return [(status, at) for status, at in found if at]


def _table(edition: Edition, contest: Contest, status: str, at: Sequence[int]) -> Table | None:
    _, word, means = words.STATUSES[status]
    of = f"{say(word)}{edition.of_contest(contest)}"
    if len(at) > _MOST:
        results = edition.results_of(contest.id)
        areas, _ = highest(edition)
        above = {row["parent"] for row in areas}
        some = [r for r in areas if r.id in results and r.id not in above and getattr(results[r.id].stations, status)]
        return overview_table(edition, contest, some, say("Areas with such stations: {of}", of=of))
    acts = edition.acts(contest)
    assert acts is not None
    lines = [
        _line(edition, station, of_station, means)
        for station, of_station in zip(edition.stations.some(at), acts.of(at), strict=True)
    ]
    heads = [
        Head(say("Station")),
        Head(say("Area")),
        Head(say("Registered"), True),
        Head(say("Why")),
        Head(say("When")),
        Head(say("Row and source")),
    ]
    return Table(of, heads, lines, quiet=True, sortable=True)


def _line(edition: Edition, station: Station, acts: Sequence[Act], means: str) -> Line:
    act = next((one for one in acts if one.in_force), acts[-1] if acts else None)
    why = words.sentence(say(means))
    if act is not None:
        reason = edition.own(words.sentence(act.reason)) if act.reason else words.sentence(say("no reason is stated"))
        taken_back = say("Act {number} was withdrawn: {reason}", number=act.number, reason=edition.own(act.reason))
        why = reason if act.in_force else taken_back
    file, line = edition.row_of(act or station)
    row = Link(numbers.place(file, line), f"{edition.addresses.top}{file}")
    sources = [edition.source(name) for name in (act or station).source.split()]
    return Line(
        Cell((Link(station.name or station.id, edition.addresses.of_station(station.at, station.id)),)),
        (
            Cell((area_link(edition, station.area),)),
            cell(numbers.count(station.registered), number=True),
            cell(why),
            cell(edition.when(act.made) if act and act.made else numbers.UNKNOWN),
            Cell((row, *sources)),
        ),
    )
