"""A seeded synthetic nation: stations in 500 constituencies of 20 regions, 8 choices (or more), 12 items.

Every form adds up. The figures are made by multiplying and adding seeded whole numbers, so that the
same seed makes the same files on every machine.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

CHOICES = 8
REGIONS, CONSTITUENCIES = 20, 500
DEFINITION = """\
id = "synthetic-nation"
date = "2026-01-04"
timezone = "UTC"
synthetic = true

[names]
en = "Synthetic nation"

[[contests]]
id = "president"
rule = "absolute-majority"
choices = [{choices}]
majority_of = "valid"

[contests.figures]
registered = "registered"
cast = "box_stationary + box_portable"
valid = "valid"
invalid = "invalid"

[form]
items = [{items}]

[[form.checks]]
name = "votes add up"
expression = "valid == sum(votes)"

[[form.checks]]
name = "every ballot is valid or invalid"
expression = "box_stationary + box_portable == valid + invalid"

[[form.checks]]
name = "ballots received are accounted for"
expression = "received == early + issued + outside + unused + lost - not_counted"

[[form.checks]]
name = "no more ballots issued than voters"
expression = "registered >= early + issued + outside"
"""
ITEMS = [
    "registered",
    "received",
    "early",
    "issued",
    "outside",
    "unused",
    "box_portable",
    "box_stationary",
    "invalid",
    "valid",
    "lost",
    "not_counted",
]


def named(choices: int) -> list[str]:
    """The ids of so many choices."""
    return [f"choice-{n}" for n in range(1, choices + 1)]


def tables(
    stations: int, seed: int = 2026, choices: int = CHOICES, constituencies: int = CONSTITUENCIES
) -> dict[str, pa.Table]:
    """The nation's tables by file name without its ending."""
    random = np.random.default_rng(seed)
    registered = random.integers(200, 2500, stations)
    early, outside = random.integers(0, 20, stations), random.integers(0, 30, stations)
    issued = registered * random.integers(300, 900, stations) // 1000 - early - outside
    cast = early + issued + outside
    invalid = cast * random.integers(0, 30, stations) // 1000
    valid = cast - invalid
    weights = random.integers(1, 100, (choices, stations))
    votes = valid * weights // weights.sum(axis=0)
    votes[0] += valid - votes.sum(axis=0)
    unused = random.integers(0, 100, stations)
    figures = dict(
        zip(
            ITEMS,
            [
                registered,
                cast + unused,
                early,
                issued,
                outside,
                unused,
                outside + early,
                issued,
                invalid,
                valid,
                np.zeros(stations, int),
                np.zeros(stations, int),
            ],
            strict=True,
        )
    )
    names = pa.array([f"s{n:07d}" for n in range(stations)])
    area = pa.array([f"c{n % constituencies:03d}" for n in range(stations)])
    areas = [("nation", None, "nation", "Nation")]
    areas += [(f"r{n:02d}", "nation", "region", f"Region {n}") for n in range(REGIONS)]
    areas += [(f"c{n:03d}", f"r{n % REGIONS:02d}", "constituency", f"Constituency {n}") for n in range(constituencies)]
    returns = {"station": names, "act": pa.array(np.ones(stations, int)), "status": pa.repeat("accepted", stations)}
    returns |= {name: pa.array(values) for name, values in figures.items()}
    returns |= {f"votes.{choice}": pa.array(votes[n]) for n, choice in enumerate(named(choices))}
    return {
        "areas": pa.table(
            dict(zip(["id", "parent", "kind", "name"], map(list, zip(*areas, strict=True)), strict=True))
        ),
        "stations": pa.table({"id": names, "area": area, "registered": pa.array(registered)}),
        "returns/president": pa.table(returns),
        "people": pa.table({"id": named(choices), "name": [f"Choice {n + 1}" for n in range(choices)]}),
    }


def write_nation(
    folder: Path, stations: int, ending: str = "csv", choices: int = CHOICES, constituencies: int = CONSTITUENCIES
) -> Path:
    """The nation as a record; ending: csv, or parquet for the two large tables."""
    (folder / "returns").mkdir(parents=True, exist_ok=True)
    listed = ", ".join(f'"{choice}"' for choice in named(choices))
    items = ", ".join(f'{{ id = "{item}" }}' for item in ITEMS)
    (folder / "election.toml").write_text(DEFINITION.format(choices=listed, items=items))
    for name, table in tables(stations, choices=choices, constituencies=constituencies).items():
        if ending == "parquet" and table.num_rows > 1000:
            pa.parquet.write_table(table, folder / f"{name}.parquet")
        else:
            pa.csv.write_csv(table, folder / f"{name}.csv", pa.csv.WriteOptions(quoting_style="none"))
    return folder
