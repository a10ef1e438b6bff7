"""Returns as actasum's statements, and totals that it can hold against their sums.

    actasum verify --statements president.statements.jsonl --official president.totals.json

actasum (docs/spec/core.md of that project, v0.1) adds up what statements say and compares it with totals, so that a
stranger can add up our returns with a program that is not ours.

A statement is one accepted act at a station whose act in force is accepted; a later one supersedes the one before.
What is held, annulled, withdrawn or missing counts nothing here, and nothing there: it has no statement. A station is
named by its areas from the whole down to itself, `talvia/north/north-1`, so that totals of any level can be compared.
`null` is the contest's invalid votes, blank ones among them, since a statement must not count a ballot twice. actasum
knows no recount: it stands as a canvass, with our word in `extra`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.check.announced import Announced
from tallyroom.check.figure import Figure
from tallyroom.check.returns import StationList
from tallyroom.record.contest import Contest
from tallyroom.record.expressions import items_of
from tallyroom.record.folder import Record
from tallyroom.tabulate.frames import Acts, acts_of
from tallyroom.tabulate.results import AreaResult, Results

__all__ = ["Level", "announced_totals", "levels", "statements", "tabulated_totals"]

_BATCH = 10_000
_STAGES = {"count": "count", "recount": "canvass", "canvass": "canvass", "ruling": "ruling"}
_REASONS = {"illegible": "illegible", "not-on-form": "no-field"}


def statements(record: Record, contest: Contest) -> Iterator[bytes]:
    """The statements of a contest, a canonical JSON line each, some thousand stations at a time."""
    table = record.returns(contest.id)
    if table is None:
        return
    acts = acts_of(record, contest, table)
    rows, areas = _stated(acts, record)
    unread = table.columns["unread"] if "unread" in table.columns.column_names else pa.nulls(len(table), pa.string())
    forms = table.columns["form"] if "form" in table.columns.column_names else pa.nulls(len(table), pa.string())
    columns: dict[str, pa.Array] = {
        "station": acts.station,
        "stage": acts.stage,
        "unread": unread.take(acts.rows),
        "form": forms.take(acts.rows),
        **{f"votes.{choice}": votes for choice, votes in acts.votes.items()},
        **{
            f"figures.{name}": acts.figures[name] for name in ("registered", "valid", "invalid") if name in acts.figures
        },
    }
    writer = _Statements(record, contest)
    for start in range(0, len(rows), _BATCH):
        part = rows.slice(start, _BATCH)
        cells = zip(*(values.take(part).to_pylist() for values in columns.values()), strict=True)
        said = zip(cells, areas.slice(start, _BATCH).to_pylist(), strict=True)
        yield b"".join(writer.line(dict(zip(columns, row, strict=True)), area) for row, area in said)


def _paths(record: Record) -> dict[str, tuple[str, ...]]:
    """Area → the areas from the whole down to itself."""
    parents = {row.id: row["parent"] for row in record.current("areas")}

    def path(area: str) -> tuple[str, ...]:
        return (*path(parents[area]), area) if parents.get(area) else (area,)

    return {area: path(area) for area in parents}


def _stated(acts: Acts, record: Record) -> tuple[pa.Array, pa.Array]:
    """The numbers of the acts that have a statement, by station and act, and each one's smallest area."""
    stations = StationList.of(record)
    assert stations is not None, "acts name stations"
    counting = pc.unique(acts.station.filter(acts.counts))
    stated = pc.and_(pc.is_in(acts.station, counting), pc.equal(acts.status, "accepted"))
    at = pc.index_in(acts.station, stations.id_array)
    rows = pa.table({"at": at, "act": acts.act, "row": pa.array(range(len(acts)), pa.int64())}).filter(stated)
    rows = rows.sort_by([("at", "ascending"), ("act", "ascending")]).combine_chunks()
    return rows["row"].combine_chunks(), stations.areas.take(rows["at"].combine_chunks())


class _Statements:
    """Writes statements, and remembers the last one, which the next act at its station supersedes."""

    def __init__(self, record: Record, contest: Contest) -> None:
        self._choices = [choice.id for choice in contest.choices]
        self._election = _election(record, contest)
        self._paths = {area: "/".join(path) for area, path in _paths(record).items()}
        invalid = contest.figure("invalid")
        self._invalid = items_of(invalid) if invalid is not None else None
        self._last = ("", "")

    def line(self, row: Mapping[str, Any], area: str) -> bytes:
        """One act as a line. row: its columns by name."""
        document: dict[str, object] = {
            "spec": "actasum/statement/v0.1",
            "profile": "tallyroom",
            "election": self._election,
            "station": f"{self._paths[area]}/{row['station']}",
            "constituency": area,
            "counts": self._counts(row),
        }
        if row["stage"] != "count":
            document["stage"] = _STAGES[row["stage"]]
        if row["stage"] == "recount":
            document["extra"] = {"stage": "recount"}
        if row["form"]:
            document["evidence"] = {"kind": "results form", "sha256": row["form"]}
        if self._last[0] == row["station"]:
            document["supersedes"] = self._last[1]
        line = _canonical(document)
        self._last = (row["station"], f"sha256:{hashlib.sha256(line).hexdigest()}")
        return line + b"\n"

    def _counts(self, row: Mapping[str, Any]) -> dict[str, object]:
        why = dict(mark.split(":", 1) for mark in (row["unread"] or "").split())
        votes = {choice: row[f"votes.{choice}"] for choice in self._choices}
        lacking = {f"candidature:{c}": _reason(why, [f"votes.{c}"]) for c, v in votes.items() if v is None}
        lacking["blank"] = "no-field"
        if row.get("figures.invalid") is None:
            lacking["null"] = "no-field" if self._invalid is None else _reason(why, self._invalid)
        unread = {item: reason for item, reason in sorted(lacking.items()) if reason != "no-field"}
        absent = {item: reason for item, reason in sorted(lacking.items()) if reason == "no-field"}
        stated = {
            "null": row.get("figures.invalid"),
            "registered": row.get("figures.registered"),
            "candidature_total": row.get("figures.valid"),
            "unread": unread or None,
        }
        given = {choice: count for choice, count in votes.items() if count is not None}
        stated = {name: value for name, value in stated.items() if value is not None}
        return {"candidatures": given, "not_on_sheet": absent, **stated}


