"""From a figure that was added up here down to its rows: each area as the sum of what lies directly in it.

The sum is added up once more on the way, from the printed parts and not by the tabulation's SQL, and stands beside
the tabulated figure: a reader can do the same with a pencil. At the end of the way are the stations' rows, on the
pages of their areas.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tallyroom.publish import numbers
from tallyroom.publish.edition import Edition
from tallyroom.publish.language import say, say_n
from tallyroom.publish.view import Cell, Head, Line, Link, Page, Table, cell
from tallyroom.record.contest import Contest
from tallyroom.record.rows import Row
from tallyroom.tabulate.results import AreaResult

__all__ = ["ContestTrace", "pages", "paths", "way_to_rows"]

# Of more areas the first stand in a line each, and the others in one together.
_MOST = 250
_FIGURES = ("registered", "cast", "valid", "invalid")


@dataclass(frozen=True)
class ContestTrace:
    """One contest: the parts and their sum. agrees: whether that is the tabulated figure, in every column."""

    anchor: str
    name: str
    agrees: bool
    table: Table


def way_to_rows(edition: Edition, contest: Contest, area: str) -> str:
    """Where it is shown what an area's figures of a contest were added up from; empty where nothing was."""
    if not edition.counted or not edition.has_returns(contest.id) or area not in edition.addresses.areas:
        return ""
    if not edition.addresses.below.get(area):
        return f"{edition.addresses.top}{edition.addresses.page(area)}"  # the page with the stations' rows
    return f"{'' if edition.addresses.said(area) else edition.addresses.top}{_path(edition, area)}#_{contest.id}"


def paths(edition: Edition, area: str) -> list[str]:
    """Where it is shown how an area adds up; nowhere where no area is below it."""
    return [_path(edition, area)] if edition.addresses.below.get(area) else []


def pages(edition: Edition, area: str) -> Iterator[Page]:
    """The page that shows how an area adds up, where areas are below it."""
    below = edition.addresses.below.get(area, ())
    if below:
        name = edition.name(area)
        view: dict[str, object] = {
            "name": name,
            "above": [Link(edition.name(one), _path(edition, one)) for one in edition.addresses.above(area)],
            "area": Link(name, edition.addresses.of(area)),
            "contests": [_contest(edition, contest, area, below) for contest in edition.addresses.contests],
            "example": _example(edition, area),
        }
        yield Page(_path(edition, area), say("How {area} adds up", area=name), "trace.html", view)


def _path(edition: Edition, area: str) -> str:
    return f"trace/{edition.addresses.page(area).removeprefix('areas/')}"


def _example(edition: Edition, area: str) -> str:
    """A figure to put behind `tallyroom trace data`."""
    for contest in edition.addresses.contests:
        votes = edition.results_of(contest.id)[area].votes.values()
        if most := max((n for n in votes if n is not None), default=0):
            return f"{most}"
    return "1000"


def _contest(edition: Edition, contest: Contest, area: str, below: Sequence[Row]) -> ContestTrace:
    results = edition.results_of(contest.id)
    whole = results[area]
    parts = [results[row.id] for row in below]
    lines = [_line(Cell((_down(edition, contest, part.area),)), contest, part) for part in parts[:_MOST]]
    sums = [_cells(contest, part) for part in parts]
    if len(parts) > _MOST:
        others = say_n("{n} further area, together", "{n} further areas, together", len(parts) - _MOST)
        lines.append(_summed(cell(others), _added(sums[_MOST:])))
    direct = _direct(edition, contest, area)
    if direct:
        sums.append(direct)
        here = Link(say("Stations directly in {area}", area=edition.name(area)), edition.addresses.of(area))
        lines.append(_summed(Cell((here,)), direct))
    added, tabulated = _added(sums), _cells(contest, whole)
    lines.append(_summed(cell(say("These added up")), added, "sum"))
    lines.append(_summed(cell(say("As tabulated")), tabulated, "sum"))
    heads = [Head(say("Part")), *(Head(name, True) for name in _heads(edition, contest))]
    caption = say("{area}: its parts and their sum", area=edition.name(area))
    table = Table(f"{caption}{edition.of_contest(contest)}", heads, lines, quiet=True)
    return ContestTrace(f"_{contest.id}", edition.contest_name(contest), added == tabulated, table)


def _down(edition: Edition, contest: Contest, area: str) -> Link:
    return Link(edition.name(area), way_to_rows(edition, contest, area))


def _heads(edition: Edition, contest: Contest) -> list[str]:
    figures = [say("Stations counted"), say("Registered"), say("Cast"), say("Valid"), say("Invalid")]
    return [*figures, *(edition.name(choice.id) for choice in contest.choices)]


def _cells(contest: Contest, area: AreaResult) -> list[int | None]:
    """Every figure of an area, in the order of the columns; None where no counted act states it."""
    figures = (area.registered, area.cast, area.valid, area.invalid)
    return [area.stations.accepted, *figures, *(area.votes.get(choice.id) for choice in contest.choices)]


def _direct(edition: Edition, contest: Contest, area: str) -> list[int | None]:
    """What the stations that lie directly in an area come to, added up from their acts; empty where there are none."""
    stations, acts = edition.stations.in_area.get(area, ()), edition.acts(contest)
    if not stations or acts is None:
        return []
    counted = [act for of in acts.of(stations) for act in of if act.in_force and act.status == "accepted"]
    columns: list[list[int | None]] = [[1, *act.figures[: len(_FIGURES)], *act.votes] for act in counted]
    nothing: list[int | None] = [0, *[None] * (len(_FIGURES) + len(contest.choices))]
    return _added([nothing, *columns])


def _added(rows: Sequence[Sequence[int | None]]) -> list[int | None]:
    """The rows' sum, column by column; None where no row states it."""
    stated = ([value for value in column if value is not None] for column in zip(*rows, strict=True))
    return [sum(column) if column else None for column in stated]


def _line(head: Cell, contest: Contest, area: AreaResult) -> Line:
    return _summed(head, _cells(contest, area))


def _summed(head: Cell, values: Sequence[int | None], status: str = "") -> Line:
    return Line(head, tuple(cell(numbers.count(value), number=True) for value in values), status=status)
