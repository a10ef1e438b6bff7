"""The front page: what was announced and what we added up, apart; how far it has come; what the checks saw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from tallyroom.publish import numbers, words
from tallyroom.publish.announced import AHEAD, CountState, distinct
from tallyroom.publish.banner import all_in
from tallyroom.publish.charts.bars import Bar, bars
from tallyroom.publish.edition import Edition, figure_text
from tallyroom.publish.language import ENGLISH, say, say_n, spoken
from tallyroom.publish.pages import evidence
from tallyroom.publish.pages.cells import aligned, figures
from tallyroom.publish.pages.count import counted_lines
from tallyroom.publish.pages.findings import tally
from tallyroom.publish.pages.seats import SeatsView, seats
from tallyroom.publish.pages.tabulated import Tabulated, outcome_says, progress, tabulated
from tallyroom.publish.texts import harmless
from tallyroom.publish.view import Cell, Chart, FindingLink, Head, Line, Link, Page, Part, Shown, Table, cell
from tallyroom.record.contest import Contest
from tallyroom.record.rows import Row

__all__ = ["AnnouncedResult", "announced_result", "contest_headline", "headline", "page", "status"]


@dataclass(frozen=True)
class AnnouncedResult:
    """The latest announced result of a contest.

    final: whether it was given as final. stated: whether it says how much was counted; counted: what it
    says of that, and our sum of its votes.
    """

    as_of: str
    by: str
    final: bool
    stated: bool
    chart: Chart | None
    table: Table
    counted: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True)
class ContestView:
    """One contest: what was announced, and what we added up; None where there is none."""

    name: str
    announced: AnnouncedResult | None
    tabulated: tuple[Tabulated, ...]
    outcome: str
    seats: SeatsView | None


def page(edition: Edition, others: Sequence[Page]) -> Page:
    """The front page. others: the pages that it leads to."""
    view: dict[str, object] = {
        "status": status(edition),
        "contests": [_contest(edition, c) for c in edition.record.election.contests],
        "certified": _certified(edition),
        "facts_found": _facts(edition),
        "checkable": evidence.panel(edition),
        "tally": tally(edition),
        "gravest": _gravest(edition),
        "apart": next((other for other in others if other.path == "apart.html"), None),
        "others": [other for other in others if other.entry],
        "as_text": _as_text(edition),
    }
    return replace(shell(), view=view)


def shell() -> Page:
    """The front page without what it shows: its place in the navigation."""
    return Page("index.html", say("Result"), "index.html", {}, say("Result"))


def _as_text(edition: Edition) -> str:
    """The front page in a few plain lines, to copy into a message."""
    lines = [numbers.listed([edition.title, edition.territory, edition.when(edition.record.election.date)])]
    lines += [text for _, text in status(edition)]
    for contest in edition.record.election.contests:
        if len(edition.record.election.contests) > 1:
            lines.append(edition.contest_name(contest))
        lines += contest_headline(edition, contest)
    lines.append(say("Published {time}.", time=edition.published))
    if edition.address:
        lines.append(f"{edition.address}{spoken().folder}")
    return "\n".join(harmless(line) for line in lines)


def status(edition: Edition) -> list[tuple[str, str]]:
    """How far the election has come: kind and words, each computed from the record."""
    said = []
    if edition.record.election.synthetic:
        said.append(("rehearsal", say("Rehearsal: invented figures")))
    if edition.certified:
        by = edition.names(edition.certified.ids("by"))
        on = edition.when(edition.certified["at"])
        final = say("Final: certified on {date} by the {names}", date=on, names=by)
        said.append(("final", final if by else say("Final: certified on {date}", date=on)))
    elif edition.counted:
        whole = all_in(edition)
        said.append(("open", say("Preliminary: not certified") if whole else say("Partial: not all is counted")))
    if not edition.counted:
        said.append(("announced", say("Announced figures only") if edition.announced else say("No figures yet")))
    contests = edition.record.election.contests
    for contest in contests:
        name = edition.contest_name(contest)
        wholes = edition.wholes(contest.id) if edition.has_returns(contest.id) else []
        told = [progress(area.stations) for area in wholes]
        if len(contests) > 1:
            told = [say("{contest}: {progress}", contest=name, progress=one) for one in told]
        said += [("counted", words.sentence(one)) for one in told]
    if edition.announced and not edition.counted and not edition.certified:
        said.append(("open", say("No certification in this record")))
    return said


def _certified(edition: Edition) -> dict[str, object] | None:
    """The step that made the result final, in the record's own words."""
    row = edition.certified
    if row is None or not row["says"]:
        return None
    link = Link(edition.place(row), f"election.html#{row.id}")
    return {
        "says": edition.own(f"{row['says'].rstrip('.')}."),
        "at": row["at"],
        "row": link,
        "sources": edition.sources(row),
    }


