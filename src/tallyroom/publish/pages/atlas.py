"""The map: who leads where and by how much, and turnout, with the table that says the same.

Our own results; where the record has no returns, the figures announced about places, and the page says so.
One page a contest. Shapes and hexagons come from the record's map files; without them areas are grouped tiles.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from tallyroom.publish import numbers
from tallyroom.publish.addresses import file_stem
from tallyroom.publish.charts.frame import LETTER
from tallyroom.publish.edition import Edition
from tallyroom.publish.language import say, say_n
from tallyroom.publish.maps.levels import Level, level_of
from tallyroom.publish.maps.marks import Key, Marks, leaders_say, turnout_say
from tallyroom.publish.maps.outlines import Outlines, outlines
from tallyroom.publish.maps.picture import Mark, Picture, definitions, shapes_picture, tiles_picture
from tallyroom.publish.maps.shading import Standing, announced_standing, ranked, standing, turnout_classes
from tallyroom.publish.maps.tiles import Tiles, grouped, hexagons, unplaced
from tallyroom.publish.view import Cell, Head, Line, Link, Page, Table, cell
from tallyroom.record.contest import Contest
from tallyroom.record.rows import Row

__all__ = ["further", "page"]

_MEASURES = ("candidate_share", "candidate_votes", "turnout_share")
_NAMED = 12  # areas without a shape that are named; more are counted


@dataclass(frozen=True)
class Atlas:
    """What every map has: the level, its outlines where the record has shapes, and what to say of both."""

    level: Level
    lay: Callable[[float], Tiles]
    drawn: Outlines | None
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """One picture with its legend. other: the same as tiles of one size, to be opened; notes: what is not on it."""

    title: str
    picture: Picture
    other: Picture | None
    key: Key


def page(edition: Edition) -> Page | None:
    """The map of the first contest that has one; None where there is none."""
    return next(iter(_pages(edition)), None)


def further(edition: Edition) -> list[Page]:
    """The maps of the other contests, to which the first one leads."""
    return [replace(one, entry="", summary="") for one in _pages(edition)[1:]]


def _pages(edition: Edition) -> list[Page]:
    level = level_of(edition.record.current("areas"), edition.record.maps)
    if level is None:
        return []
    contests = [(c, found) for c in edition.record.election.contests if (found := _standings(edition, c, level))]
    if not contests:
        return []
    atlas = _atlas(edition, level)
    links = [
        Link(edition.contest_name(contest), f"map-{file_stem(contest.id)}.html" if number else "map.html")
        for number, (contest, _) in enumerate(contests)
    ]
    return [
        _page(edition, atlas, contest, standings, links, number) for number, (contest, standings) in enumerate(contests)
    ]


def _atlas(edition: Edition, level: Level) -> Atlas:
    maps = edition.record.maps
    ids = tuple(level.ids)
    notes: list[str] = []
    drawn = outlines(maps.features, ids, level.others) if maps.features is not None else None
    if drawn and drawn.areas:
        notes += _notes(edition, drawn.without, drawn.unmatched, maps.shapes_file)
    elif drawn:
        notes.append(say("{file} has no shape of an area on this map: it is drawn as tiles.", file=maps.shapes_file))
        drawn = None
    if maps.hexes and any(area in maps.hexes.tiles for area in ids):
        hexes = maps.hexes
        notes += _notes(edition, *unplaced(hexes, ids, level.others), "map.hexjson")
        return Atlas(level, lambda width: hexagons(hexes, ids, width), drawn, tuple(notes))
    if maps.hexes:
        notes.append(say("{file} has no hexagon of an area on this map: it is drawn as tiles.", file="map.hexjson"))
    groups = level.groups({row["parent"]: edition.name(row["parent"]) for row in level.areas if row["parent"]})
    return Atlas(level, lambda width: grouped(groups, width, lambda text: LETTER * len(text)), drawn, tuple(notes))


def _notes(edition: Edition, without: Sequence[str], unmatched: int, file: str) -> tuple[str, ...]:
    """What a map file and the record do not have in common, so that nothing is passed over in silence."""
    notes = []
    if without:
        names = numbers.listed([edition.name(area) for area in without[:_NAMED]])
        more = " …" if len(without) > _NAMED else ""
        notes.append(
            say_n(
                "{n} area has no place in {file} and is only in the table: {names}.",
                "{n} areas have no place in {file} and are only in the table: {names}.",
                len(without),
                file=file,
                names=f"{names}{more}",
            )
        )
    if unmatched:
        notes.append(
            say_n(
                "{n} place in {file} is of no area in this record and is not drawn.",
                "{n} places in {file} are of no area in this record and are not drawn.",
                unmatched,
                file=file,
            )
        )
    return tuple(notes)


def _standings(edition: Edition, contest: Contest, level: Level) -> list[Standing]:
    """Each area's standing by our own results, else as announced; empty where there is too little to draw."""
    if edition.has_returns(contest.id):
        results = edition.results_of(contest.id)
        return [standing(contest, results[row.id]) for row in level.areas]
    choices = [choice.id for choice in contest.choices]
    found = [
        announced_standing(row.id, choices, _rows(edition, contest, row), contest.share_digits) for row in level.areas
    ]
    known = sum(one.state != "unknown" or one.turnout is not None for one in found)
    # A picture of fewer than half of its areas would say more of what was announced than of the election.
    return found if known and (2 * known >= len(found) or edition.record.maps.files) else []


