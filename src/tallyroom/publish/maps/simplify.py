"""Outlines with fewer points, in which neighbours still share their border.

Rings are cut where borders meet; each stretch between is made simpler once, for both sides of it, so that
no gap opens and no shape overlaps another. Which points go is decided by the area that the outline loses.

Sources: Visvalingam and Whyatt, Line generalisation by repeated elimination of points (The Cartographic
Journal 30(1), 1993, 46-51); the cuts as in TopoJSON (Bostock, How To Infer Topology, bost.ocks.org, 2013).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from itertools import pairwise

__all__ = ["Grid", "Loop", "simplified"]

Grid = tuple[int, int]  # a point in whole steps of the drawing
Loop = tuple[Grid, ...]  # a ring without its first point again at the end

_KEPT = float("inf")


def simplified(loops: Sequence[Loop], most: int) -> list[Loop]:
    """The same loops in the same order with about `most` different points at most; one that closes up is empty.

    The points where borders meet stay, so that there may be more where very many borders meet.
    """
    junctions = _junctions(loops)
    cut = [_cut(loop, junctions) for loop in loops]
    weighed: dict[Loop, list[float]] = {}
    for stretch in (key for stretches in cut for key, _ in stretches):
        if stretch not in weighed:
            weighed[stretch] = _weights(stretch)
    least = _least([w for weights in weighed.values() for w in weights[1:-1]], most)
    kept = {
        stretch: tuple(p for p, w in zip(stretch, weights, strict=True) if w >= least)
        for stretch, weights in weighed.items()
    }
    return [_joined(kept, stretches) for stretches in cut]


def _junctions(loops: Iterable[Loop]) -> set[Grid]:
    """The points where borders meet or part: those with different neighbours in different rings."""
    beside: dict[Grid, tuple[Grid, Grid]] = {}
    found: set[Grid] = set()
    for loop in loops:
        for number, point in enumerate(loop):
            before, after = loop[number - 1], loop[(number + 1) % len(loop)]
            pair = (before, after) if before <= after else (after, before)
            if beside.setdefault(point, pair) != pair:
                found.add(point)
    return found


def _cut(loop: Loop, junctions: set[Grid]) -> list[tuple[Loop, bool]]:
    """The stretches of a ring, each in the same form for both of its sides, and whether it runs backwards."""
    at = [number for number, point in enumerate(loop) if point in junctions]
    if not at:
        first = loop.index(min(loop)) if loop else 0
        at = [first]
    turned = loop[at[0] :] + loop[: at[0]]
    ends = [number - at[0] for number in at] + [len(loop)]
    closed = turned + turned[:1]
    stretches = []
    for start, end in pairwise(ends):
        stretch = closed[start : end + 1]
        back = stretch[::-1]
        stretches.append((back, True) if back < stretch else (stretch, False))
    return stretches if loop else []


def _weights(stretch: Loop) -> list[float]:
    """For each point twice the area that the outline loses with it, never less than that of points before it."""
    weights = [_KEPT] * len(stretch)
    before, after = list(range(-1, len(stretch) - 1)), list(range(1, len(stretch) + 1))
    heap = [(_area(stretch[n - 1], stretch[n], stretch[n + 1]), n) for n in range(1, len(stretch) - 1)]
    areas = {n: area for area, n in heap}
    heapq.heapify(heap)
    largest = 0
    while heap:
        area, n = heapq.heappop(heap)
        if areas.get(n) != area:
            continue
        del areas[n]
        largest = max(largest, area)
        weights[n] = largest
        left, right = before[n], after[n]
        after[left], before[right] = right, left
        for one in (left, right):
            if one in areas:
                areas[one] = _area(stretch[before[one]], stretch[one], stretch[after[one]])
                heapq.heappush(heap, (areas[one], one))
    return weights


def _area(a: Grid, b: Grid, c: Grid) -> int:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]))


def _least(weights: list[float], most: int) -> float:
    """The least weight of a point that stays: points on a straight line go in any case, and equals together."""
    if len(weights) <= most:
        return 1.0
    return max(1.0, sorted(weights, reverse=True)[most] + 1)


def _joined(kept: dict[Loop, Loop], stretches: Sequence[tuple[Loop, bool]]) -> Loop:
    points: list[Grid] = []
    for stretch, backwards in stretches:
        points += (kept[stretch][::-1] if backwards else kept[stretch])[:-1]
    return tuple(points) if len(set(points)) > 2 else ()
