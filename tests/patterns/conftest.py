"""Records made for a test: a country of so many stations, figure by figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tallyroom.record.folder import Record, read_record

Made = Callable[..., Record]

_DEFINITION = """\
id = "made"
date = "2031-05-04"
timezone = "UTC"
synthetic = true
names = {{ en = "Made" }}

[[contests]]
id = "mayor"
rule = "plurality"
choices = [{{ id = "red", names = {{ en = "Red" }} }}, {{ id = "blue", names = {{ en = "Blue" }} }}]

[contests.figures]
{figures}

[form]
items = [
  {{ id = "registered", role = "registered" }},
  {{ id = "cast", role = "cast" }},
  {{ id = "invalid", role = "invalid" }},
]
"""
_FIGURES = 'registered = "registered"\ncast = "cast"\nvalid = "sum(votes)"\ninvalid = "invalid"'


def honest(count: int, seed: int = 7) -> dict[str, NDArray[np.int64]]:
    """Stations where each voter decides by a coin of the station's own."""
    random = np.random.default_rng(seed)
    registered = random.integers(200, 2500, count)
    cast = random.binomial(registered, random.normal(0.6, 0.07, count).clip(0.2, 0.9))
    red = random.binomial(cast, random.normal(0.45, 0.08, count).clip(0.1, 0.9))
    return {"registered": registered, "cast": cast, "votes.red": red, "votes.blue": cast - red}


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Makes a record of columns; kinds: of the stations. Stations take turns in the areas north and south."""

    def make(
        columns: dict[str, NDArray[np.int64]], kinds: Sequence[str] = (), figures: str = _FIGURES, areas: int = 2
    ) -> Record:
        count = len(next(iter(columns.values())))
        (tmp_path / "returns").mkdir()
        (tmp_path / "election.toml").write_text(_DEFINITION.format(figures=figures))
        rows = ["id,parent,kind,name", "all,,nation,All", *(f"a{n},all,region,Area {n}" for n in range(areas))]
        (tmp_path / "areas.csv").write_text("\n".join(rows) + "\n")
        rows = [f"s{n},a{n % areas},{kinds[n] if kinds else 'permanent'}" for n in range(count)]
        (tmp_path / "stations.csv").write_text("id,area,kind\n" + "\n".join(rows) + "\n")
        cells = zip(*({"invalid": np.zeros(count, int)} | columns).values(), strict=True)
        head = ["station", "act", "invalid", *columns]
        lines = [",".join(map(str, (f"s{n}", 1, *values))) for n, values in enumerate(cells)]
        (tmp_path / "returns" / "mayor.csv").write_text("\n".join([",".join(head), *lines]) + "\n")
        return read_record(tmp_path)

    return make
