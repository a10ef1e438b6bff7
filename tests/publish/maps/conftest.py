"""The twelve stations with maps of their three regions, published."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tallyroom.publish.site import publish
from tallyroom.record.folder import read_record
from tests.publish.conftest import AT, TWELVE


def region(area: str, west: float, south: float) -> dict[str, Any]:
    ring = [[west, south], [west + 2, south], [west + 2, south + 1], [west, south + 1], [west, south]]
    return {"type": "Feature", "id": area, "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def mapped(folder: Path, *files: tuple[str, object]) -> Path:
    """A copy of the record of twelve stations, with these files beside its tables."""
    shutil.copytree(TWELVE, folder)
    for name, document in files:
        (folder / name).write_text(json.dumps(document), encoding="utf-8")
    return folder


REGIONS = [region("north", 24, 59), region("east", 26, 58), region("moon", 0, 0)]
SHAPES = {"type": "FeatureCollection", "features": REGIONS}
HEXES = {"layout": "odd-r", "hexes": {"north": {"q": 0, "r": 1}, "south": {"q": 0, "r": 0}, "east": {"q": 1, "r": 0}}}


@pytest.fixture(scope="session")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with shapes and hexagons; of one region there is no shape, and one shape is of no region."""
    folder = tmp_path_factory.mktemp("atlas")
    record = mapped(folder / "record", ("map.geojson", SHAPES), ("map.hexjson", HEXES))
    publish(read_record(record), folder / "site", AT)
    return folder / "site"
