"""Random elections as the text of their files, and the same counted a second time with Polars.

The second count reads the CSV files itself and shares no code with `tallyroom`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import polars as pl
from hypothesis import strategies as st

from tallyroom.record.folder import Record, read_record

CHOICES = ("ada", "ben", "cy")
ITEMS = ("registered", "valid", "invalid")
FIGURES = {"registered": ("registered",), "cast": ("valid", "invalid"), "valid": ("valid",), "invalid": ("invalid",)}


@dataclass(frozen=True)
class Act:
    """One row of returns; None is an empty cell."""

    station: str
    act: int
    status: str
    figures: Mapping[str, int | None]

    @property
    def is_act(self) -> bool:
        """Whether the row says anything."""
        return self.status != "accepted" or any(v is not None for v in self.figures.values())


@dataclass(frozen=True)
class Invented:
    """An election for the post of mayor, as rows."""

    rule: str
    seats: int
    areas: Sequence[tuple[str, str, str]]  # id, parent, kind
    stations: Sequence[tuple[str, str, str, int | None]]  # id, area, groups, registered
    acts: Sequence[Act]
    register_on_form: bool = True
    files: Mapping[str, str] = field(default_factory=dict)

    def text(self) -> dict[str, str]:
        """The files of the record."""
        registered = 'registered = "registered"' if self.register_on_form else ""
        items = ", ".join(f'{{ id = "{item}" }}' for item in ITEMS)
        columns = [*ITEMS, *(f"votes.{choice}" for choice in CHOICES)]
        rows = [
            [a.station, a.act, a.status, *("" if a.figures.get(c) is None else a.figures[c] for c in columns)]
            for a in self.acts
        ]
        return {
            "election.toml": f"""
                id = "invented"
                date = "2030-03-10"
                timezone = "UTC"
                names = {{ en = "Invented" }}
                form = {{ items = [{items}] }}
                [[contests]]
                id = "mayor"
                rule = "{self.rule}"
                seats = {self.seats}
                choices = ["ada", "ben", "cy"]
                [contests.figures]
                {registered}
                cast = "valid + invalid"
                valid = "valid"
                invalid = "invalid"
                """,
            "areas.csv": _csv(["id", "parent", "kind"], self.areas),
            "stations.csv": _csv(["id", "area", "groups", "registered"], self.stations),
            "returns/mayor.csv": _csv(["station", "act", "status", *columns], rows),
        }

    @contextmanager
    def folder(self) -> Iterator[Path]:
        """The record's folder."""
        with tempfile.TemporaryDirectory() as name:
            for file, text in self.text().items():
                path = Path(name) / file
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8")
            yield Path(name)

    def record(self) -> Record:
        """The record, read."""
        with self.folder() as folder:
            return read_record(folder)

    def with_acts(self, acts: Sequence[Act]) -> Invented:
        """The same election with other acts."""
        return replace(self, acts=acts)

    def in_force(self, station: str) -> Act | None:
        """The act in force at a station."""
        acts = [a for a in self.acts if a.station == station and a.is_act and a.status != "withdrawn"]
        return max(acts, key=lambda a: a.act, default=None)


