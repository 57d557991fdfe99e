"""The schematic map: every place gets the ground nearest to it."""

from __future__ import annotations

from itertools import combinations

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, box

from omzien.methods.maps.cells import PointsCoincideError, hull, voronoi_cells

coordinate = st.integers(0, 10_000).map(float)
places = st.lists(st.tuples(coordinate, coordinate), min_size=2, max_size=30, unique=True)


def test_four_points_share_a_square_in_four() -> None:
    cells = voronoi_cells([(1, 1), (3, 1), (1, 3), (3, 3)], within=box(0, 0, 4, 4))
    assert [cell.area for cell in cells] == pytest.approx([4, 4, 4, 4])
    assert cells[1].equals(box(2, 0, 4, 2))


def test_of_a_cell_that_the_edge_cuts_in_two_the_largest_part_stays() -> None:
    # A U: the place above its gap owns both tops, of which the left one is wider.
    letter_u = box(0, 0, 10, 10).difference(box(6, 2, 8, 10))
    below, above = voronoi_cells([(5, 1), (5, 9)], within=letter_u)
    assert above.equals(box(0, 5, 6, 10))
    assert below.area == pytest.approx(30 + 10 + 4)


def test_one_place_gets_everything() -> None:
    assert voronoi_cells([(5, 5)])[0].covers(Point(5, 5))
    assert voronoi_cells([]) == []


def test_two_places_on_one_point_are_refused() -> None:
    with pytest.raises(PointsCoincideError):
        voronoi_cells([(1, 1), (1, 1)])


@given(places)
def test_every_cell_holds_its_own_point_and_overlaps_no_other(
    points: list[tuple[float, float]],
) -> None:
    cells = voronoi_cells(points)
    assert all(
        cell.distance(Point(point)) < 1e-6 for cell, point in zip(cells, points, strict=True)
    )
    assert sum(a.intersection(b).area for a, b in combinations(cells, 2)) < 1e-3


@given(places)
def test_the_cells_fill_the_edge_of_the_map(points: list[tuple[float, float]]) -> None:
    together = shapely.union_all(voronoi_cells(points))
    assert together.area == pytest.approx(hull(points).area, rel=1e-6)
