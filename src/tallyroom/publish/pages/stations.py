"""Stations as rows: the figures of the act in force, and behind each row all that is known of it.

Behind a row: the whole form, file and line of every act and its sources, what the checks say, and what
observers or parties read off the same form, figure by figure. A held or annulled act shows its figures,
marked, since they are evidence; they are in no total. A figure that the form does not state is a dash,
never a zero.

The only page parts that are written as text and not by a template: there may be a million of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup, escape

from tallyroom.publish import numbers, words
from tallyroom.publish.edition import Edition
from tallyroom.publish.language import quoted, say, say_n, spoken
from tallyroom.publish.pages.sidebyside import Column, agreement, columns_of, difference, figure
from tallyroom.publish.stationlist import Act, Station, StationActs
from tallyroom.publish.texts import harmless
from tallyroom.publish.view import Head
from tallyroom.record.contest import Contest
from tallyroom.tabulate.shares import printed_share

__all__ = ["StationRows", "Stations"]

_ROOT = "../"  # pages of areas lie one folder down


@dataclass(frozen=True)
class StationRows:
    """A table of stations: its heads, and its rows as written. asks: items of the form by their short names."""

    caption: str
    heads: Sequence[Head]
    rows: Markup
    asks: Sequence[tuple[str, str]]


class Stations:
    """What is shown of stations in one contest.

    In the first contest with returns a station's row has the station's id, so that links lead there.
    """

    def __init__(self, edition: Edition, contest: Contest) -> None:
        self.edition = edition
        self.contest = contest
        first = next((c.id for c in edition.record.election.contests if edition.has_returns(c.id)), contest.id)
        self.anchor = "" if contest.id == first else f"_{contest.id}."
        # What stands in every row is said once.
        self._form_line = _around("Form, line {line}", "line")
        self._also = _around("Also on the form: {figures}.", "figures")
        self._station = _around("Station {id}", "id")
        self._at_line = _around("{file}, line {line}", "line", file="")
        self._comma = numbers.listed(["", ""])
        self._statuses = {status: (mark, _text(say(word))) for status, (mark, word, _) in words.STATUSES.items()}
        self._sources: dict[str, str] = {}
        language = edition.record.election.first_language
        self._names = [_text(edition.name(choice.id)) for choice in contest.choices]
        self._items = [_text(words.plain(item.id)) for item in edition.record.election.form.items]
        # What stands in the row itself is not said again behind it.
        shown = {str(known) for name in ("registered", "cast", "valid", "invalid") if (known := contest.figure(name))}
        self._behind = [n for n, item in enumerate(edition.record.election.form.items) if item.id not in shown]
        self._of_unread = {item.id: n for n, item in enumerate(edition.record.election.form.items)}
        self._of_unread |= {f"votes.{choice.id}": len(self._items) + n for n, choice in enumerate(contest.choices)}
        self.asks = [
            (
                words.plain(item.id),
                item.names.get(spoken().code)
                or edition.own(item.names.get(language) or next(iter(item.names.values()))),
            )
            for item in edition.record.election.form.items
            if item.names
        ]

    @cached_property
    def _acts(self) -> StationActs | None:
        return self.edition.acts(self.contest)

    @cached_property
    def _copies(self) -> list[tuple[str, StationActs]]:
        record = self.edition.record
        return [
            (self.edition.name(name), StationActs(record, self.contest, table, self.edition.stations))
            for name, table in record.copies(self.contest.id).items()
        ]

    def status(self, at: int) -> str:
        """accepted, held, annulled or missing, of the station of this number in the list."""
        return str(self._acts.status[at].as_py()) if self._acts else "missing"

    def table(self, at: Sequence[int], caption: str) -> StationRows:
        """The rows of these stations, by their numbers in the list."""
        names = (say("Registered"), say("Cast"), say("Valid"), say("Invalid"), say("Turnout"))
        choices = [Head(self.edition.name(choice.id), True) for choice in self.contest.choices]
        heads = [Head(say("Station")), Head(say("Status")), *(Head(n, True) for n in names), *choices]
        stations = self.edition.stations.some(at)
        acts = self._acts.of(at) if self._acts else [[] for _ in at]
        copies = [(name, of.of(at)) for name, of in self._copies]
        parts: list[str] = []
        for number, (station, of_station) in enumerate(zip(stations, acts, strict=True)):
            read = [(name, one) for name, of in copies for one in of[number]]
            parts += self._row(station, of_station, read)
        return StationRows(caption, heads, Markup("".join(parts)), self.asks)

    def _row(self, station: Station, acts: Sequence[Act], copies: Sequence[tuple[str, Act]]) -> Iterator[str]:
        act = next((one for one in acts if one.in_force), None)
        status = act.status if act else "missing"
        name = _text(station.name or station.id)
        kind = f'<small class="note">{_text(words.plain(station.kind))}</small>' if station.kind else ""
        yield (
            f'<tbody><tr id="{_text(self.anchor + station.id)}" class="{status}"><th scope="row">{name}'
            f"{kind}</th>{self._status(status, act)}"
        )
        if act is None:
            yield f"<td>{numbers.count(station.registered)}</td>{'<td>–</td>' * (4 + len(self._names))}"
        else:
            registered, cast, valid, invalid, voters = act.figures
            share = None
            if voters is not None and registered:
                share = printed_share(voters, registered, self.contest.share_digits, self.contest.rounding)
            yield "".join(f"<td>{_count(n)}</td>" for n in (registered, cast, valid, invalid))
            yield f"<td>{numbers.percent(share)}</td>"
            yield "".join(f"<td>{_count(n)}</td>" for n in act.votes)
        yield f'</tr>\n<tr class="more"><td colspan="{7 + len(self._names)}"><details>'
        yield from self._behind_row(station, act, acts, copies)
        yield "</details></td></tr></tbody>\n"

    def _status(self, status: str, act: Act | None) -> str:
        mark, word = self._statuses[status]
        notes = []
        if act:
            if act.number > 1 or act.stage != "count":
                notes.append(_text(say("act {number}, {stage}", number=act.number, stage=words.plain(act.stage))))
            notes += [self._own(act.reason)] if act.reason else []
            notes += [_text(say("unread: {figures}", figures=self._unread(act)))] if act.unread else []
        note = f'<small class="note">{say("; ").join(notes)}</small>' if notes else ""
        return f'<td><span class="mark" aria-hidden="true">{mark}</span> {word}{note}</td>'

    def _unread(self, act: Act) -> str:
        return say("; ").join(numbers.listed([self._thing(what), words.plain(why)]) for what, why in _pairs(act.unread))

    def _thing(self, what: str) -> str:
        choice = what.removeprefix("votes.")
        return say("votes for {name}", name=self.edition.name(choice)) if choice != what else words.plain(what)

    def _own(self, text: str) -> str:
        """A text of the record in its own language, as HTML."""
        return _text(self.edition.own(text))

    # Behind the row

    def _behind_row(
        self, station: Station, act: Act | None, acts: Sequence[Act], copies: Sequence[tuple[str, Act]]
    ) -> Iterator[str]:
        seen = self.edition.findings_about(station.id, self.contest.id)
        place = self.edition.row_of(act or station)
        summary = f"{self._form_line[0]}{place[1]}{self._form_line[1]}"
        if act is not None and len(acts) == 1 and not seen and not copies:
            yield f"<summary>{summary}</summary>"
            yield self._alone(station, act, place)
            return
        columns = list(columns_of(act, acts, copies))
        said = [summary]
        if act is None:
            said = [_text(say("No form; {place}", place=numbers.place(*place)))]
        said += [_text(say_n("{n} act", "{n} acts", len(acts)))] if len(acts) > 1 else []
        if seen:
            mark, severity = seen[0][0].mark, seen[0][0].severity
            many = _text(say_n("{n} finding", "{n} findings", len(seen)))
            said.append(f'<span class="flag {severity}"><span aria-hidden="true">{mark}</span> {many}</span>')
        said += [_text(agreement(columns))] if copies else []
        yield f"<summary>{' · '.join(said)}</summary>"
        if seen:
            yield '<ul class="seen">'
            for link, says in seen:
                yield (
                    f'<li class="{link.severity}"><span class="mark" aria-hidden="true">{link.mark}</span> '
                    f'<a href="{_ROOT}{link.href}">{_text(link.word)}</a>: {_text(quoted(says, "en"))}</li>'
                )
            yield "</ul>"
        if len(columns) == 1 and not copies and act:
            yield self._alone(station, act, place)
            return
        rests = f": {self._place(place, station.source)}" if not act else ""
        yield f"<p>{self._name(station)}{rests}</p>"
        if columns:
            yield '<ul class="acts">'
            yield from (f"<li>{self._told(column)}</li>" for column in columns)
            yield "</ul>"
            yield from self._side_by_side(station, columns)

    def _alone(self, station: Station, act: Act, place: tuple[str, int]) -> str:
        """What stands behind the row of a station with one act."""
        return f"{self._form(act)}<p>{self._name(station)} · {self._rests(act, place)}</p>"

    def _name(self, station: Station) -> str:
        return f"{self._station[0]}<code>{_text(station.id)}</code>{self._station[1]}"

    def _form(self, act: Act) -> str:
        """The form's other figures, in a line."""
        stated = [(self._items[n], f"{value:,}") for n in self._behind if (value := act.items[n]) is not None]
        for what, why in _pairs(act.unread):
            if self._of_unread.get(what, -1) in self._behind:
                stated.append((_text(words.plain(what)), _text(words.plain(why))))
        said = [f"{name} <b>{value}</b>" for name, value in stated]
        return f"<p>{self._also[0]}{self._comma.join(said)}{self._also[1]}</p>" if said else ""

    def _rests(self, act: Act, place: tuple[str, int]) -> str:
        """Where an act stands and what it rests on: row, sources, picture."""
        parts = [self._place(place, act.source)]
        if act.made:
            parts.append(_text(self.edition.when(act.made)))
        if act.form:
            parts.append(self._picture(act.form))
        return " · ".join(parts)

    def _picture(self, sha256: str) -> str:
        """The picture of a form, or that it is missing."""
        picture = self.edition.pictures.found.get(sha256)
        short = Markup("<code>{}</code>").format(sha256[:12])
        if picture is None:
            return say("Picture of the form: missing, {sha256}", sha256=short)
        said = say("Picture of the form ({kind}, {size})", kind=picture.ending, size=numbers.size(picture.length))
        return Markup('<a href="{}{}">{}</a>').format(_ROOT, picture.path, said)

    def _place(self, place: tuple[str, int], source: str) -> str:
        """The file and line of a row in the site, and its sources."""
        file, said = _text(place[0]), f"{self._at_line[0]}{place[1]}{self._at_line[1]}"
        return f'<a href="{_ROOT}{file}">{file}{said}</a>{self._source(source)}'

    def _source(self, cell: str) -> str:
        """The sources of a cell, as links; most rows have the same ones."""
        if cell not in self._sources:
            links = [self.edition.source(name) for name in cell.split()]
            self._sources[cell] = "".join(
                f' · <a href="{_ROOT}{_text(link.href)}">{_text(link.text)}</a>' for link in links
            )
        return self._sources[cell]

    def _told(self, column: Column) -> str:
        act = column.act
        parts = [f"<strong>{_text(column.head)}</strong>"]
        if act.reason:
            parts.append(self._own(act.reason))
        if act.unread:
            parts.append(_text(say("unread: {figures}", figures=self._unread(act))))
        rests = self._rests(act, self.edition.row_of(act))
        return f"{': '.join(parts[:2])}{'; ' if parts[2:] else ''}{'; '.join(parts[2:])} · {rests}"

    def _side_by_side(self, station: Station, columns: Sequence[Column]) -> Iterator[str]:
        caption = say("{station}: figure by figure", station=station.name or station.id)
        yield f'<table class="compare"><caption>{_text(caption)}</caption><thead>'
        yield f'<tr><th scope="col">{_text(say("Figure"))}</th>'
        yield from (f'<th scope="col">{_text(column.head)}</th>' for column in columns)
        yield "</tr></thead><tbody>"
        names = [*self._items, *self._names]
        for number, name in enumerate(names):
            cells = [self._compared(column, number) for column in columns]
            if any(cell for cell in cells):
                yield f'<tr><th scope="row">{name}</th>'
                yield from (cell or "<td>–</td>" for cell in cells)
                yield "</tr>"
        yield "</tbody></table>"

    def _compared(self, column: Column, number: int) -> str:
        """A figure, marked where it is not that of the act beside it; empty where it is not stated."""
        value = figure(column.act, number)
        if value is None:
            why = next((w for what, w in _pairs(column.act.unread) if self._of_unread.get(what) == number), "")
            return f"<td><small>{_text(words.plain(why))}</small></td>" if why else ""
        if column.beside is None:
            return f"<td>{_count(value)}</td>"
        other = figure(column.beside, number)
        if other is None:
            return f'<td class="differs">{_count(value)} <small>{_text(say("not stated on the other"))}</small></td>'
        if value == other:
            return f"<td>{_count(value)}</td>"
        return f'<td class="differs">{_count(value)} <small>{_text(difference(value, other))}</small></td>'


def _around(message: str, place: str, **values: str) -> tuple[str, str]:
    """A message of the site as HTML: what stands before its place, and what after it."""
    before, _, after = _text(say(message, **{place: "\0"}, **values)).partition("\ufffd")
    return before, after


def _pairs(unread: str) -> Iterator[tuple[str, str]]:
    for one in unread.split():
        what, _, why = one.partition(":")
        yield what, why


def _count(value: int | None) -> str:
    return numbers.UNKNOWN if value is None else f"{value:,}"  # as English, in which the rows are, writes it


def _text(text: str) -> str:
    """A text, escaped and harmless, for text and for attributes; markup of ours as it is."""
    return str(escape(text if isinstance(text, Markup) else harmless(text)))