def _csv(names: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [names, *([("" if cell is None else str(cell)) for cell in row] for row in rows)]
    return "".join(",".join(line) + "\n" for line in lines)


def _figures(draw: st.DrawFn, register: int, may_lack: bool) -> dict[str, int | None]:
    """A form that could be: no more ballots than voters, and votes that add up; parts of it may be empty."""
    cast = draw(st.integers(0, register))
    cuts = sorted(draw(st.lists(st.integers(0, cast), min_size=3, max_size=3)))
    votes = [cuts[0], cuts[1] - cuts[0], cuts[2] - cuts[1]]
    figures: dict[str, int | None] = {"registered": register, "valid": cuts[2], "invalid": cast - cuts[2]}
    figures |= {f"votes.{choice}": count for choice, count in zip(CHOICES, votes, strict=True)}
    if may_lack:
        for name in draw(st.lists(st.sampled_from(sorted(figures)), max_size=6, unique=True)):
            figures[name] = None
    return figures


@st.composite
def elections(draw: st.DrawFn, rules: Sequence[str] = ("plurality", "absolute-majority")) -> Invented:
    """An election of up to eight stations in up to three regions, some with a district, and two groups."""
    areas = [("vale", "", "nation")]
    for region in range(draw(st.integers(1, 3))):
        areas.append((f"r{region}", "vale", "region"))
        if draw(st.booleans()):
            areas.append((f"d{region}", f"r{region}", "district"))
    places = [area for area, _, _ in areas]
    areas += [("ships", "", "group"), ("abroad", "r0", "group")]
    stations: list[tuple[str, str, str, int | None]] = []
    acts: list[Act] = []
    for number in range(draw(st.integers(1, 8))):
        groups = " ".join(draw(st.lists(st.sampled_from(["ships", "abroad"]), max_size=2, unique=True)))
        register = draw(st.integers(0, 50))
        known = draw(st.sampled_from([True, True, True, False]))
        name = f"s{number}"
        stations.append((name, draw(st.sampled_from(places)), groups, register if known else None))
        for act in range(draw(st.sampled_from([0, 1, 1, 1, 2, 3]))):
            status = draw(st.sampled_from(["accepted", "accepted", "accepted", "held", "annulled", "withdrawn"]))
            acts.append(Act(name, act + 1, status, _figures(draw, register, draw(st.booleans()))))
    rule = draw(st.sampled_from(rules))
    seats = draw(st.integers(1, 3)) if rule == "plurality" else 1
    return Invented(rule, seats, areas, stations, acts, draw(st.booleans()))


def second_count(
    folder: Path,
    contest: str,
    choices: Sequence[str],
    items: Sequence[str],
    figures: Mapping[str, Sequence[str]],
) -> dict[str, dict[str, Any]]:
    """Every area's votes, figures, lacking, turnout parts and station states, counted with Polars.

    figures: name → the items that it is the sum of; `registered` not in it comes from stations.csv.
    """
    areas = _read(folder / "areas.csv")
    stations = _read(folder / "stations.csv")
    returns = _read(folder / f"returns/{contest}.csv")
    columns = [*items, *(f"votes.{choice}" for choice in choices)]
    for name, default in (("status", "accepted"), ("act", "1"), ("unread", None), *((c, None) for c in columns)):
        if name not in returns.columns:
            returns = returns.with_columns(pl.lit(default, pl.String).alias(name))
    returns = returns.with_columns(
        pl.col("status").fill_null("accepted"),
        pl.col("act").fill_null("1").cast(pl.Int64),
        *(pl.col(name).cast(pl.Int64) for name in columns),
    ).filter(
        (pl.col("status") != "accepted")
        | pl.col("unread").is_not_null()
        | pl.any_horizontal(pl.col(columns).is_not_null())
    )
    force = returns.filter(pl.col("status") != "withdrawn").sort("act").group_by("station", maintain_order=True).last()
    register = stations.select(pl.col("id").alias("station"), pl.col("registered").cast(pl.Int64).alias("on_list"))
    force = force.join(register, on="station", how="left")
    made = {name: sum((pl.col(item) for item in parts[1:]), pl.col(parts[0])) for name, parts in figures.items()}
    made.setdefault("registered", pl.col("on_list"))
    force = force.with_columns(**{f"={name}": expression for name, expression in made.items()})

    parent = {row["id"]: row["parent"] for row in areas.to_dicts()}
    groups = {row["id"] for row in areas.to_dicts() if row["kind"] == "group"}
    counted: dict[str, dict[str, Any]] = {}
    for area in parent:
        inside = [
            row["id"]
            for row in stations.to_dicts()
            if area in (row["groups"] or "").split() or (area not in groups and area in _up(row["area"], parent))
        ]
        acts = force.filter(pl.col("station").is_in(inside))
        good = acts.filter(pl.col("status") == "accepted")
        both = good.filter(pl.col("=cast").is_not_null() & pl.col("=registered").is_not_null())
        sums = {**{c: f"votes.{c}" for c in choices}, **{f"={name}": f"={name}" for name in made}}
        counted[area] = {
            name: good[column].sum() if good[column].null_count() < len(good) else None for name, column in sums.items()
        }
        counted[area] |= {
            "lacking": {
                column.removeprefix("="): good[column].null_count()
                for column in sums.values()
                if good[column].null_count()
            },
            "turnout": (both["=cast"].sum(), both["=registered"].sum()),
            "states": {s: acts.filter(pl.col("status") == s).height for s in ("accepted", "held", "annulled")},
            "expected": len(inside),
        }
    return counted


def _read(path: Path) -> pl.DataFrame:
    return pl.read_csv(path, infer_schema=False)


def _up(area: str | None, parent: Mapping[str, str | None]) -> list[str]:
    return [] if area is None else [area, *_up(parent[area], parent)]