def _gravest(edition: Edition, most: int = 3) -> list[FindingLink]:
    """The gravest findings, first among them those that touch the result shown here."""
    states = [state for c in edition.record.election.contests if (state := edition.figures.latest(c))]
    rows = [row for state in states for row in state.rows]
    rows += [row for p in edition.figures.turnout() for row in p.shares if row["modality"] == "final"]
    here = {finding.href for row in rows for finding in edition.findings_at(row.file, row.line)}
    every = [edition.finding_link(number) for number in range(len(edition.report.findings))]
    order = list(words.SEVERITIES)
    return sorted(every, key=lambda finding: (order.index(finding.severity), finding.href not in here))[:most]


def _contest(edition: Edition, contest: Contest) -> ContestView:
    whole = edition.wholes(contest.id) if edition.has_returns(contest.id) else []
    return ContestView(
        edition.contest_heading(contest),
        announced_result(edition, contest),
        tuple(tabulated(edition, contest, area, f"tabulated-{contest.id}-{n}") for n, area in enumerate(whole)),
        outcome_says(edition, contest),
        seats(edition, contest),
    )


def announced_result(edition: Edition, contest: Contest) -> AnnouncedResult | None:
    """The latest announced result of a contest; None where there is none."""
    state = edition.figures.latest(contest)
    return _announced(edition, contest, state) if state else None


def _announced(edition: Edition, contest: Contest, state: CountState) -> AnnouncedResult:
    by = edition.names(dict.fromkeys(name for row in state.rows for name in row.ids("by")))
    counted = [(line.head.parts[0], line.cells[0]) for line in counted_lines(edition, [state])]
    return AnnouncedResult(
        _moment(edition, state),
        by,
        state.final,
        bool(counted),
        _chart(edition, contest, state),
        _table(edition, contest, state),
        (*((str(name), parts) for name, parts in counted), *_added(state)),
    )


def _moment(edition: Edition, state: CountState) -> str:
    """The time that a state stands for, or else when it was given."""
    if state.as_of:
        return say("As of {time}", time=edition.when(state.as_of))
    at = state.rows[0]["at"]
    return say("Given {time}", time=edition.when(at)) if at else say("Undated")


def _added(state: CountState) -> list[tuple[str, Cell]]:
    """The votes added up by us, where each choice has exactly one figure."""
    one = [groups[0] for rows in state.votes.values() if len(groups := distinct(rows)) == 1]
    if not one or len(one) < state.choices:
        return []
    total = sum(int(Fraction(group[0]["value"])) for group in one)
    ours = cell(numbers.count(total), number=True, note=say("our sum of the announced votes"))
    return [(say("These votes added up"), ours)]


def _ranked(contest: Contest, state: CountState) -> list[str]:
    def first(rows: Sequence[Row] | None) -> Fraction:
        return Fraction(rows[0]["value"]) if rows else Fraction(-1)

    ids = [c.id for c in contest.choices]
    return sorted(ids, key=lambda c: (-first(state.votes.get(c)), -first(state.shares.get(c))))


def _chart(edition: Edition, contest: Contest, state: CountState) -> Chart | None:
    order = [c for c in _ranked(contest, state) if state.shares.get(c)]
    if not order:
        return None
    items = [_bar(edition, state, choice) for choice in order]
    said = [f"{item.name} {item.texts[0]}" for item in items[:3]]
    says = f"{numbers.joined(said)}."
    if len(items) > 3:
        says = say_n("{shares} and {n} other.", "{shares} and {n} others.", len(items) - 3, shares=numbers.listed(said))
    half = say("half") if contest.rule == "absolute-majority" and contest.majority_of == contest.shares_of else ""
    return bars(f"announced-{contest.id}", say("The result as announced"), says, items, half)


def _bar(edition: Edition, state: CountState, choice: str) -> Bar:
    share = state.shares[choice][0]
    votes = [figure_text(same[0]) for same in distinct(state.votes.get(choice, ()))]
    long = min(max(Fraction(share["value"]), Fraction(0)), Fraction(100))
    return Bar(edition.name(choice), long, (figure_text(share), " / ".join(votes)))