def _rows(edition: Edition, contest: Contest, area: Row) -> list[Row]:
    """What was announced about an area in a contest, and of its turnout."""
    own = {contest.id} | ({""} if len(edition.record.election.contests) == 1 else set())
    rows = [row for row in edition.announced_about.get(area.id, ()) if row["measure"] in _MEASURES]
    return [row for row in rows if row["contest"] in own or row["measure"] == "turnout_share"]


def _page(
    edition: Edition,
    atlas: Atlas,
    contest: Contest,
    standings: list[Standing],
    links: Sequence[Link],
    number: int,
) -> Page:
    ours = edition.has_returns(contest.id)
    marks = _marks(edition, contest, atlas.level, standings, ours)
    leaders = {one.area: marks.leader(one) for one in standings}
    voters = {one.area: marks.turnout(one) for one in standings} if marks.classes else {}
    says = leaders_say(edition, marks.order, standings)
    shown = [_shown(atlas, "leads", say("Who leads"), says, leaders, marks.leaders_key(standings))]
    if not marks.order and not ours:
        shown = []
    if voters:
        said = turnout_say(edition, standings)
        shown.append(_shown(atlas, "turnout", say("Turnout"), said, voters, marks.turnout_key(standings)))
    fills = [swatch for one in (leaders, voters) for swatch in one.values()]
    view: dict[str, object] = {
        "contest": edition.contest_name(contest),
        "kind": "tabulated" if ours else "announced",
        "contests": [Link(one.text, one.href if one is not links[number] else "") for one in links],
        "definitions": definitions([*fills, *_in_keys(marks)], atlas.drawn),
        "maps": shown,
        "notes": atlas.notes,
        "table_": _table(edition, contest, marks, standings, ours),
    }
    return Page(links[number].href, say("Map"), "map.html", view, say("Map"), shown[0].picture.says, script=True)


def _marks(edition: Edition, contest: Contest, level: Level, standings: Sequence[Standing], ours: bool) -> Marks:
    votes: dict[str, int] = {}
    for whole in edition.wholes(contest.id) if ours else ():
        for choice, count in whole.votes.items():
            votes[choice] = votes.get(choice, 0) + (count or 0)
    classes, at = turnout_classes(standings)
    hrefs = {row.id: _href(edition, contest, row, ours) for row in level.areas}
    return Marks(edition, ranked(contest, standings, votes), hrefs, classes, at)


def _in_keys(marks: Marks) -> list[Mark]:
    """The fills that legends show and no area may have."""
    strongest = [f"l{number}-3" for number in range(len(marks.order))]
    return [Mark("", "", fill) for fill in strongest]


def _href(edition: Edition, contest: Contest, area: Row, ours: bool) -> str:
    """Where an area leads: to its page, or to the figure that was announced about it."""
    if ours:
        return edition.addresses.of(area.id)
    rows = _rows(edition, contest, area)
    return edition.shown(rows[-1]).href if rows else ""


def _shown(
    atlas: Atlas,
    name: str,
    title: str,
    says: str,
    marks: Mapping[str, Mark],
    key: Key,
) -> Shown:
    if not atlas.drawn:
        return Shown(title, tiles_picture(f"map-{name}", title, says, atlas.lay, marks), None, key)
    drawing = shapes_picture(f"map-{name}", title, says, atlas.drawn, marks)
    # Where shapes hide small areas behind large ones, it is the votes that mislead.
    as_tiles = tiles_picture(f"map-{name}-tiles", title, says, atlas.lay, marks) if name == "leads" else None
    return Shown(title, Picture(says, (drawing,)), as_tiles, key)


def _table(edition: Edition, contest: Contest, marks: Marks, standings: Sequence[Standing], ours: bool) -> Table:
    lines = [
        Line(
            Cell((Link(edition.name(one.area), marks.hrefs[one.area]),)),
            (
                cell(numbers.joined([f"{marks.letter(c)} {edition.name(c)}" for c in one.first]) or marks.leading(one)),
                cell(numbers.text_of(one.lead_text) if one.lead_text else numbers.UNKNOWN, number=True),
                cell(numbers.percent(one.turnout_text or None), number=True),
                *_stations(edition, contest, one, ours),
            ),
        )
        for one in standings
    ]
    heads = [Head(say("Area")), Head(say("Most votes")), Head(say("Lead, in points"), True), Head(say("Turnout"), True)]
    heads += [Head(say("Stations counted"), True), Head(say("Stations"), True)] if ours else []
    return Table(say("The same figures as a table"), heads, lines, quiet=True, sortable=True)


def _stations(edition: Edition, contest: Contest, one: Standing, ours: bool) -> list[Cell]:
    if not ours:
        return []
    stations = edition.results_of(contest.id)[one.area].stations
    return [cell(numbers.count(n), number=True) for n in (stations.accepted, stations.expected)]
