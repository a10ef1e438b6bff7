"""The maps of a record: what lies in them is read as it is written, and what cannot be drawn is a fault."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallyroom.errors import CannotReadRecord, Fault
from tallyroom.record.folder import convert, read_record, write_record
from tallyroom.record.maps import Maps, read_maps

TWELVE = Path(__file__).parents[1] / "records" / "twelve-stations"
SQUARE = [[[24.0, 58.0], [25.0, 58.0], [25.0, 59.0], [24.0, 59.0], [24.0, 58.0]]]


def feature(area: str, coordinates: Any = SQUARE, kind: str = "Polygon") -> dict[str, Any]:
    return {"type": "Feature", "id": area, "properties": {}, "geometry": {"type": kind, "coordinates": coordinates}}


def geojson(*features: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def faults_of(name: str, data: bytes) -> list[str]:
    faults: list[Fault] = []
    read_maps({name: data}, faults)
    return [str(fault) for fault in faults]


def maps_of(name: str, document: Any) -> Maps:
    faults: list[Fault] = []
    maps = read_maps({name: json.dumps(document).encode()}, faults)
    assert not faults
    return maps


def test_a_feature_names_its_area_by_a_property_or_else_by_its_id():
    named = {**feature("7"), "properties": {"area": "north"}}
    faults: list[Fault] = []
    maps = read_maps({"map.geojson": geojson(named, {**feature(""), "id": 12}, {**feature(""), "id": None})}, faults)
    assert maps.features is not None
    assert [one.area for one in maps.features] == ["north", "12", ""]
    assert not faults


def test_surfaces_are_kept_with_holes_and_parts_and_what_is_none_is_kept_without():
    hole = [[24.2, 58.2], [24.4, 58.2], [24.4, 58.4], [24.2, 58.2]]
    point = {**feature("e"), "geometry": {"type": "Point", "coordinates": [1, 2]}}
    both = {"type": "GeometryCollection", "geometries": [feature("")["geometry"], point["geometry"]]}
    maps = maps_of(
        "map.geojson",
        {
            "type": "FeatureCollection",
            "features": [
                feature("a", [SQUARE[0], hole]),
                feature("b", [SQUARE, SQUARE], "MultiPolygon"),
                {**feature("c"), "geometry": both},
                {**feature("d"), "geometry": None},
                point,
            ],
        },
    )
    assert maps.features is not None
    assert [len(one.polygons) for one in maps.features] == [1, 2, 1, 0, 0]
    assert [len(ring) for ring in maps.features[0].polygons[0]] == [5, 4]


QUANTIZED = {
    "type": "Topology",
    "transform": {"scale": [0.5, 0.25], "translate": [10, 50]},
    "arcs": [[[2, 0], [0, 4]], [[2, 4], [-2, 0], [0, -4], [2, 0]], [[2, 4], [2, 0], [0, -4], [-2, 0]]],
    "objects": {
        "regions": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "id": "west", "arcs": [[0, 1]]},
                {"type": "MultiPolygon", "properties": {"area": "east"}, "arcs": [[[-1, 2]]]},
                {"type": None, "id": "nowhere"},
            ],
        }
    },
}


def test_the_arcs_of_a_topology_are_unpacked_and_shared_forwards_and_backwards():
    maps = maps_of("map.topojson", QUANTIZED)
    assert maps.features is not None
    west, east, nowhere = maps.features
    assert west.polygons == ((((11.0, 50.0), (11.0, 51.0), (10.0, 51.0), (10.0, 50.0), (11.0, 50.0)),),)
    assert [one.area for one in maps.features] == ["west", "east", "nowhere"]
    assert nowhere.polygons == ()
    # The shared border is the same, the other way round.
    assert set(east.polygons[0][0]) & set(west.polygons[0][0]) == {(11.0, 50.0), (11.0, 51.0)}


def test_hexagons_are_kept_by_area():
    hexes = {"layout": "even-q", "hexes": {"n": {"q": -3, "r": 0, "area": "north"}, "east": {"q": 0, "r": 1}}}
    maps = maps_of("map.hexjson", hexes)
    assert maps.hexes is not None
    assert maps.hexes.layout == "even-q"
    assert maps.hexes.tiles == {"north": (-3, 0), "east": (0, 1)}


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("map.geojson", b"", "map.geojson, line 1: no JSON from letter 1 on"),
        ("map.geojson", b"\xff\xfe{", "UTF-16"),
        ("map.geojson", b'{"type": "FeatureCollection",\n "features": [', "map.geojson, line 2: no JSON"),
        ("map.geojson", b"[" * 100_000, "map.geojson: no JSON"),
        ("map.geojson", b'{"type": "Feature", "bbox": [NaN]}', "NaN is no number"),
        ("map.geojson", b'{"type": "Feature", "id": "\\ud800"}', "half a letter"),
        ("map.geojson", b"null", "no GeoJSON"),
        ("map.geojson", b'{"type": "Topology"}', "GeoJSON of type 'Topology'"),
        ("map.geojson", b'{"type": "FeatureCollection", "features": {}}', "a list of features"),
        ("map.geojson", geojson(7), "7 in feature 1"),
        ("map.geojson", geojson(feature("a"), feature("north", 5)), "5 in feature 2 (north); expected a list of rings"),
        ("map.geojson", geojson(feature("a", [[[1]]])), "the position [1] in feature 1 (a)"),
        ("map.geojson", geojson(feature("a", [[["1", "2"]]])), "the position ['1', '2']"),
        ("map.geojson", geojson(feature("a", [[[True, 2]]])), "the position [True, 2]"),
        ("map.geojson", geojson(feature("a", [[[2e6, 6e6]]])), "EPSG:4326"),
        ("map.geojson", geojson(feature("a", SQUARE, "Circle")), "a geometry of type 'Circle'"),
        ("map.geojson", geojson({**feature("a"), "geometry": [1]}), "[1] in feature 1 (a); expected a geometry"),
        ("map.geojson", geojson(feature("a")).replace(b"24.0", b"1e999"), "the position [inf, 58.0]"),
        ("map.topojson", b"{}", "TopoJSON of type None"),
        ("map.topojson", b'{"type": "Topology", "arcs": []}', "no objects"),
        ("map.topojson", json.dumps({**QUANTIZED, "arcs": 3}).encode(), "expected a list of arcs"),
        ("map.topojson", json.dumps({**QUANTIZED, "arcs": [[[0, 0]]]}).encode(), "arc 1"),
        ("map.topojson", json.dumps({**QUANTIZED, "transform": {"scale": 1}}).encode(), "the position 1"),
        ("map.topojson", json.dumps({**QUANTIZED, "transform": None, "arcs": [[[0, 91]]]}).encode(), "in arc 0"),
        ("map.hexjson", b"[]", "one of odd-r, even-r, odd-q, even-q"),
        ("map.hexjson", b'{"layout": "axial", "hexes": {}}', "layout is 'axial'"),
        ("map.hexjson", b'{"layout": "odd-r", "hexes": {"a": {"q": 1.5, "r": 0}}}', "'r': 0} at 'a'"),
        ("map.hexjson", b'{"layout": "odd-r", "hexes": {"a": 1}}', "q, r is 1 at 'a'"),
        ("map.hexjson", b'{"layout": "odd-r", "hexes": {"a": {"q":1,"r":1}, "b": {"q":1,"r":1}}}', "not that of a"),
        ("map.hexjson", b'{"layout": "odd-r", "hexes": {"a": {"q":1,"r":1}, "a": {"q":2,"r":1}}}', "twice"),
        (
            "map.hexjson",
            b'{"layout": "odd-r", "hexes": {"a": {"q":1,"r":1}, "b": {"q":2,"r":1,"area":"a"}}}',
            "area is 'a' at 'b'; expected each area once",
        ),
    ],
)
def test_a_map_that_cannot_be_drawn_is_a_fault_that_says_where(name, data, says):
    said = faults_of(name, data)
    assert said
    assert says in " ".join(said)
    assert all(one.startswith(name) for one in said)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "features", "geometry", "coordinates", "arcs", "objects", "id", "hexes", "layout"])
            | st.text(max_size=3),
            inner
            | st.sampled_from(["FeatureCollection", "Feature", "Polygon", "MultiPolygon", "Topology", "odd-r"])
            | st.just("GeometryCollection"),
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(_JSON, st.sampled_from(["map.geojson", "map.topojson", "map.hexjson"]))
def test_whatever_a_file_holds_it_is_read_or_refused_with_its_name(document, name):
    faults: list[Fault] = []
    maps = read_maps({name: json.dumps(document).encode()}, faults)
    assert all(fault.file == name for fault in faults)
    assert faults or maps.features is not None or maps.hexes is not None


def with_map(tmp_path: Path, name: str, data: bytes) -> Path:
    folder = tmp_path / "record"
    shutil.copytree(TWELVE, folder)
    (folder / name).write_bytes(data)
    return folder


def test_a_record_with_a_broken_map_is_refused_with_its_faults(tmp_path):
    with pytest.raises(CannotReadRecord, match=r"map\.geojson: 5 in feature 1"):
        read_record(with_map(tmp_path, "map.geojson", geojson(feature("north", 5))))


def test_two_maps_of_shapes_are_refused(tmp_path):
    folder = with_map(tmp_path, "map.geojson", geojson(feature("north")))
    (folder / "map.topojson").write_bytes(json.dumps(QUANTIZED).encode())
    with pytest.raises(CannotReadRecord, match="Take one of the two away"):
        read_record(folder)


def test_a_map_is_written_with_its_record_byte_for_byte(tmp_path):
    data = b"\xef\xbb\xbf" + geojson(feature("north"))
    record = read_record(with_map(tmp_path, "map.geojson", data))
    write_record(convert(record, "parquet"), tmp_path / "again")
    assert (tmp_path / "again" / "map.geojson").read_bytes() == data
    assert read_record(tmp_path / "again").maps == record.maps