def _table(edition: Edition, contest: Contest, state: CountState) -> Table:
    order = _ranked(contest, state)
    parties = _parties(edition, contest)
    shares = aligned([figures(edition, state.shares.get(c, ())) for c in order])
    lines = [
        Line(
            cell(edition.name(choice), note=parties.get(choice, "")),
            (figures(edition, state.votes.get(choice, ())), share),
        )
        for choice, share in zip(order, shares, strict=True)
    ]
    heads = [Head(say("Candidate or list")), Head(say("Votes"), True), Head(say("Share"), True)]
    kept = [number for number, given in enumerate((state.votes, state.shares)) if given]
    lines = [replace(line, cells=tuple(line.cells[number] for number in kept)) for line in lines]
    return Table(
        f"{say('The result as announced')}{edition.of_contest(contest)}",
        [heads[0], *(heads[number + 1] for number in kept)],
        lines,
    )


def _parties(edition: Edition, contest: Contest) -> dict[str, str]:
    steps = [row for row in edition.record.current("candidates") if row["contest"] == contest.id]
    named = {row["candidate"]: edition.name(row["party"]) for row in steps if row["party"]}
    return {row["candidate"]: say("self-nominated") for row in steps} | named


def _facts(edition: Edition) -> list[tuple[str, Cell]]:
    """The figures that everybody asks for first, rivals side by side."""
    announced = edition.figures
    facts = [
        (say("Turnout"), _turnout(edition)),
        (say("Registered voters"), _all(edition, announced.whole("registered_voters"))),
        (say("Polling stations"), _all(edition, announced.whole("polling_stations"))),
        (say("Stations annulled"), _all(edition, announced.whole("stations_annulled"))),
    ]
    return [(term, found) for term, found in facts if found.parts]


def _all(edition: Edition, rows: Sequence[Row]) -> Cell:
    exact_first = sorted(rows, key=lambda row: bool(row["qualifier"]))
    return Cell(figures(edition, exact_first, dated=True).parts if rows else (), number=True)


def _turnout(edition: Edition) -> Cell:
    """Turnout from the close on, what was given as final first."""
    points = edition.figures.turnout()
    day = edition.figures.day(points)
    late = [p for p in points if p.shares and (p not in day or p is day[-1])]
    rows = [row for p in late for row in p.shares if row["modality"] not in AHEAD]
    rows.sort(key=lambda row: row["modality"] != "final")
    parts: list[Part] = []
    for same in distinct(rows):
        final = [say("final")] if same[0]["modality"] == "final" else []
        moment = edition.when(same[0]["as_of"]) if same[0]["as_of"] else say("time not stated")
        parts.append(edition.shown(*same, note=numbers.listed([*final, moment])))
    return Cell(tuple(parts), number=True)


def headline(edition: Edition) -> list[str]:
    """The headline for a terminal: announced and tabulated, apart."""
    said: list[str] = []
    for contest in edition.record.election.contests:
        said += contest_headline(edition, contest)
    return said


def contest_headline(edition: Edition, contest: Contest) -> list[str]:
    """The headline of one contest."""
    state = edition.figures.latest(contest)
    said = _terminal(edition, contest, state) if state else []
    said.append(say("Tabulated: {outcome}", outcome=outcome_says(edition, contest)))
    if edition.has_returns(contest.id):
        said += [f"  {words.sentence(progress(area.stations))}." for area in edition.wholes(contest.id)]
    return said


def _terminal(edition: Edition, contest: Contest, state: CountState) -> list[str]:
    by = edition.names(dict.fromkeys(name for row in state.rows for name in row.ids("by")))
    moment = _moment(edition, state)
    head = say("Announced by the {names}, {time}:", names=by, time=words.small(moment))
    said = [head if by else say("Announced, {time}:", time=words.small(moment))]
    names = {choice: harmless(edition.name(choice))[:40] for choice in _ranked(contest, state)}
    width = max(map(len, names.values()))
    for choice, name in names.items():
        shares = " / ".join(figure_text(same[0]) for same in distinct(state.shares.get(choice, ())))
        votes = " / ".join(figure_text(same[0]) for same in distinct(state.votes.get(choice, ())))
        line = f"  {name:<{width}}  {shares.replace(chr(0x202F), ' '):>9}  {votes:>11}".rstrip()
        said.append(line if spoken() is ENGLISH else f"  {name}: {numbers.listed([*filter(None, (shares, votes))])}")
    turnout = [part for part in _turnout(edition).parts if isinstance(part, Shown)]
    if turnout:
        given = [f"{part.text.replace(chr(0x202F), ' ')} ({part.note})" for part in turnout]
        said.append(f"  {say('Turnout as announced: {shares}', shares=say('; ').join(given))}")
    return said
