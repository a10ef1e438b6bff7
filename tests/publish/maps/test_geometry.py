"""Shapes keep what makes them a map: size, neighbours, one place for each area, and north up."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallyroom.publish.maps.outlines import HEIGHT, WIDTH, Outline, outlines
from tallyroom.publish.maps.projection import centre_of, flat
from tallyroom.publish.maps.simplify import simplified
from tallyroom.publish.maps.tiles import Group, Tile, grouped, hexagons, unplaced
from tallyroom.record.hexes import LAYOUTS, Hexes
from tallyroom.record.shapes import Feature, Place, Ring

PLACES = st.tuples(st.floats(-180, 180), st.floats(-89, 89))


def square(west: float, south: float, size: float = 1.0) -> Ring:
    east, north = west + size, south + size
    return ((west, south), (east, south), (east, north), (west, north), (west, south))


def feature(area: str, *rings: Ring) -> Feature:
    return Feature(area, area, (tuple(rings),))


def surface(points: list[Place]) -> float:
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


# Projection


def test_the_worked_example_of_the_manual_is_met():
    # Snyder, USGS Professional Paper 1395, numerical examples, page 332: radius 3, centre 40° N 100° W,
    # the point 20° S 100° E.
    x, y = flat((-100.0, 40.0))((100.0, -20.0))
    assert (3 * x, 3 * y) == pytest.approx((-4.2339303, 4.0257775), abs=1e-6)


@given(PLACES, PLACES)
def test_every_place_has_a_finite_place_on_the_drawing(centre, place):
    assert all(map(math.isfinite, flat(centre)(place)))


@given(st.floats(-170, 170), st.floats(-60, 60), st.floats(-8, 8), st.floats(-8, 8))
def test_a_degree_square_has_the_size_that_it_has_on_the_globe(lon, lat, east, north):
    ring = [(lon + east + x, lat + north + y) for x, y in ((0, 0), (0.1, 0), (0.1, 0.1), (0, 0.1))]
    low, high = math.radians(lat + north), math.radians(lat + north + 0.1)
    on_globe = math.radians(0.1) * (math.sin(high) - math.sin(low))
    assert surface([flat((lon, lat))(place) for place in ring]) == pytest.approx(on_globe, rel=2e-4)


def test_a_country_across_the_180th_meridian_is_in_one_piece():
    lon, _ = centre_of([(170.0, 60.0), (179.0, 65.0), (-179.0, 66.0), (-170.0, 64.0)])
    assert lon == 180.0
    drawn = outlines((feature("west", square(178, 65)), feature("east", square(-179, 65))), ("west", "east"), ())
    west, east = drawn.areas
    assert max(x for x, _ in west.loops[0]) < min(x for x, _ in east.loops[0])
    assert pytest.approx((west.letter[0] + east.letter[0]) / 2, abs=20) == WIDTH // 2


# Outlines


def corners(one: Outline) -> list[tuple[int, int]]:
    return [point for loop in one.loops for point in loop]


def test_north_is_up_and_east_is_right():
    features = (feature("a", square(10, 50)), feature("b", square(11, 51)))
    a, b = outlines(features, ("a", "b"), ()).areas
    assert b.letter[0] > a.letter[0]
    assert b.letter[1] < a.letter[1]


def test_everything_lies_inside_the_drawing():
    drawn = outlines((feature("a", square(-170, 0, 20)), feature("b", square(100, -60, 50))), ("a", "b"), ())
    for x, y in [point for one in drawn.areas for point in corners(one)]:
        assert 0 <= x <= WIDTH
        assert 0 <= y <= drawn.height <= HEIGHT


def jagged(start: Place, end: Place, steps: int, seed: int) -> list[Place]:
    (x1, y1), (x2, y2) = start, end
    points = []
    for n in range(steps):
        off = (((n * 7919 + seed * 104729) % 97) / 97 - 0.5) / steps if n else 0.0
        points.append((x1 + (x2 - x1) * n / steps + off * (y2 - y1), y1 + (y2 - y1) * n / steps + off * (x2 - x1)))
    return points


def board(size: int, steps: int) -> tuple[Feature, ...]:
    """A board of areas with jagged borders that neighbours share point for point."""

    def side(a: Place, b: Place) -> list[Place]:
        if a > b:
            return side(b, a)[::-1]
        return [*jagged(a, b, steps, int(a[0] * 31 + a[1] * 17 + b[0] * 7 + b[1])), b]

    found = []
    for x in range(size):
        for y in range(size):
            points = [(float(x), float(y)), (x + 1.0, float(y)), (x + 1.0, y + 1.0), (float(x), y + 1.0)]
            ring = [place for n in range(4) for place in side(points[n], points[(n + 1) % 4])[:-1]]
            found.append(feature(f"{x}-{y}", (*ring, ring[0])))
    return tuple(found)


def test_simplified_neighbours_still_share_their_border_and_cover_the_same_ground():
    features = board(4, 60)
    ids = tuple(one.area for one in features)
    whole, short = outlines(features, ids, (), 10**9), outlines(features, ids, (), 150)
    before, after = ([loop for one in drawn.areas for loop in one.loops] for drawn in (whole, short))
    assert sum(map(len, after)) < sum(map(len, before)) / 4
    # Neighbours that overlapped or left a gap would add up to another size than the edge around them all.
    assert sum(map(signed, after)) == signed_edge(after)
    assert sum(map(signed, before)) == pytest.approx(sum(map(signed, after)), rel=0.02)


def signed(loop) -> int:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(loop, [*loop[1:], loop[0]], strict=True))


def signed_edge(loops) -> int:
    """The size inside the outer edge alone: stretches that are there both ways are borders within."""
    steps = [pair for loop in loops for pair in zip(loop, [*loop[1:], loop[0]], strict=True)]
    assert len(set(steps)) == len(steps)
    outer = [(a, b) for a, b in steps if (b, a) not in set(steps)]
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in outer)


def test_a_hole_and_the_area_in_it_share_their_border():
    lake = tuple((0.5 + 0.3 * math.cos(t / 40 * math.tau), 0.5 + 0.3 * math.sin(t / 40 * math.tau)) for t in range(41))
    features = (feature("around", square(0, 0), lake), feature("within", lake[::-1]))
    around, within = outlines(features, ("around", "within"), (), 14).areas
    assert len(around.loops) == 2
    assert set(around.loops[1]) == set(within.loops[0])
    # The letter of the outer one is not in the hole.
    assert math.dist(around.letter, within.letter) > 0.3 * WIDTH / 2


def test_several_features_of_one_area_are_its_parts_and_tiny_ones_go_first():
    islands = [feature("a", square(n, 0, 0.02 * n)) for n in range(1, 9)]
    whole, few = (outlines((feature("a", square(0, 0)), *islands), ("a",), (), most).areas[0] for most in (100, 8))
    assert len(whole.loops) == 9
    assert len(few.loops) < 5
    assert whole.loops[0] == few.loops[0]


def test_an_area_too_small_to_see_is_a_dot():
    drawn = outlines((feature("state", square(0, 0, 30)), feature("city", square(12, 41, 0.02))), ("state", "city"), ())
    assert [one.dot is not None for one in drawn.areas] == [False, True]


def test_what_matches_no_area_and_what_has_no_shape_is_counted():
    features = (feature("a", square(0, 0)), feature("x", square(3, 3)), feature("", square(4, 4)), Feature("b", "b"))
    drawn = outlines((*features, feature("region", square(0, 0, 5))), ("a", "b", "c"), ("region",))
    assert [one.area for one in drawn.areas] == ["a"]
    assert drawn.without == ("b", "c")
    assert drawn.unmatched == 2


def test_nothing_to_draw_is_an_empty_drawing():
    drawn = outlines((Feature("a", "a", ((((1.0, 1.0),),),)),), ("a", "b"), ())
    assert [one.dot for one in drawn.areas] == [(720, 4)]
    assert outlines((), ("a",), ()).areas == ()


def test_path_data_holds_the_points_again():
    (one,) = outlines((feature("a", square(0, 0), square(0.2, 0.2, 0.5)),), ("a",), ()).areas
    found = []
    for start, steps in re.findall(r"M(\d+ \d+)l([-\d ]+)z", one.path):
        x, y = map(int, start.split())
        loop = [(x, y)]
        numbers = [int(n) for n in re.findall(r"-?\d+", steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            loop.append((loop[-1][0] + dx, loop[-1][1] + dy))
        found.append(tuple(loop))
    assert tuple(found) == one.loops


LOOPS = st.lists(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=0, max_size=12, unique=True).map(tuple),
    max_size=6,
)


@given(LOOPS, st.integers(0, 60))
def test_simplifying_invents_no_point_and_loses_no_loop(loops, most):
    short = simplified(loops, most)
    assert len(short) == len(loops)
    for before, after in zip(loops, short, strict=True):
        assert set(after) <= set(before)
        assert not after or len(after) > 2


@given(LOOPS)
def test_simplifying_does_not_depend_on_the_order_of_the_shapes(loops):
    assert sorted(simplified(loops, 20)) == sorted(simplified(loops[::-1], 20))


# Tiles


def apart(a: Tile, b: Tile) -> bool:
    wide, tall = (a.width + b.width) / 2 - 1e-6, (a.height + b.height) / 2 - 1e-6
    return abs(a.x - b.x) >= wide or abs(a.y - b.y) >= tall


GROUPS = st.lists(st.tuples(st.text("abcdefgh", max_size=30), st.integers(1, 40)), min_size=1, max_size=12)


@settings(max_examples=60)
@given(GROUPS, st.sampled_from([340.0, 720.0]))
def test_grouped_tiles_do_not_overlap_and_every_area_has_one(sizes, width):
    groups = [Group(name, tuple(f"{n}-{m}" for m in range(size))) for n, (name, size) in enumerate(sizes)]
    drawn = grouped(groups, width, lambda text: 7.2 * len(text))
    assert [tile.area for tile in drawn.tiles] == [area for group in groups for area in group.areas]
    for number, tile in enumerate(drawn.tiles):
        assert tile.x - tile.width / 2 >= 0
        assert tile.x + tile.width / 2 <= width + 0.6
        assert tile.y + tile.height / 2 <= drawn.height
        assert all(apart(tile, other) for other in drawn.tiles[:number])


TILES = st.dictionaries(st.text("abc", min_size=1, max_size=5), st.tuples(st.integers(-9, 9), st.integers(-9, 9)))


@given(TILES, st.sampled_from(LAYOUTS))
def test_hexagons_touch_at_most_and_every_area_has_one(places, layout):
    tiles = {area: place for place, area in {place: area for area, place in places.items()}.items()}
    drawn = hexagons(Hexes(layout, tiles), list(tiles), 720.0)
    assert [tile.area for tile in drawn.tiles] == list(tiles)
    for number, tile in enumerate(drawn.tiles):
        across = min(tile.width, tile.height)
        assert all(math.dist((tile.x, tile.y), (o.x, o.y)) >= across - 1e-6 for o in drawn.tiles[:number])
        assert tile.x - tile.width / 2 >= 0
        assert tile.x + tile.width / 2 <= 720


@pytest.mark.parametrize("layout", LAYOUTS)
def test_rows_grow_upwards_and_the_named_rows_or_columns_are_shifted(layout):
    # As the HexJSON page says: odd-r, odd rows shift right; odd-q, odd columns shift up.
    tiles = {"origin": (0, 0), "q": (1, 0), "r": (0, 1)}
    at = {tile.area: (tile.x, tile.y) for tile in hexagons(Hexes(layout, tiles), list(tiles), 720.0).tiles}
    assert at["r"][1] < at["origin"][1]  # a row further up, and SVG counts downwards
    odd = layout.startswith("odd")
    if layout.endswith("r"):
        assert (at["r"][0] > at["origin"][0]) == odd
    else:
        assert (at["q"][1] < at["origin"][1]) == odd


def test_areas_without_a_hexagon_and_hexagons_of_no_area_are_told():
    hexes = Hexes("odd-r", {"a": (0, 0), "x": (1, 0), "region": (2, 0)})
    assert unplaced(hexes, ["a", "b"], ["a", "b", "region"]) == (("b",), 1)