def _reason(why: Mapping[str, str], items: Iterable[str]) -> str:
    """Why a figure made of these items has no value, in actasum's words."""
    reasons = {_REASONS[why[item]] for item in items if item in why}
    return next((reason for reason in ("illegible", "no-field") if reason in reasons), "empty")


def _canonical(document: Mapping[str, object]) -> bytes:
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _election(record: Record, contest: Contest) -> str:
    return f"{record.election.id}/{contest.id}"


@dataclass(frozen=True)
class Level:
    """One way of adding stations up to areas. depth: how far below the whole; 0 is each station's smallest area."""

    name: str
    depth: int

    @property
    def grouping(self) -> str:
        """How actasum finds a statement's area."""
        return f"station-prefix/{self.depth}" if self.depth else "constituency"

    def key(self, path: tuple[str, ...]) -> str:
        """What actasum calls an area of this level."""
        return "/".join(path) if self.depth else path[-1]


def levels(record: Record) -> list[Level]:
    """The levels at which every station is in one area: the smallest areas first, then from the whole down."""
    stations = StationList.of(record)
    if stations is None or not len(stations):
        return []
    paths = _paths(record)
    used = [paths[area] for area in pc.unique(stations.areas).to_pylist()]
    kinds = {row.id: row["kind"] for row in record.current("areas")}
    shortest = min(map(len, used))
    deeper = shortest if any(len(path) > shortest for path in used) else shortest - 1
    found = [Level(_kind({kinds[path[-1]] for path in used}, "area"), 0)]
    for depth in range(1, deeper + 1):
        name = _kind({kinds[path[depth - 1]] for path in used}, f"level-{depth}")
        found.append(Level(name if name not in {level.name for level in found} else f"level-{depth}", depth))
    return found


def _kind(kinds: set[str], otherwise: str) -> str:
    """What areas of these kinds are called together."""
    return next(iter(kinds)) if len(kinds) == 1 else otherwise


def _areas(record: Record, level: Level) -> dict[str, str]:
    """The areas of a level that hold stations: id → actasum's key."""
    stations = StationList.of(record)
    assert stations is not None, "only a record with stations has levels"
    paths = _paths(record)
    used = (paths[area] for area in pc.unique(stations.areas).to_pylist())
    cut = (path[: level.depth] if level.depth else path for path in used)
    return {path[-1]: level.key(path) for path in cut}


def tabulated_totals(record: Record, contest: Contest, results: Results, level: Level) -> bytes:
    """Our own totals of a contest, as this publication gives them, for the areas of a level."""
    found = next(result for result in results.contests if result.contest == contest.id)
    keys = _areas(record, level)
    areas = {keys[area.area]: _tabulated(area) for area in found.areas if area.area in keys and area.stations.accepted}
    return _totals(record, contest, level, areas, "added up from the returns, by the publisher of these statements")


def _tabulated(area: AreaResult) -> dict[str, object]:
    votes = {choice: count for choice, count in area.votes.items() if count is not None}
    lacking = {
        name.replace("votes.", "candidature:"): n for name, n in area.lacking.items() if name.startswith("votes.")
    }
    lacking |= {"null": area.lacking["invalid"]} if "invalid" in area.lacking else {}
    stated = {"null": area.invalid, "unread": lacking or None}
    totals: dict[str, object] = {"candidatures": votes, "stations": area.stations.accepted}
    return totals | {name: value for name, value in stated.items() if value is not None}


def announced_totals(record: Record, contest: Contest, level: Level) -> bytes | None:
    """The last votes that somebody else announced for the areas of a level; None where none were."""
    announced = Announced(record)
    keys = _areas(record, level)
    areas: dict[str, dict[str, object]] = {}
    for area, key in keys.items():
        place = "" if area == announced.root else area
        votes = _last_votes(announced, contest, place)
        if len(votes) == len(contest.choices):
            areas[key] = {"candidatures": votes}
    return _totals(record, contest, level, areas, "announced by others: announcements.csv") if areas else None


def _last_votes(announced: Announced, contest: Contest, place: str) -> dict[str, int]:
    last: dict[str, Figure] = {}
    exact = announced.find("candidate_votes", place=place, when=lambda f: f.exact and f.plain and not f.percent)
    for figure in exact:
        before = last.get(figure.choice)
        if figure.contest == contest.id and (before is None or _when(figure) >= _when(before)):
            last[figure.choice] = figure
    return {choice: int(figure.value) for choice, figure in sorted(last.items())}


def _when(figure: Figure) -> datetime:
    return figure.span.first if figure.span else datetime.min.replace(tzinfo=UTC)


def _totals(record: Record, contest: Contest, level: Level, areas: Mapping[str, object], source: str) -> bytes:
    document = {
        "spec": "actasum/official-totals/v0.1",
        "profile": "tallyroom",
        "election": _election(record, contest),
        "level": level.name,
        "grouping": level.grouping,
        "areas": areas,
        "source": {"made_of": source},
    }
    return (json.dumps(document, sort_keys=True, ensure_ascii=False, indent=1) + "\n").encode()
