"""This election beside an earlier one: votes, shares, swing and turnout, over the stations that both counted.

Says on the page how stations were matched, how many were not, and which; nothing here is a result.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import pyarrow as pa

from tallyroom.publish import numbers
from tallyroom.publish.edition import Edition
from tallyroom.publish.language import say, say_n, spoken
from tallyroom.publish.pages.areas import highest
from tallyroom.publish.pages.tabulated import area_link
from tallyroom.publish.view import Cell, Head, Line, Link, Page, Table, cell
from tallyroom.record.contest import Contest
from tallyroom.tabulate.comparison import AreaComparison, Comparison, ContestComparison
from tallyroom.tabulate.shares import decimal_text, rounded

__all__ = ["ContestView", "page"]

# Of more stations without a partner the page names the first, and data/comparison.json all.
_MOST = 200
_CHOICES = 5  # columns of the table by area


@dataclass(frozen=True)
class ContestView:
    """One contest: its finding in a sentence, the whole by choice, and the areas."""

    name: str
    says: str
    wholes: tuple[Table, ...]
    turnout: tuple[str, ...]
    by_area: Table | None
    note: str


def page(edition: Edition) -> Page | None:
    """The page, where the publication has an earlier record beside it."""
    found = edition.comparison
    if found is None:
        return None
    earlier = found.then.election
    view: dict[str, object] = {
        "earlier": _earlier(found)[0],
        "earlier_language": _earlier(found)[1],
        "earlier_date": numbers.when(earlier.date, earlier.zone),
        "contests": [_contest(edition, found, contest) for contest in found.contests],
        "matched": _matched(found),
        "rule": _rule(found),
        "now": _some(found.matched.only_now),
        "only_now": _links(edition, found.matched.only_now),
        "then": _some(found.matched.only_then),
        "only_then": [found.then.name_of(name) for name in found.matched.only_then[:_MOST].to_pylist()],
    }
    summary = say("Swing and turnout beside {election}, at the stations of both.", election=_earlier(found)[0])
    title = say("Compared with {election}", election=_earlier(found)[0])
    return Page("compare.html", title, "compare.html", view, say("Compared"), summary, script=True)


def _earlier(found: Comparison) -> tuple[str, str]:
    """The earlier election's name, in the page's language where it has one, and its language where it has not."""
    election, tongue = found.then.election, spoken().code
    return (election.names[tongue], "") if tongue in election.names else (election.name, election.first_language)


def _some(stations: pa.Array) -> str:
    """How many of a list the page names; empty where that is all."""
    if len(stations) <= _MOST:
        return ""
    return say(
        "The first {some} of {all}; the data have them all.",
        some=numbers.count(_MOST),
        all=numbers.count(len(stations)),
    )


def _links(edition: Edition, stations: pa.Array) -> list[Link]:
    return [Link(edition.name(one), edition.addresses.of(one)) for one in stations[:_MOST].to_pylist()]


def _rule(found: Comparison) -> str:
    if found.matched.by == "id":
        return say(
            "A station is the same one where both records give it the same id, in the same area. "
            "Whether it still serves the same voters, no record can tell."
        )
    return say(
        "A station is the same one where both records give it the same name in the same highest area, and no other "
        "there has that name. Whether it still serves the same voters, no record can tell."
    )


def _matched(found: Comparison) -> list[tuple[str, str]]:
    matched = found.matched
    said = [
        (say("Stations in both"), len(matched)),
        (say("Only in this election"), len(matched.only_now)),
        (say("Only in the earlier one"), len(matched.only_then)),
    ]
    if matched.elsewhere:
        said.append((say("Same id or name, but another area: not matched"), matched.elsewhere))
    return [(term, numbers.count(number)) for term, number in said]


def _contest(edition: Edition, found: Comparison, contest: ContestComparison) -> ContestView:
    wholes = [area for area in contest.areas if area.area in edition.figures.roots]
    return ContestView(
        edition.contest_name(contest.now),
        _counted(contest),
        tuple(_whole(edition, found, contest, area) for area in wholes),
        tuple(said for area in wholes if (said := _turnout(contest.now, area))),
        _by_area(edition, contest),
        _base(contest),
    )


def _counted(contest: ContestComparison) -> str:
    said = [
        say_n(
            "{n} station is compared: both counted it", "{n} stations are compared: both counted them", contest.stations
        )
    ]
    if contest.not_counted:
        said.append(
            say_n(
                "{n} is in both, but counts in only one or in none",
                "{n} are in both, but count in only one or in none",
                contest.not_counted,
            )
        )
    if contest.lacking:
        said.append(
            say_n(
                "{n} counts in both, but leaves a figure open",
                "{n} count in both, but leave a figure open",
                contest.lacking,
            )
        )
    return f"{'; '.join(said)}."


def _base(contest: ContestComparison) -> str:
    """What a reader must know of the shares."""
    if not contest.same_base:
        return say("The shares of the two elections are of different wholes, so no swing is worked out.")
    return say(
        "A swing is the share now less the share then, in percentage points, worked out of the exact shares: it may "
        "differ by a hundredth from the printed ones."
    )


def _whole(edition: Edition, found: Comparison, contest: ContestComparison, area: AreaComparison) -> Table:
    lines = [
        Line(
            cell(_name(edition, found, choice)),
            (
                cell(numbers.count(area.then.votes.get(choice)), number=True),
                cell(_share(contest.then, area.then.share(choice)), number=True),
                cell(numbers.count(area.now.votes.get(choice)), number=True),
                cell(_share(contest.now, area.now.share(choice)), number=True),
                cell(_swing(contest, area, choice), number=True),
            ),
        )
        for choice in _order(contest, area)
    ]
    heads = [
        Head(say("Candidate or list")),
        Head(say("Votes then"), True),
        Head(say("Share then"), True),
        Head(say("Votes now"), True),
        Head(say("Share now"), True),
        Head(say("Swing, points"), True),
    ]
    caption = say("{area}: the stations of both elections", area=edition.name(area.area))
    return Table(f"{caption}{edition.of_contest(contest.now)}", heads, lines, quiet=True, sortable=True)


def _name(edition: Edition, found: Comparison, choice: str) -> str:
    name = edition.name(choice)
    return name if name != choice else found.then.name_of(choice)


def _order(contest: ContestComparison, area: AreaComparison) -> list[str]:
    """The choices of both elections, by their votes now and then by those of then."""
    every = dict.fromkeys([*(c.id for c in contest.now.choices), *(c.id for c in contest.then.choices)])
    return sorted(every, key=lambda c: (-area.now.votes.get(c, -1), -area.then.votes.get(c, -1)))


def _share(contest: Contest, share: Fraction | None) -> str:
    if share is None:
        return numbers.UNKNOWN
    return numbers.percent(decimal_text(rounded(share, contest.share_digits, contest.rounding), contest.share_digits))


def _swing(contest: ContestComparison, area: AreaComparison, choice: str) -> str:
    return _points(contest.now, area.swing(choice) if contest.same_base else None)


def _points(contest: Contest, points: Fraction | None) -> str:
    """A difference with its sign; what rounds to zero has none."""
    if points is None:
        return numbers.UNKNOWN
    printed = rounded(points, contest.share_digits, contest.rounding)
    sign = "+" if printed > 0 else "−" if printed < 0 else ""
    return f"{sign}{numbers.text_of(decimal_text(abs(printed), contest.share_digits))}"


def _turnout(contest: Contest, area: AreaComparison) -> str:
    if area.now.turnout is None or area.then.turnout is None:
        return ""
    return say(
        "Turnout at these stations: {now} now, {then} then ({change} points).",
        now=_share(contest, area.now.turnout),
        then=_share(contest, area.then.turnout),
        change=_points(contest, area.turnout_change),
    )


def _by_area(edition: Edition, contest: ContestComparison) -> Table | None:
    compared = {area.area: area for area in contest.areas}
    shown = [compared[row.id] for row in highest(edition)[0] if row.id in compared]
    if not shown:
        return None
    choices = [choice for choice in _order(contest, shown[0]) if choice in contest.choices][:_CHOICES]
    results = edition.results_of(contest.now.id)
    lines = [
        Line(
            Cell((area_link(edition, area.area),)),
            (
                cell(numbers.count(area.stations), number=True),
                cell(numbers.count(results[area.area].stations.expected), number=True),
                cell(_points(contest.now, area.turnout_change), number=True),
                *_swings(contest, area, choices),
            ),
        )
        for area in shown
    ]
    heads = [
        Head(say("Area")),
        Head(say("Stations compared"), True),
        Head(say("of now"), True),
        Head(say("Turnout, points"), True),
        *(Head(edition.name(choice), True) for choice in choices),
    ]
    caption = say("Swing by area, in percentage points")
    return Table(f"{caption}{edition.of_contest(contest.now)}", heads, lines, quiet=True, sortable=True)


def _swings(contest: ContestComparison, area: AreaComparison, choices: Sequence[str]) -> Iterator[Cell]:
    for choice in choices:
        shares = f"{_share(contest.then, area.then.share(choice))} → {_share(contest.now, area.now.share(choice))}"
        yield cell(_swing(contest, area, choice), number=True, note=shares)
